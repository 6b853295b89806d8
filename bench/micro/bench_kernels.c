/* SPDX-License-Identifier: MIT
 * How many pairs of names per second does each string kernel compare? Usage: bench_kernels [PAIRS_FILE]. The pairs are
 * written to PAIRS_FILE, one "left,right" per line, for the peer on the same pairs (bench/peers/rapidfuzz_pairs.py).
 * Half are unrelated, a quarter share their first word, a quarter are copies with one typo. One thread, best of 3. */
#include "base/memory.h"
#include "base/random.h"
#include "compare/kernel.h"

#include <stdio.h>
#include <time.h>

enum { N_PAIRS = 1000000, N_RUNS = 3, N_WORDS = 400, NAME_MAX_BYTES = 64 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t append_word(char *to, uint64_t number)
{
    static const char consonants[] = "SRWDMNKTLHBPJYGF", vowels[] = "AIUEO";
    const size_t n_syllables = 2 + number % 2;
    uint64_t bits = pd_mix64(number + 1);
    for (size_t i = 0; i < n_syllables; i++) {
        to[2 * i] = consonants[bits % 16];
        to[2 * i + 1] = vowels[bits / 16 % 5];
        bits /= 80;
    }
    return 2 * n_syllables;
}

static size_t make_name(struct pd_random *random, uint64_t first, char *name)
{
    size_t length = append_word(name, first);
    for (uint64_t more = 1 + pd_random_below(random, 3); more > 0; more--) {
        name[length++] = ' ';
        length += append_word(name + length, pd_random_below(random, N_WORDS));
    }
    return length;
}

static uint32_t insert(struct pd_column *column, const char *name, size_t length)
{
    uint32_t code = 0;
    const struct pd_text text = { name, length };
    if (pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL) != PADAN_OK) return 0;
    return code;
}

/* Words of both sides. */
static void make_pairs(struct pd_column *column, uint64_t *left, uint64_t *right)
{
    struct pd_random random = pd_random_stream(1, 1);
    for (size_t i = 0; i < N_PAIRS; i++) {
        char a[NAME_MAX_BYTES], b[NAME_MAX_BYTES];
        const uint64_t first = pd_random_below(&random, N_WORDS), kind = i % 4;
        const size_t length = make_name(&random, first, a);
        size_t length_b = make_name(&random, kind == 2 ? first : pd_random_below(&random, N_WORDS), b);
        if (kind == 3) {
            memcpy(b, a, length);
            length_b = length;
            b[pd_random_below(&random, length)] = 'X';
        }
        left[i] = insert(column, a, length);
        right[i] = insert(column, b, length_b);
    }
}

static void write_pairs(const char *path, const struct pd_column *column, const uint64_t *left, const uint64_t *right)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) return;
    for (size_t i = 0; i < N_PAIRS; i++)
        (void)fprintf(file, "%.*s,%.*s\n", PD_TEXT_ARGS(pd_dictionary_text(column->dictionary, (uint32_t)left[i])),
                      PD_TEXT_ARGS(pd_dictionary_text(column->dictionary, (uint32_t)right[i])));
    (void)fclose(file);
}

static void measure(const char *function, double bound, const struct pd_column *column, const uint64_t *left,
                    const uint64_t *right, double *out)
{
    const struct pd_kernel *kernel = pd_kernel_find(pd_text_of(function));
    struct pd_kernel_side *side = NULL;
    double best = 1e9;
    size_t n_passing = 0;
    if (pd_kernel_prepare(kernel, column, 1, &side, NULL) != PADAN_OK) return;
    for (size_t run = 0; run < N_RUNS; run++) {
        const double begin = seconds();
        pd_kernel_evaluate_many(kernel, side, left, side, right, N_PAIRS, bound, out);
        if (seconds() - begin < best) best = seconds() - begin;
    }
    for (size_t i = 0; i < N_PAIRS; i++) n_passing += kernel->similarity ? out[i] >= bound : out[i] <= bound;
    (void)printf("%s,%g,%d,%zu,%.1f\n", function, bound, N_PAIRS, n_passing, (double)N_PAIRS / best / 1e6);
    pd_kernel_side_free(side);
}

int main(int argc, char **argv)
{
    struct pd_table table = { .n_records = 1 };
    struct pd_column *column = NULL;
    uint64_t *left = NULL, *right = NULL;
    double *out = NULL;
    if (pd_table_add(&table, PD_TEXT("name"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL) != PADAN_OK ||
        pd_allocate_array(&left, N_PAIRS, sizeof *left, NULL) != PADAN_OK ||
        pd_allocate_array(&right, N_PAIRS, sizeof *right, NULL) != PADAN_OK ||
        pd_allocate_array(&out, N_PAIRS, sizeof *out, NULL) != PADAN_OK)
        return 1;
    make_pairs(column, left, right);
    if (argc > 1) write_pairs(argv[1], column, left, right);
    (void)puts("function,bound,pairs,passing,mpairs_per_s");
    measure("jaro_winkler_similarity", 0.85, column, left, right, out);
    measure("jaro_winkler_similarity", 0, column, left, right, out);
    measure("levenshtein", 2, column, left, right, out);
    measure("levenshtein", 1e9, column, left, right, out);
    measure("osa_distance", 1e9, column, left, right, out);
    measure("jaccard", 0, column, left, right, out);
    pd_free(out);
    pd_free(right);
    pd_free(left);
    pd_table_reset(&table);
    return 0;
}
