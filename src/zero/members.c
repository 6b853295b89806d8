/* SPDX-License-Identifier: MIT
 * In a link that is not clear, do the other members of a household tell who is who (linking/household_links.h)?
 *
 * Columns that make households are found by what is in them (auto/household_columns.h). What two households that are
 * one look like is learnt from those whose members training took for matches: a member's match, and the others of that
 * household, who are other people for certain, since nobody is there twice. So m is counted over the first, u over the
 * second, and what a household shares weighs nothing. How many members are not found again says how sure it is that two
 * who are left over are one: were those who left and those who came independent, chance would leave so many pairs over.
 * Weights are learnt and applied in turns. It stands where the links are expected to be better for it. */
#include "auto/household_columns.h"
#include "base/memory.h"
#include "linking/household_links.h"
#include "zero/state.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 3, SHARED_STEPS = 20, PAIRS_LEARNT = 60000 };
/* Expected matches in households, below which nothing is learnt. */
static const double MATCHES_LEAST = 30;
/* Pairs that hold m to that of all rows, and u to that of members who share what most share. */
static const double PSEUDO_PAIRS = 4;
/* Share of members apart, at least: a household in a hundred has one. */
static const double APART_LEAST = .01;

struct learning {
    struct pd_zero *zero;
    struct pd_household_columns columns;
    struct pd_household_rows rows;
    struct pd_household_meetings meetings;
    struct pd_household_members figures;
    double *bits;                   /* of figures */
    double *base, *gains, *weights; /* [edges] */
    double *probabilities;          /* [edges] of being matches */
    double *odds;                   /* [n_records * n_sources] of a row's candidates */
    struct pd_pair *pairs;          /* of members of households that are one */
    double *matches;                /* [n_pairs] their probabilities */
    size_t n_pairs;
    double n_matches, n_members, by_chance; /* in households that are one; by_chance: sum of sizes' products */
};

static bool is_worth_it(const struct pd_zero *zero, const struct pd_zero_doubt *doubt, const bool *best)
{
    const bool holds = zero->inside.n_links == 0 || zero->inside.all_hold;
    return best != NULL && zero->model->clustering == PD_CLUSTER_ONE_TO_ONE && !zero->repeats && !zero->by_row &&
           holds && pd_zero_expected(zero, doubt) > 0 && !pd_zero_is_clear(zero, doubt);
}

static enum padan_status allocate(struct learning *l, struct padan_error *error)
{
    const struct pd_zero *zero = l->zero;
    const size_t n = zero->edges.n_edges + 1;
    struct pd_arena *arena = &l->zero->arena;
    PD_TRY(pd_arena_allocate(arena, &l->bits, zero->model->n_comparisons * PD_MEMBER_GAMMAS * sizeof(double), error));
    PD_TRY(pd_arena_allocate(arena, &l->base, n * sizeof(double), error));
    PD_TRY(pd_arena_allocate(arena, &l->gains, n * sizeof(double), error));
    PD_TRY(pd_arena_allocate(arena, &l->weights, n * sizeof(double), error));
    PD_TRY(pd_arena_allocate(arena, &l->probabilities, n * sizeof(double), error));
    PD_TRY(pd_arena_allocate(arena, &l->pairs, (PAIRS_LEARNT + PD_HOUSEHOLD_MAX * PD_HOUSEHOLD_MAX) * sizeof *l->pairs,
                             error));
    PD_TRY(pd_arena_allocate(arena, &l->matches, (PAIRS_LEARNT + PD_HOUSEHOLD_MAX * PD_HOUSEHOLD_MAX) * sizeof(double),
                             error));
    const struct pd_table *table = zero->options->table;
    return pd_arena_allocate(arena, &l->odds, (table->n_records * table->n_sources + 1) * sizeof(double), error);
}

/* --- learning --- */

static uint32_t member(const struct learning *l, const struct pd_household_meeting *meeting, size_t side, size_t place)
{
    return l->rows.members[l->rows.begins[meeting->households[side]] + place];
}

/* All pairs of members of two households that are one. */
static void take_pairs(struct learning *l, const struct pd_household_meeting *meeting,
                       const struct pd_member_pairs *edges)
{
    const size_t n_left = pd_household_size(&l->rows, meeting->households[0]);
    const size_t n_right = pd_household_size(&l->rows, meeting->households[1]);
    if (l->n_pairs >= PAIRS_LEARNT) return;
    for (size_t i = 0; i < n_left; i++)
        for (size_t j = 0; j < n_right; j++) {
            const size_t at = l->n_pairs + i * n_right + j;
            l->pairs[at] = pd_linker_pair(&l->zero->linker, member(l, meeting, 0, i), member(l, meeting, 1, j));
            l->matches[at] = 0;
        }
    for (size_t i = 0; i < edges->n; i++)
        l->matches[l->n_pairs + edges->items[i].places[0] * n_right + edges->items[i].places[1]] =
            edges->items[i].worth;
    l->n_pairs += n_left * n_right;
}

/* Households are one where half of both their members match. */
static void find_ones(struct learning *l)
{
    struct pd_member_pairs pairs;
    l->n_pairs = 0;
    l->n_matches = l->n_members = l->by_chance = 0;
    for (size_t i = 0; i < l->meetings.n; i++) {
        const struct pd_household_meeting *meeting = &l->meetings.items[i];
        const double n_left = (double)pd_household_size(&l->rows, meeting->households[0]);
        const double n_right = (double)pd_household_size(&l->rows, meeting->households[1]);
        pd_household_pairs(&l->meetings, i, l->probabilities, &pairs);
        const double matches = pd_household_match(&pairs);
        if (matches < 1 || 4 * matches < n_left + n_right) continue;
        l->n_matches += matches;
        l->n_members += n_left + n_right;
        l->by_chance += n_left * n_right;
        take_pairs(l, meeting, &pairs);
    }
}

/* Levels of a comparison, by gamma, among members who are one person and among those who are not. */
struct level_counts {
    double one[PD_MEMBER_GAMMAS], others[PD_MEMBER_GAMMAS];
    double n_one, n_others;
};

static struct level_counts count_levels(const struct learning *l, const struct pd_levelled_pairs *levelled, size_t c)
{
    struct level_counts counts = { .n_one = 0 };
    for (size_t i = 0; i < levelled->n_pairs; i++) {
        const int gamma = levelled->gammas[i * l->zero->model->n_comparisons + c];
        if (gamma < 0) continue;
        counts.one[gamma] += l->matches[i];
        counts.others[gamma] += 1 - l->matches[i];
        counts.n_one += l->matches[i];
        counts.n_others += 1 - l->matches[i];
    }
    return counts;
}

/* Of other members, the share that has the value in common, and so the levels of matches; the rest has those of random
 * pairs. */
static double find_shared(const struct pd_comparison *comparison, const struct level_counts *counts)
{
    double shared = .5;
    for (int step = 0; step < SHARED_STEPS; step++) {
        double sum = 0;
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            if (level->is_null_level) continue;
            const double in_common = shared * level->m;
            sum += counts->others[level->gamma] * in_common / (in_common + (1 - shared) * level->u);
        }
        shared = (sum + .5) / (counts->n_others + 1);
    }
    return shared;
}

/* What levels tell of members of one household. */
static void weigh_levels(struct learning *l, const struct pd_levelled_pairs *levelled)
{
    const struct pd_model *model = l->zero->model;
    for (size_t c = 0; c < model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &model->comparisons[c];
        const struct level_counts counts = count_levels(l, levelled, c);
        const double shared = find_shared(comparison, &counts);
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            if (level->is_null_level) continue;
            const double expected = shared * level->m + (1 - shared) * level->u;
            const double m = (counts.one[level->gamma] + PSEUDO_PAIRS * level->m) / (counts.n_one + PSEUDO_PAIRS);
            const double u = (counts.others[level->gamma] + PSEUDO_PAIRS * expected) / (counts.n_others + PSEUDO_PAIRS);
            l->bits[c * PD_MEMBER_GAMMAS + (size_t)level->gamma + 1] = log2(m / u);
        }
    }
}

static enum padan_status learn(struct learning *l, bool *enough, struct padan_error *error)
{
    struct pd_levelled_pairs levelled;
    find_ones(l);
    *enough = l->n_matches >= MATCHES_LEAST;
    if (!*enough) return PADAN_OK;
    PD_TRY(pd_zero_level(l->zero, l->pairs, l->n_pairs, &levelled, error));
    weigh_levels(l, &levelled);
    l->figures.apart = fmin(fmax(1 - 2 * l->n_matches / l->n_members, APART_LEAST), .5);
    l->figures.odds = l->n_matches / (l->by_chance * l->figures.apart * l->figures.apart);
    return PADAN_OK;
}

/* --- applying --- */

static double *odds_of(const struct learning *l, uint32_t row, uint32_t other)
{
    const struct pd_table *table = l->zero->options->table;
    return &l->odds[row * table->n_sources + pd_table_source(table, other)];
}

/* Rows have one match in another source at most: their candidates share what probability there is. */
static void find_probabilities(const struct learning *l)
{
    const struct pd_table *table = l->zero->options->table;
    const struct pd_edges *edges = &l->zero->edges;
    memset(l->odds, 0, table->n_records * table->n_sources * sizeof *l->odds);
    for (size_t i = 0; i < edges->n_edges; i++) {
        *odds_of(l, edges->edges[i].left, edges->edges[i].right) += exp2(l->weights[i]);
        *odds_of(l, edges->edges[i].right, edges->edges[i].left) += exp2(l->weights[i]);
    }
    for (size_t i = 0; i < edges->n_edges; i++) {
        const double odds = exp2(l->weights[i]);
        const double all = *odds_of(l, edges->edges[i].left, edges->edges[i].right) +
                           *odds_of(l, edges->edges[i].right, edges->edges[i].left) - odds;
        l->probabilities[i] = odds / (1 + all);
    }
}

static enum padan_status apply(struct learning *l, struct padan_error *error)
{
    const size_t n = l->zero->edges.n_edges;
    PD_TRY(pd_household_gains(&l->meetings, l->zero->options->table, &l->figures, l->base, l->gains, error));
    for (size_t i = 0; i < n; i++) l->weights[i] = l->base[i] + l->gains[i];
    find_probabilities(l);
    return PADAN_OK;
}

static enum padan_status learn_and_apply(struct learning *l, bool *enough, struct padan_error *error)
{
    const size_t size = l->zero->edges.n_edges * sizeof(double);
    memcpy(l->base, l->zero->estimate.weights, size);
    memcpy(l->probabilities, l->zero->estimate.probabilities, size);
    l->figures.least = pd_zero_candidate_bits();
    l->figures.bits = l->bits;
    for (size_t i = 0; i < l->zero->model->n_comparisons * PD_MEMBER_GAMMAS; i++) l->bits[i] = 0;
    for (int round = 0; round < ROUNDS; round++) {
        PD_TRY(learn(l, enough, error));
        if (!*enough) return PADAN_OK;
        PD_TRY(apply(l, error));
    }
    return PADAN_OK;
}

/* --- judging --- */

static enum padan_status keep_in_model(const struct learning *l, struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    struct pd_model *model = zero->model;
    struct pd_household_members *members = &model->members;
    const size_t size = model->n_comparisons * PD_MEMBER_GAMMAS * sizeof(double);
    double *bits = NULL;
    PD_TRY(pd_arena_allocate(&model->arena, &bits, size, error));
    memcpy(bits, l->bits, size);
    *members = l->figures;
    members->bits = bits;
    members->n_columns = l->columns.n;
    for (size_t i = 0; i < l->columns.n; i++)
        PD_TRY(pd_arena_copy(&model->arena, zero->profiles.columns[l->columns.profiles[i]].name, &members->columns[i],
                             error));
    return PADAN_OK;
}

static void put_figures(const struct learning *l, const double *weights, const double *probabilities)
{
    const size_t size = l->zero->edges.n_edges * sizeof(double);
    memcpy(l->zero->estimate.weights, weights, size);
    memcpy(l->zero->estimate.probabilities, probabilities, size);
}

static void say(const struct learning *l)
{
    const struct pd_zero *zero = l->zero;
    size_t n_linked = 0;
    double most = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (l->gains[i] <= 0 || l->weights[i] < zero->threshold.weight) continue;
        n_linked += l->base[i] < zero->threshold.weight;
        most = fmax(most, l->gains[i]);
    }
    pd_append_string(zero->said, "household members  rows of a source with equal");
    for (size_t i = 0; i < l->columns.n; i++)
        pd_append_format(zero->said, "%s %.*s", i == 0 ? "" : " and",
                         PD_TEXT_ARGS(zero->profiles.columns[l->columns.profiles[i]].name));
    pd_append_format(zero->said,
                     " are a household: %zu of them, of %zu rows, %.0f %% of whose pairs have more in common; where at "
                     "least half of the other members are found in the other household, a pair gains up to %.1f bits: "
                     "%zu pairs reach the threshold by it; %.1f %% of the members are not found again\n",
                     l->columns.n_households, l->columns.n_rows, 100 * l->columns.kin, most, n_linked,
                     100 * l->figures.apart);
}

/* What stood before columns were tried, and what the best of them gave. */
struct trial {
    double *weights, *probabilities; /* [edges] */
    struct pd_auto_threshold threshold;
    struct pd_uniqueness uniqueness;
    double expected;
    const struct pd_household_columns *best; /* NULL: none stands */
};

static enum padan_status learn_columns(struct learning *l, const struct pd_household_columns *columns, bool *enough,
                                       struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    const struct pd_table *table = zero->options->table;
    int indexes[2] = { -1, -1 };
    l->columns = *columns;
    pd_household_meetings_reset(&l->meetings);
    pd_household_rows_reset(&l->rows);
    for (size_t i = 0; i < columns->n; i++) indexes[i] = zero->profiles.columns[columns->profiles[i]].column;
    PD_TRY(pd_household_rows_make(table, indexes, columns->n, zero->options->threads, &l->rows, error));
    PD_TRY(pd_household_meetings_make(table, &l->rows, &zero->edges, zero->options->threads, &l->meetings, error));
    return learn_and_apply(l, enough, error);
}

/* Learns with columns and judges. Leaves the figures of before. */
static enum padan_status try_columns(struct learning *l, const struct pd_zero_doubt *doubt,
                                     const struct pd_household_columns *columns, struct trial *trial,
                                     struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    bool enough = false;
    PD_TRY(learn_columns(l, columns, &enough, error));
    if (!enough) return PADAN_OK;
    put_figures(l, l->weights, l->probabilities);
    PD_TRY(pd_zero_judge_again(zero, error));
    const double expected = pd_zero_expected(zero, doubt);
    if (zero->uniqueness.one_to_one && !zero->uniqueness.several && expected > trial->expected) {
        trial->expected = expected;
        trial->best = columns;
    }
    put_figures(l, trial->weights, trial->probabilities);
    zero->threshold = trial->threshold;
    zero->uniqueness = trial->uniqueness;
    return PADAN_OK;
}

static enum padan_status begin(const struct learning *l, const struct pd_zero_doubt *doubt, struct trial *trial,
                               struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    const size_t size = zero->edges.n_edges * sizeof(double);
    *trial = (struct trial){ .threshold = zero->threshold,
                             .uniqueness = zero->uniqueness,
                             .expected = pd_zero_expected(zero, doubt) };
    PD_TRY(pd_arena_allocate(&zero->arena, &trial->weights, size + 1, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &trial->probabilities, size + 1, error));
    memcpy(trial->weights, zero->estimate.weights, size);
    memcpy(trial->probabilities, zero->estimate.probabilities, size);
    return PADAN_OK;
}

static enum padan_status try_members(struct learning *l, const struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    struct pd_household_choices choices;
    struct trial trial;
    bool enough = false;
    PD_TRY(pd_auto_household_columns(zero->options->table, &zero->profiles, zero->options->threads, &choices, error));
    if (choices.n == 0) return PADAN_OK;
    PD_TRY(begin(l, doubt, &trial, error));
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(allocate(l, error));
    for (size_t i = 0; i < choices.n; i++) PD_TRY(try_columns(l, doubt, &choices.items[i], &trial, error));
    if (trial.best == NULL) return PADAN_OK;
    PD_TRY(learn_columns(l, trial.best, &enough, error));
    put_figures(l, l->weights, l->probabilities);
    PD_TRY(pd_zero_judge_again(zero, error));
    say(l);
    return keep_in_model(l, error);
}

enum padan_status pd_zero_try_members(struct pd_zero *zero, const struct pd_zero_doubt *doubt, const bool *best,
                                      struct padan_error *error)
{
    struct learning l = { .zero = zero };
    if (!is_worth_it(zero, doubt, best)) return PADAN_OK;
    const enum padan_status status = try_members(&l, doubt, error);
    pd_household_meetings_reset(&l.meetings);
    pd_household_rows_reset(&l.rows);
    return status;
}
