/* SPDX-License-Identifier: MIT */
#include "cluster/cluster.h"

enum padan_status pd_identity_order_make(const struct pd_table *table, struct pd_identity_order *order,
                                         struct padan_error *error)
{
    order->table = table;
    order->unique_id = pd_table_find(table, PD_TEXT("unique_id"));
    if (order->unique_id < 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "the table has no column unique_id");
    if (table->n_sources > PD_SOURCES_MAX)
        PD_FAIL(error, PADAN_LIMIT, "more than %d sources: give some of them as files of one source",
                (int)PD_SOURCES_MAX);
    for (size_t i = 0; i < table->n_sources; i++) {
        order->source_rank[i] = 0;
        for (size_t j = 0; j < table->n_sources; j++)
            order->source_rank[i] += pd_text_compare(table->sources[j].name, table->sources[i].name) < 0;
    }
    return PADAN_OK;
}

/* Two words of digits as many tell the order of their texts. */
static bool are_alike(const struct pd_column *column, uint32_t a, uint32_t b, uint64_t words[2])
{
    if (column->encoding != PD_ENCODING_DIGITS) return false;
    words[0] = ((const uint64_t *)column->words)[a];
    words[1] = ((const uint64_t *)column->words)[b];
    const uint64_t length = words[0] >> PD_DIGITS_SHIFT;
    return length == words[1] >> PD_DIGITS_SHIFT && length != PD_DIGITS_ESCAPE;
}

bool pd_identity_before(const struct pd_identity_order *order, uint32_t a, uint32_t b)
{
    const struct pd_column *column = &order->table->columns[order->unique_id];
    const uint32_t rank_a = order->source_rank[pd_table_source(order->table, a)];
    const uint32_t rank_b = order->source_rank[pd_table_source(order->table, b)];
    uint64_t words[2];
    if (rank_a != rank_b) return rank_a < rank_b;
    if (are_alike(column, a, b, words)) return words[0] != words[1] ? words[0] < words[1] : a < b;
    char scratch_a[24];
    char scratch_b[24];
    const int compared = pd_text_compare(pd_column_text(column, a, scratch_a), pd_column_text(column, b, scratch_b));
    return compared != 0 ? compared < 0 : a < b;
}

void pd_identity_prefetch(const struct pd_identity_order *order, uint32_t record)
{
    pd_column_prefetch(&order->table->columns[order->unique_id], record);
    pd_prefetch(&order->table->source_of[record]);
}
