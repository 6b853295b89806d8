/* SPDX-License-Identifier: MIT
 * A comparison compiled for packed rows: what the parts of row_plan.h share. Used inside compare/ only. */
#ifndef PD_COMPARE_ROW_COMPARISON_H
#define PD_COMPARE_ROW_COMPARISON_H

#include "compare/row_plan.h"

/* What two rows tell, in words of facts: which fields are unequal or NULL; NULL on a side; and on the left and on the
 * right, where the bits of values stand as well. */
enum pd_fact_kind { PD_FACT_UNEQUAL, PD_FACT_MISSING, PD_FACT_LEFT, PD_FACT_RIGHT, PD_FACT_KINDS };
struct pd_row_facts {
    const uint64_t *left, *right; /* the rows */
    uint64_t words[PD_FACT_KINDS][PD_PACKED_WORDS_MAX];
};

/* A bit of the facts and what it adds to the answers of a comparison. The answer to one test is the sum of at most two:
 * of SAME, 1 - unequal + 2 missing (what is missing is unequal); of TRUTH, its bit + 2 missing. */
struct pd_fact_term {
    uint16_t word; /* of all kinds, one after another */
    uint16_t bit;
    int32_t weight;
};
enum { PD_FACT_TERMS_MAX = 2 * PD_LEVEL_ATOMS_MAX };

struct pd_row_comparison {
    const struct pd_plan_comparison *comparison;
    const struct pd_level_table *table; /* NULL: the plan answers */
    struct pd_fact_term terms[PD_FACT_TERMS_MAX];
    size_t n_terms;
    int32_t base;                 /* of the answers */
    const pd_weight *most;        /* [answers] the most it can give */
    const pd_weight *most_within; /* [answers][places] the same where a similarity is bounded by that place; or NULL */
    size_t farthest;              /* place of values that are least alike */
    const struct pd_slot *slot;
    double of_equal; /* what the similarity is of equal values, NaN when it depends on them */
    unsigned cost;   /* ns of finding the level where rows do not tell it */
    bool cheap;      /* the similarity costs no more than a cache miss or two */
    bool near;       /* it is a distance of digits in whole words, of which no more than 2 matters */
    const struct pd_packed_field *left, *right;    /* that the similarity compares; NULL: read from columns */
    const struct pd_packed_field **frequency_keys; /* [n_levels] by which term frequencies are looked up, or NULL */
    bool has_frequencies;                          /* some is not NULL */
    /* Without a table: of a level that asks for equal values alone; the most of the other levels. */
    const struct pd_packed_field *equal;
    pd_weight most_unequal;
};

/* The most a level can give. */
static inline pd_weight pd_most_of_level(const struct pd_plan_level *level)
{
    return level->weight + (level->frequency == NULL ? 0 : level->frequency->largest);
}

#endif
