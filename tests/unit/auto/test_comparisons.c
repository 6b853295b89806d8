/* SPDX-License-Identifier: MIT
 * A comparison that is split by its parent has, in either half, the level it had whole or none: what zero configuration
 * makes of kept levels, against the conditions that the model has. */
#include "auto/comparisons.h"

#include "base/hash.h"
#include "base/random.h"
#include "linking/linker.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 160, COLUMNS = 5 };

static const char *const words[] = { "ANDI SANTOSO",      "ANDY SANTOSO", "BUDI WIJAYA", "BUDI WIJAYANTO",
                                     "CITRA DEWI KUSUMA", "CITRA KUSUMA", "EKA",         "EKO",
                                     "FAJAR HIDAYAT",     "FAJAR" };
static const char *const codes[] = { "120045", "120046", "130045", "220199", "120054", "330001" };
static const struct {
    const char *name;
    enum pd_kind kind;
    double mean_words;
} columns[COLUMNS] = { { "name", PD_KIND_NAME, 2 },
                       { "text", PD_KIND_TEXT, 2 },
                       { "title", PD_KIND_TEXT, 8 },
                       { "code", PD_KIND_CODE, 1 },
                       { "kind", PD_KIND_CATEGORY, 1 } };

static void fill(struct pd_table *table, struct pd_profiles *profiles)
{
    struct pd_random random = pd_random_stream(6, 1);
    make_two_sources(table, ROWS);
    for (size_t i = 0; i < COLUMNS; i++) {
        const bool of_codes = columns[i].kind == PD_KIND_CODE;
        struct pd_column *column = column_of(table, columns[i].name);
        uint32_t *values = column->words;
        for (size_t row = 0; row < ROWS; row++) {
            const size_t which = (size_t)pd_random_below(&random, of_codes ? 7 : 11);
            values[row] = 0;
            if (which == 0) continue;
            const struct pd_text text = pd_text_of(of_codes ? codes[which - 1] : words[which - 1]);
            cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &values[row], NULL),
                         PADAN_OK);
        }
        profiles->columns[i] = (struct pd_profile){ .column = pd_table_find(table, pd_text_of(columns[i].name)),
                                                    .name = pd_text_of(columns[i].name),
                                                    .kind = columns[i].kind,
                                                    .mean_words = columns[i].mean_words,
                                                    .mean_length = 8 };
    }
    profiles->n_columns = COLUMNS;
}

/* Levels of all pairs: parents NULL: of comparisons. */
static int8_t *level(struct pd_table *table, const struct pd_profiles *profiles,
                     const struct pd_auto_comparisons *comparisons, const size_t *parents, size_t n)
{
    struct pd_buffer text = { 0 };
    struct padan_error error = { 0 };
    struct pd_model model;
    struct pd_linker linker;
    int8_t *levels = NULL;
    pd_append_string(&text, "{\"blocking_rules_to_generate_predictions\": [\"l.code = r.code\"], \"comparisons\": [");
    if (parents == NULL)
        pd_auto_comparisons_print(profiles, comparisons, &text);
    else
        pd_auto_parents_print(profiles, parents, n, &text);
    pd_append_string(&text, "]}");
    cr_assert_eq(
        pd_model_read(&model, (struct pd_text){ text.data, text.length }, "test", pd_linker_functions(), &error),
        PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_linker_make(&linker, table, &model, 1, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(model.n_comparisons, n);
    cr_assert_eq(pd_allocate_array(&levels, ROWS * ROWS, n, NULL), PADAN_OK);
    for (uint32_t left = 0; left < ROWS; left++)
        for (uint32_t right = left + 1; right < ROWS; right++) {
            pd_weight weight = 0;
            (void)pd_plan_score(&linker.plan, linker.workers, left, right, INT64_MIN,
                                levels + (left * ROWS + right) * n, &weight);
        }
    pd_linker_reset(&linker);
    pd_model_reset(&model);
    pd_buffer_reset(&text);
    return levels;
}

Test(comparisons, halves_of_a_split_have_the_level_of_the_whole_or_none)
{
    struct pd_table table;
    struct pd_profile list_of_profiles[COLUMNS];
    struct pd_profiles profiles = { .columns = list_of_profiles };
    struct pd_auto_comparison list[2 * COLUMNS], list_of_whole[2 * COLUMNS];
    struct pd_auto_comparisons comparisons = { list, COLUMNS };
    const size_t parents[COLUMNS] = { 0, 1, 2, 3, 4 };
    size_t n_spoken[2 * COLUMNS] = { 0 };
    fill(&table, &profiles);
    for (size_t i = 0; i < COLUMNS; i++)
        list[i] = (struct pd_auto_comparison){ .profile = i, .partner = -1, .parent = -1 };
    list[0].partner = 1;
    for (size_t i = 0; i < COLUMNS; i++) cr_assert(pd_auto_comparisons_split(&comparisons, i, (i + 1) % COLUMNS));
    const struct pd_auto_comparisons whole = pd_auto_comparisons_whole(&comparisons, list_of_whole);
    cr_assert_eq(whole.n, (size_t)COLUMNS);
    int8_t *halves = level(&table, &profiles, &comparisons, NULL, comparisons.n);
    int8_t *wholes = level(&table, &profiles, &whole, NULL, whole.n);
    int8_t *agrees = level(&table, &profiles, NULL, parents, COLUMNS);
    for (size_t left = 0; left < ROWS; left++)
        for (size_t right = left + 1; right < ROWS; right++)
            for (size_t c = 0; c < comparisons.n; c++) {
                const size_t pair = left * ROWS + right, of = pd_auto_comparison_whole(&comparisons, c);
                const bool agree = agrees[pair * COLUMNS + (size_t)list[c].parent] == 1;
                const int8_t found = pd_auto_level_of_half(&list[c], wholes[pair * COLUMNS + of], agree);
                n_spoken[c] += found >= 0;
                cr_assert_eq(found, halves[pair * comparisons.n + c], "%zu and %zu, comparison %zu: %d, not %d", left,
                             right, c, found, halves[pair * comparisons.n + c]);
            }
    for (size_t c = 0; c < comparisons.n; c++) cr_expect_gt(n_spoken[c], (size_t)100, "comparison %zu", c);
    pd_free(halves);
    pd_free(wholes);
    pd_free(agrees);
    pd_table_reset(&table);
}

Test(comparisons, letters_that_stand_alone_are_not_near_each_other)
{
    struct pd_profile profile = {
        .name = PD_TEXT("letters"), .kind = PD_KIND_NAME, .mean_words = 1, .mean_length = 4, .initials = 1
    };
    struct pd_profiles profiles = { .columns = &profile, .n_columns = 1 };
    struct pd_auto_comparison list[1] = { { .profile = 0, .partner = -1, .parent = -1 } };
    const struct pd_auto_comparisons comparisons = { list, 1 };
    struct pd_buffer text = { 0 };
    pd_auto_comparisons_print(&profiles, &comparisons, &text);
    pd_append_byte(&text, '\0');
    cr_expect(strstr(text.data, "\"equal\"") != NULL && strstr(text.data, "first initial equal") != NULL, "%s",
              text.data);
    cr_expect(strstr(text.data, "one letter") == NULL && strstr(text.data, "jaro_winkler") == NULL, "%s", text.data);
    pd_buffer_reset(&text);
}
