/* SPDX-License-Identifier: MIT
 * What a file looks like: delimiter, line ends, header row, and which column is which. All of it is told from a sample
 * of the file's beginning. */
#ifndef PD_INGEST_LAYOUT_H
#define PD_INGEST_LAYOUT_H

#include "ingest/ingest.h"
#include "ingest/scan.h"

enum { PD_COLUMNS_MAX = 4096, PD_SAMPLE_BYTES = 1 << 18, PD_HEADER_ROWS = 10, PD_NO_FIELD = -1 };

struct pd_alias {
    struct pd_text canonical, alias;
    unsigned rank;
};

/* datasets/alias_kolom.csv */
struct pd_alias_table {
    struct pd_arena arena;
    struct pd_alias *items;
    size_t n_items, capacity;
};

PADAN_MUST_CHECK enum padan_status pd_alias_load(struct pd_alias_table *table, struct padan_error *error);
void pd_alias_reset(struct pd_alias_table *table);

/* A field that is loaded into a column of the table. */
struct pd_load {
    int field;  /* PD_NO_FIELD: the id joined from id_fields */
    int column; /* of the table */
};

struct pd_layout {
    char delimiter, line_end;
    enum pd_charset charset; /* forced one, or DETECT */
    bool has_bom, canonical, raw;
    size_t data_begin;   /* bytes before the first row after the header */
    uint32_t header_row; /* from 1 */
    uint32_t n_below;    /* further rows of the header between them: its lower line, other names, column numbers */
    uint32_t n_fields;
    struct pd_file_column *columns; /* [n_fields], in the result's arena */
    int *id_fields;                 /* [n_id_fields] likewise */
    size_t n_id_fields;
    int flag_field; /* wide form: rows where it is not set are other programs' */
    int nik_field;
    struct pd_load *loads; /* [n_loads] in the result's arena; columns are filled in by the loader */
    size_t n_loads;
};

/* The delimiter, line end, BOM and header row of a sample. aliases may be NULL (then headers are not recognised by
 * name). complete: the sample is the whole file. BAD_INPUT for empty, binary, header only. */
PADAN_MUST_CHECK enum padan_status pd_layout_detect(struct pd_layout *layout, const struct pd_input_file *file,
                                                    const char *name, const struct pd_alias_table *aliases,
                                                    struct pd_text sample, bool complete, struct pd_arena *arena,
                                                    struct padan_error *error);
/* Names of the columns (columns[].name), id, flag, NIK and nominal fields. */
PADAN_MUST_CHECK enum padan_status pd_layout_map(struct pd_layout *layout, const struct pd_ingest_options *options,
                                                 const struct pd_input_file *file, const char *name,
                                                 const struct pd_alias_table *aliases, struct pd_text sample,
                                                 bool complete, struct pd_arena *arena, struct padan_error *error);
/* A scanner over a sample (PD_SCAN_PADDING readable bytes must follow it). */
void pd_layout_scanner(const struct pd_layout *layout, struct pd_text sample, bool complete,
                       struct pd_scanner *scanner);

/* Whether a load is the one that the values of its field are counted by: an id may be a column of its own besides. */
static inline bool pd_layout_counts(const struct pd_layout *layout, size_t load)
{
    const int field = layout->loads[load].field;
    const bool is_id = load == 0 && layout->n_id_fields > 0;
    return field != PD_NO_FIELD && (!is_id || layout->columns[field].name.length == 0);
}

/* Whether a flag cell says yes; *known is false for words that are no flag at all. */
bool pd_flag_read(struct pd_text text, bool *known);
/* text as UTF-8: unchanged when it is, else read as Windows-1252 into arena. force: never take it for UTF-8. */
PADAN_MUST_CHECK enum padan_status pd_charset_convert(struct pd_text *text, bool force, struct pd_arena *arena,
                                                      bool *converted, struct padan_error *error);
/* A field made ready: unquoted, in UTF-8, with no blank of any kind at its ends. *converted is set when Windows-1252
 * was read. */
PADAN_MUST_CHECK enum padan_status pd_field_ready(struct pd_field *field, bool high, enum pd_charset charset,
                                                  struct pd_arena *arena, bool *converted, struct padan_error *error);

#endif
