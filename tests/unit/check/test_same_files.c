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
