/* SPDX-License-Identifier: MIT
 * How many pairs of names per second does each string kernel compare? Usage: bench_kernels PAIRS_FILE, one "left,right"
 * per line (make_pairs, block_pairs). One thread, processor time, best of 5. Ways:
 *   one    one call per pair, texts where ingest keeps them and a signature per distinct text
 *   batch  independent pairs, CALL at a time, texts made ready in the order of the pairs (as RapidFuzz has its strings)
 *   codes  the same, but texts made ready once per distinct text and read wherever they lie
 *   many   one text against 1,000: the left texts in file order in groups of 1,000, each against those before it
 *   make   making a text ready for the two ways above
 * RapidFuzz and DuckDB compare the same pairs of the same file (bench/peers). */
#include "base/hash.h"
#include "base/memory.h"
#include "compare/kernel.h"
#include "compare/lanes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N_RUNS = 5, CALL = 4096, GROUP = 1000, GROUPS_MAX = 50, N_SETS = 3 };

struct pairs {
    struct pd_column *column;
    uint64_t *left, *right; /* words */
    size_t n;
    struct pd_lane_texts by_code, in_order; /* by code - 1; left and right text of each pair */
    uint32_t *code_left, *code_right, *order_left, *order_right;
    double *values;
};

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static uint32_t insert(struct pd_column *column, struct pd_text text)
{
    uint32_t code = 0;
    if (pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL) != PADAN_OK) exit(4);
    return code;
}

static bool read_pairs(const char *path, struct pairs *pairs)
{
    char line[4096];
    size_t capacity_left = 0, capacity_right = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    while (fgets(line, sizeof line, file) != NULL) {
        char *const comma = strchr(line, ',');
        char *const end = comma == NULL ? NULL : strchr(comma, '\n');
        if (end == NULL) continue;
        if (pd_grow(&pairs->left, &capacity_left, pairs->n + 1, sizeof *pairs->left, NULL) != PADAN_OK ||
            pd_grow(&pairs->right, &capacity_right, pairs->n + 1, sizeof *pairs->right, NULL) != PADAN_OK)
            exit(4);
        pairs->left[pairs->n] = insert(pairs->column, (struct pd_text){ line, (size_t)(comma - line) });
        pairs->right[pairs->n++] = insert(pairs->column, (struct pd_text){ comma + 1, (size_t)(end - comma - 1) });
    }
    (void)fclose(file);
    return pairs->n > 0;
}

static struct pd_text text_of(const struct pairs *pairs, uint64_t word)
{
    return pd_dictionary_text(pairs->column->dictionary, (uint32_t)word);
}

static bool allocate(struct pairs *pairs, size_t n_texts)
{
    return pd_lane_texts_init(&pairs->by_code, n_texts, NULL) == PADAN_OK &&
           pd_lane_texts_init(&pairs->in_order, 2 * pairs->n, NULL) == PADAN_OK &&
           pd_allocate_array(&pairs->code_left, pairs->n, sizeof *pairs->code_left, NULL) == PADAN_OK &&
           pd_allocate_array(&pairs->code_right, pairs->n, sizeof *pairs->code_right, NULL) == PADAN_OK &&
           pd_allocate_array(&pairs->order_left, pairs->n, sizeof *pairs->order_left, NULL) == PADAN_OK &&
           pd_allocate_array(&pairs->order_right, pairs->n, sizeof *pairs->order_right, NULL) == PADAN_OK &&
           pd_allocate_array(&pairs->values, pairs->n + CALL, sizeof *pairs->values, NULL) == PADAN_OK;
}

static bool prepare(struct pairs *pairs)
{
    const size_t n_texts = pairs->column->dictionary->n_entries;
    if (!allocate(pairs, n_texts)) return false;
    double best = HUGE_VAL;
    for (size_t run = 0; run < N_RUNS; run++) {
        const double begin = seconds();
        for (size_t i = 0; i < n_texts; i++) pd_lane_text_make(&pairs->by_code, i, text_of(pairs, i + 1));
        if (seconds() - begin < best) best = seconds() - begin;
    }
    (void)printf("make,-,-,-,%zu,%zu,%.1f\n", n_texts, n_texts, (double)n_texts / best / 1e6);
    for (size_t i = 0; i < pairs->n; i++) {
        pairs->code_left[i] = (uint32_t)pairs->left[i] - 1;
        pairs->code_right[i] = (uint32_t)pairs->right[i] - 1;
        pairs->order_left[i] = (uint32_t)(2 * i);
        pairs->order_right[i] = (uint32_t)(2 * i + 1);
        pd_lane_text_make(&pairs->in_order, 2 * i, text_of(pairs, pairs->left[i]));
        pd_lane_text_make(&pairs->in_order, 2 * i + 1, text_of(pairs, pairs->right[i]));
    }
    return true;
}

/* What is measured: a metric with a bound (NaN: none), done to `pairs`, returning how many pass. */
struct task {
    const char *way, *function;
    double bound;
    bool jaro;
    const struct pd_kernel *kernel;        /* one */
    const struct pd_lane_kernels *kernels; /* batch, codes, many */
    struct pd_lane_cutoff cutoff;
    struct pd_kernel_side *side;
};

static size_t count_passing(const struct task *task, const double *values, size_t n)
{
    size_t passing = 0;
    const double bound = task->bound;
    if (task->jaro)
        for (size_t i = 0; i < n; i++) passing += values[i] >= bound;
    else
        for (size_t i = 0; i < n; i++) passing += values[i] <= bound;
    return passing;
}

static size_t n_groups(const struct pairs *pairs)
{
    return pairs->n / GROUP < GROUPS_MAX ? pairs->n / GROUP : GROUPS_MAX;
}

/* Every text of a group against those before it in the group. */
static size_t run_many(const struct task *task, const struct pairs *pairs)
{
    uint32_t left[GROUP];
    size_t passing = 0;
    for (size_t g = 0; g < n_groups(pairs); g++) {
        const uint32_t *members = pairs->code_left + g * GROUP;
        for (size_t i = 1; i < GROUP; i++) {
            for (size_t j = 0; j < i; j++) left[j] = members[i];
            const struct pd_lane_pairs one = { &pairs->by_code, &pairs->by_code, left, members, i };
            passing += pd_lanes_compare(task->kernels, &one, &task->cutoff, pairs->values);
        }
    }
    return passing;
}

static size_t run_batch(const struct task *task, const struct pd_lane_texts *texts, const uint32_t *left,
                        const uint32_t *right, size_t n, double *values)
{
    size_t passing = 0;
    for (size_t i = 0; i < n; i += CALL) {
        const struct pd_lane_pairs batch = { texts, texts, left + i, right + i, n - i < CALL ? n - i : CALL };
        passing += pd_lanes_compare(task->kernels, &batch, &task->cutoff, values);
    }
    return passing;
}

static size_t run(const struct task *task, const struct pairs *pairs)
{
    switch (task->way[0]) {
    case 'm': return run_many(task, pairs);
    case 'b': return run_batch(task, &pairs->in_order, pairs->order_left, pairs->order_right, pairs->n, pairs->values);
    case 'c': return run_batch(task, &pairs->by_code, pairs->code_left, pairs->code_right, pairs->n, pairs->values);
    default:
        pd_kernel_evaluate_many(task->kernel, task->side, pairs->left, task->side, pairs->right, pairs->n, task->bound,
                                pairs->values);
        return count_passing(task, pairs->values, pairs->n);
    }
}

/* Prints the best rate; how many pass. */
static size_t measure(const struct task *task, const struct pairs *pairs)
{
    const bool many = strcmp(task->way, "many") == 0;
    const size_t n = many ? n_groups(pairs) * GROUP * (GROUP - 1) / 2 : pairs->n;
    double best = HUGE_VAL;
    size_t passing = 0;
    for (size_t i = 0; i < N_RUNS; i++) {
        const double begin = seconds();
        passing = run(task, pairs);
        if (seconds() - begin < best) best = seconds() - begin;
    }
    (void)printf("%s,%s,%s,%g,%zu,%zu,%.1f\n", task->way, task->kernels == NULL ? "-" : task->kernels->name,
                 task->function, task->bound, n, passing, (double)n / best / 1e6);
    return passing;
}

static bool measure_all_ways(const struct pairs *pairs, const char *function, double bound, bool jaro)
{
    const struct pd_lane_kernels *sets[N_SETS] = { &pd_lanes_scalar, pd_lanes_avx2(), pd_lanes_popcnt() };
    struct task task = { .way = "one", .function = function, .bound = bound, .jaro = jaro };
    task.kernel = pd_kernel_find(pd_text_of(function));
    if (pd_kernel_prepare(task.kernel, pairs->column, 1, &task.side, NULL) != PADAN_OK) return false;
    pd_lane_cutoff_make(jaro ? PD_LANE_JARO_WINKLER : PD_LANE_LEVENSHTEIN, bound, &task.cutoff);
    const size_t passing = measure(&task, pairs);
    bool same = true;
    size_t many = 0;
    for (size_t i = 0; i < N_SETS && sets[i] != NULL; i++) {
        task.kernels = sets[i];
        task.way = "batch";
        same = measure(&task, pairs) == passing && same;
        task.way = "codes";
        same = measure(&task, pairs) == passing && same;
        task.way = "many";
        const size_t n = measure(&task, pairs);
        same = (i == 0 || n == many) && same;
        many = n;
    }
    pd_kernel_side_free(task.side);
    if (!same) (void)fprintf(stderr, "bench_kernels: %s %g: the ways disagree\n", function, bound);
    return same;
}

int main(int argc, char **argv)
{
    struct pd_table table = { .n_records = 1 };
    struct pairs pairs = { .n = 0 };
    if (argc != 2 ||
        pd_table_add(&table, PD_TEXT("name"), PD_TYPE_TEXT, PD_ENCODING_CODE, &pairs.column, NULL) != PADAN_OK ||
        !read_pairs(argv[1], &pairs)) {
        (void)fputs("usage: bench_kernels PAIRS_FILE\n", stderr);
        return 2;
    }
    (void)puts("way,isa,function,bound,pairs,passing,mpairs_per_s");
    bool same = prepare(&pairs);
    same = same && measure_all_ways(&pairs, "jaro_winkler_similarity", 0.85, true);
    same = same && measure_all_ways(&pairs, "jaro_winkler_similarity", 0, true);
    same = same && measure_all_ways(&pairs, "levenshtein", 2, false);
    same = same && measure_all_ways(&pairs, "levenshtein", 1e9, false);
    pd_lane_texts_reset(&pairs.by_code);
    pd_lane_texts_reset(&pairs.in_order);
    pd_free(pairs.code_left);
    pd_free(pairs.code_right);
    pd_free(pairs.order_left);
    pd_free(pairs.order_right);
    pd_free(pairs.values);
    pd_free(pairs.left);
    pd_free(pairs.right);
    pd_table_reset(&table);
    return same ? 0 : 1;
}
