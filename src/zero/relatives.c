/* SPDX-License-Identifier: MIT
 * Rows of a link that have no match in the other source, but relatives there.
 *
 * Rows that compete keep families out of the matches as long as the row's own match is there to win. Where it is not, a
 * brother who shares the telephone and the surname is the best there is, and where such values tell most he passes for
 * a match. That shows inside the sources, where nobody has a match: as many pairs are alike there (zero/inside.c). So
 * where a link is not clear it is trained once more with a class of related pairs for rows that have no match, as one
 * file has it. That stands where rows still are unique, and where it is better by what pairs inside say of both: of the
 * links, less the wrong ones that these make likely. Where pairs inside do not tell, as one source is much larger, it
 * stands where more is expected of it. */
#include "zero/state.h"

#include <math.h>

/* What families share a part of is a name; without any, related pairs are not told from others. */
static bool has_names(const struct pd_zero *zero)
{
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (zero->telling[c].n_names > 0) return true;
    return false;
}

/* Where rows were taken to repeat, and what repeats are families, they are the relatives. */
static bool is_worth_it(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const bool families = doubt->kind == PD_DOUBT_FAMILIES && zero->repeats;
    const bool unclear = doubt->kind == PD_DOUBT_NONE && !zero->repeats && !pd_zero_is_clear(zero, doubt);
    return !zero->data.inside && !zero->by_row && !zero->relatives && (families || unclear) && !zero->inside.repeats &&
           has_names(zero);
}

/* Links that are likely right where this share of rows has no match. */
static double likely_right(const struct pd_inside *inside, double without)
{
    return fmax((double)inside->n_links - without * inside->n_inside, 0);
}

/* Whether later links are better by F1: both find a part of the same matches, as many at least as either. */
static bool is_better(const struct pd_inside *before, const struct pd_inside *later)
{
    const double without = fmin(before->without_match, later->without_match);
    const double right = likely_right(before, without), later_right = likely_right(later, without);
    const double matches = fmax(right, later_right);
    return later_right * ((double)before->n_links + matches) > right * ((double)later->n_links + matches);
}

/* stands: whether what was found later is better. */
static enum padan_status train(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                               const struct pd_zero_found *found, bool *stands, struct padan_error *error)
{
    const struct pd_inside before = zero->inside;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, best, error));
    const double expected = pd_zero_expected(zero, doubt);
    *stands = *best != NULL && !zero->repeats && expected > 0;
    if (!*stands) return PADAN_OK;
    PD_TRY(pd_zero_look_inside(zero, *best, error));
    const bool measured = before.n_links > 0 && zero->inside.n_links > 0;
    *stands = !zero->inside.cannot_tell && !zero->inside.repeats &&
              (measured ? is_better(&before, &zero->inside) : expected > found->expected);
    return PADAN_OK;
}

enum padan_status pd_zero_try_relatives(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                        struct padan_error *error)
{
    struct pd_zero_found found;
    const struct pd_inside before = zero->inside;
    const struct pd_uniqueness uniqueness = zero->uniqueness;
    bool *const as_found = *best;
    const bool repeated = zero->repeats;
    bool stands = false;
    if (!is_worth_it(zero, doubt)) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->relatives = true;
    zero->repeats = false;
    PD_TRY(train(zero, doubt, best, &found, &stands, error));
    if (stands) {
        pd_zero_forget(&found);
        pd_append_string(zero->said,
                         "relatives          rows without a match have relatives in the other source: these "
                         "pairs are a class of their own\n");
        return PADAN_OK;
    }
    zero->relatives = false;
    zero->repeats = repeated;
    zero->inside = before;
    zero->uniqueness = uniqueness;
    *best = as_found;
    return pd_zero_take_back(zero, &found, doubt, error);
}
