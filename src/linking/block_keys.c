/* SPDX-License-Identifier: MIT */
#include "linking/block_keys.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { RECORDS_OF_CHUNK = 1 << 14 };

/* The lines of some records, or entries, of a pass. */
struct piece {
    uint64_t *keys;
    uint32_t *rows;
    size_t n, keys_capacity, rows_capacity;
    uint8_t pass;
};

struct finding {
    const struct pd_linker *linker;
    const struct pd_key_list *cut;
    const struct pd_pass *pass;
    const struct pd_table *table; /* of the pass */
    size_t number;                /* of the pass */
    struct piece *pieces;         /* [chunks of the pass] */
};

static enum padan_status add_line(struct piece *piece, uint64_t key, uint32_t row, struct padan_error *error)
{
    PD_TRY(pd_grow(&piece->keys, &piece->keys_capacity, piece->n + 1, sizeof *piece->keys, error));
    PD_TRY(pd_grow(&piece->rows, &piece->rows_capacity, piece->n + 1, sizeof *piece->rows, error));
    piece->keys[piece->n] = key;
    piece->rows[piece->n++] = row;
    return PADAN_OK;
}

static enum padan_status find_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct finding *finding = context;
    const struct pd_exploded *exploded = finding->pass->exploded;
    const volatile int32_t *cancel = finding->linker->cancel;
    const size_t n = finding->table->n_records, begin = chunk * RECORDS_OF_CHUNK;
    const size_t end = n - begin < RECORDS_OF_CHUNK ? n : begin + RECORDS_OF_CHUNK;
    (void)worker;
    if (cancel != NULL && *cancel != 0) PD_FAIL(error, PADAN_CANCELLED, "cancelled while keys were made");
    for (size_t record = begin; record < end; record++)
        for (int side = 0; side < (finding->pass->symmetric ? 1 : 2); side++) {
            const struct pd_portable_key key =
                pd_portable_key(finding->table, finding->pass, finding->number, side == 1, finding->cut, record);
            const uint32_t row = exploded != NULL ? exploded->record_of[record] : (uint32_t)record;
            if (pd_has_portable_key(&key)) PD_TRY(add_line(&finding->pieces[chunk], key.hash, row, error));
        }
    return PADAN_OK;
}

/* The pieces of all passes, each pass's behind the other's. */
struct pieces {
    struct piece *items;
    size_t n;
};

static enum padan_status join(const struct pieces *pieces, struct pd_block_keys *keys, struct padan_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < pieces->n; i++) n += pieces->items[i].n;
    PD_TRY(pd_allocate_array(&keys->keys, n, sizeof *keys->keys, error));
    PD_TRY(pd_allocate_array(&keys->rows, n, sizeof *keys->rows, error));
    PD_TRY(pd_allocate_array(&keys->passes, n, sizeof *keys->passes, error));
    for (size_t i = 0; i < pieces->n; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->n == 0) continue;
        memcpy(keys->keys + keys->n, piece->keys, piece->n * sizeof *keys->keys);
        memcpy(keys->rows + keys->n, piece->rows, piece->n * sizeof *keys->rows);
        memset(keys->passes + keys->n, piece->pass, piece->n);
        keys->n += piece->n;
    }
    return PADAN_OK;
}

static const struct pd_table *table_of(const struct pd_linker *linker, size_t pass)
{
    const struct pd_exploded *exploded = linker->passes.passes[pass].exploded;
    return exploded != NULL ? &exploded->table : linker->table;
}

static size_t chunks_of(const struct pd_linker *linker, size_t pass)
{
    return (table_of(linker, pass)->n_records + RECORDS_OF_CHUNK - 1) / RECORDS_OF_CHUNK;
}

static enum padan_status find_pieces(const struct pd_linker *linker, const struct pd_key_list *cut,
                                     struct pieces *pieces, struct padan_error *error)
{
    const size_t n_passes = linker->passes.n_common;
    size_t n = 0;
    for (size_t pass = 0; pass < n_passes; pass++) n += chunks_of(linker, pass);
    PD_TRY(pd_allocate(&pieces->items, n, sizeof *pieces->items, error));
    for (size_t pass = 0; pass < n_passes; pass++) {
        const size_t n_chunks = chunks_of(linker, pass);
        struct finding finding = {
            linker, cut, &linker->passes.passes[pass], table_of(linker, pass), pass, pieces->items + pieces->n
        };
        for (size_t i = 0; i < n_chunks; i++) finding.pieces[i].pass = (uint8_t)pass;
        pieces->n += n_chunks;
        PD_TRY(pd_parallel_for(n_chunks, linker->threads, find_chunk, &finding, error));
    }
    return PADAN_OK;
}

static enum padan_status find(const struct pd_linker *linker, const struct pd_key_list *cut, struct pd_block_keys *keys,
                              struct padan_error *error)
{
    struct pieces pieces = { NULL, 0 };
    enum padan_status status = find_pieces(linker, cut, &pieces, error);
    if (status == PADAN_OK) status = join(&pieces, keys, error);
    for (size_t i = 0; i < pieces.n; i++) {
        pd_free(pieces.items[i].keys);
        pd_free(pieces.items[i].rows);
    }
    pd_free(pieces.items);
    return status;
}

static enum padan_status describe(const struct pd_linker *linker, struct pd_block_keys *keys, struct padan_error *error)
{
    keys->n_passes = linker->passes.n_common;
    PD_TRY(pd_allocate(&keys->rules, keys->n_passes + 1, sizeof *keys->rules, error));
    PD_TRY(pd_allocate(&keys->max_pairs, keys->n_passes + 1, sizeof *keys->max_pairs, error));
    for (size_t i = 0; i < keys->n_passes; i++) {
        struct pd_text rule;
        PD_TRY(pd_arena_copy(&keys->arena, linker->passes.passes[i].sql, &rule, error));
        keys->rules[i] = rule.data;
        keys->max_pairs[i] = linker->passes.passes[i].max_pairs;
    }
    return PADAN_OK;
}

enum padan_status pd_block_keys_find(const struct pd_linker *linker, const struct pd_key_list *cut,
                                     struct pd_block_keys *keys, struct padan_error *error)
{
    *keys = (struct pd_block_keys){ .n = 0 };
    enum padan_status status = describe(linker, keys, error);
    if (status == PADAN_OK) status = find(linker, cut, keys, error);
    if (status != PADAN_OK) pd_block_keys_reset(keys);
    return status;
}

void pd_block_keys_reset(struct pd_block_keys *keys)
{
    pd_free(keys->keys);
    pd_free(keys->rows);
    pd_free(keys->passes);
    pd_free(keys->rules);
    pd_free(keys->max_pairs);
    pd_arena_reset(&keys->arena);
    *keys = (struct pd_block_keys){ .n = 0 };
}
