/* SPDX-License-Identifier: MIT
 * Small trusted delimited text held in memory: dictionaries compiled in, rule tables, quotas, truth files. One byte at
 * a time and simple on purpose; the parser for big inputs is in ingest. RFC 4180 quoting, CRLF or LF, a BOM is skipped.
 * Lines that start with '#' before the header are comments (they carry sources). */
#ifndef PD_BASE_DELIMITED_H
#define PD_BASE_DELIMITED_H

#include "base/arena.h"

struct pd_delimited {
    struct pd_text rest;
    char delimiter;
    size_t line;      /* line number of the row last read (its first line), from 1 */
    size_t next_line; /* line number of `rest` */
    size_t n_fields;
    struct pd_text *fields; /* [n_fields] of the row last read; valid until the next row */
    size_t capacity;
    struct pd_text *header;
    size_t n_header;
    struct pd_arena arena; /* header and unescaped fields */
    const char *name;
};

/* Starts reading and reads the header row. name is used in messages; content must outlive the reader. */
PADAN_MUST_CHECK enum padan_status pd_delimited_open(struct pd_delimited *reader, struct pd_text content,
                                                     char delimiter, const char *name, struct padan_error *error);
/* Reads the next row; *more is false at the end. A row with another number of fields than the header is BAD_ARGUMENT;
 * empty lines are skipped. */
PADAN_MUST_CHECK enum padan_status pd_delimited_next(struct pd_delimited *reader, bool *more,
                                                     struct padan_error *error);
/* Index of a column by exact name; BAD_ARGUMENT naming the file when it is absent. */
PADAN_MUST_CHECK enum padan_status pd_delimited_column(const struct pd_delimited *reader, const char *name,
                                                       size_t *index, struct padan_error *error);
void pd_delimited_reset(struct pd_delimited *reader);

#endif
