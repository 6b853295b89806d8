/* SPDX-License-Identifier: MIT
 * What holds of all code points, the tables themselves being data, and of texts. */
#include "expression/accents.h"

#include <criterion/criterion.h>

/* Code points that change, and marks among them, as DuckDB has them but for Chinese compatibility characters. */
enum { CODES = 0x110000, N_CHANGED = 3458, N_MARKS = 2450 };

static size_t bytes_of(unsigned code)
{
    char bytes[4];
    return pd_text_put_code_point(bytes, code);
}

/* A run or a mark out of its order would not be found. */
Test(accents, a_plain_letter_is_plain_and_no_longer)
{
    size_t n_changed = 0, n_marks = 0;
    for (unsigned code = 1; code < CODES; code++) {
        const unsigned plain = pd_letter_plain(code);
        n_changed += plain != code;
        n_marks += plain == 0;
        if (plain == code || plain == 0) continue;
        cr_assert_eq(pd_letter_plain(plain), plain, "%x", code);
        cr_assert_leq(bytes_of(plain), bytes_of(code), "%x", code);
    }
    cr_assert_eq(n_changed, N_CHANGED);
    cr_assert_eq(n_marks, N_MARKS);
}

Test(accents, are_taken_off_whether_they_are_code_points_of_their_own_or_not)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        { "Nguyễn Văn Ấn", "Nguyen Van An" },
        { "Nguye\xCC\x82\xCC\x83n Va\xCC\x86n", "Nguyen Van" },
        { "Çelik Şahin Ñandú Łódź đ", "Celik Sahin Nandu Łodz đ" },
        { "Ё й ά أحمد が", "Е и α احمد か" },
        { "陈 \xff \xcc z", "陈 \xff \xcc z" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        const struct pd_text plain = { out, pd_accents_strip(pd_text_of(cases[i].text), out) };
        cr_expect(pd_text_equal(plain, pd_text_of(cases[i].plain)), "%s: %.*s", cases[i].text, PD_TEXT_ARGS(plain));
    }
}
