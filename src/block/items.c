/* SPDX-License-Identifier: MIT */
#include "block/items.h"

#include "base/bits.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "block/keys.h"
#include "block/portable.h"

enum {
    HASH_RECORDS = 1024,
    CHUNK_RECORDS_MIN = 1 << 16,
    CHUNK_RECORDS_MAX = 1 << 20, /* as many hashes are beside the words per thread */
    CHUNKS_WANTED = 128,
    PART_WORDS = 8192, /* wanted per part, so that it fits in the L2 cache with the table of those seen */
    PART_BITS_MAX = 12,
    SLICE_WORDS = 1 << 26,
    SLICES_MAX = 64,
    HASH_BITS = 64,
    LINE_WORDS = 8,
    WORDS_AHEAD = 16
};

/* The hashes of some records of a chunk. */
struct hashes {
    uint64_t values[2][HASH_RECORDS];
    bool missing[2][HASH_RECORDS];
    uint16_t offsets[HASH_RECORDS]; /* which records, behind the first that might be one */
};

/* Chunks share no line of the cache. */
static size_t whole_lines(size_t n_words)
{
    return (n_words + LINE_WORDS - 1) / LINE_WORDS * LINE_WORDS;
}

static size_t end_of_chunk(const struct pd_block_items *items, size_t chunk)
{
    const size_t n_records = items->run->table->n_records;
    const size_t end = (chunk + 1) * items->chunk_records;
    return end < n_records ? end : n_records;
}

/* The place of a wanted block among them, in the top bits: no two blocks have one hash. */
static void find_portable(const struct pd_block_items *items, bool right_side, size_t begin, size_t n, uint64_t *hashes,
                          bool *missing)
{
    const struct pd_block_run *run = items->run;
    const struct pd_portable_blocks *blocks = run->portable;
    const size_t number = blocks->first_pass + (size_t)(items->pass - run->passes->passes);
    const unsigned shift = HASH_BITS - pd_bit_width(blocks->wanted.n | 1);
    for (size_t i = 0; i < n; i++) {
        const struct pd_portable_key key =
            pd_portable_key(run->table, items->pass, number, right_side, &blocks->cut, begin + i);
        const size_t place = pd_has_portable_key(&key) ? pd_key_list_find(&blocks->wanted, key.hash) : blocks->wanted.n;
        missing[i] = place == blocks->wanted.n;
        hashes[i] = missing[i] ? 0 : (uint64_t)place << shift;
    }
}

static void find_hashes(const struct pd_block_items *items, size_t begin, size_t n, struct hashes *out)
{
    for (size_t side = 0; items->run->portable != NULL && side <= items->side_bits; side++)
        find_portable(items, side == 1, begin, n, out->values[side], out->missing[side]);
    if (items->run->portable != NULL) return;
    if (items->by_rows) {
        pd_row_key_hashes(items->run->filter->rows, &items->row_key, begin, n, out->values[0], out->missing[0]);
        return;
    }
    for (size_t side = 0; side <= items->side_bits; side++)
        pd_key_hashes(items->run->table, items->pass, side == 1, begin, n, out->values[side], out->missing[side]);
}

/* --- which records --- */

/* Of records [begin, begin + n) those that are called in the pass, few of all; told of 4 at once. Returns how many. */
static size_t list_called(const struct pd_block_items *items, size_t begin, size_t n, uint16_t *offsets)
{
    const uint64_t any = UINT64_C(0x0001000100010001) << items->called_bit;
    const uint16_t *bits = items->called.bits + begin;
    size_t n_listed = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t four = 0;
        while (i + 4 < n && (memcpy(&four, bits + i, sizeof four), (four & any) == 0)) i += 4;
        offsets[n_listed] = (uint16_t)i;
        n_listed += bits[i] >> items->called_bit & 1;
    }
    return n_listed;
}

/* Of records [begin, begin + n) those that nobody stands for. Returns how many. */
static size_t list_unstood(const struct pd_block_items *items, size_t begin, size_t n, uint16_t *offsets)
{
    const uint64_t all = UINT64_C(0x0101010101010101) * items->group_bit;
    const uint64_t looked_at = all | UINT64_C(0x0101010101010101) * PD_GROUP_FIRST;
    const uint8_t *stood_for = items->groups->stood_for + begin;
    size_t n_listed = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t eight = 0;
        while (i + 8 < n && (memcpy(&eight, stood_for + i, sizeof eight), (eight & looked_at) == all)) i += 8;
        offsets[n_listed] = (uint16_t)i;
        n_listed += (stood_for[i] & (PD_GROUP_FIRST | items->group_bit)) != items->group_bit;
    }
    return n_listed;
}

/* Hashes of keys to be sorted, of records [begin, begin + n). Returns of how many. */
static size_t find_wanted(const struct pd_block_items *items, size_t begin, size_t n, struct hashes *out)
{
    if (items->is_called || items->group_bit != 0) {
        n = items->is_called ? list_called(items, begin, n, out->offsets) : list_unstood(items, begin, n, out->offsets);
        pd_row_key_hashes_of(items->run->filter->rows, &items->row_key, begin, out->offsets, n, out->values[0],
                             out->missing[0]);
        return n;
    }
    for (size_t i = 0; i < n; i++) out->offsets[i] = (uint16_t)i;
    find_hashes(items, begin, n, out);
    for (size_t side = 0; side <= items->side_bits && items->thin.active; side++)
        pd_thin_drop(&items->thin, begin, n, out->values[side], out->missing[side]);
    return n;
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
    for (size_t begin = chunk * items->chunk_records, n = 1; begin < end; begin += n) {
        const bool calls = pd_thin_calls(&items->thin, begin);
        for (n = 1; n < HASH_RECORDS && begin + n < end && pd_thin_calls(&items->thin, begin + n) == calls;) n++;
        if (calls) note_keys(items, begin, n);
    }
    return PADAN_OK;
}

/* How words are made and parted, at hand. */
struct word_shape {
    uint64_t ids;
    unsigned slice_bits, part_shift, side_bits;
    size_t slice;
};

static struct word_shape shape_of(const struct pd_block_items *items)
{
    return (struct word_shape){ .ids = (UINT64_C(1) << items->id_bits) - 1,
                                .slice_bits = items->slice_bits,
                                .part_shift = HASH_BITS - 1 - items->part_bits,
                                .side_bits = items->side_bits,
                                .slice = items->slice };
}

/* The top bits of a word, of which there may be none. */
static inline size_t part_of(struct word_shape shape, uint64_t word)
{
    return (size_t)(word >> 1 >> shape.part_shift);
}

static inline size_t slice_of(struct word_shape shape, uint64_t hash)
{
    return shape.slice_bits == 0 ? 0 : (size_t)(hash >> (HASH_BITS - shape.slice_bits));
}

static inline uint64_t make_word(struct word_shape shape, uint64_t hash, size_t record, size_t side)
{
    return (hash << shape.slice_bits & ~shape.ids) | record << shape.side_bits | side;
}

/* Writes the words of n hashes of records from `begin` on that are in the slice at hand, and counts those of every
 * part. Returns how many. What is not wanted is written too, and overwritten by the next. */
static inline __attribute__((always_inline)) size_t append_words(struct word_shape shape, const struct hashes *hashes,
                                                                 size_t begin, size_t n, size_t n_sides, uint64_t *to,
                                                                 uint32_t *counts)
{
    size_t n_words = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t side = 0; side < n_sides; side++) {
            const uint64_t hash = hashes->values[side][i];
            const bool wanted = !hashes->missing[side][i] && slice_of(shape, hash) == shape.slice;
            const uint64_t word = make_word(shape, hash, begin + hashes->offsets[i], side);
            to[n_words] = word;
            counts[part_of(shape, word)] += wanted;
            n_words += wanted;
        }
    return n_words;
}

/* The words of a chunk's records, as they come. Returns how many. */
static size_t write_words(const struct pd_block_items *items, size_t chunk, uint64_t *to, uint32_t *counts)
{
    const struct word_shape shape = shape_of(items);
    const size_t end = end_of_chunk(items, chunk);
    size_t n_words = 0;
    struct hashes hashes;
    for (size_t begin = chunk * items->chunk_records; begin < end; begin += HASH_RECORDS) {
        const size_t n = find_wanted(items, begin, end - begin < HASH_RECORDS ? end - begin : HASH_RECORDS, &hashes);
        n_words += shape.side_bits == 0 ? append_words(shape, &hashes, begin, n, 1, to + n_words, counts)
                                        : append_words(shape, &hashes, begin, n, 2, to + n_words, counts);
    }
    return n_words;
}

/* Words put together by part at `to`; places: where each part goes. Lines are asked for ahead: written in no order,
 * each were waited for. */
static void put_by_part(struct word_shape shape, const uint64_t *words, size_t n, uint32_t *places, uint64_t *to)
{
    for (size_t i = 0; i < n; i++) {
        if (i + WORDS_AHEAD < n) pd_prefetch_to_write(to + places[part_of(shape, words[i + WORDS_AHEAD])]);
        to[places[part_of(shape, words[i])]++] = words[i];
    }
}

/* Writes the words of a chunk and puts them together by part, behind those of chunks that were done before. */
static enum padan_status part_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct pd_block_items *items = context;
    uint64_t *unparted = items->unparted + (size_t)worker * (items->chunk_words + 1);
    uint32_t *begins = items->begins + chunk * (items->n_parts + 1), places[1 << PART_BITS_MAX], place = 0;
    (void)error;
    memset(places, 0, items->n_parts * sizeof *places);
    const size_t n = write_words(items, chunk, unparted, places);
    for (size_t part = 0; part < items->n_parts; part++) {
        const uint32_t count = places[part];
        begins[part] = places[part] = place;
        place += count;
    }
    begins[items->n_parts] = place;
    items->chunk_begins[chunk] = atomic_fetch_add(&items->n_words, whole_lines(n));
    put_by_part(shape_of(items), unparted, n, places, items->words + items->chunk_begins[chunk]);
    return PADAN_OK;
}

void pd_items_choose(struct pd_block_items *items, const struct pd_pass *pass)
{
    items->pass = pass;
    items->by_rows = pd_row_key_make(items->run->filter->rows, pass, &items->row_key);
    items->side_bits = pass->symmetric ? 0 : 1;
    items->id_bits = pd_bit_width(items->run->table->n_records) + items->side_bits;
}

void pd_items_hashes(const struct pd_block_items *items, size_t record, uint64_t hashes[2], bool missing[2])
{
    struct hashes found;
    find_hashes(items, record, 1, &found);
    for (size_t side = 0; side <= items->side_bits; side++) {
        hashes[side] = found.values[side][0];
        missing[side] = found.missing[side][0];
    }
}

enum padan_status pd_items_begin(struct pd_block_items *items, const struct pd_pass *pass, struct padan_error *error)
{
    const size_t number = (size_t)(pass - items->run->passes->passes);
    pd_items_choose(items, pass);
    items->is_called = pd_called_tells(&items->called, number);
    items->called_bit = items->is_called ? items->called.bit_of[number] : 0;
    items->group_bit = items->groups == NULL ? 0 : pd_groups_bit(items->groups, number);
    if (!items->thin.active || items->is_called) return PADAN_OK;
    pd_thin_begin(&items->thin);
    return pd_parallel_for(items->n_chunks, items->run->threads, note_chunk, items, error);
}

enum padan_status pd_items_collect(struct pd_block_items *items, size_t slice, struct padan_error *error)
{
    items->slice = slice;
    atomic_store(&items->n_words, 0);
    PD_TRY(pd_parallel_for(items->n_chunks, items->run->threads, part_chunk, items, error));
    memset(items->part_sizes, 0, items->n_parts * sizeof *items->part_sizes);
    for (size_t chunk = 0; chunk < items->n_chunks; chunk++) {
        const uint32_t *begins = items->begins + chunk * (items->n_parts + 1);
        for (size_t part = 0; part < items->n_parts; part++) items->part_sizes[part] += begins[part + 1] - begins[part];
    }
    return PADAN_OK;
}

/* Cuts records into chunks, and words into slices and parts, by their numbers. */
static void cut(struct pd_block_items *items, size_t sides)
{
    const struct pd_block_run *run = items->run;
    const size_t n_records = run->table->n_records, n_words = n_records * sides;
    const size_t most = run->slice_words > 0 ? run->slice_words : SLICE_WORDS;
    for (; items->n_slices < SLICES_MAX && n_words / items->n_slices > most; items->n_slices *= 2) items->slice_bits++;
    items->part_bits = pd_bit_width(n_words / items->n_slices / PART_WORDS);
    if (items->part_bits > PART_BITS_MAX) items->part_bits = PART_BITS_MAX;
    items->n_parts = (size_t)1 << items->part_bits;
    items->chunk_records = (n_records / CHUNKS_WANTED / CHUNK_RECORDS_MIN + 1) * CHUNK_RECORDS_MIN;
    if (items->chunk_records > CHUNK_RECORDS_MAX) items->chunk_records = CHUNK_RECORDS_MAX;
    items->n_chunks = (n_records + items->chunk_records - 1) / items->chunk_records;
    items->chunk_words = (items->chunk_records < n_records ? items->chunk_records : n_records) * sides;
}

enum padan_status pd_items_init(const struct pd_block_run *run, size_t sides, struct pd_block_items *items,
                                struct padan_error *error)
{
    *items = (struct pd_block_items){ .run = run, .n_slices = 1 };
    cut(items, sides);
    PD_TRY(pd_thin_init(run, HASH_BITS - pd_bit_width(run->table->n_records) - 1, &items->thin, error));
    PD_TRY(pd_called_find(&items->thin, pd_passes_of_scope(run->passes, run->scope), &items->called, error));
    PD_TRY(pd_allocate_array(&items->words, items->n_chunks * whole_lines(items->chunk_words), sizeof *items->words,
                             error));
    PD_TRY(pd_allocate_array(&items->chunk_begins, items->n_chunks, sizeof *items->chunk_begins, error));
    PD_TRY(pd_allocate_array(&items->unparted, (size_t)run->threads * (items->chunk_words + 1), sizeof *items->unparted,
                             error));
    PD_TRY(pd_allocate_array(&items->begins, items->n_chunks * (items->n_parts + 1), sizeof *items->begins, error));
    return pd_allocate_array(&items->part_sizes, items->n_parts, sizeof *items->part_sizes, error);
}

void pd_items_reset(struct pd_block_items *items)
{
    pd_free(items->words);
    pd_free(items->chunk_begins);
    pd_free(items->unparted);
    pd_free(items->begins);
    pd_free(items->part_sizes);
    pd_thin_reset(&items->thin);
    pd_called_reset(&items->called);
    *items = (struct pd_block_items){ .n_slices = 0 };
}
