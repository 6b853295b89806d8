/* SPDX-License-Identifier: MIT
 * Every thread keeps the pairs that it finds; one order of all makes of them one list, whoever found which. */
#include "report/review_list.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "model/registry.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_EDGES = 1 << 16 };

struct search {
    const struct pd_report *report;
    struct pd_buffer *found; /* [threads] pairs, one behind the other */
};

static int authority(const struct pd_report *report, uint32_t record)
{
    const enum pd_role role = pd_report_source(report, record)->role;
    return role == PD_ROLE_REGISTER ? 2 : role == PD_ROLE_REGISTRY ? 1 : 0;
}

static bool has_edge(const struct pd_linkage *linkage, uint32_t record, uint32_t other)
{
    for (uint64_t i = linkage->edge_begins[record]; i < linkage->edge_begins[record + 1]; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[linkage->edges_of[i]];
        if (edge->left == other || edge->right == other) return true;
    }
    return false;
}

/* A row of a family in the registry, by its number alone: whether that is this or that person nobody can say. */
static bool is_bare_family(const struct pd_linkage *linkage, uint32_t record)
{
    const struct pd_registry *registry = linkage->registry;
    const size_t source = pd_table_source(linkage->table, record);
    if (registry == NULL || registry->version_of_source[source] < 0) return false;
    return registry->unit_of_source[source] == PD_UNIT_FAMILY && !pd_row_names_somebody(linkage, record);
}

/* Nothing is left to decide when other links made the two one person, or two people of the register. And a row is asked
 * about a person of the register once, not again for each row that is that person. */
static bool is_settled(const struct pd_linkage *linkage, const struct pd_edge *edge)
{
    const uint32_t left = linkage->anchor[edge->left];
    const uint32_t right = linkage->anchor[edge->right];
    if (linkage->cluster[edge->left] == linkage->cluster[edge->right]) return true;
    if (is_bare_family(linkage, edge->left) || is_bare_family(linkage, edge->right)) return true;
    if (left != PD_NO_RECORD && right != PD_NO_RECORD) return true;
    if (left != PD_NO_RECORD) return left != edge->left && has_edge(linkage, edge->right, left);
    return right != PD_NO_RECORD && right != edge->right && has_edge(linkage, edge->left, right);
}

static enum padan_status search_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct search *search = context;
    const struct pd_linkage *linkage = search->report->linkage;
    const size_t n = linkage->edges->n_edges;
    const size_t begin = chunk * CHUNK_EDGES;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    for (size_t i = begin; i < end; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[i];
        if (edge->class != PD_CLASS_REVIEW || is_settled(linkage, edge)) continue;
        const bool is_left = authority(search->report, edge->right) > authority(search->report, edge->left);
        const struct pd_review_pair pair = { .row = is_left ? edge->left : edge->right,
                                             .reference = is_left ? edge->right : edge->left,
                                             .edge = i };
        pd_append_bytes(&search->found[worker], &pair, sizeof pair);
    }
    return pd_buffer_status(&search->found[worker], error);
}

static int by_row(const void *a, const void *b)
{
    const struct pd_review_pair *x = a;
    const struct pd_review_pair *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->reference > y->reference) - (x->reference < y->reference);
}

static enum padan_status gather(const struct search *search, struct pd_review_list *list, struct padan_error *error)
{
    size_t length = 0;
    for (int i = 0; i < search->report->threads; i++) length += search->found[i].length;
    list->n_pairs = length / sizeof *list->pairs;
    if (length == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&list->pairs, list->n_pairs, sizeof *list->pairs, error));
    char *end = (char *)list->pairs;
    for (int i = 0; i < search->report->threads; i++) {
        if (search->found[i].length > 0) memcpy(end, search->found[i].data, search->found[i].length);
        end += search->found[i].length;
    }
    qsort(list->pairs, list->n_pairs, sizeof *list->pairs, by_row);
    return PADAN_OK;
}

enum padan_status pd_review_list_make(const struct pd_report *report, struct pd_review_list *list,
                                      struct padan_error *error)
{
    struct search search = { .report = report };
    const size_t n_chunks = (report->linkage->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    PD_TRY(pd_allocate(&search.found, (size_t)report->threads, sizeof *search.found, error));
    enum padan_status status = pd_parallel_for(n_chunks, report->threads, search_chunk, &search, error);
    if (status == PADAN_OK) status = gather(&search, list, error);
    for (int i = 0; i < report->threads; i++) pd_buffer_reset(&search.found[i]);
    pd_free(search.found);
    return status;
}

void pd_review_list_reset(struct pd_review_list *list)
{
    pd_free(list->pairs);
    *list = (struct pd_review_list){ 0 };
}
