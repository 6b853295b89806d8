/* SPDX-License-Identifier: MIT
 * One row of delimited text at a time, found by 64-byte masks. The grammar is that of ingest.h; where a row ends is a
 * pure function of the bytes from its first one, so any piece of a file that starts at a row can be read alone. */
#ifndef PD_INGEST_SCAN_H
#define PD_INGEST_SCAN_H

#include "base/arena.h"

/* Bytes after the end of scanned data that must be readable (their value does not matter). */
enum { PD_SCAN_PADDING = 64, PD_SCAN_BLOCKS = 64 };
/* Rows of more fields are not looked at as plain ones: few of them fit into PD_SCAN_BLOCKS. */
enum { PD_PLAIN_FIELDS_MAX = 256 };

struct pd_scan_kernel {
    const char *name;
    /* For each of n blocks of 64 bytes: bits of delimiters, line ends and quotes; bits of bytes above 127. */
    void (*blocks)(const char *data, size_t n, char delimiter, char line_end, uint64_t *special, uint64_t *high);
    /* Writes where the bits of n masks are, counted from the first bit of the first one; returns how many. Up to 8 more
     * places of `ends` may be written to. */
    uint32_t (*list)(const uint64_t *masks, size_t n, uint16_t *ends);
};
extern const struct pd_scan_kernel pd_scan_scalar;
/* NULL on processors without AVX2. */
const struct pd_scan_kernel *pd_scan_avx2(void);
/* The best of this machine, unless PADAN_CPU=scalar. */
const struct pd_scan_kernel *pd_scan_choose(void);

struct pd_scanner {
    const struct pd_scan_kernel *kernel;
    const char *data;
    size_t end;  /* bytes of data */
    bool at_eof; /* the file ends at `end` */
    char delimiter, line_end;
    bool any_width; /* the number of columns is not known yet: no row is ragged */
    size_t row_limit;
    size_t first_cached, n_cached; /* blocks */
    uint64_t special[PD_SCAN_BLOCKS], high[PD_SCAN_BLOCKS];
    /* Where the special bytes of the cached blocks lie, counted from the first block, as far as they were listed. */
    uint32_t n_ends, next_end;
    uint16_t ends[(PD_SCAN_BLOCKS + 1) * PD_SCAN_PADDING];
};

/* Trimmed content. `raw`: the text still holds quotes that pd_field_unquote takes out (it starts at the opening one).
 */
struct pd_field {
    const char *data;
    uint32_t length;
    bool raw;
};

/* Its words, but for quotes inside quotes. */
static inline struct pd_text pd_field_words(const struct pd_field *field)
{
    const struct pd_text text = { field->data, field->length };
    return field->raw && text.length >= 2 ? pd_text_trim(pd_text_slice(text, 1, text.length - 1)) : text;
}

enum pd_row_kind {
    PD_ROW_FIELDS,
    PD_ROW_BAD_QUOTE,
    PD_ROW_TOO_LONG,
    PD_ROW_INCOMPLETE /* more bytes are needed to tell */
};

struct pd_row {
    enum pd_row_kind kind;
    size_t begin, next; /* next row; with `skipping` the rest of a long row is still to be passed over */
    uint32_t n_fields;
    uint32_t bad_field; /* of PD_ROW_BAD_QUOTE */
    bool ragged;        /* fewer fields than expected, or more and one of these filled */
    bool high;          /* may hold bytes above 127 */
    bool skipping;
};

/* A row without quotes, of the expected number of fields and with no byte above 127, as nearly all are. Field i is the
 * bytes from `base` + ends[i - 1] + 1 (the first: from the row's begin) to base + ends[i], blanks at both ends
 * included. */
struct pd_plain_row {
    const char *base;
    const uint16_t *ends; /* [n_fields], until the next row is read */
};
/* Reads the row at begin < end when it is plain, in a fraction of the time that pd_scan_row takes; *next row. Rows must
 * be asked for in their order. False for all others, and for some plain ones: of thousands of bytes, or near the end.
 */
bool pd_scan_plain_row(struct pd_scanner *scanner, size_t begin, uint32_t n_fields, struct pd_plain_row *row,
                       size_t *next);

/* Reads the row at begin < end. fields [expected], filled up to min(n_fields, expected). */
void pd_scan_row(struct pd_scanner *scanner, size_t begin, uint32_t expected, struct pd_field *fields,
                 struct pd_row *row);
/* The text of a raw field, in arena. */
PADAN_MUST_CHECK enum padan_status pd_field_unquote(struct pd_field *field, struct pd_arena *arena,
                                                    struct padan_error *error);

#endif
