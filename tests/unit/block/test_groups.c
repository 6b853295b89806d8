/* SPDX-License-Identifier: MIT
 * Pairs and counts of passes whose records stand for others of their group, against a loop over all pairs. */
#include "block/block.h"

#include "../table/even_sources.h"
#include "base/memory.h"
#include "base/random.h"
#include "number_columns.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { N_PEOPLE = 500, ROWS_EACH = 6, N_RECORDS = N_PEOPLE * ROWS_EACH, N_SOURCES = 4, N_PASSES = 5, CAP = 30 };

static const char *const names[N_PASSES] = { "a", "b", "c", "d", "e" };
static const uint64_t slips[N_PASSES] = { 12, 6, 5, 4, 3 }; /* one value in so many is another person's */

struct fixture {
    struct pd_table table;
    struct pd_packed_rows rows;
    struct pd_pass passes[N_PASSES];
    struct pd_passes all;
    struct pd_pair_filter filter;
    struct pd_scope scope;
    uint8_t matrix[N_SOURCES * N_SOURCES];
    uint64_t found[N_PASSES]; /* pairs handed over */
    uint32_t *times;          /* [N_RECORDS * N_RECORDS] of each pair */
};

/* Records of a person are apart, as in files one after another; record i is of person i % N_PEOPLE. */
static int add_numbers(struct fixture *fixture, const char *name, uint64_t slip, struct pd_random *random)
{
    int32_t *numbers = add_number_column(&fixture->table, name);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const uint64_t person = pd_random_below(random, slip) == 0 ? pd_random_below(random, N_PEOPLE) : i % N_PEOPLE;
        numbers[i] = pd_random_below(random, 15) == 0 ? PD_NULL_INT32 : (int32_t)person;
    }
    return pack_last_column(&fixture->table, &fixture->rows);
}

/* The first source is not compared with itself, nor the second with the third. */
static void make(struct fixture *fixture, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 3);
    struct pd_table *table = &fixture->table;
    make_even_sources(table, N_RECORDS, N_SOURCES);
    fixture->rows = (struct pd_packed_rows){ .table = table };
    for (size_t i = 0; i < N_PASSES; i++) {
        const int number = add_numbers(fixture, names[i], slips[i], &random);
        fixture->passes[i] = (struct pd_pass){ .keys = { { number, number, false } }, .n_keys = 1, .symmetric = true };
    }
    fixture->passes[N_PASSES - 1].max_pairs = CAP;
    cr_assert_eq(pd_packed_fill(&fixture->rows, 2, NULL), PADAN_OK);
    memset(fixture->matrix, PD_SCOPE_ALWAYS, sizeof fixture->matrix);
    fixture->matrix[0] = fixture->matrix[1 * N_SOURCES + 2] = fixture->matrix[2 * N_SOURCES + 1] = PD_SCOPE_NEVER;
    fixture->all = (struct pd_passes){ fixture->passes, N_PASSES, N_PASSES, N_PASSES, { 0 } };
    fixture->filter = (struct pd_pair_filter){ .rows = &fixture->rows, .all_alive = true };
    fixture->scope = (struct pd_scope){ .n_sources = N_SOURCES, .matrix = fixture->matrix };
    fixture->times = calloc((size_t)N_RECORDS * N_RECORDS, sizeof *fixture->times);
    cr_assert_not_null(fixture->times);
}

static void reset(struct fixture *fixture)
{
    free(fixture->times);
    pd_packed_reset(&fixture->rows);
    pd_table_reset(&fixture->table);
}

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    (void)context, (void)pass, (void)n_chunks, (void)error;
    return PADAN_OK;
}

static enum padan_status take_pairs(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                    size_t n_pairs, struct padan_error *error)
{
    struct fixture *fixture = context;
    (void)chunk, (void)worker, (void)error;
    (void)__atomic_fetch_add(&fixture->found[pass], n_pairs, __ATOMIC_RELAXED);
    for (size_t i = 0; i < n_pairs; i++)
        (void)__atomic_fetch_add(&fixture->times[(size_t)pairs[i].left * N_RECORDS + pairs[i].right], 1 + pass * 100,
                                 __ATOMIC_RELAXED);
    return PADAN_OK;
}

static bool in_scope(const struct fixture *fixture, size_t a, size_t b)
{
    const uint16_t *source_of = fixture->table.source_of;
    return fixture->matrix[source_of[a] * N_SOURCES + source_of[b]] != PD_SCOPE_NEVER;
}

static int32_t key_of(const struct fixture *fixture, size_t pass, size_t record)
{
    return ((const int32_t *)fixture->table.columns[fixture->passes[pass].keys[0].left].words)[record];
}

/* What the blocks of a pass are: records of a number, and their pairs in scope. */
struct blocks {
    uint64_t records[N_PEOPLE], pairs[N_PEOPLE];
};

static void find_blocks(const struct fixture *fixture, size_t pass, struct blocks *blocks)
{
    memset(blocks, 0, sizeof *blocks);
    for (size_t a = 0; a < N_RECORDS; a++) {
        const int32_t key = key_of(fixture, pass, a);
        if (key == PD_NULL_INT32) continue;
        blocks->records[key]++;
        for (size_t b = 0; b < a; b++) blocks->pairs[key] += key_of(fixture, pass, b) == key && in_scope(fixture, a, b);
    }
}

static void check_statistics(const struct fixture *fixture, size_t pass, const struct blocks *blocks,
                             const struct pd_block_statistics *statistics)
{
    struct pd_block_statistics expected = { .n_pairs = 0 };
    for (size_t i = 0; i < N_PEOPLE; i++) {
        const bool cut = fixture->passes[pass].max_pairs > 0 && blocks->pairs[i] > CAP;
        if (blocks->pairs[i] == 0) continue;
        pd_block_note_size(&expected, blocks->records[i]);
        expected.n_blocks++;
        expected.n_blocks_cut += cut;
        expected.n_pairs += cut ? 0 : blocks->pairs[i];
    }
    cr_expect_eq(statistics->n_pairs, expected.n_pairs, "pass %zu", pass);
    cr_expect_eq(statistics->n_blocks, expected.n_blocks, "pass %zu", pass);
    cr_expect_eq(statistics->n_blocks_cut, expected.n_blocks_cut, "pass %zu", pass);
    for (size_t i = 0; i < PD_LARGEST_BLOCKS; i++)
        cr_expect_eq(statistics->largest[i], expected.largest[i], "pass %zu, block %zu", pass, i);
}

/* Every pair is handed over once, by the first pass that has it. */
static void check_pairs(const struct fixture *fixture, const struct blocks *of_last)
{
    for (size_t a = 0; a < N_RECORDS; a++)
        for (size_t b = a + 1; b < N_RECORDS; b++) {
            uint32_t expected = 0;
            for (size_t pass = N_PASSES; pass-- > 0;) {
                const int32_t key = key_of(fixture, pass, a);
                if (key == PD_NULL_INT32 || key != key_of(fixture, pass, b) || !in_scope(fixture, a, b)) continue;
                if (pass == N_PASSES - 1 && of_last->pairs[key] > CAP) continue;
                expected = 1 + (uint32_t)pass * 100;
            }
            cr_assert_eq(fixture->times[a * N_RECORDS + b], expected, "records %zu and %zu", a, b);
        }
}

static void check(uint64_t seed, int threads)
{
    static struct fixture fixture;
    static struct blocks blocks;
    struct pd_block_statistics statistics[N_PASSES];
    memset(&fixture, 0, sizeof fixture);
    make(&fixture, seed);
    const struct pd_block_run run = { .table = &fixture.table,
                                      .passes = &fixture.all,
                                      .scope = &fixture.scope,
                                      .filter = &fixture.filter,
                                      .threads = threads,
                                      .slice_words = threads == 1 ? N_RECORDS / 3 : 0,
                                      .begin_pass = begin_pass,
                                      .consume = take_pairs,
                                      .context = &fixture };
    cr_assert_eq(pd_block_pairs(&run, statistics, NULL), PADAN_OK);
    for (size_t pass = 0; pass < N_PASSES; pass++) {
        find_blocks(&fixture, pass, &blocks);
        check_statistics(&fixture, pass, &blocks, &statistics[pass]);
        cr_expect_eq(statistics[pass].n_new, fixture.found[pass]);
    }
    cr_expect_gt(statistics[N_PASSES - 1].n_blocks_cut, 0);
    check_pairs(&fixture, &blocks);
    reset(&fixture);
}

Test(groups, what_stands_for_others_changes_neither_pairs_nor_counts)
{
    check(1, 1);
    check(2, 3);
}
