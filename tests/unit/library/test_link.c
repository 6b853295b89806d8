/* SPDX-License-Identifier: MIT
 * The public library as a caller uses it: rows in, pairs and clusters out. */
#include "base/memory.h"
#include "base/random.h"
#include "padan.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N_PEOPLE = 300, TEXT_BYTES = 1 << 16 };

/* A column of texts that grows. */
struct column {
    int64_t offsets[2 * N_PEOPLE + 1];
    char bytes[TEXT_BYTES];
    size_t n;
};

static void put(struct column *column, const char *text)
{
    const size_t length = strlen(text);
    memcpy(column->bytes + column->offsets[column->n], text, length);
    column->offsets[column->n + 1] = column->offsets[column->n] + (int64_t)length;
    column->n++;
}

static struct padan_texts texts_of(const char *name, const struct column *column)
{
    return (struct padan_texts){ name, column->offsets, column->bytes, NULL };
}

static const char *const given[] = { "ahmad", "siti", "budi", "dewi", "agus", "nur", "joko", "rina", "hadi", "wati" };
static const char *const family[] = { "santoso", "lestari", "wijaya",  "hidayat", "saputra",
                                      "rahayu",  "kusuma",  "pratama", "susanto", "utami" };

struct rows {
    struct column name, born, place;
};

/* People, each once or twice; the second row of a person has another letter in its name. */
static void make_rows(struct rows *rows, uint64_t seed, bool twice)
{
    struct pd_random random = pd_random_stream(seed, 1);
    memset(rows, 0, sizeof *rows);
    for (int person = 0; person < N_PEOPLE; person++) {
        char name[64], born[16], place[16];
        (void)snprintf(name, sizeof name, "%s %s", given[pd_random_below(&random, 10)],
                       family[pd_random_below(&random, 10)]);
        (void)snprintf(born, sizeof born, "%u-%02u-%02u", 1950 + (unsigned)pd_random_below(&random, 50),
                       1 + (unsigned)pd_random_below(&random, 12), 1 + (unsigned)pd_random_below(&random, 28));
        (void)snprintf(place, sizeof place, "desa %u", (unsigned)pd_random_below(&random, 40));
        for (int i = 0; i < 1 + twice; i++) {
            put(&rows->name, name);
            put(&rows->born, born);
            put(&rows->place, place);
            name[1] = 'x';
        }
    }
}

static const char model[] =
    "{\"link_type\": \"dedupe_only\", \"unique_id_column_name\": \"unique_id\", "
    "\"probability_two_random_records_match\": 0.01, "
    "\"blocking_rules_to_generate_predictions\": [\"l.born = r.born\"], \"comparisons\": ["
    "{\"output_column_name\": \"name\", \"comparison_levels\": ["
    "{\"sql_condition\": \"name_l IS NULL OR name_r IS NULL\", \"is_null_level\": true},"
    "{\"sql_condition\": \"name_l = name_r\", \"m_probability\": 0.6, \"u_probability\": 0.01},"
    "{\"sql_condition\": \"jaro_winkler_similarity(name_l, name_r) >= 0.8\", \"m_probability\": 0.3, "
    "\"u_probability\": 0.02},"
    "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.97}]},"
    "{\"output_column_name\": \"place\", \"comparison_levels\": ["
    "{\"sql_condition\": \"place_l IS NULL OR place_r IS NULL\", \"is_null_level\": true},"
    "{\"sql_condition\": \"place_l = place_r\", \"m_probability\": 0.9, \"u_probability\": 0.03},"
    "{\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.97}]}]}";

static struct padan_table *table_of(const struct rows *rows, const char *source)
{
    struct padan_table *table = NULL;
    struct padan_error error = { 0 };
    const struct padan_texts columns[] = { texts_of("name", &rows->name), texts_of("born", &rows->born),
                                           texts_of("place", &rows->place) };
    cr_assert_eq(padan_table_new(NULL, &table, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(padan_table_add(table, source, columns, 3, rows->name.n, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(padan_table_n_rows(table), rows->name.n);
    return table;
}

static struct padan_result *link_rows(struct padan_table *table, const struct padan_options *options)
{
    struct padan_result *result = NULL;
    struct padan_error error = { 0 };
    cr_assert_eq(padan_link(table, options, &result, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(padan_table_n_rows(table), 0, "the rows are used up");
    return result;
}

Test(library, rows_of_a_person_are_found_under_a_model_with_the_levels_and_weights_that_score_gives)
{
    static struct rows rows;
    struct padan_options options;
    struct padan_pairs pairs;
    struct padan_error error = { 0 };
    make_rows(&rows, 1, true);
    padan_options_init(&options);
    options.model = model;
    options.threshold_weight = 1;
    struct padan_table *table = table_of(&rows, "people");
    struct padan_result *result = link_rows(table, &options);
    padan_result_pairs(result, &pairs);
    cr_assert_geq(pairs.n_pairs, N_PEOPLE);
    cr_assert_eq(pairs.n_comparisons, 2);
    cr_expect_str_eq(pairs.comparisons[0], "name");
    const uint32_t *cluster = padan_result_clusters(result);
    for (uint32_t person = 0; person < N_PEOPLE; person++) cr_expect_eq(cluster[2 * person], cluster[2 * person + 1]);
    cr_expect(strstr(padan_result_model(result), "jaro_winkler") != NULL);
    cr_expect(strstr(padan_result_decisions(result), "link type") != NULL);
    cr_expect_eq(padan_result_n_rows(result), 2 * N_PEOPLE);

    double weights[4 * N_PEOPLE];
    int8_t levels[2 * 4 * N_PEOPLE];
    cr_assert_leq(pairs.n_pairs, 4 * N_PEOPLE);
    const struct padan_candidates candidates = { pairs.n_pairs, pairs.right, pairs.left, weights, levels, 2 };
    struct padan_table *again = table_of(&rows, "people");
    options.threads = 2;
    cr_assert_eq(padan_score(again, &options, &candidates, &error), PADAN_OK, "%s", error.message);
    for (size_t i = 0; i < pairs.n_pairs; i++) cr_expect_float_eq(weights[i], pairs.match_weight[i], 1e-12);
    cr_expect_arr_eq(levels, pairs.levels, 2 * pairs.n_pairs);

    uint32_t components[2 * N_PEOPLE];
    const struct padan_edges edges = { pairs.n_pairs, pairs.left, pairs.right, pairs.match_weight, 1 };
    cr_assert_eq(padan_cluster(2 * N_PEOPLE, &edges, components, &error), PADAN_OK);
    for (uint32_t i = 0; i < 2 * N_PEOPLE; i++)
        cr_expect_eq(components[i] == components[cluster[i]], true, "both are components of the same pairs");
    padan_result_free(result);
    padan_table_free(table);
    padan_table_free(again);
}

Test(library, two_sources_are_linked_across_and_the_same_by_any_number_of_threads)
{
    static struct rows rows;
    struct padan_options options;
    make_rows(&rows, 2, false);
    padan_options_init(&options);
    options.model = model;
    options.link_type = "link_only";
    options.threshold_weight = 1;
    const struct padan_texts columns[] = { texts_of("place", &rows.place), texts_of("name", &rows.name),
                                           texts_of("born", &rows.born) };
    struct padan_result *results[2];
    for (int i = 0; i < 2; i++) {
        struct padan_table *table = table_of(&rows, "first");
        cr_assert_eq(padan_table_add(table, "second", columns, 3, rows.name.n, NULL), PADAN_OK);
        options.threads = 1 + 6 * i;
        results[i] = link_rows(table, &options);
        padan_table_free(table);
    }
    struct padan_pairs pairs[2];
    for (int i = 0; i < 2; i++) padan_result_pairs(results[i], &pairs[i]);
    cr_assert_eq(pairs[0].n_pairs, pairs[1].n_pairs);
    cr_expect_arr_eq(pairs[0].left, pairs[1].left, pairs[0].n_pairs * sizeof(uint32_t));
    cr_expect_arr_eq(pairs[0].match_weight, pairs[1].match_weight, pairs[0].n_pairs * sizeof(double));
    for (size_t i = 0; i < pairs[0].n_pairs; i++)
        cr_expect(pairs[0].left[i] < N_PEOPLE && pairs[0].right[i] >= N_PEOPLE);
    for (uint32_t i = 0; i < N_PEOPLE; i++)
        cr_expect_eq(padan_result_clusters(results[0])[i], padan_result_clusters(results[0])[N_PEOPLE + i]);
    for (int i = 0; i < 2; i++) padan_result_free(results[i]);
}

Test(library, without_a_model_one_is_made_which_can_be_given_back)
{
    static struct rows rows;
    struct padan_options options;
    struct padan_pairs first, second;
    make_rows(&rows, 3, true);
    padan_options_init(&options);
    struct padan_table *table = table_of(&rows, "people");
    struct padan_result *made = link_rows(table, &options);
    padan_result_pairs(made, &first);
    cr_expect_gt(first.n_pairs, N_PEOPLE / 2);
    padan_table_free(table);
    table = table_of(&rows, "people");
    options.model = padan_result_model(made);
    struct padan_result *again = link_rows(table, &options);
    padan_result_pairs(again, &second);
    cr_assert_eq(second.n_pairs, first.n_pairs);
    cr_expect_arr_eq(second.left, first.left, first.n_pairs * sizeof(uint32_t));
    padan_result_free(made);
    padan_result_free(again);
    padan_table_free(table);
}

/* --- what is refused --- */

static void expect_link_fails(const struct rows *rows, const struct padan_options *options, enum padan_status status,
                              const char *words)
{
    struct padan_result *result = NULL;
    struct padan_error error = { 0 };
    struct padan_table *table = table_of(rows, "people");
    cr_expect_eq(padan_link(table, options, &result, &error), status, "%s", error.message);
    cr_expect(strstr(error.message, words) != NULL, "%s", error.message);
    cr_expect_null(result);
    padan_table_free(table);
}

static void expect_same_pairs(const struct padan_result *one, const struct padan_result *other)
{
    struct padan_pairs first, second;
    padan_result_pairs(one, &first);
    padan_result_pairs(other, &second);
    cr_assert_eq(first.n_pairs, second.n_pairs);
    cr_assert_gt(first.n_pairs, 0);
    cr_expect_arr_eq(first.left, second.left, first.n_pairs * sizeof *first.left);
    cr_expect_arr_eq(first.match_weight, second.match_weight, first.n_pairs * sizeof *first.match_weight);
    cr_expect_arr_eq(first.levels, second.levels, first.n_pairs * first.n_comparisons);
}

/* A table of rows as an Indonesian register has them, two for each person's NIK. */
static struct padan_table *register_of(const struct rows *rows)
{
    static struct column nik;
    memset(&nik, 0, sizeof nik);
    for (size_t i = 0; i < rows->name.n; i++) {
        char digits[32];
        (void)snprintf(digits, sizeof digits, "320101010190%04zu", 9000 + i / 2);
        put(&nik, digits);
    }
    struct padan_table *table = NULL;
    struct padan_error error = { 0 };
    const struct padan_texts columns[] = { texts_of("nama_lengkap", &rows->name),
                                           texts_of("tanggal_lahir", &rows->born), texts_of("nik", &nik) };
    cr_assert_eq(padan_table_new(NULL, &table, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(padan_table_add(table, "register", columns, 3, rows->name.n, &error), PADAN_OK, "%s", error.message);
    return table;
}

static struct padan_linker *linker_of(const struct padan_options *options)
{
    struct padan_linker *linker = NULL;
    struct padan_error error = { 0 };
    cr_assert_eq(padan_linker_new(options, &linker, &error), PADAN_OK, "%s", error.message);
    return linker;
}

Test(library, a_linker_serves_many_calls_as_its_model_would)
{
    static struct rows rows;
    struct padan_options named, ready;
    size_t n = 0;
    make_rows(&rows, 5, true);
    for (int i = 0; i < 2; i++) {
        padan_options_init(&named);
        padan_options_init(&ready);
        named.model = i == 0 ? model : NULL;
        named.preset = i == 0 ? NULL : "orang-indonesia";
        named.threshold_weight = ready.threshold_weight = -5;
        struct padan_linker *linker = linker_of(&named);
        const char *const *names = padan_linker_comparisons(linker, &n);
        ready.linker = linker;
        struct padan_table *table = i == 0 ? table_of(&rows, "register") : register_of(&rows);
        struct padan_result *wanted = link_rows(table, &named);
        padan_table_free(table);
        for (int call = 0; call < 3; call++) {
            struct padan_pairs pairs;
            table = i == 0 ? table_of(&rows, "register") : register_of(&rows);
            struct padan_result *found = link_rows(table, &ready);
            expect_same_pairs(wanted, found);
            padan_result_pairs(found, &pairs);
            cr_assert_eq(pairs.n_comparisons, n);
            for (size_t j = 0; j < n; j++) cr_expect_str_eq(pairs.comparisons[j], names[j]);
            padan_result_free(found);
            padan_table_free(table);
        }
        padan_result_free(wanted);
        padan_linker_free(linker);
    }
}

Test(library, a_linker_that_cannot_be_made_is_refused_with_a_sentence)
{
    struct padan_options options;
    struct padan_linker *linker = NULL, *other = NULL;
    struct padan_error error = { 0 };
    padan_options_init(&options);
    cr_expect_eq(padan_linker_new(&options, &other, &error), PADAN_BAD_ARGUMENT);
    cr_expect_str_eq(error.message, "a linker is made from a model: give model, model_file or preset");
    options.model = "{\"comparisons\": 3}";
    cr_expect_eq(padan_linker_new(&options, &other, &error), PADAN_BAD_ARGUMENT);
    cr_expect_null(other);
    options.model = model;
    linker = linker_of(&options);
    options.linker = linker;
    cr_expect_eq(padan_linker_new(&options, &other, &error), PADAN_BAD_ARGUMENT);
    cr_expect(strstr(error.message, "give one of them") != NULL, "%s", error.message);
    padan_linker_free(linker);
    padan_linker_free(NULL);
}

Test(library, what_is_wrong_is_refused_with_a_sentence)
{
    static struct rows rows;
    struct padan_options options;
    struct padan_progress progress = { .cancel = 1 };
    make_rows(&rows, 4, true);
    padan_options_init(&options);
    options.size = 3;
    expect_link_fails(&rows, &options, PADAN_BAD_ARGUMENT, "padan_options_init");
    padan_options_init(&options);
    options.model = "{";
    expect_link_fails(&rows, &options, PADAN_BAD_ARGUMENT, "");
    options.model = model;
    options.link_type = "link_only";
    expect_link_fails(&rows, &options, PADAN_BAD_ARGUMENT, "add another source");
    options.link_type = "both"; /* called as the field is, not as the program's option */
    expect_link_fails(&rows, &options, PADAN_BAD_ARGUMENT, "link_type must be");
    options.link_type = NULL;
    options.threads = 1025;
    expect_link_fails(&rows, &options, PADAN_BAD_ARGUMENT, "1 to 1024");
    options.threads = 1;
    options.progress = &progress;
    expect_link_fails(&rows, &options, PADAN_CANCELLED, "cancelled");
}

Test(library, types_are_said_of_columns_by_name)
{
    static const char *const wrong[][2] = {
        { "age", "NUMBER" }, { "age", NULL }, { "a,b", "INT" }, { "a=b", "INT" }, { "", "INT" }
    };
    struct padan_table *table = NULL;
    struct padan_error error = { 0 };
    cr_assert_eq(padan_table_new(NULL, &table, NULL), PADAN_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_expect_eq(padan_table_set_type(table, wrong[i][0], wrong[i][1], &error), PADAN_BAD_ARGUMENT, "case %zu", i);
    cr_expect_eq(padan_table_set_type(table, "age", "DOUBLE[]", &error), PADAN_OK, "%s", error.message);
    padan_table_free(table);
}

Test(library, rows_that_cannot_be_taken_leave_the_table_as_it_was)
{
    static struct rows rows;
    struct padan_error error = { 0 };
    make_rows(&rows, 5, false);
    struct padan_table *table = table_of(&rows, "a");
    const struct padan_texts name = texts_of("name", &rows.name);
    const struct padan_texts twice[] = { name, name };
    cr_expect_eq(padan_table_add(table, "a", twice, 2, 5, &error), PADAN_BAD_ARGUMENT);
    cr_expect(strstr(error.message, "comes twice") != NULL, "%s", error.message);
    struct column backwards = rows.name;
    backwards.offsets[3] = 0;
    const struct padan_texts descends = texts_of("name", &backwards);
    cr_expect_eq(padan_table_add(table, "b", &descends, 1, 5, &error), PADAN_BAD_INPUT);
    struct column before = rows.name;
    before.offsets[0] = -4;
    const struct padan_texts begins_before = texts_of("name", &before);
    cr_expect_eq(padan_table_add(table, "b", &begins_before, 1, 5, &error), PADAN_BAD_INPUT);
    cr_assert_eq(padan_table_add(table, "b", &name, 1, 5, &error), PADAN_OK);
    cr_expect_eq(padan_table_add(table, "a", &name, 1, 5, &error), PADAN_BAD_ARGUMENT);
    cr_expect(strstr(error.message, "followed by another") != NULL, "%s", error.message);
    cr_expect_eq(padan_table_n_rows(table), N_PEOPLE + 5);
    padan_table_free(table);
}

Test(library, ids_name_rows_once)
{
    static struct rows rows;
    struct padan_options options;
    struct padan_result *result = NULL;
    struct padan_error error = { 0 };
    struct padan_table *table = NULL;
    make_rows(&rows, 6, false);
    padan_options_init(&options);
    cr_assert_eq(padan_table_new("name", &table, NULL), PADAN_OK);
    const struct padan_texts name = texts_of("name", &rows.name);
    cr_assert_eq(padan_table_add(table, "people", &name, 1, N_PEOPLE, NULL), PADAN_OK);
    cr_expect_eq(padan_link(table, &options, &result, &error), PADAN_BAD_INPUT);
    cr_expect(strstr(error.message, "stands in a row before") != NULL, "%s", error.message);
    padan_table_free(table);
}

Test(library, columns_that_are_named_are_in_some_source)
{
    static struct rows rows;
    struct padan_options options;
    make_rows(&rows, 7, false);
    padan_options_init(&options);
    for (int i = 0; i < 2; i++) {
        struct padan_result *result = NULL;
        struct padan_error error = { 0 };
        struct padan_table *table = NULL;
        cr_assert_eq(padan_table_new(i == 0 ? "number" : NULL, &table, NULL), PADAN_OK);
        if (i == 1) cr_assert_eq(padan_table_set_type(table, "number", "INT", NULL), PADAN_OK);
        const struct padan_texts name = texts_of("name", &rows.name);
        cr_assert_eq(padan_table_add(table, "people", &name, 1, N_PEOPLE, NULL), PADAN_OK);
        cr_expect_eq(padan_link(table, &options, &result, &error), PADAN_BAD_ARGUMENT);
        cr_expect(strstr(error.message, "no source has the column \"number\"") != NULL, "%s", error.message);
        cr_expect_eq(padan_table_n_rows(table), 0);
        cr_expect_null(result);
        padan_table_free(table);
    }
}

Test(library, components_join_what_is_strong_enough)
{
    const uint32_t left[] = { 3, 1, 0 }, right[] = { 4, 2, 4 };
    const double weights[] = { 5, 1, 2 };
    uint32_t cluster[6];
    struct padan_edges edges = { 3, left, right, weights, 2 };
    const uint32_t expected[] = { 0, 1, 2, 0, 0, 5 };
    cr_assert_eq(padan_cluster(6, &edges, cluster, NULL), PADAN_OK);
    cr_expect_arr_eq(cluster, expected, sizeof expected);
    cr_expect_eq(padan_cluster(4, &edges, cluster, NULL), PADAN_BAD_ARGUMENT);
}

#ifdef PADAN_FAULT
static enum padan_status link_once(const struct rows *rows, const struct padan_options *options)
{
    struct padan_table *table = NULL;
    struct padan_result *result = NULL;
    struct padan_linker *linker = NULL;
    struct padan_options ready;
    const struct padan_texts columns[] = { texts_of("name", &rows->name), texts_of("born", &rows->born),
                                           texts_of("place", &rows->place) };
    padan_options_init(&ready);
    enum padan_status status = padan_linker_new(options, &linker, NULL);
    cr_expect_eq(status == PADAN_OK, linker != NULL);
    ready.linker = linker;
    ready.threshold_weight = options->threshold_weight;
    if (status == PADAN_OK) status = padan_table_new(NULL, &table, NULL);
    if (status == PADAN_OK) status = padan_table_add(table, "people", columns, 3, 30, NULL);
    if (status == PADAN_OK) status = padan_link(table, &ready, &result, NULL);
    cr_expect_eq(status == PADAN_OK, result != NULL);
    padan_result_free(result);
    padan_linker_free(linker);
    padan_table_free(table);
    return status;
}

Test(library, reports_every_failed_allocation)
{
    static struct rows rows;
    struct padan_options options;
    enum padan_status status = PADAN_OUT_OF_MEMORY;
    make_rows(&rows, 7, true);
    padan_options_init(&options);
    options.model = model;
    options.threshold_weight = 1;
    for (long n = 1; status != PADAN_OK; n += n < 300 ? 1 : 7) {
        pd_memory_fail_after(n);
        status = link_once(&rows, &options);
        pd_memory_fail_after(0);
        cr_assert(status == PADAN_OK || status == PADAN_OUT_OF_MEMORY, "allocation %ld: status %d", n, status);
    }
}
#endif
