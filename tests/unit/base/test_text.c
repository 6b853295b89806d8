/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <criterion/criterion.h>

static void expect_text(struct pd_text got, const char *wanted, const char *what)
{
    cr_expect(pd_text_equal(got, pd_text_of(wanted)), "%s: got <%.*s>, wanted <%s>", what, PD_TEXT_ARGS(got), wanted);
}

Test(text, trim_takes_blanks_and_control_bytes_from_both_ends_only)
{
    static const char *const cases[][2] = {
        { "", "" },           { " ", "" },
        { "a", "a" },         { "  a b\t\r\n", "a b" },
        { "\x01x\x1f", "x" }, { "\xc2\xa0x", "\xc2\xa0x" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_text(pd_text_trim(pd_text_of(cases[i][0])), cases[i][1], cases[i][0]);
}

Test(text, column_names_match_without_case_blanks_and_signs)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        { "Nama Lengkap", "NAMA_LENGKAP", true },
        { "No. KK", "no-kk", true },
        { "tgl/lahir", "TGL LAHIR ", true },
        { "", " _", true },
        { "nik", "nik2", false },
        { "nama", "nam", false },
        { "a1", "a2", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(pd_text_same_name(pd_text_of(cases[i].a), pd_text_of(cases[i].b)), cases[i].same, "%s | %s",
                     cases[i].a, cases[i].b);
        cr_expect_eq(pd_text_same_name(pd_text_of(cases[i].b), pd_text_of(cases[i].a)), cases[i].same, "%s | %s",
                     cases[i].b, cases[i].a);
    }
}

Test(text, small_and_capital_letters_of_ascii_are_one_where_that_is_asked)
{
    cr_expect(pd_text_equal_but_for_case(PD_TEXT("aZ_1\xc3\xa9"), PD_TEXT("Az_1\xc3\xa9")));
    cr_expect(pd_text_equal_but_for_case(PD_TEXT(""), PD_TEXT("")));
    cr_expect_not(pd_text_equal_but_for_case(PD_TEXT("a"), PD_TEXT("ab")));
    cr_expect_not(pd_text_equal_but_for_case(PD_TEXT("@["), PD_TEXT("`{")), "no letters, though 32 apart");
    cr_expect_not(pd_text_equal_but_for_case(PD_TEXT("\xc3\xa9"), PD_TEXT("\xc3\x89")), "beyond ASCII");
}

Test(text, order_is_by_bytes_and_shorter_first)
{
    static const char *const ascending[] = { "", "A", "AB", "B", "a", "\xc3\xa9" };
    enum { N = sizeof ascending / sizeof *ascending };
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            const int order = pd_text_compare(pd_text_of(ascending[i]), pd_text_of(ascending[j]));
            cr_expect_eq((order > 0) - (order < 0), (i > j) - (i < j), "%s | %s", ascending[i], ascending[j]);
        }
}

Test(text, slices_are_cut_to_the_text)
{
    const struct pd_text text = PD_TEXT("padan");
    expect_text(pd_text_slice(text, 1, 3), "ad", "inside");
    expect_text(pd_text_slice(text, 3, 99), "an", "past the end");
    expect_text(pd_text_slice(text, 99, 100), "", "beyond");
    expect_text(pd_text_slice(text, 4, 2), "", "backwards");
    cr_expect(pd_text_starts(text, PD_TEXT("pad")) && pd_text_starts(text, PD_TEXT("")));
    cr_expect(!pd_text_starts(PD_TEXT("pa"), PD_TEXT("pad")));
}

Test(text, whole_numbers_are_read_exactly_or_not_at_all)
{
    static const struct {
        const char *text;
        bool is_u64, is_i64;
        uint64_t u64;
        int64_t i64;
    } cases[] = {
        { "0", true, true, 0, 0 },
        { "007", true, true, 7, 7 },
        { "9223372036854775807", true, true, INT64_MAX, INT64_MAX },
        { "18446744073709551615", true, false, UINT64_MAX, 0 },
        { "18446744073709551616", false, false, 0, 0 },
        { "-12", false, true, 0, -12 },
        { "+12", false, true, 0, 12 },
        { "", false, false, 0, 0 },
        { "-", false, false, 0, 0 },
        { "1 ", false, false, 0, 0 },
        { "1.0", false, false, 0, 0 },
        { "--1", false, false, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t u64 = 0;
        int64_t i64 = 0;
        cr_expect_eq(pd_text_to_u64(pd_text_of(cases[i].text), &u64), cases[i].is_u64, "%s", cases[i].text);
        cr_expect_eq(pd_text_to_i64(pd_text_of(cases[i].text), &i64), cases[i].is_i64, "%s", cases[i].text);
        cr_expect(u64 == cases[i].u64 && i64 == cases[i].i64, "%s", cases[i].text);
    }
}

Test(text, decimals_are_read_whole)
{
    double value = 0;
    cr_expect(pd_text_to_double(PD_TEXT("-2.5e3"), &value) && value == -2500);
    static const char *const wrong[] = { "", " 1", "1x", "1,5", "." };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_expect(!pd_text_to_double(pd_text_of(wrong[i]), &value), "%s", wrong[i]);
}

Test(text, utf8_sequences_are_exactly_those_of_unicode)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        { "a", 1 },     { "\xc3\xa9", 2 }, { "\xe2\x82\xac", 3 }, { "\xf0\x9f\x98\x80x", 4 }, { "\xff", 0 },
        { "\xc3", 0 },  { "\xc0\xaf", 0 }, { "\xed\xa0\x80", 0 }, { "\xe0\x80\x80", 0 },      { "\xf4\x90\x80\x80", 0 },
        { "\xc3(", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_text_utf8_sequence(pd_text_of(cases[i].text)), cases[i].length, "case %zu", i);
}

Test(text, one_slip_is_a_letter_or_a_swap_of_two_neighbours)
{
    static const struct {
        const char *a, *b;
        bool one;
    } cases[] = {
        { "RATNA", "RATNA", true },  { "RATNA", "RATNI", true },  { "RATNA", "RTNA", true },
        { "RATNA", "RATAN", true },  { "RATNA", "ARTNI", false }, { "RATNA", "RAT", false },
        { "RATNA", "TARNA", false }, { "", "R", true },           { "", "RA", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_text a = pd_text_of(cases[i].a), b = pd_text_of(cases[i].b);
        cr_expect_eq(pd_text_one_slip(a, b), cases[i].one, "case %zu", i);
        cr_expect_eq(pd_text_one_slip(b, a), cases[i].one, "case %zu the other way", i);
    }
}
