/* SPDX-License-Identifier: MIT
 * A gathered table against the records it was gathered from, in every encoding. */
#include "table/gather.h"

#include "base/memory.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 40000, N_SOURCES = 3, N_WORDS = 6 };

static const enum pd_encoding encodings[N_WORDS] = { PD_ENCODING_CODE,  PD_ENCODING_DIGITS, PD_ENCODING_INT,
                                                     PD_ENCODING_INT32, PD_ENCODING_CODE16, PD_ENCODING_SMALL };

static void make_table(struct pd_table *table)
{
    static const size_t ends[N_SOURCES] = { 100, 30000, N_RECORDS };
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = N_SOURCES };
    cr_assert_eq(pd_allocate(&table->sources, N_SOURCES, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    for (size_t i = 0, begin = 0; i < N_SOURCES; begin = ends[i++]) {
        table->sources[i] = (struct pd_source){ .begin = begin, .end = ends[i] };
        for (size_t record = begin; record < ends[i]; record++) table->source_of[record] = (uint16_t)i;
    }
    for (size_t i = 0; i < N_WORDS; i++) {
        struct pd_column *column = NULL;
        const char name[2] = { (char)('a' + i), 0 };
        const enum pd_encoding whole = encodings[i] == PD_ENCODING_CODE16 ? PD_ENCODING_CODE : encodings[i];
        cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, whole, &column, NULL), PADAN_OK);
        column->encoding = encodings[i];
        unsigned char *bytes = column->words;
        for (size_t j = 0; j < N_RECORDS * pd_encoding_width(encodings[i]); j++)
            bytes[j] = (unsigned char)(j * 2654435761u >> 7 ^ i);
    }
}

Test(gather, words_and_sources_are_those_of_the_records)
{
    static uint32_t records[N_RECORDS];
    struct pd_table table, gathered;
    bool wanted[N_WORDS] = { true, true, true, true, true, true };
    size_t n = 0;
    make_table(&table);
    for (uint32_t i = 0; i < N_RECORDS; i++)
        if (i % 7 == 3 || (i > 500 && i < 900)) records[n++] = i;
    wanted[4] = false;
    cr_assert_eq(pd_table_gather(&table, wanted, records, n, 2, &gathered, NULL), PADAN_OK);
    cr_assert_eq(gathered.n_records, n);
    cr_assert_null(gathered.columns[4].words);
    for (size_t i = 0; i < n; i++) {
        const size_t source = pd_table_source(&table, records[i]);
        cr_assert_eq(pd_table_source(&gathered, (uint32_t)i), source);
        cr_assert(i >= gathered.sources[source].begin && i < gathered.sources[source].end);
        for (size_t c = 0; c < N_WORDS; c++)
            if (c != 4)
                cr_assert_eq(pd_column_stored(&gathered.columns[c], i),
                             pd_column_stored(&table.columns[c], records[i]));
    }
    pd_table_gathered_reset(&gathered);
    cr_assert_not_null(table.columns[0].dictionary);
    pd_table_reset(&table);
}

Test(gather, of_no_records_is_an_empty_table)
{
    struct pd_table table, gathered;
    const bool wanted[N_WORDS] = { true };
    const uint32_t none = 0;
    make_table(&table);
    cr_assert_eq(pd_table_gather(&table, wanted, &none, 0, 1, &gathered, NULL), PADAN_OK);
    cr_assert_eq(gathered.n_records, 0);
    cr_assert_eq(gathered.sources[2].end, 0);
    pd_table_gathered_reset(&gathered);
    pd_table_reset(&table);
}
