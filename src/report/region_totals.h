/* SPDX-License-Identifier: MIT
 * Sums by region on all levels at once. Rows are added at the finest region that is known; when finished, every level
 * holds every row: what is not known on a level stands under its finest known parent as `tak_dikenal`, so children
 * always sum to their parent. Sums are integers, so the order of adding is of no importance. */
#ifndef PD_REPORT_REGION_TOTALS_H
#define PD_REPORT_REGION_TOTALS_H

#include "base/tally.h"
#include "indonesia/region.h"
#include "job/job.h"

enum pd_total_level {
    PD_TOTAL_NATION,
    PD_TOTAL_PROVINCE,
    PD_TOTAL_REGENCY,
    PD_TOTAL_DISTRICT,
    PD_TOTAL_VILLAGE,
    PD_TOTAL_GROUP
};

/* One accumulating table; one per thread, merged afterwards. `group` is the caller's (source, program and period ...).
 */
struct pd_region_sums {
    struct pd_tally tally; /* key.high group + 1, key.low code */
};

PADAN_MUST_CHECK enum padan_status pd_region_sums_init(struct pd_region_sums *sums, size_t n_metrics,
                                                       struct padan_error *error);
void pd_region_sums_reset(struct pd_region_sums *sums);
/* The metrics of (group, finest known code of 2, 4, 6 or 10 digits, 0 = unknown), to add to. Valid until the
 * next call. */
PADAN_MUST_CHECK enum padan_status pd_region_sums_at(struct pd_region_sums *sums, uint32_t group, uint64_t code,
                                                     int64_t **metrics, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_region_sums_merge(struct pd_region_sums *into, const struct pd_region_sums *from,
                                                        struct padan_error *error);

/* Group and code of a slot in [0, n_slots); false when it is empty. */
bool pd_region_sums_slot(const struct pd_region_sums *sums, size_t slot, uint32_t *group, uint64_t *code);

/* A finished line. */
struct pd_region_total {
    uint32_t group;
    enum pd_total_level level;
    uint64_t code; /* region, or the parent of what is unknown; for PD_TOTAL_GROUP index of the job's region group */
    bool unknown;  /* the part below `code` that is not known on this level */
    const int64_t *metrics;
};

struct pd_region_totals {
    struct pd_region_total *lines; /* sorted by group, level, code, known before unknown */
    size_t n_lines;
    int64_t *metrics;
};

/* Rolls sums up to all levels, and to the job's region groups (job may be NULL). */
PADAN_MUST_CHECK enum padan_status pd_region_totals_make(const struct pd_region_sums *sums, const struct pd_job *job,
                                                         struct pd_region_totals *totals, struct padan_error *error);
void pd_region_totals_reset(struct pd_region_totals *totals);

/* wil: "tingkat,kode_wilayah,nama_wilayah" of a line. */
void pd_append_wil(struct pd_buffer *out, const struct pd_region_total *total, const struct pd_region_index *regions,
                   const struct pd_job *job);

#endif
