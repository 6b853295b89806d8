/* SPDX-License-Identifier: MIT
 * What holds of all code points, the tables themselves being data, and of texts. */
#include "expression/letter_case.h"

#include "base/text.h"

#include <criterion/criterion.h>

/* Letters that have another case: those of the Unicode Character Database, and the capital of sharp s. */
enum { CODES = 0x110000, N_SMALL = 1433, N_CAPITAL = 1450 + 1 };

static size_t bytes_of(unsigned code)
{
    char bytes[4];
    return pd_text_put_code_point(bytes, code);
}

/* Builtins rely on it when they ask for room. */
Test(letter_case, the_other_case_is_at_most_half_as_long_again)
{
    for (unsigned code = 0; code < CODES; code++) {
        cr_assert_leq(2 * bytes_of(pd_letter_small(code)), 3 * bytes_of(code), "%x", code);
        cr_assert_leq(2 * bytes_of(pd_letter_capital(code)), 3 * bytes_of(code), "%x", code);
    }
}

/* A run out of its order would not be found. */
Test(letter_case, a_letter_has_two_cases_and_no_third)
{
    size_t n_small = 0, n_capital = 0;
    for (unsigned code = 0; code < CODES; code++) {
        const unsigned small = pd_letter_small(code), capital = pd_letter_capital(code);
        cr_assert_eq(pd_letter_small(small), small, "%x", code);
        cr_assert_eq(pd_letter_capital(capital), capital, "%x", code);
        n_small += small != code;
        n_capital += capital != code;
    }
    cr_assert_eq(n_small, N_SMALL);
    cr_assert_eq(n_capital, N_CAPITAL);
}

Test(letter_case, ascii_changes_in_its_letters_alone)
{
    for (unsigned code = 0; code < 0x80; code++) {
        const bool is_capital = code >= 'A' && code <= 'Z', is_small = code >= 'a' && code <= 'z';
        cr_assert_eq(pd_letter_small(code), is_capital ? code + 32 : code);
        cr_assert_eq(pd_letter_capital(code), is_small ? code - 32 : code);
    }
}

Test(letter_case, of_other_scripts_are_made_small)
{
    char out[64];
    const size_t length = pd_letters_put(PD_TEXT("ÉVA ИВАН 陈 \xff z"), pd_letter_small, out);
    cr_expect(pd_text_equal((struct pd_text){ out, length }, PD_TEXT("éva иван 陈 \xff z")));
}

Test(letter_case, capital_and_small_ones_are_told)
{
    bool capital = false, small = false;
    pd_letters_look(PD_TEXT("ИВАН 12"), &capital, &small);
    cr_expect(capital && !small);
    pd_letters_look(PD_TEXT("иван"), &capital, &small);
    cr_expect(!capital && small);
    pd_letters_look(PD_TEXT("陈伟 \xff"), &capital, &small);
    cr_expect(!capital && !small);
}
