/* SPDX-License-Identifier: MIT */
#include "harness.h"

static struct pd_expression *parsed(struct pd_arena *arena, struct pd_text sql, enum pd_expression_mode mode)
{
    struct pd_expression *expression = NULL;
    struct padan_error error = { 0 };
    cr_assert_eq(pd_expression_parse(arena, sql, mode, &test_set, "rule", &expression, &error), PADAN_OK, "%.*s: %s",
                 PD_TEXT_ARGS(sql), error.message);
    return expression;
}

Test(print, printed_trees_parse_back_to_the_same)
{
    static const char *const conditions[] = {
        "l.a = r.a and not (l.b <> 'it''s' or r.\"Full \"\"name\" is null)",
        "- l.umur + 2 * 3 - (4 - 5) / 6 % 7 >= -1.5",
        "l.a in ('x', 'y') and l.b not in ('z')",
        "cast(l.a as float) < try_cast(r.a as bigint) and l.a::date = date '2020-01-01'",
        "case when l.a = 'x' then 1 when true then 2 else null end = 1",
        "l.names[1] = r.names[-1] or l.place['lat'] > 1e30",
        "substr(l.a, 1, 3) || lower(r.b) = coalesce(l.a, null, r.b)",
        "list_min(list_transform(flatten(list_transform(l.names, x -> list_transform(r.names, y -> [x, y]))), p -> "
        "levenshtein(p[1], p[2]))) <= 1",
        "l.umur between 1 and 5 and l.a is not null",
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct pd_arena arena = { 0 };
        struct pd_buffer first = { 0 }, second = { 0 };
        const struct pd_expression *tree = parsed(&arena, pd_text_of(conditions[i]), PD_MODE_RULE);
        pd_expression_print(tree, &first);
        const struct pd_text text = { first.data, first.length };
        const struct pd_expression *again = parsed(&arena, text, PD_MODE_RULE);
        pd_expression_print(again, &second);
        cr_expect(pd_expression_equal(tree, again, true), "%s -> %.*s", conditions[i], PD_TEXT_ARGS(text));
        cr_expect(pd_text_equal(text, (struct pd_text){ second.data, second.length }));
        pd_buffer_reset(&first);
        pd_buffer_reset(&second);
        pd_arena_reset(&arena);
    }
}

Test(print, equality_of_trees_with_and_without_sides)
{
    static const struct {
        const char *a, *b;
        bool same, same_without_sides;
    } cases[] = {
        { "lower(l.a)", "LOWER( l.\"a\" )", true, true },
        { "lower(l.a)", "lower(r.a)", false, true },
        { "lower(l.a)", "upper(l.a)", false, false },
        { "l.a", "l.b", false, false },
        { "substr(l.a, 1, 3)", "substr(r.a, 1, 4)", false, false },
        { "l.a::float", "l.a::double", false, false },
        { "l.a::int", "try_cast(l.a as int)", false, false },
        { "1", "1.0", false, false },
        { "null", "null", true, true },
        { "l.a = 'x'", "(l.a) = ('x')", true, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        const struct pd_expression *a = parsed(&arena, pd_text_of(cases[i].a), PD_MODE_RULE);
        const struct pd_expression *b = parsed(&arena, pd_text_of(cases[i].b), PD_MODE_RULE);
        cr_expect_eq(pd_expression_equal(a, b, true), cases[i].same, "%s | %s", cases[i].a, cases[i].b);
        cr_expect_eq(pd_expression_equal(a, b, false), cases[i].same_without_sides, "%s | %s", cases[i].a, cases[i].b);
        pd_arena_reset(&arena);
    }
}
