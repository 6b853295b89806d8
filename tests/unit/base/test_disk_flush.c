/* SPDX-License-Identifier: MIT */
#include "base/disk_flush.h"
#include "base/file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const uint64_t MANY_BYTES = (uint64_t)1 << 30;

/* None has it: every flush fails. */
enum { CLOSED = 900 };

Test(disk_flush, many_bytes_are_flushed_and_few_are_not)
{
    struct pd_disk_flush flush = { 0 };
    pd_disk_flush_begin(&flush, CLOSED);
    pd_disk_flush_given(&flush, 1);
    cr_expect_eq(pd_disk_flush_end(&flush), 0, "nothing was flushed");
    pd_disk_flush_begin(&flush, CLOSED);
    pd_disk_flush_given(&flush, MANY_BYTES);
    pd_disk_flush_given(&flush, MANY_BYTES);
    cr_expect_eq(pd_disk_flush_end(&flush), EBADF);
}

Test(disk_flush, nothing_is_flushed_before_it_has_begun)
{
    struct pd_disk_flush flush = { 0 };
    pd_disk_flush_given(&flush, MANY_BYTES);
    pd_disk_flush_given(NULL, MANY_BYTES);
    cr_expect_eq(pd_disk_flush_end(&flush), 0);
    pd_disk_flush_begin(&flush, -1); /* a folder without a lock */
    pd_disk_flush_given(&flush, MANY_BYTES);
    cr_expect_eq(pd_disk_flush_end(&flush), 0);
}

Test(disk_flush, a_flush_that_failed_fails_the_files)
{
    struct pd_unsynced unsynced = { 0 };
    struct padan_error error;
    pd_disk_flush_begin(&unsynced.flush, CLOSED);
    pd_disk_flush_given(&unsynced.flush, MANY_BYTES);
    cr_expect_eq(pd_unsynced_close(&unsynced, &error), PADAN_IO);
    cr_expect_str_eq(error.message, "cannot write the folder of the results: Bad file descriptor");
}

Test(disk_flush, a_file_tells_what_it_gives)
{
    static char piece[1 << 20];
    char path[] = "/tmp/padan-flush-XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    (void)close(descriptor);
    struct pd_disk_flush flush = { 0 };
    pd_disk_flush_begin(&flush, CLOSED);
    struct pd_sink sink;
    cr_assert_eq(pd_sink_open(&sink, path, NULL), PADAN_OK);
    sink.flush = &flush;
    for (size_t i = 0; i < 80; i++) cr_assert_eq(pd_sink_append(&sink, piece, sizeof piece, NULL), PADAN_OK);
    cr_expect_eq(pd_sink_close(&sink, NULL), PADAN_OK);
    cr_expect_eq(pd_disk_flush_end(&flush), EBADF);
    (void)unlink(path);
}
