/* SPDX-License-Identifier: MIT */
#include "cluster/cluster.h"

enum padan_status pd_identity_order_make(const struct pd_table *table, struct pd_identity_order *order,
                                         struct padan_error *error)
{
    order->table = table;
    order->unique_id = pd_table_find(table, PD_TEXT("unique_id"));
    if (order->unique_id < 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "the table has no column unique_id");
    if (table->n_sources > 256) PD_FAIL(error, PADAN_LIMIT, "more than 256 sources: join some of them");
    for (size_t i = 0; i < table->n_sources; i++) {
        order->source_rank[i] = 0;
        for (size_t j = 0; j < table->n_sources; j++)
            order->source_rank[i] += pd_text_compare(table->sources[j].name, table->sources[i].name) < 0;
    }
    return PADAN_OK;
}

bool pd_identity_before(const struct pd_identity_order *order, uint32_t a, uint32_t b)
{
    const uint32_t rank_a = order->source_rank[pd_table_source(order->table, a)];
    const uint32_t rank_b = order->source_rank[pd_table_source(order->table, b)];
    if (rank_a != rank_b) return rank_a < rank_b;
    char scratch_a[24];
    char scratch_b[24];
    const struct pd_column *column = &order->table->columns[order->unique_id];
    const int compared = pd_text_compare(pd_column_text(column, a, scratch_a), pd_column_text(column, b, scratch_b));
    return compared != 0 ? compared < 0 : a < b;
}
