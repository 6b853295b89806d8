/* SPDX-License-Identifier: MIT
 * What rows are held against of the register's people, a cache line each. Rows ask for people in no order: of columns
 * that is a line for every thing that is asked. */
#ifndef PD_REPORT_PERSON_LINES_H
#define PD_REPORT_PERSON_LINES_H

#include "base/prefetch.h"
#include "report/row_context.h"

/* What a row and its person in the register are compared in. */
enum pd_compared {
    PD_COMPARED_NIK,
    PD_COMPARED_NAMA,
    PD_COMPARED_TGL_LAHIR,
    PD_COMPARED_TEMPAT_LAHIR,
    PD_COMPARED_JENIS_KELAMIN,
    PD_COMPARED_NO_KK,
    PD_COMPARED_WILAYAH,
    PD_COMPARED_COUNT
};

struct pd_person_line {
    uint64_t compared[PD_COMPARED_COUNT]; /* pd_column_stored; 0 of columns that there are not */
    uint64_t unique_id;                   /* likewise */
};

/* Indexes of the columns, -1 where there is none. */
void pd_compared_columns(const struct pd_report *report, int columns[PD_COMPARED_COUNT]);

/* Lines of all people of the register, 64 bytes each, to be freed with pd_free; NULL where there are too few rows to
 * ask for them: reports read the columns then. */
PADAN_MUST_CHECK enum padan_status pd_person_lines_make(const struct pd_report *report, struct pd_person_line **lines,
                                                        struct padan_error *error);

/* The line of a record, NULL when it is none of the register's people or there are no lines. */
static inline const struct pd_person_line *pd_person_line(const struct pd_report *report, uint32_t record)
{
    const struct pd_linkage *linkage = report->linkage;
    if (report->people == NULL || !pd_is_person(linkage, record)) return NULL;
    return &report->people[record - linkage->register_begin];
}

#endif
