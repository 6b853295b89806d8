/* SPDX-License-Identifier: MIT */
#include "job/rules.h"

#include "base/date.h"
#include "base/embedded.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define HEADER                                                                                                         \
    "id_aturan,program_a,program_b,tingkat,vonis,berlaku_mulai,berlaku_sampai,wilayah,program_batal,dasar_hukum,"      \
    "terverifikasi,catatan\n"

static struct pd_arena arena;
static struct pd_program_list programs;
static struct pd_rule_table table;
static struct padan_error failure;

static void load(void)
{
    static const char list[] = "kode,alias,satuan,dana,grup\nPKH,,keluarga,,BANSOS\nSEMBAKO,BPNT,keluarga,,BANSOS\n"
                               "PBI,,orang,,IURAN\nDESA,,keluarga,,BANSOS|DAERAH\n";
    cr_assert_eq(pd_program_list_read(&programs, &arena, pd_text_of(list), "program.csv", &failure), PADAN_OK);
}

static void unload(void)
{
    pd_arena_reset(&arena);
}

TestSuite(rules, .init = load, .fini = unload);

static enum padan_status read(const char *lines)
{
    char content[4096];
    (void)snprintf(content, sizeof content, "%s%s", HEADER, lines);
    struct pd_text kept;
    cr_assert_eq(pd_arena_copy(&arena, pd_text_of(content), &kept, NULL), PADAN_OK);
    const struct pd_rules_text text = { kept, "aturan.csv", &programs, false };
    return pd_rules_read(&table, &arena, &text, &failure);
}

struct question {
    const char *a, *b;
    int year, month; /* both payments share this month */
    uint64_t region_a, region_b;
    bool same_person;
    const char *answer; /* id_aturan, "" = TIDAK_DIATUR */
};

static void ask(const char *lines, const struct question *questions, size_t n)
{
    cr_assert_eq(read(lines), PADAN_OK, "%s", failure.message);
    for (size_t i = 0; i < n; i++) {
        const struct question *q = &questions[i];
        const struct pd_rule_query query = {
            .program = { pd_program_find(&programs, pd_text_of(q->a)), pd_program_find(&programs, pd_text_of(q->b)) },
            .region = { q->region_a, q->region_b },
            .same_person = q->same_person,
            .begin = pd_date_from_civil(q->year, q->month, 1),
            .end = pd_date_from_civil(q->year, q->month, 28),
        };
        const int found = pd_rules_find(&table, &query);
        const struct pd_text answer = found < 0 ? PD_TEXT("") : table.rules[found].id;
        cr_expect(pd_text_equal(answer, pd_text_of(q->answer)), "question %zu: %.*s instead of %s", i,
                  PD_TEXT_ARGS(answer), q->answer);
    }
}

#define ASK(lines, questions) ask((lines), (questions), sizeof(questions) / sizeof *(questions))

/* Issue: one pair allowed in 2023, forbidden in 2021, forbidden only in province 32. */
Test(rules, go_by_date_and_region)
{
    static const struct question questions[] = {
        { "PKH", "DESA", 2021, 6, 3101012001, 3101012001, false, "L21" },
        { "DESA", "PKH", 2021, 6, 0, 0, false, "L21" },
        { "PKH", "DESA", 2023, 6, 3101012001, 3101012001, false, "B23" },
        { "PKH", "DESA", 2023, 6, 3201012001, 3201012001, false, "L32" },
        { "PKH", "DESA", 2021, 6, 3201012001, 3201012001, false, "L21" },
        { "PKH", "DESA", 2022, 6, 3201012001, 3201012001, false, "" },
        { "PKH", "DESA", 2023, 6, 3201012001, 3301012001, false, "B23" }, /* the row to cancel lies elsewhere */
        { "PKH", "DESA", 2023, 6, 3301012001, 3201012001, false, "L32" },
        { "PKH", "DESA", 2023, 6, 0, 0, false, "B23" },
        { "PKH", "SEMBAKO", 2023, 6, 3201012001, 3201012001, true, "" },
    };
    ASK("B23,PKH,DESA,KELUARGA,BOLEH,2023-01-01,,,,,tidak,\n"
        "L21,PKH,DESA,KELUARGA,DILARANG,2021-01-01,2021-12-31,,DESA,,tidak,\n"
        "L32,DESA,PKH,KELUARGA,DILARANG,2023-01-01,,32,DESA,,ya,\n",
        questions);
}

Test(rules, bounds_are_inclusive_and_meet_the_shared_days)
{
    cr_assert_eq(read("A,PKH,DESA,KELUARGA,BOLEH,2021-03-31,2021-04-01,,,,tidak,\n"), PADAN_OK);
    static const struct {
        int32_t begin, end; /* days after 2021-03-31 */
        bool fits;
    } cases[] = { { -10, -1, false }, { -10, 0, true }, { 1, 1, true }, { 2, 9, false }, { -9, 9, true } };
    const int32_t day = pd_date_from_civil(2021, 3, 31);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_rule_query query = { .program = { 0, 3 },
                                             .begin = day + cases[i].begin,
                                             .end = day + cases[i].end };
        cr_expect_eq(pd_rules_find(&table, &query) == 0, cases[i].fits, "case %zu", i);
    }
}

Test(rules, the_closer_one_wins)
{
    static const struct question questions[] = {
        { "PKH", "DESA", 2021, 6, 0, 0, false, "PAIR" },
        { "SEMBAKO", "DESA", 2021, 6, 0, 0, false, "ONE-GROUP" },
        { "PKH", "SEMBAKO", 2021, 6, 0, 0, false, "GROUPS" },
        { "PKH", "PBI", 2021, 6, 0, 0, false, "GROUP-ANY" },
        { "PBI", "DESA", 2021, 6, 0, 0, false, "ONE-ANY" },
        { "PKH", "DESA", 2021, 6, 3201, 3201, false, "REGION" },         /* region before program */
        { "PKH", "DESA", 2021, 6, 3201012001, 0, false, "REGION-FINE" }, /* the finer region */
        { "PKH", "DESA", 2022, 6, 0, 0, false, "LATER" },
        { "PKH", "DESA", 2022, 6, 0, 0, true, "LATER-PERSON" },
    };
    ASK("ALL,*,*,KELUARGA,PERIKSA,2020-01-01,,,,,tidak,\n"
        "GROUP-ANY,@BANSOS,*,KELUARGA,BOLEH,2020-01-01,,,,,tidak,\n"
        "GROUPS,@BANSOS,@BANSOS,KELUARGA,PERIKSA,2020-01-01,,,,,tidak,\n"
        "ONE-ANY,*,DESA,KELUARGA,BOLEH,2020-01-01,,,,,tidak,\n"
        "ONE-GROUP,DESA,@BANSOS,KELUARGA,DILARANG,2020-01-01,,,,,tidak,\n"
        "PAIR,DESA,PKH,KELUARGA,PERIKSA,2020-01-01,,,,,tidak,\n"
        "REGION,*,*,KELUARGA,DILARANG,2020-01-01,,32,,,tidak,\n"
        "REGION-FINE,*,*,KELUARGA,BOLEH,2020-01-01,,32.01.01,,,tidak,\n"
        "LATER,DESA,PKH,KELUARGA,BOLEH,2022-01-01,,,,,tidak,\n"
        "LATER-PERSON,DESA,PKH,ORANG,DILARANG,2022-01-01,,,,,tidak,\n",
        questions);
}

Test(rules, wrong_ones_name_their_line)
{
    static const struct {
        const char *lines, *message;
    } cases[] = {
        { "A,PKH,DESA,KELUARGA,BOLEH,,,,,,tidak,\nB,DESA,PKH,KELUARGA,DILARANG,,,,,,tidak,\n",
          "aturan.csv:3: rules A and B contradict each other" },
        { "A,PKH,@BANSOS,KELUARGA,BOLEH,,,,,,tidak,\nB,PKH,@DAERAH,KELUARGA,PERIKSA,,,,,,tidak,\n",
          "contradict each other for PKH and DESA" },
        { "A,PKH,BLT,KELUARGA,BOLEH,,,,,,tidak,\n", "aturan.csv:2: \"BLT\" is not a program of program.csv" },
        { "A,PKH,,KELUARGA,BOLEH,,,,,,tidak,\n", "is not a program" },
        { "A,PKH,@LAIN,KELUARGA,BOLEH,,,,,,tidak,\n", "no program of program.csv is in the group @LAIN" },
        { "A,PKH,DESA,KK,BOLEH,,,,,,tidak,\n", "tingkat must be" },
        { "A,PKH,DESA,ORANG,JANGAN,,,,,,tidak,\n", "vonis must be" },
        { "A,PKH,DESA,ORANG,TIDAK_DIATUR,,,,,,tidak,\n", "vonis must be" },
        { "A,PKH,DESA,ORANG,BOLEH,1-1-2021,,,,,tidak,\n", "berlaku_mulai must be" },
        { "A,PKH,DESA,ORANG,BOLEH,2022-01-01,2021-12-31,,,,tidak,\n", "before berlaku_mulai" },
        { "A,PKH,DESA,ORANG,BOLEH,,,320,,,tidak,\n", "wilayah is not" },
        { "A,PKH,DESA,ORANG,BOLEH,,,,XX,,tidak,\n", "program_batal is not" },
        { "A,PKH,DESA,ORANG,DILARANG,,,,PBI,,tidak,\n", "program_batal is neither of the two" },
        { "A,PKH,@DAERAH,ORANG,DILARANG,,,,PBI,,tidak,\n", "program_batal is neither of the two" },
        { "A,PKH,DESA,ORANG,BOLEH,,,,,,entah,\n", "terverifikasi must be" },
        { "A,PKH,DESA,ORANG,BOLEH,,,,,,tidak,\nA,PKH,PBI,ORANG,BOLEH,,,,,,ya,\n", "aturan.csv:3: id_aturan A" },
        { ",PKH,DESA,ORANG,BOLEH,,,,,,tidak,\n", "id_aturan is empty" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(read(cases[i].lines), PADAN_BAD_ARGUMENT, "case %zu", i);
        cr_expect_not_null(strstr(failure.message, cases[i].message), "case %zu: %s", i, failure.message);
    }
}

/* A region under the codes of two editions is one region from when both have the code of today. */
Test(rules, whose_regions_became_one_contradict_each_other)
{
    const struct pd_rules_text text = { .name = "aturan.csv", .programs = &programs };
    cr_assert_eq(read("A,PKH,DESA,KELUARGA,BOLEH,,,91.01,,,tidak,\nX,PKH,DESA,KELUARGA,PERIKSA,,,92.01,,,tidak,\n"
                      "B,PKH,DESA,KELUARGA,DILARANG,,,93.01,,,tidak,\n"),
                 PADAN_OK);
    cr_expect_eq(pd_rules_rank(&table, &arena, &text, &failure), PADAN_OK);
    table.rules[0].region = table.rules[2].region;
    cr_expect_eq(pd_rules_rank(&table, &arena, &text, &failure), PADAN_BAD_ARGUMENT);
    cr_expect_not_null(strstr(failure.message, "aturan.csv:4: rules A and B contradict each other for PKH and DESA"));
}

/* Where neither of two equal rules can win, they must agree; then the first speaks. */
Test(rules, that_agree_may_repeat_each_other)
{
    static const struct question questions[] = { { "PKH", "DESA", 2021, 6, 0, 0, false, "A" } };
    ASK("A,PKH,DESA,KELUARGA,BOLEH,,,,,,tidak,\nB,DESA,PKH,KELUARGA,BOLEH,,,,,,tidak,\n", questions);
}

Test(rules, the_shipped_table_holds_no_contradiction)
{
    struct pd_program_list shipped;
    cr_assert_eq(pd_program_list_read(&shipped, &arena, pd_embedded("datasets/program.csv"), "p", &failure), PADAN_OK);
    const struct pd_rules_text text = { pd_embedded("datasets/aturan_tumpang_tindih.csv"), "r", &shipped, false };
    cr_assert_eq(pd_rules_read(&table, &arena, &text, &failure), PADAN_OK, "%s", failure.message);
    for (size_t i = 0; i < table.n_rules; i++)
        cr_expect(table.rules[i].basis.length == 0 || table.rules[i].verified, "%.*s names a basis nobody checked",
                  PD_TEXT_ARGS(table.rules[i].id));
}

Test(rules, of_programs_that_a_list_does_not_have_are_left_out_of_a_foreign_table)
{
    const struct pd_rules_text text = { PD_TEXT(HEADER "A,PKH,SEMBAKO,ORANG,BOLEH,,,,,,tidak,\n"
                                                       "B,PKH,BLT,ORANG,BOLEH,,,,,,tidak,\n"
                                                       "C,PKH,@LAIN,ORANG,BOLEH,,,,,,tidak,\n"),
                                        "r", &programs, true };
    cr_assert_eq(pd_rules_read(&table, &arena, &text, &failure), PADAN_OK, "%s", failure.message);
    cr_expect_eq(table.n_rules, 1);
}
