/* SPDX-License-Identifier: MIT
 * Scoring by a row plan. */
#include "compare/row_comparison.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "compare/kernel_side.h"
#include "compare/row_lanes.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { ROWS_AHEAD = 12 };

/* --- a pair --- */

static inline void find_facts(const struct pd_packed_rows *rows, uint32_t left, uint32_t right,
                              struct pd_row_facts *out)
{
    const uint64_t *a = out->left = pd_packed_row(rows, left);
    const uint64_t *b = out->right = pd_packed_row(rows, right);
    const size_t n = rows->n_field_words;
    for (size_t word = 0; word < n; word++) {
        out->words[PD_FACT_UNEQUAL][word] = pd_packed_unequal(a[word], b[word], rows->guards[word], rows->values[word]);
        out->words[PD_FACT_MISSING][word] = a[word] | b[word];
        out->words[PD_FACT_LEFT][word] = a[word];
        out->words[PD_FACT_RIGHT][word] = b[word];
    }
    if (rows->n_whole_words == 0) return;
    out->words[PD_FACT_UNEQUAL][n] = pd_packed_whole_unequal(a + n, b + n, rows->n_whole_words);
    out->words[PD_FACT_LEFT][n] = pd_packed_whole_missing(a + n, rows->n_whole_words);
    out->words[PD_FACT_RIGHT][n] = pd_packed_whole_missing(b + n, rows->n_whole_words);
    out->words[PD_FACT_MISSING][n] = out->words[PD_FACT_LEFT][n] | out->words[PD_FACT_RIGHT][n];
}

static inline size_t answers(const struct pd_row_comparison *comparison, const struct pd_row_facts *facts)
{
    const uint64_t *words = facts->words[0];
    int32_t sum = comparison->base;
    for (size_t i = 0; i < comparison->n_terms; i++) {
        const struct pd_fact_term *term = &comparison->terms[i];
        sum += term->weight * (int32_t)(words[term->word] >> term->bit & 1);
    }
    return (size_t)sum;
}

static inline bool is_missing(const struct pd_packed_field *field, const uint64_t *missing)
{
    return (missing[field->word] & pd_packed_guard(field)) != 0;
}

static inline bool known_of_equal(const struct pd_row_comparison *comparison)
{
    return comparison->of_equal == comparison->of_equal;
}

/* The two values are equal, and what their similarity is then is known. */
static inline bool is_known_equal(const struct pd_row_comparison *comparison, const struct pd_row_facts *facts)
{
    return known_of_equal(comparison) &&
           (facts->words[PD_FACT_UNEQUAL][comparison->left->word] & pd_packed_guard(comparison->left)) == 0;
}

/* The similarity of values that are not NULL; where it is `near`, any distance over 2 may stand for another. */
static double evaluate(const struct pd_row_comparison *comparison, const struct pd_row_facts *facts)
{
    if (is_known_equal(comparison, facts)) return comparison->of_equal;
    const struct pd_kernel *kernel = comparison->slot->kernel;
    const uint64_t left = facts->left[comparison->left->place], right = facts->right[comparison->right->place];
    if (comparison->near && pd_packed_is_digits(left) && pd_packed_is_digits(right))
        return (double)pd_packed_distance(left, right);
    if (kernel->evaluate_digits != NULL && comparison->left->whole && comparison->right->whole &&
        pd_packed_is_digits(left) && pd_packed_is_digits(right))
        return kernel->evaluate_digits(left, right);
    return kernel->evaluate(comparison->slot->side_left, pd_packed_value(comparison->left, facts->left),
                            comparison->slot->side_right, pd_packed_value(comparison->right, facts->right));
}

/* The similarity of the pair; NaN where a side is NULL. */
static double similarity(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison,
                         const struct pd_row_facts *facts, struct pd_condition_worker *worker)
{
    const struct pd_test *test = comparison->table->similarity;
    if (comparison->left == NULL || worker->stamps[test->slot] == worker->stamp)
        return pd_condition_value(&row_plan->plan->conditions, worker, test);
    if (is_missing(comparison->left, facts->words[PD_FACT_LEFT]) ||
        is_missing(comparison->right, facts->words[PD_FACT_RIGHT]))
        return (double)NAN;
    const double value = evaluate(comparison, facts);
    if (comparison->near) return value; /* other tests may ask for more of it */
    worker->values[test->slot] = value;
    worker->stamps[test->slot] = worker->stamp;
    return value;
}

static unsigned find_level(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison, size_t word,
                           const struct pd_row_facts *facts, struct pd_condition_worker *worker)
{
    if (comparison->table == NULL) return pd_plan_find_level(row_plan->plan, worker, comparison->comparison);
    const unsigned level = pd_level_table_at_once(comparison->table, word);
    if (level != PD_LEVEL_OPEN) return level;
    return pd_level_table_with(comparison->table, word, similarity(row_plan, comparison, facts, worker));
}

static pd_weight weight_of(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison,
                           unsigned index, const struct pd_row_facts *facts, const struct pd_condition_worker *worker)
{
    const struct pd_plan_level *level = &comparison->comparison->levels[index];
    const struct pd_packed_field *key = comparison->frequency_keys[index];
    if (level->frequency == NULL) return level->weight;
    if (key == NULL || is_missing(key, facts->words[PD_FACT_MISSING]))
        return pd_plan_weight(row_plan->plan, level, worker->reader.left, worker->reader.right);
    return level->weight + pd_term_frequency_of_words(level->frequency, pd_packed_value(key, facts->left),
                                                      pd_packed_value(key, facts->right));
}

static pd_weight prior_of(const struct pd_row_plan *row_plan, uint32_t left, uint32_t right)
{
    const struct pd_source_weights *sources = &row_plan->plan->sources;
    if (row_plan->one_prior) return sources->priors[0];
    return sources->priors[pd_source_pair_index(sources, row_plan->plan->conditions.deriver->table, left, right)];
}

/* A pair being scored: the answers to each comparison, what each can give at most, and the sum. */
struct scored_pair {
    struct pd_row_facts facts;
    uint8_t *known; /* levels that are found already, PD_LEVEL_OPEN = not */
    uint32_t words[PD_COMPARISONS_MAX];
    pd_weight bounds[PD_COMPARISONS_MAX];
    pd_weight sum;
};

static pd_weight most_without_table(const struct pd_row_comparison *comparison, const struct pd_row_facts *facts)
{
    const struct pd_packed_field *equal = comparison->equal;
    const bool unequal = equal != NULL && (facts->words[PD_FACT_UNEQUAL][equal->word] & pd_packed_guard(equal)) != 0;
    return unequal ? comparison->most_unequal : comparison->comparison->largest;
}

static void bound_pair(const struct pd_row_plan *row_plan, uint32_t left, uint32_t right, struct scored_pair *pair)
{
    pair->sum = prior_of(row_plan, left, right);
    find_facts(row_plan->rows, left, right, &pair->facts);
    for (size_t i = 0; i < row_plan->plan->n_comparisons; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        pair->words[i] = comparison->table == NULL ? 0 : (uint32_t)answers(comparison, &pair->facts);
        pair->bounds[i] =
            comparison->table == NULL ? most_without_table(comparison, &pair->facts) : comparison->most[pair->words[i]];
        pair->sum += pair->bounds[i];
    }
}

/* What comparison i gives at most is found to be no more than this. */
static void lower_bound(struct scored_pair *pair, size_t i, pd_weight most)
{
    if (most >= pair->bounds[i]) return;
    pair->sum += most - pair->bounds[i];
    pair->bounds[i] = most;
}

static pd_weight most_of(const struct pd_row_comparison *comparison, unsigned level)
{
    return level == PD_LEVEL_NONE ? 0 : pd_most_of_level(&comparison->comparison->levels[level]);
}

static bool may_be_bounded(const struct pd_row_comparison *comparison, const struct scored_pair *pair, size_t i)
{
    return comparison->most_within != NULL && pair->known[i] == PD_LEVEL_OPEN &&
           pd_level_table_at_once(comparison->table, pair->words[i]) == PD_LEVEL_OPEN &&
           !is_missing(comparison->left, pair->facts.words[PD_FACT_LEFT]) &&
           !is_missing(comparison->right, pair->facts.words[PD_FACT_RIGHT]);
}

/* The pair may be given up for the sake of what kernels can bound: else there is no use in asking. */
static bool worth_bounding(const struct pd_row_plan *row_plan, pd_weight needed, const struct scored_pair *pair)
{
    pd_weight least = pair->sum;
    for (size_t i = 0; i < row_plan->plan->n_comparisons; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (!may_be_bounded(comparison, pair, i)) continue;
        const pd_weight *within = comparison->most_within + pair->words[i] * comparison->table->n_places;
        if (within[comparison->farthest] < pair->bounds[i]) least += within[comparison->farthest] - pair->bounds[i];
    }
    return least < needed;
}

/* Bounds similarities by what their kernels tell in a few ns; false when that is enough to give the pair up. */
static bool stays_possible(const struct pd_row_plan *row_plan, pd_weight needed, struct scored_pair *pair)
{
    if (!worth_bounding(row_plan, needed, pair)) return true;
    for (size_t i = 0; i < row_plan->plan->n_comparisons; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (!may_be_bounded(comparison, pair, i)) continue;
        const double best = comparison->slot->kernel->optimist(
            comparison->slot->side_left, pd_packed_value(comparison->left, pair->facts.left),
            comparison->slot->side_right, pd_packed_value(comparison->right, pair->facts.right));
        const size_t place = pd_level_table_place(comparison->table, best);
        lower_bound(pair, i, comparison->most_within[pair->words[i] * comparison->table->n_places + place]);
        if (pair->sum < needed) return false;
    }
    return true;
}

/* The weight that a level has by the frequency of the pair's own value, which may be far below the most it can have;
 * the most where that is not known from rows. */
static pd_weight most_of_pair(const struct pd_row_comparison *comparison, unsigned index,
                              const struct pd_row_facts *facts)
{
    const struct pd_plan_level *level = &comparison->comparison->levels[index];
    const struct pd_packed_field *key = comparison->frequency_keys[index];
    if (key == NULL || is_missing(key, facts->words[PD_FACT_MISSING])) return pd_most_of_level(level);
    return level->weight + pd_term_frequency_of_words(level->frequency, pd_packed_value(key, facts->left),
                                                      pd_packed_value(key, facts->right));
}

/* What a comparison whose level rows, equal values or a similarity of small cost decide gives at most. Notes a level
 * that took a similarity to find. */
static pd_weight tightened(const struct pd_row_comparison *comparison, const struct scored_pair *pair, size_t i)
{
    unsigned level = pd_level_table_at_once(comparison->table, pair->words[i]);
    if (level < PD_LEVEL_NONE && comparison->comparison->levels[level].frequency == NULL) return pair->bounds[i];
    if (level == PD_LEVEL_OPEN) {
        if (!comparison->cheap && !is_known_equal(comparison, &pair->facts)) return pair->bounds[i];
        const bool missing = is_missing(comparison->left, pair->facts.words[PD_FACT_LEFT]) ||
                             is_missing(comparison->right, pair->facts.words[PD_FACT_RIGHT]);
        const double value = missing ? (double)NAN : evaluate(comparison, &pair->facts);
        level = pd_level_table_with(comparison->table, pair->words[i], value);
        pair->known[i] = (uint8_t)level;
    }
    return level == PD_LEVEL_NONE ? 0 : most_of_pair(comparison, level, &pair->facts);
}

/* Puts what similarities of small cost and frequencies tell in the place of bounds while the pair may reach needed. */
static void tighten(const struct pd_row_plan *row_plan, struct scored_pair *pair, pd_weight needed)
{
    for (size_t k = 0; k < row_plan->n_tightened && pair->sum >= needed; k++) {
        const size_t i = row_plan->tightened[k];
        lower_bound(pair, i, tightened(&row_plan->comparisons[i], pair, i));
    }
}

/* --- many pairs --- */

struct pd_row_lanes {
    const struct pd_lane_kernels *kernels;
    size_t n_comparisons;
    struct pd_open_pairs *open; /* [n_comparisons] */
    /* Of the pairs kept: */
    pd_weight *sums;   /* [PD_SIFT_MAX] bounds included, and what lanes found */
    pd_weight *totals; /* [PD_SIFT_MAX] of bounds */
    pd_weight *bounds; /* [PD_SIFT_MAX][n_comparisons] */
    uint32_t *words;   /* the same, answers */
    uint8_t *levels;   /* the same, found levels, PD_LEVEL_OPEN = not yet */
};

enum padan_status pd_row_lanes_make(const struct pd_row_plan *row_plan, struct pd_row_lanes **lanes,
                                    struct padan_error *error)
{
    const size_t n = row_plan->plan->n_comparisons;
    struct pd_row_lanes *made = NULL;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    *lanes = made;
    made->kernels = pd_lanes_choose();
    made->n_comparisons = n;
    PD_TRY(pd_allocate(&made->open, n + 1, sizeof *made->open, error));
    PD_TRY(pd_allocate(&made->sums, PD_SIFT_MAX, sizeof *made->sums, error));
    PD_TRY(pd_allocate(&made->totals, PD_SIFT_MAX, sizeof *made->totals, error));
    PD_TRY(pd_allocate(&made->bounds, PD_SIFT_MAX * n + 1, sizeof *made->bounds, error));
    PD_TRY(pd_allocate(&made->words, PD_SIFT_MAX * n + 1, sizeof *made->words, error));
    PD_TRY(pd_allocate(&made->levels, PD_SIFT_MAX * n + 1, sizeof *made->levels, error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (comparison->table == NULL || comparison->left == NULL) continue; /* not answered by rows */
        PD_TRY(pd_open_pairs_init(&made->open[i], row_plan->plan, comparison->comparison, PD_SIFT_MAX, error));
    }
    return PADAN_OK;
}

void pd_row_lanes_free(struct pd_row_lanes *lanes)
{
    if (lanes == NULL) return;
    for (size_t i = 0; lanes->open != NULL && i < lanes->n_comparisons; i++) pd_open_pairs_reset(&lanes->open[i]);
    pd_free(lanes->open);
    pd_free(lanes->sums);
    pd_free(lanes->totals);
    pd_free(lanes->bounds);
    pd_free(lanes->words);
    pd_free(lanes->levels);
    pd_free(lanes);
}

/* Notes what is known of pair number i, and in which comparisons of texts its level is open. */
static void note_pair(const struct pd_row_plan *row_plan, struct pd_row_lanes *lanes, const struct scored_pair *pair,
                      uint32_t i)
{
    lanes->sums[i] = lanes->totals[i] = pair->sum;
    memcpy(lanes->bounds + i * lanes->n_comparisons, pair->bounds, lanes->n_comparisons * sizeof *lanes->bounds);
    memcpy(lanes->words + i * lanes->n_comparisons, pair->words, lanes->n_comparisons * sizeof *lanes->words);
    for (size_t c = 0; c < lanes->n_comparisons; c++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        struct pd_open_pairs *const open = &lanes->open[c];
        if (open->cutoff == NULL || pd_level_table_at_once(comparison->table, pair->words[c]) != PD_LEVEL_OPEN)
            continue;
        if (is_missing(comparison->left, pair->facts.words[PD_FACT_LEFT]) ||
            is_missing(comparison->right, pair->facts.words[PD_FACT_RIGHT]))
            continue; /* scoring knows what NULL means */
        open->pairs[open->n++] =
            (struct pd_open_pair){ .pair = i,
                                   .answers = (uint32_t)pair->words[c],
                                   .left = (uint32_t)pd_packed_value(comparison->left, pair->facts.left),
                                   .right = (uint32_t)pd_packed_value(comparison->right, pair->facts.right) };
    }
}

/* Finds the open levels of a comparison, and puts what they give in the place of bounds. */
static void close_levels(const struct pd_row_comparison *comparison, size_t index, struct pd_row_lanes *lanes,
                         pd_weight needed)
{
    struct pd_open_pairs *const open = &lanes->open[index];
    double values[PD_LANE_BATCH];
    size_t n = 0;
    for (size_t i = 0; i < open->n; i++)
        if (lanes->sums[open->pairs[i].pair] >= needed) open->pairs[n++] = open->pairs[i];
    for (size_t begin = 0; begin < n; begin += PD_LANE_BATCH) {
        const size_t in_batch = n - begin < PD_LANE_BATCH ? n - begin : PD_LANE_BATCH;
        pd_open_pairs_compare(open, lanes->kernels, begin, in_batch, values);
        for (size_t i = 0; i < in_batch; i++) {
            const struct pd_open_pair *pair = &open->pairs[begin + i];
            const unsigned level = pd_level_table_with(comparison->table, pair->answers, values[i]);
            lanes->levels[pair->pair * lanes->n_comparisons + index] = (uint8_t)level;
            lanes->sums[pair->pair] += most_of(comparison, level) - comparison->most[pair->answers];
        }
    }
}

/* Keeps the pairs whose sums reach needed. */
static size_t keep(struct pd_row_lanes *lanes, struct pd_pair *pairs, size_t n, pd_weight needed)
{
    const size_t width = lanes->n_comparisons;
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (lanes->sums[i] < needed) continue;
        if (n_kept < i) {
            memcpy(lanes->levels + n_kept * width, lanes->levels + i * width, width);
            memcpy(lanes->bounds + n_kept * width, lanes->bounds + i * width, width * sizeof *lanes->bounds);
            memcpy(lanes->words + n_kept * width, lanes->words + i * width, width * sizeof *lanes->words);
            lanes->totals[n_kept] = lanes->totals[i];
        }
        pairs[n_kept++] = pairs[i];
    }
    return n_kept;
}

size_t pd_row_plan_sift(const struct pd_row_plan *row_plan, struct pd_row_lanes *lanes, struct pd_pair *pairs, size_t n,
                        pd_weight needed)
{
    size_t n_kept = 0;
    assert(n <= PD_SIFT_MAX);
    for (size_t c = 0; c < lanes->n_comparisons; c++) lanes->open[c].n = 0;
    for (size_t i = 0; i < n; i++) {
        struct scored_pair pair;
        if (i + ROWS_AHEAD < n) {
            pd_prefetch(pd_packed_row(row_plan->rows, pairs[i + ROWS_AHEAD].left));
            pd_prefetch(pd_packed_row(row_plan->rows, pairs[i + ROWS_AHEAD].right));
        }
        pair.known = lanes->levels + n_kept * lanes->n_comparisons;
        memset(pair.known, PD_LEVEL_OPEN, lanes->n_comparisons);
        bound_pair(row_plan, pairs[i].left, pairs[i].right, &pair);
        tighten(row_plan, &pair, needed);
        if (pair.sum < needed) continue;
        note_pair(row_plan, lanes, &pair, (uint32_t)n_kept);
        pairs[n_kept++] = pairs[i];
    }
    for (size_t c = 0; c < lanes->n_comparisons; c++)
        if (lanes->open[c].n > 0) close_levels(&row_plan->comparisons[c], c, lanes, needed);
    return keep(lanes, pairs, n_kept, needed);
}

/* Takes up what sifting knows of pair i of those kept, and what known levels give at most. */
static void take_pair(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes, size_t i,
                      struct scored_pair *pair)
{
    const size_t n = lanes->n_comparisons;
    pair->known = lanes->levels + i * n;
    pair->sum = lanes->totals[i];
    memcpy(pair->bounds, lanes->bounds + i * n, n * sizeof *pair->bounds);
    memcpy(pair->words, lanes->words + i * n, n * sizeof *pair->words);
    for (size_t c = 0; c < n; c++)
        if (pair->known[c] != PD_LEVEL_OPEN) lower_bound(pair, c, most_of(&row_plan->comparisons[c], pair->known[c]));
}

bool pd_row_plan_score(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                       struct pd_condition_worker *worker, const struct pd_pair *pair, size_t i, pd_weight needed,
                       int8_t *gammas, pd_weight *weight)
{
    const size_t n = row_plan->plan->n_comparisons;
    struct scored_pair scored;
    find_facts(row_plan->rows, pair->left, pair->right, &scored.facts);
    take_pair(row_plan, lanes, i, &scored);
    if (needed != INT64_MIN && !stays_possible(row_plan, needed, &scored)) return false;
    pd_condition_begin(worker, pair->left, pair->right);
    for (size_t c = 0; c < n && (scored.sum >= needed || needed == INT64_MIN); c++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        unsigned level = scored.known[c];
        if (level == PD_LEVEL_OPEN) level = find_level(row_plan, comparison, scored.words[c], &scored.facts, worker);
        scored.sum -= scored.bounds[c];
        gammas[comparison->comparison->index] = -1;
        if (level == PD_LEVEL_NONE) continue;
        gammas[comparison->comparison->index] = (int8_t)comparison->comparison->levels[level].gamma;
        scored.sum += weight_of(row_plan, comparison, level, &scored.facts, worker);
    }
    *weight = scored.sum;
    return needed == INT64_MIN || scored.sum >= needed;
}

/* --- cache --- */

typedef void prefetch_word(const struct pd_kernel_side *side, uint64_t word);

/* Of the values that similarities compare, of a pair of those kept, where its level is open. */
static inline void prefetch(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                            const struct pd_pair *pair, size_t number, prefetch_word *one)
{
    const uint64_t *a = pd_packed_row(row_plan->rows, pair->left), *b = pd_packed_row(row_plan->rows, pair->right);
    const size_t n = lanes->n_comparisons;
    for (size_t i = 0; i < n; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (comparison->left == NULL || comparison->left->whole || comparison->right->whole) continue;
        if (lanes->levels[number * n + i] != PD_LEVEL_OPEN ||
            pd_level_table_at_once(comparison->table, lanes->words[number * n + i]) != PD_LEVEL_OPEN)
            continue;
        if (known_of_equal(comparison) && pd_packed_value(comparison->left, a) == pd_packed_value(comparison->left, b))
            continue;
        if ((a[comparison->left->place] & pd_packed_guard(comparison->left)) == 0)
            one(comparison->slot->side_left, pd_packed_value(comparison->left, a));
        if ((b[comparison->right->place] & pd_packed_guard(comparison->right)) == 0)
            one(comparison->slot->side_right, pd_packed_value(comparison->right, b));
    }
}

void pd_row_plan_prefetch_places(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                                 const struct pd_pair *pair, size_t i)
{
    prefetch(row_plan, lanes, pair, i, pd_kernel_prefetch_place);
}

void pd_row_plan_prefetch(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                          const struct pd_pair *pair, size_t i)
{
    prefetch(row_plan, lanes, pair, i, pd_kernel_prefetch);
}
