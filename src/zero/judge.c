/* SPDX-License-Identifier: MIT
 * What is made of a training: clustering and threshold, another training where it is not clear, and what is linked
 * where none is. */
#include "auto/best_first.h"
#include "auto/row_text.h"
#include "zero/state.h"

#include <math.h>

/* No pair is taken that is twice as likely none by its weight, where this is all that is known of it. */
static const double LEAST_BITS = -1;
/* m to u of different values in what tells families apart, where training has failed. */
static const double APART_RATIO = 1e-9;
/* Of links by all texts of a row, no more than this share may be expected to be wrong, as of all links (auto/inside.c).
 * These are not measured by pairs inside the sources: goods of a series, which both shops have, are alike inside too,
 * and each row's second best measures them already. */
static const double MOST_WRONG_BY_ROW = 1.0 / 3;
/* More than any pair has. */
static const double NEVER_BITS = 1000;
/* Where families outnumber the matches, or one or two columns of a file are all there is, which hardly check each
 * other, so many links at least are expected to be right. */
static const double UNCHECKED_LEAST_PRECISION = .9;
/* Where training has failed, no pair below this weight is linked. */
static const double CAUTIOUS_BITS = 10;

/* The pairs that rows are linked by at most once; in the arena. */
static enum padan_status take_best(struct pd_zero *zero, const double *most, const bool *best,
                                   struct pd_auto_pairs *pairs, struct padan_error *error)
{
    const size_t n = zero->edges.n_edges;
    double *kept[3] = { NULL, NULL, NULL };
    size_t n_kept = 0;
    for (size_t i = 0; i < 3; i++) PD_TRY(pd_arena_allocate(&zero->arena, &kept[i], (n + 1) * sizeof **kept, error));
    for (size_t i = 0; i < n; i++) {
        if (!best[i]) continue;
        kept[0][n_kept] = zero->estimate.weights[i];
        kept[1][n_kept] = zero->estimate.probabilities[i];
        kept[2][n_kept++] = most[i];
    }
    *pairs = (struct pd_auto_pairs){ kept[0], kept[1], kept[2], n_kept };
    return PADAN_OK;
}

/* What each pair would weigh if all values that both its rows have were equal; in the arena. */
static enum padan_status find_most(struct pd_zero *zero, double **most, struct padan_error *error)
{
    const struct pd_model *model = zero->model;
    PD_TRY(pd_arena_allocate(&zero->arena, most, (zero->edges.n_edges + 1) * sizeof **most, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const int8_t *gammas = zero->edges.gammas + i * zero->edges.n_comparisons;
        (*most)[i] = pd_weight_to_double(model->prior);
        for (size_t c = 0; c < model->n_comparisons; c++)
            if (gammas[c] >= 0) (*most)[i] += pd_weight_to_double(model->comparisons[c].levels[1].weight);
    }
    return PADAN_OK;
}

/* The pairs that a link one to one takes, of which pairs inside the sources tell how many are wrong. Inside one file
 * nothing does of what others did not want, which are mostly families; mutual pairs are the best of both rows. */
static enum padan_status find_taken(struct pd_zero *zero, bool *best, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    const struct pd_rivals rivals = { zero->edges.edges, table->source_of, table->n_records, table->n_sources, NULL };
    if (zero->model->clustering != PD_CLUSTER_ONE_TO_ONE) return PADAN_OK;
    return pd_auto_best_first(&rivals, zero->estimate.weights, zero->edges.n_edges, best, error);
}

/* Links of rows that are unique inside their sources are one to one. best [edges]: NULL when rows do not compete. */
static enum padan_status choose_clustering(struct pd_zero *zero, bool **best, struct padan_error *error)
{
    *best = NULL;
    zero->model->clustering = PD_CLUSTER_GROUPS;
    if (!pd_zero_rows_compete(zero)) return PADAN_OK;
    PD_TRY(pd_zero_find_best(zero, best, error));
    if (!zero->uniqueness.one_to_one && !zero->by_row) return PADAN_OK;
    zero->model->clustering = zero->by_row     ? PD_CLUSTER_MUTUAL
                              : zero->pairwise ? PD_CLUSTER_PAIRS
                                               : PD_CLUSTER_ONE_TO_ONE;
    return find_taken(zero, *best, error);
}

/* Nothing makes up for a difference in what families differ in; where their names are alike, for any. */
static void keep_families_apart(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    for (size_t c = 0; c < zero->model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        if (zero->comparisons.list[c].profile != doubt->profile) continue;
        const size_t first = doubt->alike ? 2 : comparison->n_levels - 1; /* behind those of missing and equal values */
        for (size_t i = first; i < comparison->n_levels; i++) {
            struct pd_level *level = &comparison->levels[i];
            level->m = fmin(level->m, APART_RATIO * level->u);
            level->weight = pd_weight_of_ratio(level->m / level->u);
        }
    }
}

/* Weights as usual in person data instead of those trained, and a threshold for what is sure. */
static enum padan_status fall_back(struct pd_zero *zero, const struct pd_zero_doubt *doubt, struct padan_error *error)
{
    double sure = INFINITY;
    pd_edges_reset(&zero->edges);
    PD_TRY(pd_zero_estimate(zero, error)); /* no candidates: u and start values */
    zero->model->lambda = fmin(.01 * (double)zero->options->table->n_records / zero->all_pairs, .01);
    zero->model->prior = pd_weight_of_ratio(zero->model->lambda / (1 - zero->model->lambda));
    if (doubt->kind == PD_DOUBT_FAMILIES) {
        PD_TRY(pd_zero_find_sure(zero, doubt->profile, &sure, error));
        keep_families_apart(zero, doubt);
    }
    const double cautious = fmax(pd_zero_nearly_all(zero, -1), CAUTIOUS_BITS);
    zero->threshold = (struct pd_auto_threshold){ .weight = fmin(cautious, sure), .cannot_tell = true };
    if (doubt->kind == PD_DOUBT_SERIES)
        zero->threshold = (struct pd_auto_threshold){ .weight = NEVER_BITS, .cannot_tell = true, .none = true };
    zero->model->has_thresholds = true;
    zero->model->automatic_weight = zero->threshold.weight;
    zero->model->review_weight = fmin(zero->threshold.weight, 0);
    zero->model->clustering = zero->data.inside || zero->repeats ? PD_CLUSTER_GROUPS : PD_CLUSTER_ONE_TO_ONE;
    return PADAN_OK;
}

static struct pd_auto_limits least_of(const struct pd_zero *zero)
{
    const bool families = zero->before.related.by_level;
    const bool few = zero->data.inside && pd_zero_count_columns(zero) <= 2;
    return (struct pd_auto_limits){ .bits = zero->by_row ? pd_zero_candidate_bits() : LEAST_BITS,
                                    .precision = families || few ? UNCHECKED_LEAST_PRECISION : 0,
                                    .sure_bits = families ? CAUTIOUS_BITS : LEAST_BITS };
}

/* From all pairs, or of rows that are linked once at most from the best of both rows. */
static enum padan_status take_threshold(struct pd_zero *zero, const bool *best, const struct pd_auto_limits *least,
                                        struct padan_error *error)
{
    double *most = NULL;
    PD_TRY(find_most(zero, &most, error));
    struct pd_auto_pairs pairs = { zero->estimate.weights, zero->estimate.probabilities, most, zero->edges.n_edges };
    if (zero->model->clustering != PD_CLUSTER_GROUPS) PD_TRY(take_best(zero, most, best, &pairs, error));
    return pd_auto_threshold(&pairs, least, &zero->threshold, error);
}

enum padan_status pd_zero_judge_again(struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_auto_limits least = least_of(zero);
    bool *best = NULL;
    if (zero->model->clustering != PD_CLUSTER_GROUPS) {
        PD_TRY(pd_zero_find_best(zero, &best, error));
        PD_TRY(find_taken(zero, best, error));
    }
    return take_threshold(zero, best, &least, error);
}

enum padan_status pd_zero_judge(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                struct padan_error *error)
{
    *best = NULL;
    PD_TRY(pd_zero_find_doubt(zero, doubt, error));
    if (doubt->kind != PD_DOUBT_NONE) return PADAN_OK;
    PD_TRY(choose_clustering(zero, best, error));
    const struct pd_auto_limits least = least_of(zero);
    return take_threshold(zero, *best, &least, error);
}

/* Whether all texts of a row together tell: rows do not repeat, matches stand out and few links are expected to be
 * wrong. */
static bool is_told_by_row(const struct pd_zero *zero)
{
    const bool clear = !zero->threshold.cannot_tell && zero->threshold.precision >= 1 - MOST_WRONG_BY_ROW;
    return clear && !zero->repeats;
}

/* Rows that have one text and nothing else. */
static bool have_one_text(const struct pd_zero *zero)
{
    return pd_zero_count_columns(zero) == 1 + (size_t)zero->profiles.with_numbers;
}

/* Where more would be wrong, the threshold rises until they are not. What is expected then hangs on the likest pairs
 * alone, so it is asked too how many of these chance makes, and it rises until they are few. */
static enum padan_status raise_by_row(struct pd_zero *zero, const bool *best, bool *told, struct padan_error *error)
{
    struct pd_auto_limits least = { .bits = pd_zero_candidate_bits(),
                                    .precision = 1 - MOST_WRONG_BY_ROW,
                                    .sure_bits = pd_zero_candidate_bits(),
                                    .measured = true };
    PD_TRY(take_threshold(zero, best, &least, error));
    if (!is_told_by_row(zero)) return PADAN_OK;
    least.bits = INFINITY;
    PD_TRY(pd_zero_look_at_decoys(zero, best, &least.bits, error));
    least.sure_bits = least.bits;
    if (isfinite(least.bits) && least.bits > zero->threshold.weight) PD_TRY(take_threshold(zero, best, &least, error));
    *told = isfinite(least.bits) && is_told_by_row(zero);
    return PADAN_OK;
}

/* Whether links by all texts of a row stand, from the threshold on that it leaves, which rises once their numbers were
 * asked too, if they have such. The words of rows that have one text and nothing else check each other only: not all of
 * their links may be what chance makes. */
static enum padan_status check_by_row(struct pd_zero *zero, const bool *best, bool *told, struct padan_error *error)
{
    const bool all_asked = zero->profiles.with_numbers || !pd_auto_has_row_numbers(&zero->profiles);
    double least = pd_zero_candidate_bits();
    *told = is_told_by_row(zero);
    if (!*told && !zero->repeats && all_asked) return raise_by_row(zero, best, told, error);
    if (!*told || !have_one_text(zero)) return PADAN_OK;
    PD_TRY(pd_zero_look_at_decoys(zero, best, &least, error));
    *told = isfinite(least);
    return PADAN_OK;
}

/* Where they leave a link unclear, it is compared column by column. */
static enum padan_status retry_by_column(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                         struct padan_error *error)
{
    zero->by_row = zero->repeats = false;
    zero->before = (struct pd_estimate_start){ .lambda = 0 };
    PD_TRY(pd_zero_train(zero, error));
    return pd_zero_judge(zero, doubt, best, error);
}

/* Where nothing can be told of a link column by column, as of goods that are alike in price, weight and maker. One
 * column alone says nothing of how well it tells: what is expected of it is not to be believed. */
static bool may_be_told_by_row(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const bool told = pd_zero_expected(zero, doubt) > 0;
    const bool alone = pd_zero_count_columns(zero) == 1 && !pd_zero_is_clear(zero, doubt);
    return pd_auto_has_row_text(&zero->profiles) && (!told || alone);
}

/* All texts of a row together, where they tell more than what was found. */
static enum padan_status try_by_row(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best, bool *kept,
                                    struct padan_error *error)
{
    const bool repeated = zero->repeats;
    bool *const as_found = *best;
    struct pd_zero_found found;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->by_row = true;
    zero->repeats = false;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, best, error));
    bool told = false;
    if (doubt->kind == PD_DOUBT_NONE) PD_TRY(check_by_row(zero, *best, &told, error));
    *kept = told && pd_zero_expected(zero, doubt) > found.expected;
    if (*kept) {
        pd_zero_forget(&found);
        return PADAN_OK;
    }
    zero->by_row = false;
    zero->repeats = repeated;
    *best = as_found;
    return pd_zero_take_back(zero, &found, doubt, error);
}

/* Where that tells nothing either, or more than a third would be wrong, the numbers in these texts may: titles of
 * seasons are alike but for the year. They are not asked elsewhere, since much the same is told twice by them: goods of
 * a size are not told apart by it. */
static enum padan_status try_numbers(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                     struct padan_error *error)
{
    const bool told = pd_zero_expected(zero, doubt) > 0 && zero->threshold.precision >= 1 - MOST_WRONG_BY_ROW;
    if (told || !pd_auto_has_row_numbers(&zero->profiles)) return PADAN_OK;
    zero->profiles.with_numbers = true;
    return try_by_row(zero, doubt, best, &zero->profiles.with_numbers, error);
}

static enum padan_status compare_by_row(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                        struct padan_error *error)
{
    bool kept = false;
    if (may_be_told_by_row(zero, doubt)) PD_TRY(try_by_row(zero, doubt, best, &kept, error));
    return PADAN_OK;
}

enum padan_status pd_zero_judge_link(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                     struct padan_error *error)
{
    PD_TRY(pd_zero_judge(zero, doubt, best, error));
    if (zero->data.inside) return PADAN_OK;
    if (zero->by_row && !is_told_by_row(zero)) PD_TRY(retry_by_column(zero, doubt, best, error));
    if (pd_zero_expected(zero, doubt) <= 0) PD_TRY(pd_zero_try_relatives(zero, doubt, best, error));
    if (!zero->by_row) PD_TRY(compare_by_row(zero, doubt, best, error));
    return try_numbers(zero, doubt, best, error);
}

enum padan_status pd_zero_decide(struct pd_zero *zero, struct padan_error *error)
{
    bool *best = NULL;
    struct pd_zero_doubt doubt;
    PD_TRY(pd_zero_judge_link(zero, &doubt, &best, error));
    PD_TRY(pd_zero_try_few(zero, &doubt, &best, error));
    PD_TRY(pd_zero_mind_damage(zero, &doubt, &best, error));
    PD_TRY(pd_zero_try_events(zero, &doubt, &best, error));
    PD_TRY(pd_zero_try_sources(zero, &doubt, &best, error));
    const size_t said = zero->said->length;
    PD_TRY(pd_zero_try_families(zero, &doubt, error));
    PD_TRY(pd_zero_try_households(zero, &doubt, error));
    PD_TRY(pd_zero_try_without_events(zero, &doubt, &best, said, error));
    PD_TRY(pd_zero_try_pairs(zero, &doubt, error));
    const bool looked_inside = zero->inside.n_links > 0; /* before links of sources stood */
    const bool competes = doubt.kind == PD_DOUBT_NONE && best != NULL && !zero->by_row;
    if (competes && !looked_inside) PD_TRY(pd_zero_look_inside(zero, best, error));
    PD_TRY(pd_zero_try_relatives(zero, &doubt, &best, error));
    PD_TRY(pd_zero_try_together(zero, &doubt, error));
    PD_TRY(pd_zero_try_members(zero, &doubt, best, error));
    PD_TRY(pd_zero_try_twins(zero, &doubt, error));
    pd_zero_say_doubt(zero, &doubt);
    if (doubt.kind != PD_DOUBT_NONE) return fall_back(zero, &doubt, error);
    zero->model->has_thresholds = true;
    zero->model->automatic_weight = zero->threshold.weight;
    zero->model->review_weight = fmin(zero->threshold.weight, 0);
    return PADAN_OK;
}
