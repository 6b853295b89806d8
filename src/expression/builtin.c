/* SPDX-License-Identifier: MIT
 * The table of built-in functions, and what each takes: a predicate over argument types (without one: texts only). The
 * literal NULL goes with every type. */
#include "expression/builtin.h"

static bool is(enum pd_type type, enum pd_type wanted)
{
    return type == wanted || type == PD_TYPE_NULL;
}

static bool is_number(enum pd_type type)
{
    return pd_type_is_number(type) || type == PD_TYPE_NULL;
}

static bool is_moment(enum pd_type type)
{
    return type == PD_TYPE_DATE || type == PD_TYPE_TIMESTAMP || type == PD_TYPE_NULL;
}

static bool is_list(enum pd_type type)
{
    return pd_type_is_list(type) || type == PD_TYPE_NULL;
}

static bool accepts_text_or_list(const enum pd_type *types, size_t n)
{
    return n == 1 && (is(types[0], PD_TYPE_TEXT) || is_list(types[0]));
}

static bool accepts_text_ints(const enum pd_type *types, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!is(types[i], PD_TYPE_INT)) return false;
    return is(types[0], PD_TYPE_TEXT);
}

static bool accepts_text_text_int(const enum pd_type *types, size_t n)
{
    return is(types[0], PD_TYPE_TEXT) && is(types[1], PD_TYPE_TEXT) && (n < 3 || is(types[2], PD_TYPE_INT));
}

static bool accepts_text_text_int_text(const enum pd_type *types, size_t n)
{
    return accepts_text_text_int(types, n) && (n < 4 || is(types[3], PD_TYPE_TEXT));
}

static bool accepts_scalars(const enum pd_type *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pd_type_is_list(types[i])) return false;
    return true;
}

static bool accepts_text_scalars(const enum pd_type *types, size_t n)
{
    return is(types[0], PD_TYPE_TEXT) && accepts_scalars(types, n);
}

static bool accepts_numbers(const enum pd_type *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_number(types[i])) return false;
    return true;
}

static bool accepts_number_int(const enum pd_type *types, size_t n)
{
    return is_number(types[0]) && (n < 2 || is(types[1], PD_TYPE_INT));
}

static bool accepts_moments(const enum pd_type *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_moment(types[i])) return false;
    return true;
}

static bool accepts_unit_moments(const enum pd_type *types, size_t n)
{
    return is(types[0], PD_TYPE_TEXT) && accepts_moments(types + 1, n - 1);
}

static bool accepts_moment_format(const enum pd_type *types, size_t n)
{
    return n == 2 &&
           ((is_moment(types[0]) && is(types[1], PD_TYPE_TEXT)) || (is_moment(types[1]) && is(types[0], PD_TYPE_TEXT)));
}

static bool accepts_list(const enum pd_type *types, size_t n)
{
    return n == 1 && is_list(types[0]);
}

static bool accepts_lists(const enum pd_type *types, size_t n)
{
    return n == 2 && is_list(types[0]) &&
           (types[1] == types[0] || types[0] == PD_TYPE_NULL || types[1] == PD_TYPE_NULL);
}

/* (list, item) or (text, part) */
static bool accepts_member(const enum pd_type *types, size_t n)
{
    const bool numbers = types[0] == PD_TYPE_DOUBLE_LIST;
    return n == 2 && (is_list(types[0]) || types[0] == PD_TYPE_TEXT) &&
           (numbers ? is_number(types[1]) : is(types[1], PD_TYPE_TEXT));
}

static bool accepts_texts_text(const enum pd_type *types, size_t n)
{
    return n == 2 && types[0] == PD_TYPE_TEXT_LIST && is(types[1], PD_TYPE_TEXT);
}

static enum pd_type result_first(const enum pd_type *types, size_t n)
{
    (void)n;
    return types[0];
}

/* The type all arguments meet in. */
static enum pd_type result_alike(const enum pd_type *types, size_t n)
{
    enum pd_type type = PD_TYPE_NULL;
    for (size_t i = 0; i < n; i++) {
        if (type == PD_TYPE_NULL) type = types[i];
        if (type == PD_TYPE_INT && types[i] == PD_TYPE_DOUBLE) type = PD_TYPE_DOUBLE;
        if (type == PD_TYPE_DATE && types[i] == PD_TYPE_TIMESTAMP) type = PD_TYPE_TIMESTAMP;
    }
    return type;
}

static bool accepts_alike(const enum pd_type *types, size_t n)
{
    const enum pd_type common = result_alike(types, n);
    for (size_t i = 0; i < n; i++) {
        const bool meets = pd_type_is_number(common)     ? is_number(types[i])
                           : common == PD_TYPE_TIMESTAMP ? is_moment(types[i])
                                                         : is(types[i], common);
        if (!meets) return false;
    }
    return true;
}

static enum pd_type result_real(const enum pd_type *types, size_t n)
{
    (void)types, (void)n;
    return PD_TYPE_DOUBLE;
}

static enum pd_type result_item(const enum pd_type *types, size_t n)
{
    (void)n;
    return types[0] == PD_TYPE_DOUBLE_LIST ? PD_TYPE_DOUBLE : PD_TYPE_TEXT;
}

/* PLAIN      name, fewest and most arguments, type of the result, predicate, body, sees NULLs, rough ns
 * FOLLOWING  the type of the result follows the arguments
 * PATTERN    the second argument is a regular expression */
#define COMMON(word, least, most, predicate, body, rough)                                                              \
    .name = (word), .min_arguments = (least), .max_arguments = (most), .accepts = (predicate),                         \
    .evaluate_call = (body), .cost = (rough)
#define PLAIN(word, least, most, type, predicate, body, nulls, rough)                                                  \
    {                                                                                                                  \
        COMMON(word, least, most, predicate, body, rough), .result = (type), .sees_nulls = (nulls)                     \
    }
#define FOLLOWING(word, least, most, predicate, follows, body, nulls, rough)                                           \
    {                                                                                                                  \
        COMMON(word, least, most, predicate, body, rough), .result_of = (follows), .sees_nulls = (nulls)               \
    }
#define PATTERN(word, least, most, type, predicate, body, rough)                                                       \
    {                                                                                                                  \
        COMMON(word, least, most, predicate, body, rough), .result = (type), .prepare = pd_prepare_pattern             \
    }

const struct pd_function pd_builtin_functions[] = {
    /* text */
    PLAIN("lower", 1, 1, PD_TYPE_TEXT, NULL, pd_call_lower, false, 60),
    PLAIN("upper", 1, 1, PD_TYPE_TEXT, NULL, pd_call_upper, false, 60),
    PLAIN("lcase", 1, 1, PD_TYPE_TEXT, NULL, pd_call_lower, false, 60),
    PLAIN("ucase", 1, 1, PD_TYPE_TEXT, NULL, pd_call_upper, false, 60),
    PLAIN("strip_accents", 1, 1, PD_TYPE_TEXT, NULL, pd_call_strip_accents, false, 60),
    PLAIN("trim", 1, 2, PD_TYPE_TEXT, NULL, pd_call_trim, false, 20),
    PLAIN("ltrim", 1, 2, PD_TYPE_TEXT, NULL, pd_call_ltrim, false, 20),
    PLAIN("rtrim", 1, 2, PD_TYPE_TEXT, NULL, pd_call_rtrim, false, 20),
    PLAIN("length", 1, 1, PD_TYPE_INT, accepts_text_or_list, pd_call_length, false, 20),
    PLAIN("len", 1, 1, PD_TYPE_INT, accepts_text_or_list, pd_call_length, false, 20),
    PLAIN("char_length", 1, 1, PD_TYPE_INT, NULL, pd_call_length, false, 20),
    PLAIN("strlen", 1, 1, PD_TYPE_INT, NULL, pd_call_strlen, false, 5),
    PLAIN("substr", 2, 3, PD_TYPE_TEXT, accepts_text_ints, pd_call_substr, false, 30),
    PLAIN("substring", 2, 3, PD_TYPE_TEXT, accepts_text_ints, pd_call_substr, false, 30),
    PLAIN("left", 2, 2, PD_TYPE_TEXT, accepts_text_ints, pd_call_left, false, 30),
    PLAIN("right", 2, 2, PD_TYPE_TEXT, accepts_text_ints, pd_call_right, false, 30),
    PLAIN("split_part", 3, 3, PD_TYPE_TEXT, accepts_text_text_int, pd_call_split_part, false, 50),
    PLAIN("concat", 1, 32, PD_TYPE_TEXT, accepts_scalars, pd_call_concat, true, 80),
    PLAIN("concat_ws", 2, 32, PD_TYPE_TEXT, accepts_text_scalars, pd_call_concat_ws, true, 80),
    PLAIN("replace", 3, 3, PD_TYPE_TEXT, NULL, pd_call_replace, false, 80),
    PLAIN("reverse", 1, 1, PD_TYPE_TEXT, NULL, pd_call_reverse, false, 60),
    PLAIN("starts_with", 2, 2, PD_TYPE_BOOL, NULL, pd_call_starts_with, false, 10),
    PLAIN("prefix", 2, 2, PD_TYPE_BOOL, NULL, pd_call_starts_with, false, 10),
    PLAIN("ends_with", 2, 2, PD_TYPE_BOOL, NULL, pd_call_ends_with, false, 10),
    PLAIN("suffix", 2, 2, PD_TYPE_BOOL, NULL, pd_call_ends_with, false, 10),
    PLAIN("contains", 2, 2, PD_TYPE_BOOL, accepts_member, pd_call_contains, false, 40),
    PLAIN("instr", 2, 2, PD_TYPE_INT, NULL, pd_call_instr, false, 40),
    PLAIN("strpos", 2, 2, PD_TYPE_INT, NULL, pd_call_instr, false, 40),
    /* any type */
    FOLLOWING("coalesce", 1, 32, accepts_alike, result_alike, pd_call_coalesce, true, 10),
    FOLLOWING("ifnull", 2, 2, accepts_alike, result_alike, pd_call_coalesce, true, 10),
    FOLLOWING("nullif", 2, 2, accepts_alike, result_first, pd_call_nullif, true, 10),
    FOLLOWING("greatest", 1, 32, accepts_alike, result_alike, pd_call_greatest, true, 10),
    FOLLOWING("least", 1, 32, accepts_alike, result_alike, pd_call_least, true, 10),
    /* number */
    FOLLOWING("abs", 1, 1, accepts_numbers, result_first, pd_call_abs, false, 5),
    PLAIN("sign", 1, 1, PD_TYPE_INT, accepts_numbers, pd_call_sign, false, 5),
    FOLLOWING("round", 1, 2, accepts_number_int, result_first, pd_call_round, false, 20),
    FOLLOWING("floor", 1, 1, accepts_numbers, result_real, pd_call_floor, false, 10),
    FOLLOWING("ceil", 1, 1, accepts_numbers, result_real, pd_call_ceil, false, 10),
    FOLLOWING("ceiling", 1, 1, accepts_numbers, result_real, pd_call_ceil, false, 10),
    PLAIN("sqrt", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_sqrt, false, 30),
    PLAIN("ln", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_ln, false, 30),
    PLAIN("log", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_log10, false, 30),
    PLAIN("log10", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_log10, false, 30),
    PLAIN("log2", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_log2, false, 30),
    PLAIN("exp", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_exp, false, 30),
    PLAIN("sin", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_sin, false, 30),
    PLAIN("cos", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_cos, false, 30),
    PLAIN("tan", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_tan, false, 30),
    PLAIN("asin", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_asin, false, 30),
    PLAIN("acos", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_acos, false, 30),
    PLAIN("atan", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_atan, false, 30),
    PLAIN("radians", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_radians, false, 30),
    PLAIN("degrees", 1, 1, PD_TYPE_DOUBLE, accepts_numbers, pd_call_degrees, false, 30),
    PLAIN("atan2", 2, 2, PD_TYPE_DOUBLE, accepts_numbers, pd_call_atan2, false, 40),
    PLAIN("power", 2, 2, PD_TYPE_DOUBLE, accepts_numbers, pd_call_power, false, 40),
    PLAIN("pow", 2, 2, PD_TYPE_DOUBLE, accepts_numbers, pd_call_power, false, 40),
    PLAIN("pi", 0, 0, PD_TYPE_DOUBLE, NULL, pd_call_pi, false, 5),
    /* date */
    PLAIN("strptime", 2, 2, PD_TYPE_TIMESTAMP, NULL, pd_call_strptime, false, 100),
    PLAIN("try_strptime", 2, 2, PD_TYPE_TIMESTAMP, NULL, pd_call_strptime, false, 100),
    PLAIN("strftime", 2, 2, PD_TYPE_TEXT, accepts_moment_format, pd_call_strftime, false, 300),
    PLAIN("epoch", 1, 1, PD_TYPE_DOUBLE, accepts_moments, pd_call_epoch, false, 10),
    PLAIN("date_diff", 3, 3, PD_TYPE_INT, accepts_unit_moments, pd_call_date_diff, false, 60),
    PLAIN("datediff", 3, 3, PD_TYPE_INT, accepts_unit_moments, pd_call_date_diff, false, 60),
    PLAIN("date_part", 2, 2, PD_TYPE_INT, accepts_unit_moments, pd_call_date_part, false, 60),
    PLAIN("datepart", 2, 2, PD_TYPE_INT, accepts_unit_moments, pd_call_date_part, false, 60),
    PLAIN("year", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_year, false, 20),
    PLAIN("quarter", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_quarter, false, 20),
    PLAIN("month", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_month, false, 20),
    PLAIN("week", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_week, false, 20),
    PLAIN("weekofyear", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_week, false, 20),
    PLAIN("day", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_day, false, 20),
    PLAIN("dayofmonth", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_day, false, 20),
    PLAIN("dayofyear", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_dayofyear, false, 20),
    PLAIN("yearweek", 1, 1, PD_TYPE_INT, accepts_moments, pd_call_yearweek, false, 20),
    /* list */
    PLAIN("array_length", 1, 1, PD_TYPE_INT, accepts_list, pd_call_list_length, false, 5),
    PLAIN("list_length", 1, 1, PD_TYPE_INT, accepts_list, pd_call_list_length, false, 5),
    PLAIN("size", 1, 1, PD_TYPE_INT, accepts_list, pd_call_list_length, false, 5),
    FOLLOWING("list_intersect", 2, 2, accepts_lists, result_first, pd_call_list_intersect, false, 200),
    FOLLOWING("array_intersect", 2, 2, accepts_lists, result_first, pd_call_list_intersect, false, 200),
    FOLLOWING("list_distinct", 1, 1, accepts_list, result_first, pd_call_list_distinct, false, 200),
    FOLLOWING("array_distinct", 1, 1, accepts_list, result_first, pd_call_list_distinct, false, 200),
    PLAIN("list_contains", 2, 2, PD_TYPE_BOOL, accepts_member, pd_call_list_contains, false, 60),
    PLAIN("array_contains", 2, 2, PD_TYPE_BOOL, accepts_member, pd_call_list_contains, false, 60),
    PLAIN("list_has", 2, 2, PD_TYPE_BOOL, accepts_member, pd_call_list_contains, false, 60),
    PLAIN("array_has", 2, 2, PD_TYPE_BOOL, accepts_member, pd_call_list_contains, false, 60),
    FOLLOWING("list_max", 1, 1, accepts_list, result_item, pd_call_list_max, false, 60),
    FOLLOWING("list_min", 1, 1, accepts_list, result_item, pd_call_list_min, false, 60),
    FOLLOWING("array_max", 1, 1, accepts_list, result_item, pd_call_list_max, false, 60),
    FOLLOWING("array_min", 1, 1, accepts_list, result_item, pd_call_list_min, false, 60),
    FOLLOWING("list_sort", 1, 1, accepts_list, result_first, pd_call_list_sort, false, 200),
    FOLLOWING("array_sort", 1, 1, accepts_list, result_first, pd_call_list_sort, false, 200),
    PLAIN("array_to_string", 2, 2, PD_TYPE_TEXT, accepts_texts_text, pd_call_array_to_string, false, 100),
    PLAIN("string_split", 2, 2, PD_TYPE_TEXT_LIST, NULL, pd_call_string_split, false, 200),
    PLAIN("str_split", 2, 2, PD_TYPE_TEXT_LIST, NULL, pd_call_string_split, false, 200),
    PLAIN("split", 2, 2, PD_TYPE_TEXT_LIST, NULL, pd_call_string_split, false, 200),
    PLAIN("string_to_array", 2, 2, PD_TYPE_TEXT_LIST, NULL, pd_call_string_split, false, 200),
    /* pattern */
    PATTERN("regexp_extract", 2, 4, PD_TYPE_TEXT, accepts_text_text_int_text, pd_call_regexp_extract, 500),
    PATTERN("regexp_replace", 3, 4, PD_TYPE_TEXT, NULL, pd_call_regexp_replace, 800),
    PATTERN("regexp_matches", 2, 3, PD_TYPE_BOOL, NULL, pd_call_regexp_matches, 500),
    PATTERN("regexp_full_match", 2, 3, PD_TYPE_BOOL, NULL, pd_call_regexp_full_match, 500),
    { .name = NULL }
};
