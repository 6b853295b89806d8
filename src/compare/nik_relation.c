/* SPDX-License-Identifier: MIT
 * Where two identity numbers differ. Two numbers of 16 digits are written as 16 nibbles each; the exclusive or of the
 * two words shows at once which digits differ, so that almost all pairs are answered without a loop over digits. */
#include "compare/identity.h"

#include "compare/string_metrics.h"

enum { NIK_DIGITS = 16, SERIAL_DIGITS = 4, NEAR_DIGITS = 14, GAP_DIGITS = 12, TEXT_DIGITS = 20 };

/* Eight decimal digits as eight nibbles: halves of 4, 2 and 1 digits, all lanes at once. */
static uint32_t nibbles_of_8(uint32_t number)
{
    uint64_t lanes = number / 10000 + ((uint64_t)(number % 10000) << 32);
    uint64_t high = ((lanes * 10486) >> 20) & UINT64_C(0x0000007f0000007f); /* x / 100 for x < 10^4 */
    lanes = high + ((lanes - high * 100) << 16);
    high = ((lanes * 103) >> 10) & UINT64_C(0x000f000f000f000f); /* x / 10 for x < 100 */
    lanes = (high << 4) + (lanes - high * 10); /* one byte of two digits in each 16-bit lane, first digits lowest */
    return (uint32_t)((lanes & 0xff) << 24 | (lanes >> 16 & 0xff) << 16 | (lanes >> 32 & 0xff) << 8 |
                      (lanes >> 48 & 0xff));
}

/* The last 16 digits of a number, one per nibble, the first digit in the highest. */
static uint64_t nibbles_of(uint64_t digits)
{
    const uint64_t low = digits % UINT64_C(10000000000000000);
    return (uint64_t)nibbles_of_8((uint32_t)(low / 100000000)) << 32 | nibbles_of_8((uint32_t)(low % 100000000));
}

static unsigned nibble(uint64_t word, unsigned place)
{
    return (unsigned)(word >> (4 * place)) & 15;
}

/* One bit (the lowest of its nibble) for each digit that differs. */
static uint64_t differing_digits(uint64_t a, uint64_t b)
{
    uint64_t difference = a ^ b;
    difference |= difference >> 2;
    difference |= difference >> 1;
    return difference & UINT64_C(0x1111111111111111);
}

/* The digits at place and place + 1 (counted from the last digit) are those of the other number exchanged. */
static bool swapped_at(uint64_t a, uint64_t b, unsigned place)
{
    return nibble(a, place) == nibble(b, place + 1) && nibble(a, place + 1) == nibble(b, place);
}

/* Equal but for one digit lost at one end of the differing part and one inserted at the other. */
static bool shifted(uint64_t a, uint64_t b, unsigned first, unsigned last)
{
    const unsigned n = last - first; /* digits that must agree after the shift, n >= 1 */
    const uint64_t mask = (UINT64_C(1) << (4 * n)) - 1;
    const uint64_t low_a = (a >> (4 * first)) & mask, high_a = (a >> (4 * (first + 1))) & mask;
    const uint64_t low_b = (b >> (4 * first)) & mask, high_b = (b >> (4 * (first + 1))) & mask;
    return low_a == high_b || low_b == high_a;
}

/* Optimal string alignment distance of 2, given the differing digits (at least two, not one swap): two digits, a digit
 * and a swap, two swaps, or one lost and one inserted. */
static bool two_edits(uint64_t a, uint64_t b, uint64_t differing)
{
    const int n = __builtin_popcountll(differing);
    if (n == 2) return true;
    const unsigned first = (unsigned)__builtin_ctzll(differing) / 4;
    const unsigned last = (63 - (unsigned)__builtin_clzll(differing)) / 4;
    if (shifted(a, b, first, last)) return true;
    if (n > 4) return false;
    int left = n, swaps = 0;
    for (unsigned place = first; place < last; place++) {
        const bool pair = (differing >> (4 * place) & 1) != 0 && (differing >> (4 * place + 4) & 1) != 0;
        if (!pair || !swapped_at(a, b, place)) continue;
        swaps++;
        left -= 2;
        place++;
    }
    return (swaps == 1 && left == 1) || (swaps == 2 && left == 0);
}

static int relation_of_serials(uint64_t a, uint64_t b, uint64_t differing)
{
    const int n = __builtin_popcountll(differing);
    if (n == 1) {
        if (differing == 1 && (nibble(a, 0) == 0 || nibble(b, 0) == 0)) return PD_NIK_ROUNDED;
        return PD_NIK_SERIAL_DIGIT;
    }
    const unsigned first = (unsigned)__builtin_ctzll(differing) / 4;
    const bool neighbours = n == 2 && (differing >> (4 * first + 4) & 1) != 0;
    return neighbours && swapped_at(a, b, first) ? PD_NIK_SERIAL_SWAP : PD_NIK_SAME_PREFIX;
}

int pd_nik_relation_of_nibbles(uint64_t a, uint64_t b)
{
    if (a == b) return PD_NIK_EQUAL;
    const uint64_t differing = differing_digits(a, b);
    if (differing >> (4 * SERIAL_DIGITS) == 0) return relation_of_serials(a, b, differing);
    const int n = __builtin_popcountll(differing);
    const unsigned first = (unsigned)__builtin_ctzll(differing) / 4;
    if (n == 1) return PD_NIK_DIGIT;
    if (n == 2 && (differing >> (4 * first + 4) & 1) != 0 && swapped_at(a, b, first)) return PD_NIK_SWAP;
    if (two_edits(a, b, differing)) return PD_NIK_TWO_EDITS;
    if (differing >> 40 == 0) return PD_NIK_SAME_REGION;
    if ((differing >> 16 & UINT64_C(0xffffff)) == 0) return PD_NIK_SAME_DATE;
    return PD_NIK_UNRELATED;
}

static struct pd_text digits_text(uint64_t digits, unsigned length, char out[TEXT_DIGITS])
{
    for (unsigned i = length; i > 0; i--) {
        out[i - 1] = (char)('0' + digits % 10);
        digits /= 10;
    }
    return (struct pd_text){ out, length };
}

int pd_nik_relation(uint64_t digits_a, unsigned length_a, uint64_t digits_b, unsigned length_b)
{
    if (length_a == 0 || length_b == 0 || length_a > 17 || length_b > 17) return PD_NIK_UNRELATED;
    if (length_a == NIK_DIGITS && length_b == NIK_DIGITS)
        return pd_nik_relation_of_nibbles(nibbles_of(digits_a), nibbles_of(digits_b));
    if (length_a == length_b && digits_a == digits_b) return PD_NIK_EQUAL;
    const unsigned shorter = length_a < length_b ? length_a : length_b;
    const unsigned longer = length_a < length_b ? length_b : length_a;
    if (shorter < GAP_DIGITS || longer - shorter > 2) return PD_NIK_UNRELATED;
    char memory_a[TEXT_DIGITS], memory_b[TEXT_DIGITS];
    const struct pd_text a = digits_text(digits_a, length_a, memory_a), b = digits_text(digits_b, length_b, memory_b);
    if (longer - shorter == 1 && pd_levenshtein_bounded(a, b, 1) == 1) return PD_NIK_GAP;
    return shorter >= NEAR_DIGITS && pd_osa_distance(a, b) <= 2 ? PD_NIK_TWO_EDITS : PD_NIK_UNRELATED;
}
