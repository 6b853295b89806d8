/* SPDX-License-Identifier: MIT
 * What values add for how often they occur, against the formula applied to each value by itself, for any number of
 * threads: columns of texts and of digits, with NULL. */
#include "compare/term_frequency.h"

#include "base/hash.h"
#include "base/random.h"
#include "table/table.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

/* More distinct values than one thread weighs at once, and more numbers of rows than weights are remembered for. */
enum { N_ROWS = 400000, N_VALUES = 90000 };
static const double U = 0.01;

static struct {
    struct pd_table table;
    int text, digits;
    size_t n[N_VALUES + 1]; /* rows by value; value 0 is NULL */
    size_t n_filled;
    uint32_t value[N_ROWS];
} world;

static int add_column(const char *name, enum pd_encoding encoding)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&world.table, pd_text_of(name), PD_TYPE_TEXT, encoding, &column, NULL), PADAN_OK);
    return (int)(column - world.table.columns);
}

/* Low values are frequent, the last ones occur once or never. */
static void make_world(void)
{
    struct pd_random random = pd_random_stream(5, 1);
    char text[512];
    world.table.n_records = N_ROWS;
    world.text = add_column("name", PD_ENCODING_CODE);
    world.digits = add_column("number", PD_ENCODING_DIGITS);
    struct pd_dictionary *dictionary = world.table.columns[world.text].dictionary;
    for (uint32_t i = 1; i <= N_VALUES; i++) {
        const struct pd_text value = { text, (size_t)sprintf(text, "V%u", i) };
        uint32_t code = 0;
        cr_assert_eq(pd_dictionary_insert(dictionary, value, pd_hash_text(value), &code, NULL), PADAN_OK);
        cr_assert_eq(code, i);
    }
    uint32_t *codes = world.table.columns[world.text].words;
    uint64_t *words = world.table.columns[world.digits].words;
    for (size_t i = 0; i < N_ROWS; i++) {
        const uint32_t value = (uint32_t)(N_VALUES * pow(pd_random_unit(&random), 3));
        world.value[i] = codes[i] = value;
        const struct pd_text digits = { text, (size_t)sprintf(text, "%u", value) };
        words[i] = value == 0 ? 0 : pd_digits_encode(digits);
        world.n[value]++;
        world.n_filled += value != 0;
    }
}

static pd_weight wanted(const struct pd_level *level, uint32_t value)
{
    if (value == 0) return PD_NO_FREQUENCY;
    const double frequency = fmax((double)world.n[value] / (double)world.n_filled, level->tf_minimum_u);
    return frequency > 0 ? pd_weight_of_bits(level->tf_weight * log2(U / frequency)) : PD_NO_FREQUENCY;
}

static void expect_formula(const struct pd_level *level, int threads)
{
    const struct pd_model model = { .n_tf_expressions = 0 };
    struct pd_deriver deriver = { .table = &world.table, .threads = threads };
    struct pd_term_frequency found;
    cr_assert_eq(pd_term_frequency_make(&model, level, U, &deriver, &found, NULL), PADAN_OK);
    const bool by_code = found.key == PD_VALUES_BY_CODE;
    pd_weight largest = 0;
    cr_assert_eq(found.n_additions, by_code ? N_VALUES + 1 : N_ROWS);
    for (size_t i = 0; i < found.n_additions; i++) {
        const uint32_t value = by_code ? (uint32_t)i : world.value[i];
        const pd_weight weight = wanted(level, value);
        cr_assert_eq(found.additions[i], weight, "value %u, %zu rows, %d threads", value, world.n[value], threads);
        if (weight > largest && weight != PD_NO_FREQUENCY) largest = weight;
    }
    cr_assert_eq(found.largest, largest);
    pd_term_frequency_reset(&found);
    pd_deriver_reset(&deriver);
}

Test(term_frequency, every_value_adds_what_the_formula_says)
{
    const struct pd_level levels[] = {
        { .tf_column = PD_TEXT("name"), .tf_weight = 1 },
        { .tf_column = PD_TEXT("name"), .tf_weight = 0.5, .tf_minimum_u = 0.0001 },
        { .tf_column = PD_TEXT("number"), .tf_weight = 1 },
    };
    make_world();
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        for (int threads = 1; threads <= 3; threads++) expect_formula(&levels[i], threads);
    pd_table_reset(&world.table);
}

Test(term_frequency, the_more_frequent_value_decides_and_a_missing_one_leaves_it_to_the_other)
{
    pd_weight additions[] = { PD_NO_FREQUENCY, 3 * PD_WEIGHT_ONE, -2 * PD_WEIGHT_ONE };
    const struct pd_term_frequency frequency = { .additions = additions, .n_additions = 3 };
    cr_assert_eq(pd_term_frequency_smaller(&frequency, 1, 2), -2 * PD_WEIGHT_ONE);
    cr_assert_eq(pd_term_frequency_smaller(&frequency, 0, 1), 3 * PD_WEIGHT_ONE);
    cr_assert_eq(pd_term_frequency_smaller(&frequency, 2, 0), -2 * PD_WEIGHT_ONE);
    cr_assert_eq(pd_term_frequency_smaller(&frequency, 0, 0), 0);
}
