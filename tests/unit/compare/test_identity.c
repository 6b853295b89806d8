/* SPDX-License-Identifier: MIT
 * NIK, date, region and address relations: the table of known cases, and random pairs against textbook oracles. */
#include "compare/identity.h"

#include "../../reference/textbook_metrics.h"
#include "base/date.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define EACH(array)                                                                                                    \
    size_t n = 0;                                                                                                      \
    n < sizeof(array) / sizeof *(array);                                                                               \
    n++

static int relation(const char *a, const char *b)
{
    const uint64_t left = strtoull(a, NULL, 10), right = strtoull(b, NULL, 10);
    const unsigned length_a = (unsigned)strlen(a), length_b = (unsigned)strlen(b);
    const int value = pd_nik_relation(left, length_a, right, length_b);
    cr_assert_eq(pd_nik_relation(right, length_b, left, length_a), value, "%s, %s: not symmetric", a, b);
    return value;
}

Test(nik_relation, tells_where_two_numbers_differ)
{
    static const struct {
        const char *a, *b;
        int wanted;
    } cases[] = {
        { "3201014107909001", "3201014107909001", PD_NIK_EQUAL },
        { "3201014107909001", "3201014107909002", PD_NIK_SERIAL_DIGIT },
        { "3201014107909001", "3201014107909000", PD_NIK_ROUNDED },
        { "3201014107909011", "3201014107909001", PD_NIK_SERIAL_DIGIT },
        { "3201014107909012", "3201014107909021", PD_NIK_SERIAL_SWAP },
        { "3201014107909012", "3201014107909345", PD_NIK_SAME_PREFIX },
        { "3201014107909012", "3201014107909103", PD_NIK_SAME_PREFIX },
        { "3201014107909001", "3202014107909001", PD_NIK_DIGIT },
        { "3201014107909001", "3201014108909001", PD_NIK_DIGIT },
        { "3201014107909001", "3210014107909001", PD_NIK_SWAP },
        { "3201014107989001", "3201014107998001", PD_NIK_SWAP }, /* across the border of date and serial */
        { "3201014107909001", "320101410790900", PD_NIK_GAP },
        { "3201014107909001", "32010141079090012", PD_NIK_GAP },
        { "3201014107909001", "320114107909001", PD_NIK_GAP },
        { "3201014107909001", "3202014107919001", PD_NIK_TWO_EDITS },
        { "3201014107909001", "3202014107909010", PD_NIK_TWO_EDITS },
        { "3201014107909001", "2010141079090013", PD_NIK_TWO_EDITS }, /* one lost in front, one added behind */
        { "3201014107909001", "3201015508859777", PD_NIK_SAME_REGION },
        { "3201014107909001", "5171044107909888", PD_NIK_SAME_DATE },
        { "3201014107909001", "5171045508859888", PD_NIK_UNRELATED },
        { "3201014107909001", "0", PD_NIK_UNRELATED },
        { "32010141079090", "320101410790900", PD_NIK_GAP },
        { "320101410790", "320101410790", PD_NIK_EQUAL },
        { "12", "12", PD_NIK_EQUAL },
        { "12", "13", PD_NIK_UNRELATED },
        { "320101410790900", "320101410790901", PD_NIK_TWO_EDITS },
    };
    for (EACH(cases))
        cr_expect_eq(relation(cases[n].a, cases[n].b), cases[n].wanted, "%s, %s: %d", cases[n].a, cases[n].b,
                     relation(cases[n].a, cases[n].b));
    cr_assert_eq(pd_nik_relation(0, 0, 0, 0), PD_NIK_UNRELATED);
}

static bool one_swap(const char *a, const char *b, int n, int *place)
{
    for (int i = 0; i + 1 < n; i++)
        if (memcmp(a, b, (size_t)i) == 0 && a[i] == b[i + 1] && a[i + 1] == b[i] && a[i] != a[i + 1] &&
            memcmp(a + i + 2, b + i + 2, (size_t)(n - i - 2)) == 0) {
            *place = i;
            return true;
        }
    return false;
}

/* Two texts of 16 digits, by the words of the header. */
static int textbook_relation(const char *a, const char *b)
{
    int differing = 0, last = 0, place = 0;
    for (int i = 0; i < 16; i++)
        if (a[i] != b[i]) {
            differing++;
            last = i;
        }
    if (differing == 0) return PD_NIK_EQUAL;
    const bool swap = one_swap(a, b, 16, &place);
    if (memcmp(a, b, 12) == 0) {
        if (differing == 1 && last == 15 && (a[15] == '0' || b[15] == '0')) return PD_NIK_ROUNDED;
        if (differing == 1) return PD_NIK_SERIAL_DIGIT;
        return swap ? PD_NIK_SERIAL_SWAP : PD_NIK_SAME_PREFIX;
    }
    if (differing == 1) return PD_NIK_DIGIT;
    if (swap) return PD_NIK_SWAP;
    if (textbook_osa((struct pd_text){ a, 16 }, (struct pd_text){ b, 16 }) == 2) return PD_NIK_TWO_EDITS;
    if (memcmp(a, b, 6) == 0) return PD_NIK_SAME_REGION;
    return memcmp(a + 6, b + 6, 6) == 0 ? PD_NIK_SAME_DATE : PD_NIK_UNRELATED;
}

Test(nik_relation, agrees_with_the_textbook)
{
    struct pd_random random = pd_random_stream(16, 3);
    char a[24], b[24];
    for (int repeat = 0; repeat < 200000; repeat++) {
        const uint64_t digits = repeat % 3 == 0 ? 3 : 10; /* few digits: many chance equalities */
        for (int i = 0; i < 16; i++) a[i] = (char)('0' + pd_random_below(&random, digits));
        if (a[0] == '0') a[0] = '1';
        a[16] = 0;
        memcpy(b, a, sizeof a);
        for (uint64_t e = pd_random_below(&random, 5); e > 0; e--) {
            const size_t place = (size_t)pd_random_below(&random, 15);
            const uint64_t kind = pd_random_below(&random, 3);
            const char digit = (char)('0' + pd_random_below(&random, digits));
            if (kind == 0) {
                b[place + pd_random_below(&random, 2)] = digit;
            } else if (kind == 1) {
                const char first = b[place];
                b[place] = b[place + 1];
                b[place + 1] = first;
            } else {
                memmove(b + place, b + place + 1, 15 - place);
                b[15] = digit;
            }
        }
        cr_assert_eq(relation(a, b), textbook_relation(a, b), "%s, %s: %d, textbook %d", a, b, relation(a, b),
                     textbook_relation(a, b));
    }
}

static int32_t day_of(int year, int month, int day)
{
    return pd_date_from_civil(year, month, day);
}

Test(date_relation, names_the_usual_errors)
{
    const struct {
        int32_t a, b;
        int wanted;
    } cases[] = {
        { day_of(1990, 8, 17), day_of(1990, 8, 17), PD_DATE_EQUAL },
        { day_of(1990, 8, 7), day_of(1990, 7, 8), PD_DATE_SWAPPED },
        { day_of(1990, 8, 17), day_of(1990, 8, 19), PD_DATE_DIGIT },
        { day_of(1990, 8, 17), day_of(1990, 9, 17), PD_DATE_DIGIT },
        { day_of(1990, 8, 17), day_of(1990, 7, 1), PD_DATE_DEFAULT },
        { day_of(1990, 12, 31), day_of(1990, 3, 4), PD_DATE_DEFAULT },
        { day_of(1990, 12, 31), day_of(1990, 7, 1), PD_DATE_SAME_YEAR },
        { day_of(1990, 8, 17), day_of(1990, 8, 26), PD_DATE_SAME_MONTH },
        { day_of(1990, 8, 17), day_of(1991, 8, 17), PD_DATE_YEAR_OFF },
        { day_of(1990, 8, 17), day_of(1980, 8, 17), PD_DATE_YEAR_OFF },
        { day_of(1990, 8, 17), day_of(1960, 8, 17), PD_DATE_YEAR_DIGIT },
        { day_of(1989, 8, 17), day_of(1998, 8, 17), PD_DATE_YEAR_DIGIT },
        { day_of(1990, 8, 17), day_of(1965, 8, 17), PD_DATE_UNRELATED },
        { day_of(1990, 8, 17), day_of(1990, 10, 25), PD_DATE_SAME_YEAR },
        { day_of(1990, 8, 17), day_of(1991, 2, 3), PD_DATE_NEAR },
        { day_of(1990, 8, 17), day_of(1972, 2, 3), PD_DATE_UNRELATED },
    };
    for (EACH(cases)) {
        cr_expect_eq(pd_date_relation(cases[n].a, cases[n].b), cases[n].wanted, "case %zu: %d", n,
                     pd_date_relation(cases[n].a, cases[n].b));
        cr_expect_eq(pd_date_relation(cases[n].b, cases[n].a), cases[n].wanted, "case %zu turned", n);
    }
    cr_assert(pd_date_is_default(day_of(1967, 7, 1)) && !pd_date_is_default(day_of(1967, 7, 2)));
}

/* From the dates written DDMMYYYY. */
static int textbook_date_relation(int32_t a, int32_t b)
{
    const struct pd_date x = pd_date_to_civil(a), y = pd_date_to_civil(b);
    char left[40], right[40];
    int differing = 0, in_year = 0;
    snprintf(left, sizeof left, "%02d%02d%04d", x.day, x.month, x.year);
    snprintf(right, sizeof right, "%02d%02d%04d", y.day, y.month, y.year);
    for (int i = 0; i < 8; i++) {
        differing += left[i] != right[i];
        in_year += i >= 4 && left[i] != right[i];
    }
    int place;
    if (a == b) return PD_DATE_EQUAL;
    if (in_year == 0 && x.day == y.month && x.month == y.day) return PD_DATE_SWAPPED;
    if (in_year == 0 && differing == 1) return PD_DATE_DIGIT;
    if (in_year == 0 && pd_date_is_default(a) != pd_date_is_default(b)) return PD_DATE_DEFAULT;
    if (in_year == 0 && x.month == y.month) return PD_DATE_SAME_MONTH;
    if (differing == in_year && (abs(x.year - y.year) == 1 || abs(x.year - y.year) == 10)) return PD_DATE_YEAR_OFF;
    if (differing == in_year && (in_year == 1 || one_swap(left + 4, right + 4, 4, &place))) return PD_DATE_YEAR_DIGIT;
    if (in_year == 0) return PD_DATE_SAME_YEAR;
    return abs(a - b) <= 366 ? PD_DATE_NEAR : PD_DATE_UNRELATED;
}

Test(date_relation, agrees_with_the_textbook)
{
    struct pd_random random = pd_random_stream(17, 4);
    for (int repeat = 0; repeat < 200000; repeat++) {
        const int32_t a = day_of(1920 + (int)pd_random_below(&random, 110), 1 + (int)pd_random_below(&random, 12),
                                 1 + (int)pd_random_below(&random, 28));
        struct pd_date date = pd_date_to_civil(a);
        if (repeat % 2) date.day = 1 + (int)pd_random_below(&random, 28);
        if (repeat % 3) date.month = 1 + (int)pd_random_below(&random, 12);
        if (repeat % 5 == 0) date.year = 1920 + (int)pd_random_below(&random, 110);
        const int32_t b = day_of(date.year, date.month, date.day);
        cr_assert_eq(pd_date_relation(a, b), textbook_date_relation(a, b), "%d, %d", a, b);
        cr_assert_eq(pd_date_relation(b, a), textbook_date_relation(a, b), "%d, %d turned", a, b);
    }
}

Test(region_proximity, counts_the_levels_that_agree)
{
    static const struct {
        int64_t a, b;
        int wanted;
    } cases[] = {
        { 3201012001, 3201012001, 4 },
        { 3201012001, 3201012002, 3 },
        { 3201012001, 3201022001, 2 },
        { 3201012001, 3202012001, 1 },
        { 3201012001, 5171012001, 0 },
        { 3201012001, 320101, 3 },
        { 3201012001, 320102, 2 },
        { 3201, 3201012001, 2 },
        { 32, 3201012001, 1 },
        { 32, 33, 0 },
        { 320101, 320101, 3 },
        { 0, 0, 0 },
        { 123, 123, 4 },
        { 123, 124, 0 },
        { -5, 3201012001, 0 },
        { 51, 3201, 0 },
    };
    for (EACH(cases)) {
        cr_expect_eq(pd_region_proximity(cases[n].a, cases[n].b), cases[n].wanted, "case %zu", n);
        cr_expect_eq(pd_region_proximity(cases[n].b, cases[n].a), cases[n].wanted, "case %zu turned", n);
    }
}

Test(address_similarity, reads_the_ways_an_address_is_written)
{
    static const struct {
        const char *a, *b;
        int least, most;
    } cases[] = {
        { "JL MERDEKA NO 5 RT 001 RW 002", "Jln. Merdeka No.5 RT.1/RW.2", 1000, 1000 },
        { "DUSUN KRAJAN RT 001 RW 002", "Dsn Krajan RT/RW 001/002", 1000, 1000 },
        { "KP SAWAH RT001RW002", "KAMPUNG SAWAH 001/002", 1000, 1000 },
        { "R.T 01 R.W 02 SUKAMAJU", "SUKAMAJU RT 1 RW 2", 1000, 1000 },
        { "DUSUN KRAJAN RT 1 RW 2", "DUSUN KRAJAN RT 2 RW 1", 200, 500 },
        { "JL MERDEKA NO 5", "JL MERDEKA NO 6", 400, 700 },
        { "JL MERDEKA NO 5", "GG MAWAR NO 7", 0, 0 },
        { "RT 000 RW 000", "RT 000 RW 000", 0, 0 },
        { "", "JL MERDEKA", 0, 0 },
    };
    for (EACH(cases)) {
        const int value = pd_address_similarity(pd_text_of(cases[n].a), pd_text_of(cases[n].b));
        cr_expect(value >= cases[n].least && value <= cases[n].most, "%s, %s: %d", cases[n].a, cases[n].b, value);
        cr_expect_eq(pd_address_similarity(pd_text_of(cases[n].b), pd_text_of(cases[n].a)), value, "turned");
    }
}

Test(identity, nibbles_of_16_digits_relate_as_the_numbers_do)
{
    struct pd_random random = pd_random_stream(9, 1);
    for (size_t round = 0; round < 100000; round++) {
        uint64_t number[2] = { 0, 0 }, nibbles[2] = { 0, 0 };
        char digits[16];
        for (size_t i = 0; i < 16; i++) digits[i] = (char)pd_random_below(&random, 10);
        for (size_t side = 0; side < 2; side++) {
            for (size_t i = 0; i < 16; i++) {
                number[side] = number[side] * 10 + (uint64_t)digits[i];
                nibbles[side] = nibbles[side] << 4 | (uint64_t)digits[i];
            }
            for (size_t edits = round % 4; edits > 0; edits--)
                digits[pd_random_below(&random, 16)] = (char)pd_random_below(&random, 10);
        }
        cr_assert_eq(pd_nik_relation_of_nibbles(nibbles[0], nibbles[1]), pd_nik_relation(number[0], 16, number[1], 16));
    }
}
