/* SPDX-License-Identifier: MIT */
#include "table/like.h"

#include "base/memory.h"
#include "base/search.h"

enum { WORD_BITS = 64, WORTH_TIMES = 16 };

struct pd_exceptions {
    uint64_t *bits;    /* [n_records / 64 + 1] the record is an exception */
    uint32_t *records; /* [n] ascending */
    uint64_t *words;   /* [n] */
    size_t n;
};

void pd_exceptions_free(struct pd_exceptions *exceptions)
{
    if (exceptions == NULL) return;
    pd_free(exceptions->bits);
    pd_free(exceptions->records);
    pd_free(exceptions->words);
    pd_free(exceptions);
}

static enum padan_status note_exceptions(const uint64_t *own, const uint64_t *base, size_t n_records,
                                         struct pd_exceptions *out, struct padan_error *error)
{
    PD_TRY(pd_allocate(&out->bits, n_records / WORD_BITS + 1, sizeof *out->bits, error));
    PD_TRY(pd_allocate_array(&out->records, out->n, sizeof *out->records, error));
    PD_TRY(pd_allocate_array(&out->words, out->n, sizeof *out->words, error));
    size_t n = 0;
    for (size_t i = 0; i < n_records; i++) {
        if (own[i] == base[i]) continue;
        out->bits[i / WORD_BITS] |= UINT64_C(1) << (i % WORD_BITS);
        out->records[n] = (uint32_t)i;
        out->words[n++] = own[i];
    }
    return PADAN_OK;
}

enum padan_status pd_column_make_like(struct pd_column *column, const struct pd_column *base, size_t n_records,
                                      struct padan_error *error)
{
    struct pd_exceptions *exceptions = NULL;
    if (column->encoding != PD_ENCODING_DIGITS || base->encoding != PD_ENCODING_DIGITS) return PADAN_OK;
    const uint64_t *own = column->words, *others = base->words;
    size_t n = 0;
    for (size_t i = 0; i < n_records; i++) n += own[i] != others[i];
    if (n > n_records / WORTH_TIMES) return PADAN_OK;
    PD_TRY(pd_allocate(&exceptions, 1, sizeof *exceptions, error));
    exceptions->n = n;
    const enum padan_status status = note_exceptions(own, others, n_records, exceptions, error);
    if (status != PADAN_OK) {
        pd_exceptions_free(exceptions);
        return status;
    }
    pd_free(column->words);
    column->words = base->words;
    column->exceptions = exceptions;
    column->encoding = PD_ENCODING_LIKE;
    return PADAN_OK;
}

uint64_t pd_column_like_word(const struct pd_column *column, size_t record)
{
    const struct pd_exceptions *exceptions = column->exceptions;
    const bool is_exception = (exceptions->bits[record / WORD_BITS] >> (record % WORD_BITS) & 1) != 0;
    if (!is_exception) return ((const uint64_t *)column->words)[record];
    return exceptions
        ->words[pd_search_last(exceptions->records, sizeof *exceptions->records, exceptions->n, (uint32_t)record)];
}
