/* SPDX-License-Identifier: MIT
 * One file whose commonest pairs are families: training has taken them for matches, and its own doubt says so.
 *
 * Of related pairs it is assumed at first that they have no more than half of what a pair tells in common
 * (model/related.h). Households that share address, postcode, telephone and surname have more, and where they outnumber
 * the duplicates they become the matches. But what training then found is what families look like: it is trained once
 * more with related pairs that begin there, with levels of their own, and with matches that begin where matches do.
 * That stands when it leaves no doubt. Source: restarting a latent class from a known one is semi-supervised EM (Nigam
 * and others 2000). */
#include "zero/state.h"

#include <math.h>

/* What was found, as related pairs for comparisons that no column parts yet: they stand in the order of the columns. */
static void begin_from(const struct pd_zero *zero, struct pd_estimate_start *start)
{
    struct pd_related *related = &start->related;
    *start = (struct pd_estimate_start){ .lambda = pd_zero_start_lambda(zero) };
    related->by_level = true;
    related->lambda = zero->model->lambda;
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        if (zero->comparisons.list[c].state == PD_PARENT_EQUAL) continue;
        for (size_t i = 0; i < comparison->n_levels; i++)
            if (!comparison->levels[i].is_null_level)
                related->levels[related->n_comparisons][comparison->levels[i].gamma + 1] = comparison->levels[i].m;
        related->n_comparisons++;
    }
}

/* The halves of a comparison that was split begin alike. */
void pd_zero_extend_related(struct pd_zero *zero)
{
    struct pd_related *related = &zero->before.related;
    for (size_t c = related->n_comparisons; c < zero->comparisons.n; c++)
        for (size_t i = 0; i < related->n_comparisons; i++)
            if (zero->comparisons.list[i].profile == zero->comparisons.list[c].profile)
                memcpy(related->levels[c], related->levels[i], sizeof related->levels[c]);
}

enum padan_status pd_zero_try_families(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_found found;
    struct pd_estimate_start start;
    if (doubt->kind != PD_DOUBT_FAMILIES || !zero->data.inside) return PADAN_OK;
    begin_from(zero, &start);
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->before = start;
    return pd_zero_train_anew(
        zero, &found, doubt,
        "families           the commonest pairs that are alike differ in what tells people apart: "
        "they are related pairs, and matches are what is likelier than these\n",
        error);
}
