/* SPDX-License-Identifier: MIT */
#include "auto/threshold.h"

#include "auto/same_weight.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where it cannot be told, no pair is taken below probability .999. */
static const double SURE_BITS = 10;
static const double SURE_SHARE = .99;
/* Share of the expected matches that a threshold worth the name finds, of those that have the values for it: where many
 * are missing most matches cannot be told, and that says nothing of how well the others are. */
static const double LEAST_SEPARATED = 2.0 / 3;

struct scored {
    double weight, probability;
    double most; /* the weight that it could have */
};

static int falling(const void *a, const void *b)
{
    const struct scored *x = a;
    const struct scored *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

/* Of the expected matches that could have reached a threshold by the values they have, the share that does. */
static double found_of_reachable(const struct scored *sorted, size_t n, double threshold)
{
    double found = 0, reachable = 0;
    for (size_t i = 0; i < n; i++) {
        if (sorted[i].weight >= threshold) found += sorted[i].probability;
        if (sorted[i].most >= threshold) reachable += sorted[i].probability;
    }
    return found / fmax(reachable, 1e-9);
}

/* From where on the last pair that is taken is linked: the weight of a link is summed anew, maybe in another order. */
static double from_pair(const struct scored *pair)
{
    return pair->weight - PD_SAME_BITS;
}

/* The lowest weight, no lower than bits, above which a share of the pairs is expected to be right. */
static void take_sure(const struct scored *sorted, size_t n, double bits, double share, struct pd_auto_threshold *out)
{
    double true_pairs = 0, taken = 0;
    out->weight = n == 0 ? bits : fmax(sorted[0].weight + 1, bits);
    out->precision = out->recall = 0;
    for (size_t i = 0; i < n && sorted[i].weight >= bits; i++) {
        true_pairs += sorted[i].probability;
        if (i + 1 < n && pd_auto_same_weight(sorted[i].weight, sorted[i + 1].weight)) continue;
        if (true_pairs < share * (double)(i + 1)) continue;
        taken = (double)(i + 1);
        out->weight = fmax(from_pair(&sorted[i]), bits);
        out->precision = true_pairs / taken;
        out->recall = true_pairs / fmax(out->n_matches, 1e-9);
    }
    out->n_pairs = taken;
}

/* All pairs from a weight on. */
static void take_from(const struct scored *sorted, size_t n, double bits, struct pd_auto_threshold *out)
{
    double true_pairs = 0;
    size_t taken = 0;
    for (; taken < n && sorted[taken].weight >= bits; taken++) true_pairs += sorted[taken].probability;
    out->weight = bits;
    out->n_pairs = (double)taken;
    out->precision = true_pairs / fmax((double)taken, 1);
    out->recall = true_pairs / fmax(out->n_matches, 1e-9);
}

/* Sorted, likest first; in memory of its own. */
static enum padan_status sort_pairs(const struct pd_auto_pairs *pairs, struct scored **sorted,
                                    struct padan_error *error)
{
    PD_TRY(pd_allocate_array(sorted, pairs->n + 1, sizeof **sorted, error));
    for (size_t i = 0; i < pairs->n; i++) {
        const double most = pairs->most == NULL ? INFINITY : fmax(pairs->most[i], pairs->weights[i]);
        (*sorted)[i] = (struct scored){ pairs->weights[i], pairs->probabilities[i], most };
    }
    qsort(*sorted, pairs->n, sizeof **sorted, falling);
    return PADAN_OK;
}

static void count_matches(const struct pd_auto_pairs *pairs, struct pd_auto_threshold *out)
{
    for (size_t i = 0; i < pairs->n; i++) {
        out->n_matches += pairs->probabilities[i];
        out->n_unclear += pairs->probabilities[i] > .1 && pairs->probabilities[i] < .9;
    }
}

/* Where the expected F1 is highest; pairs of one weight stand or fall together. */
static void take_best(const struct scored *sorted, size_t n, struct pd_auto_threshold *out)
{
    double best = -1, true_pairs = 0;
    for (size_t i = 0; i < n; i++) {
        true_pairs += sorted[i].probability;
        if (i + 1 < n && pd_auto_same_weight(sorted[i].weight, sorted[i + 1].weight)) continue;
        const double f1 = 2 * true_pairs / ((double)(i + 1) + out->n_matches);
        if (f1 <= best) continue;
        best = f1;
        out->weight = i + 1 < n ? (sorted[i].weight + sorted[i + 1].weight) / 2 : from_pair(&sorted[i]);
        out->n_pairs = (double)(i + 1);
        out->precision = true_pairs / (double)(i + 1);
        out->recall = true_pairs / fmax(out->n_matches, 1e-9);
    }
}

/* Whether matches are told from the rest; not in a file without duplicates, whose likest pairs are merely like. */
static bool stand_out(const struct scored *sorted, size_t n, const struct pd_auto_threshold *best)
{
    return best->precision >= .5 && found_of_reachable(sorted, n, best->weight) >= LEAST_SEPARATED;
}

/* Raises what was found as far as its limits ask. Where hardly anything looks like a match, or none stands out, only
 * what is sure is taken. */
static void keep_limits(const struct scored *sorted, size_t n, const struct pd_auto_limits *least,
                        struct pd_auto_threshold *out)
{
    out->cannot_tell = out->n_matches < 1 || !(least->measured || stand_out(sorted, n, out));
    if (out->weight < least->bits) take_from(sorted, n, least->bits, out);
    if (out->cannot_tell)
        take_sure(sorted, n, SURE_BITS, SURE_SHARE, out);
    else if (out->precision < least->precision)
        take_sure(sorted, n, fmin(least->sure_bits, SURE_BITS), least->precision, out);
    out->cannot_tell = out->cannot_tell || out->n_pairs < 1; /* none is as sure as is asked */
}

enum padan_status pd_auto_threshold(const struct pd_auto_pairs *pairs, const struct pd_auto_limits *least,
                                    struct pd_auto_threshold *out, struct padan_error *error)
{
    struct scored *sorted = NULL;
    *out = (struct pd_auto_threshold){ .weight = SURE_BITS };
    PD_TRY(sort_pairs(pairs, &sorted, error));
    count_matches(pairs, out);
    take_best(sorted, pairs->n, out);
    keep_limits(sorted, pairs->n, least, out);
    pd_free(sorted);
    return PADAN_OK;
}
