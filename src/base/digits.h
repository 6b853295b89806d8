/* SPDX-License-Identifier: MIT
 * Numbers as digits at a place in memory, which has room for them: up to PD_NUMBER_ROOM bytes are written, of which
 * those before the pointer returned count. Eight digits are made at once, in the bytes of one word: a number is halved
 * into parts of four, two and one digit by multiplications that all parts share (after P. Khuong, "How to print
 * integers really fast", 2017). */
#ifndef PD_BASE_DIGITS_H
#define PD_BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

enum { PD_NUMBER_ROOM = 32, PD_DIGITS_AT_ONCE = 8 };

/* The eight digits of a number below 10^8, 0 to 9, the first in the lowest byte. */
static inline uint64_t pd_eight_digits(uint32_t value)
{
    const uint64_t fours = (value / 10000) | (uint64_t)(value % 10000) << 32;
    const uint64_t hundreds = (fours * 10486 >> 20) & UINT64_C(0x0000007f0000007f);
    const uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
    const uint64_t tens = (twos * 103 >> 10) & UINT64_C(0x000f000f000f000f);
    return tens | (twos - 10 * tens) << 8;
}

/* Writes the bytes of a word of digits, the lowest first. */
static inline void pd_put_eight(char *to, uint64_t digits)
{
    uint64_t text = digits + UINT64_C(0x3030303030303030);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    text = __builtin_bswap64(text);
#endif
    memcpy(to, &text, sizeof text);
}

/* The last `width` digits of a number, with leading zeros; width in [1, 8]. */
static inline char *pd_put_few_digits(char *to, uint32_t value, unsigned width)
{
    pd_put_eight(to, pd_eight_digits(value) >> 8 * (PD_DIGITS_AT_ONCE - width));
    return to + width;
}

/* The last `width` digits; width in [9, 20]. */
static inline char *pd_put_many_digits(char *to, uint64_t value, unsigned width)
{
    enum { HALF = 100000000 };
    const uint64_t high = value / HALF;
    const unsigned width_of_high = width - PD_DIGITS_AT_ONCE;
    if (width_of_high > PD_DIGITS_AT_ONCE)
        to = pd_put_few_digits(to, (uint32_t)(high / HALF), width_of_high - PD_DIGITS_AT_ONCE);
    to = pd_put_few_digits(to, (uint32_t)(high % HALF),
                           width_of_high < PD_DIGITS_AT_ONCE ? width_of_high : PD_DIGITS_AT_ONCE);
    return pd_put_few_digits(to, (uint32_t)(value % HALF), PD_DIGITS_AT_ONCE);
}

/* Exactly `width` digits, of value modulo 10^width; width <= 20. */
static inline char *pd_put_digits(char *to, uint64_t value, unsigned width)
{
    if (width - 1 >= PD_DIGITS_AT_ONCE) return width == 0 ? to : pd_put_many_digits(to, value, width);
    return pd_put_few_digits(to, (uint32_t)(value % 100000000), width);
}

/* The digits of a number that is put at several places: of the first and of the last eight. */
struct pd_made_digits {
    uint64_t first, last;
    unsigned width_of_first, width;
};

/* The last `width` digits of a number; width in [1, 16]. */
static inline struct pd_made_digits pd_make_digits(uint64_t value, unsigned width)
{
    enum { HALF = 100000000 };
    const uint64_t last = pd_eight_digits((uint32_t)(value % HALF));
    if (width <= PD_DIGITS_AT_ONCE)
        return (struct pd_made_digits){ 0, last >> 8 * (PD_DIGITS_AT_ONCE - width), 0, width };
    const uint64_t first = pd_eight_digits((uint32_t)(value / HALF % HALF));
    return (struct pd_made_digits){ first >> 8 * (2 * PD_DIGITS_AT_ONCE - width), last, width - PD_DIGITS_AT_ONCE,
                                    width };
}

static inline char *pd_put_made_digits(char *to, const struct pd_made_digits *digits)
{
    pd_put_eight(to, digits->first);
    pd_put_eight(to + digits->width_of_first, digits->last);
    return to + digits->width;
}

/* How many digits a number has. */
static inline unsigned pd_count_digits(uint64_t value)
{
    unsigned width = 1;
    for (; value >= 10000; value /= 10000) width += 4;
    return width + (value >= 10) + (value >= 100) + (value >= 1000);
}

static inline char *pd_put_u64(char *to, uint64_t value)
{
    enum { HALF = 100000000 };
    if (value < 10) {
        *to = (char)('0' + value);
        return to + 1;
    }
    if (value >= HALF) return pd_put_digits(to, value, pd_count_digits(value));
    const uint64_t digits = pd_eight_digits((uint32_t)value);
    const unsigned zeros = (unsigned)__builtin_ctzll(digits | UINT64_C(1) << 56) / 8; /* the last digit is shown */
    pd_put_eight(to, digits >> 8 * zeros);
    return to + PD_DIGITS_AT_ONCE - zeros;
}

static inline char *pd_put_i64(char *to, int64_t value)
{
    if (value < 0) *to++ = '-';
    return pd_put_u64(to, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static const uint64_t pd_powers_of_ten[] = {
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
};

/* value / 10^decimals; decimals <= 18. */
static inline char *pd_put_fixed(char *to, int64_t value, unsigned decimals)
{
    const uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (value < 0) *to++ = '-';
    to = pd_put_u64(to, magnitude / pd_powers_of_ten[decimals]);
    if (decimals == 0) return to;
    *to++ = '.';
    return pd_put_digits(to, magnitude % pd_powers_of_ten[decimals], decimals);
}

/* Rounded half away from zero, decimals <= 9; nothing when the number is too big for an integer. llround without its
 * call: the part that is cut off is exact. */
static inline char *pd_put_double(char *to, double value, unsigned decimals)
{
    const double scaled = value * (double)pd_powers_of_ten[decimals];
    if (!(scaled < 9e18 && scaled > -9e18)) return to;
    const int64_t whole = (int64_t)scaled;
    const double rest = scaled - (double)whole;
    return pd_put_fixed(to, whole + (rest >= 0.5) - (rest <= -0.5), decimals);
}

#endif
