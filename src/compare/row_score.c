/* SPDX-License-Identifier: MIT
 * Scoring by a row plan: what sifting left open of the pairs that it kept. */
#include "compare/row_comparison.h"

#include "compare/kernel_side.h"

#include <math.h>

/* What of a pair that sifting kept is still to be found. */
struct scored_pair {
    struct pd_two_rows rows;
    uint64_t open;
    uint64_t asked;
    const struct pd_text_codes *codes;
    const uint32_t *words;
    pd_weight *bounds;
    uint8_t *levels;
    pd_weight sum;
};

static struct scored_pair take_pair(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                                    const struct pd_pair *pair, size_t i)
{
    const size_t place = i * lanes->n_comparisons;
    return (struct scored_pair){ .rows = pd_rows_of_pair(row_plan->rows, pair),
                                 .open = lanes->open[i],
                                 .asked = lanes->asked[i],
                                 .codes = lanes->codes + i * lanes->n_memos,
                                 .words = lanes->words + place,
                                 .bounds = lanes->bounds + place,
                                 .levels = lanes->levels + place,
                                 .sum = lanes->sums[i] };
}

/* What comparison c gives at most is found to be no more than this. */
static void lower_bound(struct scored_pair *pair, size_t c, pd_weight most)
{
    if (most >= pair->bounds[c]) return;
    pair->sum += most - pair->bounds[c];
    pair->bounds[c] = most;
}

/* --- texts --- */

/* The two texts of comparison c are such that their similarity is remembered. */
static bool is_asked(const struct scored_pair *pair, size_t c)
{
    return (pair->asked >> c & 1) != 0;
}

/* What is known of the two texts, which takes its slot. */
static struct pd_place_slot *slot_of(const struct pd_row_comparison *comparison, const struct pd_row_lanes *lanes,
                                     struct pd_text_codes codes)
{
    return pd_place_slot_take(lanes->memos[comparison->memo], codes.left, codes.right);
}

/* Where the best that the similarity of two values can be lies, neither of them NULL. */
static size_t place_of_best(const struct pd_row_comparison *comparison, const struct pd_row_lanes *lanes,
                            const struct scored_pair *pair, size_t c)
{
    const struct pd_slot *slot = comparison->slot;
    if (!is_asked(pair, c))
        return pd_level_table_place(
            comparison->table,
            slot->kernel->optimist(slot->side_left, pd_packed_value(comparison->left, pair->rows.left),
                                   slot->side_right, pd_packed_value(comparison->right, pair->rows.right)));
    const struct pd_text_codes codes = pair->codes[comparison->memo];
    struct pd_place_slot *known = slot_of(comparison, lanes, codes);
    if (known->place != PD_PLACE_UNKNOWN) return known->place;
    if (known->best == PD_PLACE_UNKNOWN)
        known->best = (uint8_t)pd_level_table_place(
            comparison->table, slot->kernel->optimist(slot->side_left, codes.left, slot->side_right, codes.right));
    return known->best;
}

/* Where the similarity of two texts that is remembered lies. */
static size_t place_of(const struct pd_row_comparison *comparison, const struct pd_row_lanes *lanes,
                       struct pd_text_codes codes)
{
    const struct pd_slot *slot = comparison->slot;
    struct pd_place_slot *known = slot_of(comparison, lanes, codes);
    if (known->place == PD_PLACE_UNKNOWN)
        known->place = (uint8_t)pd_level_table_place(
            comparison->table, slot->kernel->evaluate(slot->side_left, codes.left, slot->side_right, codes.right));
    return known->place;
}

/* --- bounds --- */

static bool may_be_bounded(const struct pd_row_comparison *comparison, const struct scored_pair *pair, size_t c)
{
    if (comparison->most_within == NULL || pair->levels[c] != PD_LEVEL_OPEN) return false;
    return comparison->remembers ? is_asked(pair, c) : !pd_row_similarity_is_null(comparison, pair->rows);
}

/* The pair may be given up for the sake of what kernels can bound: else there is no use in asking. */
static bool worth_bounding(const struct pd_row_plan *row_plan, pd_weight needed, const struct scored_pair *pair)
{
    pd_weight least = pair->sum;
    for (uint64_t open = pair->open; open != 0; open &= open - 1) {
        const size_t c = (size_t)__builtin_ctzll(open);
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        if (!may_be_bounded(comparison, pair, c)) continue;
        const pd_weight *within = comparison->most_within + pair->words[c] * comparison->table->n_places;
        if (within[comparison->farthest] < pair->bounds[c]) least += within[comparison->farthest] - pair->bounds[c];
    }
    return least < needed;
}

/* Bounds similarities by what their kernels tell in a few ns; false when that is enough to give the pair up. */
static bool stays_possible(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes, pd_weight needed,
                           struct scored_pair *pair)
{
    if (!worth_bounding(row_plan, needed, pair)) return true;
    for (uint64_t open = pair->open; open != 0; open &= open - 1) {
        const size_t c = (size_t)__builtin_ctzll(open);
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        if (!may_be_bounded(comparison, pair, c)) continue;
        const size_t place = place_of_best(comparison, lanes, pair, c);
        lower_bound(pair, c, comparison->most_within[pair->words[c] * comparison->table->n_places + place]);
        if (pair->sum < needed) return false;
    }
    return true;
}

/* --- levels and weights --- */

/* The similarity as the worker has it or, where other comparisons may ask for it again, has it from now on. */
static double shared_similarity(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison,
                                struct pd_two_rows rows, struct pd_condition_worker *worker)
{
    const struct pd_test *test = comparison->table->similarity;
    if (comparison->left == NULL || worker->stamps[test->slot] == worker->stamp)
        return pd_condition_value(&row_plan->plan->conditions, worker, test);
    if (pd_row_similarity_is_null(comparison, rows)) return (double)NAN;
    const double value = pd_row_similarity(comparison, rows);
    if (comparison->near) return value; /* other tests may ask for more of it */
    worker->values[test->slot] = value;
    worker->stamps[test->slot] = worker->stamp;
    return value;
}

static unsigned find_level(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes, size_t c,
                           const struct scored_pair *pair, struct pd_condition_worker *worker)
{
    const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
    if (comparison->table == NULL) return pd_plan_find_level(row_plan->plan, worker, comparison->comparison);
    if (!is_asked(pair, c))
        return pd_level_table_with(comparison->table, pair->words[c],
                                   shared_similarity(row_plan, comparison, pair->rows, worker));
    const size_t place = place_of(comparison, lanes, pair->codes[comparison->memo]);
    return comparison->table->levels[pair->words[c] * comparison->table->n_places + place];
}

static pd_weight weight_of(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison,
                           unsigned index, struct pd_two_rows rows, const struct pd_condition_worker *worker)
{
    const struct pd_plan_level *level = &comparison->comparison->levels[index];
    if (level->frequency == NULL) return level->weight;
    if (pd_row_tells_frequency(comparison, index, rows)) return pd_row_weight(comparison, index, rows);
    return pd_plan_weight(row_plan->plan, level, worker->reader.left, worker->reader.right);
}

/* Finds what is open of a pair; false as soon as it cannot reach needed. */
static bool settle(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                   struct pd_condition_worker *worker, pd_weight needed, struct scored_pair *pair)
{
    for (uint64_t open = pair->open; open != 0; open &= open - 1) {
        const size_t c = (size_t)__builtin_ctzll(open);
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        if (pair->levels[c] == PD_LEVEL_OPEN) pair->levels[c] = (uint8_t)find_level(row_plan, lanes, c, pair, worker);
        const unsigned level = pair->levels[c];
        pair->sum -= pair->bounds[c];
        if (level != PD_LEVEL_NONE) pair->sum += weight_of(row_plan, comparison, level, pair->rows, worker);
        if (pair->sum < needed) return false;
    }
    return true;
}

bool pd_row_plan_score(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                       struct pd_condition_worker *worker, const struct pd_pair *pair, size_t i, pd_weight needed,
                       int8_t *gammas, pd_weight *weight)
{
    *weight = lanes->sums[i];
    if (lanes->open[i] != 0) {
        struct scored_pair scored = take_pair(row_plan, lanes, pair, i);
        if (!stays_possible(row_plan, lanes, needed, &scored)) return false;
        pd_condition_begin(worker, pair->left, pair->right);
        if (!settle(row_plan, lanes, worker, needed, &scored)) return false;
        *weight = scored.sum;
    }
    const uint8_t *levels = lanes->levels + i * lanes->n_comparisons;
    for (size_t c = 0; c < lanes->n_comparisons; c++) {
        const struct pd_plan_comparison *comparison = row_plan->comparisons[c].comparison;
        gammas[comparison->index] =
            levels[c] == PD_LEVEL_NONE ? (int8_t)-1 : (int8_t)comparison->levels[levels[c]].gamma;
    }
    return true;
}

/* --- cache --- */

typedef void prefetch_word(const struct pd_kernel_side *side, uint64_t word);

/* Texts whose similarity is remembered: if it is not known yet. */
static void prefetch_asked(const struct pd_row_comparison *comparison, const struct pd_row_lanes *lanes, size_t i,
                           prefetch_word *one)
{
    const struct pd_text_codes codes = lanes->codes[i * lanes->n_memos + comparison->memo];
    const struct pd_place_slot *known = pd_place_slot_of(lanes->memos[comparison->memo], codes.left, codes.right);
    if (pd_place_slot_has(known, codes.left, codes.right) && known->place != PD_PLACE_UNKNOWN) return;
    one(comparison->slot->side_left, codes.left);
    one(comparison->slot->side_right, codes.right);
}

/* Texts whose similarity is not remembered. */
static void prefetch_texts(const struct pd_row_comparison *comparison, struct pd_two_rows rows, prefetch_word *one)
{
    if (comparison->left == NULL || comparison->left->whole || comparison->right->whole || comparison->remembers ||
        pd_row_similarity_is_null(comparison, rows) || pd_row_is_known_equal(comparison, rows))
        return;
    one(comparison->slot->side_left, pd_packed_value(comparison->left, rows.left));
    one(comparison->slot->side_right, pd_packed_value(comparison->right, rows.right));
}

/* Columns that a level is found by where rows do not tell it. */
static void prefetch_columns(const struct pd_row_plan *row_plan, const struct pd_row_comparison *comparison,
                             const struct pd_pair *pair)
{
    const struct pd_level_table *table = comparison->comparison->table;
    const struct pd_column *columns = row_plan->rows->table->columns;
    for (size_t i = 0; table != NULL && i < table->n_atoms; i++) {
        if (table->atoms[i]->kind != PD_TEST_SAME) continue;
        pd_column_prefetch(&columns[table->atoms[i]->column], pair->left);
        pd_column_prefetch(&columns[table->atoms[i]->column], pair->right);
    }
}

/* Of the values that similarities compare, of a pair of those kept, where its level is open. */
static inline __attribute__((always_inline)) void prefetch(const struct pd_row_plan *row_plan,
                                                           const struct pd_row_lanes *lanes, const struct pd_pair *pair,
                                                           size_t i, prefetch_word *one)
{
    const struct pd_two_rows rows = pd_rows_of_pair(row_plan->rows, pair);
    const uint8_t *levels = lanes->levels + i * lanes->n_comparisons;
    for (uint64_t open = lanes->open[i]; open != 0; open &= open - 1) {
        const size_t c = (size_t)__builtin_ctzll(open);
        const struct pd_row_comparison *comparison = &row_plan->comparisons[c];
        if (levels[c] != PD_LEVEL_OPEN) continue;
        if ((lanes->asked[i] >> c & 1) != 0)
            prefetch_asked(comparison, lanes, i, one);
        else
            prefetch_texts(comparison, rows, one);
    }
}

void pd_row_plan_prefetch_places(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                                 const struct pd_pair *pair, size_t i)
{
    if (lanes->open[i] == 0) return;
    prefetch(row_plan, lanes, pair, i, pd_kernel_prefetch_place);
    for (uint64_t open = lanes->open[i]; open != 0; open &= open - 1) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[__builtin_ctzll(open)];
        if (comparison->table == NULL) prefetch_columns(row_plan, comparison, pair);
    }
}

void pd_row_plan_prefetch(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                          const struct pd_pair *pair, size_t i)
{
    if (lanes->open[i] != 0) prefetch(row_plan, lanes, pair, i, pd_kernel_prefetch);
}
