/* SPDX-License-Identifier: MIT
 * A revision is loaded like the file that has the same rows in the same order. Rows are kept here in a plain list that
 * changes are made to one by one; the file written of it is the oracle. */
#include "ingest/revision.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/random.h"
#include "harness.h"
#include "own_folder.h"
#include "same_load.h"

#include <stdlib.h>

enum { ROWS_MAX = 400, N_CELLS = 5, CELL = 32, NIGHTS = 3, CHANGES = 40, N_KEYS = 90 };

TestSuite(revision, .init = make_folder, .fini = remove_folder);

static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static size_t next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* ---- A list of rows ---- */

struct row {
    char cells[N_CELLS][CELL];
};

struct rows {
    struct row rows[ROWS_MAX];
    size_t n;
    char delimiter;
};

static const char *const headers[N_CELLS] = { "id_baris", "nik", "nama", "desa", "nominal" };

static void make_row(struct pd_random *random, struct row *row)
{
    static const char *const names[] = { "ANI",        "BUDI; B", "\"CITRA\" S", "DEWI\nLESTARI", "JUMLAH", "TOTAL, 3",
                                         "\xc3\x89VA", "",        "FAJAR",       "GITA",          "HADI" };
    static const char *const villages[] = { "", "SUKAMAJU", "SUKA, MAJU", "MEKAR" };
    const unsigned long long number = pd_random_below(random, 30);
    (void)snprintf(row->cells[0], CELL, "%s%u", pd_random_below(random, 9) == 0 ? "R" : "",
                   (unsigned)pd_random_below(random, N_KEYS));
    (void)snprintf(row->cells[1], CELL, "%s%016llu", pd_random_below(random, 9) == 0 ? "X" : "",
                   3201014101809000 + number);
    if (pd_random_below(random, 7) == 0) row->cells[1][0] = '\0';
    (void)snprintf(row->cells[2], CELL, "%s", names[pd_random_below(random, 11)]);
    (void)snprintf(row->cells[3], CELL, "%s", villages[pd_random_below(random, 4)]);
    (void)snprintf(row->cells[4], CELL, "%llu", number * 1000);
}

static size_t find_row(const struct rows *rows, const char *key)
{
    size_t i = 0;
    while (i < rows->n && strcmp(rows->rows[i].cells[0], key) != 0) i++;
    return i;
}

/* One change; true when there was a row to be removed. */
static bool change(struct rows *rows, const struct row *row, bool removes)
{
    const size_t at = find_row(rows, row->cells[0]);
    if (removes && at == rows->n) return false;
    if (removes) {
        memmove(&rows->rows[at], &rows->rows[at + 1], (rows->n - at - 1) * sizeof *row);
        rows->n--;
        return true;
    }
    if (at == rows->n) cr_assert_lt(rows->n++, ROWS_MAX);
    rows->rows[at] = *row;
    return true;
}

static void append_row(struct pd_buffer *out, const struct row *row, char delimiter, const char *more)
{
    for (size_t i = 0; i < N_CELLS; i++) {
        if (i > 0) pd_append_byte(out, delimiter);
        pd_append_csv_delimited(out, pd_text_of(row->cells[i]), delimiter);
    }
    pd_append_string(out, more);
    pd_append_byte(out, '\n');
}

static void append_header(struct pd_buffer *out, char delimiter, const char *more)
{
    struct row header;
    for (size_t i = 0; i < N_CELLS; i++) (void)snprintf(header.cells[i], CELL, "%s", headers[i]);
    append_row(out, &header, delimiter, more);
}

static void write_rows(const struct rows *rows, struct pd_buffer *out)
{
    append_header(out, rows->delimiter, "");
    for (size_t i = 0; i < rows->n; i++) append_row(out, &rows->rows[i], rows->delimiter, "");
}

/* Rows of different keys. */
static void make_rows(struct pd_random *random, struct rows *rows)
{
    *rows = (struct rows){ .delimiter = pd_random_below(random, 2) == 0 ? ';' : ',' };
    for (size_t i = 0; i < N_KEYS; i++) {
        struct row row;
        make_row(random, &row);
        if (find_row(rows, row.cells[0]) == rows->n) (void)change(rows, &row, false);
    }
}

/* ---- Indexes and revisions of texts ---- */

static void make_index(struct pd_text content, const char *path)
{
    struct test_load load = { .n = 0 };
    struct pd_ingest_result facts;
    struct padan_error error = { PADAN_OK, "" };
    (void)test_add_bytes(&load, content.data, content.length);
    cr_assert_eq(pd_snapshot_make(&load.files[0], 1, path, &facts, &error), PADAN_OK, "%s", error.message);
    pd_ingest_result_reset(&facts);
    test_reset(&load);
}

static enum padan_status revise(struct pd_text changes, struct pd_revise_options options, struct pd_revise_facts *facts,
                                struct padan_error *error)
{
    struct test_load load = { .n = 0 };
    (void)test_add_bytes(&load, changes.data, changes.length);
    options.changes = &load.files[0];
    options.threads = 2;
    const enum padan_status status = pd_revision_make(&options, facts, error);
    test_reset(&load);
    return status;
}

static struct pd_text text_of(const struct pd_buffer *buffer)
{
    return (struct pd_text){ buffer->data, buffer->length };
}

/* A night's changes, to the list and as a file. */
static void make_night(struct pd_random *random, struct rows *rows, struct pd_buffer *out, uint64_t *n_unknown)
{
    append_header(out, ',', ",padan op");
    *n_unknown = 0;
    for (size_t i = 0; i < CHANGES; i++) {
        static const char *const operations[] = { ",", ",update", ",INSERT", ",delete", ",hapus" };
        const size_t which = pd_random_below(random, 5);
        struct row row;
        make_row(random, &row);
        append_row(out, &row, ',', operations[which]);
        *n_unknown += !change(rows, &row, which >= 3);
    }
}

static void expect_alike(const struct rows *rows, const char *revision, bool canonical, bool joined, bool beside)
{
    static const struct pd_text ids[] = { { "nik", 3 }, { "nama", 4 } };
    struct pd_buffer file = { 0 };
    struct test_load plain = { .n = 0 }, revised = { .n = 0 };
    struct test_load *const loads[] = { &plain, &revised };
    write_rows(rows, &file);
    for (size_t i = 0; i < 2; i++) {
        struct pd_input_file *input = test_add_bytes(loads[i], file.data, file.length);
        if (i == 1) input->path = revision;
        input->unique_id = joined ? ids : NULL;
        input->n_unique_id = joined ? 2 : 0;
        input->may_skip = beside;
        if (beside) (void)test_add(loads[i], "nik,nama\nx,BARU\n3201014101809001,ANI\n,GITA\n");
        loads[i]->options.threads = 2;
        test_run(loads[i], canonical);
    }
    cr_assert_eq(revised.status, PADAN_OK, "%s", revised.error.message);
    /* These are said to be others. */
    plain.result.files[0].bytes = revised.result.files[0].bytes;
    memcpy(plain.result.files[0].digest, revised.result.files[0].digest, sizeof plain.result.files[0].digest);
    expect_same(&plain, &revised);
    test_reset(&plain);
    test_reset(&revised);
    pd_buffer_reset(&file);
}

static void go_through_nights(uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 1);
    struct rows rows;
    struct pd_buffer text = { 0 };
    make_rows(&random, &rows);
    write_rows(&rows, &text);
    make_index(text_of(&text), in_folder("dasar.padan"));
    for (uint32_t night = 1; night <= NIGHTS; night++) {
        struct pd_revise_facts facts;
        struct padan_error error = { PADAN_OK, "" };
        uint64_t n_unknown = 0;
        const size_t n_before = rows.n;
        pd_buffer_clear(&text);
        make_night(&random, &rows, &text, &n_unknown);
        const struct pd_revise_options options = { .before = in_folder(night == 1 ? "dasar.padan" : "kini.padan"),
                                                   .key = "ID BARIS",
                                                   .operation = "padan_op",
                                                   .out = in_folder("kini.padan") };
        cr_assert_eq(revise(text_of(&text), options, &facts, &error), PADAN_OK, "%s", error.message);
        cr_expect_eq(facts.number, night);
        cr_expect_eq(facts.n_records, rows.n);
        cr_expect_eq(facts.n_unknown, n_unknown);
        cr_expect_eq(n_before + facts.n_added - facts.n_removed, rows.n);
        for (int way = 0; way < 8; way++)
            expect_alike(&rows, in_folder("kini.padan"), way % 2 == 0, way / 2 % 2 == 1, way / 4 == 1);
    }
    pd_buffer_reset(&text);
}

Test(revision, is_loaded_like_the_file_of_its_rows)
{
    for (uint64_t seed = 1; seed <= 15; seed++) go_through_nights(seed);
}

/* Long enough that the first bytes of the file are not all of it. */
Test(revision, only_the_beginning_of_the_file_is_kept)
{
    struct pd_buffer text = { 0 }, changed = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    struct pd_revise_facts facts;
    pd_append_string(&text, "unique_id,nama\n");
    pd_append_string(&changed, "unique_id,nama\n");
    for (int i = 0; i < 20000; i++) {
        pd_append_format(&text, "%d,NAMA %d\n", i, i % 777);
        pd_append_format(&changed, i == 3 ? "%d,LAIN\n" : "%d,NAMA %d\n", i, i % 777);
    }
    pd_append_string(&changed, "x,TERAKHIR\n");
    make_index(text_of(&text), in_folder("dasar.padan"));
    const struct pd_revise_options options = { .before = in_folder("dasar.padan"), .out = in_folder("kini.padan") };
    cr_assert_eq(revise(PD_TEXT("nama,unique_id\nTERAKHIR,x\nLAIN,3\n"), options, &facts, &error), PADAN_OK, "%s",
                 error.message);
    struct test_load plain = { .n = 0 }, revised = { .n = 0 };
    (void)test_add_bytes(&plain, changed.data, changed.length);
    test_add(&revised, "")->path = options.out;
    test_run(&plain, true);
    test_run(&revised, true);
    plain.result.files[0].bytes = revised.result.files[0].bytes;
    memcpy(plain.result.files[0].digest, revised.result.files[0].digest, sizeof plain.result.files[0].digest);
    expect_same(&plain, &revised);
    test_reset(&plain);
    test_reset(&revised);
    pd_buffer_reset(&text);
    pd_buffer_reset(&changed);
}

/* ---- What is refused ---- */

static const char sound_base[] = "unique_id,nik,nama\n1,3201014101809001,ANI\n2,3201014101809002,BUDI\n"
                                 "3,3201014101809001,CITRA\n,3201014101809004,DEWI\n";
static const char sound_changes[] = "unique_id,nik,nama,op\n2,,\"BU,DI\",\n1,,,delete\n9,3201014101809009,EKA,insert\n";

Test(revision, changes_that_cannot_be_made_are_refused)
{
    static const struct {
        const char *changes, *key, *operation, *out;
        enum padan_status status;
        const char *sentence;
    } cases[] = {
        { "unique_id,nama\n1,A\n", NULL, NULL, "kini.padan", PADAN_BAD_ARGUMENT, "has no column \"nik\"" },
        { "unique_id,nik,nama,x\n1,1,A,\n", NULL, NULL, "kini.padan", PADAN_BAD_ARGUMENT, "no column \"x\"" },
        { sound_changes, NULL, NULL, "kini.padan", PADAN_BAD_ARGUMENT, "no column \"op\"" },
        { sound_changes, NULL, "aksi", "kini.padan", PADAN_BAD_ARGUMENT, "no column \"aksi\"" },
        { sound_changes, "kunci", "op", "kini.padan", PADAN_BAD_ARGUMENT, "no column \"kunci\"" },
        { sound_changes, NULL, "nama", "kini.padan", PADAN_BAD_ARGUMENT, "cannot say what is done" },
        { "unique_id,nik,nama\n,1,A\n", NULL, NULL, "kini.padan", PADAN_BAD_INPUT, "row 2 has no value" },
        { "unique_id,nik,nama\n1,3201014101809001,A\n", "nik", NULL, "kini.padan", PADAN_BAD_INPUT,
          "rows number 1 and 3 have one key" },
        { "unique_id,nik,nama,op\n1,,,ganti\n", NULL, "op", "kini.padan", PADAN_BAD_INPUT, "row 2 has an operation" },
        { "unique_id,nik,nama\n1,1,A\n2,2\n", NULL, NULL, "kini.padan", PADAN_BAD_INPUT, "row 3 is broken" },
        { sound_changes, NULL, "op", "dasar.padan", PADAN_BAD_ARGUMENT, "is the base" },
        { sound_changes, NULL, "op", "dalam/kini.padan", PADAN_BAD_ARGUMENT, "in the folder of its base" },
    };
    make_index(PD_TEXT(sound_base), in_folder("dasar.padan"));
    cr_assert_eq(pd_directory_make(in_folder("dalam"), NULL), PADAN_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_revise_facts facts;
        struct padan_error error = { PADAN_OK, "" };
        const struct pd_revise_options options = { .before = in_folder("dasar.padan"),
                                                   .key = cases[i].key,
                                                   .operation = cases[i].operation,
                                                   .out = in_folder(cases[i].out) };
        cr_expect_eq(revise(pd_text_of(cases[i].changes), options, &facts, &error), cases[i].status, "case %zu: %s", i,
                     error.message);
        cr_expect_not_null(strstr(error.message, cases[i].sentence), "case %zu: %s", i, error.message);
        cr_expect_neq(access(in_folder("kini.padan"), F_OK), 0);
    }
}

static void make_sound(void)
{
    struct pd_revise_facts facts;
    struct padan_error error = { PADAN_OK, "" };
    const struct pd_revise_options options = { .before = in_folder("dasar.padan"),
                                               .operation = "op",
                                               .out = in_folder("kini.padan") };
    make_index(PD_TEXT(sound_base), options.before);
    cr_assert_eq(revise(PD_TEXT(sound_changes), options, &facts, &error), PADAN_OK, "%s", error.message);
}

static void load_revision(struct test_load *load, bool canonical, bool may_skip)
{
    *load = (struct test_load){ .n = 0 };
    struct pd_input_file *file = test_add(load, "");
    file->path = in_folder("kini.padan");
    file->may_skip = may_skip;
    test_run(load, canonical);
}

Test(revision, needs_the_base_it_was_made_of)
{
    struct test_load load;
    make_sound();
    cr_assert_eq(rename(in_folder("dasar.padan"), in_folder("lain.padan")), 0);
    load_revision(&load, true, false);
    cr_expect_eq(load.status, PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(load.error.message, "is not in the same folder"), "%s", load.error.message);
    test_reset(&load);
    make_index(PD_TEXT("unique_id,nik,nama\n1,2,A\n"), in_folder("dasar.padan"));
    load_revision(&load, true, false);
    cr_expect_eq(load.status, PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(load.error.message, "of another index"), "%s", load.error.message);
    test_reset(&load);
}

/* Every byte damaged once: the same, or a sentence. */
Test(revision, no_damage_passes_for_data)
{
    struct pd_buffer whole = { 0 };
    struct test_load sound, load;
    make_sound();
    load_revision(&sound, false, false);
    cr_assert_eq(sound.status, PADAN_OK, "%s", sound.error.message);
    cr_assert_eq(pd_file_read(in_folder("kini.padan"), 1 << 20, &whole, NULL), PADAN_OK);
    for (size_t i = 0; i < whole.length; i++) {
        struct pd_text content = text_of(&whole);
        whole.data[i] = (char)(whole.data[i] ^ 1 << i % 8);
        cr_assert_eq(pd_file_write(in_folder("kini.padan"), content, NULL), PADAN_OK);
        load_revision(&load, false, i % 2 == 0);
        cr_expect(load.status == PADAN_BAD_INPUT && strlen(load.error.message) > 10, "byte %zu", i);
        test_reset(&load);
        whole.data[i] = (char)(whole.data[i] ^ 1 << i % 8);
        if (i % 7 != 0) continue;
        content.length = i;
        cr_assert_eq(pd_file_write(in_folder("kini.padan"), content, NULL), PADAN_OK);
        load_revision(&load, false, false);
        cr_expect_eq(load.status, PADAN_BAD_INPUT, "cut to %zu", i);
        test_reset(&load);
    }
    pd_buffer_reset(&whole);
    test_reset(&sound);
}

#ifdef PADAN_FAULT
Test(revision, failing_allocations_are_reported)
{
    make_sound();
    for (int step = 0; step < 2; step++) {
        for (long n = 1; n < 100000; n++) {
            struct pd_revise_facts facts;
            struct test_load load = { .n = 0 }, changes = { .n = 0 };
            struct padan_error error = { PADAN_OK, "" };
            (void)test_add(&changes, sound_changes);
            const struct pd_revise_options options = { .before = in_folder("kini.padan"),
                                                       .changes = &changes.files[0],
                                                       .operation = "op",
                                                       .out = in_folder("berikut.padan"),
                                                       .threads = 1 };
            pd_memory_fail_after(n);
            enum padan_status status = PADAN_OK;
            if (step == 0) {
                status = pd_revision_make(&options, &facts, &error);
            } else {
                load_revision(&load, true, false);
                status = load.status;
            }
            pd_memory_fail_after(0);
            test_reset(&load);
            test_reset(&changes);
            if (status == PADAN_OK) break;
            cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "%s", error.message);
        }
    }
}
#endif
