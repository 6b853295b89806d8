/* SPDX-License-Identifier: MIT */
#include "score/decide.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "expression/values.h"
#include "model/row_reader.h"
#include "model/source_pairs.h"
#include "model/strong_fields.h"
#include "score/edge_row.h"
#include "score/outcomes.h"
#include "score/twins.h"

#include <stdio.h>

/* What levels alone say has an index below INDEX_SPECIAL: gammas, and INDEX_STRONG. */
enum {
    CHUNK_EDGES = 8192,
    EDGES_AHEAD = 16,
    INDEX_STRONG = 1 << 9,
    INDEX_SPECIAL = 1 << 10,
    INDEX_ROW = 1 << 16,
    INDEX_REFERENCE = 1 << 20
};

/* First those that are the same for all edges of a kind, then those of edges without a rival. */
enum special {
    VALUE_NO_ANCHOR,
    VALUE_TO_ANCHOR,
    VALUE_MARGIN,
    VALUE_CANDIDATES,
    VALUE_WEIGHT,
    VALUE_PROBABILITY,
    VALUE_OTHERS_NIK,
    VALUE_TIED,
    VALUE_TWO_OWNERS,
    VALUE_ONLY,
    VALUE_TWIN
};

static const struct {
    const char *name;
    enum special value;
    enum pd_type type;
} specials[] = {
    { "match_weight", VALUE_WEIGHT, PD_TYPE_DOUBLE },     { "match_probability", VALUE_PROBABILITY, PD_TYPE_DOUBLE },
    { "selisih_bobot", VALUE_MARGIN, PD_TYPE_DOUBLE },    { "n_calon", VALUE_CANDIDATES, PD_TYPE_INT },
    { "nik_orang_lain", VALUE_OTHERS_NIK, PD_TYPE_BOOL }, { "ke_register", VALUE_TO_ANCHOR, PD_TYPE_BOOL },
    { "tanpa_register", VALUE_NO_ANCHOR, PD_TYPE_BOOL },  { "seri_register", VALUE_TIED, PD_TYPE_BOOL },
    { "nik_dua_orang", VALUE_TWO_OWNERS, PD_TYPE_BOOL },  { "calon_tunggal", VALUE_ONLY, PD_TYPE_BOOL },
    { "kembar_register", VALUE_TWIN, PD_TYPE_BOOL },
};

static int find_gamma(const struct pd_model *model, struct pd_text name)
{
    const struct pd_text prefix = PD_TEXT("gamma_");
    if (!pd_text_starts(name, prefix)) return -1;
    const struct pd_text rest = pd_text_slice(name, prefix.length, name.length);
    for (size_t i = 0; i < model->n_comparisons; i++)
        if (pd_text_equal(model->comparisons[i].column_name, rest)) return (int)i;
    return -1;
}

static int find_column(const struct pd_decide_run *run, struct pd_text name, struct pd_text prefix, int base,
                       enum pd_type *type)
{
    if (!pd_text_starts(name, prefix)) return -1;
    const int column = pd_table_find(run->table, pd_text_slice(name, prefix.length, name.length));
    if (column < 0) return -1;
    *type = run->table->columns[column].type;
    return base + column;
}

static int find_value(const void *context, struct pd_text name, enum pd_type *type)
{
    const struct pd_decide_run *run = context;
    *type = PD_TYPE_INT;
    const int gamma = find_gamma(run->model, name);
    if (gamma >= 0) return gamma;
    if (pd_text_equal(name, PD_TEXT("bidang_kuat"))) return INDEX_STRONG;
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (!pd_text_equal(pd_text_of(specials[i].name), name)) continue;
        *type = specials[i].type;
        return INDEX_SPECIAL + (int)specials[i].value;
    }
    const int row = find_column(run, name, PD_TEXT("baris_"), INDEX_ROW, type);
    return row >= 0 ? row : find_column(run, name, PD_TEXT("acuan_"), INDEX_REFERENCE, type);
}

/* The edge at hand of one worker. Digits and lists are written to places in turn: as many as one condition reads. */
enum { PLACES = 8 };
struct edge_reader {
    const struct pd_decide_run *run;
    const struct pd_strong_fields *strong;
    const struct pd_edges *edges;
    size_t edge;
    uint32_t row, reference;
    bool to_anchor;
    uint16_t n_candidates;
    unsigned next;
    char digits[PLACES][24];
    struct pd_value items[PLACES][PD_LIST_MAX];
};

static uint32_t owner_of(const struct pd_decide_run *run, uint32_t record)
{
    return pd_is_of_source(run->table, run->anchor_source, record) ? record : run->nik_owner[record];
}

static bool have_two_owners(const struct pd_decide_run *run, const struct pd_edge *edge)
{
    if (run->nik_owner == NULL || run->anchor_source < 0) return false;
    const uint32_t left = owner_of(run, edge->left), right = owner_of(run, edge->right);
    return left != PD_NO_RECORD && right != PD_NO_RECORD && left != right;
}

static bool special_truth(const struct edge_reader *reader, enum special which)
{
    const struct pd_edge *edge = &reader->edges->edges[reader->edge];
    const struct pd_decide_run *run = reader->run;
    const uint32_t owner = run->nik_owner == NULL ? PD_NO_RECORD : run->nik_owner[reader->row];
    switch (which) {
    case VALUE_OTHERS_NIK: return owner != PD_NO_RECORD && owner != reader->reference;
    case VALUE_TO_ANCHOR: return reader->to_anchor;
    case VALUE_NO_ANCHOR: return run->anchor_source < 0;
    case VALUE_TIED:
        return run->tied != NULL && !reader->to_anchor && (run->tied[edge->left] | run->tied[edge->right]) != 0;
    case VALUE_TWO_OWNERS: return have_two_owners(run, edge);
    case VALUE_TWIN: return run->tied != NULL && reader->to_anchor && (run->tied[reader->row] & PD_TIED_BY_TWIN) != 0;
    case VALUE_ONLY: return run->only != NULL && run->only[reader->edge] != 0;
    default: return false;
    }
}

static pd_weight margin_of(const struct edge_reader *reader)
{
    if (reader->n_candidates < 2) return INT64_MAX;
    return pd_rivals_margin(reader->run->rivals, reader->row, reader->edges->edges[reader->edge].weight);
}

static struct pd_value special_value(const struct edge_reader *reader, enum special which)
{
    const struct pd_edge *edge = &reader->edges->edges[reader->edge];
    switch (which) {
    case VALUE_WEIGHT: return pd_value_real(pd_weight_to_double(edge->weight));
    case VALUE_PROBABILITY: return pd_value_real(pd_probability_of_weight(edge->weight));
    case VALUE_MARGIN: return pd_value_real(pd_weight_to_double(margin_of(reader)));
    case VALUE_CANDIDATES: return pd_value_int(reader->n_candidates);
    default: return pd_value_bool(special_truth(reader, which));
    }
}

static struct pd_value read_edge(void *context, unsigned side, int index)
{
    struct edge_reader *reader = context;
    (void)side;
    const int8_t *gammas = reader->edges->gammas + reader->edge * reader->edges->n_comparisons;
    if (index < INDEX_STRONG) return (struct pd_value){ .type = PD_TYPE_INT, .integer = gammas[index] };
    if (index == INDEX_STRONG)
        return (struct pd_value){ .type = PD_TYPE_INT, .integer = pd_strong_fields_count(reader->strong, gammas) };
    if (index < INDEX_ROW) return special_value(reader, (enum special)(index - INDEX_SPECIAL));
    const bool is_row = index < INDEX_REFERENCE;
    const struct pd_column *column = &reader->run->table->columns[index - (is_row ? INDEX_ROW : INDEX_REFERENCE)];
    reader->next = (reader->next + 1) % PLACES;
    return pd_column_value(column, is_row ? reader->row : reader->reference, reader->digits[reader->next],
                           reader->items[reader->next]);
}

/* An edge to nobody of the anchor has one candidate. */
static void orient(const struct pd_decide_run *run, const struct pd_edge *edge, struct edge_reader *reader)
{
    const bool left_is_anchor = pd_is_of_source(run->table, run->anchor_source, edge->left);
    reader->row = left_is_anchor ? edge->right : edge->left;
    reader->reference = left_is_anchor ? edge->left : edge->right;
    reader->to_anchor = pd_row_of_edge(run->table, run->anchor_source, edge) != PD_NO_RECORD;
    reader->n_candidates = run->rivals != NULL && reader->to_anchor ? run->rivals->n_candidates[reader->row] : 1;
}

/* --- what the levels alone say --- */

/* Most decisions are ruled out by the levels of an edge, whether it is to the anchor and whether it has a rival, and
 * edges have few different rows of levels. What these say of every decision is found once and kept. */
enum {
    LEVELS_MAX = 16,    /* comparisons of a model beyond which nothing is kept */
    DECISIONS_MAX = 64, /* decisions beyond these are always evaluated */
    ROWS_KEPT = 1 << 12,
    KIND_TO_ANCHOR = 1, /* of an edge */
    KIND_LONELY = 2
};

struct kept_row {
    uint64_t levels[LEVELS_MAX / sizeof(uint64_t)], kind;
    uint64_t possible; /* bit i: decision i may be true */
    uint64_t certain;  /* and is */
    bool used;
};

/* One thread's. */
struct decider {
    struct kept_row *kept; /* [ROWS_KEPT], NULL: nothing is kept */
    struct pd_evaluator evaluator;
    char padding[64];
};

static void find_outcomes(const struct pd_model *model, const struct pd_row_reader *row, struct pd_evaluator *evaluator,
                          struct kept_row *out)
{
    const bool is_lonely = (out->kind & KIND_LONELY) != 0;
    const struct pd_known levels = { row, INDEX_SPECIAL + (int)(is_lonely ? VALUE_CANDIDATES : VALUE_TO_ANCHOR) + 1 };
    out->possible = out->certain = 0;
    for (size_t i = 0; i < model->n_decisions && i < DECISIONS_MAX; i++) {
        const unsigned outcome = pd_outcomes(model->decisions[i].condition, &levels, evaluator);
        out->possible |= (uint64_t)((outcome & PD_MAY_BE_TRUE) != 0) << i;
        out->certain |= (uint64_t)(outcome == PD_MAY_BE_TRUE) << i;
        if (outcome == PD_MAY_BE_TRUE) return; /* the first true decision speaks */
    }
}

/* What the levels of the edge at hand say; NULL when that is not kept. */
static const struct kept_row *outcomes_of_edge(const struct edge_reader *reader, const struct pd_row_reader *row,
                                               struct decider *decider)
{
    struct kept_row wanted = { .used = true };
    const size_t n = reader->edges->n_comparisons;
    if (decider->kept == NULL) return NULL;
    memcpy(wanted.levels, reader->edges->gammas + reader->edge * n, n);
    wanted.kind = (reader->to_anchor ? KIND_TO_ANCHOR : 0) | (reader->n_candidates < 2 ? KIND_LONELY : 0);
    const uint64_t hash = pd_hash_combine(pd_mix64(wanted.levels[0] + wanted.kind), wanted.levels[1]);
    struct kept_row *kept = &decider->kept[hash % ROWS_KEPT];
    if (kept->used && kept->kind == wanted.kind && memcmp(kept->levels, wanted.levels, sizeof wanted.levels) == 0)
        return kept;
    find_outcomes(reader->run->model, row, &decider->evaluator, &wanted);
    *kept = wanted;
    return kept;
}

/* --- deciding --- */

static bool decision_holds(const struct pd_model *model, size_t i, const struct kept_row *kept,
                           const struct pd_row_reader *row, struct pd_evaluator *evaluator)
{
    if (kept != NULL && i < DECISIONS_MAX) {
        if ((kept->possible >> i & 1) == 0) return false;
        if ((kept->certain >> i & 1) != 0) return true;
    }
    const bool holds = pd_value_is_true(pd_expression_evaluate(model->decisions[i].condition, row, evaluator));
    pd_evaluator_clear(evaluator);
    return holds;
}

/* The weight from which an edge is of class otomatis. */
static pd_weight automatic_of(const struct pd_source_weights *sources, const struct pd_table *table,
                              const struct pd_edge *edge)
{
    if (sources->one_automatic) return sources->automatic[0];
    return sources->automatic[pd_source_pair_index(sources, table, edge->left, edge->right)];
}

static void decide_edge(const struct edge_reader *reader, const struct pd_source_weights *sources, struct pd_edge *edge,
                        const struct pd_row_reader *row, struct decider *decider)
{
    const struct pd_decide_run *run = reader->run;
    const struct kept_row *kept = outcomes_of_edge(reader, row, decider);
    edge->class = edge->weight >= automatic_of(sources, run->table, edge) ? PD_CLASS_AUTOMATIC : PD_CLASS_REVIEW;
    edge->decision = 0;
    for (size_t i = 0; i < run->model->n_decisions; i++) {
        const struct pd_decision *decision = &run->model->decisions[i];
        if (!decision_holds(run->model, i, kept, row, &decider->evaluator)) continue;
        edge->decision = (uint8_t)(i + 1);
        if (decision->certify || decision->class < edge->class) edge->class = (uint8_t)decision->class;
        return;
    }
}

struct decide_context {
    const struct pd_decide_run *run;
    struct pd_edges *edges;
    struct pd_source_weights sources;
    struct pd_strong_fields strong;
    struct decider *deciders; /* one per thread */
};

static bool keeps_class(const struct pd_decide_run *run, const struct pd_edge *edge)
{
    return run->again != NULL && edge->class != PD_CLASS_NONE &&
           (run->again[edge->left] | run->again[edge->right]) == 0;
}

/* Left rows ascend. */
static void prefetch_edge(const struct pd_decide_run *run, const struct pd_edge *edge)
{
    if (run->again != NULL)
        pd_prefetch(&run->again[edge->right]);
    else if (run->rivals != NULL)
        pd_prefetch(&run->rivals->n_candidates[edge->right]);
}

static enum padan_status decide_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct decide_context *decide = context;
    (void)error;
    struct edge_reader reader = { .run = decide->run, .strong = &decide->strong, .edges = decide->edges };
    const struct pd_row_reader row = { read_edge, &reader };
    const size_t begin = chunk * CHUNK_EDGES;
    const size_t end = begin + CHUNK_EDGES < decide->edges->n_edges ? begin + CHUNK_EDGES : decide->edges->n_edges;
    for (reader.edge = begin; reader.edge < end; reader.edge++) {
        struct pd_edge *edge = &decide->edges->edges[reader.edge];
        if (end - reader.edge > EDGES_AHEAD) prefetch_edge(decide->run, &edge[EDGES_AHEAD]);
        if (keeps_class(decide->run, edge)) continue;
        orient(decide->run, edge, &reader);
        decide_edge(&reader, &decide->sources, edge, &row, &decide->deciders[worker]);
    }
    return PADAN_OK;
}

static enum padan_status decide_all(struct decide_context *context, struct padan_error *error)
{
    const struct pd_decide_run *run = context->run;
    const size_t n_threads = run->threads < 1 ? 1 : (size_t)run->threads;
    const size_t n_chunks = (context->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    enum padan_status status = pd_allocate(&context->deciders, n_threads, sizeof *context->deciders, error);
    if (status != PADAN_OK) return status;
    for (size_t i = 0; i < n_threads && context->edges->n_comparisons <= LEVELS_MAX && status == PADAN_OK; i++)
        status = pd_allocate(&context->deciders[i].kept, ROWS_KEPT, sizeof *context->deciders[i].kept, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, run->threads, decide_chunk, context, error);
    for (size_t i = 0; i < n_threads; i++) {
        pd_free(context->deciders[i].kept);
        pd_evaluator_reset(&context->deciders[i].evaluator);
    }
    pd_free(context->deciders);
    return status;
}

enum padan_status pd_decide(const struct pd_decide_run *run, struct pd_edges *edges, struct padan_error *error)
{
    const struct pd_column_resolver resolver = { find_value, run };
    for (size_t i = 0; i < run->model->n_decisions; i++) {
        char where[128];
        const struct pd_decision *decision = &run->model->decisions[i];
        (void)snprintf(where, sizeof where, "model %.*s, decision %.*s", PD_TEXT_ARGS(run->model->name),
                       PD_TEXT_ARGS(decision->id));
        PD_TRY(pd_expression_bind(decision->condition, &resolver, where, error));
    }
    struct decide_context context = { .run = run, .edges = edges };
    pd_strong_fields_make(&context.strong, run->model);
    PD_TRY(pd_source_weights_make(run->model, run->table, &context.sources, error));
    const enum padan_status status = decide_all(&context, error);
    pd_source_weights_reset(&context.sources);
    return status;
}

enum padan_status pd_decide_alone(const struct pd_model *model, const struct pd_table *table, int threads,
                                  struct pd_edges *edges, struct padan_error *error)
{
    const struct pd_decide_run run = { .model = model, .table = table, .anchor_source = -1, .threads = threads };
    return pd_decide(&run, edges, error);
}
