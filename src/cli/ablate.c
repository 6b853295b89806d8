/* SPDX-License-Identifier: MIT
 * A variant is the run's own model file, written again without the part. A comparison is made to say nothing (its only
 * level is the null level), so that decisions that read it still can; a rule is taken out. */
#include "cli/ablate.h"

#include "base/file.h"
#include "base/memory.h"
#include "cli/run_command.h"
#include "linking/linker.h"
#include "model/frequencies.h"

#include <errno.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { PATH_ROOM = 4096 };

enum part { PART_NONE, PART_COMPARISON, PART_RULE, PART_FREQUENCY, PART_GUARD, PART_HOUSEHOLD };

struct variant {
    enum part part;
    size_t index;
};

struct ablation {
    const struct pd_ablation_options *options;
    struct pd_run_files files;
    struct pd_arena arena;
    struct pd_buffer model_text;
    struct pd_run_command command;
    char folder[PATH_ROOM - 16]; /* temporary */
    double f1_whole;
};

/* ---- variants ---- */

static void silence(struct pd_comparison *comparison)
{
    static const struct pd_level nothing = { .sql = { "TRUE", 4 }, .is_null_level = true, .gamma = -1 };
    comparison->n_levels = 1;
    comparison->levels[0] = nothing;
}

static void take_out(struct pd_model *model, struct variant variant)
{
    switch (variant.part) {
    case PART_NONE: break;
    case PART_COMPARISON: silence(&model->comparisons[variant.index]); break;
    case PART_RULE:
        model->n_rules--;
        for (size_t i = variant.index; i < model->n_rules; i++) model->rules[i] = model->rules[i + 1];
        break;
    case PART_FREQUENCY:
        for (size_t i = 0; i < model->n_comparisons; i++)
            for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
                model->comparisons[i].levels[j].tf_column.length = 0;
        break;
    case PART_GUARD: model->unguarded = true; break;
    case PART_HOUSEHOLD:
        model->household_bits = 0;
        model->members.n_columns = 0;
        break;
    }
}

static enum padan_status read_model(const struct ablation *ablation, struct pd_model *model, struct padan_error *error)
{
    return pd_model_read(model, (struct pd_text){ ablation->model_text.data, ablation->model_text.length },
                         ablation->files.model, pd_linker_functions(), error);
}

/* The model's own frequencies, beside the variant. */
static enum padan_status write_frequencies(const struct ablation *ablation, struct pd_model *model,
                                           struct padan_error *error)
{
    char path[PATH_ROOM + 256];
    PD_TRY(pd_model_load_frequencies(model, ablation->files.model, error));
    if (model->frequencies == NULL) return PADAN_OK;
    const struct pd_buffer *content = &model->frequencies->content;
    (void)snprintf(path, sizeof path, "%s/%.*s", ablation->folder, PD_TEXT_ARGS(model->tf_file));
    return pd_file_write(path, (struct pd_text){ content->data, content->length }, error);
}

static enum padan_status write_variant(const struct ablation *ablation, struct variant variant, const char *path,
                                       struct padan_error *error)
{
    struct pd_model model;
    struct pd_buffer text = { 0 };
    PD_TRY(read_model(ablation, &model, error));
    take_out(&model, variant);
    pd_model_write(&model, &text);
    enum padan_status status = write_frequencies(ablation, &model, error);
    pd_model_reset(&model);
    if (status == PADAN_OK) status = pd_buffer_status(&text, error);
    if (status == PADAN_OK) status = pd_file_write(path, (struct pd_text){ text.data, text.length }, error);
    pd_buffer_reset(&text);
    return status;
}

/* ---- running and judging ---- */

static enum padan_status spawn(const struct ablation *ablation, const char *model, const char *out,
                               struct padan_error *error)
{
    const char **arguments = NULL;
    const size_t n = ablation->command.n_arguments;
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int code = -1;
    PD_TRY(pd_allocate(&arguments, n + 8, sizeof *arguments, error));
    /* Behind the name of the command, as what comes after a -- is no option. */
    const char *const first[] = { "padan", ablation->command.arguments[0], "--model", model, "--out", out, "--quiet" };
    memcpy(arguments, first, sizeof first);
    memcpy(arguments + sizeof first / sizeof *first, ablation->command.arguments + 1, (n - 1) * sizeof *arguments);
    arguments[sizeof first / sizeof *first + n - 1] = NULL;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addchdir_np(&actions, ablation->command.directory);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    const int failed =
        posix_spawn(&child, "/proc/self/exe", &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    pd_free(arguments);
    if (failed != 0) PD_FAIL(error, PADAN_IO, "the program could not be run again: %s", strerror(failed));
    while (waitpid(child, &code, 0) < 0 && errno == EINTR) continue;
    if (WIFEXITED(code) && WEXITSTATUS(code) <= 1) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT, "the command of %s could not be run again (see the sentence above)",
            ablation->options->run);
}

/* The folder a variant's run is in: of `padan run` it is the newest below out. */
static enum padan_status judge(const struct ablation *ablation, const char *folder, struct pd_pair_counts *counts,
                               struct padan_error *error)
{
    const struct pd_ablation_options *options = ablation->options;
    struct pd_run_files files;
    struct pd_population *population = NULL;
    struct pd_evaluation evaluation = { 0 };
    PD_TRY(pd_run_files_find(&files, folder, error));
    enum padan_status status = pd_allocate(&population, 1, sizeof *population, error);
    if (status == PADAN_OK) population->by_source = options->by_source;
    if (status == PADAN_OK) status = pd_population_read_truth(population, options->truth, &options->columns, error);
    if (status == PADAN_OK) status = pd_population_read_clusters(population, files.clusters, &options->columns, error);
    if (status == PADAN_OK) pd_population_complete(population);
    if (status == PADAN_OK)
        status = pd_evaluation_count(&evaluation, population, options->link_only, options->threads, 1, error);
    *counts = evaluation.all;
    pd_evaluation_reset(&evaluation);
    if (population != NULL) pd_population_reset(population);
    pd_free(population);
    pd_run_files_reset(&files);
    return status;
}

static enum padan_status newest_run(const char *out, char *folder, size_t room, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct pd_buffer name = { 0 };
    pd_path_join(&path, pd_text_of(out), PD_TEXT("TERAKHIR"));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_file_read(path.data, PATH_ROOM, &name, error);
    const struct pd_text last = pd_text_trim((struct pd_text){ name.data, name.length });
    if (status == PADAN_OK) (void)snprintf(folder, room, "%s/%.*s", out, PD_TEXT_ARGS(last));
    pd_buffer_reset(&path);
    pd_buffer_reset(&name);
    return status;
}

static enum padan_status try_variant(const struct ablation *ablation, struct variant variant,
                                     struct pd_pair_counts *counts, struct padan_error *error)
{
    char model[PATH_ROOM];
    char out[PATH_ROOM];
    char folder[PATH_ROOM + 256];
    (void)snprintf(model, sizeof model, "%s/model.json", ablation->folder);
    (void)snprintf(out, sizeof out, "%s/out", ablation->folder);
    (void)snprintf(folder, sizeof folder, "%s", out);
    PD_TRY(write_variant(ablation, variant, model, error));
    PD_TRY(spawn(ablation, model, out, error));
    if (ablation->command.is_run) PD_TRY(newest_run(out, folder, sizeof folder, error));
    PD_TRY(judge(ablation, folder, counts, error));
    return pd_directory_remove(out, error);
}

/* ---- printing ---- */

static void describe(const struct pd_model *model, struct variant variant, char *text, size_t room)
{
    static const char *const names[] = { "whole model",    "comparison", "rule",
                                         "term frequency", "guard",      "household evidence" };
    struct pd_text detail = { "", 0 };
    if (variant.part == PART_COMPARISON) detail = model->comparisons[variant.index].name;
    if (variant.part == PART_RULE) detail = model->rules[variant.index].sql;
    (void)snprintf(text, room, "%s%s%.*s", names[variant.part], detail.length > 0 ? " " : "", PD_TEXT_ARGS(detail));
}

/* null where a denominator is 0 */
static void append_figure(struct pd_buffer *out, const char *key, double figure)
{
    pd_append_string(out, key);
    if (isnan(figure))
        pd_append_string(out, "null");
    else
        pd_append_double(out, figure, 6);
}

/* "-" where a denominator is 0 */
static void print_figure(double figure, bool is_difference)
{
    if (isnan(figure))
        printf("%10s ", "-");
    else
        printf(is_difference ? "%+10.5f " : "%10.5f ", figure);
}

static void print_variant(struct ablation *ablation, const struct pd_model *model, struct variant variant,
                          struct pd_pair_counts counts)
{
    char text[512];
    struct pd_buffer json = { 0 };
    const double f1 = pd_f1(counts);
    describe(model, variant, text, sizeof text);
    if (variant.part == PART_NONE) ablation->f1_whole = f1;
    if (!ablation->options->json) {
        print_figure(pd_precision(counts), false);
        print_figure(pd_recall(counts), false);
        print_figure(f1, false);
        print_figure(f1 - ablation->f1_whole, true);
        printf(" %s%s\n", variant.part == PART_NONE ? "" : "without ", text);
    } else {
        pd_append_string(&json, variant.part == PART_NONE ? "[{\"with\":" : ",{\"without\":");
        pd_append_json(&json, pd_text_of(text));
        append_figure(&json, ",\"precision\":", pd_precision(counts));
        append_figure(&json, ",\"recall\":", pd_recall(counts));
        append_figure(&json, ",\"f1\":", f1);
        printf("%.*s}", (int)json.length, json.data);
    }
    (void)fflush(stdout);
    pd_buffer_reset(&json);
}

static enum padan_status try_and_print(struct ablation *ablation, const struct pd_model *model, enum part part,
                                       size_t index, struct padan_error *error)
{
    const struct variant variant = { part, index };
    struct pd_pair_counts counts;
    PD_TRY(try_variant(ablation, variant, &counts, error));
    print_variant(ablation, model, variant, counts);
    return PADAN_OK;
}

static bool has_frequency(const struct pd_model *model)
{
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
            if (model->comparisons[i].levels[j].tf_column.length > 0) return true;
    return false;
}

static enum padan_status try_all(struct ablation *ablation, const struct pd_model *model, struct padan_error *error)
{
    if (!ablation->options->json) printf("%10s %10s %10s %10s\n", "precision", "recall", "F1", "change");
    PD_TRY(try_and_print(ablation, model, PART_NONE, 0, error));
    for (size_t i = 0; i < model->n_comparisons; i++) PD_TRY(try_and_print(ablation, model, PART_COMPARISON, i, error));
    for (size_t i = 0; i < model->n_rules && model->n_rules > 1; i++)
        PD_TRY(try_and_print(ablation, model, PART_RULE, i, error));
    if (has_frequency(model)) PD_TRY(try_and_print(ablation, model, PART_FREQUENCY, 0, error));
    if (ablation->command.is_run && !model->unguarded) PD_TRY(try_and_print(ablation, model, PART_GUARD, 0, error));
    if (ablation->command.is_run ? model->household_bits > 0 : model->members.n_columns > 0)
        PD_TRY(try_and_print(ablation, model, PART_HOUSEHOLD, 0, error));
    if (ablation->options->json) printf("]\n");
    return PADAN_OK;
}

static enum padan_status prepare(struct ablation *ablation, struct padan_error *error)
{
    const char *temporary = getenv("TMPDIR");
    PD_TRY(pd_run_files_find(&ablation->files, ablation->options->run, error));
    if (ablation->files.model == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no model.json", ablation->options->run);
    PD_TRY(pd_file_read(ablation->files.model, PD_MODEL_BYTES_MAX, &ablation->model_text, error));
    PD_TRY(pd_run_command_read(&ablation->command, &ablation->arena, ablation->options->run, error));
    (void)snprintf(ablation->folder, sizeof ablation->folder, "%s/padan-XXXXXX",
                   temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(ablation->folder) == NULL) {
        ablation->folder[0] = '\0';
        PD_FAIL(error, PADAN_IO, "no temporary folder can be made in %s: %s", temporary != NULL ? temporary : "/tmp",
                strerror(errno));
    }
    pd_file_begun(ablation->folder);
    return PADAN_OK;
}

enum padan_status pd_ablate(const struct pd_ablation_options *options, struct padan_error *error)
{
    struct ablation ablation = { .options = options };
    struct pd_model model = { .n_rules = 0 };
    enum padan_status status = prepare(&ablation, error);
    if (status == PADAN_OK) status = read_model(&ablation, &model, error);
    if (status == PADAN_OK) status = try_all(&ablation, &model, error);
    pd_model_reset(&model);
    if (ablation.folder[0] != '\0') {
        const enum padan_status removed = pd_directory_remove(ablation.folder, status == PADAN_OK ? error : NULL);
        pd_file_ended(ablation.folder);
        if (status == PADAN_OK) status = removed;
    }
    pd_run_files_reset(&ablation.files);
    pd_buffer_reset(&ablation.model_text);
    pd_arena_reset(&ablation.arena);
    return status;
}
