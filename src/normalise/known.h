/* SPDX-License-Identifier: MIT
 * What normalisation made of the rows of a big file, kept in a file of its own to be taken up instead of made again.
 *
 * It can be, because nearly all that is made of a row follows from its file alone: texts from texts; orders of dates,
 * rounding and repeated numbers from the rows of one file. Where the file is the first of a table, its texts have the
 * first codes of every dictionary, and so have the texts made of them. What hangs on more is not kept: periods (the
 * source's own), amounts (completed later), and birth places that two columns tell.
 *
 * Whether a kept file belongs to the rows at hand is for the caller to know: it gives a fingerprint of everything that
 * the columns were made from, and compares it. Columns are as they would be made, to the code, which a test holds them
 * to. Words of whole columns lie in the file where the program can do so (base/sealed.h), like those of an index. */
#ifndef PD_NORMALISE_KNOWN_H
#define PD_NORMALISE_KNOWN_H

#include "base/sealed.h"
#include "normalise/normalise.h"

enum { PD_KNOWN_NAME_BYTES = 32 };

/* As stored. */
struct pd_known_described {
    char name[PD_KNOWN_NAME_BYTES];
    uint64_t n_text_bytes;
    uint32_t encoding; /* enum pd_encoding; integers also as NUMBER */
    uint32_t n_texts, n_numbers;
    uint32_t owner;                         /* the column whose texts these are: mostly itself */
    uint32_t words, begins, bytes, numbers; /* sections */
};

/* A raw column whose first codes are those of the rows. */
struct pd_known_source {
    char name[PD_KNOWN_NAME_BYTES];
    uint64_t n_texts;
};

struct pd_known_rows {
    struct pd_sealed sealed; /* contents: the fingerprint */
    size_t n_records;
    struct pd_known_described *described; /* [n_columns] */
    struct pd_column *columns;            /* [n_columns] what was loaded and not taken yet; words NULL: neither */
    size_t n_columns;
    struct pd_known_source *sources; /* [n_sources] */
    size_t n_sources;
    struct pd_normalise_file_facts facts;
};

/* Writes what was made of the first n_records of a table, all of its file 0. OUT_OF_MEMORY, IO. */
struct pd_known_writing {
    const struct pd_table *table; /* normalised */
    const struct pd_normalise_result *result;
    size_t n_records;
    struct pd_text fingerprint;
    const char *path;
};
PADAN_MUST_CHECK enum padan_status pd_known_write(const struct pd_known_writing *writing, struct padan_error *error);

/* Opens such a file and reads what it says of itself. made_by: the beginning that its fingerprint must have, the line
 * of the program at hand; empty: any. BAD_INPUT when it is damaged, of another format or made by another program. On
 * failure there is nothing to close. */
PADAN_MUST_CHECK enum padan_status pd_known_open(struct pd_known_rows *known, const char *path, struct pd_text made_by,
                                                 struct padan_error *error);
/* Reads and verifies the columns that normalising this table will take. BAD_INPUT when one is damaged, or is wanted and
 * not there: the rows are then normalised as if nothing were known. */
PADAN_MUST_CHECK enum padan_status pd_known_load(struct pd_known_rows *known, const struct pd_table *table,
                                                 const struct pd_normalise_options *options, struct padan_error *error);
void pd_known_close(struct pd_known_rows *known);

/* How many texts of a raw column are the rows' own. */
uint32_t pd_known_texts(const struct pd_known_rows *known, struct pd_text raw);
/* The column of that name as it was loaded, for the caller to move from; NULL. */
struct pd_column *pd_known_find(const struct pd_known_rows *known, struct pd_text name);

#endif
