/* SPDX-License-Identifier: MIT
 * Columns that only blocking reads are dropped when all pairs are found: keys of names and dates, with the texts of
 * most people. What comparisons, conditions of the job and reports read stays. */
#include "model/columns.h"
#include "run/state.h"

static bool is_among(const struct pd_text *names, size_t n_names, struct pd_text name)
{
    for (size_t i = 0; i < n_names; i++)
        if (pd_text_equal(names[i], name)) return true;
    return false;
}

/* Is it one of the columns that reports find by their meaning? */
static bool is_persons(const struct pd_person_columns *columns, int column)
{
    const int *all = (const int *)(const void *)columns; /* nothing but int inside */
    for (size_t i = 0; i < sizeof *columns / sizeof *all; i++)
        if (all[i] == column) return true;
    return false;
}

/* May a condition of the job read it? Its name anywhere in one is enough. */
static bool is_in_condition(const struct pd_job *job, struct pd_text name)
{
    for (size_t i = 0; i < job->n_eligibility; i++) {
        const struct pd_text condition = job->eligibility[i].category;
        for (size_t at = 0; at + name.length <= condition.length; at++)
            if (memcmp(condition.data + at, name.data, name.length) == 0) return true;
    }
    return false;
}

enum padan_status pd_run_drop_columns(struct pd_run_state *run, struct padan_error *error)
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
        if (column < 0 || is_among(of_rest, n_rest, of_rules[i]) || is_persons(&run->linkage.columns, column)) continue;
        if (!is_in_condition(&run->job, of_rules[i])) pd_table_drop(&run->table, (size_t)column);
    }
    return PADAN_OK;
}
