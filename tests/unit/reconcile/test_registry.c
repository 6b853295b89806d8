/* SPDX-License-Identifier: MIT */
#include "reconcile/registry.h"

#include <criterion/criterion.h>

static int version_on(size_t n, const int32_t *published, int32_t day)
{
    struct pd_registry_version versions[4] = { 0 };
    for (size_t i = 0; i < n; i++) versions[i].published = published[i];
    const struct pd_registry registry = { .versions = versions, .n_versions = n };
    return pd_registry_version_on(&registry, day);
}

Test(registry, the_version_in_force_is_the_latest_published_by_then)
{
    static const int32_t days[] = { 100, 200, 300 };
    static const struct {
        int32_t day;
        int version;
    } cases[] = { { 99, 0 }, { 100, 0 }, { 199, 0 }, { 200, 1 }, { 299, 1 }, { 5000, 2 }, { PD_DATE_NONE, 2 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(version_on(3, days, cases[i].day), cases[i].version, "day %d", cases[i].day);
    const int32_t unsaid[] = { PD_DATE_NONE };
    cr_expect_eq(version_on(1, unsaid, 100), 0);
    cr_expect_eq(version_on(0, NULL, 100), -1);
}

Test(registry, a_unit_is_eligible_by_decile_condition_and_life)
{
    static const struct {
        const char *what;
        struct pd_slice slice;
        struct pd_registry_unit unit;
        bool eligible;
    } cases[] = {
        { "in the range",
          { .begin = 100, .decile_min = 1, .decile_max = 4, .category = -1 },
          { .decile = 4, .alive_until = PD_LIVES },
          true },
        { "above it",
          { .begin = 100, .decile_min = 1, .decile_max = 4, .category = -1 },
          { .decile = 5, .alive_until = PD_LIVES },
          false },
        { "without a decile",
          { .begin = 100, .decile_min = 1, .decile_max = 4, .category = -1 },
          { .alive_until = PD_LIVES },
          false },
        { "no range asked", { .begin = 100, .category = -1 }, { .alive_until = PD_LIVES }, true },
        { "condition holds", { .begin = 100, .category = 3 }, { .categories = 8, .alive_until = PD_LIVES }, true },
        { "another condition holds",
          { .begin = 100, .category = 3 },
          { .categories = 4, .alive_until = PD_LIVES },
          false },
        { "condition held for somebody who died on the first day",
          { .begin = 100, .category = 3 },
          { .late = 8, .late_until = 100, .alive_until = PD_LIVES },
          true },
        { "who died the day before",
          { .begin = 100, .category = 3 },
          { .late = 8, .late_until = 99, .alive_until = PD_LIVES },
          false },
        { "who died, period unknown",
          { .begin = PD_DATE_NONE, .category = 3 },
          { .late = 8, .late_until = 100, .alive_until = PD_LIVES },
          false },
        { "died on the first day", { .begin = 100, .category = -1 }, { .alive_until = 100 }, true },
        { "died the day before", { .begin = 100, .category = -1 }, { .alive_until = 99 }, false },
        { "died some day", { .begin = 100, .category = -1 }, { .alive_until = PD_DIED_SOME_DAY }, false },
        { "inactive", { .begin = 100, .category = -1 }, { .alive_until = PD_IS_INACTIVE }, false },
        { "died, period unknown", { .begin = PD_DATE_NONE, .category = -1 }, { .alive_until = 99 }, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_unit_eligible(&cases[i].slice, &cases[i].unit), cases[i].eligible, "%s", cases[i].what);
}

Test(registry, a_unit_may_be_eligible_through_somebody_who_may_be_a_member)
{
    static const struct pd_slice slice = { .begin = 100, .decile_min = 1, .decile_max = 4, .category = 1 };
    static const struct {
        const char *what;
        struct pd_registry_unit unit;
        bool may_be;
    } cases[] = {
        { "is eligible", { .decile = 2, .categories = 2, .alive_until = PD_LIVES, .likely_until = PD_LIVES }, false },
        { "the condition holds for somebody likely",
          { .decile = 2, .alive_until = PD_LIVES, .likely = 2, .likely_until = PD_IS_INACTIVE },
          true },
        { "another condition does",
          { .decile = 2, .alive_until = PD_LIVES, .likely = 1, .likely_until = PD_LIVES },
          false },
        { "all are dead, somebody likely lives",
          { .decile = 2, .categories = 2, .alive_until = 99, .likely_until = PD_LIVES },
          true },
        { "who died in the period", { .decile = 2, .categories = 2, .alive_until = 99, .likely_until = 100 }, true },
        { "all are dead, and whoever is likely",
          { .decile = 2, .categories = 2, .alive_until = 99, .likely_until = 99 },
          false },
        { "both through somebody likely",
          { .decile = 2, .alive_until = PD_IS_INACTIVE, .likely = 2, .likely_until = PD_LIVES },
          true },
        { "above the range", { .decile = 5, .alive_until = PD_LIVES, .likely = 2, .likely_until = PD_LIVES }, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_unit_may_be_eligible(&slice, &cases[i].unit), cases[i].may_be, "%s", cases[i].what);
}
