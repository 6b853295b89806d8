/* SPDX-License-Identifier: MIT
 * A kind is a pattern (train/patterns.h) of the levels and then the bytes of the bits. */
#include "train/kinds.h"

#include "base/memory.h"
#include "train/patterns.h"

void pd_kinds_reset(struct pd_kinds *kinds)
{
    pd_free(kinds->gammas);
    pd_free(kinds->extra);
    pd_free(kinds->counts);
    pd_free(kinds->kind_of);
    *kinds = (struct pd_kinds){ 0 };
}

static enum padan_status find(const struct pd_levelled_pairs *pairs, size_t n_comparisons, struct pd_kinds *kinds,
                              struct pd_patterns *patterns, struct padan_error *error)
{
    int8_t bytes[PD_PATTERN_BYTES_MAX];
    for (size_t i = 0; i < pairs->n_pairs; i++) {
        memcpy(bytes, pairs->gammas + i * n_comparisons, n_comparisons);
        memcpy(bytes + n_comparisons, &pairs->extra[i], sizeof *pairs->extra);
        PD_TRY(pd_patterns_place(patterns, bytes, 1, &kinds->kind_of[i], error));
    }
    return PADAN_OK;
}

/* Parts levels and bits, and takes the counts over. */
static enum padan_status part(struct pd_patterns *patterns, size_t n_comparisons, struct pd_kinds *kinds,
                              struct padan_error *error)
{
    kinds->n = patterns->n;
    PD_TRY(pd_allocate_array(&kinds->gammas, patterns->n * n_comparisons + 1, 1, error));
    PD_TRY(pd_allocate_array(&kinds->extra, patterns->n + 1, sizeof *kinds->extra, error));
    for (size_t i = 0; i < patterns->n; i++) {
        memcpy(kinds->gammas + i * n_comparisons, pd_pattern(patterns, i), n_comparisons);
        memcpy(&kinds->extra[i], pd_pattern(patterns, i) + n_comparisons, sizeof *kinds->extra);
    }
    kinds->counts = patterns->counts;
    patterns->counts = NULL;
    return PADAN_OK;
}

enum padan_status pd_kinds_make(const struct pd_levelled_pairs *pairs, size_t n_comparisons, struct pd_kinds *kinds,
                                struct padan_error *error)
{
    struct pd_patterns patterns = { .width = n_comparisons + sizeof(double) };
    *kinds = (struct pd_kinds){ .n_pairs = pairs->n_pairs };
    enum padan_status status = pd_allocate_array(&kinds->kind_of, pairs->n_pairs + 1, sizeof *kinds->kind_of, error);
    if (status == PADAN_OK) status = find(pairs, n_comparisons, kinds, &patterns, error);
    if (status == PADAN_OK) status = part(&patterns, n_comparisons, kinds, error);
    pd_patterns_reset(&patterns);
    if (status != PADAN_OK) pd_kinds_reset(kinds);
    return status;
}
