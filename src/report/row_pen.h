/* SPDX-License-Identifier: MIT
 * The fields of row_context.h written with a pen (base/pen.h), for the reports that have a line per row or pair. */
#ifndef PD_REPORT_ROW_PEN_H
#define PD_REPORT_ROW_PEN_H

#include "report/row_context.h"
#include "table/places.h"

/* What pd_append_... of the same name appends. */
PD_PEN_INLINE void pd_pen_row_identity(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    pd_pen_identity(pen, &report->names, record);
}

PD_PEN_INLINE void pd_pen_row_id(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    if (record != PD_NO_RECORD) pd_pen_record_id(pen, &report->names, record);
}

PD_PEN_INLINE void pd_pen_key(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    const struct pd_row_place place = pd_table_place(report->linkage->table, record);
    pd_pen_row_identity(pen, report, record);
    pd_pen_byte(pen, ',');
    pd_pen_text(pen, report->file_fields[place.file]);
    pd_pen_byte(pen, ',');
    pd_pen_u64(pen, place.row);
}

PD_PEN_INLINE void pd_pen_integer(struct pd_pen *pen, const struct pd_report *report, int column, uint32_t record)
{
    const int64_t value = pd_report_integer(report, column, record);
    if (value != PD_NULL_INT) pd_pen_i64(pen, value);
}

PD_PEN_INLINE void pd_pen_column(struct pd_pen *pen, const struct pd_report *report, int column, uint32_t record)
{
    const size_t begin = (size_t)(pen->at - pen->buffer->data);
    if (column < 0) return;
    pd_pen_value(pen, &report->linkage->table->columns[column], record);
    pd_pen_end(pen);
    pd_hide_numbers(pen->buffer, begin, report->masking);
}

PD_PEN_INLINE void pd_pen_program(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    const int program = pd_row_program(&report->programs, report->linkage->table, record);
    if (program >= 0) pd_pen_text(pen, report->job->programs.items[program].code);
}

/* What any other function appends to a buffer. */
#define pd_pen_append(pen, call)                                                                                       \
    do {                                                                                                               \
        pd_pen_end(pen);                                                                                               \
        call;                                                                                                          \
        pd_pen_resume(pen);                                                                                            \
    } while (0)

PD_PEN_INLINE void pd_pen_nik(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    const int column = report->linkage->columns.nik_longgar;
    if (column < 0) return;
    uint64_t number = 0;
    const unsigned length = pd_column_plain_digits(&report->linkage->table->columns[column], record, &number);
    if (length > 0)
        pd_pen_number(pen, number, length, report->masking);
    else
        pd_pen_append(pen, pd_append_nik(report, record, pen->buffer));
}

PD_PEN_INLINE void pd_pen_weight(struct pd_pen *pen, pd_weight weight, unsigned decimals)
{
    pd_pen_double(pen, pd_weight_to_double(weight), decimals);
}

PD_PEN_INLINE void pd_pen_probability(struct pd_pen *pen, pd_weight weight)
{
    pen->at = pd_put_probability(pen->at, weight);
}

PD_PEN_INLINE void pd_pen_period(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    const struct pd_job_source *source = pd_report_source(report, record);
    const struct pd_period_field *field = pd_period_field_of(&report->periods, record);
    const struct pd_period period = field != NULL ? field->period : pd_report_period(report, record);
    if (period.begin == PD_DATE_NONE) return;
    if (pd_source_says_period(source, period)) {
        pd_pen_text(pen, source->period_text);
    } else if (field != NULL) {
        memcpy(pen->at, field->text, sizeof field->text);
        pen->at += field->length;
    } else {
        pen->at = pd_period_put(pen->at, period);
    }
}

PD_PEN_INLINE void pd_pen_region_code(struct pd_pen *pen, uint64_t code)
{
    if (code == 0)
        pd_pen_literal(pen, "tak_dikenal");
    else
        pen->at = pd_region_put_dotted(pen->at, code);
}

PD_PEN_INLINE void pd_pen_region(struct pd_pen *pen, const struct pd_report *report, uint32_t record)
{
    pd_pen_region_code(pen, pd_report_region(report, record));
}

#endif
