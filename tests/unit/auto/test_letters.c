/* SPDX-License-Identifier: MIT
 * Letters of all scripts are looked at alike: names in capitals here and in small letters there are the same names. */
#include "expression/letter_case.h"

#include <criterion/criterion.h>

Test(letters, of_other_scripts_are_made_small)
{
    char out[64];
    const size_t length = pd_letters_put(PD_TEXT("ÉVA ИВАН 陈 \xff z"), pd_letter_small, out);
    cr_expect(pd_text_equal((struct pd_text){ out, length }, PD_TEXT("éva иван 陈 \xff z")));
}

Test(letters, capital_and_small_ones_are_told)
{
    bool capital = false, small = false;
    pd_letters_look(PD_TEXT("ИВАН 12"), &capital, &small);
    cr_expect(capital && !small);
    pd_letters_look(PD_TEXT("иван"), &capital, &small);
    cr_expect(!capital && small);
    pd_letters_look(PD_TEXT("陈伟 \xff"), &capital, &small);
    cr_expect(!capital && !small);
}
