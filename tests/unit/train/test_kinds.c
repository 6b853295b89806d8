/* SPDX-License-Identifier: MIT
 * Kinds against a plain comparison of all pairs, and an estimate by kinds against one whose pairs are all of different
 * kinds. */
#include "train/kinds.h"

#include "base/random.h"
#include "linking/linker.h"
#include "train/candidates.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { WIDTH = 3, N = 2000, ROWS = 400 };

static int8_t gammas[N * WIDTH], at_random[N * WIDTH];
static double extra[N], apart[N], no_bits[N];

/* Few kinds, those of equal values with bits of their frequencies; apart: the same but for what nobody can see. */
static void draw(void)
{
    struct pd_random random = pd_random_stream(4, 2);
    for (size_t i = 0; i < N; i++) {
        const bool match = i % 4 == 0;
        for (size_t c = 0; c < WIDTH; c++)
            gammas[i * WIDTH + c] = (int8_t)((match ? 1 : -1) + (int)pd_random_below(&random, match ? 2 : 3));
        extra[i] = 0;
        for (size_t c = 0; c < WIDTH; c++)
            extra[i] += gammas[i * WIDTH + c] == 2 ? 6 + (double)pd_random_below(&random, 2) : 0;
        for (size_t c = 0; c < WIDTH; c++) at_random[i * WIDTH + c] = (int8_t)((int)pd_random_below(&random, 3) - 1);
        apart[i] = extra[i] + (double)i * 1e-14;
    }
}

Test(kinds, have_the_levels_and_bits_of_their_pairs)
{
    struct pd_kinds kinds;
    size_t n_new = 0;
    draw();
    const struct pd_levelled_pairs pairs = { gammas, extra, N, NULL };
    cr_assert_eq(pd_kinds_make(&pairs, WIDTH, &kinds, NULL), PADAN_OK);
    cr_assert_eq(kinds.n_pairs, (size_t)N);
    for (size_t i = 0; i < N; i++) {
        uint64_t n_alike = 0;
        bool is_first = true;
        for (size_t j = 0; j < N; j++) {
            const bool alike = memcmp(gammas + i * WIDTH, gammas + j * WIDTH, WIDTH) == 0 &&
                               !(extra[i] < extra[j] || extra[i] > extra[j]);
            n_alike += alike;
            is_first = is_first && !(alike && j < i);
        }
        const size_t kind = kinds.kind_of[i];
        n_new += is_first;
        cr_assert_eq(memcmp(kinds.gammas + kind * WIDTH, gammas + i * WIDTH, WIDTH), 0);
        cr_assert_float_eq(kinds.extra[kind], extra[i], 0);
        cr_assert_eq(kinds.counts[kind], n_alike);
        cr_assert(!is_first || kind == n_new - 1);
    }
    cr_assert_eq(kinds.n, n_new);
    cr_assert_lt(kinds.n, (size_t)N / 8);
    pd_kinds_reset(&kinds);
}

#define COMPARISON(name)                                                                                               \
    "{\"output_column_name\": \"" name "\", \"comparison_levels\": ["                                                  \
    "{\"sql_condition\": \"" name "_l IS NULL\", \"is_null_level\": true},"                                            \
    "{\"sql_condition\": \"" name "_l = " name "_r\", \"tf_adjustment_column\": \"" name "\"},"                        \
    "{\"sql_condition\": \"levenshtein(" name "_l, " name "_r) <= 1\"}, {\"sql_condition\": \"ELSE\"}]}"
static const char model_text[] =
    "{\"blocking_rules_to_generate_predictions\": [\"l.a = r.a\"], \"comparisons\": [" COMPARISON("a") "," COMPARISON(
        "b") "," COMPARISON("c") "]}";

static void estimate(const double *bits, bool compete, struct pd_model *model, struct pd_estimate *out)
{
    static struct pd_edge edges[N];
    static uint16_t source_of[ROWS];
    static struct pd_pair ids[N];
    struct pd_equal_pairs unknown[WIDTH] = { { 0, 0 } };
    const double start[WIDTH][PD_GAMMAS] = { { 0, .1, .2, .7 }, { 0, .1, .2, .7 }, { 0, .1, .2, .7 } };
    const size_t set_of[WIDTH] = { 0, 0, 1 };
    for (size_t i = 0; i < ROWS; i++) source_of[i] = i >= ROWS / 2;
    for (uint32_t i = 0; i < N; i++) {
        ids[i] = (struct pd_pair){ i % (ROWS / 2), ROWS / 2 + i / 10 % (ROWS / 2) };
        edges[i] = (struct pd_edge){ .left = ids[i].left, .right = ids[i].right };
    }
    cr_assert_eq(pd_model_read(model, PD_TEXT(model_text), "test", pd_linker_functions(), NULL), PADAN_OK);
    const struct pd_levelled_pairs sets[] = { { at_random, no_bits, N, NULL }, { gammas, bits, N / 2, ids } };
    const struct pd_estimate_input input = { .candidates = { gammas, bits, N, NULL },
                                             .sets = sets,
                                             .n_sets = 2,
                                             .set_of = set_of,
                                             .rivals = { compete ? edges : NULL, source_of, ROWS, 2, NULL },
                                             .with_related = !compete,
                                             .all_pairs = 10 * N,
                                             .start_matches = N / 8,
                                             .equal = unknown,
                                             .start = start };
    cr_assert_eq(pd_estimate_model(&input, model, out, NULL), PADAN_OK);
}

Test(kinds, an_estimate_is_that_of_pairs_one_by_one)
{
    draw();
    for (int compete = 0; compete < 2; compete++) {
        struct pd_model model, other;
        struct pd_estimate by_kind, one_by_one;
        estimate(extra, compete, &model, &by_kind);
        estimate(apart, compete, &other, &one_by_one);
        cr_expect_gt(by_kind.n_matches, 1);
        cr_expect_float_eq(by_kind.n_matches, one_by_one.n_matches, 1e-6);
        for (size_t i = 0; i < N; i++) {
            cr_assert_float_eq(by_kind.weights[i], one_by_one.weights[i], 1e-6);
            cr_assert_float_eq(by_kind.probabilities[i], one_by_one.probabilities[i], 1e-6);
        }
        for (size_t c = 0; c < WIDTH; c++)
            for (size_t i = 1; i < 4; i++) {
                cr_expect_float_eq(model.comparisons[c].levels[i].m, other.comparisons[c].levels[i].m, 1e-6);
                cr_expect_float_eq(model.comparisons[c].levels[i].u, other.comparisons[c].levels[i].u, 1e-6);
            }
        pd_estimate_reset(&by_kind);
        pd_estimate_reset(&one_by_one);
        pd_model_reset(&model);
        pd_model_reset(&other);
    }
}
