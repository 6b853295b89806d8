/* SPDX-License-Identifier: MIT
 * Pairs inside the sources of a link, as a measure of the links across (auto/inside.h).
 *
 * A comparison in which pairs inside a source look more alike than pairs across, as when every source writes the venue
 * in its own way, or when rows repeat inside, is left out of the weights that are compared. Where that leaves too
 * little, the sources are not alike and tell nothing about each other.
 *
 * A few rows that repeat inside (payments of two months) do not show so, but are no decoys. They are known by people
 * who are equal in all names and dates that tell people apart: relatives differ in one, and how many are so by chance
 * follows from u. Matches have a share of such pairs, and repeats the same. */
#include "auto/best_first.h"
#include "auto/own_columns.h"
#include "base/memory.h"
#include "zero/state.h"

#include <math.h>

/* Sources that are this many times larger than the others together are not looked into: it would take too long. */
static const double LARGEST = 4;
/* Pairs across for one pair inside: beyond, too few pairs inside are seen. */
static const double LARGEST_SCALE = 8;
/* Pairs that the rules make inside, for one of their budget: beyond, it would take too long. */
static const double MOST_OF_BUDGET = 4;
/* A comparison tells the two kinds of pairs apart when random pairs inside look so many times likelier to
 * match. */
static const double ALIKE = 2;
/* As far as that is more than so many standard errors of the draw. */
static const double DRAWN_ERRORS = 2;
/* Of the links, a share of at least this is equal in all that tells people apart, or they say nothing of repeats. */
static const double EQUAL_LEAST = .25;
/* And of pairs inside there are so many times as many as chance makes. */
static const double BEYOND_CHANCE = 4;
/* Of the links, no more than this share may have a pair inside that is neither chance's nor a repeat. */
static const double MOST_KIN = 1.0 / 3;
/* Share of the information that comparisons which do not must have. */
static const double LEAST_INFORMATION = .5;

struct looking {
    struct pd_zero *zero;
    uint8_t *scope;
    double n_inside; /* pairs in scope */
    bool kept[PD_COMPARISONS_MAX];
    struct pd_edges edges; /* inside */
    struct pd_inside_input input;
    double *full;                     /* [n_links] */
    const bool *best;                 /* [edges across] */
    const bool *taken;                /* [edges inside] those of input.inside */
    double equal_links, equal_inside; /* of both, those that are equal in all that tells people apart */
};

/* A row of the smaller of two sources has one link to the other at most. */
static void count_rows(const double *sizes, size_t n_sources, struct pd_inside_input *input)
{
    for (size_t a = 0; a < n_sources; a++)
        for (size_t b = a + 1; b < n_sources; b++) {
            input->most_links += fmin(sizes[a], sizes[b]);
            input->larger += fmax(sizes[a], sizes[b]);
        }
}

/* The scope of pairs inside sources that are not too large. */
static enum padan_status make_scope(struct looking *l, struct padan_error *error)
{
    const struct pd_table *table = l->zero->options->table;
    const size_t n = table->n_sources;
    double *sizes = NULL;
    PD_TRY(pd_arena_allocate(&l->zero->arena, &l->scope, n * n + 1, error));
    PD_TRY(pd_arena_allocate(&l->zero->arena, &sizes, (n + 1) * sizeof *sizes, error));
    for (size_t i = 0; i < n; i++) sizes[i] = 0;
    for (size_t i = 0; i < table->n_records; i++) sizes[pd_table_source(table, (uint32_t)i)]++;
    for (size_t i = 0; i < n * n; i++) l->scope[i] = PD_SCOPE_NEVER;
    for (size_t i = 0; i < n; i++) {
        if (sizes[i] > LARGEST * ((double)table->n_records - sizes[i])) continue;
        l->scope[i * n + i] = PD_SCOPE_ALWAYS;
        l->n_inside += sizes[i] * (sizes[i] - 1) / 2;
    }
    l->input.scale = l->zero->all_pairs / fmax(l->n_inside, 1);
    count_rows(sizes, n, &l->input);
    return PADAN_OK;
}

/* How many times likelier to match pairs inside look than pairs across, by comparison c, at the least: what is equal in
 * hardly any pair and tells most is drawn a few times by chance, and each makes them look alike. */
static double likeness(const struct looking *l, const struct pd_levelled_pairs *pairs, size_t c)
{
    const struct pd_model *model = l->zero->model;
    double filled = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < pairs->n_pairs; i++) {
        const int gamma = pairs->gammas[i * model->n_comparisons + c];
        const struct pd_level *levels = model->comparisons[c].levels;
        if (gamma < 0) continue;
        double ratio = 0;
        filled++;
        for (size_t j = 0; j < model->comparisons[c].n_levels; j++)
            if (!levels[j].is_null_level && levels[j].gamma == gamma) ratio = levels[j].m / levels[j].u;
        sum += ratio;
        squares += ratio * ratio;
    }
    if (filled < 1) return 1;
    const double mean = sum / filled;
    return mean - DRAWN_ERRORS * sqrt(fmax(squares / filled - mean * mean, 0) / filled);
}

/* Bits of the surest level, as often as there are values. */
static double information(const struct looking *l, size_t c)
{
    const struct pd_zero *zero = l->zero;
    const double fill = zero->profiles.columns[zero->comparisons.list[c].profile].fill;
    return fill * fill * -log2(zero->model->comparisons[c].levels[1].u); /* the null level stands first */
}

/* Leaves out the comparisons that tell pairs inside from pairs across. Whether enough is left. */
static enum padan_status choose_comparisons(struct looking *l, bool *enough, struct padan_error *error)
{
    struct pd_zero_pairs drawn;
    struct pd_levelled_pairs pairs;
    double all = 0, left = 0;
    PD_TRY(pd_zero_draw(l->zero, l->scope, l->n_inside, &drawn, error));
    PD_TRY(pd_zero_level(l->zero, drawn.list, drawn.n, &pairs, error));
    for (size_t c = 0; c < l->zero->model->n_comparisons; c++) {
        const double bits = information(l, c);
        l->kept[c] = likeness(l, &pairs, c) <= ALIKE;
        all += bits;
        left += l->kept[c] ? bits : 0;
    }
    *enough = drawn.n > 0 && left >= LEAST_INFORMATION * all;
    return PADAN_OK;
}

/* Bits of a pair: all of them, or those of the comparisons kept. */
static double weigh(const struct looking *l, const struct pd_edges *edges, size_t index, bool all)
{
    const struct pd_edge *edge = &edges->edges[index];
    const int8_t *gammas = edges->gammas + index * edges->n_comparisons;
    double bits = pd_weight_to_double(l->zero->model->prior);
    for (size_t c = 0; c < edges->n_comparisons; c++)
        if (all || l->kept[c])
            bits +=
                pd_weight_to_double(pd_plan_level_weight(&l->zero->linker.plan, c, gammas[c], edge->left, edge->right));
    return bits;
}

static bool is_one_person(const struct pd_zero *zero, const int8_t *gammas)
{
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (pd_zero_tells_people_apart(zero, c) && gammas[c] != zero->model->comparisons[c].levels[1].gamma)
            return false;
    return true;
}

/* The links that the threshold takes, each the best of both its rows. */
static enum padan_status weigh_links(struct looking *l, const bool *best, struct padan_error *error)
{
    const struct pd_zero *zero = l->zero;
    PD_TRY(pd_allocate_array(&l->input.links, zero->edges.n_edges + 1, sizeof(double), error));
    PD_TRY(pd_allocate_array(&l->full, zero->edges.n_edges + 1, sizeof(double), error));
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (!best[i]) continue;
        const double full = weigh(l, &zero->edges, i, true);
        if (full < zero->threshold.weight) continue;
        l->equal_links += is_one_person(zero, zero->edges.gammas + i * zero->edges.n_comparisons);
        l->full[l->input.n_links] = full;
        l->input.links[l->input.n_links++] = weigh(l, &zero->edges, i, false);
    }
    return PADAN_OK;
}

/* The least that a pair inside may weigh in all when the comparisons kept give it what the weakest link has. */
static double least_weight(const struct looking *l)
{
    const struct pd_model *model = l->zero->model;
    double least = INFINITY;
    for (size_t i = 0; i < l->input.n_links; i++) least = fmin(least, l->input.links[i]);
    for (size_t c = 0; c < model->n_comparisons; c++)
        if (!l->kept[c])
            least +=
                fmin(pd_weight_to_double(model->comparisons[c].levels[model->comparisons[c].n_levels - 1].weight), 0);
    return least - .01;
}

/* Of the pairs inside those that would be linked, were they across. */
static enum padan_status keep_bests(struct looking *l, struct padan_error *error)
{
    const size_t n = l->edges.n_edges;
    const struct pd_table *table = l->zero->options->table;
    const struct pd_rivals rivals = { l->edges.edges, table->source_of, table->n_records, table->n_sources, NULL };
    struct pd_arena *arena = &l->zero->arena;
    double *weights = NULL;
    bool *taken = NULL;
    PD_TRY(pd_arena_allocate(arena, &weights, (n + 1) * sizeof *weights, error));
    PD_TRY(pd_arena_allocate(arena, &taken, (n + 1) * sizeof *taken, error));
    PD_TRY(pd_allocate_array(&l->input.inside, n + 1, sizeof *l->input.inside, error));
    for (size_t i = 0; i < n; i++) weights[i] = weigh(l, &l->edges, i, false);
    PD_TRY(pd_auto_best_first(&rivals, weights, n, taken, error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_edge *edge = &l->edges.edges[i];
        if (!taken[i]) continue;
        l->equal_inside += is_one_person(l->zero, l->edges.gammas + i * l->edges.n_comparisons) &&
                           !pd_auto_differ_in_own(table, &l->zero->profiles, edge->left, edge->right);
        l->input.inside[l->input.n_inside++] = weights[i];
    }
    l->taken = taken;
    return PADAN_OK;
}

/* Rows whose link is among the best that stand. */
static enum padan_status mark_matched(const struct looking *l, bool **matched, struct padan_error *error)
{
    const struct pd_zero *zero = l->zero;
    const double least = l->input.links[zero->inside.n_kept - 1];
    PD_TRY(pd_arena_allocate(&l->zero->arena, matched, zero->options->table->n_records + 1, error));
    for (size_t i = 0; i < zero->options->table->n_records; i++) (*matched)[i] = false;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const struct pd_edge *edge = &zero->edges.edges[i];
        if (!l->best[i] || weigh(l, &zero->edges, i, true) < zero->threshold.weight) continue;
        if (weigh(l, &zero->edges, i, false) >= least) (*matched)[edge->left] = (*matched)[edge->right] = true;
    }
    return PADAN_OK;
}

/* How often a row has no match, of rows that have a relative with one, to how often of all. */
static double loneliness(const struct looking *l, const bool *matched)
{
    const struct pd_table *table = l->zero->options->table;
    double both = 0, one = 1, rows = 0, alone = 0; /* one more than was seen */
    for (size_t i = 0; i < table->n_records; i++) {
        const size_t source = pd_table_source(table, (uint32_t)i);
        if (l->scope[source * table->n_sources + source] != PD_SCOPE_ALWAYS) continue;
        rows++;
        alone += !matched[i];
    }
    for (size_t i = 0; i < l->edges.n_edges; i++) {
        if (!l->taken[i]) continue;
        both += matched[l->edges.edges[i].left] && matched[l->edges.edges[i].right];
        one += matched[l->edges.edges[i].left] != matched[l->edges.edges[i].right];
    }
    return alone < 1 ? 1 : fmin(one / (2 * both + one) * rows / alone, 1);
}

/* Looks again, by who is left without a match among the relatives of those who have one: of either source. Of wrong
 * links both rows seem matched: as many as are wrong, so little is this to be believed. */
static enum padan_status look_at_relatives(struct looking *l, struct padan_error *error)
{
    struct pd_inside *inside = &l->zero->inside;
    bool *matched = NULL;
    if (!l->input.one_to_one || inside->cannot_tell || inside->n_kept == 0) return PADAN_OK;
    PD_TRY(mark_matched(l, &matched, error));
    const double lonely = loneliness(l, matched);
    l->input.apart = fmax(lonely * lonely, inside->n_wrong / (double)inside->n_kept);
    pd_inside_look(&l->input, inside);
    return PADAN_OK;
}

/* Whether the pairs inside are people who repeat there, but for a few. */
static bool are_repeats(const struct looking *l)
{
    const struct pd_zero *zero = l->zero;
    const struct pd_zero_telling telling = pd_zero_count_telling(zero);
    const double share = l->equal_links / (double)l->input.n_links;
    double by_chance = l->n_inside;
    if (telling.dates == 0 || (telling.full_names == 0 && telling.names < 2) || share < EQUAL_LEAST) return false;
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (pd_zero_tells_people_apart(zero, c)) by_chance *= zero->model->comparisons[c].levels[1].u;
    if (l->equal_inside < BEYOND_CHANCE * (by_chance + 1)) return false;
    const double repeats = l->input.scale * (l->equal_inside - by_chance) / share;
    return zero->inside.n_inside - repeats <= MOST_KIN * (double)l->input.n_links;
}

/* Expected right of the links that are kept, by training. */
static double right_of_kept(const struct looking *l, const bool *best)
{
    const struct pd_zero *zero = l->zero;
    double right = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++)
        if (best[i] && weigh(l, &zero->edges, i, true) >= zero->threshold.weight)
            right += zero->estimate.probabilities[i];
    return right;
}

/* What is expected of the links that are kept: as few are right as training says, or as pairs inside leave. */
static void expect_of_kept(const struct looking *l, const bool *best)
{
    const struct pd_inside *inside = &l->zero->inside;
    struct pd_auto_threshold *threshold = &l->zero->threshold;
    const double missed = (1 - threshold->recall) * threshold->n_matches;
    const double all_right = fmin(threshold->precision * (double)inside->n_links, inside->n_right);
    const double right = fmin(right_of_kept(l, best), (double)inside->n_kept - inside->n_wrong);
    threshold->n_pairs = (double)inside->n_kept;
    threshold->precision = right / fmax(threshold->n_pairs, 1);
    threshold->recall = right / fmax(fmax(all_right, right) + missed, 1);
}

/* The threshold that takes as many links as hold, and of these those of the highest F1. */
static void raise_threshold(struct looking *l, const bool *best)
{
    struct pd_zero *zero = l->zero;
    const struct pd_inside *inside = &zero->inside;
    if (inside->n_links == 0) return;
    pd_inside_sort(l->full, inside->n_links);
    if (inside->n_kept < inside->n_links)
        zero->threshold.weight =
            inside->n_kept > 0 ? (l->full[inside->n_kept - 1] + l->full[inside->n_kept]) / 2 : l->full[0] + 1;
    zero->threshold.cannot_tell = zero->threshold.cannot_tell || inside->cannot_tell;
    if (l->input.one_to_one && !inside->cannot_tell)
        expect_of_kept(l, best);
    else if (inside->n_kept < inside->n_links)
        zero->threshold.n_pairs = 0; /* what was expected of the lower threshold is not to be said of this one */
}

static enum padan_status look(struct looking *l, const bool *best, struct padan_error *error)
{
    struct pd_zero *zero = l->zero;
    bool enough = false;
    l->best = best;
    if (pd_zero_are_too_many_inside(zero)) return PADAN_OK;
    PD_TRY(make_scope(l, error));
    if (l->input.scale > LARGEST_SCALE) return PADAN_OK;
    PD_TRY(choose_comparisons(l, &enough, error));
    if (!enough) return PADAN_OK;
    l->input.one_to_one = zero->model->clustering != PD_CLUSTER_GROUPS;
    PD_TRY(weigh_links(l, best, error));
    if (l->input.n_links == 0) return PADAN_OK;
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = l->scope };
    PD_TRY(
        pd_linker_run(&zero->linker, &scope, (pd_weight)(least_weight(l) * (double)PD_WEIGHT_ONE), &l->edges, error));
    PD_TRY(keep_bests(l, error));
    pd_inside_look(&l->input, &zero->inside);
    if (are_repeats(l)) {
        zero->inside = (struct pd_inside){ .repeats = true };
        return PADAN_OK;
    }
    PD_TRY(look_at_relatives(l, error));
    raise_threshold(l, best);
    return PADAN_OK;
}

bool pd_zero_are_too_many_inside(const struct pd_zero *zero)
{
    return zero->rules.inside > MOST_OF_BUDGET * zero->rules.budget;
}

enum padan_status pd_zero_look_inside(struct pd_zero *zero, const bool *best, struct padan_error *error)
{
    struct looking l = { .zero = zero };
    const enum padan_status status = look(&l, best, error);
    pd_edges_reset(&l.edges);
    pd_free(l.input.links);
    pd_free(l.input.inside);
    pd_free(l.full);
    return status;
}
