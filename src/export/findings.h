/* SPDX-License-Identifier: MIT
 * Sums of temuan.csv by kind and program, each row counted once, for the first sheet of a workbook. */
#ifndef PD_EXPORT_FINDINGS_H
#define PD_EXPORT_FINDINGS_H

#include "export/rows.h"

enum { PD_FINDINGS_MAX = 512, PD_FINDING_NAME = 64 };

struct pd_finding_sum {
    char kind[PD_FINDING_NAME], program[PD_FINDING_NAME];
    uint64_t n_sure, n_possible; /* pasti, tinjau */
    double money_sure, money_possible;
};

struct pd_finding_sums {
    int kind, program, certainty, counted, money; /* columns; -1 where the table is another one */
    struct pd_finding_sum items[PD_FINDINGS_MAX];
    size_t n_items;
};

/* Before the rows of a table: whether it is one of findings. */
bool pd_finding_sums_begin(struct pd_finding_sums *sums, const struct pd_export_rows *rows);
/* Adds a row of it. LIMIT. */
PADAN_MUST_CHECK enum padan_status pd_finding_sums_add(struct pd_finding_sums *sums, const struct pd_text *fields,
                                                       struct padan_error *error);
/* The most money first, then by name. */
void pd_finding_sums_sort(struct pd_finding_sums *sums);

#endif
