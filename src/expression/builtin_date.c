/* SPDX-License-Identifier: MIT
 * Dates and timestamps. Weeks are ISO 8601's; date_diff counts the boundaries of a unit between two moments, but whole
 * weeks (as DuckDB 1.5 does). */
#include "base/date.h"
#include "expression/builtin.h"
#include "expression/lexer.h"

struct pd_value pd_call_strptime(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    int64_t seconds = 0;
    if (!pd_time_parse(arguments[0].text, arguments[1].text, &seconds)) return pd_value_null(PD_TYPE_TIMESTAMP);
    return pd_value_timestamp(seconds);
}

/* Either order of arguments: (moment, format) or (format, moment). */
struct pd_value pd_call_strftime(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    enum { ROOM = 512 };
    (void)call;
    const bool format_first = arguments[0].type == PD_TYPE_TEXT;
    char *out = pd_evaluator_room(evaluator, ROOM);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    const int length =
        pd_time_print(pd_value_seconds(arguments[format_first]), arguments[!format_first].text, out, ROOM);
    if (length < 0) return pd_value_null(PD_TYPE_TEXT);
    return pd_value_text((struct pd_text){ out, (size_t)length });
}

struct pd_value pd_call_epoch(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_real((double)pd_value_seconds(arguments[0]));
}

static struct pd_date civil(struct pd_value value)
{
    return pd_date_to_civil((int32_t)pd_value_day(value));
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Monday of a day is day 4 before 1970-01-05; the ISO year of a week is that of its Thursday. */
static int64_t iso_thursday(int64_t day)
{
    return floor_divide(day + 3, 7) * 7;
}

static int64_t iso_year(int64_t day)
{
    return pd_date_to_civil((int32_t)iso_thursday(day)).year;
}

static int64_t iso_week(int64_t day)
{
    const int64_t thursday = iso_thursday(day);
    return (thursday - pd_date_from_civil((int)iso_year(day), 1, 1)) / 7 + 1;
}

enum unit { YEAR, QUARTER, MONTH, WEEK, DAY, DAY_OF_YEAR, HOUR, MINUTE, SECOND, UNIT_COUNT };

static enum unit find_unit(struct pd_text name)
{
    static const struct {
        const char *name;
        enum unit unit;
    } units[] = { { "year", YEAR },        { "years", YEAR },      { "quarter", QUARTER },
                  { "quarters", QUARTER }, { "month", MONTH },     { "months", MONTH },
                  { "week", WEEK },        { "weeks", WEEK },      { "day", DAY },
                  { "days", DAY },         { "hour", HOUR },       { "hours", HOUR },
                  { "minute", MINUTE },    { "minutes", MINUTE },  { "second", SECOND },
                  { "seconds", SECOND },   { "doy", DAY_OF_YEAR }, { "dayofyear", DAY_OF_YEAR } };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (pd_word_is(name, units[i].name)) return units[i].unit;
    return UNIT_COUNT;
}

/* Number of the unit a moment lies in, counted through the ages. */
static int64_t ordinal(enum unit unit, struct pd_value value)
{
    const struct pd_date date = civil(value);
    switch (unit) {
    case YEAR: return date.year;
    case QUARTER: return (int64_t)date.year * 4 + (date.month - 1) / 3;
    case MONTH: return (int64_t)date.year * 12 + date.month;
    case HOUR: return floor_divide(pd_value_seconds(value), 3600);
    case MINUTE: return floor_divide(pd_value_seconds(value), 60);
    case SECOND: return pd_value_seconds(value);
    default: return pd_value_day(value);
    }
}

struct pd_value pd_call_date_diff(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const enum unit unit = find_unit(arguments[0].text);
    if (unit == UNIT_COUNT) return pd_value_null(PD_TYPE_INT);
    if (unit == WEEK) return pd_value_int((pd_value_day(arguments[2]) - pd_value_day(arguments[1])) / 7);
    return pd_value_int(ordinal(unit, arguments[2]) - ordinal(unit, arguments[1]));
}

static int64_t part(enum unit unit, struct pd_value value)
{
    const struct pd_date date = civil(value);
    const int64_t second = pd_value_seconds(value) - pd_value_day(value) * PD_SECONDS_PER_DAY;
    switch (unit) {
    case YEAR: return date.year;
    case QUARTER: return (date.month - 1) / 3 + 1;
    case MONTH: return date.month;
    case WEEK: return iso_week(pd_value_day(value));
    case DAY_OF_YEAR: return pd_value_day(value) - pd_date_from_civil(date.year, 1, 1) + 1;
    case HOUR: return second / 3600;
    case MINUTE: return second / 60 % 60;
    case SECOND: return second % 60;
    default: return date.day;
    }
}

struct pd_value pd_call_date_part(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const enum unit unit = find_unit(arguments[0].text);
    return unit == UNIT_COUNT ? pd_value_null(PD_TYPE_INT) : pd_value_int(part(unit, arguments[1]));
}

struct pd_value pd_call_year(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(YEAR, arguments[0]));
}

struct pd_value pd_call_quarter(const struct pd_expression *call, const struct pd_value *arguments,
                                struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(QUARTER, arguments[0]));
}

struct pd_value pd_call_month(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(MONTH, arguments[0]));
}

struct pd_value pd_call_week(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(WEEK, arguments[0]));
}

struct pd_value pd_call_day(const struct pd_expression *call, const struct pd_value *arguments,
                            struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(DAY, arguments[0]));
}

struct pd_value pd_call_dayofyear(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int(part(DAY_OF_YEAR, arguments[0]));
}

struct pd_value pd_call_yearweek(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const int64_t day = pd_value_day(arguments[0]);
    return pd_value_int(iso_year(day) * 100 + iso_week(day));
}
