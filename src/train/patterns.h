/* SPDX-License-Identifier: MIT
 * Counts of patterns: the levels of all comparisons of a pair, with what else is kept of it (group, label, marks). EM
 * needs nothing else of the pairs, so a billion of them are some thousand lines. */
#ifndef PD_TRAIN_PATTERNS_H
#define PD_TRAIN_PATTERNS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PD_PATTERN_BYTES_MAX = 192 };

/* A pattern is `width` signed bytes; what they mean is the caller's affair. {.width = n} is empty and usable. */
struct pd_patterns {
    size_t width;
    size_t n;
    int8_t *bytes;    /* [n * width] */
    uint64_t *counts; /* [n] */
    size_t bytes_capacity, counts_capacity;
    uint32_t *slots; /* [n_slots] pattern + 1, 0 = empty; dropped by pd_patterns_sort */
    size_t n_slots;
};

PADAN_MUST_CHECK enum padan_status pd_patterns_add(struct pd_patterns *patterns, const int8_t *bytes, uint64_t count,
                                                   struct padan_error *error);
/* The same, and which of the patterns it is: they are in the order in which they were added first, until they are
 * sorted. */
PADAN_MUST_CHECK enum padan_status pd_patterns_place(struct pd_patterns *patterns, const int8_t *bytes, uint64_t count,
                                                     uint32_t *place, struct padan_error *error);
/* Adds all of `from`. Counts are integers, so the order of merging changes nothing once the patterns are sorted. */
PADAN_MUST_CHECK enum padan_status pd_patterns_merge(struct pd_patterns *patterns, const struct pd_patterns *from,
                                                     struct padan_error *error);
/* Puts the patterns in ascending order of their bytes; more may be added afterwards. */
PADAN_MUST_CHECK enum padan_status pd_patterns_sort(struct pd_patterns *patterns, struct padan_error *error);
void pd_patterns_reset(struct pd_patterns *patterns); /* keeps the width */

static inline const int8_t *pd_pattern(const struct pd_patterns *patterns, size_t i)
{
    return patterns->bytes + i * patterns->width;
}

#endif
