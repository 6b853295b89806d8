/* SPDX-License-Identifier: MIT
 * Payment periods, and the distinct units paid in them. Method: paid rows are sorted by (unit, slice); a run of equal
 * keys is a recipient. The key is a bijection of both, so equal hashes are equal keys; it keeps their order, in which
 * units lie near each other, and is spread over the whole word, as the sort wants it. */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/radix.h"
#include "reconcile/registry.h"

#include <stdlib.h>

enum { CHUNK_KEYS = 65536, SLICES_MAX = PD_NO_SLICE };

void pd_slices_reset(struct pd_slices *slices)
{
    pd_free(slices->items);
    pd_free(slices->of_row);
    *slices = (struct pd_slices){ 0 };
}

static int32_t day_of(const struct pd_linkage *linkage, int column, uint32_t row)
{
    if (column < 0) return PD_DATE_NONE;
    const int64_t day = pd_column_integer(&linkage->table->columns[column], row);
    return day == PD_NULL_INT ? PD_DATE_NONE : (int32_t)day;
}

static bool same_slice(const struct pd_slice *a, const struct pd_slice *b)
{
    return a->program == b->program && a->begin == b->begin && a->end == b->end;
}

/* Number of a slice, added when new. Rows of one period come in long runs, and there are few periods. */
static enum padan_status slice_number(struct pd_slices *slices, size_t *capacity, struct pd_slice slice, size_t last,
                                      size_t *number, struct padan_error *error)
{
    if (last < slices->n_items && same_slice(&slices->items[last], &slice)) {
        *number = last;
        return PADAN_OK;
    }
    for (*number = 0; *number < slices->n_items; (*number)++)
        if (same_slice(&slices->items[*number], &slice)) return PADAN_OK;
    if (slices->n_items == SLICES_MAX)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "the rosters have more than %d different payment periods; give the sources a "
                "period in the job, and map no other column on periode",
                SLICES_MAX);
    PD_TRY(pd_grow(&slices->items, capacity, slices->n_items + 1, sizeof *slices->items, error));
    slices->items[slices->n_items++] = slice;
    return PADAN_OK;
}

static enum padan_status number_rows(const struct pd_registry_options *options, const struct pd_source *rows,
                                     size_t *capacity, struct pd_slices *slices, struct padan_error *error)
{
    const struct pd_linkage *linkage = options->linkage;
    size_t number = 0;
    for (size_t r = rows->begin; r < rows->end; r++) {
        const int program = pd_row_program(&options->programs, linkage->table, (uint32_t)r);
        if (!options->paid[r] || program < 0) continue;
        const struct pd_slice slice = { .program = program,
                                        .begin = day_of(linkage, linkage->columns.mulai, (uint32_t)r),
                                        .end = day_of(linkage, linkage->columns.selesai, (uint32_t)r) };
        PD_TRY(slice_number(slices, capacity, slice, number, &number, error));
        slices->of_row[r] = (uint16_t)number;
    }
    return PADAN_OK;
}

/* The many rows that are no program's have none. */
static enum padan_status number_sources(const struct pd_registry_options *options, struct pd_slices *slices,
                                        struct padan_error *error)
{
    const struct pd_table *table = options->linkage->table;
    size_t capacity = 0;
    memset(slices->of_row, 0xff, table->n_records * sizeof *slices->of_row); /* PD_NO_SLICE */
    for (size_t i = 0; i < table->n_sources; i++)
        if (options->programs.of_source[i] != -1)
            PD_TRY(number_rows(options, &table->sources[i], &capacity, slices, error));
    return PADAN_OK;
}

static int by_program_and_period(const void *a, const void *b)
{
    const struct pd_slice *x = a;
    const struct pd_slice *y = b;
    /* category holds the program's place in the job and eligibility the old number while sorting */
    if (x->category != y->category) return x->category < y->category ? -1 : 1;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static int place_in_job(const struct pd_job *job, int program)
{
    int place = 0;
    /* A program that only rows name comes after those that sources name. */
    while (place < (int)job->n_sources && job->sources[place].program != program) place++;
    return place;
}

static void complete(const struct pd_registry_options *options, const struct pd_registry *registry,
                     struct pd_slice *slice)
{
    const struct pd_job *job = options->job;
    const int place = place_in_job(job, slice->program);
    slice->unit =
        (uint8_t)(place < (int)job->n_sources ? job->sources[place].unit : job->programs.items[slice->program].unit);
    slice->version = pd_registry_version_on(registry, slice->begin);
    slice->eligibility = -1;
    slice->category = -1;
    for (size_t i = 0; i < job->n_eligibility; i++) {
        if (job->eligibility[i].program != slice->program) continue;
        slice->eligibility = (int)i;
        slice->decile_min = (uint8_t)job->eligibility[i].decile_min;
        slice->decile_max = (uint8_t)job->eligibility[i].decile_max;
        slice->category = pd_category_of(options->categories, i);
    }
}

static enum padan_status order_slices(const struct pd_registry_options *options, const struct pd_registry *registry,
                                      struct pd_slices *slices, struct padan_error *error)
{
    uint16_t *new_number = NULL;
    PD_TRY(pd_allocate(&new_number, slices->n_items + 1, sizeof *new_number, error));
    for (size_t i = 0; i < slices->n_items; i++) {
        slices->items[i].eligibility = (int)i;
        slices->items[i].category = place_in_job(options->job, slices->items[i].program);
    }
    if (slices->n_items > 0) qsort(slices->items, slices->n_items, sizeof *slices->items, by_program_and_period);
    for (size_t i = 0; i < slices->n_items; i++) {
        new_number[slices->items[i].eligibility] = (uint16_t)i;
        complete(options, registry, &slices->items[i]);
    }
    for (size_t r = 0; r < options->linkage->table->n_records; r++)
        if (slices->of_row[r] != PD_NO_SLICE) slices->of_row[r] = new_number[slices->of_row[r]];
    pd_free(new_number);
    return PADAN_OK;
}

enum padan_status pd_slices_make(const struct pd_registry_options *options, const struct pd_registry *registry,
                                 struct pd_slices *slices, struct padan_error *error)
{
    *slices = (struct pd_slices){ 0 };
    enum padan_status status =
        pd_allocate_array(&slices->of_row, options->linkage->table->n_records + 1, sizeof *slices->of_row, error);
    if (status == PADAN_OK) status = number_sources(options, slices, error);
    if (status == PADAN_OK) status = order_slices(options, registry, slices, error);
    if (status != PADAN_OK) pd_slices_reset(slices);
    return status;
}

/* --- recipients --- */

struct visiting {
    const struct pd_registry_options *options;
    const struct pd_registry *registry;
    const struct pd_slices *slices;
    pd_visit_recipient *visit;
    void *context;
    struct pd_key *keys;
    size_t n_keys;
};

static size_t collect(struct visiting *visiting)
{
    const struct pd_linkage *linkage = visiting->options->linkage;
    const uint64_t spread = UINT64_MAX / (((uint64_t)linkage->table->n_records + 1) << 16);
    size_t n = 0;
    for (size_t r = 0; r < linkage->table->n_records; r++) {
        const uint16_t slice = visiting->slices->of_row[r];
        if (slice == PD_NO_SLICE) continue;
        const bool family = visiting->slices->items[slice].unit == PD_UNIT_FAMILY;
        const uint64_t unit = family ? linkage->household[r] : linkage->cluster[r];
        visiting->keys[n++] = (struct pd_key){ (unit << 16 | slice) * spread, (uint32_t)r, slice };
    }
    return n;
}

/* The rows of one recipient: the most certain of their answers holds. That nobody knows one of its rows does not count
 * where another is known not to be in the registry. */
static struct pd_recipient recipient_of(const struct visiting *visiting, const struct pd_key *keys, size_t n)
{
    const struct pd_linkage *linkage = visiting->options->linkage;
    const struct pd_slice *slice = &visiting->slices->items[keys[0].tag];
    struct pd_recipient recipient = { .row = keys[0].record,
                                      .unit = PD_NO_UNIT,
                                      .n_rows = (uint32_t)n,
                                      .slice = (uint16_t)keys[0].tag,
                                      .state = PD_RECIPIENT_UNREGISTERED };
    const int column = linkage->columns.nominal;
    bool unregistered = false;
    for (size_t i = 0; i < n; i++) {
        const int64_t amount =
            column < 0 ? PD_NULL_INT : pd_column_integer(&linkage->table->columns[column], keys[i].record);
        recipient.n_without_amount += amount == PD_NULL_INT;
        recipient.amount += amount == PD_NULL_INT ? 0 : amount;
        const struct pd_registry_answer answer =
            pd_registry_ask(visiting->options, visiting->registry, slice, keys[i].record);
        unregistered = unregistered || answer.state == PD_RECIPIENT_UNREGISTERED;
        if (answer.state >= recipient.state) continue;
        recipient.state = answer.state;
        recipient.unit = answer.unit;
    }
    if (unregistered && recipient.unit == PD_NO_UNIT) recipient.state = PD_RECIPIENT_UNREGISTERED;
    if (recipient.state != PD_RECIPIENT_LINKED) return recipient;
    const struct pd_registry_unit *unit =
        &visiting->registry->versions[slice->version].units[slice->unit][recipient.unit];
    recipient.eligible = pd_unit_eligible(slice, unit);
    recipient.open = pd_unit_may_be_eligible(slice, unit);
    return recipient;
}

/* Rows of a unit lie anywhere: brings near what will be read of those that come. */
static void prefetch_rows(const struct visiting *visiting, size_t at)
{
    enum { FAR = 24, NEARER = 16, NEAR = 8, NEXT = 4 };
    const struct pd_linkage *linkage = visiting->options->linkage;
    if (visiting->n_keys - at <= FAR) return;
    const struct pd_key *keys = visiting->keys + at;
    const struct pd_slice *slices = visiting->slices->items;
    const uint32_t far = keys[FAR].record;
    pd_prefetch(&linkage->cluster[far]);
    pd_prefetch(&linkage->household[far]);
    pd_prefetch(&linkage->anchor[far]);
    if (linkage->columns.nominal >= 0) pd_column_prefetch(&linkage->table->columns[linkage->columns.nominal], far);
    pd_registry_prefetch_places(linkage, visiting->registry, &slices[keys[NEARER].tag], keys[NEARER].record);
    pd_registry_prefetch_units(linkage, visiting->registry, &slices[keys[NEAR].tag], keys[NEAR].record);
    pd_registry_prefetch_home(linkage, visiting->registry, &slices[keys[NEXT].tag], keys[NEXT].record);
}

/* Runs that begin in the chunk, whole. */
static enum padan_status visit_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct visiting *visiting = context;
    const struct pd_key *keys = visiting->keys;
    const size_t begin = chunk * CHUNK_KEYS;
    const size_t end = visiting->n_keys - begin < CHUNK_KEYS ? visiting->n_keys : begin + CHUNK_KEYS;
    for (size_t at = pd_key_run_begin(keys, end, begin), next; at < end; at = next) {
        next = pd_key_run_end(keys, visiting->n_keys, at);
        for (size_t i = at; i < next; i++) prefetch_rows(visiting, i);
        const struct pd_recipient recipient = recipient_of(visiting, keys + at, next - at);
        PD_TRY(visiting->visit(visiting->context, worker, &recipient, error));
    }
    return PADAN_OK;
}

enum padan_status pd_recipients_visit(const struct pd_registry_options *options, const struct pd_registry *registry,
                                      const struct pd_slices *slices, pd_visit_recipient *visit, void *context,
                                      struct padan_error *error)
{
    struct visiting visiting = { options, registry, slices, visit, context, NULL, 0 };
    size_t n_paid = 0;
    for (size_t r = 0; r < options->linkage->table->n_records; r++) n_paid += slices->of_row[r] != PD_NO_SLICE;
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate_array(&visiting.keys, n_paid + 1, sizeof *visiting.keys, error));
    enum padan_status status = pd_allocate_array(&scratch, n_paid + 1, sizeof *scratch, error);
    visiting.n_keys = collect(&visiting);
    if (status == PADAN_OK) status = pd_radix_sort(visiting.keys, scratch, n_paid, options->threads, error);
    pd_free(scratch);
    if (status == PADAN_OK)
        status =
            pd_parallel_for((n_paid + CHUNK_KEYS - 1) / CHUNK_KEYS, options->threads, visit_chunk, &visiting, error);
    pd_free(visiting.keys);
    return status;
}
