/* SPDX-License-Identifier: MIT
 * Every row is a record, a reject, or counted as neither; the same however the file is cut. */
#include "base/memory.h"
#include "base/random.h"
#include "harness.h"

static void expect_reject(const struct test_load *load, size_t i, unsigned row, const char *code, const char *column)
{
    cr_assert_lt(i, load->result.n_rejects);
    const struct pd_reject *reject = &load->result.rejects[i];
    struct pd_buffer reason = { 0 };
    pd_reject_reason(&load->result, reject, &reason);
    cr_expect_eq(reject->row, row, "reject %zu: row %u", i, reject->row);
    cr_expect_str_eq(pd_reject_code_name(reject->code), code);
    cr_expect(pd_text_equal(pd_reject_column(&load->result, reject), pd_text_of(column)));
    cr_expect_gt(reason.length, 10);
    pd_buffer_reset(&reason);
}

Test(rows, broken_rows_cost_themselves_only)
{
    struct test_load load = { .n = 0 };
    (void)test_add(
        &load,
        "nik,nama,x\n1,A,\n2,B\n3,C,,,z\n4,\"D,\n5,E,\n6,\"F\"G,\n7,\"H\nI\",\n8,JJJJJJJJJJJJJJJJJJJJJ,\n9,K,\n");
    load.options.field_limit = 20;
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    cr_expect_eq(load.result.files[0].rows_read, 9);
    cr_assert_eq(load.result.n_rejects, 4, "%zu", load.result.n_rejects);
    expect_reject(&load, 0, 3, "JUMLAH_KOLOM", "");
    expect_reject(&load, 1, 4, "JUMLAH_KOLOM", "");
    expect_reject(&load, 2, 5, "KUTIP_TIDAK_DITUTUP", "nama");
    cr_expect_eq(load.result.rejects[2].offset, 28);
    cr_assert_eq(load.table.n_records, 5);
    expect_cell(&load, "nama", 1, "E");
    expect_cell(&load, "nama", 2, "FG"); /* closed early in one line: the signs are dropped, the text is kept */
    expect_cell(&load, "nama", 3, "H\nI");
    expect_cell(&load, "nama", 4, "K");
    cr_expect_eq(load.table.row_of[4], 10);
    test_reset(&load);
}

Test(rows, a_header_that_comes_again_is_no_record)
{
    static const char content[] =
        "nik,nama,x\n1,A,\nnik,nama,x\n2,B,\n\"nik\",\"nama\",x\nnik,nama,y\nnik,,\nnik,nama\n3,C,\n"
        "\xEF\xBB\xBFnik,nama,x,,\n";
    for (size_t chunk_bytes = 0; chunk_bytes < 40; chunk_bytes += 8) {
        struct test_load load = { .n = 0 };
        (void)test_add(&load, content);
        load.options.chunk_bytes = chunk_bytes;
        test_run(&load, chunk_bytes % 16 == 0);
        cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
        cr_assert_eq(load.table.n_records, 5);
        expect_cell(&load, "nama", 2, "nama"); /* its last cell is another */
        expect_cell(&load, "nama", 4, "C");
        cr_assert_eq(load.result.n_rejects, 4);
        expect_reject(&load, 0, 3, "KEPALA_BERULANG", "");
        expect_reject(&load, 1, 5, "KEPALA_BERULANG", "");
        expect_reject(&load, 2, 8, "JUMLAH_KOLOM", "");
        expect_reject(&load, 3, 10, "KEPALA_BERULANG", "");
        test_reset(&load);
    }
    struct test_load one = { .n = 0 }; /* a single column: its header may be a value */
    test_read(&one, "nama\nA\nnama\n", true);
    cr_expect_eq(one.table.n_records, 2);
    test_reset(&one);
}

/* Wherever the file is cut: a piece without such a byte may end in a row that has one. At the edges of a cell it is cut
 * off with the spaces, and no column is told. */
Test(rows, with_a_zero_byte_are_rejected)
{
    enum { N_GOOD = 200 };
    static const char rows[] = "1,A\0B,\n2,C,\n3,D,\0\n4,\"E\0E\",\n\0\0\0\0\n5,F,\n";
    struct pd_buffer content = { 0 };
    pd_append_string(&content, "nik,nama,x\n");
    for (unsigned i = 0; i < N_GOOD; i++) pd_append_format(&content, "%u,AMINAH,\n", i);
    pd_append_bytes(&content, rows, sizeof rows - 1);
    for (size_t chunk_bytes = 0; chunk_bytes < 40; chunk_bytes++) {
        struct test_load load = { .n = 0 };
        (void)test_add_bytes(&load, content.data, content.length);
        load.options.chunk_bytes = chunk_bytes;
        test_run(&load, chunk_bytes % 2 == 0);
        cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
        cr_assert_eq(load.table.n_records, N_GOOD + 2);
        expect_cell(&load, "nama", N_GOOD, "C");
        expect_cell(&load, "nama", N_GOOD + 1, "F");
        cr_assert_eq(load.result.n_rejects, 4);
        expect_reject(&load, 0, N_GOOD + 2, "BYTE_NOL", "nama");
        expect_reject(&load, 1, N_GOOD + 4, "BYTE_NOL", "");
        expect_reject(&load, 2, N_GOOD + 5, "BYTE_NOL", "nama");
        expect_reject(&load, 3, N_GOOD + 6, "BYTE_NOL", "");
        test_reset(&load);
    }
    pd_buffer_reset(&content);
}

Test(rows, totals_are_no_records_and_are_checked)
{
    static const struct {
        const char *last;
        enum pd_totals_state state;
        size_t n_records;
    } cases[] = {
        { "", PD_TOTALS_NONE, 2 },
        { "JUMLAH,,,1200000\n", PD_TOTALS_MATCH, 2 },
        { "Total :,,,\"Rp 1.200.000\"\n", PD_TOTALS_MATCH, 2 },
        { "JUMLAH,,,1300000\n", PD_TOTALS_DIFFER, 2 },
        { ",TOTAL,2,\n", PD_TOTALS_MATCH, 2 },
        { "JUMLAH,,,\n", PD_TOTALS_UNKNOWN, 2 },
        { "4,JUMLAH SARI,3201014101809003,5\n", PD_TOTALS_NONE, 3 }, /* a person of that name */
        { "JUMLAH,TOTAL SUPARMAN,3201014101809003,5\n", PD_TOTALS_NONE, 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char content[256];
        struct test_load load;
        (void)snprintf(content, sizeof content,
                       "no,nama,nik,nominal\n1,A,3201014101809001,600000\n2,B,3201014101809002,\"Rp 600.000\"\n%s",
                       cases[i].last);
        test_read(&load, content, true);
        cr_expect_eq(load.result.files[0].totals, cases[i].state, "case %zu: %d", i, (int)load.result.files[0].totals);
        cr_expect_eq(load.table.n_records, cases[i].n_records, "case %zu: %zu", i, load.table.n_records);
        test_reset(&load);
    }
}

Test(rows, cells_are_what_a_spreadsheet_shows)
{
    struct test_load load = { .n = 0 };
    static const struct pd_text columns[] = { { "id", 2 }, { "urut", 4 } };
    (void)test_add(
        &load, "unique_id,nama\n=\"01\",=\"SITI \"\n\"=\"\"02\"\"\",\u00a0ANI\u00a0\n01,\u200bBUDI \u00a0\n=\"\",=1\n");
    struct pd_input_file *joined = test_add(&load, "id,urut,nama\n=\"01\",=\"2\",A\n");
    joined->unique_id = columns;
    joined->n_unique_id = 2;
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    expect_cell(&load, "unique_id", 0, "01");
    expect_cell(&load, "nama", 0, "SITI");
    expect_cell(&load, "unique_id", 1, "02");
    expect_cell(&load, "nama", 1, "ANI");
    expect_cell(&load, "unique_id", 2, "01#2");
    expect_cell(&load, "nama", 2, "BUDI");
    expect_cell(&load, "unique_id", 3, "a:5");
    expect_cell(&load, "nama", 3, "=1");
    expect_cell(&load, "unique_id", 4, "01|2");
    test_reset(&load);
}

Test(rows, ids_come_from_a_column_or_the_place_and_are_unique)
{
    struct test_load load;
    test_read(&load, "unique_id,nama\n7,A\n7,B\n,C\n7,D\n7#2,E\n", true);
    expect_cell(&load, "unique_id", 0, "7");
    expect_cell(&load, "unique_id", 1, "7#3"); /* 7#2 is a row's own id */
    expect_cell(&load, "unique_id", 2, "a:4");
    expect_cell(&load, "unique_id", 4, "7#2");
    cr_expect_eq(load.result.files[0].n_repeated_ids, 2);
    test_reset(&load);
    test_read(&load, "unique_id,nama\n3201014101809001,A\n3201014101809002,B\nx,C\n", true);
    cr_expect_eq(load.result.files[0].id_origin, PD_ID_WAS_NIK);
    expect_cell(&load, "unique_id", 0, "a:2");
    test_reset(&load);
    struct test_load joined = { .n = 0 };
    static const struct pd_text columns[] = { { "kk", 2 }, { "urut", 4 } };
    struct pd_input_file *file = test_add(&joined, "kk,urut,nama\n1,2,A\n1,3,B\n,,C\n");
    file->unique_id = columns;
    file->n_unique_id = 2;
    test_run(&joined, true);
    expect_cell(&joined, "unique_id", 1, "1|3");
    expect_cell(&joined, "unique_id", 2, "a:4");
    test_reset(&joined);
}

/* ---- Random tables ---- */

enum { N_ROWS = 60, N_COLUMNS = 4, CELL = 12 };

struct random_table {
    char cells[N_ROWS][N_COLUMNS][CELL];
};

static void make_cells(struct random_table *table, struct pd_random *random)
{
    static const char signs[] = "AB12 ,;\"\n|'\t";
    for (size_t i = 0; i < N_ROWS; i++)
        for (size_t j = 0; j < N_COLUMNS; j++) {
            char *cell = table->cells[i][j];
            size_t n = (size_t)pd_random_below(random, CELL - 2);
            for (size_t k = 0; k < n; k++) cell[k] = signs[pd_random_below(random, sizeof signs - 1)];
            while (n > 0 && (cell[n - 1] <= ' ')) n--; /* blanks at the ends are cut */
            cell[n] = '\0';
            while (cell[0] != '\0' && cell[0] <= ' ') memmove(cell, cell + 1, strlen(cell));
        }
    for (size_t i = 0; i < N_ROWS; i++) (void)snprintf(table->cells[i][0], CELL, "x%zu", i); /* no row is blank */
}

static void write_cells(const struct random_table *table, char delimiter, struct pd_random *random,
                        struct pd_buffer *out)
{
    for (size_t j = 0; j < N_COLUMNS; j++) pd_append_format(out, "%sk%zu", j > 0 ? (char[]){ delimiter, 0 } : "", j);
    for (size_t i = 0; i < N_ROWS; i++) {
        pd_append_string(out, "\n");
        for (size_t j = 0; j < N_COLUMNS; j++) {
            const char *cell = table->cells[i][j];
            if (j > 0) pd_append_byte(out, delimiter);
            if (strpbrk(cell, "\"\n") != NULL || strchr(cell, delimiter) != NULL || pd_random_below(random, 3) == 0) {
                pd_append_byte(out, '"');
                for (const char *sign = cell; *sign != '\0'; sign++) {
                    if (*sign == '"') pd_append_byte(out, '"');
                    pd_append_byte(out, *sign);
                }
                pd_append_byte(out, '"');
            } else {
                pd_append_string(out, cell);
            }
        }
    }
    pd_append_byte(out, '\n');
}

static void read_back(const struct random_table *table, const struct pd_buffer *content, char delimiter,
                      size_t chunk_bytes, int threads)
{
    struct test_load load = { .n = 0 };
    test_add_bytes(&load, content->data, content->length)->delimiter = delimiter;
    load.options.chunk_bytes = chunk_bytes;
    load.options.threads = threads;
    test_run(&load, false);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    cr_assert_eq(load.table.n_records, N_ROWS, "chunks of %zu: %zu records", chunk_bytes, load.table.n_records);
    for (size_t i = 0; i < N_ROWS; i++) {
        cr_expect_eq(load.table.row_of[i], i + 2);
        for (size_t j = 0; j < N_COLUMNS; j++) {
            char name[8];
            (void)snprintf(name, sizeof name, "k%zu", j);
            expect_cell(&load, name, i, table->cells[i][j]);
        }
    }
    test_reset(&load);
}

Test(rows, any_cells_come_back_whatever_the_cuts_threads_and_scanner)
{
    static const char delimiters[] = { ',', ';', '\t', '|' };
    static const size_t chunks[] = { 1, 7, 64, 500, 0 };
    for (uint64_t seed = 0; seed < 12; seed++) {
        struct pd_random random = pd_random_stream(7, seed);
        struct random_table table;
        struct pd_buffer content = { 0 };
        const char delimiter = delimiters[seed % 4];
        (void)setenv("PADAN_CPU", seed % 3 == 0 ? "scalar" : "", 1);
        make_cells(&table, &random);
        write_cells(&table, delimiter, &random, &content);
        for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
            read_back(&table, &content, delimiter, chunks[i], i % 2 == 0 ? 1 : 3);
        pd_buffer_reset(&content);
    }
}

#ifdef PADAN_FAULT
Test(rows, every_allocation_may_fail)
{
    static const char content[] =
        "\xef\xbb\xbfid_baris;nik;nama;nominal\n1;1;\"A;B\";5\n1;2;C\311;\nx\n;;;\n2;3;D;7\nJUMLAH;;;12\n";
    for (long n = 1; n < 100000; n++) {
        struct test_load load = { .n = 0 };
        (void)test_add(&load, content);
        load.options.chunk_bytes = 10;
        pd_memory_fail_after(n);
        test_run(&load, true);
        pd_memory_fail_after(0);
        const enum padan_status status = load.status;
        cr_expect(status == PADAN_OK || load.table.n_columns == 0);
        test_reset(&load);
        if (status == PADAN_OK) break;
        cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "allocation %ld: %d", n, (int)status);
    }
}
#endif
