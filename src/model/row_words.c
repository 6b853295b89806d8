/* SPDX-License-Identifier: MIT */
#include "model/row_words.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/words.h"

#include <stdlib.h>

enum { WORD_BYTES = 255 };

void pd_row_words_reset(struct pd_row_words *words)
{
    pd_dictionary_reset(&words->words);
    pd_free(words->list);
    pd_free(words->begins);
    pd_free(words->n_rows);
    *words = (struct pd_row_words){ 0 };
}

static enum padan_status add_word(struct pd_row_words *words, struct pd_text text, size_t column,
                                  struct padan_error *error)
{
    char letters[WORD_BYTES];
    uint32_t code = 0;
    const size_t length = text.length < WORD_BYTES ? text.length : WORD_BYTES;
    for (size_t i = 0; i < length; i++) letters[i] = (char)pd_word_small((unsigned char)text.data[i]);
    const struct pd_text word = { letters, length };
    PD_TRY(pd_dictionary_insert(&words->words, word, pd_hash_text(word), &code, error));
    PD_TRY(pd_grow(&words->list, &words->capacity, words->n + 1, sizeof *words->list, error));
    words->list[words->n++] = (struct pd_row_word){ code, (uint32_t)column };
    return PADAN_OK;
}

static enum padan_status add_text(struct pd_row_words *words, struct pd_text text, size_t column,
                                  struct padan_error *error)
{
    struct pd_word word;
    for (size_t place = 0; pd_word_next(text, &place, &word);)
        PD_TRY(add_word(words, (struct pd_text){ text.data + place - word.length, word.length }, column, error));
    return PADAN_OK;
}

static int by_code(const void *a, const void *b)
{
    const struct pd_row_word *x = a;
    const struct pd_row_word *y = b;
    if (x->code != y->code) return x->code < y->code ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Sorts the words of the row that ended, leaves each once, and counts them. */
static enum padan_status end_row(struct pd_row_words *words, size_t begin, struct padan_error *error)
{
    const size_t n_before = words->n_rows_capacity;
    size_t n = begin;
    PD_TRY(pd_grow(&words->n_rows, &words->n_rows_capacity, (size_t)words->words.n_entries + 1, sizeof *words->n_rows,
                   error));
    if (words->n_rows_capacity > n_before)
        memset(words->n_rows + n_before, 0, (words->n_rows_capacity - n_before) * sizeof *words->n_rows);
    qsort(words->list + begin, words->n - begin, sizeof *words->list, by_code);
    for (size_t i = begin; i < words->n; i++) {
        if (n > begin && words->list[n - 1].code == words->list[i].code) continue;
        words->list[n++] = words->list[i];
        words->n_rows[words->list[i].code]++;
    }
    words->n = n;
    return PADAN_OK;
}

static enum padan_status make(struct pd_row_words *words, const struct pd_table *table, const int *columns,
                              size_t n_columns, struct padan_error *error)
{
    PD_TRY(pd_allocate(&words->begins, table->n_records + 1, sizeof *words->begins, error));
    PD_TRY(pd_grow(&words->list, &words->capacity, 1, sizeof *words->list, error));
    for (size_t i = 0; i < table->n_records; i++) {
        for (size_t j = 0; j < n_columns; j++) {
            char scratch[24];
            PD_TRY(add_text(words, pd_column_text(&table->columns[columns[j]], i, scratch), j, error));
        }
        PD_TRY(end_row(words, words->begins[i], error));
        words->begins[i + 1] = words->n;
    }
    return PADAN_OK;
}

enum padan_status pd_row_words_make(struct pd_row_words *words, const struct pd_table *table, const int *columns,
                                    size_t n_columns, struct padan_error *error)
{
    *words = (struct pd_row_words){ 0 };
    const enum padan_status status = make(words, table, columns, n_columns, error);
    if (status != PADAN_OK) pd_row_words_reset(words);
    return status;
}
