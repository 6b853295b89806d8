/* SPDX-License-Identifier: MIT
 * Families among the clear matches of one file that are alike where slips of one person are.
 *
 * What members of a family have in common need not be equal. E-mail addresses of an initial and a surname are alike,
 * and with one telephone two members pass for one person whose address has a slip and whose name differs. But slips
 * fall apart from each other: of one person, rows that are alike in a column differ in a name as seldom as those that
 * are equal in it. Where expected matches that are alike differ in a name much more often they are families, and it is
 * trained once more with related pairs that begin there, with levels of their own, and columns as they were parted:
 * whole, those that hang on a name would be taken for what tells. That stands where fewer links are expected to be
 * wrong. */
#include "base/memory.h"
#include "engine/zero_state.h"

#include <math.h>

/* As columns that depend on each other (auto/dependence.c): one makes the other so much likelier, and likely at all, on
 * enough pairs. */
static const double LIFT = 4;
static const double LIKELY = .1;
static const double ENOUGH = 8;
/* Pairs that are expected to be matches rather than not. */
static const double MATCH = .5;
/* Levels that no pair of the file has are not impossible. */
static const double SMOOTH = .5;

/* Expected matches that are equal and alike in a column, and those of them that differ in a name. */
struct counts {
    double equal, alike, equal_differ, alike_differ;
};

/* Places of whole comparisons. */
struct kin {
    size_t name, other;
    double pairs; /* expected matches that are alike in the other one and differ in the name */
};

enum likeness { MISSING, DIFFERENT, ALIKE, EQUAL };

/* What a pair is in each whole comparison, whichever half of it speaks; gammas: its levels, -1 where it has none. */
static void read_pair(const struct pd_zero *zero, size_t edge, int8_t *gammas, enum likeness *likeness)
{
    const int8_t *halves = zero->edges.gammas + edge * zero->edges.n_comparisons;
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const size_t whole = pd_auto_comparison_whole(&zero->comparisons, c);
        const int equal = zero->model->comparisons[c].levels[1].gamma; /* the null level stands first */
        if (whole == c) {
            gammas[c] = -1;
            likeness[c] = MISSING;
        }
        if (halves[c] < 0) continue;
        gammas[whole] = halves[c];
        likeness[whole] = halves[c] == equal ? EQUAL : halves[c] > 0 ? ALIKE : DIFFERENT;
    }
}

static bool is_whole(const struct pd_zero *zero, size_t comparison)
{
    return zero->comparisons.list[comparison].state != PD_PARENT_EQUAL;
}

static bool is_name(const struct pd_zero *zero, size_t comparison)
{
    return is_whole(zero, comparison) && pd_zero_tells_people_apart(zero, comparison);
}

static void count_pair(const enum likeness *likeness, size_t n, size_t name, struct counts *counts)
{
    const double differs = likeness[name] == DIFFERENT;
    if (likeness[name] == MISSING) return;
    for (size_t c = 0; c < n; c++) {
        if (c == name) continue;
        counts[c].equal += likeness[c] == EQUAL;
        counts[c].alike += likeness[c] == ALIKE;
        counts[c].equal_differ += likeness[c] == EQUAL ? differs : 0;
        counts[c].alike_differ += likeness[c] == ALIKE ? differs : 0;
    }
}

static bool depend(const struct counts *counts)
{
    const double of_equal = counts->equal_differ / fmax(counts->equal, 1);
    const double of_alike = counts->alike_differ / fmax(counts->alike, 1);
    return counts->alike_differ >= ENOUGH && of_alike >= LIKELY && of_alike >= LIFT * of_equal;
}

/* counts [n * n]: by name, of all comparisons. The name and the column that most pairs speak of. */
static struct kin find_kin(const struct pd_zero *zero, const struct counts *counts)
{
    const size_t n = zero->comparisons.n;
    struct kin kin = { 0, 0, 0 };
    for (size_t name = 0; name < n; name++)
        for (size_t c = 0; c < n; c++) {
            const struct counts *of_both = &counts[name * n + c];
            if (depend(of_both) && of_both->alike_differ > kin.pairs)
                kin = (struct kin){ name, c, of_both->alike_differ };
        }
    return kin;
}

static enum padan_status look_for_kin(struct pd_zero *zero, struct kin *kin, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    struct counts *counts = NULL;
    int8_t gammas[PD_COMPARISONS_MAX];
    enum likeness likeness[PD_COMPARISONS_MAX] = { MISSING };
    PD_TRY(pd_allocate(&counts, n * n + 1, sizeof *counts, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (zero->estimate.probabilities[i] < MATCH) continue;
        read_pair(zero, i, gammas, likeness);
        for (size_t name = 0; name < n; name++)
            if (is_name(zero, name)) count_pair(likeness, n, name, counts + name * n);
    }
    *kin = find_kin(zero, counts);
    pd_free(counts);
    return PADAN_OK;
}

/* Counted levels as shares. */
static void share_levels(const struct pd_zero *zero, struct pd_related *related)
{
    for (size_t c = 0; c < related->n_comparisons; c++) {
        const size_t n_levels = zero->model->comparisons[c].n_levels; /* the null level among them */
        double sum = 0;
        for (size_t j = 1; j < n_levels; j++) sum += related->levels[c][j] += SMOOTH;
        for (size_t j = 1; j < n_levels; j++) related->levels[c][j] /= sum;
    }
}

/* Related pairs as those found are, which stand in the order of whole comparisons. */
static void begin_from(const struct pd_zero *zero, const struct kin *kin, struct pd_estimate_start *start)
{
    struct pd_related *related = &start->related;
    int8_t gammas[PD_COMPARISONS_MAX];
    enum likeness likeness[PD_COMPARISONS_MAX] = { MISSING };
    *start = (struct pd_estimate_start){ .lambda = pd_zero_start_lambda(zero) };
    related->by_level = true;
    related->lambda = kin->pairs / zero->all_pairs;
    while (related->n_comparisons < zero->comparisons.n && is_whole(zero, related->n_comparisons))
        related->n_comparisons++;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (zero->estimate.probabilities[i] < MATCH) continue;
        read_pair(zero, i, gammas, likeness);
        if (likeness[kin->name] != DIFFERENT || likeness[kin->other] != ALIKE) continue;
        for (size_t c = 0; c < related->n_comparisons; c++)
            if (gammas[c] >= 0) related->levels[c][gammas[c] + 1]++;
    }
    share_levels(zero, related);
}

enum padan_status pd_zero_try_kin(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_found found;
    struct pd_estimate_start start;
    struct kin kin;
    if (!zero->data.inside || zero->before.related.by_level || !pd_zero_is_clear(zero, doubt)) return PADAN_OK;
    PD_TRY(look_for_kin(zero, &kin, error));
    if (kin.pairs < ENOUGH) return PADAN_OK;
    begin_from(zero, &kin, &start);
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    found.kin = true;
    zero->before = start;
    pd_zero_extend_related(zero);
    PD_TRY(pd_zero_train_as_it_is(zero, error));
    return pd_zero_keep_better(zero, &found, doubt,
                               "families           matches that are alike, not equal, in one column differ in a name: "
                               "they are related pairs\n",
                               error);
}
