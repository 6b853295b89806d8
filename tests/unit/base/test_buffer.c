/* SPDX-License-Identifier: MIT
 * Formatting against printf where printf can say the same, else against written-out cases. */
#include "base/buffer.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Compares what was appended so far with `wanted` and empties the buffer. */
static void expect(struct pd_buffer *buffer, const char *wanted, const char *what)
{
    const struct pd_text got = { buffer->data, buffer->length };
    cr_expect(pd_text_equal(got, pd_text_of(wanted)), "%s: got <%.*s>, wanted <%s>", what, PD_TEXT_ARGS(got), wanted);
    pd_buffer_clear(buffer);
}

Test(buffer, integers_are_written_like_printf)
{
    struct pd_buffer buffer = { 0 };
    for (uint64_t i = 0; i < 20000; i++) {
        const uint64_t value = i < 2000 ? i : pd_mix64(i) >> (i % 64);
        char wanted[64];
        (void)snprintf(wanted, sizeof wanted, "%" PRIu64 " %" PRId64 " %020" PRIu64, value, (int64_t)value, value);
        pd_append_u64(&buffer, value);
        pd_append_byte(&buffer, ' ');
        pd_append_i64(&buffer, (int64_t)value);
        pd_append_byte(&buffer, ' ');
        pd_append_digits(&buffer, value, 20);
        expect(&buffer, wanted, "number");
    }
    pd_append_i64(&buffer, INT64_MIN);
    expect(&buffer, "-9223372036854775808", "smallest");
    pd_append_u64(&buffer, UINT64_MAX);
    expect(&buffer, "18446744073709551615", "largest");
    pd_buffer_reset(&buffer);
}

Test(buffer, fixed_point_keeps_its_zeros_and_its_sign)
{
    static const struct {
        int64_t value;
        unsigned decimals;
        const char *wanted;
    } cases[] = {
        { 12345, 2, "123.45" }, { 5, 2, "0.05" },    { -5, 2, "-0.05" },
        { 0, 3, "0.000" },      { -700, 0, "-700" }, { INT64_MIN, 18, "-9.223372036854775808" },
    };
    struct pd_buffer buffer = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_fixed(&buffer, cases[i].value, cases[i].decimals);
        expect(&buffer, cases[i].wanted, cases[i].wanted);
    }
    pd_buffer_reset(&buffer);
}

Test(buffer, doubles_round_half_away_from_zero)
{
    static const struct {
        double value;
        unsigned decimals;
        const char *wanted;
    } cases[] = {
        { 0.125, 2, "0.13" },
        { -0.125, 2, "-0.13" },
        { 2.5, 0, "3" },
        { 1e6, 3, "1000000.000" },
        { 1e18, 1, "1000000000000000000.0" },
        { 0.04, 1, "0.0" },
        { NAN, 2, "" },
    };
    struct pd_buffer buffer = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_double(&buffer, cases[i].value, cases[i].decimals);
        expect(&buffer, cases[i].wanted, cases[i].wanted);
    }
    pd_buffer_reset(&buffer);
}

Test(buffer, dates_are_iso_and_none_is_empty)
{
    struct pd_buffer buffer = { 0 };
    pd_append_date(&buffer, pd_date_from_civil(1945, 8, 17));
    expect(&buffer, "1945-08-17", "date");
    pd_append_date(&buffer, PD_DATE_NONE);
    expect(&buffer, "", "none");
    pd_buffer_reset(&buffer);
}

Test(buffer, a_special_byte_is_seen_at_any_place_of_any_length)
{
    static const char special[] = { ',', '"', '\n', '\r' };
    for (size_t length = 1; length < 40; length++) {
        for (size_t at = 0; at < length; at++) {
            char text[40];
            struct pd_buffer buffer = { 0 };
            memset(text, 'x', sizeof text);
            pd_append_csv(&buffer, (struct pd_text){ text, length });
            cr_assert(buffer.length == length && memcmp(buffer.data, text, length) == 0, "%zu", length);
            pd_buffer_clear(&buffer);
            text[at] = special[at % sizeof special];
            pd_append_csv(&buffer, (struct pd_text){ text, length });
            cr_expect_eq(buffer.length, length + 2 + (text[at] == '"'), "%zu of %zu", at, length);
            cr_expect(buffer.data[0] == '"' && buffer.data[buffer.length - 1] == '"', "%zu of %zu", at, length);
            pd_buffer_reset(&buffer);
        }
    }
}

Test(buffer, csv_fields_are_quoted_only_when_they_must_be)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "SITI", "SITI" },
        { "a,b", "\"a,b\"" },
        { "say \"ya\"", "\"say \"\"ya\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "cr\r", "\"cr\r\"" },
        { " padded", "\" padded\"" },
        { "padded ", "\"padded \"" },
        { "semi;colon", "semi;colon" },
    };
    struct pd_buffer buffer = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_csv(&buffer, pd_text_of(cases[i][0]));
        expect(&buffer, cases[i][1], cases[i][0]);
    }
    pd_append_csv_delimited(&buffer, PD_TEXT("semi;colon, comma"), ';');
    expect(&buffer, "\"semi;colon, comma\"", "other delimiter");
    pd_buffer_reset(&buffer);
}

Test(buffer, json_strings_are_always_valid_utf8)
{
    static const char *const cases[][2] = {
        { "", "\"\"" },
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "line\nend\x01", "\"line\\u000aend\\u0001\"" },
        { "Ren\xc3\xa9", "\"Ren\xc3\xa9\"" },
        { "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" },
        { "Ren\xe9", "\"Ren\xef\xbf\xbd\"" },                           /* CP1252 */
        { "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },                 /* overlong */
        { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" }, /* surrogate */
        { "\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },                 /* cut short */
    };
    struct pd_buffer buffer = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_json(&buffer, pd_text_of(cases[i][0]));
        expect(&buffer, cases[i][1], cases[i][1]);
    }
    pd_buffer_reset(&buffer);
}

Test(buffer, bytes_that_are_not_utf8_are_shown_by_number)
{
    struct pd_buffer buffer = { 0 };
    pd_append_utf8(&buffer, PD_TEXT("pkh.csv"));
    expect(&buffer, "pkh.csv", "ASCII");
    pd_append_utf8(&buffer, PD_TEXT("\xff"
                                    "a\xc3\xa9\xc3"));
    expect(&buffer, "%FFa\xc3\xa9%C3", "some are, some are not");
    pd_buffer_reset(&buffer);
}

Test(buffer, html_is_escaped_for_text_and_attributes)
{
    struct pd_buffer buffer = { 0 };
    pd_append_html(&buffer, PD_TEXT("<a href=\"x\">R&B's</a>"));
    expect(&buffer, "&lt;a href=&quot;x&quot;&gt;R&amp;B&#39;s&lt;/a&gt;", "html");
    pd_append_format(&buffer, "%d of %s", 3, "five");
    expect(&buffer, "3 of five", "format");
    pd_buffer_reset(&buffer);
}

Test(buffer, grows_and_keeps_what_it_has)
{
    struct pd_buffer buffer = { 0 };
    for (uint64_t i = 0; i < 100000; i++) pd_append_digits(&buffer, i, 5);
    cr_assert_eq(buffer.length, 500000);
    cr_expect(memcmp(buffer.data + 5 * 4321, "04321", 5) == 0);
    cr_expect_eq(pd_buffer_status(&buffer, NULL), PADAN_OK);
    pd_buffer_reset(&buffer);
    cr_expect(buffer.data == NULL && buffer.length == 0);
}

#ifdef PADAN_FAULT
Test(buffer, keeps_its_first_failure_until_it_is_cleared)
{
    struct pd_buffer buffer = { 0 };
    struct padan_error error = { 0 };
    pd_memory_fail_after(1);
    pd_append_string(&buffer, "lost");
    pd_append_string(&buffer, "too late");
    cr_expect_eq(buffer.length, 0);
    cr_expect_eq(pd_buffer_status(&buffer, &error), PADAN_OUT_OF_MEMORY);
    pd_buffer_clear(&buffer);
    pd_append_string(&buffer, "again");
    cr_expect_eq(pd_buffer_status(&buffer, &error), PADAN_OK);
    pd_buffer_reset(&buffer);
}
#endif
