/* SPDX-License-Identifier: MIT */
#include "evaluate/difference.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "evaluate/order.h"
#include "evaluate/pair_file.h"

static enum padan_status grow_rows(struct pd_difference *difference, struct padan_error *error)
{
    const size_t n_entries = difference->keys.n_entries;
    difference->n_rows = n_entries;
    if (n_entries <= difference->capacity) return PADAN_OK;
    const size_t wanted = difference->capacity * 2 + n_entries;
    uint32_t **arrays[] = { &difference->cluster[0], &difference->cluster[1],  &difference->class[0],
                            &difference -> class[1], &difference -> status[0], &difference -> status[1] };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        size_t capacity = difference->capacity;
        PD_TRY(pd_grow(arrays[i], &capacity, wanted, sizeof **arrays[i], error));
        memset(*arrays[i] + difference->capacity, 0, (wanted - difference->capacity) * sizeof **arrays[i]);
    }
    difference->capacity = wanted;
    return PADAN_OK;
}

/* Row of a key, added when it is new. */
static enum padan_status row_of(struct pd_difference *difference, const struct pd_key_batch *batch, size_t i,
                                uint32_t *row, struct padan_error *error)
{
    uint32_t code = 0;
    PD_TRY(pd_dictionary_insert(&difference->keys, batch->keys[i], batch->hashes[i], &code, error));
    *row = code - 1;
    return code > difference->n_rows ? grow_rows(difference, error) : PADAN_OK;
}

static enum padan_status code_of(struct pd_dictionary *dictionary, struct pd_text text, uint32_t *code,
                                 struct padan_error *error)
{
    return pd_dictionary_insert(dictionary, text, pd_hash_text(text), code, error);
}

enum { ROW_SOURCE, ROW_ID, ROW_CLUSTER, ROW_COLUMNS };
enum { RESULT_SOURCE, RESULT_ID, RESULT_CLASS, RESULT_STATUS, RESULT_COLUMNS };

/* What to do with every row of a file. */
typedef enum padan_status take_row(struct pd_difference *difference, int side, const struct pd_row_file *file, size_t i,
                                   uint32_t row, struct padan_error *error);

static enum padan_status take_cluster(struct pd_difference *difference, int side, const struct pd_row_file *file,
                                      size_t i, uint32_t row, struct padan_error *error)
{
    return code_of(&difference->clusters[side], pd_row_field(file, i, ROW_CLUSTER), &difference->cluster[side][row],
                   error);
}

static enum padan_status take_class(struct pd_difference *difference, int side, const struct pd_row_file *file,
                                    size_t i, uint32_t row, struct padan_error *error)
{
    PD_TRY(code_of(&difference->words, pd_row_field(file, i, RESULT_CLASS), &difference->class[side][row], error));
    return code_of(&difference->words, pd_row_field(file, i, RESULT_STATUS), &difference->status[side][row], error);
}

static enum padan_status read_rows(struct pd_difference *difference, int side, struct pd_row_file *file, take_row *take,
                                   struct padan_error *error)
{
    struct pd_population view = { .by_source = difference->by_source, .renames = difference->renames[side] };
    struct pd_key_batch *batch = NULL;
    size_t n_rows = 0;
    PD_TRY(pd_allocate(&batch, 1, sizeof *batch, error));
    enum padan_status status = PADAN_OK;
    do {
        status = pd_row_file_next(file, &n_rows, error);
        view.keys = difference->keys; /* borrowed, to fetch slots ahead */
        if (status == PADAN_OK) status = pd_key_batch_fill(batch, &view, file, n_rows, ROW_SOURCE, ROW_ID, error);
        for (size_t i = 0; status == PADAN_OK && i < n_rows; i++) {
            uint32_t row = 0;
            status = row_of(difference, batch, i, &row, error);
            if (status == PADAN_OK) status = take(difference, side, file, i, row, error);
        }
    } while (status == PADAN_OK && n_rows > 0);
    pd_buffer_reset(&batch->bytes);
    pd_free(batch);
    return status;
}

static enum padan_status read_clusters(struct pd_difference *difference, int side, const char *path,
                                       struct padan_error *error)
{
    struct pd_row_file file;
    PD_TRY(pd_row_file_open(&file, path, error));
    const int columns[ROW_COLUMNS] = { pd_source_column(&file, NULL), pd_id_column(&file, NULL),
                                       pd_row_file_find(&file, "cluster_id") };
    enum padan_status status = PADAN_OK;
    if (columns[ROW_CLUSTER] < 0) status = pd_fail(error, PADAN_BAD_INPUT, "%s has no column cluster_id", path);
    if (status == PADAN_OK) status = pd_row_file_select(&file, columns, ROW_COLUMNS, error);
    if (status == PADAN_OK) status = read_rows(difference, side, &file, take_cluster, error);
    pd_row_file_reset(&file);
    return status;
}

/* hasil_padan.csv of a run; *found is false when the folder has none. */
static enum padan_status read_classes(struct pd_difference *difference, int side, const char *run, bool *found,
                                      struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct pd_row_file file;
    pd_path_join(&path, pd_text_of(run), PD_TEXT("hasil_padan.csv"));
    enum padan_status status = pd_buffer_status(&path, error);
    *found = status == PADAN_OK && pd_row_file_open(&file, path.data, NULL) == PADAN_OK;
    if (*found) {
        const int columns[RESULT_COLUMNS] = { pd_source_column(&file, NULL), pd_id_column(&file, NULL),
                                              pd_row_file_find(&file, "kelas"),
                                              pd_row_file_find(&file, "status_padan") };
        status = pd_row_file_select(&file, columns, RESULT_COLUMNS, error);
        if (status == PADAN_OK) status = read_rows(difference, side, &file, take_class, error);
        pd_row_file_reset(&file);
    }
    pd_buffer_reset(&path);
    return status;
}

static enum pd_change change_of(uint64_t cell, uint64_t size_a, uint64_t size_b)
{
    if (cell == size_a && cell == size_b) return PD_CHANGE_NONE;
    if (cell == size_a) return size_a == 1 ? PD_CHANGE_LINKED : PD_CHANGE_MERGED;
    if (cell == size_b) return size_b == 1 ? PD_CHANGE_UNLINKED : PD_CHANGE_SPLIT;
    return PD_CHANGE_MOVED;
}

static uint64_t choose_two(uint64_t n)
{
    return n * (n - (n > 0)) / 2;
}

/* Sizes of each cluster among the chosen rows. */
static enum padan_status count_sizes(struct pd_difference *difference, int side, const uint32_t *rows, size_t n,
                                     struct padan_error *error)
{
    uint32_t *sizes = NULL;
    const uint32_t *cluster = difference->cluster[side];
    PD_TRY(pd_allocate(&sizes, (size_t)difference->clusters[side].n_entries + 1, sizeof *sizes, error));
    for (size_t i = 0; i < n; i++) sizes[cluster[rows[i]]]++;
    for (size_t i = 0; i < n; i++) difference->size[side][rows[i]] = sizes[cluster[rows[i]]];
    for (uint32_t code = 1; code <= difference->clusters[side].n_entries; code++)
        difference->pairs_together[side] += choose_two(sizes[code]);
    pd_free(sizes);
    return PADAN_OK;
}

static void classify_rows(struct pd_difference *difference, const uint32_t *rows, size_t n)
{
    for (size_t begin = 0, end = 0; begin < n; begin = end) {
        end = begin + 1;
        while (end < n && difference->cluster[0][rows[end]] == difference->cluster[0][rows[begin]] &&
               difference->cluster[1][rows[end]] == difference->cluster[1][rows[begin]])
            end++;
        difference->pairs_kept += choose_two(end - begin);
        for (size_t i = begin; i < end; i++)
            difference->change[rows[i]] =
                (uint8_t)change_of(end - begin, difference->size[0][rows[i]], difference->size[1][rows[i]]);
    }
}

static enum padan_status compare_clusters(struct pd_difference *difference, uint32_t *rows, uint32_t *scratch,
                                          struct padan_error *error)
{
    size_t n = 0;
    for (size_t row = 0; row < difference->n_rows; row++) {
        const bool in_a = difference->cluster[0][row] != 0;
        const bool in_b = difference->cluster[1][row] != 0;
        if (in_a && in_b)
            rows[n++] = (uint32_t)row;
        else if (in_a || in_b)
            difference->change[row] = in_a ? PD_CHANGE_GONE : PD_CHANGE_NEW;
    }
    PD_TRY(count_sizes(difference, 0, rows, n, error));
    PD_TRY(count_sizes(difference, 1, rows, n, error));
    PD_TRY(pd_order_by(rows, scratch, n, difference->cluster[1], difference->clusters[1].n_entries, error));
    PD_TRY(pd_order_by(rows, scratch, n, difference->cluster[0], difference->clusters[0].n_entries, error));
    classify_rows(difference, rows, n);
    for (size_t row = 0; row < difference->n_rows; row++)
        if (difference->cluster[0][row] != 0 || difference->cluster[1][row] != 0)
            difference->n_changes[difference->change[row]]++;
    return PADAN_OK;
}

static void compare_classes(struct pd_difference *difference)
{
    if (!difference->has_classes) return;
    for (size_t row = 0; row < difference->n_rows; row++) {
        const uint32_t *const *class = (const uint32_t *const *)difference->class;
        const uint32_t *const *status = (const uint32_t *const *)difference->status;
        if (class[0][row] == 0 || class[1][row] == 0) continue;
        difference->n_class_changes += class[0][row] != class[1][row];
        difference->n_status_changes += status[0][row] != status[1][row];
    }
}

struct reading {
    const struct pd_difference_options *options;
    struct pd_run_files files[2];
};

struct pairs {
    struct pd_key *items; /* hash: of both rows; tag: the class, and PASSING */
    size_t n, capacity;
};

/* A pair with a row that is in one run alone. */
enum { PASSING = 1 << 2, CLASS_OF_TAG = PASSING - 1 };

static bool is_in_both(const struct pd_difference *difference, uint32_t row)
{
    return difference->change[row] != PD_CHANGE_NEW && difference->change[row] != PD_CHANGE_GONE;
}

static enum padan_status collect_pairs(struct pairs *found, const struct pd_difference *difference,
                                       struct pd_pair_file *pairs, struct padan_error *error)
{
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        for (size_t i = 0; i < pairs->n_rows; i++) {
            const uint32_t a = pairs->row_l[i];
            const uint32_t b = pairs->row_r[i];
            if (a == PD_NO_ROW || b == PD_NO_ROW) continue;
            const uint32_t passing = is_in_both(difference, a) && is_in_both(difference, b) ? 0 : PASSING;
            PD_TRY(pd_grow(&found->items, &found->capacity, found->n + 1, sizeof *found->items, error));
            found->items[found->n++] = (struct pd_key){
                .hash = pd_mix64(a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a),
                .tag = (pd_pair_is_certain(pairs, i) ? PD_PAIR_CERTAIN : PD_PAIR_REVIEW) | passing,
            };
        }
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

/* pairs [side] of the run of that side. */
static enum padan_status read_pairs(struct pairs *pairs_of, const struct pd_difference *difference, int side,
                                    const struct reading *reading, struct padan_error *error)
{
    struct pairs *found = &pairs_of[side];
    const char *path = reading->files[side].pairs;
    const struct pd_population view = { .by_source = difference->by_source,
                                        .renames = difference->renames[side],
                                        .keys = difference->keys };
    struct pd_pair_file *pairs = NULL;
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate(&pairs, 1, sizeof *pairs, error));
    enum padan_status status = pd_pair_file_open(pairs, path, &view, error);
    if (status == PADAN_OK) {
        status = collect_pairs(found, difference, pairs, error);
        pd_pair_file_reset(pairs);
    }
    pd_free(pairs);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, found->n, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_radix_sort(found->items, scratch, found->n, reading->options->threads, error);
    pd_free(scratch);
    return status;
}

/* Both sorted by hash, which is a bijection of the pair: one walk. */
static void merge_pairs(struct pd_difference *difference, const struct pairs *a, const struct pairs *b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a->n || j < b->n) {
        const bool take_a = i < a->n && (j == b->n || a->items[i].hash <= b->items[j].hash);
        const bool take_b = j < b->n && (i == a->n || b->items[j].hash <= a->items[i].hash);
        const uint32_t tag_a = take_a ? a->items[i].tag : PD_PAIR_ABSENT;
        const uint32_t tag_b = take_b ? b->items[j].tag : PD_PAIR_ABSENT;
        difference->pair_classes[tag_a & CLASS_OF_TAG][tag_b & CLASS_OF_TAG]++;
        if (!take_b) difference->passing[0][tag_a & CLASS_OF_TAG] += (tag_a & PASSING) != 0;
        if (!take_a) difference->passing[1][tag_b & CLASS_OF_TAG] += (tag_b & PASSING) != 0;
        i += take_a;
        j += take_b;
    }
}

static enum padan_status compare_pairs(struct pd_difference *difference, const struct reading *reading,
                                       struct padan_error *error)
{
    struct pairs pairs[2] = { { .n = 0 }, { .n = 0 } };
    if (reading->files[0].pairs == NULL || reading->files[1].pairs == NULL) return PADAN_OK;
    enum padan_status status = read_pairs(pairs, difference, 0, reading, error);
    if (status == PADAN_OK) status = read_pairs(pairs, difference, 1, reading, error);
    if (status == PADAN_OK) merge_pairs(difference, &pairs[0], &pairs[1]);
    difference->has_pairs = status == PADAN_OK;
    pd_free(pairs[0].items);
    pd_free(pairs[1].items);
    return status;
}

static enum padan_status check_files(struct pd_difference *difference, const struct pd_run_files files[2],
                                     const char *const runs[2], struct padan_error *error)
{
    difference->by_source = true;
    for (int side = 0; side < 2; side++) {
        struct pd_row_file file;
        if (files[side].clusters == NULL)
            PD_FAIL(error, PADAN_BAD_INPUT, "%s holds no klaster.csv or clusters.csv", runs[side]);
        PD_TRY(pd_row_file_open(&file, files[side].clusters, error));
        difference->by_source = difference->by_source && pd_source_column(&file, NULL) >= 0;
        pd_row_file_reset(&file);
    }
    return PADAN_OK;
}

static enum padan_status read_and_compare(struct pd_difference *difference, const struct reading *reading,
                                          struct padan_error *error)
{
    const struct pd_run_files *files = reading->files;
    const char *const *runs = reading->options->runs;
    bool found[2] = { false, false };
    uint32_t *rows = NULL;
    uint32_t *scratch = NULL;
    PD_TRY(check_files(difference, files, runs, error));
    for (int side = 0; side < 2; side++) PD_TRY(read_clusters(difference, side, files[side].clusters, error));
    for (int side = 0; side < 2; side++) PD_TRY(read_classes(difference, side, runs[side], &found[side], error));
    difference->has_classes = found[0] && found[1];
    PD_TRY(pd_allocate(&difference->size[0], difference->n_rows, sizeof **difference->size, error));
    PD_TRY(pd_allocate(&difference->size[1], difference->n_rows, sizeof **difference->size, error));
    PD_TRY(pd_allocate(&difference->change, difference->n_rows, sizeof *difference->change, error));
    enum padan_status status = pd_allocate_array(&rows, difference->n_rows, sizeof *rows, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, difference->n_rows, sizeof *scratch, error);
    if (status == PADAN_OK) status = compare_clusters(difference, rows, scratch, error);
    pd_free(rows);
    pd_free(scratch);
    if (status == PADAN_OK) compare_classes(difference);
    return status == PADAN_OK ? compare_pairs(difference, reading, error) : status;
}

enum padan_status pd_difference_find(struct pd_difference *difference, const struct pd_difference_options *options,
                                     struct padan_error *error)
{
    struct reading reading = { .options = options };
    *difference = (struct pd_difference){ .n_rows = 0 };
    if (options->renames != NULL && options->renames->from.n_entries > 0) difference->renames[1] = options->renames;
    enum padan_status status = pd_run_files_find(&reading.files[0], options->runs[0], error);
    if (status == PADAN_OK) status = pd_run_files_find(&reading.files[1], options->runs[1], error);
    if (status == PADAN_OK) status = read_and_compare(difference, &reading, error);
    difference->renames[1] = NULL;
    pd_run_files_reset(&reading.files[0]);
    pd_run_files_reset(&reading.files[1]);
    if (status != PADAN_OK) pd_difference_reset(difference);
    return status;
}

void pd_difference_reset(struct pd_difference *difference)
{
    pd_dictionary_reset(&difference->keys);
    pd_dictionary_reset(&difference->words);
    for (int side = 0; side < 2; side++) {
        pd_dictionary_reset(&difference->clusters[side]);
        pd_free(difference->cluster[side]);
        pd_free(difference->class[side]);
        pd_free(difference->status[side]);
        pd_free(difference->size[side]);
    }
    pd_free(difference->change);
    *difference = (struct pd_difference){ .n_rows = 0 };
}
