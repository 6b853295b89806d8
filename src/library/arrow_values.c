/* SPDX-License-Identifier: MIT */
#include "library/arrow_values.h"

#include "base/date.h"

#include <math.h>
#include <stdbool.h>

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
    { "n", { append_nothing, 0, NULL } },
    { "b", { append_bool, 0, "BOOLEAN" } },
    { "c", { append_i8, 0, "INT" } },
    { "C", { append_u8, 0, "INT" } },
    { "s", { append_i16, 0, "INT" } },
    { "S", { append_u16, 0, "INT" } },
    { "i", { append_i32, 0, "INT" } },
    { "I", { append_u32, 0, "INT" } },
    { "l", { append_i64, 0, "INT" } },
    { "L", { append_u64, 0, "INT" } },
    { "f", { append_f32, 0, "DOUBLE" } },
    { "g", { append_f64, 0, "DOUBLE" } },
    { "u", { append_utf8, 0, NULL } },
    { "U", { append_large_utf8, 0, NULL } },
    { "vu", { append_view, 0, NULL } },
    { "tdD", { append_date32, 0, "DATE" } },
    { "tdm", { append_timestamp, 1000, "DATE" } },
};

/* "ts", the unit, ":" and a time zone. */
static bool is_timestamp(const char *format, struct pd_arrow_kind *kind)
{
    static const char units[] = "smun";
    static const int64_t scales[] = { 1, 1000, 1000000, 1000000000 };
    if (format[0] != 't' || format[1] != 's' || format[2] == '\0' || format[3] != ':') return false;
    const char *unit = strchr(units, format[2]);
    if (unit == NULL) return false;
    *kind = (struct pd_arrow_kind){ append_timestamp, scales[unit - units], "TIMESTAMP" };
    return true;
}

static bool is_integer(const char *format)
{
    return strlen(format) == 1 && strchr("cCsSiIlL", format[0]) != NULL;
}

enum padan_status pd_arrow_kind_of(const struct ArrowSchema *schema, struct pd_arrow_kind *kind,
                                   struct padan_error *error)
{
    const struct ArrowSchema *values = schema->dictionary != NULL ? schema->dictionary : schema;
    const bool coded = schema->dictionary == NULL || is_integer(schema->format);
    for (size_t i = 0; coded && values->dictionary == NULL && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].format, values->format) == 0) {
            *kind = formats[i].kind;
            return PADAN_OK;
        }
    if (coded && values->dictionary == NULL && is_timestamp(values->format, kind)) return PADAN_OK;
    PD_FAIL(
        error, PADAN_UNSUPPORTED,
        "column \"%.200s\" has a type of Arrow's that is not read here (format %.40s): make texts, numbers or dates "
        "of it, or leave it out",
        schema->name == NULL ? "" : schema->name, values->format);
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

void pd_arrow_append(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema, const struct ArrowArray *array,
                     int64_t at, struct pd_buffer *out)
{
    at += array->offset;
    if (is_null(array, at)) return;
    if (schema->dictionary == NULL) {
        kind->append(array, at, kind->scale, out);
        return;
    }
    const int64_t index = index_at(schema->format, array->buffers[1], at) + array->dictionary->offset;
    if (!is_null(array->dictionary, index)) kind->append(array->dictionary, index, kind->scale, out);
}
