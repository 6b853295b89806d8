/* SPDX-License-Identifier: MIT
 * Distinct people and families of every registry version, payment periods with the version in force, and where a paid
 * row stands in it (CONTRACT 3, 4). A family of a row is the family of its cluster; it counts as linked when a row that
 * pays it is linked automatically, by NIK or otherwise, and as to be reviewed when only the family number agrees. A
 * recipient whose person is to be reviewed is so here too, although the candidate is not in the registry. */
#ifndef PD_RECONCILE_REGISTRY_H
#define PD_RECONCILE_REGISTRY_H

#include "job/job.h"
#include "model/alternative.h"
#include "model/payment.h"
#include "reconcile/category.h"
#include "reconcile/lives.h"

struct pd_registry_options {
    const struct pd_linkage *linkage;
    const struct pd_job *job;
    const uint8_t *paid; /* [n_records] */
    struct pd_row_programs programs;
    const struct pd_categories *categories;
    const struct pd_disqualifiers *disqualifiers;
    const uint32_t *likely;                     /* [n_records] by row: who it may be (pd_likely_persons) */
    const uint32_t *likely_family;              /* [n_records] by representative of a family (pd_likely_families) */
    const struct pd_alternatives *alternatives; /* whom else (pd_likely_persons) */
    int threads;
};

/* Lists the versions of the job's registries and their sources; all that pd_registry_version_on reads. */
PADAN_MUST_CHECK enum padan_status pd_registry_list(const struct pd_job *job, struct pd_registry *registry,
                                                    struct padan_error *error);
/* Fills the versions of a list with their people and families. */
PADAN_MUST_CHECK enum padan_status pd_registry_make(const struct pd_registry_options *options,
                                                    struct pd_registry *registry, struct padan_error *error);
void pd_registry_reset(struct pd_registry *registry);
/* Rows of people get the decile of their person or family where their version says it in another row only, in the
 * column that linkage calls desil. */
void pd_registry_fill_deciles(const struct pd_registry *registry, const struct pd_linkage *linkage,
                              struct pd_table *table);

/* The version in force on a day: the latest published by then. Before the first publication, or without any day of
 * publication, the earliest; on an unknown day the latest. -1 without a registry. */
int pd_registry_version_on(const struct pd_registry *registry, int32_t day);
/* The version that answers for a row: its own if it is of a registry, else the one in force when its period starts. 0
 * without a registry. */
int pd_registry_version_of_row(const struct pd_linkage *linkage, uint32_t row);

PADAN_MUST_CHECK enum padan_status pd_slices_make(const struct pd_registry_options *options,
                                                  const struct pd_registry *registry, struct pd_slices *slices,
                                                  struct padan_error *error);
void pd_slices_reset(struct pd_slices *slices);

/* The first of version->likely who may be of a family; n_likely when there is none. */
size_t pd_registry_likely_members(const struct pd_registry_version *version, uint32_t family);

/* Where a row stands in the version of its slice: as LINKED (with or without a decile), REVIEW or UNREGISTERED, and as
 * which unit of the slice's kind. */
struct pd_registry_answer {
    uint32_t unit; /* PD_NO_UNIT when unregistered, or when nothing is like it */
    uint8_t state; /* enum pd_recipient_state */
    bool open;     /* the condition does not hold, but may: for somebody who may be a member */
};
struct pd_registry_answer pd_registry_ask(const struct pd_registry_options *options, const struct pd_registry *registry,
                                          const struct pd_slice *slice, uint32_t row);

/* Bring near what pd_registry_ask will read of a row (base/prefetch.h): first where its person and family stand in the
 * version, whose own cluster and family must be near; then, once that is there, the units. */
void pd_registry_prefetch_places(const struct pd_linkage *linkage, const struct pd_registry *registry,
                                 const struct pd_slice *slice, uint32_t row);
void pd_registry_prefetch_units(const struct pd_linkage *linkage, const struct pd_registry *registry,
                                const struct pd_slice *slice, uint32_t row);
/* Then where the unit lives, which those who visit recipients ask. */
void pd_registry_prefetch_home(const struct pd_linkage *linkage, const struct pd_registry *registry,
                               const struct pd_slice *slice, uint32_t row);

/* Visits every distinct unit that a program paid in a period, from several threads, in no particular order. */
typedef enum padan_status pd_visit_recipient(void *context, int worker, const struct pd_recipient *recipient,
                                             struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_recipients_visit(const struct pd_registry_options *options,
                                                       const struct pd_registry *registry,
                                                       const struct pd_slices *slices, pd_visit_recipient *visit,
                                                       void *context, struct padan_error *error);

#endif
