/* SPDX-License-Identifier: MIT
 * The matrix of programs and their combinations: a unit at a time, sums in a table per worker.
 *
 * A unit that nothing leads to the register from, or nothing that speaks for one person more than for another, may be
 * anybody there: it is to be reviewed beside every other program of its span. What is not linked is a bound. */
#include "base/memory.h"
#include "reconcile/at_once.h"
#include "reconcile/overlap_walk.h"

static enum padan_status add_cell(const struct pd_overlap_walk *walk, enum pd_overlap_level level, uint64_t cell,
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

static struct money sum_of(const struct pd_overlap_run *run)
{
    struct money money = { 0, 0 };
    for (size_t i = 0; i < run->n; i++) add_money(&money, &run->payments[i]);
    return money;
}

/* Money of the payments of a run that overlap any of another. */
static struct money overlapping_money(const struct pd_overlap_run *run, const struct pd_overlap_run *other)
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

/* What shows that two payments are of one unit. */
static enum pd_surety surety_of(enum pd_overlap_level level, const struct pd_payment *a, const struct pd_payment *b)
{
    if (level == PD_OVERLAP_PERSON ? a->person == b->person : a->family == b->family) return PD_CERTAIN;
    return a->alternative || b->alternative ? PD_POSSIBLE : PD_LIKELY;
}

/* Two programs of a unit whose payments overlap. */
struct meeting {
    int strictest; /* rule */
    bool any;
    enum pd_surety surety;
};

static struct meeting meet(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                           const struct pd_overlap_run *a, const struct pd_overlap_run *b)
{
    struct meeting meeting = { -1, false, PD_POSSIBLE };
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            if (!pd_payments_overlap(&a->payments[i], &b->payments[k])) continue;
            const int rule = pd_overlap_rule(walk, &a->payments[i], &b->payments[k], level == PD_OVERLAP_PERSON);
            const enum pd_surety surety = surety_of(level, &a->payments[i], &b->payments[k]);
            meeting.any = true;
            if (surety > meeting.surety) meeting.surety = surety;
            if (pd_overlap_verdict(walk, rule) > pd_overlap_verdict(walk, meeting.strictest)) meeting.strictest = rule;
        }
    return meeting;
}

/* What a row claims of a cell, whatever the rule. */
static struct pd_tally_key claim_of(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                    const struct pd_payment *payment, const unsigned places[2])
{
    return (struct pd_tally_key){ pd_overlap_place(level, walk->span),
                                  (uint64_t)payment->person << 16 | places[0] << 8 | places[1] };
}

/* Notes who is counted in a cell for review. */
static enum padan_status claim_all(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                   const struct pd_overlap_run *of, const unsigned places[2], struct padan_error *error)
{
    for (size_t i = 0; i < of->n; i++)
        if (pd_overlap_has_alternatives(walk, &of->payments[i]))
            PD_TRY(pd_overlap_claim(walk, claim_of(walk, level, &of->payments[i], places), error));
    return PADAN_OK;
}

/* A pair that only another candidate shows, who claims it: the first alternative of either program. */
static enum padan_status add_possible(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                      const struct pd_overlap_run *of[2], uint64_t cell, struct padan_error *error)
{
    struct pd_overlap_list *list = walk->list;
    const unsigned places[] = { of[0]->place, of[1]->place };
    const struct pd_payment *claimant = NULL;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < of[side]->n && claimant == NULL; i++)
            if (of[side]->payments[i].alternative) claimant = &of[side]->payments[i];
    if (claimant == NULL) return PADAN_OK;
    PD_TRY(pd_grow(&list->cells, &list->cells_capacity, list->n_cells + 1, sizeof *list->cells, error));
    list->cells[list->n_cells++] = (struct pd_cell_claim){ claim_of(walk, level, claimant, places),
                                                           { pd_overlap_place(level, walk->span), cell } };
    return PADAN_OK;
}

/* Two programs of a unit: nothing when their payments do not overlap, else a cell with the strictest rule. Walks of
 * likely units count only what no surer pair of payments shows. */
static enum padan_status count_pair(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                    const struct pd_overlap_run *a, const struct pd_overlap_run *b,
                                    struct padan_error *error)
{
    const struct pd_overlap_run *of[] = { a, b };
    const unsigned places[] = { a->place, b->place };
    const struct meeting meeting = meet(walk, level, a, b);
    const uint64_t cell = pd_overlap_cell(a->place, b->place, meeting.strictest);
    int64_t metrics[PD_CELL_METRICS] = { 0 };
    if (!meeting.any || meeting.surety > walk->surety) return PADAN_OK;
    if (walk->surety == PD_POSSIBLE) return add_possible(walk, level, of, cell, error);
    if (walk->surety == PD_LIKELY) {
        metrics[PD_CELL_REVIEW] = 1;
        for (int side = 0; side < 2; side++) PD_TRY(claim_all(walk, level, of[side], places, error));
    } else {
        const struct money of_a = overlapping_money(a, b);
        const struct money of_b = overlapping_money(b, a);
        metrics[PD_CELL_N] = 1;
        metrics[PD_CELL_AMOUNT_A] = of_a.sum;
        metrics[PD_CELL_AMOUNT_B] = of_b.sum;
        metrics[PD_CELL_WITHOUT_A] = of_a.without;
        metrics[PD_CELL_WITHOUT_B] = of_b.without;
    }
    return add_cell(walk, level, cell, metrics, error);
}

static enum padan_status count_set(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                   const struct pd_overlap_unit *unit, struct padan_error *error)
{
    uint64_t set = 0;
    int64_t moneys[PD_OVERLAP_PROGRAMS_MAX];
    struct money all = { 0, 0 };
    int64_t *metrics = NULL;
    for (size_t i = 0; i < unit->n_runs; i++) {
        const struct pd_overlap_run *run = &unit->runs[i];
        const struct money money = sum_of(run);
        const int64_t alone[PD_CELL_METRICS] = {
            [PD_CELL_N] = 1, [PD_CELL_AMOUNT_A] = money.sum, [PD_CELL_WITHOUT_A] = money.without
        };
        moneys[i] = money.sum;
        all.sum += money.sum;
        all.without += money.without;
        PD_TRY(add_cell(walk, level, pd_overlap_cell(run->place, run->place, -1), alone, error));
    }
    const struct pd_overlap_run *last = &unit->runs[unit->n_runs - 1];
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
static bool is_unknown(const struct pd_overlap_walk *walk, const struct pd_overlap_unit *unit)
{
    const struct pd_linkage *linkage = walk->finder->options->payments->linkage;
    if (linkage->register_source < 0) return false;
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = 0; k < unit->runs[i].n; k++) {
            const struct pd_payment *payment = &unit->runs[i].payments[k];
            const bool known = linkage->anchor[payment->likely_person] != PD_NO_RECORD;
            if (known && !pd_link_of(linkage, payment->record)->vague) return false;
        }
    return true;
}

/* An unknown unit may be one that another program pays: beside each that has no payment of it. */
static enum padan_status count_beside_all(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                          const struct pd_overlap_unit *unit, struct padan_error *error)
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
            other.program = (int16_t)overlaps->programs[place];
            const bool first = unit->runs[i].place < place;
            const int rule =
                pd_overlap_rule(walk, first ? payment : &other, first ? &other : payment, level == PD_OVERLAP_PERSON);
            const unsigned low = first ? unit->runs[i].place : place;
            const unsigned high = first ? place : unit->runs[i].place;
            PD_TRY(add_cell(walk, level, pd_overlap_cell(low, high, rule), metrics, error));
            PD_TRY(claim_all(walk, level, &unit->runs[i], (const unsigned[]){ low, high }, error));
        }
    return PADAN_OK;
}

enum padan_status pd_overlap_count(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                   const struct pd_overlap_unit *unit, struct padan_error *error)
{
    if (walk->surety == PD_CERTAIN) PD_TRY(count_set(walk, level, unit, error));
    if (walk->surety == PD_CERTAIN && is_unknown(walk, unit)) PD_TRY(count_beside_all(walk, level, unit, error));
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = i + 1; k < unit->n_runs; k++)
            PD_TRY(count_pair(walk, level, &unit->runs[i], &unit->runs[k], error));
    return PADAN_OK;
}
