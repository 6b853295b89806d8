/* SPDX-License-Identifier: MIT
 * Method: one walk over families counts persons, families, pairs and combinations and lists what rules forbid; one over
 * likely families adds what only a link to be reviewed shows. Sums are integers in a table per worker; lists are per
 * chunk and put together in order.
 *
 * A unit that nothing leads to the register from, or nothing that speaks for one person more than for another, may be
 * anybody there: it is to be reviewed beside every other program of its span. What is not linked is a bound. */
#include "reconcile/overlap.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "reconcile/at_once.h"
#include "reconcile/spans.h"

#include <stdlib.h>

struct chunk_list {
    struct pd_forbidden *items;
    size_t n_items, capacity;
    uint64_t n_families[2]; /* with a pair DILARANG: to be reviewed, certain */
};

struct worker {
    struct pd_tally cells, combinations;
    struct pd_payment *payments; /* of one group in one span */
    size_t capacity;
};

struct finder {
    const struct pd_overlap_options *options;
    const struct pd_overlaps *overlaps; /* spans and programs */
    const uint8_t *place_of;            /* [n_programs] bit of a program */
    const uint64_t *paying;             /* [n_spans] bits of the programs that pay in it */
    struct worker *workers;
    struct chunk_list *chunks;
};

/* One group in one span at work. */
struct walk {
    const struct finder *finder;
    struct worker *worker;
    struct chunk_list *list;
    size_t span;
    bool likely;       /* looks for what only likely persons show */
    bool forbidden[2]; /* something DILARANG was met in this group: to be reviewed, certain */
};

/* Payments of one program in a unit. */
struct run {
    const struct pd_payment *payments;
    size_t n;
    unsigned place;
};

struct unit {
    struct run runs[PD_OVERLAP_PROGRAMS_MAX];
    size_t n_runs;
};

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

/* The rule for two payments that overlap, -1 when there is none. */
static int rule_of(const struct walk *walk, const struct pd_payment *a, const struct pd_payment *b, bool same_person)
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

static enum pd_rule_verdict verdict_of(const struct walk *walk, int rule)
{
    return rule < 0 ? PD_RULE_NONE : walk->finder->options->rules->rules[rule].verdict;
}

/* --- matrix and combinations --- */

static enum padan_status add_cell(const struct walk *walk, enum pd_overlap_level level, uint64_t cell,
                                  const int64_t added[PD_CELL_METRICS], struct padan_error *error)
{
    int64_t *metrics = NULL;
    const struct pd_tally_key key = { pd_overlap_place(level, walk->span), cell };
    PD_TRY(pd_tally_at(&walk->worker->cells, key, &metrics, error));
    for (int i = 0; i < PD_CELL_METRICS; i++) metrics[i] += added[i];
    return PADAN_OK;
}

struct money {
    int64_t sum, without; /* rupiah, and payments whose amount is not known */
};

static void add_money(struct money *money, const struct pd_payment *payment)
{
    money->sum += pd_payment_money(payment);
    money->without += payment->amount == PD_NULL_INT;
}

static struct money sum_of(const struct run *run)
{
    struct money money = { 0, 0 };
    for (size_t i = 0; i < run->n; i++) add_money(&money, &run->payments[i]);
    return money;
}

/* Money of the payments of a run that overlap any of another. */
static struct money overlapping_money(const struct run *run, const struct run *other)
{
    struct money money = { 0, 0 };
    for (size_t i = 0; i < run->n; i++) {
        bool meets = false;
        for (size_t k = 0; k < other->n && !meets; k++)
            meets = pd_payments_overlap(&run->payments[i], &other->payments[k]);
        if (meets) add_money(&money, &run->payments[i]);
    }
    return money;
}

static bool is_certain_pair(enum pd_overlap_level level, const struct pd_payment *a, const struct pd_payment *b)
{
    return level == PD_OVERLAP_PERSON ? a->person == b->person : a->family == b->family;
}

/* Two programs of a unit: nothing when their payments do not overlap, else a cell with the strictest rule. Walks of
 * likely units count only what no certain pair of payments shows. */
static enum padan_status count_pair(const struct walk *walk, enum pd_overlap_level level, const struct run *a,
                                    const struct run *b, struct padan_error *error)
{
    int strictest = -1;
    bool meets = false;
    bool certain = false;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            if (!pd_payments_overlap(&a->payments[i], &b->payments[k])) continue;
            const int rule = rule_of(walk, &a->payments[i], &b->payments[k], level == PD_OVERLAP_PERSON);
            meets = true;
            certain = certain || is_certain_pair(level, &a->payments[i], &b->payments[k]);
            if (verdict_of(walk, rule) > verdict_of(walk, strictest)) strictest = rule;
        }
    if (!meets || (walk->likely && certain)) return PADAN_OK;
    int64_t metrics[PD_CELL_METRICS] = { 0 };
    metrics[walk->likely ? PD_CELL_REVIEW : PD_CELL_N] = 1;
    if (!walk->likely) {
        const struct money of_a = overlapping_money(a, b);
        const struct money of_b = overlapping_money(b, a);
        metrics[PD_CELL_AMOUNT_A] = of_a.sum;
        metrics[PD_CELL_AMOUNT_B] = of_b.sum;
        metrics[PD_CELL_WITHOUT_A] = of_a.without;
        metrics[PD_CELL_WITHOUT_B] = of_b.without;
    }
    return add_cell(walk, level, pd_overlap_cell(a->place, b->place, strictest), metrics, error);
}

/* Parts payments that are ordered by program into runs. */
static void make_unit(const struct walk *walk, const struct pd_payment *payments, size_t n, struct unit *unit)
{
    unit->n_runs = 0;
    for (size_t begin = 0; begin < n;) {
        size_t end = begin + 1;
        while (end < n && payments[end].program == payments[begin].program) end++;
        unit->runs[unit->n_runs++] =
            (struct run){ payments + begin, end - begin, walk->finder->place_of[payments[begin].program] };
        begin = end;
    }
}

static enum padan_status count_set(const struct walk *walk, enum pd_overlap_level level, const struct unit *unit,
                                   struct padan_error *error)
{
    uint64_t set = 0;
    int64_t moneys[PD_OVERLAP_PROGRAMS_MAX];
    struct money all = { 0, 0 };
    int64_t *metrics = NULL;
    for (size_t i = 0; i < unit->n_runs; i++) {
        const struct run *run = &unit->runs[i];
        const struct money money = sum_of(run);
        const int64_t alone[PD_CELL_METRICS] = {
            [PD_CELL_N] = 1, [PD_CELL_AMOUNT_A] = money.sum, [PD_CELL_WITHOUT_A] = money.without
        };
        moneys[i] = money.sum;
        all.sum += money.sum;
        all.without += money.without;
        PD_TRY(add_cell(walk, level, pd_overlap_cell(run->place, run->place, -1), alone, error));
    }
    const struct run *last = &unit->runs[unit->n_runs - 1];
    const struct pd_payment *payments = unit->runs[0].payments;
    const uint64_t runs = pd_paid_at_once(payments, (size_t)(last->payments + last->n - payments), moneys);
    const int64_t at_once = pd_money_at_once(runs, moneys);
    for (size_t i = 0; i < unit->n_runs; i++)
        if ((runs >> i & 1) != 0) set |= UINT64_C(1) << unit->runs[i].place;
    PD_TRY(pd_tally_at(&walk->worker->combinations, (struct pd_tally_key){ pd_overlap_place(level, walk->span), set },
                       &metrics, error));
    metrics[PD_COMBINATION_N]++;
    metrics[PD_COMBINATION_AMOUNT] += at_once;
    metrics[PD_COMBINATION_WITHOUT] += all.without;
    metrics[PD_COMBINATION_OTHERS] += all.sum - at_once;
    return PADAN_OK;
}

/* Does nothing lead from any payment of the unit to one person of the register? */
static bool is_unknown(const struct walk *walk, const struct unit *unit)
{
    const struct pd_linkage *linkage = walk->finder->options->payments->linkage;
    if (linkage->register_source < 0) return false;
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = 0; k < unit->runs[i].n; k++) {
            const struct pd_payment *payment = &unit->runs[i].payments[k];
            const bool known = linkage->anchor[payment->likely_person] != PD_NO_RECORD;
            if (known && !pd_link_of(linkage, payment->record)->contested) return false;
        }
    return true;
}

/* An unknown unit may be one that another program pays: beside each that has no payment of it. */
static enum padan_status count_possible(const struct walk *walk, enum pd_overlap_level level, const struct unit *unit,
                                        struct padan_error *error)
{
    static const int64_t metrics[PD_CELL_METRICS] = { [PD_CELL_REVIEW] = 1 };
    const struct pd_overlaps *overlaps = walk->finder->overlaps;
    uint64_t others = walk->finder->paying[walk->span];
    for (size_t i = 0; i < unit->n_runs; i++) others &= ~(UINT64_C(1) << unit->runs[i].place);
    for (size_t i = 0; i < unit->n_runs; i++)
        for (unsigned place = 0; place < overlaps->n_programs; place++) {
            const struct pd_payment *payment = unit->runs[i].payments;
            struct pd_payment other = *payment;
            if ((others >> place & 1) == 0) continue;
            other.program = overlaps->programs[place];
            const bool first = unit->runs[i].place < place;
            const int rule =
                rule_of(walk, first ? payment : &other, first ? &other : payment, level == PD_OVERLAP_PERSON);
            const unsigned low = first ? unit->runs[i].place : place;
            const unsigned high = first ? place : unit->runs[i].place;
            PD_TRY(add_cell(walk, level, pd_overlap_cell(low, high, rule), metrics, error));
        }
    return PADAN_OK;
}

static enum padan_status count_unit(const struct walk *walk, enum pd_overlap_level level, const struct unit *unit,
                                    struct padan_error *error)
{
    if (!walk->likely) PD_TRY(count_set(walk, level, unit, error));
    if (!walk->likely && is_unknown(walk, unit)) PD_TRY(count_possible(walk, level, unit, error));
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = i + 1; k < unit->n_runs; k++)
            PD_TRY(count_pair(walk, level, &unit->runs[i], &unit->runs[k], error));
    return PADAN_OK;
}

/* --- what rules forbid --- */

struct partner {
    size_t index;
    int rule; /* -1 = none */
    bool same_person;
};

/* Is a rule about the payment on this side? Program_batal's, or the first side's when it names neither. */
static uint8_t cancelled_side(const struct walk *walk, int rule, int program_a, int program_b)
{
    const int cancelled = walk->finder->options->rules->rules[rule].cancelled;
    return cancelled == program_a ? 0 : cancelled == program_b ? 1 : 2;
}

/* Payments without a period are in every span; a pair of them is listed in the first only. */
static bool is_listed_here(const struct walk *walk, const struct pd_payment *a, const struct pd_payment *b)
{
    const struct pd_overlaps *overlaps = walk->finder->overlaps;
    return walk->span == 0 || pd_span_of(overlaps->spans, overlaps->n_spans, a) != SIZE_MAX ||
           pd_span_of(overlaps->spans, overlaps->n_spans, b) != SIZE_MAX;
}

/* The payment of the other run that speaks most against a payment: the same person's first, then the stricter rule,
 * then the first. With likely, persons and families that may be the same are taken as the same. */
static struct partner find_partner(const struct walk *walk, const struct pd_payment *payment, const struct run *others,
                                   uint8_t side, bool likely)
{
    struct partner best = { .rule = -1 };
    for (size_t i = 0; i < others->n; i++) {
        const struct pd_payment *other = &others->payments[i];
        const bool same_person =
            likely ? payment->likely_person == other->likely_person : payment->person == other->person;
        if (!pd_payments_overlap(payment, other) || (!likely && payment->family != other->family)) continue;
        if (!is_listed_here(walk, payment, other)) continue;
        const int rule =
            side == 1 ? rule_of(walk, other, payment, same_person) : rule_of(walk, payment, other, same_person);
        if (verdict_of(walk, rule) < PD_RULE_CHECK) continue;
        const uint8_t about = side == 1 ? cancelled_side(walk, rule, other->program, payment->program)
                                        : cancelled_side(walk, rule, payment->program, other->program);
        if ((about == 1) != (side == 1)) continue;
        const bool better = best.rule < 0 || (same_person && !best.same_person) ||
                            (same_person == best.same_person && verdict_of(walk, rule) > verdict_of(walk, best.rule));
        if (better) best = (struct partner){ i, rule, same_person };
    }
    return best;
}

static enum padan_status add_forbidden(struct walk *walk, const struct pd_payment *a, const struct pd_payment *b,
                                       const struct partner *partner, struct padan_error *error)
{
    struct chunk_list *list = walk->list;
    PD_TRY(pd_grow(&list->items, &list->capacity, list->n_items + 1, sizeof *list->items, error));
    list->items[list->n_items++] =
        (struct pd_forbidden){ .record = { a->record, b->record },
                               .begin = a->begin > b->begin ? a->begin : b->begin,
                               .end = a->end < b->end ? a->end : b->end,
                               .rule = (uint16_t)partner->rule,
                               .cancelled = cancelled_side(walk, partner->rule, a->program, b->program),
                               .same_person = partner->same_person,
                               .certain = !walk->likely };
    return PADAN_OK;
}

/* Every payment of one side that a rule is about, each once. */
static enum padan_status list_side(struct walk *walk, const struct run *run, const struct run *others, uint8_t side,
                                   struct padan_error *error)
{
    for (size_t i = 0; i < run->n; i++) {
        const struct pd_payment *payment = &run->payments[i];
        struct partner partner = find_partner(walk, payment, others, side, false);
        if (partner.rule >= 0 && verdict_of(walk, partner.rule) == PD_RULE_FORBIDDEN) walk->forbidden[1] = true;
        if (walk->likely) {
            if (partner.rule >= 0) continue; /* the walk over certain families listed it */
            partner = find_partner(walk, payment, others, side, true);
            if (partner.rule >= 0 && verdict_of(walk, partner.rule) == PD_RULE_FORBIDDEN) walk->forbidden[0] = true;
        }
        if (partner.rule < 0) continue;
        const struct pd_payment *other = &others->payments[partner.index];
        PD_TRY(add_forbidden(walk, side == 1 ? other : payment, side == 1 ? payment : other, &partner, error));
    }
    return PADAN_OK;
}

static enum padan_status list_forbidden(struct walk *walk, const struct unit *unit, struct padan_error *error)
{
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = i + 1; k < unit->n_runs; k++) {
            PD_TRY(list_side(walk, &unit->runs[i], &unit->runs[k], 0, error));
            PD_TRY(list_side(walk, &unit->runs[k], &unit->runs[i], 1, error));
        }
    return PADAN_OK;
}

/* --- walks --- */

static int by_program(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Persons of the group: runs of equal person, or of equal likely person where that is several. */
static enum padan_status count_persons(const struct walk *walk, struct pd_payment *payments, size_t n,
                                       struct padan_error *error)
{
    struct unit unit;
    for (size_t begin = 0; begin < n;) {
        size_t end = begin + 1;
        bool several = false;
        for (; end < n; end++) {
            const bool same_person = payments[end].person == payments[begin].person;
            if (walk->likely ? payments[end].likely_person != payments[begin].likely_person : !same_person) break;
            several = several || !same_person;
        }
        if (!walk->likely || several) {
            pd_payments_sort(payments + begin, end - begin, by_program);
            make_unit(walk, payments + begin, end - begin, &unit);
            PD_TRY(count_unit(walk, PD_OVERLAP_PERSON, &unit, error));
        }
        begin = end;
    }
    return PADAN_OK;
}

/* A whole group in one span. */
static enum padan_status count_group(struct walk *walk, struct pd_payment *payments, size_t n,
                                     struct padan_error *error)
{
    struct unit unit;
    PD_TRY(count_persons(walk, payments, n, error));
    pd_payments_sort(payments, n, by_program);
    make_unit(walk, payments, n, &unit);
    PD_TRY(count_unit(walk, PD_OVERLAP_FAMILY, &unit, error));
    return list_forbidden(walk, &unit, error);
}

static enum padan_status visit(const struct finder *finder, struct walk *walk, const struct pd_payment *payments,
                               size_t n, struct padan_error *error)
{
    struct worker *worker = walk->worker;
    const struct pd_overlaps *overlaps = finder->overlaps;
    if (walk->likely && !pd_payments_need_review(payments, n)) return PADAN_OK;
    PD_TRY(pd_grow(&worker->payments, &worker->capacity, n, sizeof *worker->payments, error));
    for (walk->span = 0; walk->span < overlaps->n_spans; walk->span++) {
        size_t n_here = 0;
        for (size_t i = 0; i < n; i++) {
            const size_t span = pd_span_of(overlaps->spans, overlaps->n_spans, &payments[i]);
            if (span == walk->span || span == SIZE_MAX) worker->payments[n_here++] = payments[i];
        }
        if (n_here > 0) PD_TRY(count_group(walk, worker->payments, n_here, error));
    }
    if (walk->forbidden[1])
        walk->list->n_families[1] += !walk->likely;
    else if (walk->forbidden[0])
        walk->list->n_families[0]++;
    return PADAN_OK;
}

static enum padan_status visit_family(void *context, size_t chunk, int worker, struct pd_payment *payments, size_t n,
                                      struct padan_error *error)
{
    const struct finder *finder = context;
    struct walk walk = { .finder = finder, .worker = &finder->workers[worker], .list = &finder->chunks[chunk] };
    return visit(finder, &walk, payments, n, error);
}

static enum padan_status visit_likely_family(void *context, size_t chunk, int worker, struct pd_payment *payments,
                                             size_t n, struct padan_error *error)
{
    const struct finder *finder = context;
    struct walk walk = {
        .finder = finder, .worker = &finder->workers[worker], .list = &finder->chunks[chunk], .likely = true
    };
    return visit(finder, &walk, payments, n, error);
}

/* --- the whole --- */

static enum padan_status append(struct pd_overlaps *into, const struct chunk_list *from, struct padan_error *error)
{
    for (int i = 0; i < 2; i++) into->n_forbidden_families[i] += from->n_families[i];
    if (from->n_items == 0) return PADAN_OK;
    PD_TRY(pd_grow(&into->forbidden, &into->forbidden_capacity, into->n_forbidden + from->n_items,
                   sizeof *into->forbidden, error));
    memcpy(into->forbidden + into->n_forbidden, from->items, from->n_items * sizeof *from->items);
    into->n_forbidden += from->n_items;
    return PADAN_OK;
}

/* Where a payment was made, and who is known to have it, lies anywhere. */
static void reach_payment(const void *context, const struct pd_payment *payment)
{
    const struct finder *finder = context;
    const struct pd_linkage *linkage = finder->options->payments->linkage;
    const int village = linkage->columns.kode_desa;
    pd_prefetch(&linkage->anchor[payment->likely_person]);
    pd_prefetch(&pd_link_of(linkage, payment->record)->contested);
    if (village >= 0) pd_column_prefetch(&linkage->table->columns[village], payment->record);
}

static enum padan_status walk_groups(struct finder *finder, const struct pd_payment_groups *groups,
                                     pd_payment_visit *body, struct pd_overlaps *overlaps, struct padan_error *error)
{
    PD_TRY(pd_allocate(&finder->chunks, groups->n_chunks, sizeof *finder->chunks, error));
    const struct pd_payment_walk walk = { body, reach_payment, finder };
    enum padan_status status = pd_payments_visit(groups, &walk, error);
    for (size_t i = 0; i < groups->n_chunks; i++) {
        if (status == PADAN_OK) status = append(overlaps, &finder->chunks[i], error);
        pd_free(finder->chunks[i].items);
    }
    pd_free(finder->chunks);
    finder->chunks = NULL;
    return status;
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

static enum padan_status count_all(struct finder *finder, struct pd_overlaps *overlaps, struct padan_error *error)
{
    const int threads = finder->options->payments->threads;
    for (int i = 0; i < threads; i++) {
        PD_TRY(pd_tally_init(&finder->workers[i].cells, PD_CELL_METRICS, error));
        PD_TRY(pd_tally_init(&finder->workers[i].combinations, PD_COMBINATION_METRICS, error));
    }
    const struct pd_payment_options *payments = finder->options->payments;
    PD_TRY(walk_groups(finder, &payments->families, visit_family, overlaps, error));
    PD_TRY(walk_groups(finder, &payments->likely_families, visit_likely_family, overlaps, error));
    PD_TRY(pd_tally_init(&overlaps->cells, PD_CELL_METRICS, error));
    PD_TRY(pd_tally_init(&overlaps->combinations, PD_COMBINATION_METRICS, error));
    for (int i = 0; i < threads; i++) {
        PD_TRY(pd_tally_merge(&overlaps->cells, &finder->workers[i].cells, error));
        PD_TRY(pd_tally_merge(&overlaps->combinations, &finder->workers[i].combinations, error));
    }
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
    *overlaps = (struct pd_overlaps){ 0 };
    struct finder finder = { .options = options, .overlaps = overlaps };
    enum padan_status status = pd_allocate(&place_of, payments->n_programs + 1, 1, error);
    finder.place_of = place_of;
    if (status == PADAN_OK) status = find_programs(payments, overlaps, place_of, error);
    if (status == PADAN_OK) status = pd_spans_find(payments->slices, &overlaps->spans, &overlaps->n_spans, error);
    if (status == PADAN_OK) status = find_paying(payments, overlaps, place_of, &paying, error);
    finder.paying = paying;
    if (status == PADAN_OK)
        status = pd_allocate(&finder.workers, (size_t)payments->threads, sizeof *finder.workers, error);
    if (status == PADAN_OK) status = count_all(&finder, overlaps, error);
    for (int i = 0; finder.workers != NULL && i < payments->threads; i++) {
        pd_tally_reset(&finder.workers[i].cells);
        pd_tally_reset(&finder.workers[i].combinations);
        pd_free(finder.workers[i].payments);
    }
    pd_free(finder.workers);
    pd_free(place_of);
    pd_free(paying);
    if (status != PADAN_OK) pd_overlaps_reset(overlaps);
    return status;
}
