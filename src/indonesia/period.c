/* SPDX-License-Identifier: MIT
 * A text is read as a bag of hints: a year, months by name or number, parts of the year (tahap, quarter, semester), of
 * which months win. A range is two texts, a full date the month it lies in. What cannot be read is unknown, never a
 * whole year: periods that are too wide make payments of different tahap look like one paid twice. */
#include "indonesia/period.h"

#include "indonesia/birth_date.h"
#include "indonesia/fold.h"

enum { YEAR_FIRST = 2000, YEAR_LAST = 2100 };

struct run {
    int first, last; /* 0 = none */
};

struct hints {
    int year, short_year; /* 2026, and what a two-digit 26 says; 0 = not said */
    struct run months;    /* 1..12, named or numbered */
    struct run part;      /* months of a part of the year */
    struct run numerals;  /* I..IV that nothing announced */
    bool wrong;           /* a part that no year has: `TAHAP 5` */
};

static const struct pd_period unknown = { PD_DATE_NONE, PD_DATE_NONE };

/* The year that four digits say, 0 for other texts. */
static int year_in(struct pd_text word)
{
    uint64_t year = 0;
    if (word.length != 4 || !pd_text_to_u64(word, &year)) return 0;
    return year >= YEAR_FIRST && year <= YEAR_LAST ? (int)year : 0;
}

static int roman(struct pd_text word)
{
    static const char *const numerals[] = { "I", "II", "III", "IV" };
    for (int i = 0; i < 4; i++)
        if (pd_text_equal(word, pd_text_of(numerals[i]))) return i + 1;
    return 0;
}

static void extend(struct run *run, int first, int last)
{
    if (run->first == 0) run->first = first;
    run->last = last;
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
    int awaited; /* length of the parts whose numbers should come next */
    int pending; /* a small number that the next word will explain; 0 = none */
    bool named;  /* a month was named */
};

/* A small number is a month, but behind a month's name a day, and from 13 on a year. */
static void settle(struct reader *reader)
{
    const int number = reader->pending;
    struct hints *hints = &reader->hints;
    reader->pending = 0;
    if (number > 12 && hints->short_year == 0 && (hints->months.first > 0 || hints->part.first > 0))
        hints->short_year = YEAR_FIRST + number;
    if (number >= 1 && number <= 12 && !reader->named) extend(&hints->months, number, number);
}

/* The number of an announced part; several (`TAHAP 3 DAN 4`) reach from the first to the last. */
static bool take_part(struct reader *reader, int number)
{
    struct run *part = &reader->hints.part;
    const int length = reader->awaited;
    if (length == 0) return false;
    const bool fits = number >= 1 && number * length <= 12 && number * length > part->last;
    if (fits) extend(part, (number - 1) * length + 1, number * length);
    if (!fits && part->first == 0) reader->hints.wrong = true;
    return fits || part->first == 0;
}

static void take_number(struct reader *reader, struct pd_text word)
{
    uint64_t number = 0;
    if (!pd_text_to_u64(word, &number)) return;
    settle(reader);
    const int year = year_in(word);
    const int year_of_month = word.length == 6 ? year_in(pd_text_slice(word, 0, 4)) : 0;
    if (year_of_month > 0) {
        reader->hints.year = year_of_month;
        reader->pending = (int)(number % 100);
        settle(reader);
    } else if (year > 0) {
        reader->hints.year = year;
        if (reader->hints.part.first > 0) reader->awaited = 0;
    } else if (word.length <= 2 && !take_part(reader, (int)number)) {
        reader->pending = (int)number;
    }
}

static void take_month(struct reader *reader, int month)
{
    if (!reader->named) reader->hints.months = (struct run){ 0, 0 };
    extend(&reader->hints.months, month, month);
    reader->named = true;
    reader->pending = 0; /* a number in front is its day */
    reader->awaited = 0;
}

static void take_word(struct reader *reader, struct pd_text word)
{
    if (word.data[0] >= '0' && word.data[0] <= '9') {
        take_number(reader, word);
        return;
    }
    const int month = pd_month_of_word(word);
    const int numeral = roman(word);
    if (month > 0) {
        take_month(reader, month);
        return;
    }
    settle(reader);
    if (numeral > 0) {
        if (!take_part(reader, numeral)) extend(&reader->hints.numerals, numeral * 3 - 2, numeral * 3);
    } else if (part_length(word) > 0) {
        reader->awaited = part_length(word);
    } else if (pd_text_equal(word, PD_TEXT("BULAN")) || pd_text_equal(word, PD_TEXT("BLN"))) {
        reader->awaited = 0;
    }
}

static bool is_word_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* The run of letters or of digits that begins at or behind *at, which moves behind it; empty when there is none. */
static struct pd_text next_word(struct pd_text text, size_t *at)
{
    size_t begin = *at;
    while (begin < text.length && !is_word_byte(text.data[begin])) begin++;
    size_t end = begin;
    while (end < text.length && is_word_byte(text.data[end]) && (text.data[end] <= '9') == (text.data[begin] <= '9'))
        end++;
    *at = end;
    return pd_text_slice(text, begin, end);
}

/* awaited: length of the parts that a text before this one announced. */
static struct reader read_hints(struct pd_text text, int awaited)
{
    struct reader reader = { .awaited = awaited };
    size_t at = 0;
    for (struct pd_text word = next_word(text, &at); word.length > 0; word = next_word(text, &at))
        take_word(&reader, word);
    settle(&reader);
    return reader;
}

static struct run months_of(const struct hints *hints)
{
    if (hints->months.first > 0) return hints->months;
    return hints->part.first > 0 ? hints->part : hints->numerals;
}

static int year_of(const struct hints *hints)
{
    return hints->year > 0 ? hints->year : hints->short_year;
}

/* default_year serves hints of months without a year. */
static struct pd_period period_of(const struct hints *hints, int default_year)
{
    struct run months = months_of(hints);
    const int year = year_of(hints) > 0 ? year_of(hints) : months.first > 0 ? default_year : 0;
    if (year == 0 || hints->wrong) return unknown;
    if (months.first == 0) months = (struct run){ 1, 12 };
    if (months.last < months.first) return unknown;
    const int next_year = months.last == 12 ? year + 1 : year;
    const int next_month = months.last == 12 ? 1 : months.last + 1;
    return (struct pd_period){ pd_date_from_civil(year, months.first, 1),
                               pd_date_from_civil(next_year, next_month, 1) - 1 };
}

/* `1 - 3 2026` is no date: between the numbers of one stands the same. */
static bool has_one_mark(struct pd_text text)
{
    struct pd_text marks[2];
    size_t at = 0;
    if (next_word(text, &at).length == 0) return false;
    for (int i = 0; i < 2; i++) {
        const size_t begin = at;
        const struct pd_text word = next_word(text, &at);
        if (word.length == 0 || word.data[0] > '9') return true; /* a number alone, or a month's name */
        marks[i] = pd_text_slice(text, begin, at - word.length);
    }
    return pd_text_equal(marks[0], marks[1]);
}

/* A full date, with or without a time of day, as spreadsheets write a month: the month it lies in. */
static struct pd_period read_date(struct pd_text text, enum pd_date_order order)
{
    const struct pd_date_options options = { order, YEAR_LAST - 1 };
    const struct pd_date_reading date = pd_date_read(text, &options);
    const int first_year = date.two_digit_year ? YEAR_FIRST + 13 : YEAR_FIRST;
    size_t at = 0;
    if (date.day == PD_DATE_NONE || date.year < first_year || date.year > YEAR_LAST) return unknown;
    if (date.two_digit_year && next_word(text, &at).length > 2) return unknown; /* 202611 is no DDMMYY */
    if (!has_one_mark(text)) return unknown;
    const int month = pd_date_to_civil(date.day).month;
    return period_of(&(struct hints){ .year = date.year, .months = { month, month } }, 0);
}

/* Years that a text names, those of 202611 and 20261105 too. */
static size_t count_years(struct pd_text text)
{
    size_t at = 0;
    size_t n = 0;
    for (struct pd_text word = next_word(text, &at); word.length > 0; word = next_word(text, &at)) {
        const bool may_be = word.length == 4 || word.length == 6 || word.length == 8;
        n += may_be && year_in(pd_text_slice(word, 0, 4)) > 0;
    }
    return n;
}

/* Two parts of a text, and the bytes between them. */
struct cut {
    size_t begin, end;
};

/* A range mark between two periods: a word or, between two years, a dash, of which the one in the middle is meant. */
static bool find_range(struct pd_text text, struct cut *cut)
{
    static const char *const marks[] = { "..", " S/D ", " S.D. ", " S.D ", " SD ", " SAMPAI " };
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        const size_t length = strlen(marks[m]);
        for (size_t i = 0; i + length <= text.length; i++) {
            if (memcmp(text.data + i, marks[m], length) != 0) continue;
            *cut = (struct cut){ i, i + length };
            return true;
        }
    }
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < text.length; i++) {
        const size_t off = 2 * i > text.length ? 2 * i - text.length : text.length - 2 * i;
        if (text.data[i] != '-' || off >= least) continue;
        if (count_years(pd_text_slice(text, 0, i)) != 1 || count_years(pd_text_slice(text, i, text.length)) != 1)
            continue;
        least = off;
        *cut = (struct cut){ i, i + 1 };
    }
    return least != SIZE_MAX;
}

static struct pd_period read_range(struct pd_text text, const struct cut *cut, const struct pd_period_options *options)
{
    const struct pd_text sides[2] = { pd_text_slice(text, 0, cut->begin), pd_text_slice(text, cut->end, text.length) };
    struct pd_period periods[2] = { read_date(sides[0], options->order), read_date(sides[1], options->order) };
    const struct reader first = read_hints(sides[0], 0);
    const struct reader last = read_hints(sides[1], first.hints.part.first > 0 ? first.awaited : 0);
    const int first_year = year_of(&first.hints);
    const int last_year = year_of(&last.hints);
    if (periods[0].begin == PD_DATE_NONE)
        periods[0] = period_of(&first.hints, last_year > 0 ? last_year : options->year);
    if (periods[1].begin == PD_DATE_NONE)
        periods[1] = period_of(&last.hints, first_year > 0 ? first_year : options->year);
    if (periods[0].begin == PD_DATE_NONE || periods[1].begin == PD_DATE_NONE || periods[1].end < periods[0].begin)
        return unknown;
    return (struct pd_period){ periods[0].begin, periods[1].end };
}

/* `2025/2026` names two years and no days. */
static bool is_of_one_year(struct pd_text text)
{
    size_t at = 0;
    int first = 0;
    for (struct pd_text word = next_word(text, &at); word.length > 0; word = next_word(text, &at)) {
        const int year = year_in(word);
        if (year == 0) continue;
        if (first != 0 && first != year) return false;
        first = year;
    }
    return true;
}

struct pd_period pd_period_read(struct pd_text text, const struct pd_period_options *options)
{
    char folded[96];
    const struct pd_text all =
        pd_text_trim((struct pd_text){ folded, pd_fold(pd_text_trim(text), folded, sizeof folded) });
    struct cut cut;
    if (pd_is_nothing(all)) return unknown;
    if (find_range(all, &cut)) return read_range(all, &cut, options);
    const struct pd_period month = read_date(all, options->order);
    if (month.begin != PD_DATE_NONE) return month;
    const struct reader reader = read_hints(all, 0);
    return is_of_one_year(all) ? period_of(&reader.hints, options->year) : unknown;
}

enum pd_period_form pd_period_form_of(struct pd_text text)
{
    uint64_t numbers[3];
    size_t n = 0;
    size_t at = 0;
    for (struct pd_text word = next_word(text, &at); word.length > 0; word = next_word(text, &at))
        if (n == 3 || !pd_text_to_u64(word, &numbers[n++])) return PD_PERIOD_PLAIN;
    if (n != 3 || numbers[2] < YEAR_FIRST || numbers[2] > YEAR_LAST || !has_one_mark(text)) return PD_PERIOD_PLAIN;
    if (numbers[0] > 12 || numbers[1] > 12) return PD_PERIOD_DATE;
    return numbers[0] > 1 && numbers[0] < numbers[1] ? PD_PERIOD_DAY_OR_MONTHS : PD_PERIOD_PLAIN;
}

/* Tahap as a bare number or numeral is a quarter. */
static struct hints read_stage(struct pd_text stage)
{
    char folded[96];
    const struct pd_text all = pd_text_trim((struct pd_text){ folded, pd_fold(stage, folded, sizeof folded) });
    uint64_t number = 0;
    struct pd_text digits = all;
    if (digits.length > 2 && memcmp(digits.data + digits.length - 2, ".0", 2) == 0) digits.length -= 2;
    if (pd_text_to_u64(digits, &number) && number >= 1 && number <= 4)
        return (struct hints){ .part = { (int)number * 3 - 2, (int)number * 3 } };
    if (digits.length <= 2 && pd_text_to_u64(digits, &number)) return (struct hints){ .wrong = true };
    return read_hints(all, 0).hints;
}

struct pd_period pd_period_of_row(struct pd_text period, struct pd_text stage, const struct pd_period_options *options)
{
    const struct pd_period own = pd_period_read(period, options);
    if (pd_is_nothing(stage)) {
        const struct hints whole_year = { .year = options->year };
        return own.begin != PD_DATE_NONE || !pd_is_nothing(period) ? own : period_of(&whole_year, 0);
    }
    const bool finer = own.begin != PD_DATE_NONE && own.end - own.begin < 360;
    if (own.begin != PD_DATE_NONE && (finer || own.end - own.begin > 366)) return own;
    const struct hints hints = read_stage(stage);
    const struct pd_period part =
        period_of(&hints, own.begin != PD_DATE_NONE ? pd_date_to_civil(own.begin).year : options->year);
    return part.begin != PD_DATE_NONE ? part : own;
}
