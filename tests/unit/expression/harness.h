/* SPDX-License-Identifier: MIT
 * One pair of rows to try conditions on, a stand-in for the functions of compare/, and the value of a condition as
 * text. */
#ifndef TESTS_EXPRESSION_HARNESS_H
#define TESTS_EXPRESSION_HARNESS_H

#include "base/buffer.h"
#include "expression/values.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* Number of places that differ, plus the difference in length: stands in for edit distances. */
static inline struct pd_value test_distance(const struct pd_value *arguments, size_t n_arguments, char *scratch)
{
    (void)n_arguments;
    scratch[0] = '\0';
    const struct pd_text a = arguments[0].text, b = arguments[1].text;
    const size_t least = a.length < b.length ? a.length : b.length;
    int64_t distance = (int64_t)(a.length + b.length - 2 * least);
    for (size_t i = 0; i < least; i++) distance += a.data[i] != b.data[i];
    return pd_value_int(distance);
}

static inline struct pd_value test_similarity(const struct pd_value *arguments, size_t n_arguments, char *scratch)
{
    const struct pd_text a = arguments[0].text, b = arguments[1].text;
    const size_t longest = a.length > b.length ? a.length : b.length;
    const double distance = (double)test_distance(arguments, n_arguments, scratch).integer;
    return pd_value_real(longest == 0 ? 1 : 1 - distance / (double)longest);
}

/* A text result that is made in scratch. */
static inline struct pd_value test_initial(const struct pd_value *arguments, size_t n_arguments, char *scratch)
{
    (void)n_arguments;
    if (arguments[0].text.length == 0) return pd_value_null(PD_TYPE_TEXT);
    scratch[0] = arguments[0].text.data[0];
    scratch[1] = '.';
    return pd_value_text((struct pd_text){ scratch, 2 });
}

static const struct pd_function test_functions[] = {
    { .name = "levenshtein",
      .min_arguments = 2,
      .max_arguments = 2,
      .result = PD_TYPE_INT,
      .evaluate = test_distance,
      .symmetric = true },
    { .name = "jaro_winkler_similarity",
      .min_arguments = 2,
      .max_arguments = 2,
      .result = PD_TYPE_DOUBLE,
      .evaluate = test_similarity,
      .symmetric = true },
    { .name = "initial", .min_arguments = 1, .max_arguments = 1, .result = PD_TYPE_TEXT, .evaluate = test_initial },
    { .name = NULL }
};
static const struct pd_function *const test_groups[] = { pd_builtin_functions, test_functions };
static const struct pd_function_set test_set = { test_groups, 2 };

/* Columns of the test rows; an empty cell is NULL, lists are written with '|', a missing item of theirs NULL. */
struct test_column {
    const char *name;
    enum pd_type type;
    const char *left, *right;
};
static const struct test_column test_columns[] = {
    { "nama", PD_TYPE_TEXT, "siti aminah", "siti aminah" },
    { "first_name", PD_TYPE_TEXT, "siti", "seti" },
    { "surname", PD_TYPE_TEXT, "rahayu", "" },
    { "Full name", PD_TYPE_TEXT, "Siti Rahayu", "Siti" },
    { "a", PD_TYPE_TEXT, "x", "y" },
    { "b", PD_TYPE_TEXT, "y", "x" },
    { "email", PD_TYPE_TEXT, "siti@contoh.id", "siti@lain.id" },
    { "dob", PD_TYPE_TEXT, "1990-01-31", "1990-02-01" },
    { "born", PD_TYPE_DATE, "1990-01-31", "1990-02-10" },
    { "seen", PD_TYPE_TIMESTAMP, "2026-11-23 10:00:00", "2026-11-23 10:00:00" },
    { "umur", PD_TYPE_INT, "5", "64" },
    { "amount", PD_TYPE_DOUBLE, "80", "100" },
    { "lat", PD_TYPE_DOUBLE, "-6.2", "-6.9" },
    { "lon", PD_TYPE_DOUBLE, "106.8", "107.6" },
    { "gone", PD_TYPE_DOUBLE, "", "1" },
    { "alive", PD_TYPE_BOOL, "true", "false" },
    { "names", PD_TYPE_TEXT_LIST, "siti|aminah", "aminah|rahayu|siti" },
    { "none", PD_TYPE_TEXT_LIST, "", "x" },
    { "gaps", PD_TYPE_TEXT_LIST, "b|NULL|a", "NULL|a" },
    { "holes", PD_TYPE_TEXT_LIST, "NULL", "NULL|NULL" },
    { "place.lat", PD_TYPE_DOUBLE, "1", "1" },
};
enum { TEST_COLUMNS = sizeof test_columns / sizeof *test_columns };

static inline int test_find(const void *context, struct pd_text name, enum pd_type *type)
{
    (void)context;
    for (int i = 0; i < TEST_COLUMNS; i++) {
        if (!pd_text_equal(name, pd_text_of(test_columns[i].name))) continue;
        *type = test_columns[i].type;
        return i;
    }
    return -1;
}

struct test_lists {
    struct pd_value items[8][8];
    unsigned next;
    struct pd_evaluator evaluator;
};

static inline struct pd_value test_read(void *context, unsigned side, int column_index)
{
    struct test_lists *lists = context;
    const struct test_column *column = &test_columns[column_index];
    const char *cell = side == PD_SIDE_RIGHT ? column->right : column->left;
    if (*cell == '\0') return pd_value_null(column->type);
    if (column->type != PD_TYPE_TEXT_LIST)
        return pd_value_cast(pd_value_text(pd_text_of(cell)), column->type, &lists->evaluator);
    struct pd_value value = { .type = PD_TYPE_TEXT_LIST };
    struct pd_value *items = lists->items[lists->next++ % 8];
    value.list.items = items;
    for (;;) {
        const size_t length = strcspn(cell, "|");
        const struct pd_text item = { cell, length };
        items[value.list.n_items++] =
            pd_text_equal(item, PD_TEXT("NULL")) ? pd_value_null(PD_TYPE_TEXT) : pd_value_text(item);
        if (cell[length] == '\0') return value;
        cell += length + 1;
    }
}

/* The value of a condition as text ("NULL" for NULL), or "error: ..." */
static inline void test_value(const char *sql, enum pd_expression_mode mode, char *out, size_t room)
{
    struct pd_arena arena = { 0 };
    struct pd_evaluator evaluator = { 0 };
    struct test_lists lists = { .next = 0 };
    struct padan_error error = { 0 };
    struct pd_expression *expression = NULL;
    const struct pd_column_resolver resolver = { test_find, NULL };
    const struct pd_row_reader reader = { test_read, &lists };
    if (pd_expression_parse(&arena, pd_text_of(sql), mode, &test_set, "model", &expression, &error) != PADAN_OK ||
        pd_expression_bind(expression, &resolver, "model", &error) != PADAN_OK) {
        (void)snprintf(out, room, "error: %.*s", (int)room - 8, error.message);
    } else {
        const struct pd_value value = pd_expression_evaluate(expression, &reader, &evaluator);
        cr_expect(value.null || value.type == expression->type, "%s: type %s, bound as %s", sql,
                  pd_type_name(value.type), pd_type_name(expression->type));
        if (pd_type_is_list(value.type) && !value.null) {
            (void)snprintf(out, room, "list of %zu", value.list.n_items);
        } else {
            const struct pd_value text = pd_value_cast(value, PD_TYPE_TEXT, &evaluator);
            (void)snprintf(out, room, "%.*s", text.null ? 4 : (int)text.text.length,
                           text.null ? "NULL" : text.text.data);
        }
    }
    pd_evaluator_reset(&evaluator);
    pd_evaluator_reset(&lists.evaluator);
    pd_arena_reset(&arena);
}

struct test_case {
    const char *sql, *value;
};

static inline void test_cases(const struct test_case *cases, size_t n_cases, enum pd_expression_mode mode)
{
    char value[700];
    for (size_t i = 0; i < n_cases; i++) {
        test_value(cases[i].sql, mode, value, sizeof value);
        cr_expect_str_eq(value, cases[i].value, "%s: got <%s>, wanted <%s>", cases[i].sql, value, cases[i].value);
    }
}

#endif
