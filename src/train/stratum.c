/* SPDX-License-Identifier: MIT */
#include "train/stratum.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/row_sample.h"

enum { TYPICAL_ROWS = 1024, LENGTH_LEAST = 2, LENGTH_MOST = 8 };

/* --- finding --- */

/* x_l = x_r gives the column of x, else -1. */
static enum padan_status equal_column(const struct pd_expression *condition, struct pd_deriver *deriver, int *column,
                                      struct padan_error *error)
{
    int other = -1;
    *column = -1;
    if (condition->op != PD_OP_EQUAL) return PADAN_OK;
    const struct pd_expression *a = condition->children[0];
    const struct pd_expression *b = condition->children[1];
    if ((a->sides | b->sides) != PD_SIDE_BOTH || (a->sides & b->sides) != 0) return PADAN_OK;
    if (!pd_derivable(a) || !pd_derivable(b) || !pd_expression_equal(a, b, false)) return PADAN_OK;
    PD_TRY(pd_derive(deriver, a, column, error));
    PD_TRY(pd_derive(deriver, b, &other, error));
    if (*column != other) *column = -1;
    return PADAN_OK;
}

/* The stratum of a level that is an equality of columns; n_columns 0 when it is not. */
static enum padan_status exact_stratum(const struct pd_level *level, struct pd_deriver *deriver,
                                       struct pd_stratum *stratum, struct padan_error *error)
{
    const struct pd_expression *only = level->condition;
    *stratum = (struct pd_stratum){ .kind = PD_STRATUM_EXACT };
    if (only == NULL) return PADAN_OK;
    struct pd_expression *const *parts = only->op == PD_OP_AND ? only->children : NULL;
    const size_t n = parts == NULL ? 1 : only->n_children;
    for (size_t i = 0; i < n; i++) {
        int column = -1;
        PD_TRY(equal_column(parts == NULL ? only : parts[i], deriver, &column, error));
        if (column < 0 || stratum->n_columns == PD_STRATUM_COLUMNS_MAX) {
            stratum->n_columns = 0;
            return PADAN_OK;
        }
        stratum->columns[stratum->n_columns++] = column;
    }
    return PADAN_OK;
}

/* Half the usual length of a column's texts. */
static size_t half_length(const struct pd_table *table, const struct pd_column *column)
{
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, TYPICAL_ROWS);
    size_t bytes = 0;
    size_t n = 0;
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        if (!pd_row_sample_has(sample, i) || pd_column_is_null(column, i)) continue;
        bytes += pd_column_text(column, i, scratch).length;
        n++;
    }
    const size_t half = n == 0 ? LENGTH_LEAST : (bytes / n + 1) / 2;
    return half < LENGTH_LEAST ? LENGTH_LEAST : half > LENGTH_MOST ? LENGTH_MOST : half;
}

static void add_stratum(struct pd_strata *strata, enum pd_stratum_kind kind, int column, size_t length)
{
    for (size_t i = 0; i < strata->n; i++)
        if (strata->strata[i].kind == kind && strata->strata[i].columns[0] == column) return;
    if (strata->n == PD_STRATA_MAX) return;
    strata->strata[strata->n++] =
        (struct pd_stratum){ .kind = kind, .columns = { column }, .n_columns = 1, .length = length };
}

/* Near keys of every column that the expression reads. */
static void add_near(const struct pd_table *table, const struct pd_expression *expression, struct pd_strata *strata)
{
    for (size_t i = 0; i < expression->n_children; i++) add_near(table, expression->children[i], strata);
    if (expression->op != PD_OP_COLUMN) return;
    const int index = expression->column_index;
    const struct pd_column *column = &table->columns[index];
    if (column->type == PD_TYPE_DATE && pd_encoding_is_integer(column->encoding)) {
        add_stratum(strata, PD_STRATUM_MONTH, index, 0);
        add_stratum(strata, PD_STRATUM_DAY, index, 0);
    }
    if (column->type != PD_TYPE_TEXT) return;
    const size_t length = half_length(table, column);
    add_stratum(strata, PD_STRATUM_BEGINNING, index, length);
    add_stratum(strata, PD_STRATUM_END, index, length);
}

enum padan_status pd_strata_find(const struct pd_comparison *comparison, struct pd_deriver *deriver,
                                 struct pd_strata *strata, struct padan_error *error)
{
    bool is_first = true;
    *strata = (struct pd_strata){ .exact_gamma = -1 };
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        struct pd_stratum stratum;
        if (level->is_null_level) continue;
        PD_TRY(exact_stratum(level, deriver, &stratum, error));
        if (stratum.n_columns > 0 && strata->n < PD_STRATA_MAX) {
            if (is_first) strata->exact_gamma = level->gamma;
            strata->strata[strata->n++] = stratum;
        }
        is_first = false;
    }
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (!comparison->levels[i].is_null_level && comparison->levels[i].condition != NULL)
            add_near(deriver->table, comparison->levels[i].condition, strata);
    return PADAN_OK;
}

/* --- keys --- */

static uint64_t part_of_text(const struct pd_stratum *stratum, struct pd_text text)
{
    const bool at_end = stratum->kind == PD_STRATUM_END;
    return pd_hash_text(at_end ? pd_text_slice(text, text.length - stratum->length, text.length)
                               : pd_text_slice(text, 0, stratum->length));
}

bool pd_stratum_key(const struct pd_table *table, const struct pd_stratum *stratum, uint32_t record, uint64_t *hash)
{
    const struct pd_column *column = &table->columns[stratum->columns[0]];
    char scratch[24];
    uint64_t combined = 0;
    if (stratum->kind == PD_STRATUM_EXACT) {
        for (size_t i = 0; i < stratum->n_columns; i++) {
            column = &table->columns[stratum->columns[i]];
            if (pd_column_is_null(column, record)) return false;
            combined = pd_hash_combine(combined, pd_column_word(column, record));
        }
        *hash = combined;
        return true;
    }
    if (pd_column_is_null(column, record)) return false;
    if (stratum->kind == PD_STRATUM_BEGINNING || stratum->kind == PD_STRATUM_END) {
        const struct pd_text text = pd_column_text(column, record, scratch);
        *hash = text.length < stratum->length ? 0 : part_of_text(stratum, text);
        return text.length >= stratum->length;
    }
    const struct pd_date date = pd_date_to_civil((int32_t)(int64_t)pd_column_word(column, record));
    *hash = stratum->kind == PD_STRATUM_MONTH ? (uint64_t)((int64_t)date.year * 16 + (int64_t)date.month)
                                              : (uint64_t)((int64_t)date.month * 32 + (int64_t)date.day);
    return true;
}

size_t pd_strata_place(const struct pd_table *table, const struct pd_strata *strata, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < strata->n; i++) {
        uint64_t a = 0;
        uint64_t b = 0;
        if (pd_stratum_key(table, &strata->strata[i], left, &a) &&
            pd_stratum_key(table, &strata->strata[i], right, &b) && a == b)
            return i + 1;
    }
    return 0;
}
