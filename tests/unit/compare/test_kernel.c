/* SPDX-License-Identifier: MIT
 * Every kernel against the function of the same name: values, bounded values, optimists; and the same bytes for any
 * number of threads. */
#include "compare/kernel.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "compare/functions.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_VALUES = 2600 };

struct sample {
    struct pd_dictionary dictionary;
    struct pd_column column;
    uint64_t words[N_VALUES];
};

static const struct pd_function *function_of(const char *name)
{
    for (const struct pd_function *f = pd_compare_functions; f->name != NULL; f++)
        if (strcmp(f->name, name) == 0) return f;
    return NULL;
}

static uint64_t insert(struct pd_dictionary *dictionary, struct pd_text text)
{
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    return code;
}

/* Names, addresses, or texts of any kind; every other value is a small change of an earlier one. */
static size_t random_text(struct pd_random *random, char *out)
{
    static const char *const words[] = { "SITI", "NUR", "HAYATI",  "BUDI", "SANTOSO", "SETIAWAN", "RT", "01",
                                         "2",    "JL",  "MERDEKA", "A",    "DEWI",    "RW",       "X",  "JOS\xc3\x89" };
    size_t length = 0;
    const size_t n_words = 1 + (size_t)pd_random_below(random, pd_random_below(random, 12) == 0 ? 60 : 4);
    for (size_t i = 0; i < n_words; i++) {
        const char *const word = words[pd_random_below(random, sizeof words / sizeof *words)];
        if (i > 0) out[length++] = ' ';
        memcpy(out + length, word, strlen(word));
        length += strlen(word);
        if (pd_random_below(random, 3) == 0) out[length - 1] = (char)('A' + pd_random_below(random, 26));
    }
    return length;
}

static void make_texts(struct sample *sample, bool digits, uint64_t seed)
{
    struct pd_random random = pd_random_stream(seed, 9);
    char text[600];
    memset(sample, 0, sizeof *sample);
    sample->column = (struct pd_column){ .name = PD_TEXT("x"),
                                         .type = PD_TYPE_TEXT,
                                         .encoding = digits ? PD_ENCODING_DIGITS : PD_ENCODING_CODE,
                                         .dictionary = &sample->dictionary };
    for (size_t i = 0; i < N_VALUES; i++) {
        size_t length = random_text(&random, text);
        if (digits && i % 8 != 0)
            length = (size_t)snprintf(text, sizeof text, "%llu",
                                      3201010000000000ull + pd_random_below(&random, 50) * 1000000 +
                                          pd_random_below(&random, 40));
        const struct pd_text value = { text, length };
        const uint64_t word = digits ? pd_digits_encode(value) : 0;
        sample->words[i] = word;
        if (word == 0) {
            sample->words[i] = insert(&sample->dictionary, value);
            if (digits) sample->words[i] |= (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT;
        }
    }
}

static void make_numbers(struct sample *sample, bool dates)
{
    struct pd_random random = pd_random_stream(3, 3);
    memset(sample, 0, sizeof *sample);
    sample->column = (struct pd_column){ .name = PD_TEXT("x"),
                                         .type = dates ? PD_TYPE_DATE : PD_TYPE_INT,
                                         .encoding = PD_ENCODING_INT };
    for (size_t i = 0; i < N_VALUES; i++)
        sample->words[i] = dates ? (uint64_t)(int64_t)((int64_t)pd_random_below(&random, 3000) - 1500)
                                 : 3201010000u + pd_random_below(&random, 100000);
}

static struct pd_value value_of(const struct sample *sample, size_t i, char scratch[24])
{
    struct pd_column column = sample->column;
    uint64_t word = sample->words[i];
    uint32_t code = (uint32_t)word;
    struct pd_value items[PD_LIST_MAX];
    column.words = column.encoding == PD_ENCODING_CODE ? (void *)&code : (void *)&word;
    struct pd_value value = pd_column_value(&column, 0, scratch, items);
    return value;
}

static double number_of(struct pd_value value)
{
    return value.type == PD_TYPE_INT ? (double)value.integer : value.real;
}

/* Relations are codes. */
static bool has_order(const struct pd_kernel *kernel)
{
    return strstr(kernel->function, "_relation") == NULL;
}

static double most_of(const struct pd_kernel *kernel)
{
    return strcmp(kernel->function, "region_proximity") == 0 ? 4 : 1;
}

/* Whether f(x, x) is the best there is: the Jaro family and words give 0 for two empty texts, a name or an address may
 * have no word, and no two regions are equal that are unknown. */
static bool equal_texts_are_nearest(const struct pd_kernel *kernel)
{
    return !kernel->similarity || strcmp(kernel->function, "qgram_similarity") == 0;
}

static void check_pair(const struct pd_kernel *kernel, const struct sample *sample, const struct pd_kernel_side *side,
                       size_t i, size_t j)
{
    static const double bounds[] = { -1, 0, 1, 2, 3.5, 0.3, 0.7, 0.85, 0.9, 0.92, 1000 };
    char scratch_a[24], scratch_b[24], scratch[PD_FUNCTION_SCRATCH];
    const struct pd_value arguments[2] = { value_of(sample, i, scratch_a), value_of(sample, j, scratch_b) };
    const struct pd_function *const function = function_of(kernel->function);
    const double wanted = number_of(function->evaluate(arguments, 2, scratch));
    const uint64_t a = sample->words[i], b = sample->words[j];
    cr_assert(kernel->evaluate(side, a, side, b) == wanted, "%s %zu %zu", kernel->function, i, j);
    cr_assert(kernel->evaluate(side, b, side, a) == wanted, "%s %zu %zu turned", kernel->function, i, j);
    cr_assert(wanted >= 0 && (!kernel->similarity || wanted <= most_of(kernel)), "%s out of bounds", kernel->function);
    if (i == j && equal_texts_are_nearest(kernel))
        cr_assert(wanted == (kernel->similarity ? 1 : 0), "%s", kernel->function);
    if (!has_order(kernel)) return;
    if (kernel->optimist != NULL) {
        const double best = kernel->optimist(side, a, side, b);
        cr_assert(kernel->similarity ? best >= wanted : best <= wanted, "%s optimist", kernel->function);
    }
    for (size_t k = 0; k <= sizeof bounds / sizeof *bounds; k++) {
        const double bound = k < sizeof bounds / sizeof *bounds ? bounds[k] : wanted;
        const bool passes = kernel->similarity ? wanted >= bound : wanted <= bound;
        const double value = kernel->evaluate_bounded(side, a, side, b, bound);
        if (passes)
            cr_assert(value == wanted, "%s bounded %f", kernel->function, bound);
        else
            cr_assert(kernel->similarity ? value < bound : value > bound, "%s beyond %f", kernel->function, bound);
    }
}

static void check_kernel(const struct pd_kernel *kernel, const struct sample *sample)
{
    struct pd_kernel_side *side = NULL, *other = NULL;
    static uint64_t turned[N_VALUES];
    static double values[N_VALUES];
    if (!kernel->accepts(&sample->column)) return;
    cr_assert_eq(pd_kernel_prepare(kernel, &sample->column, 1, &side, NULL), PADAN_OK);
    cr_assert_eq(pd_kernel_prepare(kernel, &sample->column, 4, &other, NULL), PADAN_OK);
    cr_assert_eq(pd_kernel_side_bytes(side), pd_kernel_side_bytes(other));
    struct pd_random random = pd_random_stream(1, 1);
    for (int repeat = 0; repeat < 4000; repeat++) {
        const size_t i = (size_t)pd_random_below(&random, N_VALUES);
        check_pair(kernel, sample, side, i, repeat % 20 == 0 ? i : (size_t)pd_random_below(&random, N_VALUES));
    }
    for (size_t i = 0; i < N_VALUES; i++) turned[i] = sample->words[(i * 7 + 3) % N_VALUES];
    const double all = kernel->similarity || !has_order(kernel) ? -HUGE_VAL : HUGE_VAL;
    pd_kernel_evaluate_many(kernel, side, sample->words, other, turned, N_VALUES, all, values);
    for (size_t i = 0; i < N_VALUES; i++)
        cr_assert(values[i] == kernel->evaluate(side, sample->words[i], side, turned[i]), "%s: two sides",
                  kernel->function);
    pd_kernel_side_free(other);
    pd_kernel_side_free(side);
}

Test(kernel, every_kernel_agrees_with_its_function)
{
    static struct sample codes, digits, dates, regions;
    make_texts(&codes, false, 1);
    make_texts(&digits, true, 2);
    make_numbers(&dates, true);
    make_numbers(&regions, false);
    for (const struct pd_kernel *kernel = pd_kernels; kernel->function != NULL; kernel++) {
        cr_assert_eq(pd_kernel_find(pd_text_of(kernel->function)), kernel);
        cr_assert_not_null(function_of(kernel->function));
        if (kernel->of_columns) continue; /* test_rare_words.c */
        check_kernel(kernel, &codes);
        check_kernel(kernel, &digits);
        check_kernel(kernel, &dates);
        check_kernel(kernel, &regions);
    }
    pd_dictionary_reset(&codes.dictionary);
    pd_dictionary_reset(&digits.dictionary);
}

Test(kernel, refuses_columns_it_cannot_read)
{
    const struct pd_column column = { .name = PD_TEXT("born"), .type = PD_TYPE_DATE, .encoding = PD_ENCODING_INT };
    struct pd_kernel_side *side = NULL;
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_kernel_prepare(pd_kernel_find(PD_TEXT("levenshtein")), &column, 1, &side, &error),
                 PADAN_BAD_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "born"));
    cr_assert_null(side);
    cr_assert_null(pd_kernel_find(PD_TEXT("soundex")));
    pd_kernel_side_free(NULL);
}

#ifdef PADAN_FAULT
Test(kernel, reports_every_failed_allocation)
{
    static struct sample codes;
    make_texts(&codes, false, 5);
    static const char *const names[] = { "name_similarity", "levenshtein", "nik_relation", "rare_word_similarity" };
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (long n = 1;; n++) {
            struct pd_kernel_side *side = NULL;
            pd_memory_fail_after(n);
            const enum padan_status status =
                pd_kernel_prepare(pd_kernel_find(pd_text_of(names[k])), &codes.column, 1, &side, NULL);
            pd_memory_fail_after(0);
            if (status == PADAN_OK) {
                pd_kernel_side_free(side);
                break;
            }
            cr_assert_eq(status, PADAN_OUT_OF_MEMORY);
            cr_assert_null(side);
        }
    pd_dictionary_reset(&codes.dictionary);
}
#endif
