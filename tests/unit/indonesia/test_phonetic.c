/* SPDX-License-Identifier: MIT
 * Pairs of DOMAIN 2.4 to 2.6; and keys of random words are those of a twin that does every pass, rule by rule. */
#include "indonesia/phonetic.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <string.h>

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

Test(phonetic, keys_of_joined_names_forget_blanks)
{
    char a[128];
    char b[128];
    const size_t length_a = pd_phonetic_joined(PD_PHONETIC_B, PD_TEXT("NUR HAYATI"), a, sizeof a);
    const size_t length_b = pd_phonetic_joined(PD_PHONETIC_B, PD_TEXT("NURHAYATI"), b, sizeof b);
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

/* --- the twin of keys A and B --- */

/* What some letters become; `after` asks for a consonant (C) or a vowel (V) behind them. */
struct rule {
    const char *from, *to;
    char after;
};

static bool is_vowel(char letter)
{
    return letter != 0 && strchr("AEIOU", letter) != NULL;
}

static bool is_consonant(char letter)
{
    return letter != 0 && !is_vowel(letter);
}

static bool holds(const struct rule *rule, const char *text)
{
    const size_t n = strlen(rule->from);
    if (strncmp(text, rule->from, n) != 0) return false;
    return rule->after == 0 || (rule->after == 'V' ? is_vowel(text[n]) : is_consonant(text[n]));
}

static void put(char *text, const char *more, size_t n)
{
    const size_t length = strlen(text);
    memcpy(text + length, more, n);
    text[length + n] = 0;
}

/* Rewrites a text from left to right by the first rule that holds. Y between consonants, or at the end behind one, is I
 * where that is asked for. */
static void rewrite(char *text, const struct rule *rules, size_t n, bool soft_y)
{
    char out[256] = "";
    for (size_t i = 0; text[i] != 0; i++) {
        size_t r = 0;
        while (r < n && !holds(&rules[r], text + i)) r++;
        const bool soft = soft_y && text[i] == 'Y' && i > 0 && is_consonant(text[i - 1]) && !is_vowel(text[i + 1]);
        if (r == n) {
            put(out, soft ? "I" : text + i, 1);
            continue;
        }
        put(out, rules[r].to, strlen(rules[r].to));
        i += strlen(rules[r].from) - 1;
    }
    memcpy(text, out, strlen(out) + 1);
}

static void drop_doubles(char *text, bool and_h)
{
    char out[256] = "";
    for (size_t i = 0; text[i] != 0; i++)
        if (i == 0 || (text[i] != text[i - 1] && !(and_h && text[i] == 'H'))) put(out, text + i, 1);
    memcpy(text, out, strlen(out) + 1);
}

static void twin_a(char *text)
{
    static const struct rule spelling[] = { { "OE", "U", 0 },  { "TJ", "C", 0 },  { "DJ", "J", 0 },
                                            { "NJ", "NY", 0 }, { "SJ", "SY", 0 }, { "CH", "KH", 0 } };
    static const struct rule consonants[] = { { "DZ", "J", 0 }, { "TS", "S", 0 }, { "SY", "S", 0 }, { "SH", "S", 0 },
                                              { "KH", "H", 0 }, { "GH", "G", 0 }, { "DH", "D", 0 }, { "TH", "T", 0 },
                                              { "BH", "B", 0 }, { "PH", "P", 0 }, { "F", "P", 0 },  { "V", "P", 0 },
                                              { "Q", "K", 0 },  { "Z", "J", 0 },  { "X", "KS", 0 } };
    static const struct rule vowels[] = { { "AI", "E", 0 }, { "AE", "E", 0 }, { "EI", "E", 0 },   { "AY", "E", 'C' },
                                          { "AU", "O", 0 }, { "OU", "O", 0 }, { "AW", "O", 'C' }, { "IE", "I", 0 },
                                          { "EE", "I", 0 }, { "OO", "U", 0 }, { "IY", "I", 'V' }, { "UW", "U", 'V' } };
    if (strlen(text) <= 1) return;
    rewrite(text, spelling, sizeof spelling / sizeof *spelling, false);
    rewrite(text, consonants, sizeof consonants / sizeof *consonants, false);
    rewrite(text, vowels, sizeof vowels / sizeof *vowels, true);
    drop_doubles(text, true);
    const size_t n = strlen(text);
    if (n < 2) return;
    char *last = &text[n - 1];
    *last = (char)(*last == 'D' ? 'T' : *last == 'B' ? 'P' : *last == 'G' && last[-1] != 'N' ? 'K' : *last);
}

/* From the key A of a word of two letters or more. */
static void twin_b(char *text)
{
    char out[256] = "";
    for (size_t i = 0; text[i] != 0; i++) {
        const char here = text[i], next = text[i + 1];
        const bool glide = i > 0 && is_consonant(text[i - 1]) && text[i - 1] != 'N' && is_vowel(next);
        if ((here == 'O' && next == 'I') || (here == 'Y' && glide && next == 'I')) continue;
        const bool soft = here == 'Y' && (i == 0 ? next != 0 : glide);
        const char letter = (char)(soft || here == 'E' ? 'I' : here == 'O' ? 'A' : here == 'J' ? 'S' : here);
        put(out, &letter, 1);
    }
    if (strncmp(out, "SIL", 3) == 0 && strlen(out) > 3) memmove(out + 1, out + 2, strlen(out + 2) + 1);
    drop_doubles(out, false);
    memcpy(text, out, strlen(out) + 1);
}

/* Short words of few letters meet all rules, and words that no rule changes are many among them. */
Test(phonetic, keys_are_those_of_the_twin)
{
    static const char *const alphabets[] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AEIOUYWHSTKN", "AEIOUJHYNSCKDTZXBPGF" };
    struct pd_random random = pd_random_stream(7, 0);
    for (int round = 0; round < 300000; round++) {
        const char *letters = alphabets[round % 3];
        char word[32] = "", expected[256], out[128];
        const size_t n = 1 + pd_random_below(&random, 14);
        for (size_t i = 0; i < n; i++) put(word, &letters[pd_random_below(&random, strlen(letters))], 1);
        memcpy(expected, word, sizeof word);
        twin_a(expected);
        const struct pd_text a = key(PD_PHONETIC_A, word, out);
        cr_assert(pd_text_equal(a, pd_text_of(expected)), "A of %s: %.*s, not %s", word, PD_TEXT_ARGS(a), expected);
        if (n > 1) twin_b(expected);
        const struct pd_text b = key(PD_PHONETIC_B, word, out);
        cr_assert(pd_text_equal(b, pd_text_of(expected)), "B of %s: %.*s, not %s", word, PD_TEXT_ARGS(b), expected);
    }
}
