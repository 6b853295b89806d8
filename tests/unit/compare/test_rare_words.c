/* SPDX-License-Identifier: MIT
 * Cosine of rare words against its textbook twin, and its kernel over columns of texts and of digits. */
#include "compare/rare_words.h"

#include "../../reference/textbook_metrics.h"
#include "base/hash.h"
#include "base/random.h"
#include "compare/kernel.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

enum { N_TEXTS = 60, N_KINDS = 12 };

static uint32_t insert(struct pd_dictionary *dictionary, struct pd_text text)
{
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    return code;
}

/* Up to eight words; low numbers are common, high ones rare. Every text has a number of its own, so all differ. */
static struct pd_text random_text(struct pd_random *random, int number, char *out)
{
    size_t length = (size_t)sprintf(out, "n%d", number);
    for (uint64_t i = pd_random_below(random, 8); i > 0; i--)
        length += (size_t)sprintf(out + length, " w%d", (int)(N_KINDS * pow(pd_random_unit(random), 3)));
    return (struct pd_text){ out, length };
}

Test(rare_words, kernel_agrees_with_the_textbook)
{
    static char bytes[N_TEXTS][64];
    struct pd_text texts[N_TEXTS];
    struct pd_dictionary dictionary = { 0 };
    struct pd_random random = pd_random_stream(3, 1);
    for (int i = 0; i < N_TEXTS; i++) {
        texts[i] = random_text(&random, i, bytes[i]);
        cr_assert_eq(insert(&dictionary, texts[i]), (uint32_t)i + 1);
    }
    const struct pd_column column = {
        .name = PD_TEXT("title"), .type = PD_TYPE_TEXT, .encoding = PD_ENCODING_CODE, .dictionary = &dictionary
    };
    const struct pd_kernel *kernel = pd_kernel_find(PD_TEXT("rare_word_similarity"));
    struct pd_kernel_side *side = NULL;
    cr_assert_not_null(kernel);
    cr_assert_eq(pd_kernel_prepare(kernel, &column, 1, &side, NULL), PADAN_OK);
    for (size_t a = 0; a < N_TEXTS; a++)
        for (size_t b = 0; b < N_TEXTS; b++) {
            const double wanted = textbook_rare_words(texts, N_TEXTS, a, b);
            const double value = kernel->evaluate(side, a + 1, side, b + 1);
            cr_assert_float_eq(value, wanted, 1e-12, "%.*s, %.*s: %f, not %f", PD_TEXT_ARGS(texts[a]),
                               PD_TEXT_ARGS(texts[b]), value, wanted);
            cr_assert_eq(value, kernel->evaluate(side, b + 1, side, a + 1));
            cr_assert(a != b || value > 1 - 1e-12);
        }
    pd_kernel_side_free(side);
    pd_dictionary_reset(&dictionary);
}

Test(rare_words, case_and_signs_do_not_count_and_rare_words_do)
{
    static const char *const texts[] = { "red Camera", "RED, camera!", "red DSC170", "blue dsc170", "red pen", "- /" };
    struct pd_dictionary dictionary = { 0 };
    struct pd_rare_words words;
    double values[6][6];
    for (size_t i = 0; i < 6; i++) insert(&dictionary, pd_text_of(texts[i]));
    cr_assert_eq(pd_rare_words_make(&dictionary, &words, NULL), PADAN_OK);
    for (uint32_t a = 0; a < 6; a++)
        for (uint32_t b = 0; b < 6; b++) {
            size_t n_a = 0, n_b = 0;
            const struct pd_rare_word *left = pd_rare_words_of(&words, a + 1, &n_a);
            const struct pd_rare_word *right = pd_rare_words_of(&words, b + 1, &n_b);
            values[a][b] = pd_rare_words_cosine(left, n_a, right, n_b);
        }
    cr_expect_float_eq(values[0][1], 1, 1e-12);
    cr_expect_gt(values[2][3], values[2][4]); /* the model number against the colour */
    cr_expect_eq(values[5][0], 0);
    cr_expect_eq(values[5][5], 1);
    cr_expect_eq(values[3][4], 0);
    pd_rare_words_reset(&words);
    pd_dictionary_reset(&dictionary);
}

/* Words of a column of digits are numbers unless they escaped to the dictionary. */
Test(rare_words, numbers_are_single_words)
{
    struct pd_dictionary dictionary = { 0 };
    const uint32_t code = insert(&dictionary, PD_TEXT("170 red"));
    const struct pd_column column = {
        .name = PD_TEXT("model"), .type = PD_TYPE_TEXT, .encoding = PD_ENCODING_DIGITS, .dictionary = &dictionary
    };
    const struct pd_kernel *kernel = pd_kernel_find(PD_TEXT("rare_word_similarity"));
    struct pd_kernel_side *side = NULL;
    const uint64_t escaped = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
    const uint64_t number = pd_digits_encode(PD_TEXT("170")), other = pd_digits_encode(PD_TEXT("0170"));
    cr_assert_eq(pd_kernel_prepare(kernel, &column, 1, &side, NULL), PADAN_OK);
    cr_expect_eq(kernel->evaluate(side, number, side, number), 1);
    cr_expect_eq(kernel->evaluate(side, number, side, other), 0);
    cr_expect_float_eq(kernel->evaluate(side, number, side, escaped), sqrt(.5), 1e-12);
    cr_expect_float_eq(kernel->evaluate_bounded(side, escaped, side, escaped, .5), 1, 1e-12);
    pd_kernel_side_free(side);
    pd_dictionary_reset(&dictionary);
}

static double cosine_of(const struct pd_rare_words *words, uint32_t a, uint32_t b)
{
    size_t n_a = 0, n_b = 0;
    const struct pd_rare_word *left = pd_rare_words_of(words, a + 1, &n_a);
    const struct pd_rare_word *right = pd_rare_words_of(words, b + 1, &n_b);
    return pd_rare_words_cosine(left, n_a, right, n_b);
}

/* Words that one text writes apart and another as one are one; numbers side by side and words of letters stay two. */
Test(rare_words, models_are_the_same_apart_and_as_one_word)
{
    static const char *const texts[] = { "red DSC-W120", "red dscw120",   "red kx tg 4022", "red KXTG4022", "red 6 0",
                                         "red 60",       "red note book", "red notebook",   "red dsc w130" };
    enum { N = sizeof texts / sizeof *texts };
    struct pd_dictionary dictionary = { 0 };
    struct pd_rare_words words;
    for (size_t i = 0; i < N; i++) insert(&dictionary, pd_text_of(texts[i]));
    cr_assert_eq(pd_rare_words_make(&dictionary, &words, NULL), PADAN_OK);
    cr_expect_float_eq(cosine_of(&words, 0, 1), 1, 1e-12);
    cr_expect_float_eq(cosine_of(&words, 2, 3), 1, 1e-12);
    cr_expect_lt(cosine_of(&words, 4, 5), .5, "digits beside digits are two numbers");
    cr_expect_lt(cosine_of(&words, 6, 7), .5, "words of letters are words");
    cr_expect_lt(cosine_of(&words, 8, 1), .5, "nobody writes this one as one word");
    pd_rare_words_reset(&words);
    pd_dictionary_reset(&dictionary);
}
