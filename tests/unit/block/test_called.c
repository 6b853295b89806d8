/* SPDX-License-Identifier: MIT
 * Which passes records are called in, against a loop over all records that call. */
#include "block/called.h"

#include "../table/even_sources.h"
#include "base/memory.h"
#include "base/random.h"
#include "number_columns.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 100000, N_SOURCES = 3, N_PASSES = 3, EVERY = 400 };

struct fixture {
    struct pd_table table;
    struct pd_packed_rows rows;
    struct pd_pass passes[N_PASSES];
    struct pd_passes all;
    struct pd_pair_filter filter;
    struct pd_scope scope;
    struct pd_block_run run;
    struct pd_block_thin thin;
    uint8_t matrix[N_SOURCES * N_SOURCES];
};

static int add_numbers(struct fixture *fixture, const char *name, uint64_t below, struct pd_random *random)
{
    int32_t *numbers = add_number_column(&fixture->table, name);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const int32_t value = (int32_t)pd_random_below(random, below);
        numbers[i] = value % 10 == 3 ? PD_NULL_INT32 : value;
    }
    return pack_last_column(&fixture->table, &fixture->rows);
}

/* The third source is compared with none. */
static void make_table(struct fixture *fixture, struct pd_random *random)
{
    struct pd_table *table = &fixture->table;
    make_even_sources(table, N_RECORDS, N_SOURCES);
    fixture->rows = (struct pd_packed_rows){ .table = table };
    const int many = add_numbers(fixture, "many", 90000, random);
    const int some = add_numbers(fixture, "some", 500, random);
    fixture->passes[0] = (struct pd_pass){ .keys = { { many, many, false } }, .n_keys = 1, .symmetric = true };
    fixture->passes[1] = (struct pd_pass){ .keys = { { many, some, false } }, .n_keys = 1 }; /* two keys: not told */
    fixture->passes[2] =
        (struct pd_pass){ .keys = { { some, some, false }, { many, many, false } }, .n_keys = 2, .symmetric = true };
    cr_assert_eq(pd_packed_fill(&fixture->rows, 2, NULL), PADAN_OK);
}

static void make(struct fixture *fixture, uint8_t *linked)
{
    struct pd_random random = pd_random_stream(4, 9);
    make_table(fixture, &random);
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % EVERY != 7;
    for (size_t i = 0; i < N_SOURCES * N_SOURCES; i++)
        fixture->matrix[i] = i % N_SOURCES == 2 || i / N_SOURCES == 2 ? PD_SCOPE_NEVER : PD_SCOPE_UNLINKED;
    fixture->all = (struct pd_passes){ fixture->passes, N_PASSES, N_PASSES, N_PASSES, { 0 } };
    fixture->filter = (struct pd_pair_filter){ .rows = &fixture->rows };
    fixture->scope = (struct pd_scope){ .n_sources = N_SOURCES, .matrix = fixture->matrix, .linked = linked };
    fixture->run = (struct pd_block_run){ .table = &fixture->table,
                                          .passes = &fixture->all,
                                          .scope = &fixture->scope,
                                          .filter = &fixture->filter,
                                          .threads = 2 };
    cr_assert_eq(pd_thin_init(&fixture->run, 40, &fixture->thin, NULL), PADAN_OK);
}

static bool same_keys(const struct fixture *fixture, const struct pd_pass *pass, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < pass->n_keys; i++) {
        const int32_t *words = fixture->table.columns[pass->keys[i].left].words;
        if (words[a] == PD_NULL_INT32 || words[a] != words[b]) return false;
    }
    return true;
}

Test(called, whoever_shares_a_key_with_a_calling_record_is_and_few_others)
{
    static uint8_t linked[N_RECORDS];
    static struct fixture fixture;
    struct pd_called called;
    size_t n_shared = 0, n_extra = 0;
    make(&fixture, linked);
    cr_assert_eq(pd_called_find(&fixture.thin, N_PASSES, &called, NULL), PADAN_OK);
    cr_expect(pd_called_tells(&called, 0));
    cr_expect(!pd_called_tells(&called, 1), "its keys are not those of one column");
    cr_expect(pd_called_tells(&called, 2));
    for (uint32_t i = 0; i < N_RECORDS; i++)
        for (size_t pass = 0; pass < N_PASSES; pass += 2) {
            bool shared = false;
            for (uint32_t j = 7; j < fixture.table.n_records && !shared; j += EVERY)
                shared = fixture.table.source_of[j] < 2 && same_keys(&fixture, &fixture.passes[pass], i, j);
            const bool is_called = (called.passes[i] >> pass & 1) != 0, silent = fixture.table.source_of[i] == 2;
            if (silent) cr_expect(!is_called, "record %u is compared with none", i);
            if (silent) continue;
            cr_expect(is_called || !shared, "record %u, pass %zu", i, pass);
            n_shared += shared;
            n_extra += is_called && !shared;
        }
    cr_expect_gt(n_shared, 200);
    cr_expect_lt(n_extra, 2 * N_RECORDS / 8, "by keys that share a bit");
    pd_called_reset(&called);
    pd_thin_reset(&fixture.thin);
    pd_packed_reset(&fixture.rows);
    pd_table_reset(&fixture.table);
}

Test(called, nothing_is_told_of_many_passes)
{
    static uint8_t linked[N_RECORDS];
    static struct fixture fixture;
    struct pd_called called;
    make(&fixture, linked);
    cr_assert_eq(pd_called_find(&fixture.thin, PD_CALLED_PASSES_MAX + 1, &called, NULL), PADAN_OK);
    cr_expect(!pd_called_tells(&called, 0));
    pd_called_reset(&called);
    pd_thin_reset(&fixture.thin);
    pd_packed_reset(&fixture.rows);
    pd_table_reset(&fixture.table);
}
