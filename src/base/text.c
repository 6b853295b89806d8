/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdlib.h>

struct pd_text pd_text_trim(struct pd_text text)
{
    while (text.length > 0 && (unsigned char)text.data[0] <= ' ') {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && (unsigned char)text.data[text.length - 1] <= ' ') text.length--;
    return text;
}

bool pd_text_is_long_number(struct pd_text text)
{
    enum { LONG = 10 };
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return text.length >= LONG;
}

/* Bytes of the wide blank that a text begins with, or ends with; 0 when there is none. */
static size_t wide_blank(struct pd_text text, bool at_end)
{
    static const char *const blanks[] = { "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\xaf", "\xe2\x80\x8e", "\xef\xbb\xbf" };
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        const struct pd_text blank = pd_text_of(blanks[i]);
        if (text.length < blank.length) continue;
        if (pd_text_starts(at_end ? pd_text_slice(text, text.length - blank.length, text.length) : text, blank))
            return blank.length;
    }
    return 0;
}

struct pd_text pd_text_trim_wide(struct pd_text text)
{
    for (;;) {
        text = pd_text_trim(text);
        const size_t first = wide_blank(text, false);
        text = pd_text_slice(text, first, text.length);
        const size_t last = wide_blank(text, true);
        text = pd_text_slice(text, 0, text.length - last);
        if (first + last == 0) return text;
    }
}

static unsigned char small_letter(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a') : byte;
}

bool pd_text_one_slip(struct pd_text a, struct pd_text b)
{
    while (a.length > 0 && b.length > 0 && a.data[0] == b.data[0]) {
        a = pd_text_slice(a, 1, a.length);
        b = pd_text_slice(b, 1, b.length);
    }
    while (a.length > 0 && b.length > 0 && a.data[a.length - 1] == b.data[b.length - 1]) {
        a.length--;
        b.length--;
    }
    if (a.length <= 1 && b.length <= 1) return true;
    return a.length == 2 && b.length == 2 && a.data[0] == b.data[1] && a.data[1] == b.data[0];
}

bool pd_text_equal_but_for_case(struct pd_text a, struct pd_text b)
{
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (small_letter((unsigned char)a.data[i]) != small_letter((unsigned char)b.data[i])) return false;
    return true;
}

struct pd_text pd_text_shown(struct pd_text text)
{
    const bool is_formula = text.length >= 3 && memcmp(text.data, "=\"", 2) == 0 && text.data[text.length - 1] == '"';
    return is_formula ? pd_text_slice(text, 2, text.length - 1) : text;
}

static int name_byte(struct pd_text text, size_t *position)
{
    while (*position < text.length) {
        const unsigned char byte = (unsigned char)text.data[(*position)++];
        if (byte == 0xC2 && *position < text.length && (unsigned char)text.data[*position] == 0xA0) {
            ++*position;
            continue;
        }
        if (byte <= ' ' || byte == '_' || byte == '-' || byte == '.' || byte == '/') continue;
        return small_letter(byte);
    }
    return -1;
}

bool pd_text_same_name(struct pd_text a, struct pd_text b)
{
    size_t position_a = 0;
    size_t position_b = 0;
    for (;;) {
        const int byte_a = name_byte(a, &position_a);
        const int byte_b = name_byte(b, &position_b);
        if (byte_a != byte_b) return false;
        if (byte_a < 0) return true;
    }
}

size_t pd_text_utf8_sequence(struct pd_text text)
{
    const unsigned char first = (unsigned char)text.data[0];
    size_t length = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : 0;
    if (first >= 0xF0 && first < 0xF5) length = 4;
    if (length == 0 || length > text.length) return 0;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text.data[i] & 0xC0) != 0x80) return 0;
    const unsigned char second = length > 1 ? (unsigned char)text.data[1] : 0;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
    return length;
}

size_t pd_text_put_code_point(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

bool pd_text_to_u64(struct pd_text text, uint64_t *out)
{
    if (text.length == 0 || text.length > 20) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned digit = (unsigned)(text.data[i] - '0');
        if (digit > 9 || __builtin_mul_overflow(value, 10u, &value) || __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *out = value;
    return true;
}

bool pd_text_to_i64(struct pd_text text, int64_t *out)
{
    const bool negative = text.length > 0 && text.data[0] == '-';
    const bool is_signed = negative || (text.length > 0 && text.data[0] == '+');
    uint64_t magnitude = 0;
    if (!pd_text_to_u64(is_signed ? pd_text_slice(text, 1, text.length) : text, &magnitude)) return false;
    if (magnitude > (uint64_t)INT64_MAX) return false;
    *out = negative ? -(int64_t)magnitude : (int64_t)magnitude;
    return true;
}

bool pd_text_to_double(struct pd_text text, double *out)
{
    char copy[64];
    if (text.length == 0 || text.length >= sizeof copy) return false;
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    if ((unsigned char)copy[0] <= ' ') return false;
    char *end = NULL;
    *out = strtod(copy, &end);
    return end == copy + text.length;
}
