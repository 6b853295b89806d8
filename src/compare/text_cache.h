/* SPDX-License-Identifier: MIT
 * Texts of a column made ready for lanes (lanes.h), as they are asked for. Pairs of a block ask for the same few texts
 * again and again, and pairs of neighbouring blocks for the same common names; so only the last thousands are kept,
 * and nothing is stored per distinct text of a column. */
#ifndef PD_COMPARE_TEXT_CACHE_H
#define PD_COMPARE_TEXT_CACHE_H

#include "compare/lanes.h"
#include "table/dictionary.h"

struct pd_text_cache {
    const struct pd_dictionary *dictionary;
    struct pd_lane_texts texts; /* room for PD_CACHED_TEXTS */
    uint32_t *codes;            /* [PD_CACHED_TEXTS] of the texts */
    uint16_t *slots;            /* [PD_CACHE_SLOTS] by hash of the code: index of a text + 1, 0 = free */
    size_t n_texts;
};
enum { PD_CACHED_TEXTS = 2048, PD_CACHE_SLOTS = 4 * PD_CACHED_TEXTS };

/* dictionary must outlive the cache and not change. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status
pd_text_cache_init(struct pd_text_cache *cache, const struct pd_dictionary *dictionary, struct padan_error *error);
void pd_text_cache_reset(struct pd_text_cache *cache);
/* Says that n texts at most will be asked for (n <= PD_CACHED_TEXTS): indices given before may then be void. */
void pd_text_cache_begin(struct pd_text_cache *cache, size_t n);
/* Bring into cache what is looked at where the text of a code is asked for the first time: where it lies, then itself.
 */
static inline void pd_text_cache_prefetch_place(const struct pd_text_cache *cache, uint32_t code)
{
    pd_prefetch(&cache->dictionary->begins[code - 1]);
}
static inline void pd_text_cache_prefetch(const struct pd_text_cache *cache, uint32_t code)
{
    pd_prefetch(cache->dictionary->bytes + cache->dictionary->begins[code - 1]);
}
/* Index in cache->texts of the text of a code (> 0), of which there is a head. */
uint32_t pd_text_cache_find(struct pd_text_cache *cache, uint32_t code);
/* Makes the planes of a text that pd_text_cache_find gave, unless they are there. */
static inline void pd_text_cache_complete(struct pd_text_cache *cache, uint32_t index)
{
    if (!cache->texts.heads[index].has_planes) pd_lane_planes_make(&cache->texts, index);
}

#endif
