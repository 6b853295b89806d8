/* SPDX-License-Identifier: MIT */
#include "reconcile/likely.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>

enum { N = 13 };

/* Two people of the register are rows 0 and 1; every row is a cluster of its own but 8, which belongs to 1; 8 is a row
 * of a roster. */
static const struct {
    uint32_t left, right;
    int weight;
    enum pd_class class;
} pairs[] = {
    { 0, 2, 10, PD_CLASS_REVIEW }, /* 2 follows its strongest pair, to 1 */
    { 1, 2, 11, PD_CLASS_REVIEW }, /* */
    { 2, 3, 9, PD_CLASS_REVIEW },  /* 3 follows 2 to 1 */
    { 4, 5, 8, PD_CLASS_REVIEW },  /* 4 and 5 are nobody the register knows */
    { 0, 6, 5, PD_CLASS_REVIEW },  /* 6 and 7 follow each other, and then 6 leads to 0 */
    { 6, 7, 7, PD_CLASS_REVIEW },   { 0, 1, 30, PD_CLASS_REVIEW }, /* two people of the register are two */
    { 0, 8, 30, PD_CLASS_REVIEW },                                 /* 8 is 1 already */
    { 0, 9, 30, PD_CLASS_NONE },                                   /* below review */
    { 0, 10, 4, PD_CLASS_REVIEW },                                 /* 10 is rather like a row of the register than */
    { 8, 10, 5, PD_CLASS_REVIEW },                                 /* like somebody's row in a roster */
    { 11, 12, 9, PD_CLASS_REVIEW }, { 0, 12, 3, PD_CLASS_REVIEW }, /* follow each other: then the one's weaker pair */
    { 1, 11, 2, PD_CLASS_REVIEW },                                 /* and not the other's, which is weaker still */
};
enum { N_PAIRS = sizeof pairs / sizeof *pairs };

Test(likely, persons_follow_their_strongest_pair_and_never_join_two_of_the_register)
{
    struct pd_edge edges[N_PAIRS];
    uint32_t cluster[N];
    uint32_t anchor[N];
    uint32_t likely[N];
    const struct pd_table table = { .n_records = N };
    for (uint32_t i = 0; i < N; i++) {
        cluster[i] = i == 8 ? 1 : i;
        anchor[i] = i == 0 ? 0 : i == 1 || i == 8 ? 1 : PD_NO_RECORD;
    }
    for (size_t i = 0; i < N_PAIRS; i++)
        edges[i] = (struct pd_edge){ .left = pairs[i].left,
                                     .right = pairs[i].right,
                                     .weight = pairs[i].weight * PD_WEIGHT_ONE,
                                     .class = (uint8_t)pairs[i].class };
    const struct pd_edges all = { .edges = edges, .n_edges = N_PAIRS };
    const struct pd_linkage linkage = { .table = &table, .edges = &all, .cluster = cluster, .anchor = anchor };
    struct pd_alternatives others = { 0 };
    cr_assert_eq(pd_likely_persons(&linkage, 1, likely, &others, NULL), PADAN_OK);
    static const uint32_t wanted[N] = { 0, 1, 1, 1, 4, 4, 0, 0, 1, 9, 0, 0, 0 };
    for (size_t i = 0; i < N; i++) cr_expect_eq(likely[i], wanted[i], "row %zu: %u", i, likely[i]);
    /* 2 may also be 0, 10 and 11 may be 1; nobody else may be a second person. */
    static const struct pd_alternative wanted_others[] = { { 2, 0, 2, 0 }, { 10, 1, 2, 10 }, { 11, 1, 2, 13 } };
    cr_assert_eq(others.n_items, 3);
    cr_expect_arr_eq(others.items, wanted_others, sizeof wanted_others);
    pd_alternatives_reset(&others);
}

/* Rows 0 to 3 are the register's: 0, 1 and 2 have one number there, 3 has none. The registry puts 0 with 4 and 1 with
 * 5; 2 is with 1. A number of more than 20 people (6 to 27) joins nobody. */
Test(likely, families_that_the_register_holds_as_one_may_be_one)
{
    enum { ROWS = 28, CROWD = 6 };
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = 4 },
                                   { .name = PD_TEXT("b"), .begin = 4, .end = 6 },
                                   { .name = PD_TEXT("c"), .begin = 6, .end = ROWS } };
    struct pd_table table = { .n_records = ROWS, .sources = sources, .n_sources = 3 };
    struct pd_column *numbers = NULL;
    uint32_t household[ROWS], likely_family[ROWS];
    cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &numbers, NULL), PADAN_OK);
    uint64_t *words = numbers->words;
    for (uint32_t i = 0; i < ROWS; i++) {
        household[i] = i;
        words[i] = i < 3 ? 77 : i >= CROWD ? 99 : 0;
    }
    household[4] = 0;
    household[5] = household[2] = 1;
    struct pd_linkage linkage = { .table = &table, .columns = { .no_kk = 0 }, .household = household };
    cr_assert_eq(pd_likely_families(&linkage, 1, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++)
        cr_expect_eq(likely_family[i], i == 1 ? 0 : i, "family %u: %u", i, likely_family[i]);
    linkage.register_source = 2;
    cr_assert_eq(pd_likely_families(&linkage, 1, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++) cr_expect_eq(likely_family[i], i, "family %u: %u", i, likely_family[i]);
    linkage.register_source = -1;
    cr_assert_eq(pd_likely_families(&linkage, 1, likely_family, NULL), PADAN_OK);
    for (uint32_t i = 0; i < ROWS; i++) cr_expect_eq(likely_family[i], i);
    table.sources = NULL;
    table.n_sources = 0;
    pd_table_reset(&table);
}

/* --- slow twins: all clusters and all numbers, one after the other --- */

enum { ROWS_MAX = 64 };

static uint32_t find_root(const uint32_t *parent, uint32_t record)
{
    while (parent[record] != record) record = parent[record];
    return record;
}

static void join_pair(const struct pd_linkage *linkage, const struct pd_edge *edge, uint32_t *parent)
{
    const uint32_t a = find_root(parent, edge->left), b = find_root(parent, edge->right);
    const bool a_known = linkage->anchor[a] != PD_NO_RECORD, b_known = linkage->anchor[b] != PD_NO_RECORD;
    const bool keep_a = a_known != b_known ? a_known : a < b;
    if (a != b) parent[keep_a ? b : a] = keep_a ? a : b;
}

/* The strongest pair out of a cluster, with a row of the register only, or NULL; the first of several. */
static const struct pd_edge *strongest_of(const struct pd_linkage *linkage, uint32_t cluster, bool direct)
{
    const struct pd_edge *best = NULL;
    for (size_t i = 0; i < linkage->edges->n_edges; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[i];
        const uint32_t left = linkage->cluster[edge->left], right = linkage->cluster[edge->right];
        if (edge->class == PD_CLASS_NONE || left == right || (left != cluster && right != cluster)) continue;
        const uint32_t other = left == cluster ? edge->right : edge->left;
        if (direct && linkage->anchor[other] != other) continue;
        if (best == NULL || edge->weight > best->weight) best = edge;
    }
    return best;
}

static void slow_persons(const struct pd_linkage *linkage, size_t n, uint32_t *likely)
{
    for (uint32_t i = 0; i < n; i++) likely[i] = linkage->cluster[i];
    for (uint32_t i = 0; i < n; i++) {
        if (linkage->cluster[i] != i || linkage->anchor[i] != PD_NO_RECORD) continue;
        const struct pd_edge *any = strongest_of(linkage, i, false), *direct = strongest_of(linkage, i, true);
        if (any == NULL) continue;
        const uint32_t other = linkage->cluster[any->left] == i ? any->right : any->left;
        join_pair(linkage, direct != NULL && linkage->anchor[other] != PD_NO_RECORD ? direct : any, likely);
    }
    const struct pd_edge *found[ROWS_MAX] = { NULL };
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t root = find_root(likely, i);
        if (linkage->cluster[i] != i || linkage->anchor[i] != PD_NO_RECORD || linkage->anchor[root] != PD_NO_RECORD)
            continue;
        const struct pd_edge *direct = strongest_of(linkage, i, true);
        if (direct != NULL && (found[root] == NULL || direct->weight > found[root]->weight)) found[root] = direct;
    }
    for (uint32_t i = 0; i < n; i++)
        if (found[i] != NULL) join_pair(linkage, found[i], likely);
    for (uint32_t i = 0; i < n; i++) likely[i] = find_root(likely, i);
}

/* The other persons that the pairs of a cluster lead to: by their strongest pairs, the first of several. */
static size_t slow_alternatives(const struct pd_linkage *linkage, const uint32_t *likely, uint32_t cluster, size_t n,
                                struct pd_alternative *found)
{
    size_t n_found = 0;
    bool taken[ROWS_MAX] = { false };
    taken[likely[cluster]] = true;
    while (n_found < PD_ALTERNATIVES_MAX) {
        uint32_t best = PD_NO_EDGE, person = 0;
        for (uint32_t i = 0; i < n; i++) {
            const struct pd_edge *edges = linkage->edges->edges;
            const uint32_t left = linkage->cluster[edges[i].left], right = linkage->cluster[edges[i].right];
            if (edges[i].class == PD_CLASS_NONE || left == right || (left != cluster && right != cluster)) continue;
            const uint32_t other = likely[left == cluster ? right : left];
            if (taken[other] || (best != PD_NO_EDGE && edges[i].weight <= edges[best].weight)) continue;
            best = i;
            person = other;
        }
        if (best == PD_NO_EDGE) break;
        taken[person] = true;
        found[n_found] = (struct pd_alternative){ cluster, person, (uint32_t)n_found + 2, best };
        n_found++;
    }
    return n_found;
}

/* Whether every cluster that the register does not know has its alternatives, and no other any. */
static void expect_alternatives(const struct pd_linkage *linkage, const uint32_t *likely,
                                const struct pd_alternatives *others)
{
    size_t n_all = 0;
    for (uint32_t i = 0; i < linkage->table->n_records; i++) {
        struct pd_alternative wanted[PD_ALTERNATIVES_MAX];
        size_t n = 0, n_wanted = 0;
        if (linkage->cluster[i] != i) continue;
        if (linkage->anchor[i] == PD_NO_RECORD)
            n_wanted = slow_alternatives(linkage, likely, i, linkage->edges->n_edges, wanted);
        const struct pd_alternative *of = pd_alternatives_of(others, i, &n);
        cr_assert_eq(n, n_wanted, "cluster %u: %zu alternatives, not %zu", i, n, n_wanted);
        if (n > 0) cr_assert_arr_eq(of, wanted, n * sizeof *wanted, "cluster %u", i);
        n_all += n;
    }
    cr_assert_eq(n_all, others->n_items);
}

/* Of the first rows, which are the register's, some are the person of a later row; later rows may be one another. */
static void draw_clusters(struct pd_random *random, uint32_t n, uint32_t n_people, uint32_t *cluster, uint32_t *anchor)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t other = i == 0 ? 0 : (uint32_t)pd_random_below(random, i);
        const bool alone = i < n_people || pd_random_below(random, 3) > 0;
        cluster[i] = alone ? i : cluster[other];
        anchor[i] = i < n_people ? i : alone ? PD_NO_RECORD : anchor[cluster[other]];
    }
}

Test(likely, persons_are_those_of_going_through_all_clusters)
{
    enum { ROWS = 60, PEOPLE = 12, EDGES = 70, ROUNDS = 300 };
    struct pd_random random = pd_random_stream(20, 0);
    for (size_t round = 0; round < ROUNDS; round++) {
        struct pd_edge edges[EDGES];
        uint32_t cluster[ROWS], anchor[ROWS], wanted[ROWS], likely[ROWS];
        const struct pd_table table = { .n_records = ROWS };
        draw_clusters(&random, ROWS, PEOPLE, cluster, anchor);
        for (size_t i = 0; i < EDGES; i++) {
            const uint32_t left = (uint32_t)pd_random_below(&random, ROWS - 1);
            edges[i] = (struct pd_edge){ .left = left,
                                         .right = left + 1 + (uint32_t)pd_random_below(&random, ROWS - 1 - left),
                                         .weight = (int64_t)pd_random_below(&random, 6) * PD_WEIGHT_ONE,
                                         .class = pd_random_below(&random, 5) == 0 ? PD_CLASS_NONE : PD_CLASS_REVIEW };
        }
        const struct pd_edges all = { .edges = edges, .n_edges = EDGES };
        const struct pd_linkage linkage = { .table = &table, .edges = &all, .cluster = cluster, .anchor = anchor };
        slow_persons(&linkage, ROWS, wanted);
        for (int threads = 1; threads <= 3; threads++) {
            struct pd_alternatives others = { 0 };
            cr_assert_eq(pd_likely_persons(&linkage, threads, likely, &others, NULL), PADAN_OK);
            cr_assert_arr_eq(likely, wanted, sizeof wanted, "round %zu, %d threads", round, threads);
            expect_alternatives(&linkage, likely, &others);
            pd_alternatives_reset(&others);
        }
    }
}

/* Register rows [0, n_people) of one number, at most 20 of them, are of likely one family. */
static void slow_families(const uint64_t *numbers, const uint32_t *household, uint32_t n, uint32_t n_people,
                          uint32_t *likely)
{
    for (uint32_t i = 0; i < n; i++) likely[i] = i;
    for (uint32_t i = 0; i < n_people; i++) {
        size_t n_equal = 0;
        for (uint32_t j = 0; j < n_people; j++) n_equal += numbers[j] == numbers[i];
        for (uint32_t j = i + 1; j < n_people && numbers[i] != 0 && n_equal <= 20; j++) {
            const uint32_t a = find_root(likely, household[i]), b = find_root(likely, household[j]);
            if (numbers[j] == numbers[i]) likely[a < b ? b : a] = a < b ? a : b;
        }
    }
    for (uint32_t i = 0; i < n; i++) likely[i] = find_root(likely, i);
}

Test(likely, families_are_those_of_going_through_all_numbers)
{
    enum { ROWS = 400, PEOPLE = 300, ROUNDS = 60 };
    struct pd_random random = pd_random_stream(21, 0);
    struct pd_source sources[] = { { .name = PD_TEXT("a"), .begin = 0, .end = PEOPLE },
                                   { .name = PD_TEXT("b"), .begin = PEOPLE, .end = ROWS } };
    struct pd_table table = { .n_records = ROWS, .sources = sources, .n_sources = 2 };
    struct pd_column *column = NULL;
    uint32_t household[ROWS], wanted[ROWS], likely[ROWS];
    cr_assert_eq(pd_table_add(&table, PD_TEXT("no_kk"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    uint64_t *numbers = column->words;
    const struct pd_linkage linkage = { .table = &table, .columns = { .no_kk = 0 }, .household = household };
    for (size_t round = 0; round < ROUNDS; round++) {
        /* Few numbers make crowds, many make families of one. */
        const uint64_t n_numbers = round % 2 == 0 ? 20 : 200;
        for (uint32_t i = 0; i < ROWS; i++) {
            numbers[i] = pd_random_below(&random, n_numbers);
            household[i] = i;
            for (uint32_t j = 0; j < i && household[i] == i; j++)
                if (household[j] == j && numbers[j] == numbers[i] && pd_random_below(&random, 4) > 0) household[i] = j;
            if (i > 0 && pd_random_below(&random, 10) == 0) household[i] = household[pd_random_below(&random, i)];
        }
        slow_families(numbers, household, ROWS, PEOPLE, wanted);
        for (int threads = 1; threads <= 3; threads++) {
            cr_assert_eq(pd_likely_families(&linkage, threads, likely, NULL), PADAN_OK);
            cr_assert_arr_eq(likely, wanted, sizeof wanted, "round %zu, %d threads", round, threads);
        }
    }
    table.sources = NULL;
    table.n_sources = 0;
    pd_table_reset(&table);
}
