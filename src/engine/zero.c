/* SPDX-License-Identifier: MIT */
#include "engine/zero_state.h"

#include "auto/dependence.h"
#include "auto/row_text.h"
#include "base/memory.h"

#include <math.h>

/* Candidates for training reach this weight (with the prior): below it a pair counts for less than 1 in 16,000. */
static const double CANDIDATE_BITS = -14;
/* No pair is taken that is twice as likely none by its weight, where this is all that is known of it. */
static const double LEAST_BITS = -1;
/* Values that fewer rows share by chance are not weighted by frequency. */
static const double FREQUENCY_ROWS = 4;
/* m to u of different values in what tells families apart, where training has failed. */
static const double APART_RATIO = 1e-9;
/* Of links by all texts of a row, no more than this share may be expected to be wrong, as of all links (auto/inside.c).
 * These are not measured by pairs inside the sources: goods of a series, which both shops have, are alike inside too,
 * and each row's second best measures them already. */
static const double MOST_WRONG_BY_ROW = 1.0 / 3;
/* More than any pair has. */
static const double NEVER_BITS = 1000;
/* Where families outnumber the matches, so many links at least are expected to be right. */
static const double FAMILIES_LEAST_PRECISION = .9;
/* Where training has failed, no pair below this weight is linked. */
static const double CAUTIOUS_BITS = 10;

/* --- the model before training --- */

static enum padan_status print_model(struct pd_zero *zero, struct pd_buffer *out, struct padan_error *error)
{
    static const char *const types[] = { "dedupe_only", "link_only", "link_and_dedupe" };
    pd_append_format(out, "{\n  \"link_type\": \"%s\",\n  \"padan_name\": \"zero configuration\",\n",
                     types[zero->options->link_type]);
    pd_zero_print_same_columns(zero, out);
    pd_append_string(out, "  \"probability_two_random_records_match\": 0.0001,\n"
                          "  \"blocking_rules_to_generate_predictions\": [\n");
    pd_auto_rules_print(&zero->rules, out);
    pd_append_string(out, "  ],\n  \"comparisons\": [\n");
    pd_auto_comparisons_print(&zero->profiles, &zero->comparisons, out);
    pd_append_string(out, "  ]\n}\n");
    return pd_buffer_status(out, error);
}

static enum padan_status write_model(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    enum padan_status status = print_model(zero, &text, error);
    if (status == PADAN_OK)
        status = pd_model_read(zero->model, (struct pd_text){ text.data, text.length }, "zero configuration",
                               pd_linker_functions(), error);
    pd_buffer_reset(&text);
    return status;
}

/* Pairs of scope with equal values, and with both values, that a comparison speaks of. */
static enum padan_status count_comparison(struct pd_zero *zero, const struct pd_auto_comparison *comparison,
                                          struct pd_equal_pairs *out, struct padan_error *error)
{
    int columns[2] = { -1, -1 };
    double both = 0;
    *out = (struct pd_equal_pairs){ 0 };
    if (comparison->state == PD_PARENT_EQUAL) return PADAN_OK; /* from its own set of pairs */
    PD_TRY(pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[comparison->profile], &columns[0], error));
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns, 1, &out->equal, error));
    PD_TRY(pd_auto_filled_pairs(&zero->data, columns[0], &out->filled, error));
    if (comparison->state == PD_PARENT_NONE) return PADAN_OK;
    PD_TRY(pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[comparison->parent], &columns[1], error));
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns, 2, &both, error));
    out->equal -= both;
    /* Of the pairs with both values, those whose parent is equal are as many as of all pairs: counted less equal pairs
     * they would be more than there are where the column is mostly empty. */
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns + 1, 1, &both, error));
    out->filled = fmax(out->filled * (1 - fmin(both / zero->all_pairs, 1)), fmax(out->equal, 1));
    return PADAN_OK;
}

static enum padan_status count_equal(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->equal, (n + 1) * sizeof *zero->equal, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->start, (n + 1) * sizeof *zero->start, error));
    for (size_t i = 0; i < n; i++) {
        PD_TRY(count_comparison(zero, &zero->comparisons.list[i], &zero->equal[i], error));
        for (size_t j = 0; j < zero->model->comparisons[i].n_levels; j++) {
            const struct pd_level *level = &zero->model->comparisons[i].levels[j];
            if (!level->is_null_level) zero->start[i][level->gamma + 1] = level->m;
        }
    }
    return PADAN_OK;
}

/* --- pairs for u --- */

enum padan_status pd_zero_remake_linker(struct pd_zero *zero, struct padan_error *error)
{
    pd_linker_reset(&zero->linker);
    return pd_linker_make(&zero->linker, zero->options->table, zero->model, zero->options->threads, error);
}

/* The sets of pairs that u is estimated from; the linker must be made. */
static enum padan_status make_sets(struct pd_zero *zero, struct padan_error *error)
{
    zero->n_sets = 1;
    PD_TRY(pd_zero_level(zero, zero->random_pairs.list, zero->random_pairs.n, &zero->sets[0], error));
    zero->sets[0].pairs = NULL;
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        zero->set_of[i] = 0;
        if (comparison->state != PD_PARENT_EQUAL) continue;
        zero->set_of[i] = zero->n_sets;
        PD_TRY(pd_zero_level_equal(zero, (size_t)comparison->parent, &zero->sets[zero->n_sets++], error));
    }
    return PADAN_OK;
}

/* --- training --- */

/* Rows compete for their matches in a link of sources whose rows are unique, inside one only if they come in pairs. */
static bool rows_compete(const struct pd_zero *zero)
{
    return zero->pairwise || !(zero->data.inside || zero->repeats);
}

static struct pd_rivals rivals_of(const struct pd_zero *zero)
{
    const struct pd_table *table = zero->options->table;
    return (struct pd_rivals){ rows_compete(zero) ? zero->edges.edges : NULL, table->source_of, table->n_records,
                               table->n_sources };
}

static double start_matches(const struct pd_zero *zero)
{
    return fmax((double)zero->options->table->n_records / 4, 1);
}

double pd_zero_start_lambda(const struct pd_zero *zero)
{
    return fmin(start_matches(zero) / zero->all_pairs, .5);
}

static struct pd_estimate_input input_of(const struct pd_zero *zero)
{
    return (struct pd_estimate_input){
        .candidates = { zero->edges.gammas, zero->extra, zero->edges.n_edges, NULL },
        .sets = zero->sets,
        .n_sets = zero->n_sets,
        .set_of = zero->set_of,
        .rivals = rivals_of(zero),
        .with_ranks = zero->by_row,
        .all_pairs = zero->all_pairs,
        .start_matches = start_matches(zero),
        .before = zero->before.related.lambda > 0 ? &zero->before : NULL,
        .equal = zero->equal,
        .start = (const double(*)[PD_GAMMAS])zero->start,
    };
}

static enum padan_status estimate(struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_estimate_input input = input_of(zero);
    pd_estimate_reset(&zero->estimate);
    PD_TRY(pd_estimate_model(&input, zero->model, &zero->estimate, error));
    if (zero->edges.n_edges > 0)
        zero->before = (struct pd_estimate_start){ zero->estimate.lambda, zero->estimate.related };
    return PADAN_OK;
}

/* A model that expects few matches would refuse the pairs that are related, and these have to be known as such. */
static double least_bits(const struct pd_zero *zero)
{
    const double usual = log2(start_matches(zero) / zero->all_pairs);
    return CANDIDATE_BITS + fmin(pd_weight_to_double(zero->model->prior) - usual, 0);
}

static enum padan_status find_candidates(struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = zero->scope };
    pd_edges_reset(&zero->edges);
    pd_free(zero->extra);
    zero->extra = NULL;
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(pd_linker_run(&zero->linker, &scope, NULL, (pd_weight)(least_bits(zero) * (double)PD_WEIGHT_ONE),
                         &zero->edges, error));
    PD_TRY(pd_allocate_array(&zero->extra, zero->edges.n_edges + 1, sizeof *zero->extra, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++)
        zero->extra[i] = pd_zero_frequency_bits(zero, zero->edges.gammas + i * zero->edges.n_comparisons,
                                                zero->edges.edges[i].left, zero->edges.edges[i].right);
    return PADAN_OK;
}

enum padan_status pd_zero_remake_model(struct pd_zero *zero, struct padan_error *error)
{
    pd_linker_reset(&zero->linker);
    pd_model_reset(zero->model);
    PD_TRY(write_model(zero, error));
    PD_TRY(count_equal(zero, error));
    PD_TRY(pd_zero_remake_linker(zero, error));
    pd_zero_extend_related(zero);
    return make_sets(zero, error);
}

static enum padan_status train(struct pd_zero *zero, struct padan_error *error)
{
    pd_edges_reset(&zero->edges);
    PD_TRY(estimate(zero, error)); /* no candidates yet: u and start values */
    for (int round = 0; round < 2; round++) {
        PD_TRY(find_candidates(zero, error));
        PD_TRY(estimate(zero, error));
    }
    return PADAN_OK;
}

static double score_any(void *context, uint32_t left, uint32_t right)
{
    const struct pd_zero *zero = context;
    int8_t gammas[PD_COMPARISONS_MAX];
    pd_weight weight = 0;
    (void)pd_plan_score(&zero->linker.plan, &zero->linker.workers[0], left, right, INT64_MIN, gammas, &weight);
    return pd_weight_to_double(weight);
}

enum padan_status pd_zero_find_best(struct pd_zero *zero, bool **best, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    const struct pd_rivals rivals = { zero->edges.edges, table->source_of, table->n_records, table->n_sources };
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(pd_arena_allocate(&zero->arena, best, (zero->edges.n_edges + 1) * sizeof **best, error));
    return pd_auto_uniqueness(&rivals, zero->estimate.weights, zero->edges.n_edges, score_any, zero, &zero->uniqueness,
                              *best, error);
}

/* Where one row has several matches in another source, they are not rivals: competition would leave each a part of what
 * it is worth and take the rest for pairs that merely agree in everything. Trains again without. */
static enum padan_status look_for_repeats(struct pd_zero *zero, struct padan_error *error)
{
    bool *best = NULL;
    if (!rows_compete(zero)) return PADAN_OK;
    PD_TRY(pd_zero_find_best(zero, &best, error));
    if (!zero->uniqueness.several) return PADAN_OK;
    zero->repeats = true;
    return train(zero, error);
}

/* --- columns that predict each other --- */

static enum padan_status find_parents(struct pd_zero *zero, int *parents, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    const struct pd_estimate_input input = input_of(zero);
    struct pd_agreement *given = NULL, *at_random = NULL;
    double *equal = NULL;
    PD_TRY(pd_arena_allocate(&zero->arena, &given, n * n * sizeof *given, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &at_random, n * sizeof *at_random, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &equal, n * sizeof *equal, error));
    PD_TRY(pd_estimate_agreement(&input, zero->model, &zero->estimate, &zero->sets[0], at_random, error));
    for (size_t i = 0; i < n; i++) {
        struct pd_levelled_pairs pairs;
        equal[i] = fmax(at_random[i].n_equal, .5) / fmax(at_random[i].n, 1);
        PD_TRY(pd_zero_level_equal(zero, zero->comparisons.list[i].profile, &pairs, error));
        PD_TRY(pd_estimate_agreement(&input, zero->model, &zero->estimate, &pairs, given + i * n, error));
    }
    const struct pd_dependence dependence = { n, equal, given };
    return pd_dependence_forest(&dependence, parents, error);
}

/* The frequency of a value says how many share it by chance. Where chance makes fewer than a few rows equal, it only
 * counts the rows of one entity: then all values are taken as equally rare. */
static bool drop_frequencies(struct pd_zero *zero, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        const struct pd_comparison *trained = &zero->model->comparisons[i];
        const double rows = (double)zero->profiles.columns[comparison->profile].n_filled;
        double u = 1;
        for (size_t j = trained->n_levels; j-- > 0;)
            if (!trained->levels[j].is_null_level) u = trained->levels[j].u;
        if (!comparison->frequency || u * rows >= FREQUENCY_ROWS) continue;
        comparison->frequency = false;
        any = true;
    }
    return any;
}

/* Splits the columns that others predict, and trains again when there are any. */
static enum padan_status mind_dependence(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    int parents[PD_COMPARISONS_MAX];
    bool any = false;
    PD_TRY(find_parents(zero, parents, error));
    any = drop_frequencies(zero, n);
    for (size_t i = 0; i < n; i++) {
        if (parents[i] < 0) continue;
        const size_t parent = zero->comparisons.list[parents[i]].profile;
        any = pd_auto_comparisons_split(&zero->comparisons, i, parent) || any;
    }
    if (!any) return PADAN_OK;
    PD_TRY(pd_zero_remake_model(zero, error));
    return train(zero, error);
}

enum padan_status pd_zero_train(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_auto_comparisons_make(zero->options->table, &zero->profiles, zero->by_row, &zero->arena,
                                    &zero->comparisons, error));
    PD_TRY(pd_zero_remake_model(zero, error));
    PD_TRY(train(zero, error));
    PD_TRY(look_for_repeats(zero, error));
    return mind_dependence(zero, error);
}

/* --- clusters and threshold --- */

/* Keeps of weights and probabilities the pairs that are the best of both their rows. */
static size_t keep_best(struct pd_zero *zero, const bool *best)
{
    size_t n = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (!best[i]) continue;
        zero->estimate.weights[n] = zero->estimate.weights[i];
        zero->estimate.probabilities[n++] = zero->estimate.probabilities[i];
    }
    return n;
}

/* Links of rows that are unique inside their sources are one to one. best [edges] out: NULL when rows do not compete.
 */
static enum padan_status choose_clustering(struct pd_zero *zero, size_t *n_pairs, bool **best,
                                           struct padan_error *error)
{
    *best = NULL;
    *n_pairs = zero->edges.n_edges;
    zero->model->clustering = PD_CLUSTER_GROUPS;
    if (!rows_compete(zero)) return PADAN_OK;
    PD_TRY(pd_zero_find_best(zero, best, error));
    if (!zero->uniqueness.one_to_one && !zero->by_row) return PADAN_OK;
    *n_pairs = keep_best(zero, *best);
    zero->model->clustering = zero->by_row     ? PD_CLUSTER_MUTUAL
                              : zero->pairwise ? PD_CLUSTER_PAIRS
                                               : PD_CLUSTER_ONE_TO_ONE;
    return PADAN_OK;
}

/* Nothing makes up for a difference in what families differ in. */
static void keep_families_apart(const struct pd_zero *zero, size_t profile)
{
    for (size_t c = 0; c < zero->model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        struct pd_level *lowest = &comparison->levels[comparison->n_levels - 1];
        if (zero->comparisons.list[c].profile != profile) continue;
        lowest->m = fmin(lowest->m, APART_RATIO * lowest->u);
        lowest->weight = pd_weight_of_ratio(lowest->m / lowest->u);
    }
}

/* Weights as usual in person data instead of those trained, and a threshold for what is sure. */
static enum padan_status fall_back(struct pd_zero *zero, const struct pd_zero_doubt *doubt, struct padan_error *error)
{
    pd_edges_reset(&zero->edges);
    PD_TRY(estimate(zero, error)); /* no candidates: u and start values */
    if (doubt->kind == PD_DOUBT_FAMILIES) keep_families_apart(zero, doubt->profile);
    zero->model->lambda = fmin(.01 * (double)zero->options->table->n_records / zero->all_pairs, .01);
    zero->model->prior = pd_weight_of_ratio(zero->model->lambda / (1 - zero->model->lambda));
    zero->threshold =
        (struct pd_auto_threshold){ .weight = fmax(pd_zero_nearly_all(zero), CAUTIOUS_BITS), .cannot_tell = true };
    if (doubt->kind == PD_DOUBT_SERIES)
        zero->threshold = (struct pd_auto_threshold){ .weight = NEVER_BITS, .cannot_tell = true, .none = true };
    zero->model->has_thresholds = true;
    zero->model->automatic_weight = zero->threshold.weight;
    zero->model->review_weight = 0;
    zero->model->clustering = zero->data.inside || zero->repeats ? PD_CLUSTER_GROUPS : PD_CLUSTER_ONE_TO_ONE;
    return PADAN_OK;
}

enum padan_status pd_zero_judge(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                struct padan_error *error)
{
    size_t n_pairs = 0;
    *best = NULL;
    PD_TRY(pd_zero_find_doubt(zero, doubt, error));
    if (doubt->kind != PD_DOUBT_NONE) return PADAN_OK;
    PD_TRY(choose_clustering(zero, &n_pairs, best, error));
    const struct pd_auto_limits least = { zero->by_row ? CANDIDATE_BITS : LEAST_BITS,
                                          zero->before.related.by_level ? FAMILIES_LEAST_PRECISION : 0 };
    return pd_auto_threshold(zero->estimate.weights, zero->estimate.probabilities, n_pairs, &least, &zero->threshold,
                             error);
}

/* Where all texts of a row together leave a link unclear, since rows repeat, matches do not stand out or too many links
 * are expected to be wrong, it is compared column by column. */
static enum padan_status retry_by_column(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                         struct padan_error *error)
{
    const bool clear = !zero->threshold.cannot_tell && zero->threshold.precision >= 1 - MOST_WRONG_BY_ROW;
    if (!zero->by_row || (!zero->repeats && clear)) return PADAN_OK;
    zero->by_row = zero->repeats = false;
    zero->before = (struct pd_estimate_start){ .lambda = 0 };
    PD_TRY(pd_zero_train(zero, error));
    return pd_zero_judge(zero, doubt, best, error);
}

static enum padan_status decide(struct pd_zero *zero, struct padan_error *error)
{
    bool *best = NULL;
    struct pd_zero_doubt doubt;
    PD_TRY(pd_zero_judge(zero, &doubt, &best, error));
    PD_TRY(retry_by_column(zero, &doubt, &best, error));
    PD_TRY(pd_zero_try_pairs(zero, &doubt, error));
    PD_TRY(pd_zero_try_families(zero, &doubt, error));
    pd_zero_say_doubt(zero, &doubt);
    if (doubt.kind != PD_DOUBT_NONE) return fall_back(zero, &doubt, error);
    if (best != NULL && !zero->by_row) PD_TRY(pd_zero_look_inside(zero, best, error));
    zero->model->has_thresholds = true;
    zero->model->automatic_weight = zero->threshold.weight;
    zero->model->review_weight = fmin(zero->threshold.weight, 0);
    return PADAN_OK;
}

static enum padan_status make_scopes(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->options->table->n_sources;
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->scope, n * n + 1, error));
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            zero->scope[a * n + b] =
                (a == b ? zero->data.inside : zero->data.across) ? PD_SCOPE_ALWAYS : PD_SCOPE_NEVER;
        }
    return pd_auto_all_pairs(&zero->data, &zero->all_pairs, error);
}

/* Columns that no pair in scope has on both sides, as when sources name what is the same differently. */
static enum padan_status leave_out_one_sided(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        double pairs = 0;
        if (profile->kind == PD_KIND_LEFT_OUT) continue;
        PD_TRY(pd_auto_filled_pairs(&zero->data, profile->column, &pairs, error));
        if (pairs >= 1) continue;
        profile->kind = PD_KIND_LEFT_OUT;
        profile->reason = "has values in one source only";
    }
    return PADAN_OK;
}

static enum padan_status make(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(make_scopes(zero, error));
    PD_TRY(pd_zero_read_columns(zero, error));
    PD_TRY(leave_out_one_sided(zero, error));
    PD_TRY(pd_auto_comparisons_make(zero->options->table, &zero->profiles, zero->by_row, &zero->arena,
                                    &zero->comparisons, error));
    pd_zero_say_columns(zero);
    if (zero->comparisons.n == 0 && !zero->data.inside)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no column is of use for finding the same rows: a column must have the same name in all sources, or "
                "values so much alike that it is told by them; rename columns, or name a model with --model");
    if (zero->comparisons.n == 0 || zero->all_pairs < 1)
        PD_FAIL(error, PADAN_BAD_INPUT, "no column is of use for finding the same rows: name a model with --model");
    PD_TRY(pd_auto_rules_choose(&zero->data, &zero->profiles, &zero->arena, &zero->rules, error));
    pd_zero_say_rules(zero);
    PD_TRY(pd_zero_draw(zero, zero->scope, zero->all_pairs, &zero->random_pairs, error));
    pd_auto_row_text(zero->options->table, &zero->profiles);
    zero->by_row = !zero->data.inside && pd_auto_has_row_text(&zero->profiles);
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(decide(zero, error));
    pd_zero_say_result(zero);
    return PADAN_OK;
}

enum padan_status pd_zero_model(const struct pd_zero_options *options, struct pd_model *model, struct pd_buffer *said,
                                struct padan_error *error)
{
    struct pd_zero zero = { .options = options, .model = model, .said = said };
    zero.data = (struct pd_auto_data){ .table = options->table,
                                       .functions = pd_linker_functions(),
                                       .across = options->link_type != PD_DEDUPE_ONLY,
                                       .inside = options->link_type != PD_LINK_ONLY,
                                       .threads = options->threads };
    const enum padan_status status = make(&zero, error);
    pd_estimate_reset(&zero.estimate);
    pd_edges_reset(&zero.edges);
    pd_free(zero.extra);
    pd_linker_reset(&zero.linker);
    pd_arena_reset(&zero.arena);
    return status;
}
