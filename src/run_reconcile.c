/* SPDX-License-Identifier: MIT
 * What the links say about the programs: each step adds its findings to one list, which is finished at the end. */
#include "run_state.h"

static const struct step {
    enum padan_status (*run)(struct pd_run_state *run, struct padan_error *error);
} steps[] = { { pd_run_find_ineligible }, { NULL } };

enum padan_status pd_run_reconcile(struct pd_run_state *run, struct padan_error *error)
{
    for (size_t i = 0; steps[i].run != NULL; i++) PD_TRY(steps[i].run(run, error));
    return pd_findings_finish(&run->findings, run->table.n_records, error);
}

void pd_run_reconcile_reset(struct pd_run_state *run)
{
    pd_run_eligibility_reset(run);
    pd_findings_reset(&run->findings);
}
