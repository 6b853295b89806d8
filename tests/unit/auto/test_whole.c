/* SPDX-License-Identifier: MIT
 * What one source has in one column and the other in several is found by contents, in the right order; what only looks
 * like it is left alone. */
#include "auto/whole.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 400 };

static struct pd_table table;
static struct pd_arena arena;
static struct pd_profiles profiles;

static void set_up(void)
{
    make_two_sources(&table, ROWS);
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
    struct pd_column *column = column_of(&table, name);
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

static void expect(const char *into, const char *parts)
{
    const struct pd_whole_column whole = find();
    char found[200] = "";
    size_t n = 0;
    for (size_t i = 0; i < whole.n_parts; i++)
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%.*s", i == 0 ? "" : " ",
                              PD_TEXT_ARGS(profiles.columns[whole.parts[i]].name));
    cr_expect_str_eq(found, parts);
    if (whole.n_parts == 0) return;
    cr_expect(pd_text_equal(profiles.columns[whole.into].name, pd_text_of(into)), "whole of %s", parts);
    cr_expect_gt(whole.likeness, whole.single);
    cr_expect_gt(whole.single, 0);
}

Test(whole, is_put_together_of_its_parts_in_their_order)
{
    static const struct {
        struct {
            const char *name;
            size_t source;
            write_value *value;
        } columns[4];
        const char *into, *parts;
    } cases[] = {
        { { { "person", 0, write_full },
            { "office", 1, write_stranger },
            { "family", 1, write_last },
            { "given", 1, write_first } },
          "person",
          "given family" },
        { { { "given", 0, write_first }, { "family", 0, write_last }, { "person", 1, write_reversed } },
          "person",
          "family given" },
        /* the whole here and a part there */
        { { { "name", 0, write_full }, { "name", 1, write_first }, { "surname", 1, write_last } },
          "name",
          "name surname" },
        { { { "born", 0, write_date }, { "d", 1, write_day }, { "m", 1, write_month }, { "y", 1, write_year } },
          "born",
          "y m d" },
        { { { "d", 0, write_day }, { "m", 0, write_month_name }, { "y", 0, write_year }, { "born", 1, write_date } },
          "born",
          "d m y" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up();
        for (size_t j = 0; j < 4 && cases[i].columns[j].name != NULL; j++)
            add(cases[i].columns[j].name, cases[i].columns[j].source, cases[i].columns[j].value);
        expect(cases[i].into, cases[i].parts);
        tear_down();
    }
}

Test(whole, columns_that_match_one_to_one_are_left_alone, .init = set_up, .fini = tear_down)
{
    add("person", 0, write_full);
    add("nama", 1, write_full);
    add("office", 1, write_stranger);
    expect("", "");
    add("surname", 0, write_last); /* a part, beside the whole and on its side of the link */
    expect("", "");
}
