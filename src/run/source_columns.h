/* SPDX-License-Identifier: MIT
 * Which columns the files of a source have, for the next night: a header that was renamed, or a column that was left
 * out, empties a column of all rows and breaks nothing, so that links and money go without anybody being told. */
#ifndef PD_RUN_SOURCE_COLUMNS_H
#define PD_RUN_SOURCE_COLUMNS_H

#include "report/previous.h"
#include "run/inputs.h"

/* The canonical names that every file of a source has, in the order of the first one, joined by '|'; empty when none
 * of its files could be used. names [inputs->n_sources], made in the arena, as the texts are. */
PADAN_MUST_CHECK enum padan_status pd_source_columns(const struct pd_ingest_result *ingested,
                                                     const struct pd_inputs *inputs, struct pd_arena *arena,
                                                     struct pd_text **names, struct padan_error *error);

/* What one source lacks. */
struct pd_lost_columns {
    size_t file;            /* the first file that lacks any */
    size_t n_files;         /* files that do */
    struct pd_buffer names; /* its missing columns, "nik, nama"; empty when nothing is lost */
    size_t first_length;    /* of the first of them */
};

/* Of the columns `before` (joined by '|'), those that files of a source lack now. A column that the job reads from no
 * header ({nik: null}), or an id that it names by other columns, was given up, not lost. Starts as {0}; the caller
 * resets names. */
PADAN_MUST_CHECK enum padan_status pd_find_lost_columns(const struct pd_ingest_result *ingested,
                                                        const struct pd_inputs *inputs, size_t source,
                                                        struct pd_text before, struct pd_lost_columns *lost,
                                                        struct padan_error *error);

#endif
