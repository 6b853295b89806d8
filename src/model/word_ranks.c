/* SPDX-License-Identifier: MIT */
#include "model/word_ranks.h"

#include "base/bits.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/prefetch.h"
#include "base/radix.h"

enum { WORD_BITS = 64 };

void pd_word_ranks_reset(struct pd_word_ranks *ranks)
{
    pd_free(ranks->mixed);
    pd_free(ranks->begins);
    *ranks = (struct pd_word_ranks){ 0 };
}

static size_t top_of(const struct pd_word_ranks *ranks, uint64_t mixed)
{
    return (size_t)(mixed >> (WORD_BITS - ranks->top_bits));
}

/* Words of a column, spread, but those of NULL; how many. */
static size_t collect(const struct pd_column *column, size_t n_records, uint64_t *mixed)
{
    size_t n = 0;
    for (size_t i = 0; i < n_records; i++) {
        mixed[n] = pd_mix64(pd_column_word(column, i));
        n += !pd_column_is_null(column, i);
    }
    return n;
}

/* Each word once; how many. */
static size_t drop_repeated(uint64_t *mixed, size_t n)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if (n_kept == 0 || mixed[i] != mixed[n_kept - 1]) mixed[n_kept++] = mixed[i];
    return n_kept;
}

static enum padan_status note_begins(struct pd_word_ranks *ranks, struct padan_error *error)
{
    ranks->top_bits = pd_bit_width(ranks->n | 1);
    const size_t n_tops = (size_t)1 << ranks->top_bits;
    PD_TRY(pd_allocate_array(&ranks->begins, n_tops + 1, sizeof *ranks->begins, error));
    for (size_t top = 0, i = 0; top <= n_tops; top++) {
        while (i < ranks->n && top_of(ranks, ranks->mixed[i]) < top) i++;
        ranks->begins[top] = (uint32_t)i;
    }
    return PADAN_OK;
}

enum padan_status pd_word_ranks_make(const struct pd_column *column, size_t n_records, int threads,
                                     struct pd_word_ranks *ranks, struct padan_error *error)
{
    uint64_t *scratch = NULL;
    *ranks = (struct pd_word_ranks){ 0 };
    enum padan_status status = pd_allocate_array(&ranks->mixed, n_records + 1, sizeof *ranks->mixed, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n_records + 1, sizeof *scratch, error);
    const size_t n = status == PADAN_OK ? collect(column, n_records, ranks->mixed) : 0;
    if (status == PADAN_OK) status = pd_radix_sort_words(ranks->mixed, scratch, n, threads, error);
    pd_free(scratch);
    if (status == PADAN_OK) {
        ranks->n = drop_repeated(ranks->mixed, n);
        status = note_begins(ranks, error);
    }
    if (status != PADAN_OK) pd_word_ranks_reset(ranks);
    return status;
}

/* Both lines of all words are asked for before the first is read. */
void pd_word_ranks_find(const struct pd_word_ranks *ranks, const struct pd_column *column, size_t begin, size_t n,
                        uint64_t *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = pd_mix64(pd_column_word(column, begin + i));
        pd_prefetch(&ranks->begins[top_of(ranks, out[i])]);
    }
    for (size_t i = 0; i < n; i++) pd_prefetch(&ranks->mixed[ranks->begins[top_of(ranks, out[i])]]);
    for (size_t i = 0; i < n; i++) {
        uint32_t rank = ranks->begins[top_of(ranks, out[i])];
        const uint32_t end = ranks->begins[top_of(ranks, out[i]) + 1];
        while (rank < end && ranks->mixed[rank] != out[i]) rank++;
        out[i] = rank;
    }
}
