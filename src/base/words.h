/* SPDX-License-Identifier: MIT
 * Words of a text: runs of letters and digits, small and capital letters alike; bytes of UTF-8 beyond ASCII count as
 * letters. */
#ifndef PD_BASE_WORDS_H
#define PD_BASE_WORDS_H

#include "base/hash.h"
#include "base/text.h"

struct pd_word {
    uint64_t hash, sum;   /* sum: the hash before its last step, to go on from */
    size_t length, end;   /* end: where it ends in its text */
    bool digits, letters; /* has some */
};

static inline bool pd_word_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool pd_word_letter(unsigned char byte)
{
    return ((byte | 0x20u) >= 'a' && (byte | 0x20u) <= 'z') || byte >= 0x80;
}

/* The small letter of a capital one; other bytes as they are. */
static inline unsigned char pd_word_small(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

static inline uint64_t pd_word_add(uint64_t sum, unsigned char byte)
{
    return (sum ^ pd_word_small(byte)) * UINT64_C(0x100000001b3);
}

/* The next word from *place on, which moves behind it; false when there is none. */
static inline bool pd_word_next(struct pd_text text, size_t *place, struct pd_word *word)
{
    size_t i = *place;
    *word = (struct pd_word){ 0 };
    while (i < text.length && !pd_word_digit((unsigned char)text.data[i]) &&
           !pd_word_letter((unsigned char)text.data[i]))
        i++;
    for (; i < text.length; i++, word->length++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (!pd_word_digit(byte) && !pd_word_letter(byte)) break;
        word->digits |= pd_word_digit(byte);
        word->letters |= pd_word_letter(byte);
        word->sum = pd_word_add(word->sum, byte);
    }
    *place = word->end = i;
    word->hash = pd_mix64(word->sum + word->length);
    return word->length > 0;
}

/* The word that two of a text would be if nothing stood between them; it ends where the right one does. */
static inline struct pd_word pd_word_together(const struct pd_word *left, const struct pd_word *right,
                                              struct pd_text text)
{
    struct pd_word word = *left;
    for (size_t i = right->end - right->length; i < right->end; i++)
        word.sum = pd_word_add(word.sum, (unsigned char)text.data[i]);
    word.length += right->length;
    word.end = right->end;
    word.digits |= right->digits;
    word.letters |= right->letters;
    word.hash = pd_mix64(word.sum + word.length);
    return word;
}

/* The first words of a text. */
enum { PD_FIRST_WORDS = 32 };
struct pd_first_words {
    uint64_t hashes[PD_FIRST_WORDS];
    size_t n;
};

/* No more than most of them, nor than PD_FIRST_WORDS. */
static inline void pd_first_words_read(struct pd_text text, size_t most, struct pd_first_words *words)
{
    struct pd_word word;
    size_t place = 0;
    words->n = 0;
    while (words->n < most && pd_word_next(text, &place, &word)) words->hashes[words->n++] = word.hash;
}

static inline bool pd_first_words_have(const struct pd_first_words *words, uint64_t hash)
{
    for (size_t i = 0; i < words->n; i++)
        if (words->hashes[i] == hash) return true;
    return false;
}

#endif
