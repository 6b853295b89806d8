/* SPDX-License-Identifier: MIT
 * One piece of a file, parsed by one thread into private columns: for each loaded field the codes of a dictionary of
 * the piece alone, or the digits themselves. Pieces are merged afterwards, in order.
 *
 *   window   ...|row|row|ro w|row|row|row|r ow|...
 *                          ^ limit of piece k = begin of piece k + 1
 * A piece owns the rows that start in [begin, limit). Where its first row starts is guessed (after the first line end)
 * and checked against where the piece before it ended; a wrong guess, inside a quoted field, is parsed again. */
#ifndef PD_INGEST_CHUNK_H
#define PD_INGEST_CHUNK_H

#include "ingest/layout.h"
#include "table/short_texts.h"

/* A loaded field. words: u32 local code (index + 1 into texts, 0 = NULL), or u64 digits, whose escapes carry a local
 * code. Codes of texts that the shared dictionary had before the piece are PD_LOCAL_KNOWN | its code. */
struct pd_local_column {
    bool digits;
    bool loose; /* every text that is not known gets a code of its own */
    bool saw_cp1252;
    union {
        uint32_t *codes;
        uint64_t *words;
    };
    size_t words_capacity; /* bytes */
    struct pd_hashed_text *texts;
    size_t n_texts, texts_capacity;
    size_t n_text_bytes; /* of a loose column */
    uint64_t *slots;     /* as in table/dictionary.h */
    size_t n_slots, slots_capacity;
    uint64_t n_filled;
    /* The shared texts, which nobody writes to while pieces are parsed: a dictionary, and its first short ones. */
    const struct pd_dictionary *known; /* may be NULL */
    const struct pd_short_texts *shorts;
    /* Codes that the texts got when the piece was merged: map[local code], or of a loose column a run of them, whose
     * bytes begin at first_byte. */
    uint32_t *map;
    size_t map_capacity;
    uint32_t first_code;
    size_t first_byte;
};
#define PD_LOCAL_KNOWN (UINT32_C(1) << 31)

/* A cell of a totals row that holds a number. */
struct pd_totals_cell {
    uint32_t field;
    int64_t number;
};

/* Bytes of `data` that are a row which may be a totals row. */
struct pd_special {
    size_t begin, end;
    uint32_t row; /* counted from the piece's first */
};

/* Rows of rejects are counted from the piece's first. */
struct pd_chunk {
    /* in */
    const struct pd_layout *layout;
    const struct pd_scan_kernel *kernel;
    const char *data; /* the segment: the file's bytes in memory */
    size_t n_data;
    bool at_eof;
    size_t begin, limit; /* of data */
    bool skipping;       /* begin lies in a row that is being passed over */
    size_t row_limit, field_limit;
    uint64_t data_offset; /* of data[0] in the file */
    /* out */
    size_t end; /* where the next row starts */
    bool end_skipping, incomplete;
    size_t n_rows;    /* records */
    uint32_t n_lines; /* rows of any kind */
    uint64_t n_skipped, n_blank, n_totals;
    uint32_t *lines; /* [n_rows] row counted from the piece's first, from 0 */
    size_t lines_capacity;
    struct pd_reject *rejects;
    size_t n_rejects, rejects_capacity;
    struct pd_totals_cell *totals;
    size_t n_totals_cells, totals_capacity;
    struct pd_special *specials; /* of a raw layout */
    size_t n_specials, specials_capacity;
    struct pd_local_column *columns; /* [layout->n_loads] */
    size_t columns_capacity;
    struct pd_arena arena; /* texts that are not bytes of the file */
    /* scratch */
    struct pd_field *fields;
    size_t fields_capacity;
    struct pd_field *batch; /* [n_loads][PD_BATCH_STRIDE] */
    size_t batch_capacity;
};

/* Start of the first row at or after `begin` > 0, by the line end before it; n_data when there is none. */
size_t pd_chunk_guess(const struct pd_layout *layout, const char *data, size_t n_data, size_t begin);
/* Whether the first filled field of a row is one of the words that open a totals row. */
bool pd_totals_word(struct pd_text text);
/* How a load is encoded in the piece, and where its texts may be known from; no one for digits. */
enum pd_local_kind { PD_LOCAL_CODES, PD_LOCAL_LOOSE, PD_LOCAL_DIGITS };
struct pd_load_kind {
    enum pd_local_kind kind;
    const struct pd_dictionary *known;
    const struct pd_short_texts *shorts; /* of known; with a dictionary */
};

/* Parses the rows that start in [begin, limit). kinds [layout->n_loads]. Memory of an earlier piece is reused. */
PADAN_MUST_CHECK enum padan_status pd_chunk_parse(struct pd_chunk *chunk, const struct pd_load_kind *kinds,
                                                  struct padan_error *error);
/* Makes a piece empty that starts and ends at `at`. */
void pd_chunk_clear(struct pd_chunk *chunk, size_t at, bool skipping);
void pd_chunk_reset(struct pd_chunk *chunk);

/* Records whose fields are known already: begin, then for each record put its fields into chunk->fields and take it
 * (row is kept in lines), then end. Only fields that are loaded or part of the id are looked at. */
PADAN_MUST_CHECK enum padan_status pd_chunk_begin(struct pd_chunk *chunk, const struct pd_load_kind *kinds,
                                                  struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_chunk_take(struct pd_chunk *chunk, uint32_t row, size_t *n_batch,
                                                 struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_chunk_end(struct pd_chunk *chunk, size_t *n_batch, struct padan_error *error);

#endif
