/* SPDX-License-Identifier: MIT
 * A table of several sources, each with an equal part of its rows, and no columns yet. */
#ifndef PD_TESTS_TABLE_EVEN_SOURCES_H
#define PD_TESTS_TABLE_EVEN_SOURCES_H

#include "base/memory.h"
#include "table/table.h"

#include <criterion/criterion.h>

static void make_even_sources(struct pd_table *table, size_t n_records, size_t n_sources)
{
    *table = (struct pd_table){ .n_records = n_records, .n_sources = n_sources };
    cr_assert_eq(pd_allocate(&table->sources, n_sources, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, n_records, sizeof *table->source_of, NULL), PADAN_OK);
    for (size_t i = 0; i < n_sources; i++) {
        const size_t begin = i * n_records / n_sources, end = (i + 1) * n_records / n_sources;
        table->sources[i] = (struct pd_source){ .name = PD_TEXT("s"), .begin = begin, .end = end };
        for (size_t row = begin; row < end; row++) table->source_of[row] = (uint16_t)i;
    }
}

#endif
