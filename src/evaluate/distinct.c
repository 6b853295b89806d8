/* SPDX-License-Identifier: MIT
 * Rows are sorted by entity once; a pair is merged when the short lists of clusters of its two entities meet. */
#include "evaluate/distinct.h"

#include "base/hash.h"
#include "base/memory.h"

/* Rows in order of entity: those of entity e are rows[begins[e] .. begins[e + 1]). */
struct entity_rows {
    uint32_t *begins, *rows;
};

enum { SLOT_KIND, SLOT_LEFT, SLOT_RIGHT, N_SLOTS };

static enum padan_status sort_rows(struct entity_rows *sorted, const struct pd_population *population,
                                   struct padan_error *error)
{
    const size_t n_entities = population->entities.n_entries;
    PD_TRY(pd_allocate(&sorted->begins, n_entities + 2, sizeof *sorted->begins, error));
    PD_TRY(pd_allocate(&sorted->rows, population->n_rows + 1, sizeof *sorted->rows, error));
    for (size_t row = 0; row < population->n_rows; row++) sorted->begins[population->entity[row]]++;
    for (size_t entity = 1; entity <= n_entities; entity++) sorted->begins[entity] += sorted->begins[entity - 1];
    sorted->begins[n_entities + 1] = sorted->begins[n_entities];
    for (size_t row = population->n_rows; row-- > 0;)
        sorted->rows[--sorted->begins[population->entity[row]]] = (uint32_t)row;
    return PADAN_OK;
}

static bool share_cluster(const struct entity_rows *sorted, const struct pd_population *population, uint32_t left,
                          uint32_t right)
{
    for (uint32_t i = sorted->begins[left]; i < sorted->begins[left + 1]; i++)
        for (uint32_t j = sorted->begins[right]; j < sorted->begins[right + 1]; j++)
            if (population->cluster[sorted->rows[i]] == population->cluster[sorted->rows[j]]) return true;
    return false;
}

static uint32_t entity_of(const struct pd_population *population, struct pd_text text)
{
    return pd_dictionary_find(&population->entities, text, pd_hash_text(text));
}

static enum padan_status count_row(struct pd_distinct *distinct, const struct pd_population *population,
                                   const struct entity_rows *sorted, const struct pd_row_file *file, size_t row,
                                   struct padan_error *error)
{
    uint32_t kind = 0;
    const struct pd_text given = pd_row_field(file, row, SLOT_KIND);
    const struct pd_text name = given.length > 0 ? given : PD_TEXT("pairs");
    const uint32_t n_kinds = distinct->kinds.n_entries;
    PD_TRY(pd_dictionary_insert(&distinct->kinds, name, pd_hash_text(name), &kind, error));
    PD_TRY(pd_grow(&distinct->counts, &distinct->capacity, kind, sizeof *distinct->counts, error));
    struct pd_distinct_count *count = &distinct->counts[kind - 1];
    if (kind > n_kinds) *count = (struct pd_distinct_count){ 0 };
    const uint32_t left = entity_of(population, pd_row_field(file, row, SLOT_LEFT));
    const uint32_t right = entity_of(population, pd_row_field(file, row, SLOT_RIGHT));
    if (left == 0 || right == 0) {
        count->n_absent++;
        return PADAN_OK;
    }
    count->n_pairs++;
    count->n_merged += share_cluster(sorted, population, left, right);
    return PADAN_OK;
}

static enum padan_status count_rows(struct pd_distinct *distinct, const struct pd_population *population,
                                    const struct entity_rows *sorted, struct pd_row_file *file,
                                    struct padan_error *error)
{
    const int columns[N_SLOTS] = { pd_row_file_find(file, "kind"), pd_row_file_find(file, "entity_id_l"),
                                   pd_row_file_find(file, "entity_id_r") };
    if (columns[SLOT_LEFT] < 0 || columns[SLOT_RIGHT] < 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: needs the columns entity_id_l and entity_id_r", file->path);
    PD_TRY(pd_row_file_select(file, columns, N_SLOTS, error));
    for (;;) {
        size_t n_rows = 0;
        PD_TRY(pd_row_file_next(file, &n_rows, error));
        if (n_rows == 0) return PADAN_OK;
        for (size_t row = 0; row < n_rows; row++) PD_TRY(count_row(distinct, population, sorted, file, row, error));
    }
}

static enum padan_status check_any(const struct pd_distinct *distinct, const char *path, struct padan_error *error)
{
    for (uint32_t kind = 0; kind < distinct->kinds.n_entries; kind++)
        if (distinct->counts[kind].n_pairs > 0) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT, "no pair of %s is in the truth: compare the entity_id of both", path);
}

enum padan_status pd_distinct_count(struct pd_distinct *distinct, const struct pd_population *population,
                                    const char *path, struct padan_error *error)
{
    struct entity_rows sorted = { 0 };
    struct pd_row_file file = { 0 };
    enum padan_status status = pd_row_file_open(&file, path, error);
    if (status != PADAN_OK) return status;
    status = sort_rows(&sorted, population, error);
    if (status == PADAN_OK) status = count_rows(distinct, population, &sorted, &file, error);
    pd_row_file_reset(&file);
    pd_free(sorted.begins);
    pd_free(sorted.rows);
    return status == PADAN_OK ? check_any(distinct, path, error) : status;
}

void pd_distinct_reset(struct pd_distinct *distinct)
{
    pd_dictionary_reset(&distinct->kinds);
    pd_free(distinct->counts);
    *distinct = (struct pd_distinct){ 0 };
}

static double per_thousand(const struct pd_distinct_count *count)
{
    return count->n_pairs == 0 ? 0 : 1000 * (double)count->n_merged / (double)count->n_pairs;
}

void pd_distinct_print(const struct pd_distinct *distinct, struct pd_buffer *out)
{
    pd_append_format(out, "\n%-34s %13s %13s %12s\n", "pairs of different entities", "pairs", "merged", "per thousand");
    for (uint32_t kind = 0; kind < distinct->kinds.n_entries; kind++) {
        const struct pd_distinct_count *count = &distinct->counts[kind];
        const struct pd_text name = pd_dictionary_text(&distinct->kinds, kind + 1);
        pd_append_format(out, "%-34.*s %13llu %13llu %12.3f\n", PD_TEXT_ARGS(name), (unsigned long long)count->n_pairs,
                         (unsigned long long)count->n_merged, per_thousand(count));
    }
}

void pd_distinct_json(const struct pd_distinct *distinct, struct pd_buffer *out)
{
    pd_append_byte(out, '[');
    for (uint32_t kind = 0; kind < distinct->kinds.n_entries; kind++) {
        const struct pd_distinct_count *count = &distinct->counts[kind];
        pd_append_string(out, kind == 0 ? "{\"kind\":" : ",{\"kind\":");
        pd_append_json(out, pd_dictionary_text(&distinct->kinds, kind + 1));
        pd_append_format(out, ",\"pairs\":%llu,\"merged\":%llu,\"not_in_truth\":%llu}",
                         (unsigned long long)count->n_pairs, (unsigned long long)count->n_merged,
                         (unsigned long long)count->n_absent);
    }
    pd_append_byte(out, ']');
}
