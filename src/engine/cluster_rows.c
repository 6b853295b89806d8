/* SPDX-License-Identifier: MIT
 * The rows of clusters.csv, as many as there are records. Nearly all are of one form: sources with short plain names
 * and ids of digits. Such a row asks for room once; any other is written field by field. */
#include "engine/state.h"

enum { ROWS_AHEAD = 16 };

static void any_row(const struct pd_engine *engine, size_t row, struct pd_buffer *out)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_identity(&pen, &engine->names, (uint32_t)row);
    pd_pen_byte(&pen, ',');
    pd_pen_record_id(&pen, &engine->names, engine->clusters.cluster[row]);
    for (size_t i = 0; i < engine->n_more; i++) {
        pd_pen_byte(&pen, ',');
        pd_pen_record_id(&pen, &engine->names, engine->more[i].clusters.cluster[row]);
    }
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
}

/* False when the row is not of the common form; then nothing is written. */
PD_PEN_INLINE bool plain_row(const struct pd_record_names *names, uint32_t record, uint32_t cluster, struct pd_pen *pen)
{
    if (!pd_pen_room(pen, 0)) return true;                             /* the buffer keeps the failure */
    if (record == cluster && pd_pen_usual_names(pen, names, record)) { /* most clusters are of one record */
        pd_pen_byte(pen, '\n');
        return true;
    }
    const struct pd_pen before = *pen;
    if (pd_pen_usual_name(pen, names, ',', record)) {
        pd_pen_byte(pen, ',');
        if (pd_pen_usual_name(pen, names, ':', cluster)) {
            pd_pen_byte(pen, '\n');
            return true;
        }
    }
    *pen = before;
    return false;
}

size_t pd_engine_cluster_rows(const void *context, size_t begin, size_t end, struct pd_buffer *out)
{
    const struct pd_engine *engine = context;
    const uint32_t *cluster = engine->clusters.cluster;
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    for (size_t row = begin; row < end; row++) {
        if (end - row > ROWS_AHEAD) pd_record_names_prefetch(&engine->names, cluster[row + ROWS_AHEAD]);
        if (engine->n_more == 0 && plain_row(&engine->names, (uint32_t)row, cluster[row], &pen)) continue;
        pd_pen_end(&pen);
        any_row(engine, row, out);
        pd_pen_resume(&pen);
    }
    pd_pen_end(&pen);
    return end - begin;
}
