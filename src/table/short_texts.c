/* SPDX-License-Identifier: MIT */
#include "table/short_texts.h"

#include "base/memory.h"

enum { SLOTS_MIN = 256, WORD_BITS = 64 };

void pd_short_texts_reset(struct pd_short_texts *texts)
{
    pd_free(texts->slots);
    *texts = (struct pd_short_texts){ 0 };
}

static void put(struct pd_short_texts *texts, const struct pd_short_slot *slot)
{
    size_t place = pd_short_place(texts, slot);
    while (texts->slots[place].code != 0) place = (place + 1) & (texts->n_slots - 1);
    texts->slots[place] = *slot;
}

/* Two thirds full at most, as the dictionaries. */
static enum padan_status make_room(struct pd_short_texts *texts, struct padan_error *error)
{
    if ((texts->n + 1) * 3 <= texts->n_slots * 2) return PADAN_OK;
    struct pd_short_texts grown = { .n_slots = texts->n_slots == 0 ? SLOTS_MIN : texts->n_slots * 2, .n = texts->n };
    grown.shift = WORD_BITS - (unsigned)__builtin_ctzll(grown.n_slots);
    PD_TRY(pd_allocate(&grown.slots, grown.n_slots, sizeof *grown.slots, error));
    for (size_t i = 0; i < texts->n_slots; i++)
        if (texts->slots[i].code != 0) put(&grown, &texts->slots[i]);
    pd_free(texts->slots);
    *texts = grown;
    return PADAN_OK;
}

enum padan_status pd_short_texts_add(struct pd_short_texts *texts, struct pd_text text, uint32_t code,
                                     struct padan_error *error)
{
    if (!pd_text_is_short(text.length) || code > PD_SHORT_CODE_MASK) return PADAN_OK;
    PD_TRY(make_room(texts, error));
    struct pd_short_slot slot = pd_short_key(text.data, text.length);
    slot.code |= code;
    put(texts, &slot);
    texts->n++;
    return PADAN_OK;
}
