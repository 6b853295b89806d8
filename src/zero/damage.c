/* SPDX-License-Identifier: MIT
 * Rules for values that are damaged in another way than those of drawn matches.
 *
 * Rules are chosen before anything is known of matches: by matches that are drawn with the damage which files mostly
 * have, each column by itself (auto/drawn.h). Where values are damaged more often, or those of a row together, rows are
 * left that have no key whole, and what was found does not show it. But it shows what becomes of values: where rules
 * find fewer of matches that are like those found, they are chosen once more by such matches. (What they find is less
 * damaged than the rest: less seems lost than is, never more.) */
#include "zero/state.h"

#include <math.h>

/* Rules are chosen again where they find so much less than was thought. */
static const double LOSES = .002;
/* Pairs that are likelier matches than not, and how many of them show what becomes of values. */
static const double MATCH = .5;
enum { MATCHES_LEAST = 50 };

static uint8_t state_of(const struct pd_zero *zero, size_t profile, size_t edge)
{
    const int likeness = pd_zero_likeness(zero, profile, edge);
    return likeness < 0    ? PD_LEARNT_MISSING
           : likeness == 0 ? PD_LEARNT_OTHER
           : likeness == 1 ? PD_LEARNT_DAMAGED
                           : PD_LEARNT_WHOLE;
}

/* Every so-many-th match, that these come from all rows. */
static enum padan_status learn(struct pd_zero *zero, struct pd_learnt_matches *learnt, struct padan_error *error)
{
    const size_t n_columns = zero->profiles.n_columns;
    const double *probabilities = zero->estimate.probabilities;
    uint8_t *states = NULL;
    size_t n = 0, seen = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) n += probabilities[i] >= MATCH;
    const size_t step = n / PD_DRAWN + 1;
    PD_TRY(pd_arena_allocate(&zero->arena, &states, (n / step + 1) * n_columns, error));
    *learnt = (struct pd_learnt_matches){ .states = states };
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (probabilities[i] < MATCH || seen++ % step != 0) continue;
        for (size_t column = 0; column < n_columns; column++)
            states[learnt->n * n_columns + column] = state_of(zero, column, i);
        learnt->n++;
    }
    return PADAN_OK;
}

/* Whether rules find less than was thought; then they are chosen by what was learnt. */
static enum padan_status choose_again(struct pd_zero *zero, double *coverage, bool *chosen, struct padan_error *error)
{
    struct pd_learnt_matches learnt;
    const double thought = zero->rules.list[zero->rules.n - 1].coverage;
    *chosen = false;
    PD_TRY(learn(zero, &learnt, error));
    if (learnt.n < MATCHES_LEAST) return PADAN_OK;
    zero->profiles.learnt = &learnt;
    enum padan_status status = pd_auto_rules_coverage(&zero->rules, &zero->profiles, &zero->arena, coverage, error);
    *chosen = *coverage < thought - LOSES;
    if (status == PADAN_OK && *chosen) status = pd_zero_choose_rules(zero, error);
    zero->profiles.learnt = NULL;
    return status;
}

static bool can_lose(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const bool by_keys = !zero->rules.whole && zero->rules.words == NULL && !zero->by_row;
    return by_keys && pd_zero_is_clear(zero, doubt);
}

enum padan_status pd_zero_mind_damage(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                      struct padan_error *error)
{
    const struct pd_auto_rules rules = zero->rules;
    bool *const as_found = *best;
    const double matches = zero->estimate.n_matches;
    struct pd_zero_found found;
    double coverage = 1;
    bool chosen = false;
    if (!can_lose(zero, doubt)) return PADAN_OK;
    PD_TRY(choose_again(zero, &coverage, &chosen, error));
    if (!chosen) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, best, error));
    if (pd_zero_is_clear(zero, doubt) && zero->estimate.n_matches > matches) {
        pd_zero_forget(&found);
        pd_append_format(
            zero->said,
            "damage             the rules find %.4f of matches that are damaged as those found are: others "
            "were chosen by these\n",
            coverage);
        pd_zero_say_rules(zero);
        return PADAN_OK;
    }
    zero->rules = rules;
    *best = as_found;
    return pd_zero_take_back(zero, &found, doubt, error);
}
