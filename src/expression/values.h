/* SPDX-License-Identifier: MIT
 * Making values, converting them between types, and memory for their texts. What cannot be is NULL. */
#ifndef PD_EXPRESSION_VALUES_H
#define PD_EXPRESSION_VALUES_H

#include "expression/expression.h"

#include <math.h>

/* Day numbers of 0001-01-01 and 9999-12-31: dates outside do not arise. */
enum { PD_DAY_FIRST = -719162, PD_DAY_LAST = 2932896, PD_SECONDS_PER_DAY = 86400 };

static inline struct pd_value pd_value_null(enum pd_type type)
{
    return (struct pd_value){ .type = type, .null = true };
}

static inline struct pd_value pd_value_bool(bool boolean)
{
    return (struct pd_value){ .type = PD_TYPE_BOOL, .boolean = boolean };
}

static inline struct pd_value pd_value_int(int64_t integer)
{
    return (struct pd_value){ .type = PD_TYPE_INT, .integer = integer };
}

/* NaN and infinities (a division by 0, a logarithm of 0) are NULL. */
static inline struct pd_value pd_value_real(double real)
{
    return (struct pd_value){ .type = PD_TYPE_DOUBLE, .null = !isfinite(real), .real = real };
}

static inline struct pd_value pd_value_text(struct pd_text text)
{
    return (struct pd_value){ .type = PD_TYPE_TEXT, .text = text };
}

static inline struct pd_value pd_value_date(int64_t day)
{
    return (struct pd_value){ .type = PD_TYPE_DATE, .null = day < PD_DAY_FIRST || day > PD_DAY_LAST, .integer = day };
}

static inline struct pd_value pd_value_timestamp(int64_t seconds)
{
    return (struct pd_value){ .type = PD_TYPE_TIMESTAMP,
                              .null = seconds < (int64_t)PD_DAY_FIRST * PD_SECONDS_PER_DAY ||
                                      seconds >= ((int64_t)PD_DAY_LAST + 1) * PD_SECONDS_PER_DAY,
                              .integer = seconds };
}

static inline bool pd_type_is_number(enum pd_type type)
{
    return type == PD_TYPE_INT || type == PD_TYPE_DOUBLE;
}

static inline bool pd_type_is_list(enum pd_type type)
{
    return type == PD_TYPE_TEXT_LIST || type == PD_TYPE_DOUBLE_LIST;
}

/* An INT or DOUBLE as double. */
static inline double pd_value_number(struct pd_value value)
{
    return value.type == PD_TYPE_DOUBLE ? value.real : (double)value.integer;
}

/* Day of a DATE or TIMESTAMP; seconds since 1970 of either. */
int64_t pd_value_day(struct pd_value value);
int64_t pd_value_seconds(struct pd_value value);

/* <0, 0, >0 of two values that are not NULL and whose types go together (numbers, moments, texts, lists, booleans). */
int pd_value_compare(struct pd_value a, struct pd_value b);

/* True when CAST(from AS to) can exist. */
bool pd_type_castable(enum pd_type from, enum pd_type to);
/* value as another type; NULL when it cannot be. Texts are made in the evaluator's memory. */
struct pd_value pd_value_cast(struct pd_value value, enum pd_type type, struct pd_evaluator *evaluator);

/* Memory until pd_evaluator_clear, or NULL (then evaluator->status says so). */
void *pd_evaluator_room(struct pd_evaluator *evaluator, size_t bytes);

/* Shortest decimal that reads back as value, as DuckDB prints doubles ("1.0", "0.25", "1e+20"). */
enum { PD_DOUBLE_CHARS = 32 };
void pd_double_print(double value, char text[PD_DOUBLE_CHARS]);

/* "int", "text", ... for messages. */
const char *pd_type_name(enum pd_type type);

#endif
