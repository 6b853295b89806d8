/* SPDX-License-Identifier: MIT
 * What the rules forbid, or want checked: the payments that a rule is about, each once. */
#include "base/memory.h"
#include "reconcile/overlap_walk.h"
#include "reconcile/spans.h"

struct partner {
    size_t index;
    int rule; /* -1 = none */
    bool same_person;
};

/* Is a rule about the payment on this side? Program_batal's, or the first side's when it names neither. */
static uint8_t cancelled_side(const struct pd_overlap_walk *walk, int rule, int program_a, int program_b)
{
    const int cancelled = walk->finder->options->rules->rules[rule].cancelled;
    return cancelled == program_a ? 0 : cancelled == program_b ? 1 : 2;
}

/* Payments without a period are in every span; a pair of them is listed in the first only. */
static bool is_listed_here(const struct pd_overlap_walk *walk, const struct pd_payment *a, const struct pd_payment *b)
{
    const struct pd_overlaps *overlaps = walk->finder->overlaps;
    return walk->span == 0 || pd_span_of(overlaps->spans, overlaps->n_spans, a) != SIZE_MAX ||
           pd_span_of(overlaps->spans, overlaps->n_spans, b) != SIZE_MAX;
}

/* Are two payments of one family, as far as a surety goes? */
static bool is_shown(enum pd_surety surety, const struct pd_payment *a, const struct pd_payment *b)
{
    const bool alternative = a->alternative || b->alternative;
    switch (surety) {
    case PD_CERTAIN: return a->family == b->family;
    case PD_LIKELY: return !alternative;
    case PD_POSSIBLE:
    case PD_SURETIES: break;
    }
    return alternative;
}

/* The payment of the other run that speaks most against a payment: the same person's first, then the stricter rule,
 * then the first. Persons and families are the same as far as the surety goes. */
static struct partner find_partner(const struct pd_overlap_walk *walk, const struct pd_payment *payment,
                                   const struct pd_overlap_run *others, uint8_t side, enum pd_surety surety)
{
    struct partner best = { .rule = -1 };
    for (size_t i = 0; i < others->n; i++) {
        const struct pd_payment *other = &others->payments[i];
        const bool same_person =
            surety == PD_CERTAIN ? payment->person == other->person : payment->likely_person == other->likely_person;
        if (!pd_payments_overlap(payment, other) || !is_shown(surety, payment, other)) continue;
        if (!is_listed_here(walk, payment, other)) continue;
        const int rule = side == 1 ? pd_overlap_rule(walk, other, payment, same_person)
                                   : pd_overlap_rule(walk, payment, other, same_person);
        if (pd_overlap_verdict(walk, rule) < PD_RULE_CHECK) continue;
        const uint8_t about = side == 1 ? cancelled_side(walk, rule, other->program, payment->program)
                                        : cancelled_side(walk, rule, payment->program, other->program);
        if ((about == 1) != (side == 1)) continue;
        const bool better =
            best.rule < 0 || (same_person && !best.same_person) ||
            (same_person == best.same_person && pd_overlap_verdict(walk, rule) > pd_overlap_verdict(walk, best.rule));
        if (better) best = (struct partner){ i, rule, same_person };
    }
    return best;
}

/* What a row claims of a rule. Claims of cells have smaller places. */
static struct pd_tally_key claim_of(const struct pd_forbidden *item, uint32_t record)
{
    return (struct pd_tally_key){ UINT64_MAX - item->rule, record };
}

static enum padan_status add_possible(struct pd_overlap_walk *walk, const struct pd_forbidden *item, uint32_t claimant,
                                      struct padan_error *error)
{
    struct pd_overlap_list *list = walk->list;
    PD_TRY(pd_grow(&list->claims, &list->claims_capacity, list->n_claims + 1, sizeof *list->claims, error));
    list->claims[list->n_claims++] = (struct pd_forbidden_claim){ claim_of(item, claimant), *item, PD_NO_RECORD };
    return PADAN_OK;
}

static enum padan_status add_forbidden(struct pd_overlap_walk *walk, const struct pd_payment *a,
                                       const struct pd_payment *b, const struct partner *partner,
                                       struct padan_error *error)
{
    struct pd_overlap_list *list = walk->list;
    const struct pd_payment *sides[] = { a, b };
    const struct pd_forbidden item = { .record = { a->record, b->record },
                                       .begin = a->begin > b->begin ? a->begin : b->begin,
                                       .end = a->end < b->end ? a->end : b->end,
                                       .rule = (uint16_t)partner->rule,
                                       .cancelled = cancelled_side(walk, partner->rule, a->program, b->program),
                                       .same_person = partner->same_person,
                                       .certain = walk->surety == PD_CERTAIN };
    if (walk->surety == PD_POSSIBLE) return add_possible(walk, &item, a->alternative ? a->record : b->record, error);
    for (int i = 0; i < 2 && walk->surety == PD_LIKELY; i++)
        if (pd_overlap_has_alternatives(walk, sides[i]))
            PD_TRY(pd_overlap_claim(walk, claim_of(&item, sides[i]->record), error));
    PD_TRY(pd_grow(&list->items, &list->items_capacity, list->n_items + 1, sizeof *list->items, error));
    list->items[list->n_items++] = item;
    return PADAN_OK;
}

/* A payment of one side that a rule is about, once: by the surest partner, and only where no surer walk listed it. */
static enum padan_status list_payment(struct pd_overlap_walk *walk, const struct pd_payment *payment,
                                      const struct pd_overlap_run *others, uint8_t side, struct padan_error *error)
{
    struct partner partner = { .rule = -1 };
    int surety = PD_SURETIES;
    while (partner.rule < 0 && surety > (int)walk->surety)
        partner = find_partner(walk, payment, others, side, (enum pd_surety)-- surety);
    if (partner.rule < 0) return PADAN_OK;
    if (pd_overlap_verdict(walk, partner.rule) == PD_RULE_FORBIDDEN) walk->forbidden[surety] = true;
    if (surety > (int)walk->surety) return PADAN_OK;
    const struct pd_payment *other = &others->payments[partner.index];
    return add_forbidden(walk, side == 1 ? other : payment, side == 1 ? payment : other, &partner, error);
}

static enum padan_status list_side(struct pd_overlap_walk *walk, const struct pd_overlap_run *run,
                                   const struct pd_overlap_run *others, uint8_t side, struct padan_error *error)
{
    for (size_t i = 0; i < run->n; i++) PD_TRY(list_payment(walk, &run->payments[i], others, side, error));
    return PADAN_OK;
}

enum padan_status pd_overlap_list_forbidden(struct pd_overlap_walk *walk, const struct pd_overlap_unit *unit,
                                            struct padan_error *error)
{
    for (size_t i = 0; i < unit->n_runs; i++)
        for (size_t k = i + 1; k < unit->n_runs; k++) {
            PD_TRY(list_side(walk, &unit->runs[i], &unit->runs[k], 0, error));
            PD_TRY(list_side(walk, &unit->runs[k], &unit->runs[i], 1, error));
        }
    return PADAN_OK;
}

void pd_overlap_end_group(struct pd_overlap_walk *walk, size_t first_claim, uint32_t family)
{
    struct pd_overlap_list *list = walk->list;
    int surest = PD_SURETIES;
    while (surest > 0 && !walk->forbidden[surest - 1]) surest--;
    if (surest != (int)walk->surety + 1) return;
    if (walk->surety != PD_POSSIBLE) {
        list->n_families[walk->surety]++;
        return;
    }
    for (size_t i = first_claim; i < list->n_claims; i++) {
        const int rule = list->claims[i].item.rule;
        if (pd_overlap_verdict(walk, rule) == PD_RULE_FORBIDDEN) list->claims[i].family = family;
    }
}
