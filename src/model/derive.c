/* SPDX-License-Identifier: MIT
 * Evaluates one-sided expressions over a table.
 * A derivation runs in chunks of a fixed number of values; every chunk writes its own results (numbers in place, texts
 * into a dictionary of its own), and texts are numbered afterwards in chunk order, so codes do not depend on threads.
 * Most expressions are calls on one text column (expression/chain.h); the rest is left to the interpreter. */
#include "model/derive.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "expression/chain.h"
#include "table/by_code.h"
#include "table/narrow.h"
#include "table/short_texts.h"

#include <math.h>

enum { CHUNK_VALUES = 16384, CLEARED_AFTER = 64 };

/* What is evaluated: expression over every value of a column (index 0 is NULL), or over every record. */
struct domain {
    const struct pd_table *table;
    const struct pd_expression *expression;
    enum pd_values_key key;
    int read;   /* the only column that is read, or < 0 */
    int column; /* by code or number */
    int64_t base;
    size_t n_values;
};

/* Texts of a chunk, numbered among themselves: derived texts are few (prefixes, years), so that little is left to do in
 * order. */
struct text_chunk {
    struct pd_dictionary texts;
    struct pd_short_texts short_texts; /* of them */
};

struct derivation_run {
    struct domain domain;
    bool is_chain;
    struct pd_chain chain;    /* when it is one; copied by every chunk */
    struct text_chunk *texts; /* [n_chunks], texts only */
    uint32_t *codes;          /* [n_values] of texts: first those of their chunk, then the dictionary's; 0 = NULL */
    double *reals;
    int64_t *integers;
    uint8_t *booleans;
    struct pd_column few; /* in the place of integers, where they are few: by value, of NUMBER encoding */
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

/* Numbers that lie so close together that there are fewer places than records. */
static bool fit_numbers(const struct pd_column *column, size_t n_records, struct domain *domain)
{
    int64_t least = 0, most = 0;
    if (!pd_column_range(column, n_records, &least, &most) || (uint64_t)most - (uint64_t)least >= n_records / 2)
        return false;
    domain->key = PD_VALUES_BY_NUMBER;
    domain->base = least;
    domain->n_values = (size_t)((uint64_t)most - (uint64_t)least) + 2;
    return true;
}

static struct domain domain_of(const struct pd_table *table, const struct pd_expression *expression)
{
    const int index = single_column(expression, -1);
    struct domain domain = { .table = table,
                             .expression = expression,
                             .key = PD_VALUES_BY_RECORD,
                             .read = index,
                             .column = -1,
                             .n_values = table->n_records };
    if (index < 0) return domain;
    const struct pd_column *column = &table->columns[index];
    if (pd_encoding_is_own_code(column->encoding)) {
        domain.key = PD_VALUES_BY_CODE;
        domain.n_values = (size_t)column->dictionary->n_entries + 1;
    } else if (!pd_encoding_is_integer(column->encoding) || !fit_numbers(column, table->n_records, &domain)) {
        return domain;
    }
    domain.column = index;
    return domain;
}

/* Reads a value of the domain as if it were a record: a one-record view of the column. */
struct value_reader {
    struct pd_column column;
    uint32_t code;
    int64_t number;
    struct pd_value items[PD_LIST_MAX];
};

static struct pd_value read_domain(void *context, unsigned side, int column_index)
{
    struct value_reader *reader = context;
    (void)side;
    (void)column_index;
    return pd_column_value(&reader->column, 0, NULL, reader->items);
}

/* The code of a text among those of its chunk. */
static enum padan_status number_text(struct text_chunk *chunk, struct pd_text text, uint32_t *code,
                                     struct padan_error *error)
{
    struct pd_short_texts *known = &chunk->short_texts;
    const bool is_short = pd_text_is_short(text.length);
    if (is_short && known->n > 0) {
        const struct pd_short_slot key = pd_short_key(text.data, text.length);
        *code = pd_short_find(known, &key, pd_short_place(known, &key));
        if (*code > 0) return PADAN_OK;
    }
    PD_TRY(pd_dictionary_insert(&chunk->texts, text, pd_hash_text(text), code, error));
    return is_short ? pd_short_texts_add(known, text, *code, error) : PADAN_OK;
}

static enum padan_status store(struct derivation_run *run, size_t chunk, size_t index, struct pd_value value,
                               struct padan_error *error)
{
    const bool is_null = value.null || value.type == PD_TYPE_NULL;
    if (run->reals != NULL) {
        const double number = value.type == PD_TYPE_DOUBLE ? value.real : (double)value.integer;
        run->reals[index] = is_null ? NAN : number + 0.0; /* -0.0 becomes 0.0: words of equal numbers are equal */
    } else if (run->integers != NULL) {
        run->integers[index] = is_null ? PD_NULL_INT : value.integer;
    } else if (run->booleans != NULL) {
        run->booleans[index] = is_null ? 255 : value.boolean;
    } else if (!is_null) {
        struct text_chunk *texts = &run->texts[chunk];
        return number_text(texts, value.text, &run->codes[index], error);
    }
    return PADAN_OK;
}

static enum padan_status evaluate_values(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                                         struct pd_evaluator *evaluator, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    const struct domain *domain = &run->domain;
    struct value_reader reader = { .column = domain->table->columns[domain->column] };
    reader.column.words = domain->key == PD_VALUES_BY_CODE ? (void *)&reader.code : (void *)&reader.number;
    reader.column.encoding = domain->key == PD_VALUES_BY_NUMBER ? PD_ENCODING_INT : PD_ENCODING_CODE;
    const struct pd_row_reader row = { read_domain, &reader };
    for (size_t i = begin; i < end && status == PADAN_OK; i++) {
        reader.code = (uint32_t)i;
        reader.number = i == 0 ? PD_NULL_INT : domain->base + (int64_t)i - 1;
        status = store(run, chunk, i, pd_expression_evaluate(domain->expression, &row, evaluator), error);
        pd_evaluator_clear(evaluator);
    }
    return status;
}

static enum padan_status evaluate_records(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                                          struct pd_evaluator *evaluator, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    struct pd_pair_reader reader = { .table = run->domain.table };
    const struct pd_row_reader row = pd_pair_row_reader(&reader);
    for (size_t i = begin; i < end && status == PADAN_OK; i++) {
        reader.left = (uint32_t)i;
        reader.right = (uint32_t)i;
        status = store(run, chunk, i, pd_expression_evaluate(run->domain.expression, &row, evaluator), error);
        pd_evaluator_clear(evaluator);
    }
    return status;
}

/* The same of a chain: the values are texts of one column. */
static enum padan_status evaluate_chain(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                                        struct pd_evaluator *evaluator, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    const struct domain *domain = &run->domain;
    const struct pd_column *column = &domain->table->columns[domain->read];
    struct pd_chain chain = run->chain;
    char scratch[24];
    for (size_t i = begin; i < end && status == PADAN_OK; i++) {
        const struct pd_text text = domain->key == PD_VALUES_BY_CODE
                                        ? pd_dictionary_text(column->dictionary, (uint32_t)i)
                                        : pd_column_text(column, i, scratch);
        const struct pd_value value = { .type = PD_TYPE_TEXT, .null = text.data == NULL, .text = text };
        status = store(run, chunk, i, pd_chain_evaluate(&chain, value, evaluator), error);
        if (i % CLEARED_AFTER == 0) pd_evaluator_clear(evaluator);
    }
    return status;
}

/* The same of a chain that cuts its texts: they come from the dictionary side by side, and nothing is wrapped. */
static enum padan_status evaluate_slices(struct derivation_run *run, size_t chunk, size_t begin, size_t end,
                                         struct padan_error *error)
{
    const struct domain *domain = &run->domain;
    const struct pd_column *column = &domain->table->columns[domain->read];
    struct text_chunk *texts = &run->texts[chunk];
    char scratch[24];
    for (size_t i = begin; i < end; i++) {
        const struct pd_text text = domain->key == PD_VALUES_BY_CODE
                                        ? pd_dictionary_text(column->dictionary, (uint32_t)i)
                                        : pd_column_text(column, i, scratch);
        if (text.data == NULL) continue;
        PD_TRY(number_text(texts, pd_chain_cut(&run->chain, text), &run->codes[i], error));
    }
    return PADAN_OK;
}

/* What only finds texts is memory for the next chunk: it need not be new to the system. */
static void stop_looking(struct text_chunk *texts)
{
    pd_short_texts_reset(&texts->short_texts);
    pd_dictionary_trim(&texts->texts);
}

static enum padan_status evaluate_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct derivation_run *run = context;
    (void)worker;
    const size_t begin = chunk * CHUNK_VALUES;
    const size_t end = begin + CHUNK_VALUES < run->domain.n_values ? begin + CHUNK_VALUES : run->domain.n_values;
    struct pd_evaluator evaluator = { 0 };
    enum padan_status status = PADAN_OK;
    if (run->codes != NULL) memset(run->codes + begin, 0, (end - begin) * sizeof *run->codes);
    if (run->is_chain && run->chain.slice != PD_CHAIN_NO_SLICE && run->texts != NULL)
        status = evaluate_slices(run, chunk, begin, end, error);
    else if (run->is_chain)
        status = evaluate_chain(run, chunk, begin, end, &evaluator, error);
    else if (run->domain.key != PD_VALUES_BY_RECORD)
        status = evaluate_values(run, chunk, begin, end, &evaluator, error);
    else
        status = evaluate_records(run, chunk, begin, end, &evaluator, error);
    pd_evaluator_reset(&evaluator);
    if (run->texts != NULL) stop_looking(&run->texts[chunk]);
    return status;
}

/* Numbers all derived texts in order of first appearance: codes of chunks become those of the dictionary. */
static enum padan_status number_texts(const struct derivation_run *run, struct pd_dictionary *dictionary,
                                      struct padan_error *error)
{
    uint32_t *shared = NULL;
    enum padan_status status = pd_allocate(&shared, CHUNK_VALUES + 1, sizeof *shared, error);
    for (size_t begin = 0; begin < run->domain.n_values && status == PADAN_OK; begin += CHUNK_VALUES) {
        const struct text_chunk *chunk = &run->texts[begin / CHUNK_VALUES];
        const size_t left = run->domain.n_values - begin;
        for (uint32_t code = 1; code <= chunk->texts.n_entries && status == PADAN_OK; code++) {
            const struct pd_text text = pd_dictionary_text(&chunk->texts, code);
            status = pd_dictionary_insert(dictionary, text, pd_hash_text(text), &shared[code], error);
        }
        for (size_t i = 0; i < left && i < CHUNK_VALUES; i++) run->codes[begin + i] = shared[run->codes[begin + i]];
    }
    pd_free(shared);
    return status;
}

static void free_texts(struct derivation_run *run, size_t n_chunks)
{
    if (run->texts == NULL) return;
    for (size_t i = 0; i < n_chunks; i++) {
        pd_dictionary_reset(&run->texts[i].texts);
        pd_short_texts_reset(&run->texts[i].short_texts);
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
    if (domain->key == PD_VALUES_BY_RECORD) return record;
    return pd_values_index(domain->key, domain->base, pd_column_word(&domain->table->columns[domain->column], record));
}

struct spreading {
    const struct derivation_run *run;
    struct pd_column *column;
    size_t n_records;
};

/* Values are told by codes as they stand in a column. */
static bool is_code(const struct domain *domain)
{
    return domain->key == PD_VALUES_BY_CODE && pd_encoding_is_own_code(domain->table->columns[domain->column].encoding);
}

/* Texts of texts, which is what keys mostly are. */
static void spread_codes(const uint32_t *codes, const struct pd_column *values, size_t begin, size_t end, uint32_t *out)
{
    for (size_t record = begin; record < end; record++) out[record] = codes[pd_column_held_code(values, record)];
}

/* The same of numbers of which there are few. */
static void spread_few(const struct pd_column *few, const struct pd_column *values, size_t begin, size_t end, void *out)
{
    for (size_t record = begin; record < end; record++) {
        const uint32_t number = pd_column_number_code(few, pd_column_held_code(values, record));
        if (few->encoding == PD_ENCODING_NUMBER8)
            ((uint8_t *)out)[record] = (uint8_t)number;
        else if (few->encoding == PD_ENCODING_NUMBER16)
            ((uint16_t *)out)[record] = (uint16_t)number;
        else
            ((uint32_t *)out)[record] = number;
    }
}

/* Copies results per value to words per record. */
static enum padan_status spread(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct spreading *spreading = context;
    const struct derivation_run *run = spreading->run;
    const struct pd_column *column = spreading->column;
    const size_t begin = chunk * CHUNK_VALUES;
    const size_t end = spreading->n_records - begin < CHUNK_VALUES ? spreading->n_records : begin + CHUNK_VALUES;
    (void)worker, (void)error;
    if (column->encoding == PD_ENCODING_CODE && is_code(&run->domain)) {
        spread_codes(run->codes, &run->domain.table->columns[run->domain.column], begin, end, column->words);
        return PADAN_OK;
    }
    if (pd_encoding_is_number(column->encoding)) {
        spread_few(&run->few, &run->domain.table->columns[run->domain.column], begin, end, column->words);
        return PADAN_OK;
    }
    for (size_t record = begin; record < end; record++) {
        const size_t value = value_of_record(&run->domain, record);
        switch (column->encoding) {
        case PD_ENCODING_CODE: ((uint32_t *)column->words)[record] = run->codes[value]; break;
        case PD_ENCODING_SMALL: ((uint8_t *)column->words)[record] = run->booleans[value]; break;
        case PD_ENCODING_DOUBLE: ((double *)column->words)[record] = run->reals[value]; break;
        case PD_ENCODING_INT: ((int64_t *)column->words)[record] = run->integers[value]; break;
        case PD_ENCODING_CODE8:
        case PD_ENCODING_CODE16:
        case PD_ENCODING_BY_CODE:
        case PD_ENCODING_BY_CODE8:
        case PD_ENCODING_BY_CODE16:
        case PD_ENCODING_INT32:
        case PD_ENCODING_NUMBER8:
        case PD_ENCODING_NUMBER16:
        case PD_ENCODING_NUMBER32:
        case PD_ENCODING_LIKE:
        case PD_ENCODING_DIGITS: break; /* never made here */
        }
    }
    return PADAN_OK;
}

/* Results per value become the column: as they are where that is asked for, else a word for every record. */
static enum padan_status set_words(const struct pd_deriver *deriver, struct derivation_run *run,
                                   struct pd_column *column, struct padan_error *error)
{
    const size_t n_records = deriver->table->n_records;
    if (deriver->by_code && run->codes != NULL && is_code(&run->domain)) {
        const struct pd_column *of = &deriver->table->columns[run->domain.column];
        if (pd_column_is_worth_by_code(of, n_records)) {
            pd_column_make_by_code(column, of, run->codes);
            run->codes = NULL;
            return PADAN_OK;
        }
    }
    struct spreading spreading = { run, column, n_records };
    return pd_parallel_for((n_records + CHUNK_VALUES - 1) / CHUNK_VALUES, deriver->threads, spread, &spreading, error);
}

/* Numbers that follow from few texts are few themselves, such as days from dates: a code of one or two bytes a record
 * instead of eight. */
static enum padan_status find_few(struct derivation_run *run, size_t n_records, struct padan_error *error)
{
    const struct domain *domain = &run->domain;
    if (run->integers == NULL || !is_code(domain)) return PADAN_OK;
    if (!pd_column_is_worth_by_code(&domain->table->columns[domain->column], n_records)) return PADAN_OK;
    struct pd_column few = { .encoding = PD_ENCODING_INT, .words = run->integers };
    PD_TRY(pd_column_narrow_numbers(&few, domain->n_values, error));
    if (few.encoding == PD_ENCODING_INT) return PADAN_OK;
    run->few = few;
    run->integers = NULL;
    return PADAN_OK;
}

/* Numbers that codes are of go with the column. */
static void take_numbers(struct pd_column *few, struct pd_column *column)
{
    column->numbers = few->numbers;
    column->n_numbers = few->n_numbers;
    column->owns_dictionary = true;
    few->numbers = NULL;
}

/* Results of run as a new column called name. */
static enum padan_status add_column(struct pd_deriver *deriver, struct derivation_run *run, struct pd_text name,
                                    int *index, struct padan_error *error)
{
    const enum pd_type type = run->domain.expression->type;
    const bool are_few = run->few.words != NULL;
    struct pd_column *column = NULL;
    enum padan_status status =
        pd_table_add_unset(deriver->table, name, type, are_few ? run->few.encoding : encoding_of(type), &column, error);
    if (status == PADAN_OK && are_few) take_numbers(&run->few, column);
    if (status == PADAN_OK && run->texts != NULL) status = number_texts(run, column->dictionary, error);
    if (status == PADAN_OK) {
        status = set_words(deriver, run, column, error);
        *index = (int)(column - deriver->table->columns);
    }
    return status;
}

/* Room for the results of run, by the type of the expression. */
static enum padan_status prepare(struct derivation_run *run, size_t n_chunks, bool as_numbers,
                                 struct padan_error *error)
{
    const size_t n = run->domain.n_values;
    const enum pd_type type = run->domain.expression->type;
    if (as_numbers || type == PD_TYPE_DOUBLE) return pd_allocate_array(&run->reals, n, sizeof *run->reals, error);
    if (type == PD_TYPE_TEXT) {
        PD_TRY(pd_allocate_array(&run->codes, n, sizeof *run->codes, error));
        return pd_allocate(&run->texts, n_chunks, sizeof *run->texts, error);
    }
    if (type == PD_TYPE_BOOL) return pd_allocate_array(&run->booleans, n, sizeof *run->booleans, error);
    return pd_allocate_array(&run->integers, n, sizeof *run->integers, error);
}

static enum padan_status make_column(struct pd_deriver *deriver, const struct pd_expression *expression,
                                     struct pd_text name, int *column, struct padan_error *error)
{
    struct derivation_run run = { .domain = domain_of(deriver->table, expression) };
    const size_t n_chunks = (run.domain.n_values + CHUNK_VALUES - 1) / CHUNK_VALUES;
    run.is_chain = pd_chain_make(expression, &run.chain);
    enum padan_status status = prepare(&run, n_chunks, false, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, deriver->threads, evaluate_chunk, &run, error);
    if (status == PADAN_OK) status = find_few(&run, deriver->table->n_records, error);
    if (status == PADAN_OK) status = add_column(deriver, &run, name, column, error);
    free_texts(&run, n_chunks);
    pd_free(run.codes);
    pd_free(run.few.words);
    pd_free(run.few.numbers);
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

static enum padan_status derive(struct pd_deriver *deriver, const struct pd_expression *expression, int *column,
                                struct padan_error *error)
{
    if (expression->op == PD_OP_COLUMN) {
        *column = expression->column_index;
        return PADAN_OK;
    }
    for (size_t i = 0; i < deriver->n_derivations; i++) {
        struct pd_derivation *known = &deriver->derivations[i];
        if (known->column < 0 || !pd_expression_equal(known->expression, expression, false)) continue;
        *column = known->column;
        known->n_uses++;
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&deriver->derivations, &deriver->capacity, deriver->n_derivations + 1, sizeof *deriver->derivations,
                   error));
    const size_t n_columns = deriver->table->n_columns;
    PD_TRY(find_or_make(deriver, expression, column, error));
    deriver->derivations[deriver->n_derivations++] = (struct pd_derivation){
        .expression = expression, .column = *column, .made = deriver->table->n_columns > n_columns
    };
    return PADAN_OK;
}

enum padan_status pd_derive(struct pd_deriver *deriver, const struct pd_expression *expression, int *column,
                            struct padan_error *error)
{
    struct pd_table *table = deriver->table;
    PD_TRY(derive(deriver, expression, column, error));
    if (deriver->by_code) return PADAN_OK;
    return pd_column_write_out(&table->columns[*column], table->n_records, deriver->threads, error);
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
    *map = (struct pd_value_map){ run.reals, run.domain.n_values, run.domain.key, run.domain.column, run.domain.base };
    return PADAN_OK;
}
