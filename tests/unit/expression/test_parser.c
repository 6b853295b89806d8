/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/random.h"

static void expect_failure(const char *sql, enum pd_expression_mode mode, enum padan_status status, const char *message)
{
    struct pd_arena arena = { 0 };
    struct padan_error error = { 0 };
    struct pd_expression *expression = NULL;
    const enum padan_status got =
        pd_expression_parse(&arena, pd_text_of(sql), mode, &test_set, "rule 2", &expression, &error);
    cr_expect_eq(got, status, "%s: status %d: %s", sql, (int)got, error.message);
    cr_expect(strstr(error.message, message) != NULL, "%s: got <%s>, wanted <%s>", sql, error.message, message);
    pd_arena_reset(&arena);
}

Test(parser, what_is_not_in_the_language_is_refused_by_name_and_place)
{
    static const struct {
        const char *sql, *message;
        enum pd_expression_mode mode;
        enum padan_status status;
    } cases[] = {
        { "a LIKE 'x%'", "rule 2: position 3: this word", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "a not ilike 'x%'", "near <ilike>", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "(select 1) = 1", "near <select>", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "nope(a) = 1", "no function of this name, near <nope>", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "list_transform(a, x -> x)", "lambdas are only supported", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "lower(x -> x)", "lambdas", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "list_max(list_transform(names, x -> len(x)))", "the only lambda form", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "[1, 2] = a", "lists cannot be written", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "a[1:2]", "slices", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "a::blob", "no type of this name", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "a IS TRUE", "only IS NULL", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "born + interval 1 day", "near <interval>", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "t.a = 1", "names with a point", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "lower(a)['k']", "only columns have fields", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "regexp_extract(a, b)", "must be texts in quotes", PD_MODE_ROW, PADAN_UNSUPPORTED },
        { "regexp_extract(a, '(')", "the pattern <(> is wrong", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "", "position 1: expected a value, at the end", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a = ", "position 5: expected a value, at the end", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a = 'x", "position 5: a quote is not closed, near <'x>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "(a = 1", "expected )", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a = 1)", "should end here, near <)>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a = 1 b", "should end here, near <b>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a < b < c", "cannot be chained", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a = 1x", "cannot begin with a digit", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a /* = 1", "position 3: this comment is not closed, near </*>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a ; b", "near <;>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "and a", "near <and>", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "substr(a)", "substr takes 2 to 3 arguments, not 1", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "case when a = 1 then 2", "expected end", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "case a = 1 end", "expected when", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "cast(a int)", "expected as", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "a not 1", "expected IN or BETWEEN", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "\"\" = 1", "empty column name", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
        { "nama = 1", "l.name or r.name", PD_MODE_RULE, PADAN_BAD_ARGUMENT },
        { "x.nama = 1", "l.name or r.name, near <x>", PD_MODE_RULE, PADAN_BAD_ARGUMENT },
        { "l. = 1", "expected a column name", PD_MODE_RULE, PADAN_BAD_ARGUMENT },
        { "nama = 1", "end in _l or _r, near <nama>", PD_MODE_LEVEL, PADAN_BAD_ARGUMENT },
        { "_l = 1", "end in _l or _r", PD_MODE_LEVEL, PADAN_BAD_ARGUMENT },
        { "1e999 = a", "not a number", PD_MODE_ROW, PADAN_BAD_ARGUMENT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_failure(cases[i].sql, cases[i].mode, cases[i].status, cases[i].message);
}

/* As many times `part` as fit. */
static void repeat(char *out, size_t times, const char *part)
{
    out[0] = '\0';
    char *end = out;
    for (size_t i = 0; i < times; i++) end = stpcpy(end, part);
}

Test(parser, deep_nesting_is_refused_not_survived)
{
    static const char *const parts[] = { "(",          "not ",  "- ",   "a[",    "lower(",
                                         "case when ", "a = (", "1 + ", "a || ", "1 * (" };
    static char sql[600000];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        repeat(sql, 50000, parts[i]);
        expect_failure(strcat(sql, "1"), PD_MODE_ROW, PADAN_UNSUPPORTED, "nested too deeply");
    }
    repeat(sql, 300, "a::text");
    expect_failure("a::text::text::text", PD_MODE_LEVEL, PADAN_BAD_ARGUMENT, "_l");
    repeat(sql, 150, "(");
    strcat(sql, "true");
    repeat(sql + strlen(sql), 150, ")");
    char value[64];
    test_value(sql, PD_MODE_ROW, value, sizeof value);
    cr_expect_str_eq(value, "true");
}

Test(parser, long_flat_conditions_are_fine)
{
    static char sql[200000];
    char value[64];
    repeat(sql, 5000, "umur = 1 OR ");
    test_value(strcat(sql, "umur = 5"), PD_MODE_ROW, value, sizeof value);
    cr_expect_str_eq(value, "true");
}

Test(parser, columns_carry_name_and_side)
{
    static const struct {
        const char *sql, *column;
        enum pd_expression_mode mode;
        unsigned side;
    } cases[] = {
        { "l.nama", "nama", PD_MODE_RULE, PD_SIDE_LEFT },
        { "R.\"Full name\"", "Full name", PD_MODE_RULE, PD_SIDE_RIGHT },
        { "\"Full name_l\"", "Full name", PD_MODE_LEVEL, PD_SIDE_LEFT },
        { "nama_R", "nama", PD_MODE_LEVEL, PD_SIDE_RIGHT },
        { "\"a\"\"b\"", "a\"b", PD_MODE_ROW, PD_SIDE_NONE },
        { "place_l['lat']", "place.lat", PD_MODE_LEVEL, PD_SIDE_LEFT },
        { "date", "date", PD_MODE_ROW, PD_SIDE_NONE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        struct padan_error error = { 0 };
        struct pd_expression *expression = NULL;
        cr_assert_eq(pd_expression_parse(&arena, pd_text_of(cases[i].sql), cases[i].mode, &test_set, "rule",
                                         &expression, &error),
                     PADAN_OK, "%s: %s", cases[i].sql, error.message);
        cr_expect_eq(expression->op, PD_OP_COLUMN);
        cr_expect(pd_text_equal(expression->column, pd_text_of(cases[i].column)), "%s", cases[i].sql);
        cr_expect(expression->side == cases[i].side && expression->sides == cases[i].side, "%s", cases[i].sql);
        pd_arena_reset(&arena);
    }
}

/* Tokens in any order: never a crash, and what parses also prints and parses back to the same. */
Test(parser, token_soup_never_crashes)
{
    static const char *const tokens[] = { "a",
                                          "\"b\"",
                                          "l.a",
                                          "r.b",
                                          "a_l",
                                          "b_r",
                                          "'t'",
                                          "1",
                                          "2.5",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          ",",
                                          ".",
                                          "=",
                                          "<>",
                                          "<=",
                                          "+",
                                          "-",
                                          "||",
                                          "*",
                                          "/",
                                          "%",
                                          "::",
                                          "->",
                                          "and",
                                          "or",
                                          "not",
                                          "is",
                                          "null",
                                          "in",
                                          "between",
                                          "case",
                                          "when",
                                          "then",
                                          "else",
                                          "end",
                                          "cast",
                                          "as",
                                          "int",
                                          "text",
                                          "lower",
                                          "levenshtein",
                                          "coalesce",
                                          "list_max",
                                          "list_transform",
                                          "flatten",
                                          "date",
                                          "true",
                                          "regexp_extract",
                                          "'('",
                                          "''",
                                          "\"",
                                          "'",
                                          "\xff",
                                          "--",
                                          "/* a */",
                                          "/*",
                                          ":",
                                          "s['k']",
                                          "x ->",
                                          "lower(",
                                          "a = ",
                                          "(a)",
                                          "substr(a,1,2)",
                                          "case when true then 1 end" };
    struct pd_random random = pd_random_stream(7, 0);
    unsigned parsed = 0;
    for (int round = 0; round < 40000; round++) {
        char sql[512] = "";
        const uint64_t n = 1 + pd_random_below(&random, 12);
        for (uint64_t i = 0; i < n; i++) {
            strcat(sql, tokens[pd_random_below(&random, sizeof tokens / sizeof *tokens)]);
            strcat(sql, pd_random_below(&random, 8) == 0 ? "" : " ");
        }
        struct pd_arena arena = { 0 };
        struct pd_expression *expression = NULL;
        struct padan_error error = { 0 };
        const enum pd_expression_mode mode = (enum pd_expression_mode)pd_random_below(&random, 3);
        const enum padan_status status =
            pd_expression_parse(&arena, pd_text_of(sql), mode, &test_set, "soup", &expression, &error);
        cr_assert(status == PADAN_OK || (error.status == status && strncmp(error.message, "soup: ", 6) == 0), "%s",
                  sql);
        if (status == PADAN_OK) {
            const struct pd_column_resolver resolver = { test_find, NULL };
            struct test_lists lists = { .next = 0 };
            const struct pd_row_reader reader = { test_read, &lists };
            struct pd_evaluator evaluator = { 0 };
            parsed++;
            if (pd_expression_bind(expression, &resolver, "soup", &error) == PADAN_OK)
                (void)pd_expression_evaluate(expression, &reader, &evaluator);
            pd_evaluator_reset(&evaluator);
            pd_evaluator_reset(&lists.evaluator);
        }
        pd_arena_reset(&arena);
    }
    cr_expect_gt(parsed, 1000);
}
