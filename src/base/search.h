/* SPDX-License-Identifier: MIT
 * Binary search among ascending numbers that stand in any structs. */
#ifndef PD_BASE_SEARCH_H
#define PD_BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

/* Index of the last of n numbers that is not above value; 0 when the first is. first: the first number; stride: bytes
 * from one to the next. */
static inline size_t pd_search_last(const uint32_t *first, size_t stride, size_t n, uint32_t value)
{
    size_t begin = 0, end = n;
    while (end - begin > 1) {
        const size_t middle = begin + (end - begin) / 2;
        const uint32_t *number = (const uint32_t *)(const void *)((const char *)first + middle * stride);
        if (*number <= value)
            begin = middle;
        else
            end = middle;
    }
    return begin;
}

/* Index of the first of n numbers that is not below value; n when all are. first, stride: as above. */
static inline size_t pd_search_first(const uint32_t *first, size_t stride, size_t n, uint32_t value)
{
    size_t begin = 0, end = n;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        const uint32_t *number = (const uint32_t *)(const void *)((const char *)first + middle * stride);
        if (*number < value)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

#endif
