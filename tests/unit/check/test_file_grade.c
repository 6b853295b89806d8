/* SPDX-License-Identifier: MIT
 * Files from text to grade: what is empty or cannot be read counts for nothing. */
#include "base/date.h"
#include "checking/file_grade.h"
#include "indonesia/indonesia.h"
#include "normalise/normalise.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

static struct pd_file_grade grade_of(const char *content)
{
    char path[] = "/tmp/padan-grade-XXXXXX";
    const int file = mkstemp(path);
    cr_assert_geq(file, 0);
    cr_assert_eq(write(file, content, strlen(content)), (ssize_t)strlen(content));
    (void)close(file);
    const struct pd_input_source source = { .name = PD_TEXT("pkh") };
    const struct pd_input_file input = { .path = path };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &input, .n_files = 1, .canonical = true, .threads = 1
    };
    struct pd_ingest_result ingested;
    struct pd_table table;
    struct pd_indonesia indonesia;
    struct pd_normalise_result normalised;
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_ingest(&options, &table, &ingested, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_indonesia_load(&indonesia, &error), PADAN_OK, "%s", error.message);
    const struct pd_normalise_options normalise = { .indonesia = &indonesia,
                                                    .reference_date = pd_date_from_civil(2026, 11, 23),
                                                    .threads = 1 };
    cr_assert_eq(pd_normalise_indonesia(&table, &normalise, &normalised, &error), PADAN_OK, "%s", error.message);
    const struct pd_file_grade grade = pd_file_grade(&table, &ingested.files[0]);
    pd_normalise_result_reset(&normalised);
    pd_indonesia_reset(&indonesia);
    pd_ingest_result_reset(&ingested);
    pd_table_reset(&table);
    (void)unlink(path);
    return grade;
}

Test(file_grade, grades_follow_what_is_filled)
{
    static const struct {
        const char *content;
        char letter;
    } cases[] = {
        { "nik,nama,tempat_lahir,tgl_lahir,jk,nama_ibu\n3201014107909001,SITI,BOGOR,1990-07-01,P,ANI\n", 'A' },
        { "nik,nama,tempat_lahir,tgl_lahir,jk\n3201014107909001,SITI,BOGOR,1990-07-01,P\n", 'A' },
        { "nik,nama,ttl,jk\n3201014107909001,SITI,\"BOGOR, 01-07-1990\",P\n", 'A' },
        { "nik,nama,tgl_lahir,jk\n3201014107909001,SITI,1990-07-01,P\n", 'B' },
        { "nik,nama,tgl_lahir\n3201014107909001,SITI,1990-07-01\n", 'C' },
        { "nik,nama\n3201014107909001,SITI\n", 'D' },
        { "nik,no_kk\n3201014107909001,3201010101109001\n", 'E' },
        { "nama,tempat_lahir,tgl_lahir,jk,nama_ibu\nSITI,BOGOR,1990-07-01,P,ANI\n", 'A' },
        { "nama,tempat_lahir,tgl_lahir\nSITI,BOGOR,1990-07-01\n", 'C' },
        { "nama,alamat\nSITI,JL MAWAR\n", 'E' },
        { "no_kk,alamat\n3201010101109001,JL MAWAR\n", 'F' },
        /* there, but nothing in it */
        { "nik,nama,tempat_lahir,tgl_lahir,jk,nama_ibu\n-,SITI,BOGOR,1990-07-01,P,ANI\n", 'C' },
        { "nik,nama,tempat_lahir,tgl_lahir,jk,nama_ibu\n\"3,20101E+15\",-,-,00-00-0000,?,-\n", 'F' },
        /* half of the rows */
        { "nik,nama,tgl_lahir,jk\n3201014107909001,SITI,1990-07-01,P\n,ANI,1991-02-03,P\n", 'D' },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(grade_of(cases[i].content).letter, cases[i].letter, "case %zu: %c", i,
                     grade_of(cases[i].content).letter);
}

Test(file_grade, shares_are_of_accepted_rows)
{
    const struct pd_file_grade grade = grade_of("nik,nama\n3201014107909001,SITI\n3201014107909002,\nx\n,ANI\n,BUDI\n");
    cr_expect(grade.has_nik);
    cr_expect_str_eq(pd_grade_element(0), "nik");
    cr_expect(fabs(grade.share[0] - 0.5) < 1e-12);
    cr_expect_str_eq(pd_grade_element(1), "nama");
    cr_expect(fabs(grade.share[1] - 0.75) < 1e-12);
}

Test(file_grade, a_file_that_was_left_out_has_none)
{
    const struct pd_table table = { .n_records = 0 };
    const struct pd_file_result file = { .status = PADAN_BAD_INPUT };
    cr_expect_eq(pd_file_grade(&table, &file).letter, '-');
}
