/* SPDX-License-Identifier: MIT
 * Method: every alternative looks in its group for a payment of the same program and days, the other person's before
 * one of the family. Chunks keep what they find; it is then counted in their order, against marks of what is too many
 * already. */
#include "reconcile/possible_duplicates.h"

#include "base/memory.h"

enum { ANY_CLASS = 0xff }; /* of marks: certainly too many */

struct possible {
    struct pd_payment payment, other; /* the alternative, and what it is too many beside */
    enum pd_duplicate_class class;
};

struct chunk_list {
    struct possible *items;
    size_t n_items, capacity;
};

struct finder {
    const struct pd_payment_options *options;
    struct chunk_list *chunks;
};

/* A payment beside which this one would be too many, were its alternative true; NULL when there is none. */
static const struct pd_payment *find_other(const struct pd_payment *payments, size_t n,
                                           const struct pd_payment *payment, bool families)
{
    const struct pd_payment *found = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct pd_payment *other = &payments[i];
        if (other->program != payment->program || other->person == payment->person ||
            !pd_payments_overlap(other, payment))
            continue;
        if (other->likely_person == payment->likely_person) return other;
        if (families && found == NULL) found = other;
    }
    return found;
}

static enum padan_status visit(void *context, size_t chunk, int worker, struct pd_payment *payments, size_t n,
                               struct padan_error *error)
{
    const struct finder *finder = context;
    struct chunk_list *list = &finder->chunks[chunk];
    (void)worker;
    for (size_t i = pd_payments_before_alternatives(payments, n); i < n; i++) {
        const struct pd_payment *payment = &payments[i];
        const struct pd_payment *other =
            find_other(payments, n, payment, finder->options->pays_families[payment->program]);
        if (other == NULL) continue;
        const bool same_person = other->likely_person == payment->likely_person;
        PD_TRY(pd_grow(&list->items, &list->capacity, list->n_items + 1, sizeof *list->items, error));
        list->items[list->n_items++] =
            (struct possible){ *payment, *other,
                               same_person
                                   ? pd_duplicate_class_of(finder->options->linkage, payment->record, other->record)
                                   : PD_DUPLICATE_KK };
    }
    return PADAN_OK;
}

/* The bit of a class: both kinds of K1 are one figure. */
static uint8_t bit_of(enum pd_duplicate_class class)
{
    return (uint8_t)(1 << (class == PD_DUPLICATE_K1B ? PD_DUPLICATE_K1A : class));
}

/* Marks what is too many already, by class. A K2 says nothing of payments that are too many. */
static void mark_found(const struct pd_duplicates *duplicates, uint8_t *marks)
{
    for (size_t g = 0; g < duplicates->n_groups; g++) {
        const struct pd_duplicate_group *group = &duplicates->groups[g];
        if (group->class == PD_DUPLICATE_K2) continue;
        for (size_t i = group->begin; i < group->end; i++)
            if (!duplicates->rows[i].kept)
                marks[duplicates->rows[i].record] |= group->certain ? ANY_CLASS : bit_of(group->class);
    }
}

static enum padan_status add_group(const struct possible *found, uint8_t *marks, struct pd_duplicates *out,
                                   struct padan_error *error)
{
    const uint8_t bit = bit_of(found->class);
    const struct pd_payment *payment = &found->payment;
    const struct pd_payment *other = &found->other;
    if ((marks[payment->record] & bit) != 0) return PADAN_OK;
    const bool other_is_less = pd_payment_money(other) < pd_payment_money(payment) && (marks[other->record] & bit) == 0;
    const struct pd_payment *surplus = other_is_less ? other : payment;
    const bool first = payment->record < other->record;
    const struct pd_payment *sides[] = { first ? payment : other, first ? other : payment };
    PD_TRY(pd_grow(&out->rows, &out->rows_capacity, out->n_rows + 2, sizeof *out->rows, error));
    PD_TRY(pd_grow(&out->groups, &out->groups_capacity, out->n_groups + 1, sizeof *out->groups, error));
    out->groups[out->n_groups++] = (struct pd_duplicate_group){ .begin = out->n_rows,
                                                                .end = out->n_rows + 2,
                                                                .program = payment->program,
                                                                .class = found->class,
                                                                .n_surplus = 1,
                                                                .surplus = pd_payment_money(surplus),
                                                                .n_without_money = surplus->amount == PD_NULL_INT };
    for (int i = 0; i < 2; i++)
        out->rows[out->n_rows++] = (struct pd_duplicate_row){ sides[i]->record, sides[i] != surplus };
    marks[payment->record] |= bit;
    marks[surplus->record] |= bit;
    return PADAN_OK;
}

static enum padan_status add_groups(const struct finder *finder, size_t n_chunks, struct pd_duplicates *out,
                                    struct padan_error *error)
{
    uint8_t *marks = NULL;
    PD_TRY(pd_allocate(&marks, finder->options->linkage->table->n_records, 1, error));
    mark_found(out, marks);
    enum padan_status status = PADAN_OK;
    for (size_t chunk = 0; chunk < n_chunks; chunk++)
        for (size_t i = 0; status == PADAN_OK && i < finder->chunks[chunk].n_items; i++)
            status = add_group(&finder->chunks[chunk].items[i], marks, out, error);
    pd_free(marks);
    return status;
}

enum padan_status pd_possible_duplicates(const struct pd_payment_options *options, struct pd_duplicates *duplicates,
                                         struct padan_error *error)
{
    const struct pd_payment_groups *groups = &options->likely_families;
    struct finder finder = { .options = options };
    if (options->alternatives->n_items == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&finder.chunks, groups->n_chunks, sizeof *finder.chunks, error));
    const struct pd_payment_walk walk = { visit, NULL, &finder };
    enum padan_status status = pd_payments_visit(groups, &walk, error);
    if (status == PADAN_OK) status = add_groups(&finder, groups->n_chunks, duplicates, error);
    for (size_t i = 0; i < groups->n_chunks; i++) pd_free(finder.chunks[i].items);
    pd_free(finder.chunks);
    return status;
}
