/* SPDX-License-Identifier: MIT
 * Candidates for training: the pairs of the rules that the model of the moment does not give up.
 *
 * Each training asks for them twice and there are several trainings, with other weights, of the same rules and
 * comparisons. So pairs and levels are kept (linking/level_store.h) as long as the model's text says the same of what
 * levels come from; the last two, for columns as they are and columns that others predict apart. Where rules make more
 * pairs than is kept they are compared each time. */
#include "base/memory.h"
#include "engine/zero_state.h"

#include <math.h>

/* Candidates for training reach this weight (with the prior): below it a pair counts for less than 1 in 16,000. */
static const double CANDIDATE_BITS = -14;
/* Pairs that rules make, at most, to be kept: they take 160 MB, twice to three times that while they are looked for. */
static const double MOST_KEPT = 20e6;

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

static double count_pairs(const struct pd_zero *zero)
{
    double n = 0;
    if (zero->rules.whole) return zero->all_pairs;
    for (size_t i = 0; i < zero->rules.n; i++) n += zero->rules.list[i].pairs;
    return n + (zero->rules.words == NULL ? 0 : zero->rules.words->pairs);
}

/* All that levels and pairs follow from: the model without figures and frequencies, and the scope. */
static enum padan_status print_source(struct pd_zero *zero, struct pd_buffer *out, struct padan_error *error)
{
    const size_t n = zero->options->table->n_sources;
    pd_zero_print_structure(zero, out);
    pd_append_text(out, (struct pd_text){ (const char *)zero->scope, n * n });
    return pd_buffer_status(out, error);
}

static bool is_of(const struct pd_zero_levels *levels, const struct pd_buffer *source)
{
    return levels->source.length == source->length && memcmp(levels->source.data, source->data, source->length) == 0;
}

static void forget(struct pd_zero_levels *levels)
{
    pd_level_store_reset(&levels->store);
    pd_buffer_reset(&levels->source);
}

void pd_zero_forget_levels(struct pd_zero *zero)
{
    for (size_t i = 0; i < PD_ZERO_STORES; i++) forget(&zero->levels[i]);
}

/* The store for the model as it is becomes the first; made where there is none yet. Takes source over. */
static enum padan_status find_store(struct pd_zero *zero, const struct pd_scope *scope, struct pd_buffer *source,
                                    struct padan_error *error)
{
    struct pd_zero_levels *levels = zero->levels;
    const struct pd_zero_levels first = levels[0];
    if (is_of(&levels[0], source)) {
        pd_buffer_reset(source);
        return PADAN_OK;
    }
    levels[0] = levels[1];
    levels[1] = first;
    if (is_of(&levels[0], source)) {
        pd_buffer_reset(source);
        return PADAN_OK;
    }
    forget(&levels[0]);
    levels[0].source = *source;
    *source = (struct pd_buffer){ 0 };
    return pd_level_store_fill(&levels[0].store, &zero->linker, scope, error);
}

static enum padan_status reach(struct pd_zero *zero, const struct pd_scope *scope, pd_weight needed,
                               struct padan_error *error)
{
    struct pd_buffer source = { 0 };
    if (count_pairs(zero) > MOST_KEPT) return pd_linker_run(&zero->linker, scope, needed, &zero->edges, error);
    enum padan_status status = print_source(zero, &source, error);
    if (status == PADAN_OK) status = find_store(zero, scope, &source, error);
    pd_buffer_reset(&source);
    if (status != PADAN_OK) return status;
    return pd_level_store_reach(&zero->levels[0].store, &zero->linker, needed, &zero->edges, error);
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
