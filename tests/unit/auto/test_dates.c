/* SPDX-License-Identifier: MIT
 * Dates are told from other numbers and texts in the forms that spreadsheets and people give them. */
#include <criterion/criterion.h>

#include "auto/kind.h"
#include "base/date.h"

/* Profile of n distinct values, the i-th made by `value` of the i-th day. */
static struct pd_profile look(const char *const *values)
{
    struct pd_value_counts counts = { 0 };
    struct pd_profile profile = { .name = PD_TEXT("c"), .n_distinct = 30, .n_filled = 30, .fill = 1 };
    for (size_t i = 0; values[i] != NULL; i++) pd_value_look(pd_text_of(values[i]), &counts);
    pd_kind_choose(&counts, 30, &profile);
    return profile;
}

Test(dates, are_read_in_the_forms_of_their_column)
{
    static const struct {
        const char *values[6], *read;
        int year, month, day;
    } cases[] = {
        { { "12031980", "28101975", "03121991", NULL }, "12031980", 1980, 3, 12 },
        { { "12281980", "28101975", "03121991", "10311966", "02221970", NULL }, "12281980", 1980, 12, 28 },
        { { "19800312", "19751028", "20011012", NULL }, "20011012", 2001, 10, 12 },
        /* the zero in front was lost */
        { { "3121991", "28101975", "12031980", NULL }, "3121991", 1991, 12, 3 },
        { { "5/3/80", "28/10/75", "3/12/91", NULL }, "5/3/80", 1980, 3, 5 },
        { { "120380", "281075", "031291", "250666", NULL }, "281075", 1975, 10, 28 },
        { { "800312", "751028", "911203", "660625", NULL }, "751028", 1975, 10, 28 },
        { { "12 Mar 1980", "28 Oct 1975", NULL }, "12 Mar 1980", 1980, 3, 12 },
        { { "12 Maret 1980", "5 Agustus 1975", "17 Mei 1991", NULL }, "17 Mei 1991", 1991, 5, 17 },
        { { "12 Pebruari 1980", "5 Nopember 1975", NULL }, "5 Nopember 1975", 1975, 11, 5 },
        { { "12-OKT-80", "05-Des-75", "17-Jan-91", NULL }, "12-OKT-80", 1980, 10, 12 },
        { { "12MAR1980", "05OCT1975", "17jan1991", NULL }, "05OCT1975", 1975, 10, 5 },
        { { "12MAR80", "05OCT75", "17JAN91", NULL }, "17JAN91", 1991, 1, 17 },
        { { "12 de marzo de 1980", "5 de septiembre de 1975", "7 de enero de 1991", NULL },
          "7 de enero de 1991",
          1991,
          1,
          7 },
        { { "12 Fev 1980", "5 Dez 1975", "17 Abr 1991", NULL }, "5 Dez 1975", 1975, 12, 5 },
        { { "1980年3月12日", "1975年10月28日", NULL }, "1980年3月12日", 1980, 3, 12 },
        { { "1980년 3월 12일", "1975년 10월 28일", NULL }, "1975년 10월 28일", 1975, 10, 28 },
        { { "12 March 1980", "5 Ogos 1975", "4 Mac 1966", NULL }, "12 March 1980", 1980, 3, 12 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_profile profile = look(cases[i].values);
        int64_t day = 0;
        cr_expect_eq(profile.kind, PD_KIND_DATE, "case %zu: %s", i, pd_kind_name(profile.kind));
        cr_expect(pd_dates_read(pd_text_of(cases[i].read), &profile, &day), "case %zu", i);
        cr_expect_eq(day, pd_date_from_civil(cases[i].year, cases[i].month, cases[i].day), "case %zu", i);
    }
}

Test(dates, other_numbers_are_none)
{
    static const char *const cases[][5] = {
        { "12345678", "81234567", "99123456", NULL }, /* phones */
        { "40115", "40123", "40132", "40181", NULL }, /* postcodes: 04-01-15 with a zero in front */
        { "123 Mar Street", "5 May Road", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_neq(look(cases[i]).kind, PD_KIND_DATE, "case %zu", i);
}

Test(dates, six_digits_of_few_kinds_are_codes)
{
    static const char *const districts[] = { "320101", "320102", "320115", "320221", NULL };
    struct pd_profile profile = look(districts);
    cr_expect_eq(profile.kind, PD_KIND_DATE);
    struct pd_value_counts counts = { 0 };
    for (size_t i = 0; districts[i] != NULL; i++) pd_value_look(pd_text_of(districts[i]), &counts);
    profile.n_filled = 1000; /* 30 codes in a thousand rows are no dates */
    pd_kind_choose(&counts, 1000, &profile);
    cr_expect_eq(profile.kind, PD_KIND_CODE);
}
