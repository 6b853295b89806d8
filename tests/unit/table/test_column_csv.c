/* SPDX-License-Identifier: MIT
 * What names a record in CSV: quotes where the source or the id needs them, known of the source or not. */
#include "table/column_csv.h"

#include "base/hash.h"

#include <criterion/criterion.h>

enum { N = 4 };

static const char *const ids[N] = { "0012", "x\"y", "7", "b c" };
static const char *const expected[N] = {
    "plain,0012 plain:0012",
    "plain,\"x\"\"y\" \"plain:x\"\"y\"",
    "\"od,d\",7 \"od,d:7\"",
    "\"od,d\",b c \"od,d:b c\"",
};

static void make_table(struct pd_table *table)
{
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N };
    cr_assert_eq(pd_table_add(table, PD_TEXT("id"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N; i++) {
        const struct pd_text text = pd_text_of(ids[i]);
        uint32_t code = 0;
        uint64_t word = pd_digits_encode(text);
        if (word == 0) {
            cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
            word = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
        }
        ((uint64_t *)column->words)[i] = word;
    }
}

Test(column_csv, records_are_named_with_quotes_where_needed)
{
    uint16_t source_of[N] = { 0, 0, 1, 1 };
    struct pd_source sources[2] = { { .begin = 0, .end = 2 }, { .begin = 2, .end = N } };
    struct pd_table table;
    make_table(&table);
    cr_assert_eq(pd_table_name_source(&table, PD_TEXT("plain"), &sources[0], NULL), PADAN_OK);
    cr_assert_eq(pd_table_name_source(&table, PD_TEXT("od,d"), &sources[1], NULL), PADAN_OK);
    cr_expect(sources[0].plain && !sources[1].plain);
    table.sources = sources;
    table.n_sources = 2;
    table.source_of = source_of;
    for (int known = 1; known >= 0; known--) {
        for (uint32_t i = 0; i < N; i++) {
            struct pd_buffer out = { 0 };
            pd_append_csv_identity(&out, &table, 0, i);
            pd_append_byte(&out, ' ');
            pd_append_csv_record_id(&out, &table, 0, i);
            cr_expect(pd_text_equal((struct pd_text){ out.data, out.length }, pd_text_of(expected[i])), "%.*s",
                      (int)out.length, out.data);
            pd_buffer_reset(&out);
        }
        sources[0].plain = false;
    }
    table.sources = NULL;
    table.n_sources = 0;
    table.source_of = NULL;
    pd_table_reset(&table);
}
