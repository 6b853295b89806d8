/* SPDX-License-Identifier: MIT
 * A cell is cut into at most four fields (numbers and words); the number of fields, their lengths and a month word
 * decide the form. Whether DD/MM or MM/DD is meant is a fact about the file, so it comes in by the options. */
#include "indonesia/birth_date.h"

#include "indonesia/fold.h"

enum { MAX_FIELDS = 4, YEAR_FIRST = 1850, YEAR_LAST = 2100, EXCEL_EPOCH = 25569 };

struct field {
    struct pd_text text;
    int number;  /* -1 for a word */
    char before; /* the separator before it */
};

struct cell {
    char folded[64];
    struct field fields[MAX_FIELDS];
    size_t n;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

int pd_month_of_word(struct pd_text word)
{
    static const char *const months[12][9] = {
        { "JANUARI", "JAN", "JANUARY", "JANU", NULL },
        { "FEBRUARI", "FEB", "PEBRUARI", "PEB", "FEBRUARY", "PEBR", NULL },
        { "MARET", "MAR", "MARCH", "MRT", NULL },
        { "APRIL", "APR", "APL", NULL },
        { "MEI", "MAY", "MAI", NULL },
        { "JUNI", "JUN", "JUNE", NULL },
        { "JULI", "JUL", "JULY", NULL },
        { "AGUSTUS", "AGT", "AGU", "AGS", "AGST", "AGUST", "AUG", "AUGUST", NULL },
        { "SEPTEMBER", "SEP", "SEPT", "SPT", NULL },
        { "OKTOBER", "OKT", "OCT", "OCTOBER", NULL },
        { "NOVEMBER", "NOV", "NOPEMBER", "NOP", NULL },
        { "DESEMBER", "DES", "DEC", "DECEMBER", NULL },
    };
    char letters[16];
    const size_t length = pd_fold_letters(word, letters, sizeof letters);
    if (length < 3) return 0;
    for (int month = 0; month < 12; month++)
        for (const char *const *name = months[month]; *name != NULL; name++)
            if (pd_text_equal((struct pd_text){ letters, length }, pd_text_of(*name))) return month + 1;
    if (pd_text_equal((struct pd_text){ letters, length }, PD_TEXT("AUGUST"))) return 8;
    return 0;
}

/* Digits and letters are fields of their own (05AGU90); what follows a colon is a time of day. */
static void cut(struct pd_text text, struct cell *cell)
{
    const size_t length = pd_fold(pd_text_trim(text), cell->folded, sizeof cell->folded);
    char before = 0;
    cell->n = 0;
    for (size_t i = 0; i < length && cell->n < MAX_FIELDS;) {
        const char byte = cell->folded[i];
        const bool digit = is_digit(byte);
        if (!digit && !is_letter(byte)) {
            before = byte;
            i++;
            continue;
        }
        const size_t begin = i;
        int number = 0;
        while (i < length && (digit ? is_digit(cell->folded[i]) : is_letter(cell->folded[i]))) {
            if (digit) number = i - begin < 9 ? number * 10 + (cell->folded[i] - '0') : -2;
            i++;
        }
        if (i < length && cell->folded[i] == ':') return;
        cell->fields[cell->n++] = (struct field){ { cell->folded + begin, i - begin }, digit ? number : -1, before };
        before = 0;
    }
}

static int full_year(const struct field *field, const struct pd_date_options *options, bool *two_digits)
{
    *two_digits = field->text.length <= 2;
    if (!*two_digits) return field->number;
    const int century = options->reference_year / 100 * 100;
    return field->number <= options->reference_year % 100 ? century + field->number : century - 100 + field->number;
}

static bool plausible(int year)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST;
}

static const struct pd_date_reading nothing = { .day = PD_DATE_NONE, .other = PD_DATE_NONE };

/* Day and month as preferred; swapped when only that is a date; both readings kept when both are. */
static struct pd_date_reading reading_of(int year, int month, int day, bool may_swap)
{
    struct pd_date_reading reading = nothing;
    if (!plausible(year)) return reading;
    reading.year = year;
    const bool straight = pd_date_valid(year, month, day);
    const bool swapped = may_swap && day != month && pd_date_valid(year, day, month);
    if (straight) reading.day = pd_date_from_civil(year, month, day);
    if (swapped && straight) reading.other = pd_date_from_civil(year, day, month);
    if (swapped && !straight) reading.day = pd_date_from_civil(year, day, month);
    return reading;
}

static struct pd_date_reading read_serial(int number)
{
    struct pd_date_reading reading = nothing;
    reading.day = number - EXCEL_EPOCH;
    reading.year = pd_date_to_civil(reading.day).year;
    reading.serial = true;
    return reading;
}

/* DDMMYYYY unless only YYYYMMDD is a date; 6 and 7 digits have lost the century or a zero in front. */
static struct pd_date_reading read_digits(const struct field *field, const struct pd_date_options *options)
{
    const int number = field->number;
    switch (field->text.length) {
    case 4: return reading_of(number, 0, 0, false);
    case 5: return number >= 3654 && number <= 73415 ? read_serial(number) : nothing;
    case 6: {
        struct field year = { { field->text.data + 4, 2 }, number % 100, 0 };
        bool two_digits = false;
        struct pd_date_reading reading =
            reading_of(full_year(&year, options, &two_digits), number / 100 % 100, number / 10000, true);
        reading.two_digit_year = true;
        return reading;
    }
    case 7:
    case 8: {
        struct pd_date_reading reading = reading_of(number % 10000, number / 10000 % 100, number / 1000000, true);
        if (reading.day == PD_DATE_NONE && field->text.length == 8) {
            const struct pd_date_reading iso = reading_of(number / 10000, number / 100 % 100, number % 100, true);
            if (iso.day != PD_DATE_NONE || reading.year == 0) reading = iso;
        }
        return reading;
    }
    default: return nothing;
    }
}

static bool begins_with_year(const struct cell *cell)
{
    return cell->fields[0].text.length == 4 || (cell->fields[0].text.length == 2 && cell->fields[0].number > 31);
}

static struct pd_date_reading read_three(const struct cell *cell, const struct pd_date_options *options)
{
    const struct field *fields = cell->fields;
    bool two_digits = false;
    struct pd_date_reading reading;
    const int first_month = fields[0].number < 0 ? pd_month_of_word(fields[0].text) : 0;
    const int second_month = fields[1].number < 0 ? pd_month_of_word(fields[1].text) : 0;
    if (fields[2].number < 0 || (fields[0].number < 0 && first_month == 0) ||
        (fields[1].number < 0 && second_month == 0))
        return nothing;
    if (first_month > 0) {
        reading = reading_of(full_year(&fields[2], options, &two_digits), first_month, fields[1].number, false);
    } else if (second_month > 0) {
        const bool year_first = begins_with_year(cell);
        const int year = full_year(&fields[year_first ? 0 : 2], options, &two_digits);
        reading = reading_of(year, second_month, fields[year_first ? 2 : 0].number, false);
    } else if (begins_with_year(cell)) {
        reading = reading_of(full_year(&fields[0], options, &two_digits), fields[1].number, fields[2].number, true);
    } else {
        const bool month_first = options->order == PD_DATE_ORDER_MONTH_DAY;
        const int year = full_year(&fields[2], options, &two_digits);
        reading = reading_of(year, fields[month_first ? 0 : 1].number, fields[month_first ? 1 : 0].number, true);
        reading.numeric_order = true;
    }
    reading.two_digit_year = two_digits;
    return reading;
}

/* Month and year only: the year is all that is used. */
static struct pd_date_reading read_two(const struct cell *cell)
{
    for (size_t i = 0; i < 2; i++)
        if (cell->fields[i].text.length == 4 && cell->fields[i].number > 0)
            return reading_of(cell->fields[i].number, 0, 0, false);
    return nothing;
}

struct pd_date_reading pd_date_read(struct pd_text text, const struct pd_date_options *options)
{
    struct cell cell;
    if (text.length == 0 || text.length > 60) return nothing;
    cut(text, &cell);
    if (cell.n == 0) return nothing;
    /* `24654.0`, `01071990.0` */
    if (cell.n == 2 && cell.fields[1].number == 0 && cell.fields[1].before == '.') cell.n = 1;
    if (cell.n == 1) return cell.fields[0].number > 0 ? read_digits(&cell.fields[0], options) : nothing;
    if (cell.n == 2) return read_two(&cell);
    return read_three(&cell, options);
}

/* The first run of digits from a place on. */
static struct pd_text next_number(struct pd_text text, size_t from)
{
    while (from < text.length && !is_digit(text.data[from])) from++;
    size_t end = from;
    while (end < text.length && is_digit(text.data[end])) end++;
    return pd_text_slice(text, from, end);
}

static char *append(char *to, struct pd_text text)
{
    if (text.length > 0) memcpy(to, text.data, text.length);
    return to + text.length;
}

static struct pd_date_reading read_day_first(struct pd_text text)
{
    const struct pd_date_options options = { PD_DATE_ORDER_DAY_MONTH, 2000 };
    return pd_date_read(text, &options);
}

bool pd_date_is_full(struct pd_text text)
{
    return read_day_first(text).day != PD_DATE_NONE;
}

bool pd_date_reads_both_ways(struct pd_text text)
{
    const struct pd_date_reading reading = read_day_first(text);
    return reading.numeric_order && reading.other != PD_DATE_NONE;
}

bool pd_date_turn(struct pd_text text, char *turned)
{
    const struct pd_date_reading reading = read_day_first(text);
    if (!reading.numeric_order || reading.day == PD_DATE_NONE) return false;
    const struct pd_text first = next_number(text, 0);
    const size_t first_begin = (size_t)(first.data - text.data), first_end = first_begin + first.length;
    const struct pd_text second = next_number(text, first_end);
    const size_t second_begin = (size_t)(second.data - text.data), second_end = second_begin + second.length;
    char *to = append(turned, pd_text_slice(text, 0, first_begin));
    to = append(to, second);
    to = append(to, pd_text_slice(text, first_end, second_begin));
    to = append(to, first);
    (void)append(to, pd_text_slice(text, second_end, text.length));
    return true;
}

/* Whether neither order of day and month makes a date of a text that has both. */
static bool has_no_such_day(struct pd_text text, const struct cell *cell)
{
    if (cell->n < 3) return false;
    for (enum pd_date_order order = PD_DATE_ORDER_DAY_MONTH; order <= PD_DATE_ORDER_MONTH_DAY; order++) {
        const struct pd_date_options options = { order, 2000 };
        if (pd_date_read(text, &options).day != PD_DATE_NONE) return false;
    }
    for (size_t i = 0; i < 3; i++)
        if (cell->fields[i].number == 0) return false; /* 00/00/1967 is a way to give the year alone */
    return true;
}

void pd_date_evidence_add(struct pd_date_evidence *evidence, struct pd_text text, uint64_t weight)
{
    struct cell cell;
    const struct pd_date_reading reading = read_day_first(text);
    if (reading.year == 0) {
        evidence->n_other += weight;
        return;
    }
    cut(text, &cell);
    if (reading.day == PD_DATE_NONE && has_no_such_day(text, &cell)) evidence->n_no_day += weight;
    if (reading.serial) {
        evidence->n_serial += weight;
    } else if (reading.numeric_order) {
        const int first = cell.fields[0].number;
        const int second = cell.fields[1].number;
        if (first > 12 && second >= 1 && second <= 12)
            evidence->n_day_first += weight;
        else if (second > 12 && first >= 1 && first <= 12)
            evidence->n_month_first += weight;
        else
            evidence->n_ambiguous += weight;
    } else if (cell.n >= 3 && (cell.fields[0].number < 0 || cell.fields[1].number < 0)) {
        evidence->n_words += weight;
    } else if (cell.n >= 3) {
        evidence->n_iso += weight;
    } else if (reading.day != PD_DATE_NONE) { /* one number of 6 to 8 digits */
        const bool year_first = cell.fields[0].number / 10000 == reading.year;
        *(year_first ? &evidence->n_iso : &evidence->n_compact) += weight;
    } else {
        evidence->n_other += weight;
    }
}

enum pd_date_order pd_date_evidence_order(const struct pd_date_evidence *evidence)
{
    if (evidence->n_month_first == 0) return PD_DATE_ORDER_DAY_MONTH;
    if (evidence->n_month_first >= 9 * evidence->n_day_first) return PD_DATE_ORDER_MONTH_DAY;
    if (evidence->n_day_first >= 9 * evidence->n_month_first) return PD_DATE_ORDER_DAY_MONTH;
    return PD_DATE_ORDER_UNKNOWN;
}

const char *pd_date_evidence_format(const struct pd_date_evidence *evidence)
{
    const uint64_t numeric = evidence->n_day_first + evidence->n_month_first + evidence->n_ambiguous;
    const uint64_t counts[5] = { numeric, evidence->n_iso, evidence->n_words, evidence->n_serial, evidence->n_compact };
    uint64_t total = 0;
    size_t most = 0;
    for (size_t i = 0; i < 5; i++) {
        total += counts[i];
        if (counts[i] > counts[most]) most = i;
    }
    if (total == 0) return "";
    if (counts[most] * 10 < total * 9) return "campuran";
    if (most == 1) return "YYYY-MM-DD";
    if (most == 2) return "DD MMMM YYYY";
    if (most == 3) return "serial";
    if (most == 4) return "DDMMYYYY";
    const enum pd_date_order order = pd_date_evidence_order(evidence);
    if (order == PD_DATE_ORDER_UNKNOWN) return "campuran";
    return order == PD_DATE_ORDER_MONTH_DAY ? "MM-DD-YYYY" : "DD-MM-YYYY";
}

void pd_split_ttl(struct pd_text text, struct pd_text *place, struct pd_text *date)
{
    size_t cut_at = text.length;
    for (size_t i = text.length; i > 0 && cut_at == text.length; i--)
        if (text.data[i - 1] == ',') cut_at = i - 1;
    size_t digit = 0;
    while (digit < text.length && !is_digit(text.data[digit])) digit++;
    if (cut_at == text.length || cut_at > digit) { /* no comma, or one inside the date */
        *place = pd_text_trim(pd_text_slice(text, 0, digit));
        *date = pd_text_trim(pd_text_slice(text, digit, text.length));
        while (place->length > 0 && (place->data[place->length - 1] == ',' || place->data[place->length - 1] == '/' ||
                                     place->data[place->length - 1] == '-'))
            *place = pd_text_trim(pd_text_slice(*place, 0, place->length - 1));
        return;
    }
    *place = pd_text_trim(pd_text_slice(text, 0, cut_at));
    *date = pd_text_trim(pd_text_slice(text, cut_at + 1, text.length));
}

unsigned pd_date_heap(int32_t day)
{
    if (day == PD_DATE_NONE) return 0;
    const struct pd_date date = pd_date_to_civil(day);
    const int key = date.month * 100 + date.day;
    if (key == 701 || key == 1231 || key == 101) return 2;
    return date.day == 15 ? 1 : 0;
}
