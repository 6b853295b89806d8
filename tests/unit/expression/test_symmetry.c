/* SPDX-License-Identifier: MIT */
#include "harness.h"

Test(symmetry, conditions_that_ask_the_same_of_both_sides_are_known)
{
    static const struct {
        const char *sql;
        bool symmetric;
    } cases[] = {
        { "l.a = r.a", true },
        { "r.a = l.a AND substr(l.b, 1, 3) = substr(r.b, 1, 3)", true },
        { "l.a = r.b", false },
        { "l.a = r.b AND l.b = r.a", true },
        { "l.a = r.b OR r.a = l.b", true },
        { "l.a = r.b AND l.c = r.a", false },
        { "l.a IS NULL OR r.a IS NULL", true },
        { "l.a IS NULL", false },
        { "l.a = 'x' AND r.a = 'x'", true },
        { "l.a = 'x' AND r.a = 'y'", false },
        { "l.a < r.a", false },
        { "l.a < r.a OR r.a < l.a", true },
        { "l.a < r.a OR l.a > r.a", true },
        { "NOT (l.a <> r.a)", true },
        { "levenshtein(l.a, r.a) <= 1", true },
        { "levenshtein(l.a, r.b) <= 1", false },
        { "jaro_winkler_similarity(l.a, r.b) + jaro_winkler_similarity(l.b, r.a) >= 1.8", true },
        { "abs(l.n - r.n) <= 2", true },
        { "abs(l.n - r.m) <= 2", false },
        { "l.n - r.n <= 2", false },
        { "array_length(list_intersect(l.t, r.t)) >= 1", true },
        { "list_max(list_transform(flatten(list_transform(l.t, x -> list_transform(r.t, y -> [x, y]))), p -> "
          "jaro_winkler_similarity(p[1], p[2]))) >= 0.9",
          true },
        { "l.a || r.a = r.a || l.a", true },
        { "l.a || r.a = 'x'", false },
        { "1 = 1", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        struct pd_expression *tree = NULL;
        struct padan_error error = { 0 };
        cr_assert_eq(
            pd_expression_parse(&arena, pd_text_of(cases[i].sql), PD_MODE_RULE, &test_set, "rule", &tree, &error),
            PADAN_OK, "%s: %s", cases[i].sql, error.message);
        cr_expect_eq(pd_expression_is_symmetric(tree), cases[i].symmetric, "%s", cases[i].sql);
        pd_arena_reset(&arena);
    }
}
