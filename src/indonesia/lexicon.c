/* SPDX-License-Identifier: MIT */
#include "indonesia/lexicon.h"

#include "base/hash.h"
#include "base/memory.h"

static struct pd_lexicon_entry *slot_of(struct pd_lexicon_entry *slots, size_t n_slots, struct pd_text word)
{
    size_t position = pd_hash_text(word) & (n_slots - 1);
    while (slots[position].word.data != NULL && !pd_text_equal(slots[position].word, word))
        position = (position + 1) & (n_slots - 1);
    return &slots[position];
}

static enum padan_status rehash(struct pd_lexicon *lexicon, struct padan_error *error)
{
    const size_t n_slots = lexicon->n_slots == 0 ? 64 : lexicon->n_slots * 2;
    struct pd_lexicon_entry *slots = NULL;
    PD_TRY(pd_allocate(&slots, n_slots, sizeof *slots, error));
    for (size_t i = 0; i < lexicon->n_slots; i++)
        if (lexicon->slots[i].word.data != NULL) *slot_of(slots, n_slots, lexicon->slots[i].word) = lexicon->slots[i];
    pd_free(lexicon->slots);
    lexicon->slots = slots;
    lexicon->n_slots = n_slots;
    return PADAN_OK;
}

enum padan_status pd_lexicon_add(struct pd_lexicon *lexicon, struct pd_text word, struct pd_text canonical,
                                 uint16_t class_id, struct padan_error *error)
{
    if (2 * (lexicon->n_entries + 1) > lexicon->n_slots) PD_TRY(rehash(lexicon, error));
    struct pd_lexicon_entry *slot = slot_of(lexicon->slots, lexicon->n_slots, word);
    lexicon->n_entries += slot->word.data == NULL;
    *slot = (struct pd_lexicon_entry){ word, canonical, class_id };
    return PADAN_OK;
}

const struct pd_lexicon_entry *pd_lexicon_find(const struct pd_lexicon *lexicon, struct pd_text word)
{
    if (lexicon->n_slots == 0 || word.length == 0) return NULL;
    const struct pd_lexicon_entry *slot = slot_of(lexicon->slots, lexicon->n_slots, word);
    return slot->word.data == NULL ? NULL : slot;
}

void pd_lexicon_reset(struct pd_lexicon *lexicon)
{
    pd_free(lexicon->slots);
    *lexicon = (struct pd_lexicon){ 0 };
}
