/* SPDX-License-Identifier: MIT
 * The built-in functions, by file: builtin.c has the table, builtin_{text,number,date,list,pattern}.c the bodies. Each
 * has the form of pd_function.evaluate_call. Semantics are DuckDB's, tried against it; where DuckDB stops with an error
 * the result is NULL. */
#ifndef PD_EXPRESSION_BUILTIN_H
#define PD_EXPRESSION_BUILTIN_H

#include "expression/values.h"

/* `length` characters (code points) from `start` as substr counts: from 1, negative from the end. */
struct pd_text pd_text_characters(struct pd_text text, int64_t start, int64_t length);
/* Part of a text between separators of one byte, counted from 1 or, negative, from the end: one walk over the text. */
struct pd_text pd_text_part(struct pd_text text, char separator, int64_t part);
/* Number of code points. */
int64_t pd_text_length(struct pd_text text);
/* Values as texts with `between` between them; NULLs are left out. */
struct pd_value pd_values_joined(const struct pd_value *values, size_t n, struct pd_text between,
                                 struct pd_evaluator *evaluator);

/* The matching state an evaluator keeps between calls; NULL is allowed. */
void pd_pattern_state_free(void *state);

/* Parses text by a format of strptime (%Y %y %m %d %-d %b %B %j %H %I %M %S %f %p %a %A %z as nothing, %%). A blank in
 * the format takes any blanks. False when they do not fit or there is no such date. */
bool pd_time_parse(struct pd_text text, struct pd_text format, int64_t *seconds);
/* Appends at most `room` bytes; the number written, or -1 when there is no room or the format is unknown. */
int pd_time_print(int64_t seconds, struct pd_text format, char *out, size_t room);

typedef struct pd_value pd_builtin(const struct pd_expression *call, const struct pd_value *arguments,
                                   struct pd_evaluator *evaluator);

/* text */
pd_builtin pd_call_lower, pd_call_upper, pd_call_strip_accents, pd_call_trim, pd_call_ltrim, pd_call_rtrim,
    pd_call_length, pd_call_strlen, pd_call_substr, pd_call_left, pd_call_right, pd_call_split_part, pd_call_concat,
    pd_call_concat_ws, pd_call_replace, pd_call_reverse, pd_call_starts_with, pd_call_ends_with, pd_call_contains,
    pd_call_instr;
/* any type */
pd_builtin pd_call_coalesce, pd_call_nullif, pd_call_greatest, pd_call_least;
/* number */
pd_builtin pd_call_abs, pd_call_sign, pd_call_round, pd_call_floor, pd_call_ceil, pd_call_sqrt, pd_call_power,
    pd_call_ln, pd_call_log10, pd_call_log2, pd_call_exp, pd_call_sin, pd_call_cos, pd_call_tan, pd_call_asin,
    pd_call_acos, pd_call_atan, pd_call_atan2, pd_call_radians, pd_call_degrees, pd_call_pi;
/* date */
pd_builtin pd_call_strptime, pd_call_strftime, pd_call_epoch, pd_call_date_diff, pd_call_date_part, pd_call_year,
    pd_call_quarter, pd_call_month, pd_call_week, pd_call_day, pd_call_yearweek, pd_call_dayofyear;
/* list */
pd_builtin pd_call_list_length, pd_call_list_intersect, pd_call_list_contains, pd_call_list_distinct, pd_call_list_max,
    pd_call_list_min, pd_call_list_sort, pd_call_array_to_string, pd_call_string_split;
/* pattern */
pd_builtin pd_call_regexp_extract, pd_call_regexp_replace, pd_call_regexp_matches, pd_call_regexp_full_match;
/* Compiles the literal pattern of a regexp_ call. */
enum padan_status pd_prepare_pattern(struct pd_expression *call, struct pd_arena *arena, const char *where,
                                     struct padan_error *error);

#endif
