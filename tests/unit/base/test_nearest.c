/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <criterion/criterion.h>

static const char *const names[] = { "threads", "out", "reference_date", "comparison_levels" };
enum { N_NAMES = sizeof names / sizeof *names };

Test(nearest, names_are_found_within_a_third_of_the_letters)
{
    static const struct {
        const char *given, *found;
    } cases[] = { { "threads", "threads" },
                  { "THREAD", "threads" },
                  { "tread", "threads" },
                  { "oot", "out" },
                  { "ot", "out" },
                  { "referencedate", "reference_date" },
                  { "referens_dat", "reference_date" },
                  { "path", NULL },
                  { "", NULL },
                  { "comparison_levels_of_a_name_that_is_longer_than_all", NULL } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = pd_nearest_name(pd_text_of(cases[i].given), names, N_NAMES);
        cr_expect(found == NULL ? cases[i].found == NULL : cases[i].found != NULL && strcmp(found, cases[i].found) == 0,
                  "%s: %s", cases[i].given, found == NULL ? "none" : found);
    }
}

Test(nearest, a_bound_of_edits_may_be_narrower)
{
    cr_expect_null(pd_nearest_within(PD_TEXT("referens_dat"), names, N_NAMES, 2));
    cr_expect_str_eq(pd_nearest_within(PD_TEXT("refrence_dat"), names, N_NAMES, 2), "reference_date");
    cr_expect_null(pd_nearest_within(PD_TEXT("out"), names, 0, 2));
}
