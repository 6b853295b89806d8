/* SPDX-License-Identifier: MIT
 * What records are called in CSV files: by their source and their id, as two fields or as one. Nearly every line of a
 * run has several of these, of records that stand anywhere. What is the same for all is found out once: where few
 * sources begin tells as much as source_of of a record, and is near, where source_of is a cache line to wait for; a
 * short name that needs no quotes is copied by words, without asking how long it is; ids of digits need no text. */
#ifndef PD_TABLE_RECORD_NAMES_H
#define PD_TABLE_RECORD_NAMES_H

#include "table/column_csv.h"

enum { PD_FEW_SOURCES = 16, PD_SHORT_NAME_MAX = 31 };

struct pd_short_name {
    char text[PD_SHORT_NAME_MAX];
    uint8_t length; /* 0 = the name is longer, or needs quotes */
};

struct pd_record_names {
    const struct pd_table *table;
    const struct pd_column *ids;
    bool few;                        /* sources; what follows is known of them alone */
    uint32_t begins[PD_FEW_SOURCES]; /* UINT32_MAX behind the last, so that all are looked at at once */
    struct pd_short_name sources[PD_FEW_SOURCES];
    const uint64_t *digits; /* [n_records] the words of ids of PD_ENCODING_DIGITS, else NULL */
};

/* Of a table whose sources and ids are complete, and which must outlive the names. */
void pd_record_names_make(struct pd_record_names *names, const struct pd_table *table, int unique_id);

/* pd_table_source; without source_of where there are few sources. */
static inline size_t pd_record_source(const struct pd_record_names *names, uint32_t record)
{
    unsigned n_begun = 0;
    if (!names->few) return pd_table_source(names->table, record);
    for (size_t i = 0; i < PD_FEW_SOURCES; i++) n_begun += names->begins[i] <= record;
    return n_begun - 1;
}

/* Brings near what the name of a record is made of. */
static inline void pd_record_names_prefetch(const struct pd_record_names *names, uint32_t record)
{
    if (names->digits != NULL)
        pd_prefetch(&names->digits[record]);
    else
        pd_column_prefetch(names->ids, record);
    if (!names->few) pd_prefetch(&names->table->source_of[record]);
}

struct pd_pen pd_pen_odd_identity(struct pd_pen pen, const struct pd_record_names *names, uint32_t record);
struct pd_pen pd_pen_odd_record_id(struct pd_pen pen, const struct pd_record_names *names, uint32_t record);

/* Source and id with a byte between them; false when they are not of the usual kind: then nothing is written. */
PD_PEN_INLINE bool pd_pen_usual_name(struct pd_pen *pen, const struct pd_record_names *names, char between,
                                     uint32_t record)
{
    if (names->digits == NULL) return false;
    const uint64_t word = names->digits[record];
    const unsigned width = (unsigned)(word >> PD_DIGITS_SHIFT);
    const struct pd_short_name *source = &names->sources[pd_record_source(names, record)];
    if (width - 1 >= PD_DIGITS_ESCAPE - 1 || source->length == 0) return false;
    memcpy(pen->at, source, sizeof *source);
    pen->at += source->length;
    pd_pen_byte(pen, between);
    pd_pen_digits(pen, word & PD_DIGITS_MASK, width);
    return true;
}

/* The identity of a record and, behind a comma, its name as one field: its digits are made once. False as above, and
 * where the id is longer. */
PD_PEN_INLINE bool pd_pen_usual_names(struct pd_pen *pen, const struct pd_record_names *names, uint32_t record)
{
    if (names->digits == NULL) return false;
    const uint64_t word = names->digits[record];
    const unsigned width = (unsigned)(word >> PD_DIGITS_SHIFT);
    const struct pd_short_name *source = &names->sources[pd_record_source(names, record)];
    if (width - 1 >= 2 * PD_DIGITS_AT_ONCE || source->length == 0) return false;
    const struct pd_made_digits digits = pd_make_digits(word & PD_DIGITS_MASK, width);
    memcpy(pen->at, source, sizeof *source);
    pen->at += source->length;
    pd_pen_byte(pen, ',');
    pen->at = pd_put_made_digits(pen->at, &digits);
    pd_pen_byte(pen, ',');
    memcpy(pen->at, source, sizeof *source);
    pen->at += source->length;
    pd_pen_byte(pen, ':');
    pen->at = pd_put_made_digits(pen->at, &digits);
    return true;
}

/* As two fields. */
PD_PEN_INLINE void pd_pen_identity(struct pd_pen *pen, const struct pd_record_names *names, uint32_t record)
{
    if (!pd_pen_usual_name(pen, names, ',', record)) *pen = pd_pen_odd_identity(*pen, names, record);
}

/* As one, "source:unique_id". */
PD_PEN_INLINE void pd_pen_record_id(struct pd_pen *pen, const struct pd_record_names *names, uint32_t record)
{
    if (!pd_pen_usual_name(pen, names, ':', record)) *pen = pd_pen_odd_record_id(*pen, names, record);
}

/* The same without a pen. */
void pd_append_csv_identity(struct pd_buffer *out, const struct pd_record_names *names, uint32_t record);
void pd_append_csv_record_id(struct pd_buffer *out, const struct pd_record_names *names, uint32_t record);

#endif
