/* SPDX-License-Identifier: MIT */
#include "training/trainer.h"

#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { TABLE = PD_TRAIN_TABLE, MAX_PAIRS = 1000000 };

static const double LEAST = 1e-300;
/* More matches than this per row are no sensible result. */
static const double MATCHES_PER_ROW = 50;

enum padan_status pd_trainer_warn(struct pd_trainer *trainer, struct padan_error *error, const char *format, ...)
{
    struct pd_train_result *result = trainer->result;
    char sentence[480];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    PD_TRY(pd_grow(&result->warnings, &result->warnings_capacity, result->n_warnings + 1, sizeof *result->warnings,
                   error));
    PD_TRY(pd_arena_copy(&result->arena, pd_text_of(sentence), &result->warnings[result->n_warnings], error));
    result->n_warnings++;
    return PADAN_OK;
}

static void tell(const struct pd_trainer *trainer, const char *sentence)
{
    if (trainer->options->message != NULL) trainer->options->message(trainer->options->message_context, sentence);
}

/* --- before --- */

/* m and u of a comparison where EM starts: the model's when they are probabilities, else Splink's defaults. */
static void start_comparison(struct pd_trainer *trainer, size_t index)
{
    const struct pd_comparison *comparison = &trainer->model->comparisons[index];
    double sum_m = 0;
    double sum_u = 0;
    size_t n = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        if (comparison->levels[i].is_null_level) continue;
        sum_m += comparison->levels[i].m;
        sum_u += comparison->levels[i].u;
        n++;
    }
    trainer->n_levels[index] = n;
    const double rest = n > 1 ? 0.05 / (double)(n - 1) : 1;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        const size_t at = pd_level_index(index, (size_t)level->gamma);
        const bool is_top = level->gamma == (int)n - 1;
        trainer->fixed_m[at] = level->fix_m;
        trainer->fixed_u[at] = level->fix_u;
        trainer->m_start[at] = fabs(sum_m - 1) < 0.01 || level->fix_m ? level->m
                               : is_top                               ? 1 - rest * ((double)n - 1)
                                                                      : rest;
        trainer->u_start[at] = fabs(sum_u - 1) < 0.01 || level->fix_u ? level->u : 1 / (double)n;
    }
}

static enum padan_status prepare(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_arena *arena = &trainer->arena;
    trainer->n_comparisons = trainer->model->n_comparisons;
    PD_TRY(pd_arena_allocate(arena, &trainer->u_start, TABLE * sizeof *trainer->u_start, error));
    PD_TRY(pd_arena_allocate(arena, &trainer->u_counts, TABLE * sizeof *trainer->u_counts, error));
    PD_TRY(pd_arena_allocate(arena, &trainer->m_start, TABLE * sizeof *trainer->m_start, error));
    PD_TRY(pd_arena_allocate(arena, &trainer->fixed_m, TABLE * sizeof *trainer->fixed_m, error));
    PD_TRY(pd_arena_allocate(arena, &trainer->fixed_u, TABLE * sizeof *trainer->fixed_u, error));
    for (size_t i = 0; i < TABLE; i++) trainer->u_start[i] = trainer->m_start[i] = 1;
    for (size_t i = 0; i < trainer->n_comparisons; i++) start_comparison(trainer, i);
    PD_TRY(pd_trainer_groups(trainer, error));
    return PADAN_OK;
}

/* --- after --- */

static void store_level(const struct pd_trained_level *trained, struct pd_level *level)
{
    if (trained->m_source != PD_TRAINED_KEPT) {
        level->m = fmax(trained->m, LEAST);
        level->has_m = true;
    }
    if (trained->u_source != PD_TRAINED_KEPT) {
        level->u = fmax(trained->u, LEAST);
        level->has_u = true;
    }
    level->weight = pd_weight_of_ratio(level->m / level->u);
}

/* Hand-set weights stay where m is not identified: half a comparison cannot be trained. */
static bool keeps_weights(const struct pd_trained_comparison *trained, const struct pd_comparison *comparison)
{
    bool all_kept = true;
    bool by_hand = false;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        all_kept = all_kept && trained->levels[i].m_source == PD_TRAINED_KEPT;
        by_hand = by_hand || level->weight != pd_weight_of_ratio(level->m / level->u);
    }
    return all_kept && by_hand;
}

static void store(const struct pd_trainer *trainer)
{
    const struct pd_train_result *result = trainer->result;
    struct pd_model *model = trainer->model;
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        if (keeps_weights(&result->comparisons[i], comparison)) continue;
        for (size_t j = 0; j < comparison->n_levels; j++)
            if (!comparison->levels[j].is_null_level)
                store_level(&result->comparisons[i].levels[j], &comparison->levels[j]);
    }
    model->lambda = result->lambda;
    model->prior = pd_weight_of_ratio(model->lambda / (1 - model->lambda));
}

/* Lambdas and thresholds per pair of sources, when there are several and not too many. */
static enum padan_status store_groups(const struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_result *result = trainer->result;
    struct pd_model *model = trainer->model;
    model->n_source_pairs = 0;
    if (result->n_groups < 2 || result->groups[0].a == SIZE_MAX) return PADAN_OK;
    PD_TRY(
        pd_arena_allocate(&model->arena, &model->source_pairs, result->n_groups * sizeof *model->source_pairs, error));
    for (size_t i = 0; i < result->n_groups; i++) {
        const struct pd_trained_group *group = &result->groups[i];
        struct pd_source_pair *pair = &model->source_pairs[model->n_source_pairs++];
        *pair = (struct pd_source_pair){ .lambda = group->lambda,
                                         .prior = pd_weight_of_ratio(group->lambda / (1 - group->lambda)),
                                         .automatic = group->automatic,
                                         .has_automatic = group->calibrated };
        PD_TRY(pd_arena_copy(&model->arena, trainer->table->sources[group->a].name, &pair->left, error));
        PD_TRY(pd_arena_copy(&model->arena, trainer->table->sources[group->b].name, &pair->right, error));
    }
    return PADAN_OK;
}

/* For messages. */
static struct pd_text short_name(const struct pd_comparison *comparison)
{
    return pd_text_slice(comparison->name, 0, comparison->name.length > 100 ? 100 : comparison->name.length);
}

static enum padan_status warn_of_priors(struct pd_trainer *trainer, size_t index, struct padan_error *error)
{
    const struct pd_comparison *comparison = &trainer->model->comparisons[index];
    const struct pd_trained_level *levels = trainer->result->comparisons[index].levels;
    const struct pd_text name = short_name(comparison);
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (!comparison->levels[i].is_null_level && levels[i].u_source == PD_TRAINED_PRIOR)
            PD_TRY(pd_trainer_warn(trainer, error,
                                   "u of %.*s, level %d, rests on %.1f non-matching pairs: mostly the prior",
                                   PD_TEXT_ARGS(name), comparison->levels[i].gamma, levels[i].u_count));
    return PADAN_OK;
}

/* Of matches that are mostly at the lowest level, or few. */
static enum padan_status warn_of_matches(struct pd_trainer *trainer, size_t index, struct padan_error *error)
{
    const struct pd_comparison *comparison = &trainer->model->comparisons[index];
    const struct pd_trained_level *levels = trainer->result->comparisons[index].levels;
    const struct pd_text name = short_name(comparison);
    double matches = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        if (comparison->levels[i].is_null_level) continue;
        matches += levels[i].m_count;
        if (comparison->levels[i].gamma == 0 && !(levels[i].m < 0.5))
            PD_TRY(pd_trainer_warn(trainer, error,
                                   "%.*s is at its lowest level in %.0f %% of the matches: it hardly tells matches, or "
                                   "the matches found are none",
                                   PD_TEXT_ARGS(name), 100 * levels[i].m));
    }
    if (!(matches < PD_TRAIN_MIN_COUNT)) return PADAN_OK;
    return pd_trainer_warn(trainer, error, "m of %.*s rests on %.1f expected matches", PD_TEXT_ARGS(name), matches);
}

static bool is_all_fixed(const struct pd_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (!comparison->levels[i].is_null_level && !comparison->levels[i].fix_m) return false;
    return true;
}

static enum padan_status warn_of_comparison(struct pd_trainer *trainer, size_t index, struct padan_error *error)
{
    const struct pd_comparison *comparison = &trainer->model->comparisons[index];
    const struct pd_text name = short_name(comparison);
    PD_TRY(warn_of_priors(trainer, index, error));
    if (is_all_fixed(comparison)) return PADAN_OK;
    if (trainer->n_seen[index] == 0)
        return pd_trainer_warn(trainer, error, "no pair has both values of %.*s: the comparison stays as it was",
                               PD_TEXT_ARGS(name));
    if (trainer->n_seen[index] == 1 && trainer->n_levels[index] > 1)
        return pd_trainer_warn(trainer, error, "%.*s is at one level in all pairs: it tells nothing",
                               PD_TEXT_ARGS(name));
    if (trainer->result->comparisons[index].n_rules == 0)
        return pd_trainer_warn(trainer, error,
                               "m of %.*s is not identified: every training rule uses its columns; name another rule",
                               PD_TEXT_ARGS(name));
    return warn_of_matches(trainer, index, error);
}

static enum padan_status warn_of_labels(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_labels *labels = &trainer->options->labels;
    if (labels->entities == NULL && labels->n_pairs == 0) return PADAN_OK;
    if (labels->n_unknown > 0)
        PD_TRY(pd_trainer_warn(trainer, error,
                               "%llu of %llu labels name rows that the inputs do not have: they were left out",
                               (unsigned long long)labels->n_unknown, (unsigned long long)labels->n_rows));
    if (labels->n_itself > 0)
        PD_TRY(pd_trainer_warn(trainer, error,
                               "%llu of %llu labels pair a row with itself, which says nothing: they were left out",
                               (unsigned long long)labels->n_itself, (unsigned long long)labels->n_rows));
    if (trainer->labelled.n == 0)
        return pd_trainer_warn(trainer, error,
                               "no label names two rows to compare as a match: m was learned as without labels");
    return PADAN_OK;
}

/* Is every comparison at one level in all pairs? */
static bool is_idle(const struct pd_trainer *trainer)
{
    for (size_t i = 0; i < trainer->n_comparisons; i++)
        if (trainer->n_seen[i] > 1) return false;
    return true;
}

static enum padan_status warn(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    bool has_recall = trainer->em.has_labels;
    result->is_idle = is_idle(trainer);
    PD_TRY(warn_of_labels(trainer, error));
    for (size_t i = 0; i < trainer->n_comparisons; i++) PD_TRY(warn_of_comparison(trainer, i, error));
    for (size_t i = 0; i < result->n_rules; i++) has_recall = has_recall || !isnan(result->rules[i].recall);
    if (result->is_idle)
        return pd_trainer_warn(trainer, error,
                               "no comparison is at two levels: there is nothing to learn from, and m and lambda are "
                               "no estimates");
    if (!result->converged)
        PD_TRY(pd_trainer_warn(trainer, error, "EM did not converge in %zu iterations: largest change %.2g",
                               result->n_iterations, result->largest_change));
    if (result->n_starts_agree < result->n_starts)
        PD_TRY(pd_trainer_warn(trainer, error,
                               "%zu of %zu random starts ended at another optimum than the first, which was taken",
                               result->n_starts - result->n_starts_agree, result->n_starts));
    if (trainer->options->labels.precision > 0 && trainer->labelled.n > 0)
        PD_TRY(pd_trainer_warn(
            trainer, error, "the thresholds were found on the labels that m was learned from: check them on others"));
    if (result->n_matches > MATCHES_PER_ROW * (double)trainer->table->n_records)
        PD_TRY(
            pd_trainer_warn(trainer, error,
                            "about %.0f matches of %zu rows are hardly matches: look at the columns, join those that "
                            "predict each other, or name other training rules",
                            result->n_matches, trainer->table->n_records));
    if (!has_recall)
        PD_TRY(pd_trainer_warn(trainer, error,
                               "no two training rules are free of common columns: the number of matches is a lower "
                               "bound, and so is lambda"));
    return PADAN_OK;
}

/* --- all --- */

static enum padan_status train(struct pd_trainer *trainer, struct padan_error *error)
{
    PD_TRY(prepare(trainer, error));
    PD_TRY(pd_trainer_labels(trainer, error));
    PD_TRY(pd_trainer_rules(trainer, error));
    tell(trainer, "counting the pairs of the training rules");
    PD_TRY(pd_trainer_count_rules(trainer, error));
    PD_TRY(pd_trainer_count_labels(trainer, error));
    if (trainer->n_rules == 0 && trainer->labelled.n == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "no training rule gives a pair of rows: name others");
    tell(trainer, "sampling pairs of rows");
    PD_TRY(pd_trainer_sample(trainer, error));
    tell(trainer, "estimating");
    PD_TRY(pd_trainer_estimate(trainer, error));
    PD_TRY(pd_trainer_remember(trainer, error));
    store(trainer);
    PD_TRY(pd_trainer_part_related(trainer, error));
    PD_TRY(store_groups(trainer, error)); /* the lambdas, with which thresholds are then found */
    PD_TRY(pd_trainer_prefer(trainer, error));
    PD_TRY(store_groups(trainer, error));
    PD_TRY(pd_trainer_thresholds(trainer, error));
    PD_TRY(pd_trainer_threshold_of_labels(trainer, error));
    PD_TRY(store_groups(trainer, error));
    return warn(trainer, error);
}

static void reset(struct pd_trainer *trainer)
{
    for (size_t i = 0; i < trainer->n_rules; i++) pd_patterns_reset(&trainer->rules[i].patterns);
    for (size_t i = 0; i < trainer->n_samples; i++) pd_patterns_reset(&trainer->samples[i]);
    pd_patterns_reset(&trainer->labelled);
    pd_free(trainer->labels.keys);
    pd_em_state_reset(&trainer->state);
    pd_trainer_one_by_one_reset(&trainer->one_by_one);
    pd_linker_reset(&trainer->linker);
    pd_arena_reset(&trainer->arena);
}

enum padan_status pd_train(struct pd_table *table, struct pd_model *model, const struct pd_scope *scope,
                           const struct pd_train_options *options, struct pd_train_result *result,
                           struct padan_error *error)
{
    struct pd_trainer *trainer = NULL;
    *result = (struct pd_train_result){ .n_groups = 0 };
    PD_TRY(pd_allocate(&trainer, 1, sizeof *trainer, error));
    trainer->table = table;
    trainer->model = model;
    trainer->scope = scope;
    trainer->options = options;
    trainer->result = result;
    trainer->threads = options->threads < 1 ? 1 : options->threads;
    trainer->max_pairs = options->max_pairs == 0 ? MAX_PAIRS : options->max_pairs;
    const enum padan_status status = train(trainer, error);
    reset(trainer);
    pd_free(trainer);
    if (status != PADAN_OK) pd_train_result_reset(result);
    return status;
}
