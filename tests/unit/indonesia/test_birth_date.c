/* SPDX-License-Identifier: MIT */
#include "indonesia/birth_date.h"

#include <criterion/criterion.h>

struct form {
    const char *text;
    int year, month, day; /* month 0: only the year */
    bool ambiguous;
};

Test(birth_date, every_form_of_the_handbook_is_read)
{
    static const struct form forms[] = {
        { "17-08-1990", 1990, 8, 17, false },
        { "17/08/1990", 1990, 8, 17, false },
        { "1990-08-17", 1990, 8, 17, false },
        { "17081990", 1990, 8, 17, false },
        { "19900817", 1990, 8, 17, false },
        { "5 Agustus 1990", 1990, 8, 5, false },
        { "5 Pebruari 1990", 1990, 2, 5, false },
        { "05-AGT-90", 1990, 8, 5, false },
        { "5 Agst 1990", 1990, 8, 5, false },
        { "5 August 1990", 1990, 8, 5, false },
        { "1 Nopember 1990", 1990, 11, 1, false },
        { "24654", 1967, 7, 1, false },
        { "24654.0", 1967, 7, 1, false },
        { "1967", 1967, 0, 0, false },
        { "00/00/1967", 1967, 0, 0, false },
        { "05/08/1990", 1990, 8, 5, true },
        { "05-05-1990", 1990, 5, 5, false },
        { "17/08/90", 1990, 8, 17, false },
        { "17/08/05", 2005, 8, 17, false },
        { "1990-08-17 00:00:00", 1990, 8, 17, false },
        { "1990-08-17T00:00:00", 1990, 8, 17, false },
        { "08/17/1990", 1990, 8, 17, false },
        { "7081990", 1990, 8, 7, true },
        { "17.08.1990", 1990, 8, 17, false },
        { "Juli 5, 1990", 1990, 7, 5, false },
        { "Juli 1990", 1990, 0, 0, false },
        { "1990-08-05", 1990, 8, 5, true },
        { "30-02-1990", 1990, 0, 0, false },
    };
    const struct pd_date_options options = { PD_DATE_ORDER_UNKNOWN, 2026 };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct pd_date_reading reading = pd_date_read(pd_text_of(forms[i].text), &options);
        const int32_t day =
            forms[i].month > 0 ? pd_date_from_civil(forms[i].year, forms[i].month, forms[i].day) : PD_DATE_NONE;
        cr_expect_eq(reading.day, day, "'%s' %d", forms[i].text, reading.day);
        cr_expect_eq(reading.year, forms[i].year, "'%s' year %d", forms[i].text, reading.year);
        cr_expect_eq(reading.other != PD_DATE_NONE, forms[i].ambiguous, "'%s' other", forms[i].text);
    }
}

Test(birth_date, nonsense_is_nothing)
{
    static const char *const texts[] = {
        "", "-", "0000-00-00", "NULL", "SITI", "99-99-9999", "12", "3201010101909001"
    };
    const struct pd_date_options options = { PD_DATE_ORDER_UNKNOWN, 2026 };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_eq(pd_date_read(pd_text_of(texts[i]), &options).day, PD_DATE_NONE, "'%s'", texts[i]);
}

Test(birth_date, the_order_of_a_file_is_counted)
{
    struct pd_date_evidence evidence = { 0 };
    pd_date_evidence_add(&evidence, PD_TEXT("08/17/1990"), 3);
    pd_date_evidence_add(&evidence, PD_TEXT("05/06/1990"), 9);
    cr_expect_eq(pd_date_evidence_order(&evidence), PD_DATE_ORDER_MONTH_DAY);
    cr_expect_str_eq(pd_date_evidence_format(&evidence), "MM-DD-YYYY");
    const struct pd_date_options options = { PD_DATE_ORDER_MONTH_DAY, 2026 };
    cr_expect_eq(pd_date_read(PD_TEXT("05/06/1990"), &options).day, pd_date_from_civil(1990, 5, 6));
    pd_date_evidence_add(&evidence, PD_TEXT("17/08/1990"), 3);
    cr_expect_eq(pd_date_evidence_order(&evidence), PD_DATE_ORDER_UNKNOWN);
    static const struct {
        const char *text, *format;
    } forms[] = {
        { "17-08-1990", "DD-MM-YYYY" },
        { "1990-08-17", "YYYY-MM-DD" },
        { "17081990", "DDMMYYYY" },
        { "19900817", "YYYY-MM-DD" },
        { "33102", "serial" },
        { "17 Agustus 1990", "DD MMMM YYYY" },
        { "BELUM ADA", "" },
        { "1990", "" },
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct pd_date_evidence one = { 0 };
        pd_date_evidence_add(&one, pd_text_of(forms[i].text), 2);
        cr_expect_str_eq(pd_date_evidence_format(&one), forms[i].format, "%s", forms[i].text);
    }
    static const char *const no_days[] = { "31/02/1985", "31-11-1990", "30 Februari 1985", "1985-02-30" };
    static const char *const days[] = { "28/02/1985", "12/31/1990", "00/00/1967", "1967", "-" };
    struct pd_date_evidence impossible = { 0 };
    for (size_t i = 0; i < 4; i++) pd_date_evidence_add(&impossible, pd_text_of(no_days[i]), 1);
    cr_expect_eq(impossible.n_no_day, 4, "%llu", (unsigned long long)impossible.n_no_day);
    for (size_t i = 0; i < 5; i++) pd_date_evidence_add(&impossible, pd_text_of(days[i]), 1);
    cr_expect_eq(impossible.n_no_day, 4, "%llu", (unsigned long long)impossible.n_no_day);
    const struct pd_date_evidence none = { 0 };
    cr_expect_eq(pd_date_evidence_order(&none), PD_DATE_ORDER_DAY_MONTH);
    cr_expect_str_eq(pd_date_evidence_format(&none), "");
}

Test(birth_date, place_and_date_in_one_cell_are_split)
{
    static const char *const cells[][3] = {
        { "JAKARTA, 17-08-1990", "JAKARTA", "17-08-1990" },
        { "BANDUNG 17 Agustus 1990", "BANDUNG", "17 Agustus 1990" },
        { "KAB. BOGOR / 17-08-1990", "KAB. BOGOR", "17-08-1990" },
        { "17-08-1990", "", "17-08-1990" },
        { "JAKARTA", "JAKARTA", "" },
        { "BANDUNG, JAWA BARAT, 17-08-1990", "BANDUNG, JAWA BARAT", "17-08-1990" },
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct pd_text place;
        struct pd_text date;
        pd_split_ttl(pd_text_of(cells[i][0]), &place, &date);
        cr_expect(pd_text_equal(place, pd_text_of(cells[i][1])), "'%s': '%.*s'", cells[i][0], PD_TEXT_ARGS(place));
        cr_expect(pd_text_equal(date, pd_text_of(cells[i][2])), "'%s': '%.*s'", cells[i][0], PD_TEXT_ARGS(date));
    }
}

Test(birth_date, dates_whose_order_counts_are_turned_round)
{
    static const char *const turned[][2] = { { "03/04/1990", "04/03/1990" }, { "3-12-90", "12-3-90" },
                                             { "04/25/1990", "25/04/1990" }, { "12/5/1990", "5/12/1990" },
                                             { "04/04/1990", "04/04/1990" }, { " 1.2.1977 00:00", " 2.1.1977 00:00" } };
    static const char *const others[] = { "1990-03-04", "03041990", "3 April 1990", "03/1990",
                                          "",           "-",        "00/04/1990",   "31/02/1985" };
    char out[32];
    for (size_t i = 0; i < sizeof turned / sizeof *turned; i++) {
        memset(out, 0, sizeof out);
        cr_expect(pd_date_turn(pd_text_of(turned[i][0]), out), "%s", turned[i][0]);
        cr_expect_str_eq(out, turned[i][1]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect(!pd_date_turn(pd_text_of(others[i]), out), "%s", others[i]);
}

Test(birth_date, dates_may_be_read_both_ways_and_be_full)
{
    static const struct {
        const char *text;
        bool both_ways, full;
    } cases[] = { { "03/04/1990", true, true },    { "3-12-90", true, true },     { "04/25/1990", false, true },
                  { "04/04/1990", false, true },   { "1990-03-04", false, true }, { "03041990", false, true },
                  { "3 April 1990", false, true }, { "03/1990", false, false },   { "", false, false },
                  { "31/02/1985", false, false } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(pd_date_reads_both_ways(pd_text_of(cases[i].text)), cases[i].both_ways, "%s", cases[i].text);
        cr_expect_eq(pd_date_is_full(pd_text_of(cases[i].text)), cases[i].full, "%s", cases[i].text);
    }
}

Test(birth_date, default_days_are_heaps)
{
    cr_expect_eq(pd_date_heap(pd_date_from_civil(1960, 7, 1)), 2);
    cr_expect_eq(pd_date_heap(pd_date_from_civil(1960, 12, 31)), 2);
    cr_expect_eq(pd_date_heap(pd_date_from_civil(1960, 1, 1)), 2);
    cr_expect_eq(pd_date_heap(pd_date_from_civil(1960, 3, 15)), 1);
    cr_expect_eq(pd_date_heap(pd_date_from_civil(1960, 3, 16)), 0);
    cr_expect_eq(pd_date_heap(PD_DATE_NONE), 0);
}
