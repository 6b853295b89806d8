/* SPDX-License-Identifier: MIT */
#include "block/called.h"

#include "base/memory.h"
#include "base/parallel.h"

/* SKETCH_BYTES_MAX: of the keys of all passes. */
enum { CHUNK_RECORDS = 1 << 15, HASH_BITS = 64, WORD_BITS = 64, SKETCH_BYTES_MAX = 16 << 20 };

struct calling {
    const struct pd_block_thin *thin;
    const struct pd_packed_rows *rows;
    struct pd_row_key keys[PD_CALLED_PASSES_MAX];
    size_t n_passes;
    uint64_t *bits; /* [n_passes][n_words] of keys that records which call have */
    size_t n_words; /* of a pass */
    unsigned shift; /* of a hash, to its bit */
    uint16_t told;
    uint16_t *passes; /* out */
};

/* A hash that tells few keys apart is enough here: a multiplication per word. SIZE_MAX: the record has no such key. */
static inline size_t bit_of(const struct pd_row_key *key, const uint64_t *row, unsigned shift)
{
    uint64_t hash = 0, nulls = 0;
    for (size_t j = 0; j < key->n_words; j++) {
        const uint64_t word = row[key->words[j].place], guards = key->words[j].guards;
        nulls |= (word & guards) | (uint64_t)((guards == 0) & (word == PD_PACKED_NULL));
        hash = (hash ^ (word & key->words[j].values)) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return nulls != 0 ? SIZE_MAX : (size_t)(hash * UINT64_C(0xbf58476d1ce4e5b9) >> shift);
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
        for (size_t pass = 0; pass < calling->n_passes; pass++) {
            if ((calling->told >> pass & 1) == 0) continue;
            const size_t bit = bit_of(&calling->keys[pass], pd_packed_row(calling->rows, (uint32_t)i), calling->shift);
            if (bit == SIZE_MAX) continue;
            (void)__atomic_fetch_or(&calling->bits[pass * calling->n_words + bit / WORD_BITS],
                                    UINT64_C(1) << (bit % WORD_BITS), __ATOMIC_RELAXED);
        }
    }
    return PADAN_OK;
}

static enum padan_status look_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct calling *calling = context;
    const struct pd_block_thin *thin = calling->thin;
    const uint16_t *source_of = calling->rows->table->source_of;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(calling, chunk); i++) {
        const uint64_t *row = pd_packed_row(calling->rows, (uint32_t)i);
        const size_t n_passes = thin->silent[source_of[i]] ? 0 : calling->n_passes;
        unsigned passes = 0;
        for (size_t pass = 0; pass < n_passes; pass++) {
            if ((calling->told >> pass & 1) == 0) continue;
            const size_t bit = bit_of(&calling->keys[pass], row, calling->shift);
            if (bit == SIZE_MAX) continue;
            const uint64_t word = calling->bits[pass * calling->n_words + bit / WORD_BITS];
            passes |= (unsigned)(word >> (bit % WORD_BITS) & 1) << pass;
        }
        calling->passes[i] = (uint16_t)passes;
    }
    return PADAN_OK;
}

static enum padan_status find(struct calling *calling, struct padan_error *error)
{
    const size_t n_records = calling->rows->table->n_records;
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const int threads = calling->thin->run->threads;
    PD_TRY(pd_allocate(&calling->bits, calling->n_passes * calling->n_words, sizeof *calling->bits, error));
    PD_TRY(pd_allocate_array(&calling->passes, n_records, sizeof *calling->passes, error));
    PD_TRY(pd_parallel_for(n_chunks, threads, note_chunk, calling, error));
    return pd_parallel_for(n_chunks, threads, look_chunk, calling, error);
}

enum padan_status pd_called_find(const struct pd_block_thin *thin, size_t n_passes, struct pd_called *called,
                                 struct padan_error *error)
{
    const size_t n_words = ((size_t)1 << thin->width) / WORD_BITS;
    struct calling calling = { .thin = thin,
                               .rows = thin->run->filter->rows,
                               .n_passes = n_passes,
                               .n_words = n_words,
                               .shift = HASH_BITS - thin->width };
    *called = (struct pd_called){ 0 };
    if (!thin->active || n_passes > PD_CALLED_PASSES_MAX) return PADAN_OK;
    if (n_words * sizeof(uint64_t) * n_passes > SKETCH_BYTES_MAX) return PADAN_OK;
    for (size_t i = 0; i < n_passes; i++)
        if (pd_row_key_make(calling.rows, &thin->run->passes->passes[i], &calling.keys[i]))
            calling.told |= (uint16_t)(1u << i);
    if (calling.told == 0) return PADAN_OK;
    const enum padan_status status = find(&calling, error);
    pd_free(calling.bits);
    *called = (struct pd_called){ calling.passes, calling.told };
    if (status != PADAN_OK) pd_called_reset(called);
    return status;
}

void pd_called_reset(struct pd_called *called)
{
    pd_free(called->passes);
    *called = (struct pd_called){ 0 };
}
