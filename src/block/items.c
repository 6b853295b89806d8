/* SPDX-License-Identifier: MIT */
#include "block/items.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "block/keys.h"

enum {
    CHUNK_RECORDS = 1 << 16,
    HASH_RECORDS = 1024,
    SLICE_WORDS = 1 << 25,
    SLICES_MAX = 64,
    HASH_BITS = 64,
    FEW_WORDS = 1 << 23
};

/* The hashes of some records of a chunk. */
struct hashes {
    uint64_t values[2][HASH_RECORDS];
    bool missing[2][HASH_RECORDS];
};

static size_t end_of_chunk(const struct pd_block_items *items, size_t chunk)
{
    const size_t n_records = items->run->table->n_records;
    const size_t end = (chunk + 1) * CHUNK_RECORDS;
    return end < n_records ? end : n_records;
}

static void find_hashes(const struct pd_block_items *items, size_t begin, size_t n, struct hashes *out)
{
    if (items->by_rows) {
        pd_row_key_hashes(items->run->filter->rows, &items->row_key, begin, n, out->values[0], out->missing[0]);
        return;
    }
    for (size_t side = 0; side <= items->side_bits; side++)
        pd_key_hashes(items->run->table, items->pass, side == 1, begin, n, out->values[side], out->missing[side]);
}

/* Those of keys to be sorted. */
static void find_wanted(const struct pd_block_items *items, size_t begin, size_t n, struct hashes *out)
{
    find_hashes(items, begin, n, out);
    for (size_t side = 0; side <= items->side_bits && items->thin.active; side++)
        pd_thin_drop(&items->thin, begin, n, out->values[side], out->missing[side]);
}

/* Notes the keys of records [begin, begin + n), all of which call. */
static void note_keys(struct pd_block_items *items, size_t begin, size_t n)
{
    struct hashes hashes;
    find_hashes(items, begin, n, &hashes);
    for (size_t side = 0; side <= items->side_bits; side++)
        pd_thin_note(&items->thin, n, hashes.values[side], hashes.missing[side]);
}

/* Notes the keys of a chunk's records that call, run by run. */
static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct pd_block_items *items = context;
    const size_t end = end_of_chunk(items, chunk);
    (void)worker, (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS, n = 1; begin < end; begin += n) {
        const bool calls = pd_thin_calls(&items->thin, begin);
        for (n = 1; n < HASH_RECORDS && begin + n < end && pd_thin_calls(&items->thin, begin + n) == calls;) n++;
        if (calls) note_keys(items, begin, n);
    }
    return PADAN_OK;
}

static inline size_t slice_of(const struct pd_block_items *items, uint64_t hash)
{
    return items->slice_bits == 0 ? 0 : (size_t)(hash >> (HASH_BITS - items->slice_bits));
}

/* Counts the words of a chunk per slice. */
static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct pd_block_items *items = context;
    const size_t end = end_of_chunk(items, chunk);
    uint32_t *sizes = items->sizes + chunk * items->n_slices;
    struct hashes hashes;
    (void)worker, (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS; begin < end; begin += HASH_RECORDS) {
        const size_t n = end - begin < HASH_RECORDS ? end - begin : HASH_RECORDS;
        find_wanted(items, begin, n, &hashes);
        for (size_t side = 0; side <= items->side_bits; side++)
            for (size_t i = 0; i < n; i++)
                if (!hashes.missing[side][i]) sizes[slice_of(items, hashes.values[side][i])]++;
    }
    return PADAN_OK;
}

/* Writes the words of a chunk that are in the slice at hand. */
static enum padan_status write_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct pd_block_items *items = context;
    const size_t end = end_of_chunk(items, chunk), n_sides = 1 + items->side_bits;
    const uint64_t ids = (UINT64_C(1) << items->id_bits) - 1;
    uint64_t *to = items->words + items->begins[chunk];
    size_t n_words = 0;
    struct hashes hashes;
    (void)worker, (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS; begin < end; begin += HASH_RECORDS) {
        const size_t n = end - begin < HASH_RECORDS ? end - begin : HASH_RECORDS;
        find_wanted(items, begin, n, &hashes);
        for (size_t i = 0; i < n; i++)
            for (size_t side = 0; side < n_sides; side++) {
                const uint64_t hash = hashes.values[side][i];
                if (hashes.missing[side][i] || slice_of(items, hash) != items->slice) continue;
                to[n_words++] = (hash << items->slice_bits & ~ids) | (begin + i) << items->side_bits | side;
            }
    }
    items->counts[chunk] = n_words;
    return PADAN_OK;
}

/* Closes the gaps between the chunks. */
static void join_chunks(struct pd_block_items *items)
{
    items->n = 0;
    for (size_t chunk = 0; chunk < items->n_chunks; chunk++) {
        if (items->n != items->begins[chunk])
            memmove(items->words + items->n, items->words + items->begins[chunk],
                    items->counts[chunk] * sizeof *items->words);
        items->n += items->counts[chunk];
    }
}

static enum padan_status reserve(struct pd_block_items *items, size_t n, struct padan_error *error)
{
    if (n <= items->capacity) return PADAN_OK;
    pd_free(items->words);
    pd_free(items->scratch);
    items->words = items->scratch = NULL;
    items->capacity = 0;
    PD_TRY(pd_allocate_array(&items->words, n, sizeof *items->words, error));
    PD_TRY(pd_allocate_array(&items->scratch, n, sizeof *items->scratch, error));
    items->capacity = n;
    return PADAN_OK;
}

/* Says where each chunk writes: as far apart as they may need, or as counted. */
static size_t place_chunks(struct pd_block_items *items)
{
    size_t place = 0;
    for (size_t chunk = 0; chunk < items->n_chunks; chunk++) {
        items->begins[chunk] = place;
        place += items->counted ? items->sizes[chunk * items->n_slices + items->slice]
                                : (size_t)CHUNK_RECORDS << items->side_bits;
    }
    return place;
}

static unsigned bit_width(size_t value)
{
    return value == 0 ? 0 : HASH_BITS - (unsigned)__builtin_clzll(value);
}

enum padan_status pd_items_begin(struct pd_block_items *items, const struct pd_pass *pass, struct padan_error *error)
{
    items->pass = pass;
    items->by_rows = pd_row_key_make(items->run->filter->rows, pass, &items->row_key);
    items->side_bits = pass->symmetric ? 0 : 1;
    items->id_bits = bit_width(items->run->table->n_records) + items->side_bits;
    if (items->thin.active) {
        pd_thin_begin(&items->thin);
        PD_TRY(pd_parallel_for(items->n_chunks, items->run->threads, note_chunk, items, error));
    }
    if (!items->counted) return PADAN_OK;
    memset(items->sizes, 0, items->n_chunks * items->n_slices * sizeof *items->sizes);
    return pd_parallel_for(items->n_chunks, items->run->threads, count_chunk, items, error);
}

enum padan_status pd_items_collect(struct pd_block_items *items, size_t slice, struct padan_error *error)
{
    const struct pd_block_run *run = items->run;
    items->slice = slice;
    PD_TRY(reserve(items, place_chunks(items), error));
    PD_TRY(pd_parallel_for(items->n_chunks, run->threads, write_chunk, items, error));
    join_chunks(items);
    return pd_radix_sort_words(items->words, items->scratch, items->n, run->threads, error);
}

enum padan_status pd_items_init(const struct pd_block_run *run, size_t sides, struct pd_block_items *items,
                                struct padan_error *error)
{
    const size_t n_words = run->table->n_records * sides;
    const size_t most = run->slice_words > 0 ? run->slice_words : SLICE_WORDS;
    *items = (struct pd_block_items){ .run = run, .n_slices = 1 };
    items->n_chunks = (run->table->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    for (; items->n_slices < SLICES_MAX && n_words / items->n_slices > most; items->n_slices *= 2) items->slice_bits++;
    PD_TRY(pd_allocate(&items->begins, items->n_chunks + 1, sizeof *items->begins, error));
    PD_TRY(pd_allocate(&items->counts, items->n_chunks + 1, sizeof *items->counts, error));
    PD_TRY(pd_thin_init(run, HASH_BITS - bit_width(run->table->n_records) - 1, &items->thin, error));
    items->counted = items->n_slices > 1 || (items->thin.active && n_words > FEW_WORDS);
    if (!items->counted) return PADAN_OK;
    return pd_allocate(&items->sizes, items->n_chunks * items->n_slices, sizeof *items->sizes, error);
}

void pd_items_reset(struct pd_block_items *items)
{
    pd_free(items->words);
    pd_free(items->scratch);
    pd_free(items->begins);
    pd_free(items->counts);
    pd_free(items->sizes);
    pd_thin_reset(&items->thin);
    *items = (struct pd_block_items){ .n_slices = 0 };
}
