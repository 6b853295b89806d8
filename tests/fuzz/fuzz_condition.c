/* SPDX-License-Identifier: MIT
 * Any bytes as a condition: a tree or a sentence. A tree printed and parsed again prints the same, and has a value of
 * the type it was bound as. */
#include "base/buffer.h"
#include "expression/values.h"
#include "linking/linker.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name;
    enum pd_type type;
    const char *left, *right;
} columns[] = {
    { "nama", PD_TYPE_TEXT, "SITI AMINAH", "SITI RAHAYU" },
    { "first_name", PD_TYPE_TEXT, "siti", "" },
    { "nik", PD_TYPE_TEXT, "3201014101809001", "3201014101809010" },
    { "dob", PD_TYPE_TEXT, "1990-01-31", "31/01/1990" },
    { "born", PD_TYPE_DATE, "1990-01-31", "1990-02-10" },
    { "seen", PD_TYPE_TIMESTAMP, "2026-11-23 10:00:00", "" },
    { "umur", PD_TYPE_INT, "5", "64" },
    { "lat", PD_TYPE_DOUBLE, "-6.2", "106.8" },
    { "alive", PD_TYPE_BOOL, "true", "false" },
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static int find(const void *context, struct pd_text name, enum pd_type *type)
{
    (void)context;
    for (int i = 0; i < N_COLUMNS; i++) {
        if (!pd_text_equal(name, pd_text_of(columns[i].name))) continue;
        *type = columns[i].type;
        return i;
    }
    return -1;
}

static struct pd_value read_value(void *context, unsigned side, int index)
{
    const char *cell = side == PD_SIDE_RIGHT ? columns[index].right : columns[index].left;
    if (*cell == '\0') return pd_value_null(columns[index].type);
    return pd_value_cast(pd_value_text(pd_text_of(cell)), columns[index].type, context);
}

static void evaluate(const struct pd_expression *expression)
{
    struct pd_evaluator evaluator = { .status = PADAN_OK }, cells = { .status = PADAN_OK };
    const struct pd_row_reader reader = { read_value, &cells };
    const struct pd_value value = pd_expression_evaluate(expression, &reader, &evaluator);
    assert(value.null || value.type == expression->type);
    (void)value;
    pd_evaluator_reset(&evaluator);
    pd_evaluator_reset(&cells);
}

/* Parses and prints; false when it was refused. */
static bool reprint(struct pd_text text, enum pd_expression_mode mode, bool run, struct pd_buffer *out)
{
    const struct pd_column_resolver resolver = { find, NULL };
    struct pd_arena arena = { 0 };
    struct pd_expression *expression = NULL;
    struct padan_error error = { PADAN_OK, "" };
    enum padan_status status =
        pd_expression_parse(&arena, text, mode, pd_linker_functions(), "fuzz", &expression, &error);
    assert(status == PADAN_OK || error.message[0] != '\0');
    if (status == PADAN_OK) pd_expression_print(expression, out);
    if (status == PADAN_OK && run && pd_expression_bind(expression, &resolver, "fuzz", &error) == PADAN_OK)
        evaluate(expression);
    pd_arena_reset(&arena);
    return status == PADAN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int mode = PD_MODE_RULE; mode <= PD_MODE_ROW; mode++) {
        struct pd_buffer once = { 0 }, twice = { 0 };
        if (reprint((struct pd_text){ (const char *)data, size }, (enum pd_expression_mode)mode, true, &once)) {
            /* Printed conditions name sides as rules do. */
            const enum pd_expression_mode again = mode == PD_MODE_ROW ? PD_MODE_ROW : PD_MODE_RULE;
            const bool parsed = reprint((struct pd_text){ once.data, once.length }, again, false, &twice);
            assert(parsed && once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
            (void)parsed;
        }
        pd_buffer_reset(&once);
        pd_buffer_reset(&twice);
    }
    return 0;
}
