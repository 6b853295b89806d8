/* SPDX-License-Identifier: MIT
 * Addresses (DOMAIN 4.2): RT and RW in all their spellings taken out, the rest as normalised words. */
#ifndef PD_INDONESIA_ADDRESS_H
#define PD_INDONESIA_ADDRESS_H

#include "indonesia/indonesia.h"

enum pd_address_class {
    PD_ADDRESS_STREET = 1, /* JL GG BLOK NO ...: written one way */
    PD_ADDRESS_HAMLET,     /* DUSUN, DUKUH, KAMPUNG ... */
    PD_ADDRESS_LEVEL       /* DESA KEL KEC KAB: kept, written one way */
};

enum { PD_ADDRESS_CAPACITY = 256 };

struct pd_address {
    char street[PD_ADDRESS_CAPACITY]; /* canonical words joined by one blank, without RT/RW; may be empty */
    uint16_t length;
    uint16_t rt, rw; /* 0 = not given */
};

void pd_address_read(const struct pd_indonesia *indonesia, struct pd_text text, struct pd_address *out);
/* RT or RW from a column of its own: `001`, `RT 01`, `1.0`, `001/002` (rt only the first). 0 = none or over 999. */
unsigned pd_rt_read(struct pd_text text);

#endif
