/* SPDX-License-Identifier: MIT
 * A pen writes what the functions of base/buffer.h append, whatever room there is when it comes. */
#include "base/pen.h"

#include "base/hash.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>

static const char name[PD_NAME_BYTES] = "TERDAFTAR";

Test(pen, digits_are_those_of_printf_in_any_width)
{
    for (uint64_t i = 0; i < 40000; i++) {
        const uint64_t value = i < 20000 ? i * 5001 : pd_mix64(i) >> (i % 64);
        const unsigned width = (unsigned)(i % 21);
        char got[PD_NUMBER_ROOM];
        char wanted[PD_NUMBER_ROOM];
        (void)snprintf(wanted, sizeof wanted, "%020" PRIu64, value);
        cr_assert_eq(pd_put_digits(got, value, width), got + width);
        cr_assert_arr_eq(got, wanted + 20 - width, width, "%" PRIu64 " in %u", value, width);
        if (width > 0 && width <= 2 * PD_DIGITS_AT_ONCE) {
            const struct pd_made_digits made = pd_make_digits(value, width);
            cr_assert_eq(pd_put_made_digits(got, &made), got + width);
            cr_assert_arr_eq(got, wanted + 20 - width, width, "%" PRIu64 " in %u", value, width);
        }
        const int length = snprintf(wanted, sizeof wanted, "%" PRIu64, value);
        cr_assert_eq(pd_put_u64(got, value), got + length, "%" PRIu64, value);
        cr_assert_arr_eq(got, wanted, (size_t)length);
    }
}

static void append_row(struct pd_buffer *out, struct pd_text text, uint64_t number)
{
    pd_append_csv(out, text);
    pd_append_byte(out, ',');
    pd_append_u64(out, number);
    pd_append_byte(out, ',');
    pd_append_double(out, (double)number / 7, 4);
    pd_append_string(out, ",TERDAFTAR,");
    pd_append_text(out, text);
    pd_append_fixed(out, (int64_t)number, 3);
    pd_append_byte(out, '\n');
}

static void write_row(struct pd_buffer *out, struct pd_text text, uint64_t number)
{
    struct pd_pen pen;
    cr_assert(pd_pen_begin(&pen, out));
    pd_pen_csv(&pen, text);
    pd_pen_byte(&pen, ',');
    pd_pen_u64(&pen, number);
    pd_pen_byte(&pen, ',');
    pd_pen_double(&pen, (double)number / 7, 4);
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, name);
    pd_pen_byte(&pen, ',');
    pd_pen_text(&pen, text);
    pd_pen_fixed(&pen, (int64_t)number, 3);
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
}

Test(pen, rows_are_those_of_the_buffer_whatever_the_length_of_their_texts)
{
    static char bytes[5000];
    struct pd_buffer wanted = { 0 };
    struct pd_buffer got = { 0 };
    memset(bytes, 'x', sizeof bytes);
    for (size_t length = 0; length < sizeof bytes; length += 1 + length / 3) {
        bytes[length] = length % 2 == 0 ? '"' : 'x'; /* some fields are quoted */
        const struct pd_text text = { bytes, length + 1 };
        append_row(&wanted, text, pd_mix64(length) >> 20);
        write_row(&got, text, pd_mix64(length) >> 20);
    }
    cr_assert_eq(got.length, wanted.length);
    cr_expect_arr_eq(got.data, wanted.data, wanted.length);
    pd_buffer_reset(&wanted);
    pd_buffer_reset(&got);
}
