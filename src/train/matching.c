/* SPDX-License-Identifier: MIT */
#include "train/matching.h"

#include "base/memory.h"

#include <math.h>

/* Messages that move less have hardly anything more to say; the next step moves them on. */
static const double AT_REST = 1e-3;

enum padan_status pd_matching_make(struct pd_matching *matching, size_t n, struct padan_error *error)
{
    *matching = (struct pd_matching){ .n = n };
    enum padan_status status = pd_allocate(&matching->left, n + 1, sizeof *matching->left, error);
    if (status == PADAN_OK) status = pd_allocate(&matching->right, n + 1, sizeof *matching->right, error);
    if (status == PADAN_OK) pd_matching_start(matching);
    if (status != PADAN_OK) pd_matching_reset(matching);
    return status;
}

void pd_matching_reset(struct pd_matching *matching)
{
    pd_free(matching->left);
    pd_free(matching->right);
    *matching = (struct pd_matching){ .n = 0 };
}

void pd_matching_start(struct pd_matching *matching)
{
    for (size_t i = 0; i < matching->n; i++) matching->left[i] = matching->right[i] = 1;
}

static double *sum_of(const struct pd_rivals *rivals, double *sums, uint32_t row, uint32_t other)
{
    return &sums[row * rivals->n_sources + rivals->source_of[other]];
}

/* What a row's candidates are worth to it, each as far as its other row is free. */
static void add_up(const struct pd_matching *matching, const struct pd_rivals *rivals, const double *odds, double *sums)
{
    for (size_t i = 0; i < rivals->n_records * rivals->n_sources; i++) sums[i] = 0;
    for (size_t i = 0; i < matching->n; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        *sum_of(rivals, sums, edge->left, edge->right) += odds[i] * matching->right[i];
        *sum_of(rivals, sums, edge->right, edge->left) += odds[i] * matching->left[i];
    }
}

/* Half of the way, in bits, to what a row's other candidates say. How far the message moved. */
static double move(double *message, double others)
{
    const double before = *message;
    *message = sqrt(before / (1 + fmax(others, 0)));
    return fabs(*message - before);
}

/* The largest move. */
static double send_round(struct pd_matching *matching, const struct pd_rivals *rivals, const double *odds, double *sums)
{
    double largest = 0;
    add_up(matching, rivals, odds, sums);
    for (size_t i = 0; i < matching->n; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        const double of_left = *sum_of(rivals, sums, edge->left, edge->right) - odds[i] * matching->right[i];
        const double of_right = *sum_of(rivals, sums, edge->right, edge->left) - odds[i] * matching->left[i];
        largest = fmax(largest, fmax(move(&matching->left[i], of_left), move(&matching->right[i], of_right)));
    }
    return largest;
}

void pd_matching_send(struct pd_matching *matching, const struct pd_rivals *rivals, const double *odds, double *sums,
                      size_t most_rounds)
{
    for (size_t round = 0; round < most_rounds && send_round(matching, rivals, odds, sums) > AT_REST; round++)
        ;
}
