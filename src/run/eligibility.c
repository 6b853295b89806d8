/* SPDX-License-Identifier: MIT */
#include "run/eligibility.h"

#include "report/eligibility_tables.h"
#include "report/repair_tables.h"
#include "report/targeting.h"
#include "run/openings.h"
#include "run/state.h"

enum padan_status pd_run_check_categories(struct pd_run_state *run, struct padan_error *error)
{
    return pd_categories_make(&run->eligibility.categories, &run->job, &run->table, pd_linker_functions(), error);
}

enum padan_status pd_run_find_slices(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_run_eligibility *eligibility = &run->eligibility;
    eligibility->options = (struct pd_registry_options){ .linkage = &run->linkage,
                                                         .job = &run->job,
                                                         .paid = run->paid,
                                                         .programs = run->programs,
                                                         .categories = &eligibility->categories,
                                                         .disqualifiers = &eligibility->disqualifiers,
                                                         .threads = run->threads };
    return pd_slices_make(&eligibility->options, &eligibility->registry, &eligibility->slices, error);
}

enum padan_status pd_run_find_ineligible(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_run_eligibility *eligibility = &run->eligibility;
    struct pd_living_families living = { 0 };
    if (run->linkage.register_source >= 0) eligibility->categories.person = run->linkage.anchor;
    eligibility->options.likely = run->likely;
    eligibility->options.likely_family = run->likely_family;
    eligibility->options.alternatives = &run->alternatives;
    PD_TRY(pd_disqualifiers_make(&run->linkage, &run->job, &eligibility->disqualifiers, error));
    PD_TRY(pd_registry_make(&eligibility->options, &eligibility->registry, error));
    pd_registry_fill_deciles(&eligibility->registry, &run->linkage, &run->table);
    enum padan_status status = pd_living_families_make(&eligibility->options, &living, error);
    const struct pd_ineligible_options options = { &eligibility->options, &eligibility->registry, &eligibility->slices,
                                                   &living };
    if (status == PADAN_OK) status = pd_ineligible_find(&options, &run->findings, &eligibility->ineligibles, error);
    pd_living_families_reset(&living);
    return status;
}

static enum padan_status write_targeting(struct pd_run_state *run, const struct pd_report *report,
                                         struct padan_error *error)
{
    static const char no_registry[] = "the job has no source of role registry";
    const struct pd_run_eligibility *eligibility = &run->eligibility;
    struct pd_targeting targeting = { 0 };
    if (eligibility->registry.n_versions == 0) {
        PD_TRY(pd_run_folder_miss(&run->folder, "galat_sasaran.csv", no_registry, error));
        return pd_run_folder_miss(&run->folder, "cakupan_desil.csv", no_registry, error);
    }
    PD_TRY(pd_targeting_init(&targeting, report, &eligibility->registry, &eligibility->slices, error));
    enum padan_status status = pd_recipients_visit(&eligibility->options, &eligibility->registry, &eligibility->slices,
                                                   pd_targeting_recipient, &targeting, error);
    if (status == PADAN_OK) status = pd_targeting_write(&targeting, &run->folder, error);
    pd_targeting_reset(&targeting);
    return status;
}

enum padan_status pd_run_write_eligibility(struct pd_run_state *run, const struct pd_report *report,
                                           struct padan_error *error)
{
    const struct pd_report unfit = pd_run_report_for(report, "penerima_tidak_layak.csv");
    const struct pd_report families = pd_run_report_for(report, "cakupan_keluarga.csv");
    const struct pd_report reviews = pd_run_report_for(report, "tinjauan_manual.csv");
    struct pd_eligibility_report eligibility = { .report = &unfit,
                                                 .registry = &run->eligibility.registry,
                                                 .slices = &run->eligibility.slices,
                                                 .ineligibles = &run->eligibility.ineligibles,
                                                 .findings = &run->findings };
    PD_TRY(write_targeting(run, report, error));
    PD_TRY(pd_write_ineligibles(&eligibility, &run->folder, error));
    eligibility.report = &families;
    PD_TRY(pd_write_family_coverage(&eligibility, &run->folder, error));
    return pd_write_reviews(&reviews, &run->folder, error);
}

void pd_run_eligibility_reset(struct pd_run_state *run)
{
    struct pd_run_eligibility *eligibility = &run->eligibility;
    pd_ineligibles_reset(&eligibility->ineligibles);
    pd_slices_reset(&eligibility->slices);
    pd_registry_reset(&eligibility->registry);
    pd_disqualifiers_reset(&eligibility->disqualifiers);
    pd_categories_reset(&eligibility->categories);
}
