/* SPDX-License-Identifier: MIT
 * A comparison compiled for packed rows: what the parts of row_plan.h share. Used inside compare/ only. */
#ifndef PD_COMPARE_ROW_COMPARISON_H
#define PD_COMPARE_ROW_COMPARISON_H

#include "compare/bound_memo.h"
#include "compare/place_memo.h"
#include "compare/row_lanes.h"
#include "compare/row_plan.h"

/* What two rows tell, in words of facts: which fields are unequal or NULL; NULL on a side; and on the left and on the
 * right, where the bits of values stand as well. */
enum pd_fact_kind { PD_FACT_UNEQUAL, PD_FACT_MISSING, PD_FACT_LEFT, PD_FACT_RIGHT, PD_FACT_KINDS };
struct pd_row_facts {
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
    const bool *settled;          /* [answers] and it gives just that */
    const pd_weight *most_within; /* [answers][places] the same where a similarity is bounded by that place; or NULL */
    size_t farthest;              /* place of values that are least alike */
    const struct pd_slot *slot;
    double of_equal; /* what the similarity is of equal values, NaN when it depends on them */
    unsigned cost;   /* ns of finding the level where rows do not tell it */
    bool cheap;      /* the similarity costs no more than a cache miss or two */
    bool near;       /* it is a distance of digits in whole words, of which no more than 2 matters */
    bool remembers;  /* it costs more than a look at what was found of the same two texts, which are told by codes */
    bool unordered;  /* and its two texts are of one column: it is the same of either first */
    unsigned memo;   /* which of those that remember it is */
    const struct pd_packed_field *left, *right;    /* that the similarity compares; NULL: read from columns */
    const struct pd_packed_field **frequency_keys; /* [n_levels] by which term frequencies are looked up, or NULL */
    bool has_frequencies;                          /* some is not NULL */
    /* Without a table: of a level that asks for equal values alone; the most of the other levels. */
    const struct pd_packed_field *equal;
    pd_weight most_unequal;
};

/* The codes of two texts that a comparison remembers the similarity of. */
struct pd_text_codes {
    uint32_t left, right;
};

/* Scratch of one thread, and what sifting knows of the pairs that it keeps. */
struct pd_row_lanes {
    const struct pd_lane_kernels *kernels;
    size_t n_comparisons, n_memos;
    struct pd_open_pairs *texts;   /* [n_comparisons] pairs of texts to be compared in lanes */
    struct pd_place_slot **memos;  /* [n_memos] */
    struct pd_bound_slot *bounded; /* of facts met before; NULL: nothing is remembered */
    /* Of the pairs kept: */
    pd_weight *sums;   /* [PD_SIFT_MAX] the prior, what settled comparisons give, and the bounds of the others */
    uint64_t *open;    /* [PD_SIFT_MAX] bit per comparison that is not settled: its level or its weight is not known */
    uint8_t *levels;   /* [PD_SIFT_MAX][n_comparisons] PD_LEVEL_OPEN = not known; behind them room for a slot's */
    pd_weight *bounds; /* the same, of pairs with an open comparison alone, as are answers, and: */
    uint32_t *words;
    uint64_t *asked;             /* [PD_SIFT_MAX] bit per comparison that remembers, whose level is open: not of NULL */
    struct pd_text_codes *codes; /* [PD_SIFT_MAX][n_memos] of those; rows have gone from the cache when they are read */
};

/* Two rows whose pair is judged. */
struct pd_two_rows {
    const uint64_t *left, *right;
};

static inline struct pd_two_rows pd_rows_of_pair(const struct pd_packed_rows *rows, const struct pd_pair *pair)
{
    return (struct pd_two_rows){ pd_packed_row(rows, pair->left), pd_packed_row(rows, pair->right) };
}

/* A side of the similarity has no value. */
static inline bool pd_row_similarity_is_null(const struct pd_row_comparison *comparison, struct pd_two_rows rows)
{
    return pd_packed_is_missing(comparison->left, rows.left) || pd_packed_is_missing(comparison->right, rows.right);
}

/* The two values are equal, and what their similarity is then is known. */
static inline bool pd_row_is_known_equal(const struct pd_row_comparison *comparison, struct pd_two_rows rows)
{
    return comparison->of_equal == comparison->of_equal && pd_packed_is_equal(comparison->left, rows.left, rows.right);
}

/* The similarity of values that are not NULL; where it is `near`, any distance over 2 may stand for another. */
double pd_row_similarity(const struct pd_row_comparison *comparison, struct pd_two_rows rows);

/* The weight of a level by the frequency of the pair's own value is told by rows. */
static inline bool pd_row_tells_frequency(const struct pd_row_comparison *comparison, unsigned level,
                                          struct pd_two_rows rows)
{
    const struct pd_packed_field *key = comparison->frequency_keys[level];
    return key != NULL && !pd_packed_is_missing(key, rows.left) && !pd_packed_is_missing(key, rows.right);
}

/* That weight. */
static inline pd_weight pd_row_weight(const struct pd_row_comparison *comparison, unsigned index,
                                      struct pd_two_rows rows)
{
    const struct pd_plan_level *level = &comparison->comparison->levels[index];
    const struct pd_packed_field *key = comparison->frequency_keys[index];
    return level->weight + pd_term_frequency_of_words(level->frequency, pd_packed_value(key, rows.left),
                                                      pd_packed_value(key, rows.right));
}

/* The most that a level of the comparison gives, which may be none, and whether it gives just that. */
static inline pd_weight pd_row_most_of(const struct pd_row_comparison *comparison, unsigned level)
{
    return level == PD_LEVEL_NONE ? 0 : pd_most_of_level(&comparison->comparison->levels[level]);
}
static inline bool pd_row_is_settled_by(const struct pd_row_comparison *comparison, unsigned level)
{
    return level == PD_LEVEL_NONE || comparison->comparison->levels[level].frequency == NULL;
}

#endif
