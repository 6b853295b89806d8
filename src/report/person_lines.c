/* SPDX-License-Identifier: MIT */
#include "report/person_lines.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "table/stored_words.h"

enum { CHUNK_PEOPLE = 1 << 14, BATCH = 128, LINE_BYTES = 64 };

_Static_assert(sizeof(struct pd_person_line) == LINE_BYTES, "one cache line a person");

void pd_compared_columns(const struct pd_report *report, int columns[PD_COMPARED_COUNT])
{
    const struct pd_person_columns *known = &report->linkage->columns;
    columns[PD_COMPARED_NIK] = known->nik_longgar;
    columns[PD_COMPARED_NAMA] = known->nama;
    columns[PD_COMPARED_TGL_LAHIR] = known->tgl_lahir;
    columns[PD_COMPARED_TEMPAT_LAHIR] = known->tempat_lahir;
    columns[PD_COMPARED_JENIS_KELAMIN] = known->jenis_kelamin;
    columns[PD_COMPARED_NO_KK] = known->no_kk;
    columns[PD_COMPARED_WILAYAH] = known->kode_desa;
}

struct making {
    const struct pd_report *report;
    struct pd_person_line *lines;
    size_t n_people;
};

/* Fills one word of n lines, which are near; nothing without the column. */
static void fill(const struct pd_linkage *linkage, int column, size_t begin, size_t n, uint64_t *first)
{
    enum { WORDS = LINE_BYTES / sizeof(uint64_t) };
    uint64_t words[BATCH] = { 0 };
    if (column >= 0)
        (void)pd_column_stored_words(&linkage->table->columns[column], linkage->register_begin + begin, n, words);
    for (size_t i = 0; i < n; i++) first[i * WORDS] = words[i];
}

static enum padan_status fill_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct making *making = context;
    const struct pd_linkage *linkage = making->report->linkage;
    int columns[PD_COMPARED_COUNT];
    const size_t begin = chunk * CHUNK_PEOPLE;
    const size_t end = making->n_people - begin < CHUNK_PEOPLE ? making->n_people : begin + CHUNK_PEOPLE;
    (void)worker;
    (void)error;
    pd_compared_columns(making->report, columns);
    for (size_t at = begin; at < end; at += BATCH) {
        const size_t n = end - at < BATCH ? end - at : BATCH;
        for (size_t c = 0; c < PD_COMPARED_COUNT; c++) fill(linkage, columns[c], at, n, &making->lines[at].compared[c]);
        fill(linkage, linkage->columns.unique_id, at, n, &making->lines[at].unique_id);
    }
    return PADAN_OK;
}

enum padan_status pd_person_lines_make(const struct pd_report *report, struct pd_person_line **lines,
                                       struct padan_error *error)
{
    const struct pd_linkage *linkage = report->linkage;
    const size_t n_people = linkage->register_end - linkage->register_begin;
    const size_t n_others = linkage->table->n_records - n_people;
    struct making making = { .report = report, .n_people = n_people };
    *lines = NULL;
    /* A line is read from eight columns one after the other, and written: less than half of what asking for one takes.
     */
    if (n_people == 0 || n_others < n_people / 2) return PADAN_OK;
    PD_TRY(pd_allocate_array(&making.lines, n_people, sizeof *making.lines, error));
    *lines = making.lines;
    const size_t n_chunks = n_people / CHUNK_PEOPLE + (n_people % CHUNK_PEOPLE != 0);
    return pd_parallel_for(n_chunks, report->threads, fill_chunk, &making, error);
}
