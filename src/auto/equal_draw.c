/* SPDX-License-Identifier: MIT */
#include "auto/equal_draw.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "base/random.h"

struct run {
    size_t begin, end;
    double before; /* pairs in the runs before this one */
};

struct drawing {
    const struct pd_auto_data *data;
    struct pd_key *keys;
    size_t n_keys;
    struct run *runs;
    size_t n_runs;
    double n_pairs; /* in and out of scope */
    struct pd_pair *pairs;
    size_t n_drawn, most;
};

static bool in_scope(const struct pd_auto_data *data, uint32_t a, uint32_t b)
{
    const bool same = pd_table_source(data->table, a) == pd_table_source(data->table, b);
    return same ? data->inside : data->across;
}

static void take(struct drawing *drawing, uint32_t a, uint32_t b)
{
    if (a == b || drawing->n_drawn == drawing->most || !in_scope(drawing->data, a, b)) return;
    drawing->pairs[drawing->n_drawn++] = (struct pd_pair){ a < b ? a : b, a < b ? b : a };
}

static enum padan_status make_runs(struct drawing *drawing, int column, struct padan_error *error)
{
    const struct pd_table *table = drawing->data->table;
    PD_TRY(pd_allocate_array(&drawing->keys, 2 * table->n_records + 16, sizeof *drawing->keys, error));
    PD_TRY(pd_allocate_array(&drawing->runs, table->n_records + 1, sizeof *drawing->runs, error));
    for (size_t i = 0; i < table->n_records; i++)
        if (!pd_column_is_null(&table->columns[column], i))
            drawing->keys[drawing->n_keys++] =
                (struct pd_key){ pd_mix64(pd_column_word(&table->columns[column], i)), (uint32_t)i, 0 };
    PD_TRY(
        pd_radix_sort(drawing->keys, drawing->keys + table->n_records, drawing->n_keys, drawing->data->threads, error));
    for (size_t begin = 0; begin < drawing->n_keys;) {
        size_t end = begin + 1;
        while (end < drawing->n_keys && drawing->keys[end].hash == drawing->keys[begin].hash) end++;
        const double n = (double)(end - begin);
        if (n > 1) drawing->runs[drawing->n_runs++] = (struct run){ begin, end, drawing->n_pairs };
        drawing->n_pairs += n * (n - 1) / 2;
        begin = end;
    }
    return PADAN_OK;
}

static void take_all(struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->n_runs; i++)
        for (size_t a = drawing->runs[i].begin; a < drawing->runs[i].end; a++)
            for (size_t b = a + 1; b < drawing->runs[i].end; b++)
                take(drawing, drawing->keys[a].record, drawing->keys[b].record);
}

static const struct run *find_run(const struct drawing *drawing, double place)
{
    size_t low = 0;
    size_t high = drawing->n_runs;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (drawing->runs[middle].before <= place)
            low = middle;
        else
            high = middle;
    }
    return &drawing->runs[low];
}

static void take_some(struct drawing *drawing, uint64_t stream)
{
    struct pd_random random = pd_random_stream(20260102, stream);
    for (size_t tries = 0; tries < 4 * drawing->most && drawing->n_drawn < drawing->most; tries++) {
        const struct run *run = find_run(drawing, pd_random_unit(&random) * drawing->n_pairs);
        const uint64_t n = run->end - run->begin;
        const uint32_t a = drawing->keys[run->begin + pd_random_below(&random, n)].record;
        const uint32_t b = drawing->keys[run->begin + pd_random_below(&random, n)].record;
        take(drawing, a, b);
    }
}

enum padan_status pd_auto_draw_equal(const struct pd_auto_data *data, int column, size_t most, struct pd_arena *arena,
                                     struct pd_pair **pairs, size_t *n_pairs, struct padan_error *error)
{
    struct drawing drawing = { .data = data, .most = most };
    PD_TRY(pd_arena_allocate(arena, &drawing.pairs, (most + 1) * sizeof *drawing.pairs, error));
    const enum padan_status status = make_runs(&drawing, column, error);
    if (status == PADAN_OK && drawing.n_runs > 0) {
        if (drawing.n_pairs <= (double)most)
            take_all(&drawing);
        else
            take_some(&drawing, (uint64_t)column);
    }
    pd_free(drawing.keys);
    pd_free(drawing.runs);
    *pairs = drawing.pairs;
    *n_pairs = drawing.n_drawn;
    return status;
}
