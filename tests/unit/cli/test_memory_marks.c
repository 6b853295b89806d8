/* SPDX-License-Identifier: MIT
 * Marks of a bound: in order, below it by what threads may touch unseen, and above what cannot be taken out. */
#include "cli/memory_marks.h"

#include <criterion/criterion.h>

static const size_t MIB = (size_t)1 << 20;

static void check(size_t allowed, size_t held)
{
    const struct pd_memory_marks marks = pd_memory_marks(allowed, held);
    cr_expect_leq(marks.low, marks.soon);
    cr_expect_leq(marks.soon, marks.high);
    cr_expect_lt(marks.high, allowed);
    cr_expect_geq(marks.low, held);
}

Test(memory_marks, lie_between_what_is_held_and_the_bound)
{
    for (size_t allowed = 16; allowed <= 65536; allowed *= 2)
        for (size_t eighths = 0; eighths <= 5; eighths++) check(allowed * MIB, allowed * MIB / 8 * eighths);
}

/* Packed rows may be five eighths of a bound. */
Test(memory_marks, leave_room_beside_what_is_held)
{
    const size_t allowed = 512 * MIB, held = 320 * MIB;
    const struct pd_memory_marks marks = pd_memory_marks(allowed, held);
    cr_expect_gt(marks.low - held, (allowed - held) / 2);
    cr_expect_gt(allowed - marks.high, (allowed - held) / 3);
}

/* What two threads touch before they are seen does not grow with the bound for ever. */
Test(memory_marks, leave_no_more_than_that_of_a_large_bound)
{
    const size_t allowed = 65536 * MIB;
    cr_expect_eq(allowed - pd_memory_marks(allowed, 0).high, 1544 * MIB);
}
