/* SPDX-License-Identifier: MIT
 * One file that holds several sources, told apart by a column: records are put in order of source (a stable counting
 * sort), because the record store keeps each source as one range. */
#include "ingest/loader.h"

#include "base/memory.h"

struct split {
    struct pd_table *table;
    const struct pd_column *column;
    uint32_t *source_of_code; /* [n_entries + 1] source + 1, 0 = not met yet; [0] is that of NULL */
    uint32_t *codes;          /* [n_sources] */
    size_t n_sources, capacity;
    uint32_t *order; /* [n_records] old record at each new place */
};

static enum padan_status number_sources(struct split *split, struct padan_error *error)
{
    const uint32_t *words = split->column->words;
    const size_t n_codes = (size_t)split->column->dictionary->n_entries + 1;
    PD_TRY(pd_allocate(&split->source_of_code, n_codes, sizeof *split->source_of_code, error));
    for (size_t i = 0; i < split->table->n_records; i++) {
        if (split->source_of_code[words[i]] != 0) continue;
        PD_TRY(pd_grow(&split->codes, &split->capacity, split->n_sources + 1, sizeof *split->codes, error));
        split->codes[split->n_sources++] = words[i];
        split->source_of_code[words[i]] = (uint32_t)split->n_sources;
    }
    if (split->n_sources > UINT16_MAX) {
        PD_FAIL(error, PADAN_LIMIT, "the column \"%.*s\" names %zu sources; at most %d are possible",
                PD_TEXT_ARGS(split->column->name), split->n_sources, UINT16_MAX);
    }
    return PADAN_OK;
}

static enum padan_status make_sources(struct split *split, struct pd_text otherwise, struct padan_error *error)
{
    struct pd_table *table = split->table;
    const uint32_t *words = split->column->words;
    struct pd_source *sources = NULL;
    PD_TRY(pd_allocate(&sources, split->n_sources, sizeof *sources, error));
    pd_free(table->sources);
    table->sources = sources;
    table->n_sources = split->n_sources;
    for (size_t i = 0; i < table->n_records; i++) sources[split->source_of_code[words[i]] - 1].end++;
    size_t end = 0;
    for (size_t i = 0; i < split->n_sources; i++) {
        const struct pd_text name = pd_dictionary_text(split->column->dictionary, split->codes[i]);
        PD_TRY(pd_table_name_source(table, split->codes[i] == 0 ? otherwise : name, &sources[i], error));
        sources[i].begin = end;
        end += sources[i].end;
        sources[i].end = sources[i].begin;
    }
    PD_TRY(pd_allocate_array(&split->order, table->n_records, sizeof *split->order, error));
    for (size_t i = 0; i < table->n_records; i++) {
        split->order[sources[split->source_of_code[words[i]] - 1].end++] = (uint32_t)i;
    }
    return PADAN_OK;
}

/* Replaces an array of n elements by itself in the new order. */
static enum padan_status reorder(void *array, size_t n, size_t width, const uint32_t *order, struct padan_error *error)
{
    char *old = NULL;
    char *ordered = NULL;
    memcpy(&old, array, sizeof old);
    PD_TRY(pd_allocate_array(&ordered, n, width, error));
    for (size_t i = 0; i < n; i++) memcpy(ordered + i * width, old + order[i] * width, width);
    pd_free(old);
    memcpy(array, &ordered, sizeof ordered);
    return PADAN_OK;
}

static enum padan_status reorder_table(struct split *split, struct padan_error *error)
{
    struct pd_table *table = split->table;
    for (size_t i = 0; i < table->n_columns; i++) {
        PD_TRY(reorder(&table->columns[i].words, table->n_records, pd_encoding_width(table->columns[i].encoding),
                       split->order, error));
    }
    PD_TRY(reorder(&table->file_of, table->n_records, sizeof *table->file_of, split->order, error));
    PD_TRY(reorder(&table->row_of, table->n_records, sizeof *table->row_of, split->order, error));
    for (size_t i = 0; i < table->n_sources; i++) {
        for (size_t j = table->sources[i].begin; j < table->sources[i].end; j++) table->source_of[j] = (uint16_t)i;
    }
    return PADAN_OK;
}

static void remove_column(struct pd_table *table, size_t index)
{
    struct pd_column *column = &table->columns[index];
    pd_free(column->words);
    pd_dictionary_reset(column->dictionary);
    pd_free(column->dictionary);
    memmove(column, column + 1, (table->n_columns - index - 1) * sizeof *column);
    table->n_columns--;
}

enum padan_status pd_loader_split_sources(struct pd_loader *loader, struct padan_error *error)
{
    if (loader->source_column == PD_NO_FIELD) return PADAN_OK;
    struct split split = { .table = loader->table, .column = &loader->table->columns[loader->source_column] };
    enum padan_status status = number_sources(&split, error);
    if (status == PADAN_OK) status = make_sources(&split, loader->options->sources[0].name, error);
    if (status == PADAN_OK) status = reorder_table(&split, error);
    pd_free(split.source_of_code);
    pd_free(split.codes);
    pd_free(split.order);
    PD_TRY(status);
    for (size_t i = 0; i < loader->options->n_files; i++) {
        loader->result->files[i].begin = loader->result->files[i].end = 0;
    }
    remove_column(loader->table, (size_t)loader->source_column);
    return PADAN_OK;
}
