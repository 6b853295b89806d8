/* SPDX-License-Identifier: MIT
 * Records are sorted by merging (stable, no more comparisons than needed); a rank is the place of a record in that
 * order. */
#include "linking/pair_order.h"

#include "base/memory.h"
#include "cluster/cluster.h"

static bool rule_takes_sides(const struct pd_blocking_rule *rules, size_t n_rules)
{
    for (size_t i = 0; i < n_rules; i++)
        if (!pd_expression_is_symmetric(rules[i].condition)) return true;
    return false;
}

/* Does some rule or level of the model treat the two sides differently? */
static bool model_takes_sides(const struct pd_model *model)
{
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        for (size_t j = 0; j < comparison->n_levels; j++)
            if (comparison->levels[j].condition != NULL && !pd_expression_is_symmetric(comparison->levels[j].condition))
                return true;
    }
    return rule_takes_sides(model->rules, model->n_rules) ||
           rule_takes_sides(model->unlinked_rules, model->n_unlinked_rules);
}

struct order {
    struct pd_identity_order by_text;
    const struct pd_column *ids;
    bool as_numbers;
};

static bool is_whole_number(struct pd_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return text.length > 0 && (text.data[0] != '0' || text.length == 1);
}

/* Numbers without leading zeros: the shorter one is the smaller one. */
static bool is_before(const struct order *order, uint32_t a, uint32_t b)
{
    char scratch_a[24];
    char scratch_b[24];
    if (!order->as_numbers) return pd_identity_before(&order->by_text, a, b);
    const struct pd_text x = pd_column_text(order->ids, a, scratch_a);
    const struct pd_text y = pd_column_text(order->ids, b, scratch_b);
    if (x.length != y.length) return x.length < y.length;
    const int compared = pd_text_compare(x, y);
    return compared != 0 ? compared < 0 : a < b;
}

static bool all_are_numbers(const struct order *order, size_t n_records)
{
    char scratch[24];
    for (size_t i = 0; i < n_records; i++)
        if (!is_whole_number(pd_column_text(order->ids, i, scratch))) return false;
    return true;
}

static bool is_sorted(const struct order *order, size_t n_records)
{
    for (uint32_t i = 1; i < n_records; i++)
        if (is_before(order, i, i - 1)) return false;
    return true;
}

/* Merges the sorted runs [begin, middle) and [middle, end) of `from` into `to`. */
static void merge(const struct order *order, const uint32_t *from, const size_t bounds[3], uint32_t *to)
{
    size_t i = bounds[0];
    size_t j = bounds[1];
    for (size_t k = bounds[0]; k < bounds[2]; k++) {
        const bool right = i == bounds[1] || (j < bounds[2] && is_before(order, from[j], from[i]));
        to[k] = from[right ? j++ : i++];
    }
}

/* Leaves the sorted records in one of the two arrays, which is returned. */
static uint32_t *sort(const struct order *order, uint32_t *from, uint32_t *to, size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t begin = 0; begin < n; begin += 2 * width) {
            const size_t middle = begin + width < n ? begin + width : n;
            const size_t end = begin + 2 * width < n ? begin + 2 * width : n;
            merge(order, from, (const size_t[3]){ begin, middle, end }, to);
        }
        uint32_t *const sorted = to;
        to = from;
        from = sorted;
    }
    return from;
}

static enum padan_status make_rank(const struct order *order, size_t n, uint32_t **rank, struct padan_error *error)
{
    uint32_t *records = NULL;
    uint32_t *other = NULL;
    enum padan_status status = pd_allocate(&records, n, sizeof *records, error);
    if (status == PADAN_OK) status = pd_allocate(&other, n, sizeof *other, error);
    if (status == PADAN_OK) {
        for (uint32_t i = 0; i < n; i++) records[i] = i;
        uint32_t *const sorted = sort(order, records, other, n);
        uint32_t *const places = sorted == records ? other : records;
        for (uint32_t i = 0; i < n; i++) places[sorted[i]] = i;
        *rank = places;
        pd_free(sorted);
        return PADAN_OK;
    }
    pd_free(records);
    pd_free(other);
    return status;
}

enum padan_status pd_pair_order_make(const struct pd_table *table, const struct pd_model *model, uint32_t **rank,
                                     struct padan_error *error)
{
    struct order order = { .ids = NULL };
    *rank = NULL;
    const bool two_tables = model->link_type == PD_LINK_ONLY && table->n_sources == 2; /* left is the first one's */
    if (two_tables || table->n_records < 2 || !model_takes_sides(model)) return PADAN_OK;
    PD_TRY(pd_identity_order_make(table, &order.by_text, error));
    order.ids = &table->columns[order.by_text.unique_id];
    order.as_numbers = model->link_type == PD_DEDUPE_ONLY && all_are_numbers(&order, table->n_records);
    if (is_sorted(&order, table->n_records)) return PADAN_OK;
    return make_rank(&order, table->n_records, rank, error);
}
