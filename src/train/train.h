/* SPDX-License-Identifier: MIT
 * What training is told and what it answers (docs/training.md). The statistics live in this folder and know of neither
 * blocking nor comparing; src/training/trainer.h runs them over a table: pd_train(). */
#ifndef PD_TRAIN_TRAIN_H
#define PD_TRAIN_TRAIN_H

#include "base/arena.h"
#include "train/mixture.h"

enum { PD_TRAIN_STARTS = 10, PD_TRAIN_MIN_COUNT = 50 };

/* A labelled pair of records. */
struct pd_labelled_pair {
    uint32_t left, right;
    bool is_match;
};

/* Supervision; all empty = none. */
struct pd_train_labels {
    const uint32_t *entities; /* [n_records] number of the entity, 0 = not labelled; NULL = none */
    const struct pd_labelled_pair *pairs;
    size_t n_pairs;
    uint64_t n_rows, n_unknown; /* of the file of labels: rows, and those that name no record */
    uint64_t n_itself;          /* and those that pair a record with itself */
    double precision; /* > 0: thresholds of class otomatis are set so that it is reached, per pair of sources */
};

struct pd_train_options {
    uint64_t seed;
    uint64_t max_pairs;     /* random pairs for u, and pairs of one training rule; 0 = 1,000,000 */
    uint64_t max_all_pairs; /* up to so many pairs in scope, all are taken instead of a sample; 0 = max_pairs */
    size_t n_starts;        /* random starts of EM besides the first; 0 = PD_TRAIN_STARTS */
    int threads;
    const char *const *rules; /* training rules as conditions ("l.a = r.a"); none: chosen from the model's rules */
    size_t n_rules;
    struct pd_train_labels labels;
    bool left_by_id; /* the left row of a pair is that of linking/pair_order.h, as dedupe and link have it */
    /* The column a column was made from, for lineage (normalised columns); NULL or an answer of "" = itself. */
    struct pd_text (*origin)(const void *context, struct pd_text column);
    const void *origin_context;
    void (*message)(void *context, const char *sentence);
    void *message_context;
};

/* How a level's m and u were found. */
enum pd_train_source {
    PD_TRAINED_KEPT,      /* the model's own value stays (fixed there, or not identified) */
    PD_TRAINED_HISTOGRAM, /* u: from the value histogram */
    PD_TRAINED_SAMPLE,    /* u: from record pairs */
    PD_TRAINED_EM,        /* m */
    PD_TRAINED_LABELS,    /* m or u */
    PD_TRAINED_PRIOR      /* fewer than PD_TRAIN_MIN_COUNT: mostly the prior */
};

struct pd_trained_level {
    double m, u;
    double m_count, u_count; /* (expected) pairs behind the estimate */
    enum pd_train_source m_source, u_source;
};

struct pd_trained_comparison {
    struct pd_trained_level *levels;             /* [model's n_levels], in the model's order; unused for null levels */
    double missing_in_matches, missing_in_pairs; /* share of the null level */
    size_t n_rules;                              /* training rules that could estimate its m */
};

/* One training rule. */
struct pd_trained_rule {
    struct pd_text sql;
    uint64_t masked;    /* bit c: comparison c is derived from its columns, so it is neither used nor estimated */
    uint64_t n_pairs;   /* pairs that satisfy it */
    uint64_t n_counted; /* of them compared (a sample above max_pairs) */
    double n_matches;   /* expected among n_pairs */
    double recall;      /* share of all matches that satisfy it; NaN when no other rule can tell */
};

/* A pair of sources in scope (a <= b). Above PD_TRAIN_GROUPS_MAX of them two groups stand for all: inside and across;
 * then a and b are SIZE_MAX. */
struct pd_trained_group {
    size_t a, b;
    double n_pairs;   /* all record pairs in scope */
    double n_matches; /* expected */
    double lambda;
    bool calibrated;     /* the next three are set */
    double automatic;    /* threshold of class otomatis in bits */
    double precision;    /* reached on the labels at `automatic` */
    uint64_t n_labelled; /* labelled pairs at or above it */
};

struct pd_train_result {
    struct pd_arena arena;
    struct pd_trained_comparison *comparisons; /* [model's n_comparisons] */
    size_t n_comparisons;
    struct pd_trained_rule *rules;
    size_t n_rules;
    struct pd_trained_group *groups;
    size_t n_groups;
    double lambda;    /* all sources together */
    double n_matches; /* expected number of matching pairs in scope */
    double n_related; /* pairs of the rules that are related without being the same; 0: no such class was found */
    size_t n_iterations;
    double largest_change; /* of a probability in the last iteration */
    bool converged;
    bool is_idle;                    /* every comparison is at one level in all pairs */
    double log_likelihood;           /* bits, of the best start */
    size_t n_starts, n_starts_agree; /* random starts, and those that ended at the same optimum */
    struct pd_text *warnings;        /* sentences */
    size_t n_warnings, warnings_capacity;
};

void pd_train_result_reset(struct pd_train_result *result);
/* The report in words: convergence, rules, lambda per pair of sources, m, u and weights, warnings. */
void pd_train_report(const struct pd_train_result *result, const struct pd_model *model, struct pd_text const *sources,
                     size_t n_sources, struct pd_buffer *out);

#endif
