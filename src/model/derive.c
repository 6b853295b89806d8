/* SPDX-License-Identifier: MIT
 * Evaluates one-sided expressions over a table.
 * A derivation runs in chunks of a fixed number of values; every chunk writes its own results (numbers in place, texts
 * into a buffer of its own), and texts are numbered afterwards in chunk order, so codes do not depend on threads. */
#include "model/derive.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <math.h>

enum { CHUNK_VALUES = 16384 };

/* What is evaluated: expression over every code of a dictionary column, or over every record. */
struct domain {
    const struct pd_table *table;
    const struct pd_expression *expression;
    int code_column; /* -1: over records */
    size_t n_values; /* codes + 1 (code 0 is NULL), or records */
};

struct text_chunk {
    struct pd_buffer bytes;
    uint32_t *ends; /* [values of the chunk] end offset; UINT32_MAX = NULL */
};

struct derivation_run {
    struct domain domain;
    struct text_chunk *texts; /* [n_chunks], texts only */
    double *reals;
    int64_t *integers;
    uint8_t *booleans;
};

void pd_deriver_reset(struct pd_deriver *deriver)
{
    pd_free(deriver->derivations);
    *deriver = (struct pd_deriver){ 0 };
}

void pd_value_map_reset(struct pd_value_map *map)
{
    pd_free(map->values);
    *map = (struct pd_value_map){ 0 };
}

bool pd_derivable(const struct pd_expression *expression)
{
    if (expression->sides == PD_SIDE_BOTH) return false;
    switch (expression->type) {
    case PD_TYPE_BOOL:
    case PD_TYPE_INT:
    case PD_TYPE_DOUBLE:
    case PD_TYPE_TEXT:
    case PD_TYPE_DATE:
    case PD_TYPE_TIMESTAMP: return true;
    case PD_TYPE_TEXT_LIST:
    case PD_TYPE_DOUBLE_LIST: return expression->op == PD_OP_COLUMN;
    case PD_TYPE_NULL: break;
    }
    return false;
}

/* The only column an expression reads; -1 for none yet, -2 for several. */
static int single_column(const struct pd_expression *expression, int so_far)
{
    if (so_far == -2) return -2;
    if (expression->op == PD_OP_COLUMN)
        return so_far == -1 || so_far == expression->column_index ? expression->column_index : -2;
    for (size_t i = 0; i < expression->n_children; i++) so_far = single_column(expression->children[i], so_far);
    return so_far;
}

static struct domain domain_of(const struct pd_table *table, const struct pd_expression *expression)
{
    struct domain domain = { table, expression, -1, table->n_records };
    const int column = single_column(expression, -1);
    if (column < 0 || table->columns[column].encoding != PD_ENCODING_CODE) return domain;
    domain.code_column = column;
    domain.n_values = (size_t)table->columns[column].dictionary->n_entries + 1;
    return domain;
}

/* Reads a code as if it were a record: a one-record view of the column. */
struct code_reader {
    struct pd_column column;
    uint32_t word;
    struct pd_value items[PD_LIST_MAX];
};

static struct pd_value read_code(void *context, unsigned side, int column_index)
{
    struct code_reader *reader = context;
    (void)side;
    (void)column_index;
    return pd_column_value(&reader->column, 0, NULL, reader->items);
}

static void store(struct derivation_run *run, size_t chunk, size_t index, struct pd_value value)
{
    const bool is_null = value.null || value.type == PD_TYPE_NULL;
    if (run->reals != NULL) {
        const double number = value.type == PD_TYPE_DOUBLE ? value.real : (double)value.integer;
        run->reals[index] = is_null ? NAN : number;
    } else if (run->integers != NULL) {
        run->integers[index] = is_null ? PD_NULL_INT : value.integer;
    } else if (run->booleans != NULL) {
        run->booleans[index] = is_null ? 255 : value.boolean;
    } else {
        struct text_chunk *texts = &run->texts[chunk];
        if (!is_null) pd_append_text(&texts->bytes, value.text);
        texts->ends[index % CHUNK_VALUES] = is_null ? UINT32_MAX : (uint32_t)texts->bytes.length;
    }
}

static void evaluate_codes(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                           struct pd_evaluator *evaluator)
{
    struct code_reader reader = { .column = run->domain.table->columns[run->domain.code_column] };
    reader.column.words = &reader.word;
    const struct pd_row_reader row = { read_code, &reader };
    for (size_t i = begin; i < end; i++) {
        reader.word = (uint32_t)i;
        store(run, chunk, i, pd_expression_evaluate(run->domain.expression, &row, evaluator));
        pd_evaluator_clear(evaluator);
    }
}

static void evaluate_records(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                             struct pd_evaluator *evaluator)
{
    struct pd_pair_reader reader = { .table = run->domain.table };
    const struct pd_row_reader row = pd_pair_row_reader(&reader);
    for (size_t i = begin; i < end; i++) {
        reader.left = (uint32_t)i;
        reader.right = (uint32_t)i;
        store(run, chunk, i, pd_expression_evaluate(run->domain.expression, &row, evaluator));
        pd_evaluator_clear(evaluator);
    }
}

static enum padan_status evaluate_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct derivation_run *run = context;
    (void)worker;
    const size_t begin = chunk * CHUNK_VALUES;
    const size_t end = begin + CHUNK_VALUES < run->domain.n_values ? begin + CHUNK_VALUES : run->domain.n_values;
    struct pd_evaluator evaluator = { 0 };
    if (run->texts != NULL) PD_TRY(pd_allocate(&run->texts[chunk].ends, CHUNK_VALUES, sizeof *run->texts->ends, error));
    if (run->domain.code_column >= 0)
        evaluate_codes(run, chunk, begin, end, &evaluator);
    else
        evaluate_records(run, chunk, begin, end, &evaluator);
    pd_evaluator_reset(&evaluator);
    return run->texts == NULL ? PADAN_OK : pd_buffer_status(&run->texts[chunk].bytes, error);
}

/* Numbers all derived texts in order; codes[i] = code of value i. */
static enum padan_status number_texts(const struct derivation_run *run, struct pd_dictionary *dictionary,
                                      uint32_t *codes, struct padan_error *error)
{
    uint32_t begin = 0;
    for (size_t i = 0; i < run->domain.n_values; i++) {
        const struct text_chunk *texts = &run->texts[i / CHUNK_VALUES];
        const uint32_t end = texts->ends[i % CHUNK_VALUES];
        if (i % CHUNK_VALUES == 0) begin = 0;
        codes[i] = 0;
        if (end == UINT32_MAX) continue;
        const struct pd_text text = { texts->bytes.data + begin, end - begin };
        PD_TRY(pd_dictionary_insert(dictionary, text, pd_hash_text(text), &codes[i], error));
        begin = end;
    }
    return PADAN_OK;
}

static void free_texts(struct derivation_run *run, size_t n_chunks)
{
    if (run->texts == NULL) return;
    for (size_t i = 0; i < n_chunks; i++) {
        pd_buffer_reset(&run->texts[i].bytes);
        pd_free(run->texts[i].ends);
    }
    pd_free(run->texts);
}

static enum pd_encoding encoding_of(enum pd_type type)
{
    if (type == PD_TYPE_TEXT) return PD_ENCODING_CODE;
    if (type == PD_TYPE_BOOL) return PD_ENCODING_SMALL;
    return type == PD_TYPE_DOUBLE ? PD_ENCODING_DOUBLE : PD_ENCODING_INT;
}

/* Value of the domain that a record has. */
static size_t value_of_record(const struct domain *domain, size_t record)
{
    if (domain->code_column < 0) return record;
    return ((const uint32_t *)domain->table->columns[domain->code_column].words)[record];
}

/* Copies results per value to words per record. */
static void spread(const struct derivation_run *run, const uint32_t *codes, struct pd_column *column, size_t n_records)
{
    for (size_t record = 0; record < n_records; record++) {
        const size_t value = value_of_record(&run->domain, record);
        switch (column->encoding) {
        case PD_ENCODING_CODE: ((uint32_t *)column->words)[record] = codes[value]; break;
        case PD_ENCODING_SMALL: ((uint8_t *)column->words)[record] = run->booleans[value]; break;
        case PD_ENCODING_DOUBLE: ((double *)column->words)[record] = run->reals[value]; break;
        case PD_ENCODING_INT: ((int64_t *)column->words)[record] = run->integers[value]; break;
        case PD_ENCODING_DIGITS: break;
        }
    }
}

/* Results of run as a new column called name. */
static enum padan_status add_column(struct pd_deriver *deriver, const struct derivation_run *run, struct pd_text name,
                                    int *index, struct padan_error *error)
{
    const struct pd_expression *expression = run->domain.expression;
    uint32_t *codes = NULL;
    struct pd_column *column = NULL;
    enum padan_status status =
        pd_table_add(deriver->table, name, expression->type, encoding_of(expression->type), &column, error);
    if (status == PADAN_OK && run->texts != NULL) {
        status = pd_allocate_array(&codes, run->domain.n_values, sizeof *codes, error);
        if (status == PADAN_OK) status = number_texts(run, column->dictionary, codes, error);
    }
    if (status == PADAN_OK) {
        spread(run, codes, column, deriver->table->n_records);
        *index = (int)(column - deriver->table->columns);
    }
    pd_free(codes);
    return status;
}

/* Room for the results of run, by the type of the expression. */
static enum padan_status prepare(struct derivation_run *run, size_t n_chunks, bool as_numbers,
                                 struct padan_error *error)
{
    const size_t n = run->domain.n_values;
    const enum pd_type type = run->domain.expression->type;
    if (as_numbers || type == PD_TYPE_DOUBLE) return pd_allocate_array(&run->reals, n, sizeof *run->reals, error);
    if (type == PD_TYPE_TEXT) return pd_allocate(&run->texts, n_chunks, sizeof *run->texts, error);
    if (type == PD_TYPE_BOOL) return pd_allocate_array(&run->booleans, n, sizeof *run->booleans, error);
    return pd_allocate_array(&run->integers, n, sizeof *run->integers, error);
}

static enum padan_status make_column(struct pd_deriver *deriver, const struct pd_expression *expression,
                                     struct pd_text name, int *column, struct padan_error *error)
{
    struct derivation_run run = { .domain = domain_of(deriver->table, expression) };
    const size_t n_chunks = (run.domain.n_values + CHUNK_VALUES - 1) / CHUNK_VALUES;
    enum padan_status status = prepare(&run, n_chunks, false, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, deriver->threads, evaluate_chunk, &run, error);
    if (status == PADAN_OK) status = add_column(deriver, &run, name, column, error);
    free_texts(&run, n_chunks);
    pd_free(run.reals);
    pd_free(run.integers);
    pd_free(run.booleans);
    return status;
}

/* The column that holds expression: one that an earlier deriver of the table made, or a new one. */
static enum padan_status find_or_make(struct pd_deriver *deriver, const struct pd_expression *expression, int *column,
                                      struct padan_error *error)
{
    struct pd_buffer printed = { 0 };
    pd_append_string(&printed, "= ");
    pd_expression_print(expression, &printed);
    const struct pd_text name = { printed.data, printed.length };
    enum padan_status status = pd_buffer_status(&printed, error);
    *column = status == PADAN_OK ? pd_table_find(deriver->table, name) : -1;
    if (status == PADAN_OK && *column < 0) status = make_column(deriver, expression, name, column, error);
    pd_buffer_reset(&printed);
    return status;
}

enum padan_status pd_derive(struct pd_deriver *deriver, const struct pd_expression *expression, int *column,
                            struct padan_error *error)
{
    if (expression->op == PD_OP_COLUMN) {
        *column = expression->column_index;
        return PADAN_OK;
    }
    for (size_t i = 0; i < deriver->n_derivations; i++) {
        if (!pd_expression_equal(deriver->derivations[i].expression, expression, false)) continue;
        *column = deriver->derivations[i].column;
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&deriver->derivations, &deriver->capacity, deriver->n_derivations + 1, sizeof *deriver->derivations,
                   error));
    PD_TRY(find_or_make(deriver, expression, column, error));
    deriver->derivations[deriver->n_derivations++] = (struct pd_derivation){ expression, *column };
    return PADAN_OK;
}

enum padan_status pd_derive_numbers(struct pd_deriver *deriver, const struct pd_expression *expression,
                                    struct pd_value_map *map, struct padan_error *error)
{
    struct derivation_run run = { .domain = domain_of(deriver->table, expression) };
    const size_t n_chunks = (run.domain.n_values + CHUNK_VALUES - 1) / CHUNK_VALUES;
    PD_TRY(prepare(&run, n_chunks, true, error));
    const enum padan_status status = pd_parallel_for(n_chunks, deriver->threads, evaluate_chunk, &run, error);
    if (status != PADAN_OK) {
        pd_free(run.reals);
        return status;
    }
    *map = (struct pd_value_map){ run.reals, run.domain.n_values, run.domain.code_column >= 0, run.domain.code_column };
    return PADAN_OK;
}
