/* SPDX-License-Identifier: MIT
 * Rows that are as the model says: matches and pairs that have nothing to do with each other, and levels that are
 * independent among either. Then the likelihood knows which pairs are the matches, and everything that guards against
 * rows that are otherwise, the class of related pairs and the start that m is held to, only bends the estimate.
 *
 * Two comparisons are independent in a class when their table of levels is what its margins say. The pairs of a rule
 * are mixed of both classes: the matches have the margins that m says, the others those that are left. How far the
 * tables of all rules are from that is the deviance, which is about as large as the tables are free where all is well
 * (Wilks 1938), and many times that where members of a household are about, or columns predict each other. */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

/* Deviance for a degree of freedom that may be chance: rows are in several pairs, which chance alone would not do. */
static const double MOST_MISFIT = 3;
/* Pairs that a table needs. */
static const double LEAST_PAIRS = 10;
static const double SMALLEST = 1e-9;

/* Pairs of a rule by their levels in two comparisons. */
struct table {
    size_t n_rows, n_columns; /* levels */
    double n[PD_LEVELS_MAX][PD_LEVELS_MAX], of_row[PD_LEVELS_MAX], of_column[PD_LEVELS_MAX];
    double all, matches;
};

struct misfit {
    double deviance, freedom;
};

static void count_table(const struct pd_trainer *trainer, const struct pd_patterns *patterns, size_t a, size_t b,
                        struct table *table)
{
    *table = (struct table){ .n_rows = trainer->n_levels[a], .n_columns = trainer->n_levels[b] };
    for (size_t i = 0; i < patterns->n; i++) {
        const int8_t *pattern = pd_pattern(patterns, i);
        const double n = (double)patterns->counts[i];
        if (pattern[a] < 0 || pattern[b] < 0) continue;
        const size_t group = (size_t)pattern[trainer->n_comparisons + 1];
        table->n[pattern[a]][pattern[b]] += n;
        table->of_row[pattern[a]] += n;
        table->of_column[pattern[b]] += n;
        table->all += n;
        table->matches += n * pd_match_probability(pd_mixture_odds(trainer->state.bits, pattern, group, 0));
    }
}

/* Of the pairs that are no matches, the shares of levels: what the matches leave. */
static void share_others(const double *all, const double *m, double matches, size_t n, double *shares)
{
    double sum = SMALLEST;
    for (size_t i = 0; i < n; i++) sum += shares[i] = fmax(all[i] - matches * m[i], 0);
    for (size_t i = 0; i < n; i++) shares[i] /= sum;
}

static void add_table(const struct pd_trainer *trainer, size_t a, size_t b, const struct table *table,
                      struct misfit *misfit)
{
    const double *m_a = trainer->state.m + pd_level_index(a, 0), *m_b = trainer->state.m + pd_level_index(b, 0);
    const double n_cells = (double)(table->n_rows * table->n_columns);
    const double freedom = (double)((table->n_rows - 1) * (table->n_columns - 1)) / n_cells;
    double u_a[PD_LEVELS_MAX], u_b[PD_LEVELS_MAX];
    share_others(table->of_row, m_a, table->matches, table->n_rows, u_a);
    share_others(table->of_column, m_b, table->matches, table->n_columns, u_b);
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t j = 0; j < table->n_columns; j++) {
            const double seen = table->n[i][j];
            const double expected =
                table->matches * m_a[i] * m_b[j] + (table->all - table->matches) * u_a[i] * u_b[j] + SMALLEST;
            misfit->deviance += 2 * ((seen > 0 ? seen * log(seen / expected) : 0) - seen + expected);
            misfit->freedom += fmin(expected, 1) * freedom; /* a cell that is hardly met is not free either */
        }
}

/* What was made from a rule's columns is the same in all its pairs. */
static void add_rule(const struct pd_trainer *trainer, const struct pd_training_rule *rule, struct table *table,
                     struct misfit *misfit)
{
    for (size_t a = 0; a < trainer->n_comparisons; a++)
        for (size_t b = 0; b < a; b++) {
            if ((rule->told.masked >> a & 1) != 0 || (rule->told.masked >> b & 1) != 0) continue;
            count_table(trainer, &rule->patterns, a, b, table);
            if (table->all >= LEAST_PAIRS) add_table(trainer, a, b, table, misfit);
        }
}

static enum padan_status fits(struct pd_trainer *trainer, bool *fit, struct padan_error *error)
{
    struct table *table = NULL;
    struct misfit misfit = { 0, 0 };
    PD_TRY(pd_allocate(&table, 1, sizeof *table, error));
    pd_em_bits(&trainer->em, &trainer->state, NULL);
    for (size_t i = 0; i < trainer->n_rules; i++) add_rule(trainer, &trainer->rules[i], table, &misfit);
    pd_free(table);
    *fit = misfit.freedom >= 1 && misfit.deviance <= MOST_MISFIT * misfit.freedom;
    return PADAN_OK;
}

enum padan_status pd_trainer_try_plain(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_em *em = &trainer->em;
    const struct pd_em before = *em;
    struct pd_em_state kept = trainer->state;
    if (em->has_labels) return PADAN_OK; /* they say which pairs are the matches */
    em->with_related = false;
    em->settles = true;
    PD_TRY(pd_em_state_make(em, &trainer->state, error));
    pd_em_state_continue(em, &kept, &trainer->state);
    pd_em_run(em, &trainer->state);
    enum padan_status status = fits(trainer, &trainer->is_plain, error);
    if (trainer->is_plain) {
        pd_em_state_reset(&kept);
        pd_trainer_count_matches(trainer);
        trainer->result->n_related = 0;
        return PADAN_OK;
    }
    pd_em_state_reset(&trainer->state);
    trainer->state = kept;
    *em = before;
    return status;
}
