/* SPDX-License-Identifier: MIT
 * Both sets of lane kernels against the textbook twins: every pair of random texts of all lengths, alphabets and near
 * misses, and every pair of real names, at bounds that fall on values and beside them. */
#include "compare/lanes.h"

#include "../../reference/textbook_metrics.h"
#include "base/file.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TEXTS_MAX = 700, LENGTH_MAX = 80 };

struct sample {
    char memory[TEXTS_MAX][LENGTH_MAX];
    struct pd_lane_texts texts;
    size_t n;
};

static void add(struct sample *sample, const char *text, size_t length)
{
    if (sample->n == TEXTS_MAX || length > LENGTH_MAX) return;
    if (length > 0) memcpy(sample->memory[sample->n], text, length);
    pd_lane_text_make(&sample->texts, sample->n, (struct pd_text){ sample->memory[sample->n], length });
    sample->n++;
}

/* Texts over one of some alphabets; every other one is an earlier one with a few bytes changed, lost or swapped. */
static void add_random(struct sample *sample, struct pd_random *random, size_t n)
{
    static const char *const alphabets[] = { "AB",
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ  ",
                                             "aeinst rlo",
                                             "0123456789-/",
                                             "A'1B. C@-0",
                                             "aB cDe Fgh",
                                             "a`A0z{",
                                             "?_>^ A\x7f~a",
                                             "\xc3\xa9\xc3\xa0"
                                             "ae\x01\xff" };
    for (size_t i = 0; i < n; i++) {
        char text[LENGTH_MAX];
        const char *letters = alphabets[pd_random_below(random, sizeof alphabets / sizeof *alphabets)];
        size_t length = (size_t)pd_random_below(random, pd_random_below(random, 10) == 0 ? 60 : 33);
        for (size_t j = 0; j < length; j++) text[j] = letters[pd_random_below(random, strlen(letters))];
        if (i % 2 == 1 && sample->n > 0) {
            const struct pd_text *earlier = &sample->texts.texts[pd_random_below(random, sample->n)];
            length = earlier->length;
            if (length > 0) memcpy(text, earlier->data, length);
            for (uint64_t edits = pd_random_below(random, 4); edits > 0 && length > 1; edits--) {
                const size_t place = (size_t)pd_random_below(random, length - 1);
                const char first = text[place];
                text[place] = text[place + 1];
                text[place + 1] = edits % 2 == 0 ? first : letters[0];
                if (edits == 3) length--;
            }
        }
        add(sample, text, length);
    }
}

/* One text on the left of all others: values of all metrics by all kernels. */
struct row {
    double winkler[TEXTS_MAX], jaro[TEXTS_MAX], distance[TEXTS_MAX], out[TEXTS_MAX];
    uint32_t left[TEXTS_MAX], right[TEXTS_MAX];
};

static void check(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs, struct row *row,
                  const struct pd_lane_cutoff *cutoff)
{
    const bool near = cutoff->metric == PD_LANE_LEVENSHTEIN;
    const double *wanted = near ? row->distance : cutoff->metric == PD_LANE_JARO ? row->jaro : row->winkler;
    const size_t n_passing = pd_lanes_compare(kernels, pairs, cutoff, row->out);
    size_t n = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        const bool passes = near ? wanted[i] <= cutoff->bound : wanted[i] >= cutoff->bound;
        n += passes;
        const double value = passes ? wanted[i] : near ? HUGE_VAL : -1;
        cr_assert(row->out[i] == value, "%s, metric %d, bound %.17g, \"%.*s\", \"%.*s\": %.17g and not %.17g",
                  kernels->name, (int)cutoff->metric, cutoff->bound,
                  PD_TEXT_ARGS(pairs->left_texts->texts[pairs->left[i]]),
                  PD_TEXT_ARGS(pairs->right_texts->texts[pairs->right[i]]), row->out[i], value);
    }
    cr_assert_eq(n_passing, n);
}

static void fill_row(const struct sample *sample, size_t first, struct row *row)
{
    for (size_t i = 0; i < sample->n; i++) {
        const struct pd_text a = sample->texts.texts[first], b = sample->texts.texts[i];
        row->left[i] = (uint32_t)first;
        row->right[i] = (uint32_t)i;
        row->winkler[i] = textbook_jaro_winkler(a, b);
        row->jaro[i] = textbook_jaro(a, b);
        row->distance[i] = (double)textbook_levenshtein(a, b);
    }
}

static void check_all_pairs(const struct sample *sample)
{
    static const struct {
        enum pd_lane_metric metric;
        double bound;
    } bounds[] = { { PD_LANE_JARO, 0 },
                   { PD_LANE_JARO, 0.88 },
                   { PD_LANE_JARO_WINKLER, 0 },
                   { PD_LANE_JARO_WINKLER, 0.7 },
                   { PD_LANE_JARO_WINKLER, 0.85 },
                   { PD_LANE_JARO_WINKLER, 0.92 },
                   { PD_LANE_JARO_WINKLER, 1 },
                   { PD_LANE_LEVENSHTEIN, 0 },
                   { PD_LANE_LEVENSHTEIN, 1 },
                   { PD_LANE_LEVENSHTEIN, 2.5 },
                   { PD_LANE_LEVENSHTEIN, 3 },
                   { PD_LANE_LEVENSHTEIN, 5 },
                   { PD_LANE_LEVENSHTEIN, HUGE_VAL } };
    enum { N_BOUNDS = sizeof bounds / sizeof *bounds };
    static struct pd_lane_cutoff cutoffs[N_BOUNDS + 1];
    static struct row row;
    const struct pd_lane_kernels *all[] = { &pd_lanes_scalar, pd_lanes_avx2(), pd_lanes_popcnt() };
    for (size_t i = 0; i < N_BOUNDS; i++) pd_lane_cutoff_make(bounds[i].metric, bounds[i].bound, &cutoffs[i]);
    for (size_t first = 0; first < sample->n; first++) {
        fill_row(sample, first, &row);
        const struct pd_lane_pairs pairs = { &sample->texts, &sample->texts, row.left, row.right, sample->n };
        const struct pd_lane_pairs turned = { &sample->texts, &sample->texts, row.right, row.left, sample->n };
        /* A bound that is one of the values itself. */
        pd_lane_cutoff_make(PD_LANE_JARO_WINKLER, row.winkler[(first * 7 + 1) % sample->n], &cutoffs[N_BOUNDS]);
        for (size_t k = 0; k < 3 && all[k] != NULL; k++)
            for (size_t i = 0; i <= N_BOUNDS; i++)
                check(all[k], (first + i) % 2 == 0 ? &pairs : &turned, &row, &cutoffs[i]);
    }
}

Test(lanes, agree_with_the_textbook_on_every_pair_of_random_texts)
{
    static struct sample sample;
    cr_assert_eq(pd_lane_texts_init(&sample.texts, TEXTS_MAX, NULL), PADAN_OK);
    struct pd_random random = pd_random_stream(20261125, 3);
    static const char edges[] = "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBC";
    for (size_t length = 0; length <= 33; length++) add(&sample, edges, length);
    add_random(&sample, &random, 450);
    check_all_pairs(&sample);
    pd_lane_texts_reset(&sample.texts);
}

/* Adds at most `most` cells of a column, from every n-th line of a file without quotes. */
static void add_cells(struct sample *sample, const char *path, unsigned column, size_t every, size_t most)
{
    struct pd_buffer content = { 0 };
    cr_assert_eq(pd_file_read(path, 1 << 24, &content, NULL), PADAN_OK, "%s", path);
    size_t line = 0;
    const size_t begin_n = sample->n;
    for (const char *at = content.data, *end = content.data + content.length; at < end && sample->n - begin_n < most;
         line++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL) line_end = end;
        const char *cell = at;
        for (unsigned c = 0; c < column && cell < line_end; c++) {
            const char *comma = memchr(cell, ',', (size_t)(line_end - cell));
            cell = comma == NULL ? line_end : comma + 1;
        }
        const char *cell_end = cell < line_end ? memchr(cell, ',', (size_t)(line_end - cell)) : NULL;
        if (cell_end == NULL) cell_end = line_end;
        if (line % every == 1 || every == 1) add(sample, cell, (size_t)(cell_end - cell));
        at = line_end + 1;
    }
    pd_buffer_reset(&content);
}

Test(lanes, agree_with_the_textbook_on_every_pair_of_real_names)
{
    static const struct {
        const char *file;
        unsigned column;
        size_t every;
    } sets[] = { { "name_pairs_nomenklatura/name_pairs.csv", 2, 4 },
                 { "name_pairs_nomenklatura/name_pairs.csv", 3, 4 },
                 { "indonesia/faker_js_id_names.csv", 2, 9 },
                 { "indonesia/name_tokens_jakarta_kpu_derived.csv", 0, 9 } };
    static struct sample sample;
    cr_assert_eq(pd_lane_texts_init(&sample.texts, TEXTS_MAX, NULL), PADAN_OK);
    const char *shared = getenv("PADAN_SHARED_DATA");
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s/%s", shared == NULL ? "../shared/data" : shared, sets[i].file);
        if (access(path, R_OK) != 0) cr_skip_test("skipped: there is no %s", path);
        add_cells(&sample, path, sets[i].column, sets[i].every, 120);
    }
    cr_assert_gt(sample.n, 300);
    check_all_pairs(&sample);
    pd_lane_texts_reset(&sample.texts);
}

Test(lanes, are_chosen_once_by_the_processor_and_the_environment)
{
    cr_assert_eq(setenv("PADAN_CPU", "scalar", 1), 0);
    cr_assert_eq(pd_lanes_choose(), &pd_lanes_scalar);
    const struct pd_lane_kernels *fast = pd_lanes_avx2() == NULL ? &pd_lanes_scalar : pd_lanes_avx2();
    cr_assert_eq(setenv("PADAN_CPU", "avx2", 1), 0);
    cr_assert_eq(pd_lanes_choose(), fast);
    cr_assert_eq(unsetenv("PADAN_CPU"), 0);
    cr_assert_eq(pd_lanes_choose(), pd_lanes_popcnt() == NULL ? fast : pd_lanes_popcnt());
}
