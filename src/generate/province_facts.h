/* SPDX-License-Identifier: MIT
 * Facts about provinces: people and peoples. */
#ifndef PD_GENERATE_PROVINCE_FACTS_H
#define PD_GENERATE_PROVINCE_FACTS_H

#include "generate/name_lists.h"

enum { PD_PEOPLES_OF_PROVINCE = 6 };

struct pd_province_facts {
    unsigned code;     /* two digits */
    double population; /* millions; rounded, general knowledge [bk] */
    struct {
        enum pd_people people;
        int percent; /* 0 ends the list; sums to 100 [assume] */
    } peoples[PD_PEOPLES_OF_PROVINCE];
};

extern const struct pd_province_facts pd_province_facts[];
extern const size_t pd_n_province_facts;

/* NULL for a code that is no province. */
const struct pd_province_facts *pd_province_find(unsigned code);

#endif
