/* SPDX-License-Identifier: MIT */
#include "block/called.h"

#include "base/memory.h"
#include "base/parallel.h"

/* ROWS_AT_ONCE: stay in the nearest cache for all keys. SKETCH_BYTES_MAX: of the keys of all passes. FIRST_BIT,
 * SECOND_BIT: of a hash, where it says which bits of a word. */
enum {
    CHUNK_RECORDS = 1 << 15,
    ROWS_AT_ONCE = 64,
    HASH_BITS = 64,
    WORD_WIDTH = 6,
    SKETCH_BYTES_MAX = 16 << 20,
    FIRST_BIT = 20,
    SECOND_BIT = 30
};

struct calling {
    const struct pd_block_thin *thin;
    const struct pd_packed_rows *rows;
    struct pd_row_key keys[PD_CALLED_PASSES_MAX];
    uint8_t passes_of[PD_CALLED_PASSES_MAX]; /* which pass a key is of */
    size_t n_keys;
    uint64_t *words;  /* [n_keys][n_words] of keys that records which call have: two bits of one word each */
    size_t n_words;   /* of a key, a power of 2 */
    unsigned shift;   /* of a hash, to its word */
    uint16_t *passes; /* out */
};

/* What a key is in the sketch of its pass. */
struct place {
    size_t word;
    uint64_t bits;
};

/* By a hash that tells few keys apart, which is enough here: a multiplication per word. NULL is a value like others.
 * The n_words of the key are a number the compiler knows where that tells. */
static inline __attribute__((always_inline)) struct place place_of(const struct pd_row_key *key, size_t n_words,
                                                                   const uint64_t *row, unsigned shift)
{
    uint64_t hash = 0;
    for (size_t j = 0; j < n_words; j++)
        hash = hash * UINT64_C(0x9e3779b97f4a7c15) +
               (row[key->words[j].place] & (key->words[j].values | key->words[j].guards));
    hash = (hash ^ hash >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    return (struct place){ (size_t)(hash >> shift), UINT64_C(1) << (hash >> FIRST_BIT) % HASH_BITS |
                                                        UINT64_C(1) << (hash >> SECOND_BIT) % HASH_BITS };
}

static size_t end_of_chunk(const struct calling *calling, size_t chunk)
{
    const size_t n = calling->rows->table->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct calling *calling = context;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(calling, chunk); i++) {
        if (!pd_thin_calls(calling->thin, i)) continue;
        const uint64_t *row = pd_packed_row(calling->rows, (uint32_t)i);
        for (size_t k = 0; k < calling->n_keys; k++) {
            if (!pd_row_has_key(&calling->keys[k], row)) continue;
            const struct place place = place_of(&calling->keys[k], calling->keys[k].n_words, row, calling->shift);
            (void)__atomic_fetch_or(&calling->words[k * calling->n_words + place.word], place.bits, __ATOMIC_RELAXED);
        }
    }
    return PADAN_OK;
}

/* Looks up key k, of n_words, of n rows. */
static inline __attribute__((always_inline)) void look_up(const struct calling *calling, size_t k, size_t n_words,
                                                          const uint64_t *rows, size_t n, uint16_t *passes)
{
    const struct pd_row_key key = calling->keys[k]; /* nothing that is written can be a part of it */
    const uint64_t *words = calling->words + k * calling->n_words;
    const size_t width = calling->rows->n_words;
    const unsigned shift = calling->shift, pass = calling->passes_of[k];
    for (size_t i = 0; i < n; i++) {
        const struct place place = place_of(&key, n_words, rows + i * width, shift);
        const uint64_t missing = ~words[place.word] & place.bits;
        passes[i] = (uint16_t)(passes[i] | (unsigned)(missing == 0) << pass);
    }
}

/* Key by key, so that the looks at the sketch of one are under way together. */
static void look_at_rows(const struct calling *calling, size_t begin, size_t n)
{
    const uint64_t *rows = pd_packed_row(calling->rows, (uint32_t)begin);
    const uint16_t *source_of = calling->rows->table->source_of;
    uint16_t *passes = calling->passes + begin;
    memset(passes, 0, n * sizeof *passes);
    for (size_t k = 0; k < calling->n_keys; k++) {
        switch (calling->keys[k].n_words) {
        case 1: look_up(calling, k, 1, rows, n, passes); break;
        case 2: look_up(calling, k, 2, rows, n, passes); break;
        case 3: look_up(calling, k, 3, rows, n, passes); break;
        default: look_up(calling, k, calling->keys[k].n_words, rows, n, passes); break;
        }
    }
    for (size_t i = 0; i < n; i++)
        if (calling->thin->silent[source_of[begin + i]]) passes[i] = 0;
}

static enum padan_status look_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct calling *calling = context;
    const size_t end = end_of_chunk(calling, chunk);
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end; i += ROWS_AT_ONCE)
        look_at_rows(calling, i, end - i < ROWS_AT_ONCE ? end - i : ROWS_AT_ONCE);
    return PADAN_OK;
}

static enum padan_status find(struct calling *calling, struct padan_error *error)
{
    const size_t n_records = calling->rows->table->n_records;
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const int threads = calling->thin->run->threads;
    PD_TRY(pd_allocate(&calling->words, calling->n_keys * calling->n_words, sizeof *calling->words, error));
    PD_TRY(pd_allocate_array(&calling->passes, n_records, sizeof *calling->passes, error));
    PD_TRY(pd_parallel_for(n_chunks, threads, note_chunk, calling, error));
    return pd_parallel_for(n_chunks, threads, look_chunk, calling, error);
}

enum padan_status pd_called_find(const struct pd_block_thin *thin, size_t n_passes, struct pd_called *called,
                                 struct padan_error *error)
{
    const size_t n_words = (size_t)1 << (thin->width - WORD_WIDTH);
    struct calling calling = {
        .thin = thin, .rows = thin->run->filter->rows, .n_words = n_words, .shift = HASH_BITS + WORD_WIDTH - thin->width
    };
    uint16_t told = 0;
    *called = (struct pd_called){ 0 };
    if (!thin->active || n_passes > PD_CALLED_PASSES_MAX) return PADAN_OK;
    if (n_words * sizeof(uint64_t) * n_passes > SKETCH_BYTES_MAX) return PADAN_OK;
    for (size_t i = 0; i < n_passes; i++) {
        if (!pd_row_key_make(calling.rows, &thin->run->passes->passes[i], &calling.keys[calling.n_keys])) continue;
        calling.passes_of[calling.n_keys++] = (uint8_t)i;
        told |= (uint16_t)(1u << i);
    }
    if (told == 0) return PADAN_OK;
    const enum padan_status status = find(&calling, error);
    pd_free(calling.words);
    *called = (struct pd_called){ calling.passes, told };
    if (status != PADAN_OK) pd_called_reset(called);
    return status;
}

void pd_called_reset(struct pd_called *called)
{
    pd_free(called->passes);
    *called = (struct pd_called){ 0 };
}
