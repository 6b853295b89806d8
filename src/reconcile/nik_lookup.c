/* SPDX-License-Identifier: MIT
 * The answer of a lookup by NIK alone, as the population office gives it (DOMAIN 1.6 [s:julo]): found and alive 0,
 * dead 11, duplicate 12, not found 13, inactive 14, bad format 15. */
#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/sketch.h"
#include "indonesia/attribute.h"
#include "reconcile/links.h"
#include "reconcile/lives.h"

enum {
    CODE_DEAD = 11,
    CODE_DUPLICATE = 12,
    CODE_NOT_FOUND = 13,
    CODE_INACTIVE = 14,
    CODE_FORMAT = 15,
    CHUNK_ROWS = 1 << 16
};

static uint8_t life_code(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t record)
{
    switch (pd_life_said(table, columns, record)) {
    case PD_LIFE_DEAD: return CODE_DEAD;
    case PD_LIFE_INACTIVE: return CODE_INACTIVE;
    case PD_LIFE_DUPLICATE: return CODE_DUPLICATE;
    default: return 0;
    }
}

/* A register has nearly every NIK once, and most of its people are in no roster: those are their own answer. Rows that
 * ask, and people who share a NIK or are asked for, are sorted by it. */
struct lookup {
    const struct pd_table *table;
    const uint64_t *niks;
    size_t begin, end; /* rows of the register */
    const struct pd_person_columns *columns;
    struct pd_sketch seen, again, asked;
    const struct pd_key *keys;
    size_t n_keys;
    uint32_t *owner;
    uint8_t *code;
};

static size_t chunk_end(size_t n, size_t chunk)
{
    return n - chunk * CHUNK_ROWS < CHUNK_ROWS ? n : (chunk + 1) * CHUNK_ROWS;
}

static bool is_person(const struct lookup *lookup, size_t record)
{
    return record >= lookup->begin && record < lookup->end;
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct lookup *lookup = context;
    const size_t end = chunk_end(lookup->table->n_records, chunk);
    (void)worker, (void)error;
    for (size_t record = chunk * CHUNK_ROWS; record < end; record++) {
        const uint64_t hash = pd_mix64(lookup->niks[record]);
        if (record + PD_CHOSEN_AHEAD < end) {
            const bool ahead = is_person(lookup, record + PD_CHOSEN_AHEAD);
            pd_sketch_prefetch(ahead ? &lookup->seen : &lookup->asked,
                               pd_mix64(lookup->niks[record + PD_CHOSEN_AHEAD]));
        }
        if (lookup->niks[record] == 0) continue;
        if (!is_person(lookup, record))
            (void)pd_sketch_add(&lookup->asked, hash);
        else if (pd_sketch_add(&lookup->seen, hash))
            (void)pd_sketch_add(&lookup->again, hash);
    }
    return PADAN_OK;
}

/* Sets what can be told of a row alone. */
static bool takes(const void *context, size_t record, uint64_t *hash)
{
    const struct lookup *lookup = context;
    lookup->owner[record] = PD_NO_RECORD;
    lookup->code[record] = CODE_FORMAT;
    if (lookup->niks[record] == 0) return false;
    *hash = pd_mix64(lookup->niks[record]);
    if (!is_person(lookup, record) || pd_sketch_has(&lookup->again, *hash) || pd_sketch_has(&lookup->asked, *hash))
        return true;
    lookup->owner[record] = (uint32_t)record;
    lookup->code[record] = life_code(lookup->table, lookup->columns, (uint32_t)record);
    return false;
}

static void reach(const void *context, size_t record)
{
    const struct lookup *lookup = context;
    if (!is_person(lookup, record)) return;
    pd_sketch_prefetch(&lookup->again, pd_mix64(lookup->niks[record]));
    pd_sketch_prefetch(&lookup->asked, pd_mix64(lookup->niks[record]));
}

/* One run of equal NIKs. */
static void answer_run(const struct lookup *lookup, const struct pd_key *keys, size_t n)
{
    uint32_t owner = PD_NO_RECORD;
    size_t n_owners = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_person(lookup, keys[i].record)) continue;
        if (n_owners++ == 0) owner = keys[i].record;
    }
    uint8_t code = CODE_NOT_FOUND;
    if (n_owners == 1) code = life_code(lookup->table, lookup->columns, owner);
    if (n_owners > 1) code = CODE_DUPLICATE;
    for (size_t i = 0; i < n; i++) {
        lookup->owner[keys[i].record] = owner;
        lookup->code[keys[i].record] = code;
    }
}

static enum padan_status answer_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct lookup *lookup = context;
    const size_t limit = chunk_end(lookup->n_keys, chunk);
    (void)worker, (void)error;
    for (size_t i = pd_key_run_begin(lookup->keys, limit, chunk * CHUNK_ROWS), end; i < limit; i = end) {
        end = pd_key_run_end(lookup->keys, lookup->n_keys, i);
        for (size_t j = i + PD_CHOSEN_AHEAD; j < end + PD_CHOSEN_AHEAD && j < lookup->n_keys; j++) {
            pd_prefetch_to_write(&lookup->owner[lookup->keys[j].record]);
            pd_prefetch_to_write(&lookup->code[lookup->keys[j].record]);
        }
        answer_run(lookup, lookup->keys + i, end - i);
    }
    return PADAN_OK;
}

static size_t n_chunks_of(size_t n)
{
    return (n + CHUNK_ROWS - 1) / CHUNK_ROWS;
}

static enum padan_status look_up(struct lookup *lookup, int threads, struct pd_key **keys, struct padan_error *error)
{
    const size_t n = lookup->table->n_records;
    const size_t n_people = lookup->end - lookup->begin;
    const struct pd_choice choice = { takes, reach, lookup };
    PD_TRY(pd_sketch_make(&lookup->seen, n_people, error));
    PD_TRY(pd_sketch_make(&lookup->again, n_people, error));
    PD_TRY(pd_sketch_make(&lookup->asked, n - n_people, error));
    PD_TRY(pd_parallel_for(n_chunks_of(n), threads, note_chunk, lookup, error));
    pd_sketch_reset(&lookup->seen);
    PD_TRY(pd_chosen_keys(&choice, 0, n, threads, keys, &lookup->n_keys, error));
    lookup->keys = *keys;
    return pd_parallel_for(n_chunks_of(lookup->n_keys), threads, answer_chunk, lookup, error);
}

enum padan_status pd_nik_lookup(const struct pd_table *table, const struct pd_person_columns *columns,
                                int register_source, int threads, uint32_t *nik_owner, uint8_t *nik_code,
                                struct padan_error *error)
{
    const bool has_register = register_source >= 0;
    struct pd_key *keys = NULL;
    struct lookup lookup = { .table = table,
                             .niks = table->columns[columns->nik].words,
                             .begin = has_register ? table->sources[register_source].begin : 0,
                             .end = has_register ? table->sources[register_source].end : 0,
                             .columns = columns,
                             .owner = nik_owner,
                             .code = nik_code };
    const enum padan_status status = look_up(&lookup, threads, &keys, error);
    pd_sketch_reset(&lookup.seen);
    pd_sketch_reset(&lookup.again);
    pd_sketch_reset(&lookup.asked);
    pd_free(keys);
    return status;
}
