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
    cr_assert(dictionary.n_slots >= 2 * (size_t)dictionary.n_entries);
    pd_dictionary_reset(&dictionary);
    cr_assert_eq(dictionary.n_entries, 0);
}

Test(dictionary, a_trimmed_one_keeps_its_texts_and_takes_more)
{
    struct pd_dictionary dictionary = { 0 };
    uint32_t code = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        char text[16];
        (void)snprintf(text, sizeof text, "text %u", i);
        if (i % 300 == 299) pd_dictionary_trim(&dictionary);
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
