/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "base/random.h"
#include "block/marks.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 5000, N_THREADS = 3 };

Test(marks, nobody_is_marked_in_an_empty_table)
{
    struct pd_marks marks = { .n_slots = 0 };
    cr_assert_eq(pd_marks_make_table(&marks, 0, NULL), PADAN_OK);
    for (uint32_t record = 0; record < N_RECORDS; record++) cr_assert_eq(pd_marks_find(&marks, record), 0);
    pd_marks_reset(&marks);
}

Test(marks, the_last_mark_of_a_record_counts_and_the_others_have_none)
{
    uint32_t expected[N_RECORDS] = { 0 };
    struct pd_noted_marks noted[N_THREADS] = { { .n = 0 } };
    struct pd_marks marks;
    struct pd_random random = { 7 };
    size_t n_noted = 0;
    for (int i = 0; i < 4000; i++) {
        uint32_t record = (uint32_t)pd_random_below(&random, N_RECORDS);
        if (i == 0) record = 0;
        if (i == 1) record = N_RECORDS - 1;
        const uint32_t mark = i % 5 == 0 ? UINT32_MAX : 1 + (uint32_t)pd_random_below(&random, 1000);
        cr_assert_eq(pd_marks_note(&noted[record % N_THREADS], record, mark, NULL), PADAN_OK);
        expected[record] = mark;
    }
    for (size_t t = 0; t < N_THREADS; t++) n_noted += noted[t].n;
    cr_assert_eq(pd_marks_make_table(&marks, n_noted, NULL), PADAN_OK);
    for (size_t t = 0; t < N_THREADS; t++) pd_marks_add(&marks, &noted[t]);
    for (uint32_t record = 0; record < N_RECORDS; record++)
        cr_assert_eq(pd_marks_find(&marks, record), expected[record], "record %u", record);
    for (size_t t = 0; t < N_THREADS; t++) pd_free(noted[t].items);
    pd_marks_reset(&marks);
}

Test(marks, marks_of_all_records_lie_side_by_side)
{
    struct pd_marks marks;
    cr_assert_eq(pd_marks_make_all(&marks, N_RECORDS, NULL), PADAN_OK);
    cr_assert_eq(pd_marks_find(&marks, N_RECORDS - 1), 0);
    marks.all[3] = 9;
    cr_assert_eq(pd_marks_find(&marks, 3), 9);
    cr_assert_eq(pd_marks_find(&marks, 4), 0);
    pd_marks_reset(&marks);
}
