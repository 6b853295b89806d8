/* SPDX-License-Identifier: MIT
 * The state that an earlier run left (keadaan/, report/state.h), read back where it is as the manifest says. */
#ifndef PD_REPORT_PREVIOUS_H
#define PD_REPORT_PREVIOUS_H

#include "report/state.h"

struct pd_node;

struct pd_previous_source {
    struct pd_text name, program, version;
    struct pd_text columns;  /* that all its files had, joined by '|'; empty where the state does not say */
    bool registry, families; /* families: a row of it is a family */
    bool people;             /* the register */
    size_t begin, end;       /* rows */
};

struct pd_previous {
    struct pd_arena arena;
    struct pd_node *manifest;
    struct pd_buffer row_bytes, id_bytes, finding_bytes, source_bytes, criterion_bytes;
    struct pd_previous_source *sources;
    size_t n_sources;
    const struct pd_row_state *rows;
    size_t n_rows;
    uint64_t *ids;                           /* [n_rows + 1] begin of each row's id, a CSV field, in id_bytes */
    const struct pd_finding_state *findings; /* by record */
    size_t n_findings;
    struct pd_text *criteria; /* [n_criteria] */
    size_t n_criteria;
};

/* BAD_INPUT when the folder has no state of this version of the files, or one that does not fit together or to the
 * hashes in its manifest. */
PADAN_MUST_CHECK enum padan_status pd_previous_read(struct pd_previous *previous, const char *folder,
                                                    struct padan_error *error);
void pd_previous_reset(struct pd_previous *previous);

/* The id of a row, as the CSV field it was written as. */
static inline struct pd_text pd_previous_id(const struct pd_previous *previous, size_t row)
{
    return (struct pd_text){ previous->id_bytes.data + previous->ids[row],
                             (size_t)(previous->ids[row + 1] - previous->ids[row]) - 1 };
}

/* Findings of a row: [begin, end) of previous->findings. */
void pd_previous_findings_of(const struct pd_previous *previous, uint32_t row, size_t *begin, size_t *end);

#endif
