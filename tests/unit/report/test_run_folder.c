/* SPDX-License-Identifier: MIT */
#include "report/run_folder.h"

#include "base/file.h"
#include "base/memory.h"
#include "report/manifest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64], out[80];

static void make_root(void)
{
    (void)snprintf(root, sizeof root, "/tmp/padan-run-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    (void)snprintf(out, sizeof out, "%s/a/hasil", root);
}

static void remove_root(void)
{
    cr_expect_eq(pd_directory_remove(root, NULL), PADAN_OK);
}

TestSuite(run_folder, .init = make_root, .fini = remove_root);

static bool there(const char *name)
{
    char path[256];
    struct stat status;
    (void)snprintf(path, sizeof path, "%s/%s", out, name);
    return stat(path, &status) == 0;
}

static void expect_content(const char *name, const char *wanted)
{
    char path[256];
    struct pd_buffer content = { 0 };
    (void)snprintf(path, sizeof path, "%s/%s", out, name);
    cr_assert_eq(pd_file_read(path, 1 << 20, &content, NULL), PADAN_OK);
    cr_expect_str_eq(content.data, wanted);
    pd_buffer_reset(&content);
}

static size_t format(const void *context, size_t row, struct pd_buffer *line)
{
    (void)context;
    pd_append_u64(line, row);
    pd_append_byte(line, '\n');
    return 1;
}

static void make_run(void)
{
    struct pd_run_folder folder;
    const struct pd_rows rows = { .header = PD_TEXT("n"), .n_rows = 2, .format = format, .n_threads = 1 };
    cr_assert_eq(pd_run_folder_open(&folder, pd_text_of(out), PD_TEXT("x"), NULL), PADAN_OK);
    cr_assert_eq(pd_run_folder_rows(&folder, "n.csv", &rows, NULL), PADAN_OK);
    cr_assert_eq(pd_run_folder_bytes(&folder, "konfigurasi/job.yaml", PD_TEXT("padan: 1\n"), NULL), PADAN_OK);
    cr_assert_eq(pd_run_folder_publish(&folder, NULL), PADAN_OK);
    pd_run_folder_reset(&folder);
}

Test(run_folder, runs_are_numbered_and_the_last_is_named)
{
    make_run();
    make_run();
    cr_expect(there("x-0001/n.csv") && there("x-0002/konfigurasi/job.yaml"));
    expect_content("TERAKHIR", "x-0002\n");
    expect_content("x-0002/n.csv", "n\n0\n1\n");
    struct stat status;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/x-0002", out);
    cr_assert_eq(stat(path, &status), 0);
    cr_expect_eq(status.st_mode & 0777, 0700);
}

Test(run_folder, an_abandoned_run_leaves_nothing)
{
    make_run();
    struct pd_run_folder folder;
    cr_assert_eq(pd_run_folder_open(&folder, pd_text_of(out), PD_TEXT("x"), NULL), PADAN_OK);
    cr_assert_eq(pd_run_folder_bytes(&folder, "keadaan/k.bin", PD_TEXT("k"), NULL), PADAN_OK);
    cr_expect(there(".x-0002.sementara/keadaan/k.bin"));
    pd_run_folder_reset(&folder);
    cr_expect_not(there(".x-0002.sementara"));
    expect_content("TERAKHIR", "x-0001\n");
    pd_run_folder_reset(&folder);
}

Test(run_folder, what_a_killed_run_left_is_removed_and_a_living_one_is_not)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/.x-0004.sementara/keadaan", out);
    cr_assert_eq(pd_directory_make(path, NULL), PADAN_OK);
    (void)snprintf(path, sizeof path, "%s/.y-0004.sementara", out);
    cr_assert_eq(pd_directory_make(path, NULL), PADAN_OK);
    struct pd_run_folder living, second;
    cr_assert_eq(pd_run_folder_open(&living, pd_text_of(out), PD_TEXT("x"), NULL), PADAN_OK);
    cr_expect(living.n_leftovers == 1 && !there(".x-0004.sementara") && there(".y-0004.sementara"));
    cr_assert_eq(pd_run_folder_open(&second, pd_text_of(out), PD_TEXT("x"), NULL), PADAN_OK);
    cr_expect(second.n_leftovers == 0 && there(".x-0001.sementara") && there(".x-0002.sementara"));
    cr_assert_eq(pd_run_folder_publish(&second, NULL), PADAN_OK);
    cr_assert_eq(pd_run_folder_publish(&living, NULL), PADAN_OK);
    pd_run_folder_reset(&second);
    pd_run_folder_reset(&living);
    cr_expect(there("x-0001") && there("x-0002"));
}

Test(run_folder, numbers_of_other_names_do_not_count)
{
    char path[128];
    static const char *const others[] = { "xy-0009", "x-y-0009", "x-12", "x-0007-old", "x-0003" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", out, others[i]);
        cr_assert_eq(pd_directory_make(path, NULL), PADAN_OK);
    }
    make_run();
    cr_expect(there("x-0004/n.csv"));
}

Test(run_folder, a_folder_that_cannot_be_made_is_one_sentence)
{
    struct pd_run_folder folder;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_run_folder_open(&folder, PD_TEXT("/proc/none/hasil"), PD_TEXT("x"), &error), PADAN_IO);
    cr_expect_not_null(strstr(error.message, "/proc/none/hasil"));
    pd_run_folder_reset(&folder);
}

Test(run_folder, manifest_and_trail_tell_what_was_done)
{
    static char command[] = "padan", *arguments[] = { command, NULL };
    char second_trail[256] = "";
    for (int run = 0; run < 2; run++) {
        struct pd_run_folder folder;
        const struct pd_manifest_input input = { .kind = "source",
                                                 .source = PD_TEXT("pkh"),
                                                 .name = PD_TEXT("p\"k.csv"),
                                                 .path = PD_TEXT("/d/p.csv"),
                                                 .bytes = 12,
                                                 .n_rows = 3,
                                                 .digest = PD_TEXT("ab") };
        const struct pd_manifest_count count = { "pairs", 7 };
        const struct pd_manifest_stage stage = { "membaca", 1.5, 1000 };
        const struct pd_text alarm = PD_TEXT("NIK dibulatkan");
        const struct pd_manifest manifest = { .command = "run",
                                              .argc = 1,
                                              .argv = arguments,
                                              .started = 0,
                                              .finished = 60,
                                              .threads = 2,
                                              .kernels = "avx2",
                                              .open_nik_reason = "uji",
                                              .inputs = &input,
                                              .n_inputs = 1,
                                              .counts = &count,
                                              .n_counts = 1,
                                              .stages = &stage,
                                              .n_stages = 1,
                                              .alarms = &alarm,
                                              .n_alarms = 1 };
        cr_assert_eq(pd_run_folder_open(&folder, pd_text_of(out), PD_TEXT("x"), NULL), PADAN_OK);
        cr_assert_eq(pd_run_folder_bytes(&folder, "a.csv", PD_TEXT("a\n"), NULL), PADAN_OK);
        cr_assert_eq(pd_run_folder_miss(&folder, "galat_sasaran.csv", "tidak ada registri", NULL), PADAN_OK);
        cr_assert_eq(pd_trail_write(&folder, &manifest, NULL), PADAN_OK);
        cr_assert_eq(pd_manifest_write(&folder, &manifest, NULL), PADAN_OK);
        cr_assert_eq(pd_run_folder_publish(&folder, NULL), PADAN_OK);
        cr_assert_eq(pd_trail_append(&folder, NULL), PADAN_OK);
        (void)snprintf(second_trail, sizeof second_trail, "%s/jejak.jsonl", folder.final.data);
        pd_run_folder_reset(&folder);
    }
    struct pd_buffer manifest = { 0 }, trail = { 0 };
    char path[128];
    (void)snprintf(path, sizeof path, "%s/x-0001/manifest.json", out);
    cr_assert_eq(pd_file_read(path, 1 << 20, &manifest, NULL), PADAN_OK);
    static const char *const parts[] = { "\"laporan_tidak_ada\": [",
                                         "\"alasan\": \"tidak ada registri\"",
                                         "\"pairs\": 7",
                                         "\"started\": \"1970-01-01T00:00:00Z\"",
                                         "\"finished\": \"1970-01-01T00:01:00Z\"",
                                         "\"name\": \"p\\\"k.csv\"",
                                         "\"open_nik\": \"uji\"",
                                         "\"rows\": 3",
                                         "\"seconds\": 1.500",
                                         "\"name\": \"jejak.jsonl\"",
                                         "NIK dibulatkan",
                                         "\"run\": \"x-0001\"" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_expect_not_null(strstr(manifest.data, parts[i]), "%s", parts[i]);
    (void)snprintf(path, sizeof path, "%s/jejak.jsonl", out);
    cr_assert_eq(pd_file_read(path, 1 << 20, &trail, NULL), PADAN_OK);
    size_t n_lines = 0;
    for (size_t i = 0; i < trail.length; i++) n_lines += trail.data[i] == '\n';
    cr_expect_eq(n_lines, 2);
    cr_expect_not_null(strstr(trail.data, "\"previous_line\":\"\"}\n"));
    cr_expect_null(strstr(strchr(trail.data, '\n'), "\"previous_line\":\"\""));
    pd_buffer_reset(&manifest);
    pd_buffer_reset(&trail);
}

#ifdef PADAN_FAULT
static enum padan_status whole_run(void)
{
    struct pd_run_folder folder;
    const struct pd_rows rows = {
        .header = PD_TEXT("n"), .n_rows = 20, .format = format, .n_threads = 2, .chunk_rows = 5, .compress = true
    };
    const struct pd_manifest manifest = { .command = "run", .kernels = "scalar" };
    enum padan_status status = pd_run_folder_open(&folder, pd_text_of(out), PD_TEXT("x"), NULL);
    if (status == PADAN_OK) status = pd_run_folder_rows(&folder, "n.csv", &rows, NULL);
    if (status == PADAN_OK) status = pd_run_folder_miss(&folder, "a.csv", "reason", NULL);
    if (status == PADAN_OK) status = pd_trail_write(&folder, &manifest, NULL);
    if (status == PADAN_OK) status = pd_manifest_write(&folder, &manifest, NULL);
    if (status == PADAN_OK) status = pd_run_folder_publish(&folder, NULL);
    if (status == PADAN_OK) status = pd_trail_append(&folder, NULL);
    pd_run_folder_reset(&folder);
    return status;
}

Test(run_folder, every_failing_allocation_is_told)
{
    for (long n = 1; n < 100000; n++) {
        pd_memory_fail_after(n);
        const enum padan_status status = whole_run();
        pd_memory_fail_after(0);
        if (status == PADAN_OK) break;
        cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "allocation %ld: %d", n, (int)status);
    }
}
#endif
