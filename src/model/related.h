/* SPDX-License-Identifier: MIT
 * Pairs that are related without being the same: people of one household, branches of one firm, shops of one street.
 * A mixture of two classes takes the commonest of these for its matches wherever they outnumber them, and always in a
 * file without duplicates; so they have a class of their own, beside the matches and the pairs that have nothing to do
 * with each other.
 *
 * A related pair has the value of a comparison in common with probability `shared`: then its levels are those of
 * matches; else they are those of random pairs. What tells this class from matches with many errors is that some values
 * are never in common: those in common are the likeliest ones that make up half of the information at most, and never a
 * date of birth and two names: who shares these is one who has moved.
 * Source: three classes as in Winkler 1994 and Larsen & Rubin 2001 (matches, other people of the household, others). */
#ifndef PD_MODEL_RELATED_H
#define PD_MODEL_RELATED_H

#include "model/model.h"

enum { PD_GAMMAS = PD_LEVELS_MAX + 1 };

struct pd_related {
    size_t n_comparisons;              /* whose share is known */
    double shared[PD_COMPARISONS_MAX]; /* of related pairs, those with this value in common */
    bool apart[PD_COMPARISONS_MAX];    /* values that most would have in common if they were not one and the same */
    double lambda;                     /* share of related pairs among all; 0 = not begun */
    /* Full names that are not in common still share a word, such as that of the father: where known, levels of related
     * pairs without the value in common. By gamma + 1. */
    bool has_kin[PD_COMPARISONS_MAX];
    double kin[PD_COMPARISONS_MAX][PD_GAMMAS];
    /* More than half may be in common, but never a date of birth nor all names. Without dates the name that is left is
     * equal by chance alone. */
    bool of_households;
    /* Where training has found families, what it found is what related pairs are like: levels by themselves, whatever
     * they have in common; `shared` is then of no use. By gamma + 1. */
    bool by_level;
    double levels[PD_COMPARISONS_MAX][PD_GAMMAS];
};

/* Probability of a level of a related pair, of which matches have m and random pairs u. */
double pd_related_level(const struct pd_related *related, size_t comparison, size_t gamma, double m, double u);

/* One comparison: levels without the null level by gamma, and how many of them in pairs that are expected to be
 * related. */
struct pd_related_field {
    size_t n_levels;
    const double *m, *u, *counts;
};
/* Estimates the share of such pairs that has the value in common; *information is what the field tells of them, in
 * bits. n_unlike: of a full name, the levels from the lowest up that people of one family are at; 0: of another
 * column. */
void pd_related_fit(struct pd_related *related, size_t comparison, const struct pd_related_field *field,
                    size_t n_unlike, double *information);
/* What a comparison says of who somebody is. Comparisons of one column say the same. */
struct pd_telling {
    size_t column;
    unsigned n_names; /* a name, or two of a full one */
    bool is_birth;    /* date of birth or NIK */
    bool is_mail;     /* an address of e-mail */
    size_t n_unlike;  /* of a full name, the levels that people of one family are at; 0: no full name */
};
/* Parts the values into those in common, which make up half of all information at most, and the others. telling
 * [n_comparisons]; NULL: not known. */
void pd_related_divide(struct pd_related *related, const double *information, const struct pd_telling *telling);

#endif
