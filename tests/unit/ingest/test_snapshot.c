/* SPDX-License-Identifier: MIT
 * An index gives what its file gives, in every way of loading it, or a sentence. The file is the oracle of both ways of
 * taking an index up (ingest/taking_columns.c, ingest/taking_records.c). */
#include "ingest/snapshot.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/random.h"
#include "harness.h"
#include "own_folder.h"
#include "same_load.h"

#include <stdlib.h>

TestSuite(snapshot, .init = make_folder, .fini = remove_folder);

/* Path of the index of a load's file. */
static const char *index_path(size_t i)
{
    static char paths[TEST_FILES_MAX][128];
    (void)snprintf(paths[i], sizeof paths[i], "%s/%zu.padan", folder, i);
    return paths[i];
}

/* Puts an index in the place of a file; the index keeps the dialect that was asked for. */
static void make_index(struct test_load *load, size_t i)
{
    struct pd_input_file plain = { .path = load->files[i].path,
                                   .name = load->files[i].name,
                                   .delimiter = load->files[i].delimiter,
                                   .charset = load->files[i].charset,
                                   .header_row = load->files[i].header_row };
    struct pd_ingest_result facts;
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_snapshot_make(&plain, 1, index_path(i), &facts, &error), PADAN_OK, "%s", error.message);
    pd_ingest_result_reset(&facts);
    load->files[i].path = index_path(i);
}

/* More than 1 where there are rows for several pieces. */
static int threads = 1;

/* Loads the files as they are, with one thread, then every choice of them as indexes. make adds the files. */
static void expect_indexes_alike(void (*make)(struct test_load *load), bool canonical)
{
    struct test_load plain = { .n = 0 };
    make(&plain);
    test_run(&plain, canonical);
    for (unsigned choice = 1; choice < 1u << plain.n; choice++) {
        struct test_load indexed = { .n = 0 };
        make(&indexed);
        for (size_t i = 0; i < indexed.n; i++)
            if ((choice >> i & 1) == 1) make_index(&indexed, i);
        indexed.options.threads = threads;
        test_run(&indexed, canonical);
        expect_same(&plain, &indexed);
        test_reset(&indexed);
    }
    test_reset(&plain);
}

/* What a file may look like; the second file of each load is the first line of the list. */
static const char *const contents[] = {
    "id_baris,nik,nama\n7,3201014101809001,SITI\n8,,\n7,x,\"BUDI \"\"B\"\" S\"\n",
    "nik;nama;nominal\n3201014101809001;ANI;5\n3201014101809002;\"A\nB\";\n1;\"C;D\";7\nJUMLAH;;12\n",
    "nik,nama,nominal\n1,A,5\nTotal,,5\n2,B,7\nJUMLAH,12\nTOTAL,SUPARMAN,3201014101809003,x\nTOTAL,,x\n",
    "\xef\xbb\xbfnik,nama,lain\r\n1,A,\r\n\r\n2,B\r\n3,\"C\r\n4,D,caf\xe9\r\n,,\r\n5,E,x",
    "judul,,\nNIK,Nama,Tanggal\n001,A,1980-01-01\n0001,\xc3\x89VA,\n12345678901234567,C\xc9,\n123456789012345678,,\n",
    "nik\tnama\tdaftar\n1\tA\ta\x1f"
    "b\n2\tB\t\x1e\n3\tC\t\x1d\n",
    "sep=;\nnik;nama;no_kk\n1;A;1\n1;A;1\n2;A;1\n",
    "nama,nik,PKH,SEMBAKO,periode_pkh\nA,1,1,0,2026\nB,2,0,1,\nC,3,,ya,\nTotal,,,2,\nD,4,ya,,2026\nE,5,x,1,\n",
    "nik,nama\n,\n \"x,1\n",
};
enum { N_CONTENTS = sizeof contents / sizeof *contents };
static size_t now; /* of contents */

static void make_alone(struct test_load *load)
{
    static const struct pd_text names[] = { { "PKH", 3 } };
    (void)test_add(load, contents[now]);
    load->sources[0].program_names = names;
    load->sources[0].n_program_names = 1;
}

static void make_beside(struct test_load *load)
{
    make_alone(load);
    (void)test_add(load, contents[0]);
}

static void make_joined_ids(struct test_load *load)
{
    static const struct pd_text ids[] = { { "nik", 3 }, { "nama", 4 } };
    struct pd_input_file *file = test_add(load, contents[now]);
    file->unique_id = ids;
    file->n_unique_id = now % 2 == 0 ? 1 : 2;
}

static void make_wanted(struct test_load *load)
{
    static const struct pd_text wanted[] = { { "nama", 4 }, { "NIK", 3 } };
    make_alone(load);
    load->options.wanted = wanted;
    load->options.n_wanted = 2;
}

static void make_renamed(struct test_load *load)
{
    static const struct pd_column_choice choices[] = { { { "nama", 4 }, { "nik", 3 } }, { { "nik", 3 }, { NULL, 0 } } };
    struct pd_input_file *file = test_add(load, contents[now]);
    file->choices = choices;
    file->n_choices = 2;
}

static void make_by_source(struct test_load *load)
{
    (void)test_add(load, contents[now]);
    load->options.source_column = PD_TEXT("nama");
}

Test(snapshot, is_taken_like_the_file_it_was_made_of)
{
    void (*const ways[])(struct test_load *) = { make_alone,  make_beside,  make_joined_ids,
                                                 make_wanted, make_renamed, make_by_source };
    for (now = 0; now < N_CONTENTS; now++) {
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
            expect_indexes_alike(ways[way], true);
            expect_indexes_alike(ways[way], false);
        }
    }
}

/* Rows enough for several pieces: ids that are short numbers, names that hardly repeat, NIKs with some that are none.
 */
static char *make_rows(size_t n, uint64_t seed, size_t *length)
{
    char *text = NULL;
    size_t at = 0;
    struct pd_random random = pd_random_stream(seed, 1);
    cr_assert_eq(pd_allocate(&text, n * 80 + 100, 1, NULL), PADAN_OK);
    at += (size_t)sprintf(text, "id_baris,nik,nama,desa,kode\n");
    for (size_t i = 0; i < n; i++) {
        const unsigned long long number = (unsigned long long)pd_random_below(&random, 1u << 30);
        at += (size_t)sprintf(text + at, "%zu,%s%016llu,NAMA %llx,DESA %llu,%llu\n", i + 1, number % 97 == 0 ? "'" : "",
                              3201010000000000 + number, number, number % 50, number % 7);
    }
    *length = at;
    return text;
}

static char *big[2];
static size_t big_length[2];

static void make_big(struct test_load *load)
{
    (void)test_add_bytes(load, big[0], big_length[0]);
    (void)test_add_bytes(load, big[1], big_length[1]);
}

/* Words where the big file has digits: that column becomes codes for both, and is no longer searched before its end. */
static void make_mixed(struct test_load *load)
{
    static char words[4096] = "id_baris,nik,kode\n";
    if (strlen(words) < 100)
        for (int i = 0; i < 150; i++) (void)sprintf(words + strlen(words), "%c,kata %d,1\n", 'a' + i % 26, i);
    (void)test_add(load, words);
    (void)test_add_bytes(load, big[0], big_length[0]);
    (void)test_add_bytes(load, big[1], big_length[1]);
}

Test(snapshot, many_rows_are_taken_like_few)
{
    threads = 2;
    big[0] = make_rows(140000, 1, &big_length[0]);
    big[1] = make_rows(40000, 2, &big_length[1]);
    expect_indexes_alike(make_big, true);
    expect_indexes_alike(make_big, false);
    expect_indexes_alike(make_mixed, true);
    pd_free(big[0]);
    pd_free(big[1]);
}

/* Half of the long column's words are texts, in another file: digits as stored are wanted as codes. */
static void make_codes_of_digits(struct test_load *load)
{
    (void)test_add(load, "nik,nama\n3201014101809001,A\n3201014101809002,B\n,C\n3201014101809001,D\nx,E\n"
                         "3201014101809003,F\n3201014101809004,G\n3201014101809005,H\n3201014101809006,I\n"
                         "3201014101809007,J\n3201014101809008,K\n");
    (void)test_add(load, "nik,nama\na,A\nb,B\nc,C\nd,D\ne,E\n");
}

Test(snapshot, digits_become_codes_beside_words)
{
    struct test_load load = { .n = 0 };
    make_codes_of_digits(&load);
    make_index(&load, 0);
    struct pd_snapshot snapshot;
    cr_assert_eq(pd_snapshot_open(&snapshot, index_path(0), NULL), PADAN_OK);
    cr_expect_eq(snapshot.columns[0].encoding, PD_ENCODING_DIGITS);
    pd_snapshot_close(&snapshot);
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    const int column = pd_table_find(&load.table, PD_TEXT("nik"));
    cr_assert_geq(column, 0);
    cr_expect_eq(load.table.columns[column].encoding, PD_ENCODING_CODE);
    test_reset(&load);
    expect_indexes_alike(make_codes_of_digits, true);
    expect_indexes_alike(make_codes_of_digits, false);
}

static const char damaged_content[] = "nik;nama;nominal\n3201014101809001;ANI;5\n3201014101809002;\"A\nB\";\nx;y\n"
                                      "1;C\311;7\nJUMLAH;;12\n";

/* Loads bytes as an index: the same as the file, or a sentence. */
static bool load_damaged(const struct test_load *sound, const char *bytes, size_t n, bool canonical, bool may_skip)
{
    struct test_load load = { .n = 0 };
    test_add_bytes(&load, bytes, n)->may_skip = may_skip;
    test_run(&load, canonical);
    const bool refused = load.status != PADAN_OK;
    if (refused)
        cr_expect(load.status == PADAN_BAD_INPUT && strlen(load.error.message) > 10, "%s", load.error.message);
    else
        expect_same(sound, &load);
    test_reset(&load);
    return refused;
}

Test(snapshot, no_damage_passes_for_data)
{
    for (int canonical = 0; canonical < 2; canonical++) {
        struct pd_buffer whole = { 0 };
        struct test_load sound = { .n = 0 };
        (void)test_add(&sound, damaged_content);
        test_run(&sound, canonical == 1);
        make_index(&sound, 0);
        cr_assert_eq(pd_file_read(index_path(0), 1 << 20, &whole, NULL), PADAN_OK);
        for (size_t i = 0; i < whole.length; i++) {
            whole.data[i] = (char)(whole.data[i] ^ 1 << i % 8);
            (void)load_damaged(&sound, whole.data, whole.length, canonical == 1, false);
            cr_expect(load_damaged(&sound, whole.data, whole.length, canonical == 1, true), "byte %zu", i);
            whole.data[i] = (char)(whole.data[i] ^ 1 << i % 8);
            cr_expect(load_damaged(&sound, whole.data, i, canonical == 1, false), "cut to %zu", i);
        }
        cr_expect_not(load_damaged(&sound, whole.data, whole.length, canonical == 1, true));
        pd_buffer_reset(&whole);
        test_reset(&sound);
    }
}

Test(snapshot, settings_must_be_those_it_was_made_with)
{
    static const struct {
        struct pd_input_file made, used;
        const char *sentence; /* NULL: fits */
    } cases[] = {
        { { .delimiter = ';' }, { .delimiter = ';' }, NULL },
        { { .delimiter = ';' }, { .delimiter = 0 }, NULL },
        { { .delimiter = ';' }, { .delimiter = ',' }, "another delimiter" },
        { { .header_row = 1 }, { .header_row = 1 }, NULL },
        { { .header_row = 0 }, { .header_row = 2 }, "another header row" },
        { { .charset = PD_CHARSET_DETECT }, { .charset = PD_CHARSET_UTF8 }, NULL },
        { { .charset = PD_CHARSET_DETECT }, { .charset = PD_CHARSET_CP1252 }, "another encoding" },
        { { .charset = PD_CHARSET_CP1252 }, { .charset = PD_CHARSET_DETECT }, NULL },
        { { .charset = PD_CHARSET_CP1252 }, { .charset = PD_CHARSET_UTF8 }, "another encoding" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test_load load = { .n = 0 };
        struct pd_input_file *file = test_add(&load, "nik;nama\n1;A\n2;B\n");
        file->delimiter = cases[i].made.delimiter;
        file->header_row = cases[i].made.header_row;
        file->charset = cases[i].made.charset;
        make_index(&load, 0);
        file->delimiter = cases[i].used.delimiter;
        file->header_row = cases[i].used.header_row;
        file->charset = cases[i].used.charset;
        test_run(&load, true);
        cr_expect_eq(load.status, cases[i].sentence == NULL ? PADAN_OK : PADAN_BAD_ARGUMENT, "case %zu: %s", i,
                     load.error.message);
        if (cases[i].sentence != NULL) cr_expect_not_null(strstr(load.error.message, cases[i].sentence));
        test_reset(&load);
    }
}

Test(snapshot, has_the_name_of_its_file_in_its_own_folder)
{
    struct test_load load = { .n = 0 };
    struct pd_input_file *file = test_add(&load, "nik,nama\n1,A\n");
    file->name = PD_TEXT("lama/daftar.csv");
    make_index(&load, 0);
    file->name = PD_TEXT("baru/lain.padan");
    test_run(&load, true);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    expect_same_text(load.result.files[0].name, PD_TEXT("baru/daftar.csv"), "name");
    test_reset(&load);
}

Test(snapshot, is_made_of_files_and_not_of_itself)
{
    struct test_load load = { .n = 0 };
    struct pd_ingest_result facts;
    struct padan_error error;
    (void)test_add(&load, "nik,nama\n1,A\n");
    make_index(&load, 0);
    cr_expect_eq(pd_snapshot_make(&load.files[0], 1, index_path(1), &facts, &error), PADAN_BAD_ARGUMENT);
    cr_expect_not_null(strstr(error.message, "is an index already"), "%s", error.message);
    pd_ingest_result_reset(&facts);
    cr_expect_neq(access(index_path(1), F_OK), 0);
    test_reset(&load);
}

#ifdef PADAN_FAULT
Test(snapshot, failing_allocations_are_reported)
{
    for (int step = 0; step < 2; step++) {
        for (long n = 1; n < 100000; n++) {
            struct test_load load = { .n = 0 };
            struct pd_ingest_result facts = { .files = NULL };
            (void)test_add(&load, damaged_content);
            const struct pd_input_file plain = load.files[0];
            if (step == 1) make_index(&load, 0);
            pd_memory_fail_after(n);
            if (step == 1)
                test_run(&load, true);
            else
                load.status = pd_snapshot_make(&plain, 1, index_path(1), &facts, &load.error);
            pd_memory_fail_after(0);
            const enum padan_status status = load.status;
            pd_ingest_result_reset(&facts);
            test_reset(&load);
            if (status == PADAN_OK) break;
            cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "step %d, allocation %ld: %d", step, n, (int)status);
        }
    }
}
#endif
