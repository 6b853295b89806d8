/* SPDX-License-Identifier: MIT
 * Candidate pairs one by one instead of counts of patterns, where the rules have so few pairs that all are taken. Two
 * things that patterns cannot say are known then: how common the value is that a pair agrees in, and which other pairs
 * its rows belong to. In a link of sources whose rows are unique a row has one match at most, so its candidates compete
 * (train/em.h), which keeps members of a household and namesakes out of m. */
#include "auto/uniqueness.h"
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

/* Pairs less likely than this, in bits, teach nothing. */
static const double CANDIDATE_BITS = -14;

bool pd_trainer_few_pairs(const struct pd_trainer *trainer)
{
    if (trainer->all_labelled) return false;
    for (size_t i = 0; i < trainer->n_rules; i++)
        if (trainer->rules[i].scale > 1) return false;
    return trainer->n_rules > 0;
}

/* --- candidates --- */

/* All pairs of the rules in use. */
static enum padan_status find_pairs(struct pd_trainer *trainer, struct pd_edges *edges, struct padan_error *error)
{
    struct pd_model used = trainer->training;
    struct pd_linker linker;
    PD_TRY(pd_arena_allocate(&trainer->arena, &used.rules, (trainer->n_rules + 1) * sizeof *used.rules, error));
    for (size_t i = 0; i < trainer->n_rules; i++) used.rules[i] = trainer->training.rules[trainer->rules[i].pass];
    used.n_rules = trainer->n_rules;
    PD_TRY(pd_trainer_make_linker(trainer, &used, &linker, error));
    const enum padan_status status = pd_linker_run(&linker, trainer->scope, INT64_MIN, edges, error);
    pd_linker_reset(&linker);
    return status;
}

/* Bits that the frequencies of a pair's values give: minus log2 of the frequency, where a level uses it. */
static double frequency_bits(const struct pd_trainer *trainer, const struct pd_edge *edge, const int8_t *gammas)
{
    double bits = 0;
    for (size_t c = 0; c < trainer->n_comparisons; c++) {
        const struct pd_comparison *comparison = &trainer->model->comparisons[c];
        if (gammas[c] < 0 || !trainer->by_frequency[pd_level_index(c, (size_t)gammas[c])]) continue;
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            if (level->is_null_level || level->gamma != gammas[c]) continue;
            const pd_weight with = pd_plan_level_weight(&trainer->linker.plan, c, gammas[c], edge->left, edge->right);
            bits += pd_weight_to_double(with - level->weight) - log2(level->u);
        }
    }
    return bits;
}

/* Levels that weigh by nothing but how common the value is that both rows have. */
static void find_frequencies(struct pd_trainer *trainer)
{
    for (size_t c = 0; c < trainer->n_comparisons; c++)
        for (size_t i = 0; i < trainer->model->comparisons[c].n_levels; i++) {
            const struct pd_level *level = &trainer->model->comparisons[c].levels[i];
            if (level->is_null_level || level->tf_column.length == 0 || level->tf_weight != 1) continue;
            if (level->gamma != trainer->exact_gamma[c]) continue;
            trainer->by_frequency[pd_level_index(c, (size_t)level->gamma)] = true;
        }
}

/* Takes the pair when it is not hopeless. */
static void take(struct pd_trainer *trainer, const struct pd_edge *edge, const int8_t *gammas)
{
    struct pd_one_by_one *kept = &trainer->one_by_one;
    struct pd_em_sample *sample = &trainer->evidence[0];
    int8_t *pattern = kept->patterns + sample->n * sample->width;
    memcpy(pattern, gammas, trainer->n_comparisons);
    pd_trainer_mark_rules(trainer, 0, (struct pd_pair){ edge->left, edge->right }, pattern);
    kept->extra[sample->n] = frequency_bits(trainer, edge, gammas);
    const struct pd_pair_odds odds = pd_mixture_odds(
        trainer->state.bits, pattern, (size_t)pattern[trainer->n_comparisons + 1], kept->extra[sample->n]);
    if (odds.weight < CANDIDATE_BITS && pattern[trainer->n_comparisons] != 1) return;
    kept->rules[sample->n] = pd_trainer_rules_of(trainer, pattern);
    kept->masked[sample->n] = pd_trainer_masked(trainer, kept->rules[sample->n]);
    kept->edges.edges[sample->n++] = *edge;
}

/* Weights with no fewer matches than usual: where few were found, those missed must be taken all the same. */
static void weigh_generously(struct pd_trainer *trainer)
{
    pd_em_bits(&trainer->em, &trainer->state, trainer->by_frequency);
    for (size_t i = 0; i < trainer->n_groups; i++)
        trainer->state.bits->lambda[i] = fmax(trainer->state.bits->lambda[i], log2(pd_trainer_usual_lambda(trainer)));
}

static enum padan_status take_all(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_one_by_one *kept = &trainer->one_by_one;
    const size_t n = kept->edges.n_edges + 1;
    const size_t width = trainer->n_comparisons + 2 + trainer->training.n_rules;
    PD_TRY(pd_allocate_array(&kept->patterns, n, width, error));
    PD_TRY(pd_allocate_array(&kept->masked, n, sizeof *kept->masked, error));
    PD_TRY(pd_allocate_array(&kept->rules, n, sizeof *kept->rules, error));
    PD_TRY(pd_allocate_array(&kept->extra, n, sizeof *kept->extra, error));
    if (trainer->em.has_labels) trainer->evidence[1] = trainer->evidence[trainer->em.n_samples - 1];
    trainer->evidence[0] = (struct pd_em_sample){ .patterns = kept->patterns,
                                                  .width = width,
                                                  .masked = kept->masked,
                                                  .rules = kept->rules,
                                                  .extra = kept->extra,
                                                  .scale = 1 };
    trainer->em.by_frequency = trainer->by_frequency;
    weigh_generously(trainer);
    for (size_t i = 0; i < kept->edges.n_edges; i++)
        take(trainer, &kept->edges.edges[i], kept->edges.gammas + i * trainer->n_comparisons);
    trainer->em.n_samples = 1 + trainer->em.has_labels;
    return PADAN_OK;
}

/* --- rows that compete --- */

static bool only_across(const struct pd_trainer *trainer)
{
    const size_t n = trainer->scope->n_sources;
    for (size_t i = 0; i < n; i++)
        if (trainer->scope->matrix[i * n + i] != PD_SCOPE_NEVER) return false;
    return true;
}

static double score_any(void *context, uint32_t left, uint32_t right)
{
    const struct pd_trainer *trainer = context;
    int8_t gammas[PD_COMPARISONS_MAX];
    pd_weight weight = 0;
    const struct pd_pair pair = pd_linker_pair(&trainer->linker, left, right);
    (void)pd_plan_score(&trainer->linker.plan, trainer->linker.workers, pair.left, pair.right, INT64_MIN, gammas,
                        &weight);
    const struct pd_edge edge = { .left = pair.left, .right = pair.right };
    return pd_mixture_odds(trainer->state.bits, gammas, 0, frequency_bits(trainer, &edge, gammas)).weight;
}

/* Whether rows have several matches in another source, as EM stands. */
static enum padan_status look_for_repeats(struct pd_trainer *trainer, bool *several, struct padan_error *error)
{
    struct pd_uniqueness uniqueness;
    bool *best = NULL;
    PD_TRY(pd_allocate(&best, trainer->evidence[0].n + 1, sizeof *best, error));
    const enum padan_status status =
        pd_auto_uniqueness(&trainer->em.rivals.of, trainer->state.weights, trainer->evidence[0].n, score_any, trainer,
                           &uniqueness, best, error);
    pd_free(best);
    *several = status == PADAN_OK && uniqueness.several;
    return status;
}

/* Estimates with the shares that patterns gave; from the start of m, unless it has settled. */
static enum padan_status estimate_again(struct pd_trainer *trainer, const struct pd_em_state *from,
                                        struct padan_error *error)
{
    pd_em_state_reset(&trainer->state);
    PD_TRY(pd_em_state_make(&trainer->em, &trainer->state, error));
    pd_em_state_continue(&trainer->em, from, &trainer->state);
    if (!trainer->em.settles) memcpy(trainer->state.m, trainer->m_start, PD_TRAIN_TABLE * sizeof *trainer->m_start);
    return pd_trainer_run_em(trainer, error);
}

/* As rows that compete; false in *done when rows have several matches in another source. */
static enum padan_status try_rivals(struct pd_trainer *trainer, const struct pd_em_state *from, bool *done,
                                    struct padan_error *error)
{
    const struct pd_table *table = trainer->table;
    const struct pd_em before = trainer->em;
    double *n_rows = NULL;
    bool several = false;
    PD_TRY(pd_arena_allocate(&trainer->arena, &n_rows, (table->n_sources + 1) * sizeof *n_rows, error));
    for (size_t i = 0; i < table->n_sources; i++) n_rows[i] = (double)(table->sources[i].end - table->sources[i].begin);
    /* Competition parts relatives from matches, but not those that have no match; where they are many, both do. */
    trainer->em.with_related = from->n_related > from->n_matches;
    trainer->em.settles = trainer->em.is_matching = trainer->is_plain;
    trainer->em.rivals.of = (struct pd_rivals){ trainer->one_by_one.edges.edges, table->source_of, table->n_records,
                                                table->n_sources, n_rows };
    PD_TRY(estimate_again(trainer, from, error));
    PD_TRY(look_for_repeats(trainer, &several, error));
    *done = !several;
    if (several) trainer->em = before;
    return PADAN_OK;
}

static enum padan_status estimate(struct pd_trainer *trainer, const struct pd_em_state *from, struct padan_error *error)
{
    bool done = false;
    if (only_across(trainer)) PD_TRY(try_rivals(trainer, from, &done, error));
    return done ? PADAN_OK : estimate_again(trainer, from, error);
}

enum padan_status pd_trainer_one_by_one(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_em_state from;
    find_frequencies(trainer);
    PD_TRY(find_pairs(trainer, &trainer->one_by_one.edges, error));
    PD_TRY(take_all(trainer, error));
    from = trainer->state;
    trainer->state = (struct pd_em_state){ 0 };
    const enum padan_status status = estimate(trainer, &from, error);
    pd_em_state_reset(&from);
    return status;
}

void pd_trainer_one_by_one_reset(struct pd_one_by_one *kept)
{
    pd_edges_reset(&kept->edges);
    pd_free(kept->patterns);
    pd_free(kept->masked);
    pd_free(kept->rules);
    pd_free(kept->extra);
}
