/* SPDX-License-Identifier: MIT
 * The state of one pd_ingest call, shared by its steps: open (what are the files), waves (parse a window of bytes),
 * merge (pieces into the table), identity (row ids), totals. */
#ifndef PD_INGEST_LOADER_H
#define PD_INGEST_LOADER_H

#include "base/reader.h"
#include "ingest/chunk.h"
#include "ingest/snapshot.h"

enum {
    PD_DEFAULT_CHUNK = 1 << 20,
    PD_DEFAULT_FIELD_LIMIT = 1 << 20,
    PD_DEFAULT_ROW_LIMIT = 1 << 24,
    PD_WAVE_SEGMENTS = 64
};

struct pd_file_state {
    struct pd_layout layout;
    struct pd_reader reader;
    struct pd_file_mark mark; /* of the file when its beginning was looked at */
    struct pd_digest digest;  /* of the bytes as stored */
    bool open, left_out;
    bool is_index; /* snapshot is open or at rest; there is nothing to parse */
    struct pd_snapshot snapshot;
    uint64_t offset;  /* bytes read so far (decompressed) */
    uint64_t to_skip; /* bytes of header not passed yet */
    uint64_t lines;   /* rows of any kind after the header so far */
    bool skipping;    /* the next bytes belong to a row that is too long */
    int *load_of;     /* [table columns] index into layout.loads, -1 = the file has no such column */
    struct pd_totals_cell *totals;
    size_t n_totals, totals_capacity;
};

/* What the samples say about a column of the table. */
struct pd_column_sample {
    struct pd_text name;
    struct pd_dictionary seen;
    uint64_t n_filled, n_digits;
};

/* Growing words of a column. */
struct pd_words {
    void *data;
    size_t capacity;              /* elements */
    bool narrow;                  /* codes take one or two bytes while so few are enough */
    bool loose;                   /* texts are appended unseen and told apart at the end (table/dictionary.h) */
    struct pd_short_texts shorts; /* the first short texts of the dictionary, until it is loose */
    uint32_t n_looked;            /* of its texts so many were looked at for shorts */
};

/* Bytes of one file in the window. */
struct pd_segment {
    size_t file;
    size_t begin, n;  /* bytes in the window */
    size_t n_carried; /* of them from the wave before */
    uint64_t offset;  /* of the first byte in the file */
    size_t start;     /* first row, relative to begin */
    bool at_eof;
    size_t first_chunk, n_chunks;
    size_t end; /* out: first byte not used, relative to begin */
};

/* Where the rows of a chunk go. */
struct pd_placement {
    size_t file;
    size_t record; /* of its first record */
    uint64_t row;  /* row number of its first row */
};

/* A range of a regular file to be read into the window. */
struct pd_read_piece {
    size_t file, position, n;
    uint64_t offset;
};

struct pd_loader {
    const struct pd_ingest_options *options;
    struct pd_table *table;
    struct pd_ingest_result *result;
    struct pd_alias_table aliases;
    struct pd_arena arena;
    struct pd_file_state *files; /* [options->n_files] */
    struct pd_column_sample *samples;
    size_t n_samples, samples_capacity;
    int unique_id, source_column;     /* columns of the table; source_column PD_NO_FIELD when not asked for */
    struct pd_load_kind **file_kinds; /* [n_files][loads of the file] */
    struct pd_words *words;           /* [table->n_columns] */
    struct pd_words source_of, file_of, row_of;
    size_t n_records, expected_records;
    int threads;
    size_t chunk_bytes, row_limit, field_limit, wave_bytes;
    char *window;
    size_t window_capacity;
    struct pd_segment segments[PD_WAVE_SEGMENTS];
    size_t n_segments;
    struct pd_read_piece *pieces;
    size_t n_pieces, pieces_capacity;
    struct pd_chunk *chunks;
    struct pd_placement *placements; /* [n_chunks] */
    size_t n_chunks, chunks_capacity, placements_capacity;
    size_t next_file, n_carry, carry_begin;
};

/* Opens a file that is read from its first byte on, and begins its digest. */
PADAN_MUST_CHECK enum padan_status pd_loader_open_file(struct pd_loader *loader, size_t file,
                                                       struct padan_error *error);
/* Samples every file, maps its headers, and lays out the table's columns. */
PADAN_MUST_CHECK enum padan_status pd_loader_open(struct pd_loader *loader, struct padan_error *error);
/* Reads and parses all files, wave after wave. */
PADAN_MUST_CHECK enum padan_status pd_loader_read(struct pd_loader *loader, struct padan_error *error);
/* Takes up the records of a file that is an index, in place of waves. */
PADAN_MUST_CHECK enum padan_status pd_loader_take_index(struct pd_loader *loader, size_t file,
                                                        struct padan_error *error);
/* Room for `needed` elements of which `used` are kept, the others being zero: pages of a column that no row of a file
 * has are not touched. The first time for as many records as the files promise. */
PADAN_MUST_CHECK enum padan_status pd_loader_grow(const struct pd_loader *loader, struct pd_words *words, size_t used,
                                                  size_t needed, size_t width, struct padan_error *error);
/* Shared codes of n texts, in codes, for a dictionary that is searched or loose. */
PADAN_MUST_CHECK enum padan_status pd_loader_translate(struct pd_dictionary *dictionary, bool loose,
                                                       const struct pd_hashed_text *texts, size_t n, uint32_t *codes,
                                                       struct padan_error *error);
/* After n_offered values that brought n_new texts: stops searching for new ones in a dictionary that grows with one
 * value of a few, and makes room for as many as the files promise. */
PADAN_MUST_CHECK enum padan_status pd_loader_loosen(const struct pd_loader *loader, size_t index, size_t n_offered,
                                                    size_t n_new, struct padan_error *error);
/* Room for n chunks and their placements; new chunks are empty. */
PADAN_MUST_CHECK enum padan_status pd_loader_make_chunks(struct pd_loader *loader, size_t n, struct padan_error *error);
/* Adds the cells of a chunk's totals rows to its file's. */
PADAN_MUST_CHECK enum padan_status pd_loader_keep_totals(struct pd_file_state *state, const struct pd_chunk *chunk,
                                                         struct padan_error *error);
/* LIMIT: record and row numbers have 32 bits. */
PADAN_MUST_CHECK enum padan_status pd_loader_too_many(struct padan_error *error);
/* Appends the records of a wave's chunks to the table's words. */
PADAN_MUST_CHECK enum padan_status pd_loader_merge(struct pd_loader *loader, struct padan_error *error);
/* Hands the words over to the table and cuts it into sources. */
PADAN_MUST_CHECK enum padan_status pd_loader_finish(struct pd_loader *loader, struct padan_error *error);
/* unique_id of every record. */
PADAN_MUST_CHECK enum padan_status pd_loader_identify(struct pd_loader *loader, struct padan_error *error);
/* Checks the totals rows against the table. */
PADAN_MUST_CHECK enum padan_status pd_loader_check_totals(struct pd_loader *loader, struct padan_error *error);
/* Orders the records by the texts of the source column. */
PADAN_MUST_CHECK enum padan_status pd_loader_split_sources(struct pd_loader *loader, struct padan_error *error);

#endif
