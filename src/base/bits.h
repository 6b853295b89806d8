/* SPDX-License-Identifier: MIT */
#ifndef PD_BASE_BITS_H
#define PD_BASE_BITS_H

#include <stdint.h>

/* Number of bits needed to write a value; 0 needs none. */
static inline unsigned pd_bit_width(uint64_t value)
{
    return value == 0 ? 0 : 64 - (unsigned)__builtin_clzll(value);
}

#endif
