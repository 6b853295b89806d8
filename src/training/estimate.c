/* SPDX-License-Identifier: MIT
 * From counts to parameters. EM gives m for a given u; m and lambda say which of the sampled pairs are matches, and so
 * a better u; the two are repeated until u rests. The number of matches comes from how many each rule holds and how
 * many of all matches it catches, which disjoint rules tell of each other (capture and recapture). */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

enum { ROUNDS_MAX = 12, ITERATIONS_MAX = 1000, TABLE = PD_COMPARISONS_MAX * PD_LEVELS_MAX };

static const double TOLERANCE = 1e-6;
/* Rounds end when no u changes by more than this factor. */
static const double U_REST = 1e-3;
static const double FIRST_LAMBDA = 0.1;
/* What the prior of a rule's non-matches is worth, as a share of its pairs. */
static const double U_STRENGTH = 0.5;
/* Factor of matches beyond which the levels of non-matches were learned wrongly. */
static const double MORE_MATCHES = 2;
/* Matches that the recall over all groups is worth in one. */
static const double RECALL_PRIOR = 20;

/* --- number of matches --- */

static double sum_of_matches(const struct pd_trainer *trainer, size_t rule)
{
    double sum = 0;
    for (size_t i = 0; i < trainer->n_groups; i++) sum += trainer->state.matches[rule * trainer->n_groups + i];
    return sum;
}

/* Place of (pass, rule, group) in trainer->shared. */
static size_t shared_index(const struct pd_trainer *trainer, size_t pass, size_t rule, size_t group)
{
    return (pass * trainer->n_rules + rule) * trainer->n_groups + group;
}

/* Expected matches of every pass that satisfy every rule, by group: what recall is made of. */
static void count_shared(struct pd_trainer *trainer)
{
    memset(trainer->shared, 0, shared_index(trainer, trainer->em.n_passes, 0, 0) * sizeof *trainer->shared);
    for (size_t pass = 0; pass < trainer->em.n_passes; pass++) {
        const struct pd_patterns *patterns = trainer->passes[pass].patterns;
        for (size_t i = 0; i < patterns->n; i++) {
            const int8_t *pattern = pd_pattern(patterns, i);
            const int8_t *marks = pattern + trainer->n_comparisons + 2;
            const size_t group = (size_t)pattern[trainer->n_comparisons + 1];
            const double p = pd_em_posterior(&trainer->em, &trainer->state, pass, pattern);
            for (size_t rule = 0; rule < trainer->n_rules; rule++)
                if (marks[trainer->rules[rule].pass] != 0)
                    trainer->shared[shared_index(trainer, pass, rule, group)] += p * (double)patterns->counts[i];
        }
    }
}

/* Matches of one group, and of them those that a rule holds, as other rules see them. */
struct seen {
    double all, both;
};

/* The matches that can tell the recall of a rule: of rules that share no column with it, or the labelled ones. */
static struct seen seen_by_others(const struct pd_trainer *trainer, size_t rule, size_t group)
{
    struct seen seen = { 0, 0 };
    for (size_t pass = 0; pass < trainer->em.n_passes; pass++) {
        const bool is_labels = trainer->passes[pass].is_labels;
        const bool tells = trainer->em.has_label_pass ? is_labels : (trainer->disjoint[rule] >> pass & 1) != 0;
        if (!tells) continue;
        seen.all += trainer->state.matches[pass * trainer->n_groups + group];
        seen.both += trainer->shared[shared_index(trainer, pass, rule, group)];
    }
    return seen;
}

/* Share of all matches that satisfy a rule; NaN when nothing can tell. */
static double recall_of(const struct pd_trainer *trainer, size_t rule)
{
    struct seen sum = { 0, 0 };
    for (size_t i = 0; i < trainer->n_groups; i++) {
        const struct seen seen = seen_by_others(trainer, rule, i);
        sum.all += seen.all;
        sum.both += seen.both;
    }
    return sum.all >= 1 && sum.both > 0 ? sum.both / sum.all : NAN;
}

/* Matches of a group: those of all rules over the recall of all rules, which in a group with few matches is drawn to
 * that of all groups; never fewer than one rule holds. Sources lack columns, so recall is not the same everywhere. */
static double matches_of_group(const struct pd_trainer *trainer, size_t group)
{
    double found = 0;
    double recall = 0;
    double most = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) {
        const struct pd_training_rule *rule = &trainer->rules[i];
        const double matches = rule->scale * trainer->state.matches[i * trainer->n_groups + group];
        const struct seen seen = seen_by_others(trainer, i, group);
        if (matches > most) most = matches;
        if (isnan(rule->told.recall)) continue;
        found += matches;
        recall += (seen.both + RECALL_PRIOR * rule->told.recall) / (seen.all + RECALL_PRIOR);
    }
    const double estimate = recall > 0 ? found / recall : 0;
    return estimate > most ? estimate : most;
}

static double labelled_of_group(const struct pd_trainer *trainer, size_t group)
{
    return trainer->labelled_scale * trainer->state.matches[trainer->n_rules * trainer->n_groups + group];
}

/* Lambda of every group; returns the largest factor of change. */
static double update_lambda(struct pd_trainer *trainer)
{
    double change = 0;
    count_shared(trainer);
    for (size_t i = 0; i < trainer->n_rules; i++) {
        trainer->rules[i].told.recall = recall_of(trainer, i);
        trainer->rules[i].told.n_matches = trainer->rules[i].scale * sum_of_matches(trainer, i);
    }
    for (size_t i = 0; i < trainer->n_groups; i++) {
        struct pd_trained_group *group = &trainer->result->groups[i];
        const bool known = trainer->all_labelled && trainer->em.has_label_pass;
        group->n_matches = known ? labelled_of_group(trainer, i) : matches_of_group(trainer, i);
        /* Half a match when none was found: no pair of sources is impossible. */
        double lambda = (group->n_matches + 0.5) / (group->n_pairs + 1);
        if (lambda > 0.5) lambda = 0.5;
        if (trainer->lambda[i] > 0) change = fmax(change, fabs(log(lambda / trainer->lambda[i])));
        trainer->lambda[i] = group->lambda = lambda;
    }
    return change;
}

/* --- u --- */

static double update_u(struct pd_trainer *trainer, bool is_first, double *missing)
{
    const struct pd_rates rates = { .n_comparisons = trainer->n_comparisons,
                                    .n_levels = trainer->n_levels,
                                    .samples = trainer->rate_samples,
                                    .n_samples = trainer->n_samples,
                                    .stratified = trainer->stratified,
                                    .exact_gamma = trainer->exact_gamma,
                                    .fixed = trainer->fixed_u };
    double before[TABLE];
    double change = 0;
    struct pd_rate_result result = { trainer->u, trainer->u_counts, missing };
    memcpy(before, trainer->u, sizeof before);
    pd_rates_estimate(&rates, trainer->state.m, is_first ? NULL : before, trainer->lambda, &result);
    for (size_t i = 0; i < trainer->n_comparisons; i++)
        for (size_t j = 0; j < trainer->n_levels[i]; j++) {
            const size_t level = pd_level_index(i, j);
            change = fmax(change, fabs(log(trainer->u[level] / before[level])));
        }
    return change;
}

/* --- m --- */

static enum padan_status prepare(struct pd_trainer *trainer, struct padan_error *error)
{
    const bool has_labels = trainer->labelled.n > 0;
    const size_t n_passes = trainer->n_rules + has_labels;
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->passes, (n_passes + 1) * sizeof *trainer->passes, error));
    for (size_t i = 0; i < trainer->n_rules; i++)
        trainer->passes[i] = (struct pd_em_pass){ &trainer->rules[i].patterns, trainer->rules[i].told.masked, false };
    if (has_labels) trainer->passes[trainer->n_rules] = (struct pd_em_pass){ &trainer->labelled, 0, true };
    trainer->em = (struct pd_em){ .n_comparisons = trainer->n_comparisons,
                                  .n_groups = trainer->n_groups,
                                  .n_passes = n_passes,
                                  .n_levels = trainer->n_levels,
                                  .passes = trainer->passes,
                                  .u = trainer->u,
                                  .fixed = trainer->fixed_m,
                                  .m_start = trainer->m_start,
                                  .u_strength = U_STRENGTH,
                                  .has_label_pass = has_labels,
                                  .max_iterations = ITERATIONS_MAX,
                                  .tolerance = TOLERANCE };
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->shared,
                             (shared_index(trainer, n_passes, 0, 0) + 1) * sizeof *trainer->shared, error));
    return pd_em_state_make(&trainer->em, &trainer->state, error);
}

static enum padan_status many_starts(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_options *options = trainer->options;
    struct pd_train_result *result = trainer->result;
    result->n_starts = options->n_starts == 0 ? PD_TRAIN_STARTS : options->n_starts;
    PD_TRY(pd_em_many_starts(&trainer->em, options->seed, result->n_starts, trainer->threads, &trainer->state,
                             &result->n_starts_agree, error));
    result->n_iterations = trainer->state.n_iterations;
    result->largest_change = trainer->state.largest_change;
    result->converged = trainer->state.converged;
    result->log_likelihood = trainer->state.log_likelihood / log(2);
    return PADAN_OK;
}

/* --- results --- */

/* Share of the null level among the matches of the passes where the comparison is not masked. */
static double missing_in_matches(const struct pd_trainer *trainer, size_t comparison)
{
    double missing = 0;
    double all = 0;
    for (size_t i = 0; i < trainer->em.n_passes; i++) {
        const struct pd_patterns *patterns = trainer->passes[i].patterns;
        if (trainer->passes[i].masked >> comparison & 1) continue;
        for (size_t j = 0; j < patterns->n; j++) {
            const int8_t *pattern = pd_pattern(patterns, j);
            const double p = pd_em_posterior(&trainer->em, &trainer->state, i, pattern) * (double)patterns->counts[j];
            all += p;
            if (pattern[comparison] < 0) missing += p;
        }
    }
    return all > 0 ? missing / all : 0;
}

static enum pd_train_source source_of_u(const struct pd_trainer *trainer, size_t comparison, int gamma)
{
    const size_t level = pd_level_index(comparison, (size_t)gamma);
    if (trainer->fixed_u[level]) return PD_TRAINED_KEPT;
    if (trainer->exact_gamma[comparison] == gamma) return PD_TRAINED_HISTOGRAM;
    return trainer->u_counts[level] < PD_TRAIN_MIN_COUNT ? PD_TRAINED_PRIOR : PD_TRAINED_SAMPLE;
}

static enum pd_train_source source_of_m(const struct pd_trainer *trainer, size_t level, double n_matches)
{
    if (trainer->fixed_m[level] || n_matches < 1) return PD_TRAINED_KEPT;
    if (trainer->em.has_label_pass) return PD_TRAINED_LABELS;
    return n_matches < PD_TRAIN_MIN_COUNT ? PD_TRAINED_PRIOR : PD_TRAINED_EM;
}

static enum padan_status tell_levels(struct pd_trainer *trainer, const double *missing, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    result->n_comparisons = trainer->n_comparisons;
    PD_TRY(pd_arena_allocate(&result->arena, &result->comparisons,
                             (result->n_comparisons + 1) * sizeof *result->comparisons, error));
    for (size_t i = 0; i < trainer->n_comparisons; i++) {
        const struct pd_comparison *comparison = &trainer->model->comparisons[i];
        struct pd_trained_comparison *told = &result->comparisons[i];
        PD_TRY(pd_arena_allocate(&result->arena, &told->levels, comparison->n_levels * sizeof *told->levels, error));
        told->missing_in_pairs = missing[i];
        told->missing_in_matches = missing_in_matches(trainer, i);
        for (size_t j = 0; j < trainer->em.n_passes; j++) told->n_rules += (trainer->passes[j].masked >> i & 1) == 0;
        double n_matches = 0;
        for (size_t j = 0; j < trainer->n_levels[i]; j++) n_matches += trainer->state.m_counts[pd_level_index(i, j)];
        for (size_t j = 0; j < comparison->n_levels; j++) {
            if (comparison->levels[j].is_null_level) continue;
            const size_t level = pd_level_index(i, (size_t)comparison->levels[j].gamma);
            told->levels[j] = (struct pd_trained_level){
                .m = trainer->state.m[level],
                .u = trainer->u[level],
                .m_count = trainer->state.m_counts[level],
                .u_count = trainer->u_counts[level],
                .m_source = source_of_m(trainer, level, n_matches),
                .u_source = source_of_u(trainer, i, comparison->levels[j].gamma),
            };
        }
    }
    return PADAN_OK;
}

static enum padan_status tell(struct pd_trainer *trainer, const double *missing, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    double pairs = 0;
    PD_TRY(tell_levels(trainer, missing, error));
    PD_TRY(pd_arena_allocate(&result->arena, &result->rules, (trainer->n_rules + 1) * sizeof *result->rules, error));
    for (size_t i = 0; i < trainer->n_rules; i++) {
        result->rules[i] = trainer->rules[i].told;
        PD_TRY(pd_arena_copy(&result->arena, trainer->rules[i].told.sql, &result->rules[i].sql, error));
    }
    result->n_rules = trainer->n_rules;
    result->n_matches = 0;
    for (size_t i = 0; i < trainer->n_groups; i++) {
        result->n_matches += result->groups[i].n_matches;
        pairs += result->groups[i].n_pairs;
    }
    result->lambda = (result->n_matches + 0.5) / (pairs + 1);
    if (result->lambda > 0.5) result->lambda = 0.5;
    return PADAN_OK;
}

/* Estimates all from the start; the expected matches. */
static double estimate(struct pd_trainer *trainer, double u_strength, double *missing)
{
    double matches = 0;
    trainer->em.u_strength = u_strength;
    memset(trainer->lambda, 0, trainer->n_groups * sizeof *trainer->lambda);
    (void)update_u(trainer, true, missing);
    pd_em_start(&trainer->em, trainer->m_start, FIRST_LAMBDA, &trainer->state);
    for (size_t round = 0; round < ROUNDS_MAX; round++) {
        pd_em_run(&trainer->em, &trainer->state);
        double change = update_lambda(trainer);
        change = fmax(change, update_u(trainer, false, missing));
        if (round > 0 && change < U_REST) break;
    }
    for (size_t i = 0; i < trainer->n_groups; i++) matches += trainer->result->groups[i].n_matches;
    return matches;
}

/* Non-matches of a rule that have levels of their own can only take matches away: what agreed by dependence is no
 * longer taken for a match. When there are many more matches instead, EM found another class of pairs (men, say, where
 * names and sex hang together), and the levels of all non-matches stay u. */
static enum padan_status estimate_two(struct pd_trainer *trainer, double *missing, struct padan_error *error)
{
    trainer->em.with_related = false;
    const double plain = estimate(trainer, INFINITY, missing);
    if (estimate(trainer, U_STRENGTH, missing) <= MORE_MATCHES * (plain + 1)) return PADAN_OK;
    (void)estimate(trainer, INFINITY, missing);
    return pd_trainer_warn(trainer, error,
                           "the comparisons hang together among non-matches; they were taken as independent, and "
                           "weights may be too far from 0: join columns that predict each other");
}

/* Rules that a pair satisfies, of those in use. */
static size_t rules_of(const struct pd_trainer *trainer, const int8_t *pattern)
{
    const int8_t *marks = pattern + trainer->n_comparisons + 2;
    size_t n = 0;
    for (size_t rule = 0; rule < trainer->n_rules; rule++) n += marks[trainer->rules[rule].pass] != 0;
    return n > 0 ? n : 1;
}

/* Whether more pairs are related than match, of the pairs of all rules, each once. */
static bool related_outnumber(struct pd_trainer *trainer)
{
    double n_matches = 0, n_related = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) {
        const struct pd_patterns *patterns = &trainer->rules[i].patterns;
        for (size_t j = 0; j < patterns->n; j++) {
            const int8_t *pattern = pd_pattern(patterns, j);
            const double n = trainer->rules[i].scale * (double)patterns->counts[j] / (double)rules_of(trainer, pattern);
            const struct pd_em_classes classes = pd_em_classes(&trainer->em, &trainer->state, i, pattern);
            n_matches += n * classes.match;
            n_related += n * classes.related;
        }
    }
    trainer->result->n_related = n_related;
    return n_related > n_matches;
}

/* Without labels, a mixture of two classes takes whole households for its matches where those outnumber them. So
 * related pairs are tried as a class of their own, and stay one where that shows more of them than matches. Elsewhere
 * two classes know the matches better: m need not be held. */
static enum padan_status estimate_classes(struct pd_trainer *trainer, double *missing, struct padan_error *error)
{
    if (!trainer->em.has_label_pass) {
        trainer->em.with_related = true;
        (void)estimate(trainer, INFINITY, missing);
        if (related_outnumber(trainer))
            return pd_trainer_warn(
                trainer, error,
                "more pairs are related without being the same than match: the model has a threshold above them "
                "(padan_thresholds, a key that Splink refuses), and m rests on what it started from as "
                "much as on the data");
    }
    trainer->result->n_related = 0;
    return estimate_two(trainer, missing, error);
}

enum padan_status pd_trainer_estimate(struct pd_trainer *trainer, struct padan_error *error)
{
    double missing[PD_COMPARISONS_MAX] = { 0 };
    PD_TRY(prepare(trainer, error));
    PD_TRY(estimate_classes(trainer, missing, error));
    PD_TRY(many_starts(trainer, error));
    (void)update_lambda(trainer);
    return tell(trainer, missing, error);
}
