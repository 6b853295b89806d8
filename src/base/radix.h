/* SPDX-License-Identifier: MIT
 * Sorting of (hash, record) keys: runs of equal hashes are the blocks. */
#ifndef PD_BASE_RADIX_H
#define PD_BASE_RADIX_H

#include "base/status.h"

struct pd_key {
    uint64_t hash; /* mixed in its top bits (base/hash.h), or the sort is right but slow */
    uint32_t record;
    uint32_t tag; /* the caller's */
};

/* Room for n keys, and for the scratch to sort them by behind it; both 64-byte aligned. *keys is the caller's to free.
 * OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_keys_make(size_t n, struct pd_key **keys, struct pd_key **scratch,
                                                struct padan_error *error);

/* Sorts items by hash, ascending and stable: equal hashes keep their order, so the result depends on nothing but the
 * input.
 * items    [n] sorted in place.
 * scratch  [n] caller-owned, 64-byte aligned like items (pd_allocate_array); contents are lost.
 * Returns  PADAN_OK; PADAN_OUT_OF_MEMORY (about 1 MB of counters), then items are as they were.
 * Cost     O(n), about 14 ns per key and thread at 100 million keys; not to be called inside pd_parallel_for. */
PADAN_MUST_CHECK enum padan_status pd_radix_sort(struct pd_key *items, struct pd_key *scratch, size_t n, int threads,
                                                 struct padan_error *error);
/* The same of words: all of a word is its key, and its top bits are mixed. About 8 ns per word and thread. */
PADAN_MUST_CHECK enum padan_status pd_radix_sort_words(uint64_t *items, uint64_t *scratch, size_t n, int threads,
                                                       struct padan_error *error);
/* The same by the calling thread alone and without memory of its own, for what fits in its cache: sorts the words of
 * `from` into `to`; from is lost. May be called inside pd_parallel_for. */
void pd_radix_sort_words_into(uint64_t *from, uint64_t *to, size_t n);

/* The end of the run of equal hashes that begins at i. */
static inline size_t pd_key_run_end(const struct pd_key *keys, size_t n, size_t i)
{
    size_t end = i + 1;
    while (end < n && keys[end].hash == keys[i].hash) end++;
    return end;
}

/* The first run of equal hashes that begins in keys [begin, n), for chunks of runs side by side. */
static inline size_t pd_key_run_begin(const struct pd_key *keys, size_t n, size_t begin)
{
    size_t i = begin;
    while (i > 0 && i < n && keys[i].hash == keys[i - 1].hash) i++;
    return i;
}

#endif
