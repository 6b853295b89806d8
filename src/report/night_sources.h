/* SPDX-License-Identifier: MIT
 * Which source of tonight is which of an earlier run. Sources are the same by name. Registries come in versions: one
 * that has its version is the same under any name, and a new version takes the place of one that is gone. Where the
 * version before a new one is still in the job, the new one stands beside it and has no source of before: it is
 * compared with that version. */
#ifndef PD_REPORT_NIGHT_SOURCES_H
#define PD_REPORT_NIGHT_SOURCES_H

#include "model/registry.h"
#include "report/previous.h"

/* now [previous->n_sources]: index of the job's source, -1 when it is gone. */
void pd_match_sources(const struct pd_previous *previous, const struct pd_job *job, const struct pd_registry *registry,
                      int *now);
/* Is it a version of a registry that later ones have replaced? Its rows are not lost, they are out of date. */
bool pd_source_is_replaced(const struct pd_previous *previous, const struct pd_job *job, const int *now, size_t source);
/* The version with which the rows of a source of tonight are compared since it stands beside it; -1 for others. */
int pd_version_beside(const struct pd_previous *previous, const struct pd_registry *registry, const int *now,
                      size_t source);

#endif
