/* SPDX-License-Identifier: MIT
 * The word lists of datasets/ in memory: for a word its class and its canonical form. Open addressing over arena texts;
 * built once, then read by any number of threads. Most words that are looked up are in none of the lists: bits of
 * hashes tell that, a few KB for each list, without a look at its slots. */
#ifndef PD_INDONESIA_LEXICON_H
#define PD_INDONESIA_LEXICON_H

#include "base/arena.h"

struct pd_lexicon_entry {
    struct pd_text word, canonical;
    uint16_t class_id; /* meaning is the loader's */
};

struct pd_lexicon {
    struct pd_lexicon_entry *slots;
    uint64_t *bits; /* a bit set per word, 16 or more for each */
    size_t n_slots, n_entries;
};

/* Adds or replaces a word; texts are borrowed (they must live as long as the lexicon). */
PADAN_MUST_CHECK enum padan_status pd_lexicon_add(struct pd_lexicon *lexicon, struct pd_text word,
                                                  struct pd_text canonical, uint16_t class_id,
                                                  struct padan_error *error);
/* The entry of a word, or NULL. */
const struct pd_lexicon_entry *pd_lexicon_find(const struct pd_lexicon *lexicon, struct pd_text word);
/* Whether a word of this pd_hash_text may be there; most that are not are told so. */
bool pd_lexicon_may_have(const struct pd_lexicon *lexicon, uint64_t hash);
void pd_lexicon_reset(struct pd_lexicon *lexicon);

#endif
