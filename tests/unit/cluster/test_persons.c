/* SPDX-License-Identifier: MIT
 * Joining side by side gives the clusters, and refuses the edges, that joining from the strongest edge down does. */
#include "base/memory.h"
#include "base/random.h"
#include "cluster/joining.h"

#include <criterion/criterion.h>

/* A roster, a register whose people are known to differ, another roster. Few rows of many have two people near. */
enum { ROWS = 60000, PEOPLE_BEGIN = 20000, PEOPLE_END = 40000, EDGES = 40000, N_SOURCES = 3 };

struct world {
    struct pd_table table;
    struct pd_source sources[N_SOURCES];
    uint16_t source_of[ROWS];
    struct pd_edge list[EDGES];
};

static void make_world(struct world *world)
{
    static const size_t ends[N_SOURCES] = { PEOPLE_BEGIN, PEOPLE_END, ROWS };
    static const char *const names[N_SOURCES] = { "b", "c", "a" };
    struct pd_column *column = NULL;
    world->table = (struct pd_table){
        .n_records = ROWS, .sources = world->sources, .n_sources = N_SOURCES, .source_of = world->source_of
    };
    for (size_t i = 0, begin = 0; i < N_SOURCES; begin = ends[i++]) {
        world->sources[i] = (struct pd_source){ .name = pd_text_of(names[i]), .begin = begin, .end = ends[i] };
        for (size_t row = begin; row < ends[i]; row++) world->source_of[row] = (uint16_t)i;
    }
    cr_assert_eq(pd_table_add(&world->table, PD_TEXT("unique_id"), PD_TYPE_INT, PD_ENCODING_INT, &column, NULL),
                 PADAN_OK);
    for (int64_t i = 0; i < ROWS; i++) ((int64_t *)column->words)[i] = (i * 7919) % ROWS;
}

/* Edges by left row, each between rows that are `near`, a quarter of them to be reviewed; weights repeat. */
static void draw_edges(struct world *world, uint64_t seed, uint64_t near)
{
    struct pd_random random = pd_random_stream(seed, near);
    for (size_t i = 0; i < EDGES; i++) {
        const uint32_t left = (uint32_t)(i * (ROWS - 1) / EDGES);
        const uint64_t step = pd_random_below(&random, 3) == 0 ? PEOPLE_BEGIN - near : 0;
        const uint64_t right = left + step + pd_random_below(&random, near) + 1;
        world->list[i] = (struct pd_edge){ .left = left,
                                           .right = (uint32_t)(right < ROWS ? right : ROWS - 1),
                                           .weight = (pd_weight)pd_random_below(&random, 5000),
                                           .cut = PD_CUT_WEAK_BRIDGE,
                                           .class = PD_CLASS_AUTOMATIC };
        if (pd_random_below(&random, 4) == 0) world->list[i].class = PD_CLASS_REVIEW;
        if (world->list[i].class == PD_CLASS_REVIEW) world->list[i].cut = PD_CUT_NONE;
    }
}

static void expect_equal(const struct world *world, const struct pd_cluster_options *options)
{
    struct pd_edge *list = NULL;
    struct pd_clusters fast, slow;
    size_t n_cut = 0;
    cr_assert_eq(pd_allocate(&list, EDGES, sizeof *list, NULL), PADAN_OK);
    memcpy(list, world->list, EDGES * sizeof *list);
    struct pd_edges edges = { .edges = list, .n_edges = EDGES };
    struct pd_edges twins = { .edges = (struct pd_edge *)(uintptr_t)world->list, .n_edges = EDGES };
    cr_assert_eq(pd_cluster_persons(options, &edges, &fast, NULL), PADAN_OK);
    cr_assert_eq(pd_cluster_join(options, NULL, &twins, &slow, NULL), PADAN_OK);
    for (size_t i = 0; i < ROWS; i++) {
        cr_assert_eq(fast.cluster[i], slow.cluster[i], "cluster of row %zu", i);
        cr_assert_eq(fast.size[i], slow.size[i], "size of row %zu", i);
        cr_assert_eq(fast.anchor[i], slow.anchor[i], "anchor of row %zu", i);
    }
    for (size_t i = 0; i < EDGES; i++) {
        cr_assert_eq(list[i].cut, world->list[i].cut, "edge %zu", i);
        n_cut += list[i].cut != PD_CUT_NONE;
    }
    cr_assert_eq(n_cut > 0, options->anchor_source >= 0 && !options->unguarded);
    pd_clusters_reset(&fast);
    pd_clusters_reset(&slow);
    pd_free(list);
}

Test(persons, edges_joined_side_by_side_give_the_clusters_of_edges_in_order)
{
    struct world *world = NULL;
    cr_assert_eq(pd_allocate(&world, 1, sizeof *world, NULL), PADAN_OK);
    make_world(world);
    static const struct {
        uint64_t near;
        int anchor_source;
        bool unguarded;
    } cases[] = { { 40, 1, false }, { 40, 1, true }, { 40, -1, false }, { 19000, 1, false }, { 19000, 1, true } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int threads = 1; threads <= 3; threads += 2) {
            draw_edges(world, i + 1, cases[i].near);
            expect_equal(world, &(struct pd_cluster_options){ .table = &world->table,
                                                              .anchor_source = cases[i].anchor_source,
                                                              .unguarded = cases[i].unguarded,
                                                              .threads = threads });
        }
    pd_table_reset(&(struct pd_table){
        .columns = world->table.columns, .n_columns = world->table.n_columns, .arena = world->table.arena });
    pd_free(world);
}
