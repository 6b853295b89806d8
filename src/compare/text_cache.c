/* SPDX-License-Identifier: MIT */
#include "compare/text_cache.h"

#include "base/memory.h"

enum { SLOT_BITS = 13 };
_Static_assert(PD_CACHE_SLOTS == 1 << SLOT_BITS, "slots are chosen by the top bits of a hash");

enum padan_status pd_text_cache_init(struct pd_text_cache *cache, const struct pd_dictionary *dictionary,
                                     struct padan_error *error)
{
    *cache = (struct pd_text_cache){ .dictionary = dictionary };
    enum padan_status status = pd_lane_texts_init(&cache->texts, PD_CACHED_TEXTS, error);
    if (status == PADAN_OK) status = pd_allocate(&cache->codes, PD_CACHED_TEXTS, sizeof *cache->codes, error);
    if (status == PADAN_OK) status = pd_allocate(&cache->slots, PD_CACHE_SLOTS, sizeof *cache->slots, error);
    return status;
}

void pd_text_cache_reset(struct pd_text_cache *cache)
{
    pd_lane_texts_reset(&cache->texts);
    pd_free(cache->codes);
    pd_free(cache->slots);
    *cache = (struct pd_text_cache){ 0 };
}

void pd_text_cache_begin(struct pd_text_cache *cache, size_t n)
{
    if (cache->n_texts + n <= PD_CACHED_TEXTS) return;
    memset(cache->slots, 0, PD_CACHE_SLOTS * sizeof *cache->slots);
    cache->n_texts = 0;
}

uint32_t pd_text_cache_find(struct pd_text_cache *cache, uint32_t code)
{
    size_t slot = (code * UINT32_C(2654435769)) >> (32 - SLOT_BITS); /* 2^32 / golden ratio */
    for (; cache->slots[slot] != 0; slot = (slot + 1) % PD_CACHE_SLOTS) {
        const uint32_t index = cache->slots[slot] - UINT32_C(1);
        if (cache->codes[index] == code) return index;
    }
    const uint32_t index = (uint32_t)cache->n_texts++;
    cache->slots[slot] = (uint16_t)(index + 1);
    cache->codes[index] = code;
    pd_lane_head_make(&cache->texts, index, pd_dictionary_text(cache->dictionary, code));
    return index;
}
