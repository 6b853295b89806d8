/* SPDX-License-Identifier: MIT
 * What answers to a comparison's tests tell of its level: where they say that the similarity is NULL, the level is
 * known without it, and is that of NULL; where they do not, the similarity is asked for. */
#include "compare/level_table.h"

#include <criterion/criterion.h>
#include <math.h>

/* CARD, MOTHER: columns. The levels are those of a family: card equal and mothers alike, card equal, mothers alike, one
 * mother not known, else. */
enum { CARD = 1, MOTHER = 2, OTHER_MOTHER = 3, N_LEVELS = 5 };
enum { SAME_AND_ALIKE, SAME_CARD, ALIKE, NOT_KNOWN, OTHERWISE };

/* Strides of the answers, in the order in which levels ask. */
enum { OF_CARD = 1, OF_LEFT_NULL = 3, OF_RIGHT_NULL = 6, OF_SAME_MOTHER = 12 };

static struct pd_test of_columns(enum pd_test_kind kind, int column, bool on_right)
{
    return (struct pd_test){ .kind = kind, .column = column, .on_right = on_right };
}

static struct pd_test of_children(enum pd_test_kind kind, struct pd_test *children, size_t n)
{
    return (struct pd_test){ .kind = kind, .children = children, .n_children = n };
}

/* Makes the table of a similarity of MOTHER on the left and `other` on the right; same: the last level but one asks
 * whether mothers are equal, too. */
static const struct pd_level_table *make_table(struct pd_arena *arena, int other, bool same)
{
    const struct pd_level_table *table = NULL;
    struct pd_test alike = { .kind = PD_TEST_SIMILARITY,
                             .column = MOTHER,
                             .other_column = other,
                             .relation = PD_OP_GREATER_EQUAL,
                             .constant = 0.8 };
    struct pd_test both[] = { of_columns(PD_TEST_SAME, CARD, false), alike };
    struct pd_test nulls[] = { of_columns(PD_TEST_NULL, MOTHER, false), of_columns(PD_TEST_NULL, other, true),
                               of_columns(PD_TEST_SAME, MOTHER, false) };
    const struct pd_test first = of_children(PD_TEST_AND, both, 2),
                         not_known = of_children(PD_TEST_OR, nulls, same + 2);
    const struct pd_test always = { .kind = PD_TEST_ALWAYS };
    const struct pd_test *const levels[N_LEVELS] = { &first, &both[0], &alike, &not_known, &always };
    cr_assert_eq(pd_level_table_make(arena, levels, N_LEVELS, &table, NULL), PADAN_OK);
    cr_assert_not_null(table);
    return table;
}

Test(level_table, a_similarity_of_null_is_not_asked_for)
{
    static const struct {
        int other;
        bool same;
        size_t answers;
        unsigned at_once, of_null;
    } cases[] = {
        { MOTHER, false, 0, PD_LEVEL_OPEN, OTHERWISE },
        { MOTHER, false, PD_TRUE * OF_CARD, PD_LEVEL_OPEN, SAME_CARD },
        { MOTHER, false, PD_TRUE * OF_LEFT_NULL, NOT_KNOWN, NOT_KNOWN },
        { MOTHER, false, PD_TRUE * OF_RIGHT_NULL, NOT_KNOWN, NOT_KNOWN },
        { MOTHER, false, PD_TRUE * OF_CARD + PD_TRUE * OF_LEFT_NULL, SAME_CARD, SAME_CARD },
        { MOTHER, true, PD_UNKNOWN * OF_SAME_MOTHER, OTHERWISE, OTHERWISE },
        { MOTHER, true, PD_TRUE * OF_SAME_MOTHER, PD_LEVEL_OPEN, NOT_KNOWN },
        { OTHER_MOTHER, false, PD_TRUE * OF_RIGHT_NULL, NOT_KNOWN, NOT_KNOWN },
        { OTHER_MOTHER, true, PD_UNKNOWN * OF_SAME_MOTHER, PD_LEVEL_OPEN, OTHERWISE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        const struct pd_level_table *table = make_table(&arena, cases[i].other, cases[i].same);
        cr_expect_eq(pd_level_table_at_once(table, cases[i].answers), cases[i].at_once, "case %zu", i);
        cr_expect_eq(pd_level_table_with(table, cases[i].answers, (double)NAN), cases[i].of_null, "case %zu", i);
        pd_arena_reset(&arena);
    }
}
