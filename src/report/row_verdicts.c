/* SPDX-License-Identifier: MIT */
#include "report/row_verdicts.h"

/* Rows of a batch and whom they are held against; themselves where there is nobody. */
struct batch {
    size_t begin, n;
    uint32_t people[PD_VERDICT_BATCH];
};

static void find_people(const struct pd_linkage *linkage, struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        const size_t row = batch->begin + i;
        const uint32_t person = pd_is_person(linkage, row) ? PD_NO_RECORD : pd_link_of(linkage, row)->register_record;
        batch->people[i] = person == PD_NO_RECORD ? (uint32_t)row : person;
    }
}

#define COMPARE(type)                                                                                                  \
    for (size_t i = 0; i < batch->n; i++)                                                                              \
    verdicts[i] = (uint8_t)pd_verdict_of_values(((const type *)column->words)[batch->begin + i],                       \
                                                ((const type *)column->words)[batch->people[i]], null)

static void compare_column(const struct pd_column *column, const struct batch *batch, uint8_t *verdicts)
{
    const uint64_t null = pd_column_stored_null(column);
    if (column->encoding == PD_ENCODING_LIKE) {
        for (size_t i = 0; i < batch->n; i++)
            verdicts[i] = (uint8_t)pd_verdict_of_values(pd_column_like_word(column, batch->begin + i),
                                                        pd_column_like_word(column, batch->people[i]), null);
        return;
    }
    switch (pd_encoding_width(column->encoding)) {
    case 1: COMPARE(uint8_t); break;
    case 2: COMPARE(uint16_t); break;
    case 4: COMPARE(uint32_t); break;
    default: COMPARE(uint64_t); break;
    }
}

void pd_row_verdicts_look(const struct pd_report *report, size_t begin, size_t end, struct pd_row_verdicts *verdicts)
{
    const struct pd_person_columns *columns = &report->linkage->columns;
    const int compared[PD_COMPARED_COUNT] = {
        [PD_COMPARED_NIK] = columns->nik_longgar,
        [PD_COMPARED_NAMA] = columns->nama,
        [PD_COMPARED_TGL_LAHIR] = columns->tgl_lahir,
        [PD_COMPARED_TEMPAT_LAHIR] = columns->tempat_lahir,
        [PD_COMPARED_JENIS_KELAMIN] = columns->jenis_kelamin,
        [PD_COMPARED_NO_KK] = columns->no_kk,
        [PD_COMPARED_WILAYAH] = columns->kode_desa,
    };
    struct batch batch = { .begin = begin, .n = end - begin };
    find_people(report->linkage, &batch);
    for (size_t c = 0; c < PD_COMPARED_COUNT; c++) {
        if (compared[c] < 0)
            memset(verdicts->of[c], PD_VERDICT_KOSONG_SUMBER, sizeof verdicts->of[c]);
        else
            compare_column(&report->linkage->table->columns[compared[c]], &batch, verdicts->of[c]);
    }
}

static size_t format_batch(const struct pd_judged_rows *rows, const void *context, size_t begin, size_t end,
                           struct pd_buffer *out)
{
    struct pd_row_verdicts verdicts;
    const struct pd_linkage *linkage = rows->report->linkage;
    size_t n_lines = 0;
    pd_row_verdicts_look(rows->report, begin, end, &verdicts);
    for (size_t row = begin; row < end; row++) {
        if (row + PD_ROWS_AHEAD < linkage->table->n_records) rows->prefetch(context, row + PD_ROWS_AHEAD);
        if (!pd_is_person(linkage, row)) n_lines += rows->format(context, row, &verdicts, row - begin, out);
    }
    return n_lines;
}

/* Records of a source lie together, in job order: a batch has those of the sources between its first and its last. */
static bool has_lines(const struct pd_judged_rows *rows, size_t begin, size_t end)
{
    const struct pd_linkage *linkage = rows->report->linkage;
    if (pd_is_person(linkage, begin) && pd_is_person(linkage, end - 1)) return false;
    if (!rows->of_programs) return true;
    const size_t last = pd_table_source(linkage->table, (uint32_t)end - 1);
    for (size_t s = pd_table_source(linkage->table, (uint32_t)begin); s <= last; s++)
        if (rows->report->job->sources[s].role == PD_ROLE_PROGRAM) return true;
    return false;
}

size_t pd_format_judged_rows(const struct pd_judged_rows *rows, const void *context, size_t begin, size_t end,
                             struct pd_buffer *out)
{
    size_t n_lines = 0;
    for (size_t first = begin, next; first < end; first = next) {
        next = end - first < PD_VERDICT_BATCH ? end : first + PD_VERDICT_BATCH;
        if (has_lines(rows, first, next)) n_lines += format_batch(rows, context, first, next, out);
    }
    return n_lines;
}
