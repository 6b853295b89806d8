/* SPDX-License-Identifier: MIT
 * A hash table of patterns, open addressing, at most half full. */
#include "train/patterns.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

enum { SLOTS_MIN = 256 };

void pd_patterns_reset(struct pd_patterns *patterns)
{
    pd_free(patterns->bytes);
    pd_free(patterns->counts);
    pd_free(patterns->slots);
    *patterns = (struct pd_patterns){ .width = patterns->width };
}

/* The slot that holds the pattern, or the empty one where it belongs. */
static size_t find_slot(const struct pd_patterns *patterns, const int8_t *bytes)
{
    size_t slot = pd_hash_bytes(bytes, patterns->width, 0) & (patterns->n_slots - 1);
    while (patterns->slots[slot] != 0 &&
           memcmp(pd_pattern(patterns, patterns->slots[slot] - 1), bytes, patterns->width) != 0)
        slot = (slot + 1) & (patterns->n_slots - 1);
    return slot;
}

static enum padan_status make_slots(struct pd_patterns *patterns, size_t n_slots, struct padan_error *error)
{
    pd_free(patterns->slots);
    patterns->slots = NULL;
    PD_TRY(pd_allocate(&patterns->slots, n_slots, sizeof *patterns->slots, error));
    patterns->n_slots = n_slots;
    for (size_t i = 0; i < patterns->n; i++)
        patterns->slots[find_slot(patterns, pd_pattern(patterns, i))] = (uint32_t)i + 1;
    return PADAN_OK;
}

static enum padan_status append(struct pd_patterns *patterns, const int8_t *bytes, uint64_t count,
                                struct padan_error *error)
{
    const size_t n = patterns->n + 1;
    if (n >= UINT32_MAX) PD_FAIL(error, PADAN_LIMIT, "more than 4 billion different patterns of levels");
    PD_TRY(pd_grow(&patterns->bytes, &patterns->bytes_capacity, n * patterns->width, 1, error));
    PD_TRY(pd_grow(&patterns->counts, &patterns->counts_capacity, n, sizeof *patterns->counts, error));
    memcpy(patterns->bytes + patterns->n * patterns->width, bytes, patterns->width);
    patterns->counts[patterns->n++] = count;
    return PADAN_OK;
}

enum padan_status pd_patterns_place(struct pd_patterns *patterns, const int8_t *bytes, uint64_t count, uint32_t *place,
                                    struct padan_error *error)
{
    if (patterns->slots == NULL || patterns->n * 2 >= patterns->n_slots) {
        size_t n_slots = SLOTS_MIN;
        while (n_slots < (patterns->n + 1) * 4) n_slots *= 2;
        PD_TRY(make_slots(patterns, n_slots, error));
    }
    const size_t slot = find_slot(patterns, bytes);
    if (patterns->slots[slot] != 0) {
        patterns->counts[patterns->slots[slot] - 1] += count;
    } else {
        PD_TRY(append(patterns, bytes, count, error));
        patterns->slots[slot] = (uint32_t)patterns->n;
    }
    *place = patterns->slots[slot] - 1;
    return PADAN_OK;
}

enum padan_status pd_patterns_add(struct pd_patterns *patterns, const int8_t *bytes, uint64_t count,
                                  struct padan_error *error)
{
    uint32_t place;
    return pd_patterns_place(patterns, bytes, count, &place, error);
}

enum padan_status pd_patterns_merge(struct pd_patterns *patterns, const struct pd_patterns *from,
                                    struct padan_error *error)
{
    for (size_t i = 0; i < from->n; i++) PD_TRY(pd_patterns_add(patterns, pd_pattern(from, i), from->counts[i], error));
    return PADAN_OK;
}

/* A pattern and its count side by side, for qsort. */
struct row {
    uint64_t count;
    size_t width;
    int8_t bytes[PD_PATTERN_BYTES_MAX];
};

static int by_bytes(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    return memcmp(x->bytes, y->bytes, x->width);
}

enum padan_status pd_patterns_sort(struct pd_patterns *patterns, struct padan_error *error)
{
    struct row *rows = NULL;
    PD_TRY(pd_allocate_array(&rows, patterns->n + 1, sizeof *rows, error));
    for (size_t i = 0; i < patterns->n; i++) {
        rows[i].count = patterns->counts[i];
        rows[i].width = patterns->width;
        memcpy(rows[i].bytes, pd_pattern(patterns, i), patterns->width);
    }
    qsort(rows, patterns->n, sizeof *rows, by_bytes);
    for (size_t i = 0; i < patterns->n; i++) {
        patterns->counts[i] = rows[i].count;
        memcpy(patterns->bytes + i * patterns->width, rows[i].bytes, patterns->width);
    }
    pd_free(rows);
    pd_free(patterns->slots);
    patterns->slots = NULL;
    patterns->n_slots = 0;
    return PADAN_OK;
}
