/* SPDX-License-Identifier: MIT
 * Sources of records that stand anywhere. Where there are few sources, where they begin tells as much as source_of of a
 * record, and is near, where source_of is a cache line to wait for. */
#ifndef PD_TABLE_SOURCE_BEGINS_H
#define PD_TABLE_SOURCE_BEGINS_H

#include "table/table.h"

static inline bool pd_table_has_few_sources(const struct pd_table *table)
{
    enum { FEW = 16 };
    return table->n_sources <= FEW;
}

/* pd_table_source; without source_of where there are few sources. */
static inline size_t pd_table_source_anywhere(const struct pd_table *table, uint32_t record)
{
    size_t source = 0;
    if (!pd_table_has_few_sources(table)) return pd_table_source(table, record);
    for (size_t i = 1; i < table->n_sources; i++) source += record >= table->sources[i].begin;
    return source;
}

#endif
