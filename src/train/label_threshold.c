/* SPDX-License-Identifier: MIT
 * Matches that were drawn at random tell the recall from a weight on. How many matches there are follows from the pairs
 * that are sure, and with both the matches, and the F1, from any weight on. Pairs drawn by their weight, as a user
 * labels those that are unclear, tell instead how likely a match is at a weight: a logistic curve of two parameters
 * (Platt 1999), held to the model's own. In both the model counts as so many labels more. */
#include "train/label_threshold.h"

#include "base/memory.h"

#include <math.h>
#include <stdint.h>

/* Pairs of so many bits are taken for matches where the labels do not say otherwise. */
static const double SURE_BITS = 10;
/* Labels that the model's own expectation is worth. */
static const double MODEL_LABELS = 10;
/* Labels of a kind that tell something. */
static const size_t MATCHES_LEAST = 20, OF_EACH_LEAST = 5;
/* Share of labels that may be wrong. */
static const double SLIPS = .06;
/* Standard deviations of the curve's parameters from the model's, which are 0 bits and 1. */
static const double SHIFT_BITS = 3, SLOPE = .5;
/* Another threshold is worth it from so much more F1 on. */
static const double WORTH_IT = .002;

enum { CURVE_STEPS = 300 };

static double probability_of(double bits)
{
    return 1 / (1 + exp2(-bits));
}

static size_t count(const struct pd_weighed_label *labels, size_t n, bool is_match, double from)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) found += labels[i].is_match == is_match && labels[i].weight >= from;
    return found;
}

/* Labelled matches from a weight on. */
static size_t count_matches(const struct pd_weighed_pairs *pairs, double from)
{
    return count(pairs->labels, pairs->n_labels, true, from);
}

enum pd_label_draw pd_label_draw_of(const struct pd_weighed_label *labels, size_t n, double least)
{
    const size_t matches = count(labels, n, true, least), others = count(labels, n, false, least);
    const double all_others = (double)count(labels, n, false, -INFINITY);
    if (matches >= OF_EACH_LEAST && others >= OF_EACH_LEAST && 2 * (double)others >= all_others)
        return PD_LABELS_BY_WEIGHT;
    return matches >= MATCHES_LEAST && (double)others <= SLIPS * all_others ? PD_LABELS_OF_MATCHES : PD_LABELS_MIXED;
}

/* --- matches drawn at random --- */

/* The sure pairs, and the matches that the model expects among them and among all. */
struct expected {
    size_t n_sure;
    double sure_bits, sure, all;
};

static struct expected expect(const struct pd_weighed_pairs *pairs, double before)
{
    struct expected expected = { .sure_bits = fmax(SURE_BITS, before) };
    for (size_t i = 0; i < pairs->n; i++) {
        expected.all += probability_of(pairs->weights[i]);
        if (pairs->weights[i] < expected.sure_bits) continue;
        expected.sure = expected.all;
        expected.n_sure++;
    }
    return expected;
}

/* The share of all matches among pairs, by the labelled ones of them and by the share that the model expects. */
static double recall_of(const struct pd_weighed_pairs *pairs, double n_labelled, double share_of_model)
{
    return (n_labelled + MODEL_LABELS * share_of_model) / ((double)count_matches(pairs, -INFINITY) + MODEL_LABELS);
}

/* Labelled matches from a weight on; below `before` one less, for no threshold is to fall for one label, which may be
 * wrong. */
static double labelled_from(const struct pd_weighed_pairs *pairs, double bits, double before)
{
    const double n = (double)count_matches(pairs, bits);
    return bits >= before ? n : fmax(n - 1, (double)count_matches(pairs, before));
}

static double matches_by_sure(const struct pd_weighed_pairs *pairs, double before)
{
    const struct expected expected = expect(pairs, before);
    if (expected.n_sure == 0) return INFINITY;
    return expected.sure /
           recall_of(pairs, (double)count_matches(pairs, expected.sure_bits), expected.sure / expected.all);
}

struct pd_label_total pd_label_matches(const struct pd_weighed_pairs *pairs, double before)
{
    if (pd_label_draw_of(pairs->labels, pairs->n_labels, pairs->least) == PD_LABELS_BY_WEIGHT ||
        count_matches(pairs, pairs->least) < MATCHES_LEAST)
        return (struct pd_label_total){ INFINITY, INFINITY };
    return (struct pd_label_total){ matches_by_sure(pairs, before), matches_by_sure(pairs, SURE_BITS) };
}

/* found [n]: matches expected among the pairs up to each, of n_matches. */
static void find_by_recall(const struct pd_weighed_pairs *pairs, double before, double n_matches, double *found)
{
    const struct expected expected = expect(pairs, before);
    const double n_sure = (double)expected.n_sure;
    const double recall_sure =
        recall_of(pairs, (double)count_matches(pairs, expected.sure_bits), expected.sure / expected.all);
    const double sure = fmin(n_matches * recall_sure, n_sure);
    double sum = expected.sure, recall = 0;
    size_t last = SIZE_MAX; /* the pair that recall was told of */
    for (size_t i = 0; i < expected.n_sure; i++) found[i] = sure * (double)(i + 1) / n_sure;
    for (size_t i = expected.n_sure; i < pairs->n; i++) {
        sum += probability_of(pairs->weights[i]);
        if (last == SIZE_MAX || pairs->weights[i] < pairs->weights[last])
            recall = recall_of(pairs, labelled_from(pairs, pairs->weights[i], before), sum / expected.all);
        last = i;
        found[i] = sure + fmin(n_matches * (recall - recall_sure), (double)(i + 1) - n_sure);
    }
}

/* --- pairs drawn by weight --- */

/* log2 odds = shift + slope * weight. */
struct curve {
    double shift, slope;
};

/* One label that is wrong does not bend the curve: it is as if the pair were just sure. */
static double bounded(double weight)
{
    return fmax(fmin(weight, SURE_BITS), -SURE_BITS);
}

/* Uphill by the steepest curvature that there can be, p (1 - p) <= 1/4, so that no step goes too far (Böhning and
 * Lindsay 1988). */
static void step(const struct pd_weighed_pairs *pairs, struct curve *curve)
{
    const double of_shift = 1 / (SHIFT_BITS * SHIFT_BITS), of_slope = 1 / (SLOPE * SLOPE);
    double g0 = -curve->shift * of_shift, g1 = -(curve->slope - 1) * of_slope;
    const double bend = M_LN2 * M_LN2 / 4;
    double h00 = of_shift, h01 = 0, h11 = of_slope;
    for (size_t i = 0; i < pairs->n_labels; i++) {
        if (pairs->labels[i].weight < pairs->least) continue;
        const double weight = bounded(pairs->labels[i].weight);
        const double p = probability_of(curve->shift + curve->slope * weight);
        const double rest = (pairs->labels[i].is_match - p) * M_LN2;
        g0 += rest;
        g1 += rest * weight;
        h00 += bend;
        h01 += bend * weight;
        h11 += bend * weight * weight;
    }
    const double determinant = h00 * h11 - h01 * h01;
    curve->shift += (h11 * g0 - h01 * g1) / determinant;
    curve->slope += (h00 * g1 - h01 * g0) / determinant;
}

static double find_by_curve(const struct pd_weighed_pairs *pairs, double *found)
{
    struct curve curve = { 0, 1 };
    double sum = 0;
    for (int i = 0; i < CURVE_STEPS; i++) step(pairs, &curve);
    for (size_t i = 0; i < pairs->n; i++) {
        sum += probability_of(curve.shift + curve.slope * pairs->weights[i]);
        found[i] = sum;
    }
    return sum;
}

/* --- the threshold --- */

static double f1_of(double found, size_t taken, double all)
{
    return 2 * found / ((double)taken + all);
}

static void choose(const struct pd_weighed_pairs *pairs, const double *found, double all, double before,
                   struct pd_label_threshold *out)
{
    for (size_t i = 0; i < pairs->n; i++) {
        const bool is_last = i + 1 == pairs->n;
        if (pairs->weights[i] >= before) out->f1_before = f1_of(found[i], i + 1, all);
        if (out->draw == PD_LABELS_MIXED) continue;
        if (!is_last && pairs->weights[i + 1] >= pairs->weights[i]) continue; /* equal ones stand or fall together */
        const double f1 = f1_of(found[i], i + 1, all);
        if (f1 <= out->f1) continue;
        out->f1 = f1;
        out->weight = is_last ? pairs->weights[i] : (pairs->weights[i] + pairs->weights[i + 1]) / 2;
    }
    if (out->f1 >= out->f1_before + WORTH_IT) return;
    out->f1 = out->f1_before;
    out->weight = before;
}

enum padan_status pd_label_threshold_find(const struct pd_weighed_pairs *pairs, double before, double n_matches,
                                          struct pd_label_threshold *out, struct padan_error *error)
{
    const enum pd_label_draw draw = pd_label_draw_of(pairs->labels, pairs->n_labels, pairs->least);
    const bool can_tell = pairs->n > 0 && (draw == PD_LABELS_BY_WEIGHT || isfinite(n_matches));
    double all = n_matches;
    double *found = NULL;
    *out = (struct pd_label_threshold){ .draw = draw, .weight = before };
    if (!can_tell) return PADAN_OK;
    PD_TRY(pd_allocate(&found, pairs->n, sizeof *found, error));
    if (draw == PD_LABELS_BY_WEIGHT)
        all = find_by_curve(pairs, found);
    else
        find_by_recall(pairs, before, n_matches, found);
    choose(pairs, found, all, before, out);
    pd_free(found);
    return PADAN_OK;
}
