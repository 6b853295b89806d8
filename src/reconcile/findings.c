/* SPDX-License-Identifier: MIT
 * Method: words of row and handle are sorted, the row in their top bits, so that a run of few findings needs nothing as
 * long as the table; the few of one row are then put in order by insertion. */
#include "reconcile/findings.h"

#include "base/bits.h"
#include "base/memory.h"
#include "base/radix.h"

enum { TEXTS_MAX = UINT16_MAX };

enum padan_status pd_findings_text(struct pd_findings *findings, struct pd_text text, uint16_t *number,
                                   struct padan_error *error)
{
    if (findings->n_texts == 0) {
        PD_TRY(pd_grow(&findings->texts, &findings->texts_capacity, 1, sizeof *findings->texts, error));
        findings->texts[findings->n_texts++] = PD_TEXT("");
    }
    for (size_t i = 0; i < findings->n_texts; i++) {
        if (!pd_text_equal(findings->texts[i], text)) continue;
        *number = (uint16_t)i;
        return PADAN_OK;
    }
    if (findings->n_texts > TEXTS_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "findings have more than %d different criteria and rules", TEXTS_MAX);
    PD_TRY(pd_grow(&findings->texts, &findings->texts_capacity, findings->n_texts + 1, sizeof *findings->texts, error));
    PD_TRY(pd_arena_copy(&findings->arena, text, &findings->texts[findings->n_texts], error));
    *number = (uint16_t)findings->n_texts++;
    return PADAN_OK;
}

enum padan_status pd_findings_add(struct pd_findings *findings, const struct pd_finding *finding, uint32_t *handle,
                                  struct padan_error *error)
{
    if (findings->n_items == UINT32_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "more than %u findings; run the job by province", UINT32_MAX);
    PD_TRY(pd_grow(&findings->items, &findings->capacity, findings->n_items + 1, sizeof *findings->items, error));
    if (handle != NULL) *handle = (uint32_t)findings->n_items;
    findings->items[findings->n_items++] = *finding;
    return PADAN_OK;
}

/* Order inside one row. Numbers of texts are in order of first use, which the input alone decides. */
static int compare_in_row(const struct pd_finding *a, const struct pd_finding *b)
{
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->certain != b->certain) return a->certain ? -1 : 1;
    if (a->criterion != b->criterion) return a->criterion < b->criterion ? -1 : 1;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    return (a->group > b->group) - (a->group < b->group);
}

/* order[begin, end): handles of one row, put in order; equal ones stay in order of adding. */
static void order_row(const struct pd_finding *items, uint32_t *order, size_t begin, size_t end)
{
    for (size_t i = begin + 1; i < end; i++) {
        const uint32_t handle = order[i];
        size_t at = i;
        while (at > begin && compare_in_row(&items[order[at - 1]], &items[handle]) > 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = handle;
    }
}

static int64_t money(const struct pd_finding *finding)
{
    return finding->amount == PD_NULL_INT ? 0 : finding->amount;
}

static bool counts_before(const struct pd_finding *a, const struct pd_finding *b)
{
    const bool paid_a = money(a) > 0;
    const bool paid_b = money(b) > 0;
    if (paid_a != paid_b) return paid_a;
    if (a->certain != b->certain) return a->certain;
    return money(a) > money(b);
}

static void count_row(struct pd_finding *items, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        items[i].counted = false;
        if (counts_before(&items[i], &items[best])) best = i;
    }
    items[best].counted = true;
}

/* Handles by row, in order of adding. words, scratch [n_items]. */
static enum padan_status sort_by_record(const struct pd_findings *findings, size_t n_records, uint64_t *words,
                                        uint64_t *scratch, uint32_t *order, struct padan_error *error)
{
    const size_t n = findings->n_items;
    const unsigned unused = 32 - pd_bit_width(n_records); /* top bits of every row's number */
    for (size_t i = 0; i < n; i++) words[i] = ((uint64_t)findings->items[i].record << 32 | i) << unused;
    PD_TRY(pd_radix_sort_words(words, scratch, n, 1, error));
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)(words[i] >> unused);
    return PADAN_OK;
}

/* order [n_items] becomes places; sorted [n_items] becomes items. */
static void arrange(struct pd_findings *findings, struct pd_finding *sorted, uint32_t *order)
{
    const size_t n = findings->n_items;
    for (size_t i = 0; i < n;) {
        const uint32_t record = findings->items[order[i]].record;
        size_t end = i + 1;
        while (end < n && findings->items[order[end]].record == record) end++;
        order_row(findings->items, order, i, end);
        for (size_t k = i; k < end; k++) sorted[k] = findings->items[order[k]];
        count_row(sorted + i, end - i);
        i = end;
    }
    for (size_t i = 0; i < n; i++) findings->places[order[i]] = (uint32_t)i;
}

enum padan_status pd_findings_finish(struct pd_findings *findings, size_t n_records, struct padan_error *error)
{
    const size_t n = findings->n_items;
    struct pd_finding *sorted = NULL;
    uint64_t *words = NULL, *scratch = NULL;
    uint32_t *order = NULL;
    enum padan_status status = pd_allocate_array(&sorted, n + 1, sizeof *sorted, error);
    if (status == PADAN_OK) status = pd_allocate_array(&words, n + 1, sizeof *words, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n + 1, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_allocate_array(&order, n + 1, sizeof *order, error);
    if (status == PADAN_OK) status = pd_allocate_array(&findings->places, n + 1, sizeof *findings->places, error);
    if (status == PADAN_OK) status = sort_by_record(findings, n_records, words, scratch, order, error);
    if (status == PADAN_OK) {
        arrange(findings, sorted, order);
        pd_free(findings->items);
        findings->items = sorted;
        findings->capacity = n + 1;
        sorted = NULL;
    }
    pd_free(sorted);
    pd_free(words);
    pd_free(scratch);
    pd_free(order);
    return status;
}

/* Findings of one row and kind, certain before not. */
static void sum_row(const struct pd_finding *items, size_t n, struct pd_finding_sums *sums)
{
    struct pd_finding_sum *sum = &sums->of[items[0].kind][items[0].certain];
    int64_t most = 0;
    bool known = false;
    for (size_t i = 0; i < n; i++) {
        if (items[i].counted) {
            struct pd_finding_sum *counted = &sums->of[items[i].kind][items[i].certain];
            counted->counted++;
            counted->amount_counted += money(&items[i]);
        }
        if (items[i].certain != items[0].certain) continue;
        known = known || items[i].amount != PD_NULL_INT;
        if (money(&items[i]) > most) most = money(&items[i]);
    }
    sum->rows++;
    sum->amount += most;
    sum->without_amount += !known;
}

void pd_findings_sum(const struct pd_findings *findings, struct pd_finding_sums *sums)
{
    *sums = (struct pd_finding_sums){ 0 };
    for (size_t begin = 0; begin < findings->n_items;) {
        const struct pd_finding *first = &findings->items[begin];
        size_t end = begin + 1;
        while (end < findings->n_items && findings->items[end].record == first->record &&
               findings->items[end].kind == first->kind)
            end++;
        sum_row(first, end - begin, sums);
        begin = end;
    }
}

void pd_findings_reset(struct pd_findings *findings)
{
    pd_free(findings->items);
    pd_free(findings->places);
    pd_free(findings->texts);
    pd_arena_reset(&findings->arena);
    *findings = (struct pd_findings){ 0 };
}
