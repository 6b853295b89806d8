/* SPDX-License-Identifier: MIT
 * An index of a delimited file (`padan index`): the file as it was parsed, to be taken up instead of parsed again.
 *
 * What is kept is the level before any meaning: every field of every row as text, coded, under its header; the rows
 * that were rejected; the file's first bytes. So headers are mapped, encodings chosen, rows named and values normalised
 * when the index is used, by the same code and from the same bytes as for the file itself, and one index serves any
 * job, model and version of the dictionaries. Only how the bytes were cut into fields is settled.
 *
 * Sections (base/sealed.h): per column its words and, where it has texts, their begins and bytes (table/dictionary.h);
 * row numbers; rejects; the sample; and rows that open with a word like JUMLAH, as bytes, because what they are hangs
 * on the mapping. Numbers are in the machine's byte order. */
#ifndef PD_INGEST_SNAPSHOT_H
#define PD_INGEST_SNAPSHOT_H

#include "base/sealed.h"
#include "ingest/ingest.h"

struct pd_snapshot_column {
    struct pd_text header;
    enum pd_encoding encoding; /* CODE or DIGITS */
    bool saw_cp1252;
    uint64_t n_filled;
    uint32_t n_texts;
    uint64_t n_text_bytes;
    uint32_t words, begins, bytes; /* sections */
};

struct pd_revision;

struct pd_snapshot {
    struct pd_sealed sealed;
    struct pd_revision *revision; /* ingest/revision.h; NULL: a plain index */
    struct pd_arena arena;
    /* the file */
    struct pd_text name;
    char sha256[65];
    uint64_t n_bytes;
    bool compressed;
    /* how it was read */
    char delimiter;
    enum pd_charset charset; /* as asked for */
    unsigned header_row;
    /* what was found */
    uint64_t n_records, n_blank, n_rejects, n_special, n_special_bytes, n_sample;
    bool sample_complete;
    bool rows_ascend; /* one by one from first_row: then no section has them */
    uint32_t first_row;
    uint32_t sample, rows, rejects, special_rows, special_bytes; /* sections */
    struct pd_snapshot_column *columns;
    size_t n_columns;
};

/* Parses a file and writes its index; *facts says what was in the file (pd_ingest_result_reset in any case).
 * Errors as pd_ingest, and IO. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_make(const struct pd_input_file *file, int threads, const char *path,
                                                    struct pd_ingest_result *facts, struct padan_error *error);

/* Magic and format version of indexes. */
const struct pd_sealed_kind *pd_snapshot_kind(void);
/* An index, or a revision of one: in what follows an index may be either. */
bool pd_snapshot_is(const char *path);
/* Opens an index and looks at what it says of itself; sections of columns are read by pd_snapshot_read, others by
 * pd_sealed_read. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_open(struct pd_snapshot *snapshot, const char *path,
                                                    struct padan_error *error);
void pd_snapshot_close(struct pd_snapshot *snapshot);
/* pd_sealed_rest and pd_sealed_verify of all its files. */
void pd_snapshot_rest(struct pd_snapshot *snapshot);
PADAN_MUST_CHECK enum padan_status pd_snapshot_verify(const struct pd_snapshot *snapshot, int threads,
                                                      struct padan_error *error);
/* Words, begins and bytes of columns, all three of each. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_read(const struct pd_snapshot *snapshot,
                                                    const struct pd_sealed_read *reads, size_t n_reads, int threads,
                                                    struct padan_error *error);

/* Puts the index's own settings into input; BAD_ARGUMENT when input asks for others. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_settle(const struct pd_snapshot *snapshot, struct pd_input_file *input,
                                                      struct padan_error *error);
/* Gives a result the name of the file that the index was made of, in the folder that the index was named with. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_name(const struct pd_snapshot *snapshot, struct pd_file_result *result,
                                                    struct pd_arena *arena, struct padan_error *error);
/* The rejects, for the caller to free. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_read_rejects(const struct pd_snapshot *snapshot,
                                                            struct pd_reject **rejects, struct padan_error *error);
/* Makes room for a column's texts and says where its sections go; pd_snapshot_check_texts when they have come. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_place_texts(const struct pd_snapshot_column *column,
                                                           struct pd_dictionary *texts, struct pd_sealed_read *reads,
                                                           size_t *n_reads, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_snapshot_check_texts(const struct pd_snapshot *snapshot,
                                                           const struct pd_dictionary *texts,
                                                           struct padan_error *error);
/* Whether words of a column with n_texts texts mean something. */
bool pd_snapshot_codes_fit(const uint32_t *codes, size_t n, uint32_t n_texts);
bool pd_snapshot_digits_fit(const uint64_t *words, size_t n, uint32_t n_texts);
/* Whether a section has n elements. */
bool pd_snapshot_has(const struct pd_snapshot *snapshot, uint32_t section, uint64_t n, size_t width);
/* Whether the sections that are not of columns are as long as their elements. */
bool pd_snapshot_rows_fit(const struct pd_snapshot *snapshot);
/* BAD_INPUT: the parts of an index do not fit each other, whatever their checksums say. */
PADAN_MUST_CHECK enum padan_status pd_snapshot_contradicts(const struct pd_snapshot *snapshot,
                                                           struct padan_error *error);

#endif
