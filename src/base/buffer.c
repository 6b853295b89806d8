/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include "base/date.h"
#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                  "8081828384858687888990919293949596979899";

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

/* Room for a few more bytes; the usual case inlined into the functions below. */
static inline char *room_for(struct pd_buffer *buffer, size_t bytes)
{
    if (buffer->capacity - buffer->length >= bytes && buffer->status == PADAN_OK && buffer->data != NULL)
        return buffer->data + buffer->length;
    return pd_buffer_reserve(buffer, bytes);
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

void pd_append_bytes(struct pd_buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0) return;
    char *to = room_for(buffer, length);
    if (to == NULL) return;
    memcpy(to, bytes, length);
    buffer->length += length;
}

void pd_append_byte(struct pd_buffer *buffer, char byte)
{
    char *to = room_for(buffer, 1);
    if (to == NULL) return;
    *to = byte;
    buffer->length++;
}

void pd_append_text(struct pd_buffer *buffer, struct pd_text text)
{
    pd_append_bytes(buffer, text.data, text.length);
}

void pd_append_string(struct pd_buffer *buffer, const char *string)
{
    pd_append_bytes(buffer, string, strlen(string));
}

/* Writes value right-aligned before `end`; returns its first byte. */
static char *digits_before(char *end, uint64_t value)
{
    while (value >= 100) {
        end -= 2;
        memcpy(end, digit_pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, digit_pairs + 2 * value, 2);
        return end;
    }
    *--end = (char)('0' + value);
    return end;
}

void pd_append_u64(struct pd_buffer *buffer, uint64_t value)
{
    char digits[20];
    const char *begin = digits_before(digits + sizeof digits, value);
    pd_append_bytes(buffer, begin, (size_t)(digits + sizeof digits - begin));
}

void pd_append_i64(struct pd_buffer *buffer, int64_t value)
{
    if (value < 0) pd_append_byte(buffer, '-');
    pd_append_u64(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void pd_append_digits(struct pd_buffer *buffer, uint64_t value, unsigned width)
{
    char digits[40];
    memset(digits, '0', 20);
    char *end = digits + sizeof digits;
    char *begin = digits_before(end, value);
    while (end - begin < (ptrdiff_t)width) *--begin = '0';
    pd_append_bytes(buffer, end - width, width);
}

void pd_append_fixed(struct pd_buffer *buffer, int64_t value, unsigned decimals)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t scale = 1;
    for (unsigned i = 0; i < decimals; i++) scale *= 10;
    if (value < 0) pd_append_byte(buffer, '-');
    pd_append_u64(buffer, magnitude / scale);
    if (decimals == 0) return;
    pd_append_byte(buffer, '.');
    pd_append_digits(buffer, magnitude % scale, decimals);
}

void pd_append_double(struct pd_buffer *buffer, double value, unsigned decimals)
{
    static const double scales[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
    if (isnan(value)) return;
    const double scaled = value * scales[decimals];
    if (fabs(scaled) >= 9e18) {
        pd_append_format(buffer, "%.*f", (int)decimals, value);
        return;
    }
    pd_append_fixed(buffer, (int64_t)llround(scaled), decimals);
}

void pd_append_date(struct pd_buffer *buffer, int32_t day)
{
    if (day == PD_DATE_NONE) return;
    const struct pd_date date = pd_date_to_civil(day);
    pd_append_digits(buffer, (uint64_t)date.year, 4);
    pd_append_byte(buffer, '-');
    pd_append_digits(buffer, (uint64_t)date.month, 2);
    pd_append_byte(buffer, '-');
    pd_append_digits(buffer, (uint64_t)date.day, 2);
}

/* One of eight bytes is 0. */
static bool has_zero(uint64_t word)
{
    return ((word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080)) != 0;
}

static bool needs_quotes(struct pd_text text, char delimiter)
{
    size_t i = 0;
    for (; i + 8 <= text.length; i += 8) {
        uint64_t word;
        memcpy(&word, text.data + i, sizeof word);
        const uint64_t bytes = UINT64_C(0x0101010101010101);
        if (has_zero(word ^ bytes * (unsigned char)delimiter) || has_zero(word ^ bytes * '"') ||
            has_zero(word ^ bytes * '\n') || has_zero(word ^ bytes * '\r'))
            return true;
    }
    for (; i < text.length; i++) {
        const char byte = text.data[i];
        if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r') return true;
    }
    return text.length > 0 && (text.data[0] == ' ' || text.data[text.length - 1] == ' ');
}

void pd_append_csv_delimited(struct pd_buffer *buffer, struct pd_text text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        pd_append_text(buffer, text);
        return;
    }
    pd_append_byte(buffer, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') pd_append_byte(buffer, '"');
        pd_append_byte(buffer, text.data[i]);
    }
    pd_append_byte(buffer, '"');
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
