/* SPDX-License-Identifier: MIT */
#include "base/tally.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256 };

static enum padan_status make(struct pd_tally *tally, size_t n_slots, size_t n_metrics, struct padan_error *error)
{
    *tally = (struct pd_tally){ .n_metrics = n_metrics, .n_slots = n_slots };
    PD_TRY(pd_allocate(&tally->keys, n_slots, sizeof *tally->keys, error));
    const enum padan_status status = pd_allocate(&tally->metrics, n_slots * n_metrics, sizeof *tally->metrics, error);
    if (status != PADAN_OK) pd_tally_reset(tally);
    return status;
}

enum padan_status pd_tally_init(struct pd_tally *tally, size_t n_metrics, struct padan_error *error)
{
    return make(tally, FIRST_SLOTS, n_metrics, error);
}

void pd_tally_reset(struct pd_tally *tally)
{
    pd_free(tally->keys);
    pd_free(tally->metrics);
    *tally = (struct pd_tally){ 0 };
}

static size_t slot_of(const struct pd_tally *tally, struct pd_tally_key key)
{
    size_t slot = pd_hash_combine(key.high, key.low) & (tally->n_slots - 1);
    while (tally->keys[slot].high != 0 && (tally->keys[slot].high != key.high || tally->keys[slot].low != key.low))
        slot = (slot + 1) & (tally->n_slots - 1);
    return slot;
}

static enum padan_status grow(struct pd_tally *tally, struct padan_error *error)
{
    struct pd_tally larger;
    PD_TRY(make(&larger, tally->n_slots * 2, tally->n_metrics, error));
    larger.n_used = tally->n_used;
    for (size_t i = 0; i < tally->n_slots; i++) {
        if (tally->keys[i].high == 0) continue;
        const size_t slot = slot_of(&larger, tally->keys[i]);
        larger.keys[slot] = tally->keys[i];
        memcpy(larger.metrics + slot * tally->n_metrics, tally->metrics + i * tally->n_metrics,
               tally->n_metrics * sizeof *tally->metrics);
    }
    pd_tally_reset(tally);
    *tally = larger;
    return PADAN_OK;
}

enum padan_status pd_tally_at(struct pd_tally *tally, struct pd_tally_key key, int64_t **metrics,
                              struct padan_error *error)
{
    if (tally->n_used * 2 >= tally->n_slots) PD_TRY(grow(tally, error));
    const size_t slot = slot_of(tally, key);
    if (tally->keys[slot].high == 0) {
        tally->keys[slot] = key;
        tally->n_used++;
    }
    *metrics = tally->metrics + slot * tally->n_metrics;
    return PADAN_OK;
}

const int64_t *pd_tally_find(const struct pd_tally *tally, struct pd_tally_key key)
{
    const size_t slot = slot_of(tally, key);
    return tally->keys[slot].high == 0 ? NULL : tally->metrics + slot * tally->n_metrics;
}

enum padan_status pd_tally_merge(struct pd_tally *into, const struct pd_tally *from, struct padan_error *error)
{
    for (size_t i = 0; i < from->n_slots; i++) {
        if (from->keys[i].high == 0) continue;
        int64_t *metrics = NULL;
        PD_TRY(pd_tally_at(into, from->keys[i], &metrics, error));
        for (size_t m = 0; m < into->n_metrics; m++) metrics[m] += from->metrics[i * into->n_metrics + m];
    }
    return PADAN_OK;
}

struct place {
    struct pd_tally_key key;
    size_t slot;
};

static int by_key(const void *a, const void *b)
{
    const struct pd_tally_key *x = &((const struct place *)a)->key;
    const struct pd_tally_key *y = &((const struct place *)b)->key;
    if (x->high != y->high) return x->high < y->high ? -1 : 1;
    return (x->low > y->low) - (x->low < y->low);
}

enum padan_status pd_tally_sort(struct pd_tally *tally, struct padan_error *error)
{
    struct place *places = NULL;
    struct pd_tally sorted;
    size_t n = 0;
    PD_TRY(make(&sorted, tally->n_slots, tally->n_metrics, error));
    const enum padan_status status = pd_allocate(&places, tally->n_used, sizeof *places, error);
    if (status != PADAN_OK) {
        pd_tally_reset(&sorted);
        return status;
    }
    for (size_t i = 0; i < tally->n_slots; i++)
        if (tally->keys[i].high != 0) places[n++] = (struct place){ tally->keys[i], i };
    if (n > 1) qsort(places, n, sizeof *places, by_key);
    for (size_t i = 0; i < n; i++) {
        sorted.keys[i] = places[i].key;
        memcpy(sorted.metrics + i * tally->n_metrics, tally->metrics + places[i].slot * tally->n_metrics,
               tally->n_metrics * sizeof *tally->metrics);
    }
    sorted.n_used = n;
    pd_free(places);
    pd_tally_reset(tally);
    *tally = sorted;
    return PADAN_OK;
}
