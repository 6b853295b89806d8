/* SPDX-License-Identifier: MIT
 * The rows that make up the header of a file, and the columns they name. Official forms have more than one:
 *
 *     No;NIK;Nama;Kelahiran;;Alamat;;          groups of columns,
 *     ;;;Tempat;Tanggal;Desa;RT;RW             their parts below them,
 *     (1);(2);(3);(4);(5);(6);(7);(8)          column numbers,
 *
 * and files that went through two programs have the names of both. */
#ifndef PD_INGEST_HEADER_ROWS_H
#define PD_INGEST_HEADER_ROWS_H

#include "ingest/known_names.h"

struct pd_header_rows {
    struct pd_layout *layout; /* delimiter, line end and charset are told */
    const struct pd_known_names *known;
    struct pd_text sample;
    bool complete;
    const char *name; /* of the file */
};

/* Whether the row below the one at `begin` is the lower line of one header with it. */
PADAN_MUST_CHECK enum padan_status pd_header_has_lower_line(const struct pd_header_rows *rows, size_t begin,
                                                            bool *has_lower, struct padan_error *error);
/* Reads the header that begins with the row at `begin`: columns, n_fields, n_below and data_begin of the layout. */
PADAN_MUST_CHECK enum padan_status pd_header_rows_read(const struct pd_header_rows *rows, size_t begin,
                                                       struct pd_arena *arena, struct padan_error *error);

#endif
