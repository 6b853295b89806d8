/* SPDX-License-Identifier: MIT */
#include "indonesia/amount.h"

#include "indonesia/fold.h"

#include <math.h>

enum { CAPACITY = 64 };

/* Digits, separators and signs of a folded cell without currency words; false when other letters are left. */
static bool strip(struct pd_text text, char out[CAPACITY], size_t *length)
{
    char folded[CAPACITY];
    size_t n = pd_fold(pd_text_trim(text), folded, sizeof folded);
    size_t begin = 0;
    while (begin < n && (folded[begin] == ' ' || folded[begin] == '"' || folded[begin] == '\'')) begin++;
    if (n - begin >= 2 && memcmp(folded + begin, "RP", 2) == 0) begin += 2;
    if (n - begin >= 3 && memcmp(folded + begin, "IDR", 3) == 0) begin += 3;
    if (begin < n && folded[begin] == '.') begin++; /* Rp. */
    if (n - begin >= 2 && folded[n - 1] == '-' && (folded[n - 2] == ',' || folded[n - 2] == '.')) n -= 2;
    *length = 0;
    for (; begin < n; begin++) {
        const char byte = folded[begin];
        if (byte == ' ' || byte == '"' || byte == '\'' || byte == '_') continue;
        const bool known = (byte >= '0' && byte <= '9') || strchr(".,-+E", byte) != NULL;
        if (!known) return false;
        out[(*length)++] = byte;
    }
    return true;
}

/* Position of the decimal sign, or length when every separator groups thousands. A lone separator with three digits
 * behind it groups when it may: 600.000, but not 600000.000 or 0.500. */
static size_t decimal_sign(const char *text, size_t length)
{
    size_t counts[2] = { 0, 0 };
    size_t last = length;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '.' && text[i] != ',') continue;
        counts[text[i] == ',']++;
        last = i;
    }
    if (last == length) return length;
    if (counts[0] > 0 && counts[1] > 0) return last;
    if (counts[0] + counts[1] > 1) return length;
    const bool groups = length - last - 1 == 3 && last >= 1 && last <= 3 && text[0] != '0';
    return groups ? length : last;
}

/* Whether the separators of a whole number part it as thousands are parted, by one kind of separator: 01.02.2026 and
 * 600.000.00 are no amounts. */
static bool is_grouped(const char *text, size_t length)
{
    char separator = 0;
    size_t n_digits = 0;
    for (size_t i = 0; i <= length; i++) {
        const bool digit = i < length && text[i] >= '0' && text[i] <= '9';
        n_digits += digit;
        if (digit) continue;
        if (i < length && separator != 0 && text[i] != separator) return false;
        if (separator != 0 ? n_digits != 3 : i < length && (n_digits == 0 || n_digits > 3)) return false;
        separator = i < length ? text[i] : separator;
        n_digits = 0;
    }
    return true;
}

/* 10^18 and more are no amounts. */
static bool parse(const char *text, size_t length, int64_t *rupiah)
{
    const size_t decimal = decimal_sign(text, length);
    int64_t value = 0;
    size_t n_digits = 0;
    if (!is_grouped(text, decimal)) return false;
    for (size_t i = 0; i < decimal; i++) {
        if (text[i] < '0' || text[i] > '9') continue;
        if (++n_digits > 18) return false;
        value = value * 10 + (text[i] - '0');
    }
    for (size_t i = decimal + 1; i < length; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    const bool up = decimal + 1 < length && text[decimal + 1] >= '5';
    *rupiah = value + up;
    return n_digits > 0 || decimal + 1 < length;
}

static bool parse_scientific(const char *text, size_t length, int64_t *rupiah)
{
    char copy[CAPACITY];
    for (size_t i = 0; i < length; i++) copy[i] = (char)(text[i] == ',' ? '.' : text[i]);
    double value = 0;
    if (!pd_text_to_double((struct pd_text){ copy, length }, &value) || !(fabs(value) < 1e17)) return false;
    *rupiah = (int64_t)llround(value);
    return true;
}

enum pd_amount_state pd_amount_read(struct pd_text cell, int64_t *rupiah)
{
    const struct pd_text text = pd_text_shown(cell);
    char stripped[CAPACITY];
    size_t length = 0;
    *rupiah = 0;
    if (text.length == 0) return PD_AMOUNT_EMPTY;
    if (text.length >= CAPACITY || !strip(text, stripped, &length))
        return pd_is_nothing(text) ? PD_AMOUNT_EMPTY : PD_AMOUNT_UNREADABLE;
    size_t begin = 0;
    bool negative = false;
    for (; begin < length && (stripped[begin] == '-' || stripped[begin] == '+'); begin++)
        negative |= stripped[begin] == '-';
    if (begin == length) return PD_AMOUNT_EMPTY;
    const char *digits = stripped + begin;
    length -= begin;
    bool read;
    if (memchr(digits, 'E', length) != NULL)
        read = parse_scientific(digits, length, rupiah);
    else
        read =
            memchr(digits, '-', length) == NULL && memchr(digits, '+', length) == NULL && parse(digits, length, rupiah);
    if (!read) return PD_AMOUNT_UNREADABLE;
    if (negative) *rupiah = -*rupiah;
    return PD_AMOUNT_READ;
}
