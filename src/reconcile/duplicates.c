/* SPDX-License-Identifier: MIT
 * Method: paid rows are sorted by (program, what they share: cluster, family or NIK); inside a run of equal keys rows
 * are ordered by period, and chains of overlapping periods are groups. */
#include "reconcile/duplicates.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"

#include <stdlib.h>

enum { GROUP_ROWS_MAX = 4096 };

/* What rows of a run share. */
enum sharing { SHARE_CLUSTER, SHARE_NIK, SHARE_FAMILY };

struct finder {
    const struct pd_duplicate_options *options;
    struct pd_duplicates *out;
    struct pd_key *keys;
    size_t capacity;
    enum sharing sharing;
};

void pd_duplicates_reset(struct pd_duplicates *duplicates)
{
    pd_free(duplicates->groups);
    pd_free(duplicates->rows);
    *duplicates = (struct pd_duplicates){ 0 };
}

static int64_t number(const struct pd_linkage *linkage, int column, uint32_t row, int64_t fallback)
{
    if (column < 0) return fallback;
    const int64_t value = ((const int64_t *)linkage->table->columns[column].words)[row];
    return value == PD_NULL_INT ? fallback : value;
}

static int64_t begin_of(const struct pd_linkage *linkage, uint32_t row)
{
    return number(linkage, linkage->columns.mulai, row, INT32_MIN + 1);
}

static int64_t end_of(const struct pd_linkage *linkage, uint32_t row)
{
    return number(linkage, linkage->columns.selesai, row, INT32_MAX);
}

static int program_of(const struct finder *finder, uint32_t row)
{
    return finder->options->program_of_source[pd_table_source(finder->options->linkage->table, row)];
}

static uint64_t nik_of(const struct pd_linkage *linkage, uint32_t row)
{
    return ((const uint64_t *)linkage->table->columns[linkage->columns.nik].words)[row];
}

/* The value rows share, 0 when a row has none. */
static uint64_t shared_value(const struct finder *finder, uint32_t row)
{
    const struct pd_linkage *linkage = finder->options->linkage;
    switch (finder->sharing) {
    case SHARE_CLUSTER: return (uint64_t)linkage->cluster[row] + 1;
    case SHARE_FAMILY: return (uint64_t)linkage->household[row] + 1;
    case SHARE_NIK: break;
    }
    return nik_of(linkage, row);
}

static size_t collect(const struct finder *finder)
{
    const struct pd_duplicate_options *options = finder->options;
    size_t n = 0;
    for (size_t i = 0; i < options->linkage->table->n_records; i++) {
        const uint32_t row = (uint32_t)i;
        if (!options->paid[row]) continue;
        const int program = program_of(finder, row);
        const uint64_t value = shared_value(finder, row);
        if (program < 0 || value == 0) continue;
        if (finder->sharing == SHARE_FAMILY && !options->program_pays_families[program]) continue;
        finder->keys[n++] = (struct pd_key){ pd_hash_combine((uint64_t)program + 1, value), row, (uint32_t)program };
    }
    return n;
}

/* Same birth place, date, sex and name as well as NIK (five fields of K1). */
static bool five_equal(const struct pd_linkage *linkage, uint32_t a, uint32_t b)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const int five[] = { columns->nik, columns->nama, columns->tempat_lahir, columns->tgl_lahir,
                         columns->jenis_kelamin };
    for (size_t i = 0; i < sizeof five / sizeof *five; i++) {
        if (five[i] < 0) continue;
        const struct pd_column *column = &linkage->table->columns[five[i]];
        if (pd_column_word(column, a) != pd_column_word(column, b)) return false;
    }
    return true;
}

static enum pd_duplicate_class class_of_cluster(const struct pd_linkage *linkage, const uint32_t *rows, size_t n)
{
    bool five = true;
    for (size_t i = 0; i < n; i++) {
        if (nik_of(linkage, rows[i]) == 0 || nik_of(linkage, rows[i]) != nik_of(linkage, rows[0]))
            return PD_DUPLICATE_K3;
        five = five && five_equal(linkage, rows[0], rows[i]);
    }
    return five ? PD_DUPLICATE_K1A : PD_DUPLICATE_K1B;
}

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum padan_status add_group(const struct finder *finder, const uint32_t *rows, size_t n,
                                   struct pd_duplicate_group group, struct padan_error *error)
{
    struct pd_duplicates *out = finder->out;
    const struct pd_linkage *linkage = finder->options->linkage;
    int64_t largest = 0;
    PD_TRY(pd_grow(&out->rows, &out->rows_capacity, out->n_rows + n, sizeof *out->rows, error));
    PD_TRY(pd_grow(&out->groups, &out->groups_capacity, out->n_groups + 1, sizeof *out->groups, error));
    group.begin = out->n_rows;
    group.end = out->n_rows + n;
    group.surplus = 0;
    group.period_begin = INT32_MIN;
    group.period_end = INT32_MAX;
    for (size_t i = 0; i < n; i++) {
        const int64_t amount = number(linkage, linkage->columns.nominal, rows[i], 0);
        const int64_t begin = begin_of(linkage, rows[i]);
        const int64_t end = end_of(linkage, rows[i]);
        group.surplus += amount;
        if (amount > largest) largest = amount;
        if (begin > group.period_begin) group.period_begin = (int32_t)begin;
        if (end < group.period_end) group.period_end = (int32_t)end;
        out->rows[out->n_rows + i] = rows[i];
    }
    group.surplus -= largest;
    qsort(out->rows + group.begin, n, sizeof *out->rows, ascending);
    out->n_rows += n;
    out->groups[out->n_groups++] = group;
    return PADAN_OK;
}

/* How many different values of a per-row array a group has, at most 2. */
static bool differ(const uint32_t *values, const uint32_t *rows, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[rows[i]] != values[rows[0]]) return true;
    return false;
}

/* A chain of rows with overlapping periods that share a value. */
static enum padan_status add_chain(const struct finder *finder, const uint32_t *rows, size_t n, int program,
                                   struct padan_error *error)
{
    const struct pd_linkage *linkage = finder->options->linkage;
    struct pd_duplicate_group group = { .program = program, .certain = true };
    if (n < 2) return PADAN_OK;
    switch (finder->sharing) {
    case SHARE_CLUSTER: group.class = class_of_cluster(linkage, rows, n); break;
    case SHARE_NIK:
        if (!differ(linkage->cluster, rows, n)) return PADAN_OK;
        group.class = PD_DUPLICATE_K2;
        break;
    case SHARE_FAMILY:
        if (!differ(linkage->cluster, rows, n)) return PADAN_OK;
        group.class = PD_DUPLICATE_KK;
        group.family = true;
        break;
    }
    return add_group(finder, rows, n, group, error);
}

struct dated_row {
    int64_t begin, end;
    uint32_t row;
};

static int by_period(const void *a, const void *b)
{
    const struct dated_row *x = a;
    const struct dated_row *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Cuts a run of rows that share a value into chains by period. */
static enum padan_status add_run(const struct finder *finder, const struct pd_key *keys, size_t n,
                                 struct padan_error *error)
{
    struct dated_row dated[GROUP_ROWS_MAX];
    uint32_t rows[GROUP_ROWS_MAX];
    if (n > GROUP_ROWS_MAX) n = GROUP_ROWS_MAX; /* a NIK on thousands of rows is a dummy: the first rows tell enough */
    for (size_t i = 0; i < n; i++)
        dated[i] = (struct dated_row){ begin_of(finder->options->linkage, keys[i].record),
                                       end_of(finder->options->linkage, keys[i].record), keys[i].record };
    qsort(dated, n, sizeof *dated, by_period);
    size_t n_chain = 0;
    int64_t reach = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (n_chain > 0 && dated[i].begin > reach) {
            PD_TRY(add_chain(finder, rows, n_chain, (int)keys[0].tag, error));
            n_chain = 0;
            reach = INT64_MIN;
        }
        rows[n_chain++] = dated[i].row;
        if (dated[i].end > reach) reach = dated[i].end;
    }
    return add_chain(finder, rows, n_chain, (int)keys[0].tag, error);
}

static bool same_key(const struct finder *finder, const struct pd_key *a, const struct pd_key *b)
{
    return a->hash == b->hash && a->tag == b->tag && shared_value(finder, a->record) == shared_value(finder, b->record);
}

static enum padan_status find_by(struct finder *finder, enum sharing sharing, struct padan_error *error)
{
    finder->sharing = sharing;
    const size_t n = collect(finder);
    PD_TRY(pd_radix_sort(finder->keys, finder->keys + finder->capacity, n, finder->options->threads, error));
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && same_key(finder, &finder->keys[i], &finder->keys[end])) end++;
        if (end - i > 1) PD_TRY(add_run(finder, finder->keys + i, end - i, error));
        i = end;
    }
    return PADAN_OK;
}

static bool overlap(const struct pd_linkage *linkage, uint32_t a, uint32_t b)
{
    return begin_of(linkage, a) <= end_of(linkage, b) && begin_of(linkage, b) <= end_of(linkage, a);
}

/* Pairs of class tinjau inside a program that no cluster joins: K1b or K3, to be looked at. */
static enum padan_status find_review_pairs(const struct finder *finder, struct padan_error *error)
{
    const struct pd_linkage *linkage = finder->options->linkage;
    for (size_t i = 0; i < linkage->edges->n_edges; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[i];
        const uint32_t rows[2] = { edge->left, edge->right };
        if (!finder->options->paid[rows[0]] || !finder->options->paid[rows[1]]) continue;
        const int program = program_of(finder, rows[0]);
        if (program < 0 || program != program_of(finder, rows[1])) continue;
        if (linkage->cluster[rows[0]] == linkage->cluster[rows[1]] || !overlap(linkage, rows[0], rows[1])) continue;
        const bool same_nik = nik_of(linkage, rows[0]) != 0 && nik_of(linkage, rows[0]) == nik_of(linkage, rows[1]);
        if (same_nik) continue; /* listed as K2 */
        if (linkage->anchor[rows[0]] != PD_NO_RECORD && linkage->anchor[rows[1]] != PD_NO_RECORD) continue;
        const struct pd_duplicate_group group = { .program = program, .class = PD_DUPLICATE_K3, .certain = false };
        PD_TRY(add_group(finder, rows, 2, group, error));
    }
    return PADAN_OK;
}

/* Groups are found in the order of hashes of what they share, which is the same for any run of one input; rows of a
 * group ascend, and groups of one class are ordered by their first row (by_first_row needs the rows). */
static int by_place(const void *a, const void *b)
{
    const struct pd_duplicate_group *x = a;
    const struct pd_duplicate_group *y = b;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->class != y->class) return x->class < y->class ? -1 : 1;
    if (x->certain != y->certain) return x->certain ? -1 : 1;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

enum padan_status pd_duplicates_find(const struct pd_duplicate_options *options, struct pd_duplicates *duplicates,
                                     struct padan_error *error)
{
    struct finder finder = { .options = options, .out = duplicates, .capacity = options->linkage->table->n_records };
    *duplicates = (struct pd_duplicates){ 0 };
    PD_TRY(pd_allocate_array(&finder.keys, finder.capacity * 2 + 8, sizeof *finder.keys, error));
    enum padan_status status = find_by(&finder, SHARE_CLUSTER, error);
    if (status == PADAN_OK) status = find_by(&finder, SHARE_NIK, error);
    if (status == PADAN_OK) status = find_by(&finder, SHARE_FAMILY, error);
    if (status == PADAN_OK) status = find_review_pairs(&finder, error);
    pd_free(finder.keys);
    if (status == PADAN_OK && duplicates->n_groups > 0)
        qsort(duplicates->groups, duplicates->n_groups, sizeof *duplicates->groups, by_place);
    if (status != PADAN_OK) pd_duplicates_reset(duplicates);
    return status;
}
