/* SPDX-License-Identifier: MIT
 * Conversions between types, as DuckDB's TRY_CAST makes them (tried against it): blanks around texts do not count,
 * halves of decimal texts round away from 0 and halves of doubles to even, dates are year-month-day. */
#include "base/date.h"
#include "expression/lexer.h"
#include "expression/values.h"

#include <stdio.h>
#include <stdlib.h>

const char *pd_type_name(enum pd_type type)
{
    static const char *const names[] = { "null", "boolean",   "integer",       "number",         "text",
                                         "date", "timestamp", "list of texts", "list of numbers" };
    return names[type];
}

void *pd_evaluator_room(struct pd_evaluator *evaluator, size_t bytes)
{
    void *room = NULL;
    const enum padan_status status = pd_arena_allocate(&evaluator->arena, &room, bytes, NULL);
    if (status != PADAN_OK) evaluator->status = status;
    return status == PADAN_OK ? room : NULL;
}

int64_t pd_value_day(struct pd_value value)
{
    if (value.type == PD_TYPE_DATE) return value.integer;
    const int64_t day = value.integer / PD_SECONDS_PER_DAY;
    return day - (value.integer % PD_SECONDS_PER_DAY < 0);
}

int64_t pd_value_seconds(struct pd_value value)
{
    return value.type == PD_TYPE_DATE ? value.integer * PD_SECONDS_PER_DAY : value.integer;
}

static int compare_numbers(struct pd_value a, struct pd_value b)
{
    if (a.type == PD_TYPE_INT && b.type == PD_TYPE_INT) return (a.integer > b.integer) - (a.integer < b.integer);
    const double x = pd_value_number(a);
    const double y = pd_value_number(b);
    return (x > y) - (x < y);
}

/* Item by item, then by length; NULL items are equal to each other and come last. */
static int compare_lists(struct pd_value a, struct pd_value b)
{
    for (size_t i = 0; i < a.list.n_items && i < b.list.n_items; i++) {
        const struct pd_value x = a.list.items[i];
        const struct pd_value y = b.list.items[i];
        int order = x.null - y.null;
        if (!x.null && !y.null) order = pd_value_compare(x, y);
        if (order != 0) return order;
    }
    return (a.list.n_items > b.list.n_items) - (a.list.n_items < b.list.n_items);
}

int pd_value_compare(struct pd_value a, struct pd_value b)
{
    switch (a.type) {
    case PD_TYPE_TEXT: return pd_text_compare(a.text, b.text);
    case PD_TYPE_BOOL: return (int)a.boolean - (int)b.boolean;
    case PD_TYPE_DATE:
    case PD_TYPE_TIMESTAMP: {
        const int64_t x = pd_value_seconds(a);
        const int64_t y = pd_value_seconds(b);
        return (x > y) - (x < y);
    }
    case PD_TYPE_TEXT_LIST:
    case PD_TYPE_DOUBLE_LIST: return compare_lists(a, b);
    case PD_TYPE_INT:
    case PD_TYPE_DOUBLE:
    case PD_TYPE_NULL: break;
    }
    return compare_numbers(a, b);
}

bool pd_type_castable(enum pd_type from, enum pd_type to)
{
    if (from == to || from == PD_TYPE_NULL) return true;
    if (pd_type_is_list(from) || pd_type_is_list(to)) return false;
    if (from == PD_TYPE_TEXT || to == PD_TYPE_TEXT) return true;
    const bool from_moment = from == PD_TYPE_DATE || from == PD_TYPE_TIMESTAMP;
    const bool to_moment = to == PD_TYPE_DATE || to == PD_TYPE_TIMESTAMP;
    return from_moment == to_moment;
}

void pd_double_print(double value, char text[PD_DOUBLE_CHARS])
{
    int digits = 1;
    do {
        (void)snprintf(text, PD_DOUBLE_CHARS, "%.*e", digits - 1, value);
    } while (strtod(text, NULL) != value && ++digits <= 17);
    const char *mark = strchr(text, 'e');
    const int exponent = mark == NULL ? 0 : atoi(mark + 1);
    if (mark == NULL || exponent < -4 || exponent >= 16) return;
    const int decimals = digits - 1 - exponent;
    (void)snprintf(text, PD_DOUBLE_CHARS, "%.*f", decimals > 1 ? decimals : 1, value);
}

/* A run of 1 to `most` digits at *position. */
static bool take_digits(struct pd_text text, size_t *position, size_t most, int *number)
{
    const size_t begin = *position;
    *number = 0;
    while (*position < text.length && *position - begin < most) {
        const unsigned digit = (unsigned)(text.data[*position] - '0');
        if (digit > 9) break;
        *number = *number * 10 + (int)digit;
        ++*position;
    }
    return *position > begin;
}

static bool take_byte(struct pd_text text, size_t *position, const char *allowed)
{
    if (*position >= text.length || text.data[*position] == '\0') return false;
    if (strchr(allowed, text.data[*position]) == NULL) return false;
    ++*position;
    return true;
}

/* Nothing, "Z", " UTC", or an offset +hh[[:]mm], which says nothing to DuckDB either. */
static bool take_zone(struct pd_text text, size_t *position)
{
    int number = 0;
    if (pd_text_equal(pd_text_slice(text, *position, text.length), PD_TEXT(" UTC"))) *position = text.length;
    if (take_byte(text, position, "Z") || !take_byte(text, position, "+-")) return true;
    const size_t begin = *position;
    if (!take_digits(text, position, 2, &number) || *position - begin != 2) return false;
    (void)take_byte(text, position, ":");
    (void)take_digits(text, position, 2, &number);
    return true;
}

/* hh:mm[:ss[.ffff][zone]], after a blank or T; *seconds of the day, up to 24:00:00. */
static bool take_time(struct pd_text text, size_t *position, int *seconds)
{
    int hour = 0, minute = 0, second = 0, fraction = 0;
    if (!take_byte(text, position, " T") || !take_digits(text, position, 2, &hour)) return false;
    if (!take_byte(text, position, ":") || !take_digits(text, position, 2, &minute)) return false;
    if (take_byte(text, position, ":")) {
        if (!take_digits(text, position, 2, &second)) return false;
        if (take_byte(text, position, ".") && !take_digits(text, position, 9, &fraction)) return false;
        if (!take_zone(text, position)) return false;
    }
    *seconds = hour * 3600 + minute * 60 + second;
    return *seconds <= PD_SECONDS_PER_DAY && minute < 60 && second < 60;
}

/* yyyy-mm-dd (also with '/', '\' or blanks, months and days of one digit), optionally with a time of day. */
static bool parse_moment(struct pd_text text, int64_t *day, int *seconds)
{
    size_t position = 0;
    int year = 0, month = 0, date = 0;
    text = pd_text_trim(text);
    *seconds = 0;
    if (!take_digits(text, &position, 4, &year) || !take_byte(text, &position, "-/ \\")) return false;
    const char separator[2] = { text.data[position - 1], '\0' };
    if (!take_digits(text, &position, 2, &month) || !take_byte(text, &position, separator)) return false;
    if (!take_digits(text, &position, 2, &date) || !pd_date_valid(year, month, date)) return false;
    *day = pd_date_from_civil(year, month, date);
    return position == text.length || (take_time(text, &position, seconds) && position == text.length);
}

static struct pd_value text_to_int(struct pd_text text)
{
    int64_t integer = 0;
    double real = 0;
    if (pd_text_to_i64(text, &integer)) return pd_value_int(integer);
    if (!pd_text_to_double(text, &real) || !(fabs(real) < 9.2e18)) return pd_value_null(PD_TYPE_INT);
    return pd_value_int((int64_t)round(real));
}

/* Digits, sign, point and exponent only: no "inf", "nan" or hexadecimal. */
static struct pd_value text_to_double(struct pd_text text)
{
    double real = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\0' || strchr("0123456789+-.eE", text.data[i]) == NULL)
            return pd_value_null(PD_TYPE_DOUBLE);
    if (!pd_text_to_double(text, &real)) return pd_value_null(PD_TYPE_DOUBLE);
    return pd_value_real(real);
}

static struct pd_value text_to_bool(struct pd_text text)
{
    static const char *const yes[] = { "true", "t", "yes", "y", "1" };
    static const char *const no[] = { "false", "f", "no", "n", "0" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (pd_word_is(text, yes[i])) return pd_value_bool(true);
        if (pd_word_is(text, no[i])) return pd_value_bool(false);
    }
    return pd_value_null(PD_TYPE_BOOL);
}

static struct pd_value from_text(struct pd_text text, enum pd_type type)
{
    int64_t day = 0;
    int seconds = 0;
    text = pd_text_trim(text);
    switch (type) {
    case PD_TYPE_INT: return text_to_double(text).null ? pd_value_null(type) : text_to_int(text);
    case PD_TYPE_DOUBLE: return text_to_double(text);
    case PD_TYPE_BOOL: return text_to_bool(text);
    case PD_TYPE_DATE: return parse_moment(text, &day, &seconds) ? pd_value_date(day) : pd_value_null(type);
    case PD_TYPE_TIMESTAMP:
        return parse_moment(text, &day, &seconds) ? pd_value_timestamp(day * PD_SECONDS_PER_DAY + seconds)
                                                  : pd_value_null(type);
    default: return pd_value_null(type);
    }
}

static struct pd_value to_text(struct pd_value value, struct pd_evaluator *evaluator)
{
    enum { CHARS = 40 };
    char *text = pd_evaluator_room(evaluator, CHARS);
    if (text == NULL) return pd_value_null(PD_TYPE_TEXT);
    const struct pd_date date = value.type == PD_TYPE_DATE || value.type == PD_TYPE_TIMESTAMP
                                    ? pd_date_to_civil((int32_t)pd_value_day(value))
                                    : (struct pd_date){ 0 };
    const int second = (int)(pd_value_seconds(value) - pd_value_day(value) * PD_SECONDS_PER_DAY);
    switch (value.type) {
    case PD_TYPE_BOOL: (void)snprintf(text, CHARS, "%s", value.boolean ? "true" : "false"); break;
    case PD_TYPE_DOUBLE: pd_double_print(value.real, text); break;
    case PD_TYPE_DATE: (void)snprintf(text, CHARS, "%04d-%02d-%02d", date.year, date.month, date.day); break;
    case PD_TYPE_TIMESTAMP:
        (void)snprintf(text, CHARS, "%04d-%02d-%02d %02d:%02d:%02d", date.year, date.month, date.day, second / 3600,
                       second / 60 % 60, second % 60);
        break;
    default: (void)snprintf(text, CHARS, "%lld", (long long)value.integer);
    }
    return pd_value_text(pd_text_of(text));
}

static struct pd_value number_to_int(struct pd_value value)
{
    if (value.type != PD_TYPE_DOUBLE) return pd_value_int(value.integer);
    return fabs(value.real) < 9.2e18 ? pd_value_int((int64_t)nearbyint(value.real)) : pd_value_null(PD_TYPE_INT);
}

struct pd_value pd_value_cast(struct pd_value value, enum pd_type type, struct pd_evaluator *evaluator)
{
    if (value.null || value.type == PD_TYPE_NULL) return pd_value_null(type);
    if (value.type == type) return value;
    if (value.type == PD_TYPE_TEXT) return from_text(value.text, type);
    if (type == PD_TYPE_TEXT && !pd_type_is_list(value.type)) return to_text(value, evaluator);
    if (value.type == PD_TYPE_BOOL) value = pd_value_int(value.boolean);
    switch (type) {
    case PD_TYPE_INT: return number_to_int(value);
    case PD_TYPE_DOUBLE: return pd_value_real(pd_value_number(value));
    case PD_TYPE_BOOL: return pd_value_bool(pd_value_number(value) != 0);
    case PD_TYPE_DATE: return pd_value_date(pd_value_day(value));
    case PD_TYPE_TIMESTAMP: return pd_value_timestamp(pd_value_seconds(value));
    default: return pd_value_null(type);
    }
}
