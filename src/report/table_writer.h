/* SPDX-License-Identifier: MIT
 * CSV files written by several threads. Rows are cut into chunks of fixed size, formatted side by side into buffers of
 * their own and written in order, so the bytes are the same for any number of threads. Memory is two chunks a thread,
 * up to eight while writing waits, whatever the number of rows. */
#ifndef PD_REPORT_TABLE_WRITER_H
#define PD_REPORT_TABLE_WRITER_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/file.h"

/* Appends the line(s) of one row, each with its '\n', and returns how many lines that were (0 leaves the row out).
 * Called from several threads for different rows of the same context: read-only. */
typedef size_t pd_format_row(const void *context, size_t row, struct pd_buffer *out);

/* The same of all rows [begin, end) of a chunk at once. */
typedef size_t pd_format_rows(const void *context, size_t begin, size_t end, struct pd_buffer *out);

/* Brings what the format of a row will read into the cache; called PD_ROWS_AHEAD rows ahead. */
typedef void pd_prefetch_row(const void *context, size_t row);
enum { PD_ROWS_AHEAD = 16 };

struct pd_rows {
    const char *path;      /* file to write, mode 0600 */
    struct pd_text header; /* without '\n' */
    size_t n_rows;
    pd_format_row *format;
    pd_format_rows *format_many; /* instead of format, when not NULL */
    pd_prefetch_row *prefetch;   /* may be NULL */
    const void *context;
    int n_threads;
    size_t chunk_rows;            /* 0 = 8192 when compressed, where it is part of the result; else 1024 */
    bool compress;                /* zstd, one frame per chunk */
    struct pd_unsynced *unsynced; /* takes the file instead of an fsync; NULL = fsync */
    enum pd_digest_kind digest_kind;
};

/* A finished file. */
struct pd_written {
    uint64_t n_lines; /* without the header */
    uint64_t bytes;
    char digest[PD_DIGEST_ROOM]; /* of the file's bytes */
};

/* Writes the file, fsyncs and closes it (or leaves that to rows->unsynced). IO when the disk is full or the folder
 * cannot be written; then the file is incomplete and its folder is to be abandoned. written may be NULL. */
PADAN_MUST_CHECK enum padan_status pd_write_rows(const struct pd_rows *rows, struct pd_written *written,
                                                 struct padan_error *error);
/* Several tables of the same rows (equal n_rows and n_threads) in one pass, chunk by chunk: what they read of a row is
 * fetched once. written [n_tables] may be NULL; a failure leaves all files incomplete. */
enum { PD_TABLES_MAX = 8 };
PADAN_MUST_CHECK enum padan_status pd_write_tables(const struct pd_rows *tables, size_t n_tables,
                                                   struct pd_written *written, struct padan_error *error);
/* The same for bytes that are already formatted (manifest, HTML, small tables); unsynced may be NULL. */
PADAN_MUST_CHECK enum padan_status pd_write_bytes(const char *path, struct pd_text content,
                                                  struct pd_unsynced *unsynced, struct padan_error *error);

#endif
