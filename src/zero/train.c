/* SPDX-License-Identifier: MIT
 * Training: candidates found by the model as it is, and the model by its candidates, in turns; again without
 * competition where rows repeat, and with columns apart that others predict. */
#include "zero/state.h"

#include "auto/dependence.h"
#include "auto/own_columns.h"
#include "base/memory.h"

#include <math.h>

/* Values that fewer rows share by chance are not weighted by frequency. */
static const double FREQUENCY_ROWS = 4;
/* Of matches, no more than this share differs in what tells people apart. */
static const double DIFFER_HARDLY = .1;

bool pd_zero_rows_compete(const struct pd_zero *zero)
{
    return zero->pairwise || !(zero->data.inside || zero->repeats);
}

static struct pd_rivals rivals_of(const struct pd_zero *zero)
{
    const struct pd_table *table = zero->options->table;
    return (struct pd_rivals){ pd_zero_rows_compete(zero) ? zero->edges.edges : NULL, table->source_of,
                               table->n_records, table->n_sources, NULL };
}

double pd_zero_start_matches(const struct pd_zero *zero)
{
    return fmax((double)zero->options->table->n_records / 4, 1);
}

double pd_zero_start_lambda(const struct pd_zero *zero)
{
    return fmin(pd_zero_start_matches(zero) / zero->all_pairs, .5);
}

/* Where rows do not compete some pairs are related. Where they do, those of a row that has no match may be: in one file
 * twins, who share a date of birth, are such pairs, and members of a family, who share a word of a full name. Of two
 * columns the other one does not say which of them are one person. */
static bool with_related(const struct pd_zero *zero)
{
    const bool more_than_two = pd_zero_count_columns(zero) > 2;
    bool has_families = false;
    for (size_t i = 0; i < zero->comparisons.n; i++)
        has_families = has_families || zero->telling[i].is_birth || (more_than_two && zero->telling[i].n_unlike > 0);
    return !pd_zero_rows_compete(zero) || zero->relatives || (zero->pairwise && has_families);
}

static struct pd_estimate_input input_of(const struct pd_zero *zero)
{
    return (struct pd_estimate_input){
        .candidates = { zero->edges.gammas, zero->extra, zero->edges.n_edges, NULL },
        .sets = zero->sets,
        .n_sets = zero->n_sets,
        .set_of = zero->set_of,
        .rivals = rivals_of(zero),
        .with_related = with_related(zero),
        .with_ranks = zero->by_row,
        .telling = zero->telling,
        .of_households = zero->households || zero->relatives,
        .all_pairs = zero->all_pairs,
        .start_matches = pd_zero_start_matches(zero),
        .before = zero->before.related.lambda > 0 ? &zero->before : NULL,
        .equal = zero->equal,
        .start = (const double(*)[PD_GAMMAS])zero->start,
    };
}

/* Of the halves of a comparison the first one: it speaks of the pairs whose parent differs, as random pairs do. */
static size_t first_of_column(const struct pd_zero *zero, size_t comparison)
{
    size_t first = 0;
    while (zero->comparisons.list[first].profile != zero->comparisons.list[comparison].profile) first++;
    return first;
}

enum padan_status pd_zero_estimate(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->comparisons.n; i++)
        zero->telling[i] = pd_zero_telling_of(zero, first_of_column(zero, i));
    PD_TRY(pd_zero_make_sets(zero, error));
    const struct pd_estimate_input input = input_of(zero);
    pd_estimate_reset(&zero->estimate);
    PD_TRY(pd_estimate_model(&input, zero->model, &zero->estimate, error));
    if (zero->edges.n_edges > 0)
        zero->before = (struct pd_estimate_start){ zero->estimate.lambda, zero->estimate.related };
    return PADAN_OK;
}

static enum padan_status train(struct pd_zero *zero, struct padan_error *error)
{
    pd_edges_reset(&zero->edges);
    PD_TRY(pd_zero_estimate(zero, error)); /* no candidates yet: u and start values */
    for (int round = 0; round < 2; round++) {
        PD_TRY(pd_zero_find_candidates(zero, error));
        PD_TRY(pd_zero_estimate(zero, error));
    }
    return PADAN_OK;
}

/* Whether two rows differ in a name or a date of birth in which matches hardly ever do: however much else they have in
 * common, they are people of one household. */
static bool are_two_people(const struct pd_zero *zero, const int8_t *gammas)
{
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        const bool of_a_file = zero->profiles.columns[zero->comparisons.list[c].profile].of_a_file;
        const double m = comparison->levels[comparison->n_levels - 1].m;
        if (gammas[c] == 0 && m <= DIFFER_HARDLY && !of_a_file && pd_zero_tells_people_apart(zero, c)) return true;
    }
    return false;
}

/* Of rows of one source of a link those of a household are no repeats. */
static double score_any(void *context, uint32_t left, uint32_t right)
{
    const struct pd_zero *zero = context;
    const struct pd_table *table = zero->options->table;
    int8_t gammas[PD_COMPARISONS_MAX];
    pd_weight weight = 0;
    (void)pd_plan_score(&zero->linker.plan, &zero->linker.workers[0], left, right, INT64_MIN, gammas, &weight);
    const bool in_link =
        zero->options->link_type == PD_LINK_ONLY && pd_table_source(table, left) == pd_table_source(table, right);
    if (in_link && (are_two_people(zero, gammas) || pd_auto_differ_in_own(table, &zero->profiles, left, right)))
        return -INFINITY;
    return pd_weight_to_double(weight);
}

enum padan_status pd_zero_find_best(struct pd_zero *zero, bool **best, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    const struct pd_rivals rivals = { zero->edges.edges, table->source_of, table->n_records, table->n_sources, NULL };
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(pd_arena_allocate(&zero->arena, best, (zero->edges.n_edges + 1) * sizeof **best, error));
    return pd_auto_uniqueness(&rivals, zero->estimate.weights, zero->edges.n_edges, score_any, zero, &zero->uniqueness,
                              *best, error);
}

/* Where one row has several matches in another source, they are not rivals: competition would leave each a part of what
 * it is worth and take the rest for pairs that merely agree in everything. Trains again without. */
static enum padan_status look_for_repeats(struct pd_zero *zero, struct padan_error *error)
{
    bool *best = NULL;
    if (!pd_zero_rows_compete(zero)) return PADAN_OK;
    PD_TRY(pd_zero_find_best(zero, &best, error));
    if (!zero->uniqueness.several) return PADAN_OK;
    zero->repeats = true;
    return train(zero, error);
}

/* --- columns that predict each other --- */

static bool hangs_on(const int *parents, size_t n, int from, int on)
{
    for (size_t steps = 0; from >= 0 && steps <= n; steps++, from = parents[from])
        if (from == on) return true;
    return false;
}

/* Addresses that are made of names hang on these, though few of the pairs of equal names are equal in them too: those
 * of namesakes are alike, and so are those of a family that shares a telephone. */
static void mind_mail(const struct pd_zero *zero, const struct pd_dependence *dependence, int *parents)
{
    const size_t n = zero->comparisons.n;
    if (n <= 2) return; /* two columns that hang on each other do not check each other */
    for (size_t i = 0; i < n; i++) {
        if (zero->profiles.columns[zero->comparisons.list[i].profile].kind != PD_KIND_EMAIL || parents[i] >= 0)
            continue;
        const int other = pd_dependence_of_alike(dependence, i);
        if (other < 0) continue;
        if (hangs_on(parents, n, other, (int)i)) parents[other] = -1;
        if (!hangs_on(parents, n, other, (int)i)) parents[i] = other;
    }
}

static enum padan_status find_parents(struct pd_zero *zero, int *parents, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    const struct pd_estimate_input input = input_of(zero);
    struct pd_agreement *given = NULL, *at_random = NULL;
    double *equal = NULL;
    PD_TRY(pd_arena_allocate(&zero->arena, &given, n * n * sizeof *given, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &at_random, n * sizeof *at_random, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &equal, n * sizeof *equal, error));
    PD_TRY(pd_estimate_agreement(&input, zero->model, &zero->estimate, &zero->sets[0], at_random, error));
    for (size_t i = 0; i < n; i++) {
        struct pd_levelled_pairs pairs;
        equal[i] = fmax(at_random[i].n_equal, .5) / fmax(at_random[i].n, 1);
        PD_TRY(pd_zero_level_equal(zero, zero->comparisons.list[i].profile, &pairs, error));
        PD_TRY(pd_estimate_agreement(&input, zero->model, &zero->estimate, &pairs, given + i * n, error));
    }
    const struct pd_dependence dependence = { n, equal, given, at_random };
    PD_TRY(pd_dependence_forest(&dependence, parents, error));
    mind_mail(zero, &dependence, parents);
    return PADAN_OK;
}

/* The frequency of a value says how many share it by chance. Where chance makes fewer than a few rows equal, it only
 * counts the rows of one entity: then all values are taken as equally rare. */
static bool drop_frequencies(struct pd_zero *zero, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        const struct pd_comparison *trained = &zero->model->comparisons[i];
        const double rows = (double)zero->profiles.columns[comparison->profile].n_filled;
        double u = 1;
        for (size_t j = trained->n_levels; j-- > 0;)
            if (!trained->levels[j].is_null_level) u = trained->levels[j].u;
        if (!comparison->frequency || u * rows >= FREQUENCY_ROWS) continue;
        comparison->frequency = false;
        any = true;
    }
    return any;
}

/* Splits the columns that others predict, and trains again when there are any. */
static enum padan_status mind_dependence(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    int parents[PD_COMPARISONS_MAX];
    bool any = false;
    PD_TRY(find_parents(zero, parents, error));
    any = drop_frequencies(zero, n);
    for (size_t i = 0; i < n; i++) {
        if (parents[i] < 0) continue;
        const size_t parent = zero->comparisons.list[parents[i]].profile;
        any = pd_auto_comparisons_split(&zero->comparisons, i, parent) || any;
    }
    if (!any) return PADAN_OK;
    PD_TRY(pd_zero_remake_model(zero, error));
    return train(zero, error);
}

enum padan_status pd_zero_train(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_auto_comparisons_make(zero->options->table, &zero->profiles, zero->by_row, &zero->arena,
                                    &zero->comparisons, error));
    PD_TRY(pd_zero_remake_model(zero, error));
    PD_TRY(train(zero, error));
    PD_TRY(look_for_repeats(zero, error));
    return mind_dependence(zero, error);
}
