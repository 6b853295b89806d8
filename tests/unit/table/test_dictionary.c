/* SPDX-License-Identifier: MIT
 * Dictionary: codes by first insertion, survival of growth, odd texts. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "base/hash.h"
#include "table/dictionary.h"

static uint32_t insert(struct pd_dictionary *dictionary, struct pd_text text)
{
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    return code;
}

Test(dictionary, codes_follow_the_order_of_first_insertion)
{
    struct pd_dictionary dictionary = { 0 };
    cr_assert_eq(pd_dictionary_find(&dictionary, PD_TEXT("a"), pd_hash_text(PD_TEXT("a"))), 0);
    cr_assert_eq(insert(&dictionary, PD_TEXT("SITI")), 1);
    cr_assert_eq(insert(&dictionary, PD_TEXT("")), 2);
    cr_assert_eq(insert(&dictionary, PD_TEXT("SITI")), 1);
    cr_assert_eq(insert(&dictionary, PD_TEXT("SITI ")), 3);
    cr_assert_eq(insert(&dictionary, PD_TEXT("")), 2);
    cr_assert_eq(pd_dictionary_text(&dictionary, 0).data, NULL);
    cr_assert(pd_text_equal(pd_dictionary_text(&dictionary, 3), PD_TEXT("SITI ")));
    cr_assert_eq(pd_dictionary_find(&dictionary, PD_TEXT("siti"), pd_hash_text(PD_TEXT("siti"))), 0);
    pd_dictionary_reset(&dictionary);
}

Test(dictionary, many_texts_keep_their_codes_through_growth)
{
    struct pd_dictionary dictionary = { 0 };
    char text[32];
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 200000; i++) {
            const int length = snprintf(text, sizeof text, "%u", i * 2654435761u);
            cr_assert_eq(insert(&dictionary, (struct pd_text){ text, (size_t)length }), i + 1);
        }
    }
    cr_assert_eq(dictionary.n_entries, 200000);
    cr_assert(2 * dictionary.n_slots >= 3 * (size_t)dictionary.n_entries);
    pd_dictionary_reset(&dictionary);
    cr_assert_eq(dictionary.n_entries, 0);
}

/* Rows of texts with repeats near and far, through every growth, against the same one by one. */
Test(dictionary, texts_inserted_together_get_the_codes_of_texts_inserted_one_by_one)
{
    enum { N_TEXTS = 60000, N_ROUND = 1000 };
    struct pd_dictionary together = { 0 }, single = { 0 };
    static char bytes[N_ROUND][24];
    static struct pd_hashed_text texts[N_ROUND];
    static uint32_t codes[N_ROUND], found[N_ROUND];
    for (uint32_t begin = 0; begin < N_TEXTS; begin += N_ROUND) {
        for (uint32_t i = 0; i < N_ROUND; i++) {
            const uint32_t number = (begin + i) * 2654435761u % (i % 3 == 0 ? 50 : 25000);
            const int length = snprintf(bytes[i], sizeof bytes[i], number % 2 == 0 ? "%u" : "a longer text %u", number);
            const struct pd_text text = { bytes[i], (size_t)length };
            texts[i] = (struct pd_hashed_text){ bytes[i], pd_hash_text(text), (uint32_t)length };
        }
        cr_assert_eq(pd_dictionary_insert_all(&together, texts, N_ROUND, codes, NULL), PADAN_OK);
        pd_dictionary_find_all(&together, texts, N_ROUND, found);
        for (uint32_t i = 0; i < N_ROUND; i++) {
            const struct pd_text text = { texts[i].data, texts[i].length };
            cr_assert_eq(codes[i], insert(&single, text));
            cr_assert_eq(found[i], codes[i]);
        }
    }
    cr_assert_eq(together.n_entries, single.n_entries);
    cr_assert_gt(together.n_slots, 1 << 12);
    pd_dictionary_reset(&together);
    pd_dictionary_reset(&single);
}

Test(dictionary, texts_of_one_hash_are_told_apart)
{
    enum { N = 20 };
    struct pd_dictionary dictionary = { 0 };
    char bytes[N + 1][8];
    struct pd_hashed_text texts[N + 1];
    uint32_t codes[N + 1];
    for (uint32_t i = 0; i <= N; i++) {
        (void)snprintf(bytes[i], sizeof bytes[i], "t%02u", i);
        texts[i] = (struct pd_hashed_text){ bytes[i], UINT64_C(0x1234567800000005), 3 };
    }
    cr_assert_eq(pd_dictionary_insert_all(&dictionary, texts, N, codes, NULL), PADAN_OK);
    pd_dictionary_find_all(&dictionary, texts, N + 1, codes);
    for (uint32_t i = 0; i < N; i++) cr_expect_eq(codes[i], i + 1);
    cr_expect_eq(codes[N], 0);
    pd_dictionary_reset(&dictionary);
}

Test(dictionary, one_that_is_trimmed_or_expects_more_keeps_its_texts)
{
    struct pd_dictionary dictionary = { 0 };
    uint32_t code = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        char text[16];
        (void)snprintf(text, sizeof text, "text %u", i);
        if (i % 300 == 299) pd_dictionary_trim(&dictionary);
        if (i % 100 == 50) cr_assert_eq(pd_dictionary_expect(&dictionary, 10 * (size_t)i, NULL), PADAN_OK);
        cr_assert_eq(pd_dictionary_insert(&dictionary, pd_text_of(text), pd_hash_text(pd_text_of(text)), &code, NULL),
                     PADAN_OK);
        cr_assert_eq(code, i + 1);
    }
    pd_dictionary_trim(&dictionary);
    cr_expect_eq(dictionary.bytes_capacity, dictionary.n_bytes);
    cr_expect_eq(dictionary.begins_capacity, 1001);
    cr_expect(pd_text_equal(pd_dictionary_text(&dictionary, 1000), PD_TEXT("text 999")));
    cr_assert_eq(pd_dictionary_index(&dictionary, NULL), PADAN_OK);
    cr_expect_eq(pd_dictionary_find(&dictionary, PD_TEXT("text 7"), pd_hash_text(PD_TEXT("text 7"))), 8);
    pd_dictionary_reset(&dictionary);
    pd_dictionary_trim(&dictionary);
    cr_expect_eq(dictionary.n_entries, 0);
}
