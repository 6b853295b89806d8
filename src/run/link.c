/* SPDX-License-Identifier: MIT
 * From a normalised table to persons, families and the link of every row.
 *
 * What is compared (CONTRACT 3, `compare: auto`), in two sweeps:
 *   1. by the model's first rules, every source with the register, and rows inside each program;
 *   2. by all rules, once more, and registry with programs and programs with each other, where at least one row has no
 *      automatic register link, or a weak one: such a row is looked for by further rules too. Of a row without one the
 *      strongest pairs below the review threshold are kept for review (padan_unlinked of the model). Decisions and
 *      numbers of candidates know nothing of those.
 * Without a register everything is compared with everything at once; a list in the job overrides all of it. */
#include "run/state.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "cluster/headless.h"
#include "cluster/only_candidate.h"
#include "engine/train.h"
#include "linking/candidates.h"
#include "score/decide.h"
#include "score/twins.h"

#include <math.h>

/* Few rows of some stretches have another name than their person, and nearly all of others: hence short chunks. */
enum { FAMILY_PEOPLE_MAX = 20, CHUNK_ROWS = 1024 };

static void set_scope(uint8_t *matrix, size_t n, size_t a, size_t b, enum pd_scope_kind kind)
{
    matrix[a * n + b] = (uint8_t)kind;
    matrix[b * n + a] = (uint8_t)kind;
}

static void first_sweep(const struct pd_job *job, int register_source, uint8_t *matrix)
{
    const size_t n = job->n_sources;
    for (size_t i = 0; !job->compare_auto && i < job->n_compare; i++)
        set_scope(matrix, n, job->compare[i].a, job->compare[i].b, PD_SCOPE_ALWAYS);
    for (size_t a = 0; job->compare_auto && a < n; a++) {
        for (size_t b = a; b < n; b++) {
            const bool with_register = (int)a == register_source || (int)b == register_source;
            if (register_source < 0)
                set_scope(matrix, n, a, b, PD_SCOPE_ALWAYS);
            else if (a == b ? job->sources[a].role == PD_ROLE_PROGRAM : with_register)
                set_scope(matrix, n, a, b, PD_SCOPE_ALWAYS);
        }
    }
}

static void second_sweep(const struct pd_job *job, uint8_t *matrix)
{
    const size_t n = job->n_sources;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++)
            if (a != b || job->sources[a].role == PD_ROLE_PROGRAM) set_scope(matrix, n, a, b, PD_SCOPE_UNLINKED);
}

static struct pd_decide_run decide_run(const struct pd_run_state *run, const uint8_t *tied)
{
    const int register_source = run->linkage.register_source;
    return (struct pd_decide_run){ .model = &run->model,
                                   .table = &run->table,
                                   .anchor_source = register_source,
                                   .nik_owner = register_source < 0 ? NULL : run->linkage.nik_owner,
                                   .tied = tied,
                                   .threads = run->threads };
}

/* What is written and overwritten while pairs are sought: linked marks rows with an automatic link to the register,
 * tied those between two people of it, again those whose edges are to be decided again. */
struct marks {
    uint8_t *matrix, *linked, *tied, *again;
};

/* Classes of all edges, or of those that have none yet or whose rows are marked `again`, with margins as they are now.
 * Finds who is tied. */
static enum padan_status classify(struct pd_run_state *run, const uint8_t *again, const struct marks *marks,
                                  struct padan_error *error)
{
    struct pd_rivals rivals;
    uint8_t *tied = marks->tied;
    struct pd_decide_run decide = decide_run(run, tied);
    const struct pd_rivals_of of = { &run->table, decide.anchor_source, &run->edges, run->threads };
    enum padan_status status = pd_rivals_find(&of, &rivals, tied, error);
    const struct pd_twins_of twins = { &of, &rivals, &run->linkage.columns, decide.nik_owner };
    if (status == PADAN_OK) status = pd_mark_twins(&twins, tied, error);
    decide.again = again;
    decide.rivals = &rivals;
    if (status == PADAN_OK) status = pd_decide(&decide, &run->edges, error);
    pd_rivals_reset(&rivals);
    return status;
}

static void set_class(struct pd_edges *edges, enum pd_class class)
{
    for (size_t i = 0; i < edges->n_edges; i++) edges->edges[i].class = (uint8_t) class;
}

/* Rows with an automatic link of a weight or more to the register, and the register's own. */
static enum padan_status mark_linked(const struct pd_run_state *run, pd_weight least, uint8_t *linked,
                                     struct padan_error *error)
{
    if (run->linkage.register_source < 0) return PADAN_OK;
    const struct pd_source *people = &run->table.sources[run->linkage.register_source];
    const struct pd_mark_linked_of of = { &run->table, run->linkage.register_source, &run->edges, least, run->threads };
    PD_TRY(pd_mark_linked(&of, linked, error));
    memset(linked + people->begin, 1, people->end - people->begin);
    return PADAN_OK;
}

/* Classes after the first sweep. Families speak for pairs of unlinked rows below the review threshold too: those may
 * reach it so. What they say changes the edges of few rows, and those are decided again: all that a decision reads of
 * an edge is its own or its rows'. */
static enum padan_status classify_with_families(struct pd_run_state *run, const struct marks *marks,
                                                struct padan_error *error)
{
    const pd_weight review = pd_weight_of_bits(run->model.review_weight);
    struct pd_edges weak = { 0 };
    PD_TRY(pd_edges_part(&run->edges, review, &weak, error));
    enum padan_status status = classify(run, NULL, marks, error);
    if (status == PADAN_OK) status = mark_linked(run, INT64_MIN, marks->linked, error);
    pd_edges_drop_linked(&weak, marks->linked);
    set_class(&weak, PD_CLASS_REVIEW);
    if (status == PADAN_OK) status = pd_edges_join(&run->edges, &weak, error);
    pd_edges_reset(&weak);
    const struct pd_household_evidence_of of = { &run->table, &run->linkage.columns, run->linkage.register_source,
                                                 run->model.household_bits, run->threads };
    if (status == PADAN_OK)
        status = pd_household_evidence(&of, &run->edges, marks->again, &run->n_household_evidence, error);
    if (status == PADAN_OK) status = pd_edges_part(&run->edges, review, &weak, error);
    pd_edges_reset(&weak);
    return status == PADAN_OK ? classify(run, marks->again, marks, error) : status;
}

/* Where no register says who is who, the clusters so far tell which people are each other's only candidates, and their
 * edges are decided again. */
static enum padan_status decide_only_candidates(struct pd_run_state *run, const struct marks *marks, uint8_t *only,
                                                struct padan_error *error)
{
    const struct pd_cluster_options options = { .table = &run->table, .anchor_source = -1, .threads = run->threads };
    struct pd_clusters clusters = { 0 };
    struct pd_decide_run decide = decide_run(run, NULL);
    decide.only = only;
    decide.again = marks->again;
    PD_TRY(pd_cluster_persons(&options, &run->edges, &clusters, error));
    const struct pd_only_candidate_of of = { &run->table, &clusters, &run->edges, run->threads };
    enum padan_status status = pd_cluster_only_candidates(&of, only, error);
    pd_clusters_reset(&clusters);
    memset(marks->again, 0, run->table.n_records);
    for (size_t i = 0; status == PADAN_OK && i < run->edges.n_edges; i++)
        if (only[i] != 0) marks->again[run->edges.edges[i].left] = 1;
    return status == PADAN_OK ? pd_decide(&decide, &run->edges, error) : status;
}

static enum padan_status classify_without_register(struct pd_run_state *run, const struct marks *marks,
                                                   struct padan_error *error)
{
    uint8_t *only = NULL;
    PD_TRY(classify(run, NULL, marks, error));
    PD_TRY(pd_allocate_array(&only, run->edges.n_edges + 1, sizeof *only, error));
    const enum padan_status status = decide_only_candidates(run, marks, only, error);
    pd_free(only);
    return status;
}

/* Of what is below the review threshold the strongest pairs of a row are guesses: tinjau, and of no weight for others.
 */
static enum padan_status sweep_without_register(struct pd_run_state *run, const struct pd_scope *scope,
                                                const struct marks *marks, struct padan_error *error)
{
    const struct pd_strongest strongest = { &run->table, -1, &run->edges, PD_TIE_BITS * PD_WEIGHT_ONE, run->threads };
    struct pd_edges far = { 0 };
    PD_TRY(
        pd_linker_run(&run->linker, scope, pd_weight_of_bits(run->model.without_register_weight), &run->edges, error));
    PD_TRY(pd_edges_part(&run->edges, pd_weight_of_bits(run->model.review_weight), &far, error));
    enum padan_status status = classify_without_register(run, marks, error);
    if (status == PADAN_OK) status = pd_edges_keep_strongest(&strongest, &far, error);
    set_class(&far, PD_CLASS_REVIEW);
    if (status == PADAN_OK) status = pd_edges_join(&run->edges, &far, error);
    pd_edges_reset(&far);
    return status;
}

/* Somebody else's NIK, or a slip in it, may put the wrong one of two guesses so many bits above the right one: all that
 * near count in the upper ends of intervals. */
enum { GUESSES_BITS = 6 };

/* Names and birth dates that are equal by chance link below this weight; the right person, whose date the row has
 * wrong, is found by the second sweep alone. */
enum { WEAK_LINK_BITS = 12 };

/* The second sweep, of rows without a link or with a weak one. It may bring candidates for them, so they are decided
 * again. What is below the review threshold joins when all classes are set, for those that had no link. */
static enum padan_status look_further(struct pd_run_state *run, const struct marks *marks, const uint8_t *had_link,
                                      struct padan_error *error)
{
    const struct pd_scope scope = { .n_sources = run->job.n_sources, .matrix = marks->matrix, .linked = marks->linked };
    struct pd_edges found = { 0 };
    struct pd_edges far = { 0 };
    enum padan_status status =
        pd_linker_run(&run->linker, &scope, pd_weight_of_bits(run->model.unlinked_weight), &found, error);
    if (status == PADAN_OK) status = pd_edges_part(&found, pd_weight_of_bits(run->model.review_weight), &far, error);
    if (status == PADAN_OK) status = pd_edges_join(&run->edges, &found, error);
    for (size_t i = 0; i < run->table.n_records; i++) marks->again[i] = !marks->linked[i];
    if (status == PADAN_OK) status = classify(run, marks->again, marks, error);
    const struct pd_strongest strongest = { &run->table, run->linkage.register_source, &run->edges,
                                            GUESSES_BITS * PD_WEIGHT_ONE, run->threads };
    pd_edges_drop_linked(&far, had_link);
    if (status == PADAN_OK) status = pd_edges_keep_strongest(&strongest, &far, error);
    set_class(&far, PD_CLASS_REVIEW);
    if (status == PADAN_OK) status = pd_edges_join(&run->edges, &far, error);
    pd_edges_reset(&found);
    pd_edges_reset(&far);
    return status;
}

static enum padan_status sweeps(struct pd_run_state *run, const struct marks *marks, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    const int register_source = run->linkage.register_source;
    const bool looks_twice = job->compare_auto && register_source >= 0;
    const struct pd_scope scope = { .n_sources = job->n_sources, .matrix = marks->matrix, .first_look = looks_twice };
    const pd_weight needed = pd_weight_of_bits(run->model.review_weight - run->model.household_bits);
    memset(marks->matrix, PD_SCOPE_NEVER, job->n_sources * job->n_sources);
    first_sweep(job, register_source, marks->matrix);
    if (register_source < 0) return sweep_without_register(run, &scope, marks, error);
    PD_TRY(pd_linker_run(&run->linker, &scope, needed, &run->edges, error));
    PD_TRY(classify_with_families(run, marks, error));
    if (!looks_twice) return PADAN_OK;
    uint8_t *had_link = NULL;
    PD_TRY(pd_allocate_array(&had_link, run->table.n_records, sizeof *had_link, error));
    enum padan_status status = mark_linked(run, INT64_MIN, had_link, error);
    if (status == PADAN_OK) status = mark_linked(run, WEAK_LINK_BITS * PD_WEIGHT_ONE, marks->linked, error);
    memset(marks->matrix, PD_SCOPE_NEVER, job->n_sources * job->n_sources);
    second_sweep(job, marks->matrix);
    if (status == PADAN_OK) status = look_further(run, marks, had_link, error);
    pd_free(had_link);
    return status;
}

enum padan_status pd_run_pairs(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_linkage *linkage = &run->linkage;
    const size_t n_records = run->table.n_records;
    PD_TRY(pd_linker_make_for_runs(&run->linker, &run->table, &run->model, run->threads, error));
    run->linker.slice_words = pd_memory_slice_words(&run->memory, pd_run_allowed_memory(run));
    PD_TRY(pd_run_forget_texts(run, error));
    *linkage = (struct pd_linkage){ .table = &run->table, .model = &run->model, .edges = &run->edges };
    linkage->register_source = pd_job_source_of_role(&run->job, PD_ROLE_REGISTER);
    linkage->registry = &run->eligibility.registry;
    PD_TRY(pd_registry_list(&run->job, &run->eligibility.registry, error));
    pd_person_columns_find(&run->table, &linkage->columns);
    PD_TRY(pd_allocate_array(&linkage->nik_owner, n_records, sizeof *linkage->nik_owner, error));
    PD_TRY(pd_allocate_array(&run->nik_code, n_records, sizeof *run->nik_code, error));
    PD_TRY(pd_nik_lookup(&run->table, &linkage->columns, linkage->register_source, run->threads, linkage->nik_owner,
                         run->nik_code, error));
    struct marks marks = { NULL, NULL, NULL, NULL };
    enum padan_status status = pd_allocate(&marks.matrix, run->job.n_sources * run->job.n_sources, 1, error);
    if (status == PADAN_OK) status = pd_allocate(&marks.linked, n_records, 1, error);
    if (status == PADAN_OK) status = pd_allocate(&marks.tied, n_records + 1, sizeof *marks.tied, error);
    if (status == PADAN_OK) status = pd_allocate_array(&marks.again, n_records + 1, sizeof *marks.again, error);
    if (status == PADAN_OK) status = sweeps(run, &marks, error);
    pd_linker_rest(&run->linker);
    if (status == PADAN_OK) status = pd_run_drop_columns(run, error);
    pd_free(marks.matrix);
    pd_free(marks.linked);
    pd_free(marks.tied);
    pd_free(marks.again);
    return status;
}

enum padan_status pd_run_candidates(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_candidates_options *blocking = run->options->blocking;
    struct pd_candidates candidates = { .n_rules = 0 };
    uint8_t *matrix = NULL;
    PD_TRY(pd_linker_make(&run->linker, &run->table, &run->model, run->threads, error));
    PD_TRY(pd_arena_allocate(&run->arena, &matrix, run->job.n_sources * run->job.n_sources, error));
    memset(matrix, PD_SCOPE_NEVER, run->job.n_sources * run->job.n_sources);
    first_sweep(&run->job, pd_job_source_of_role(&run->job, PD_ROLE_REGISTER), matrix);
    const struct pd_scope scope = { .n_sources = run->job.n_sources, .matrix = matrix };
    const enum padan_status status = pd_candidates_count(&run->linker, &scope, blocking, &candidates, error);
    if (status == PADAN_OK) pd_candidates_print(&candidates, blocking->json, run->options->report);
    pd_candidates_reset(&candidates);
    return status == PADAN_OK ? pd_buffer_status(run->options->report, error) : status;
}

enum padan_status pd_run_train(struct pd_run_state *run, struct pd_run_summary *summary, struct padan_error *error)
{
    struct pd_training_options training = *run->options->training;
    const int register_source = pd_job_source_of_role(&run->job, PD_ROLE_REGISTER);
    uint8_t *matrix = NULL;
    if (training.seed == PD_SEED_UNSAID) training.seed = run->job.seed;
    PD_TRY(pd_arena_allocate(&run->arena, &matrix, run->job.n_sources * run->job.n_sources, error));
    memset(matrix, PD_SCOPE_NEVER, run->job.n_sources * run->job.n_sources);
    first_sweep(&run->job, register_source, matrix);
    if (run->job.compare_auto && register_source >= 0) second_sweep(&run->job, matrix);
    const struct pd_scope scope = { .n_sources = run->job.n_sources, .matrix = matrix };
    summary->n_rows = run->table.n_records;
    summary->exit_code = run->exit_code;
    return pd_engine_train(&training, &run->table, &run->model, &scope, run->threads, &run->options->progress, summary,
                           error);
}

/* --- clusters --- */

/* Who says which family: the registry first, then the register, then rosters (CONTRACT 3). */
static uint8_t family_priority(enum pd_role role)
{
    return role == PD_ROLE_REGISTRY ? 0 : role == PD_ROLE_REGISTER ? 1 : 2;
}

/* Whom the registry tells of one by one, with their places in the family. */
static bool tells_members(const struct pd_registry *registry, size_t source)
{
    return registry->version_of_source[source] >= 0 && registry->unit_of_source[source] == 0;
}

/* Where no register says whose family people are whom the registry puts under a number of nobody's. */
static enum padan_status join_headless(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_linkage *linkage = &run->linkage;
    const struct pd_person_columns *columns = &linkage->columns;
    bool *members = NULL;
    if (linkage->register_source >= 0) return PADAN_OK;
    PD_TRY(pd_arena_allocate(&run->arena, &members, run->job.n_sources + 1, error));
    for (size_t i = 0; i < run->job.n_sources; i++) members[i] = tells_members(linkage->registry, i);
    const struct pd_headless_options options = { .table = &run->table,
                                                 .clusters = &run->clusters,
                                                 .tells_members = members,
                                                 .place_in_family = columns->hub_keluarga,
                                                 .name = columns->nama,
                                                 .mother = columns->nama_ibu,
                                                 .birth = columns->tgl_lahir,
                                                 .sex = columns->jenis_kelamin,
                                                 .village = columns->kode_desa,
                                                 .rt = columns->rt,
                                                 .rw = columns->rw,
                                                 .threads = run->threads };
    return pd_cluster_headless(&options, linkage->household, error);
}

static enum padan_status make_households(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_linkage *linkage = &run->linkage;
    uint8_t *priority = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &priority, run->job.n_sources + 1, error));
    PD_TRY(pd_allocate_array(&linkage->household, run->table.n_records, sizeof *linkage->household, error));
    for (size_t i = 0; i < run->job.n_sources; i++) priority[i] = family_priority(run->job.sources[i].role);
    const struct pd_household_options options = { .table = &run->table,
                                                  .number = run->table.columns[linkage->columns.no_kk].words,
                                                  .person = run->table.columns[linkage->columns.nik].words,
                                                  .priority = priority,
                                                  .max_people = FAMILY_PEOPLE_MAX,
                                                  .register_source = linkage->register_source,
                                                  .threads = run->threads };
    PD_TRY(pd_cluster_households(&options, &run->clusters, linkage->household, error));
    return join_headless(run, error);
}

struct name_scores {
    struct pd_linkage *linkage;
    const struct pd_kernel *kernel;
    const struct pd_kernel_side *side;
};

static uint16_t score_pair(const struct name_scores *scores, uint32_t left, uint32_t right)
{
    const uint32_t *codes = scores->linkage->table->columns[scores->linkage->columns.nama].words;
    const uint32_t a = codes[left];
    const uint32_t b = codes[right];
    if (a == 0 || b == 0) return UINT16_MAX;
    return a == b ? 1000 : (uint16_t)lround(1000 * scores->kernel->evaluate(scores->side, a, scores->side, b));
}

/* Whether the names of a row and of its person must be compared, and their codes. */
static bool must_compare(const struct name_scores *scores, size_t row, uint32_t names[2])
{
    const struct pd_linkage *linkage = scores->linkage;
    const uint32_t *codes = linkage->table->columns[linkage->columns.nama].words;
    if (pd_is_person(linkage, row)) return false;
    const uint32_t person = pd_link_of(linkage, row)->register_record;
    if (person == PD_NO_RECORD) return false;
    names[0] = codes[row];
    names[1] = codes[person];
    return names[0] != 0 && names[1] != 0 && names[0] != names[1];
}

/* A row's person lies anywhere, and so do their names. In turns: the code of the person's name, the places of both
 * names, and what is there; each must be near when the next is asked for. */
static void prefetch_names(const struct name_scores *scores, size_t row, size_t end)
{
    enum { FAR = 24, NEARER = 16, NEAR = 8 };
    const struct pd_linkage *linkage = scores->linkage;
    const uint32_t *codes = linkage->table->columns[linkage->columns.nama].words;
    uint32_t names[2];
    if (end - row <= FAR || pd_is_person(linkage, row + FAR)) return;
    const uint32_t person = pd_link_of(linkage, row + FAR)->register_record;
    if (person != PD_NO_RECORD) pd_prefetch(&codes[person]);
    if (must_compare(scores, row + NEARER, names))
        for (size_t i = 0; i < 2; i++) pd_kernel_prefetch_place(scores->side, names[i]);
    if (must_compare(scores, row + NEAR, names))
        for (size_t i = 0; i < 2; i++) pd_kernel_prefetch(scores->side, names[i]);
}

static enum padan_status score_names(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct name_scores *scores = context;
    const struct pd_linkage *linkage = scores->linkage;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t n = linkage->table->n_records;
    const size_t end = begin + CHUNK_ROWS < n ? begin + CHUNK_ROWS : n;
    (void)worker;
    (void)error;
    for (size_t row = begin; row < end; row++) {
        if (pd_is_person(linkage, row)) continue;
        prefetch_names(scores, row, end);
        struct pd_row_link *link = pd_link_of(linkage, row);
        if (link->register_record == PD_NO_RECORD) continue;
        link->name_score = score_pair(scores, (uint32_t)row, link->register_record);
    }
    return PADAN_OK;
}

static enum padan_status score_pairs(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct name_scores *scores = context;
    const struct pd_edges *edges = scores->linkage->edges;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t end = edges->n_edges - begin < CHUNK_ROWS ? edges->n_edges : begin + CHUNK_ROWS;
    (void)worker;
    (void)error;
    for (size_t i = begin; i < end; i++)
        scores->linkage->pair_name_score[i] = edges->edges[i].class == PD_CLASS_REVIEW
                                                  ? score_pair(scores, edges->edges[i].left, edges->edges[i].right)
                                                  : UINT16_MAX;
    return PADAN_OK;
}

/* skor_nama of every row against its person or candidate, and of every pair to be reviewed. */
static enum padan_status make_name_scores(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_kernel_side *made = NULL;
    const struct pd_kernel *kernel = pd_kernel_find(PD_TEXT("name_similarity"));
    const int names = run->linkage.columns.nama;
    const struct pd_kernel_side *side = pd_conditions_side(&run->linker.plan.conditions, kernel, names);
    if (side == NULL) PD_TRY(pd_kernel_prepare(kernel, &run->table.columns[names], run->threads, &made, error));
    struct name_scores scores = { &run->linkage, kernel, side == NULL ? made : side };
    enum padan_status status = pd_parallel_for((run->table.n_records + CHUNK_ROWS - 1) / CHUNK_ROWS, run->threads,
                                               score_names, &scores, error);
    if (status == PADAN_OK)
        status = pd_parallel_for((run->edges.n_edges + CHUNK_ROWS - 1) / CHUNK_ROWS, run->threads, score_pairs, &scores,
                                 error);
    pd_kernel_side_free(made);
    return status;
}

enum padan_status pd_run_clusters(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_linkage *linkage = &run->linkage;
    const struct pd_cluster_options options = { .table = &run->table,
                                                .anchor_source = linkage->register_source,
                                                .unguarded = run->model.unguarded,
                                                .threads = run->threads };
    PD_TRY(pd_cluster_persons(&options, &run->edges, &run->clusters, error));
    linkage->cluster = run->clusters.cluster;
    linkage->cluster_size = run->clusters.size;
    linkage->anchor = run->clusters.anchor;
    PD_TRY(make_households(run, error));
    PD_TRY(pd_edge_index(&run->edges, run->table.n_records, run->threads, &linkage->edge_begins, &linkage->edges_of,
                         error));
    PD_TRY(
        pd_allocate_array(&linkage->pair_name_score, run->edges.n_edges + 1, sizeof *linkage->pair_name_score, error));
    PD_TRY(pd_links_make(linkage, run->nik_code, run->threads, error));
    pd_free(run->nik_code);
    run->nik_code = NULL;
    PD_TRY(make_name_scores(run, error));
    pd_linker_finish(&run->linker);
    return PADAN_OK;
}

void pd_run_link_reset(struct pd_run_state *run)
{
    pd_free(run->linkage.links);
    pd_free(run->linkage.persons);
    pd_free(run->linkage.household);
    pd_free(run->linkage.nik_owner);
    pd_free(run->linkage.pair_name_score);
    pd_free(run->linkage.edge_begins);
    pd_free(run->linkage.edges_of);
    pd_free(run->nik_code);
    pd_clusters_reset(&run->clusters);
    pd_edges_reset(&run->edges);
    pd_linker_reset(&run->linker);
}
