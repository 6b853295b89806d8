/* SPDX-License-Identifier: MIT
 * Edges into order of (left, right), side by side: written by ranges of left records, each of which is then sorted in
 * the cache by the thread that takes it.
 *
 *   pieces   in groups; of every group and range, how many edges: from these, where each group writes
 *   ranges   counted by left record, then the few of one left record by right */
#include "linking/edge_order.h"

#include "base/bits.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <stdlib.h>

/* ROOM: of so many edges each, a list gets room for one more. FEW: so many are sorted by insertion. */
enum { RANGE_BITS = 10, N_RANGES = 1 << RANGE_BITS, GROUPS_MAX = 64, ROOM = 8, FEW = 24 };

/* What a thread sorts a range with. */
struct scratch {
    uint32_t *places;
    uint64_t *items;
    struct pd_edge *edges;
    int8_t *gammas;
    size_t places_capacity, items_capacity, edges_capacity, gammas_capacity;
    _Alignas(64) char padding[64];
};

struct joining {
    struct pd_edge_pieces *pieces;
    struct pd_edges *edges;
    unsigned shift;       /* of a left record, to its range */
    size_t *group_begins; /* [n_groups + 1] pieces */
    size_t n_groups;
    size_t (*places)[N_RANGES]; /* [n_groups + 1] where edges of a range go; last, where it ends */
    struct scratch *scratches;  /* [threads] */
};

void pd_edge_pieces_reset(struct pd_edge_pieces *pieces)
{
    for (size_t i = 0; i < pieces->n; i++) {
        pd_free(pieces->items[i].edges);
        pd_free(pieces->items[i].gammas);
    }
    pd_free(pieces->items);
    *pieces = (struct pd_edge_pieces){ 0 };
}

enum padan_status pd_edge_pieces_add(struct pd_edge_pieces *pieces, size_t n, size_t *first, struct padan_error *error)
{
    size_t n_before = pieces->n;
    while (n_before > 0 && pieces->items[n_before - 1].edges == NULL && pieces->items[n_before - 1].gammas == NULL)
        n_before--;
    PD_TRY(pd_grow(&pieces->items, &pieces->capacity, n_before + n, sizeof *pieces->items, error));
    if (n > 0) memset(pieces->items + n_before, 0, n * sizeof *pieces->items);
    pieces->n = n_before + n;
    *first = n_before;
    return PADAN_OK;
}

/* --- into ranges --- */

static enum padan_status count_group(void *context, size_t group, int worker, struct padan_error *error)
{
    const struct joining *joining = context;
    size_t *counts = joining->places[group];
    (void)worker, (void)error;
    for (size_t i = joining->group_begins[group]; i < joining->group_begins[group + 1]; i++) {
        const struct pd_edge_piece *piece = &joining->pieces->items[i];
        for (size_t j = 0; j < piece->n_edges; j++) counts[piece->edges[j].left >> joining->shift]++;
    }
    return PADAN_OK;
}

/* From how many to where: ranges in order, in each the groups in order. */
static void find_places(const struct joining *joining)
{
    size_t place = 0;
    for (size_t range = 0; range < N_RANGES; range++) {
        for (size_t group = 0; group < joining->n_groups; group++) {
            const size_t n = joining->places[group][range];
            joining->places[group][range] = place;
            place += n;
        }
        joining->places[joining->n_groups][range] = place;
    }
}

/* Writes the edges of a group, and gives its pieces back. */
static enum padan_status scatter_group(void *context, size_t group, int worker, struct padan_error *error)
{
    const struct joining *joining = context;
    const size_t width = joining->edges->n_comparisons;
    size_t *places = joining->places[group];
    (void)worker, (void)error;
    for (size_t i = joining->group_begins[group]; i < joining->group_begins[group + 1]; i++) {
        struct pd_edge_piece *piece = &joining->pieces->items[i];
        for (size_t j = 0; j < piece->n_edges; j++) {
            const size_t place = places[piece->edges[j].left >> joining->shift]++;
            joining->edges->edges[place] = piece->edges[j];
            memcpy(joining->edges->gammas + place * width, piece->gammas + j * width, width);
        }
        pd_free(piece->edges);
        pd_free(piece->gammas);
        *piece = (struct pd_edge_piece){ 0 };
    }
    return PADAN_OK;
}

/* --- a range --- */

/* An edge of one left record: its right one, and its number in the range. */
static uint64_t item_of(const struct pd_edge *edge, size_t number)
{
    return (uint64_t)edge->right << 32 | number;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_items(uint64_t *items, size_t n)
{
    if (n > FEW) {
        qsort(items, n, sizeof *items, by_value);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const uint64_t item = items[i];
        size_t place = i;
        for (; place > 0 && items[place - 1] > item; place--) items[place] = items[place - 1];
        items[place] = item;
    }
}

static enum padan_status make_room(struct scratch *scratch, size_t n_records, size_t n, size_t width,
                                   struct padan_error *error)
{
    PD_TRY(pd_grow(&scratch->places, &scratch->places_capacity, n_records + 1, sizeof *scratch->places, error));
    PD_TRY(pd_grow(&scratch->items, &scratch->items_capacity, n, sizeof *scratch->items, error));
    PD_TRY(pd_grow(&scratch->edges, &scratch->edges_capacity, n, sizeof *scratch->edges, error));
    return pd_grow(&scratch->gammas, &scratch->gammas_capacity, n * width + 1, 1, error);
}

/* Finds the order of n edges whose left records are n_records from `first` on. */
static void find_order(const struct pd_edge *edges, size_t n, uint32_t first, size_t n_records, struct scratch *scratch)
{
    uint32_t *places = scratch->places, n_before = 0;
    memset(places, 0, (n_records + 1) * sizeof *places);
    for (size_t i = 0; i < n; i++) places[edges[i].left - first]++;
    for (size_t record = 0; record < n_records; record++) {
        const uint32_t count = places[record];
        places[record] = n_before;
        n_before += count;
    }
    for (size_t i = 0; i < n; i++) scratch->items[places[edges[i].left - first]++] = item_of(&edges[i], i);
    for (size_t record = 0, begin = 0; record < n_records; begin = places[record++])
        sort_items(scratch->items + begin, places[record] - begin);
}

static enum padan_status sort_range(void *context, size_t range, int worker, struct padan_error *error)
{
    const struct joining *joining = context;
    struct scratch *scratch = &joining->scratches[worker];
    const size_t width = joining->edges->n_comparisons, n_records = (size_t)1 << joining->shift;
    const size_t begin = range == 0 ? 0 : joining->places[joining->n_groups][range - 1];
    const size_t n = joining->places[joining->n_groups][range] - begin;
    struct pd_edge *edges = joining->edges->edges + begin;
    int8_t *gammas = joining->edges->gammas + begin * width;
    if (n == 0) return PADAN_OK;
    PD_TRY(make_room(scratch, n_records, n, width, error));
    find_order(edges, n, (uint32_t)(range << joining->shift), n_records, scratch);
    memcpy(scratch->edges, edges, n * sizeof *edges);
    memcpy(scratch->gammas, gammas, n * width);
    for (size_t i = 0; i < n; i++) {
        const size_t from = (uint32_t)scratch->items[i];
        edges[i] = scratch->edges[from];
        memcpy(gammas + i * width, scratch->gammas + from * width, width);
    }
    return PADAN_OK;
}

/* --- the whole --- */

/* What the list holds becomes a piece. */
static enum padan_status take_list(struct pd_edge_pieces *pieces, struct pd_edges *edges, struct padan_error *error)
{
    size_t first = 0;
    if (edges->n_edges > 0) {
        PD_TRY(pd_edge_pieces_add(pieces, 1, &first, error));
        pieces->items[first] =
            (struct pd_edge_piece){ .edges = edges->edges, .gammas = edges->gammas, .n_edges = edges->n_edges };
    } else {
        pd_free(edges->edges);
        pd_free(edges->gammas);
    }
    *edges = (struct pd_edges){ .n_comparisons = edges->n_comparisons };
    return PADAN_OK;
}

/* Pieces into groups of about as many edges. */
static void cut_groups(struct joining *joining, size_t n_edges)
{
    size_t n = 0;
    for (size_t i = 0; i < joining->pieces->n; i++) {
        if (n >= n_edges / GROUPS_MAX * joining->n_groups && joining->n_groups < GROUPS_MAX)
            joining->group_begins[joining->n_groups++] = i;
        n += joining->pieces->items[i].n_edges;
    }
    joining->group_begins[joining->n_groups] = joining->pieces->n;
}

static enum padan_status allocate(struct joining *joining, size_t n_edges, int threads, struct padan_error *error)
{
    struct pd_edges *edges = joining->edges;
    const size_t capacity = n_edges + n_edges / ROOM;
    PD_TRY(pd_allocate(&joining->group_begins, GROUPS_MAX + 1, sizeof *joining->group_begins, error));
    PD_TRY(pd_allocate(&joining->scratches, (size_t)threads, sizeof *joining->scratches, error));
    cut_groups(joining, n_edges);
    PD_TRY(pd_allocate(&joining->places, joining->n_groups + 1, sizeof *joining->places, error));
    PD_TRY(pd_allocate_array(&edges->edges, capacity, sizeof *edges->edges, error));
    PD_TRY(pd_allocate_array(&edges->gammas, capacity * edges->n_comparisons + 1, 1, error));
    edges->capacity = capacity;
    return PADAN_OK;
}

static enum padan_status join(struct joining *joining, size_t n_edges, int threads, struct padan_error *error)
{
    PD_TRY(allocate(joining, n_edges, threads, error));
    PD_TRY(pd_parallel_for(joining->n_groups, threads, count_group, joining, error));
    find_places(joining);
    PD_TRY(pd_parallel_for(joining->n_groups, threads, scatter_group, joining, error));
    PD_TRY(pd_parallel_for(N_RANGES, threads, sort_range, joining, error));
    joining->edges->n_edges = n_edges;
    return PADAN_OK;
}

static void free_joining(struct joining *joining, int threads)
{
    for (int i = 0; joining->scratches != NULL && i < threads; i++) {
        pd_free(joining->scratches[i].places);
        pd_free(joining->scratches[i].items);
        pd_free(joining->scratches[i].edges);
        pd_free(joining->scratches[i].gammas);
    }
    pd_free(joining->scratches);
    pd_free(joining->group_begins);
    pd_free(joining->places);
}

/* Into a list that holds nothing. */
static enum padan_status join_pieces(struct pd_edge_pieces *pieces, size_t n_records, int threads,
                                     struct pd_edges *edges, struct padan_error *error)
{
    struct joining joining = { .pieces = pieces, .edges = edges };
    size_t n_edges = 0;
    for (size_t i = 0; i < pieces->n; i++) n_edges += pieces->items[i].n_edges;
    if (n_edges == 0) return PADAN_OK;
    if (n_edges > UINT32_MAX - 1)
        PD_FAIL(error, PADAN_LIMIT, "more than 4 billion kept pairs: raise the review threshold");
    const unsigned bits = pd_bit_width(n_records - 1);
    joining.shift = bits > RANGE_BITS ? bits - RANGE_BITS : 0;
    const enum padan_status status = join(&joining, n_edges, threads, error);
    free_joining(&joining, threads);
    return status;
}

enum padan_status pd_edge_pieces_join(struct pd_edge_pieces *pieces, size_t n_records, int threads,
                                      struct pd_edges *edges, struct padan_error *error)
{
    const size_t n_comparisons = edges->n_comparisons;
    enum padan_status status = take_list(pieces, edges, error);
    if (status == PADAN_OK) status = join_pieces(pieces, n_records, threads < 1 ? 1 : threads, edges, error);
    if (status == PADAN_OK) return PADAN_OK;
    pd_edges_reset(edges);
    edges->n_comparisons = n_comparisons;
    return status;
}
