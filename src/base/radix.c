/* SPDX-License-Identifier: MIT
 *
 * Method. One parallel pass parts the keys by their top bits (MSD): each chunk counts its keys per partition, a prefix
 * sum over (partition, chunk) gives every chunk its own places, and the chunks scatter through one cache line of
 * buffer per partition that is written out whole ("software write-combining"). Partitions then fit in the L2 cache and
 * are sorted independently: one or two LSD passes over just as many further bits as tell most keys apart, then the few
 * neighbours that are out of order are repaired. All parts are stable, so neither chunks nor threads show.
 *
 *   items:   |chunk 0      |chunk 1      |...          count, scatter
 *   scratch: |partition 0 (chunk 0, chunk 1, ..)|partition 1 ...|
 *   items:   |partition 0 sorted                |partition 1 ...|
 *
 * Ideas: data.table forder.c (count matrix, vertical prefix sum); Polychroniou and Ross 2014 (write-combining). */
#include "base/radix.h"

#include "base/bits.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#define STORE_FENCE() _mm_sfence()
#else
#define STORE_FENCE() ((void)0)
#endif

enum {
    PARTITION_BITS_MAX = 11, /* 2048 lines of 64 bytes: 128 KiB of buffers per worker, in L2 */
    PARTITION_KEYS = 4096,   /* wanted per partition: 64 KiB and as much scratch */
    DIGIT_BITS_MAX = 11,     /* 16 KiB of counters, in L1 */
    INSERTION_MAX = 24,      /* below this, insertion sort beats counting */
    CHUNKS_MAX = 64,
    CHUNK_KEYS_MIN = 1 << 16
};

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

#define RADIX_ITEM struct pd_key
#define RADIX_KEY(item) ((item).hash)
#define RADIX_NAME(name) name##_of_keys
#include "base/radix_sort.inc"

#define RADIX_ITEM uint64_t
#define RADIX_KEY(item) (item)
#define RADIX_NAME(name) name##_of_words
#include "base/radix_sort.inc"

enum padan_status pd_keys_make(size_t n, struct pd_key **keys, struct pd_key **scratch, struct padan_error *error)
{
    enum { LINE_KEYS = 64 / sizeof(struct pd_key) };
    const size_t room = (n + LINE_KEYS - 1) / LINE_KEYS * LINE_KEYS;
    *keys = *scratch = NULL;
    PD_TRY(pd_allocate_array(keys, room * 2, sizeof **keys, error));
    *scratch = *keys + room;
    return PADAN_OK;
}

enum padan_status pd_radix_sort(struct pd_key *items, struct pd_key *scratch, size_t n, int threads,
                                struct padan_error *error)
{
    return sort_all_of_keys(items, scratch, n, threads, error);
}

enum padan_status pd_radix_sort_words(uint64_t *items, uint64_t *scratch, size_t n, int threads,
                                      struct padan_error *error)
{
    return sort_all_of_words(items, scratch, n, threads, error);
}

void pd_radix_sort_words_into(uint64_t *from, uint64_t *to, size_t n)
{
    sort_into_of_words(from, to, n);
}
