/* SPDX-License-Identifier: MIT */
#include "table/by_code.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK_RECORDS = 1 << 14 };

bool pd_column_is_worth_by_code(const struct pd_column *of, size_t n_records)
{
    return pd_encoding_is_own_code(of->encoding) && of->dictionary->n_entries < n_records / 2;
}

static enum pd_encoding by_code_of(enum pd_encoding encoding)
{
    if (encoding == PD_ENCODING_CODE8) return PD_ENCODING_BY_CODE8;
    return encoding == PD_ENCODING_CODE16 ? PD_ENCODING_BY_CODE16 : PD_ENCODING_BY_CODE;
}

void pd_column_make_by_code(struct pd_column *column, const struct pd_column *of, uint32_t *codes)
{
    pd_free(column->words);
    column->encoding = by_code_of(of->encoding);
    column->words = of->words;
    column->codes = codes;
}

struct writing {
    const struct pd_column *column;
    size_t n_records;
    uint32_t *words;
};

static enum padan_status write_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct writing *writing = context;
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = writing->n_records - begin < CHUNK_RECORDS ? writing->n_records : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) writing->words[i] = pd_column_code_by_code(writing->column, i);
    return PADAN_OK;
}

enum padan_status pd_column_write_out(struct pd_column *column, size_t n_records, int threads,
                                      struct padan_error *error)
{
    struct writing writing = { column, n_records, NULL };
    if (!pd_encoding_is_by_code(column->encoding)) return PADAN_OK;
    PD_TRY(pd_allocate_array(&writing.words, n_records, sizeof *writing.words, error));
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const enum padan_status status = pd_parallel_for(n_chunks, threads, write_chunk, &writing, error);
    if (status != PADAN_OK) {
        pd_free(writing.words);
        return status;
    }
    pd_free(column->codes);
    column->codes = NULL;
    column->words = writing.words;
    column->encoding = PD_ENCODING_CODE;
    return PADAN_OK;
}
