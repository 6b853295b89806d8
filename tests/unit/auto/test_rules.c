/* SPDX-License-Identifier: MIT
 * Rules whose pairs training looks at. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "auto/rules.h"
#include "base/hash.h"
#include "base/random.h"
#include "linking/linker.h"
#include "two_sources.h"

enum { N_RULES = 5 };

static struct pd_auto_rule list[N_RULES] = { { .pairs = 10, .coverage = .70 },
                                             { .pairs = 20, .coverage = .94 },
                                             { .pairs = 30, .coverage = .96 },
                                             { .pairs = 40, .coverage = .996 },
                                             { .pairs = 900, .coverage = 1 } };

static size_t trained(struct pd_auto_rules rules, double most_pairs)
{
    pd_auto_rules_limit_training(&rules, most_pairs);
    return rules.n_trained;
}

Test(rules, training_looks_at_all_pairs_that_can_be_kept)
{
    const struct pd_auto_rules rules = { .list = list, .n = N_RULES };
    cr_assert_eq(trained(rules, 1000), 5);
}

Test(rules, training_on_many_pairs_leaves_out_rules_that_find_little)
{
    const struct pd_auto_rules rules = { .list = list, .n = N_RULES };
    cr_assert_eq(trained(rules, 999), 4, ".996 of the matches are enough");
    cr_assert_eq(trained(rules, 100), 4);
    cr_assert_eq(trained(rules, 99), 3, "100 pairs are too many, and .96 will do");
    cr_assert_eq(trained(rules, 1), 3, ".94 would not do, however many pairs the three make");
}

Test(rules, training_by_rare_words_or_on_a_whole_file_looks_at_all_pairs)
{
    const struct pd_auto_rules by_words = { .list = list, .n = N_RULES, .words = &list[N_RULES - 1] };
    const struct pd_auto_rules whole = { .list = list, .n = 1, .whole = true, .all_pairs = 2000 };
    cr_assert_eq(trained(by_words, 99), 5);
    cr_assert_eq(trained(whole, 99), 1);
}

Test(rules, pairs_of_rare_words_count_twice)
{
    struct pd_auto_rules rules = { .list = list, .n = N_RULES, .n_trained = 4 };
    cr_assert_float_eq(pd_auto_rules_trained_pairs(&rules), 100, 1e-9);
    rules.n_trained = N_RULES;
    rules.words = &list[N_RULES - 1];
    cr_assert_float_eq(pd_auto_rules_trained_pairs(&rules), 1900, 1e-9);
}

/* --- coverage --- */

static double coverage_of(const struct pd_learnt_matches *learnt)
{
    static struct pd_auto_rule of_keys[2] = { { .parts = { { 0, PD_ATOM_WHOLE }, { 1, PD_ATOM_WHOLE } }, .n_parts = 2 },
                                              { .parts = { { 2, PD_ATOM_BEGIN } }, .n_parts = 1 } };
    const struct pd_auto_rules rules = { .list = of_keys, .n = 2 };
    struct pd_profile columns[3] = { { .fill = 1 }, { .fill = 1 }, { .fill = 1 } };
    const struct pd_profiles profiles = { .columns = columns, .n_columns = 3, .learnt = learnt };
    struct pd_arena arena = { 0 };
    double coverage = -1;
    cr_assert_eq(pd_auto_rules_coverage(&rules, &profiles, &arena, &coverage, NULL), PADAN_OK);
    pd_arena_reset(&arena);
    return coverage;
}

Test(rules, rules_find_learnt_matches_by_what_is_whole_of_them)
{
    enum { MISSING = PD_LEARNT_MISSING, WHOLE = PD_LEARNT_WHOLE, DAMAGED = PD_LEARNT_DAMAGED, OTHER = PD_LEARNT_OTHER };
    static const uint8_t by_both[] = { WHOLE, WHOLE, MISSING }, by_none[] = { WHOLE, DAMAGED, OTHER };
    static const uint8_t half[] = { WHOLE, WHOLE, OTHER, WHOLE, MISSING, OTHER };
    static const uint8_t by_part[] = { OTHER, OTHER, DAMAGED };
    cr_assert_eq(coverage_of(&(struct pd_learnt_matches){ by_both, 1 }), 1);
    cr_assert_eq(coverage_of(&(struct pd_learnt_matches){ by_none, 1 }), 0);
    cr_assert_eq(coverage_of(&(struct pd_learnt_matches){ half, 2 }), .5);
    cr_assert_float_eq(coverage_of(&(struct pd_learnt_matches){ by_part, 1 }), .6, .03,
                       "damage spares the beginning so often");
}

Test(rules, rules_find_drawn_matches_by_the_usual_damage)
{
    cr_assert_float_eq(coverage_of(NULL), 1 - (1 - .72 * .72) * (1 - (.72 + .18 * .6)), .03);
}

/* --- choice --- */

enum { N_ROWS = 80000, ROWS_PER_TOWN = 60 };

/* Towns, and columns of texts that few rows share. */
static void make_people(struct pd_table *table, size_t n_texts)
{
    static const char *const names[] = { "town", "name", "mother", "street", "father", "shop", "school" };
    make_two_sources(table, N_ROWS);
    for (size_t c = 0; c <= n_texts; c++) {
        struct pd_random random = pd_random_stream(7, c);
        struct pd_column *column = column_of(table, names[c]);
        for (size_t i = 0; i < N_ROWS; i++) {
            char digits[24];
            const size_t n_values = c == 0 ? N_ROWS / ROWS_PER_TOWN : N_ROWS / 2;
            (void)snprintf(digits, sizeof digits, "a%llu", (unsigned long long)pd_random_below(&random, n_values));
            const struct pd_text text = pd_text_of(digits);
            cr_assert_eq(
                pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), (uint32_t *)column->words + i, NULL),
                PADAN_OK);
        }
    }
}

static double most_pairs_per_row(size_t n_texts)
{
    struct pd_table table;
    struct pd_arena arena = { 0 };
    struct pd_profiles profiles;
    struct pd_auto_rules rules;
    double most = 0;
    make_people(&table, n_texts);
    struct pd_auto_data data = {
        .table = &table, .functions = pd_linker_functions(), .inside = true, .across = true, .threads = 2
    };
    cr_assert_eq(pd_counted_rows_make(&table, &data.counted, NULL), PADAN_OK);
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_rules_choose(&data, &profiles, &arena, &rules, NULL), PADAN_OK);
    for (size_t i = 0; i < rules.n; i++) most = fmax(most, rules.list[i].pairs / N_ROWS);
    pd_counted_rows_reset(&data.counted);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
    return most;
}

Test(rules, a_rule_that_finds_little_by_many_pairs_is_left_out)
{
    cr_assert_gt(most_pairs_per_row(2), 25, "what two texts leave is worth the pairs of towns");
    cr_assert_lt(most_pairs_per_row(6), 2, "six leave a match in thousands, which is not");
}
