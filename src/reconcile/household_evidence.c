/* SPDX-License-Identifier: MIT
 * Round 2: who a row's family members are speaks for who the row is. See links.h. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "base/sketch.h"
#include "reconcile/links.h"

#include <math.h>

struct evidence {
    const struct pd_table *table;
    const struct pd_person_columns *columns;
    const uint64_t *family; /* no_kk words */
    const uint32_t *person; /* [n_records] register row of the automatic link, PD_NO_RECORD */
    struct pd_key *keys;    /* rows of families that are asked for, by (source, family number) */
    size_t n_keys;
};

static bool same_word(const struct pd_table *table, int column, uint32_t a, uint32_t b)
{
    return column >= 0 && pd_column_word(&table->columns[column], a) == pd_column_word(&table->columns[column], b);
}

static uint64_t key_of(const struct pd_table *table, const uint64_t *family, uint32_t row)
{
    return pd_hash_combine(pd_table_source(table, row) + 1, family[row]);
}

/* First key that is not below hash. */
static size_t lower_bound(const struct evidence *evidence, uint64_t hash)
{
    size_t begin = 0;
    size_t end = evidence->n_keys;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (evidence->keys[middle].hash < hash)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* Another row of the same person, such as the payment of another month, is no co-member: born on the same day, and of
 * the same name or linked to the very candidate. It would be found, or not, for the same reasons as the row itself. */
static bool is_repeat(const struct evidence *evidence, uint32_t row, uint32_t other, uint32_t person)
{
    return same_word(evidence->table, evidence->columns->tgl_lahir, row, other) &&
           (evidence->person[other] == person || same_word(evidence->table, evidence->columns->nama, row, other));
}

/* Share of co-members whose person lives in the same register family as `person`. */
static double share(const struct evidence *evidence, uint32_t row, uint32_t person)
{
    const uint64_t hash = key_of(evidence->table, evidence->family, row);
    size_t n = 0;
    size_t n_same = 0;
    for (size_t i = lower_bound(evidence, hash); i < evidence->n_keys && evidence->keys[i].hash == hash; i++) {
        const uint32_t other = evidence->keys[i].record;
        if (other == row || evidence->family[other] != evidence->family[row]) continue;
        const uint32_t their_person = evidence->person[other];
        if (is_repeat(evidence, row, other, person)) continue;
        n++;
        n_same += their_person != PD_NO_RECORD && their_person != person && evidence->family[person] != 0 &&
                  evidence->family[their_person] == evidence->family[person];
    }
    return n == 0 ? 0 : (double)n_same / (double)n;
}

static void find_persons(const struct pd_table *table, int register_source, const struct pd_edges *edges,
                         uint32_t *person)
{
    for (size_t i = 0; i < table->n_records; i++) person[i] = PD_NO_RECORD;
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (edge->class != PD_CLASS_AUTOMATIC) continue;
        if (pd_table_source(table, edge->left) == (size_t)register_source) person[edge->right] = edge->left;
        if (pd_table_source(table, edge->right) == (size_t)register_source) person[edge->left] = edge->right;
    }
}

/* The row of a pair to be reviewed with somebody of the register, who is `person`; PD_NO_RECORD for other pairs. */
static uint32_t doubtful_row(const struct evidence *evidence, int register_source, const struct pd_edge *edge,
                             uint32_t *person)
{
    if (edge->class != PD_CLASS_REVIEW) return PD_NO_RECORD;
    const bool left = pd_table_source(evidence->table, edge->left) == (size_t)register_source;
    const bool right = pd_table_source(evidence->table, edge->right) == (size_t)register_source;
    const uint32_t row = left ? edge->right : edge->left;
    *person = left ? edge->left : edge->right;
    return left == right || evidence->family[row] == 0 ? PD_NO_RECORD : row;
}

/* Notes the families of doubtful rows, the only ones that are looked for. */
static enum padan_status note_families(const struct evidence *evidence, int register_source,
                                       const struct pd_edges *edges, struct pd_sketch *sketch,
                                       struct padan_error *error)
{
    size_t n = 0;
    uint32_t person = 0;
    for (size_t i = 0; i < edges->n_edges; i++) n += edges->edges[i].class == PD_CLASS_REVIEW;
    PD_TRY(pd_sketch_make(sketch, n, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        const uint32_t row = doubtful_row(evidence, register_source, &edges->edges[i], &person);
        if (row != PD_NO_RECORD) (void)pd_sketch_add(sketch, key_of(evidence->table, evidence->family, row));
    }
    return PADAN_OK;
}

static enum padan_status sort_families(struct evidence *evidence, const struct pd_sketch *sketch, int register_source,
                                       int threads, struct padan_error *error)
{
    const size_t n = evidence->table->n_records;
    size_t n_keys = 0, capacity = 0;
    struct pd_key *scratch = NULL;
    for (size_t i = 0; i < n; i++) {
        if (evidence->family[i] == 0 || pd_table_source(evidence->table, (uint32_t)i) == (size_t)register_source)
            continue;
        const uint64_t hash = key_of(evidence->table, evidence->family, (uint32_t)i);
        if (!pd_sketch_has(sketch, hash)) continue;
        PD_TRY(pd_grow(&evidence->keys, &capacity, n_keys + 1, sizeof *evidence->keys, error));
        evidence->keys[n_keys++] = (struct pd_key){ hash, (uint32_t)i, 0 };
    }
    evidence->n_keys = n_keys;
    PD_TRY(pd_allocate_array(&scratch, n_keys + 1, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(evidence->keys, scratch, n_keys, threads, error);
    pd_free(scratch);
    return status;
}

static size_t add_evidence(const struct evidence *evidence, int register_source, double bits, struct pd_edges *edges)
{
    size_t n_gained = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        struct pd_edge *edge = &edges->edges[i];
        uint32_t person = 0;
        const uint32_t row = doubtful_row(evidence, register_source, edge, &person);
        if (row == PD_NO_RECORD) continue;
        const double gained = bits * share(evidence, row, person);
        if (gained <= 0) continue;
        edge->weight += pd_weight_of_bits(gained);
        n_gained++;
    }
    return n_gained;
}

/* Families of few rows are asked for; keys of the others are not made. */
static enum padan_status find_families(struct evidence *evidence, int register_source, int threads,
                                       const struct pd_edges *edges, struct padan_error *error)
{
    struct pd_sketch sketch = { 0 };
    enum padan_status status = note_families(evidence, register_source, edges, &sketch, error);
    if (status == PADAN_OK) status = sort_families(evidence, &sketch, register_source, threads, error);
    pd_sketch_reset(&sketch);
    return status;
}

enum padan_status pd_household_evidence(const struct pd_table *table, const struct pd_person_columns *columns,
                                        int register_source, double bits, int threads, struct pd_edges *edges,
                                        size_t *n_gained, struct padan_error *error)
{
    *n_gained = 0;
    if (register_source < 0 || columns->no_kk < 0) return PADAN_OK;
    uint32_t *person = NULL;
    struct evidence evidence = { .table = table, .columns = columns, .family = table->columns[columns->no_kk].words };
    PD_TRY(pd_allocate_array(&person, table->n_records, sizeof *person, error));
    find_persons(table, register_source, edges, person);
    evidence.person = person;
    const enum padan_status status = find_families(&evidence, register_source, threads, edges, error);
    if (status == PADAN_OK) *n_gained = add_evidence(&evidence, register_source, bits, edges);
    pd_free(person);
    pd_free(evidence.keys);
    return status;
}
