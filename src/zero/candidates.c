/* SPDX-License-Identifier: MIT
 * Candidates for training: the pairs of the rules that the model of the moment does not give up. Where rules make many
 * pairs training looks at the first rules alone, and where these make more than are kept (zero/levels.c) they
 * are compared each time. */
#include "base/memory.h"
#include "zero/levels.h"

#include <math.h>

/* Candidates for training reach this weight (with the prior): below it a pair counts for less than 1 in 16,000. */
static const double CANDIDATE_BITS = -14;
/* Pairs that rules make, at most, to be kept, in all or for each row of a large file: the former take 160 MB, twice to
 * three times that while they are looked for. Training looks at fewer where the first rules find nearly all that all of
 * them do: more pairs tell weights no better, and each of the trainings of a run goes over them. */
static const double MOST_KEPT = 20e6, MOST_TRAINED = 5e6, PAIRS_PER_ROW = 10;

double pd_zero_candidate_bits(void)
{
    return CANDIDATE_BITS;
}

/* A model that expects few matches would refuse the pairs that are related, and these have to be known as such. */
static double least_bits(const struct pd_zero *zero)
{
    const double usual = log2(pd_zero_start_matches(zero) / zero->all_pairs);
    return CANDIDATE_BITS + fmin(pd_weight_to_double(zero->model->prior) - usual, 0);
}

static double at_most(const struct pd_zero *zero, double pairs)
{
    return fmax(pairs, PAIRS_PER_ROW * (double)zero->options->table->n_records);
}

enum padan_status pd_zero_choose_rules(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_auto_rules_choose(&zero->data, &zero->profiles, &zero->arena, &zero->rules, error));
    pd_auto_rules_limit_training(&zero->rules, at_most(zero, MOST_TRAINED));
    return PADAN_OK;
}

static enum padan_status reach(struct pd_zero *zero, const struct pd_scope *scope, pd_weight needed,
                               struct padan_error *error)
{
    const struct pd_level_store *store = NULL;
    int8_t *gammas = NULL;
    if (pd_auto_rules_trained_pairs(&zero->rules) > at_most(zero, MOST_KEPT))
        return pd_linker_run(&zero->linker, scope, needed, &zero->edges, error);
    enum padan_status status = pd_zero_find_levels(zero, NULL, &gammas, &store, error);
    if (status == PADAN_OK) status = pd_level_store_reach(store, gammas, &zero->linker, needed, &zero->edges, error);
    pd_free(gammas);
    return status;
}

enum padan_status pd_zero_find_candidates(struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = zero->scope };
    pd_edges_reset(&zero->edges);
    pd_free(zero->extra);
    zero->extra = NULL;
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(reach(zero, &scope, (pd_weight)(least_bits(zero) * (double)PD_WEIGHT_ONE), error));
    PD_TRY(pd_allocate_array(&zero->extra, zero->edges.n_edges + 1, sizeof *zero->extra, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++)
        zero->extra[i] = pd_zero_frequency_bits(zero, zero->edges.gammas + i * zero->edges.n_comparisons,
                                                zero->edges.edges[i].left, zero->edges.edges[i].right);
    return PADAN_OK;
}
