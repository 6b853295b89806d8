/* SPDX-License-Identifier: MIT
 * Texts as files, read and looked at cell by cell. */
#ifndef TESTS_INGEST_HARNESS_H
#define TESTS_INGEST_HARNESS_H

#include "ingest/ingest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TEST_FILES_MAX = 4 };

/* Files of one load, and what came of it. Everything beyond the contents has a sensible default. */
struct test_load {
    struct pd_input_file files[TEST_FILES_MAX];
    struct pd_input_source sources[TEST_FILES_MAX];
    struct pd_ingest_options options;
    char paths[TEST_FILES_MAX][40];
    int descriptors[TEST_FILES_MAX];
    size_t n;
    struct pd_table table;
    struct pd_ingest_result result;
    struct padan_error error;
    enum padan_status status;
};

/* A file in memory; the first is source "a", the second "b". */
static inline struct pd_input_file *test_add_bytes(struct test_load *load, const void *bytes, size_t n)
{
    const size_t i = load->n++;
    load->descriptors[i] = memfd_create("padan", 0);
    cr_assert_geq(load->descriptors[i], 0);
    cr_assert_eq(write(load->descriptors[i], bytes, n), (ssize_t)n);
    (void)snprintf(load->paths[i], sizeof load->paths[i], "/proc/self/fd/%d", load->descriptors[i]);
    static const char *const names[] = { "a", "b", "c", "d" };
    load->sources[i] = (struct pd_input_source){ .name = pd_text_of(names[i]) };
    load->files[i] = (struct pd_input_file){ .path = load->paths[i], .name = pd_text_of(names[i]), .source = i };
    return &load->files[i];
}

static inline struct pd_input_file *test_add(struct test_load *load, const char *content)
{
    return test_add_bytes(load, content, strlen(content));
}

static inline void test_run(struct test_load *load, bool canonical)
{
    load->options.sources = load->sources;
    load->options.n_sources = load->n;
    load->options.files = load->files;
    load->options.n_files = load->n;
    load->options.canonical = canonical;
    if (load->options.threads == 0) load->options.threads = 1;
    load->error = (struct padan_error){ PADAN_OK, "" };
    load->status = pd_ingest(&load->options, &load->table, &load->result, &load->error);
    for (size_t i = 0; i < load->result.n_files; i++) {
        const struct pd_file_result *file = &load->result.files[i];
        cr_expect_eq(file->rows_read, file->rows_accepted + file->rows_rejected);
    }
}

static inline void test_reset(struct test_load *load)
{
    for (size_t i = 0; i < load->n; i++) (void)close(load->descriptors[i]);
    pd_table_reset(&load->table);
    pd_ingest_result_reset(&load->result);
    *load = (struct test_load){ .n = 0 };
}

/* One file, read well. */
static inline void test_read(struct test_load *load, const char *content, bool canonical)
{
    *load = (struct test_load){ .n = 0 };
    (void)test_add(load, content);
    test_run(load, canonical);
    cr_assert_eq(load->status, PADAN_OK, "%s", load->error.message);
}

static inline struct pd_text test_cell(const struct test_load *load, const char *column, size_t record,
                                       char scratch[24])
{
    const int index = pd_table_find(&load->table, pd_text_of(column));
    cr_assert_geq(index, 0, "no column %s", column);
    cr_assert_lt(record, load->table.n_records);
    return pd_column_text(&load->table.columns[index], record, scratch);
}

#define expect_cell(load, column, record, expected)                                                                    \
    do {                                                                                                               \
        char scratch_[24];                                                                                             \
        const struct pd_text cell_ = test_cell((load), (column), (record), scratch_);                                  \
        cr_expect(pd_text_equal(cell_, pd_text_of(expected)), "%s[%zu] is '%.*s', not '%s'", (column),                 \
                  (size_t)(record), PD_TEXT_ARGS(cell_), (expected));                                                  \
    } while (0)

#endif
