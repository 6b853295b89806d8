/* SPDX-License-Identifier: MIT
 * Distinct texts numbered from 1 in order of first insertion; 0 stands for NULL. Equality of two texts of one
 * dictionary is equality of their codes. Layout: one run of bytes, begin offsets, and an open-addressing table of
 * (hash tag, code) slots (linear probing, at most two thirds full). */
#ifndef PD_TABLE_DICTIONARY_H
#define PD_TABLE_DICTIONARY_H

#include "base/prefetch.h"
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
/* A text with its pd_hash_text. */
struct pd_hashed_text {
    const char *data;
    uint64_t hash;
    uint32_t length;
};
/* Inserts n texts in order; codes [n]. Takes many texts through each step together, so that their cache misses overlap.
 */
PADAN_MUST_CHECK enum padan_status pd_dictionary_insert_all(struct pd_dictionary *dictionary,
                                                            const struct pd_hashed_text *texts, size_t n,
                                                            uint32_t *codes, struct padan_error *error);
/* Columns whose rows bring new texts again and again are not worth a search per text. Their texts are appended as they
 * come, *first the code of the first of n, and told apart at the end, all at once: pd_dictionary_unify numbers them as
 * insertion one by one would have, map [n_entries before + 1] (freed by the caller) from old codes to new.
 * In between the dictionary is loose: its texts may be read, those that were inserted can be found, and none can be
 * inserted. */
PADAN_MUST_CHECK enum padan_status pd_dictionary_reserve(struct pd_dictionary *dictionary, size_t n_entries,
                                                         size_t n_bytes, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_dictionary_append_all(struct pd_dictionary *dictionary,
                                                            const struct pd_hashed_text *texts, size_t n,
                                                            uint32_t *first, struct padan_error *error);
/* The same in two steps: room for n texts of n_bytes, then the texts, whose bytes begin where those of the dictionary
 * ended before. Several threads may write texts of different rooms at once. */
PADAN_MUST_CHECK enum padan_status pd_dictionary_append_room(struct pd_dictionary *dictionary, size_t n, size_t n_bytes,
                                                             uint32_t *first, struct padan_error *error);
void pd_dictionary_append_texts(const struct pd_dictionary *dictionary, uint32_t first, size_t first_byte,
                                const struct pd_hashed_text *texts, size_t n);
PADAN_MUST_CHECK enum padan_status pd_dictionary_unify(struct pd_dictionary *dictionary, int threads, uint32_t **map,
                                                       struct padan_error *error);
/* Makes room at once for as many texts as are expected in all, no fewer than there are, so that they are not placed
 * anew again and again. */
PADAN_MUST_CHECK enum padan_status pd_dictionary_expect(struct pd_dictionary *dictionary, size_t n_entries,
                                                        struct padan_error *error);
/* Makes a unified dictionary searchable again (insertion does it by itself); nothing when it is. */
PADAN_MUST_CHECK enum padan_status pd_dictionary_index(struct pd_dictionary *dictionary, struct padan_error *error);
/* Gives back what only further insertion needs: the slots, and room for more texts. Until the next insertion or
 * pd_dictionary_index nothing is found. */
void pd_dictionary_trim(struct pd_dictionary *dictionary);
/* Gives up all texts, where their number is enough: codes are compared, and no text is read or looked for again. */
void pd_dictionary_forget_texts(struct pd_dictionary *dictionary);
/* Code of text, 0 when it is not in the dictionary. */
uint32_t pd_dictionary_find(const struct pd_dictionary *dictionary, struct pd_text text, uint64_t hash);
/* The same of n texts, with their cache misses overlapping; codes [n]. */
void pd_dictionary_find_all(const struct pd_dictionary *dictionary, const struct pd_hashed_text *texts, size_t n,
                            uint32_t *codes);
/* Brings the slot of a hash into cache ahead of an insert. */
static inline void pd_dictionary_prefetch(const struct pd_dictionary *dictionary, uint64_t hash)
{
    if (dictionary->n_slots > 0) pd_prefetch(&dictionary->slots[hash & (dictionary->n_slots - 1)]);
}

/* Bits in which 8 or 4 bytes differ. */
static inline uint64_t pd_differing_8(const char *a, const char *b)
{
    uint64_t words[2];
    memcpy(&words[0], a, sizeof *words);
    memcpy(&words[1], b, sizeof *words);
    return words[0] ^ words[1];
}

static inline uint32_t pd_differing_4(const char *a, const char *b)
{
    uint32_t words[2];
    memcpy(&words[0], a, sizeof *words);
    memcpy(&words[1], b, sizeof *words);
    return words[0] ^ words[1];
}

/* memcmp(a, b, n) == 0 without a call for the short texts that columns are made of; parts may be looked at twice. */
static inline bool pd_bytes_equal(const char *a, const char *b, size_t n)
{
    if (n > 32) return memcmp(a, b, n) == 0;
    if (n > 16)
        return (pd_differing_8(a, b) | pd_differing_8(a + 8, b + 8) | pd_differing_8(a + n - 16, b + n - 16) |
                pd_differing_8(a + n - 8, b + n - 8)) == 0;
    if (n >= 8) return (pd_differing_8(a, b) | pd_differing_8(a + n - 8, b + n - 8)) == 0;
    if (n >= 4) return (pd_differing_4(a, b) | pd_differing_4(a + n - 4, b + n - 4)) == 0;
    return n == 0 || ((a[0] ^ b[0]) | (a[n / 2] ^ b[n / 2]) | (a[n - 1] ^ b[n - 1])) == 0;
}

static inline struct pd_text pd_dictionary_text(const struct pd_dictionary *dictionary, uint32_t code)
{
    if (code == 0) return (struct pd_text){ NULL, 0 };
    const uint64_t begin = dictionary->begins[code - 1];
    return (struct pd_text){ dictionary->bytes + begin, (size_t)(dictionary->begins[code] - begin) };
}

#endif
