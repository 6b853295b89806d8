/* SPDX-License-Identifier: MIT
 * One file that holds two lists without duplicates, and does not say which row is of which: the rosters of two offices
 * one below the other.
 *
 * Inside one file nothing keeps namesakes and families out of the matches but their number; where values are few, they
 * are many times as many. In a link of two sources competition does: a row has one match, and its candidates share what
 * probability there is. So where a file is not clear (training doubts what it found, found nothing, or many pairs could
 * be either), it is trained once more with rows that compete. That stands when it bears itself out: no doubt, hardly a
 * row with two good candidates that agree with each other, and more pairs told apart than before. Then clusters have
 * two rows at most. Where rows repeat already without competition it is not tried. Families and households are tried
 * before: of a doubt nothing is expected, and a handful of pairs of two lists would be better than that, though
 * households explain thousands. */
#include "zero/state.h"

/* Rows with two good candidates that agree with each other, of all that have one: beyond, entities have many rows. */
static const double REPEATED_MOSTLY = .5;
/* With competition fewer may have them: else groups of three and more would be cut. */
static const double REPEATED_HARDLY = .05;

bool pd_zero_hardly_repeats(const struct pd_zero *zero)
{
    const struct pd_uniqueness *uniqueness = &zero->uniqueness;
    return !uniqueness->several && uniqueness->n_repeated <= REPEATED_HARDLY * uniqueness->n_rows;
}

static enum padan_status is_worth_it(struct pd_zero *zero, const struct pd_zero_doubt *doubt, bool *worth,
                                     struct padan_error *error)
{
    bool *best = NULL;
    *worth = zero->data.inside && zero->options->table->n_sources == 1 && !pd_zero_is_clear(zero, doubt);
    if (!*worth) return PADAN_OK;
    if (doubt->kind != PD_DOUBT_NONE) return PADAN_OK; /* what repeats are families then */
    PD_TRY(pd_zero_find_best(zero, &best, error));
    *worth = zero->uniqueness.n_repeated <= REPEATED_MOSTLY * zero->uniqueness.n_rows;
    return PADAN_OK;
}

static enum padan_status train_pairs(struct pd_zero *zero, struct pd_zero_found *found, struct pd_zero_doubt *doubt,
                                     struct padan_error *error)
{
    bool *best = NULL;
    zero->pairwise = true;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, &best, error));
    if (pd_zero_hardly_repeats(zero) && pd_zero_expected(zero, doubt) > found->expected) {
        pd_zero_forget(found);
        pd_append_string(zero->said, "two lists          rows have one match at most: their candidates compete, and "
                                     "clusters have two rows at most\n");
        return PADAN_OK;
    }
    return pd_zero_take_back(zero, found, doubt, error);
}

enum padan_status pd_zero_try_pairs(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_found found;
    bool worth = false;
    PD_TRY(is_worth_it(zero, doubt, &worth, error));
    if (!worth) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    return train_pairs(zero, &found, doubt, error);
}
