/* SPDX-License-Identifier: MIT */
#include "report/previous.h"

#include "base/file.h"
#include "base/sha256.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char root[64];

static void put(const char *name, const void *bytes, size_t length)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/keadaan/%s", root, name);
    cr_assert_eq(pd_file_write(path, (struct pd_text){ bytes, length }, NULL), PADAN_OK);
}

static void put_records(const char *name, const char *header, const void *records, size_t bytes)
{
    char content[1024];
    (void)snprintf(content, sizeof content, "%s\n", header);
    memcpy(content + PD_STATE_HEADER_BYTES, records, bytes);
    put(name, content, PD_STATE_HEADER_BYTES + bytes);
}

/* manifest.json of the files as they are now. */
static void put_manifest(void)
{
    static const char *const names[] = { "baris.bin", "temuan.bin", "sumber.csv", "id.csv", "kriteria.csv" };
    char path[128];
    struct pd_buffer json = { 0 };
    pd_append_string(&json, "{\"outputs\": [{\"name\": \"klaster.csv\", \"sha256\": \"\"}");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char hash[65];
        (void)snprintf(path, sizeof path, "%s/keadaan/%s", root, names[i]);
        if (pd_sha256_file(path, hash, NULL) != PADAN_OK) continue;
        pd_append_format(&json, ", {\"name\": \"keadaan/%s\", \"sha256\": \"%s\"}", names[i], hash);
    }
    pd_append_string(&json, "]}\n");
    (void)snprintf(path, sizeof path, "%s/manifest.json", root);
    cr_assert_eq(pd_file_write(path, (struct pd_text){ json.data, json.length }, NULL), PADAN_OK);
    pd_buffer_reset(&json);
}

/* Two sources, three rows, an id with a line end, two findings. */
static void make_state(void)
{
    char path[128];
    (void)snprintf(root, sizeof root, "/tmp/padan-previous-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    (void)snprintf(path, sizeof path, "%s/keadaan", root);
    cr_assert_eq(pd_directory_make(path, NULL), PADAN_OK);
    const struct pd_row_state rows[3] = { { .content = 1, .cluster = 0 },
                                          { .content = 2, .cluster = 0, .source = 1 },
                                          { .content = 3, .cluster = 2, .source = 1 } };
    const struct pd_finding_state findings[2] = { { .record = 1, .criterion = 1, .kind = 0 },
                                                  { .record = 1, .criterion = 0, .kind = 1 } };
    static const char sources[] = "nama,peran,program,versi,mulai,akhir,satuan\n"
                                  "dtsen,registry,,2026-05,0,1,keluarga\npkh,program,PKH,,1,3,orang\n";
    static const char ids[] = "unique_id\nA1\n\"B\n2\"\npkh.csv:3\n";
    static const char criteria[] = "nomor,kriteria\n0,\n1,DESIL>4\n";
    put_records("baris.bin", PD_STATE_ROWS_HEADER, rows, sizeof rows);
    put_records("temuan.bin", PD_STATE_FINDINGS_HEADER, findings, sizeof findings);
    put("sumber.csv", sources, sizeof sources - 1);
    put("id.csv", ids, sizeof ids - 1);
    put("kriteria.csv", criteria, sizeof criteria - 1);
    put_manifest();
}

static void remove_state(void)
{
    cr_expect_eq(pd_directory_remove(root, NULL), PADAN_OK);
}

TestSuite(previous, .init = make_state, .fini = remove_state);

Test(previous, a_state_is_read_as_it_was_written)
{
    struct pd_previous previous;
    size_t begin = 9;
    size_t end = 9;
    cr_assert_eq(pd_previous_read(&previous, root, NULL), PADAN_OK);
    cr_assert(previous.n_rows == 3 && previous.n_sources == 2 && previous.n_findings == 2 && previous.n_criteria == 2);
    cr_expect(previous.sources[0].registry && pd_text_equal(previous.sources[0].version, PD_TEXT("2026-05")));
    cr_expect(!previous.sources[1].registry && pd_text_equal(previous.sources[1].program, PD_TEXT("PKH")));
    cr_expect(pd_text_equal(pd_previous_id(&previous, 0), PD_TEXT("A1")));
    cr_expect(pd_text_equal(pd_previous_id(&previous, 1), PD_TEXT("\"B\n2\"")));
    cr_expect(pd_text_equal(pd_previous_id(&previous, 2), PD_TEXT("pkh.csv:3")));
    cr_expect(previous.rows[2].content == 3 && pd_text_equal(previous.criteria[1], PD_TEXT("DESIL>4")));
    pd_previous_findings_of(&previous, 1, &begin, &end);
    cr_expect(begin == 0 && end == 2);
    pd_previous_findings_of(&previous, 2, &begin, &end);
    cr_expect(begin == end);
    pd_previous_reset(&previous);
}

static void damage_nothing(void)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/keadaan/id.csv", root);
    cr_assert_eq(unlink(path), 0);
}

static void damage_header(void)
{
    put("baris.bin", "padan keadaan baris 2          \n", 32);
}

static void damage_length(void)
{
    put("baris.bin", PD_STATE_ROWS_HEADER "\nabc", 35);
}

static void damage_ids(void)
{
    put("id.csv", "unique_id\nA1\nB2\n", 16);
}

static void damage_more_ids(void)
{
    put("id.csv", "unique_id\n1\n2\n3\n4\n", 18);
}

static void damage_cluster(void)
{
    const struct pd_row_state rows[3] = { { .cluster = 3 } };
    put_records("baris.bin", PD_STATE_ROWS_HEADER, rows, sizeof rows);
}

static void damage_source(void)
{
    const struct pd_row_state rows[3] = { { .source = 2 } };
    put_records("baris.bin", PD_STATE_ROWS_HEADER, rows, sizeof rows);
}

static void damage_finding(void)
{
    const struct pd_finding_state finding = { .record = 1, .criterion = 2 };
    put_records("temuan.bin", PD_STATE_FINDINGS_HEADER, &finding, sizeof finding);
}

static void damage_order(void)
{
    const struct pd_finding_state findings[2] = { { .record = 2 }, { .record = 1 } };
    put_records("temuan.bin", PD_STATE_FINDINGS_HEADER, findings, sizeof findings);
}

static void damage_ranges(void)
{
    static const char sources[] =
        "nama,peran,program,versi,mulai,akhir,satuan\na,registry,,,0,4,orang\nb,program,,,0,1,orang\n";
    put("sumber.csv", sources, sizeof sources - 1);
}

static void damage_numbers(void)
{
    static const char sources[] =
        "nama,peran,program,versi,mulai,akhir,satuan\na,registry,,,0,x,orang\nb,program,,,0,1,orang\n";
    put("sumber.csv", sources, sizeof sources - 1);
}

Test(previous, a_damaged_state_is_refused_with_the_name_of_the_file)
{
    static const struct {
        const char *what;
        void (*damage)(void);
        const char *named;
    } cases[] = {
        { "a file is missing", damage_nothing, "id.csv" },
        { "another version", damage_header, "baris.bin" },
        { "cut records", damage_length, "baris.bin" },
        { "too few ids", damage_ids, "id.csv" },
        { "too many ids", damage_more_ids, "id.csv" },
        { "a cluster beyond the rows", damage_cluster, "baris.bin" },
        { "a source beyond the sources", damage_source, "baris.bin" },
        { "a criterion beyond the criteria", damage_finding, "baris.bin" },
        { "findings out of order", damage_order, "baris.bin" },
        { "a source beyond the rows", damage_ranges, "baris.bin" },
        { "no number", damage_numbers, "sumber.csv" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_previous previous;
        struct padan_error error = { 0 };
        remove_state();
        make_state();
        cases[i].damage();
        put_manifest();
        cr_expect_eq(pd_previous_read(&previous, root, &error), PADAN_BAD_INPUT, "%s", cases[i].what);
        cr_expect_not_null(strstr(error.message, cases[i].named), "%s: %s", cases[i].what, error.message);
    }
}

Test(previous, a_changed_byte_is_no_change_of_a_row)
{
    static const char *const names[] = { "baris.bin", "temuan.bin", "sumber.csv", "id.csv", "kriteria.csv" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pd_buffer content = { 0 };
        struct pd_previous previous;
        struct padan_error error = { 0 };
        char path[128];
        remove_state();
        make_state();
        (void)snprintf(path, sizeof path, "%s/keadaan/%s", root, names[i]);
        cr_assert_eq(pd_file_read(path, 4096, &content, NULL), PADAN_OK);
        content.data[content.length - 2] ^= 1;
        put(names[i], content.data, content.length);
        pd_buffer_reset(&content);
        cr_expect_eq(pd_previous_read(&previous, root, &error), PADAN_BAD_INPUT, "%s", names[i]);
        cr_expect_not_null(strstr(error.message, names[i]), "%s", error.message);
    }
}

static void expect_bad_manifest(void)
{
    struct pd_previous previous;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_previous_read(&previous, root, &error), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(error.message, "manifest.json"), "%s", error.message);
}

Test(previous, a_state_without_its_manifest_is_refused)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/manifest.json", root);
    cr_assert_eq(pd_file_write(path, PD_TEXT("{\"outputs\": ["), NULL), PADAN_OK);
    expect_bad_manifest();
    cr_assert_eq(unlink(path), 0);
    expect_bad_manifest();
}
