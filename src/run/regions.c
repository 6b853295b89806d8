/* SPDX-License-Identifier: MIT
 * Outputs use the codes of one edition, jobs may hold those of an earlier one: a group, quota or rule of 91.01 means
 * what that region is called today. A code that no edition has would silently hold nothing, so it is an alarm. */
#include "run/state.h"

#include <stdlib.h>

/* The current code of a region that the job names, 0 when there is none of its level. */
static uint64_t modern(const struct pd_run_state *run, uint64_t code)
{
    const uint64_t found = pd_region_modern(&run->indonesia.regions, code, NULL);
    return pd_region_level(found) == pd_region_level(code) ? found : 0;
}

/* what: whose region it is, as the job's author knows it. */
static enum padan_status settle(struct pd_run_state *run, const char *what, struct pd_text name, uint64_t *code,
                                struct padan_error *error)
{
    if (*code == 0) return PADAN_OK; /* the nation */
    const uint64_t found = modern(run, *code);
    if (found == 0)
        return pd_run_alarm(run, error, "%s %.*s names the region %llu, which no edition of the codes has", what,
                            PD_TEXT_ARGS(name), (unsigned long long)*code);
    *code = found;
    return PADAN_OK;
}

static int by_code(const void *a, const void *b)
{
    const struct pd_job_quota *x = a;
    const struct pd_job_quota *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

static enum padan_status settle_quotas(struct pd_run_state *run, struct pd_job_eligibility *line,
                                       struct padan_error *error)
{
    const struct pd_text program = run->job.programs.items[line->program].code;
    for (size_t i = 0; i < line->n_quotas; i++)
        PD_TRY(settle(run, "the quota of", program, &line->quotas[i].code, error));
    if (line->n_quotas > 1) qsort(line->quotas, line->n_quotas, sizeof *line->quotas, by_code);
    for (size_t i = 1; i < line->n_quotas; i++)
        if (line->quotas[i].code == line->quotas[i - 1].code)
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "%.*s: region %llu has two quotas, one under a code of an earlier edition",
                    PD_TEXT_ARGS(line->quota_name), (unsigned long long)line->quotas[i].code);
    return PADAN_OK;
}

/* Rules that named a region by its codes of two editions may contradict each other only now. */
static enum padan_status settle_rules(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_job *job = &run->job;
    const struct pd_rules_text text = { .name = job->rules.name.data, .programs = &job->programs };
    for (size_t i = 0; i < job->rule_table.n_rules; i++)
        PD_TRY(settle(run, "the rule", job->rule_table.rules[i].id, &job->rule_table.rules[i].region, error));
    return pd_rules_rank(&job->rule_table, &job->arena, &text, error);
}

enum padan_status pd_run_settle_regions(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_job *job = &run->job;
    for (size_t i = 0; i < job->n_regions; i++)
        PD_TRY(settle(run, "the region group", job->groups[job->regions[i].group], &job->regions[i].code, error));
    for (size_t i = 0; i < job->n_eligibility; i++) PD_TRY(settle_quotas(run, &job->eligibility[i], error));
    return settle_rules(run, error);
}
