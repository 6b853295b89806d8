/* SPDX-License-Identifier: MIT
 * Method: one walk over families counts persons, families, pairs and combinations and lists what rules forbid; one over
 * likely families adds what only a link to be reviewed shows, and one over their alternatives what only another
 * candidate would. Sums are integers in a table per worker; lists are per chunk and put together in order. */
#include "reconcile/overlap.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "reconcile/overlap_walk.h"
#include "reconcile/spans.h"

#include <stdlib.h>

void pd_overlaps_reset(struct pd_overlaps *overlaps)
{
    pd_free(overlaps->spans);
    pd_free(overlaps->forbidden);
    pd_tally_reset(&overlaps->cells);
    pd_tally_reset(&overlaps->combinations);
    *overlaps = (struct pd_overlaps){ 0 };
}

/* --- regions and rules --- */

static uint64_t region_of(const struct pd_linkage *linkage, uint32_t record)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const int levels[] = { columns->kode_desa, columns->kode_kecamatan, columns->kode_kabupaten,
                           columns->kode_provinsi };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (levels[i] < 0) continue;
        const int64_t code = pd_column_integer(&linkage->table->columns[levels[i]], record);
        if (code != PD_NULL_INT && code > 0) return (uint64_t)code;
    }
    return 0;
}

int pd_overlap_rule(const struct pd_overlap_walk *walk, const struct pd_payment *a, const struct pd_payment *b,
                    bool same_person)
{
    const struct pd_overlap_options *options = walk->finder->options;
    const struct pd_linkage *linkage = options->payments->linkage;
    const struct pd_rule_query query = { .program = { a->program, b->program },
                                         .region = { region_of(linkage, a->record), region_of(linkage, b->record) },
                                         .same_person = same_person,
                                         .begin = a->begin > b->begin ? a->begin : b->begin,
                                         .end = a->end < b->end ? a->end : b->end };
    return pd_rules_find(options->rules, &query);
}

enum pd_rule_verdict pd_overlap_verdict(const struct pd_overlap_walk *walk, int rule)
{
    return rule < 0 ? PD_RULE_NONE : walk->finder->options->rules->rules[rule].verdict;
}

bool pd_overlap_has_alternatives(const struct pd_overlap_walk *walk, const struct pd_payment *payment)
{
    size_t n = 0;
    (void)pd_alternatives_of(walk->finder->options->payments->alternatives, payment->person, &n);
    return n > 0;
}

enum padan_status pd_overlap_claim(const struct pd_overlap_walk *walk, struct pd_tally_key claim,
                                   struct padan_error *error)
{
    int64_t *n = NULL;
    PD_TRY(pd_tally_at(&walk->worker->claims, claim, &n, error));
    ++*n;
    return PADAN_OK;
}

/* --- walks --- */

/* Parts payments that are ordered by program into runs. */
static void make_unit(const struct pd_overlap_walk *walk, const struct pd_payment *payments, size_t n,
                      struct pd_overlap_unit *unit)
{
    unit->n_runs = 0;
    for (size_t begin = 0; begin < n;) {
        size_t end = begin + 1;
        while (end < n && payments[end].program == payments[begin].program) end++;
        unit->runs[unit->n_runs++] =
            (struct pd_overlap_run){ payments + begin, end - begin, walk->finder->place_of[payments[begin].program] };
        begin = end;
    }
}

static int by_program(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    return (x->likely_person > y->likely_person) - (x->likely_person < y->likely_person);
}

static int by_likely_person(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->likely_person != y->likely_person) return x->likely_person < y->likely_person ? -1 : 1;
    if (x->alternative != y->alternative) return x->alternative ? 1 : -1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Is a unit of the kind that a walk looks for? Of likely persons, only those of several payments that certain ones
 * part, or one with another candidate. */
static bool is_wanted(const struct pd_overlap_walk *walk, const struct pd_payment *payments, size_t n)
{
    if (walk->surety == PD_CERTAIN) return true;
    for (size_t i = 1; i < n; i++)
        if (walk->surety == PD_LIKELY ? payments[i].person != payments[0].person : payments[i].alternative) return true;
    return false;
}

/* Persons of the group: runs of equal person, or of equal likely person. */
static enum padan_status count_persons(const struct pd_overlap_walk *walk, struct pd_payment *payments, size_t n,
                                       struct padan_error *error)
{
    struct pd_overlap_unit unit;
    for (size_t begin = 0, end; begin < n; begin = end) {
        const struct pd_payment *first = &payments[begin];
        for (end = begin + 1; end < n; end++)
            if (walk->surety == PD_CERTAIN ? payments[end].person != first->person
                                           : payments[end].likely_person != first->likely_person)
                break;
        if (!is_wanted(walk, payments + begin, end - begin)) continue;
        pd_payments_sort(payments + begin, end - begin, by_program);
        make_unit(walk, payments + begin, end - begin, &unit);
        PD_TRY(pd_overlap_count(walk, PD_OVERLAP_PERSON, &unit, error));
    }
    return PADAN_OK;
}

/* A whole group in one span. */
static enum padan_status count_group(struct pd_overlap_walk *walk, struct pd_payment *payments, size_t n,
                                     struct padan_error *error)
{
    struct pd_overlap_unit unit;
    if (walk->surety == PD_POSSIBLE) pd_payments_sort(payments, n, by_likely_person);
    PD_TRY(count_persons(walk, payments, n, error));
    pd_payments_sort(payments, n, by_program);
    make_unit(walk, payments, n, &unit);
    PD_TRY(pd_overlap_count(walk, PD_OVERLAP_FAMILY, &unit, error));
    return pd_overlap_list_forbidden(walk, &unit, error);
}

static enum padan_status visit(struct pd_overlap_walk *walk, const struct pd_payment *payments, size_t n,
                               struct padan_error *error)
{
    struct pd_overlap_worker *worker = walk->worker;
    const struct pd_overlaps *overlaps = walk->finder->overlaps;
    const size_t first_claim = walk->list->n_claims;
    PD_TRY(pd_grow(&worker->payments, &worker->capacity, n, sizeof *worker->payments, error));
    for (walk->span = 0; walk->span < overlaps->n_spans; walk->span++) {
        size_t n_here = 0;
        for (size_t i = 0; i < n; i++) {
            const size_t span = pd_span_of(overlaps->spans, overlaps->n_spans, &payments[i]);
            if (span == walk->span || span == SIZE_MAX) worker->payments[n_here++] = payments[i];
        }
        if (n_here > 0) PD_TRY(count_group(walk, worker->payments, n_here, error));
    }
    pd_overlap_end_group(walk, first_claim, payments[0].likely_family);
    return PADAN_OK;
}

static struct pd_overlap_walk begin_walk(const struct pd_overlap_finder *finder, size_t chunk, int worker,
                                         enum pd_surety surety)
{
    return (struct pd_overlap_walk){
        .finder = finder, .worker = &finder->workers[worker], .list = &finder->chunks[chunk], .surety = surety
    };
}

static enum padan_status visit_family(void *context, size_t chunk, int worker, struct pd_payment *payments, size_t n,
                                      struct padan_error *error)
{
    struct pd_overlap_walk walk = begin_walk(context, chunk, worker, PD_CERTAIN);
    return visit(&walk, payments, n, error);
}

static enum padan_status visit_likely_family(void *context, size_t chunk, int worker, struct pd_payment *payments,
                                             size_t n, struct padan_error *error)
{
    struct pd_overlap_walk walk = begin_walk(context, chunk, worker, PD_LIKELY);
    n = pd_payments_before_alternatives(payments, n);
    return pd_payments_need_review(payments, n) ? visit(&walk, payments, n, error) : PADAN_OK;
}

static enum padan_status visit_possible_family(void *context, size_t chunk, int worker, struct pd_payment *payments,
                                               size_t n, struct padan_error *error)
{
    struct pd_overlap_walk walk = begin_walk(context, chunk, worker, PD_POSSIBLE);
    const bool any = n > 1 && pd_payments_before_alternatives(payments, n) < n;
    return any ? visit(&walk, payments, n, error) : PADAN_OK;
}

/* --- the whole --- */

static void reset_lists(struct pd_overlap_finder *finder)
{
    for (size_t i = 0; i < finder->n_chunks; i++) {
        pd_free(finder->chunks[i].items);
        pd_free(finder->chunks[i].cells);
        pd_free(finder->chunks[i].claims);
    }
    pd_free(finder->chunks);
    finder->chunks = NULL;
    finder->n_chunks = 0;
}

static enum padan_status add_forbidden(struct pd_overlaps *overlaps, const struct pd_forbidden *items, size_t n,
                                       struct padan_error *error)
{
    if (n == 0) return PADAN_OK;
    PD_TRY(pd_grow(&overlaps->forbidden, &overlaps->forbidden_capacity, overlaps->n_forbidden + n,
                   sizeof *overlaps->forbidden, error));
    memcpy(overlaps->forbidden + overlaps->n_forbidden, items, n * sizeof *items);
    overlaps->n_forbidden += n;
    return PADAN_OK;
}

static enum padan_status append(struct pd_overlaps *into, const struct pd_overlap_list *from, struct padan_error *error)
{
    into->n_forbidden_families[0] += from->n_families[PD_LIKELY];
    into->n_forbidden_families[1] += from->n_families[PD_CERTAIN];
    return add_forbidden(into, from->items, from->n_items, error);
}

/* Is a claim the first of its kind? It is noted then. */
static enum padan_status is_first_claim(struct pd_tally *claims, struct pd_tally_key claim, bool *first,
                                        struct padan_error *error)
{
    int64_t *n = NULL;
    PD_TRY(pd_tally_at(claims, claim, &n, error));
    *first = ++*n == 1;
    return PADAN_OK;
}

/* Counts what the rows of a list claim, but for those that count for the same already. */
static enum padan_status settle(struct pd_overlaps *overlaps, const struct pd_overlap_list *list,
                                struct pd_tally *claims, struct padan_error *error)
{
    bool first = false;
    int64_t *metrics = NULL;
    uint32_t family = PD_NO_RECORD;
    for (size_t i = 0; i < list->n_cells; i++) {
        PD_TRY(is_first_claim(claims, list->cells[i].claim, &first, error));
        if (!first) continue;
        PD_TRY(pd_tally_at(&overlaps->cells, list->cells[i].cell, &metrics, error));
        metrics[PD_CELL_REVIEW]++;
    }
    for (size_t i = 0; i < list->n_claims; i++) {
        const struct pd_forbidden_claim *claim = &list->claims[i];
        PD_TRY(is_first_claim(claims, claim->claim, &first, error));
        if (!first) continue;
        PD_TRY(add_forbidden(overlaps, &claim->item, 1, error));
        overlaps->n_forbidden_families[0] += claim->family != PD_NO_RECORD && claim->family != family;
        family = claim->family;
    }
    return PADAN_OK;
}

/* Where a payment was made, and who is known to have it, lies anywhere. */
static void reach_payment(const void *context, const struct pd_payment *payment)
{
    const struct pd_overlap_finder *finder = context;
    const struct pd_linkage *linkage = finder->options->payments->linkage;
    const int village = linkage->columns.kode_desa;
    pd_prefetch(&linkage->anchor[payment->likely_person]);
    pd_prefetch(&pd_link_of(linkage, payment->record)->vague);
    if (village >= 0) pd_column_prefetch(&linkage->table->columns[village], payment->record);
}

/* Leaves the lists of chunks to be put together. */
static enum padan_status walk_groups(struct pd_overlap_finder *finder, const struct pd_payment_groups *groups,
                                     pd_payment_visit *body, struct padan_error *error)
{
    reset_lists(finder);
    PD_TRY(pd_allocate(&finder->chunks, groups->n_chunks, sizeof *finder->chunks, error));
    finder->n_chunks = groups->n_chunks;
    const struct pd_payment_walk walk = { body, reach_payment, finder };
    return pd_payments_visit(groups, &walk, error);
}

static enum padan_status walk_surely(struct pd_overlap_finder *finder, const struct pd_payment_groups *groups,
                                     pd_payment_visit *body, struct pd_overlaps *overlaps, struct padan_error *error)
{
    PD_TRY(walk_groups(finder, groups, body, error));
    for (size_t i = 0; i < finder->n_chunks; i++) PD_TRY(append(overlaps, &finder->chunks[i], error));
    return PADAN_OK;
}

/* What the workers counted, as one. */
static enum padan_status merge_tallies(const struct pd_overlap_finder *finder, struct pd_overlaps *overlaps,
                                       struct pd_tally *claims, struct padan_error *error)
{
    for (int i = 0; i < finder->options->payments->threads; i++) {
        PD_TRY(pd_tally_merge(&overlaps->cells, &finder->workers[i].cells, error));
        PD_TRY(pd_tally_merge(&overlaps->combinations, &finder->workers[i].combinations, error));
        PD_TRY(pd_tally_merge(claims, &finder->workers[i].claims, error));
    }
    return PADAN_OK;
}

/* After the sure walks, which leave the claims of rows that may be yet others. */
static enum padan_status count_possible(struct pd_overlap_finder *finder, struct pd_overlaps *overlaps,
                                        struct pd_tally *claims, struct padan_error *error)
{
    const struct pd_payment_options *payments = finder->options->payments;
    if (payments->alternatives->n_items == 0) return PADAN_OK;
    PD_TRY(walk_groups(finder, &payments->likely_families, visit_possible_family, error));
    for (size_t i = 0; i < finder->n_chunks; i++) PD_TRY(settle(overlaps, &finder->chunks[i], claims, error));
    return PADAN_OK;
}

/* The programs that paid anything, and the bit of each. */
static enum padan_status find_programs(const struct pd_payment_options *options, struct pd_overlaps *overlaps,
                                       uint8_t *place_of, struct padan_error *error)
{
    for (size_t i = 0; i < options->slices->n_items; i++) place_of[options->slices->items[i].program] = 1;
    for (size_t i = 0; i < options->n_programs; i++) {
        if (!place_of[i]) continue;
        if (overlaps->n_programs == PD_OVERLAP_PROGRAMS_MAX)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "the job pays by more than %d programs; split it into several jobs",
                    PD_OVERLAP_PROGRAMS_MAX);
        place_of[i] = (uint8_t)overlaps->n_programs;
        overlaps->programs[overlaps->n_programs++] = (int)i;
    }
    return PADAN_OK;
}

/* Which programs pay in which span. */
static enum padan_status find_paying(const struct pd_payment_options *options, const struct pd_overlaps *overlaps,
                                     const uint8_t *place_of, uint64_t **paying, struct padan_error *error)
{
    PD_TRY(pd_allocate(paying, overlaps->n_spans, sizeof **paying, error));
    for (size_t i = 0; i < options->slices->n_items; i++) {
        const struct pd_payment payment = pd_payment_of_slice(&options->slices->items[i]);
        const size_t span = pd_span_of(overlaps->spans, overlaps->n_spans, &payment);
        const uint64_t bit = UINT64_C(1) << place_of[payment.program];
        if (span != SIZE_MAX) (*paying)[span] |= bit;
        for (size_t all = 0; span == SIZE_MAX && all < overlaps->n_spans; all++) (*paying)[all] |= bit;
    }
    return PADAN_OK;
}

static int by_rows(const void *a, const void *b)
{
    const struct pd_forbidden *x = a;
    const struct pd_forbidden *y = b;
    for (int i = 0; i < 2; i++)
        if (x->record[i] != y->record[i]) return x->record[i] < y->record[i] ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->cancelled != y->cancelled) return x->cancelled < y->cancelled ? -1 : 1;
    return x->certain == y->certain ? 0 : x->certain ? -1 : 1;
}

static enum padan_status count_all(struct pd_overlap_finder *finder, struct pd_overlaps *overlaps,
                                   struct pd_tally *claims, struct padan_error *error)
{
    const struct pd_payment_options *payments = finder->options->payments;
    for (int i = 0; i < payments->threads; i++) {
        PD_TRY(pd_tally_init(&finder->workers[i].cells, PD_CELL_METRICS, error));
        PD_TRY(pd_tally_init(&finder->workers[i].combinations, PD_COMBINATION_METRICS, error));
        PD_TRY(pd_tally_init(&finder->workers[i].claims, 1, error));
    }
    PD_TRY(walk_surely(finder, &payments->families, visit_family, overlaps, error));
    PD_TRY(walk_surely(finder, &payments->likely_families, visit_likely_family, overlaps, error));
    PD_TRY(pd_tally_init(&overlaps->cells, PD_CELL_METRICS, error));
    PD_TRY(pd_tally_init(&overlaps->combinations, PD_COMBINATION_METRICS, error));
    PD_TRY(pd_tally_init(claims, 1, error));
    PD_TRY(merge_tallies(finder, overlaps, claims, error));
    PD_TRY(count_possible(finder, overlaps, claims, error));
    PD_TRY(pd_tally_sort(&overlaps->cells, error));
    PD_TRY(pd_tally_sort(&overlaps->combinations, error));
    if (overlaps->n_forbidden > 1)
        qsort(overlaps->forbidden, overlaps->n_forbidden, sizeof *overlaps->forbidden, by_rows);
    return PADAN_OK;
}

enum padan_status pd_overlaps_find(const struct pd_overlap_options *options, struct pd_overlaps *overlaps,
                                   struct padan_error *error)
{
    const struct pd_payment_options *payments = options->payments;
    uint8_t *place_of = NULL;
    uint64_t *paying = NULL;
    struct pd_tally claims = { 0 };
    *overlaps = (struct pd_overlaps){ 0 };
    struct pd_overlap_finder finder = { .options = options, .overlaps = overlaps };
    enum padan_status status = pd_allocate(&place_of, payments->n_programs + 1, 1, error);
    finder.place_of = place_of;
    if (status == PADAN_OK) status = find_programs(payments, overlaps, place_of, error);
    if (status == PADAN_OK) status = pd_spans_find(payments->slices, &overlaps->spans, &overlaps->n_spans, error);
    if (status == PADAN_OK) status = find_paying(payments, overlaps, place_of, &paying, error);
    finder.paying = paying;
    if (status == PADAN_OK)
        status = pd_allocate(&finder.workers, (size_t)payments->threads, sizeof *finder.workers, error);
    if (status == PADAN_OK) status = count_all(&finder, overlaps, &claims, error);
    reset_lists(&finder);
    pd_tally_reset(&claims);
    for (int i = 0; finder.workers != NULL && i < payments->threads; i++) {
        pd_tally_reset(&finder.workers[i].cells);
        pd_tally_reset(&finder.workers[i].claims);
        pd_tally_reset(&finder.workers[i].combinations);
        pd_free(finder.workers[i].payments);
    }
    pd_free(finder.workers);
    pd_free(place_of);
    pd_free(paying);
    if (status != PADAN_OK) pd_overlaps_reset(overlaps);
    return status;
}
