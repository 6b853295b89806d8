/* SPDX-License-Identifier: MIT */
#include "evaluate/labelled_pairs.h"

#include "base/memory.h"
#include "evaluate/pair_file.h"

#include <stdlib.h>

enum { SLOT_SOURCE_L, SLOT_ID_L, SLOT_SOURCE_R, SLOT_ID_R, SLOT_LABEL, N_SLOTS };

bool pd_label_columns_find(const struct pd_row_file *file, const struct pd_truth_columns *wanted,
                           struct pd_label_columns *columns)
{
    static const char *const matches[] = { "is_match", "match", "label", "clerical_match_score", NULL };
    (void)pd_pair_source_columns(file, wanted->source, &columns->source_l, &columns->source_r);
    columns->label = pd_row_file_find_any(file, matches);
    return pd_pair_id_columns(file, wanted->unique_id, &columns->id_l, &columns->id_r);
}

static bool is_one_of(struct pd_text label, const char *const *words)
{
    for (; *words != NULL; words++)
        if (pd_text_same_name(label, pd_text_of(*words))) return true;
    return false;
}

enum padan_status pd_label_read(const struct pd_row_file *file, size_t i, size_t slot, bool has_label,
                                enum pd_label *label, struct padan_error *error)
{
    static const char *const yes[] = { "true", "t", "yes", "y", "match", NULL };
    static const char *const no[] = { "false", "f", "no", "n", "distinct", "nonmatch", NULL };
    const struct pd_text text = pd_text_trim(pd_row_field(file, i, slot));
    double score = 0;
    *label = PD_LABEL_NONE;
    if (has_label && text.length == 0) return PADAN_OK;
    if (!has_label || is_one_of(text, yes))
        *label = PD_LABEL_MATCH;
    else if (is_one_of(text, no))
        *label = PD_LABEL_DISTINCT;
    else if (pd_text_to_double(text, &score) && score >= 0 && score <= 1)
        *label = score >= 0.5 ? PD_LABEL_MATCH : PD_LABEL_DISTINCT;
    else
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: data row %llu has a label that is none: write 1 or 0, true or false, yes or no, a score from 0 to "
                "1, or nothing where the pair is not labelled",
                file->path, (unsigned long long)(file->n_rows - file->n_batch + i + 1));
    return PADAN_OK;
}

enum padan_status pd_truth_is_pairs(const char *path, const struct pd_truth_columns *wanted, bool *is_pairs,
                                    struct padan_error *error)
{
    struct pd_row_file file;
    struct pd_label_columns columns;
    PD_TRY(pd_row_file_open(&file, path, error));
    *is_pairs = pd_label_columns_find(&file, wanted, &columns);
    pd_row_file_reset(&file);
    return PADAN_OK;
}

/* --- reading --- */

struct reading {
    struct pd_labelled_pairs *labels;
    struct pd_population *population;
    struct pd_row_file *file;
    bool has_label;
    struct pd_key_batch left, right;
};

static enum padan_status add_pair(struct reading *reading, size_t i, struct padan_error *error)
{
    struct pd_labelled_pairs *labels = reading->labels;
    uint32_t left = 0;
    uint32_t right = 0;
    enum pd_label label = PD_LABEL_NONE;
    PD_TRY(pd_label_read(reading->file, i, SLOT_LABEL, reading->has_label, &label, error));
    if (label == PD_LABEL_NONE) {
        labels->n_unlabelled++;
        return PADAN_OK;
    }
    PD_TRY(pd_population_name(reading->population, reading->left.keys[i], reading->left.hashes[i], &left, error));
    PD_TRY(pd_population_name(reading->population, reading->right.keys[i], reading->right.hashes[i], &right, error));
    pd_labelled_rows_add(&reading->population->labelled, pd_row_field(reading->file, i, SLOT_ID_L));
    pd_labelled_rows_add(&reading->population->labelled, pd_row_field(reading->file, i, SLOT_ID_R));
    if (left == right) {
        labels->n_of_one_row++;
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&labels->pairs, &labels->capacity, labels->n_pairs + 1, sizeof *labels->pairs, error));
    labels->pairs[labels->n_pairs++] = (struct pd_labelled_pair_state){ .low = left < right ? left : right,
                                                                        .high = left < right ? right : left,
                                                                        .is_match = label == PD_LABEL_MATCH };
    return PADAN_OK;
}

static enum padan_status read_batches(struct reading *reading, struct padan_error *error)
{
    size_t n_rows = 0;
    do {
        PD_TRY(pd_row_file_next(reading->file, &n_rows, error));
        PD_TRY(pd_key_batch_fill(&reading->left, reading->population, reading->file, n_rows, SLOT_SOURCE_L, SLOT_ID_L,
                                 error));
        PD_TRY(pd_key_batch_fill(&reading->right, reading->population, reading->file, n_rows, SLOT_SOURCE_R, SLOT_ID_R,
                                 error));
        for (size_t i = 0; i < n_rows; i++) PD_TRY(add_pair(reading, i, error));
    } while (n_rows > 0);
    return PADAN_OK;
}

static enum padan_status read_file(struct reading *reading, struct padan_error *error)
{
    struct pd_label_columns columns;
    const struct pd_truth_columns wanted = { .unique_id = reading->population->id_name,
                                             .source = reading->population->source_name };
    if (!pd_label_columns_find(reading->file, &wanted, &columns))
        PD_FAIL(error, PADAN_BAD_INPUT, "%s has no columns unique_id_l and unique_id_r", reading->file->path);
    const int slots[N_SLOTS] = { columns.source_l, columns.id_l, columns.source_r, columns.id_r, columns.label };
    reading->has_label = columns.label >= 0;
    PD_TRY(pd_row_file_select(reading->file, slots, N_SLOTS, error));
    return read_batches(reading, error);
}

static int by_rows(const void *a, const void *b)
{
    const struct pd_labelled_pair_state *x = a;
    const struct pd_labelled_pair_state *y = b;
    if (x->low != y->low) return x->low < y->low ? -1 : 1;
    return (x->high > y->high) - (x->high < y->high);
}

/* Keeps every pair once, those labelled both ways not at all. */
static void keep_distinct(struct pd_labelled_pairs *labels)
{
    size_t kept = 0;
    if (labels->n_pairs > 0) qsort(labels->pairs, labels->n_pairs, sizeof *labels->pairs, by_rows);
    for (size_t begin = 0, end = 0; begin < labels->n_pairs; begin = end) {
        bool agree = true;
        for (end = begin; end < labels->n_pairs && by_rows(&labels->pairs[begin], &labels->pairs[end]) == 0; end++)
            agree = agree && labels->pairs[end].is_match == labels->pairs[begin].is_match;
        if (agree)
            labels->pairs[kept++] = labels->pairs[begin];
        else
            labels->n_contradicting++;
    }
    labels->n_pairs = kept;
}

enum padan_status pd_labelled_pairs_read(struct pd_labelled_pairs *labels, struct pd_population *population,
                                         const char *path, struct padan_error *error)
{
    struct pd_row_file file;
    struct reading *reading = NULL;
    *labels = (struct pd_labelled_pairs){ .n_pairs = 0 };
    PD_TRY(pd_row_file_open(&file, path, error));
    enum padan_status status = pd_allocate(&reading, 1, sizeof *reading, error);
    if (status == PADAN_OK) {
        *reading = (struct reading){ .labels = labels, .population = population, .file = &file };
        status = read_file(reading, error);
        pd_buffer_reset(&reading->left.bytes);
        pd_buffer_reset(&reading->right.bytes);
    }
    pd_free(reading);
    pd_row_file_reset(&file);
    if (status == PADAN_OK) keep_distinct(labels);
    if (status == PADAN_OK && labels->n_pairs == 0)
        status = pd_fail(error, PADAN_BAD_INPUT, "%s holds no labelled pair of two rows", path);
    if (status != PADAN_OK) pd_labelled_pairs_reset(labels);
    return status;
}

void pd_labelled_pairs_reset(struct pd_labelled_pairs *labels)
{
    pd_free(labels->pairs);
    *labels = (struct pd_labelled_pairs){ .n_pairs = 0 };
}

/* --- counting --- */

static void note_emitted(struct pd_labelled_pairs *labels, const struct pd_pair_file *file, size_t i)
{
    const uint32_t a = file->row_l[i];
    const uint32_t b = file->row_r[i];
    if (a == PD_NO_ROW || b == PD_NO_ROW) return;
    const struct pd_labelled_pair_state wanted = { .low = a < b ? a : b, .high = a < b ? b : a };
    struct pd_labelled_pair_state *found = bsearch(&wanted, labels->pairs, labels->n_pairs, sizeof wanted, by_rows);
    if (found == NULL) return;
    found->emitted = true;
    found->certain = found->certain || pd_pair_is_certain(file, i);
}

static enum padan_status read_emitted(struct pd_labelled_pairs *labels, const struct pd_population *population,
                                      const char *path, struct padan_error *error)
{
    struct pd_pair_file *file = NULL;
    PD_TRY(pd_allocate(&file, 1, sizeof *file, error));
    enum padan_status status = pd_pair_file_open(file, path, population, error);
    if (status == PADAN_OK) {
        labels->has_pairs = true;
        labels->has_class = file->has_class;
        do {
            status = pd_pair_file_next(file, error);
            for (size_t i = 0; status == PADAN_OK && i < file->n_rows; i++) note_emitted(labels, file, i);
        } while (status == PADAN_OK && file->n_rows > 0);
        pd_pair_file_reset(file);
    }
    pd_free(file);
    return status;
}

static struct pd_interval share_interval(uint64_t n_successes, uint64_t n_trials)
{
    return pd_interval_of_share((double)n_successes / (double)n_trials, (double)n_trials);
}

static struct pd_interval f1_interval(struct pd_pair_counts counts)
{
    const double n = (double)(counts.n_true + counts.n_predicted - counts.n_found);
    return pd_interval_of_f1((double)counts.n_found / n, n);
}

enum padan_status pd_labelled_pairs_count(struct pd_labelled_pairs *labels, const struct pd_population *population,
                                          const char *pairs_path, struct padan_error *error)
{
    if (pairs_path != NULL) PD_TRY(read_emitted(labels, population, pairs_path, error));
    for (size_t i = 0; i < labels->n_pairs; i++) {
        const struct pd_labelled_pair_state *pair = &labels->pairs[i];
        const bool together = population->cluster[pair->low] == population->cluster[pair->high];
        const bool guarded = labels->has_class && pair->certain;
        labels->counts.n_true += pair->is_match;
        labels->counts.n_predicted += together;
        labels->counts.n_found += pair->is_match && together;
        labels->n_apart += !pair->is_match && !together;
        if (pair->is_match && !together && pair->emitted) *(guarded ? &labels->n_guard : &labels->n_scoring) += 1;
    }
    labels->n_unclustered = population->n_without_cluster;
    labels->precision = share_interval(labels->counts.n_found, labels->counts.n_predicted);
    labels->recall = share_interval(labels->counts.n_found, labels->counts.n_true);
    labels->f1 = f1_interval(labels->counts);
    return PADAN_OK;
}
