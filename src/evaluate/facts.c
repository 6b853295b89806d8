/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "evaluate/explain.h"
#include "model/row_name.h"

enum { FACT_SOURCE, FACT_ID, FACT_CLUSTER, FACT_HOUSEHOLD, FACT_N_ROWS, FACT_MIN_WEIGHT, FACT_SPLIT, FACT_COLUMNS };

static enum padan_status open_facts(struct pd_row_file *file, const char *path, struct padan_error *error)
{
    PD_TRY(pd_row_file_open(file, path, error));
    int columns[FACT_COLUMNS] = { pd_source_column(file, NULL),
                                  pd_id_column(file, NULL),
                                  pd_row_file_find(file, "cluster_id"),
                                  pd_row_file_find(file, "household_cluster_id"),
                                  pd_row_file_find(file, "n_baris_klaster"),
                                  pd_row_file_find(file, "bobot_min"),
                                  pd_row_file_find(file, "dipisah") };
    if (columns[FACT_MIN_WEIGHT] < 0) columns[FACT_MIN_WEIGHT] = pd_row_file_find(file, "min_weight");
    enum padan_status status = PADAN_OK;
    if (columns[FACT_CLUSTER] < 0) status = pd_fail(error, PADAN_BAD_INPUT, "%s has no column cluster_id", path);
    if (status == PADAN_OK) status = pd_row_file_select(file, columns, FACT_COLUMNS, error);
    if (status != PADAN_OK) pd_row_file_reset(file);
    return status;
}

static enum padan_status keep_facts(struct pd_row_facts *facts, struct pd_arena *arena, const struct pd_row_file *file,
                                    size_t row, struct padan_error *error)
{
    struct pd_text *texts[FACT_COLUMNS] = { &facts->source, &facts->id,         &facts->cluster, &facts->household,
                                            &facts->n_rows, &facts->min_weight, &facts->split };
    for (size_t i = 0; i < FACT_COLUMNS; i++) PD_TRY(pd_arena_copy(arena, pd_row_field(file, row, i), texts[i], error));
    return PADAN_OK;
}

static enum padan_status search_rows(struct pd_row_file *file, struct pd_name_search *searches, size_t n_searches,
                                     struct pd_row_facts *facts, struct pd_arena *arena, struct padan_error *error)
{
    size_t n_rows = 0;
    do {
        PD_TRY(pd_row_file_next(file, &n_rows, error));
        for (size_t i = 0; i < n_rows; i++)
            for (size_t k = 0; k < n_searches; k++)
                if (pd_name_search_take(&searches[k], pd_row_field(file, i, FACT_SOURCE),
                                        pd_row_field(file, i, FACT_ID)))
                    PD_TRY(keep_facts(&facts[k], arena, file, i, error));
    } while (n_rows > 0);
    return PADAN_OK;
}

enum padan_status pd_facts_find(struct pd_row_facts *facts, struct pd_arena *arena, const char *path,
                                const char *const *names, size_t n_names, struct padan_error *error)
{
    struct pd_name_search searches[2] = { { .best = PD_NAME_OTHER } };
    struct pd_row_file file;
    if (n_names > 2) PD_FAIL(error, PADAN_BAD_ARGUMENT, "more than two ids");
    for (size_t i = 0; i < n_names; i++) searches[i].name = pd_text_of(names[i]);
    PD_TRY(open_facts(&file, path, error));
    const enum padan_status status = search_rows(&file, searches, n_names, facts, arena, error);
    pd_row_file_reset(&file);
    PD_TRY(status);
    for (size_t i = 0; i < n_names; i++) {
        if (searches[i].n_found == 0)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "no row of %s has id number %zu of the command line", path, i + 1);
        if (searches[i].n_found > 1)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "id number %zu of the command line stands for %zu rows: write source:id",
                    i + 1, searches[i].n_found);
    }
    return PADAN_OK;
}

enum padan_status pd_facts_of_cluster(struct pd_row_facts **members, size_t *n_members, struct pd_arena *arena,
                                      const char *path, struct pd_text cluster, struct padan_error *error)
{
    struct pd_row_file file;
    size_t capacity = 0;
    size_t n_rows = 0;
    enum padan_status status = open_facts(&file, path, error);
    if (status != PADAN_OK) return status;
    *members = NULL;
    *n_members = 0;
    do {
        status = pd_row_file_next(&file, &n_rows, error);
        for (size_t i = 0; status == PADAN_OK && i < n_rows; i++) {
            if (!pd_text_equal(pd_row_field(&file, i, FACT_CLUSTER), cluster)) continue;
            status = pd_grow(members, &capacity, *n_members + 1, sizeof **members, error);
            if (status == PADAN_OK) status = keep_facts(&(*members)[(*n_members)++], arena, &file, i, error);
        }
    } while (status == PADAN_OK && n_rows > 0);
    pd_row_file_reset(&file);
    return status;
}
