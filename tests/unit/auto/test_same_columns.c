/* SPDX-License-Identifier: MIT
 * Columns of two sources that hold the same thing are found by their values, and made one. */
#include <criterion/criterion.h>

#include "auto/same_columns.h"
#include "base/hash.h"
#include "base/memory.h"
#include "table/fold.h"

enum { ROWS = 40 };

static struct pd_table table;
static struct pd_arena arena;

static void set_up(void)
{
    uint16_t *source_of = NULL;
    struct pd_source *sources = NULL;
    cr_assert_eq(pd_allocate_array(&source_of, ROWS, sizeof *source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&sources, 2, sizeof *sources, NULL), PADAN_OK);
    for (size_t i = 0; i < ROWS; i++) source_of[i] = i >= ROWS / 2;
    sources[0] = (struct pd_source){ .name = PD_TEXT("a"), .begin = 0, .end = ROWS / 2 };
    sources[1] = (struct pd_source){ .name = PD_TEXT("b"), .begin = ROWS / 2, .end = ROWS };
    table = (struct pd_table){ .n_records = ROWS, .sources = sources, .n_sources = 2, .source_of = source_of };
}

/* A column with values in one source, the i-th row having words[i % n]. */
static void add(const char *name, size_t source, const char *const *words, size_t n)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = table.sources[source].begin; i < table.sources[source].end; i++) {
        const struct pd_text text = pd_text_of(words[i % n]);
        cr_assert_eq(
            pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), (uint32_t *)column->words + i, NULL),
            PADAN_OK);
    }
}

static const char *const upper[] = { "ANDI", "BUDI", "CITRA", "DEWI", "EKA" };
static const char *const lower[] = { "andi", "budi", "citra", "dewi", "eka" };
static const char *const towns[] = { "Medan Kota", "Padang Barat", "Solok", "Jambi Selatan" };
static const char *const days[] = { "1983-11-06", "1997-03-24", "2001-06-09", "1990-01-31" };
static const char *const same_days[] = { "06/11/1983", "24/03/1997", "09/06/2001", "31/01/1990" };

Test(same_columns, are_found_whatever_their_case_and_form, .init = set_up)
{
    struct pd_profiles profiles;
    struct pd_same_columns same;
    add("nama", 0, upper, 5);
    add("lahir", 0, days, 4);
    add("town", 1, towns, 4);
    add("dob", 1, same_days, 4);
    add("name", 1, lower, 5);
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    cr_assert_eq(same.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const bool is_name = same.list[i].into == 0;
        cr_expect_eq(same.list[i].into, is_name ? 0 : 1);
        cr_expect_eq(same.list[i].from, is_name ? 4 : 3);
        cr_expect_gt(same.list[i].likeness, .9);
    }
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(same_columns, a_column_of_every_source_is_left_alone, .init = set_up)
{
    struct pd_profiles profiles;
    struct pd_same_columns same;
    add("nama", 0, upper, 5);
    add("name", 0, lower, 5);
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    cr_expect_eq(same.n, 0); /* one source has both */
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(same_columns, a_third_source_is_no_rival, .init = set_up)
{
    static const char *const written[] = { "06 Nov 1983", "24 Mar 1997", "09 Jun 2001", "31 Jan 1990" };
    struct pd_profiles profiles;
    struct pd_same_columns same;
    struct pd_source *sources = NULL;
    cr_assert_eq(pd_allocate_array(&sources, 3, sizeof *sources, NULL), PADAN_OK);
    for (size_t i = 0; i < 3; i++)
        sources[i] = (struct pd_source){ .name = PD_TEXT("s"), .begin = i * ROWS / 4, .end = (i + 1) * ROWS / 4 };
    sources[2].end = ROWS;
    for (size_t i = 0; i < ROWS; i++) table.source_of[i] = (uint16_t)(i < ROWS / 4 ? 0 : i < ROWS / 2 ? 1 : 2);
    pd_free(table.sources);
    table.sources = sources;
    table.n_sources = 3;
    add("nama", 0, upper, 5);
    add("lahir", 0, days, 4);
    add("name", 1, lower, 5);
    add("dob", 1, same_days, 4);
    add("forename", 2, upper, 5);
    add("born", 2, written, 4);
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    cr_expect_eq(same.n, 4); /* names of three sources, and dates whatever form they have */
    for (size_t i = 0; i < same.n; i++) cr_expect_eq(same.list[i].into % 2, same.list[i].from % 2);
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

Test(same_columns, fold_gives_values_where_there_are_none, .init = set_up)
{
    char scratch[24];
    add("nama", 0, upper, 5);
    add("name", 1, lower, 5);
    cr_assert_eq(pd_table_fold(&table, 0, 1, NULL), PADAN_OK);
    for (size_t i = 0; i < ROWS; i++) {
        const struct pd_text text = pd_column_text(&table.columns[0], i, scratch);
        cr_expect(pd_text_equal(text, pd_text_of(i < ROWS / 2 ? upper[i % 5] : lower[i % 5])));
        cr_expect(pd_column_is_null(&table.columns[1], i));
    }
    pd_table_reset(&table);
}
