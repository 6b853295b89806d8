/* SPDX-License-Identifier: MIT
 * A text is read as a bag of hints: a year, months by name or number, a part of the year (tahap, quarter, semester). A
 * range is two texts. */
#include "indonesia/period.h"

#include "indonesia/birth_date.h"
#include "indonesia/fold.h"

enum { YEAR_FIRST = 2000, YEAR_LAST = 2100 };

/* Months from..to of a year, 1..12, 0 = not said. */
struct hints {
    int year, first_month, last_month;
};

static const struct pd_period unknown = { PD_DATE_NONE, PD_DATE_NONE };

static int roman(struct pd_text word)
{
    static const char *const numerals[] = { "I", "II", "III", "IV" };
    for (int i = 0; i < 4; i++)
        if (pd_text_equal(word, pd_text_of(numerals[i]))) return i + 1;
    return 0;
}

/* Months of a part of the year: `length` months each. */
static void set_part(struct hints *hints, int part, int length)
{
    if (part < 1 || part * length > 12) return;
    hints->first_month = (part - 1) * length + 1;
    hints->last_month = part * length;
}

static void add_month(struct hints *hints, int month)
{
    if (month < 1 || month > 12) return;
    if (hints->first_month == 0) hints->first_month = month;
    hints->last_month = month;
}

/* Length in months of the parts a word announces, 0 for other words. */
static int part_length(struct pd_text word)
{
    static const char *const quarters[] = {
        "T", "TW", "Q", "TAHAP", "THP", "TRIWULAN", "TRIWULANAN", "KUARTAL", "TRW"
    };
    for (size_t i = 0; i < sizeof quarters / sizeof *quarters; i++)
        if (pd_text_equal(word, pd_text_of(quarters[i]))) return 3;
    if (pd_text_equal(word, PD_TEXT("S")) || pd_text_equal(word, PD_TEXT("SEMESTER")) ||
        pd_text_equal(word, PD_TEXT("SMT")))
        return 6;
    if (pd_text_equal(word, PD_TEXT("CATURWULAN"))) return 4;
    return 0;
}

struct reader {
    struct hints hints;
    int awaited; /* length of the part whose number should come next */
};

static void take_number(struct reader *reader, struct pd_text word)
{
    uint64_t number = 0;
    if (!pd_text_to_u64(word, &number)) return;
    if (word.length == 6 && number / 100 >= YEAR_FIRST && number / 100 <= YEAR_LAST) {
        reader->hints.year = (int)(number / 100);
        add_month(&reader->hints, (int)(number % 100));
    } else if (word.length == 4 && number >= YEAR_FIRST && number <= YEAR_LAST) {
        reader->hints.year = (int)number;
    } else if (word.length <= 2) {
        if (reader->awaited > 0)
            set_part(&reader->hints, (int)number, reader->awaited);
        else
            add_month(&reader->hints, (int)number);
        reader->awaited = 0;
    }
}

static void take_word(struct reader *reader, struct pd_text word)
{
    if (word.data[0] >= '0' && word.data[0] <= '9') {
        take_number(reader, word);
        return;
    }
    const int month = pd_month_of_word(word);
    const int numeral = roman(word);
    if (month > 0)
        add_month(&reader->hints, month);
    else if (reader->awaited > 0 && numeral > 0)
        set_part(&reader->hints, numeral, reader->awaited);
    else if (part_length(word) > 0)
        reader->awaited = part_length(word);
}

static bool is_word_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

static struct hints read_hints(struct pd_text text)
{
    struct reader reader = { { 0, 0, 0 }, 0 };
    for (size_t i = 0; i < text.length;) {
        if (!is_word_byte(text.data[i])) {
            i++;
            continue;
        }
        const bool digits = text.data[i] <= '9';
        const size_t begin = i;
        while (i < text.length && is_word_byte(text.data[i]) && (text.data[i] <= '9') == digits) i++;
        take_word(&reader, pd_text_slice(text, begin, i));
    }
    return reader.hints;
}

static struct pd_period period_of(struct hints hints)
{
    if (hints.year == 0) return unknown;
    const int first = hints.first_month == 0 ? 1 : hints.first_month;
    const int last = hints.first_month == 0 ? 12 : hints.last_month;
    if (last < first) return unknown;
    const int next_year = last == 12 ? hints.year + 1 : hints.year;
    const int next_month = last == 12 ? 1 : last + 1;
    return (struct pd_period){ pd_date_from_civil(hints.year, first, 1),
                               pd_date_from_civil(next_year, next_month, 1) - 1 };
}

/* Position of a range mark between two complete periods, text.length for none. */
static size_t range_mark(struct pd_text text, size_t *mark_length)
{
    static const char *const marks[] = { "..", " S/D ", " S.D. ", " SD ", " SAMPAI " };
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        *mark_length = strlen(marks[m]);
        for (size_t i = 0; i + *mark_length <= text.length; i++)
            if (memcmp(text.data + i, marks[m], *mark_length) == 0) return i;
    }
    return text.length;
}

struct pd_period pd_period_read(struct pd_text text, int default_year)
{
    char folded[96];
    const struct pd_text all = { folded, pd_fold(pd_text_trim(text), folded, sizeof folded) };
    if (pd_is_nothing(all)) return unknown;
    size_t mark_length = 0;
    const size_t mark = range_mark(all, &mark_length);
    struct hints begin = read_hints(pd_text_slice(all, 0, mark));
    if (mark == all.length) {
        if (begin.year == 0 && begin.first_month > 0) begin.year = default_year;
        return period_of(begin);
    }
    struct hints end = read_hints(pd_text_slice(all, mark + mark_length, all.length));
    if (end.year == 0) end.year = begin.year != 0 ? begin.year : default_year;
    if (begin.year == 0) begin.year = end.year;
    const struct pd_period first = period_of(begin);
    const struct pd_period last = period_of(end);
    if (first.begin == PD_DATE_NONE || last.begin == PD_DATE_NONE || last.end < first.begin) return unknown;
    return (struct pd_period){ first.begin, last.end };
}

/* Tahap as a bare number or numeral is a quarter. */
static struct hints read_stage(struct pd_text stage)
{
    char folded[96];
    const struct pd_text all = pd_text_trim((struct pd_text){ folded, pd_fold(stage, folded, sizeof folded) });
    struct hints hints = { 0, 0, 0 };
    uint64_t number = 0;
    struct pd_text digits = all;
    if (digits.length > 2 && memcmp(digits.data + digits.length - 2, ".0", 2) == 0) digits.length -= 2;
    if (pd_text_to_u64(digits, &number) && number <= 4)
        set_part(&hints, (int)number, 3);
    else if (roman(all) > 0)
        set_part(&hints, roman(all), 3);
    else
        hints = read_hints(all);
    return hints;
}

struct pd_period pd_period_of_row(struct pd_text period, struct pd_text stage, int year)
{
    const struct pd_period own = pd_period_read(period, year);
    if (pd_is_nothing(stage)) {
        const struct hints whole_year = { year, 0, 0 };
        return own.begin != PD_DATE_NONE ? own : period_of(whole_year);
    }
    const bool finer = own.begin != PD_DATE_NONE && own.end - own.begin < 360;
    if (own.begin != PD_DATE_NONE && (finer || own.end - own.begin > 366)) return own;
    struct hints hints = read_stage(stage);
    if (hints.year == 0) hints.year = own.begin != PD_DATE_NONE ? pd_date_to_civil(own.begin).year : year;
    if (hints.first_month == 0) return own.begin != PD_DATE_NONE ? own : period_of(hints);
    return period_of(hints);
}
