/* SPDX-License-Identifier: MIT
 * Do the expected matches of a row hold several people?
 *
 * A value that is damaged in one row of a person stands in that row alone: every slip is another one. A household whose
 * members stand several times each has, for one telephone and one street, a first name in some rows and another one in
 * others. So of the expected matches that differ in what tells people apart those count whose rows have both another
 * expected match with the same value: both values stand for somebody. Where members stand once mostly nobody else has
 * their names; but slips leave names alike, and more names that are not alike at all than come of anything else are
 * those of other people.
 * Source: as in sequencing, where a variant that several reads have is one, and that of a single read an error. */
#include "auto/kind.h"
#include "zero/state.h"

#include "base/memory.h"

#include <math.h>
#include <string.h>

/* Pairs that are expected to be matches rather than not. */
static const double MATCH = .5;
/* Where more of them are not alike at all, those are pairs of two people, whoever else has their values. */
static const double DIFFER_OFTEN = .25;
/* Texts that fewer pairs share by chance tell rows apart; what differs in more of the matches does not hold them. */
static const double RARE = .02, DIFFER_MOSTLY = .55;

int pd_zero_likeness(const struct pd_zero *zero, size_t profile, size_t edge)
{
    const int8_t *gammas = zero->edges.gammas + edge * zero->edges.n_comparisons;
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        if (zero->comparisons.list[c].profile != profile || gammas[c] < 0) continue;
        const int equal = zero->model->comparisons[c].levels[1].gamma; /* the null level stands first */
        return gammas[c] == equal ? 2 : gammas[c] > 0;
    }
    return -1;
}

/* Texts that tell rows apart: of numbers, codes and dates many are of something that happened. */
static bool is_rare_text(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_auto_comparison *compared = &zero->comparisons.list[comparison];
    const struct pd_profile *profile = &zero->profiles.columns[compared->profile];
    const bool is_text = profile->kind == PD_KIND_TEXT || profile->kind == PD_KIND_NAME;
    return is_text && compared->state != PD_PARENT_EQUAL && pd_kind_is_filled(profile) &&
           zero->model->comparisons[comparison].levels[1].u <= RARE;
}

static double several_by(const struct pd_zero *zero, size_t profile, bool *stands)
{
    double filled = 0, several = 0, differ = 0;
    memset(stands, 0, zero->options->table->n_records * sizeof *stands);
    for (size_t i = 0; i < zero->edges.n_edges; i++)
        if (zero->estimate.probabilities[i] >= MATCH && pd_zero_likeness(zero, profile, i) == 2)
            stands[zero->edges.edges[i].left] = stands[zero->edges.edges[i].right] = true;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const struct pd_edge *edge = &zero->edges.edges[i];
        const int likeness = pd_zero_likeness(zero, profile, i);
        if (zero->estimate.probabilities[i] < MATCH || likeness < 0) continue;
        filled++;
        differ += likeness == 0;
        several += likeness == 0 && stands[edge->left] && stands[edge->right];
    }
    if (differ > DIFFER_OFTEN * filled) several = differ;
    return filled < 1 ? 0 : several / filled;
}

/* A first name of which there are few tells the members of a family apart too. */
static bool tells_members_apart(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_auto_comparison *compared = &zero->comparisons.list[comparison];
    if (zero->profiles.columns[compared->profile].of_a_file || compared->state == PD_PARENT_EQUAL) return false;
    return pd_zero_tells_people_apart(zero, comparison) || pd_zero_telling_of(zero, comparison).n_names > 0;
}

struct pd_zero_holding pd_zero_find_holding(const struct pd_zero *zero)
{
    struct pd_zero_holding holding = { .n = 0 };
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const size_t profile = zero->comparisons.list[c].profile;
        double filled = 0, differ = 0;
        if (!is_rare_text(zero, c)) continue;
        for (size_t i = 0; i < zero->edges.n_edges; i++) {
            const int likeness = pd_zero_likeness(zero, profile, i);
            filled += likeness < 0 ? 0 : zero->estimate.probabilities[i];
            differ += likeness == 0 ? zero->estimate.probabilities[i] : 0;
        }
        if (filled >= 1 && differ <= DIFFER_MOSTLY * filled) holding.profiles[holding.n++] = profile;
    }
    return holding;
}

enum padan_status pd_zero_find_several(struct pd_zero *zero, double *share, struct padan_error *error)
{
    bool *stands = NULL;
    *share = 0;
    PD_TRY(pd_allocate_array(&stands, zero->options->table->n_records + 1, sizeof *stands, error));
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (tells_members_apart(zero, c))
            *share = fmax(*share, several_by(zero, zero->comparisons.list[c].profile, stands));
    pd_free(stands);
    return PADAN_OK;
}
