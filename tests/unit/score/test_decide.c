/* SPDX-License-Identifier: MIT
 * Decisions of edges whose rows are marked, against decisions of all edges anew. */
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"
#include "score/decide.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 200, N_SOURCES = 2, N_PEOPLE = 60, N_EDGES = 260, ROUNDS = 20 };

static const char text[] =
    "{\"link_type\": \"link_only\", \"blocking_rules_to_generate_predictions\": [\"l.x = r.x\"],"
    " \"padan_thresholds\": {\"review\": 2, \"automatic\": 10},"
    " \"comparisons\": [{\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"x_l = x_r\", \"padan_weight\": 4}, {\"sql_condition\": \"ELSE\", \"padan_weight\": "
    "-1}]}],"
    " \"padan_decisions\": ["
    "  {\"id\": \"alone\", \"when\": \"n_calon = 1 AND match_weight > 8 AND ke_register\", \"class\": \"otomatis\", "
    "\"certify\": true},"
    "  {\"id\": \"close\", \"when\": \"selisih_bobot < 3\", \"class\": \"tinjau\"},"
    "  {\"id\": \"tied\", \"when\": \"seri_register AND gamma_a = 0\", \"class\": \"tinjau\"}]}";

struct village {
    struct pd_table table;
    struct pd_model model;
    struct pd_source sources[N_SOURCES];
    uint16_t source_of[N_RECORDS];
    struct pd_edge edges[N_EDGES];
    int8_t gammas[N_EDGES];
};

static void settle(struct village *village, struct pd_random *random)
{
    village->sources[0] = (struct pd_source){ .name = PD_TEXT("people"), .begin = 0, .end = N_PEOPLE };
    village->sources[1] = (struct pd_source){ .name = PD_TEXT("roster"), .begin = N_PEOPLE, .end = N_RECORDS };
    village->table = (struct pd_table){
        .n_records = N_RECORDS, .sources = village->sources, .n_sources = N_SOURCES, .source_of = village->source_of
    };
    for (size_t i = 0; i < N_RECORDS; i++) village->source_of[i] = i >= N_PEOPLE;
    for (size_t i = 0; i < N_EDGES; i++) {
        const uint32_t left = (uint32_t)pd_random_below(random, N_RECORDS - 1);
        const uint32_t right = left + 1 + (uint32_t)pd_random_below(random, N_RECORDS - 1 - left);
        const pd_weight weight = (pd_weight)(4 + pd_random_below(random, 30)) * PD_WEIGHT_ONE / 2;
        village->edges[i] = (struct pd_edge){ .left = left, .right = right, .weight = weight };
        village->gammas[i] = (int8_t)pd_random_below(random, 2);
    }
}

static void decide(struct village *village, struct pd_edge *list, const uint8_t *again, int threads)
{
    uint8_t tied[N_RECORDS];
    struct pd_rivals rivals;
    struct padan_error error = { 0 };
    struct pd_edges edges = { .edges = list, .gammas = village->gammas, .n_edges = N_EDGES, .n_comparisons = 1 };
    const struct pd_rivals_of of = { &village->table, 0, &edges, threads };
    cr_assert_eq(pd_rivals_find(&of, &rivals, tied, NULL), PADAN_OK);
    const struct pd_decide_run run = { .model = &village->model,
                                       .table = &village->table,
                                       .anchor_source = 0,
                                       .rivals = &rivals,
                                       .tied = tied,
                                       .again = again,
                                       .threads = threads };
    cr_assert_eq(pd_decide(&run, &edges, &error), PADAN_OK, "%s", error.message);
    pd_rivals_reset(&rivals);
}

/* Some edges to the register weigh more, and their rows are marked. */
static void raise_some(struct village *village, struct pd_random *random, uint8_t *again)
{
    memset(again, 0, N_RECORDS);
    for (size_t i = 0; i < N_EDGES; i++) {
        struct pd_edge *edge = &village->edges[i];
        if (edge->left >= N_PEOPLE || edge->right < N_PEOPLE || pd_random_below(random, 8) != 0) continue;
        edge->weight += PD_WEIGHT_ONE * 2;
        again[edge->right] = 1;
    }
}

static size_t count_other(const struct pd_edge *a, const struct pd_edge *b)
{
    size_t n = 0;
    for (size_t i = 0; i < N_EDGES; i++) n += a[i].class != b[i].class || a[i].decision != b[i].decision;
    return n;
}

Test(decide, edges_of_marked_rows_come_out_as_if_all_were_decided_again)
{
    static struct village village;
    struct pd_random random = pd_random_stream(17, 1);
    struct padan_error error = { 0 };
    size_t n_changed = 0;
    cr_assert_eq(pd_model_read(&village.model, PD_TEXT(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
    for (int round = 0; round < ROUNDS; round++) {
        struct pd_edge before[N_EDGES], all[N_EDGES];
        uint8_t again[N_RECORDS];
        settle(&village, &random);
        decide(&village, village.edges, NULL, 1);
        memcpy(before, village.edges, sizeof before);
        raise_some(&village, &random, again);
        memcpy(all, village.edges, sizeof all);
        decide(&village, all, NULL, 1);
        decide(&village, village.edges, again, 1 + round % 3);
        cr_assert_eq(count_other(village.edges, all), 0, "round %d", round);
        n_changed += count_other(before, all);
    }
    cr_expect_gt(n_changed, ROUNDS);
    pd_model_reset(&village.model);
}
