/* SPDX-License-Identifier: MIT */
#include "indonesia/period.h"

#include "base/date.h"

#include <criterion/criterion.h>

Test(period_words, an_interval_has_the_shortest_text_that_says_it)
{
    static const struct {
        struct pd_date begin, end;
        const char *wanted;
    } cases[] = {
        { { 2026, 1, 1 }, { 2026, 12, 31 }, "2026" },
        { { 2026, 1, 1 }, { 2026, 3, 31 }, "2026-T1" },
        { { 2026, 10, 1 }, { 2026, 12, 31 }, "2026-T4" },
        { { 2024, 2, 1 }, { 2024, 2, 29 }, "2024-02" },
        { { 2026, 12, 1 }, { 2026, 12, 31 }, "2026-12" },
        { { 2026, 10, 1 }, { 2026, 11, 30 }, "2026-10..2026-11" },
        { { 2026, 2, 1 }, { 2026, 4, 30 }, "2026-02..2026-04" },
        { { 2025, 7, 1 }, { 2026, 6, 30 }, "2025-07..2026-06" },
        { { 2025, 1, 1 }, { 2026, 12, 31 }, "2025-01..2026-12" },
        { { 2026, 11, 5 }, { 2026, 12, 4 }, "2026-11-05..2026-12-04" },
        { { 2026, 2, 1 }, { 2026, 2, 27 }, "2026-02-01..2026-02-27" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_date begin = cases[i].begin, end = cases[i].end;
        const struct pd_period period = { pd_date_from_civil(begin.year, begin.month, begin.day),
                                          pd_date_from_civil(end.year, end.month, end.day) };
        struct pd_buffer out = { 0 };
        pd_period_append(&out, period);
        cr_assert_eq(out.length, strlen(cases[i].wanted), "%s", cases[i].wanted);
        cr_assert_eq(memcmp(out.data, cases[i].wanted, out.length), 0, "%s", cases[i].wanted);
        pd_buffer_reset(&out);
    }
}

Test(period_words, an_unknown_period_has_no_text)
{
    struct pd_buffer out = { 0 };
    pd_period_append(&out, (struct pd_period){ PD_DATE_NONE, PD_DATE_NONE });
    cr_assert_eq(out.length, 0);
    pd_buffer_reset(&out);
}
