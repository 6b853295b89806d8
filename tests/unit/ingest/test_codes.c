/* SPDX-License-Identifier: MIT
 * Codes of texts over many waves: columns of few, of ever more and of nearly only new texts have the numbers that
 * insertion one by one gives, in as few bytes as hold them. */
#include "harness.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/random.h"

enum { N_ROWS = 320000, N_COLUMNS = 6, PIECE_BYTES = 1 << 15 };

/* How many texts a column has, what they begin with, and how often it has none. Of "short" the texts are short, and
 * more than are looked for in one cache line. Those of the last two come one after another, and soon are more than a
 * byte can tell apart, or late more than two. */
static const char *const names[N_COLUMNS] = { "few", "some", "many", "short", "later", "latest" };
static const uint64_t kinds[N_COLUMNS] = { 5, 3000, 900000, 60000, 0, 0 };
static const uint64_t rows_per_kind[N_COLUMNS] = { 0, 0, 0, 0, 200, 4 };
static const char *const beginnings[N_COLUMNS] = { "text ", "text ", "text ", "t", "text ", "text " };
static const uint64_t missing[N_COLUMNS] = { 4, 1000, 50, 1000, 1000, 1000 };
static const enum pd_encoding encodings[N_COLUMNS] = { PD_ENCODING_CODE8,  PD_ENCODING_CODE16, PD_ENCODING_CODE,
                                                       PD_ENCODING_CODE16, PD_ENCODING_CODE16, PD_ENCODING_CODE };

/* The cell of a row, 0 for an empty one: drawn in the order of the file. */
static uint64_t draw(struct pd_random *random, size_t row, size_t column)
{
    const uint64_t kind =
        (kinds[column] > 0 ? pd_random_below(random, kinds[column]) : row / rows_per_kind[column]) + 1;
    return pd_random_below(random, missing[column]) == 0 ? 0 : kind * kind;
}

static void append_cell(struct pd_buffer *out, size_t column, uint64_t cell)
{
    if (cell == 0) return;
    pd_append_string(out, beginnings[column]);
    pd_append_u64(out, cell);
}

static void make_file(struct pd_buffer *out)
{
    struct pd_random random = pd_random_stream(7, 1);
    pd_append_string(out, "few,some,many,short,later,latest\n");
    for (size_t row = 0; row < N_ROWS; row++)
        for (size_t column = 0; column < N_COLUMNS; column++) {
            append_cell(out, column, draw(&random, row, column));
            pd_append_byte(out, column + 1 == N_COLUMNS ? '\n' : ',');
        }
    cr_assert_eq(pd_buffer_status(out, NULL), PADAN_OK);
}

/* Compares the codes of the table with those of dictionaries that get the cells one by one. */
static void compare(const struct pd_table *table)
{
    struct pd_random random = pd_random_stream(7, 1);
    struct pd_dictionary expected[N_COLUMNS] = { { 0 } };
    const struct pd_column *columns[N_COLUMNS];
    for (size_t column = 0; column < N_COLUMNS; column++)
        columns[column] = &table->columns[pd_table_find(table, pd_text_of(names[column]))];
    struct pd_buffer cell = { 0 };
    for (size_t row = 0; row < N_ROWS; row++)
        for (size_t column = 0; column < N_COLUMNS; column++) {
            uint32_t code = 0;
            pd_buffer_clear(&cell);
            append_cell(&cell, column, draw(&random, row, column));
            const struct pd_text text = { cell.data, cell.length };
            if (text.length > 0)
                cr_assert_eq(pd_dictionary_insert(&expected[column], text, pd_hash_text(text), &code, NULL), PADAN_OK);
            cr_assert_eq(pd_column_word(columns[column], row), code, "row %zu, column %zu", row, column);
            cr_assert(pd_text_equal(pd_dictionary_text(columns[column]->dictionary, code), text));
        }
    for (size_t column = 0; column < N_COLUMNS; column++) {
        cr_assert_eq(columns[column]->encoding, encodings[column], "%s: %d", names[column], columns[column]->encoding);
        cr_assert_eq(columns[column]->dictionary->n_entries, expected[column].n_entries);
        pd_dictionary_reset(&expected[column]);
    }
    pd_buffer_reset(&cell);
}

Test(codes, are_those_of_first_appearance_for_any_number_of_threads)
{
    struct pd_buffer file = { 0 };
    make_file(&file);
    for (int threads = 1; threads <= 2; threads++) {
        struct test_load load = { .n = 0 };
        (void)test_add_bytes(&load, file.data, file.length);
        load.options.threads = threads;
        load.options.chunk_bytes = PIECE_BYTES;
        test_run(&load, false);
        cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
        cr_assert_eq(load.table.n_records, N_ROWS);
        compare(&load.table);
        test_reset(&load);
    }
    pd_buffer_reset(&file);
}
