/* SPDX-License-Identifier: MIT
 * Rows without quotes are read by a faster way. Its twin is the way of all other rows: the same cells with the first
 * one of each row in quotes give the same table. */
#include "base/buffer.h"
#include "base/random.h"
#include "same_load.h"

enum { N_ROWS = 700 };

/* The cells of a row that is not quite like the others. */
static const char *const oddities[] = {
    "7;Siti;;3201014101809003", /* as many cells as there are columns */
    " 8 ; Ani\t;  ; ",          /* blanks around cells, or nothing but blanks */
    ";Budi;x;1",                /* the first cell is empty */
    "9;Nur",                    /* too few */
    "10;Adi;x;1;;",             /* too many, that are empty */
    "11;Adi;x;1;y",             /* or not */
    "JUMLAH;;;5",               /* no record in a canonical load */
    "Total;Surya;x;2",          /* a record all the same */
    "12;Jos\xe9;x;3",
    "13;Jos\xc3\xa9;y;4",                            /* bytes above 127 */
    "14;a very long cell that no other row has;z;5", /* which the limit of fields refuses */
    "15;C;3201014101809003;6\r",                     /* the line end of other systems */
};

static void append_row(struct pd_buffer *out, const char *row, bool in_quotes)
{
    const size_t first = strcspn(row, ";");
    if (in_quotes) pd_append_byte(out, '"');
    pd_append_text(out, (struct pd_text){ row, first });
    if (in_quotes) pd_append_byte(out, '"');
    pd_append_string(out, row + first);
    pd_append_byte(out, '\n');
}

static void append_usual_row(struct pd_buffer *out, struct pd_random *random, size_t i, bool in_quotes)
{
    char row[96];
    const size_t length = (size_t)pd_random_below(random, 20);
    (void)snprintf(row, sizeof row, "%zu;%.*s;x%u;%u", i, (int)length, "ABCDEFGHIJKLMNOPQRST",
                   (unsigned)pd_random_below(random, 5), (unsigned)pd_random_below(random, 1000));
    append_row(out, row, in_quotes);
}

static void make_file(uint64_t seed, bool in_quotes, struct pd_buffer *out)
{
    struct pd_random random = pd_random_stream(11, seed);
    pd_append_string(out, "nomor;nama;nik;nominal\n");
    for (size_t i = 0; i < N_ROWS; i++) {
        const uint64_t odd = pd_random_below(&random, 4 * sizeof oddities / sizeof *oddities);
        if (odd < sizeof oddities / sizeof *oddities)
            append_row(out, oddities[odd], in_quotes);
        else
            append_usual_row(out, &random, i, in_quotes);
    }
    if (seed % 2 == 0) out->length--; /* no line end behind the last row */
    cr_assert_eq(pd_buffer_status(out, NULL), PADAN_OK);
}

static void load_file(struct test_load *load, uint64_t seed, bool in_quotes, size_t chunk_bytes)
{
    struct pd_buffer file = { 0 };
    make_file(seed, in_quotes, &file);
    *load = (struct test_load){ .n = 0 };
    test_add_bytes(load, file.data, file.length)->delimiter = ';';
    load->options.chunk_bytes = chunk_bytes;
    load->options.field_limit = 36;
    test_run(load, seed % 3 == 0);
    cr_assert_eq(load->status, PADAN_OK, "%s", load->error.message);
    pd_buffer_reset(&file);
}

Test(plain_rows, are_those_of_the_way_for_all_rows)
{
    static const size_t chunks[] = { 0, 100, 5000 };
    for (uint64_t seed = 0; seed < 12; seed++)
        for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
            struct test_load plain, quoted;
            (void)setenv("PADAN_CPU", seed % 4 == 1 ? "scalar" : "", 1);
            load_file(&plain, seed, false, chunks[i]);
            load_file(&quoted, seed, true, chunks[i]);
            expect_same_table(&plain.table, &quoted.table);
            const struct pd_file_result *a = &plain.result.files[0], *b = &quoted.result.files[0];
            cr_expect_eq(a->rows_read, b->rows_read);
            cr_expect_eq(a->rows_rejected, b->rows_rejected);
            cr_expect_gt(a->rows_rejected, 0);
            cr_expect_eq(a->rows_totals, b->rows_totals);
            cr_expect_eq(a->rows_totals > 0, seed % 3 == 0);
            cr_expect_eq(a->charset, b->charset);
            for (size_t j = 0; j < plain.result.n_rejects; j++) {
                cr_expect_eq(plain.result.rejects[j].row, quoted.result.rejects[j].row);
                cr_expect_eq(plain.result.rejects[j].code, quoted.result.rejects[j].code);
            }
            test_reset(&plain);
            test_reset(&quoted);
        }
}

/* Rows of more fields than are looked at so, and longer than what is looked at at a time. */
Test(plain_rows, may_have_many_fields)
{
    static const size_t widths[] = { 1, 2, 255, 256, 257, 700 };
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        struct pd_buffer file = { 0 };
        struct test_load load = { .n = 0 };
        for (size_t row = 0; row < 40; row++) {
            for (size_t i = 0; i < widths[w]; i++)
                pd_append_format(&file, "%s%s%zu", i > 0 ? ";" : "", row == 0 ? "column" : "cell of a row ", i + row);
            pd_append_byte(&file, '\n');
        }
        cr_assert_eq(pd_buffer_status(&file, NULL), PADAN_OK);
        test_add_bytes(&load, file.data, file.length)->delimiter = ';';
        load.options.chunk_bytes = 10000;
        test_run(&load, false);
        cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
        cr_assert_eq(load.table.n_records, 39);
        for (size_t row = 1; row < 40; row++) {
            char name[32], cell[32];
            const size_t last = widths[w] - 1;
            (void)snprintf(name, sizeof name, "column%zu", last);
            (void)snprintf(cell, sizeof cell, "cell of a row %zu", last + row);
            expect_cell(&load, name, row - 1, cell);
        }
        test_reset(&load);
        pd_buffer_reset(&file);
    }
}
