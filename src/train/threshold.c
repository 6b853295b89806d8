/* SPDX-License-Identifier: MIT */
#include "train/threshold.h"

#include <math.h>
#include <stdlib.h>

/* Heaviest first. */
static int by_weight(const void *a, const void *b)
{
    const struct pd_scored_label *x = a;
    const struct pd_scored_label *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

static void count_from(const struct pd_scored_label *labels, size_t n, struct pd_threshold *threshold)
{
    uint64_t matches = 0;
    threshold->n_labelled = 0;
    for (size_t i = 0; i < n && labels[i].weight >= threshold->weight; i++) {
        threshold->n_labelled++;
        matches += labels[i].is_match;
    }
    threshold->precision = threshold->n_labelled == 0 ? NAN : (double)matches / (double)threshold->n_labelled;
}

struct pd_threshold pd_threshold_find(struct pd_scored_label *labels, size_t n, double precision, pd_weight least,
                                      pd_weight cautious)
{
    struct pd_threshold threshold = { .weight = cautious };
    uint64_t n_wrong = 0;
    qsort(labels, n, sizeof *labels, by_weight);
    for (size_t i = 0; i < n && labels[i].weight >= least; i++) {
        n_wrong += !labels[i].is_match;
        if (i + 1 < n && labels[i + 1].weight == labels[i].weight) continue; /* equal weights stand or fall together */
        if ((double)(n_wrong + 1) > (1 - precision) * (double)(i + 2)) continue;
        threshold.weight = labels[i].weight;
        threshold.shown = true;
    }
    for (size_t i = 0; !threshold.shown && i < n; i++)
        if (!labels[i].is_match && labels[i].weight >= threshold.weight) threshold.weight = labels[i].weight + 1;
    count_from(labels, n, &threshold);
    return threshold;
}
