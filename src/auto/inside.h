/* SPDX-License-Identifier: MIT
 * Are links of sources more than what chance and kinship make? Pairs inside the sources tell: where rows are unique
 * there, none of them is a match, but households, branches and namesakes are found inside as often as across. So of the
 * links above a weight, as many are wrong as pairs inside a source reach it, where a row has no match of its own; one
 * that has is linked to it rather than to its relatives. That is so of either row of a pair.
 * Source: decoys that compete with targets, Elias and Gygi 2007; the share of those without a match, Storey 2002; one
 * more than was seen, as in Barber and Candes 2015.
 */
#ifndef PD_AUTO_INSIDE_H
#define PD_AUTO_INSIDE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct pd_inside_input {
    double *links;  /* [n_links] weights of those that the model would take; sorted here */
    double *inside; /* [n_inside] weights of pairs inside the sources, each the best of both rows; sorted here */
    size_t n_links, n_inside;
    double scale;      /* pairs across for one pair inside */
    double most_links; /* that there can be: the rows of the smaller source */
    double larger;     /* rows of the other one */
    bool one_to_one;   /* rows are linked once at most; where not, only whether links hold is asked */
    /* Of pairs of relatives of whom chance would leave both without a match, the share that are left so; 0: all. Where
     * households come and go as a whole, a row without a match has no relative without one in the other source. */
    double apart;
};

struct pd_inside {
    size_t n_links;       /* that the model would take */
    double n_inside;      /* pairs inside, scaled, that reach the weight of the weakest of them */
    double without_match; /* share of rows, at most */
    size_t n_kept;        /* the best links, as many as hold, and of these as many as have the highest F1 by n_wrong */
    double n_wrong;       /* of these, expected */
    double n_right;       /* of all links, expected */
    bool all_hold;        /* no more than the share that may be is wrong at all links */
    bool few_inside;  /* all links would hold if no row had a match of its own: pairs inside are no repeats either */
    bool cannot_tell; /* no number of links holds; those kept look better than all pairs inside by far */
    bool repeats;     /* rows repeat inside: pairs there are no measure, n_links is 0 */
};

void pd_inside_look(struct pd_inside_input *input, struct pd_inside *out);
/* Sorts weights, the largest first. */
void pd_inside_sort(double *weights, size_t n);

#endif
