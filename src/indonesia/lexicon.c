/* SPDX-License-Identifier: MIT */
#include "indonesia/lexicon.h"

#include "base/hash.h"
#include "base/memory.h"

enum { BITS_PER_SLOT = 8, WORD_BITS = 64 };

static struct pd_lexicon_entry *slot_of(struct pd_lexicon_entry *slots, size_t n_slots, struct pd_text word,
                                        uint64_t hash)
{
    size_t position = hash & (n_slots - 1);
    while (slots[position].word.data != NULL && !pd_text_equal(slots[position].word, word))
        position = (position + 1) & (n_slots - 1);
    return &slots[position];
}

/* The number of a hash's bit, by its upper half: slots are found by the lower one. */
static size_t bit_of(const struct pd_lexicon *lexicon, uint64_t hash)
{
    return (size_t)(hash >> 32) & (lexicon->n_slots * BITS_PER_SLOT - 1);
}

static void put(struct pd_lexicon *lexicon, const struct pd_lexicon_entry *entry)
{
    const uint64_t hash = pd_hash_text(entry->word);
    const size_t bit = bit_of(lexicon, hash);
    struct pd_lexicon_entry *slot = slot_of(lexicon->slots, lexicon->n_slots, entry->word, hash);
    lexicon->n_entries += slot->word.data == NULL;
    lexicon->bits[bit / WORD_BITS] |= UINT64_C(1) << (bit % WORD_BITS);
    *slot = *entry;
}

static enum padan_status rehash(struct pd_lexicon *lexicon, struct padan_error *error)
{
    struct pd_lexicon larger = { .n_slots = lexicon->n_slots == 0 ? 64 : lexicon->n_slots * 2 };
    PD_TRY(pd_allocate(&larger.slots, larger.n_slots, sizeof *larger.slots, error));
    const enum padan_status status =
        pd_allocate(&larger.bits, larger.n_slots * BITS_PER_SLOT / WORD_BITS, sizeof *larger.bits, error);
    if (status != PADAN_OK) {
        pd_lexicon_reset(&larger);
        return status;
    }
    for (size_t i = 0; i < lexicon->n_slots; i++)
        if (lexicon->slots[i].word.data != NULL) put(&larger, &lexicon->slots[i]);
    pd_lexicon_reset(lexicon);
    *lexicon = larger;
    return PADAN_OK;
}

enum padan_status pd_lexicon_add(struct pd_lexicon *lexicon, struct pd_text word, struct pd_text canonical,
                                 uint16_t class_id, struct padan_error *error)
{
    const struct pd_lexicon_entry entry = { word, canonical, class_id };
    if (2 * (lexicon->n_entries + 1) > lexicon->n_slots) PD_TRY(rehash(lexicon, error));
    put(lexicon, &entry);
    return PADAN_OK;
}

bool pd_lexicon_may_have(const struct pd_lexicon *lexicon, uint64_t hash)
{
    if (lexicon->n_slots == 0) return false;
    const size_t bit = bit_of(lexicon, hash);
    return (lexicon->bits[bit / WORD_BITS] >> (bit % WORD_BITS) & 1) != 0;
}

const struct pd_lexicon_entry *pd_lexicon_find(const struct pd_lexicon *lexicon, struct pd_text word)
{
    if (word.length == 0) return NULL;
    const uint64_t hash = pd_hash_text(word);
    if (!pd_lexicon_may_have(lexicon, hash)) return NULL;
    const struct pd_lexicon_entry *slot = slot_of(lexicon->slots, lexicon->n_slots, word, hash);
    return slot->word.data == NULL ? NULL : slot;
}

void pd_lexicon_reset(struct pd_lexicon *lexicon)
{
    pd_free(lexicon->slots);
    pd_free(lexicon->bits);
    *lexicon = (struct pd_lexicon){ 0 };
}
