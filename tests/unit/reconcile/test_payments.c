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
    struct pd_alternative others[ROWS];
    uint64_t other_marks[ROWS / 64 + 1];
    struct pd_alternatives alternatives;
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
        if ((random >> 56) % 80 != 0) continue;
        world->others[world->alternatives.n_items++] =
            (struct pd_alternative){ .cluster = i, .person = (uint32_t)(random >> 16) % ROWS, .rank = 2 };
        world->other_marks[i / 64] |= UINT64_C(1) << i % 64;
    }
    world->alternatives.items = world->others;
    world->alternatives.marks = world->other_marks;
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
                                                  .alternatives = &world->alternatives,
                                                  .threads = threads };
    return world;
}

static uint32_t family_of(const struct world *world, uint32_t row, bool likely)
{
    return likely ? world->likely_family[world->household[world->likely[row]]] : world->household[row];
}

static uint32_t other_family(const struct world *world, const struct pd_alternative *other)
{
    return world->likely_family[world->household[other->person]];
}

/* Families of rows that are, or may be, of another: only those have groups by likely family. */
static void mark(const struct world *world, bool *marks)
{
    for (uint32_t i = 0; i < ROWS; i++) {
        const uint32_t family = family_of(world, i, true);
        if (world->paid[i] && (world->likely[i] != i || family != world->household[i])) marks[family] = true;
    }
    for (size_t i = 0; i < world->alternatives.n_items; i++)
        if (world->paid[world->others[i].cluster]) marks[other_family(world, &world->others[i])] = true;
}

static int by_hash(const void *a, const void *b)
{
    const struct pd_key *x = a;
    const struct pd_key *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static void expect_groups(const struct world *world, const struct pd_payment_groups *groups, bool likely)
{
    struct pd_key *wanted = calloc((size_t)2 * ROWS, sizeof *wanted);
    bool *marks = calloc(ROWS, sizeof *marks);
    size_t n = 0;
    cr_assert(wanted != NULL && marks != NULL);
    mark(world, marks);
    for (uint32_t i = 0; i < ROWS; i++) {
        const uint32_t family = family_of(world, i, likely);
        if (world->paid[i] && (!likely || marks[family]))
            wanted[n++] = (struct pd_key){ pd_mix64((uint64_t)family + 1), i, 0 };
    }
    for (size_t i = 0; likely && i < world->alternatives.n_items; i++)
        if (world->paid[world->others[i].cluster])
            wanted[n++] = (struct pd_key){ pd_mix64((uint64_t)other_family(world, &world->others[i]) + 1),
                                           world->others[i].cluster, (uint32_t)i + 1 };
    qsort(wanted, n, sizeof *wanted, by_hash);
    cr_assert(n > 1000 && n < ROWS);
    cr_assert_eq(groups->n_keys, n);
    cr_assert_arr_eq(groups->keys, wanted, n * sizeof *wanted);
    free(wanted);
    free(marks);
}

/* Alternatives come behind all other payments of their group, as the persons that they may be. */
static void expect_alternatives_last(const struct world *world, const struct pd_payment_groups *groups)
{
    size_t n_alternatives = 0;
    for (size_t begin = 0, end; begin < groups->n_keys; begin = end) {
        end = pd_key_run_end(groups->keys, groups->n_keys, begin);
        const size_t n_others = pd_payments_before_alternatives(groups->payments + begin, end - begin);
        for (size_t i = begin; i < end; i++) {
            const struct pd_payment *payment = &groups->payments[i];
            size_t n = 0;
            const struct pd_alternative *of = pd_alternatives_of(&world->alternatives, payment->record, &n);
            cr_assert_eq(payment->alternative, i >= begin + n_others);
            cr_assert_eq(payment->likely_person, payment->alternative ? of->person : world->likely[payment->record]);
            n_alternatives += payment->alternative;
        }
    }
    cr_assert_gt(n_alternatives, 1000);
}

Test(payment_groups, groups_hold_the_paid_rows_whatever_the_threads)
{
    for (int threads = 1; threads <= 3; threads += 2) {
        struct world *world = make_world(threads);
        cr_assert_eq(pd_payments_group_families(&world->options, NULL), PADAN_OK);
        expect_groups(world, &world->options.families, false);
        expect_groups(world, &world->options.likely_families, true);
        expect_alternatives_last(world, &world->options.likely_families);
        pd_payment_groups_reset(&world->options.families);
        pd_payment_groups_reset(&world->options.likely_families);
        free(world);
    }
}
