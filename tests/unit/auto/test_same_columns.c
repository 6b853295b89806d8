/* SPDX-License-Identifier: MIT
 * Columns of two sources that hold the same thing are found by their values, and made one. */
#include "auto/same_columns.h"
#include "table/fold.h"
#include "table/narrow.h"
#include "two_sources.h"

enum { ROWS = 40 };

static struct pd_table table;
static struct pd_arena arena;

static void set_up(void)
{
    make_two_sources(&table, ROWS);
}

static void clean_up(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

/* A column with values in one source, the i-th row having words[i % n]. */
static void add(const char *name, size_t source, const char *const *words, size_t n)
{
    struct pd_column *column = column_of(&table, name);
    for (size_t i = table.sources[source].begin; i < table.sources[source].end; i++)
        cr_assert_eq(pd_column_put(column, i, pd_text_of(words[i % n]), NULL), PADAN_OK);
}

static struct pd_same_columns find(void)
{
    struct pd_profiles profiles;
    struct pd_same_columns same;
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    return same;
}

static const char *const upper[] = { "ANDI", "BUDI", "CITRA", "DEWI", "EKA" };
static const char *const lower[] = { "andi", "budi", "citra", "dewi", "eka" };
static const char *const towns[] = { "Medan Kota", "Padang Barat", "Solok", "Jambi Selatan" };
static const char *const days[] = { "1983-11-06", "1997-03-24", "2001-06-09", "1990-01-31" };
static const char *const same_days[] = { "06/11/1983", "24/03/1997", "09/06/2001", "31/01/1990" };

Test(same_columns, are_found_whatever_their_case_and_form, .init = set_up)
{
    add("nama", 0, upper, 5);
    add("lahir", 0, days, 4);
    add("town", 1, towns, 4);
    add("dob", 1, same_days, 4);
    add("name", 1, lower, 5);
    const struct pd_same_columns same = find();
    cr_assert_eq(same.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const bool is_name = same.list[i].into == 0;
        cr_expect_eq(same.list[i].into, is_name ? 0 : 1);
        cr_expect_eq(same.list[i].from, is_name ? 4 : 3);
        cr_expect_gt(same.list[i].likeness, .9);
    }
    clean_up();
}

Test(same_columns, sexes_are_sexes_however_they_are_written, .init = set_up)
{
    static const char *const words[] = { "Laki-laki", "Perempuan", "PEREMPUAN" };
    static const char *const letters[] = { "P", "L", "P" };
    static const char *const classes[] = { "A", "B", "C", "D" };
    add("jenis kelamin", 0, words, 3);
    add("golongan", 1, classes, 4);
    add("jk", 1, letters, 3);
    const struct pd_same_columns same = find();
    cr_assert_eq(same.n, 1);
    cr_expect_eq(same.list[0].into, 0);
    cr_expect_eq(same.list[0].from, 2);
    clean_up();
}

Test(same_columns, a_column_of_every_source_is_left_alone, .init = set_up)
{
    add("nama", 0, upper, 5);
    add("name", 0, lower, 5);
    const struct pd_same_columns same = find();
    cr_expect_eq(same.n, 0); /* one source has both */
    clean_up();
}

Test(same_columns, codes_that_read_as_dates_are_compared_as_they_stand, .init = set_up)
{
    /* Districts: most would be days, the last of each in one order of year and day alone. */
    static const char *const codes[2][4] = { { "120102", "120103", "120115", "321001" },
                                             { "120102", "120103", "120115", "120140" } };
    add("kecamatan", 0, codes[0], 4);
    add("kode_kec", 1, codes[1], 4);
    struct pd_profiles profiles;
    struct pd_same_columns same;
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_expect_eq(profiles.columns[0].kind, PD_KIND_CODE);
    cr_assert_eq(pd_auto_same_columns(&table, &profiles, &arena, &same, NULL), PADAN_OK);
    cr_expect_eq(same.n, 1);
    clean_up();
}

Test(same_columns, a_third_source_is_no_rival, .init = set_up)
{
    static const char *const written[] = { "06 Nov 1983", "24 Mar 1997", "09 Jun 2001", "31 Jan 1990" };
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
    const struct pd_same_columns same = find();
    cr_expect_eq(same.n, 4); /* names of three sources, and dates whatever form they have */
    for (size_t i = 0; i < same.n; i++) cr_expect_eq(same.list[i].into % 2, same.list[i].from % 2);
    clean_up();
}

Test(same_columns, few_values_are_alike_by_chance)
{
    static const char *const deciles[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };
    static const char *const steps[] = { "1", "2", "3", "4" };
    static const char *const classes[] = { "red", "green", "blue", "red" };
    make_two_sources(&table, 400);
    add("decile", 0, deciles, 10);
    add("colour", 0, classes, 4);
    add("step", 1, steps, 4);
    add("paint", 1, classes, 4);
    const struct pd_same_columns same = find();
    cr_expect_eq(same.n, 1);
    cr_expect_eq(same.list[0].from, 3);
    clean_up();
}

/* Names, dates and one more column in each source. */
static struct pd_same_columns with_last(const char *const *first, size_t n_first, const char *const *second,
                                        size_t n_second)
{
    add("nama", 0, upper, 5);
    add("lahir", 0, days, 4);
    add("last", 0, first, n_first);
    add("name", 1, lower, 5);
    add("dob", 1, same_days, 4);
    add("rest", 1, second, n_second);
    return find();
}

Test(same_columns, the_last_of_both_are_one_where_one_shortens_the_other, .init = set_up)
{
    static const char *const whole[] = { "Jalan Mawar Merah Raya", "Jalan Kenanga Utara", "Jalan Anggrek Timur Dua",
                                         "Jalan Flamboyan" };
    static const char *const shortened[] = { "Mawar", "Kenanga", "Angrk", "Flmbyn", "Mlt", "Tlp", "Tratai" };
    const struct pd_same_columns same = with_last(whole, 4, shortened, 7);
    cr_assert_eq(same.n, 3);
    cr_expect_lt(same.list[2].likeness, .3);
    clean_up();
}

Test(same_columns, the_last_of_both_are_not_one_when_nothing_in_them_is, .init = set_up)
{
    static const char *const trades[] = { "tailor", "farmer", "driver", "teacher", "nurse" };
    const struct pd_same_columns same = with_last(towns, 4, trades, 5);
    cr_expect_eq(same.n, 2);
    clean_up();
}

Test(same_columns, fold_gives_values_where_there_are_none, .init = set_up)
{
    char scratch[24];
    add("nama", 0, upper, 5);
    add("name", 1, lower, 5);
    cr_assert_eq(pd_column_narrow(&table.columns[0], ROWS, NULL), PADAN_OK); /* as files give it */
    cr_assert_eq(pd_table_fold(&table, 0, 1, NULL), PADAN_OK);
    for (size_t i = 0; i < ROWS; i++) {
        const struct pd_text text = pd_column_text(&table.columns[0], i, scratch);
        cr_expect(pd_text_equal(text, pd_text_of(i < ROWS / 2 ? upper[i % 5] : lower[i % 5])));
        cr_expect(pd_column_is_null(&table.columns[1], i));
    }
    pd_table_reset(&table);
}

Test(same_columns, readings_of_one_scale_are_known_by_where_they_lie, .init = set_up)
{
    static const char *const fine[2][4] = { { "-7.05013", "6.17055", "-2.98331", "3.59522" },
                                            { "109.55011", "100.51885", "104.75612", "98.67224" } };
    static const char *const rough[2][4] = { { "109.61", "100.48", "104.71", "98.66" },
                                             { "-7.02", "6.19", "-2.96", "3.62" } };
    add("lat", 0, fine[0], 4);
    add("lon", 0, fine[1], 4);
    add("x", 1, rough[0], 4);
    add("y", 1, rough[1], 4);
    const struct pd_same_columns same = find();
    cr_expect_eq(same.n, 2);
    for (size_t i = 0; i < same.n; i++) cr_expect_eq(same.list[i].into + same.list[i].from, 3); /* lat y, lon x */
    clean_up();
}
