/* SPDX-License-Identifier: MIT */
#include "indonesia/amount.h"
#include "indonesia/attribute.h"
#include "indonesia/period.h"

#include <criterion/criterion.h>
#include <inttypes.h>

struct amount {
    const char *text;
    enum pd_amount_state state;
    int64_t rupiah;
};

Test(amount, every_spelling_gives_whole_rupiah)
{
    static const struct amount cases[] = {
        { "Rp 600.000", PD_AMOUNT_READ, 600000 },
        { "600.000,00", PD_AMOUNT_READ, 600000 },
        { "600000.0", PD_AMOUNT_READ, 600000 },
        { "600000", PD_AMOUNT_READ, 600000 },
        { "Rp.600.000,-", PD_AMOUNT_READ, 600000 },
        { "600,000.00", PD_AMOUNT_READ, 600000 },
        { "1.200.000", PD_AMOUNT_READ, 1200000 },
        { "6E+05", PD_AMOUNT_READ, 600000 },
        { "6,0E+05", PD_AMOUNT_READ, 600000 },
        { "=\"600000\"", PD_AMOUNT_READ, 600000 },
        { "=\"\"", PD_AMOUNT_EMPTY, 0 },
        { "0", PD_AMOUNT_READ, 0 },
        { "-5000", PD_AMOUNT_READ, -5000 },
        { "12,5", PD_AMOUNT_READ, 13 },
        { "12,4", PD_AMOUNT_READ, 12 },
        { "", PD_AMOUNT_EMPTY, 0 },
        { "-", PD_AMOUNT_EMPTY, 0 },
        { "NULL", PD_AMOUNT_EMPTY, 0 },
        { "enam ratus ribu", PD_AMOUNT_UNREADABLE, 0 },
        { "99999999999999999999", PD_AMOUNT_UNREADABLE, 0 },
        { "Rp", PD_AMOUNT_EMPTY, 0 },
        { "1-2", PD_AMOUNT_UNREADABLE, 0 },
        { "600000.000", PD_AMOUNT_READ, 600000 },
        { "1.250.000,50", PD_AMOUNT_READ, 1250001 },
        { "0.500", PD_AMOUNT_READ, 1 },
        { ",5", PD_AMOUNT_READ, 1 },
        { "1.234,567,890", PD_AMOUNT_UNREADABLE, 0 },
        { "600.000.00", PD_AMOUNT_UNREADABLE, 0 },
        { "01.02.2026", PD_AMOUNT_UNREADABLE, 0 },
        { "1234.567.890", PD_AMOUNT_UNREADABLE, 0 },
        { "600.000,", PD_AMOUNT_READ, 600000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t rupiah = 0;
        const enum pd_amount_state state = pd_amount_read(pd_text_of(cases[i].text), &rupiah);
        cr_expect_eq(state, cases[i].state, "'%s' state %d", cases[i].text, (int)state);
        if (state == PD_AMOUNT_READ) cr_expect_eq(rupiah, cases[i].rupiah, "'%s' %" PRId64, cases[i].text, rupiah);
    }
}

struct period {
    const char *text;
    int from_year, from_month, to_year, to_month; /* first day of from to last day of to; from_year 0 = unknown */
};

static void expect_period(struct pd_period period, const struct period *expected)
{
    if (expected->from_year == 0) {
        cr_expect_eq(period.begin, PD_DATE_NONE, "'%s'", expected->text);
        return;
    }
    const int next_year = expected->to_month == 12 ? expected->to_year + 1 : expected->to_year;
    const int next_month = expected->to_month % 12 + 1;
    cr_expect_eq(period.begin, pd_date_from_civil(expected->from_year, expected->from_month, 1), "'%s'",
                 expected->text);
    cr_expect_eq(period.end, pd_date_from_civil(next_year, next_month, 1) - 1, "'%s'", expected->text);
}

static struct pd_period read_period(const char *text)
{
    return pd_period_read(pd_text_of(text), &(struct pd_period_options){ .year = 2025 });
}

Test(period, words_and_codes_become_intervals)
{
    static const struct period cases[] = {
        { "2026", 2026, 1, 2026, 12 },
        { "2026.0", 2026, 1, 2026, 12 },
        { "2026-T4", 2026, 10, 2026, 12 },
        { "2026-T3..2026-T4", 2026, 7, 2026, 12 },
        { "2026-11", 2026, 11, 2026, 11 },
        { "2026-10..2026-12", 2026, 10, 2026, 12 },
        { "November 2026", 2026, 11, 2026, 11 },
        { "Okt-Des 2026", 2026, 10, 2026, 12 },
        { "okt, nov, des 2026", 2026, 10, 2026, 12 },
        { "10/11/12 2026", 2026, 10, 2026, 12 },
        { "1 - 3 2026", 2026, 1, 2026, 3 },
        { "TAHAP 4 TAHUN 2026", 2026, 10, 2026, 12 },
        { "Tahap IV (Okt-Des) 2026", 2026, 10, 2026, 12 },
        { "Tahap 2 Bulan Mei 2026", 2026, 5, 2026, 5 },
        { "2026 Tahap 3 dan 4", 2026, 7, 2026, 12 },
        { "Tahap 1,2 2026", 2026, 1, 2026, 6 },
        { "Tahap 1 s/d 3 2026", 2026, 1, 2026, 9 },
        { "Triwulan IV 2026", 2026, 10, 2026, 12 },
        { "IV 2026", 2026, 10, 2026, 12 },
        { "Semester 2 2026", 2026, 7, 2026, 12 },
        { "202611", 2026, 11, 2026, 11 },
        { "11/2026", 2026, 11, 2026, 11 },
        { "Januari s/d Maret 2026", 2026, 1, 2026, 3 },
        { "10 s.d 12 2026", 2026, 10, 2026, 12 },
        { "Des 2025-Jan 2026", 2025, 12, 2026, 1 },
        { "2025-12-2026-01", 2025, 12, 2026, 1 },
        { "Okt 2026 - Des 2026", 2026, 10, 2026, 12 },
        { "TW2 2026", 2026, 4, 2026, 6 },
        { "Maret", 2025, 3, 2025, 3 },
        { "TAHAP 2", 2025, 4, 2025, 6 },
        { "Nov-24", 2024, 11, 2024, 11 },
        { "11/24", 2024, 11, 2024, 11 },
        { "T4-24", 2024, 10, 2024, 12 },
        { "Q4 FY26", 2026, 10, 2026, 12 },
        { "", 0, 0, 0, 0 },
        { "lunas", 0, 0, 0, 0 },
        { "2025/2026", 0, 0, 0, 0 },
        { "Triwulan 5 2026", 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) expect_period(read_period(cases[i].text), &cases[i]);
}

Test(period, a_full_date_is_the_month_it_lies_in)
{
    static const struct period cases[] = {
        { "2026-11-05", 2026, 11, 2026, 11 },
        { "01/11/2026", 2026, 11, 2026, 11 },
        { "31.12.2026", 2026, 12, 2026, 12 },
        { "05/11/26", 2026, 11, 2026, 11 },
        { "05-NOV-26", 2026, 11, 2026, 11 },
        { "2026-11-01 00:00:00", 2026, 11, 2026, 11 },
        { "2026-11-05T00:00:00", 2026, 11, 2026, 11 },
        { "20261105", 2026, 11, 2026, 11 },
        { "46327", 2026, 11, 2026, 11 },
        { "1 November 2026", 2026, 11, 2026, 11 },
        { "2026-10-01..2026-12-31", 2026, 10, 2026, 12 },
        { "2026-10-01 - 2026-12-31", 2026, 10, 2026, 12 },
        { "01/10/2026 s/d 31/12/2026", 2026, 10, 2026, 12 },
        { "26-11-05", 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) expect_period(read_period(cases[i].text), &cases[i]);
    const struct pd_period_options month_first = { .order = PD_DATE_ORDER_MONTH_DAY };
    expect_period(pd_period_read(PD_TEXT("11/01/2026"), &month_first),
                  &(struct period){ "month first", 2026, 11, 2026, 11 });
}

static void expect_row(const char *period, const char *stage, int year, const struct period *expected)
{
    const struct pd_period_options options = { .year = year };
    expect_period(pd_period_of_row(pd_text_of(period), pd_text_of(stage), &options), expected);
}

Test(period, a_rows_own_columns_are_joined)
{
    expect_row("", "4", 2026, &(struct period){ "tahap 4", 2026, 10, 2026, 12 });
    expect_row("", "IV", 2026, &(struct period){ "tahap IV", 2026, 10, 2026, 12 });
    expect_row("2026-11", "4", 0, &(struct period){ "bulan", 2026, 11, 2026, 11 });
    expect_row("2026", "2", 0, &(struct period){ "tahun", 2026, 4, 2026, 6 });
    expect_row("", "", 2026, &(struct period){ "tahun saja", 2026, 1, 2026, 12 });
    expect_row("", "4", 0, &(struct period){ "tanpa tahun", 0, 0, 0, 0 });
    expect_row("lunas", "", 2026, &(struct period){ "bukan periode", 0, 0, 0, 0 });
    expect_row("", "lunas", 2026, &(struct period){ "bukan tahap", 0, 0, 0, 0 });
    expect_row("", "7", 2026, &(struct period){ "tahap 7", 0, 0, 0, 0 });
    expect_row("2026", "lunas", 0, &(struct period){ "tahun, bukan tahap", 2026, 1, 2026, 12 });
}

Test(attribute, codes_are_read)
{
    cr_expect_eq(pd_sex_read(PD_TEXT("Laki-Laki")), PD_SEX_MALE);
    cr_expect_eq(pd_sex_read(PD_TEXT("P")), PD_SEX_FEMALE);
    cr_expect_eq(pd_sex_read(PD_TEXT("1")), PD_SEX_MALE);
    cr_expect_eq(pd_sex_read(PD_TEXT("2.0")), PD_SEX_FEMALE);
    cr_expect_eq(pd_sex_read(PD_TEXT("wanita")), PD_SEX_FEMALE);
    cr_expect_eq(pd_sex_read(PD_TEXT("")), 0);
    cr_expect_eq(pd_life_read(PD_TEXT("Meninggal Dunia")), PD_LIFE_DEAD);
    cr_expect_eq(pd_life_read(PD_TEXT("HIDUP")), PD_LIFE_ALIVE);
    cr_expect_eq(pd_life_read(PD_TEXT("Non Aktif")), PD_LIFE_INACTIVE);
    cr_expect_eq(pd_life_read(PD_TEXT("12")), PD_LIFE_DUPLICATE);
    cr_expect_eq(pd_life_read(PD_TEXT("?")), PD_LIFE_UNKNOWN);
    cr_expect_eq(pd_decile_read(PD_TEXT("03")), 3);
    cr_expect_eq(pd_decile_read(PD_TEXT("Desil 10")), 10);
    cr_expect_eq(pd_decile_read(PD_TEXT("3.0")), 3);
    cr_expect_eq(pd_decile_read(PD_TEXT("11")), 0);
    struct pd_indonesia indonesia;
    cr_assert_eq(pd_indonesia_load(&indonesia, NULL), PADAN_OK);
    cr_expect_eq(pd_relation_read(&indonesia, PD_TEXT("Kepala Keluarga")), 1);
    cr_expect_eq(pd_relation_read(&indonesia, PD_TEXT("4")), 4);
    cr_expect_eq(pd_relation_read(&indonesia, PD_TEXT("04. ANAK")), 4);
    cr_expect_eq(pd_relation_read(&indonesia, PD_TEXT("Isteri")), 3);
    cr_expect_eq(pd_relation_read(&indonesia, PD_TEXT("?")), 0);
    pd_indonesia_reset(&indonesia);
}

Test(period, a_day_that_may_be_two_months_is_told)
{
    static const struct {
        const char *text;
        enum pd_period_form form;
    } cases[] = {
        { "10-12-2026", PD_PERIOD_DAY_OR_MONTHS },
        { "10/12/2026", PD_PERIOD_DAY_OR_MONTHS },
        { "4 - 6 - 2026", PD_PERIOD_DAY_OR_MONTHS },
        { "01-12-2026", PD_PERIOD_PLAIN }, /* the first of a month */
        { "12-10-2026", PD_PERIOD_PLAIN }, /* no months in order */
        { "11-11-2026", PD_PERIOD_PLAIN },
        { "17-11-2026", PD_PERIOD_DATE },
        { "11/17/2026", PD_PERIOD_DATE },
        { "2026-10-12", PD_PERIOD_PLAIN },
        { "10-12-26", PD_PERIOD_PLAIN },
        { "10 - 12 2026", PD_PERIOD_PLAIN }, /* a range for sure */
        { "10-12", PD_PERIOD_PLAIN },
        { "10-12-2026 07:00", PD_PERIOD_PLAIN },
        { "Okt-Des 2026", PD_PERIOD_PLAIN },
        { "", PD_PERIOD_PLAIN },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_period_form_of(pd_text_of(cases[i].text)), cases[i].form, "'%s'", cases[i].text);
}
