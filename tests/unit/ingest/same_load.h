/* SPDX-License-Identifier: MIT
 * Two loads are alike in everything but the bytes that codes take: tables, facts about files, rejects. */
#ifndef TESTS_INGEST_SAME_LOAD_H
#define TESTS_INGEST_SAME_LOAD_H

#include "harness.h"

static inline void expect_same_text(struct pd_text a, struct pd_text b, const char *what)
{
    cr_expect(pd_text_equal(a, b), "%s: \"%.*s\" and \"%.*s\"", what, PD_TEXT_ARGS(a), PD_TEXT_ARGS(b));
}

static inline void expect_same_column(const struct pd_column *a, const struct pd_column *b, size_t n)
{
    expect_same_text(a->name, b->name, "name of a column");
    const bool are_codes = pd_encoding_is_own_code(a->encoding) && pd_encoding_is_own_code(b->encoding);
    cr_assert(are_codes || a->encoding == b->encoding, "encoding of %.*s", PD_TEXT_ARGS(a->name));
    cr_assert_eq(a->dictionary->n_entries, b->dictionary->n_entries, "texts of %.*s: %u, %u", PD_TEXT_ARGS(a->name),
                 a->dictionary->n_entries, b->dictionary->n_entries);
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(pd_column_word(a, i), pd_column_word(b, i), "word %zu of %.*s", i, PD_TEXT_ARGS(a->name));
    for (uint32_t code = 1; code <= a->dictionary->n_entries; code++)
        cr_assert(pd_text_equal(pd_dictionary_text(a->dictionary, code), pd_dictionary_text(b->dictionary, code)),
                  "code %u of %.*s", code, PD_TEXT_ARGS(a->name));
}

static inline void expect_same_table(const struct pd_table *a, const struct pd_table *b)
{
    cr_assert_eq(a->n_records, b->n_records, "%zu, %zu records", a->n_records, b->n_records);
    cr_assert_eq(a->n_columns, b->n_columns);
    cr_assert_eq(a->n_sources, b->n_sources);
    for (size_t i = 0; i < a->n_columns; i++) expect_same_column(&a->columns[i], &b->columns[i], a->n_records);
    for (size_t i = 0; i < a->n_sources; i++) {
        expect_same_text(a->sources[i].name, b->sources[i].name, "source");
        cr_expect_eq(a->sources[i].begin, b->sources[i].begin);
        cr_expect_eq(a->sources[i].end, b->sources[i].end);
    }
    cr_expect_eq(memcmp(a->source_of, b->source_of, a->n_records * sizeof *a->source_of), 0);
    cr_expect_eq(memcmp(a->file_of, b->file_of, a->n_records * sizeof *a->file_of), 0);
    cr_expect_eq(memcmp(a->row_of, b->row_of, a->n_records * sizeof *a->row_of), 0);
}

static inline void expect_same_facts(const struct pd_file_result *a, const struct pd_file_result *b)
{
    expect_same_text(a->name, b->name, "name of a file");
    cr_expect_str_eq(a->digest, b->digest);
    cr_expect_eq(a->bytes, b->bytes);
    cr_expect_eq(a->rows_read, b->rows_read);
    cr_expect_eq(a->rows_accepted, b->rows_accepted);
    cr_expect_eq(a->rows_rejected, b->rows_rejected);
    cr_expect_eq(a->rows_skipped, b->rows_skipped);
    cr_expect_eq(a->rows_blank, b->rows_blank);
    cr_expect_eq(a->rows_totals, b->rows_totals);
    cr_expect_eq(a->begin, b->begin);
    cr_expect_eq(a->end, b->end);
    cr_expect_eq(a->delimiter, b->delimiter);
    cr_expect_eq(a->charset, b->charset);
    cr_expect_eq(a->has_bom, b->has_bom);
    cr_expect_eq(a->compressed, b->compressed);
    cr_expect_eq(a->header_row, b->header_row);
    expect_same_text(a->program_flag, b->program_flag, "flag");
    cr_expect_eq(a->totals, b->totals);
    cr_expect_eq(a->id_origin, b->id_origin);
    cr_expect_eq(a->n_repeated_ids, b->n_repeated_ids);
    cr_expect_eq(a->status, b->status);
    cr_assert_eq(a->n_columns, b->n_columns);
    for (size_t i = 0; i < a->n_columns; i++) {
        expect_same_text(a->columns[i].header, b->columns[i].header, "header");
        expect_same_text(a->columns[i].name, b->columns[i].name, "column");
        cr_expect_eq(a->columns[i].n_filled, b->columns[i].n_filled, "filled of column %zu: %llu, %llu", i,
                     (unsigned long long)a->columns[i].n_filled, (unsigned long long)b->columns[i].n_filled);
        cr_expect_eq(a->columns[i].is_program, b->columns[i].is_program);
    }
}

static inline void expect_same(const struct test_load *a, const struct test_load *b)
{
    cr_assert_eq(a->status, b->status, "%s / %s", a->error.message, b->error.message);
    if (a->status != PADAN_OK) return;
    expect_same_table(&a->table, &b->table);
    cr_assert_eq(a->result.n_files, b->result.n_files);
    for (size_t i = 0; i < a->result.n_files; i++) expect_same_facts(&a->result.files[i], &b->result.files[i]);
    cr_assert_eq(a->result.n_rejects, b->result.n_rejects);
    for (size_t i = 0; i < a->result.n_rejects; i++) {
        const struct pd_reject *x = &a->result.rejects[i], *y = &b->result.rejects[i];
        cr_expect(x->offset == y->offset && x->file == y->file && x->row == y->row && x->column == y->column &&
                      x->n_fields == y->n_fields && x->code == y->code,
                  "reject %zu", i);
    }
}

#endif
