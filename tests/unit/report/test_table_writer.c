/* SPDX-License-Identifier: MIT */
#include "report/table_writer.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

/* Every third row is left out, every seventh has two lines. */
static size_t format(const void *context, size_t row, struct pd_buffer *out)
{
    (void)context;
    if (row % 3 == 0) return 0;
    const size_t n_lines = row % 7 == 0 ? 2 : 1;
    for (size_t i = 0; i < n_lines; i++) {
        pd_append_u64(out, row);
        pd_append_byte(out, ',');
        pd_append_u64(out, i);
        pd_append_byte(out, '\n');
    }
    return n_lines;
}

static void expected_file(struct pd_buffer *out, size_t n_rows, uint64_t *n_lines)
{
    pd_append_string(out, "a,b\n");
    *n_lines = 0;
    for (size_t row = 0; row < n_rows; row++) *n_lines += format(NULL, row, out);
}

static char path[] = "/tmp/padan-rows-XXXXXX";

static void make_file(void)
{
    const int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    (void)close(descriptor);
}

static void remove_file(void)
{
    (void)unlink(path);
}

TestSuite(table_writer, .init = make_file, .fini = remove_file);

Test(table_writer, the_bytes_do_not_depend_on_threads_or_chunks)
{
    static const size_t sizes[] = { 0, 1, 2, 99, 100, 101, 5000 };
    static const size_t chunks[] = { 1, 7, 100, 0 };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct pd_buffer wanted = { 0 };
        uint64_t n_lines = 0;
        char digests[2][PD_DIGEST_ROOM];
        expected_file(&wanted, sizes[s], &n_lines);
        for (enum pd_digest_kind kind = PD_DIGEST_SHA256; kind <= PD_DIGEST_XXH128; kind++)
            cr_assert_eq(pd_digest_of((struct pd_text){ wanted.data, wanted.length }, kind, digests[kind], NULL),
                         PADAN_OK);
        for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++)
            for (int threads = 1; threads <= 3; threads++) {
                const struct pd_rows rows = { .path = path,
                                              .header = PD_TEXT("a,b"),
                                              .n_rows = sizes[s],
                                              .format = format,
                                              .n_threads = threads,
                                              .chunk_rows = chunks[c],
                                              .digest_kind = threads % 2 == 0 ? PD_DIGEST_SHA256 : PD_DIGEST_XXH128 };
                struct pd_written written;
                struct pd_buffer found = { 0 };
                cr_assert_eq(pd_write_rows(&rows, &written, NULL), PADAN_OK);
                cr_assert_eq(pd_file_read(path, 1 << 20, &found, NULL), PADAN_OK);
                cr_expect(found.length == wanted.length && memcmp(found.data, wanted.data, wanted.length) == 0,
                          "%zu rows, chunks of %zu, %d threads", sizes[s], chunks[c], threads);
                cr_expect(written.n_lines == n_lines && written.bytes == wanted.length);
                cr_expect_str_eq(written.digest, digests[rows.digest_kind]);
                pd_buffer_reset(&found);
            }
        pd_buffer_reset(&wanted);
    }
}

static size_t format_other(const void *context, size_t row, struct pd_buffer *out)
{
    const char *word = context;
    pd_append_string(out, word);
    pd_append_u64(out, row * row);
    pd_append_byte(out, '\n');
    return 1;
}

Test(table_writer, tables_in_one_pass_are_those_of_a_pass_each)
{
    enum { TABLES = 3 };
    static char others[TABLES - 1][32] = { "/tmp/padan-rows-b-XXXXXX", "/tmp/padan-rows-c-XXXXXX" };
    for (size_t i = 0; i < TABLES - 1; i++) {
        const int descriptor = mkstemp(others[i]);
        cr_assert_geq(descriptor, 0);
        (void)close(descriptor);
    }
    for (int threads = 1; threads <= 3; threads++) {
        const struct pd_rows rows[TABLES] = {
            { .path = path, .header = PD_TEXT("a,b"), .n_rows = 5000, .format = format, .n_threads = threads },
            { .path = others[0],
              .header = PD_TEXT("word"),
              .n_rows = 5000,
              .format = format_other,
              .context = "KEJAKSAAN",
              .n_threads = threads,
              .compress = true },
            { .path = others[1],
              .header = PD_TEXT("other"),
              .n_rows = 5000,
              .format = format_other,
              .context = "DESA",
              .n_threads = threads,
              .digest_kind = PD_DIGEST_XXH128 },
        };
        struct pd_written together[TABLES], alone[TABLES];
        cr_assert_eq(pd_write_tables(rows, TABLES, together, NULL), PADAN_OK);
        for (size_t i = 0; i < TABLES; i++) cr_assert_eq(pd_write_rows(&rows[i], &alone[i], NULL), PADAN_OK);
        for (size_t i = 0; i < TABLES; i++) {
            cr_expect_str_eq(together[i].digest, alone[i].digest, "table %zu, %d threads", i, threads);
            cr_expect(together[i].bytes == alone[i].bytes && together[i].n_lines == alone[i].n_lines);
        }
    }
    for (size_t i = 0; i < TABLES - 1; i++) (void)unlink(others[i]);
}

Test(table_writer, a_compressed_file_holds_the_same_bytes)
{
    struct pd_buffer wanted = { 0 }, found = { 0 };
    uint64_t n_lines = 0;
    char first[65] = "";
    expected_file(&wanted, 5000, &n_lines);
    char *content = malloc(wanted.length + 1);
    cr_assert_not_null(content);
    for (int threads = 1; threads <= 3; threads++) {
        const struct pd_rows rows = { .path = path,
                                      .header = PD_TEXT("a,b"),
                                      .n_rows = 5000,
                                      .format = format,
                                      .n_threads = threads,
                                      .chunk_rows = 500,
                                      .compress = true };
        struct pd_written written;
        cr_assert_eq(pd_write_rows(&rows, &written, NULL), PADAN_OK);
        if (threads == 1) memcpy(first, written.digest, sizeof first);
        cr_expect_str_eq(written.digest, first);
    }
    cr_assert_eq(pd_file_read(path, 1 << 20, &found, NULL), PADAN_OK);
    cr_expect_eq(ZSTD_decompress(content, wanted.length + 1, found.data, found.length), wanted.length);
    cr_expect_eq(memcmp(content, wanted.data, wanted.length), 0);
    free(content);
    pd_buffer_reset(&wanted);
    pd_buffer_reset(&found);
}

Test(table_writer, a_file_is_for_its_owner_only)
{
    (void)unlink(path);
    const struct pd_rows rows = {
        .path = path, .header = PD_TEXT("a,b"), .n_rows = 10, .format = format, .n_threads = 1
    };
    cr_assert_eq(pd_write_rows(&rows, NULL, NULL), PADAN_OK);
    struct stat status;
    cr_assert_eq(stat(path, &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0600);
}

/* A file size limit fails the write as a full disk does. */
Test(table_writer, a_full_disk_is_one_sentence)
{
    (void)signal(SIGXFSZ, SIG_IGN);
    const struct rlimit limit = { 1000, 1000 };
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const struct pd_rows rows = {
        .path = path, .header = PD_TEXT("a,b"), .n_rows = 5000, .format = format, .n_threads = 2, .chunk_rows = 100
    };
    struct padan_error error = { 0 };
    cr_expect_eq(pd_write_rows(&rows, NULL, &error), PADAN_IO);
    cr_expect_not_null(strstr(error.message, path));
    const struct pd_rows nowhere = {
        .path = "/proc/none/x.csv", .header = PD_TEXT("a"), .n_rows = 1, .format = format, .n_threads = 1
    };
    cr_expect_eq(pd_write_rows(&nowhere, NULL, &error), PADAN_IO);
}
