/* SPDX-License-Identifier: MIT
 * galat_sasaran.csv and cakupan_desil.csv: how many units of the registry each program should reach, how many it does,
 * and how many are paid that it should not (CONTRACT 4). Registry units and recipients are added from several threads,
 * then written. A unit counts where the registry says it lives; a recipient that is not linked, where the roster says.
 */
#ifndef PD_REPORT_TARGETING_H
#define PD_REPORT_TARGETING_H

#include "model/registry.h"
#include "report/region_totals.h"
#include "report/row_context.h"
#include "report/run_folder.h"

struct pd_targeting {
    const struct pd_report *report;
    const struct pd_registry *registry;
    const struct pd_slices *slices;
    struct pd_region_sums *units;   /* [threads] registry units by (version, kind), region */
    struct pd_region_sums *errors;  /* [threads] recipients by slice, region */
    struct pd_region_sums *deciles; /* [threads] recipients by slice, region; metrics by decile */
};

PADAN_MUST_CHECK enum padan_status pd_targeting_init(struct pd_targeting *targeting, const struct pd_report *report,
                                                     const struct pd_registry *registry, const struct pd_slices *slices,
                                                     struct padan_error *error);
void pd_targeting_reset(struct pd_targeting *targeting);
/* Adds one recipient; context is a pd_targeting. Called from several threads with different workers. */
PADAN_MUST_CHECK enum padan_status
pd_targeting_recipient(void *context, int worker, const struct pd_recipient *recipient, struct padan_error *error);
/* Adds all registry units and writes both tables; galat_sasaran.csv is named as missing when the job states no
 * eligibility. Once, after all recipients. */
PADAN_MUST_CHECK enum padan_status pd_targeting_write(struct pd_targeting *targeting, struct pd_run_folder *folder,
                                                      struct padan_error *error);

#endif
