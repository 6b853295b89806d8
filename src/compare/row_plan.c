/* SPDX-License-Identifier: MIT
 * Sifting by a row plan: what rows, similarities of small cost and those of texts in lanes tell of a batch of pairs. */
#include "compare/row_comparison.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "compare/kernel_side.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Pairs ahead: rows are fetched, and what their values are looked up in. */
enum { ROWS_AHEAD = 12, VALUES_AHEAD = 6 };

/* --- a pair --- */

static inline void find_facts(const struct pd_packed_rows *rows, struct pd_two_rows pair, struct pd_row_facts *out)
{
    const uint64_t *a = pair.left, *b = pair.right;
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

double pd_row_similarity(const struct pd_row_comparison *comparison, struct pd_two_rows rows)
{
    if (pd_row_is_known_equal(comparison, rows)) return comparison->of_equal;
    const struct pd_kernel *kernel = comparison->slot->kernel;
    const uint64_t left = rows.left[comparison->left->place], right = rows.right[comparison->right->place];
    if (comparison->near && pd_packed_is_digits(left) && pd_packed_is_digits(right))
        return (double)pd_packed_distance(left, right);
    if (kernel->evaluate_digits != NULL && comparison->left->whole && comparison->right->whole &&
        pd_packed_is_digits(left) && pd_packed_is_digits(right))
        return kernel->evaluate_digits(left, right);
    return kernel->evaluate(comparison->slot->side_left, pd_packed_value(comparison->left, rows.left),
                            comparison->slot->side_right, pd_packed_value(comparison->right, rows.right));
}

static pd_weight prior_of(const struct pd_row_plan *row_plan, uint32_t left, uint32_t right)
{
    const struct pd_source_weights *sources = &row_plan->plan->sources;
    if (sources->one_prior) return sources->priors[0];
    return sources->priors[pd_source_pair_index(sources, row_plan->plan->conditions.deriver->table, left, right)];
}

/* A pair being sifted: the answers to each comparison, what each can give at most, and the sum. */
struct sifted_pair {
    struct pd_two_rows rows;
    uint8_t *levels; /* PD_LEVEL_OPEN = not known */
    uint64_t open;   /* bit per comparison that is not settled */
    pd_weight sum;
    pd_weight bounds[PD_COMPARISONS_MAX];
    uint32_t words[PD_COMPARISONS_MAX];
};

static pd_weight most_without_table(const struct pd_row_comparison *comparison, const struct pd_row_facts *facts)
{
    const struct pd_packed_field *equal = comparison->equal;
    const bool unequal = equal != NULL && (facts->words[PD_FACT_UNEQUAL][equal->word] & pd_packed_guard(equal)) != 0;
    return unequal ? comparison->most_unequal : comparison->comparison->largest;
}

static void bound_by_facts(const struct pd_row_plan *row_plan, struct sifted_pair *pair)
{
    struct pd_row_facts facts;
    pair->sum = 0;
    pair->open = 0;
    find_facts(row_plan->rows, pair->rows, &facts);
    for (size_t i = 0; i < row_plan->plan->n_comparisons; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (comparison->table == NULL) {
            pair->words[i] = 0;
            pair->levels[i] = PD_LEVEL_OPEN;
            pair->open |= UINT64_C(1) << i;
            pair->bounds[i] = most_without_table(comparison, &facts);
        } else {
            const size_t word = answers(comparison, &facts);
            pair->words[i] = (uint32_t)word;
            pair->levels[i] = (uint8_t)pd_level_table_at_once(comparison->table, word);
            pair->open |= (uint64_t)!comparison->settled[word] << i;
            pair->bounds[i] = comparison->most[word];
        }
        pair->sum += pair->bounds[i];
    }
}

static void remember(const struct sifted_pair *pair, const uint64_t *facts, const struct pd_row_plan *row_plan,
                     struct pd_bound_slot *slot)
{
    const size_t n = row_plan->plan->n_comparisons;
    memcpy(slot->facts, facts, row_plan->rows->n_fact_words * sizeof *facts);
    slot->sum = pair->sum;
    slot->open = pair->open;
    memcpy(slot->bounds, pair->bounds, n * sizeof *slot->bounds);
    memcpy(slot->words, pair->words, n * sizeof *slot->words);
    memcpy(slot->levels, pair->levels, n);
}

static void recall(const struct pd_bound_slot *slot, struct sifted_pair *pair)
{
    pair->sum = slot->sum;
    pair->open = slot->open;
    memcpy(pair->levels, slot->levels, sizeof slot->levels);
    if (slot->open == 0) return;
    memcpy(pair->bounds, slot->bounds, sizeof slot->bounds);
    memcpy(pair->words, slot->words, sizeof slot->words);
}

/* Bounds without the prior. */
static void bound_pair(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes, struct sifted_pair *pair)
{
    uint64_t facts[PD_PACKED_WORDS_MAX];
    if (lanes->bounded == NULL) {
        bound_by_facts(row_plan, pair);
        return;
    }
    struct pd_bound_slot *slot = pd_bound_slot_of(row_plan->rows, &row_plan->bound_masks, lanes->bounded,
                                                  pair->rows.left, pair->rows.right, facts);
    if (pd_bound_slot_has(slot, row_plan->rows, facts)) {
        recall(slot, pair);
        return;
    }
    bound_by_facts(row_plan, pair);
    remember(pair, facts, row_plan, slot);
}

/* What a similarity of small cost, equal values or a frequency tell of a comparison that is not settled. */
static void tighten_comparison(const struct pd_row_comparison *comparison, struct sifted_pair *pair, size_t i)
{
    unsigned level = pair->levels[i];
    if (level == PD_LEVEL_OPEN) {
        if (!comparison->cheap && !pd_row_is_known_equal(comparison, pair->rows)) return;
        const bool missing = pd_row_similarity_is_null(comparison, pair->rows);
        const double value = missing ? (double)NAN : pd_row_similarity(comparison, pair->rows);
        level = pd_level_table_with(comparison->table, pair->words[i], value);
        pair->levels[i] = (uint8_t)level;
    }
    bool settled = pd_row_is_settled_by(comparison, level);
    pd_weight most = pd_row_most_of(comparison, level);
    if (!settled && pd_row_tells_frequency(comparison, level, pair->rows)) {
        settled = true;
        most = pd_row_weight(comparison, level, pair->rows);
    }
    pair->open &= ~((uint64_t)settled << i);
    pair->sum += most - pair->bounds[i];
    pair->bounds[i] = most;
}

static void tighten(const struct pd_row_plan *row_plan, struct sifted_pair *pair, pd_weight needed)
{
    for (size_t k = 0; k < row_plan->n_tightened && pair->sum >= needed; k++) {
        const size_t i = row_plan->tightened[k];
        if ((pair->open >> i & 1) != 0) tighten_comparison(&row_plan->comparisons[i], pair, i);
    }
}

/* --- many pairs --- */

enum padan_status pd_row_lanes_make(const struct pd_row_plan *row_plan, struct pd_row_lanes **lanes,
                                    struct padan_error *error)
{
    const size_t n = row_plan->plan->n_comparisons;
    struct pd_row_lanes *made = NULL;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    *lanes = made;
    made->kernels = pd_lanes_choose();
    made->n_comparisons = n;
    made->n_memos = row_plan->n_memos;
    PD_TRY(pd_allocate(&made->texts, n + 1, sizeof *made->texts, error));
    PD_TRY(pd_allocate(&made->memos, made->n_memos + 1, sizeof(struct pd_place_slot *), error));
    PD_TRY(pd_allocate(&made->sums, PD_SIFT_MAX, sizeof *made->sums, error));
    PD_TRY(pd_allocate(&made->open, PD_SIFT_MAX, sizeof *made->open, error));
    PD_TRY(pd_allocate(&made->levels, PD_SIFT_MAX * n + PD_BOUND_COMPARISONS_MAX, sizeof *made->levels, error));
    PD_TRY(pd_allocate(&made->bounds, PD_SIFT_MAX * n + 1, sizeof *made->bounds, error));
    PD_TRY(pd_allocate(&made->words, PD_SIFT_MAX * n + 1, sizeof *made->words, error));
    PD_TRY(pd_allocate(&made->asked, PD_SIFT_MAX, sizeof *made->asked, error));
    PD_TRY(pd_allocate(&made->codes, PD_SIFT_MAX * made->n_memos + 1, sizeof *made->codes, error));
    for (size_t i = 0; i < made->n_memos; i++)
        PD_TRY(pd_allocate(&made->memos[i], PD_MEMO_SLOTS, sizeof *made->memos[i], error));
    if (row_plan->bound_masks.usable) {
        PD_TRY(pd_allocate(&made->bounded, PD_BOUND_SLOTS, sizeof *made->bounded, error));
        memset(made->bounded, 0xff, PD_BOUND_SLOTS * sizeof *made->bounded); /* free */
    }
    for (size_t i = 0; i < n; i++) {
        const struct pd_row_comparison *comparison = &row_plan->comparisons[i];
        if (comparison->table == NULL || comparison->left == NULL) continue; /* not answered by rows */
        PD_TRY(pd_open_pairs_init(&made->texts[i], row_plan->plan, comparison->comparison, PD_SIFT_MAX, error));
    }
    return PADAN_OK;
}

void pd_row_lanes_free(struct pd_row_lanes *lanes)
{
    if (lanes == NULL) return;
    for (size_t i = 0; lanes->texts != NULL && i < lanes->n_comparisons; i++) pd_open_pairs_reset(&lanes->texts[i]);
    for (size_t i = 0; lanes->memos != NULL && i < lanes->n_memos; i++) pd_free(lanes->memos[i]);
    pd_free(lanes->texts);
    pd_free(lanes->memos);
    pd_free(lanes->bounded);
    pd_free(lanes->sums);
    pd_free(lanes->open);
    pd_free(lanes->levels);
    pd_free(lanes->bounds);
    pd_free(lanes->words);
    pd_free(lanes->asked);
    pd_free(lanes->codes);
    pd_free(lanes);
}

/* Notes the texts of a comparison that pair number i, whose level in it is open, asks about. */
static void note_texts(const struct pd_row_comparison *comparison, struct pd_row_lanes *lanes, size_t c,
                       const struct sifted_pair *pair, uint32_t i)
{
    struct pd_open_pairs *const texts = &lanes->texts[c];
    if (texts->cutoff == NULL && !comparison->remembers) return;
    if (pd_row_similarity_is_null(comparison, pair->rows)) return; /* scoring knows what NULL means */
    const uint32_t left = (uint32_t)pd_packed_value(comparison->left, pair->rows.left);
    const uint32_t right = (uint32_t)pd_packed_value(comparison->right, pair->rows.right);
    if (comparison->remembers) {
        const bool turned = comparison->unordered && left > right;
        lanes->asked[i] |= UINT64_C(1) << c;
        lanes->codes[i * lanes->n_memos + comparison->memo] =
            turned ? (struct pd_text_codes){ right, left } : (struct pd_text_codes){ left, right };
    } else {
        texts->pairs[texts->n++] =
            (struct pd_open_pair){ .pair = i, .answers = pair->words[c], .left = left, .right = right };
    }
}

/* Notes what is known of pair number i, whose levels are there already. */
static void note_pair(const struct pd_row_plan *row_plan, struct pd_row_lanes *lanes, const struct sifted_pair *pair,
                      uint32_t i)
{
    const size_t n = lanes->n_comparisons;
    lanes->sums[i] = pair->sum;
    lanes->open[i] = pair->open;
    if (pair->open == 0) return;
    memcpy(lanes->bounds + i * n, pair->bounds, n * sizeof *lanes->bounds);
    memcpy(lanes->words + i * n, pair->words, n * sizeof *lanes->words);
    lanes->asked[i] = 0;
    for (uint64_t open = pair->open; open != 0; open &= open - 1) {
        const size_t c = (size_t)__builtin_ctzll(open);
        if (pair->levels[c] == PD_LEVEL_OPEN) note_texts(&row_plan->comparisons[c], lanes, c, pair, i);
    }
}

/* The constant that the similarity of an open pair must pass for the pair, whose other comparisons give at most
 * `others`, to reach needed: of similarities the greatest below which that is out of reach, of distances the least. -1:
 * none, or that is not known. */
static int find_decisive_cut(const struct pd_row_comparison *comparison, const struct pd_open_pair *pair,
                             pd_weight others, pd_weight needed)
{
    const int n_cuts = (int)comparison->table->n_cuts;
    if (comparison->most_within == NULL) return -1;
    const pd_weight *within = comparison->most_within + pair->answers * comparison->table->n_places;
    if (comparison->slot->kernel->similarity) {
        int cut = n_cuts - 1;
        while (cut >= 0 && others + within[2 * cut] >= needed) cut--;
        return cut;
    }
    for (int cut = 0; cut < n_cuts; cut++)
        if (others + within[2 * cut + 2] < needed) return cut;
    return -1;
}

/* Drops the pairs whose texts are too unlike by their heads. */
static void drop_unlike(const struct pd_row_comparison *comparison, size_t index, struct pd_row_lanes *lanes,
                        pd_weight needed, struct pd_headed_pairs *pairs)
{
    const struct pd_open_pairs *const texts = &lanes->texts[index];
    size_t n = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        const struct pd_open_pair pair = pairs->pairs[i];
        const pd_weight others = lanes->sums[pair.pair] - lanes->bounds[pair.pair * lanes->n_comparisons + index];
        const int cut = find_decisive_cut(comparison, &pair, others, needed);
        if (cut >= 0 && !pd_headed_may_pass(texts, pairs, i, &comparison->comparison->cutoffs[cut])) {
            lanes->sums[pair.pair] = INT64_MIN;
            continue;
        }
        pairs->pairs[n] = pair;
        pairs->left[n] = pairs->left[i];
        pairs->right[n++] = pairs->right[i];
    }
    pairs->n = n;
}

/* Finds the open levels of a comparison, and puts what they give in the place of bounds. */
static void close_levels(const struct pd_row_comparison *comparison, size_t index, struct pd_row_lanes *lanes,
                         pd_weight needed)
{
    struct pd_open_pairs *const texts = &lanes->texts[index];
    struct pd_headed_pairs pairs;
    double values[PD_LANE_BATCH];
    size_t n = 0;
    for (size_t i = 0; i < texts->n; i++)
        if (lanes->sums[texts->pairs[i].pair] >= needed) texts->pairs[n++] = texts->pairs[i];
    for (size_t begin = 0; begin < n; begin += PD_LANE_BATCH) {
        const size_t in_batch = n - begin < PD_LANE_BATCH ? n - begin : PD_LANE_BATCH;
        pd_open_pairs_take(texts, begin, in_batch, &pairs);
        drop_unlike(comparison, index, lanes, needed, &pairs);
        pd_open_pairs_compare(texts, lanes->kernels, &pairs, values);
        for (size_t i = 0; i < pairs.n; i++) {
            const struct pd_open_pair *pair = &pairs.pairs[i];
            const unsigned level = pd_level_table_with(comparison->table, pair->answers, values[i]);
            const size_t place = pair->pair * lanes->n_comparisons + index;
            lanes->levels[place] = (uint8_t)level;
            lanes->open[pair->pair] &= ~((uint64_t)pd_row_is_settled_by(comparison, level) << index);
            lanes->sums[pair->pair] += pd_row_most_of(comparison, level) - lanes->bounds[place];
            lanes->bounds[place] = pd_row_most_of(comparison, level);
        }
    }
}

/* Moves what is known of a pair. */
static void move_pair(struct pd_row_lanes *lanes, size_t to, size_t from)
{
    const size_t n = lanes->n_comparisons;
    lanes->sums[to] = lanes->sums[from];
    lanes->open[to] = lanes->open[from];
    memcpy(lanes->levels + to * n, lanes->levels + from * n, n);
    if (lanes->open[from] == 0) return;
    memcpy(lanes->bounds + to * n, lanes->bounds + from * n, n * sizeof *lanes->bounds);
    memcpy(lanes->words + to * n, lanes->words + from * n, n * sizeof *lanes->words);
    lanes->asked[to] = lanes->asked[from];
    for (size_t i = 0; i < lanes->n_memos; i++)
        lanes->codes[to * lanes->n_memos + i] = lanes->codes[from * lanes->n_memos + i];
}

/* Keeps the pairs whose sums reach needed. */
static size_t keep(struct pd_row_lanes *lanes, struct pd_pair *pairs, size_t n, pd_weight needed)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (lanes->sums[i] < needed) continue;
        if (n_kept < i) move_pair(lanes, n_kept, i);
        pairs[n_kept++] = pairs[i];
    }
    return n_kept;
}

/* Asks for the rows of pairs that follow, and for the frequencies of their values if they are equal. */
static inline void fetch_ahead(const struct pd_row_plan *row_plan, const struct pd_pair *pairs, size_t i, size_t n)
{
    if (i + ROWS_AHEAD < n) {
        pd_prefetch(pd_packed_row(row_plan->rows, pairs[i + ROWS_AHEAD].left));
        pd_prefetch(pd_packed_row(row_plan->rows, pairs[i + ROWS_AHEAD].right));
    }
    if (i + VALUES_AHEAD >= n) return;
    const struct pd_two_rows rows = pd_rows_of_pair(row_plan->rows, &pairs[i + VALUES_AHEAD]);
    for (size_t k = 0; k < row_plan->n_ahead; k++) {
        const struct pd_row_ahead *ahead = &row_plan->ahead[k];
        if (!pd_packed_is_equal(ahead->key, rows.left, rows.right)) continue;
        pd_prefetch(&ahead->frequency->additions[pd_values_index(ahead->frequency->key, ahead->frequency->base,
                                                                 pd_packed_value(ahead->key, rows.left))]);
    }
}

size_t pd_row_plan_sift(const struct pd_row_plan *row_plan, struct pd_row_lanes *lanes, struct pd_pair *pairs, size_t n,
                        pd_weight needed)
{
    size_t n_kept = 0;
    assert(n <= PD_SIFT_MAX);
    for (size_t c = 0; c < lanes->n_comparisons; c++) lanes->texts[c].n = 0;
    for (size_t i = 0; i < n; i++) {
        struct sifted_pair pair;
        fetch_ahead(row_plan, pairs, i, n);
        pair.rows = pd_rows_of_pair(row_plan->rows, &pairs[i]);
        pair.levels = lanes->levels + n_kept * lanes->n_comparisons;
        bound_pair(row_plan, lanes, &pair);
        pair.sum += prior_of(row_plan, pairs[i].left, pairs[i].right);
        tighten(row_plan, &pair, needed);
        if (pair.sum < needed) continue;
        note_pair(row_plan, lanes, &pair, (uint32_t)n_kept);
        pairs[n_kept++] = pairs[i];
    }
    for (size_t c = 0; c < lanes->n_comparisons; c++)
        if (lanes->texts[c].n > 0) close_levels(&row_plan->comparisons[c], c, lanes, needed);
    return keep(lanes, pairs, n_kept, needed);
}
