/* SPDX-License-Identifier: MIT
 * What check has found out about one file, and its two forms. */
#ifndef PD_CHECKING_REPORT_H
#define PD_CHECKING_REPORT_H

#include "auto/profile.h"
#include "checking/file_alarms.h"
#include "checking/file_grade.h"
#include "indonesia/nik.h"

struct pd_checked_file {
    struct pd_text source;                 /* empty without a job */
    const char *role;                      /* "register" and so on; NULL without a job */
    const struct pd_ingest_result *loaded; /* of the file's source */
    size_t index;                          /* of the file in it */
    const struct pd_file_result *file;
    const struct pd_normalise_file_facts *facts; /* NULL when the file could not be used, or is no roster */
    const struct pd_profiles *profiles;          /* of a file that is no roster, else NULL */
    struct pd_file_grade grade;
    struct pd_file_alarms alarms;
    uint64_t nik_flags[PD_NIK_FLAGS]; /* rows with each flag */
    uint64_t n_default_days;          /* birth dates on 1 July, 31 December or 1 January */
};

/* Rejected rows of one reason. */
enum { PD_REJECT_ROWS_SHOWN = 5 };
struct pd_reject_group {
    uint64_t n;
    uint32_t rows[PD_REJECT_ROWS_SHOWN]; /* the first ones */
};
/* Groups [PD_REJECT_CODES] by enum pd_reject_code. */
void pd_checked_rejects(const struct pd_checked_file *checked, struct pd_reject_group *groups);
const char *pd_checked_id_origin(enum pd_id_origin origin);
/* What a column of a file that is no roster looks like; NULL for the one that names its rows. */
const struct pd_profile *pd_checked_profile(const struct pd_checked_file *checked, size_t column);
/* A paragraph of text, ended by a blank line. */
void pd_checked_text(const struct pd_checked_file *checked, struct pd_buffer *out);
/* A JSON object. */
void pd_checked_json(const struct pd_checked_file *checked, struct pd_buffer *out);

#endif
