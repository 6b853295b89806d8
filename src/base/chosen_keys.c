/* SPDX-License-Identifier: MIT */
#include "base/chosen_keys.h"

#include "base/memory.h"
#include "base/parallel.h"

#include <string.h>

enum { ROWS_PER_CHUNK = 1 << 16 };

/* Keys of one chunk of rows. */
struct list {
    struct pd_key *keys;
    size_t n, capacity;
    size_t begin; /* of its keys among all */
};

struct choosing {
    const struct pd_choice *choice;
    size_t begin, end;
    struct list *lists; /* [n_chunks] */
    size_t n_chunks;
    struct pd_key *keys; /* all of them */
};

static enum padan_status append(struct list *list, uint64_t hash, size_t row, struct padan_error *error)
{
    PD_TRY(pd_grow(&list->keys, &list->capacity, list->n + 1, sizeof *list->keys, error));
    list->keys[list->n++] = (struct pd_key){ hash, (uint32_t)row, 0 };
    return PADAN_OK;
}

static enum padan_status choose_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct choosing *choosing = context;
    const struct pd_choice *choice = choosing->choice;
    const size_t begin = choosing->begin + chunk * ROWS_PER_CHUNK;
    const size_t end = choosing->end - begin < ROWS_PER_CHUNK ? choosing->end : begin + ROWS_PER_CHUNK;
    (void)worker;
    for (size_t row = begin; row < end; row++) {
        uint64_t hash = 0;
        if (choice->reach != NULL && row + PD_CHOSEN_AHEAD < end) choice->reach(choice->context, row + PD_CHOSEN_AHEAD);
        if (choice->takes(choice->context, row, &hash)) PD_TRY(append(&choosing->lists[chunk], hash, row, error));
    }
    return PADAN_OK;
}

/* By all threads: the first touch of that memory takes longer than the copy. */
static enum padan_status copy_list(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct choosing *choosing = context;
    struct list *list = &choosing->lists[chunk];
    (void)worker, (void)error;
    if (list->n > 0) memcpy(choosing->keys + list->begin, list->keys, list->n * sizeof *list->keys);
    pd_free(list->keys);
    list->keys = NULL;
    return PADAN_OK;
}

static enum padan_status join_lists(struct choosing *choosing, int threads, size_t *n, struct padan_error *error)
{
    size_t total = 0;
    for (size_t i = 0; i < choosing->n_chunks; i++) {
        choosing->lists[i].begin = total;
        total += choosing->lists[i].n;
    }
    PD_TRY(pd_allocate_array(&choosing->keys, total + 1, sizeof *choosing->keys, error));
    *n = total;
    return pd_parallel_for(choosing->n_chunks, threads, copy_list, choosing, error);
}

static enum padan_status sort_keys(struct pd_key *keys, size_t n, int threads, struct padan_error *error)
{
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate_array(&scratch, n + 1, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(keys, scratch, n, threads, error);
    pd_free(scratch);
    return status;
}

enum padan_status pd_chosen_keys(const struct pd_choice *choice, size_t begin, size_t end, int threads,
                                 struct pd_key **keys, size_t *n, struct padan_error *error)
{
    struct choosing choosing = { .choice = choice, .begin = begin, .end = end };
    *n = 0;
    choosing.n_chunks = (end - begin + ROWS_PER_CHUNK - 1) / ROWS_PER_CHUNK;
    *keys = NULL;
    PD_TRY(pd_allocate(&choosing.lists, choosing.n_chunks, sizeof *choosing.lists, error));
    enum padan_status status = pd_parallel_for(choosing.n_chunks, threads, choose_chunk, &choosing, error);
    if (status == PADAN_OK) status = join_lists(&choosing, threads, n, error);
    if (status == PADAN_OK) status = sort_keys(choosing.keys, *n, threads, error);
    for (size_t i = 0; i < choosing.n_chunks; i++) pd_free(choosing.lists[i].keys);
    pd_free(choosing.lists);
    *keys = choosing.keys;
    return status;
}

size_t pd_first_key(const struct pd_key *keys, size_t n, uint64_t hash)
{
    size_t begin = 0, end = n;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (keys[middle].hash < hash)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}
