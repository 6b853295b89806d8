/* SPDX-License-Identifier: MIT */
#include "engine/train.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "linking/label_file.h"
#include "model/frequencies.h"
#include "model/label_record.h"
#include "normalise/lineage.h"
#include "training/trainer.h"

#include <stdio.h>

/* Values of fewer rows are left out of the file of frequencies: rare values are personal data. */
enum { FREQUENCY_ROWS_MIN = 5 };

static struct pd_text origin_of(const void *context, struct pd_text column)
{
    (void)context;
    return pd_normalise_origin(column);
}

static enum padan_status write_text(const char *path, const struct pd_buffer *text, struct padan_error *error)
{
    PD_TRY(pd_buffer_status(text, error));
    return pd_file_write(path, (struct pd_text){ text->data, text->length }, error);
}

/* Counts and writes the frequencies, and has the model name their file. */
static enum padan_status write_frequencies(const struct pd_training_options *options, const struct pd_table *table,
                                           struct pd_model *model, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    struct pd_buffer path = { 0 };
    char hex[65];
    pd_model_path_beside(options->out, ".tf.csv", &path);
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_frequencies_count(model, table, FREQUENCY_ROWS_MIN, &text, error);
    if (status == PADAN_OK) status = write_text(path.data, &text, error);
    if (status == PADAN_OK) {
        pd_sha256_hex((struct pd_text){ text.data, text.length }, hex);
        status = pd_arena_copy(&model->arena, pd_path_base(pd_text_of(path.data)), &model->tf_file, error);
    }
    if (status == PADAN_OK) status = pd_arena_copy(&model->arena, pd_text_of(hex), &model->tf_sha256, error);
    pd_buffer_reset(&text);
    pd_buffer_reset(&path);
    return status;
}

static enum padan_status write_outputs(const struct pd_training_options *options, const struct pd_table *table,
                                       struct pd_model *model, const struct pd_train_result *result,
                                       struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    struct pd_buffer path = { 0 };
    struct pd_text *sources = NULL;
    PD_TRY(pd_allocate(&sources, table->n_sources + 1, sizeof *sources, error));
    for (size_t i = 0; i < table->n_sources; i++) sources[i] = table->sources[i].name;
    pd_train_report(result, model, sources, table->n_sources, &text);
    pd_model_path_beside(options->out, ".training.txt", &path);
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = write_text(options->report != NULL ? options->report : path.data, &text, error);
    if (status == PADAN_OK && options->frequencies) status = write_frequencies(options, table, model, error);
    pd_buffer_clear(&text);
    if (status == PADAN_OK) {
        pd_model_write(model, &text);
        status = write_text(options->out, &text, error);
    }
    pd_buffer_reset(&text);
    pd_buffer_reset(&path);
    pd_free(sources);
    return status;
}

static void tell_result(const struct pd_train_result *result, const struct pd_run_progress *progress,
                        struct pd_run_summary *summary)
{
    for (size_t i = 0; progress->message != NULL && i < result->n_warnings; i++)
        progress->message(progress->context, result->warnings[i].data);
    if (result->is_idle)
        (void)snprintf(summary->headline, sizeof summary->headline,
                       "nothing to learn from: every comparison is at one level in all pairs; %zu warnings",
                       result->n_warnings);
    else
        (void)snprintf(summary->headline, sizeof summary->headline,
                       "EM %s after %zu iterations; about %.0f matching pairs, lambda %.3g; %zu warnings",
                       result->converged ? "converged" : "did not converge", result->n_iterations, result->n_matches,
                       result->lambda, result->n_warnings);
}

enum { RULES_MAX = 64 };

/* Training rules parted by ';', each ended by a NUL in `text`. */
static size_t split_rules(const char *given, struct pd_buffer *text, const char **rules)
{
    size_t n = 0;
    bool inside = false;
    for (const char *at = given; at != NULL && *at != '\0'; at++) pd_append_byte(text, *at == ';' ? '\0' : *at);
    pd_append_byte(text, '\0');
    for (size_t i = 0; text->data != NULL && i < text->length; i++) {
        const bool is_text = text->data[i] != '\0' && (inside || text->data[i] != ' ');
        if (is_text && !inside && n < RULES_MAX) rules[n++] = text->data + i;
        inside = text->data[i] != '\0' && (inside || is_text);
    }
    return n;
}

enum padan_status pd_engine_train(const struct pd_training_options *options, struct pd_table *table,
                                  struct pd_model *model, const struct pd_scope *scope, int threads,
                                  const struct pd_run_progress *progress, struct pd_run_summary *summary,
                                  struct padan_error *error)
{
    struct pd_label_file labels = { .n_pairs = 0 };
    struct pd_train_result result;
    struct pd_buffer rule_text = { 0 };
    const char *rules[RULES_MAX];
    const size_t n_rules = split_rules(options->rules, &rule_text, rules);
    enum padan_status status = pd_buffer_status(&rule_text, error);
    if (status == PADAN_OK && options->labels != NULL)
        status = pd_label_file_read(&labels, options->labels, &options->columns, table, error);
    const struct pd_train_options train = {
        .seed = options->seed == PD_SEED_UNSAID ? 1 : options->seed,
        .max_pairs = options->max_pairs,
        .threads = threads,
        .rules = rules,
        .n_rules = n_rules,
        .labels = { labels.entities, labels.pairs, labels.n_pairs, labels.n_rows, labels.n_unknown, labels.n_itself,
                    options->precision },
        .left_by_id = options->left_by_id,
        .origin = model->cleans_columns ? origin_of : NULL,
        .message = progress->message,
        .message_context = progress->context,
    };
    if (status == PADAN_OK) status = pd_train(table, model, scope, &train, &result, error);
    if (status == PADAN_OK) {
        status = write_outputs(options, table, model, &result, error);
        if (status == PADAN_OK) status = pd_label_record_write(options->out, options->labels, &labels.labelled, error);
        tell_result(&result, progress, summary);
        pd_train_result_reset(&result);
    }
    (void)snprintf(summary->path, sizeof summary->path, "%s", options->out);
    pd_label_file_reset(&labels);
    pd_buffer_reset(&rule_text);
    return status;
}
