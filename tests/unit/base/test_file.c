/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make_folder(void)
{
    memcpy(folder, "/tmp/padan-test-XXXXXX", sizeof "/tmp/padan-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
}

static void remove_folder(void)
{
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

/* Path of a name in the folder, in one of a few static buffers. */
static const char *in_folder(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

TestSuite(file, .init = make_folder, .fini = remove_folder);

Test(file, written_files_are_private_and_read_back)
{
    cr_assert_eq(pd_file_write(in_folder("a"), PD_TEXT("isi\n"), NULL), PADAN_OK);
    struct stat status;
    cr_assert_eq(stat(in_folder("a"), &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0600);
    struct pd_buffer buffer = { 0 };
    pd_append_string(&buffer, "before ");
    cr_assert_eq(pd_file_read(in_folder("a"), 100, &buffer, NULL), PADAN_OK);
    cr_expect_str_eq(buffer.data, "before isi\n");
    cr_expect_eq(buffer.length, 11);
    pd_buffer_reset(&buffer);
}

Test(file, reading_fails_with_the_right_status)
{
    struct pd_buffer buffer = { 0 };
    struct padan_error error;
    cr_expect_eq(pd_file_read(in_folder("absent"), 100, &buffer, &error), PADAN_BAD_INPUT);
    cr_expect(strstr(error.message, "no such file") != NULL);
    cr_assert_eq(pd_file_write(in_folder("big"), PD_TEXT("0123456789"), NULL), PADAN_OK);
    cr_expect_eq(pd_file_read(in_folder("big"), 9, &buffer, &error), PADAN_LIMIT);
    cr_assert_eq(pd_file_write(in_folder("empty"), PD_TEXT(""), NULL), PADAN_OK);
    pd_buffer_clear(&buffer);
    cr_expect_eq(pd_file_read(in_folder("empty"), 9, &buffer, &error), PADAN_OK);
    cr_expect_eq(buffer.length, 0);
    pd_buffer_reset(&buffer);
}

Test(file, folders_are_made_with_parents_published_and_removed)
{
    cr_assert_eq(pd_directory_make(in_folder("a/b/c"), NULL), PADAN_OK);
    cr_assert_eq(pd_directory_make(in_folder("a/b/c"), NULL), PADAN_OK);
    cr_assert_eq(pd_file_write(in_folder("a/b/c/file"), PD_TEXT("x"), NULL), PADAN_OK);
    cr_assert_eq(pd_directory_publish(in_folder("a/b"), in_folder("a/done"), NULL), PADAN_OK);
    cr_expect_eq(access(in_folder("a/done/c/file"), R_OK), 0);
    cr_expect_neq(access(in_folder("a/b"), R_OK), 0);
    cr_expect_eq(pd_directory_make(in_folder("a/done/c/file"), NULL), PADAN_IO);
    cr_assert_eq(pd_directory_remove(in_folder("a"), NULL), PADAN_OK);
    cr_expect_neq(access(in_folder("a"), R_OK), 0);
    cr_expect_eq(pd_directory_remove(in_folder("a"), NULL), PADAN_OK, "removing what is not there is no error");
}

Test(file, a_sink_takes_blocks_in_any_order)
{
    struct pd_sink sink;
    cr_assert_eq(pd_sink_open(&sink, in_folder("sink"), NULL), PADAN_OK);
    cr_assert_eq(pd_sink_append(&sink, "head\n", 5, NULL), PADAN_OK);
    cr_assert_eq(pd_sink_write_at(&sink, "two\n", 4, 9, NULL), PADAN_OK);
    cr_assert_eq(pd_sink_write_at(&sink, "one\n", 4, 5, NULL), PADAN_OK);
    cr_assert_eq(pd_sink_close(&sink, NULL), PADAN_OK);
    pd_sink_abandon(&sink);
    struct pd_buffer buffer = { 0 };
    cr_assert_eq(pd_file_read(in_folder("sink"), 100, &buffer, NULL), PADAN_OK);
    cr_expect_str_eq(buffer.data, "head\none\ntwo\n");
    pd_buffer_reset(&buffer);
}

Test(file, sinks_can_be_closed_later_together)
{
    static const char *const names[] = { "later-a", "later-b" };
    struct pd_unsynced unsynced = { 0 };
    for (size_t i = 0; i < 2; i++) {
        struct pd_sink sink;
        cr_assert_eq(pd_sink_open(&sink, in_folder(names[i]), NULL), PADAN_OK);
        cr_assert_eq(pd_sink_append(&sink, names[i], 7, NULL), PADAN_OK);
        cr_assert_eq(pd_sink_close_later(&sink, &unsynced, NULL), PADAN_OK);
        cr_expect_eq(sink.descriptor, -1, "the list has it now");
    }
    cr_expect_eq(unsynced.n_sinks, 2);
    cr_expect_eq(pd_unsynced_close(&unsynced, NULL), PADAN_OK);
    cr_expect_eq(unsynced.n_sinks, 0);
    pd_unsynced_abandon(&unsynced);
    struct pd_buffer buffer = { 0 };
    cr_assert_eq(pd_file_read(in_folder("later-b"), 100, &buffer, NULL), PADAN_OK);
    cr_expect_str_eq(buffer.data, "later-b");
    pd_buffer_reset(&buffer);
}

Test(file, a_file_that_cannot_be_synced_fails_by_its_name)
{
    struct pd_unsynced unsynced = { 0 };
    struct pd_sink sink;
    struct padan_error error;
    cr_assert_eq(pd_sink_open(&sink, in_folder("lost"), NULL), PADAN_OK);
    (void)close(sink.descriptor);
    cr_assert_eq(pd_sink_close_later(&sink, &unsynced, NULL), PADAN_OK);
    cr_expect_eq(pd_unsynced_close(&unsynced, &error), PADAN_IO);
    cr_expect(strstr(error.message, "lost") != NULL, "%s", error.message);
    cr_expect_eq(unsynced.n_sinks, 0);
}

Test(file, a_sink_that_cannot_be_opened_says_where)
{
    struct pd_sink sink;
    struct padan_error error;
    cr_expect_eq(pd_sink_open(&sink, in_folder("no/such/folder"), &error), PADAN_IO);
    cr_expect(strstr(error.message, "no/such/folder") != NULL);
    pd_sink_abandon(&sink);
}

Test(file, a_full_disk_is_reported_as_such)
{
    if (access("/dev/full", W_OK) != 0) cr_skip("no /dev/full here");
    struct pd_sink sink;
    struct padan_error error;
    cr_assert_eq(pd_sink_open(&sink, "/dev/full", NULL), PADAN_OK);
    cr_expect_eq(pd_sink_append(&sink, "x", 1, &error), PADAN_IO);
    cr_expect(strstr(error.message, "free some disk space") != NULL, "%s", error.message);
    pd_sink_abandon(&sink);
}

Test(file, paths_are_joined_and_taken_apart)
{
    static const struct {
        const char *directory, *name, *joined, *parent, *base;
    } cases[] = {
        { "a/b", "c.csv", "a/b/c.csv", "a/b", "c.csv" },
        { "a/", "c", "a/c", "a", "c" },
        { "a", "/c", "/c", "/", "c" },
        { "", "c", "c", ".", "c" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_buffer buffer = { 0 };
        pd_path_join(&buffer, pd_text_of(cases[i].directory), pd_text_of(cases[i].name));
        cr_expect_str_eq(buffer.data, cases[i].joined);
        const struct pd_text joined = { buffer.data, buffer.length };
        cr_expect(pd_text_equal(pd_path_directory(joined), pd_text_of(cases[i].parent)), "%s", cases[i].joined);
        cr_expect(pd_text_equal(pd_path_base(joined), pd_text_of(cases[i].base)), "%s", cases[i].joined);
        pd_buffer_reset(&buffer);
    }
}

Test(file, one_folder_is_told_however_it_is_written)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        { "/tmp/a", "/tmp/b", true },
        { "/tmp/a", "/tmp/./b", true },
        { "/a", "/b", true },
        { "/tmp/a", "/usr/../tmp/b", true },
        { "a", "./b", true },
        { "/tmp/a", "/usr/b", false },
        { "/tmp/a", "/no such folder/b", false },
        { "/no such folder/a", "/no such folder/b", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool same = !cases[i].same;
        cr_assert_eq(pd_path_same_folder(cases[i].a, cases[i].b, &same, NULL), PADAN_OK);
        cr_expect_eq(same, cases[i].same, "%s, %s", cases[i].a, cases[i].b);
    }
}

Test(file, what_leaves_the_page_cache_is_in_the_file)
{
    enum { PIECE = 1000003, PIECES = 90 };
    struct pd_sink sink;
    struct pd_buffer piece = { 0 };
    struct pd_buffer whole = { 0 };
    char *to = pd_buffer_reserve(&piece, PIECE + PIECES);
    for (size_t i = 0; i < PIECE + PIECES; i++) to[i] = (char)(i * i >> 7);
    cr_assert_eq(pd_sink_open(&sink, in_folder("leaves"), NULL), PADAN_OK);
    sink.leaves = true;
    for (size_t i = 0; i < PIECES; i++) cr_assert_eq(pd_sink_append(&sink, to + i, PIECE, NULL), PADAN_OK);
    cr_expect_gt(sink.left, 0, "most of it is told to go");
    cr_assert_eq(pd_sink_close(&sink, NULL), PADAN_OK);
    cr_assert_eq(pd_file_read(in_folder("leaves"), PIECE * PIECES, &whole, NULL), PADAN_OK);
    cr_assert_eq(whole.length, (size_t)PIECE * PIECES);
    for (size_t i = 0; i < PIECES; i++) cr_expect(memcmp(whole.data + i * PIECE, to + i, PIECE) == 0, "piece %zu", i);
    pd_buffer_reset(&piece);
    pd_buffer_reset(&whole);
}

/* Lengths around those of the pieces, and many short ones. */
Test(file, a_sink_that_holds_bytes_back_writes_what_was_appended)
{
    static const size_t lengths[] = { 1, 131071, 131072, 0, 131073, 7, 65536, 65536, 400000, 3, 262144, 131069 };
    static char bytes[400000];
    struct pd_sink sink;
    struct pd_buffer wanted = { 0 };
    struct pd_buffer got = { 0 };
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * i >> 5);
    for (size_t short_ones = 0; short_ones < 300; short_ones += 149) {
        pd_buffer_clear(&wanted);
        pd_buffer_clear(&got);
        cr_assert_eq(pd_sink_open(&sink, in_folder("held"), NULL), PADAN_OK);
        sink.leaves = true;
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths + short_ones; i++) {
            const size_t length = i < short_ones ? 1000 + i : lengths[i - short_ones];
            cr_assert_eq(pd_sink_append(&sink, bytes + i, length - (length == sizeof bytes ? i : 0), NULL), PADAN_OK);
            pd_append_bytes(&wanted, bytes + i, length - (length == sizeof bytes ? i : 0));
            cr_assert_eq(sink.length, wanted.length);
        }
        cr_assert_eq(pd_sink_close(&sink, NULL), PADAN_OK);
        cr_assert_eq(pd_file_read(in_folder("held"), wanted.length, &got, NULL), PADAN_OK);
        cr_assert_eq(got.length, wanted.length, "%zu short ones", short_ones);
        cr_expect(memcmp(got.data, wanted.data, wanted.length) == 0, "%zu short ones", short_ones);
    }
    pd_buffer_reset(&wanted);
    pd_buffer_reset(&got);
}

Test(file, what_is_held_back_is_written_before_a_sink_is_closed_later)
{
    struct pd_unsynced unsynced = { 0 };
    struct pd_buffer got = { 0 };
    struct pd_sink sink;
    cr_assert_eq(pd_sink_open(&sink, in_folder("held later"), NULL), PADAN_OK);
    sink.leaves = true;
    cr_assert_eq(pd_sink_append(&sink, "few bytes", 9, NULL), PADAN_OK);
    cr_assert_eq(pd_sink_close_later(&sink, &unsynced, NULL), PADAN_OK);
    cr_assert_eq(pd_file_read(in_folder("held later"), 100, &got, NULL), PADAN_OK);
    cr_expect_str_eq(got.data, "few bytes");
    cr_expect_eq(pd_unsynced_close(&unsynced, NULL), PADAN_OK);
    pd_buffer_reset(&got);
}

Test(file, what_was_held_back_and_does_not_fit_is_told_when_the_sink_is_closed)
{
    if (access("/dev/full", W_OK) != 0) cr_skip("no /dev/full here");
    struct pd_unsynced unsynced = { 0 };
    struct padan_error error;
    for (int later = 0; later < 2; later++) {
        struct pd_sink sink;
        cr_assert_eq(pd_sink_open(&sink, "/dev/full", NULL), PADAN_OK);
        sink.leaves = true;
        cr_expect_eq(pd_sink_append(&sink, "x", 1, NULL), PADAN_OK);
        const enum padan_status status =
            later ? pd_sink_close_later(&sink, &unsynced, &error) : pd_sink_close(&sink, &error);
        cr_expect_eq(status, PADAN_IO);
        cr_expect(strstr(error.message, "free some disk space") != NULL, "%s", error.message);
    }
    cr_expect_eq(unsynced.n_sinks, 0);
    pd_unsynced_abandon(&unsynced);
}
