/* SPDX-License-Identifier: MIT
 * perubahan.csv: what is different from an earlier run. Rows are the same when their source and content are (the k-th
 * of equal rows is the k-th of before); of the rest, those with one id are the same row with other content. Clusters
 * are compared by the rows that both nights have, never by their names. */
#ifndef PD_REPORT_CHANGES_H
#define PD_REPORT_CHANGES_H

#include "report/previous.h"

enum pd_change {
    PD_CHANGE_NEW_ROW,
    PD_CHANGE_LOST_ROW,
    PD_CHANGE_CONTENT,
    PD_CHANGE_STATUS,
    PD_CHANGE_CLASS,
    PD_CHANGE_DECILE,
    PD_CHANGE_MERGED,
    PD_CHANGE_SPLIT,
    PD_CHANGE_NEW_FINDING,
    PD_CHANGE_CLOSED_FINDING,
    PD_CHANGE_COUNT
};

struct pd_change_counts {
    uint64_t of[PD_CHANGE_COUNT];
    /* the source with the largest share of changed rows (new, lost, other content) among those of before */
    double worst_percent;
    struct pd_text worst_source; /* borrowed of job and previous; empty: none can be compared */
    bool worst_is_gone;          /* the job has no source of that name */
};

PADAN_MUST_CHECK enum padan_status pd_write_changes(const struct pd_row_hasher *hasher,
                                                    const struct pd_findings *findings,
                                                    const struct pd_previous *previous, struct pd_run_folder *folder,
                                                    struct pd_change_counts *counts, struct padan_error *error);
/* jenis: "BARIS_BARU" ... */
const char *pd_night_change_name(enum pd_change change);

#endif
