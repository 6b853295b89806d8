/* SPDX-License-Identifier: MIT */
#include "run/memory_plan.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Notes what it is asked for; fails with LIMIT when told to. */
struct noted {
    struct pd_memory_bound bound;
    int n_calls;
    enum padan_status answer;
};

static enum padan_status note(void *context, const struct pd_memory_bound *bound, struct padan_error *error)
{
    struct noted *noted = context;
    noted->bound = *bound;
    noted->n_calls++;
    if (noted->answer == PADAN_OK) return PADAN_OK;
    PD_FAIL(error, noted->answer, "no room");
}

static struct pd_memory_plan plan_of_needs(uint64_t needed, uint64_t least)
{
    return (struct pd_memory_plan){ .estimate = {
                                        .rows = 1, .needed_bytes = needed, .least_bytes = least, .output_bytes = 70 } };
}

Test(memory_plan, refuses_what_is_impossible_with_a_figure_that_passes)
{
    const struct pd_memory_plan plan = plan_of_needs(UINT64_C(9771050598), UINT64_C(3971050599));
    const struct pd_memory_keeper keeper = { note, NULL };
    const struct pd_memory_keeper *const keepers[] = { NULL, &keeper };
    for (size_t i = 0; i < 2; i++) {
        struct padan_error error = { 0 };
        cr_expect_eq(pd_memory_plan_check(&plan, UINT64_C(1) << 30, keepers[i], &error), PADAN_LIMIT);
        const char *figure = strstr(error.message, ": allow ");
        cr_assert_not_null(figure, "%s", error.message);
        const uint64_t enough = (uint64_t)(strtod(figure + 8, NULL) * 1024 * 1024 * 1024);
        cr_expect_eq(pd_memory_plan_check(&plan, enough, keepers[i], NULL), PADAN_OK, "%s", error.message);
        cr_expect_lt(enough, (i == 0 ? plan.estimate.needed_bytes : plan.estimate.least_bytes) + (UINT64_C(11) << 20));
    }
    cr_expect_eq(pd_memory_plan_check(&plan, 0, NULL, NULL), PADAN_OK);
}

Test(memory_plan, a_run_over_all_rows_is_refused_where_only_one_over_few_is_within_the_bound)
{
    struct pd_memory_plan plan = plan_of_needs(1000, 100);
    char sentence[PD_NARROW_ONLY_BYTES];
    plan.estimate.least_wide_bytes = UINT64_C(1) << 30;
    pd_memory_plan_say_narrow(&plan, UINT64_C(1) << 29, sentence);
    cr_expect_not_null(strstr(sentence, "only 0.50 GiB are allowed: allow 1.00 GiB"), "%s", sentence);
    pd_memory_plan_say_narrow(&plan, UINT64_C(1) << 30, sentence);
    cr_expect_str_eq(sentence, "");
    pd_memory_plan_say_narrow(&plan, 0, sentence);
    cr_expect_str_eq(sentence, "");
}

Test(memory_plan, a_job_that_should_fit_stays_in_memory_and_one_that_should_not_goes_to_the_file)
{
    struct noted noted = { .answer = PADAN_OK };
    const struct pd_memory_keeper keeper = { note, &noted };
    struct pd_memory_plan plan = plan_of_needs(1000, 400);
    cr_expect_eq(pd_memory_plan_keep(&plan, 0, &keeper, ".", NULL), PADAN_OK);
    cr_expect_eq(noted.n_calls, 0);
    cr_expect_eq(pd_memory_plan_keep(&plan, 2000, &keeper, ".", NULL), PADAN_OK);
    cr_expect(plan.kept);
    cr_expect_gt(noted.bound.piece_bytes, 1000);
    cr_expect_lt(noted.bound.piece_bytes, 2000);
    cr_expect_eq(noted.bound.spill_bytes, 0);
    cr_expect_eq(pd_memory_plan_keep(&plan, 500, &keeper, ".", NULL), PADAN_OK);
    cr_expect_lt(noted.bound.piece_bytes, 50);
    cr_expect_eq(noted.bound.allowed_bytes, 500);
    cr_expect_geq(noted.bound.spill_bytes, 1000);
    cr_expect_eq(noted.bound.output_bytes, 70);
    plan.estimate.n_unknown = 1; /* who knows whether it fits */
    cr_expect_eq(pd_memory_plan_keep(&plan, 2000, &keeper, ".", NULL), PADAN_OK);
    cr_expect_lt(noted.bound.piece_bytes, 200);
}

Test(memory_plan, where_nothing_can_be_moved_only_what_should_fit_goes_on)
{
    struct noted noted = { .answer = PADAN_LIMIT };
    const struct pd_memory_keeper keeper = { note, &noted };
    struct pd_memory_plan plan = plan_of_needs(1000, 400);
    cr_expect_eq(pd_memory_plan_keep(&plan, 2000, &keeper, ".", NULL), PADAN_OK);
    cr_expect_not(plan.kept);
    cr_expect_eq(pd_memory_plan_keep(&plan, 500, &keeper, ".", NULL), PADAN_LIMIT);
    /* Without a keeper at work the bound ends the run between two stages. */
    cr_expect_eq(pd_memory_kept(&plan, 1, "pairs", NULL), PADAN_LIMIT);
    plan.kept = true;
    cr_expect_eq(pd_memory_kept(&plan, 1, "pairs", NULL), PADAN_OK);
}

Test(memory_plan, the_window_of_input_is_a_small_part_of_a_small_bound)
{
    cr_expect_eq(pd_memory_chunk_bytes(0), 0);
    cr_expect_eq(pd_memory_chunk_bytes(UINT64_C(16) << 30), 0);
    cr_expect_eq(pd_memory_chunk_bytes(UINT64_C(64) << 20), 1 << 20);
    cr_expect_eq(pd_memory_chunk_bytes(1), 256 << 10);
}
