/* SPDX-License-Identifier: MIT
 * What the parts of training share (trainer.c, train_*.c). */
#ifndef PD_TRAINING_TRAINER_STATE_H
#define PD_TRAINING_TRAINER_STATE_H

#include "linking/linker.h"
#include "train/em.h"
#include "train/label_threshold.h"
#include "train/lineage.h"
#include "train/patterns.h"
#include "train/pool.h"
#include "train/rates.h"
#include "train/stratum.h"
#include "train/train.h"

/* One training rule while it is used; pd_trained_rule has what is told of it. */
struct pd_training_rule {
    struct pd_patterns patterns;
    struct pd_trained_rule told;
    size_t pass;    /* index in linker.passes */
    bool automatic; /* made from a comparison, not asked for */
    double scale;   /* pairs that a counted pair stands for */
};

/* Candidates one by one (one_by_one.c). */
struct pd_one_by_one {
    struct pd_edges edges;
    int8_t *patterns;
    uint64_t *masked, *rules;
    double *extra;
};

/* Labelled pairs as keys to look up. */
struct pd_label_index {
    struct pd_key *keys; /* [n] ascending: hash = smaller record << 32 | other, record = is a match */
    size_t n;
};

/* Labelled pairs and others as a model weighs them (labelled_model.c). */
struct pd_label_survey {
    struct pd_weighed_label *labels; /* in the order of the labels */
    double *weights;                 /* [n] of the pairs that may be linked, heaviest first, with has_pairs */
    size_t n, n_unreached;           /* n_unreached: labelled matches that no rule brings together */
    struct pd_label_total total;
    bool has_pairs;
};

/* The model as it came, where it may stay. */
struct pd_came {
    bool known;
    struct pd_model model;   /* its lambda, thresholds and pairs of sources */
    struct pd_level *levels; /* of its comparisons, one after the other */
    struct pd_label_survey survey;
};

struct pd_trainer {
    struct pd_table *table;
    struct pd_model *model; /* the caller's: written at the end */
    const struct pd_scope *scope;
    const struct pd_train_options *options;
    struct pd_train_result *result;
    int threads;
    uint64_t max_pairs;
    struct pd_arena arena;
    struct pd_model training; /* the model with the training rules instead of its own; shares everything else */
    struct pd_linker linker;  /* of `training` */
    size_t n_comparisons;
    size_t n_levels[PD_COMPARISONS_MAX];
    size_t n_seen[PD_COMPARISONS_MAX];  /* levels that some pair is at, of the rules or at random */
    size_t n_shown[PD_COMPARISONS_MAX]; /* levels up to the highest that some pair of the rules is at */
    struct pd_training_rule *rules;     /* [n_rules] those in use */
    size_t n_rules;
    uint64_t disjoint[PD_RULES_MAX]; /* bit s of [r]: rules r and s go back to different columns */
    size_t *group_of;                /* [n_sources * n_sources] */
    size_t n_groups;
    struct pd_strata strata[PD_COMPARISONS_MAX];
    bool stratified[PD_COMPARISONS_MAX];
    int exact_gamma[PD_COMPARISONS_MAX];
    struct pd_patterns *samples; /* [n_samples] the even sample first */
    struct pd_rate_sample *rate_samples;
    size_t n_samples;
    struct pd_label_index labels;
    struct pd_patterns labelled; /* labelled matches */
    double labelled_scale;       /* matches that a counted one stands for */
    bool all_labelled;           /* every record is: the number of matches is known */
    uint64_t *rule_masks;
    struct pd_em_sample *evidence; /* of rules, then the labelled matches when there are any */
    struct pd_one_by_one one_by_one;
    struct pd_came came;
    struct pd_label_survey survey;     /* of the model as it stands, with labelled pairs */
    bool by_frequency[PD_TRAIN_TABLE]; /* levels that are weighed by the frequency of the value */
    struct pd_em em;
    struct pd_em_state state;
    bool is_plain;                        /* plain.c: the rows are as the model says */
    double *u_start, *u_counts, *m_start; /* by pd_level_index */
    bool *fixed_m, *fixed_u;
    double *n_pairs;                    /* [n_groups] in scope */
    double *held;                       /* matches.c */
    double missing[PD_COMPARISONS_MAX]; /* share of all pairs that lack a value */
};

/* Adds a sentence to the warnings of the result. */
PADAN_MUST_CHECK enum padan_status pd_trainer_warn(struct pd_trainer *trainer, struct padan_error *error,
                                                   const char *format, ...) __attribute__((format(printf, 3, 4)));

/* rules.c: a linker of a model, whose pairs are left and right as the options say. */
PADAN_MUST_CHECK enum padan_status pd_trainer_make_linker(const struct pd_trainer *trainer, struct pd_model *model,
                                                          struct pd_linker *linker, struct padan_error *error);
/* rules.c: chooses the training rules and makes the linker with them. */
PADAN_MUST_CHECK enum padan_status pd_trainer_rules(struct pd_trainer *trainer, struct padan_error *error);
/* rules.c: counts the patterns of the rules; drops those that cannot be used; masks and lineage. */
PADAN_MUST_CHECK enum padan_status pd_trainer_count_rules(struct pd_trainer *trainer, struct padan_error *error);
/* Label, group and the rules that hold, after the levels of a pattern. */
void pd_trainer_mark_rules(const struct pd_trainer *trainer, int worker, struct pd_pair pair, int8_t *pattern);
/* sample.c: groups of sources; counts the patterns of the even sample and the strata. */
PADAN_MUST_CHECK enum padan_status pd_trainer_groups(struct pd_trainer *trainer, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_trainer_sample(struct pd_trainer *trainer, struct padan_error *error);
/* labels.c: makes labels ready to look up, and counts the labelled matches. */
PADAN_MUST_CHECK enum padan_status pd_trainer_labels(struct pd_trainer *trainer, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_trainer_count_labels(struct pd_trainer *trainer, struct padan_error *error);
/* -1 not labelled, 0 no match, 1 match. */
int8_t pd_trainer_label(const struct pd_trainer *trainer, uint32_t left, uint32_t right);
/* evidence.c: what EM sees of the rules and labels. */
PADAN_MUST_CHECK enum padan_status pd_trainer_evidence(struct pd_trainer *trainer, struct padan_error *error);
/* Rules in use that hold for a pattern, a bit each, and comparisons that all of some rules are made from. */
uint64_t pd_trainer_rules_of(const struct pd_trainer *trainer, const int8_t *pattern);
uint64_t pd_trainer_masked(const struct pd_trainer *trainer, uint64_t rules);
/* one_by_one.c: no rule was sampled, and not every row is labelled; then estimates once more from the pairs
 * themselves. */
bool pd_trainer_few_pairs(const struct pd_trainer *trainer);
PADAN_MUST_CHECK enum padan_status pd_trainer_one_by_one(struct pd_trainer *trainer, struct padan_error *error);
void pd_trainer_one_by_one_reset(struct pd_one_by_one *kept);
/* matches.c: matches and lambda of every group, and recall of the rules, as EM stands. */
PADAN_MUST_CHECK enum padan_status pd_trainer_matches_make(struct pd_trainer *trainer, struct padan_error *error);
void pd_trainer_count_matches(struct pd_trainer *trainer);
/* estimate.c: m, u, lambda from the counts. */
PADAN_MUST_CHECK enum padan_status pd_trainer_estimate(struct pd_trainer *trainer, struct padan_error *error);
double pd_trainer_usual_lambda(const struct pd_trainer *trainer); /* one match in a few rows */
PADAN_MUST_CHECK enum padan_status pd_trainer_run_em(struct pd_trainer *trainer, struct padan_error *error);
/* plain.c: estimates without related pairs, m not held, and keeps that where the rows are so. */
PADAN_MUST_CHECK enum padan_status pd_trainer_try_plain(struct pd_trainer *trainer, struct padan_error *error);
/* part_related.c: a threshold above pairs that are related, where they have a class of their own. */
PADAN_MUST_CHECK enum padan_status pd_trainer_part_related(struct pd_trainer *trainer, struct padan_error *error);
/* threshold.c: thresholds from labels, with the trained model. */
PADAN_MUST_CHECK enum padan_status pd_trainer_thresholds(struct pd_trainer *trainer, struct padan_error *error);
/* labelled_model.c: keeps the model as it came, to be called before it is written; takes it back where the labelled
 * pairs do not say that the trained one is better; and the threshold that they say is best, where no precision is asked
 * for. */
PADAN_MUST_CHECK enum padan_status pd_trainer_remember(struct pd_trainer *trainer, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_trainer_prefer(struct pd_trainer *trainer, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_trainer_threshold_of_labels(struct pd_trainer *trainer,
                                                                  struct padan_error *error);

static inline size_t pd_trainer_group(const struct pd_trainer *trainer, uint32_t left, uint32_t right)
{
    const size_t a = pd_table_source(trainer->table, left);
    return trainer->group_of[a * trainer->table->n_sources + pd_table_source(trainer->table, right)];
}

#endif
