/* SPDX-License-Identifier: MIT */
#include "job/job.h"

#include "base/file.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HEAD "padan: 1\nreference_date: 2026-11-23\n"
#define ROSTER "sources:\n  pkh: {role: program, program: PKH, path: pkh.csv}\n"

#define RULES                                                                                                          \
    "id_aturan,program_a,program_b,tingkat,vonis,berlaku_mulai,berlaku_sampai,wilayah,program_batal,dasar_hukum,"      \
    "terverifikasi,catatan\nX,PKH,SEMBAKO,ORANG,BOLEH,,,,,,tidak,\n"

static char folder[64];

static void put(const char *name, const char *content)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    cr_assert_eq(pd_file_write(path, pd_text_of(content), NULL), PADAN_OK);
}

static void make_folder(void)
{
    char path[80];
    (void)snprintf(folder, sizeof folder, "/tmp/padan-job-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/b", folder);
    cr_assert_eq(pd_directory_make(path, NULL), PADAN_OK);
    put("pkh.csv", "nik\n");
    put("b/2.csv", "nik\n");
    put("b/10.csv", "nik\n");
    put("b/1.csv", "nik\n");
}

static void remove_folder(void)
{
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

TestSuite(job, .init = make_folder, .fini = remove_folder);

static enum padan_status read_job(struct pd_job *job, const char *content, struct padan_error *error)
{
    char path[256];
    put("kerja.yaml", content);
    (void)snprintf(path, sizeof path, "%s/kerja.yaml", folder);
    return pd_job_read(job, path, error);
}

static bool same(struct pd_text text, const char *string)
{
    return pd_text_equal(text, pd_text_of(string));
}

Test(job, everything_of_the_contract_is_read)
{
    put("kuota.csv", "kode_wilayah,kuota\n32.10,500\n31,20\n");
    put("kelompok.csv", "# example\ngrup,kode_wilayah\nTIMUR,32.10\nBARAT,32.01\nTIMUR,3211\n");
    put("aturan.csv", RULES);
    struct pd_job job;
    struct padan_error error = { 0 };
    const char *content =
        "padan: 1\nname: contoh\nreference_date: 2026-11-23\nout: keluar\nprevious: keluar/contoh-0001\n"
        "threads: 3\nmemory: 1.5G\nseed: 7\nbahasa: en\nkey_file: kunci.bin\nmodel: orang-indonesia\nsources:\n"
        "  kependudukan: {role: register, path: pkh.csv}\n"
        "  dtsen: {role: registry, path: pkh.csv, unit: person, version: 2026-11, published: 2026-11-20}\n"
        "  pkh: {role: program, program: PKH, unit: family, paths: [\"b/*.csv\"], period: 2026-T4,\n"
        "        rows: [10, null], unique_id: [a, b], kode_wilayah: bps, delimiter: \";\", encoding: CP1252,\n"
        "        header_row: 3, date_order: dmy, amount: 600000, amount_per: month, paid_status: [SI],\n"
        "        on_bad_file: skip, dana: APBN}\n"
        "  pbi_jk: {role: program, program: PBI-JK, path: pkh.csv, period: 2026-11, amount: JUMLAH}\n"
        "  asn: {role: disqualifier, reason: ASN, path: none.csv, level: family, programs: [PKH, BPNT],\n"
        "        columns: {nama: \"NAMA PEGAWAI\", no_kk: null}, optional: true}\n"
        "eligibility:\n  PKH: {decile: [1, 4], category: \"umur <= 6\", quota: kuota.csv}\n  PBI-JK: {quota: 100}\n"
        "compare: [[pkh, kependudukan], [pkh, pkh]]\nrules: aturan.csv\nregion_groups: kelompok.csv\n"
        "limits: {duplicates_percent: 2.0, dead_rows: 0}\nbuka_nik: {hasil_padan.csv: \"audit\"}\n";
    cr_assert_eq(read_job(&job, content, &error), PADAN_OK, "%s", error.message);
    cr_expect(same(job.name, "contoh") && same(job.bahasa, "en") && same(job.model, "orang-indonesia"));
    cr_expect(job.threads == 3 && job.seed == 7 && job.memory_bytes == 1536u << 20 && !job.model_is_path);
    cr_expect_eq(job.reference_date, pd_date_from_civil(2026, 11, 23));
    cr_assert_eq(job.n_sources, 5);
    const struct pd_job_source *pkh = &job.sources[2];
    cr_expect(pkh->unit == PD_UNIT_FAMILY && same(job.programs.items[pkh->program].code, "PKH"));
    cr_assert_eq(pkh->n_paths, 3);
    cr_expect(same(pkh->paths[0].name, "b/1.csv") && same(pkh->paths[1].name, "b/10.csv"));
    cr_expect(pkh->paths[2].path.data[0] == '/' && same(pkh->paths[2].name, "b/2.csv"));
    cr_expect_eq(pkh->period.begin, pd_date_from_civil(2026, 10, 1));
    cr_expect_eq(pkh->period.end, pd_date_from_civil(2026, 12, 31));
    cr_expect(pkh->rows_min == 10 && pkh->rows_max == UINT64_MAX && pkh->n_unique_id == 2);
    cr_expect(pkh->code_system == PD_CODES_BPS && pkh->delimiter == ';' && same(pkh->encoding, "cp1252"));
    cr_expect(pkh->header_row == 3 && pkh->date_order == PD_DATES_DMY && pkh->amount == 600000);
    cr_expect(pkh->amount_per_month && pkh->n_paid_status == 1 && pkh->skip_bad_file && same(pkh->fund, "APBN"));
    cr_expect(job.sources[3].unit == PD_UNIT_PERSON && job.sources[3].amount == -1);
    cr_expect(same(job.sources[3].columns[0].canonical, "nominal") && same(job.sources[3].columns[0].column, "JUMLAH"));
    const struct pd_job_source *asn = &job.sources[4];
    cr_expect(asn->n_paths == 0 && asn->level_family && asn->n_programs == 2 && job.n_notes == 1);
    cr_expect(same(job.programs.items[asn->programs[1]].code, "SEMBAKO"));
    cr_expect(asn->n_columns == 2 && same(asn->columns[0].column, "NAMA PEGAWAI") &&
              asn->columns[1].column.length == 0);
    const struct pd_job_eligibility *line = &job.eligibility[0];
    cr_expect_eq(line->program, pkh->program);
    cr_expect(line->decile_min == 1 && line->decile_max == 4 && same(line->category, "umur <= 6"));
    cr_expect(pd_job_quota_of(line, 3210) == 500 && pd_job_quota_of(line, 31) == 20 && pd_job_quota_of(line, 0) == -1);
    cr_expect_eq(pd_job_quota_of(&job.eligibility[1], 0), 100);
    cr_expect(!job.compare_auto && job.n_compare == 2 && job.compare[0].a == 2 && job.compare[0].b == 0);
    cr_expect(same(job.rules.content, RULES) && job.rule_table.n_rules == 1);
    cr_expect(job.n_groups == 2 && job.n_regions == 3 && job.regions[2].group == 0 && job.regions[2].code == 3211);
    cr_expect(job.limits.duplicates_percent == 2.0 && job.limits.dead_rows == 0 && isnan(job.limits.unlinked_percent));
    cr_expect(job.n_openings == 1 && same(job.openings[0].output, "hasil_padan.csv"));
    pd_job_reset(&job);
}

Test(job, a_small_job_gets_its_defaults)
{
    struct pd_job job;
    struct padan_error error = { 0 };
    cr_assert_eq(read_job(&job, HEAD ROSTER, &error), PADAN_OK, "%s", error.message);
    cr_expect(same(job.name, "kerja") && same(job.bahasa, "id") && job.seed == 1 && job.compare_auto);
    cr_expect(same(pd_text_slice(job.out, job.out.length - 6, job.out.length), "/hasil"));
    cr_expect(job.sources[0].unit == PD_UNIT_FAMILY && same(job.sources[0].fund, "APBN"));
    cr_expect(job.rules.path.length == 0 && job.rules.content.length > 100);
    cr_expect(isnan(job.limits.dead_rows) && job.sources[0].period.begin == PD_DATE_NONE);
    pd_job_reset(&job);
}

Test(job, json_is_read_too)
{
    struct pd_job job;
    struct padan_error error = { 0 };
    const char *content = "{\"padan\": 1, \"reference_date\": \"2026-11-23\", \"sources\": {\"pkh\": {\"role\": "
                          "\"program\", \"program\": \"PKH\", \"path\": \"pkh.csv\"}},\n"
                          "\"region_groups\": {\"A\": [\"32.10\", \"32.11\"], \"32.12\": \"B\"}}";
    cr_assert_eq(read_job(&job, content, &error), PADAN_OK, "%s", error.message);
    cr_expect(job.n_regions == 3 && job.regions[2].code == 3212 && same(job.groups[1], "B"));
    pd_job_reset(&job);
}

Test(job, each_mistake_has_its_place_and_sentence)
{
    put("ganda.csv", "kode_wilayah,kuota\n32.10,500\n3210,20\n");
    put("salah.csv", "kode_wilayah,kuota\n32.10,lima\n");
    static const struct {
        const char *content, *message;
        enum padan_status status;
    } cases[] = {
        { HEAD ROSTER "tread: 2\n", "kerja.yaml:5:1: unknown key \"tread\" in a job file; did you mean \"threads\"?",
          PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  pkh: {rol: program}\n", ":4:9: unknown key \"rol\" in a source; did you mean \"role\"?",
          PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "limits: {dead: 1}\n", "unknown key \"dead\" in limits", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "limits: {dead_rows: many}\n", "limit dead_rows must be a number", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "region_groups: {A: [32.10]}\n", "must be in quotes: \"32.10\"", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "region_groups: {A: [\"32.1\"]}\n", "is not a region code", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "region_groups: {A: [\"32.10\", \"3210\"]}\n", "twice", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "region_groups: none.csv\n", "none.csv: there is no such file", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKG, path: pkh.csv}\n", "did you mean \"PKH\"?",
          PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: ENTAHLAH, path: pkh.csv}\n",
          "unknown program \"ENTAHLAH\": it is not in datasets/program.csv", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: roster, path: pkh.csv}\n", "role is \"roster\" but must be one of: register",
          PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {path: pkh.csv}\n", "source x has no role", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH}\n", "names no file", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH, path: no.csv}\n", "source x: there is no file no.csv",
          PADAN_BAD_INPUT },
        { HEAD "sources:\n  x: {role: program, program: PKH, paths: [\"c/*.csv\"]}\n", "no file c/*.csv",
          PADAN_BAD_INPUT },
        { HEAD "sources:\n  x: {role: register, path: pkh.csv}\n", "no source has role: program", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: register, path: pkh.csv}\n  b: {role: register, path: pkh.csv}\n",
          "sources a and b are both a register", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: registry, path: pkh.csv}\n  b: {role: registry, path: pkh.csv}\n",
          "sources a and b are the same version and unit", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: registry, path: pkh.csv, version: 1}\n  b: {role: registry, path: pkh.csv}\n",
          "both need published", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: program, program: PKH, unit: person, path: pkh.csv}\n", "count different units",
          PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: register, path: pkh.csv, program: PKH}\n", "a register has no key \"program\"",
          PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "  a: {role: disqualifier, path: pkh.csv}\n", "needs a reason", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH, path: pkh.csv, period: 2026-Q}\n",
          "period \"2026-Q\" is not understood", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH, path: pkh.csv, rows: [5, 2]}\n",
          "the least is larger than the most", PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH, path: pkh.csv, paths: [pkh.csv]}\n", "both path and paths",
          PADAN_BAD_ARGUMENT },
        { HEAD "sources:\n  x: {role: program, program: PKH, path: pkh.csv, optional: 3}\n",
          "optional must be true or false", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "eligibility: {PKH: {decile: 4}}\n", "inclusive range", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "eligibility: {PKH: {decile: [1, 11]}}\n", "inclusive range", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "eligibility: {PKH: {quota: ganda.csv}}\n", "region 3210 has two quotas", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "eligibility: {PKH: {quota: salah.csv}}\n", "salah.csv:2: kuota must be", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "compare: [[pkh, hantu]]\n", "compare names hantu, which is no source", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "compare: [[pkh, pkh], [pkh, pkh]]\n", "stands in the list twice", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "memory: much\n", "memory must be a size", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "name: ../x\n", "name becomes a folder", PADAN_BAD_ARGUMENT },
        { HEAD ROSTER "bahasa: fr\n", "bahasa must be id or en", PADAN_BAD_ARGUMENT },
        { "reference_date: 2026-11-23\n" ROSTER, "the key \"padan\" is missing", PADAN_BAD_ARGUMENT },
        { "padan: 2\n" ROSTER, "padan must be 1", PADAN_BAD_ARGUMENT },
        { "padan: 1\n" ROSTER, "the key \"reference_date\" is missing", PADAN_BAD_ARGUMENT },
        { "padan: 1\nreference_date: 23-11-2026\n" ROSTER, "must be a date like", PADAN_BAD_ARGUMENT },
        { HEAD "sources: [\n", "kerja.yaml:", PADAN_BAD_ARGUMENT },
        { "", "kerja.yaml", PADAN_BAD_ARGUMENT },
        { "just words\n", "kerja.yaml:1:1: a job file must be a mapping", PADAN_BAD_ARGUMENT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_job job;
        struct padan_error error = { 0 };
        const enum padan_status status = read_job(&job, cases[i].content, &error);
        cr_expect_eq(status, cases[i].status, "case %zu: status %d, %s", i, (int)status, error.message);
        cr_expect_not_null(strstr(error.message, cases[i].message), "case %zu: %s", i, error.message);
        cr_expect_eq(job.n_sources, 0);
        pd_job_reset(&job);
    }
}

Test(job, periods_become_days)
{
    static const struct {
        const char *text;
        struct pd_date begin, end;
    } cases[] = {
        { "2026", { 2026, 1, 1 }, { 2026, 12, 31 } },
        { "2024-02", { 2024, 2, 1 }, { 2024, 2, 29 } },
        { "2026-12", { 2026, 12, 1 }, { 2026, 12, 31 } },
        { "2026-T1", { 2026, 1, 1 }, { 2026, 3, 31 } },
        { "2026-T4", { 2026, 10, 1 }, { 2026, 12, 31 } },
        { "2026-10..2026-12", { 2026, 10, 1 }, { 2026, 12, 31 } },
        { "2025-T4..2026", { 2025, 10, 1 }, { 2026, 12, 31 } },
        { "2026-13", { 0 }, { 0 } },
        { "2026-T5", { 0 }, { 0 } },
        { "2026-12..2026-10", { 0 }, { 0 } },
        { "2026..", { 0 }, { 0 } },
        { "26-11", { 0 }, { 0 } },
        { "November", { 0 }, { 0 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char content[256];
        struct pd_job job;
        (void)snprintf(content, sizeof content,
                       HEAD "sources:\n  x: {role: program, program: PKH, path: pkh.csv, period: %s}\n", cases[i].text);
        const bool good = cases[i].begin.year != 0;
        cr_assert_eq(read_job(&job, content, NULL), good ? PADAN_OK : PADAN_BAD_ARGUMENT, "%s", cases[i].text);
        if (!good) continue;
        const struct pd_date begin = cases[i].begin, end = cases[i].end;
        cr_expect_eq(job.sources[0].period.begin, pd_date_from_civil(begin.year, begin.month, begin.day), "%s",
                     cases[i].text);
        cr_expect_eq(job.sources[0].period.end, pd_date_from_civil(end.year, end.month, end.day), "%s", cases[i].text);
        pd_job_reset(&job);
    }
}

Test(job, a_missing_job_file_is_a_wrong_command)
{
    struct pd_job job;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_job_read(&job, "/nowhere/kerja.yaml", &error), PADAN_BAD_ARGUMENT);
    cr_expect_not_null(strstr(error.message, "there is no such file"));
}

Test(job, a_file_named_twice_is_read_once)
{
    struct pd_job job;
    const char *content = HEAD "sources:\n  x: {role: program, program: PKH, paths: [\"b/*.csv\", b/1.csv]}\n";
    cr_assert_eq(read_job(&job, content, NULL), PADAN_OK);
    cr_expect(job.sources[0].n_paths == 3 && job.n_notes == 1);
    pd_job_reset(&job);
}

Test(job, a_list_of_programs_of_its_own_replaces_the_built_in)
{
    struct pd_job job;
    put("daftar.csv", "kode,alias,satuan,dana,grup\nBERAS,BERAS DAERAH,keluarga,APBD,PEMDA\n");
    const char *content = HEAD "program_list: daftar.csv\nsources:\n"
                               "  x: {role: program, program: beras_daerah, path: pkh.csv}\n";
    cr_assert_eq(read_job(&job, content, NULL), PADAN_OK);
    cr_expect(same(job.programs.items[job.sources[0].program].code, "BERAS"));
    cr_expect(pd_program_in_group(&job.programs.items[0], PD_TEXT("PEMDA")));
    pd_job_reset(&job);
}

Test(job, sizes_of_memory_are_read)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } cases[] = { { "16G", UINT64_C(16) << 30 },
                  { "800M", UINT64_C(800) << 20 },
                  { "2GiB", UINT64_C(2) << 30 },
                  { "1gb", UINT64_C(1) << 30 },
                  { "1048576", 1048576 },
                  { "0.5T", UINT64_C(1) << 39 },
                  { "G", 0 },
                  { "-1G", 0 },
                  { "", 0 },
                  { "4X", 0 },
                  { "nan", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t bytes = 0;
        cr_expect_eq(pd_memory_parse(pd_text_of(cases[i].text), &bytes), cases[i].bytes != 0, "%s", cases[i].text);
        cr_expect_eq(bytes, cases[i].bytes, "%s", cases[i].text);
    }
}

#ifdef PADAN_FAULT
/* Whatever allocation fails, the answer is OUT_OF_MEMORY and nothing is kept. */
Test(job, every_failing_allocation_is_told)
{
    put("kuota.csv", "kode_wilayah,kuota\n32.10,500\n");
    const char *content =
        HEAD "sources:\n  x: {role: program, program: PKH, paths: [\"b/*.csv\"], columns: {nama: N}}\n"
             "  y: {role: disqualifier, reason: ASN, path: none.csv, optional: true}\n"
             "eligibility: {PKH: {quota: kuota.csv}}\nregion_groups: {A: [\"32.10\"]}\n";
    char path[256];
    put("kerja.yaml", content);
    (void)snprintf(path, sizeof path, "%s/kerja.yaml", folder);
    for (long n = 1; n < 100000; n++) {
        struct pd_job job;
        struct padan_error error = { 0 };
        pd_memory_fail_after(n);
        const enum padan_status status = pd_job_read(&job, path, &error);
        pd_memory_fail_after(0);
        pd_job_reset(&job);
        if (status == PADAN_OK) break;
        cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "allocation %ld: %d %s", n, (int)status, error.message);
    }
}
#endif
