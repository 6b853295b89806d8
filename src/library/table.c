/* SPDX-License-Identifier: MIT */
#include "library/table.h"

#include "base/hash.h"
#include "base/memory.h"
#include "model/column_types.h"

enum padan_status padan_table_new(const char *unique_id, struct padan_table **table, struct padan_error *error)
{
    struct padan_table *made = NULL;
    const struct pd_text id = unique_id == NULL ? PD_TEXT("unique_id") : pd_text_of(unique_id);
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    made->id_is_said = unique_id != NULL;
    enum padan_status status = pd_arena_copy(&made->arena, id, &made->unique_id, error);
    if (status == PADAN_OK) status = pd_table_builder_make(&made->builder, made->unique_id, error);
    if (status == PADAN_OK)
        *table = made;
    else
        padan_table_free(made);
    return status;
}

void padan_table_free(struct padan_table *table)
{
    if (table == NULL) return;
    pd_table_builder_reset(&table->builder);
    pd_buffer_reset(&table->types);
    pd_arena_reset(&table->arena);
    pd_free(table);
}

uint64_t padan_table_n_rows(const struct padan_table *table)
{
    return table->builder.table.n_records;
}

/* Columns that the caller spoke of, for ids and types, are in some source. */
static enum padan_status check_columns_said(const struct padan_table *table, struct padan_error *error)
{
    const struct pd_table *rows = &table->builder.table;
    struct pd_text types = { table->types.data, table->types.length };
    if (rows->n_records == 0) return PADAN_OK;
    if (table->id_is_said && pd_table_find(rows, PD_TEXT("unique_id")) < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "no source has the column \"%.*s\", which is to name the rows",
                PD_TEXT_ARGS(table->unique_id));
    while (types.length > 0) {
        struct pd_text item = pd_text_take_item(&types);
        item.length = (size_t)((const char *)memchr(item.data, '=', item.length) - item.data);
        if (pd_table_find(rows, item) < 0 && !pd_text_equal(item, table->unique_id))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "no source has the column \"%.*s\", which is to be of a type",
                    PD_TEXT_ARGS(item));
    }
    return PADAN_OK;
}

enum padan_status pd_library_take(struct padan_table *table, struct pd_table *rows, struct pd_buffer *types,
                                  struct padan_error *error)
{
    enum padan_status status = check_columns_said(table, error);
    if (status == PADAN_OK) status = pd_table_builder_finish(&table->builder, rows, error);
    *types = table->types;
    table->types = (struct pd_buffer){ 0 };
    pd_table_builder_reset(&table->builder);
    const enum padan_status made = pd_table_builder_make(&table->builder, table->unique_id, error);
    if (status == PADAN_OK) status = made;
    return status;
}

/* --- types --- */

enum padan_status padan_table_set_type(struct padan_table *table, const char *column, const char *type,
                                       struct padan_error *error)
{
    if (column == NULL || column[0] == '\0' || strpbrk(column, ",=") != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "column \"%.200s\": a type is said of a column whose name has neither a comma nor '='",
                column == NULL ? "" : column);
    if (type == NULL || !pd_column_type_is_known(pd_text_of(type)))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "column \"%.200s\" cannot be of type \"%.40s\": say VARCHAR, INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, "
                "VARCHAR[] or DOUBLE[]",
                column, type == NULL ? "" : type);
    return pd_library_note_type(table, column, type, error);
}

/* Whether the list of types has a column already. */
static bool has_type(const struct pd_buffer *types, struct pd_text column)
{
    struct pd_text list = { types->data, types->length };
    while (list.length > 0) {
        const struct pd_text item = pd_text_take_item(&list);
        if (item.length > column.length && item.data[column.length] == '=' && pd_text_starts(item, column)) return true;
    }
    return false;
}

enum padan_status pd_library_note_type(struct padan_table *table, const char *column, const char *type,
                                       struct padan_error *error)
{
    if (has_type(&table->types, pd_text_of(column))) return PADAN_OK;
    if (table->types.length > 0) pd_append_byte(&table->types, ',');
    pd_append_string(&table->types, column);
    pd_append_byte(&table->types, '=');
    pd_append_string(&table->types, type);
    return pd_buffer_status(&table->types, error);
}

/* --- columns of texts --- */

static bool is_valid(const uint8_t *valid, uint64_t row)
{
    return valid == NULL || (valid[row / 8] >> row % 8 & 1) != 0;
}

static enum padan_status check_columns(const struct padan_texts *columns, size_t n_columns, uint64_t n_rows,
                                       struct padan_error *error)
{
    for (size_t i = 0; i < n_columns; i++) {
        if (columns[i].name == NULL || columns[i].name[0] == '\0')
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "column %zu has no name", i);
        for (size_t j = 0; j < i; j++)
            if (strcmp(columns[i].name, columns[j].name) == 0)
                PD_FAIL(error, PADAN_BAD_ARGUMENT, "column \"%s\" comes twice: give one of them another name",
                        columns[i].name);
        if (n_rows > 0 && columns[i].offsets[0] < 0)
            PD_FAIL(error, PADAN_BAD_INPUT, "column \"%s\": the text of row 0 begins before the bytes do",
                    columns[i].name);
        for (uint64_t row = 0; row < n_rows; row++)
            if (columns[i].offsets[row + 1] < columns[i].offsets[row])
                PD_FAIL(error, PADAN_BAD_INPUT, "column \"%s\": the text of row %llu ends before it begins",
                        columns[i].name, (unsigned long long)row);
    }
    return PADAN_OK;
}

/* Texts are looked up this many at a time. */
enum { TEXTS_AT_ONCE = 1024 };

static enum padan_status put_texts(struct pd_column *column, size_t begin, const struct padan_texts *texts,
                                   uint64_t n_rows, struct padan_error *error)
{
    struct pd_hashed_text hashed[TEXTS_AT_ONCE];
    uint32_t rows[TEXTS_AT_ONCE], codes[TEXTS_AT_ONCE];
    for (uint64_t row = 0; row < n_rows;) {
        size_t n = 0;
        for (; row < n_rows && n < TEXTS_AT_ONCE; row++) {
            const size_t length = (size_t)(texts->offsets[row + 1] - texts->offsets[row]);
            if (length == 0 || !is_valid(texts->valid, row)) continue;
            const struct pd_text text = pd_text_trim((struct pd_text){ texts->bytes + texts->offsets[row], length });
            if (text.length == 0) continue;
            if (text.length > UINT32_MAX)
                PD_FAIL(error, PADAN_LIMIT, "column \"%s\", row %llu: a text of %zu bytes", texts->name,
                        (unsigned long long)row, text.length);
            hashed[n] = (struct pd_hashed_text){ text.data, pd_hash_text(text), (uint32_t)text.length };
            rows[n++] = (uint32_t)(begin + row);
        }
        PD_TRY(pd_dictionary_insert_all(column->dictionary, hashed, n, codes, error));
        for (size_t i = 0; i < n; i++) ((uint32_t *)column->words)[rows[i]] = codes[i];
    }
    return PADAN_OK;
}

static enum padan_status add_columns(struct padan_table *table, size_t begin, const struct padan_texts *columns,
                                     size_t n_columns, uint64_t n_rows, struct padan_error *error)
{
    for (size_t i = 0; i < n_columns; i++) {
        struct pd_column *column = NULL;
        PD_TRY(pd_table_builder_column(&table->builder, pd_text_of(columns[i].name), &column, error));
        PD_TRY(put_texts(column, begin, &columns[i], n_rows, error));
    }
    return PADAN_OK;
}

enum padan_status padan_table_add(struct padan_table *table, const char *source, const struct padan_texts *columns,
                                  size_t n_columns, uint64_t n_rows, struct padan_error *error)
{
    size_t begin = 0;
    if (source == NULL || source[0] == '\0') PD_FAIL(error, PADAN_BAD_ARGUMENT, "a source needs a name");
    PD_TRY(check_columns(columns, n_columns, n_rows, error));
    PD_TRY(pd_table_builder_add_rows(&table->builder, pd_text_of(source), n_rows, &begin, error));
    const enum padan_status status = add_columns(table, begin, columns, n_columns, n_rows, error);
    if (status != PADAN_OK) pd_table_builder_cut(&table->builder, begin);
    return status;
}
