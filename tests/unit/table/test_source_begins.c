/* SPDX-License-Identifier: MIT */
#include "table/source_begins.h"

#include <criterion/criterion.h>

enum { N = 600, SOURCES_MAX = 40 };

/* Sources of any length, some of them empty. */
static void make_sources(struct pd_table *table, struct pd_source *sources, uint16_t *source_of, size_t n_sources)
{
    *table = (struct pd_table){ .n_records = N, .sources = sources, .n_sources = n_sources, .source_of = source_of };
    size_t begin = 0;
    for (size_t i = 0; i < n_sources; i++) {
        const size_t left = N - begin;
        const size_t length = i + 1 == n_sources ? left : i % 3 == 1 ? 0 : left / (n_sources - i);
        sources[i] = (struct pd_source){ .begin = begin, .end = begin + length };
        for (; begin < sources[i].end; begin++) source_of[begin] = (uint16_t)i;
    }
}

Test(source_begins, where_sources_begin_tells_what_the_list_of_records_tells)
{
    struct pd_source sources[SOURCES_MAX];
    uint16_t source_of[N];
    struct pd_table table;
    size_t n_few = 0;
    for (size_t n = 1; n <= SOURCES_MAX; n++) {
        make_sources(&table, sources, source_of, n);
        n_few += pd_table_has_few_sources(&table);
        for (uint32_t i = 0; i < N; i++) cr_assert_eq(pd_table_source_anywhere(&table, i), source_of[i], "%zu", n);
    }
    cr_assert(n_few > 0 && n_few < SOURCES_MAX);
}
