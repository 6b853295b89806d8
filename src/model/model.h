/* SPDX-License-Identifier: MIT
 * A linkage model: blocking rules, comparisons with their levels, m and u, lambda, thresholds and decisions. Read from
 * JSON with Splink's keys (v4 and v5) or from YAML with the same keys; keys of our own start with "padan_".
 *
 * Weights are exact: int64 fixed point, PD_WEIGHT_ONE = one bit (log2 unit). Once made from m and u they are only
 * added, so no order of summing, no laziness and no thread count can move an edge. */
#ifndef PD_MODEL_MODEL_H
#define PD_MODEL_MODEL_H

#include "expression/expression.h"

#define PD_WEIGHT_ONE (INT64_C(1) << 32)

typedef int64_t pd_weight; /* 2^-32 bits */

enum { PD_LEVELS_MAX = 32, PD_COMPARISONS_MAX = 64, PD_RULES_MAX = 64 };

enum pd_link_type { PD_DEDUPE_ONLY, PD_LINK_ONLY, PD_LINK_AND_DEDUPE };

struct pd_level {
    struct pd_text sql; /* as written; "ELSE" */
    struct pd_text label;
    struct pd_expression *condition; /* NULL for ELSE */
    bool is_null_level;              /* weight 0, gamma -1 */
    int gamma;                       /* -1 for null, else n-1 .. 0 from the top: Splink's numbering */
    double m, u;                     /* probabilities after defaults and clamping; unused for the null level */
    bool has_m, has_u, fix_m, fix_u;
    pd_weight weight;         /* log2(m/u) */
    struct pd_text tf_column; /* "" when none */
    double tf_weight;         /* tf_adjustment_weight, 1 by default */
    double tf_minimum_u;
    bool tf_disable_exact_match_detection;
};

struct pd_comparison {
    struct pd_text name;        /* output_column_name as written */
    struct pd_text column_name; /* usable in gamma_<...>: blanks and signs as '_' */
    struct pd_text description;
    size_t n_levels;
    struct pd_level *levels;
    bool is_absent; /* no file has any of its columns, which are optional: it is missing of every pair */
};

/* padan_words: the words of some texts of a row that few rows have, under the name of an array to explode. */
struct pd_rule_words {
    struct pd_text name;
    struct pd_expression **texts; /* one-row mode */
    size_t n_texts;
    uint32_t most_rows; /* a word that more rows have is left out */
};

struct pd_blocking_rule {
    struct pd_text sql;
    struct pd_expression *condition;
    struct pd_text *explode; /* arrays_to_explode */
    size_t n_explode;
    struct pd_rule_words words; /* n_texts 0: none */
    /* padan_refine: further key expressions (one-row mode), tried in order when a block has too many pairs. */
    struct pd_expression **refine;
    size_t n_refine;
    uint64_t max_pairs; /* padan_max_pairs: per block; 0 = the model's */
};
/* The rule is over elements, of arrays or words, of which a row has any number. */
static inline bool pd_rule_explodes(const struct pd_blocking_rule *rule)
{
    return rule->n_explode > 0 || rule->words.n_texts > 0;
}

enum pd_class { PD_CLASS_NONE, PD_CLASS_REVIEW, PD_CLASS_AUTOMATIC }; /* tidak_padan, tinjau, otomatis */

/* The first decision whose condition is true sets the class of a pair: at most `class` (it lowers), or, when `certify`,
 * exactly `class`. Conditions (one-row mode) read gamma_<comparison>, match_weight, match_probability, margin (bits to
 * the second candidate), n_candidates and the flags the caller offers. */
struct pd_decision {
    struct pd_text id;
    struct pd_text sql;
    struct pd_expression *condition;
    enum pd_class class;
    bool certify;
};

/* How pairs of class automatic become clusters (padan_clusters). */
enum pd_clustering {
    PD_CLUSTER_COMPONENTS, /* "components": whatever is linked by a chain of pairs */
    PD_CLUSTER_GROUPS,     /* "groups": two clusters join when their pairs agree on the whole */
    PD_CLUSTER_ONE_TO_ONE, /* "one_to_one": a row is linked to one row of another source at most, the best first */
    PD_CLUSTER_PAIRS,      /* "pairs": clusters of two rows at most, the best first */
    PD_CLUSTER_BEST_LINK,  /* "best_link": each row follows its strongest pair alone */
    PD_CLUSTER_MUTUAL      /* "mutual": one to one, and only pairs that are the best of both their rows */
};

/* What is computed for a column: with padan_tf the frequency of its values, e.g. nama: name_frequency(nama), with
 * padan_derived_columns the values themselves. */
struct pd_column_expression {
    struct pd_text column;
    struct pd_expression *expression;
};

/* padan_source_pairs: what holds for one pair of sources (or inside one) instead of the whole. */
struct pd_source_pair {
    struct pd_text left, right; /* names of sources */
    double lambda;
    pd_weight prior;
    double automatic; /* threshold of class otomatis in bits */
    bool has_automatic;
};

/* padan_columns: {"dob": "tgl_lahir"}: a column that some sources call otherwise; it is read into the other one. */
struct pd_column_alias {
    struct pd_text from, into;
};

enum { PD_JOINED_MAX = 6 };

/* padan_joined_columns: what some sources have in several columns and others in one. */
struct pd_joined_columns {
    struct pd_text into, columns[PD_JOINED_MAX], between;
    size_t n_columns;
};

enum { PD_HOUSEHOLD_COLUMNS_MAX = 4 };

/* padan_household_members: rows of a source with equal values in these columns are a household, and that its other
 * members are found again in another source's household tells that a pair is one person (model/household_members.h). */
struct pd_household_members {
    struct pd_text columns[PD_HOUSEHOLD_COLUMNS_MAX];
    size_t n_columns;   /* 0: the model does not ask for it */
    double least;       /* pairs below this weight are no evidence */
    double apart;       /* share of members that are not in the other household */
    double odds;        /* of two rows of such households, neither with another match, that they are one */
    const double *bits; /* [n_comparisons * (PD_LEVELS_MAX + 1)] what a level tells of them, by gamma + 1 */
};

struct pd_model {
    struct pd_arena arena;
    struct pd_text name; /* the file's where it has none */
    bool has_name;
    bool has_own_keys; /* it was read with keys that start with "padan_", which Splink refuses */
    enum pd_link_type link_type;
    double lambda;             /* probability_two_random_records_match */
    double matches_per_record; /* padan_matches_per_record: lambda follows from the number of records; 0: it does not */
    pd_weight prior;           /* log2(lambda / (1 - lambda)) */
    struct pd_text unique_id_column;
    struct pd_text source_column;
    struct pd_column_alias *aliases;
    size_t n_aliases;
    struct pd_column_expression *derived; /* padan_derived_columns: {column: expression}, one-row mode */
    size_t n_derived;
    struct pd_text *dates; /* [n_dates] padan_dates: columns whose order of day and month is decided by file */
    size_t n_dates;
    bool made_from_rows;   /* padan_made_from_rows: without configuration, from such rows as it links */
    bool columns_as_texts; /* padan_columns_as_texts: types of a table's columns are not applied */
    bool optional_columns; /* padan_optional_columns: those that no file has are without any value */
    struct pd_joined_columns *joined;
    size_t n_joined;
    size_t n_rules;
    struct pd_blocking_rule *rules;
    size_t n_comparisons;
    struct pd_comparison *comparisons;
    bool tf_from_input; /* frequencies counted on the input (Splink) instead of the bundle's tables */
    struct pd_column_expression *tf_expressions; /* padan_tf: {column: expression} of the bundle, one-row mode */
    size_t n_tf_expressions;
    struct pd_text tf_file;   /* padan_tf_file: {path, sha256} of the model's own frequencies; "" when it has none */
    struct pd_text tf_sha256; /* model/frequencies.h */
    const struct pd_frequencies *frequencies; /* those of own_frequencies, or lent by a caller; NULL: none */
    struct pd_frequencies *own_frequencies;   /* NULL until pd_model_load_frequencies */
    double review_weight;                     /* padan_thresholds: {review: w, automatic: w}, log2 units */
    double automatic_weight;
    bool has_thresholds;
    /* padan_unlinked: {review: w, first_rules: n, without_register: v, blocking_rules: [...]}. Rows that have no
     * automatic link to the register are looked for once more, by further rules too, and their pairs are kept for
     * review from this lower weight on. Where that second look follows, the first one is by the first n of the model's
     * rules alone. Without a register there is no second look; the strongest pairs of a row are kept from v on. */
    double unlinked_weight;         /* review_weight where the model does not say */
    double without_register_weight; /* likewise */
    size_t n_first_rules;           /* n_rules where the model does not say */
    size_t n_unlinked_rules;
    struct pd_blocking_rule *unlinked_rules;
    size_t n_source_pairs;
    struct pd_source_pair *source_pairs;
    enum pd_clustering clustering;
    uint64_t max_pairs_per_block;
    size_t n_decisions;
    struct pd_decision *decisions;
    double household_bits; /* padan_household_bits: what a review pair gains when the row's family lives with the other
                              row's */
    struct pd_household_members members;
    bool unguarded;      /* padan_guard: false; clusters may hold two people of the register */
    bool cleans_columns; /* padan_normalise "indonesia": as those of Indonesian registers; else they are as they are */
    struct pd_text *notes; /* what was accepted but ignored, in words, for the log */
    size_t n_notes;
};

/* A file of a model has at most so many bytes. */
enum { PD_MODEL_BYTES_MAX = 64 << 20 };

/* Reads a model. name is used in messages. BAD_ARGUMENT / UNSUPPORTED with file, comparison or rule, and text. */
PADAN_MUST_CHECK enum padan_status pd_model_read(struct pd_model *model, struct pd_text content, const char *name,
                                                 const struct pd_function_set *functions, struct padan_error *error);
void pd_model_reset(struct pd_model *model);
/* The model as Splink JSON, loadable by pd_model_read (and by Splink where only shared functions are used: what only
 * padan knows of a model without keys of our own is in a description, model/own_keys.h). */
void pd_model_write(const struct pd_model *model, struct pd_buffer *out);

/* "dedupe_only", "link_only" and "link_and_dedupe"; false for another name. */
bool pd_link_type_parse(struct pd_text text, enum pd_link_type *type);
const char *pd_link_type_name(enum pd_link_type type);
/* The ways of clustering by the names above; false for another name. */
bool pd_clustering_parse(struct pd_text text, enum pd_clustering *clustering);
const char *pd_clustering_name(enum pd_clustering clustering);
/* "tidak_padan", "tinjau" and "otomatis"; false for another name. */
bool pd_decision_class_parse(struct pd_text text, enum pd_class *class);
const char *pd_decision_class_name(enum pd_class class);

/* round(log2(x) * 2^32) for x > 0. */
pd_weight pd_weight_of_ratio(double ratio);
/* round(bits * 2^32); beyond a million bits either way, a million. */
pd_weight pd_weight_of_bits(double bits);
/* 2^w / (1 + 2^w) of a weight that includes the prior. */
double pd_probability_of_weight(pd_weight weight);
/* The same with nine decimals. */
void pd_append_probability(struct pd_buffer *out, pd_weight weight);
/* The same at a place with PD_NUMBER_ROOM bytes (base/digits.h); returns where it ends. */
char *pd_put_probability(char *to, pd_weight weight);
static inline double pd_weight_to_double(pd_weight weight)
{
    return (double)weight / (double)PD_WEIGHT_ONE;
}

#endif
