/* SPDX-License-Identifier: MIT
 * What a file looks like, found out: delimiter, line ends, header row, encoding; and files that are none. */
#include "harness.h"

#include <zlib.h>
#include <zstd.h>

Test(dialect, every_form_of_one_table_is_read_the_same)
{
    static const struct {
        const char *content;
        char delimiter;
        unsigned header_row;
    } cases[] = {
        { "nik,nama,alamat\n1,SITI,\n2,\"A,B\",x\n", ',', 1 },
        { "nik;nama;alamat\r\n1;SITI;\r\n2;A,B;x\r\n", ';', 1 },
        { "nik\tnama\talamat\n1\tSITI\t\n2\tA,B\tx", '\t', 1 },
        { "nik|nama|alamat\r1|SITI|\r2|A,B|x\r", '|', 1 },
        { "\xef\xbb\xbfnik;nama;alamat\n1;SITI;\n2;\"A,B\";x\n", ';', 1 },
        { "sep=;\nnik;nama;alamat\n1;SITI;\n2;A,B;x\n", ';', 2 },
        { "DAFTAR PENERIMA;;\nTAHUN 2026;;\n;;\nNIK KTP;NAMA PENERIMA;ALAMAT\n1;SITI;\n2;A,B;x\n", ';', 4 },
        { "nik,nama,alamat,,\n1,SITI,,,\n2,\"A,B\",x,,\n", ',', 1 },
        { "nik , \"nama\" ,alamat\n 1 ,SITI,\n2,\"A,B\",  x\n", ',', 1 },
        { "\n\nnik,nama,alamat\n\n1,SITI,\n,,\n2,\"A,B\",x\n\n", ',', 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test_load load;
        test_read(&load, cases[i].content, true);
        const struct pd_file_result *file = &load.result.files[0];
        cr_expect_eq(file->delimiter, cases[i].delimiter, "case %zu: '%c'", i, file->delimiter);
        cr_expect_eq(file->header_row, cases[i].header_row, "case %zu: row %u", i, file->header_row);
        cr_assert_eq(load.table.n_records, 2, "case %zu: %zu records, %zu rejects", i, load.table.n_records,
                     load.result.n_rejects);
        expect_cell(&load, "nik", 0, "1");
        expect_cell(&load, "nama", 1, "A,B");
        expect_cell(&load, "alamat", 0, "");
        expect_cell(&load, "alamat", 1, "x");
        test_reset(&load);
    }
}

/* Forms number their columns below the header. */
Test(dialect, a_row_of_column_numbers_is_no_record)
{
    static const char *const forms[] = {
        "no;nik;nama;alamat;ket\n(1);(2);(3);(4);(5)=(1)+(2)\n1;11;SITI;x;\n",
        "no;nik;nama;alamat;ket\n1;2;3;4;5\n1;11;SITI;x;\n",
        "no;nik;nama;alamat;ket\n1.;2.;3.;4.;\n1;11;SITI;x;\n",
        "no;nik;nama;alamat;ket\n;(1);(2);(3);(4)\n1;11;SITI;x;\n",
    };
    static const char *const records[] = {
        "no;nik;nama;alamat\n1;2;3;4\n",      /* too few to be told from a record */
        "no;nik;nama;alamat;ket\n1;2;3;4;\n", /* and not all filled */
        "no;nik;nama;alamat;ket\n(1);(2);(4);(5);(6)\n",
        "no;nik;nama;alamat;ket\n(1);11;SITI;x;\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct test_load load;
        test_read(&load, forms[i], true);
        cr_assert_eq(load.table.n_records, 1, "form %zu: %zu records", i, load.table.n_records);
        cr_expect_eq(load.result.files[0].rows_read, 1);
        cr_expect_eq(load.table.row_of[0], 3, "form %zu: row %u", i, load.table.row_of[0]);
        expect_cell(&load, "nama", 0, "SITI");
        test_reset(&load);
    }
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct test_load load;
        test_read(&load, records[i], true);
        cr_expect_eq(load.table.n_records, 1, "record %zu: %zu records", i, load.table.n_records);
        cr_expect_eq(load.table.row_of[0], 2);
        test_reset(&load);
    }
}

/* Groups of columns above, their parts below. */
Test(dialect, a_header_of_two_lines_names_all_columns)
{
    static const char *const forms[] = {
        "No;NIK;Nama;Kelahiran;;Alamat;;;Bantuan\n;;;Tempat;Tanggal;Desa;RT;RW;Nominal\n"
        "1;11;SITI;BOGOR;01-02-1980;CISARUA;01;02;600000\n",
        "DAFTAR;;;;;;;;\nNo;NIK;Nama;Tempat/Tgl Lahir;;Alamat Lengkap;;;Jumlah\n;;;Tempat;Tanggal;Desa;RT;RW;Bantuan\n"
        "(1);(2);(3);(4);(5);(6);(7);(8);(9)\n1;11;SITI;BOGOR;01-02-1980;CISARUA;01;02;600000\n",
        /* more is known below */
        "No;NIK;Identitas;;;Alamat;;;Bantuan\n;;Nama;Tempat Lahir;Tgl Lahir;Desa;RT;RW;\"Nominal (Rp)\"\n"
        "1;11;SITI;BOGOR;01-02-1980;CISARUA;01;02;600000\n",
    };
    static const unsigned rows[] = { 3, 5, 3 };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct test_load load;
        test_read(&load, forms[i], true);
        cr_assert_eq(load.table.n_records, 1, "form %zu: %zu records", i, load.table.n_records);
        cr_expect_eq(load.table.row_of[0], rows[i], "form %zu: row %u", i, load.table.row_of[0]);
        expect_cell(&load, "nik", 0, "11");
        expect_cell(&load, "nama", 0, "SITI");
        expect_cell(&load, "tempat_lahir", 0, "BOGOR");
        expect_cell(&load, "tgl_lahir", 0, "01-02-1980");
        expect_cell(&load, "desa", 0, "CISARUA");
        expect_cell(&load, "rw", 0, "02");
        expect_cell(&load, "nominal", 0, "600000");
        test_reset(&load);
    }
    struct test_load load;
    test_read(&load, "NIK;Nama;Ibu Kandung;\n;;Nama;NIK\n11;SITI;AMINAH;12\n", true);
    expect_cell(&load, "nama", 0, "SITI");
    expect_cell(&load, "nama_ibu", 0, "AMINAH");
    test_reset(&load);
}

Test(dialect, a_record_is_no_second_line_of_the_header)
{
    static const char *const records[] = {
        "nik,nama,,alamat\n,SITI,X,\n",      /* a value without a header is no name of a column */
        "nik,nama,,alamat\n11,,Desa,\n",     /* digits */
        "nik,nama,desa,alamat\n,,DESA,RT\n", /* all have a header */
        "nik,nama,program\n,PKH,PKH\n",
    };
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct test_load load;
        test_read(&load, records[i], true);
        cr_expect_eq(load.table.n_records, 1, "record %zu: %zu records", i, load.table.n_records);
        test_reset(&load);
    }
}

/* A file that went through two programs. */
Test(dialect, names_of_columns_in_other_words_are_no_record)
{
    struct test_load load;
    test_read(&load, "nik;nama;tgl_lahir;ket\nNIK;NAMA LENGKAP;TANGGAL LAHIR;KET\n11;SITI;01-02-1980;\n", true);
    cr_assert_eq(load.table.n_records, 1);
    cr_expect_eq(load.table.row_of[0], 3);
    cr_expect_eq(load.result.n_rejects, 0);
    test_reset(&load);
}

Test(dialect, what_the_job_says_wins)
{
    struct test_load load = { .n = 0 };
    struct pd_input_file *file = test_add(&load, "x;y\nnik,a;nama\n1,b;SITI\n");
    file->delimiter = ';';
    file->header_row = 2;
    static const struct pd_column_choice choices[] = { { PD_TEXT("nik"), PD_TEXT("nik,a") } };
    file->choices = choices;
    file->n_choices = 1;
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    expect_cell(&load, "nik", 0, "1,b");
    expect_cell(&load, "nama", 0, "SITI");
    test_reset(&load);
}

Test(dialect, the_encoding_is_told_by_content)
{
    struct test_load load;
    test_read(&load, "nama\nAMIN\311H\nB\303\211A\nSM\226ART\n", true);
    cr_expect_eq(load.result.files[0].charset, PD_CHARSET_CP1252);
    expect_cell(&load, "nama", 0, "AMIN\303\211H");
    expect_cell(&load, "nama", 1, "B\303\211A"); /* a cell that is UTF-8 stays it */
    expect_cell(&load, "nama", 2, "SM\342\200\223ART");
    test_reset(&load);
    test_read(&load, "nama\nAMIN\303\211H\n", true);
    cr_expect_eq(load.result.files[0].charset, PD_CHARSET_UTF8);
    test_reset(&load);
    struct test_load forced = { .n = 0 };
    test_add(&forced, "nama\nB\303\211A\n")->charset = PD_CHARSET_CP1252;
    test_run(&forced, true);
    expect_cell(&forced, "nama", 0, "B\303\203\342\200\260A");
    test_reset(&forced);
}

static size_t gzip(const char *text, unsigned char *out, size_t room)
{
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)text, .avail_in = (uInt)strlen(text) };
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    cr_assert_eq(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    const size_t n = stream.total_out;
    (void)deflateEnd(&stream);
    return n;
}

Test(dialect, packed_files_are_told_by_content)
{
    static const char text[] = "nik,nama\n1,SITI\n2,ANI\n";
    unsigned char packed[400];
    const size_t n_first = gzip(text, packed, sizeof packed);
    const size_t n_both = n_first + gzip("3,BUDI\n", packed + n_first, sizeof packed - n_first);
    struct test_load load = { .n = 0 };
    (void)test_add_bytes(&load, packed, n_both);
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    cr_expect(load.result.files[0].compressed);
    cr_expect_eq(load.table.n_records, 3);
    expect_cell(&load, "nama", 2, "BUDI");
    test_reset(&load);
    (void)test_add_bytes(&load, packed, n_first - 9); /* cut off in the middle */
    test_run(&load, true);
    cr_expect_eq(load.status, PADAN_BAD_INPUT);
    test_reset(&load);
    const size_t n_zstd = ZSTD_compress(packed, sizeof packed, text, sizeof text - 1, 3);
    (void)test_add_bytes(&load, packed, n_zstd);
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    expect_cell(&load, "nama", 1, "ANI");
    test_reset(&load);
}

Test(dialect, what_is_no_table_is_refused_with_a_sentence)
{
    static const struct {
        const char *bytes;
        size_t n;
        enum padan_status status;
        const char *words;
    } cases[] = {
        { "", 0, PADAN_BAD_INPUT, "is empty" },
        { " \n\r\n\t\n", 6, PADAN_BAD_INPUT, "is empty" },
        { "nik,nama\n", 9, PADAN_BAD_INPUT, "a header and no rows" },
        { "nik,nama\n,\n\n", 12, PADAN_BAD_INPUT, "a header and no rows" },
        { "\xff\xfen\0i\0k\0\n\0001\0\n\0001", 15, PADAN_BAD_INPUT, "ends within a character" },
        { "n\0i\0k\0,\0n\0a\0m\0a\0\n\0001\0,\0A\0\n\0", 26, PADAN_BAD_INPUT, "UTF-16 text without a mark" },
        { "\xff\xfe\0\0n\0\0\0i\0\0\0k\0\0\0\n\0\0\0001\0\0\0\n\0\0\0", 28, PADAN_BAD_INPUT, "UTF-32 text;" },
        { "\0\0\xfe\xff\0\0\0n\0\0\0i\0\0\0k\0\0\0\n\0\0\0001", 24, PADAN_BAD_INPUT, "UTF-32 text;" },
        { "n\0\0\0i\0\0\0k\0\0\0\n\0\0\0001\0\0\0", 20, PADAN_BAD_INPUT, "UTF-32 text without" },
        { "\0\0\0n\0\0\0i\0\0\0k\0\0\0\n\0\0\0001", 20, PADAN_BAD_INPUT, "UTF-32 text without" },
        { "PK\003\004nik,nama", 12, PADAN_BAD_INPUT, "spreadsheet" },
        { "\xef\xbb\xbf \n<HTML><table>\n<tr>\n", 24, PADAN_BAD_INPUT, "web page" },
        { "<?xml version=\"1.0\"?>\n<a/>\n", 27, PADAN_BAD_INPUT, "web page" },
        { "[\n {\"nik\":1},\n {\"nik\":2}]\n", 26, PADAN_BAD_INPUT, "JSON" },
        { "{ \"nik\":1}\n{\"nik\":2}\n", 21, PADAN_BAD_INPUT, "JSON" },
        { "nik,nama,ket\nNIK,Nama Lengkap,KK\n", 33, PADAN_BAD_INPUT, "a header and no rows" },
        { "nik,nama\n\001\002\003\004\n", 14, PADAN_BAD_INPUT, "binary" },
        { "nik,nama\n1,\0\n", 13, PADAN_BAD_INPUT, "binary" },
        { "warna,ukuran\nmerah,1\n", 21, PADAN_BAD_INPUT, "no usable columns" },
        { "nik,NIK_KTP,nama\n1,1,A\n", 23, PADAN_BAD_ARGUMENT, "\"nik\" and \"NIK_KTP\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test_load load = { .n = 0 };
        (void)test_add_bytes(&load, cases[i].bytes, cases[i].n);
        test_run(&load, true);
        cr_expect_eq(load.status, cases[i].status, "case %zu: %d", i, (int)load.status);
        cr_expect_not_null(strstr(load.error.message, cases[i].words), "case %zu: %s", i, load.error.message);
        cr_expect_eq(load.table.n_columns, 0);
        test_reset(&load);
    }
}

Test(dialect, more_columns_than_there_can_be_are_refused)
{
    struct pd_buffer content = { 0 };
    pd_append_string(&content, "nik");
    for (int i = 0; i < 5000; i++) pd_append_string(&content, ",x");
    pd_append_string(&content, "\n1\n");
    struct test_load load = { .n = 0 };
    (void)test_add_bytes(&load, content.data, content.length);
    test_run(&load, true);
    cr_expect_eq(load.status, PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(load.error.message, "5001 columns"), "%s", load.error.message);
    test_reset(&load);
    pd_buffer_reset(&content);
}

Test(dialect, a_file_that_may_be_skipped_does_not_stop_the_others)
{
    struct test_load load = { .n = 0 };
    test_add(&load, "")->may_skip = true;
    (void)test_add(&load, "nik,nama\n1,SITI\n");
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    cr_expect_eq(load.result.files[0].status, PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(load.result.files[0].message.data, "is empty"));
    cr_expect_eq(load.table.n_records, 1);
    test_reset(&load);
}
