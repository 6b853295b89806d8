/* SPDX-License-Identifier: MIT
 * Tables of a finished run folder as a workbook (XLSX) for people, or as a database (SQLite, PostgreSQL) for queries.
 * The folder is only read. What is masked there is masked here. */
#ifndef PD_EXPORT_EXPORT_H
#define PD_EXPORT_EXPORT_H

#include "base/status.h"
#include "base/text.h"

struct pd_export_options {
    const char *run;      /* folder of padan run, dedupe or link */
    const char *workbook; /* file to write, or NULL */
    const char *database; /* likewise */
    const char *server;   /* postgresql://HOST/DATABASE#SCHEMA, or NULL */
    const char *tables;   /* names without endings, parted by commas; NULL: in the workbook what people read (export/
                             listing.h), in databases all */
    const char *region;   /* dotted code: rows of that region and those within it, of tables that have a region; NULL */
    bool english;         /* words of the workbook's first sheet; names of tables and columns stay */
};

/* What the tables have of the region that was asked for. */
enum pd_export_region { PD_REGION_FOUND, PD_REGION_WITHOUT_ROWS, PD_REGION_IN_NO_TABLE };

struct pd_export_summary {
    size_t n_tables; /* of what has more of them */
    uint64_t n_rows;
    enum pd_export_region region; /* FOUND too where none was asked for */
};

/* Writes the files, each whole or not at all, mode 0600; one that is there is replaced. BAD_ARGUMENT for a table that
 * the run does not have, or a file inside the run folder; BAD_INPUT for a folder that is no run, a table that cannot
 * be read, or a server that refuses; IO. */
PADAN_MUST_CHECK enum padan_status pd_export(const struct pd_export_options *options, struct pd_export_summary *summary,
                                             struct padan_error *error);

#endif
