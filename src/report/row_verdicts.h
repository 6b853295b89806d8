/* SPDX-License-Identifier: MIT
 * What every row of a batch and its person or candidate in the register say of the same things: equal, different or
 * missing. The people stand anywhere, so they are asked for column by column: the reads of many rows are under way
 * together, and what a column is is looked at once a batch. */
#ifndef PD_REPORT_ROW_VERDICTS_H
#define PD_REPORT_ROW_VERDICTS_H

#include "report/table_writer.h"
#include "report/verdict.h"

enum pd_compared {
    PD_COMPARED_NIK,
    PD_COMPARED_NAMA,
    PD_COMPARED_TGL_LAHIR,
    PD_COMPARED_TEMPAT_LAHIR,
    PD_COMPARED_JENIS_KELAMIN,
    PD_COMPARED_NO_KK,
    PD_COMPARED_WILAYAH,
    PD_COMPARED_COUNT
};

enum { PD_VERDICT_BATCH = 64 };

/* pd_verdict_equal of the rows of a batch with their register_record, in order; anything for rows without one. */
struct pd_row_verdicts {
    uint8_t of[PD_COMPARED_COUNT][PD_VERDICT_BATCH];
};

/* Of rows [begin, end), at most PD_VERDICT_BATCH, of which the register's have no person. */
void pd_row_verdicts_look(const struct pd_report *report, size_t begin, size_t end, struct pd_row_verdicts *verdicts);

static inline enum pd_verdict pd_row_verdict(const struct pd_row_verdicts *verdicts, enum pd_compared compared,
                                             size_t place)
{
    return (enum pd_verdict)verdicts->of[compared][place];
}

/* pd_format_row of a row that has a place in a batch of verdicts. */
typedef size_t pd_format_judged_row(const void *context, size_t row, const struct pd_row_verdicts *verdicts,
                                    size_t place, struct pd_buffer *out);

struct pd_judged_rows {
    const struct pd_report *report;
    pd_format_judged_row *format; /* not asked of the register's rows */
    pd_prefetch_row *prefetch;
    bool of_programs; /* only rows of programs have lines: format may not be asked of others */
};

/* pd_format_rows: formats rows [begin, end), batch by batch. */
size_t pd_format_judged_rows(const struct pd_judged_rows *rows, const void *context, size_t begin, size_t end,
                             struct pd_buffer *out);

#endif
