/* SPDX-License-Identifier: MIT */
#include "table/gather.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/search.h"

enum { CHUNK_RECORDS = 1 << 14 };

struct gathering {
    const struct pd_table *from;
    const uint32_t *records;
    struct pd_table *to;
};

static void gather_words(const struct pd_column *from, const uint32_t *records, size_t begin, size_t end, void *words)
{
    switch (pd_encoding_width(from->encoding)) {
    case 1:
        for (size_t i = begin; i < end; i++) ((uint8_t *)words)[i] = ((const uint8_t *)from->words)[records[i]];
        break;
    case 2:
        for (size_t i = begin; i < end; i++) ((uint16_t *)words)[i] = ((const uint16_t *)from->words)[records[i]];
        break;
    case 4:
        for (size_t i = begin; i < end; i++) ((uint32_t *)words)[i] = ((const uint32_t *)from->words)[records[i]];
        break;
    default:
        for (size_t i = begin; i < end; i++) ((uint64_t *)words)[i] = ((const uint64_t *)from->words)[records[i]];
        break;
    }
}

static enum padan_status gather_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct gathering *gathering = context;
    const size_t n = gathering->to->n_records, begin = chunk * CHUNK_RECORDS;
    const size_t end = n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
    (void)worker;
    (void)error;
    for (size_t i = begin; i < end; i++)
        gathering->to->source_of[i] = gathering->from->source_of[gathering->records[i]];
    for (size_t i = 0; i < gathering->to->n_columns; i++)
        if (gathering->to->columns[i].words != NULL)
            gather_words(&gathering->from->columns[i], gathering->records, begin, end, gathering->to->columns[i].words);
    return PADAN_OK;
}

static size_t count_below(const struct pd_table *to, const uint32_t *records, size_t limit)
{
    return pd_search_first(records, sizeof *records, to->n_records, (uint32_t)limit);
}

static enum padan_status make_columns(const struct pd_table *from, const bool *wanted, struct pd_table *to,
                                      struct padan_error *error)
{
    PD_TRY(pd_allocate(&to->columns, from->n_columns + 1, sizeof *to->columns, error));
    to->n_columns = to->columns_capacity = from->n_columns;
    for (size_t i = 0; i < from->n_columns; i++) {
        struct pd_column *column = &to->columns[i];
        *column = from->columns[i];
        column->words = NULL;
        column->owns_dictionary = false;
    }
    for (size_t i = 0; i < from->n_columns; i++) {
        if (!wanted[i] || from->columns[i].words == NULL) continue;
        PD_TRY(pd_allocate_array(&to->columns[i].words, to->n_records + 1, pd_encoding_width(to->columns[i].encoding),
                                 error));
    }
    return PADAN_OK;
}

static enum padan_status gather(const struct pd_table *from, const bool *wanted, const uint32_t *records, int threads,
                                struct pd_table *to, struct padan_error *error)
{
    struct gathering gathering = { from, records, to };
    PD_TRY(pd_allocate(&to->sources, from->n_sources + 1, sizeof *to->sources, error));
    to->n_sources = from->n_sources;
    for (size_t i = 0; i < from->n_sources; i++) {
        to->sources[i] = from->sources[i];
        to->sources[i].begin = count_below(to, records, from->sources[i].begin);
        to->sources[i].end = count_below(to, records, from->sources[i].end);
    }
    PD_TRY(pd_allocate_array(&to->source_of, to->n_records + 1, sizeof *to->source_of, error));
    PD_TRY(make_columns(from, wanted, to, error));
    return pd_parallel_for((to->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS, threads, gather_chunk, &gathering,
                           error);
}

enum padan_status pd_table_gather(const struct pd_table *from, const bool *wanted, const uint32_t *records, size_t n,
                                  int threads, struct pd_table *to, struct padan_error *error)
{
    *to = (struct pd_table){ .n_records = n };
    const enum padan_status status = gather(from, wanted, records, threads, to, error);
    if (status != PADAN_OK) pd_table_gathered_reset(to);
    return status;
}

void pd_table_gathered_reset(struct pd_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++) pd_free(table->columns[i].words);
    pd_free(table->columns);
    pd_free(table->sources);
    pd_free(table->source_of);
    *table = (struct pd_table){ 0 };
}
