/* SPDX-License-Identifier: MIT
 * What EM sees of the training rules: every pair once, under the first rule that holds, with the comparisons that all
 * of its rules were made from masked; and the labelled matches. */
#include "base/memory.h"
#include "training/trainer_state.h"

/* What is left of the start of a level that no pair is at. */
static const double UNSEEN = .01;
/* Labelled matches that the start of m is worth. */
static const double LABELS_FOR_START = 4;

uint64_t pd_trainer_rules_of(const struct pd_trainer *trainer, const int8_t *pattern)
{
    const int8_t *marks = pattern + trainer->n_comparisons + 2;
    uint64_t rules = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) rules |= (uint64_t)(marks[trainer->rules[i].pass] != 0) << i;
    return rules;
}

uint64_t pd_trainer_masked(const struct pd_trainer *trainer, uint64_t rules)
{
    uint64_t masked = UINT64_MAX;
    for (size_t i = 0; i < trainer->n_rules; i++)
        if (rules >> i & 1) masked &= trainer->rules[i].told.masked;
    return masked;
}

static enum padan_status take_rule(struct pd_trainer *trainer, size_t rule, struct pd_em_sample *sample,
                                   struct padan_error *error)
{
    const struct pd_patterns *patterns = &trainer->rules[rule].patterns;
    const uint64_t earlier = (UINT64_C(1) << rule) - 1;
    const size_t width = patterns->width;
    int8_t *kept = NULL;
    uint64_t *counts = NULL, *masked = NULL, *rules = NULL;
    PD_TRY(pd_arena_allocate(&trainer->arena, &kept, patterns->n * width + 1, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &counts, (patterns->n + 1) * sizeof *counts, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &masked, (patterns->n + 1) * sizeof *masked, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &rules, (patterns->n + 1) * sizeof *rules, error));
    *sample = (struct pd_em_sample){ .patterns = kept,
                                     .width = width,
                                     .counts = counts,
                                     .masked = masked,
                                     .rules = rules,
                                     .scale = trainer->rules[rule].scale };
    for (size_t i = 0; i < patterns->n; i++) {
        const uint64_t held = pd_trainer_rules_of(trainer, pd_pattern(patterns, i));
        if (held & earlier) continue;
        masked[sample->n] = pd_trainer_masked(trainer, held);
        rules[sample->n] = held;
        memcpy(kept + sample->n * width, pd_pattern(patterns, i), width);
        counts[sample->n++] = patterns->counts[i];
    }
    return PADAN_OK;
}

static void mark_levels(const struct pd_trainer *trainer, const int8_t *pattern, bool *seen)
{
    for (size_t c = 0; c < trainer->n_comparisons; c++)
        if (pattern[c] >= 0) seen[pd_level_index(c, (size_t)pattern[c])] = true;
}

/* Levels that some pair of the rules is at. */
static void find_shown(const struct pd_trainer *trainer, bool *seen)
{
    for (size_t i = 0; i < trainer->em.n_samples; i++)
        for (size_t j = 0; j < trainer->evidence[i].n; j++)
            mark_levels(trainer, trainer->evidence[i].patterns + j * trainer->evidence[i].width, seen);
}

/* How many levels the pairs of the rules and the random ones are at. */
static void count_seen(struct pd_trainer *trainer, bool *seen)
{
    for (size_t i = 0; i < trainer->samples[0].n; i++) mark_levels(trainer, pd_pattern(&trainer->samples[0], i), seen);
    for (size_t c = 0; c < trainer->n_comparisons; c++)
        for (size_t i = 0; i < trainer->n_levels[c]; i++) trainer->n_seen[c] += seen[pd_level_index(c, i)];
}

/* A level that no pair is at (a column that the sources write differently is equal nowhere) holds no m: its part of the
 * start goes to the levels that are seen, and what related pairs may have in common is reckoned without it. */
static enum padan_status mind_unseen(struct pd_trainer *trainer, struct padan_error *error)
{
    bool *seen = NULL;
    PD_TRY(pd_arena_allocate(&trainer->arena, &seen, PD_TRAIN_TABLE * sizeof *seen, error));
    memset(seen, 0, PD_TRAIN_TABLE * sizeof *seen);
    find_shown(trainer, seen);
    for (size_t c = 0; c < trainer->n_comparisons; c++) {
        const size_t first = pd_level_index(c, 0);
        double of_seen = 0, of_others = 0;
        trainer->n_shown[c] = trainer->n_levels[c];
        while (trainer->n_shown[c] > 1 && !seen[first + trainer->n_shown[c] - 1]) trainer->n_shown[c]--;
        for (size_t i = 0; i < trainer->n_levels[c]; i++) {
            if (trainer->fixed_m[first + i]) continue;
            if (!seen[first + i]) of_others += trainer->m_start[first + i] * (1 - UNSEEN);
            if (seen[first + i]) of_seen += trainer->m_start[first + i];
        }
        for (size_t i = 0; of_seen > 0 && i < trainer->n_levels[c]; i++)
            if (!trainer->fixed_m[first + i])
                trainer->m_start[first + i] *= seen[first + i] ? 1 + of_others / of_seen : UNSEEN;
    }
    count_seen(trainer, seen);
    return PADAN_OK;
}

/* m starts and is held at what the labelled matches show: they say which class is the matches, better than any
 * start. */
static void start_from_labels(struct pd_trainer *trainer)
{
    for (size_t c = 0; c < trainer->n_comparisons; c++) {
        const size_t first = pd_level_index(c, 0);
        double counts[PD_LEVELS_MAX] = { 0 };
        double filled = 0, of_free = 1;
        for (size_t i = 0; i < trainer->labelled.n; i++) {
            const int8_t level = pd_pattern(&trainer->labelled, i)[c];
            if (level < 0 || trainer->fixed_m[first + (size_t)level]) continue;
            counts[level] += (double)trainer->labelled.counts[i];
            filled += (double)trainer->labelled.counts[i];
        }
        for (size_t i = 0; i < trainer->n_levels[c]; i++)
            of_free -= trainer->fixed_m[first + i] ? trainer->m_start[first + i] : 0;
        for (size_t i = 0; i < trainer->n_levels[c]; i++)
            if (!trainer->fixed_m[first + i])
                trainer->m_start[first + i] = (of_free * counts[i] + LABELS_FOR_START * trainer->m_start[first + i]) /
                                              (filled + LABELS_FOR_START);
    }
}

enum padan_status pd_trainer_evidence(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_patterns *labelled = &trainer->labelled;
    const bool has_labels = labelled->n > 0;
    size_t n = trainer->n_rules;
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->evidence, (n + 1) * sizeof *trainer->evidence, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->rule_masks, (n + 1) * sizeof *trainer->rule_masks, error));
    for (size_t i = 0; i < n; i++) trainer->rule_masks[i] = trainer->rules[i].told.masked;
    for (size_t i = 0; i < n; i++) PD_TRY(take_rule(trainer, i, &trainer->evidence[i], error));
    if (has_labels)
        trainer->evidence[n++] = (struct pd_em_sample){ .patterns = labelled->bytes,
                                                        .n = labelled->n,
                                                        .width = labelled->width,
                                                        .counts = labelled->counts,
                                                        .scale = trainer->labelled_scale,
                                                        .is_labels = true };
    trainer->em.samples = trainer->evidence;
    trainer->em.n_samples = n;
    trainer->em.has_labels = has_labels;
    trainer->em.rule_masks = trainer->rule_masks;
    trainer->em.n_rules = trainer->n_rules;
    trainer->em.n_shown = trainer->n_shown;
    if (has_labels) start_from_labels(trainer);
    return mind_unseen(trainer, error);
}
