/* SPDX-License-Identifier: MIT */
#include "linking/label_file.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "evaluate/labelled_pairs.h"

#include <stdlib.h>

/* Rows of the table by source and id, or by id alone. */
struct row_index {
    bool by_source;
    struct pd_dictionary keys;
    uint32_t *records; /* [codes] record of code - 1 */
    size_t capacity;
    struct pd_buffer scratch;
};

enum { SLOT_SOURCE_L, SLOT_ID_L, SLOT_SOURCE_R, SLOT_ID_R, SLOT_LABEL, N_SLOTS };

void pd_label_file_reset(struct pd_label_file *labels)
{
    pd_free(labels->entities);
    pd_free(labels->pairs);
    *labels = (struct pd_label_file){ .n_pairs = 0 };
}

static struct pd_text make_key(struct row_index *index, struct pd_text source, struct pd_text id)
{
    pd_buffer_clear(&index->scratch);
    if (index->by_source) {
        pd_append_text(&index->scratch, source);
        pd_append_byte(&index->scratch, (char)PD_KEY_SEPARATOR);
    }
    pd_append_text(&index->scratch, id);
    return (struct pd_text){ index->scratch.data, index->scratch.length };
}

static enum padan_status index_rows(struct row_index *index, const struct pd_table *table, struct padan_error *error)
{
    const int column = pd_table_find(table, PD_TEXT("unique_id"));
    if (column < 0) PD_FAIL(error, PADAN_BAD_INPUT, "the rows have no unique_id to find labels by");
    PD_TRY(pd_allocate(&index->records, table->n_records + 1, sizeof *index->records, error));
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        uint32_t code = 0;
        const struct pd_text source = table->sources[pd_table_source(table, (uint32_t)i)].name;
        const struct pd_text key = make_key(index, source, pd_column_text(&table->columns[column], i, scratch));
        PD_TRY(pd_buffer_status(&index->scratch, error));
        PD_TRY(pd_dictionary_insert(&index->keys, key, pd_hash_text(key), &code, error));
        if (code == index->capacity + 1) index->records[index->capacity++] = (uint32_t)i;
    }
    return PADAN_OK;
}

static uint32_t find_row(struct row_index *index, struct pd_text source, struct pd_text id)
{
    const struct pd_text key = make_key(index, source, id);
    const uint32_t code = pd_dictionary_find(&index->keys, key, pd_hash_text(key));
    return code == 0 ? PD_NO_ROW : index->records[code - 1];
}

/* --- the file --- */

/* Columns of pairs, or of rows with their entities: those stand in the places of the left rows. */
static struct pd_label_columns find_columns(const struct pd_row_file *file, const struct pd_truth_columns *wanted)
{
    struct pd_label_columns columns;
    if (pd_label_columns_find(file, wanted, &columns)) return columns;
    return (struct pd_label_columns){ pd_source_column(file, wanted->source), pd_id_column(file, wanted->unique_id), -1,
                                      -1, pd_entity_column(file) };
}

/* A labelled pair, to be found again. */
struct noted {
    uint64_t pair, row; /* row of the file, from 1 */
    bool is_match;
};

struct reading {
    struct pd_label_file *labels;
    struct noted *noted; /* [labels->n_pairs] */
    size_t noted_capacity;
    struct row_index index;
    struct pd_dictionary entities;
    struct pd_label_columns columns;
};

static enum padan_status take_entity(struct reading *reading, const struct pd_row_file *file, size_t row,
                                     struct padan_error *error)
{
    const struct pd_text entity = pd_row_field(file, row, SLOT_LABEL);
    if (entity.length > 0) pd_labelled_rows_add(&reading->labels->labelled, pd_row_field(file, row, SLOT_ID_L));
    const uint32_t record =
        find_row(&reading->index, pd_row_field(file, row, SLOT_SOURCE_L), pd_row_field(file, row, SLOT_ID_L));
    if (record == PD_NO_ROW) reading->labels->n_unknown++;
    if (record == PD_NO_ROW || entity.length == 0) return PADAN_OK;
    uint32_t *known = &reading->labels->entities[record];
    const uint32_t before = *known;
    PD_TRY(pd_dictionary_insert(&reading->entities, entity, pd_hash_text(entity), known, error));
    if (before != 0 && before != *known)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: data row %llu gives an id another entity than a row before it; keep the one that is right",
                file->path, (unsigned long long)(reading->labels->n_rows + row + 1));
    return PADAN_OK;
}

static enum padan_status take_pair(struct reading *reading, const struct pd_row_file *file, size_t row,
                                   struct padan_error *error)
{
    struct pd_label_file *labels = reading->labels;
    enum pd_label label = PD_LABEL_NONE;
    PD_TRY(pd_label_read(file, row, SLOT_LABEL, reading->columns.label >= 0, &label, error));
    if (label == PD_LABEL_NONE) return PADAN_OK;
    pd_labelled_rows_add(&labels->labelled, pd_row_field(file, row, SLOT_ID_L));
    pd_labelled_rows_add(&labels->labelled, pd_row_field(file, row, SLOT_ID_R));
    const uint32_t left =
        find_row(&reading->index, pd_row_field(file, row, SLOT_SOURCE_L), pd_row_field(file, row, SLOT_ID_L));
    const uint32_t right =
        find_row(&reading->index, pd_row_field(file, row, SLOT_SOURCE_R), pd_row_field(file, row, SLOT_ID_R));
    if (left == PD_NO_ROW || right == PD_NO_ROW) {
        labels->n_unknown++;
        return PADAN_OK;
    }
    if (left == right) {
        labels->n_itself++;
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&labels->pairs, &labels->pairs_capacity, labels->n_pairs + 1, sizeof *labels->pairs, error));
    PD_TRY(pd_grow(&reading->noted, &reading->noted_capacity, labels->n_pairs + 1, sizeof *reading->noted, error));
    const uint32_t first = left < right ? left : right, second = left < right ? right : left;
    const bool is_match = label == PD_LABEL_MATCH;
    reading->noted[labels->n_pairs] =
        (struct noted){ (uint64_t)first << 32 | second, labels->n_rows + row + 1, is_match };
    labels->pairs[labels->n_pairs++] = (struct pd_labelled_pair){ first, second, is_match };
    return PADAN_OK;
}

static int by_pair(const void *a, const void *b)
{
    const struct noted *x = a;
    const struct noted *y = b;
    if (x->pair != y->pair) return x->pair < y->pair ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Somebody has to say which of two labels holds. */
static enum padan_status check_contradictions(const struct reading *reading, const char *path,
                                              struct padan_error *error)
{
    const size_t n = reading->labels->n_pairs;
    struct noted *noted = reading->noted;
    if (n > 0) qsort(noted, n, sizeof *noted, by_pair);
    for (size_t i = 1; i < n; i++)
        if (noted[i].pair == noted[i - 1].pair && noted[i].is_match != noted[i - 1].is_match)
            PD_FAIL(error, PADAN_BAD_INPUT,
                    "%s: data rows %llu and %llu call one pair a match and none; keep the one that is right", path,
                    (unsigned long long)noted[i - 1].row, (unsigned long long)noted[i].row);
    return PADAN_OK;
}

static enum padan_status read_rows(struct reading *reading, struct pd_row_file *file, struct padan_error *error)
{
    const bool has_pairs = reading->columns.id_r >= 0;
    size_t n_rows = 0;
    do {
        PD_TRY(pd_row_file_next(file, &n_rows, error));
        for (size_t i = 0; i < n_rows; i++)
            PD_TRY(has_pairs ? take_pair(reading, file, i, error) : take_entity(reading, file, i, error));
        PD_TRY(pd_buffer_status(&reading->index.scratch, error));
        reading->labels->n_rows += n_rows;
    } while (n_rows > 0);
    return PADAN_OK;
}

static enum padan_status read_file(struct reading *reading, struct pd_row_file *file, const struct pd_table *table,
                                   struct padan_error *error)
{
    const struct pd_label_columns *columns = &reading->columns;
    const int slots[N_SLOTS] = { columns->source_l, columns->id_l, columns->source_r, columns->id_r, columns->label };
    const bool has_pairs = columns->id_r >= 0;
    if (!has_pairs && (columns->label < 0 || columns->label == columns->id_l))
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s holds no labels: it needs unique_id and entity_id, or unique_id_l and unique_id_r", file->path);
    reading->index.by_source = columns->source_l >= 0 && (!has_pairs || columns->source_r >= 0);
    PD_TRY(index_rows(&reading->index, table, error));
    if (!has_pairs)
        PD_TRY(pd_allocate(&reading->labels->entities, table->n_records + 1, sizeof *reading->labels->entities, error));
    PD_TRY(pd_row_file_select(file, slots, N_SLOTS, error));
    PD_TRY(read_rows(reading, file, error));
    if (reading->labels->n_rows == 0) PD_FAIL(error, PADAN_BAD_INPUT, "%s has a header and no labels", file->path);
    if (reading->labels->n_itself > 0 &&
        reading->labels->n_itself + reading->labels->n_unknown == reading->labels->n_rows)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s pairs rows with themselves, which says nothing of the model: its columns must name two rows",
                file->path);
    if (has_pairs && reading->labels->n_pairs == 0 && reading->labels->n_unknown < reading->labels->n_rows)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no labelled pair of two rows of the inputs", file->path);
    if (reading->labels->n_unknown == reading->labels->n_rows)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s names no row of the inputs: check --unique-id and the sources", file->path);
    return check_contradictions(reading, file->path, error);
}

enum padan_status pd_label_file_read(struct pd_label_file *labels, const char *path,
                                     const struct pd_truth_columns *wanted, const struct pd_table *table,
                                     struct padan_error *error)
{
    struct reading reading = { .labels = labels };
    struct pd_row_file file;
    *labels = (struct pd_label_file){ .n_pairs = 0 };
    PD_TRY(pd_row_file_open(&file, path, error));
    reading.columns = find_columns(&file, wanted);
    const enum padan_status status = read_file(&reading, &file, table, error);
    pd_row_file_reset(&file);
    pd_dictionary_reset(&reading.entities);
    pd_dictionary_reset(&reading.index.keys);
    pd_buffer_reset(&reading.index.scratch);
    pd_free(reading.index.records);
    pd_free(reading.noted);
    if (status != PADAN_OK) pd_label_file_reset(labels);
    return status;
}
