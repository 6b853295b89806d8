/* SPDX-License-Identifier: MIT
 * What of a command does not go together, or names what no file has: an option that would be silently without effect
 * is a mistake of whoever wrote it. */
#include "engine/state.h"
#include "model/column_types.h"

#include <math.h>
#include <stdio.h>

enum padan_status pd_engine_check_options(const struct pd_engine_options *options, struct padan_error *error)
{
    const double probability = options->threshold_probability;
    enum pd_clustering clustering;
    if (options->model != NULL && options->preset != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--model and --preset each name a model: give one of them");
    if (!isnan(probability) && !isnan(options->threshold_weight))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--threshold-weight and --threshold-probability each name the threshold: give one of them");
    if (!isnan(probability) && !(probability >= 0 && probability < 1))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--threshold-probability must be from 0 to less than 1, such as 0.95; for pairs that are surer than "
                "that give --threshold-weight");
    if (options->source_column != NULL && options->n_files != 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--source-column goes with one file");
    if (options->clustering != NULL && !pd_clustering_parse(pd_text_of(options->clustering), &clustering))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--clustering must be components, groups, one_to_one, pairs, best_link or mutual, not \"%s\"",
                options->clustering);
    return PADAN_OK;
}

enum padan_status pd_engine_choose_clustering(struct pd_engine *engine, struct padan_error *error)
{
    const char *given = engine->options->clustering;
    enum pd_clustering *const clustering = &engine->model.clustering;
    if (given != NULL) (void)pd_clustering_parse(pd_text_of(given), clustering);
    const size_t n_sources = engine->table.n_sources;
    const bool across = n_sources > 1 && engine->model.link_type != PD_DEDUPE_ONLY;
    const bool needs_two = *clustering == PD_CLUSTER_ONE_TO_ONE || (*clustering == PD_CLUSTER_MUTUAL && n_sources > 1);
    if (across || !needs_two) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "clustering %s joins rows of different sources, and pairs inside a source only are compared: --clustering "
            "pairs joins two rows at most",
            pd_clustering_name(*clustering));
}

static bool has_header(const struct pd_engine *engine, struct pd_text name,
                       bool is_same(struct pd_text header, struct pd_text name))
{
    for (size_t i = 0; i < engine->ingested.n_files; i++)
        for (size_t j = 0; j < engine->ingested.files[i].n_columns; j++)
            if (is_same(engine->ingested.files[i].columns[j].header, name)) return true;
    return false;
}

enum padan_status pd_engine_read_names(struct pd_engine *engine, struct pd_text list, struct pd_names *names,
                                       struct padan_error *error)
{
    size_t n_most = 1;
    for (size_t i = 0; i < list.length; i++) n_most += list.data[i] == ',';
    PD_TRY(pd_arena_allocate(&engine->arena, &names->items, n_most * sizeof *names->items, error));
    names->n_items = 0;
    while (list.length > 0) {
        const struct pd_text name = pd_text_take_item(&list);
        if (name.length > 0) names->items[names->n_items++] = name;
    }
    return PADAN_OK;
}

enum padan_status pd_engine_check_ignored(const struct pd_engine *engine, const struct pd_names *ignored,
                                          struct padan_error *error)
{
    for (size_t i = 0; i < ignored->n_items; i++)
        if (!has_header(engine, ignored->items[i], pd_text_same_name))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--ignore: there is no column \"%.*s\"",
                    PD_TEXT_ARGS(ignored->items[i]));
    return PADAN_OK;
}

enum padan_status pd_engine_check_sources(const struct pd_engine *engine, struct padan_error *error)
{
    const bool is_link = engine->options->link_type == NULL && strcmp(engine->options->command, "link") == 0;
    if ((!is_link && engine->model.link_type != PD_LINK_ONLY) || engine->table.n_sources > 1) return PADAN_OK;
    if (engine->options->source_column != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "a link goes across sources, and column \"%s\" names one source only: give --link-type dedupe_only",
                engine->options->source_column);
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "a link goes across sources, and there is one file only: name a second file, or the column that tells the "
            "sources of its rows with --source-column, or give --link-type dedupe_only");
}

enum padan_status pd_engine_declare_types(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_column_types_report report;
    char sentence[256];
    if (engine->options->types == NULL) return PADAN_OK;
    if (engine->options->types_of_table && engine->model.columns_as_texts) return PADAN_OK;
    PD_TRY(pd_column_types_apply(&engine->table, pd_text_of(engine->options->types), &report, error));
    for (size_t i = 0; i < report.n_absent; i++) /* one that the model does not use was not loaded */
        if (!engine->options->types_of_table &&  /* nor one that the model calls by another name, and takes as a text */
            !has_header(engine, report.absent[i], pd_text_equal_but_for_case))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--types: there is no column \"%.*s\"", PD_TEXT_ARGS(report.absent[i]));
    if (report.n_unreadable == 0) return PADAN_OK;
    (void)snprintf(sentence, sizeof sentence,
                   "--types: %llu values do not fit their type and are taken as missing, first in column \"%.*s\"",
                   (unsigned long long)report.n_unreadable, (int)report.column.length, report.column.data);
    pd_engine_tell(engine, sentence);
    return PADAN_OK;
}

/* Told, because Splink would take what the model says. */
static void tell_other_type(const struct pd_engine *engine, enum pd_link_type taken)
{
    char sentence[200];
    if (engine->options->model == NULL || engine->model.link_type == taken) return;
    (void)snprintf(sentence, sizeof sentence, "the model says %s, padan %s compares as %s unless --link-type is given",
                   pd_link_type_name(engine->model.link_type), engine->options->command, pd_link_type_name(taken));
    pd_engine_tell(engine, sentence);
}

/* Of a link the model says whether pairs inside its sources are compared, too: a model of Splink runs as it is.
 * A file whose rows name their sources is one file all the same: to dedupe it is to look at all of its rows, as Splink
 * does with one table; unless the model was made from them, and pairs inside sources were found to be none. */
static enum pd_link_type usual_type(const struct pd_engine *engine)
{
    const struct pd_engine_options *options = engine->options;
    if (strcmp(options->command, "link") == 0)
        return options->model != NULL && engine->model.link_type == PD_LINK_AND_DEDUPE ? PD_LINK_AND_DEDUPE
                                                                                       : PD_LINK_ONLY;
    if (options->source_column == NULL) return PD_DEDUPE_ONLY;
    return engine->model.made_from_rows && engine->model.link_type == PD_LINK_ONLY ? PD_LINK_ONLY : PD_LINK_AND_DEDUPE;
}

enum padan_status pd_engine_read_link_type(struct pd_engine *engine, struct padan_error *error)
{
    const char *given = engine->options->link_type;
    if (given == NULL && (engine->options->training != NULL || engine->options->blocking != NULL))
        return PADAN_OK; /* the model's */
    if (given == NULL) {
        const enum pd_link_type taken = usual_type(engine);
        tell_other_type(engine, taken);
        engine->model.link_type = taken;
        return PADAN_OK;
    }
    if (pd_link_type_parse(pd_text_of(given), &engine->model.link_type)) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "--link-type must be dedupe_only, link_only or link_and_dedupe, not \"%s\"",
            given);
}
