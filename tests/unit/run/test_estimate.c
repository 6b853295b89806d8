/* SPDX-License-Identifier: MIT */
#include "run/estimate.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_ROWS = 200000 };

/* Lines that grow from 20 to 60 bytes, so that the first say little of the others. */
static void write_rows(char *path, int n_rows)
{
    const int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "w");
    for (int i = 0; i < n_rows; i++) fprintf(file, "%0*d\n", 19 + 40 * i / n_rows, i);
    fclose(file);
}

static const struct pd_job_rates rates = { .fixed_bytes = 1000,
                                           .at_hand = 0.5,
                                           .n_stages = 2,
                                           .sought = { 100, 10, { 1e-6, 3e-6 } },
                                           .among = { 50, 1, { 1e-6, 0 } } };

static struct pd_estimate estimate_within(const struct pd_input_file *files, size_t n_files, int among,
                                          uint64_t allowed_bytes)
{
    const struct pd_estimate_inputs inputs = { files, n_files, among, 2, allowed_bytes };
    struct pd_estimate estimate;
    cr_assert_eq(pd_estimate_make(&inputs, &rates, &estimate, NULL), PADAN_OK);
    return estimate;
}

static struct pd_estimate estimate_of(const struct pd_input_file *files, size_t n_files, int among)
{
    return estimate_within(files, n_files, among, 0);
}

Test(estimate, rows_are_told_from_all_parts_of_a_file_and_needs_follow_from_them)
{
    char path[] = "/tmp/padan-plan-XXXXXX";
    write_rows(path, N_ROWS);
    const struct pd_input_file file = { .path = path };
    const struct pd_estimate estimate = estimate_of(&file, 1, PD_AMONG_NONE);
    unlink(path);
    cr_expect_eq(estimate.n_unknown, 0);
    cr_expect(estimate.rows > N_ROWS * 9 / 10 && estimate.rows < N_ROWS * 11 / 10, "%zu rows", (size_t)estimate.rows);
    cr_expect_eq(estimate.among_rows, 0);
    cr_expect_eq(estimate.needed_bytes, 1000 + 100 * estimate.rows);
    cr_expect_eq(estimate.output_bytes, 10 * estimate.rows);
    cr_expect_float_eq(estimate.seconds, 4e-6 / 1.6 * (double)estimate.rows, 1e-9);
    cr_expect_float_eq(estimate.behind[0], 0, 1e-9);
    cr_expect_float_eq(estimate.behind[1], 0.25, 1e-9);
    cr_expect_eq(estimate.least_bytes, (UINT64_C(32) << 20) + 50 * estimate.rows);
}

Test(estimate, a_stage_that_is_capped_takes_no_longer_for_more_rows)
{
    char path[] = "/tmp/padan-plan-XXXXXX";
    write_rows(path, N_ROWS);
    const struct pd_input_file files[] = { { .path = path }, { .path = path } };
    const struct pd_job_rates capped = {
        .n_stages = 3, .capped_stage = 1, .capped_rows = N_ROWS / 4.0, .sought = { .seconds = { 0, 1e-3, 1e-6 } }
    };
    struct pd_estimate once, twice;
    for (size_t n = 1; n <= 2; n++) {
        const struct pd_estimate_inputs inputs = { files, n, PD_AMONG_NONE, 1, 0 };
        cr_assert_eq(pd_estimate_make(&inputs, &capped, n == 1 ? &once : &twice, NULL), PADAN_OK);
    }
    unlink(path);
    cr_expect_float_eq(once.seconds, 1e-3 * N_ROWS / 4 + 1e-6 * (double)once.rows, 1e-6);
    cr_expect_float_eq(twice.seconds - once.seconds, 1e-6 * (double)once.rows, 1e-6);
}

/* The greatest moment is that stage's as long as few rows are drawn from, and another one's beyond. */
Test(estimate, a_stage_that_draws_rows_needs_memory_up_to_as_many)
{
    char path[] = "/tmp/padan-plan-XXXXXX";
    write_rows(path, N_ROWS);
    const struct pd_input_file file = { .path = path };
    const struct pd_estimate_inputs inputs = { &file, 1, PD_AMONG_NONE, 1, 0 };
    struct pd_job_rates drawing = rates;
    struct pd_estimate all, few, fewer;
    drawing.drawn_bytes = 300;
    drawing.drawn_rows = 2.0 * N_ROWS;
    cr_assert_eq(pd_estimate_make(&inputs, &drawing, &all, NULL), PADAN_OK);
    drawing.drawn_rows = N_ROWS / 2.0;
    cr_assert_eq(pd_estimate_make(&inputs, &drawing, &few, NULL), PADAN_OK);
    drawing.drawn_rows = N_ROWS / 10.0;
    cr_assert_eq(pd_estimate_make(&inputs, &drawing, &fewer, NULL), PADAN_OK);
    unlink(path);
    cr_expect_eq(all.needed_bytes, 1000 + 300 * all.rows);
    cr_expect_eq(few.needed_bytes, 1000 + 300 * N_ROWS / 2);
    cr_expect_eq(fewer.needed_bytes, 1000 + 100 * fewer.rows);
    cr_expect_eq(all.least_bytes, fewer.least_bytes);
}

Test(estimate, what_a_stage_took_in_truth_says_what_share_lies_behind)
{
    struct pd_estimate estimate = { .seconds = 10, .behind = { 0, 0.1, 0.6, 0.9 } };
    /* 4 s by the clock are left from the third stage on, 1 from the fourth; 32 were taken by two threads. */
    pd_estimate_correct(&estimate, 2, 4, 32, 2);
    cr_expect_float_eq(estimate.seconds, 20, 1e-9);
    cr_expect_float_eq(estimate.behind[2], 0.8, 1e-9);
    cr_expect_float_eq(estimate.behind[3], 0.95, 1e-9);
    struct pd_estimate unknown = { .n_unknown = 1 };
    pd_estimate_correct(&unknown, 2, 4, 32, 2);
    cr_expect_float_eq(unknown.behind[2], 0, 1e-9);
}

Test(estimate, what_does_not_fit_takes_time_and_no_stage_more_of_it)
{
    char path[] = "/tmp/padan-plan-XXXXXX";
    write_rows(path, N_ROWS);
    const struct pd_input_file file = { .path = path };
    const struct pd_estimate free = estimate_of(&file, 1, PD_AMONG_NONE);
    const struct pd_estimate enough = estimate_within(&file, 1, PD_AMONG_NONE, free.needed_bytes);
    const struct pd_estimate half = estimate_within(&file, 1, PD_AMONG_NONE, free.needed_bytes / 2);
    const struct pd_estimate less = estimate_within(&file, 1, PD_AMONG_NONE, free.needed_bytes / 4);
    unlink(path);
    cr_expect_float_eq(enough.seconds, free.seconds, 1e-12);
    cr_expect_gt(half.seconds, free.seconds);
    cr_expect_float_eq(less.seconds - free.seconds, 1.5 * (half.seconds - free.seconds), 1e-6);
    cr_expect_float_eq(half.behind[1], free.behind[1], 1e-12);
    cr_expect_eq(half.needed_bytes, free.needed_bytes);
}

Test(estimate, rows_among_which_others_are_sought_cost_what_they_cost)
{
    char large[] = "/tmp/padan-plan-XXXXXX", small[] = "/tmp/padan-plan-XXXXXX";
    write_rows(large, N_ROWS);
    write_rows(small, N_ROWS / 10);
    const struct pd_input_file files[] = { { .path = small, .source = 0 }, { .path = large, .source = 1 } };
    const struct pd_estimate both = estimate_of(files, 2, 1), largest = estimate_of(files, 2, PD_AMONG_LARGEST);
    const struct pd_estimate other = estimate_of(files, 2, 0);
    unlink(large);
    unlink(small);
    cr_expect_eq(both.among_rows, largest.among_rows);
    cr_expect_eq(other.among_rows + both.among_rows, both.rows);
    cr_expect_eq(both.needed_bytes, 1000 + 100 * (both.rows - both.among_rows) + 50 * both.among_rows);
    cr_expect_eq(largest.needed_bytes, both.needed_bytes);
    cr_expect_gt(other.needed_bytes, both.needed_bytes);
    cr_expect_gt(other.behind[1], 0);
    cr_expect_lt(other.behind[1], both.behind[1]);
}

Test(estimate, a_few_rows_sought_among_many_keep_little_of_these_at_hand)
{
    char large[] = "/tmp/padan-plan-XXXXXX", small[] = "/tmp/padan-plan-XXXXXX", half[] = "/tmp/padan-plan-XXXXXX";
    write_rows(large, N_ROWS);
    write_rows(small, N_ROWS / 20);
    write_rows(half, N_ROWS / 2);
    struct pd_job_rates narrowing = rates;
    narrowing.unmet_bytes = 8;
    for (int few = 0; few < 2; few++) {
        const struct pd_input_file files[] = { { .path = large }, { .path = few ? small : half, .source = 1 } };
        const struct pd_estimate_inputs inputs = { files, 2, PD_AMONG_LARGEST, 2, 0 };
        struct pd_estimate estimate;
        cr_assert_eq(pd_estimate_make(&inputs, &narrowing, &estimate, NULL), PADAN_OK);
        const uint64_t sought = estimate.rows - estimate.among_rows, program = UINT64_C(32) << 20;
        const uint64_t wide = program + (100 * sought + 50 * estimate.among_rows) / 2;
        cr_expect_eq(estimate.least_wide_bytes, wide);
        cr_expect_eq(estimate.least_bytes, few ? program + 200 * sought + 8 * estimate.among_rows : wide);
    }
    unlink(large);
    unlink(small);
    unlink(half);
}

Test(estimate, a_file_that_cannot_be_looked_at_makes_it_a_lower_bound)
{
    const struct pd_input_file file = { .path = "-" };
    char sentence[256];
    const struct pd_estimate estimate = estimate_of(&file, 1, PD_AMONG_NONE);
    cr_expect_eq(estimate.n_unknown, 1);
    pd_estimate_tell(&estimate, 0, sentence, sizeof sentence);
    cr_expect_eq(strncmp(sentence, "at least 0 rows, those of 1 input not being", 42), 0, "%s", sentence);
}
