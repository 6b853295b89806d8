/* SPDX-License-Identifier: MIT
 * Dates in a column, in whatever form its writers gave them. */
#include "auto/dates.h"

#include "auto/profile.h"
#include "base/date.h"
#include "expression/builtin.h"

#include <ctype.h>
#include <math.h>

/* Formats by order of parts; of those that differ in the order of day, month and year only one is kept for a column. */
const struct pd_date_format pd_date_formats[PD_DATE_FORMATS] = {
    { "%Y-%m-%d", false, false },       { "%Y%m%d", false, true },          { "%Y/%m/%d", false, false },
    { "%d.%m.%Y", false, false },       { "%d/%m/%Y", false, false },       { "%m/%d/%Y", false, false },
    { "%d-%m-%Y", false, false },       { "%m-%d-%Y", false, false },       { "%d/%m/%y", true, false },
    { "%m/%d/%y", true, false },        { "%d-%m-%y", true, false },        { "%m-%d-%y", true, false },
    { "%d.%m.%y", true, false },        { "%d%m%Y", false, true },          { "%m%d%Y", false, true },
    { "%d%m%y", true, true },           { "%m%d%y", true, true },           { "%y%m%d", true, true },
    { "%d %b %Y", false, false },       { "%d %B %Y", false, false },       { "%b %d, %Y", false, false },
    { "%d-%b-%Y", false, false },       { "%d-%b-%y", true, false },        { "%d %b %y", true, false },
    { "%B %d, %Y", false, false },      { "%d/%b/%Y", false, false },       { "%d%b%Y", false, false },
    { "%d%b%y", true, false },          { "%d de %b de %Y", false, false }, { "%Y年%m月%d日", false, false },
    { "%Y년 %m월 %d일", false, false },
};
/* Indonesian, in old spelling too, and Malay; then what Spanish, Portuguese, Italian, German, Dutch and Nordic have
 * besides. */
const struct pd_date_month pd_date_months[PD_DATE_MONTHS] = {
    { "peb", "feb" }, { "mac", "mar" }, { "mei", "may" }, { "agu", "aug" }, { "ags", "aug" }, { "ogo", "aug" },
    { "okt", "oct" }, { "nop", "nov" }, { "des", "dec" }, { "dis", "dec" }, { "ene", "jan" }, { "gen", "jan" },
    { "fev", "feb" }, { "maa", "mar" }, { "mrt", "mar" }, { "abr", "apr" }, { "avr", "apr" }, { "mai", "may" },
    { "maj", "may" }, { "mag", "may" }, { "giu", "jun" }, { "lug", "jul" }, { "ago", "aug" }, { "set", "sep" },
    { "ott", "oct" }, { "out", "oct" }, { "dic", "dec" }, { "dez", "dec" },
};
/* Days of the years 1000 to 2199: people of history have dates too. Digits alone with the year behind could be a year,
 * month and day of the same eight digits only before 1300. */
enum { FIRST_DAY = -354285, FIRST_PACKED_DAY = -244709, END_OF_DAYS = 84006 };
enum { DATE_LENGTH_MAX = 26 };

/* The shape of a text as far as numbers go. */
static bool may_be_date(struct pd_text value, bool *packed)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < value.length; i++) n_digits += isdigit((unsigned char)value.data[i]) != 0;
    *packed = n_digits == value.length;
    if (*packed) return value.length >= 5 && value.length <= 8;
    return value.length >= 6 && value.length <= DATE_LENGTH_MAX && n_digits >= 4;
}

static bool are_digits(struct pd_text value, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++)
        if (i >= value.length || !isdigit((unsigned char)value.data[i])) return false;
    return true;
}

/* %Y reads "86" too: a year of four digits is asked for where the format has it. */
static bool year_fits(struct pd_text value, const struct pd_date_format *format)
{
    if (format->packed) return value.length == (format->short_year ? 6 : 8);
    if (format->short_year) return true;
    return are_digits(value, format->format[1] == 'Y' ? 0 : value.length - 4, 4);
}

static bool read_day(struct pd_text value, const struct pd_date_format *format, int64_t *day)
{
    int64_t seconds = 0;
    if (!pd_time_parse(value, pd_text_of(format->format), &seconds)) return false;
    *day = seconds / 86400 - (seconds % 86400 < 0);
    return true;
}

static bool reads_as(struct pd_text value, const struct pd_date_format *format)
{
    int64_t day = 0;
    if (!year_fits(value, format) || !read_day(value, format, &day)) return false;
    const int64_t first = format->packed && format->format[1] != 'Y' ? FIRST_PACKED_DAY : FIRST_DAY;
    return format->short_year || (day >= first && day < END_OF_DAYS);
}

static bool count_formats(struct pd_text value, bool packed, struct pd_date_counts *counts)
{
    bool found = false;
    for (size_t i = 0; i < PD_DATE_FORMATS; i++) {
        if (packed != pd_date_formats[i].packed || !reads_as(value, &pd_date_formats[i])) continue;
        counts->by_format[i]++;
        found = true;
    }
    return found;
}

/* Names of months by their first three letters, in English: what the model asks of a column with cut_months. */
static struct pd_text cut_months(struct pd_text value, char *out, uint32_t *of_months)
{
    size_t n = 0, word = 0;
    for (size_t i = 0; i <= value.length; i++) {
        const unsigned char byte = i < value.length ? (unsigned char)value.data[i] : ' ';
        if (isalpha(byte)) {
            if (n < word + 3) out[n++] = (char)tolower(byte);
            continue;
        }
        for (size_t m = 0; n == word + 3 && m < PD_DATE_MONTHS; m++) {
            if (memcmp(out + word, pd_date_months[m].own, 3) != 0) continue;
            memcpy(out + word, pd_date_months[m].english, 3);
            *of_months |= UINT32_C(1) << m;
            break;
        }
        if (i < value.length) out[n++] = (char)byte;
        word = n;
    }
    return (struct pd_text){ out, n };
}

static struct pd_text with_zero(struct pd_text value, char *out)
{
    out[0] = '0';
    memcpy(out + 1, value.data, value.length);
    return (struct pd_text){ out, value.length + 1 };
}

void pd_dates_look(struct pd_text value, struct pd_date_counts *counts)
{
    char other[DATE_LENGTH_MAX];
    bool packed;
    uint32_t of_months = 0;
    if (!may_be_date(value, &packed)) return;
    if (count_formats(value, packed, counts)) {
        counts->n++;
    } else if (packed && value.length % 2 == 1) {
        counts->lost_zeros += count_formats(with_zero(value, other), true, counts);
    } else if (!packed && count_formats(cut_months(value, other, &of_months), false, counts)) {
        counts->n++;
        counts->cut_months++;
        counts->of_months |= of_months;
    }
}

bool pd_dates_read(struct pd_text value, const struct pd_profile *profile, int64_t *day)
{
    char cut[DATE_LENGTH_MAX], padded[DATE_LENGTH_MAX];
    uint32_t of_months = 0;
    if (value.length > DATE_LENGTH_MAX) return false;
    const bool lost_zero = profile->lost_zeros && value.length % 2 == 1;
    const struct pd_text textual = profile->cut_months ? cut_months(value, cut, &of_months) : value;
    const struct pd_text packed = lost_zero ? with_zero(value, padded) : value;
    for (size_t i = 0; i < PD_DATE_FORMATS; i++) {
        const struct pd_date_format *format = &pd_date_formats[i];
        const struct pd_text text = format->packed ? packed : i >= PD_DATE_FIRST_TEXTUAL ? textual : value;
        if ((profile->formats & UINT32_C(1) << i) != 0 && read_day(text, format, day)) return true;
    }
    return false;
}

/* --- choosing --- */

/* Share of a format that counts, of all values. */
static const double LEAST_OF_FORMAT = .004;
/* Distinct dates of birth of any file that is large. */
static const double MANY_DATES = 2000;

/* Formats that read the same texts in another order of day, month and year: the one that reads most is kept, for the
 * order of day and month the same in all. */
static void keep_one_order(size_t by_format[PD_DATE_FORMATS])
{
    static const unsigned char twins[][2] = { { 4, 5 }, { 6, 7 }, { 8, 9 }, { 10, 11 }, { 13, 14 }, { 15, 16 } };
    enum { TWINS = sizeof twins / sizeof *twins, SHORT_PACKED = 15, SHORT_PACKED_END = 18 };
    size_t day_first = 0, month_first = 0, most = SHORT_PACKED;
    for (size_t i = 0; i < TWINS; i++) {
        day_first += by_format[twins[i][0]];
        month_first += by_format[twins[i][1]];
    }
    for (size_t i = 0; i < TWINS; i++) by_format[twins[i][month_first > day_first ? 0 : 1]] = 0;
    for (size_t i = SHORT_PACKED; i < SHORT_PACKED_END; i++)
        if (by_format[i] > by_format[most]) most = i;
    for (size_t i = SHORT_PACKED; i < SHORT_PACKED_END; i++)
        if (i != most) by_format[i] = 0;
}

/* Formats with whole names of months, and those with cut ones. */
static const unsigned char whole_months[][2] = { { 19, 18 }, { 24, 20 } };

void pd_dates_choose(const struct pd_date_counts *counts, size_t n, struct pd_profile *profile)
{
    size_t by_format[PD_DATE_FORMATS];
    memcpy(by_format, counts->by_format, sizeof by_format);
    keep_one_order(by_format);
    /* Days below ten are less than half of all: else no zeros are lost, these are other numbers. */
    profile->lost_zeros = counts->lost_zeros > 0 && counts->lost_zeros < counts->n;
    profile->dates = (double)(counts->n + (profile->lost_zeros ? counts->lost_zeros : 0)) / fmax((double)n, 1);
    for (size_t i = 0; i < PD_DATE_FORMATS; i++) {
        if ((double)by_format[i] < LEAST_OF_FORMAT * (double)n) continue;
        profile->formats |= UINT32_C(1) << i;
        profile->short_years = profile->short_years || pd_date_formats[i].short_year;
    }
    profile->cut_months = counts->cut_months > 0 && (double)counts->cut_months >= LEAST_OF_FORMAT * (double)counts->n;
    profile->of_months = counts->of_months;
    for (size_t i = 0; profile->cut_months && i < sizeof whole_months / sizeof *whole_months; i++)
        if ((profile->formats >> whole_months[i][0] & 1) != 0) profile->formats |= UINT32_C(1) << whole_months[i][1];
}

/* Six digits may be a date by chance, as the codes of neighbouring districts; but these are few. */
bool pd_dates_are_kind(const struct pd_profile *profile)
{
    uint32_t short_packed = 0;
    for (size_t i = 0; i < PD_DATE_FORMATS; i++)
        if (pd_date_formats[i].packed && pd_date_formats[i].short_year) short_packed |= UINT32_C(1) << i;
    if (profile->dates <= .8) return false;
    if ((profile->formats & ~short_packed) != 0) return true;
    const double filled = (double)profile->n_filled;
    return (double)profile->n_distinct >= (filled < 4 * MANY_DATES ? filled / 4 : MANY_DATES);
}
