/* SPDX-License-Identifier: MIT
 * Pairs of DOMAIN 2.4 to 2.6. */
#include "indonesia/phonetic.h"

#include <criterion/criterion.h>

static struct pd_text key(enum pd_phonetic kind, const char *token, char out[128])
{
    return (struct pd_text){ out, pd_phonetic_token(kind, pd_text_of(token), out, 128) };
}

struct pair {
    const char *a, *b;
};

static void expect_pairs(enum pd_phonetic kind, const struct pair *pairs, size_t n, bool equal)
{
    for (size_t i = 0; i < n; i++) {
        char out_a[128];
        char out_b[128];
        const struct pd_text a = key(kind, pairs[i].a, out_a);
        const struct pd_text b = key(kind, pairs[i].b, out_b);
        cr_expect_eq(pd_text_equal(a, b), equal, "%s %.*s / %s %.*s", pairs[i].a, PD_TEXT_ARGS(a), pairs[i].b,
                     PD_TEXT_ARGS(b));
    }
}

Test(phonetic, key_a_folds_spelling)
{
    static const struct pair same[] = {
        { "SOETJIPTO", "SUCIPTO" }, { "DJOKO", "JOKO" },       { "NJOMAN", "NYOMAN" },     { "SJAHRIR", "SYAHRIR" },
        { "ACHMAD", "AKHMAD" },     { "AISYAH", "AISAH" },     { "KHASANAH", "HASANAH" },  { "UTSMAN", "USMAN" },
        { "FATIMAH", "PATIMAH" },   { "ARIF", "ARIP" },        { "YUSUF", "YUSUP" },       { "RAZAQ", "RAJAK" },
        { "ARIEF", "ARIF" },        { "HUSAIN", "HUSEN" },     { "MAULANA", "MOLANA" },    { "RIZKY", "RIZKI" },
        { "SUWARNO", "SUARNO" },    { "AMINAH", "AMINA" },     { "AHMAD", "AHMAT" },       { "YAKUB", "YAKUP" },
        { "ZAINAB", "JENAB" },      { "RAMADHAN", "RAMADAN" }, { "SULAIMAN", "SULAEMAN" },
    };
    expect_pairs(PD_PHONETIC_A, same, sizeof same / sizeof *same, true);
    static const struct pair different[] = { { "RAHMAN", "ROHMAN" }, { "SARI", "SURI" }, { "YANTI", "YANTO" } };
    expect_pairs(PD_PHONETIC_A, different, sizeof different / sizeof *different, false);
}

Test(phonetic, key_b_folds_vowels_too)
{
    static const struct pair same[] = {
        { "RAHMAN", "ROHMAN" },   { "ABDULLAH", "ABDULLOH" }, { "WIDADA", "WIDODO" },   { "PRASETYA", "PRASETYO" },
        { "SELAMET", "SLAMET" },  { "AZIZ", "AZIS" },         { "KHOIRUL", "KHAIRUL" }, { "SUMYATI", "SUMIYATI" },
        { "NINGSIH", "NENGSIH" }, { "SALEH", "SHOLEH" },      { "ARYA", "ARIA" },       { "SYAIFUL", "SAEFUL" },
    };
    expect_pairs(PD_PHONETIC_B, same, sizeof same / sizeof *same, true);
    static const struct pair different[] = {
        { "SANTOSO", "SETIAWAN" },     { "MAMAN", "MULYADI" },   { "SARI", "SURI" },
        { "YANTI", "YANTO" },          { "KARTINI", "KARTONO" }, { "BUDI", "DEDI" },
        { "SUPRIYANTO", "SUPRIYONO" }, { "HASAN", "HUSEN" },
    };
    expect_pairs(PD_PHONETIC_B, different, sizeof different / sizeof *different, false);
}

Test(phonetic, key_c_is_a_skeleton)
{
    static const struct pair same[] = { { "SARI", "SURI" }, { "YANTI", "YANTO" }, { "AMINAH", "EMINA" } };
    expect_pairs(PD_PHONETIC_C, same, sizeof same / sizeof *same, true);
}

Test(phonetic, name_keys_forget_order_or_blanks)
{
    char a[128];
    char b[128];
    size_t length_a = pd_phonetic_sorted(PD_PHONETIC_B, PD_TEXT("SITI AMINAH"), a, sizeof a);
    size_t length_b = pd_phonetic_sorted(PD_PHONETIC_B, PD_TEXT("AMINA SITI"), b, sizeof b);
    cr_expect_eq(length_a, length_b);
    cr_expect_arr_eq(a, b, length_a);
    cr_expect_arr_eq(a, "AMINA SITI", length_a);
    length_a = pd_phonetic_joined(PD_PHONETIC_B, PD_TEXT("NUR HAYATI"), a, sizeof a);
    length_b = pd_phonetic_joined(PD_PHONETIC_B, PD_TEXT("NURHAYATI"), b, sizeof b);
    cr_expect_eq(length_a, length_b);
    cr_expect_arr_eq(a, b, length_a);
}

Test(phonetic, short_and_odd_tokens_give_something)
{
    char out[128];
    cr_expect_eq(key(PD_PHONETIC_B, "N", out).length, 1);
    cr_expect_eq(key(PD_PHONETIC_C, "E", out).length, 1);
    cr_expect_eq(key(PD_PHONETIC_B, "", out).length, 0);
    cr_expect_eq(key(PD_PHONETIC_B, "123", out).length, 0);
    char three[3];
    cr_expect_leq(pd_phonetic_token(PD_PHONETIC_A, PD_TEXT("XXSUPRIYANTO"), three, sizeof three), 3);
}
