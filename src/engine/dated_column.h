/* SPDX-License-Identifier: MIT
 * A column with dates, and in what order each file has day and month. Rows of frames, which have no files, go by their
 * source; so do those of one file that has a column of sources, and a source none of whose dates tells goes by the
 * whole file. */
#ifndef PD_ENGINE_DATED_COLUMN_H
#define PD_ENGINE_DATED_COLUMN_H

#include "engine/state.h"

enum pd_date_kind { PD_DATE_OTHER, PD_DATE_DAY_FIRST, PD_DATE_MONTH_FIRST, PD_DATE_EITHER, PD_DATE_KINDS };

/* Dates of a file by kind. */
struct pd_date_kinds {
    uint64_t n[PD_DATE_KINDS];
};

struct pd_dated_column {
    const struct pd_engine *engine;
    struct pd_column *column;
    uint8_t *kinds;               /* of texts, by their codes */
    struct pd_date_kinds *counts; /* [files], and of all together */
    char *turned;                 /* room for the longest text */
};

/* Files, or sources. */
size_t pd_dated_files(const struct pd_engine *engine);
bool pd_dated_has_texts(const struct pd_column *column);
/* Looks at all dates of a column that has texts; must be reset, after failure too. O(records + texts). */
PADAN_MUST_CHECK enum padan_status pd_dated_column_make(const struct pd_engine *engine, struct pd_column *column,
                                                        struct pd_dated_column *dated, struct padan_error *error);
void pd_dated_column_reset(struct pd_dated_column *dated);
/* The order of a file, and whether there are dates in it that pd_dated_turn would turn. */
enum pd_date_order pd_dated_order(const struct pd_dated_column *dated, size_t file);
bool pd_dated_is_to_turn(const struct pd_dated_column *dated, size_t file);
/* Tells, where dates of the file can be read both ways, which order was taken: to whoever runs the command too, unless
 * it is as models read anyhow. */
PADAN_MUST_CHECK enum padan_status pd_dated_tell(struct pd_engine *engine, const struct pd_dated_column *dated,
                                                 size_t file, struct padan_error *error);
/* Writes the dates of files with the month first with the day first. */
PADAN_MUST_CHECK enum padan_status pd_dated_turn(const struct pd_dated_column *dated, struct padan_error *error);

#endif
