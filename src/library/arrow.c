/* SPDX-License-Identifier: MIT
 * Rows out of Arrow's C data and stream interfaces. A batch is turned into texts some rows at a time, which keeps what
 * is made small, and goes the way of all texts. */
#include "base/memory.h"
#include "library/arrow_values.h"
#include "library/table.h"

enum { ROWS_AT_ONCE = 1 << 14 };

/* A column on its way to texts. */
struct turning {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    struct pd_arrow_kind kind;
    struct pd_buffer bytes;
    int64_t *offsets; /* [ROWS_AT_ONCE + 1] */
};

struct batch {
    struct turning *columns;
    struct padan_texts *texts;
    size_t n_columns;
};

static enum padan_status check_shape(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                     struct padan_error *error)
{
    if (strcmp(schema->format, "+s") != 0 || array->n_children != schema->n_children || array->length < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "a batch of Arrow's is a struct of columns, not format %.40s",
                schema->format);
    if (array->n_buffers > 0 && array->buffers[0] != NULL && array->null_count != 0)
        PD_FAIL(error, PADAN_UNSUPPORTED, "a batch of Arrow's has rows that are null as a whole: filter them out");
    return PADAN_OK;
}

static enum padan_status open_columns(struct batch *batch, const struct ArrowSchema *schema,
                                      const struct ArrowArray *array, struct padan_error *error)
{
    const size_t n = (size_t)schema->n_children;
    PD_TRY(pd_allocate(&batch->columns, n + 1, sizeof *batch->columns, error));
    batch->n_columns = n;
    PD_TRY(pd_allocate(&batch->texts, n + 1, sizeof *batch->texts, error));
    for (size_t i = 0; i < n; i++) {
        struct turning *column = &batch->columns[i];
        column->schema = schema->children[i];
        column->array = array->children[i];
        PD_TRY(pd_arrow_kind_of(column->schema, &column->kind, error));
        PD_TRY(pd_allocate(&column->offsets, ROWS_AT_ONCE + 1, sizeof *column->offsets, error));
        batch->texts[i].name = column->schema->name == NULL ? "" : column->schema->name;
    }
    return PADAN_OK;
}

static enum padan_status turn(struct turning *column, int64_t begin, int64_t n, struct padan_texts *texts,
                              struct padan_error *error)
{
    pd_buffer_clear(&column->bytes);
    for (int64_t i = 0; i < n; i++) {
        column->offsets[i] = (int64_t)column->bytes.length;
        pd_arrow_append(&column->kind, column->schema, column->array, begin + i, &column->bytes);
    }
    column->offsets[n] = (int64_t)column->bytes.length;
    texts->offsets = column->offsets;
    texts->bytes = column->bytes.data;
    return pd_buffer_status(&column->bytes, error);
}

static enum padan_status add_rows(struct padan_table *table, const char *source, struct batch *batch, int64_t begin,
                                  int64_t n, struct padan_error *error)
{
    for (size_t i = 0; i < batch->n_columns; i++) PD_TRY(turn(&batch->columns[i], begin, n, &batch->texts[i], error));
    return padan_table_add(table, source, batch->texts, batch->n_columns, (uint64_t)n, error);
}

/* Remembers the types of columns, of each once. A name with a comma or '=' cannot be said: such a column stays a text.
 */
static enum padan_status note_types(struct padan_table *table, const struct batch *batch, struct padan_error *error)
{
    const struct pd_table *rows = &table->builder.table;
    for (size_t i = 0; i < batch->n_columns; i++) {
        const char *name = batch->texts[i].name, *type = batch->columns[i].kind.type;
        const bool is_id = pd_text_equal(pd_text_of(name), table->unique_id);
        if (type == NULL || is_id || strpbrk(name, ",=") != NULL || pd_table_find(rows, pd_text_of(name)) >= 0)
            continue;
        PD_TRY(pd_library_note_type(table, name, type, error));
    }
    return PADAN_OK;
}

static void close_columns(struct batch *batch)
{
    for (size_t i = 0; i < batch->n_columns; i++) {
        pd_buffer_reset(&batch->columns[i].bytes);
        pd_free(batch->columns[i].offsets);
    }
    pd_free(batch->columns);
    pd_free(batch->texts);
}

static enum padan_status add_batch(struct padan_table *table, const char *source, const struct ArrowSchema *schema,
                                   const struct ArrowArray *array, struct padan_error *error)
{
    const size_t before = table->builder.table.n_records, types_before = table->types.length;
    struct batch batch = { .columns = NULL };
    PD_TRY(check_shape(schema, array, error));
    enum padan_status status = open_columns(&batch, schema, array, error);
    if (status == PADAN_OK && array->length > 0) status = note_types(table, &batch, error);
    /* Children begin where their parent does. */
    for (int64_t begin = 0; begin < array->length && status == PADAN_OK; begin += ROWS_AT_ONCE) {
        const int64_t left = array->length - begin;
        status =
            add_rows(table, source, &batch, array->offset + begin, left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE, error);
    }
    if (status != PADAN_OK) {
        pd_table_builder_cut(&table->builder, before);
        table->types.length = types_before;
    }
    close_columns(&batch);
    return status;
}

enum padan_status padan_table_add_arrow(struct padan_table *table, const char *source, struct ArrowSchema *schema,
                                        struct ArrowArray *batch, struct padan_error *error)
{
    const enum padan_status status = add_batch(table, source, schema, batch, error);
    if (batch->release != NULL) batch->release(batch);
    if (schema->release != NULL) schema->release(schema);
    return status;
}

static enum padan_status fail_stream(struct ArrowArrayStream *stream, struct padan_error *error)
{
    const char *said = stream->get_last_error(stream);
    PD_FAIL(error, PADAN_IO, "the stream of rows failed: %.400s", said == NULL ? "it does not say why" : said);
}

static enum padan_status add_batches(struct padan_table *table, const char *source, struct ArrowArrayStream *stream,
                                     const struct ArrowSchema *schema, struct padan_error *error)
{
    for (;;) {
        struct ArrowArray batch = { .release = NULL };
        if (stream->get_next(stream, &batch) != 0) return fail_stream(stream, error);
        if (batch.release == NULL) return PADAN_OK;
        const enum padan_status status = add_batch(table, source, schema, &batch, error);
        batch.release(&batch);
        PD_TRY(status);
    }
}

enum padan_status padan_table_add_arrow_stream(struct padan_table *table, const char *source,
                                               struct ArrowArrayStream *stream, struct padan_error *error)
{
    struct ArrowSchema schema = { .release = NULL };
    const bool opened = stream->get_schema(stream, &schema) == 0;
    const enum padan_status status =
        opened ? add_batches(table, source, stream, &schema, error) : fail_stream(stream, error);
    if (schema.release != NULL) schema.release(&schema);
    if (stream->release != NULL) stream->release(stream);
    return status;
}
