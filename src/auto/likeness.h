/* SPDX-License-Identifier: MIT
 * How much alike the contents of two columns are, whatever they are called: the overlap of the distributions of their
 * values, their words, their letter pairs and their shapes. Values are compared by letters and digits alone, dates by
 * year, month and day, so that case, signs and formats do not matter.
 * Source: Bhattacharyya 1943 (the overlap); instance-based schema matching as surveyed by Rahm & Bernstein 2001. */
#ifndef PD_AUTO_LIKENESS_H
#define PD_AUTO_LIKENESS_H

#include "auto/profile.h"
#include "table/join.h"

enum pd_spread_kind {
    PD_SPREAD_VALUES,
    PD_SPREAD_WORDS,
    PD_SPREAD_PAIRS,
    PD_SPREAD_SHAPES,
    PD_SPREAD_DIGITS, /* the last digits of codes (auto/last_digits.h) */
    PD_SPREADS
};

/* Hashes with their shares, ascending by hash. */
struct pd_spread {
    uint64_t *hashes;
    double *shares;
    size_t n;
};

/* What a column holds. */
struct pd_contents {
    struct pd_spread spreads[PD_SPREADS];
};

/* Of a column, or of several put together, in the records [begin, end). */
struct pd_contents_of {
    const struct pd_profile *profile; /* how dates are written */
    struct pd_column_parts parts;
    size_t begin, end;
};
PADAN_MUST_CHECK enum padan_status pd_contents_read(const struct pd_table *table, const struct pd_contents_of *of,
                                                    struct pd_contents *contents, struct padan_error *error);
void pd_contents_reset(struct pd_contents *contents);
/* From 0, nothing in common, to 1, the same distribution of everything. */
double pd_contents_likeness(const struct pd_contents *a, const struct pd_contents *b);
/* Whether they are one number by its last digits, however it begins in either. */
bool pd_contents_are_one_number(const struct pd_contents *a, const struct pd_contents *b);
/* Share of the words of a that are words of b. */
double pd_contents_covered(const struct pd_contents *a, const struct pd_contents *b);

#endif
