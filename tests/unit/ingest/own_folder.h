/* SPDX-License-Identifier: MIT
 * A folder of its own for each test of a suite: .init = make_folder, .fini = remove_folder. */
#ifndef PD_TESTS_INGEST_OWN_FOLDER_H
#define PD_TESTS_INGEST_OWN_FOLDER_H

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[64];

static void make_folder(void)
{
    /* In memory where there is such a place: hundreds of indexes need not wait for the disk. */
    static const char *const parents[] = { "/dev/shm", "/tmp" };
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(folder, sizeof folder, "%s/padan-test-XXXXXX", parents[i]);
        if (mkdtemp(folder) != NULL) return;
    }
    cr_assert_fail("no folder for tests");
}

static void remove_folder(void)
{
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

#endif
