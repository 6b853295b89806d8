/* SPDX-License-Identifier: MIT
 * Bytes of one input, from a file, a pipe or standard input, plain or compressed, or from a table or query of a
 * database (base/postgres_name.h), which come as CSV; UTF-16 with its mark comes out as UTF-8. Plain files can be read
 * by offset (pread), so that several threads read one file; nothing is mapped, so a file cut short under our hands is
 * an error and not a crash. */
#ifndef PD_BASE_READER_H
#define PD_BASE_READER_H

#include "base/buffer.h"
#include "base/digest.h"

struct pd_postgres;
struct pd_decoder; /* decompression */
struct pd_units;   /* UTF-16 */

/* What a file on a disk was when it was opened. Not known of pipes and databases. */
struct pd_file_mark {
    bool known;
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds; /* of its last change */
};

struct pd_reader {
    const char *path;
    struct pd_file_mark mark;
    int descriptor;
    bool regular; /* plain file of known size: pd_reader_read_at works, hashing is left to the caller */
    bool compressed;
    uint64_t size;                  /* regular only */
    uint64_t bytes;                 /* as stored, so far (not for regular) */
    struct pd_digest *digest;       /* the caller's, or NULL */
    struct pd_decoder *decoder;     /* not for regular */
    struct pd_postgres *postgres;   /* the rows come from there */
    struct pd_buffer postgres_name; /* then path points into it */
    struct pd_units *units;         /* what is read is UTF-16, and turned into UTF-8 */
    char *kept;                     /* bytes given back by pd_reader_keep, as pd_reader_read gave them */
    size_t n_kept, kept_begin;
};

/* Opens ("-": standard input; the name of a database's table or query) and looks at the first bytes for the kind of
 * compression and coding. BAD_INPUT when the file is missing, no file or damaged; nothing is left open then. path must
 * outlive the reader, and so must digest, to which stored bytes are added as they are read (NULL: to none). */
PADAN_MUST_CHECK enum padan_status pd_reader_open(struct pd_reader *reader, const char *path, struct pd_digest *digest,
                                                  struct padan_error *error);
/* Fills bytes as far as the input goes; *n < capacity only at the end. Of a regular file nothing is hashed. */
PADAN_MUST_CHECK enum padan_status pd_reader_read(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                                  struct padan_error *error);
/* Exactly n bytes at an offset of a regular file. */
PADAN_MUST_CHECK enum padan_status pd_reader_read_at(const struct pd_reader *reader, char *bytes, size_t n,
                                                     uint64_t offset, struct padan_error *error);
/* Whether the file is still what it was at a mark: else somebody has written to it or replaced it, and what was read is
 * neither the old nor the new one. IO with a sentence. Nothing is known of an input without a mark. */
PADAN_MUST_CHECK enum padan_status
pd_reader_check_unchanged(const struct pd_reader *reader, const struct pd_file_mark *mark, struct padan_error *error);
/* Puts bytes back in front of the stream (a copy). */
PADAN_MUST_CHECK enum padan_status pd_reader_keep(struct pd_reader *reader, const char *bytes, size_t n,
                                                  struct padan_error *error);
/* True for an input that cannot be opened twice. */
bool pd_reader_is_pipe(const struct pd_reader *reader);
void pd_reader_close(struct pd_reader *reader);

#endif
