/* SPDX-License-Identifier: MIT */
#include "evaluate/pair_file.h"

#include <math.h>
#include <stdio.h>

static const char *const classes[] = { "kelas", NULL };

/* The column `wanted` of one side. */
static int side_column(const struct pd_row_file *file, const char *wanted, const char *side)
{
    char name[256];
    if (snprintf(name, sizeof name, "%s_%s", wanted, side) >= (int)sizeof name) return -1;
    return pd_row_file_find(file, name);
}

static bool side_columns(const struct pd_row_file *file, const char *wanted, int *left, int *right)
{
    *left = wanted == NULL ? -1 : side_column(file, wanted, "l");
    *right = wanted == NULL ? -1 : side_column(file, wanted, "r");
    return *left >= 0 && *right >= 0;
}

bool pd_pair_source_columns(const struct pd_row_file *file, const char *wanted, int *left, int *right)
{
    return side_columns(file, wanted, left, right) || side_columns(file, "source_dataset", left, right);
}

bool pd_pair_id_columns(const struct pd_row_file *file, const char *wanted, int *left, int *right)
{
    static const char *const ids_l[] = { "unique_id_l", "id_l", "rec_id_l", "rec_id_1", "id_1", "unique_id_1", NULL };
    static const char *const ids_r[] = { "unique_id_r", "id_r", "rec_id_r", "rec_id_2", "id_2", "unique_id_2", NULL };
    if (side_columns(file, wanted, left, right)) return true;
    *left = pd_row_file_find_any(file, ids_l);
    *right = pd_row_file_find_any(file, ids_r);
    return *left >= 0 && *right >= 0;
}

/* Columns of the ids: the usual names, else the first two of the file. */
static void find_ids(const struct pd_row_file *file, const char *wanted, int columns[PD_PAIR_COLUMNS])
{
    if (pd_pair_id_columns(file, wanted, &columns[PD_PAIR_ID_L], &columns[PD_PAIR_ID_R])) return;
    columns[PD_PAIR_ID_L] = 0;
    columns[PD_PAIR_ID_R] = file->n_header > 1 ? 1 : -1;
}

/* Adds the columns of levels behind the fixed ones; columns has room for them. Returns the number of slots. */
static size_t find_levels(struct pd_pair_file *pairs, int *columns)
{
    const struct pd_row_file *file = &pairs->file;
    size_t n_slots = PD_PAIR_COLUMNS;
    for (size_t i = 0; i < file->n_header && pairs->n_levels < PD_PAIR_LEVELS_MAX; i++) {
        if (!pd_text_starts(file->header[i], PD_TEXT("gamma_"))) continue;
        struct pd_pair_level *level = &pairs->levels[pairs->n_levels++];
        *level = (struct pd_pair_level){ .gamma_column = i, .gamma_slot = n_slots };
        columns[n_slots++] = (int)i;
        for (size_t j = 0; j < file->n_header; j++) {
            if (!pd_text_starts(file->header[j], PD_TEXT("mw_"))) continue;
            if (!pd_text_equal(pd_text_slice(file->header[j], 3, file->header[j].length),
                               pd_text_slice(file->header[i], 6, file->header[i].length)))
                continue;
            level->weight_slot = n_slots;
            columns[n_slots++] = (int)j;
            break;
        }
    }
    return n_slots;
}

static enum padan_status choose_columns(struct pd_pair_file *pairs, bool with_levels, struct padan_error *error)
{
    int columns[PD_PAIR_COLUMNS + 2 * PD_PAIR_LEVELS_MAX];
    const struct pd_row_file *file = &pairs->file;
    find_ids(file, pairs->population->id_name, columns);
    (void)pd_pair_source_columns(file, pairs->population->source_name, &columns[PD_PAIR_SOURCE_L],
                                 &columns[PD_PAIR_SOURCE_R]);
    columns[PD_PAIR_WEIGHT] = pd_row_file_find(file, "match_weight");
    columns[PD_PAIR_PROBABILITY] = pd_row_file_find(file, "match_probability");
    columns[PD_PAIR_CLASS] = pd_row_file_find_any(file, classes);
    pairs->has_class = columns[PD_PAIR_CLASS] >= 0;
    pairs->has_weight = columns[PD_PAIR_WEIGHT] >= 0;
    pairs->has_probability = columns[PD_PAIR_PROBABILITY] >= 0;
    if (columns[PD_PAIR_ID_R] < 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s has no columns unique_id_l and unique_id_r", file->path);
    return pd_row_file_select(&pairs->file, columns, with_levels ? find_levels(pairs, columns) : PD_PAIR_COLUMNS,
                              error);
}

static enum padan_status open_pairs(struct pd_pair_file *pairs, const char *path,
                                    const struct pd_population *population, bool with_levels, struct padan_error *error)
{
    *pairs = (struct pd_pair_file){ .population = population, .threshold = NAN };
    PD_TRY(pd_row_file_open(&pairs->file, path, error));
    const enum padan_status status = choose_columns(pairs, with_levels, error);
    if (status != PADAN_OK) pd_pair_file_reset(pairs);
    return status;
}

enum padan_status pd_pair_file_open(struct pd_pair_file *pairs, const char *path,
                                    const struct pd_population *population, struct padan_error *error)
{
    return open_pairs(pairs, path, population, false, error);
}

enum padan_status pd_pair_file_open_levels(struct pd_pair_file *pairs, const char *path,
                                           const struct pd_population *population, struct padan_error *error)
{
    return open_pairs(pairs, path, population, true, error);
}

enum padan_status pd_pair_file_check_weights(const struct pd_pair_file *pairs, struct padan_error *error)
{
    const size_t slot = pairs->has_weight ? PD_PAIR_WEIGHT : PD_PAIR_PROBABILITY;
    if (!pairs->has_weight && !pairs->has_probability) return PADAN_OK;
    for (size_t i = 0; i < pairs->n_rows; i++) {
        const struct pd_text field = pd_text_trim(pd_row_field(&pairs->file, i, slot));
        double value = 0;
        if (field.length == 0 || pd_text_to_double(field, &value)) continue;
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: data row %llu has a %s that is no number: write it with a dot, or nothing",
                pairs->file.path, (unsigned long long)(pairs->file.n_rows - pairs->n_rows + i + 1),
                pairs->has_weight ? "match_weight" : "match_probability");
    }
    return PADAN_OK;
}

static enum padan_status find_rows(const struct pd_pair_file *pairs, const struct pd_key_batch *batch, uint32_t *rows,
                                   struct padan_error *error)
{
    const struct pd_population *population = pairs->population;
    for (size_t i = 0; i < pairs->n_rows; i++) {
        uint32_t code = 0;
        rows[i] = pd_population_row(population, batch->keys[i], batch->hashes[i]);
        if (rows[i] != PD_NO_ROW || pairs->others == NULL) continue;
        PD_TRY(pd_dictionary_insert(pairs->others, batch->keys[i], batch->hashes[i], &code, error));
        if (code >= PD_NO_ROW - population->n_rows)
            PD_FAIL(error, PADAN_LIMIT, "%s and the truth have too many rows", pairs->file.path);
        rows[i] = (uint32_t)population->n_rows + code - 1;
    }
    return PADAN_OK;
}

enum padan_status pd_pair_file_next(struct pd_pair_file *pairs, struct padan_error *error)
{
    struct pd_row_file *file = &pairs->file;
    const struct pd_population *population = pairs->population;
    PD_TRY(pd_row_file_next(file, &pairs->n_rows, error));
    PD_TRY(pd_key_batch_fill(&pairs->left, population, file, pairs->n_rows, PD_PAIR_SOURCE_L, PD_PAIR_ID_L, error));
    PD_TRY(pd_key_batch_fill(&pairs->right, population, file, pairs->n_rows, PD_PAIR_SOURCE_R, PD_PAIR_ID_R, error));
    PD_TRY(find_rows(pairs, &pairs->left, pairs->row_l, error));
    return find_rows(pairs, &pairs->right, pairs->row_r, error);
}

bool pd_pair_is_certain(const struct pd_pair_file *pairs, size_t i)
{
    if (!isnan(pairs->threshold) && !(pd_pair_weight(pairs, i) >= pairs->threshold)) return false;
    return !pairs->has_class || pd_text_equal(pd_row_field(&pairs->file, i, PD_PAIR_CLASS), PD_TEXT("otomatis"));
}

double pd_pair_weight(const struct pd_pair_file *pairs, size_t i)
{
    double value = NAN;
    if (pairs->has_weight) {
        if (!pd_text_to_double(pd_row_field(&pairs->file, i, PD_PAIR_WEIGHT), &value)) return NAN;
        return value;
    }
    if (!pairs->has_probability || !pd_text_to_double(pd_row_field(&pairs->file, i, PD_PAIR_PROBABILITY), &value))
        return NAN;
    return log2(value / (1 - value));
}

void pd_pair_file_reset(struct pd_pair_file *pairs)
{
    pd_row_file_reset(&pairs->file);
    pd_buffer_reset(&pairs->left.bytes);
    pd_buffer_reset(&pairs->right.bytes);
}
