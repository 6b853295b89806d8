/* SPDX-License-Identifier: MIT
 * Exploding: the elements of each distinct list are found once, entries per record are counted, then every column of
 * the rule is laid out over the entries, in parallel over records. Equal elements of a list count once: they could only
 * bring the same pairs together again. */
#include "model/exploded.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "model/columns.h"
#include "model/rule_words.h"

#include <math.h>
#include <stdio.h>

enum { CHUNK_RECORDS = 1 << 14 };

/* The distinct elements of every list of an array column, or the words of every record. */
struct lists {
    const struct pd_column *column; /* NULL: words */
    uint32_t *begins; /* [n_codes + 2] by code of the list, of which 0, NULL, has none; of words [n_records + 1] */
    uint64_t *words;  /* of elements: codes of texts, bits of numbers */
    size_t n_words, capacity;
    int to; /* column of the exploded table */
};

struct exploding {
    const struct pd_table *from;
    struct pd_exploded *to;
    struct lists *lists; /* [n_lists] */
    size_t n_lists;
    int from_column, to_column; /* the plain column at hand */
};

static size_t list_of(const struct lists *lists, size_t record)
{
    return lists->column == NULL ? record : (size_t)pd_column_word(lists->column, record);
}

static size_t list_length(const struct lists *lists, size_t record)
{
    const size_t list = list_of(lists, record);
    return lists->begins[list + 1] - lists->begins[list];
}

static size_t entries_of(const struct exploding *exploding, size_t record)
{
    size_t n = 1;
    for (size_t i = 0; i < exploding->n_lists; i++) n *= list_length(&exploding->lists[i], record);
    return n;
}

/* --- elements --- */

static enum padan_status element_word(const struct pd_column *to, const struct pd_value *element, uint64_t *word,
                                      struct padan_error *error)
{
    uint32_t code = 0;
    const double real = element->null ? (double)NAN : element->real;
    if (to->type == PD_TYPE_DOUBLE) {
        memcpy(word, &real, sizeof *word);
        return PADAN_OK;
    }
    if (!element->null)
        PD_TRY(pd_dictionary_insert(to->dictionary, element->text, pd_hash_text(element->text), &code, error));
    *word = code;
    return PADAN_OK;
}

static enum padan_status add_list(struct lists *lists, const struct pd_column *to, const struct pd_value *list,
                                  struct padan_error *error)
{
    const size_t begin = lists->n_words;
    PD_TRY(pd_grow(&lists->words, &lists->capacity, begin + list->list.n_items, sizeof *lists->words, error));
    for (size_t i = 0; i < list->list.n_items; i++) {
        uint64_t word = 0;
        size_t same = begin;
        PD_TRY(element_word(to, &list->list.items[i], &word, error));
        while (same < lists->n_words && lists->words[same] != word) same++;
        if (same == lists->n_words) lists->words[lists->n_words++] = word;
    }
    if (lists->n_words >= UINT32_MAX) PD_FAIL(error, PADAN_LIMIT, "an array to explode has more than 2^32 elements");
    return PADAN_OK;
}

/* The code of a list, as a column of one record. */
static enum padan_status add_code(struct lists *lists, const struct pd_column *to, uint32_t code,
                                  struct padan_error *error)
{
    struct pd_column one = *lists->column;
    struct pd_value items[PD_LIST_MAX];
    char scratch[24];
    one.words = &code;
    one.encoding = PD_ENCODING_CODE;
    const struct pd_value list = pd_column_value(&one, 0, scratch, items);
    return add_list(lists, to, &list, error);
}

static enum padan_status find_elements(struct lists *lists, const struct pd_column *to, struct padan_error *error)
{
    const uint32_t n_codes = lists->column->dictionary->n_entries;
    PD_TRY(pd_allocate(&lists->begins, (size_t)n_codes + 2, sizeof *lists->begins, error));
    for (uint32_t code = 1; code <= n_codes; code++) {
        PD_TRY(add_code(lists, to, code, error));
        lists->begins[code + 1] = (uint32_t)lists->n_words;
    }
    return PADAN_OK;
}

/* --- entries --- */

static enum padan_status count_entries(const struct exploding *exploding, const char *where, struct padan_error *error)
{
    const struct pd_table *from = exploding->from;
    struct pd_exploded *to = exploding->to;
    uint64_t n = 0;
    PD_TRY(pd_allocate(&to->begins, from->n_records + 1, sizeof *to->begins, error));
    for (size_t i = 0; i < from->n_records; i++) {
        n += entries_of(exploding, i);
        if (n >= UINT32_MAX - 1)
            PD_FAIL(error, PADAN_LIMIT, "%s: more than 2^32 combinations of array elements: explode fewer arrays",
                    where);
        to->begins[i + 1] = (uint32_t)n;
    }
    to->table.n_records = (size_t)n;
    return PADAN_OK;
}

static enum padan_status place_entries(const struct exploding *exploding, struct padan_error *error)
{
    const struct pd_table *from = exploding->from;
    struct pd_exploded *to = exploding->to;
    struct pd_table *table = &to->table;
    PD_TRY(pd_allocate(&to->record_of, table->n_records + 1, sizeof *to->record_of, error));
    PD_TRY(pd_allocate(&table->source_of, table->n_records + 1, sizeof *table->source_of, error));
    PD_TRY(pd_allocate(&table->sources, from->n_sources + 1, sizeof *table->sources, error));
    table->n_sources = from->n_sources;
    for (size_t i = 0; i < from->n_sources; i++)
        table->sources[i] = (struct pd_source){ .name = from->sources[i].name,
                                                .begin = to->begins[from->sources[i].begin],
                                                .end = to->begins[from->sources[i].end],
                                                .plain = from->sources[i].plain };
    for (size_t i = 0; i < from->n_records; i++)
        for (size_t entry = to->begins[i]; entry < to->begins[i + 1]; entry++) {
            to->record_of[entry] = (uint32_t)i;
            table->source_of[entry] = from->source_of[i];
        }
    return PADAN_OK;
}

static size_t end_of_chunk(const struct exploding *exploding, size_t chunk)
{
    const size_t end = (chunk + 1) * CHUNK_RECORDS;
    return end < exploding->from->n_records ? end : exploding->from->n_records;
}

static void write_word(const struct pd_column *to, size_t entry, uint64_t word)
{
    if (to->encoding == PD_ENCODING_CODE)
        ((uint32_t *)to->words)[entry] = (uint32_t)word;
    else
        ((uint64_t *)to->words)[entry] = word;
}

/* Elements of all arrays for the records of a chunk; the last array changes fastest. */
static enum padan_status write_elements(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct exploding *exploding = context;
    const struct pd_exploded *to = exploding->to;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(exploding, chunk); i++) {
        size_t n_behind = to->begins[i + 1] - to->begins[i];
        if (n_behind == 0) continue;
        for (size_t k = 0; k < exploding->n_lists; k++) {
            const struct lists *lists = &exploding->lists[k];
            const size_t length = list_length(lists, i);
            const uint64_t *words = lists->words + lists->begins[list_of(lists, i)];
            n_behind /= length;
            for (size_t entry = to->begins[i]; entry < to->begins[i + 1]; entry++)
                write_word(&to->table.columns[lists->to], entry, words[(entry - to->begins[i]) / n_behind % length]);
        }
    }
    return PADAN_OK;
}

static enum padan_status copy_words(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct exploding *exploding = context;
    const struct pd_exploded *to = exploding->to;
    const struct pd_column *column = &exploding->from->columns[exploding->from_column];
    const size_t width = pd_encoding_width(column->encoding);
    char *words = to->table.columns[exploding->to_column].words;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(exploding, chunk); i++)
        for (size_t entry = to->begins[i]; entry < to->begins[i + 1]; entry++)
            memcpy(words + entry * width, (const char *)column->words + i * width, width);
    return PADAN_OK;
}

/* --- the whole --- */

static enum padan_status add_array(struct exploding *exploding, struct pd_text name, const char *where,
                                   struct padan_error *error)
{
    struct lists *lists = &exploding->lists[exploding->n_lists];
    const int index = pd_table_find_identifier(exploding->from, name);
    if (index < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: arrays_to_explode names \"%.*s\", which is no column", where,
                PD_TEXT_ARGS(name));
    lists->column = &exploding->from->columns[index];
    const bool is_numbers = lists->column->type == PD_TYPE_DOUBLE_LIST;
    if (lists->column->type != PD_TYPE_TEXT_LIST && !is_numbers)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: arrays_to_explode names \"%.*s\", which holds no lists: declare it with --types %.*s=VARCHAR[]",
                where, PD_TEXT_ARGS(name), PD_TEXT_ARGS(name));
    struct pd_column *to = NULL;
    PD_TRY(pd_table_add_unset(&exploding->to->table, lists->column->name, is_numbers ? PD_TYPE_DOUBLE : PD_TYPE_TEXT,
                              is_numbers ? PD_ENCODING_DOUBLE : PD_ENCODING_CODE, &to, error));
    lists->to = (int)exploding->to->table.n_columns - 1;
    exploding->n_lists++;
    return find_elements(lists, to, error);
}

/* The words of a rule, as if they were an array. columns: of their texts. */
static enum padan_status add_words(struct exploding *exploding, const struct pd_blocking_rule *rule, const int *columns,
                                   const char *where, struct padan_error *error)
{
    const struct pd_text name = rule->words.name;
    struct lists *lists = &exploding->lists[exploding->n_lists];
    struct pd_word_lists found = { 0 };
    struct pd_column *to = NULL;
    if (rule->words.n_texts == 0) return PADAN_OK;
    if (pd_table_find(exploding->from, name) >= 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: padan_words are named \"%.*s\", as a column is: give another name",
                where, PD_TEXT_ARGS(name));
    PD_TRY(pd_table_add_unset(&exploding->to->table, name, PD_TYPE_TEXT, PD_ENCODING_CODE, &to, error));
    lists->to = (int)exploding->to->table.n_columns - 1;
    exploding->n_lists++;
    const enum padan_status status =
        pd_rule_words_find(&rule->words, exploding->from, columns, to->dictionary, &found, error);
    lists->begins = found.begins;
    lists->words = found.codes;
    return status;
}

/* Gives the array columns, which were added while the number of entries was not known, their room. */
static enum padan_status lay_out_arrays(struct exploding *exploding, int threads, struct padan_error *error)
{
    struct pd_table *table = &exploding->to->table;
    const size_t n_chunks = (exploding->from->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    for (size_t i = 0; i < exploding->n_lists; i++) {
        struct pd_column *column = &table->columns[exploding->lists[i].to];
        pd_free(column->words);
        column->words = NULL;
        PD_TRY(pd_allocate_array(&column->words, table->n_records, pd_encoding_width(column->encoding), error));
    }
    return pd_parallel_for(n_chunks, threads, write_elements, exploding, error);
}

static enum padan_status add_plain(struct exploding *exploding, struct pd_text name, int threads,
                                   struct padan_error *error)
{
    struct pd_table *table = &exploding->to->table;
    struct pd_column *to = NULL;
    exploding->from_column = pd_table_find_identifier(exploding->from, name);
    if (exploding->from_column < 0) return PADAN_OK; /* binding names what lacks */
    const struct pd_column *from = &exploding->from->columns[exploding->from_column];
    if (pd_table_find(table, from->name) >= 0) return PADAN_OK;
    PD_TRY(pd_table_add_unset(table, from->name, from->type, from->encoding, &to, error));
    if (to->owns_dictionary) pd_free(to->dictionary);
    to->dictionary = from->dictionary;
    to->numbers = from->numbers;
    to->n_numbers = from->n_numbers;
    to->owns_dictionary = false;
    exploding->to_column = (int)table->n_columns - 1;
    return pd_parallel_for((exploding->from->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS, threads, copy_words,
                           exploding, error);
}

static enum padan_status explode(struct exploding *exploding, const struct pd_blocking_rule *rule, const char *where,
                                 struct pd_deriver *deriver, struct padan_error *error)
{
    const int threads = deriver->threads;
    struct pd_exploded *to = exploding->to;
    struct pd_text *names = NULL;
    size_t n_names = 0;
    int *texts = NULL;
    PD_TRY(pd_allocate(&exploding->lists, rule->n_explode + 1, sizeof *exploding->lists, error));
    /* First: what it adds moves the columns of the table. */
    PD_TRY(pd_rule_words_columns(&rule->words, deriver, where, &texts, error));
    for (size_t i = 0; i < rule->n_explode; i++) PD_TRY(add_array(exploding, rule->explode[i], where, error));
    PD_TRY(add_words(exploding, rule, texts, where, error));
    to->words = rule->n_explode == 0 ? exploding->lists[0].to : -1;
    PD_TRY(count_entries(exploding, where, error));
    PD_TRY(place_entries(exploding, error));
    PD_TRY(lay_out_arrays(exploding, threads, error));
    PD_TRY(pd_rule_columns(rule, &to->table.arena, &names, &n_names, error));
    for (size_t i = 0; i < n_names; i++) PD_TRY(add_plain(exploding, names[i], threads, error));
    const struct pd_column_resolver resolver = pd_table_resolver(&to->table);
    for (size_t i = 0; i < rule->n_refine; i++) PD_TRY(pd_expression_bind(rule->refine[i], &resolver, where, error));
    return pd_expression_bind(rule->condition, &resolver, where, error);
}

enum padan_status pd_exploded_make(struct pd_exploded *exploded, struct pd_deriver *deriver,
                                   const struct pd_blocking_rule *rule, struct padan_error *error)
{
    const int threads = deriver->threads;
    struct exploding exploding = { .from = deriver->table, .to = exploded };
    char where[256];
    (void)snprintf(where, sizeof where, "blocking rule %.*s", rule->sql.length > 200 ? 200 : (int)rule->sql.length,
                   rule->sql.data);
    *exploded = (struct pd_exploded){ .deriver = { .table = &exploded->table, .threads = threads } };
    const enum padan_status status = explode(&exploding, rule, where, deriver, error);
    for (size_t i = 0; i < exploding.n_lists; i++) {
        pd_free(exploding.lists[i].begins);
        pd_free(exploding.lists[i].words);
    }
    pd_free(exploding.lists);
    if (status != PADAN_OK) pd_exploded_reset(exploded);
    return status;
}

void pd_exploded_reset(struct pd_exploded *exploded)
{
    pd_deriver_reset(&exploded->deriver);
    pd_table_reset(&exploded->table);
    pd_free(exploded->record_of);
    pd_free(exploded->begins);
    *exploded = (struct pd_exploded){ .record_of = NULL };
}
