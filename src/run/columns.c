/* SPDX-License-Identifier: MIT
 * Which columns there are, and for how long. Who reads a column after normalisation:
 *
 *   rules of the model                     until all pairs are found; most of them only ask whether texts are equal,
 *                                          for which codes are enough
 *   comparisons, decisions of the model    to the end: reports tell weights of levels
 *   conditions of the job, reports         to the end; reports find theirs by meaning (struct pd_person_columns), and
 *                                          the original texts, asli_*, for evidence and for the next night
 *
 * A normalised column that none of them reads is not made, or dropped at once where others were made of it. */
#include "model/columns.h"
#include "base/parallel.h"
#include "linking/row_values.h"
#include "reconcile/links.h"
#include "run/state.h"
#include "table/like.h"
#include "table/narrow.h"

#include <stdio.h>

static bool is_among(const struct pd_text *names, size_t n_names, struct pd_text name)
{
    for (size_t i = 0; i < n_names; i++)
        if (pd_text_equal(names[i], name)) return true;
    return false;
}

static bool is_in(struct pd_text text, struct pd_text name)
{
    return text.length > 0 && memmem(text.data, text.length, name.data, name.length) != NULL;
}

/* May a condition of the job read it? Its name anywhere in one is enough. */
static bool is_in_condition(const struct pd_job *job, struct pd_text name)
{
    for (size_t i = 0; i < job->n_eligibility; i++)
        if (is_in(job->eligibility[i].category, name)) return true;
    return false;
}

bool pd_run_wants_column(const void *context, struct pd_text name)
{
    const struct pd_run_state *run = context;
    const struct pd_text model = { run->model_text.data, run->model_text.length };
    const struct pd_row_values *values = run->options->row_values;
    if (values != NULL && is_in(pd_text_of(values->expression), name)) return true;
    return is_in(model, name) || is_in_condition(&run->job, name) || pd_is_person_column(name);
}

enum padan_status pd_run_settle_column(const void *context, struct pd_table *table, size_t index,
                                       struct padan_error *error)
{
    const struct pd_run_state *run = context;
    struct pd_column *column = &table->columns[index];
    if (column->words != NULL && !pd_run_wants_column(run, column->name)) pd_table_drop(table, index);
    if (column->words == NULL) return PADAN_OK;
    PD_TRY(pd_column_narrow_numbers(column, table->n_records, error));
    const struct pd_text model = { run->model_text.data, run->model_text.length };
    return is_in(model, column->name) ? PADAN_OK : pd_column_narrow(column, table->n_records, error);
}

/* The made columns, which begin at first. */
struct settling {
    struct pd_run_state *run;
    size_t first;
};

static enum padan_status settle_column(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct settling *settling = context;
    (void)worker;
    return pd_run_settle_column(settling->run, &settling->run->table, settling->first + index, error);
}

/* Numbers as they were written, and what was made of them. */
static const struct {
    const char *written, *made;
} number_columns[] = { { "asli_nik", "nik_longgar" }, { "asli_no_kk", "no_kk" } };

static enum padan_status keep_difference(void *context, size_t i, int worker, struct padan_error *error)
{
    struct pd_table *table = context;
    const struct pd_text made_name = pd_text_of(number_columns[i].made);
    const int written = pd_table_find(table, pd_text_of(number_columns[i].written));
    const int made = pd_table_find(table, made_name);
    (void)worker;
    if (written < 0 || made < 0 || !pd_is_person_column(made_name)) return PADAN_OK;
    return pd_column_make_like(&table->columns[written], &table->columns[made], table->n_records, error);
}

/* They are mostly equal. Comparisons want them side by side. */
static enum padan_status keep_differences(struct pd_run_state *run, struct padan_error *error)
{
    const size_t n = sizeof number_columns / sizeof *number_columns;
    if (is_in((struct pd_text){ run->model_text.data, run->model_text.length }, PD_TEXT("asli_"))) return PADAN_OK;
    return pd_parallel_for(n, run->threads, keep_difference, &run->table, error);
}

enum padan_status pd_run_settle_columns(struct pd_run_state *run, size_t first, struct padan_error *error)
{
    struct settling settling = { run, first };
    /* One by one: some have texts in common. */
    for (size_t i = first; i < run->table.n_columns; i++)
        if (!pd_run_wants_column(run, run->table.columns[i].name)) pd_table_drop(&run->table, i);
    PD_TRY(pd_parallel_for(run->table.n_columns - first, run->threads, settle_column, &settling, error));
    return keep_differences(run, error);
}

/* Marks the columns that rules read and nobody else. */
static enum padan_status find_rule_columns(struct pd_run_state *run, bool *only_rules, struct padan_error *error)
{
    struct pd_model rules = run->model;
    struct pd_model rest = run->model;
    struct pd_text *of_rules = NULL;
    struct pd_text *of_rest = NULL;
    size_t n_rules = 0;
    size_t n_rest = 0;
    rules.n_comparisons = rules.n_tf_expressions = 0;
    rest.n_rules = rest.n_unlinked_rules = 0;
    PD_TRY(pd_model_columns(&rules, &run->arena, &of_rules, &n_rules, error));
    PD_TRY(pd_model_columns(&rest, &run->arena, &of_rest, &n_rest, error));
    for (size_t i = 0; i < n_rules; i++) {
        const int column = pd_table_find(&run->table, of_rules[i]);
        if (column >= 0 && !is_among(of_rest, n_rest, of_rules[i]) && !pd_is_person_column(of_rules[i]))
            only_rules[column] = !is_in_condition(&run->job, of_rules[i]);
    }
    return PADAN_OK;
}

/* A decision reads columns by "baris_" and "acuan_" and their names. */
static bool is_in_decision(const struct pd_run_state *run, struct pd_text name)
{
    char text[128];
    for (int side = 0; side < 2; side++) {
        const int n = snprintf(text, sizeof text, "%s%.*s", side == 0 ? "baris_" : "acuan_", PD_TEXT_ARGS(name));
        if (n < 0 || (size_t)n >= sizeof text) return true;
        if (is_in((struct pd_text){ run->model_text.data, run->model_text.length }, pd_text_of(text))) return true;
    }
    return false;
}

static bool may_forget_texts(const struct pd_run_state *run, const bool *only_rules, size_t index)
{
    const struct pd_column *columns = run->table.columns;
    const struct pd_dictionary *texts = columns[index].dictionary;
    for (size_t i = 0; i < run->table.n_columns; i++) {
        if (columns[i].words == NULL || columns[i].dictionary != texts) continue;
        if (!only_rules[i] || columns[i].encoding != PD_ENCODING_CODE || is_in_decision(run, columns[i].name))
            return false;
    }
    return true;
}

enum padan_status pd_run_forget_texts(struct pd_run_state *run, struct padan_error *error)
{
    bool *only_rules = NULL;
    if (!pd_linker_rules_compare_words(&run->linker)) return PADAN_OK;
    PD_TRY(pd_arena_allocate(&run->arena, &only_rules, run->table.n_columns, error));
    PD_TRY(find_rule_columns(run, only_rules, error));
    for (size_t i = 0; i < run->table.n_columns; i++)
        if (only_rules[i] && run->table.columns[i].words != NULL && run->table.columns[i].dictionary != NULL &&
            may_forget_texts(run, only_rules, i))
            pd_dictionary_forget_texts(run->table.columns[i].dictionary);
    return PADAN_OK;
}

enum padan_status pd_run_drop_columns(struct pd_run_state *run, struct padan_error *error)
{
    bool *only_rules = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &only_rules, run->table.n_columns, error));
    PD_TRY(find_rule_columns(run, only_rules, error));
    for (size_t i = 0; i < run->table.n_columns; i++)
        if (only_rules[i]) pd_table_drop(&run->table, i);
    return PADAN_OK;
}
