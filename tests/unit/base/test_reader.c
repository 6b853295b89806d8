/* SPDX-License-Identifier: MIT
 * What is stored comes out of the reader once, in order and hashed, however it is compressed and whatever is asked for.
 */
#include "base/buffer.h"
#include "base/file.h"
#include "base/reader.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { STORED_MAX = 4096 };

static size_t gzip_member(const char *text, char *out, size_t room)
{
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)text,
                        .avail_in = (uInt)strlen(text),
                        .next_out = (Bytef *)out,
                        .avail_out = (uInt)room };
    cr_assert_eq(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    (void)deflateEnd(&stream);
    return room - stream.avail_out;
}

static size_t zstd_frame(const char *text, char *out, size_t room)
{
    return ZSTD_compress(out, room, text, strlen(text), 1);
}

/* A file of these bytes, read in pieces; returns the status, fills out. */
static enum padan_status read_all(const char *stored, size_t n, size_t piece, char *out, struct padan_error *error)
{
    char path[40];
    const int descriptor = memfd_create("padan", 0);
    cr_assert_eq(write(descriptor, stored, n), (ssize_t)n);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    struct pd_reader reader;
    size_t at = 0;
    size_t got = piece;
    enum padan_status status = pd_reader_open(&reader, path, NULL, error);
    const bool regular = reader.regular;
    while (status == PADAN_OK && got == piece) {
        status = pd_reader_read(&reader, out + at, piece, &got, error);
        at += got;
    }
    out[at] = '\0';
    cr_expect(status != PADAN_OK || regular || reader.bytes == n, "%zu of %zu bytes read", (size_t)reader.bytes, n);
    pd_reader_close(&reader);
    (void)close(descriptor);
    return status;
}

static void expect_text(const char *stored, size_t n, const char *wanted)
{
    char out[STORED_MAX];
    for (size_t piece = 1; piece < 40; piece++) {
        struct padan_error error = { PADAN_OK, "" };
        cr_expect_eq(read_all(stored, n, piece, out, &error), PADAN_OK, "%s", error.message);
        cr_expect_str_eq(out, wanted, "pieces of %zu", piece);
    }
}

Test(reader, plain_files_come_as_they_are)
{
    expect_text("id,nama\n1,A\n", 12, "id,nama\n1,A\n");
    expect_text("", 0, "");
}

Test(reader, members_and_frames_that_follow_are_one_input)
{
    char stored[STORED_MAX];
    size_t n = gzip_member("id,nama\n1,", stored, sizeof stored);
    n += gzip_member("A\n", stored + n, sizeof stored - n);
    memset(stored + n, 0, 300); /* padding, as tape archives leave it */
    expect_text(stored, n + 300, "id,nama\n1,A\n");
    n = zstd_frame("id,nama\n", stored, sizeof stored);
    n += zstd_frame("1,A\n", stored + n, sizeof stored - n);
    expect_text(stored, n, "id,nama\n1,A\n");
}

Test(reader, what_is_cut_off_is_refused)
{
    char stored[STORED_MAX];
    char out[STORED_MAX];
    struct padan_error error = { PADAN_OK, "" };
    size_t n = gzip_member("id,nama\n1,A\n", stored, sizeof stored);
    cr_expect_eq(read_all(stored, n - 9, 7, out, &error), PADAN_BAD_INPUT);
    n = zstd_frame("id,nama\n1,A\n", stored, sizeof stored);
    cr_expect_eq(read_all(stored, n - 3, 7, out, &error), PADAN_BAD_INPUT);
    cr_expect(strstr(error.message, "cut off") != NULL, "%s", error.message);
}

Test(reader, what_stands_behind_the_last_member_is_zero_or_refused)
{
    char stored[STORED_MAX] = { 0 };
    char out[STORED_MAX];
    for (int frames = 0; frames < 2; frames++) {
        struct padan_error error = { PADAN_OK, "" };
        const size_t n = (frames ? zstd_frame : gzip_member)("id,nama\n1,A\n", stored, sizeof stored);
        memset(stored + n, 0, 512);
        expect_text(stored, n + 512, "id,nama\n1,A\n");
        memcpy(stored + n + 300, "x", 1);
        cr_expect_eq(read_all(stored, n + 512, 7, out, &error), PADAN_BAD_INPUT);
        cr_expect(strstr(error.message, "behind the compressed data") != NULL, "%s", error.message);
    }
}

Test(reader, frames_to_be_skipped_are_passed_over)
{
    static const char skipped[] = "\x50\x2a\x4d\x18\x03\x00\x00\x00xyz";
    const size_t m = sizeof skipped - 1;
    char stored[STORED_MAX];
    memcpy(stored, skipped, m);
    size_t n = m + zstd_frame("id,nama\n", stored + m, sizeof stored - m);
    memcpy(stored + n, skipped, m);
    n += m;
    n += zstd_frame("1,A\n", stored + n, sizeof stored - n);
    memcpy(stored + n, skipped, m);
    expect_text(stored, n + m, "id,nama\n1,A\n");
}

Test(reader, too_many_open_files_are_the_system_and_not_the_input)
{
    struct rlimit usual, none;
    struct pd_reader reader;
    struct pd_buffer content = { 0 };
    struct padan_error of_reader = { PADAN_OK, "" }, of_file = { PADAN_OK, "" };
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &usual), 0);
    none = usual;
    none.rlim_cur = 0;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    const enum padan_status opened = pd_reader_open(&reader, "/dev/null", NULL, &of_reader);
    const enum padan_status read = pd_file_read("/dev/null", 16, &content, &of_file);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &usual), 0);
    cr_expect_eq(opened, PADAN_IO, "%s", of_reader.message);
    cr_expect_eq(read, PADAN_IO, "%s", of_file.message);
    pd_buffer_reset(&content);
}
