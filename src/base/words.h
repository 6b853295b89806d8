/* SPDX-License-Identifier: MIT
 * Words of a text: runs of letters and digits, small and capital letters alike; bytes of UTF-8 beyond ASCII count as
 * letters. */
#ifndef PD_BASE_WORDS_H
#define PD_BASE_WORDS_H

#include "base/hash.h"
#include "base/text.h"

struct pd_word {
    uint64_t hash;
    size_t length;
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

/* The next word from *place on, which moves behind it; false when there is none. */
static inline bool pd_word_next(struct pd_text text, size_t *place, struct pd_word *word)
{
    size_t i = *place;
    uint64_t hash = 0;
    *word = (struct pd_word){ 0 };
    while (i < text.length && !pd_word_digit((unsigned char)text.data[i]) &&
           !pd_word_letter((unsigned char)text.data[i]))
        i++;
    for (; i < text.length; i++, word->length++) {
        const unsigned char byte = (unsigned char)text.data[i];
        if (!pd_word_digit(byte) && !pd_word_letter(byte)) break;
        word->digits |= pd_word_digit(byte);
        word->letters |= pd_word_letter(byte);
        hash = (hash ^ pd_word_small(byte)) * UINT64_C(0x100000001b3);
    }
    *place = i;
    word->hash = pd_mix64(hash + word->length);
    return word->length > 0;
}

#endif
