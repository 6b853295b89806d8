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

char *pd_buffer_reserve(struct pd_buffer *buffer, size_t bytes)
{
    if (buffer->status != PADAN_OK) return NULL;
    if (buffer->capacity - buffer->length < bytes) {
        buffer->status = pd_grow(&buffer->data, &buffer->capacity, buffer->length + bytes, 1, NULL);
        if (buffer->status != PADAN_OK) return NULL;
    }
    return buffer->data + buffer->length;
}

/* memcpy without a call for the short fields that rows are made of: two copies that may overlap. */
static inline void copy(char *to, const char *from, size_t length)
{
    if (length > 32) {
        memcpy(to, from, length);
    } else if (length >= 16) {
        char head[16];
        char tail[16];
        memcpy(head, from, 16);
        memcpy(tail, from + length - 16, 16);
        memcpy(to, head, 16);
        memcpy(to + length - 16, tail, 16);
    } else if (length >= 8) {
        memcpy(to, from, 8);
        memcpy(to + length - 8, from + length - 8, 8);
    } else if (length >= 4) {
        memcpy(to, from, 4);
        memcpy(to + length - 4, from + length - 4, 4);
    } else {
        to[0] = from[0];
        to[length / 2] = from[length / 2];
        to[length - 1] = from[length - 1];
    }
}

void pd_append_some(struct pd_buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0) return;
    char *to = pd_buffer_room(buffer, length);
    if (to == NULL) return;
    copy(to, bytes, length);
    buffer->length += length;
}

static const uint64_t powers_of_ten[] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

enum { LONGEST_NUMBER = 20, LONGEST_FIXED = 24 };

/* How many digits a number has: its bits tell all but one of them (1233 / 4096 is just over log10 2). */
static inline unsigned count_digits(uint64_t value)
{
    const unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);
    const unsigned guess = bits * 1233 >> 12;
    return guess + (value >= powers_of_ten[guess] || guess == 0);
}

/* Exactly width digits from `to` on, of value modulo 10^width. */
static inline void write_padded(char *to, uint64_t value, unsigned width)
{
    for (; width >= 2 && value > UINT32_MAX; width -= 2, value /= 100)
        memcpy(to + width - 2, digit_pairs + 2 * (value % 100), 2);
    uint32_t low = (uint32_t)value;
    for (; width >= 2; width -= 2, low /= 100) memcpy(to + width - 2, digit_pairs + 2 * (low % 100), 2);
    if (width > 0) *to = (char)('0' + (value > UINT32_MAX ? value : low) % 10);
}

void pd_append_u64(struct pd_buffer *buffer, uint64_t value)
{
    char *to = pd_buffer_room(buffer, LONGEST_NUMBER);
    if (to == NULL) return;
    const unsigned width = count_digits(value);
    write_padded(to, value, width);
    buffer->length += width;
}

void pd_append_i64(struct pd_buffer *buffer, int64_t value)
{
    if (value < 0) pd_append_byte(buffer, '-');
    pd_append_u64(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void pd_append_digits(struct pd_buffer *buffer, uint64_t value, unsigned width)
{
    char *to = pd_buffer_room(buffer, LONGEST_NUMBER);
    if (to == NULL) return;
    write_padded(to, value, width);
    buffer->length += width;
}

void pd_append_fixed(struct pd_buffer *buffer, int64_t value, unsigned decimals)
{
    char *const begin = pd_buffer_room(buffer, LONGEST_FIXED);
    if (begin == NULL) return;
    char *to = begin;
    const uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    const unsigned digits = count_digits(magnitude);
    const unsigned width = digits > decimals ? digits : decimals + 1;
    if (value < 0) *to++ = '-';
    /* All digits a place behind where they belong; then those before the point go there. */
    write_padded(to + 1, magnitude, width);
    for (unsigned i = 0; i < width - decimals; i++) to[i] = to[i + 1];
    to[width - decimals] = '.';
    buffer->length += (size_t)(to - begin) + width + (decimals > 0);
}

/* llround without its call: the part that is cut off is exact, as long as |value| < 2^63. */
static int64_t rounded(double value)
{
    const int64_t whole = (int64_t)value;
    const double rest = value - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
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
    pd_append_fixed(buffer, rounded(scaled), decimals);
}

void pd_append_date(struct pd_buffer *buffer, int32_t day)
{
    if (day == PD_DATE_NONE) return;
    const struct pd_date date = pd_date_to_civil(day);
    char text[] = "0000-00-00";
    write_padded(text, (uint64_t)date.year, 4);
    write_padded(text + 5, (uint64_t)date.month, 2);
    write_padded(text + 8, (uint64_t)date.day, 2);
    pd_append_bytes(buffer, text, sizeof text - 1);
}

/* Sixteen bytes side by side; compilers know these operations on any processor. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));

static inline bool has_special(bytes16 bytes, unsigned char delimiter)
{
    const bytes16 special =
        (bytes16)(bytes == delimiter) | (bytes16)(bytes == '"') | (bytes16)(bytes == '\n') | (bytes16)(bytes == '\r');
    uint64_t halves[2];
    memcpy(halves, &special, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The 1 to 15 bytes of a text, some of them twice; the rest is 0. */
static inline bytes16 short_bytes(struct pd_text text)
{
    const char *data = text.data;
    const char *tail = data + text.length;
    bytes16 bytes = { 0 };
    if (text.length >= 8) {
        memcpy(&bytes, data, 8);
        memcpy((char *)&bytes + 8, tail - 8, 8);
    } else if (text.length >= 4) {
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
