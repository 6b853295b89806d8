/* SPDX-License-Identifier: MIT */
#include "job/program.h"

#include "base/delimited.h"
#include "base/embedded.h"
#include "job/reader.h"

#include <criterion/criterion.h>

Test(program, the_shipped_list_can_be_read)
{
    struct pd_arena arena = { 0 };
    struct pd_program_list list;
    struct padan_error error = { 0 };
    cr_assert_eq(pd_program_list_read(&list, &arena, pd_embedded("datasets/program.csv"), "program.csv", &error),
                 PADAN_OK, "%s", error.message);
    const int sembako = pd_program_find(&list, PD_TEXT("bpnt"));
    cr_assert_geq(sembako, 0);
    cr_expect(pd_text_equal(list.items[sembako].code, PD_TEXT("SEMBAKO")));
    cr_expect_eq(list.items[sembako].unit, PD_UNIT_FAMILY);
    cr_expect_eq(pd_program_find(&list, PD_TEXT("blt_desa")), pd_program_find(&list, PD_TEXT("BLT-DESA")));
    cr_expect_eq(list.items[pd_program_find(&list, PD_TEXT("PBI JK"))].unit, PD_UNIT_PERSON);
    cr_expect_eq(pd_program_find(&list, PD_TEXT("PKH PLUS")), -1);
    cr_expect_eq(pd_program_find(&list, PD_TEXT("")), -1);
    pd_arena_reset(&arena);
}

Test(program, a_bad_list_names_its_line)
{
    static const struct {
        const char *content, *message;
    } cases[] = {
        { "kode,alias,satuan,dana,grup\nA,,rumah,,\n", "x.csv:2: satuan" },
        { "kode,alias,satuan,dana,grup\nA,B,orang,,\nb,,orang,,\n", "x.csv:3: program b" },
        { "kode,alias,satuan,dana,grup\n,B,orang,,\n", "x.csv:2: kode is empty" },
        { "kode,alias,satuan,dana,grup\n", "holds no program" },
        { "kode,satuan\nA,orang\n", "x.csv" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        struct pd_program_list list;
        struct padan_error error = { 0 };
        cr_expect_eq(pd_program_list_read(&list, &arena, pd_text_of(cases[i].content), "x.csv", &error),
                     PADAN_BAD_ARGUMENT);
        cr_expect_not_null(strstr(error.message, cases[i].message), "case %zu: %s", i, error.message);
        pd_arena_reset(&arena);
    }
}

/* Every program of a rule is in the list or is a group or '*'; every region code has a length that exists. */
Test(program, the_shipped_rules_and_groups_fit_the_list)
{
    struct pd_arena arena = { 0 };
    struct pd_program_list list;
    cr_assert_eq(pd_program_list_read(&list, &arena, pd_embedded("datasets/program.csv"), "p", NULL), PADAN_OK);
    struct pd_delimited rows;
    bool more = false;
    cr_assert_eq(pd_delimited_open(&rows, pd_embedded("datasets/aturan_tumpang_tindih.csv"), ',', "r", NULL), PADAN_OK);
    cr_assert_eq(rows.n_header, 12);
    while (pd_delimited_next(&rows, &more, NULL) == PADAN_OK && more) {
        for (size_t i = 1; i <= 2; i++) {
            const struct pd_text name = rows.fields[i];
            bool known = pd_text_equal(name, PD_TEXT("*"));
            if (name.data[0] == '@')
                for (size_t p = 0; p < list.n_items; p++)
                    known = known || pd_program_in_group(&list.items[p], pd_text_slice(name, 1, name.length));
            else
                known = known || pd_program_find(&list, name) >= 0;
            cr_expect(known, "line %zu", rows.line);
        }
        cr_expect(rows.fields[7].length == 0 || pd_job_region_code(rows.fields[7]) != 0, "line %zu", rows.line);
        cr_expect_eq(rows.fields[9].length, 0, "line %zu names a decree", rows.line);
    }
    pd_delimited_reset(&rows);
    size_t n_regions = 0;
    cr_assert_eq(pd_delimited_open(&rows, pd_embedded("datasets/kelompok_contoh.csv"), ',', "g", NULL), PADAN_OK);
    while (pd_delimited_next(&rows, &more, NULL) == PADAN_OK && more)
        n_regions += pd_job_region_code(rows.fields[1]) != 0;
    cr_expect_eq(n_regions, 40);
    pd_delimited_reset(&rows);
    pd_arena_reset(&arena);
}
