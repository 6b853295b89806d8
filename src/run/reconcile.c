/* SPDX-License-Identifier: MIT
 * What the links say about the programs: each step adds its findings to one list, which is finished at the end. */
#include "run/state.h"

#include "base/memory.h"
#include "reconcile/likely.h"

/* Which program each row belongs to: its source's, or, where the source names none, the row's own. */
static enum padan_status find_programs(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    const int column = pd_table_find(&run->table, PD_TEXT("program"));
    const struct pd_dictionary *names = column < 0 ? NULL : run->table.columns[column].dictionary;
    const size_t n_codes = names == NULL ? 1 : (size_t)names->n_entries + 1;
    int *of_source = NULL;
    int *of_code = NULL;
    PD_TRY(pd_arena_allocate(&run->arena, &of_source, (job->n_sources + 1) * sizeof *of_source, error));
    PD_TRY(pd_arena_allocate(&run->arena, &of_code, n_codes * sizeof *of_code, error));
    of_code[0] = -1;
    for (size_t code = 1; code < n_codes; code++)
        of_code[code] = pd_program_find(&job->programs, pd_dictionary_text(names, (uint32_t)code));
    for (size_t i = 0; i < job->n_sources; i++) {
        const bool by_row = job->sources[i].role == PD_ROLE_PROGRAM && job->sources[i].program < 0;
        of_source[i] = job->sources[i].role != PD_ROLE_PROGRAM ? -1 : job->sources[i].program;
        if (by_row) of_source[i] = PD_PROGRAM_OF_ROW;
    }
    run->programs = (struct pd_row_programs){ of_source, names == NULL ? -1 : column, of_code };
    return PADAN_OK;
}

/* Rows that were paid but whose program nobody knows are in no figure: that is an alarm. */
static enum padan_status check_programs(struct pd_run_state *run, struct padan_error *error)
{
    size_t n_unknown = 0;
    for (size_t source = 0; source < run->table.n_sources; source++) {
        const struct pd_source *rows = &run->table.sources[source];
        if (run->programs.of_source[source] != PD_PROGRAM_OF_ROW) continue;
        for (size_t i = rows->begin; i < rows->end; i++)
            n_unknown += pd_row_program(&run->programs, &run->table, (uint32_t)i) < 0;
    }
    if (n_unknown == 0) return PADAN_OK;
    return pd_run_alarm(run, error,
                        "%zu rows name no program of %.*s and are in no duplicate or overlap; correct their column "
                        "program, or give the source a program",
                        n_unknown, PD_TEXT_ARGS(run->job.programs.name));
}

static enum padan_status find_families_paid(const struct pd_run_state *run, bool *pays_families)
{
    const struct pd_job *job = &run->job;
    for (size_t i = 0; i < job->programs.n_items; i++) pays_families[i] = job->programs.items[i].unit == PD_UNIT_FAMILY;
    for (size_t i = 0; i < job->n_sources; i++)
        if (job->sources[i].role == PD_ROLE_PROGRAM && job->sources[i].program >= 0)
            pays_families[job->sources[i].program] = job->sources[i].unit == PD_UNIT_FAMILY;
    return PADAN_OK;
}

static enum padan_status compare_payments(struct pd_run_state *run, struct pd_payment_options *payments,
                                          struct padan_error *error)
{
    const struct pd_overlap_options overlaps = { payments, &run->job.rule_table };
    PD_TRY(pd_payments_group_families(payments, error));
    PD_TRY(pd_duplicates_find(payments, &run->duplicates, error));
    PD_TRY(pd_duplicates_report(&run->duplicates, payments, &run->findings, error));
    PD_TRY(pd_overlaps_find(&overlaps, &run->overlaps, error));
    return pd_overlaps_report(&run->overlaps, &overlaps, &run->job.programs, &run->findings, error);
}

static enum padan_status find_payments(struct pd_run_state *run, struct padan_error *error)
{
    bool *pays_families = NULL;
    PD_TRY(find_programs(run, error));
    PD_TRY(check_programs(run, error));
    PD_TRY(pd_run_find_slices(run, error));
    PD_TRY(
        pd_arena_allocate(&run->arena, &pays_families, (run->job.programs.n_items + 1) * sizeof *pays_families, error));
    PD_TRY(find_families_paid(run, pays_families));
    PD_TRY(pd_allocate_array(&run->likely, run->table.n_records, sizeof *run->likely, error));
    PD_TRY(pd_allocate_array(&run->likely_family, run->table.n_records, sizeof *run->likely_family, error));
    PD_TRY(pd_likely_persons(&run->linkage, run->threads, run->likely, &run->alternatives, error));
    PD_TRY(pd_likely_families(&run->linkage, run->threads, run->likely_family, error));
    run->linkage.likely = run->likely;
    run->linkage.alternatives = &run->alternatives;
    struct pd_payment_options payments = { .linkage = &run->linkage,
                                           .slices = &run->eligibility.slices,
                                           .n_programs = run->job.programs.n_items,
                                           .pays_families = pays_families,
                                           .likely = run->likely,
                                           .likely_family = run->likely_family,
                                           .alternatives = &run->alternatives,
                                           .threads = run->threads };
    const enum padan_status status = compare_payments(run, &payments, error);
    pd_payment_groups_reset(&payments.families);
    pd_payment_groups_reset(&payments.likely_families);
    return status;
}

static const struct step {
    enum padan_status (*run)(struct pd_run_state *run, struct padan_error *error);
} steps[] = { { find_payments }, { pd_run_find_ineligible }, { NULL } };

enum padan_status pd_run_reconcile(struct pd_run_state *run, struct padan_error *error)
{
    for (size_t i = 0; steps[i].run != NULL; i++) PD_TRY(steps[i].run(run, error));
    return pd_findings_finish(&run->findings, run->table.n_records, error);
}

void pd_run_reconcile_reset(struct pd_run_state *run)
{
    pd_run_eligibility_reset(run);
    pd_findings_reset(&run->findings);
    pd_overlaps_reset(&run->overlaps);
    pd_duplicates_reset(&run->duplicates);
    pd_free(run->likely);
    pd_free(run->likely_family);
    pd_alternatives_reset(&run->alternatives);
}
