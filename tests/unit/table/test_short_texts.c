/* SPDX-License-Identifier: MIT
 * Short texts: each finds its own code and no other's, through every growth, whatever bytes it is made of. */
#include <criterion/criterion.h>

#include "base/hash.h"
#include "table/short_texts.h"

static uint32_t find(const struct pd_short_texts *texts, struct pd_text text)
{
    const struct pd_short_slot key = pd_short_key(text.data, text.length);
    return pd_short_find(texts, &key, pd_short_place(texts, &key));
}

/* Of two letters, one of which is the byte 0: many texts differ in their length or one byte alone. */
static struct pd_text make_text(uint64_t *state, char *bytes)
{
    const uint64_t random = pd_mix64(++*state);
    const size_t length = 1 + random % PD_SHORT_TEXT_BYTES;
    for (size_t i = 0; i < length; i++) bytes[i] = (char)(random >> (8 + i) & 1 ? 'a' : '\0');
    return (struct pd_text){ bytes, length };
}

Test(short_texts, give_the_codes_of_a_dictionary)
{
    struct pd_dictionary dictionary = { 0 };
    struct pd_short_texts texts = { 0 };
    uint64_t state = 0;
    char bytes[PD_SHORT_TEXT_BYTES];
    for (int i = 0; i < 50000; i++) {
        const struct pd_text text = make_text(&state, bytes);
        const uint32_t known = pd_dictionary_find(&dictionary, text, pd_hash_text(text));
        cr_assert_eq(texts.n == 0 ? 0 : find(&texts, text), known);
        if (known > 0) continue;
        uint32_t code = 0;
        cr_assert_eq(pd_dictionary_insert(&dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
        cr_assert_eq(pd_short_texts_add(&texts, text, code, NULL), PADAN_OK);
    }
    cr_assert_eq(texts.n, dictionary.n_entries);
    cr_assert_gt(texts.n, 4000);
    pd_short_texts_reset(&texts);
    pd_dictionary_reset(&dictionary);
}

Test(short_texts, of_every_length_are_told_from_their_beginnings)
{
    static const char letters[] = "abcdefghijklm";
    struct pd_short_texts texts = { 0 };
    for (uint32_t length = 0; length <= PD_SHORT_TEXT_BYTES + 1; length++)
        cr_assert_eq(pd_short_texts_add(&texts, (struct pd_text){ letters, length }, length + 100, NULL), PADAN_OK);
    cr_assert_eq(texts.n, PD_SHORT_TEXT_BYTES); /* neither the empty text nor the long one */
    for (uint32_t length = 1; length <= PD_SHORT_TEXT_BYTES; length++)
        cr_expect_eq(find(&texts, (struct pd_text){ letters, length }), length + 100);
    cr_expect_eq(find(&texts, PD_TEXT("abcdefghijkm")), 0);
    pd_short_texts_reset(&texts);
}

Test(short_texts, with_codes_that_do_not_fit_are_left_to_the_dictionary)
{
    struct pd_short_texts texts = { 0 };
    cr_assert_eq(pd_short_texts_add(&texts, PD_TEXT("a"), PD_SHORT_CODE_MASK + 1, NULL), PADAN_OK);
    cr_assert_eq(texts.n, 0);
    cr_assert_eq(pd_short_texts_add(&texts, PD_TEXT("a"), PD_SHORT_CODE_MASK, NULL), PADAN_OK);
    cr_assert_eq(find(&texts, PD_TEXT("a")), PD_SHORT_CODE_MASK);
    pd_short_texts_reset(&texts);
}
