/* SPDX-License-Identifier: MIT */
#include "library/arrow_values.h"

#include "base/date.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const int64_t SECONDS_A_DAY = 86400;

/* --- readings, at positions that count the array's offset --- */

static bool bit(const void *bits, int64_t at)
{
    return (((const uint8_t *)bits)[at / 8] >> at % 8 & 1) != 0;
}

static void append_nothing(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    (void)array, (void)at, (void)scale, (void)out;
}

static void append_bool(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    (void)scale;
    pd_append_string(out, bit(array->buffers[1], at) ? "true" : "false");
}

#define APPEND_INTEGER(NAME, TYPE, APPEND)                                                                             \
    static void NAME(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)                 \
    {                                                                                                                  \
        (void)scale;                                                                                                   \
        APPEND(out, ((const TYPE *)array->buffers[1])[at]);                                                            \
    }
APPEND_INTEGER(append_i8, int8_t, pd_append_i64)
APPEND_INTEGER(append_u8, uint8_t, pd_append_u64)
APPEND_INTEGER(append_i16, int16_t, pd_append_i64)
APPEND_INTEGER(append_u16, uint16_t, pd_append_u64)
APPEND_INTEGER(append_i32, int32_t, pd_append_i64)
APPEND_INTEGER(append_u32, uint32_t, pd_append_u64)
APPEND_INTEGER(append_i64, int64_t, pd_append_i64)
APPEND_INTEGER(append_u64, uint64_t, pd_append_u64)
#undef APPEND_INTEGER

static void append_real(double value, struct pd_buffer *out)
{
    if (isfinite(value)) pd_append_exact(out, value);
}

static void append_f32(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    (void)scale;
    append_real((double)((const float *)array->buffers[1])[at], out);
}

static void append_f64(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    (void)scale;
    append_real(((const double *)array->buffers[1])[at], out);
}

static void append_utf8(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    const int32_t *offsets = array->buffers[1];
    (void)scale;
    pd_append_bytes(out, (const char *)array->buffers[2] + offsets[at], (size_t)(offsets[at + 1] - offsets[at]));
}

static void append_large_utf8(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    const int64_t *offsets = array->buffers[1];
    (void)scale;
    pd_append_bytes(out, (const char *)array->buffers[2] + offsets[at], (size_t)(offsets[at + 1] - offsets[at]));
}

/* A text of up to 12 bytes stands in the view, another one in one of the buffers. */
struct view {
    int32_t length;
    union {
        char inlined[12];
        struct {
            char head[4];
            int32_t buffer, offset;
        } far;
    } at;
};

static void append_view(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    const struct view *view = &((const struct view *)array->buffers[1])[at];
    const bool is_near = view->length <= (int32_t)sizeof view->at.inlined;
    (void)scale;
    const char *bytes =
        is_near ? view->at.inlined : (const char *)array->buffers[2 + view->at.far.buffer] + view->at.far.offset;
    pd_append_bytes(out, bytes, (size_t)view->length);
}

static void append_date32(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    (void)scale;
    pd_append_date(out, ((const int32_t *)array->buffers[1])[at]);
}

static int64_t floor_divide(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* A date; with a time of the day where that is not midnight. */
static void append_timestamp(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out)
{
    const int64_t units = ((const int64_t *)array->buffers[1])[at];
    const int64_t seconds = floor_divide(units, scale);
    const int64_t day = floor_divide(seconds, SECONDS_A_DAY);
    const uint64_t second = (uint64_t)(seconds - day * SECONDS_A_DAY);
    if (day <= INT32_MIN || day > INT32_MAX) return;
    pd_append_date(out, (int32_t)day);
    if (second == 0 && units == seconds * scale) return;
    pd_append_byte(out, ' ');
    pd_append_digits(out, second / 3600, 2);
    pd_append_byte(out, ':');
    pd_append_digits(out, second / 60 % 60, 2);
    pd_append_byte(out, ':');
    pd_append_digits(out, second % 60, 2);
}

/* --- formats --- */

static const struct {
    const char *format;
    struct pd_arrow_kind kind;
} formats[] = {
    { "n", { .append = append_nothing, .scale = 0 } },
    { "b", { .append = append_bool, .scale = 0, .type = "BOOLEAN" } },
    { "c", { .append = append_i8, .scale = 0, .type = "INT" } },
    { "C", { .append = append_u8, .scale = 0, .type = "INT" } },
    { "s", { .append = append_i16, .scale = 0, .type = "INT" } },
    { "S", { .append = append_u16, .scale = 0, .type = "INT" } },
    { "i", { .append = append_i32, .scale = 0, .type = "INT" } },
    { "I", { .append = append_u32, .scale = 0, .type = "INT" } },
    { "l", { .append = append_i64, .scale = 0, .type = "INT" } },
    { "L", { .append = append_u64, .scale = 0, .type = "INT" } },
    { "f", { .append = append_f32, .scale = 0, .type = "DOUBLE" } },
    { "g", { .append = append_f64, .scale = 0, .type = "DOUBLE" } },
    { "u", { .append = append_utf8, .scale = 0 } },
    { "U", { .append = append_large_utf8, .scale = 0 } },
    { "vu", { .append = append_view, .scale = 0 } },
    { "tdD", { .append = append_date32, .scale = 0, .type = "DATE" } },
    { "tdm", { .append = append_timestamp, .scale = 1000, .type = "DATE" } },
};

/* "ts", the unit, ":" and a time zone. */
static bool is_timestamp(const char *format, struct pd_arrow_kind *kind)
{
    static const char units[] = "smun";
    static const int64_t scales[] = { 1, 1000, 1000000, 1000000000 };
    if (format[0] != 't' || format[1] != 's' || format[2] == '\0' || format[3] != ':') return false;
    const char *unit = strchr(units, format[2]);
    if (unit == NULL) return false;
    *kind = (struct pd_arrow_kind){ .append = append_timestamp, .scale = scales[unit - units], .type = "TIMESTAMP" };
    return true;
}

static bool is_integer(const char *format)
{
    return strlen(format) == 1 && strchr("cCsSiIlL", format[0]) != NULL;
}

/* How values of no list are read; false for a format that has no such reading. */
static bool find_kind(const struct ArrowSchema *schema, struct pd_arrow_kind *kind)
{
    const struct ArrowSchema *values = schema->dictionary != NULL ? schema->dictionary : schema;
    if (schema->dictionary != NULL && !is_integer(schema->format)) return false;
    if (values->dictionary != NULL) return false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].format, values->format) == 0) {
            *kind = formats[i].kind;
            return true;
        }
    return is_timestamp(values->format, kind);
}

/* Lists of numbers compute, of anything else they hold texts. */
static bool find_list_kind(const struct ArrowSchema *schema, struct pd_arrow_kind *kind)
{
    const char *format = schema->format;
    const bool is_list = strcmp(format, "+l") == 0 || strcmp(format, "+L") == 0 || strncmp(format, "+w:", 3) == 0;
    if (!is_list || schema->dictionary != NULL || schema->n_children != 1) return false;
    if (!find_kind(schema->children[0], kind)) return false;
    kind->list = format[1];
    kind->length = format[1] == 'w' ? strtoll(format + 3, NULL, 10) : 0;
    const bool has_numbers =
        kind->type != NULL && (strcmp(kind->type, "INT") == 0 || strcmp(kind->type, "DOUBLE") == 0);
    kind->type = has_numbers ? "DOUBLE[]" : "VARCHAR[]";
    return true;
}

enum padan_status pd_arrow_kind_of(const struct ArrowSchema *schema, struct pd_arrow_kind *kind,
                                   struct padan_error *error)
{
    *kind = (struct pd_arrow_kind){ .append = NULL };
    if (find_kind(schema, kind) || find_list_kind(schema, kind)) return PADAN_OK;
    PD_FAIL(
        error, PADAN_UNSUPPORTED,
        "column \"%.200s\" has a type of Arrow's that is not read here (format %.40s): make texts, numbers, dates or "
        "lists of these of it, or leave it out",
        schema->name == NULL ? "" : schema->name,
        schema->dictionary != NULL ? schema->dictionary->format : schema->format);
}

static int64_t index_at(const char *format, const void *words, int64_t at)
{
    switch (format[0]) {
    case 'c': return ((const int8_t *)words)[at];
    case 'C': return ((const uint8_t *)words)[at];
    case 's': return ((const int16_t *)words)[at];
    case 'S': return ((const uint16_t *)words)[at];
    case 'i': return ((const int32_t *)words)[at];
    case 'I': return ((const uint32_t *)words)[at];
    default: return ((const int64_t *)words)[at];
    }
}

static bool is_null(const struct ArrowArray *array, int64_t at)
{
    return array->null_count != 0 && array->n_buffers > 0 && array->buffers[0] != NULL && !bit(array->buffers[0], at);
}

static void append_value(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema,
                         const struct ArrowArray *array, int64_t at, struct pd_buffer *out)
{
    if (schema->dictionary == NULL) {
        kind->append(array, at, kind->scale, out);
        return;
    }
    const int64_t index = index_at(schema->format, array->buffers[1], at) + array->dictionary->offset;
    if (!is_null(array->dictionary, index)) kind->append(array->dictionary, index, kind->scale, out);
}

/* --- lists, as --types reads them: [1, 2], ["a", NULL, "say ""b"""] --- */

/* Doubles the quotes from `begin` on. */
static void double_quotes(struct pd_buffer *out, size_t begin)
{
    size_t n_quotes = 0;
    for (size_t i = begin; i < out->length; i++) n_quotes += out->data[i] == '"';
    size_t from = out->length;
    for (size_t i = 0; i < n_quotes; i++) pd_append_byte(out, '"');
    for (size_t to = out->length; to > from;) {
        const char byte = out->data[--from];
        out->data[--to] = byte;
        if (byte == '"') out->data[--to] = byte;
    }
}

static void append_list_item(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema,
                             const struct ArrowArray *array, int64_t at, struct pd_buffer *out)
{
    const bool is_text = strcmp(kind->type, "VARCHAR[]") == 0, missing = is_null(array, at);
    if (is_text && !missing) pd_append_byte(out, '"');
    const size_t begin = out->length;
    if (!missing) append_value(kind, schema, array, at, out);
    if (is_text && !missing) {
        double_quotes(out, begin);
        pd_append_byte(out, '"');
    } else if (out->length == begin) {
        pd_append_string(out, "NULL");
    }
}

static void append_list(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema,
                        const struct ArrowArray *array, int64_t at, struct pd_buffer *out)
{
    const struct ArrowArray *items = array->children[0];
    int64_t begin = at * kind->length, end = begin + kind->length;
    if (kind->list == 'l') {
        begin = ((const int32_t *)array->buffers[1])[at];
        end = ((const int32_t *)array->buffers[1])[at + 1];
    } else if (kind->list == 'L') {
        begin = ((const int64_t *)array->buffers[1])[at];
        end = ((const int64_t *)array->buffers[1])[at + 1];
    }
    pd_append_byte(out, '[');
    for (int64_t i = begin; i < end; i++) {
        if (i > begin) pd_append_string(out, ", ");
        append_list_item(kind, schema->children[0], items, items->offset + i, out);
    }
    pd_append_byte(out, ']');
}

void pd_arrow_append(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema, const struct ArrowArray *array,
                     int64_t at, struct pd_buffer *out)
{
    at += array->offset;
    if (is_null(array, at)) return;
    if (kind->list != 0)
        append_list(kind, schema, array, at, out);
    else
        append_value(kind, schema, array, at, out);
}
