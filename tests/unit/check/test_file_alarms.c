/* SPDX-License-Identifier: MIT
 * Which facts about a file ring, which are only noted, and which say nothing. */
#include "checking/file_alarms.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

struct facts {
    struct pd_file_result file;
    struct pd_normalise_file_facts values;
    struct pd_file_column column;
};

/* A file of 100 rows with nothing wrong. */
static struct facts good_file(void)
{
    return (struct facts){ .file = { .rows_read = 100, .rows_accepted = 100 },
                           .values = { .nik = { .n = 100, .usable = 100 },
                                       .date_order = PD_DATE_ORDER_DAY_MONTH,
                                       .coding = PD_CODING_DAGRI,
                                       .n_codes = 100,
                                       .n_codes_dagri = 100 },
                           .column = { .name = PD_TEXT("nik") } };
}

/* "NIK_ROUNDED!IDS_REPEATED " : codes in order, those that ring with a '!'. */
static void expect(struct facts *facts, double limit, const char *expected)
{
    struct pd_file_alarms alarms;
    char found[512] = "";
    facts->file.columns = &facts->column;
    facts->file.n_columns = 1;
    pd_file_alarms_find(&facts->file, &facts->values, limit, &alarms);
    for (size_t i = 0; i < alarms.n; i++) {
        (void)strncat(found, alarms.items[i].code, 64);
        (void)strcat(found, alarms.items[i].rings ? "! " : " ");
        cr_expect(alarms.items[i].sentence[0] != '\0');
    }
    cr_expect_str_eq(found, expected);
}

Test(file_alarms, a_good_file_has_none)
{
    struct facts facts = good_file();
    expect(&facts, 1.0, "");
}

Test(file_alarms, a_header_of_values_rings)
{
    struct facts facts = good_file();
    facts.column.header = PD_TEXT("3201014101809001");
    expect(&facts, NAN, "HEADER_MISSING! ");
    facts.column.header = PD_TEXT("20261123");
    expect(&facts, NAN, "");
}

Test(file_alarms, one_column_that_may_be_several_rings)
{
    static const struct {
        const char *header, *found;
    } files[] = { { "nik^nama", "ONE_COLUMN! " },
                  { "nik\001nama", "ONE_COLUMN! " },
                  { "nik:nama:alamat", "ONE_COLUMN! " },
                  { "Nama / name", "" },
                  { "Full name (as written)", "" } };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct facts facts = good_file();
        facts.column.header = pd_text_of(files[i].header);
        expect(&facts, NAN, files[i].found);
    }
}

Test(file_alarms, rows_ring_over_the_limit_only)
{
    struct facts facts = good_file();
    facts.file.rows_rejected = 1;
    facts.file.rows_accepted = 99;
    expect(&facts, 1.0, "ROWS_REJECTED ");
    expect(&facts, 0.5, "ROWS_REJECTED! ");
    expect(&facts, NAN, "");
    facts.file.rows_accepted = 0;
    facts.file.rows_rejected = 100;
    expect(&facts, NAN, "NO_ROWS! ");
    facts = good_file();
    facts.file.totals = PD_TOTALS_DIFFER;
    expect(&facts, 1.0, "TOTALS_DIFFER! ");
    facts.file.totals = PD_TOTALS_MATCH;
    expect(&facts, 1.0, "");
}

Test(file_alarms, niks_that_a_spreadsheet_spoilt_ring)
{
    struct facts facts = good_file();
    facts.values.round15 = true;
    facts.values.nik.round15 = 100;
    facts.values.nik.usable = 0;
    expect(&facts, 1.0, "NIK_ROUNDED! ");
    facts = good_file();
    facts.values.nik.scientific = 1;
    expect(&facts, 1.0, "NIK_SCIENTIFIC! ");
    facts.values.nik.n = 101; /* under one in a hundred: the rows' own flags say enough */
    expect(&facts, 1.0, "NIK_SCIENTIFIC ");
    facts = good_file();
    facts.values.n_kk_scientific = 1;
    expect(&facts, 1.0, "KK_SCIENTIFIC! ");
    facts.file.rows_accepted = 101;
    expect(&facts, 1.0, "KK_SCIENTIFIC ");
    facts = good_file();
    facts.values.kk_round15 = true;
    expect(&facts, 1.0, "KK_ROUNDED! ");
    facts = good_file();
    facts.values.nik.is_kk = 50;
    expect(&facts, 1.0, "NIK_IS_KK! ");
    facts = good_file();
    facts.values.nik.usable = 100;
    facts.values.nik.is_kk = 0;
    facts.values.nik.most_rows = 99;
    expect(&facts, 1.0, "");
    facts.values.nik.most_rows = 100;
    expect(&facts, 1.0, "NIK_SHARED! ");
    facts.values.nik.n = 10001;
    facts.values.nik.usable = 10000;
    expect(&facts, 1.0, "NIK_SHARED ");
    facts = good_file();
    facts.values.nik.usable = 49;
    expect(&facts, 1.0, "NIK_UNUSABLE! ");
    facts.column.name = PD_TEXT("nama"); /* a file without NIKs is no file with bad NIKs */
    expect(&facts, 1.0, "");
}

Test(file_alarms, values_that_are_read_one_way_or_not_at_all)
{
    struct facts facts = good_file();
    facts.values.date_order = PD_DATE_ORDER_UNKNOWN;
    facts.values.dates = (struct pd_date_evidence){ .n_day_first = 6, .n_month_first = 6 };
    expect(&facts, 1.0, "DATES_MIXED! ");
    facts.values.dates.n_day_first = 2;
    expect(&facts, 1.0, "DATES_MIXED ");
    facts = good_file();
    facts.values.coding = PD_CODING_BPS;
    facts.values.n_codes_bps = 100;
    facts.values.n_codes_dagri = 0;
    expect(&facts, 1.0, "REGIONS_BPS ");
    facts.values.n_codes_bps = 49;
    expect(&facts, 1.0, "REGIONS_BPS REGIONS_UNKNOWN! ");
    facts = good_file();
    facts.values.n_amounts_unreadable = 1;
    expect(&facts, 1.0, "AMOUNTS_UNREADABLE! ");
    facts.file.rows_accepted = 101;
    expect(&facts, 1.0, "AMOUNTS_UNREADABLE ");
    facts = good_file();
    facts.values.n_periods_doubtful = 1;
    expect(&facts, 1.0, "PERIODS_DOUBTFUL! ");
    facts.values.n_periods_dates = 1; /* a column of days */
    expect(&facts, 1.0, "");
}

Test(file_alarms, ids_are_notes)
{
    struct facts facts = good_file();
    facts.file.id_origin = PD_ID_WAS_NIK;
    facts.file.n_repeated_ids = 3;
    expect(&facts, 1.0, "ID_IS_NIK IDS_REPEATED ");
}

Test(file_alarms, a_file_that_was_left_out_or_not_normalised)
{
    struct facts facts = good_file();
    struct pd_file_alarms alarms;
    facts.file.n_repeated_ids = 1;
    pd_file_alarms_find(&facts.file, NULL, 1.0, &alarms);
    cr_expect_eq(alarms.n, 1);
    facts.file.status = PADAN_BAD_INPUT;
    pd_file_alarms_find(&facts.file, NULL, 1.0, &alarms);
    cr_expect_eq(alarms.n, 0);
}
