/* SPDX-License-Identifier: MIT */
#include "model/source_pairs.h"

#include "base/memory.h"

#include <math.h>

static const struct pd_source_pair *find_pair(const struct pd_model *model, struct pd_text a, struct pd_text b)
{
    for (size_t i = 0; i < model->n_source_pairs; i++) {
        const struct pd_source_pair *pair = &model->source_pairs[i];
        if (pd_text_equal(pair->left, a) && pd_text_equal(pair->right, b)) return pair;
        if (pd_text_equal(pair->left, b) && pd_text_equal(pair->right, a)) return pair;
    }
    return NULL;
}

pd_weight pd_linked_from(const struct pd_link_thresholds *thresholds, struct pd_text a, struct pd_text b)
{
    if (thresholds->by_source == NULL) return thresholds->linked;
    const struct pd_source_pair *pair = find_pair(thresholds->by_source, a, b);
    return pair != NULL && pair->has_automatic ? pd_weight_of_bits(pair->automatic) : thresholds->linked;
}

static bool are_one(const pd_weight *weights, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (weights[i] != weights[0]) return false;
    return true;
}

enum padan_status pd_source_weights_make(const struct pd_model *model, const struct pd_table *table,
                                         struct pd_source_weights *weights, struct padan_error *error)
{
    const size_t n = table->n_sources;
    const pd_weight automatic = pd_weight_of_bits(model->automatic_weight);
    *weights = (struct pd_source_weights){ .n_sources = n, .largest_prior = model->prior };
    enum padan_status status = pd_allocate(&weights->priors, n * n + 1, sizeof *weights->priors, error);
    if (status == PADAN_OK) status = pd_allocate(&weights->automatic, n * n + 1, sizeof *weights->automatic, error);
    for (size_t i = 0; status == PADAN_OK && i < n * n; i++) {
        const struct pd_source_pair *pair = find_pair(model, table->sources[i / n].name, table->sources[i % n].name);
        weights->priors[i] = pair == NULL ? model->prior : pair->prior;
        weights->automatic[i] = automatic;
        if (pair != NULL && pair->has_automatic) weights->automatic[i] = pd_weight_of_bits(pair->automatic);
        if (weights->priors[i] > weights->largest_prior) weights->largest_prior = weights->priors[i];
    }
    if (status != PADAN_OK) {
        pd_source_weights_reset(weights);
        return status;
    }
    weights->one_prior = are_one(weights->priors, n * n);
    weights->one_automatic = are_one(weights->automatic, n * n);
    return PADAN_OK;
}

void pd_source_weights_reset(struct pd_source_weights *weights)
{
    pd_free(weights->priors);
    pd_free(weights->automatic);
    *weights = (struct pd_source_weights){ .n_sources = 0 };
}
