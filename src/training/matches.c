/* SPDX-License-Identifier: MIT
 * How many matches there are, found by the rules or not. EM says how many matches each rule holds; what share of all
 * matches it catches, rules that share no column with it tell (capture and recapture: Petersen 1896, Chapman 1951). */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

/* Matches that the recall over all groups is worth in one. */
static const double RECALL_PRIOR = 20;

/* Place in trainer->held of the expected matches that `from` holds, a rule or the labels (n_rules), and a rule holds
 * too; rule n_rules: all of them. */
static size_t held_index(const struct pd_trainer *trainer, size_t from, size_t rule, size_t group)
{
    return (from * (trainer->n_rules + 1) + rule) * trainer->n_groups + group;
}

enum padan_status pd_trainer_matches_make(struct pd_trainer *trainer, struct padan_error *error)
{
    const size_t n = held_index(trainer, trainer->n_rules + 1, 0, 0);
    return pd_arena_allocate(&trainer->arena, &trainer->held, n * sizeof *trainer->held, error);
}

/* A pair that is a match n times, for each rule that holds. */
static void add_pattern(struct pd_trainer *trainer, const int8_t *pattern, bool is_labels, double n)
{
    const int8_t *marks = pattern + trainer->n_comparisons + 2;
    const size_t group = (size_t)pattern[trainer->n_comparisons + 1];
    for (size_t from = is_labels ? trainer->n_rules : 0; from < trainer->n_rules + is_labels; from++) {
        if (!is_labels && marks[trainer->rules[from].pass] == 0) continue;
        for (size_t rule = 0; rule < trainer->n_rules; rule++)
            if (marks[trainer->rules[rule].pass] != 0) trainer->held[held_index(trainer, from, rule, group)] += n;
        trainer->held[held_index(trainer, from, trainer->n_rules, group)] += n;
    }
}

static void count_held(struct pd_trainer *trainer)
{
    size_t first = 0;
    memset(trainer->held, 0, held_index(trainer, trainer->n_rules + 1, 0, 0) * sizeof *trainer->held);
    for (size_t i = 0; i < trainer->em.n_samples; i++) {
        const struct pd_em_sample *sample = &trainer->evidence[i];
        for (size_t j = 0; j < sample->n; j++)
            add_pattern(trainer, sample->patterns + j * sample->width, sample->is_labels,
                        trainer->state.probabilities[first + j] * pd_em_count(sample, j));
        first += sample->n;
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
    for (size_t from = 0; from <= trainer->n_rules; from++) {
        const bool is_labels = from == trainer->n_rules;
        const bool tells =
            trainer->em.has_labels ? is_labels : !is_labels && (trainer->disjoint[rule] >> from & 1) != 0;
        if (!tells) continue;
        seen.all += trainer->held[held_index(trainer, from, trainer->n_rules, group)];
        seen.both += trainer->held[held_index(trainer, from, rule, group)];
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
 * that of all groups; never fewer than the rules find. Sources lack columns, so recall is not the same everywhere. */
static double matches_of_group(const struct pd_trainer *trainer, size_t group)
{
    double found = 0, recall = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) {
        const struct pd_training_rule *rule = &trainer->rules[i];
        const struct seen seen = seen_by_others(trainer, i, group);
        if (isnan(rule->told.recall)) continue;
        found += trainer->held[held_index(trainer, i, trainer->n_rules, group)];
        recall += (seen.both + RECALL_PRIOR * rule->told.recall) / (seen.all + RECALL_PRIOR);
    }
    return fmax(recall > 0 ? found / recall : 0, trainer->state.matches[group]);
}

void pd_trainer_count_matches(struct pd_trainer *trainer)
{
    const bool known = trainer->all_labelled && trainer->em.has_labels;
    count_held(trainer);
    for (size_t i = 0; i < trainer->n_rules; i++) {
        struct pd_trained_rule *told = &trainer->rules[i].told;
        told->recall = recall_of(trainer, i);
        told->n_matches = 0;
        for (size_t j = 0; j < trainer->n_groups; j++)
            told->n_matches += trainer->held[held_index(trainer, i, trainer->n_rules, j)];
    }
    for (size_t i = 0; i < trainer->n_groups; i++) {
        struct pd_trained_group *group = &trainer->result->groups[i];
        group->n_matches = known ? trainer->held[held_index(trainer, trainer->n_rules, trainer->n_rules, i)]
                                 : matches_of_group(trainer, i);
        /* Half a match when none was found: no pair of sources is impossible. */
        group->lambda = fmin((group->n_matches + 0.5) / (group->n_pairs + 1), 0.5);
    }
}
