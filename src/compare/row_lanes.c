/* SPDX-License-Identifier: MIT */
#include "compare/row_lanes.h"

#include "base/memory.h"

enum padan_status pd_open_pairs_init(struct pd_open_pairs *open, const struct pd_plan *plan,
                                     const struct pd_plan_comparison *comparison, size_t n_max,
                                     struct padan_error *error)
{
    *open = (struct pd_open_pairs){ .cutoff = comparison->cutoff, .table = comparison->table };
    if (open->cutoff == NULL) return PADAN_OK;
    const struct pd_slot *slot = &plan->conditions.slots[open->table->similarity->slot];
    const struct pd_column *columns = plan->conditions.deriver->table->columns;
    open->two_columns = slot->left != slot->right;
    PD_TRY(pd_allocate_array(&open->pairs, n_max, sizeof *open->pairs, error));
    PD_TRY(pd_text_cache_init(&open->caches[0], columns[slot->left].dictionary, error));
    if (!open->two_columns) return PADAN_OK;
    return pd_text_cache_init(&open->caches[1], columns[slot->right].dictionary, error);
}

void pd_open_pairs_reset(struct pd_open_pairs *open)
{
    pd_text_cache_reset(&open->caches[0]);
    pd_text_cache_reset(&open->caches[1]);
    pd_free(open->pairs);
    *open = (struct pd_open_pairs){ 0 };
}

/* Texts that are new to the caches are misses, of which many are waited for at once. */
static void prefetch_texts(const struct pd_open_pairs *open, size_t begin, size_t n_pairs)
{
    const struct pd_text_cache *const lefts = &open->caches[0], *const rights = &open->caches[open->two_columns];
    const struct pd_open_pair *const pairs = open->pairs + begin;
    for (size_t i = 0; i < n_pairs; i++) {
        pd_text_cache_prefetch_place(lefts, pairs[i].left);
        pd_text_cache_prefetch_place(rights, pairs[i].right);
    }
    for (size_t i = 0; i < n_pairs; i++) {
        pd_text_cache_prefetch(lefts, pairs[i].left);
        pd_text_cache_prefetch(rights, pairs[i].right);
    }
}

void pd_open_pairs_take(struct pd_open_pairs *open, size_t begin, size_t n_pairs, struct pd_headed_pairs *out)
{
    struct pd_text_cache *const lefts = &open->caches[0], *const rights = &open->caches[open->two_columns];
    pd_text_cache_begin(lefts, 2 * n_pairs);
    pd_text_cache_begin(rights, 2 * n_pairs);
    prefetch_texts(open, begin, n_pairs);
    out->pairs = open->pairs + begin;
    out->n = n_pairs;
    for (size_t i = 0; i < n_pairs; i++) {
        const struct pd_open_pair *const pair = &open->pairs[begin + i];
        const bool again = i > 0 && pair->left == pair[-1].left; /* a row's pairs follow each other */
        out->left[i] = again ? out->left[i - 1] : pd_text_cache_find(lefts, pair->left);
        out->right[i] = pd_text_cache_find(rights, pair->right);
    }
}

void pd_open_pairs_compare(struct pd_open_pairs *open, const struct pd_lane_kernels *kernels,
                           const struct pd_headed_pairs *pairs, double *values)
{
    struct pd_text_cache *const lefts = &open->caches[0], *const rights = &open->caches[open->two_columns];
    const struct pd_lane_pairs texts = { &lefts->texts, &rights->texts, pairs->left, pairs->right, pairs->n };
    for (size_t i = 0; i < pairs->n; i++) {
        pd_text_cache_complete(lefts, pairs->left[i]);
        pd_text_cache_complete(rights, pairs->right[i]);
    }
    (void)pd_lanes_compare(kernels, &texts, open->cutoff, values);
}
