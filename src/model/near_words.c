/* SPDX-License-Identifier: MIT */
#include "model/near_words.h"

#include "base/memory.h"
#include "model/packed_rows.h"

enum { FIRST_LETTER = '*', LETTERS = 16, LETTER_BITS = 4, ENTRIES_MAX = 1 << 17 };

/* The word of a text, PD_PACKED_NULL when it has none. */
static uint64_t word_of(struct pd_text text)
{
    uint64_t word = 0;
    if (text.length == 0 || text.length > PD_NEAR_LETTERS_MAX) return PD_PACKED_NULL;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned letter = (unsigned char)text.data[i] - (unsigned)FIRST_LETTER;
        if (letter >= LETTERS) return PD_PACKED_NULL;
        word = word << LETTER_BITS | letter;
    }
    return word;
}

/* The length that most texts with a word have, and how many have it. */
static size_t usual_length(const struct pd_dictionary *dictionary, size_t *n)
{
    size_t counts[PD_NEAR_LETTERS_MAX + 1] = { 0 }, length = 0;
    for (uint32_t code = 1; code <= dictionary->n_entries; code++) {
        const struct pd_text text = pd_dictionary_text(dictionary, code);
        if (word_of(text) != PD_PACKED_NULL) counts[text.length]++;
    }
    for (size_t i = 1; i <= PD_NEAR_LETTERS_MAX; i++)
        if (counts[i] > counts[length]) length = i;
    *n = counts[length];
    return length;
}

enum padan_status pd_near_words_make(const struct pd_dictionary *dictionary, uint64_t **words,
                                     struct padan_error *error)
{
    size_t n = 0;
    *words = NULL;
    if (dictionary->n_entries == 0 || dictionary->n_entries > ENTRIES_MAX || dictionary->begins == NULL)
        return PADAN_OK;
    const size_t length = usual_length(dictionary, &n);
    if (2 * n < dictionary->n_entries) return PADAN_OK;
    PD_TRY(pd_allocate_array(words, (size_t)dictionary->n_entries + 1, sizeof **words, error));
    (*words)[0] = PD_PACKED_NULL;
    for (uint32_t code = 1; code <= dictionary->n_entries; code++) {
        const struct pd_text text = pd_dictionary_text(dictionary, code);
        (*words)[code] = text.length == length ? word_of(text) : PD_PACKED_NULL;
    }
    return PADAN_OK;
}
