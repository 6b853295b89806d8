/* SPDX-License-Identifier: MIT
 * Distinct texts numbered from 1 in order of first insertion; 0 stands for NULL. Equality of two texts of one
 * dictionary is equality of their codes. Layout: one run of bytes, begin offsets, and an open-addressing table of
 * (hash tag, code) slots (linear probing, at most half full). */
#ifndef PD_TABLE_DICTIONARY_H
#define PD_TABLE_DICTIONARY_H

#include "base/status.h"
#include "base/text.h"

struct pd_dictionary {
    uint32_t n_entries;
    char *bytes;
    size_t n_bytes, bytes_capacity;
    uint64_t *begins; /* [n_entries + 1]: entry of code c is bytes[begins[c-1] .. begins[c]) */
    size_t begins_capacity;
    uint64_t *slots; /* [n_slots] high 32 bits of the hash | code; 0 = empty */
    size_t n_slots;
};

void pd_dictionary_reset(struct pd_dictionary *dictionary);
/* Code of text, inserted when it is new. hash must be pd_hash_text(text). LIMIT at 2^32-2 entries. */
PADAN_MUST_CHECK enum padan_status pd_dictionary_insert(struct pd_dictionary *dictionary, struct pd_text text,
                                                        uint64_t hash, uint32_t *code, struct padan_error *error);
/* Code of text, 0 when it is not in the dictionary. */
uint32_t pd_dictionary_find(const struct pd_dictionary *dictionary, struct pd_text text, uint64_t hash);
/* Brings the slot of a hash into cache ahead of an insert. */
static inline void pd_dictionary_prefetch(const struct pd_dictionary *dictionary, uint64_t hash)
{
    if (dictionary->n_slots > 0) __builtin_prefetch(&dictionary->slots[hash & (dictionary->n_slots - 1)]);
}

static inline struct pd_text pd_dictionary_text(const struct pd_dictionary *dictionary, uint32_t code)
{
    if (code == 0) return (struct pd_text){ NULL, 0 };
    const uint64_t begin = dictionary->begins[code - 1];
    return (struct pd_text){ dictionary->bytes + begin, (size_t)(dictionary->begins[code] - begin) };
}

#endif
