/* SPDX-License-Identifier: MIT
 * Tables of a run that come straight from its stages: what was read, what was rejected, NIK quality, blocking. */
#ifndef PD_RUN_TABLES_H
#define PD_RUN_TABLES_H

#include "run/state.h"

/* ringkasan_pemuatan.csv: a line per file. */
PADAN_MUST_CHECK enum padan_status pd_write_load_summary(struct pd_run_state *run, struct padan_error *error);
/* ditolak.csv: rows with broken structure; no cell content. */
PADAN_MUST_CHECK enum padan_status pd_write_rejects(struct pd_run_state *run, struct padan_error *error);
/* pemblokan.csv: what each blocking rule gave and what its cap cost. */
PADAN_MUST_CHECK enum padan_status pd_write_blocking(struct pd_run_state *run, struct padan_error *error);

#endif
