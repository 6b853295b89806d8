/* SPDX-License-Identifier: MIT
 * The answer of a lookup by NIK alone, as the population office gives it (DOMAIN 1.6 [s:julo]): found and alive 0,
 * dead 11, duplicate 12, not found 13, inactive 14, bad format 15. The office does not see that a number is the head's,
 * or a card's: such a number of a roster has an answer, though it is nobody's key and has no owner here. */
#include "base/hash.h"
#include "base/parallel.h"
#include "base/sketch.h"
#include "indonesia/attribute.h"
#include "indonesia/nik.h"
#include "reconcile/links.h"
#include "reconcile/lives.h"
#include "reconcile/nik_owners.h"

enum { CHUNK_ROWS = 1 << 16, ROWS_AHEAD = 16 };

uint8_t pd_nik_code_of_life(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t record)
{
    switch (pd_life_said(table, columns, record)) {
    case PD_LIFE_DEAD: return PD_NIK_CODE_DEAD;
    case PD_LIFE_INACTIVE: return PD_NIK_CODE_INACTIVE;
    case PD_LIFE_DUPLICATE: return PD_NIK_CODE_DUPLICATE;
    default: return PD_NIK_CODE_FOUND;
    }
}

/* A register has nearly every NIK once, and most of its people are in no roster: those are their own answer. People who
 * share a NIK or are asked for are in a table by NIK, where they and the rows that ask find theirs. */
struct lookup {
    const struct pd_table *table;
    const uint64_t *niks;
    size_t begin, end; /* rows of the register */
    const struct pd_person_columns *columns;
    struct pd_sketch seen, again, asked;
    size_t n_shared; /* people for the table */
    struct pd_nik_owners owners;
    uint32_t *owner;
    uint8_t *code;
};

static size_t chunk_end(size_t n, size_t chunk)
{
    return n - chunk * CHUNK_ROWS < CHUNK_ROWS ? n : (chunk + 1) * CHUNK_ROWS;
}

/* The number that a row asks for: its key, or what is a number of a NIK's form and yet no key of the row. */
static uint64_t asked_number(const struct lookup *lookup, size_t record)
{
    const struct pd_person_columns *columns = lookup->columns;
    const struct pd_column *all = lookup->table->columns;
    if (lookup->niks[record] != 0 || columns->bendera_nik < 0 || columns->nik_longgar < 0) return lookup->niks[record];
    const int64_t flags = pd_column_integer(&all[columns->bendera_nik], record);
    if (flags == PD_NULL_INT || ((uint32_t)flags & PD_NIK_UNUSABLE & ~(uint32_t)(PD_NIK_ISKK | PD_NIK_HEAD)) != 0)
        return 0;
    return pd_column_word(&all[columns->nik_longgar], record);
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
        const uint64_t number = is_person(lookup, record) ? lookup->niks[record] : asked_number(lookup, record);
        const uint64_t hash = pd_mix64(number);
        if (record + ROWS_AHEAD < end) {
            const bool ahead = is_person(lookup, record + ROWS_AHEAD);
            pd_sketch_prefetch(ahead ? &lookup->seen : &lookup->asked, pd_mix64(lookup->niks[record + ROWS_AHEAD]));
        }
        if (number == 0) continue;
        if (!is_person(lookup, record))
            (void)pd_sketch_add(&lookup->asked, hash);
        else if (pd_sketch_add(&lookup->seen, hash))
            (void)pd_sketch_add(&lookup->again, hash);
    }
    return PADAN_OK;
}

/* Answers the people whom nobody asks for; the others have no owner then and are counted. */
static enum padan_status part_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct lookup *lookup = context;
    const size_t end = chunk_end(lookup->end - lookup->begin, chunk) + lookup->begin;
    size_t n_shared = 0;
    (void)worker, (void)error;
    for (size_t record = lookup->begin + chunk * CHUNK_ROWS; record < end; record++) {
        const uint64_t hash = pd_mix64(lookup->niks[record]);
        if (record + ROWS_AHEAD < end) {
            pd_sketch_prefetch(&lookup->again, pd_mix64(lookup->niks[record + ROWS_AHEAD]));
            pd_sketch_prefetch(&lookup->asked, pd_mix64(lookup->niks[record + ROWS_AHEAD]));
        }
        lookup->owner[record] = PD_NO_RECORD;
        lookup->code[record] = PD_NIK_CODE_FORMAT;
        if (lookup->niks[record] == 0) continue;
        if (pd_sketch_has(&lookup->again, hash) || pd_sketch_has(&lookup->asked, hash)) {
            n_shared++;
            continue;
        }
        lookup->owner[record] = (uint32_t)record;
        lookup->code[record] = pd_nik_code_of_life(lookup->table, lookup->columns, (uint32_t)record);
    }
    (void)__atomic_fetch_add(&lookup->n_shared, n_shared, __ATOMIC_RELAXED);
    return PADAN_OK;
}

static enum padan_status add_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct lookup *lookup = context;
    const size_t end = chunk_end(lookup->end - lookup->begin, chunk) + lookup->begin;
    (void)worker, (void)error;
    for (size_t record = lookup->begin + chunk * CHUNK_ROWS; record < end; record++) {
        if (record + ROWS_AHEAD < end) pd_nik_owners_prefetch(&lookup->owners, lookup->niks[record + ROWS_AHEAD]);
        if (lookup->owner[record] == PD_NO_RECORD && lookup->niks[record] != 0)
            pd_nik_owners_add(&lookup->owners, lookup->niks[record], (uint32_t)record,
                              pd_nik_code_of_life(lookup->table, lookup->columns, (uint32_t)record));
    }
    return PADAN_OK;
}

static void answer(const struct lookup *lookup, size_t record)
{
    struct pd_nik_owner owner;
    const uint64_t number = is_person(lookup, record) ? lookup->niks[record] : asked_number(lookup, record);
    lookup->owner[record] = PD_NO_RECORD;
    lookup->code[record] = PD_NIK_CODE_FORMAT;
    if (number == 0) return;
    lookup->code[record] = PD_NIK_CODE_NOT_FOUND;
    if (!pd_nik_owners_find(&lookup->owners, number, &owner)) return;
    if (lookup->niks[record] != 0) lookup->owner[record] = owner.person;
    lookup->code[record] = owner.several ? PD_NIK_CODE_DUPLICATE : owner.told;
}

static enum padan_status answer_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct lookup *lookup = context;
    const size_t end = chunk_end(lookup->table->n_records, chunk);
    (void)worker, (void)error;
    for (size_t record = chunk * CHUNK_ROWS; record < end; record++) {
        if (record + ROWS_AHEAD < end) pd_nik_owners_prefetch(&lookup->owners, lookup->niks[record + ROWS_AHEAD]);
        if (!is_person(lookup, record) || lookup->owner[record] == PD_NO_RECORD) answer(lookup, record);
    }
    return PADAN_OK;
}

static size_t n_chunks_of(size_t n)
{
    return (n + CHUNK_ROWS - 1) / CHUNK_ROWS;
}

static enum padan_status look_up(struct lookup *lookup, int threads, struct padan_error *error)
{
    const size_t n = lookup->table->n_records;
    const size_t n_people = lookup->end - lookup->begin;
    PD_TRY(pd_sketch_make(&lookup->seen, n_people, error));
    PD_TRY(pd_sketch_make(&lookup->again, n_people, error));
    PD_TRY(pd_sketch_make(&lookup->asked, n - n_people, error));
    PD_TRY(pd_parallel_for(n_chunks_of(n), threads, note_chunk, lookup, error));
    pd_sketch_reset(&lookup->seen);
    PD_TRY(pd_parallel_for(n_chunks_of(n_people), threads, part_chunk, lookup, error));
    PD_TRY(pd_nik_owners_make(&lookup->owners, lookup->n_shared, error));
    PD_TRY(pd_parallel_for(n_chunks_of(n_people), threads, add_chunk, lookup, error));
    return pd_parallel_for(n_chunks_of(n), threads, answer_chunk, lookup, error);
}

enum padan_status pd_nik_lookup(const struct pd_table *table, const struct pd_person_columns *columns,
                                int register_source, int threads, uint32_t *nik_owner, uint8_t *nik_code,
                                struct padan_error *error)
{
    const bool has_register = register_source >= 0;
    struct lookup lookup = { .table = table,
                             .niks = table->columns[columns->nik].words,
                             .begin = has_register ? table->sources[register_source].begin : 0,
                             .end = has_register ? table->sources[register_source].end : 0,
                             .columns = columns,
                             .owner = nik_owner,
                             .code = nik_code };
    const enum padan_status status = look_up(&lookup, threads, error);
    pd_sketch_reset(&lookup.seen);
    pd_sketch_reset(&lookup.again);
    pd_sketch_reset(&lookup.asked);
    pd_nik_owners_reset(&lookup.owners);
    return status;
}
