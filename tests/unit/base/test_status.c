/* SPDX-License-Identifier: MIT */
#include "base/status.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(status, each_status_has_the_exit_code_of_the_contract)
{
    static const struct {
        enum padan_status status;
        int code;
    } cases[] = {
        { PADAN_OK, 0 }, { PADAN_BAD_ARGUMENT, 2 },  { PADAN_UNSUPPORTED, 2 }, { PADAN_BAD_INPUT, 3 },
        { PADAN_IO, 4 }, { PADAN_OUT_OF_MEMORY, 4 }, { PADAN_LIMIT, 4 },       { PADAN_CANCELLED, 5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(padan_exit_code(cases[i].status), cases[i].code, "status %d", (int)cases[i].status);
}

Test(status, a_message_is_optional_and_cut_to_its_room)
{
    struct padan_error error;
    cr_expect_eq(pd_fail(NULL, PADAN_IO, "nobody listens"), PADAN_IO);
    cr_expect_eq(pd_fail(&error, PADAN_LIMIT, "row %d", 7), PADAN_LIMIT);
    cr_expect_str_eq(error.message, "row 7");
    cr_expect_eq(pd_fail(&error, PADAN_LIMIT, "%*s", 2000, "x"), PADAN_LIMIT);
    cr_expect_eq(strlen(error.message), sizeof error.message - 1);
}

Test(status, the_version_is_its_three_parts)
{
    char parts[32];
    (void)snprintf(parts, sizeof parts, "%d.%d.%d", PADAN_VERSION_MAJOR, PADAN_VERSION_MINOR, PADAN_VERSION_PATCH);
    cr_expect_str_eq(padan_version(), parts);
}
