/* SPDX-License-Identifier: MIT
 * Which passes records are called in, against a loop over all records that call. */
#include "block/called.h"

#include "../table/even_sources.h"
#include "base/memory.h"
#include "base/random.h"
#include "number_columns.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 100000, N_SOURCES = 3, N_PASSES = 3, EVERY = 400, N_NUMBERS = 6, N_MANY_PASSES = 20 };

struct fixture {
    struct pd_table table;
    struct pd_packed_rows rows;
    struct pd_pass passes[N_MANY_PASSES];
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

static void make_passes(struct fixture *fixture, struct pd_random *random)
{
    const int many = add_numbers(fixture, "many", 90000, random);
    const int some = add_numbers(fixture, "some", 500, random);
    fixture->passes[0] = (struct pd_pass){ .keys = { { many, many, false } }, .n_keys = 1, .symmetric = true };
    fixture->passes[1] = (struct pd_pass){ .keys = { { many, some, false } }, .n_keys = 1 }; /* two keys: not told */
    fixture->passes[2] =
        (struct pd_pass){ .keys = { { some, some, false }, { many, many, false } }, .n_keys = 2, .symmetric = true };
    fixture->all.n_passes = N_PASSES;
}

/* One for each three of six numbers: no pass has all keys of another. */
static void make_many_passes(struct fixture *fixture, struct pd_random *random)
{
    static const char *const names[N_NUMBERS] = { "a", "b", "c", "d", "e", "f" };
    int columns[N_NUMBERS];
    size_t n = 0;
    for (size_t i = 0; i < N_NUMBERS; i++) columns[i] = add_numbers(fixture, names[i], 20, random);
    for (unsigned which = 0; which < 1u << N_NUMBERS; which++) {
        if (__builtin_popcount(which) != 3) continue;
        struct pd_pass *pass = &fixture->passes[n++];
        *pass = (struct pd_pass){ .symmetric = true };
        for (size_t i = 0; i < N_NUMBERS; i++)
            if ((which >> i & 1) != 0) pass->keys[pass->n_keys++].left = columns[i];
    }
    cr_assert_eq(n, N_MANY_PASSES);
    fixture->all.n_passes = n;
}

/* The third source is compared with none. */
static void make(struct fixture *fixture, uint8_t *linked,
                 void (*make_columns)(struct fixture *fixture, struct pd_random *random))
{
    struct pd_random random = pd_random_stream(4, 9);
    make_even_sources(&fixture->table, N_RECORDS, N_SOURCES);
    fixture->rows = (struct pd_packed_rows){ .table = &fixture->table };
    make_columns(fixture, &random);
    cr_assert_eq(pd_packed_fill(&fixture->rows, 2, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) linked[i] = i % EVERY != 7;
    for (size_t i = 0; i < N_SOURCES * N_SOURCES; i++)
        fixture->matrix[i] = i % N_SOURCES == 2 || i / N_SOURCES == 2 ? PD_SCOPE_NEVER : PD_SCOPE_UNLINKED;
    fixture->all.passes = fixture->passes;
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

static void reset(struct fixture *fixture, struct pd_called *called)
{
    pd_called_reset(called);
    pd_thin_reset(&fixture->thin);
    pd_packed_reset(&fixture->rows);
    pd_table_reset(&fixture->table);
}

static bool is_called(const struct pd_called *called, uint32_t record, size_t pass)
{
    return (called->bits[record] >> called->bit_of[pass] & 1) != 0;
}

static bool shares_a_key(const struct fixture *fixture, uint32_t record, size_t pass)
{
    for (uint32_t j = 7; j < fixture->table.n_records; j += EVERY)
        if (fixture->table.source_of[j] < 2 && same_keys(fixture, &fixture->passes[pass], record, j)) return true;
    return false;
}

struct count {
    size_t shared, extra;
};

/* Of every step-th record: none that shares a key is missed, nor is one called that is compared with none. */
static struct count check_pass(const struct fixture *fixture, const struct pd_called *called, size_t pass,
                               uint32_t step)
{
    struct count count = { 0 };
    for (uint32_t i = 0; i < N_RECORDS; i += step) {
        const bool told = is_called(called, i, pass);
        if (fixture->table.source_of[i] == 2) {
            cr_expect(!told, "record %u is compared with none", i);
            continue;
        }
        const bool shared = shares_a_key(fixture, i, pass);
        cr_expect(told || !shared, "record %u, pass %zu", i, pass);
        count.shared += shared;
        count.extra += told && !shared;
    }
    return count;
}

Test(called, whoever_shares_a_key_with_a_calling_record_is_and_few_others)
{
    static uint8_t linked[N_RECORDS];
    static struct fixture fixture;
    struct pd_called called;
    make(&fixture, linked, make_passes);
    cr_assert_eq(pd_called_find(&fixture.thin, N_PASSES, &called, NULL), PADAN_OK);
    cr_expect(pd_called_tells(&called, 0));
    cr_expect(!pd_called_tells(&called, 1), "its keys are not those of one column");
    cr_expect(pd_called_tells(&called, 2));
    cr_expect_eq(called.bit_of[2], called.bit_of[0], "its keys are those of the first and more");
    const struct count first = check_pass(&fixture, &called, 0, 1), third = check_pass(&fixture, &called, 2, 1);
    cr_expect_gt(first.shared + third.shared, 200);
    cr_expect_lt(first.extra, N_RECORDS / 8, "by keys that share a bit");
    reset(&fixture, &called);
}

Test(called, passes_that_are_more_than_bits_share_them)
{
    static uint8_t linked[N_RECORDS];
    static struct fixture fixture;
    struct pd_called called;
    unsigned used = 0;
    make(&fixture, linked, make_many_passes);
    cr_assert_gt((int)N_MANY_PASSES, (int)PD_CALLED_BITS);
    cr_assert_eq(pd_called_find(&fixture.thin, N_MANY_PASSES, &called, NULL), PADAN_OK);
    for (size_t pass = 0; pass < N_MANY_PASSES; pass++) {
        cr_assert(pd_called_tells(&called, pass));
        used |= 1u << called.bit_of[pass];
        const struct count count = check_pass(&fixture, &called, pass, 10);
        cr_expect_gt(count.shared, 20);
        cr_expect_lt(count.extra, N_RECORDS / 10 / 8, "by keys that share a bit");
    }
    cr_expect_eq(used, (1u << PD_CALLED_BITS) - 1);
    reset(&fixture, &called);
}
