/* SPDX-License-Identifier: MIT
 * What one source has in one column and the other in several is found by contents, in the right order; what only looks
 * like it is left alone. */
#include <criterion/criterion.h>

#include "auto/whole.h"
#include "base/memory.h"

#include <stdio.h>

enum { ROWS = 400 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;

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

static void tear_down(void)
{
    pd_table_reset(&table);
    pd_arena_reset(&arena);
}

typedef void write_value(size_t row, char out[64]);

/* Person number row; half of one source's people are in the other. */
static size_t draw(size_t row, size_t what, size_t n)
{
    const size_t person = row % (ROWS / 2) + (row >= ROWS / 2 ? ROWS / 4 : 0);
    return (person * 2654435761u + what * 40503u + (person >> 3) * (what + 7) * 97u) % 1000003u % n;
}

static const char *const first[] = { "ANDI", "BUDI", "CITRA", "DEWI", "EKA", "FAJAR", "GITA", "HADI", "INDAH", "JOKO" };
static const char *const last[] = { "SANTOSO", "WIJAYA", "KUSUMA", "PRATAMA", "SAPUTRA", "HIDAYAT", "NUGROHO" };
static const char *const months[] = {
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"
};

static void write_first(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%s", first[draw(row, 1, 10)]);
}
static void write_last(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%s", last[draw(row, 2, 7)]);
}
static void write_full(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%s %s", first[draw(row, 1, 10)], last[draw(row, 2, 7)]);
}
static void write_reversed(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%s, %s", last[draw(row, 2, 7)], first[draw(row, 1, 10)]);
}
static void write_stranger(size_t row, char out[64])
{
    (void)snprintf(out, 64, "Kantor %zu", draw(row, 9, 50));
}
static void write_year(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%zu", 1950 + draw(row, 3, 60));
}
static void write_month(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%zu", 1 + draw(row, 4, 12));
}
static void write_month_name(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%s", months[draw(row, 4, 12)]);
}
static void write_day(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%zu", 1 + draw(row, 5, 28));
}
static void write_date(size_t row, char out[64])
{
    (void)snprintf(out, 64, "%02zu/%02zu/%zu", 1 + draw(row, 5, 28), 1 + draw(row, 4, 12), 1950 + draw(row, 3, 60));
}

static void add(const char *name, size_t source, write_value *value)
{
    struct pd_column *column = NULL;
    const int found = pd_table_find(&table, pd_text_of(name));
    if (found < 0)
        cr_assert_eq(pd_table_add(&table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    else
        column = &table.columns[found];
    for (size_t i = table.sources[source].begin; i < table.sources[source].end; i++) {
        char text[64];
        value(i, text);
        cr_assert_eq(pd_column_put(column, i, pd_text_of(text), NULL), PADAN_OK);
    }
}

static struct pd_whole_column find(void)
{
    struct pd_whole_column whole;
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_find_whole(&table, &profiles, &whole, NULL), PADAN_OK);
    return whole;
}

static void expect(const struct pd_whole_column *whole, const char *into, const char *parts)
{
    char found[200] = "";
    size_t n = 0;
    for (size_t i = 0; i < whole->n_parts; i++)
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%.*s", i == 0 ? "" : " ",
                              PD_TEXT_ARGS(profiles.columns[whole->parts[i]].name));
    cr_expect_str_eq(found, parts);
    if (whole->n_parts > 0) cr_expect(pd_text_equal(profiles.columns[whole->into].name, pd_text_of(into)));
}

Test(whole, a_name_is_put_together_in_its_order, .init = set_up, .fini = tear_down)
{
    add("person", 0, write_full);
    add("office", 1, write_stranger);
    add("family", 1, write_last);
    add("given", 1, write_first);
    const struct pd_whole_column whole = find();
    expect(&whole, "person", "given family");
}

Test(whole, a_reversed_name_of_the_second_source_too, .init = set_up, .fini = tear_down)
{
    add("given", 0, write_first);
    add("family", 0, write_last);
    add("person", 1, write_reversed);
    const struct pd_whole_column whole = find();
    expect(&whole, "person", "family given");
}

Test(whole, a_column_may_be_the_whole_here_and_a_part_there, .init = set_up, .fini = tear_down)
{
    add("name", 0, write_full);
    add("name", 1, write_first);
    add("surname", 1, write_last);
    const struct pd_whole_column whole = find();
    expect(&whole, "name", "name surname");
}

Test(whole, dates_are_made_of_day_month_and_year, .init = set_up, .fini = tear_down)
{
    add("born", 0, write_date);
    add("d", 1, write_day);
    add("m", 1, write_month);
    add("y", 1, write_year);
    const struct pd_whole_column whole = find();
    expect(&whole, "born", "y m d");
}

Test(whole, months_may_have_names, .init = set_up, .fini = tear_down)
{
    add("d", 0, write_day);
    add("m", 0, write_month_name);
    add("y", 0, write_year);
    add("born", 1, write_date);
    const struct pd_whole_column whole = find();
    expect(&whole, "born", "d m y");
}

Test(whole, columns_that_match_one_to_one_are_left_alone, .init = set_up, .fini = tear_down)
{
    add("person", 0, write_full);
    add("nama", 1, write_full);
    add("office", 1, write_stranger);
    struct pd_whole_column whole = find();
    expect(&whole, "", "");
    add("surname", 0, write_last); /* a part, beside the whole and on its side of the link */
    whole = find();
    expect(&whole, "", "");
}
