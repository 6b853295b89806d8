/* SPDX-License-Identifier: MIT
 * A part taken out of chunks, against a textbook sort: every word with a partner is there, in order, and words without
 * one are only there where the table of counts cannot tell. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "block/part.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { ID_BITS = 20, PART_BITS = 2, N_PARTS = 1 << PART_BITS, N_CHUNKS = 3, CHUNK_WORDS = 4000 };

static int by_value(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static uint64_t key_of(uint64_t word)
{
    return word >> ID_BITS;
}

/* n words of records that ascend, of about n_keys keys, in one part after another. */
static void fill_chunk(struct pd_block_items *items, size_t chunk, size_t n_keys, struct pd_random *random)
{
    uint64_t *to = items->words + items->chunk_begins[chunk];
    uint32_t *begins = items->begins + chunk * (N_PARTS + 1), n = 0;
    for (size_t part = 0; part < N_PARTS; part++) {
        begins[part] = n;
        for (size_t i = 0; i < CHUNK_WORDS / N_PARTS; i++) {
            const uint64_t hash = pd_mix64(pd_random_below(random, n_keys) * N_PARTS + part);
            const uint64_t top = (uint64_t)part << (64 - PART_BITS) | hash >> PART_BITS;
            if (part == 1 && chunk == 1) continue; /* a part that a chunk has nothing of */
            to[n] = top >> ID_BITS << ID_BITS | (chunk * CHUNK_WORDS + n);
            n++;
        }
    }
    begins[N_PARTS] = n;
    for (size_t part = 0; part < N_PARTS; part++) items->part_sizes[part] += begins[part + 1] - begins[part];
}

/* The words of parts [begin, end), sorted. */
static size_t sorted_words(const struct pd_block_items *items, size_t begin, size_t end, uint64_t *out)
{
    size_t n = 0;
    for (size_t chunk = 0; chunk < N_CHUNKS; chunk++) {
        const uint32_t *begins = items->begins + chunk * (N_PARTS + 1);
        for (size_t i = begins[begin]; i < begins[end]; i++) out[n++] = items->words[items->chunk_begins[chunk] + i];
    }
    qsort(out, n, sizeof *out, by_value);
    return n;
}

static void check(const struct pd_block_items *items, size_t begin, size_t end, bool few_repeat)
{
    static uint64_t expected[N_CHUNKS * CHUNK_WORDS];
    struct pd_block_part part = { .n = 0 };
    const size_t n = sorted_words(items, begin, end, expected);
    size_t next = 0, n_lonely = 0, n_lonely_kept = 0;
    cr_assert_eq(pd_part_take(items, begin, end, &part, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) {
        const bool lonely = (i == 0 || key_of(expected[i - 1]) != key_of(expected[i])) &&
                            (i + 1 == n || key_of(expected[i + 1]) != key_of(expected[i]));
        const bool kept = next < part.n && part.words[next] == expected[i];
        cr_assert(kept || lonely, "word %zu of %zu has a partner and is not there", i, n);
        next += kept;
        n_lonely += lonely;
        n_lonely_kept += lonely && kept;
    }
    cr_assert_eq(next, part.n, "%zu words are too many or out of order", part.n - next);
    if (few_repeat) cr_assert_lt(n_lonely_kept * 3, n_lonely);
    pd_part_reset(&part);
}

Test(part, words_with_a_partner_are_sorted_and_most_others_dropped)
{
    static const size_t n_keys[] = { 1, 3, 500, 3000, 1000000 };
    for (size_t i = 0; i < sizeof n_keys / sizeof *n_keys; i++) {
        struct pd_random random = { 17 + i };
        struct pd_block_items items = { .id_bits = ID_BITS,
                                        .part_bits = PART_BITS,
                                        .n_parts = N_PARTS,
                                        .n_chunks = N_CHUNKS,
                                        .chunk_words = CHUNK_WORDS };
        cr_assert_eq(pd_allocate(&items.words, N_CHUNKS * CHUNK_WORDS, sizeof *items.words, NULL), PADAN_OK);
        cr_assert_eq(pd_allocate(&items.chunk_begins, N_CHUNKS, sizeof *items.chunk_begins, NULL), PADAN_OK);
        cr_assert_eq(pd_allocate(&items.begins, N_CHUNKS * (N_PARTS + 1), sizeof *items.begins, NULL), PADAN_OK);
        cr_assert_eq(pd_allocate(&items.part_sizes, N_PARTS, sizeof *items.part_sizes, NULL), PADAN_OK);
        for (size_t chunk = 0; chunk < N_CHUNKS; chunk++) /* the last was done first */
            items.chunk_begins[chunk] = (N_CHUNKS - 1 - chunk) * CHUNK_WORDS;
        for (size_t chunk = 0; chunk < N_CHUNKS; chunk++) fill_chunk(&items, chunk, n_keys[i], &random);
        for (size_t begin = 0; begin < N_PARTS; begin++)
            for (size_t end = begin; end <= N_PARTS; end++)
                check(&items, begin, end, n_keys[i] >= 1000000 && end > begin);
        pd_free(items.words);
        pd_free(items.chunk_begins);
        pd_free(items.begins);
        pd_free(items.part_sizes);
    }
}
