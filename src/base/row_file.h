/* SPDX-License-Identifier: MIT
 * Reading a table of a run folder, or of another tool, forward in batches of rows: plain, gzip or zstd, UTF-16 with
 * its mark, delimiter by the header line, RFC 4180 quotes. One window of bytes is kept, never the file. Fields of a
 * batch point into the window, so that a caller can hash all keys of a batch and bring their slots into cache before it
 * looks them up. */
#ifndef PD_BASE_ROW_FILE_H
#define PD_BASE_ROW_FILE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/reader.h"

enum { PD_ROW_BATCH = 256 };

struct pd_row_file {
    const char *path; /* borrowed */
    struct pd_reader reader;
    char *window;
    size_t capacity, begin, end;
    bool ended;
    char delimiter;
    struct pd_arena arena;
    struct pd_text *header; /* [n_header] */
    size_t n_header;
    uint16_t *slot_of; /* [n_header] slot of a wanted column, UINT16_MAX for the others */
    size_t n_slots, last_wanted;
    struct pd_text *fields; /* [PD_ROW_BATCH * n_slots] of the batch last read; absent fields are empty */
    uint64_t n_rows;        /* read so far */
    size_t n_batch;         /* of them in the batch last read */
};

/* Opens a file and reads its header. path must outlive *file, which stays where it is. BAD_INPUT when the file is
 * missing, no text in UTF-8, or has no header. */
PADAN_MUST_CHECK enum padan_status pd_row_file_open(struct pd_row_file *file, const char *path,
                                                    struct padan_error *error);
/* Index of a column: equal name first, then equal but for letter case and signs; -1 when there is none. */
int pd_row_file_find(const struct pd_row_file *file, const char *name);
/* The same of the first of several names that is there; NULL ends them. */
int pd_row_file_find_any(const struct pd_row_file *file, const char *const *names);
/* Chooses the columns to read: slot i is columns[i], which may be -1 for "always empty". Before the first batch. */
PADAN_MUST_CHECK enum padan_status pd_row_file_select(struct pd_row_file *file, const int *columns, size_t n_columns,
                                                      struct padan_error *error);
/* Reads up to PD_ROW_BATCH rows; *n_rows is 0 at the end. Fields are valid until the next call. */
PADAN_MUST_CHECK enum padan_status pd_row_file_next(struct pd_row_file *file, size_t *n_rows,
                                                    struct padan_error *error);
void pd_row_file_reset(struct pd_row_file *file);

/* Field of a row of the batch last read. */
static inline struct pd_text pd_row_field(const struct pd_row_file *file, size_t row, size_t slot)
{
    return file->fields[row * file->n_slots + slot];
}

#endif
