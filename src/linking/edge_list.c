/* SPDX-License-Identifier: MIT */
#include "linking/edge_list.h"

#include "base/few_rows.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK_EDGES = 1 << 16 };

void pd_edges_reset(struct pd_edges *edges)
{
    pd_free(edges->edges);
    pd_free(edges->gammas);
    *edges = (struct pd_edges){ 0 };
}

/* Room for n edges as wide as those of another list. */
static enum padan_status make_room(size_t n, size_t width, struct pd_edges *edges, struct padan_error *error)
{
    *edges = (struct pd_edges){ .n_comparisons = width };
    PD_TRY(pd_allocate_array(&edges->edges, n + 1, sizeof *edges->edges, error));
    const enum padan_status status = pd_allocate_array(&edges->gammas, n * width + 1, 1, error);
    if (status != PADAN_OK) pd_edges_reset(edges);
    return status;
}

/* Copies edge i of a list behind those of another that has room; the same list may be both. */
static void copy_edge(const struct pd_edges *from, size_t i, struct pd_edges *to)
{
    const size_t width = to->n_comparisons;
    to->edges[to->n_edges] = from->edges[i];
    memmove(to->gammas + to->n_edges * width, from->gammas + i * width, width);
    to->n_edges++;
}

/* Moves edges [begin, end) of a list to its place `to`. */
static void move_run(struct pd_edges *edges, size_t begin, size_t end, size_t to)
{
    const size_t width = edges->n_comparisons;
    if (begin == to) return;
    memmove(edges->edges + to, edges->edges + begin, (end - begin) * sizeof *edges->edges);
    memmove(edges->gammas + to * width, edges->gammas + begin * width, (end - begin) * width);
}

/* Few are below: the others move as runs between them. */
enum padan_status pd_edges_part(struct pd_edges *edges, pd_weight weight, struct pd_edges *below,
                                struct padan_error *error)
{
    const size_t n = edges->n_edges;
    size_t n_below = 0, begin = 0;
    for (size_t i = 0; i < n; i++) n_below += edges->edges[i].weight < weight;
    PD_TRY(make_room(n_below, edges->n_comparisons, below, error));
    if (n_below == 0) return PADAN_OK;
    edges->n_edges = 0;
    for (size_t i = 0; i < n; i++) {
        if (edges->edges[i].weight >= weight) continue;
        copy_edge(edges, i, below);
        move_run(edges, begin, i, edges->n_edges);
        edges->n_edges += i - begin;
        begin = i + 1;
    }
    move_run(edges, begin, n, edges->n_edges);
    edges->n_edges += n - begin;
    return PADAN_OK;
}

void pd_edges_drop_linked(struct pd_edges *edges, const uint8_t *linked)
{
    const size_t n = edges->n_edges;
    edges->n_edges = 0;
    for (size_t i = 0; i < n; i++)
        if (!linked[edges->edges[i].left] || !linked[edges->edges[i].right]) copy_edge(edges, i, edges);
}

/* The row of an edge to the register, UINT32_MAX for other edges. */
static uint32_t row_to_register(const struct pd_strongest *options, const struct pd_edge *edge)
{
    const bool left = pd_table_source(options->table, edge->left) == (size_t)options->register_source;
    const bool right = pd_table_source(options->table, edge->right) == (size_t)options->register_source;
    return left == right ? UINT32_MAX : left ? edge->right : edge->left;
}

/* Strongest edges by row: to the register, and to anybody else. */
struct row_weights {
    pd_weight to_register, to_others;
};

/* The rows of a list of edges. */
struct edge_rows {
    struct pd_few_rows few;
    struct row_weights *best; /* by place */
};

static enum padan_status find_rows(const struct pd_edges *edges, size_t n_records, struct edge_rows *rows,
                                   struct padan_error *error)
{
    PD_TRY(pd_few_rows_make(n_records, &rows->few, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        pd_few_rows_add(&rows->few, edges->edges[i].left);
        pd_few_rows_add(&rows->few, edges->edges[i].right);
    }
    const size_t n = pd_few_rows_number(&rows->few);
    PD_TRY(pd_allocate_array(&rows->best, n + 1, sizeof *rows->best, error));
    for (size_t i = 0; i < n; i++) rows->best[i] = (struct row_weights){ INT64_MIN, INT64_MIN };
    return PADAN_OK;
}

/* NULL: none of the rows. */
static struct row_weights *weights_of(const struct edge_rows *rows, uint32_t row)
{
    return pd_few_rows_have(&rows->few, row) ? &rows->best[pd_few_rows_place(&rows->few, row)] : NULL;
}

static void free_rows(struct edge_rows *rows)
{
    pd_few_rows_reset(&rows->few);
    pd_free(rows->best);
}

/* The greatest of all is the same in whatever order threads come. */
static void raise(pd_weight *most, pd_weight weight)
{
    pd_weight before = __atomic_load_n(most, __ATOMIC_RELAXED);
    while (weight > before &&
           !__atomic_compare_exchange_n(most, &before, weight, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {}
}

static void raise_to_register(const struct edge_rows *rows, uint32_t row, pd_weight weight)
{
    struct row_weights *best = weights_of(rows, row);
    if (best != NULL) raise(&best->to_register, weight);
}

static void raise_to_others(const struct edge_rows *rows, uint32_t row, pd_weight weight)
{
    struct row_weights *best = weights_of(rows, row);
    if (best != NULL) raise(&best->to_others, weight);
}

struct noting {
    const struct pd_strongest *options;
    const struct pd_edges *edges;
    bool of_others;
    const struct edge_rows *rows;
};

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct noting *noting = context;
    const struct pd_edges *edges = noting->edges;
    const size_t begin = chunk * CHUNK_EDGES;
    const size_t end = edges->n_edges - begin < CHUNK_EDGES ? edges->n_edges : begin + CHUNK_EDGES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        const uint32_t row = row_to_register(noting->options, edge);
        if (row != UINT32_MAX) raise_to_register(noting->rows, row, edge->weight);
        if (row != UINT32_MAX || !noting->of_others) continue;
        raise_to_others(noting->rows, edge->left, edge->weight);
        raise_to_others(noting->rows, edge->right, edge->weight);
    }
    return PADAN_OK;
}

/* What is known of others is no measure: a row may equal its own repeat. */
static enum padan_status note_weights(const struct pd_strongest *options, const struct pd_edges *edges, bool of_others,
                                      const struct edge_rows *rows, struct padan_error *error)
{
    struct noting noting = { options, edges, of_others, rows };
    const size_t n_chunks = (edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    return pd_parallel_for(n_chunks, options->threads, note_chunk, &noting, error);
}

static bool is_strongest(const struct pd_strongest *options, const struct edge_rows *rows, const struct pd_edge *edge)
{
    const uint32_t row = row_to_register(options, edge);
    const uint32_t sides[] = { edge->left, edge->right };
    if (row != UINT32_MAX) return edge->weight >= weights_of(rows, row)->to_register - options->tie;
    for (size_t side = 0; side < 2; side++) {
        const struct row_weights *weights = weights_of(rows, sides[side]);
        if (weights->to_register == INT64_MIN && edge->weight >= weights->to_others - options->tie) return true;
    }
    return false;
}

enum padan_status pd_edges_keep_strongest(const struct pd_strongest *options, struct pd_edges *edges,
                                          struct padan_error *error)
{
    const size_t n = edges->n_edges;
    struct edge_rows rows = { 0 };
    enum padan_status status = find_rows(edges, options->table->n_records, &rows, error);
    if (status == PADAN_OK) status = note_weights(options, options->known, false, &rows, error);
    if (status == PADAN_OK) status = note_weights(options, edges, true, &rows, error);
    if (status == PADAN_OK) {
        edges->n_edges = 0;
        for (size_t i = 0; i < n; i++)
            if (is_strongest(options, &rows, &edges->edges[i])) copy_edge(edges, i, edges);
    }
    free_rows(&rows);
    return status;
}

static bool is_before(const struct pd_edge *a, const struct pd_edge *b)
{
    return a->left != b->left ? a->left < b->left : a->right < b->right;
}

/* How many of the edges [0, end) come before one: looked for from the end, in steps that grow. */
static size_t count_before(const struct pd_edge *edges, size_t end, const struct pd_edge *edge)
{
    size_t high = end, low = end;
    for (size_t step = 1; low > 0 && !is_before(&edges[low - 1], edge); step *= 2) {
        high = low - 1;
        low -= step < low ? step : low;
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (is_before(&edges[middle], edge))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Takes out of a list the pairs that another has. */
static void drop_known(const struct pd_edges *known, struct pd_edges *edges)
{
    const size_t n = edges->n_edges;
    size_t end = known->n_edges, kept = n;
    for (size_t i = n; i > 0; i--) {
        const struct pd_edge *edge = &edges->edges[i - 1];
        const size_t place = count_before(known->edges, end, edge);
        const bool is_known = place < end && !is_before(edge, &known->edges[place]);
        end = place + is_known;
        if (is_known) continue;
        kept--;
        edges->edges[kept] = *edge;
        memmove(edges->gammas + kept * edges->n_comparisons, edges->gammas + (i - 1) * edges->n_comparisons,
                edges->n_comparisons);
    }
    edges->n_edges = n - kept;
    memmove(edges->edges, edges->edges + kept, edges->n_edges * sizeof *edges->edges);
    memmove(edges->gammas, edges->gammas + kept * edges->n_comparisons, edges->n_edges * edges->n_comparisons);
}

/* Puts edges between those of a list that has room, from the last one down, so that each moves once. */
static void insert(const struct pd_edges *from, struct pd_edges *edges)
{
    const size_t width = edges->n_comparisons;
    size_t end = edges->n_edges;
    for (size_t i = from->n_edges; i > 0; i--) {
        const size_t place = count_before(edges->edges, end, &from->edges[i - 1]);
        memmove(edges->edges + place + i, edges->edges + place, (end - place) * sizeof *edges->edges);
        memmove(edges->gammas + (place + i) * width, edges->gammas + place * width, (end - place) * width);
        edges->edges[place + i - 1] = from->edges[i - 1];
        memcpy(edges->gammas + (place + i - 1) * width, from->gammas + (i - 1) * width, width);
        end = place;
    }
    edges->n_edges += from->n_edges;
}

static enum padan_status reserve(struct pd_edges *edges, size_t n, struct padan_error *error)
{
    size_t of_edges = edges->capacity < edges->n_edges ? edges->n_edges : edges->capacity;
    size_t of_gammas = of_edges * edges->n_comparisons;
    PD_TRY(pd_grow(&edges->edges, &of_edges, n, sizeof *edges->edges, error));
    PD_TRY(pd_grow(&edges->gammas, &of_gammas, n * edges->n_comparisons + 1, 1, error));
    edges->capacity = edges->capacity < n ? n : edges->capacity;
    return PADAN_OK;
}

enum padan_status pd_edges_join(struct pd_edges *edges, struct pd_edges *from, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    if (from->n_edges > 0) {
        edges->n_comparisons = from->n_comparisons;
        drop_known(edges, from);
        status = reserve(edges, edges->n_edges + from->n_edges, error);
        if (status == PADAN_OK) insert(from, edges);
    }
    pd_edges_reset(from);
    return status;
}
