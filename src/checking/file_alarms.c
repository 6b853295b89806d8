/* SPDX-License-Identifier: MIT */
#include "checking/file_alarms.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* Nobody is paid as often; a NIK on more rows stands in for many people. */
enum { SHARED_ROWS = 100 };
/* Shares that ring, in percent of the file's accepted rows. A few damaged cells are flags of their rows, not an alarm
 * of the file. Below ROWS_MIN rows a share says nothing. */
enum { SCIENTIFIC_PERCENT = 1, SHARED_PERCENT = 1, VALUES_PERCENT = 1, HALF = 50, ROWS_MIN = 12 };

static void add(struct pd_file_alarms *alarms, const char *code, bool rings, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void add(struct pd_file_alarms *alarms, const char *code, bool rings, const char *format, ...)
{
    if (alarms->n == PD_FILE_ALARMS_MAX) return;
    struct pd_file_alarm *alarm = &alarms->items[alarms->n++];
    *alarm = (struct pd_file_alarm){ .code = code, .rings = rings };
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(alarm->sentence, sizeof alarm->sentence, format, arguments);
    va_end(arguments);
}

static bool reaches(uint64_t part, uint64_t whole, uint64_t percent)
{
    return part > 0 && part * 100 >= whole * percent;
}

static unsigned long long count(uint64_t value)
{
    return (unsigned long long)value;
}

static bool has_column(const struct pd_file_result *file, const char *name)
{
    for (size_t i = 0; i < file->n_columns; i++)
        if (pd_text_equal(file->columns[i].name, pd_text_of(name))) return true;
    return false;
}

/* Whether a header may be several that are parted by a sign which parts no columns here: one that no name has, or one
 * that stands in it more than once. */
static bool may_be_several(struct pd_text header)
{
    static const char often[] = ":#!*/\\";
    size_t n[sizeof often] = { 0 };
    for (size_t i = 0; i < header.length; i++) {
        const char byte = header.data[i];
        if (byte == '^' || byte == '~' || (byte > 0 && byte < ' ' && byte != '\n' && byte != '\r')) return true;
        for (size_t j = 0; j + 1 < sizeof often; j++)
            if (often[j] == byte && ++n[j] > 1) return true;
    }
    return false;
}

bool pd_file_header_is_values(const struct pd_file_result *file)
{
    for (size_t i = 0; i < file->n_columns; i++)
        if (pd_text_is_long_number(file->columns[i].header)) return true;
    return false;
}

static void look_at_header(const struct pd_file_result *file, struct pd_file_alarms *alarms)
{
    if (pd_file_header_is_values(file))
        add(alarms, "HEADER_MISSING", true,
            "row %u was taken for the names of columns and looks like a row of values; put a header above it",
            file->header_row);
    if (file->n_columns == 1 && may_be_several(file->columns[0].header))
        add(alarms, "ONE_COLUMN", true,
            "row %u is one column, which looks like several; columns are parted by comma, semicolon, | or tab",
            file->header_row);
}

static void look_at_rows(const struct pd_file_result *file, double rejected_percent, struct pd_file_alarms *alarms)
{
    const double share = file->rows_read == 0 ? 0 : 100.0 * (double)file->rows_rejected / (double)file->rows_read;
    if (file->rows_accepted == 0)
        add(alarms, "NO_ROWS", true, "none of its %llu rows could be used",
            count(file->rows_read + file->rows_skipped));
    if (!isnan(rejected_percent) && file->rows_rejected > 0)
        add(alarms, "ROWS_REJECTED", share > rejected_percent,
            "%llu of %llu rows are broken and were rejected (limit %.2f %%)", count(file->rows_rejected),
            count(file->rows_read), rejected_percent);
    if (file->totals == PD_TOTALS_DIFFER)
        add(alarms, "TOTALS_DIFFER", true, "its totals row is not the sum of its rows; are rows missing?");
}

static void look_at_ids(const struct pd_file_result *file, struct pd_file_alarms *alarms)
{
    if (file->id_origin == PD_ID_WAS_NIK)
        add(alarms, "ID_IS_NIK", false, "its row ids are NIKs; rows are called <file>:<row> instead");
    if (file->n_nik_ids > 0)
        add(alarms, "ID_IS_NIK", false, "%llu of its row ids are the row's own NIK; these rows are called <file>:<row>",
            count(file->n_nik_ids));
    if (file->n_repeated_ids > 0)
        add(alarms, "IDS_REPEATED", false, "it repeats %llu row ids; the later rows are called id#2, id#3",
            count(file->n_repeated_ids));
}

static void look_at_niks(const struct pd_file_result *file, const struct pd_normalise_file_facts *facts,
                         struct pd_file_alarms *alarms)
{
    const struct pd_nik_profile *nik = &facts->nik;
    const uint64_t n_filled = nik->n - nik->empty;
    if (facts->round15)
        add(alarms, "NIK_ROUNDED", true,
            "a spreadsheet rounded its NIKs to 15 digits; ask for the file again with NIK as text");
    if (nik->scientific > 0)
        add(alarms, "NIK_SCIENTIFIC", reaches(nik->scientific, nik->n, SCIENTIFIC_PERCENT),
            "%llu NIKs are in scientific notation, their last digits are lost; ask for them again as text",
            count(nik->scientific));
    if (n_filled >= ROWS_MIN && reaches(nik->is_kk, n_filled, HALF))
        add(alarms, "NIK_IS_KK", true, "%llu of %llu NIKs are family card numbers; are the two columns swapped?",
            count(nik->is_kk), count(n_filled));
    if (nik->most_rows >= SHARED_ROWS)
        add(alarms, "NIK_SHARED", reaches(nik->most_rows, nik->n, SHARED_PERCENT),
            "one NIK stands on %llu rows, so it is nobody's and tells nothing of them; a run finds them by their other "
            "columns and does not compare them all with each other",
            count(nik->most_rows));
    const uint64_t n_said = nik->scientific + nik->round15 + nik->is_kk;
    if (has_column(file, "nik") && nik->n >= ROWS_MIN && nik->usable * 2 < nik->n && n_said * 2 < nik->n)
        add(alarms, "NIK_UNUSABLE", true, "only %llu of %llu NIKs can serve as a key", count(nik->usable),
            count(nik->n));
}

static void look_at_family_cards(const struct pd_normalise_file_facts *facts, uint64_t n_rows,
                                 struct pd_file_alarms *alarms)
{
    if (facts->kk_round15)
        add(alarms, "KK_ROUNDED", true,
            "a spreadsheet rounded its family card numbers to 15 digits, so they tell no families; ask for the file "
            "again with them as text");
    if (facts->n_kk_scientific > 0)
        add(alarms, "KK_SCIENTIFIC", reaches(facts->n_kk_scientific, n_rows, SCIENTIFIC_PERCENT),
            "%llu family card numbers are in scientific notation, their last digits are lost; ask for them again as "
            "text",
            count(facts->n_kk_scientific));
}

static void look_at_values(const struct pd_normalise_file_facts *facts, uint64_t n_rows, struct pd_file_alarms *alarms)
{
    const uint64_t n_known = facts->coding == PD_CODING_BPS ? facts->n_codes_bps : facts->n_codes_dagri;
    const uint64_t n_ordered = facts->dates.n_day_first + facts->dates.n_month_first;
    if (facts->date_order == PD_DATE_ORDER_UNKNOWN && facts->dates.n_month_first > 0)
        add(alarms, "DATES_MIXED", n_ordered >= ROWS_MIN,
            "%llu dates have the day first and %llu the month first; say which with date_order",
            count(facts->dates.n_day_first), count(facts->dates.n_month_first));
    if (facts->coding == PD_CODING_BPS)
        add(alarms, "REGIONS_BPS", false, "its region codes are those of BPS; they are translated to Kemendagri's");
    if (facts->n_codes >= ROWS_MIN && n_known * 2 < facts->n_codes)
        add(alarms, "REGIONS_UNKNOWN", true, "only %llu of %llu region codes are in a list of any edition",
            count(n_known), count(facts->n_codes));
    if (facts->n_amounts_unreadable > 0)
        add(alarms, "AMOUNTS_UNREADABLE", reaches(facts->n_amounts_unreadable, n_rows, VALUES_PERCENT),
            "%llu amounts cannot be read; they count as no amount, not as 0", count(facts->n_amounts_unreadable));
    if (facts->n_periods_unreadable > 0)
        add(alarms, "PERIODS_UNREADABLE", reaches(facts->n_periods_unreadable, n_rows, VALUES_PERCENT),
            "%llu rows have a period that cannot be read; they count in the period of the job",
            count(facts->n_periods_unreadable));
    /* A column that has days which are nothing else has days. */
    if (facts->n_periods_doubtful > 0 && facts->n_periods_dates == 0)
        add(alarms, "PERIODS_DOUBTFUL", reaches(facts->n_periods_doubtful, n_rows, VALUES_PERCENT),
            "%llu rows have a period like 10-12-2026, which is read as a day and counts as its month; if October to "
            "December is meant, write 2026-10..2026-12",
            count(facts->n_periods_doubtful));
}

void pd_file_alarms_find(const struct pd_file_result *file, const struct pd_normalise_file_facts *facts,
                         double rejected_percent, struct pd_file_alarms *alarms)
{
    alarms->n = 0;
    if (file->status != PADAN_OK) return;
    look_at_header(file, alarms);
    look_at_rows(file, rejected_percent, alarms);
    if (facts != NULL) look_at_niks(file, facts, alarms);
    if (facts != NULL) look_at_family_cards(facts, file->rows_accepted, alarms);
    if (facts != NULL) look_at_values(facts, file->rows_accepted, alarms);
    look_at_ids(file, alarms);
}

void pd_file_alarms_add_same(struct pd_text name, struct pd_file_alarms *alarms)
{
    enum { NAME_MOST = 120 }; /* a sentence is short */
    const int length = name.length < NAME_MOST ? (int)name.length : NAME_MOST;
    add(alarms, "SAME_CONTENT", true, "it has the same bytes as %.*s; was one file sent twice, or in another's place?",
        length, name.data);
}
