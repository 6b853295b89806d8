/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include "base/date.h"
#include "base/memory.h"
#include "base/pen.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void pd_buffer_reset(struct pd_buffer *buffer)
{
    pd_free(buffer->data);
    *buffer = (struct pd_buffer){ 0 };
}

void pd_buffer_clear(struct pd_buffer *buffer)
{
    buffer->length = 0;
    buffer->status = PADAN_OK;
}

enum padan_status pd_buffer_status(const struct pd_buffer *buffer, struct padan_error *error)
{
    if (buffer->status != PADAN_OK) PD_FAIL(error, buffer->status, "out of memory while formatting output");
    return PADAN_OK;
}

char *pd_buffer_reserve(struct pd_buffer *buffer, size_t bytes)
{
    if (buffer->status != PADAN_OK) return NULL;
    if (buffer->capacity - buffer->length < bytes) {
        buffer->status = pd_grow(&buffer->data, &buffer->capacity, buffer->length + bytes, 1, NULL);
        if (buffer->status != PADAN_OK) return NULL;
    }
    return buffer->data + buffer->length;
}

void pd_append_some(struct pd_buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0) return;
    char *to = pd_buffer_room(buffer, length);
    if (to == NULL) return;
    pd_copy_short(to, bytes, length);
    buffer->length += length;
}

char *pd_pen_grow(struct pd_pen pen, size_t length)
{
    pd_pen_end(&pen);
    return pd_buffer_reserve(pen.buffer, length + PD_PEN_ROOM);
}

void pd_append_u64(struct pd_buffer *buffer, uint64_t value)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_put_u64(to, value) - to);
}

void pd_append_i64(struct pd_buffer *buffer, int64_t value)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_put_i64(to, value) - to);
}

void pd_append_digits(struct pd_buffer *buffer, uint64_t value, unsigned width)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_put_digits(to, value, width) - to);
}

void pd_append_fixed(struct pd_buffer *buffer, int64_t value, unsigned decimals)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_put_fixed(to, value, decimals) - to);
}

void pd_append_double(struct pd_buffer *buffer, double value, unsigned decimals)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to == NULL || isnan(value)) return;
    char *const end = pd_put_double(to, value, decimals);
    if (end == to)
        pd_append_format(buffer, "%.*f", (int)decimals, value);
    else
        buffer->length += (size_t)(end - to);
}

void pd_append_exact(struct pd_buffer *buffer, double value)
{
    for (int digits = 6; digits <= 17; digits++) {
        char text[40];
        double back = 0;
        const int length = snprintf(text, sizeof text, "%.*g", digits, value);
        if (length <= 0) continue;
        const bool same =
            pd_text_to_double((struct pd_text){ text, (size_t)length }, &back) && back >= value && back <= value;
        if (!same && digits < 17) continue;
        pd_append_string(buffer, text);
        return;
    }
}

void pd_append_date(struct pd_buffer *buffer, int32_t day)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_date_put(to, day) - to);
}

/* Sixteen bytes side by side; compilers know these operations on any processor. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

static inline bool has_special(bytes16 bytes, unsigned char delimiter)
{
    const bytes16 special =
        (bytes16)(bytes == delimiter) | (bytes16)(bytes == '"') | (bytes16)(bytes == '\n') | (bytes16)(bytes == '\r');
    uint64_t halves[2];
    memcpy(halves, &special, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The 1 to 15 bytes of a text, some of them twice; the rest is 0. Halves are put together in a register: stored one by
 * one and loaded as a whole they would be waited for. */
static inline bytes16 short_bytes(struct pd_text text)
{
    const char *data = text.data;
    const char *tail = data + text.length;
    if (text.length >= 8) {
        uint64_t head = 0;
        uint64_t end = 0;
        memcpy(&head, data, 8);
        memcpy(&end, tail - 8, 8);
        return (bytes16)(words2){ head, end };
    }
    bytes16 bytes = { 0 };
    if (text.length >= 4) {
        memcpy(&bytes, data, 4);
        memcpy((char *)&bytes + 4, tail - 4, 4);
    } else {
        bytes[0] = (unsigned char)data[0];
        bytes[1] = (unsigned char)data[text.length / 2];
        bytes[2] = (unsigned char)tail[-1];
    }
    return bytes;
}

static bool needs_quotes(struct pd_text text, char delimiter)
{
    const unsigned char parting = (unsigned char)delimiter;
    if (text.length == 0) return false;
    if (text.data[0] == ' ' || text.data[text.length - 1] == ' ') return true;
    if (text.length < 16) return has_special(short_bytes(text), parting);
    bytes16 bytes;
    for (size_t i = 0; i + 16 < text.length; i += 16) {
        memcpy(&bytes, text.data + i, sizeof bytes);
        if (has_special(bytes, parting)) return true;
    }
    memcpy(&bytes, text.data + text.length - 16, sizeof bytes);
    return has_special(bytes, parting);
}

bool pd_csv_is_quoted(struct pd_text text)
{
    return needs_quotes(text, ',');
}

void pd_append_csv_quoted(struct pd_buffer *buffer, struct pd_text text)
{
    pd_append_byte(buffer, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') pd_append_byte(buffer, '"');
        pd_append_byte(buffer, text.data[i]);
    }
    pd_append_byte(buffer, '"');
}

void pd_append_csv_delimited(struct pd_buffer *buffer, struct pd_text text, char delimiter)
{
    if (needs_quotes(text, delimiter))
        pd_append_csv_quoted(buffer, text);
    else
        pd_append_text(buffer, text);
}

void pd_append_csv_joined(struct pd_buffer *buffer, struct pd_text a, char between, struct pd_text b)
{
    if (!needs_quotes(a, ',') && !needs_quotes(b, ',')) {
        pd_append_text(buffer, a);
        pd_append_byte(buffer, between);
        pd_append_text(buffer, b);
        return;
    }
    struct pd_buffer whole = { 0 };
    pd_append_text(&whole, a);
    pd_append_byte(&whole, between);
    pd_append_text(&whole, b);
    pd_append_csv(buffer, (struct pd_text){ whole.data, whole.length });
    if (whole.status != PADAN_OK) buffer->status = whole.status;
    pd_buffer_reset(&whole);
}

void pd_append_csv(struct pd_buffer *buffer, struct pd_text text)
{
    pd_append_csv_delimited(buffer, text, ',');
}

void pd_append_utf8(struct pd_buffer *buffer, struct pd_text text)
{
    while (text.length > 0) {
        const size_t length = pd_text_utf8_sequence(text);
        if (length == 0)
            pd_append_format(buffer, "%%%02X", (unsigned char)text.data[0]);
        else
            pd_append_bytes(buffer, text.data, length);
        text = pd_text_slice(text, length ? length : 1, text.length);
    }
}

void pd_append_json(struct pd_buffer *buffer, struct pd_text text)
{
    pd_append_byte(buffer, '"');
    while (text.length > 0) {
        const unsigned char byte = (unsigned char)text.data[0];
        const size_t length = pd_text_utf8_sequence(text);
        if (length == 0) {
            pd_append_string(buffer, "\xEF\xBF\xBD");
        } else if (byte == '"' || byte == '\\') {
            pd_append_byte(buffer, '\\');
            pd_append_byte(buffer, (char)byte);
        } else if (byte < 0x20) {
            pd_append_format(buffer, "\\u%04x", byte);
        } else {
            pd_append_bytes(buffer, text.data, length);
        }
        text = pd_text_slice(text, length ? length : 1, text.length);
    }
    pd_append_byte(buffer, '"');
}

void pd_append_html(struct pd_buffer *buffer, struct pd_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case '&': pd_append_string(buffer, "&amp;"); break;
        case '<': pd_append_string(buffer, "&lt;"); break;
        case '>': pd_append_string(buffer, "&gt;"); break;
        case '"': pd_append_string(buffer, "&quot;"); break;
        case '\'': pd_append_string(buffer, "&#39;"); break;
        default: pd_append_byte(buffer, text.data[i]);
        }
    }
}

void pd_append_format(struct pd_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *to = length < 0 ? NULL : pd_buffer_reserve(buffer, (size_t)length + 1);
    if (to != NULL) {
        (void)vsnprintf(to, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}
