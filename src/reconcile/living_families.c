/* SPDX-License-Identifier: MIT
 * Method: a byte per family. Periods begin with a month, so the month of the last death says whether it came before. */
#include "reconcile/living_families.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "reconcile/lives.h"

enum { CHUNK_ROWS = 32768, ROWS_AHEAD = 16, MONTHS_OF_A_YEAR = 12 };

/* Months of the byte: sixteen years back from the reference date, and four ahead; what lies beyond is at the edge. */
enum { NOBODY = 0, FIRST_MONTH = 1, REFERENCE_MONTH = 200, LAST_MONTH = 254, LIVING = 255 };

static int month_number(int32_t day)
{
    const struct pd_date date = pd_date_to_civil(day);
    return date.year * MONTHS_OF_A_YEAR + date.month;
}

static uint8_t month_of(int32_t day, int32_t reference_date)
{
    const int month = REFERENCE_MONTH + month_number(day) - month_number(reference_date);
    return (uint8_t)(month < FIRST_MONTH ? FIRST_MONTH : month > LAST_MONTH ? LAST_MONTH : month);
}

/* The people of a source, in whose families somebody lives. */
struct marking {
    const struct pd_registry_options *options;
    size_t source;
    uint8_t *until;
};

/* A person is told by its register row; by the registry's only when the register does not know it. */
static bool tells_life(const struct marking *marking, size_t row)
{
    const struct pd_linkage *linkage = marking->options->linkage;
    if (marking->options->job->sources[marking->source].role == PD_ROLE_REGISTER) return true;
    return linkage->anchor[row] == PD_NO_RECORD && pd_registry_row_is_person(linkage, marking->source, row);
}

static uint8_t mark_of(int32_t until, int32_t reference_date)
{
    if (until == PD_LIVES || until == PD_IS_INACTIVE) return LIVING;
    return until == PD_DIED_SOME_DAY ? NOBODY : month_of(until, reference_date);
}

static uint8_t mark_of_row(const struct marking *marking, uint32_t row)
{
    const struct pd_registry_options *options = marking->options;
    const struct pd_linkage *linkage = options->linkage;
    const int32_t told = pd_life_of(linkage, options->job, options->disqualifiers, row).until;
    const uint8_t a = mark_of(told, options->job->reference_date);
    const uint8_t b = mark_of(pd_life_of_row(linkage, row), options->job->reference_date);
    return a < b ? a : b;
}

/* The later mark stays, whoever comes first. */
static void raise_mark(uint8_t *mark, uint8_t to)
{
    if (to == LIVING) {
        __atomic_store_n(mark, to, __ATOMIC_RELAXED);
        return;
    }
    uint8_t known = __atomic_load_n(mark, __ATOMIC_RELAXED);
    while (known < to && !__atomic_compare_exchange_n(mark, &known, to, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {}
}

/* pd_parallel_body */
static enum padan_status mark_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct marking *marking = context;
    const struct pd_linkage *linkage = marking->options->linkage;
    const struct pd_source *rows = &linkage->table->sources[marking->source];
    const size_t begin = rows->begin + chunk * CHUNK_ROWS;
    const size_t end = rows->end - begin < CHUNK_ROWS ? rows->end : begin + CHUNK_ROWS;
    (void)worker, (void)error;
    for (size_t r = begin; r < end; r++) {
        if (end - r > ROWS_AHEAD) pd_prefetch_to_write(&marking->until[linkage->household[r + ROWS_AHEAD]]);
        if (tells_life(marking, r))
            raise_mark(&marking->until[linkage->household[r]], mark_of_row(marking, (uint32_t)r));
    }
    return PADAN_OK;
}

enum padan_status pd_living_families_make(const struct pd_registry_options *options,
                                          struct pd_living_families *families, struct padan_error *error)
{
    const struct pd_table *table = options->linkage->table;
    *families = (struct pd_living_families){ .reference_date = options->job->reference_date };
    PD_TRY(pd_allocate(&families->until, table->n_records + 1, 1, error));
    for (size_t i = 0; i < options->job->n_sources; i++) {
        const enum pd_role role = options->job->sources[i].role;
        if (role != PD_ROLE_REGISTER && role != PD_ROLE_REGISTRY) continue;
        struct marking marking = { options, i, families->until };
        const size_t n_chunks = (table->sources[i].end - table->sources[i].begin + CHUNK_ROWS - 1) / CHUNK_ROWS;
        PD_TRY(pd_parallel_for(n_chunks, options->threads, mark_chunk, &marking, error));
    }
    return PADAN_OK;
}

void pd_living_families_reset(struct pd_living_families *families)
{
    pd_free(families->until);
    *families = (struct pd_living_families){ 0 };
}

bool pd_family_lives(const struct pd_living_families *families, uint32_t family, int32_t begin)
{
    const uint8_t until = families->until[family];
    if (until == LIVING || until == NOBODY || begin == PD_DATE_NONE) return until == LIVING;
    return until >= month_of(begin, families->reference_date);
}
