/* SPDX-License-Identifier: MIT */
#include "table/record_names.h"

#include "base/hash.h"

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

Test(record_names, where_sources_begin_tells_what_the_list_of_records_tells)
{
    struct pd_source sources[SOURCES_MAX];
    struct pd_column ids = { .encoding = PD_ENCODING_DIGITS };
    uint16_t source_of[N];
    struct pd_table table;
    size_t n_few = 0;
    for (size_t n = 1; n <= SOURCES_MAX; n++) {
        struct pd_record_names names;
        make_sources(&table, sources, source_of, n);
        table.columns = &ids;
        pd_record_names_make(&names, &table, 0);
        n_few += names.few;
        for (uint32_t i = 0; i < N; i++) cr_assert_eq(pd_record_source(&names, i), source_of[i], "%zu", n);
    }
    cr_assert(n_few > 0 && n_few < SOURCES_MAX);
}

enum { N_NAMED = 7 };

static const char *const ids[N_NAMED] = { "0012", "x\"y", "7", "b c", "12345678901234567", "123456789", "" };
/* The last two are as long as a short name can be, and longer. */
static const char *const sources_named[] = { "plain", "od,d", "abcdefghijklmnopqrstuvwxyzabcde",
                                             "abcdefghijklmnopqrstuvwxyzabcdef" };
static const char *const expected[N_NAMED] = {
    "plain,0012 plain:0012",
    "plain,\"x\"\"y\" \"plain:x\"\"y\"",
    "\"od,d\",7 \"od,d:7\"",
    "\"od,d\",b c \"od,d:b c\"",
    "abcdefghijklmnopqrstuvwxyzabcde,12345678901234567 abcdefghijklmnopqrstuvwxyzabcde:12345678901234567",
    "abcdefghijklmnopqrstuvwxyzabcdef,123456789 abcdefghijklmnopqrstuvwxyzabcdef:123456789",
    "abcdefghijklmnopqrstuvwxyzabcdef, abcdefghijklmnopqrstuvwxyzabcdef:",
};

static void make_named(struct pd_table *table)
{
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N_NAMED };
    cr_assert_eq(pd_table_add(table, PD_TEXT("id"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_NAMED; i++) {
        const struct pd_text text = pd_text_of(ids[i]);
        uint32_t code = 0;
        uint64_t word = pd_digits_encode(text);
        if (word == 0 && text.length > 0) {
            cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
            word = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
        }
        ((uint64_t *)column->words)[i] = word;
    }
}

static void expect_names(const struct pd_table *table)
{
    struct pd_record_names names;
    pd_record_names_make(&names, table, 0);
    for (uint32_t i = 0; i < N_NAMED; i++) {
        struct pd_buffer out = { 0 };
        pd_append_csv_identity(&out, &names, i);
        pd_append_byte(&out, ' ');
        pd_append_csv_record_id(&out, &names, i);
        cr_expect(pd_text_equal((struct pd_text){ out.data, out.length }, pd_text_of(expected[i])), "%.*s",
                  (int)out.length, out.data);
        pd_buffer_reset(&out);
    }
}

/* Identity and name at once, where they are written so, against one after the other. */
static size_t count_names_at_once(const struct pd_table *table)
{
    struct pd_record_names names;
    size_t n_at_once = 0;
    pd_record_names_make(&names, table, 0);
    for (uint32_t i = 0; i < N_NAMED; i++) {
        struct pd_buffer once = { 0 }, twice = { 0 };
        struct pd_pen pen;
        cr_assert(pd_pen_begin(&pen, &once));
        const bool is_usual = pd_pen_usual_names(&pen, &names, i);
        pd_pen_end(&pen);
        pd_append_csv_identity(&twice, &names, i);
        pd_append_byte(&twice, ',');
        pd_append_csv_record_id(&twice, &names, i);
        n_at_once += is_usual;
        cr_expect_eq(once.length, is_usual ? twice.length : 0);
        cr_expect(!is_usual || memcmp(once.data, twice.data, once.length) == 0, "record %u", i);
        pd_buffer_reset(&once);
        pd_buffer_reset(&twice);
    }
    return n_at_once;
}

/* With the sources alone and with so many that none is known by where it begins; with a name of which it is not known
 * that it is plain. */
Test(record_names, records_are_named_with_quotes_where_needed)
{
    uint16_t source_of[N_NAMED] = { 0, 0, 1, 1, 2, 3, 3 };
    struct pd_source sources[PD_FEW_SOURCES + 1] = {
        { .begin = 0, .end = 2 }, { .begin = 2, .end = 4 }, { .begin = 4, .end = 5 }, { .begin = 5, .end = N_NAMED }
    };
    struct pd_table table;
    make_named(&table);
    for (size_t i = 4; i <= PD_FEW_SOURCES; i++) sources[i] = (struct pd_source){ .begin = N_NAMED, .end = N_NAMED };
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(pd_table_name_source(&table, pd_text_of(sources_named[i]), &sources[i], NULL), PADAN_OK);
    cr_expect(sources[0].plain && !sources[1].plain);
    table.sources = sources;
    table.source_of = source_of;
    table.n_sources = 4;
    cr_expect_eq(count_names_at_once(&table), 1); /* the first: others have quotes, or more than 16 digits */
    for (int known = 1; known >= 0; known--) {
        for (table.n_sources = 4; table.n_sources <= PD_FEW_SOURCES + 1; table.n_sources++) expect_names(&table);
        sources[0].plain = false;
    }
    table.sources = NULL;
    table.n_sources = 0;
    table.source_of = NULL;
    pd_table_reset(&table);
}
