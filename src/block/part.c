/* SPDX-License-Identifier: MIT */
#include "block/part.h"

#include "base/bits.h"
#include "base/memory.h"
#include "base/radix.h"

enum { HASH_BITS = 64, SEEN_PER_WORD_BITS = 2, FEW_WORDS = 8 };

void pd_part_reset(struct pd_block_part *part)
{
    pd_free(part->words);
    pd_free(part->scratch);
    pd_free(part->seen);
    *part = (struct pd_block_part){ .n = 0 };
}

static enum padan_status make_room(struct pd_block_part *part, size_t n, struct padan_error *error)
{
    PD_TRY(pd_grow(&part->words, &part->capacity, n, sizeof *part->words, error));
    PD_TRY(pd_grow(&part->scratch, &part->scratch_capacity, n, sizeof *part->scratch, error));
    return part->seen != NULL ? PADAN_OK : pd_allocate(&part->seen, (size_t)1 << PD_PART_SEEN_BITS, 1, error);
}

/* Copies one part side by side, chunk after chunk. Returns how many words. */
static size_t copy_part(const struct pd_block_items *items, size_t part, uint64_t *to)
{
    size_t n = 0;
    for (size_t chunk = 0; chunk < items->n_chunks; chunk++) {
        const uint32_t *begins = items->begins + chunk * (items->n_parts + 1) + part;
        const uint64_t *from = items->words + items->chunk_begins[chunk];
        for (size_t i = begins[0]; i < begins[1]; i++) to[n++] = from[i];
    }
    return n;
}

/* Drops words that have no partner, n of one part; the others keep their order. Returns how many there are. */
static size_t drop_lonely(const struct pd_block_items *items, uint8_t *seen, uint64_t *words, size_t n)
{
    const unsigned hash_bits = HASH_BITS - items->id_bits - items->part_bits;
    unsigned width = pd_bit_width(n) + SEEN_PER_WORD_BITS;
    size_t n_kept = 0;
    if (n < FEW_WORDS) return n;
    if (width > PD_PART_SEEN_BITS) width = PD_PART_SEEN_BITS;
    if (width > hash_bits) width = hash_bits;
    memset(seen, 0, (size_t)1 << width);
    for (size_t i = 0; i < n; i++) {
        uint8_t *const count = &seen[words[i] << items->part_bits >> (HASH_BITS - width)];
        *count |= (uint8_t)(2 * *count + 1); /* 1 once, 3 or more again */
    }
    for (size_t i = 0; i < n; i++) {
        const uint64_t word = words[i];
        words[n_kept] = word;
        n_kept += seen[word << items->part_bits >> (HASH_BITS - width)] >= 3;
    }
    return n_kept;
}

enum padan_status pd_part_take(const struct pd_block_items *items, size_t begin, size_t end, struct pd_block_part *part,
                               struct padan_error *error)
{
    size_t n = 0;
    for (size_t i = begin; i < end; i++) n += items->part_sizes[i];
    PD_TRY(make_room(part, n, error));
    part->n = 0;
    for (size_t i = begin; i < end; i++) {
        const size_t n_copied = copy_part(items, i, part->scratch);
        const size_t n_kept = drop_lonely(items, part->seen, part->scratch, n_copied);
        pd_radix_sort_words_into(part->scratch, part->words + part->n, n_kept);
        part->n += n_kept;
    }
    return PADAN_OK;
}
