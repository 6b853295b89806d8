/* SPDX-License-Identifier: MIT
 * Pairs that stored levels keep, against the run of the linker that compares everything anew. */
#include "linking/level_store.h"

#include "../table/even_sources.h"
#include "base/hash.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 900, N_SOURCES = 2, TEXT_MAX = 2000, N_GIVEN = 600 };

static const char *const words[] = { "ANI", "ANNI", "BUDI", "BUDDI", "CITRA", "SITRA", "DEWI", "DEWA", "ENI" };

/* Rules and comparisons of all models; m of the levels, and whether equal names count by frequency, differ. */
static const char model_text[] =
    "{\"link_type\": \"dedupe_only\", \"probability_two_random_records_match\": %g,"
    " \"blocking_rules_to_generate_predictions\": [\"l.b = r.b\", \"substr(l.a, 1, 2) = substr(r.a, 1, 2)\"],"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": %g, \"u_probability\": 0.1%s},"
    "   {\"sql_condition\": \"levenshtein(a_l, a_r) <= 1\", \"m_probability\": 0.2, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]},"
    "  {\"output_column_name\": \"b\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"b_l IS NULL OR b_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"b_l = b_r\", \"m_probability\": 0.9, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.8}]}]}";

struct variant {
    double lambda, m;
    bool frequency;
};

static void fill_column(struct pd_table *table, const char *name, struct pd_random *random)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    uint32_t *codes = column->words;
    for (size_t i = 0; i < N_RECORDS; i++) {
        const size_t which = (size_t)pd_random_below(random, 4) * (size_t)pd_random_below(random, 4); /* uneven */
        codes[i] = 0;
        if (which >= sizeof words / sizeof *words) continue;
        const struct pd_text text = pd_text_of(words[which]);
        cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &codes[i], NULL), PADAN_OK);
    }
}

static void read_model(const struct variant *variant, struct pd_model *model)
{
    struct padan_error error = { 0 };
    char text[TEXT_MAX];
    (void)snprintf(text, sizeof text, model_text, variant->lambda, variant->m,
                   variant->frequency ? ", \"tf_adjustment_column\": \"a\"" : "");
    cr_assert_eq(pd_model_read(model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_OK, "%s",
                 error.message);
}

static void compare(const struct pd_edges *kept, const struct pd_edges *run)
{
    cr_assert_eq(kept->n_edges, run->n_edges);
    cr_assert_eq(kept->n_comparisons, run->n_comparisons);
    for (size_t i = 0; i < run->n_edges; i++) {
        cr_assert_eq(kept->edges[i].left, run->edges[i].left);
        cr_assert_eq(kept->edges[i].right, run->edges[i].right);
        cr_assert_eq(kept->edges[i].weight, run->edges[i].weight);
    }
    cr_assert_eq(memcmp(kept->gammas, run->gammas, run->n_edges * run->n_comparisons), 0);
}

/* Asks for a weight that some pairs of the variant reach; returns how many do. */
static size_t check(struct pd_table *table, struct pd_level_store *store, const struct variant *variant,
                    const struct pd_scope *scope, int threads)
{
    struct pd_model model;
    struct pd_linker linker;
    struct pd_edges kept = { 0 }, run = { 0 };
    const pd_weight needed = -2 * PD_WEIGHT_ONE;
    read_model(variant, &model);
    cr_assert_eq(pd_linker_make(&linker, table, &model, threads, NULL), PADAN_OK);
    if (store->begins == NULL) cr_assert_eq(pd_level_store_fill(store, &linker, scope, NULL), PADAN_OK);
    cr_assert_eq(pd_level_store_reach(store, store->gammas, &linker, needed, &kept, NULL), PADAN_OK);
    cr_assert_eq(pd_linker_run(&linker, scope, needed, &run, NULL), PADAN_OK);
    compare(&kept, &run);
    const size_t n = kept.n_edges;
    pd_edges_reset(&kept);
    pd_edges_reset(&run);
    pd_linker_reset(&linker);
    pd_model_reset(&model);
    return n;
}

/* All pairs of the table, in no order. */
static size_t list_pairs(struct pd_pair *pairs)
{
    size_t n = 0;
    for (uint32_t right = N_GIVEN; right-- > 1;)
        for (uint32_t left = 0; left < right; left++) pairs[n++] = (struct pd_pair){ left, right };
    return n;
}

/* Levels of given pairs, those of another model behind them, against those of the plan. */
Test(level_store, has_the_levels_of_given_pairs_and_of_a_second_model)
{
    static const struct variant variant = { .01, .7, true };
    static struct pd_pair pairs[N_GIVEN * N_GIVEN / 2];
    for (int threads = 1; threads <= 3; threads += 2) {
        struct pd_table table;
        struct pd_model model;
        struct pd_linker linker;
        struct pd_level_store store = { 0 };
        struct pd_random random = pd_random_stream(5, 1);
        int8_t gammas[PD_COMPARISONS_MAX];
        size_t seen = 0;
        make_even_sources(&table, N_RECORDS, N_SOURCES);
        fill_column(&table, "a", &random);
        fill_column(&table, "b", &random);
        read_model(&variant, &model);
        cr_assert_eq(pd_linker_make(&linker, &table, &model, threads, NULL), PADAN_OK);
        const size_t n_pairs = list_pairs(pairs);
        cr_assert_eq(pd_level_store_take(&store, &linker, pairs, n_pairs, NULL), PADAN_OK);
        cr_assert_eq(pd_level_store_widen(&store, &linker, NULL), PADAN_OK);
        cr_assert_eq(store.n_pairs, n_pairs);
        cr_assert_eq(store.n_comparisons, 4u);
        cr_assert_leq(store.n_patterns, 16u);
        for (uint32_t left = 0; left < N_GIVEN; left++)
            for (size_t i = store.begins[left]; i < store.begins[left + 1]; i++, seen++) {
                const uint32_t right = pd_level_store_right(store.rights[i]);
                const int8_t *kept = store.gammas + pd_level_store_pattern(store.rights[i]) * 4;
                pd_weight weight = 0;
                cr_assert_eq(right, left + 1 + (i - store.begins[left]), "in order");
                (void)pd_plan_score(&linker.plan, linker.workers, left, right, INT64_MIN, gammas, &weight);
                cr_assert_eq(memcmp(kept, gammas, 2), 0);
                cr_assert_eq(memcmp(kept + 2, gammas, 2), 0);
            }
        cr_assert_eq(seen, n_pairs);
        pd_level_store_reset(&store);
        pd_linker_reset(&linker);
        pd_model_reset(&model);
        pd_table_reset(&table);
    }
}

Test(level_store, keeps_what_a_run_of_the_linker_keeps_with_any_weights)
{
    static const struct variant variants[] = {
        { .01, .7, true }, { .01, .7, false }, { .04, .3, true }, { .2, .05, false }
    };
    static const uint8_t matrix[N_SOURCES * N_SOURCES] = { 1, 1, 1, 0 };
    const struct pd_scope scope = { .n_sources = N_SOURCES, .matrix = matrix };
    for (int threads = 1; threads <= 3; threads += 2) {
        struct pd_table table;
        struct pd_level_store store = { 0 };
        struct pd_random random = pd_random_stream(5, 1);
        make_even_sources(&table, N_RECORDS, N_SOURCES);
        fill_column(&table, "a", &random);
        fill_column(&table, "b", &random);
        for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
            const size_t n = check(&table, &store, &variants[i], &scope, threads);
            cr_assert(n > 100 && n < store.n_pairs, "variant %zu keeps %zu of %zu pairs", i, n, store.n_pairs);
        }
        cr_assert_gt(store.n_records, 3 * 256, "several chunks");
        cr_assert_leq(store.n_patterns, 16, "levels of pairs are not repeated");
        pd_level_store_reset(&store);
        pd_table_reset(&table);
    }
}
