/* SPDX-License-Identifier: MIT */
#include "table/builder.h"

#include "base/memory.h"

enum { NAME_OF_COLUMN_SHOWN = 60 };

enum padan_status pd_table_builder_make(struct pd_table_builder *builder, struct pd_text unique_id,
                                        struct padan_error *error)
{
    *builder = (struct pd_table_builder){ .capacities = NULL };
    return pd_arena_copy(&builder->table.arena, unique_id, &builder->unique_id, error);
}

void pd_table_builder_reset(struct pd_table_builder *builder)
{
    pd_table_reset(&builder->table);
    pd_free(builder->capacities);
    *builder = (struct pd_table_builder){ .capacities = NULL };
}

/* --- rows --- */

static enum padan_status add_source(struct pd_table_builder *builder, struct pd_text name, struct padan_error *error)
{
    struct pd_table *table = &builder->table;
    const size_t n = table->n_sources;
    if (n > 0 && pd_text_equal(table->sources[n - 1].name, name)) return PADAN_OK;
    for (size_t i = 0; i < n; i++)
        if (pd_text_equal(table->sources[i].name, name))
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "source \"%.*s\" was followed by another: add its rows before the next's", PD_TEXT_ARGS(name));
    if (n == PD_BUILDER_SOURCES_MAX)
        PD_FAIL(error, PADAN_LIMIT, "a table has at most %d sources", PD_BUILDER_SOURCES_MAX);
    PD_TRY(pd_grow(&table->sources, &builder->sources_capacity, n + 1, sizeof *table->sources, error));
    table->sources[n] = (struct pd_source){ .begin = table->n_records, .end = table->n_records };
    PD_TRY(pd_table_name_source(table, name, &table->sources[n], error));
    table->n_sources++;
    return PADAN_OK;
}

static enum padan_status grow_column(struct pd_table_builder *builder, size_t index, size_t n,
                                     struct padan_error *error)
{
    struct pd_column *column = &builder->table.columns[index];
    const size_t width = pd_encoding_width(column->encoding);
    PD_TRY(pd_grow(&column->words, &builder->capacities[index], n, width, error));
    pd_column_set_null(column, builder->table.n_records, n);
    return PADAN_OK;
}

enum padan_status pd_table_builder_add_rows(struct pd_table_builder *builder, struct pd_text source, size_t n,
                                            size_t *begin, struct padan_error *error)
{
    struct pd_table *table = &builder->table;
    *begin = table->n_records;
    if (n >= UINT32_MAX - table->n_records) PD_FAIL(error, PADAN_LIMIT, "a table has at most %u rows", UINT32_MAX - 1);
    PD_TRY(add_source(builder, source, error));
    const size_t n_all = table->n_records + n;
    enum padan_status status =
        pd_grow(&table->source_of, &builder->source_of_capacity, n_all + 1, sizeof *table->source_of, error);
    for (size_t i = 0; i < table->n_columns && status == PADAN_OK; i++) status = grow_column(builder, i, n_all, error);
    if (status != PADAN_OK) {
        pd_table_builder_cut(builder, table->n_records);
        return status;
    }
    for (size_t i = table->n_records; i < n_all; i++) table->source_of[i] = (uint16_t)(table->n_sources - 1);
    table->n_records = table->sources[table->n_sources - 1].end = n_all;
    return PADAN_OK;
}

void pd_table_builder_cut(struct pd_table_builder *builder, size_t n)
{
    struct pd_table *table = &builder->table;
    while (table->n_sources > 0) {
        struct pd_source *source = &table->sources[table->n_sources - 1];
        source->end = source->begin > n ? source->begin : n < source->end ? n : source->end;
        if (source->end > source->begin) break;
        table->n_sources--;
    }
    table->n_records = n;
}

/* --- columns --- */

/* Ids are kept as `unique_id`, whatever they are called; a column that is called so and is not them gives way, as that
 * of a file does. */
static struct pd_text kept_name(const struct pd_table_builder *builder, struct pd_text name)
{
    if (pd_text_equal(name, builder->unique_id)) return PD_TEXT("unique_id");
    return pd_text_equal(name, PD_TEXT("unique_id")) ? PD_TEXT("unique_id_2") : name;
}

enum padan_status pd_table_builder_column(struct pd_table_builder *builder, struct pd_text name,
                                          struct pd_column **column, struct padan_error *error)
{
    struct pd_table *table = &builder->table;
    const struct pd_text kept = kept_name(builder, name);
    const int found = pd_table_find(table, kept);
    if (found >= 0) {
        *column = &table->columns[found];
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&builder->capacities, &builder->n_capacities, table->n_columns + 1, sizeof *builder->capacities,
                   error));
    PD_TRY(pd_table_add(table, kept, PD_TYPE_TEXT, PD_ENCODING_CODE, column, error));
    builder->capacities[table->n_columns - 1] = table->n_records;
    return PADAN_OK;
}

/* --- ids --- */

static enum padan_status check_ids(const struct pd_table_builder *builder, size_t index, uint16_t *seen_in,
                                   const struct pd_column *ids, struct padan_error *error)
{
    const struct pd_source *source = &builder->table.sources[index];
    const int shown =
        builder->unique_id.length > NAME_OF_COLUMN_SHOWN ? NAME_OF_COLUMN_SHOWN : (int)builder->unique_id.length;
    for (size_t i = source->begin; i < source->end; i++) {
        const uint32_t code = ((const uint32_t *)ids->words)[i];
        if (code == 0)
            PD_FAIL(error, PADAN_BAD_INPUT, "source %.*s, row %zu: no value in %.*s, which names the rows",
                    PD_TEXT_ARGS(source->name), i - source->begin, shown, builder->unique_id.data);
        if (seen_in[code] == index + 1)
            PD_FAIL(error, PADAN_BAD_INPUT,
                    "source %.*s, row %zu: its value in %.*s, which names the rows, stands in a row before; make them "
                    "differ, or rename the column to have rows numbered",
                    PD_TEXT_ARGS(source->name), i - source->begin, shown, builder->unique_id.data);
        seen_in[code] = (uint16_t)(index + 1);
    }
    return PADAN_OK;
}

static enum padan_status number_rows(const struct pd_table *table, size_t index, struct pd_column *ids,
                                     struct padan_error *error)
{
    const struct pd_source *source = &table->sources[index];
    struct pd_buffer name = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = source->begin; i < source->end && status == PADAN_OK; i++) {
        pd_buffer_clear(&name);
        pd_append_text(&name, source->name);
        pd_append_byte(&name, ':');
        pd_append_u64(&name, i - source->begin + 1);
        status = pd_buffer_status(&name, error);
        if (status == PADAN_OK) status = pd_column_put(ids, i, (struct pd_text){ name.data, name.length }, error);
    }
    pd_buffer_reset(&name);
    return status;
}

/* Whether some row of a source came with an id. */
static bool is_named(const struct pd_source *source, const struct pd_column *ids)
{
    for (size_t i = source->begin; i < source->end; i++)
        if (!pd_column_is_null(ids, i)) return true;
    return false;
}

static enum padan_status give_ids(struct pd_table_builder *builder, struct padan_error *error)
{
    const struct pd_table *table = &builder->table;
    struct pd_column *ids = NULL;
    uint16_t *seen_in = NULL;
    PD_TRY(pd_table_builder_column(builder, builder->unique_id, &ids, error));
    PD_TRY(pd_allocate(&seen_in, (size_t)ids->dictionary->n_entries + 1, sizeof *seen_in, error));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < table->n_sources && status == PADAN_OK; i++)
        if (is_named(&table->sources[i], ids))
            status = check_ids(builder, i, seen_in, ids, error);
        else
            status = number_rows(table, i, ids, error);
    pd_free(seen_in);
    return status;
}

enum padan_status pd_table_builder_finish(struct pd_table_builder *builder, struct pd_table *table,
                                          struct padan_error *error)
{
    PD_TRY(give_ids(builder, error));
    *table = builder->table;
    builder->table = (struct pd_table){ 0 };
    pd_table_builder_reset(builder);
    return PADAN_OK;
}
