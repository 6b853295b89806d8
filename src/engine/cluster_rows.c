/* SPDX-License-Identifier: MIT
 * The rows of clusters.csv, as many as there are records. Nearly all are of one form: sources with plain names, ids of
 * digits, and a cluster that is named by the record itself. Such a row asks for room once and makes its digits once;
 * any other is written field by field. */
#include "engine/state.h"
#include "table/column_csv.h"

enum { ROWS_AHEAD = 16 };

/* A record that is named by plain digits. */
struct plain_name {
    struct pd_text source;
    uint64_t number;
    unsigned width; /* 0: it is not */
};

static inline struct plain_name plain_name_of(const struct pd_table *table, const struct pd_column *ids,
                                              uint32_t record)
{
    const struct pd_source *source = &table->sources[pd_table_source(table, record)];
    struct plain_name name = { .source = source->name };
    if (source->plain) name.width = pd_column_plain_digits(ids, record, &name.number);
    return name;
}

static void any_row(const struct pd_engine *engine, size_t row, struct pd_buffer *out)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_identity(&pen, &engine->table, engine->unique_id, (uint32_t)row);
    pd_pen_byte(&pen, ',');
    pd_pen_record_id(&pen, &engine->table, engine->unique_id, engine->clusters.cluster[row]);
    for (size_t i = 0; i < engine->n_more; i++) {
        pd_pen_byte(&pen, ',');
        pd_pen_record_id(&pen, &engine->table, engine->unique_id, engine->more[i].clusters.cluster[row]);
    }
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
}

PD_PEN_INLINE void put_text(struct pd_pen *pen, struct pd_text text)
{
    pd_copy_short(pen->at, text.data, text.length);
    pen->at += text.length;
}

/* Digits that were just written, once more: a number has at most 17. */
PD_PEN_INLINE void repeat_digits(struct pd_pen *pen, const char *digits, unsigned width)
{
    uint64_t words[3];
    memcpy(words, digits, sizeof words);
    memcpy(pen->at, words, sizeof words);
    pen->at += width;
}

/* False when the row is not of the common form; then nothing is written. */
PD_PEN_INLINE bool plain_row(const struct pd_engine *engine, const struct pd_column *ids, uint32_t record,
                             struct pd_pen *pen)
{
    const uint32_t cluster = engine->clusters.cluster[record];
    const struct plain_name own = plain_name_of(&engine->table, ids, record);
    const struct plain_name first = cluster == record ? own : plain_name_of(&engine->table, ids, cluster);
    if (own.width == 0 || first.width == 0) return false;
    if (!pd_pen_room(pen, own.source.length + first.source.length)) return true; /* the buffer keeps the failure */
    put_text(pen, own.source);
    pd_pen_byte(pen, ',');
    const char *const digits = pen->at;
    pd_pen_digits(pen, own.number, own.width);
    pd_pen_byte(pen, ',');
    put_text(pen, first.source);
    pd_pen_byte(pen, ':');
    if (cluster == record)
        repeat_digits(pen, digits, own.width);
    else
        pd_pen_digits(pen, first.number, first.width);
    pd_pen_byte(pen, '\n');
    return true;
}

size_t pd_engine_cluster_rows(const void *context, size_t begin, size_t end, struct pd_buffer *out)
{
    const struct pd_engine *engine = context;
    const struct pd_column *ids = &engine->table.columns[engine->unique_id];
    const uint32_t *cluster = engine->clusters.cluster;
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    for (size_t row = begin; row < end; row++) {
        if (end - row > ROWS_AHEAD) pd_column_prefetch(ids, cluster[row + ROWS_AHEAD]);
        if (engine->n_more == 0 && plain_row(engine, ids, (uint32_t)row, &pen)) continue;
        pd_pen_end(&pen);
        any_row(engine, row, out);
        pd_pen_resume(&pen);
    }
    pd_pen_end(&pen);
    return end - begin;
}
