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
    struct pd_row_key *keys; /* [n_keys] */
    size_t n_keys;
    uint64_t *words; /* [n_keys][n_words] of keys that records which call have: two bits of one word each */
    size_t n_words;  /* of a key, a power of 2 */
    unsigned shift;  /* of a hash, to its word */
    uint16_t *bits;  /* out */
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

/* Keys are as many as there are passes to be told, a word has bits for some of them: the others share theirs. */
static unsigned bit_of_key(size_t key)
{
    return (unsigned)(key % PD_CALLED_BITS);
}

/* Looks up key k, of n_words, of n rows. */
static inline __attribute__((always_inline)) void look_up(const struct calling *calling, size_t k, size_t n_words,
                                                          const uint64_t *rows, size_t n, uint16_t *bits)
{
    const struct pd_row_key key = calling->keys[k]; /* nothing that is written can be a part of it */
    const uint64_t *words = calling->words + k * calling->n_words;
    const size_t width = calling->rows->n_words;
    const unsigned shift = calling->shift, bit = bit_of_key(k);
    for (size_t i = 0; i < n; i++) {
        const struct place place = place_of(&key, n_words, rows + i * width, shift);
        const uint64_t missing = ~words[place.word] & place.bits;
        bits[i] = (uint16_t)(bits[i] | (unsigned)(missing == 0) << bit);
    }
}

/* Key by key, so that the looks at the sketch of one are under way together. */
static void look_at_rows(const struct calling *calling, size_t begin, size_t n)
{
    const uint64_t *rows = pd_packed_row(calling->rows, (uint32_t)begin);
    const uint16_t *source_of = calling->rows->table->source_of;
    uint16_t *bits = calling->bits + begin;
    memset(bits, 0, n * sizeof *bits);
    for (size_t k = 0; k < calling->n_keys; k++) {
        switch (calling->keys[k].n_words) {
        case 1: look_up(calling, k, 1, rows, n, bits); break;
        case 2: look_up(calling, k, 2, rows, n, bits); break;
        case 3: look_up(calling, k, 3, rows, n, bits); break;
        default: look_up(calling, k, calling->keys[k].n_words, rows, n, bits); break;
        }
    }
    for (size_t i = 0; i < n; i++)
        if (calling->thin->silent[source_of[begin + i]]) bits[i] = 0;
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

/* Notes the keys of those who call, and looks up those of all. */
static enum padan_status find(struct calling *calling, struct padan_error *error)
{
    const size_t n_records = calling->rows->table->n_records;
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const int threads = calling->thin->run->threads;
    PD_TRY(pd_allocate(&calling->words, calling->n_keys * calling->n_words, sizeof *calling->words, error));
    PD_TRY(pd_allocate_array(&calling->bits, n_records, sizeof *calling->bits, error));
    PD_TRY(pd_parallel_for(n_chunks, threads, note_chunk, calling, error));
    return pd_parallel_for(n_chunks, threads, look_chunk, calling, error);
}

/* A pass that this one tells of and that tells of no other: all its keys are among those of this one. */
static size_t widest_of(const struct pd_pass *passes, const uint8_t *bit_of, size_t n_passes, size_t pass)
{
    for (size_t i = 0; i < n_passes; i++)
        if (bit_of[i] != PD_CALLED_UNTOLD && pd_pass_tells(&passes[pass], &passes[i]) &&
            (i < pass || !pd_pass_tells(&passes[i], &passes[pass])))
            pass = i;
    return pass;
}

/* Chooses the keys to be looked up, and which bit tells of a pass. */
static enum padan_status choose_keys(struct calling *calling, size_t n_passes, uint8_t *bit_of,
                                     struct padan_error *error)
{
    const struct pd_pass *passes = calling->thin->run->passes->passes;
    struct pd_row_key key;
    PD_TRY(pd_allocate(&calling->keys, n_passes, sizeof *calling->keys, error));
    for (size_t i = 0; i < n_passes; i++)
        bit_of[i] = pd_row_key_make(calling->rows, &passes[i], &key) ? 0 : PD_CALLED_UNTOLD;
    for (size_t i = 0; i < n_passes; i++) {
        if (bit_of[i] == PD_CALLED_UNTOLD || widest_of(passes, bit_of, n_passes, i) != i) continue;
        (void)pd_row_key_make(calling->rows, &passes[i], &calling->keys[calling->n_keys]);
        bit_of[i] = (uint8_t)bit_of_key(calling->n_keys++);
    }
    for (size_t i = 0; i < n_passes; i++)
        if (bit_of[i] != PD_CALLED_UNTOLD) bit_of[i] = bit_of[widest_of(passes, bit_of, n_passes, i)];
    return PADAN_OK;
}

enum padan_status pd_called_find(const struct pd_block_thin *thin, size_t n_passes, struct pd_called *called,
                                 struct padan_error *error)
{
    const size_t n_words = (size_t)1 << (thin->width - WORD_WIDTH);
    struct calling calling = {
        .thin = thin, .rows = thin->run->filter->rows, .n_words = n_words, .shift = HASH_BITS + WORD_WIDTH - thin->width
    };
    *called = (struct pd_called){ 0 };
    if (!thin->active) return PADAN_OK;
    enum padan_status status = pd_allocate(&called->bit_of, n_passes, sizeof *called->bit_of, error);
    if (status == PADAN_OK) status = choose_keys(&calling, n_passes, called->bit_of, error);
    if (status == PADAN_OK && calling.n_keys > 0 && n_words * sizeof(uint64_t) * calling.n_keys <= SKETCH_BYTES_MAX)
        status = find(&calling, error);
    pd_free(calling.words);
    pd_free(calling.keys);
    called->bits = calling.bits;
    if (status != PADAN_OK) pd_called_reset(called);
    return status;
}

void pd_called_reset(struct pd_called *called)
{
    pd_free(called->bits);
    pd_free(called->bit_of);
    *called = (struct pd_called){ 0 };
}
