/* SPDX-License-Identifier: MIT
 * Few rows against many: a run over those who can be in a pair against the run over all rows, which an order of rows
 * that is given asks for. */
#include "linking/narrowed.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_MANY = 6000, N_FEW = 120, N_SOURCES = 3, N_RECORDS = N_MANY + 2 * N_FEW, N_KEYS = 4000 };

static const char model_text[] =
    "{\"link_type\": \"link_and_dedupe\", \"probability_two_random_records_match\": 0.01,"
    " \"padan_max_pairs_per_block\": 40,"
    " \"blocking_rules_to_generate_predictions\": ["
    "  {\"blocking_rule\": \"l.a = r.a\", \"padan_refine\": [\"b\"]},"
    "  \"substr(l.a, 2, 9) = substr(r.a, 2, 9) and l.b = r.b\","
    "  {\"blocking_rule\": \"l.n = r.n\", \"padan_refine\": [\"b\"]}, \"l.d = r.d and l.n = r.n\"],"
    " \"padan_thresholds\": {\"review\": -20, \"automatic\": 2},"
    " \"padan_unlinked\": {\"review\": -30, \"blocking_rules\": [\"l.b = r.b and l.d = r.d\"]},"
    " \"comparisons\": ["
    "  {\"output_column_name\": \"a\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"a_l IS NULL OR a_r IS NULL\", \"is_null_level\": true},"
    "   {\"sql_condition\": \"a_l = a_r\", \"m_probability\": 0.8, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"levenshtein(a_l, a_r) <= 2\", \"m_probability\": 0.1, \"u_probability\": 0.2},"
    "   {\"sql_condition\": \"name_similarity(a_l, a_r) >= 0.6\", \"m_probability\": 0.1, \"u_probability\": 0.3},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.7}]},"
    "  {\"output_column_name\": \"d\", \"comparison_levels\": ["
    "   {\"sql_condition\": \"d_l = d_r\", \"m_probability\": 0.9, \"u_probability\": 0.1},"
    "   {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.9}]}]}";

static void add_texts(struct pd_table *table, const char *name, unsigned n_values, struct pd_random *random)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        char text[32];
        uint32_t code = 0;
        const unsigned value = (unsigned)pd_random_below(random, n_values);
        (void)snprintf(text, sizeof text, "%u%05u", value % 3, value);
        for (size_t j = 0; text[j] != '\0'; j++) text[j] = (char)(text[j] - '0' + 'A');
        if (value % 17 != 0)
            cr_assert_eq(
                pd_dictionary_insert(column->dictionary, pd_text_of(text), pd_hash_text(pd_text_of(text)), &code, NULL),
                PADAN_OK);
        ((uint32_t *)column->words)[i] = code;
    }
}

static void add_numbers(struct pd_table *table, const char *name, enum pd_encoding encoding, unsigned n_values,
                        struct pd_random *random)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_INT, encoding, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const unsigned value = (unsigned)pd_random_below(random, n_values);
        if (encoding == PD_ENCODING_SMALL)
            ((uint8_t *)column->words)[i] = value == 0 ? PD_SMALL_NULL : (uint8_t)value;
        else
            ((int64_t *)column->words)[i] = value == 0 ? PD_NULL_INT : (int64_t)value;
    }
}

/* The few stand before, between or behind the many. */
static void make_table(struct pd_table *table, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 3);
    size_t begin = 0;
    *table = (struct pd_table){ .n_records = N_RECORDS, .n_sources = N_SOURCES };
    cr_assert_eq(pd_allocate(&table->sources, N_SOURCES, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_RECORDS, sizeof *table->source_of, NULL), PADAN_OK);
    for (size_t i = 0; i < N_SOURCES; i++) {
        const size_t n = i == seed % N_SOURCES ? N_MANY : N_FEW;
        table->sources[i] = (struct pd_source){ .name = PD_TEXT("s"), .begin = begin, .end = begin + n };
        for (; begin < table->sources[i].end; begin++) table->source_of[begin] = (uint16_t)i;
    }
    add_texts(table, "a", N_KEYS, &random);
    add_texts(table, "b", 40, &random);
    add_numbers(table, "n", PD_ENCODING_INT, N_KEYS, &random);
    add_numbers(table, "d", PD_ENCODING_SMALL, 5, &random);
}

struct fixture {
    struct pd_table table;
    struct pd_model model;
    struct pd_linker linker;
    struct pd_scope scope;
    uint8_t matrix[N_SOURCES * N_SOURCES], linked[N_RECORDS];
};

/* The many with the few, and these among themselves; of by_record, where at least one of them has no link. */
static void set_scope(struct fixture *fixture, uint64_t seed, bool by_record)
{
    const size_t many = seed % N_SOURCES;
    for (size_t a = 0; a < N_SOURCES; a++)
        for (size_t b = 0; b < N_SOURCES; b++)
            fixture->matrix[a * N_SOURCES + b] = a == many && b == many ? PD_SCOPE_NEVER
                                                 : by_record            ? PD_SCOPE_UNLINKED
                                                                        : PD_SCOPE_ALWAYS;
    for (size_t i = 0; i < N_RECORDS; i++) fixture->linked[i] = fixture->table.source_of[i] == many || i % 16 != 0;
    fixture->scope = (struct pd_scope){ .n_sources = N_SOURCES,
                                        .matrix = fixture->matrix,
                                        .linked = by_record ? fixture->linked : NULL };
}

/* The whole of what is compared is prepared, or only what runs ask for. */
static void make(struct fixture *fixture, uint64_t seed, bool by_record, int threads, bool runs_only)
{
    struct padan_error error = { 0 };
    make_table(&fixture->table, seed);
    cr_assert_eq(pd_model_read(&fixture->model, pd_text_of(model_text), "m", pd_linker_functions(), &error), PADAN_OK,
                 "%s", error.message);
    enum padan_status status = PADAN_OK;
    if (runs_only)
        status = pd_linker_make_for_runs(&fixture->linker, &fixture->table, &fixture->model, threads, &error);
    else
        status = pd_linker_make(&fixture->linker, &fixture->table, &fixture->model, threads, &error);
    cr_assert_eq(status, PADAN_OK, "%s", error.message);
    set_scope(fixture, seed, by_record);
}

static void reset(struct fixture *fixture)
{
    pd_linker_reset(&fixture->linker);
    pd_model_reset(&fixture->model);
    pd_table_reset(&fixture->table);
}

static void assert_same_edges(const struct pd_edges *a, const struct pd_edges *b)
{
    cr_assert_gt(a->n_edges, 20);
    cr_assert_eq(a->n_edges, b->n_edges);
    for (size_t i = 0; i < a->n_edges; i++) {
        cr_assert_eq(a->edges[i].left, b->edges[i].left);
        cr_assert_eq(a->edges[i].right, b->edges[i].right);
        cr_assert_eq(a->edges[i].weight, b->edges[i].weight);
        cr_assert_eq(a->edges[i].pass, b->edges[i].pass);
    }
    cr_assert_arr_eq(a->gammas, b->gammas, a->n_edges * a->n_comparisons);
}

static void run(struct fixture *fixture, struct pd_edges *edges)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_linker_run(&fixture->linker, &fixture->scope, pd_weight_of_bits(-20), edges, &error), PADAN_OK,
                 "%s", error.message);
}

/* A run by ranks is over the whole table. */
static void rank_records(struct pd_linker *linker)
{
    cr_assert_eq(pd_allocate(&linker->rank, N_RECORDS, sizeof *linker->rank, NULL), PADAN_OK);
    for (uint32_t i = 0; i < N_RECORDS; i++) linker->rank[i] = i;
}

/* Pairs, blocks and what cuts lost, too. */
static void compare_runs(uint64_t seed, bool by_record)
{
    struct fixture narrow, whole;
    struct pd_edges narrow_edges = { 0 }, whole_edges = { 0 };
    make(&narrow, seed, by_record, 1 + (int)(seed % 3), seed % 2 == 0);
    make(&whole, seed, by_record, 1, false);
    narrow.linker.last_run = whole.linker.last_run = seed >= 3; /* columns of keys are dropped on the way */
    rank_records(&whole.linker);
    run(&narrow, &narrow_edges);
    run(&whole, &whole_edges);
    assert_same_edges(&narrow_edges, &whole_edges);
    for (size_t i = 0; i < narrow.linker.passes.n_passes; i++)
        cr_assert_eq(memcmp(&narrow.linker.statistics[i], &whole.linker.statistics[i], sizeof *whole.linker.statistics),
                     0, "pass %zu", i);
    cr_assert_eq(narrow.table.n_records, N_RECORDS);
    pd_edges_reset(&narrow_edges);
    pd_edges_reset(&whole_edges);
    reset(&narrow);
    reset(&whole);
}

Test(narrowed, few_rows_find_all_they_find_among_all_of_the_many)
{
    for (uint64_t seed = 0; seed < 6; seed++) compare_runs(seed, false);
}

Test(narrowed, unlinked_rows_find_all_they_find_among_all_of_the_many)
{
    for (uint64_t seed = 0; seed < 6; seed++) compare_runs(seed, true);
}

/* Bytes of the names prepared for the first level that compares any. */
static size_t prepared_bytes(const struct fixture *fixture)
{
    const struct pd_conditions *conditions = &fixture->linker.plan.conditions;
    const int column = pd_table_find(&fixture->table, PD_TEXT("a"));
    return pd_kernel_side_bytes(pd_conditions_side(conditions, pd_kernel_find(PD_TEXT("name_similarity")), column));
}

/* What the second look meets comes beside what the first one met; a look at all rows has all names. */
Test(narrowed, names_are_prepared_of_those_who_are_met_look_by_look)
{
    struct fixture fixture, all;
    struct pd_edges edges = { 0 }, expected = { 0 };
    make(&all, 4, false, 1, false);
    make(&fixture, 4, false, 2, true);
    const size_t before = prepared_bytes(&fixture);
    run(&fixture, &edges);
    const size_t first = prepared_bytes(&fixture);
    cr_assert_gt(first, before);
    cr_assert_lt(first - before, (prepared_bytes(&all) - before) / 2);
    run(&all, &expected);
    assert_same_edges(&edges, &expected);
    pd_edges_reset(&edges);
    pd_edges_reset(&expected);
    set_scope(&fixture, 4, true);
    set_scope(&all, 4, true);
    run(&fixture, &edges);
    run(&all, &expected);
    cr_assert_gt(prepared_bytes(&fixture), first);
    assert_same_edges(&edges, &expected);
    pd_edges_reset(&edges);
    pd_edges_reset(&expected);
    rank_records(&fixture.linker);
    rank_records(&all.linker);
    run(&fixture, &edges);
    run(&all, &expected);
    assert_same_edges(&edges, &expected);
    pd_edges_reset(&edges);
    pd_edges_reset(&expected);
    reset(&fixture);
    reset(&all);
}

Test(narrowed, only_rows_that_share_a_key_are_in_the_run)
{
    struct fixture fixture;
    struct pd_narrowed narrowed;
    struct pd_edges none = { 0 };
    make(&fixture, 2, false, 2, true);
    cr_assert_eq(pd_narrow(&fixture.linker, &fixture.scope, &narrowed, NULL), PADAN_OK);
    cr_assert_gt(fixture.table.n_records, 2 * N_FEW);
    cr_assert_lt(fixture.table.n_records, N_RECORDS / 2);
    cr_assert_eq(fixture.table.sources[1].end, 2 * N_FEW);
    cr_assert_eq(fixture.table.sources[2].end, fixture.table.n_records);
    pd_widen(&narrowed, &none);
    cr_assert_eq(fixture.table.n_records, N_RECORDS);
    fixture.matrix[8] = PD_SCOPE_ALWAYS; /* the many among themselves: all rows may meet */
    cr_assert_eq(pd_narrow(&fixture.linker, &fixture.scope, &narrowed, NULL), PADAN_OK);
    cr_assert_null(narrowed.met.records);
    cr_assert_eq(fixture.table.n_records, N_RECORDS);
    pd_widen(&narrowed, &none);
    reset(&fixture);
}
