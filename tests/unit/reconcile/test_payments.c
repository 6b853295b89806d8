/* SPDX-License-Identifier: MIT
 * Keys of groups, filled chunk by chunk on several threads, are those of one look at every row. */
#include "reconcile/payments.h"

#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { ROWS = 200000, FAMILIES = 40000 };

struct world {
    struct pd_table table;
    struct pd_source source;
    uint16_t source_of[ROWS];
    bool paid[ROWS];
    uint16_t slice_of[ROWS];
    uint32_t cluster[ROWS], household[ROWS], likely[ROWS], likely_family[ROWS];
    struct pd_slice slice;
    struct pd_slices slices;
    struct pd_linkage linkage;
    struct pd_payment_options options;
};

static struct world *make_world(int threads)
{
    struct world *world = calloc(1, sizeof *world);
    cr_assert_not_null(world);
    world->source = (struct pd_source){ .name = PD_TEXT("a"), .end = ROWS };
    world->table = (struct pd_table){
        .n_records = ROWS, .sources = &world->source, .n_sources = 1, .source_of = world->source_of
    };
    for (uint32_t i = 0; i < ROWS; i++) {
        const uint64_t random = pd_mix64(i + 1);
        world->paid[i] = random % 3 != 0;
        world->slice_of[i] = world->paid[i] ? 0 : PD_NO_SLICE;
        world->cluster[i] = i;
        world->household[i] = (uint32_t)(random >> 8) % FAMILIES;
        world->likely[i] = (random >> 40) % 50 == 0 && i > 0 ? i - 1 : i;
        world->likely_family[i] = (random >> 48) % 70 == 0 && i > 0 ? i - 1 : i;
    }
    world->slice = (struct pd_slice){ .begin = PD_DATE_NONE, .end = PD_DATE_NONE };
    world->slices = (struct pd_slices){ &world->slice, 1, world->slice_of };
    world->linkage = (struct pd_linkage){
        .table = &world->table, .columns = { .nominal = -1 }, .cluster = world->cluster, .household = world->household
    };
    world->options = (struct pd_payment_options){ .linkage = &world->linkage,
                                                  .slices = &world->slices,
                                                  .n_programs = 1,
                                                  .likely = world->likely,
                                                  .likely_family = world->likely_family,
                                                  .threads = threads };
    return world;
}

static uint32_t family_of(const struct world *world, uint32_t row, bool likely)
{
    return likely ? world->likely_family[world->household[world->likely[row]]] : world->household[row];
}

/* Families of rows that are, or may be, of another: only those have groups by likely family. */
static void mark(const struct world *world, bool *marks)
{
    for (uint32_t i = 0; i < ROWS; i++) {
        const uint32_t family = family_of(world, i, true);
        if (world->paid[i] && (world->likely[i] != i || family != world->household[i])) marks[family] = true;
    }
}

static int by_hash(const void *a, const void *b)
{
    const struct pd_key *x = a;
    const struct pd_key *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static void expect_groups(const struct world *world, const struct pd_payment_groups *groups, bool likely)
{
    struct pd_key *wanted = calloc(ROWS, sizeof *wanted);
    bool *marks = calloc(ROWS, sizeof *marks);
    size_t n = 0;
    cr_assert(wanted != NULL && marks != NULL);
    mark(world, marks);
    for (uint32_t i = 0; i < ROWS; i++) {
        const uint32_t family = family_of(world, i, likely);
        if (world->paid[i] && (!likely || marks[family]))
            wanted[n++] = (struct pd_key){ pd_mix64((uint64_t)family + 1), i, 0 };
    }
    qsort(wanted, n, sizeof *wanted, by_hash);
    cr_assert(n > 1000 && n < ROWS);
    cr_assert_eq(groups->n_keys, n);
    for (size_t i = 0; i < n; i++)
        cr_assert(groups->keys[i].hash == wanted[i].hash && groups->keys[i].record == wanted[i].record, "key %zu", i);
    free(wanted);
    free(marks);
}

Test(payment_groups, groups_hold_the_paid_rows_whatever_the_threads)
{
    for (int threads = 1; threads <= 3; threads += 2) {
        struct world *world = make_world(threads);
        cr_assert_eq(pd_payments_group_families(&world->options, NULL), PADAN_OK);
        expect_groups(world, &world->options.families, false);
        expect_groups(world, &world->options.likely_families, true);
        pd_payment_groups_reset(&world->options.families);
        pd_payment_groups_reset(&world->options.likely_families);
        free(world);
    }
}
