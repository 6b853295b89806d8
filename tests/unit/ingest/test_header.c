/* SPDX-License-Identifier: MIT
 * Which column is which: aliases in ranks, choices of the job, the wide form, columns as they are. */
#include "harness.h"

Test(header, aliases_are_found_whatever_their_spelling)
{
    static const char *const headers[] = { "NIK", "nik_ktp", "No. KTP", "NOMOR NIK", "nik_art" };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char content[64];
        struct test_load load;
        (void)snprintf(content, sizeof content, "%s;x\n3201014101809001;1\n", headers[i]);
        test_read(&load, content, true);
        expect_cell(&load, "nik", 0, "3201014101809001");
        cr_expect_eq(load.result.files[0].columns[1].name.length, 0);
        test_reset(&load);
    }
}

Test(header, notes_on_the_form_of_values_are_left_out)
{
    static const char *const niks[] = { "NIK (16 digit)",       "NIK*",    "\"NIK\n(16 angka) *\"", "NIK\u00a0:",
                                        "No. KTP (sesuai KTP)", "=\"NIK\"" };
    for (size_t i = 0; i < sizeof niks / sizeof *niks; i++) {
        char content[96];
        struct test_load load;
        (void)snprintf(content, sizeof content, "%s;x\n3201014101809001;1\n", niks[i]);
        test_read(&load, content, true);
        expect_cell(&load, "nik", 0, "3201014101809001");
        test_reset(&load);
    }
    struct test_load load;
    test_read(&load,
              "nik;Nama\u00a0Lengkap;Jumlah Bantuan (Rp.);Jenis Kelamin (L/P);Tgl Lahir (DD/MM/YYYY);Nama (IBU)\n"
              "1;SITI;600000;P;01/02/1980;ANI\n",
              true);
    expect_cell(&load, "nama", 0, "SITI"); /* and not the mother's */
    expect_cell(&load, "nominal", 0, "600000");
    expect_cell(&load, "jenis_kelamin", 0, "P");
    expect_cell(&load, "tgl_lahir", 0, "01/02/1980");
    test_reset(&load);
}

Test(header, a_better_name_wins_over_a_broader_one)
{
    struct test_load load;
    test_read(&load, "Nama_KRT,nama_art,nik\nKEPALA,ANAK,1\n", true);
    expect_cell(&load, "nama", 0, "ANAK");
    test_reset(&load);
    test_read(&load, "Nama_KRT,nik\nKEPALA,1\n", true);
    expect_cell(&load, "nama", 0, "KEPALA");
    test_reset(&load);
}

Test(header, percentile_and_rank_are_no_decile)
{
    struct test_load load;
    test_read(&load, "nik,percentile,peringkat\n1,40,7\n", true);
    cr_expect_lt(pd_table_find(&load.table, PD_TEXT("desil")), 0);
    test_reset(&load);
}

Test(header, the_job_decides_between_two_columns)
{
    static const struct pd_column_choice second = { PD_TEXT("nik"), PD_TEXT("NIK_KTP") };
    static const struct pd_column_choice none = { PD_TEXT("nama_ibu"), PD_TEXT("") };
    static const struct pd_column_choice absent = { PD_TEXT("nik"), PD_TEXT("NO_INDUK") };
    const struct {
        const struct pd_column_choice *choice;
        enum padan_status status;
    } cases[] = { { NULL, PADAN_BAD_ARGUMENT }, { &second, PADAN_OK }, { &absent, PADAN_BAD_ARGUMENT } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test_load load = { .n = 0 };
        struct pd_input_file *file = test_add(&load, "nik,NIK_KTP,nama\n1,2,A\n");
        file->choices = cases[i].choice;
        file->n_choices = cases[i].choice != NULL;
        test_run(&load, true);
        cr_expect_eq(load.status, cases[i].status, "case %zu: %s", i, load.error.message);
        if (load.status == PADAN_OK) expect_cell(&load, "nik", 0, "2");
        test_reset(&load);
    }
    struct test_load load = { .n = 0 };
    struct pd_input_file *file = test_add(&load, "nik,nama_ibu\n1,X\n");
    file->choices = &none;
    file->n_choices = 1;
    test_run(&load, true);
    cr_expect_lt(pd_table_find(&load.table, PD_TEXT("nama_ibu")), 0);
    test_reset(&load);
}

Test(header, the_wide_form_gives_a_program_its_rows_and_its_period)
{
    static const struct pd_text pkh[] = { { "PKH", 3 } };
    struct test_load load = { .n = 0 };
    (void)test_add(&load, "NIK,NAMA,PKH,periode_pkh,BPNT,periode_bpnt\n"
                          "1,A,1,2026-T4,0,\n2,B,0,,1,2026-11\n3,C,ya,2026-T3,1,2026-11\n4,D,?,,,\n");
    load.sources[0].program_names = pkh;
    load.sources[0].n_program_names = 1;
    test_run(&load, true);
    const struct pd_file_result *file = &load.result.files[0];
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    /* "?" is no flag, so the column is not one: rather all rows than the wrong ones. */
    cr_expect_eq(load.table.n_records, 4);
    test_reset(&load);
    (void)test_add(&load, "NIK,NAMA,PKH,periode_pkh,BPNT,periode_bpnt\n"
                          "1,A,1,2026-T4,0,\n2,B,0,,1,2026-11\n3,C,ya,2026-T3,1,2026-11\n4,D,,,,\n");
    load.sources[0].program_names = pkh;
    load.sources[0].n_program_names = 1;
    test_run(&load, true);
    file = &load.result.files[0];
    cr_assert_eq(load.table.n_records, 2);
    cr_expect_eq(file->rows_skipped, 2);
    cr_expect(pd_text_equal(file->program_flag, PD_TEXT("PKH")));
    cr_expect(file->columns[2].is_program && file->columns[4].is_program && !file->columns[1].is_program);
    expect_cell(&load, "nama", 1, "C");
    expect_cell(&load, "periode", 1, "2026-T3");
    test_reset(&load);
}

Test(header, columns_as_they_are)
{
    struct test_load load;
    test_read(&load, "a,a,,b\n1,2,3,4\n", false);
    expect_cell(&load, "a", 0, "1");
    expect_cell(&load, "a_2", 0, "2");
    expect_cell(&load, "kolom_3", 0, "3");
    expect_cell(&load, "b", 0, "4");
    expect_cell(&load, "unique_id", 0, "a:2");
    test_reset(&load);
    struct test_load ignoring = { .n = 0 };
    static const struct pd_text ignored[] = { { "LABEL", 5 } };
    (void)test_add(&ignoring, "unique_id,label,b\n7,x,4\n");
    ignoring.options.ignore = ignored;
    ignoring.options.n_ignore = 1;
    test_run(&ignoring, false);
    cr_expect_lt(pd_table_find(&ignoring.table, PD_TEXT("label")), 0);
    expect_cell(&ignoring, "unique_id", 0, "7");
    test_reset(&ignoring);
}

Test(header, one_file_may_hold_several_sources)
{
    struct test_load load = { .n = 0 };
    (void)test_add(&load, "source,id_baris,nama\ny,1,A\nx,2,B\ny,3,C\n,4,D\n");
    load.options.source_column = PD_TEXT("source");
    test_run(&load, false);
    cr_assert_eq(load.status, PADAN_OK, "%s", load.error.message);
    cr_assert_eq(load.table.n_sources, 3);
    cr_expect(pd_text_equal(load.table.sources[0].name, PD_TEXT("y")));
    cr_expect_eq(load.table.sources[0].end - load.table.sources[0].begin, 2);
    expect_cell(&load, "nama", 1, "C");
    expect_cell(&load, "nama", 2, "B");
    test_reset(&load);
}
