/* SPDX-License-Identifier: MIT */
#include "table/record_names.h"

static void note_source(struct pd_record_names *names, size_t index)
{
    const struct pd_source *source = &names->table->sources[index];
    struct pd_short_name *own = &names->sources[index];
    names->begins[index] = (uint32_t)source->begin;
    if (!source->plain || source->name.length > PD_SHORT_NAME_MAX) return;
    memcpy(own->text, source->name.data, source->name.length);
    own->length = (uint8_t)source->name.length;
}

void pd_record_names_make(struct pd_record_names *names, const struct pd_table *table, int unique_id)
{
    *names = (struct pd_record_names){ .table = table,
                                       .ids = &table->columns[unique_id],
                                       .few = table->n_sources <= PD_FEW_SOURCES };
    if (!names->few) return;
    memset(names->begins, 0xff, sizeof names->begins);
    for (size_t i = 0; i < table->n_sources; i++) note_source(names, i);
    if (names->ids->encoding == PD_ENCODING_DIGITS) names->digits = names->ids->words;
}

struct pd_pen pd_pen_odd_identity(struct pd_pen pen, const struct pd_record_names *names, uint32_t record)
{
    pd_pen_csv(&pen, names->table->sources[pd_record_source(names, record)].name);
    pd_pen_byte(&pen, ',');
    pd_pen_value(&pen, names->ids, record);
    return pen;
}

struct pd_pen pd_pen_odd_record_id(struct pd_pen pen, const struct pd_record_names *names, uint32_t record)
{
    char scratch[24];
    const struct pd_source *source = &names->table->sources[pd_record_source(names, record)];
    pd_pen_end(&pen);
    pd_append_csv_joined(pen.buffer, source->name, ':', pd_column_text(names->ids, record, scratch));
    pd_pen_resume(&pen);
    return pen;
}

void pd_append_csv_identity(struct pd_buffer *out, const struct pd_record_names *names, uint32_t record)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_identity(&pen, names, record);
    pd_pen_end(&pen);
}

void pd_append_csv_record_id(struct pd_buffer *out, const struct pd_record_names *names, uint32_t record)
{
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return;
    pd_pen_record_id(&pen, names, record);
    pd_pen_end(&pen);
}
