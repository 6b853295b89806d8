/* SPDX-License-Identifier: MIT
 * Distances of the words of texts are those of the texts; what is no such text has no word. */
#include "model/near_words.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "compare/string_metrics.h"
#include "model/packed_rows.h"

#include <criterion/criterion.h>
#include <stdio.h>

static void insert(struct pd_dictionary *dictionary, const char *text)
{
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(dictionary, pd_text_of(text), pd_hash_text(pd_text_of(text)), &code, NULL),
                 PADAN_OK);
}

/* A date of a few years, or something much like one. */
static void make_date(struct pd_random *random, char *text, size_t size)
{
    (void)snprintf(text, size, "%u-%02u-%02u", 1970 + (unsigned)pd_random_below(random, 3),
                   1 + (unsigned)pd_random_below(random, 12), 1 + (unsigned)pd_random_below(random, 28));
    if (pd_random_below(random, 10) == 0) memmove(text + 3, text + 2, 5);
    if (pd_random_below(random, 20) == 0) text[9] = '\0';
    if (pd_random_below(random, 20) == 0) text[0] = 'I';
}

Test(near_words, distances_of_dates_are_levenshtein_up_to_2)
{
    struct pd_dictionary dictionary = { 0 };
    struct pd_random random = pd_random_stream(8, 1);
    uint64_t *words = NULL;
    size_t n_told = 0, n_far = 0;
    for (size_t i = 0; i < 500; i++) {
        char text[32];
        make_date(&random, text, sizeof text);
        insert(&dictionary, text);
    }
    cr_assert_eq(pd_near_words_make(&dictionary, &words, NULL), PADAN_OK);
    cr_assert_not_null(words);
    cr_assert_not(pd_packed_is_digits(words[0]));
    for (uint32_t a = 1; a <= dictionary.n_entries; a++)
        for (uint32_t b = 1; b <= dictionary.n_entries; b++) {
            const struct pd_text left = pd_dictionary_text(&dictionary, a), right = pd_dictionary_text(&dictionary, b);
            const bool plain = left.length == 10 && left.data[0] == '1';
            cr_assert_eq(pd_packed_is_digits(words[a]), plain, "%.*s", PD_TEXT_ARGS(left));
            if (!plain || !pd_packed_is_digits(words[b])) continue;
            const size_t expected = pd_levenshtein(left, right);
            cr_assert_eq(pd_packed_distance(words[a], words[b]), expected > 3 ? 3 : expected, "%.*s %.*s",
                         PD_TEXT_ARGS(left), PD_TEXT_ARGS(right));
            n_told++;
            n_far += expected > 2;
        }
    cr_assert_gt(n_told, 50000);
    cr_assert(n_far > n_told / 10 && n_far < n_told * 9 / 10);
    pd_free(words);
    pd_dictionary_reset(&dictionary);
}

Test(near_words, names_and_long_texts_have_none)
{
    static const char *const texts[][4] = { { "ANI", "BUDI", "CITRA", "1971" },
                                            { "1971-01-01 10.20", "1971-01-01 10.21", "", "1" },
                                            { "1971:1", "1971:2", "1971:3", "1971;4" } };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pd_dictionary dictionary = { 0 };
        uint64_t *words = NULL;
        for (size_t j = 0; j < 4; j++) insert(&dictionary, texts[i][j]);
        cr_assert_eq(pd_near_words_make(&dictionary, &words, NULL), PADAN_OK);
        cr_expect_null(words, "case %zu", i);
        pd_free(words);
        pd_dictionary_reset(&dictionary);
    }
}

Test(near_words, forgotten_texts_have_none)
{
    struct pd_dictionary dictionary = { 0 };
    uint64_t *words = NULL;
    insert(&dictionary, "1971-01-01");
    pd_dictionary_forget_texts(&dictionary);
    cr_assert_eq(pd_near_words_make(&dictionary, &words, NULL), PADAN_OK);
    cr_assert_null(words);
    pd_dictionary_reset(&dictionary);
}
