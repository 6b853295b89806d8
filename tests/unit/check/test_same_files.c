/* SPDX-License-Identifier: MIT
 * Which files of a command are told to be another again. */
#include "checking/same_files.h"

#include <criterion/criterion.h>
#include <string.h>

Test(same_files, the_first_with_the_bytes_is_told_unless_the_job_means_it)
{
    static const struct {
        const char *path, *bytes;
        int program;
        const char *told; /* the earlier file */
    } files[] = {
        { "a", "1", 0, NULL },
        { "b", "2", 0, NULL },
        { "c", "1", 0, "a" },
        { "d", "1", 1, "a" },  /* in another program's place */
        { "b", "2", 1, NULL }, /* one path for two programs */
        { "b", "2", 0, "b" },  /* twice for one */
        { "e", "3", PD_NO_PROGRAM, NULL } /* a registry, */,
        { "e", "3", 0, NULL },            /* that is a roster too */
        { "f", "3", PD_NO_PROGRAM, "e" }, /* two versions */
        { "g", "4", PD_THE_REGISTER, NULL },
        { "g", "4", PD_NO_PROGRAM, NULL }, /* a registry that serves as the register */
        { "h", "5", PD_THE_REGISTER, NULL },
        { "h", "5", 0, "h" }, /* a roster with the path of the register */
    };
    struct pd_seen_files seen = { 0 };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct pd_seen_file file = { pd_text_of(files[i].path), files[i].path, files[i].program, "" };
        const struct pd_seen_file *earlier = NULL;
        memcpy(file.digest, files[i].bytes, 2);
        cr_assert_eq(pd_seen_files_add(&seen, &file, &earlier, NULL), PADAN_OK);
        cr_expect_eq(earlier != NULL, files[i].told != NULL, "file %zu", i);
        if (earlier != NULL && files[i].told != NULL) cr_expect_str_eq(earlier->path, files[i].told);
    }
    pd_seen_files_reset(&seen);
}

/* check forgets what it read of a file when it reads the next. */
Test(same_files, names_outlive_their_files)
{
    struct pd_seen_files seen = { 0 };
    const struct pd_seen_file *earlier = NULL;
    char name[] = "first";
    struct pd_seen_file file = { pd_text_of(name), "a", 0, "1" };
    cr_assert_eq(pd_seen_files_add(&seen, &file, &earlier, NULL), PADAN_OK);
    memset(name, 'x', sizeof name - 1);
    file.path = "b";
    cr_assert_eq(pd_seen_files_add(&seen, &file, &earlier, NULL), PADAN_OK);
    cr_assert_not_null(earlier);
    cr_expect(pd_text_equal(earlier->name, PD_TEXT("first")));
    pd_seen_files_reset(&seen);
}
