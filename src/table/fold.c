/* SPDX-License-Identifier: MIT */
#include "table/fold.h"

#include "base/hash.h"
#include "base/memory.h"

static enum padan_status own_dictionary(struct pd_column *column, struct padan_error *error)
{
    if (column->dictionary != NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&column->dictionary, 1, sizeof *column->dictionary, error));
    column->owns_dictionary = true;
    return PADAN_OK;
}

static enum padan_status store(struct pd_column *column, size_t record, struct pd_text text, struct padan_error *error)
{
    uint32_t code = 0;
    if (column->encoding == PD_ENCODING_DIGITS) {
        uint64_t *word = (uint64_t *)column->words + record;
        *word = pd_digits_encode(text);
        if (*word != 0) return PADAN_OK;
        PD_TRY(own_dictionary(column, error));
        PD_TRY(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, error));
        *word = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
        return PADAN_OK;
    }
    PD_TRY(own_dictionary(column, error));
    PD_TRY(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, error));
    ((uint32_t *)column->words)[record] = code;
    return PADAN_OK;
}

enum padan_status pd_table_fold(struct pd_table *table, size_t into, size_t from, struct padan_error *error)
{
    struct pd_column *to = &table->columns[into];
    const struct pd_column *of = &table->columns[from];
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        if (pd_column_is_null(of, i) || !pd_column_is_null(to, i)) continue;
        const struct pd_text text = pd_column_text(of, i, scratch);
        PD_TRY(store(to, i, text, error));
    }
    pd_column_set_null(of, 0, table->n_records);
    return PADAN_OK;
}
