/* SPDX-License-Identifier: MIT
 * Codes of short texts, most of which were met before: dates, codes of villages, places, first names. A text of up to
 * twelve bytes lies in its slot, beside its length and its code, so that a look is one cache line where a dictionary
 * takes three (slot, place and bytes), and needs no hash of bytes: two multiplications of the words that are compared
 * anyhow. It stands beside a dictionary (table/dictionary.h), which has all texts and gives them their codes.
 *
 *   slot   |first 8 bytes|next 4 bytes|length, code|      bytes behind the text are 0; linear probing */
#ifndef PD_TABLE_SHORT_TEXTS_H
#define PD_TABLE_SHORT_TEXTS_H

#include "base/prefetch.h"
#include "table/dictionary.h"

enum { PD_SHORT_TEXT_BYTES = 12, PD_SHORT_CODE_BITS = 28 };
#define PD_SHORT_CODE_MASK ((UINT32_C(1) << PD_SHORT_CODE_BITS) - 1)

struct pd_short_slot {
    uint64_t first;
    uint32_t next;
    uint32_t code; /* length in the bits above PD_SHORT_CODE_BITS; 0 = empty */
};

struct pd_short_texts {
    struct pd_short_slot *slots; /* [n_slots] */
    size_t n_slots, n;
    unsigned shift;
};

void pd_short_texts_reset(struct pd_short_texts *texts);
/* Adds a text that is not there; nothing when it is longer than PD_SHORT_TEXT_BYTES or empty, or its code has more bits
 * than fit. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_short_texts_add(struct pd_short_texts *texts, struct pd_text text, uint32_t code,
                                                      struct padan_error *error);

static inline bool pd_text_is_short(size_t length)
{
    return length - 1 < PD_SHORT_TEXT_BYTES;
}

/* The slot that a short text would have, without its code. Nothing beside its bytes is read. */
static inline struct pd_short_slot pd_short_key(const char *data, size_t length)
{
    struct pd_short_slot key = { 0, 0, (uint32_t)length << PD_SHORT_CODE_BITS };
    uint32_t head = 0, tail = 0;
    if (length >= 8) {
        memcpy(&key.first, data, sizeof key.first);
        memcpy(&tail, data + length - 4, sizeof tail);
        /* Of the last four bytes those past the eighth. */
        key.next = (uint32_t)((uint64_t)tail >> 8 * (PD_SHORT_TEXT_BYTES - length));
    } else if (length >= 4) {
        memcpy(&head, data, sizeof head);
        memcpy(&tail, data + length - 4, sizeof tail);
        key.first = head | (uint64_t)tail << 8 * (length - 4);
    } else {
        key.first = (uint64_t)(unsigned char)data[0] | (uint64_t)(unsigned char)data[length / 2] << 8 * (length / 2) |
                    (uint64_t)(unsigned char)data[length - 1] << 8 * (length - 1);
    }
    return key;
}

static inline size_t pd_short_place(const struct pd_short_texts *texts, const struct pd_short_slot *key)
{
    const uint64_t next = (uint64_t)key->next | (uint64_t)(key->code & ~PD_SHORT_CODE_MASK) << 32;
    const uint64_t mixed = key->first * UINT64_C(0x9e3779b97f4a7c15) ^ next * UINT64_C(0xd6e8feb86659fd93);
    return (size_t)((mixed ^ mixed >> 32) * UINT64_C(0x9fb21c651e98df25) >> texts->shift);
}

/* The code of a short text from its place on, 0 when it is not there. texts has slots. */
static inline uint32_t pd_short_find(const struct pd_short_texts *texts, const struct pd_short_slot *key, size_t place)
{
    for (;; place = (place + 1) & (texts->n_slots - 1)) {
        const struct pd_short_slot *slot = &texts->slots[place];
        if (slot->code == 0) return 0;
        const uint32_t lengths = (slot->code ^ key->code) >> PD_SHORT_CODE_BITS;
        if (((slot->first ^ key->first) | (slot->next ^ key->next) | lengths) == 0) {
            return slot->code & PD_SHORT_CODE_MASK;
        }
    }
}

#endif
