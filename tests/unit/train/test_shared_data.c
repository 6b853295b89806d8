/* SPDX-License-Identifier: MIT
 * Training on data that others made: febrl3, 5,000 rows with 6,538 true pairs. Skipped where the set is absent. */
#include "engine/engine.h"

#include "base/document.h"
#include "base/file.h"
#include "linking/linker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROWS_MAX = 5001, FILE_MAX = 64 << 20 };

#define LEVELS(column, second)                                                                                         \
    "{\"output_column_name\": \"" column "\", \"comparison_levels\": ["                                                \
    "{\"sql_condition\": \"" column "_l IS NULL OR " column "_r IS NULL\", \"is_null_level\": true},"                  \
    "{\"sql_condition\": \"" column "_l = " column "_r\"}, {\"sql_condition\": \"" second "\"},"                       \
    "{\"sql_condition\": \"ELSE\"}]}"
#define NEAR(column) LEVELS(column, "jaro_winkler_similarity(" column "_l, " column "_r) >= 0.9")
#define CLOSE(column) LEVELS(column, "levenshtein(" column "_l, " column "_r) <= 1")

static const char model_text[] =
    "{\"link_type\": \"dedupe_only\", \"unique_id_column_name\": \"rec_id\","
    " \"blocking_rules_to_generate_predictions\": [\"l.date_of_birth = r.date_of_birth\","
    " \"l.given_name = r.given_name and l.surname = r.surname\", \"l.postcode = r.postcode and l.surname = r.surname\","
    " \"l.postcode = r.postcode and l.street_number = r.street_number\"],"
    " \"comparisons\": [" NEAR("given_name") "," NEAR("surname") "," CLOSE("date_of_birth") "," CLOSE(
        "postcode") "," CLOSE("street_number") "," NEAR("suburb") "," NEAR("address_1") "]}";

static void run(const struct pd_engine_options *options)
{
    struct padan_error error = { 0 };
    struct pd_run_summary summary;
    cr_assert_eq(pd_engine_run(options, &summary, &error), PADAN_OK, "%s", error.message);
}

/* Number of the entity that truth.csv gives a row rNNNN: eNNNN. */
static void read_truth(const char *folder, int *entities)
{
    char path[600];
    char line[128];
    int row = 0;
    int entity = 0;
    (void)snprintf(path, sizeof path, "%s/truth.csv", folder);
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "r%d,e%d", &row, &entity) == 2 && row > 0 && row < ROWS_MAX) entities[row] = entity;
    (void)fclose(file);
}

static void count_pairs(const char *out, const int *entities, double *found, double *right)
{
    char path[600];
    char line[4096];
    (void)snprintf(path, sizeof path, "%s/pairs.csv", out);
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        int left = 0;
        int other = 0;
        if (sscanf(line, "%*[^,],%*[^,],%*[^,],r%d,%*[^,],r%d", &left, &other) != 2) continue;
        *found += 1;
        *right += entities[left] == entities[other];
    }
    (void)fclose(file);
}

static void expect_sane(const char *path)
{
    struct pd_buffer content = { 0 };
    struct pd_model model;
    cr_assert_eq(pd_file_read(path, FILE_MAX, &content, NULL), PADAN_OK);
    cr_assert_eq(
        pd_model_read(&model, (struct pd_text){ content.data, content.length }, path, pd_linker_functions(), NULL),
        PADAN_OK);
    const double truth = 6538 / (5000.0 * 4999 / 2);
    cr_expect(fabs(model.lambda / truth - 1) < 0.1, "lambda %g, not %g", model.lambda, truth);
    for (size_t i = 0; i < model.n_comparisons; i++) {
        const struct pd_level *levels = model.comparisons[i].levels;
        cr_expect(levels[1].weight > 5 * PD_WEIGHT_ONE, "equal %s", model.comparisons[i].name.data);
        cr_expect(levels[3].weight < -PD_WEIGHT_ONE, "different %s", model.comparisons[i].name.data);
    }
    pd_model_reset(&model);
    pd_buffer_reset(&content);
}

Test(shared_data, febrl3_is_learned_without_labels)
{
    static int entities[ROWS_MAX];
    const char *shared = getenv("PADAN_SHARED_DATA");
    char folder[] = "/tmp/padan-test-XXXXXX";
    char set[512];
    char data[600];
    char model[64];
    char trained[64];
    char out[64];
    (void)snprintf(set, sizeof set, "%s/febrl3", shared == NULL ? "../shared/data" : shared);
    (void)snprintf(data, sizeof data, "%s/data.csv", set);
    if (access(data, R_OK) != 0) cr_skip_test("skipped: there is no %s", data);
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(model, sizeof model, "%s/model.json", folder);
    (void)snprintf(trained, sizeof trained, "%s/trained.json", folder);
    (void)snprintf(out, sizeof out, "%s/out", folder);
    cr_assert_eq(pd_file_write(model, PD_TEXT(model_text), NULL), PADAN_OK);
    const char *files[] = { data };
    const struct pd_training_options training = { .seed = 1, .out = trained };
    struct pd_engine_options options = { .command = "train",
                                         .files = files,
                                         .n_files = 1,
                                         .model = model,
                                         .threshold_weight = NAN,
                                         .threshold_probability = NAN,
                                         .threads = 1,
                                         .training = &training };
    run(&options);
    expect_sane(trained);
    options.command = "dedupe";
    options.training = NULL;
    options.model = trained;
    options.out = out;
    options.threshold_probability = 0.9;
    run(&options);
    double found = 0;
    double right = 0;
    read_truth(set, entities);
    count_pairs(out, entities, &found, &right);
    cr_expect(2 * right / (found + 6538) > 0.97, "F1 of pairs %f", 2 * right / (found + 6538));
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}
