/* SPDX-License-Identifier: MIT */
#include "evaluate/population.h"

#include "base/hash.h"
#include "base/memory.h"
#include "evaluate/warm.h"

enum { REPEATS_MAX = 1000000 };

int pd_id_column(const struct pd_row_file *file, const char *wanted)
{
    static const char *const names[] = { "unique_id", "rec_id", "record_id", "id", NULL };
    if (wanted != NULL && pd_row_file_find(file, wanted) >= 0) return pd_row_file_find(file, wanted);
    const int column = pd_row_file_find_any(file, names);
    return column >= 0 ? column : 0;
}

int pd_source_column(const struct pd_row_file *file, const char *wanted)
{
    return pd_row_file_find(file, wanted != NULL && pd_row_file_find(file, wanted) >= 0 ? wanted : "source_dataset");
}

int pd_entity_column(const struct pd_row_file *file)
{
    static const char *const names[] = { "entity_id", "cluster", "cluster_id", "true_id", "truth", "label", NULL };
    return pd_row_file_find_any(file, names);
}

enum padan_status pd_key_batch_fill(struct pd_key_batch *batch, const struct pd_population *population,
                                    const struct pd_row_file *file, size_t n_rows, size_t source_slot, size_t id_slot,
                                    struct padan_error *error)
{
    size_t n_bytes = 0;
    for (size_t i = 0; i < n_rows; i++)
        n_bytes += pd_row_field(file, i, source_slot).length + pd_row_field(file, i, id_slot).length + 1;
    pd_buffer_clear(&batch->bytes);
    char *to = pd_buffer_reserve(&batch->bytes, n_bytes + 1);
    PD_TRY(pd_buffer_status(&batch->bytes, error));
    for (size_t i = 0; i < n_rows; i++) {
        const struct pd_text source = pd_row_field(file, i, source_slot);
        const struct pd_text id = pd_row_field(file, i, id_slot);
        char *begin = to;
        if (population->by_source) {
            memcpy(to, source.data, source.length);
            to += source.length;
            *to++ = PD_KEY_SEPARATOR;
        }
        memcpy(to, id.data, id.length);
        to += id.length;
        batch->keys[i] = (struct pd_text){ begin, (size_t)(to - begin) };
        batch->hashes[i] = pd_hash_text(batch->keys[i]);
    }
    for (size_t i = 0; population->renames != NULL && i < n_rows; i++) {
        const struct pd_text known = pd_row_renamed(population->renames, batch->keys[i], batch->hashes[i]);
        if (known.data == batch->keys[i].data) continue;
        batch->keys[i] = known;
        batch->hashes[i] = pd_hash_text(known);
    }
    pd_dictionary_warm(&population->keys, batch->hashes, n_rows);
    return PADAN_OK;
}

uint32_t pd_population_row(const struct pd_population *population, struct pd_text key, uint64_t hash)
{
    const uint32_t code = pd_dictionary_find(&population->keys, key, hash);
    return code == 0 ? PD_NO_ROW : code - 1;
}

/* Codes of one column of the batch last read, 0 for empty fields. Runs of one text are looked up once. */
static enum padan_status codes_of(struct pd_dictionary *dictionary, const struct pd_row_file *file, size_t n_rows,
                                  size_t slot, uint32_t codes[PD_ROW_BATCH], struct padan_error *error)
{
    uint64_t hashes[PD_ROW_BATCH];
    for (size_t i = 0; i < n_rows; i++) hashes[i] = pd_hash_text(pd_row_field(file, i, slot));
    pd_dictionary_warm(dictionary, hashes, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        const struct pd_text text = pd_row_field(file, i, slot);
        codes[i] = 0;
        if (text.length == 0) continue;
        if (i > 0 && hashes[i] == hashes[i - 1] && pd_text_equal(text, pd_row_field(file, i - 1, slot)))
            codes[i] = codes[i - 1];
        else
            PD_TRY(pd_dictionary_insert(dictionary, text, hashes[i], &codes[i], error));
    }
    return PADAN_OK;
}

/* "E1;E12" in any punctuation -> bits 1 and 12. */
static uint64_t error_bits(struct pd_text text)
{
    uint64_t bits = 0;
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.data[i] != 'E' && text.data[i] != 'e') continue;
        unsigned number = 0;
        size_t at = i + 1;
        while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && number < 100)
            number = number * 10 + (unsigned)(text.data[at++] - '0');
        if (number >= 1 && number <= 63) bits |= UINT64_C(1) << number;
    }
    return bits;
}

static enum padan_status grow_rows(struct pd_population *population, struct padan_error *error)
{
    if (population->n_rows < population->capacity) return PADAN_OK;
    const size_t wanted = population->capacity * 2 + 1024;
    uint32_t **arrays[] = { &population->source,
                            &population->entity,
                            &population->cluster,
                            &population->household,
                            &population->household_cluster,
                            &population->group };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        size_t capacity = population->capacity;
        PD_TRY(pd_grow(arrays[i], &capacity, wanted, sizeof **arrays[i], error));
        memset(*arrays[i] + population->capacity, 0, (wanted - population->capacity) * sizeof **arrays[i]);
    }
    size_t capacity = population->capacity;
    PD_TRY(pd_grow(&population->errors, &capacity, wanted, sizeof *population->errors, error));
    population->capacity = wanted;
    return PADAN_OK;
}

/* Row number of a key that must be new; a key that was there gets "#2", "#3" ... */
static enum padan_status add_row(struct pd_population *population, struct pd_text key, uint64_t hash, uint32_t *row,
                                 struct padan_error *error)
{
    struct pd_buffer renamed = { 0 };
    enum padan_status status = PADAN_OK;
    uint32_t code = 0;
    for (uint32_t repeat = 2; status == PADAN_OK && repeat < REPEATS_MAX; repeat++) {
        status = pd_dictionary_insert(&population->keys, key, hash, &code, error);
        if (status != PADAN_OK || code > population->n_rows) break;
        pd_buffer_clear(&renamed);
        pd_append_text(&renamed, pd_dictionary_text(&population->keys, code));
        if (repeat > 2) { /* the key tried last ends in the previous number */
            while (renamed.length > 0 && renamed.data[renamed.length - 1] != '#') renamed.length--;
            if (renamed.length > 0) renamed.length--;
        }
        pd_append_format(&renamed, "#%u", repeat);
        status = pd_buffer_status(&renamed, error);
        key = (struct pd_text){ renamed.data, renamed.length };
        hash = pd_hash_text(key);
    }
    population->n_repeated += renamed.length > 0;
    pd_buffer_reset(&renamed);
    PD_TRY(status);
    PD_TRY(grow_rows(population, error));
    *row = (uint32_t)population->n_rows++;
    return PADAN_OK;
}

enum padan_status pd_population_name(struct pd_population *population, struct pd_text key, uint64_t hash, uint32_t *row,
                                     struct padan_error *error)
{
    *row = pd_population_row(population, key, hash);
    return *row == PD_NO_ROW ? add_row(population, key, hash, row, error) : PADAN_OK;
}

enum { TRUTH_SOURCE, TRUTH_ID, TRUTH_ENTITY, TRUTH_HOUSEHOLD, TRUTH_ERRORS, TRUTH_GROUP, TRUTH_COLUMNS };

static enum padan_status add_truth_rows(struct pd_population *population, const struct pd_row_file *file, size_t n_rows,
                                        const struct pd_key_batch *batch, struct padan_error *error)
{
    struct pd_dictionary *dictionaries[] = { &population->sources, &population->entities, &population->households,
                                             &population->groups };
    static const size_t slots[] = { TRUTH_SOURCE, TRUTH_ENTITY, TRUTH_HOUSEHOLD, TRUTH_GROUP };
    uint32_t codes[4][PD_ROW_BATCH];
    for (size_t k = 0; k < 4; k++) PD_TRY(codes_of(dictionaries[k], file, n_rows, slots[k], codes[k], error));
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = 0;
        if (codes[1][i] == 0) continue;
        PD_TRY(add_row(population, batch->keys[i], batch->hashes[i], &row, error));
        pd_labelled_rows_add(&population->labelled, pd_row_field(file, i, TRUTH_ID));
        population->source[row] = codes[0][i];
        population->entity[row] = codes[1][i];
        population->household[row] = codes[2][i];
        population->group[row] = codes[3][i];
        population->errors[row] = error_bits(pd_row_field(file, i, TRUTH_ERRORS));
    }
    return PADAN_OK;
}

typedef enum padan_status add_rows(struct pd_population *population, const struct pd_row_file *file, size_t n_rows,
                                   const struct pd_key_batch *batch, struct padan_error *error);

/* Reads a file to its end; slots: of the source and the id that make the keys. */
static enum padan_status read_batches(struct pd_population *population, struct pd_row_file *file, const size_t slots[2],
                                      add_rows *add, struct padan_error *error)
{
    struct pd_key_batch batch = { .bytes = { 0 } };
    size_t n_rows = 0;
    enum padan_status status = PADAN_OK;
    do {
        status = pd_row_file_next(file, &n_rows, error);
        if (status == PADAN_OK) status = pd_key_batch_fill(&batch, population, file, n_rows, slots[0], slots[1], error);
        if (status == PADAN_OK) status = add(population, file, n_rows, &batch, error);
    } while (status == PADAN_OK && n_rows > 0);
    pd_buffer_reset(&batch.bytes);
    return status;
}

static enum padan_status find_truth_columns(const struct pd_row_file *file, const struct pd_truth_columns *wanted,
                                            int columns[TRUTH_COLUMNS], struct padan_error *error)
{
    columns[TRUTH_SOURCE] = pd_source_column(file, wanted->source);
    columns[TRUTH_ID] = pd_id_column(file, wanted->unique_id);
    columns[TRUTH_ENTITY] = wanted->label != NULL ? pd_row_file_find(file, wanted->label) : -1;
    if (columns[TRUTH_ENTITY] < 0) columns[TRUTH_ENTITY] = pd_entity_column(file); /* the clusters' */
    columns[TRUTH_HOUSEHOLD] = pd_row_file_find(file, "household_id");
    columns[TRUTH_ERRORS] = pd_row_file_find(file, "errors");
    columns[TRUTH_GROUP] = wanted->group != NULL ? pd_row_file_find(file, wanted->group) : -1;
    if (columns[TRUTH_ENTITY] < 0)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s has no column %s: a truth file is source_dataset,unique_id,entity_id or <id>,entity_id", file->path,
                wanted->label != NULL ? wanted->label : "entity_id");
    for (int i = 0; i < TRUTH_GROUP; i++)
        if (columns[i] >= 0 && columns[i] == columns[TRUTH_GROUP])
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--by %s names a column that evaluation already reads: choose another",
                    wanted->group);
    return PADAN_OK;
}

static enum padan_status read_truth_rows(struct pd_population *population, struct pd_row_file *file,
                                         const struct pd_truth_columns *wanted, struct padan_error *error)
{
    int columns[TRUTH_COLUMNS];
    PD_TRY(find_truth_columns(file, wanted, columns, error));
    PD_TRY(pd_row_file_select(file, columns, TRUTH_COLUMNS, error));
    population->has_households = columns[TRUTH_HOUSEHOLD] >= 0;
    population->has_errors = columns[TRUTH_ERRORS] >= 0;
    population->has_groups = columns[TRUTH_GROUP] >= 0;
    return read_batches(population, file, (const size_t[2]){ TRUTH_SOURCE, TRUTH_ID }, add_truth_rows, error);
}

enum padan_status pd_population_read_truth(struct pd_population *population, const char *path,
                                           const struct pd_truth_columns *columns, struct padan_error *error)
{
    struct pd_row_file file;
    PD_TRY(pd_row_file_open(&file, path, error));
    enum padan_status status = read_truth_rows(population, &file, columns, error);
    pd_row_file_reset(&file);
    PD_TRY(status);
    if (population->n_rows == 0) PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no row with an entity", path);
    return PADAN_OK;
}

enum padan_status pd_population_put_in_group(struct pd_population *population, struct pd_text source, struct pd_text id,
                                             struct pd_text group, struct padan_error *error)
{
    struct pd_buffer key = { 0 };
    if (population->by_source) {
        pd_append_text(&key, source);
        pd_append_byte(&key, PD_KEY_SEPARATOR);
    }
    pd_append_text(&key, id);
    enum padan_status status = pd_buffer_status(&key, error);
    const struct pd_text text = { key.data, key.length };
    const uint32_t row = status == PADAN_OK ? pd_population_row(population, text, pd_hash_text(text)) : PD_NO_ROW;
    if (row != PD_NO_ROW && group.length > 0)
        status = pd_dictionary_insert(&population->groups, group, pd_hash_text(group), &population->group[row], error);
    population->has_groups = true;
    pd_buffer_reset(&key);
    return status;
}

enum { CLUSTER_SOURCE, CLUSTER_ID, CLUSTER_CLUSTER, CLUSTER_HOUSEHOLD, CLUSTER_COLUMNS };

static enum padan_status add_cluster_rows(struct pd_population *population, const struct pd_row_file *file,
                                          size_t n_rows, const struct pd_key_batch *batch, struct padan_error *error)
{
    struct pd_dictionary *dictionaries[] = { &population->sources, &population->clusters,
                                             &population->household_clusters };
    static const size_t slots[] = { CLUSTER_SOURCE, CLUSTER_CLUSTER, CLUSTER_HOUSEHOLD };
    uint32_t codes[3][PD_ROW_BATCH];
    for (size_t k = 0; k < 3; k++) PD_TRY(codes_of(dictionaries[k], file, n_rows, slots[k], codes[k], error));
    for (size_t i = 0; i < n_rows; i++) {
        const uint32_t row = pd_population_row(population, batch->keys[i], batch->hashes[i]);
        if (row == PD_NO_ROW) {
            population->n_unknown++;
            continue;
        }
        if (population->cluster[row] != 0)
            PD_FAIL(error, PADAN_BAD_INPUT,
                    "%s: an id comes twice near row %llu: ids must be unique, or both files need source_dataset",
                    file->path, (unsigned long long)file->n_rows);
        if (population->source[row] == 0) population->source[row] = codes[0][i];
        population->cluster[row] = codes[1][i];
        population->household_cluster[row] = codes[2][i];
    }
    return PADAN_OK;
}

/* The usual names first: a name that the command gives may be the truth's. */
static int cluster_column(const struct pd_row_file *file, const struct pd_truth_columns *wanted)
{
    static const char *const clusters[] = { "cluster_id", "cluster id", "cluster", "entity_id",
                                            "group_id",   "component",  NULL };
    const int column = pd_row_file_find_any(file, clusters);
    return column < 0 && wanted->label != NULL ? pd_row_file_find(file, wanted->label) : column;
}

static enum padan_status read_cluster_rows(struct pd_population *population, struct pd_row_file *file,
                                           const struct pd_truth_columns *wanted, struct padan_error *error)
{
    const int columns[CLUSTER_COLUMNS] = { pd_source_column(file, wanted->source),
                                           pd_id_column(file, wanted->unique_id), cluster_column(file, wanted),
                                           pd_row_file_find(file, "household_cluster_id") };
    if (columns[CLUSTER_CLUSTER] < 0)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s has no column cluster_id: clusters are [source_dataset,]unique_id,cluster_id; name other columns "
                "with --unique-id and --label-column",
                file->path);
    population->has_household_clusters = columns[CLUSTER_HOUSEHOLD] >= 0;
    PD_TRY(pd_row_file_select(file, columns, CLUSTER_COLUMNS, error));
    return read_batches(population, file, (const size_t[2]){ CLUSTER_SOURCE, CLUSTER_ID }, add_cluster_rows, error);
}

enum padan_status pd_population_read_clusters(struct pd_population *population, const char *path,
                                              const struct pd_truth_columns *columns, struct padan_error *error)
{
    struct pd_row_file file;
    PD_TRY(pd_row_file_open(&file, path, error));
    enum padan_status status = read_cluster_rows(population, &file, columns, error);
    const uint64_t n_rows = file.n_rows;
    pd_row_file_reset(&file);
    PD_TRY(status);
    if (n_rows == 0) PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no rows", path);
    if (population->n_unknown == n_rows)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no row of %s is in the truth: compare source_dataset and unique_id of both (ids such as people.csv:2 "
                "are places in a file: name its column of ids by --unique-id when it is linked)",
                path);
    return PADAN_OK;
}

void pd_population_complete(struct pd_population *population)
{
    uint32_t cluster = population->clusters.n_entries;
    uint32_t household = population->household_clusters.n_entries;
    uint32_t n_sources = 0;
    for (size_t row = 0; row < population->n_rows; row++)
        if (population->cluster[row] > cluster) cluster = population->cluster[row];
    for (size_t row = 0; row < population->n_rows; row++) {
        if (population->cluster[row] == 0) {
            population->cluster[row] = ++cluster;
            population->n_without_cluster++;
        }
        if (population->household_cluster[row] == 0) population->household_cluster[row] = ++household;
        if (population->source[row] == 0) population->source[row] = population->sources.n_entries + 1;
        if (population->source[row] > n_sources) n_sources = population->source[row];
    }
    population->n_sources = n_sources;
    population->n_clusters = cluster;
    population->n_household_clusters = household;
}

struct pd_text pd_population_source(const struct pd_population *population, uint32_t code)
{
    if (code == 0 || code > population->sources.n_entries) return PD_TEXT("");
    return pd_dictionary_text(&population->sources, code);
}

struct pd_text pd_population_id(const struct pd_population *population, size_t row)
{
    const struct pd_text key = pd_dictionary_text(&population->keys, (uint32_t)row + 1);
    if (!population->by_source) return key;
    const char *separator = memchr(key.data, PD_KEY_SEPARATOR, key.length);
    return pd_text_slice(key, separator == NULL ? 0 : (size_t)(separator - key.data) + 1, key.length);
}

void pd_population_reset(struct pd_population *population)
{
    struct pd_dictionary *dictionaries[] = { &population->keys,       &population->sources,
                                             &population->entities,   &population->clusters,
                                             &population->households, &population->household_clusters,
                                             &population->groups };
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++) pd_dictionary_reset(dictionaries[i]);
    pd_free(population->source);
    pd_free(population->entity);
    pd_free(population->cluster);
    pd_free(population->household);
    pd_free(population->household_cluster);
    pd_free(population->group);
    pd_free(population->errors);
    *population = (struct pd_population){ 0 };
}
