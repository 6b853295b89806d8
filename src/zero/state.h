/* SPDX-License-Identifier: MIT
 * What zero configuration holds while it makes a model, and the words of it that go to decisions.txt. */
#ifndef PD_ZERO_STATE_H
#define PD_ZERO_STATE_H

#include "auto/comparisons.h"
#include "auto/inside.h"
#include "auto/rules.h"
#include "auto/same_columns.h"
#include "auto/threshold.h"
#include "auto/uniqueness.h"
#include "linking/level_store.h"
#include "train/candidates.h"
#include "zero/zero.h"

enum { PD_ZERO_SETS_MAX = PD_COMPARISONS_MAX + 1 };

struct pd_zero_pairs {
    struct pd_pair *list;
    size_t n;
};

/* Pairs with their levels (zero/levels.c), and the text that they follow from: whole comparisons, then whether
 * the parents that some were split by agree. */
struct pd_zero_levels {
    struct pd_level_store store;
    struct pd_buffer source; /* empty: nothing is kept */
    size_t n_whole;
    size_t parents[PD_COMPARISONS_MAX]; /* profiles */
    size_t n_parents;
};
/* Pairs of the rules and drawn ones, of two scopes. */
enum { PD_ZERO_STORES = 4 };

struct pd_zero {
    const struct pd_zero_options *options;
    struct pd_auto_data data;
    struct pd_arena arena;
    struct pd_profiles profiles;
    struct pd_same_columns same;      /* of profiles: what sources call differently */
    struct pd_joined_columns *joined; /* what one source has in several columns, by name; in the arena */
    size_t n_joined;
    struct pd_auto_comparisons comparisons;
    struct pd_auto_rules rules;
    struct pd_model *model;
    struct pd_linker linker;
    uint8_t *scope; /* matrix */
    double all_pairs;
    /* pairs for u: set 0 random, set i + 1 of pairs equal in profile i, when it is a parent */
    struct pd_levelled_pairs sets[PD_ZERO_SETS_MAX];
    size_t n_sets; /* 0: not made yet, for the model as it is */
    size_t set_of[PD_COMPARISONS_MAX];
    struct pd_zero_pairs random_pairs;
    /* candidates */
    struct pd_zero_levels levels[PD_ZERO_STORES]; /* the latest first */
    struct pd_edges edges;
    double *extra;
    struct pd_equal_pairs *equal;
    double (*start)[PD_GAMMAS];
    struct pd_telling telling[PD_COMPARISONS_MAX]; /* by comparison */
    struct pd_estimate estimate;
    struct pd_estimate_start before; /* related.lambda 0: none */
    struct pd_uniqueness uniqueness;
    bool repeats;         /* in a link: rows have several matches in another source, and do not compete for them */
    bool by_row;          /* all texts of a row are compared together, not column by column */
    bool pairwise;        /* in one file: a row has one match at most, and its candidates compete */
    bool relatives;       /* in a link: rows without a match may have relatives in the other source */
    bool households;      /* related pairs may have more than half in common (model/related.h) */
    bool few_tell_little; /* training begins with columns of few values as likely to differ in matches as not */
    struct pd_auto_threshold threshold;
    struct pd_inside inside; /* n_links 0: not looked at, or no measure */
    struct pd_buffer *said;
};

/* The pairs that data says are compared: their scope, their number, some of them drawn, which columns are of use for
 * them, and whether all texts of a row are to be compared together. */
PADAN_MUST_CHECK enum padan_status pd_zero_set_scope(struct pd_zero *zero, struct padan_error *error);
/* Pairs drawn at random from a scope that has n_in_scope pairs, all of them when they are few. In the arena. */
PADAN_MUST_CHECK enum padan_status pd_zero_draw(struct pd_zero *zero, const uint8_t *scope, double n_in_scope,
                                                struct pd_zero_pairs *drawn, struct padan_error *error);
/* All levels of pairs, in the arena; the linker must be made. */
PADAN_MUST_CHECK enum padan_status pd_zero_level(struct pd_zero *zero, const struct pd_pair *pairs, size_t n_pairs,
                                                 struct pd_levelled_pairs *out, struct padan_error *error);
/* Levels of drawn pairs that are equal in a column. */
PADAN_MUST_CHECK enum padan_status pd_zero_level_equal(struct pd_zero *zero, size_t profile,
                                                       struct pd_levelled_pairs *out, struct padan_error *error);
/* Bits that the frequencies of a pair's values give: minus log2 of the frequency, where a level uses it. */
double pd_zero_frequency_bits(const struct pd_zero *zero, const int8_t *gammas, uint32_t left, uint32_t right);
/* Makes the linker for the model as it is. */
PADAN_MUST_CHECK enum padan_status pd_zero_remake_linker(struct pd_zero *zero, struct padan_error *error);
/* What a column says of the expected matches, and of the pairs that all other columns take for matches: how many it
 * speaks of, and in how many of these its values are different. Of the latter, where two columns are compared, less
 * what chance makes of the pairs that the other one leaves open. */
struct pd_zero_agreement {
    double matches, unlike; /* unlike: different, and names of several words that share one */
    double matches_by_others, differ_by_others;
};
/* Columns that are compared; the two halves of a split are of one. */
size_t pd_zero_count_columns(const struct pd_zero *zero);
/* By comparison; of the two halves of a split the first has both. Leaves a linker for the model as it is. */
PADAN_MUST_CHECK enum padan_status pd_zero_agreements(struct pd_zero *zero, struct pd_zero_agreement *out,
                                                      struct padan_error *error);
/* Why what training has found inside a source are no matches: families differ in a name or a date; goods of one series
 * and articles of one author are alike in one column or another, and rows of one series may be equal in all. */
enum pd_doubt { PD_DOUBT_NONE, PD_DOUBT_FAMILIES, PD_DOUBT_SERIES };
struct pd_zero_doubt {
    enum pd_doubt kind;
    size_t profile;    /* of the column in which families differ */
    bool alike;        /* of families: their names in that column are alike, and hardly ever equal */
    bool hardly_equal; /* of a series: its rows are hardly ever equal in anything */
};
/* Looks whether training has found something else than matches inside a source. (Rows that compete for their
 * matches, in a link of sources, are looked at in another way: pd_zero_look_inside.) */
PADAN_MUST_CHECK enum padan_status pd_zero_find_doubt(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                      struct padan_error *error);
void pd_zero_say_doubt(struct pd_zero *zero, const struct pd_zero_doubt *doubt);
/* What a comparison says of who somebody is: names, dates of birth and NIKs, as far as u is known. */
struct pd_telling pd_zero_telling_of(const struct pd_zero *zero, size_t comparison);
/* Columns that tell people apart, of those that are compared. */
struct pd_zero_telling {
    size_t dates, names, full_names;
};
struct pd_zero_telling pd_zero_count_telling(const struct pd_zero *zero);
/* Whether a comparison is of a name or date that few people share by chance. */
bool pd_zero_tells_people_apart(const struct pd_zero *zero, size_t comparison);
/* Makes the model for the comparisons as they are and a linker for it. */
PADAN_MUST_CHECK enum padan_status pd_zero_remake_model(struct pd_zero *zero, struct padan_error *error);
/* Rows compete for their matches in a link of sources whose rows are unique, inside one only if they come in pairs. */
bool pd_zero_rows_compete(const struct pd_zero *zero);
/* The least weight of candidates for training, in a model that expects as many matches as usual. */
double pd_zero_candidate_bits(void);
/* Chooses blocking rules, and those whose pairs training looks at: all pairs of a large file are more than are kept.
 * The others come back into the model when it is decided on. */
PADAN_MUST_CHECK enum padan_status pd_zero_choose_rules(struct pd_zero *zero, struct padan_error *error);
/* The weight from which on chance makes few enough of the links that the threshold takes, best [edges] of both their
 * rows; infinite where it makes too many of any. As it was where that would take too long to find out. The linker must
 * be made. */
PADAN_MUST_CHECK enum padan_status pd_zero_look_at_decoys(struct pd_zero *zero, const bool *best, double *least,
                                                          struct padan_error *error);
/* Finds candidates by the model as it is, and makes a linker for it. */
PADAN_MUST_CHECK enum padan_status pd_zero_find_candidates(struct pd_zero *zero, struct padan_error *error);
void pd_zero_forget_levels(struct pd_zero *zero);
/* Appends the model as it stands before training and before any comparison was split, without frequencies. */
void pd_zero_print_whole(const struct pd_zero *zero, struct pd_buffer *out);
/* Appends a model of the same rules whose comparisons are whether some columns agree as parents have to. */
void pd_zero_print_parents(const struct pd_zero *zero, const size_t *parents, size_t n, struct pd_buffer *out);
/* The drawn pairs that u comes from, with the levels of the model as it is; none when they are there. */
PADAN_MUST_CHECK enum padan_status pd_zero_make_sets(struct pd_zero *zero, struct padan_error *error);
/* Estimates the model from the candidates at hand; without any u, and m to start from. */
PADAN_MUST_CHECK enum padan_status pd_zero_estimate(struct pd_zero *zero, struct padan_error *error);
/* Makes comparisons and trains them: rows that compete or not, columns that predict each other compared apart. */
PADAN_MUST_CHECK enum padan_status pd_zero_train(struct pd_zero *zero, struct padan_error *error);
/* What the training at hand found: doubt, clustering, threshold; best [edges] NULL where rows do not compete. */
PADAN_MUST_CHECK enum padan_status pd_zero_judge(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                 struct padan_error *error);
/* The same of rows that compete, column by column where all texts of a row together leave them unclear. */
PADAN_MUST_CHECK enum padan_status pd_zero_judge_link(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                      struct padan_error *error);
/* Clustering as it is: the threshold for weights and probabilities that were changed since. */
PADAN_MUST_CHECK enum padan_status pd_zero_judge_again(struct pd_zero *zero, struct padan_error *error);
/* Where a link of rows that are unique is not clear, has other members of households count too, as far as more is
 * expected of it: the model says so then, and the estimate and threshold are with them. Says so. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_members(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                                       const bool *best, struct padan_error *error);
/* Where nothing is found in a file of many columns of few values, trains once more from a start at which they say
 * little; keeps it where it is clear what is found. Says so. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_few(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                   struct padan_error *error);
/* Where it is clear what was found, and values are damaged more often than is usual, chooses rules for that damage and
 * trains again; keeps it where more matches are found. Says so. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_mind_damage(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                       struct padan_error *error);
/* Where a date is doubted, trains once more without it: it may be no date of birth. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_events(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                      struct padan_error *error);
/* Where matches of rows that do not compete are not clear after families and households, tries all of it without dates
 * that span no more years than a file is kept; keeps what is clearer. since: where what families and households said
 * begins. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_without_events(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                              bool **best, size_t since, struct padan_error *error);
/* From the first training to the model's threshold and clustering; says what was doubtful. */
PADAN_MUST_CHECK enum padan_status pd_zero_decide(struct pd_zero *zero, struct padan_error *error);
/* Whether rows are unique, and which pairs are the best of both rows [edges]; in the arena. */
PADAN_MUST_CHECK enum padan_status pd_zero_find_best(struct pd_zero *zero, bool **best, struct padan_error *error);
/* The columns of texts that tell rows apart and do not differ in most of the expected matches. */
struct pd_zero_holding {
    size_t profiles[PD_COMPARISONS_MAX];
    size_t n;
};
struct pd_zero_holding pd_zero_find_holding(const struct pd_zero *zero);
/* The level of a candidate in a column that another one may part in two: -1 where a value is missing, else 0 different,
 * 1 alike, 2 equal. */
int pd_zero_likeness(const struct pd_zero *zero, size_t profile, size_t edge);
/* What training has found, to go back to. */
struct pd_zero_found {
    double lambda;
    pd_weight prior;
    enum pd_clustering clustering;
    struct pd_auto_comparisons comparisons;
    struct pd_level *levels; /* of all comparisons: the figures only, the rest is the model's */
    struct pd_edges edges;
    double *extra;
    struct pd_estimate estimate;
    struct pd_estimate_start before;
    struct pd_auto_threshold threshold;
    struct pd_zero_doubt doubt;
    double expected;
    double several; /* pd_zero_find_several */
    struct pd_zero_holding holding;
};
/* F1 expected of the links, and whether it is such that nothing else need be tried. */
double pd_zero_expected(const struct pd_zero *zero, const struct pd_zero_doubt *doubt);
bool pd_zero_is_clear(const struct pd_zero *zero, const struct pd_zero_doubt *doubt);
/* The share of the expected matches at hand that are of two people: they differ in what tells the members of a family
 * apart, and both values are those of other expected matches of the rows too, or so many differ that these are no
 * slips. Where it is more than PD_SEVERAL_MOST, rows of several people are taken for those of one. */
#define PD_SEVERAL_MOST .1
PADAN_MUST_CHECK enum padan_status pd_zero_find_several(struct pd_zero *zero, double *share, struct padan_error *error);
/* Moves what was found out of zero, and back; what is not taken back is to be forgotten. */
PADAN_MUST_CHECK enum padan_status pd_zero_put_aside(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                                     struct pd_zero_found *found, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_zero_take_back(struct pd_zero *zero, struct pd_zero_found *found,
                                                     struct pd_zero_doubt *doubt, struct padan_error *error);
void pd_zero_forget(struct pd_zero_found *found);
/* Trains and judges inside a file once more: says so where more is expected of it, else takes back what was found. */
PADAN_MUST_CHECK enum padan_status pd_zero_train_anew(struct pd_zero *zero, struct pd_zero_found *found,
                                                      struct pd_zero_doubt *doubt, const char *sentence,
                                                      struct padan_error *error);
/* Where training has found families, trains again with these as the related pairs; keeps it where no doubt is left. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_families(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                        struct padan_error *error);
/* Where matches of rows that do not compete are not clear, trains again with related pairs that may have all in common
 * but what members of a household differ in; keeps what is clearer. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_households(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                          struct padan_error *error);
/* Makes the model anew for comparisons of which some have got a level behind that of equal values: all others keep
 * their figures, and nothing makes up for the new ones, whose m is the ratio of u. */
PADAN_MUST_CHECK enum padan_status pd_zero_put_level_apart(struct pd_zero *zero, double ratio,
                                                           struct padan_error *error);
/* Where more of the expected matches of a file have NIKs of one district and birth date, and two names, than slips of
 * the pen make, keeps these apart and judges again: they are twins. Says so. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_twins(struct pd_zero *zero, const struct pd_zero_doubt *doubt,
                                                     struct padan_error *error);
/* Halves of a split comparison, as related pairs are to begin. */
void pd_zero_extend_related(struct pd_zero *zero);
/* Matches to start from, and their share of all pairs. */
double pd_zero_start_matches(const struct pd_zero *zero);
double pd_zero_start_lambda(const struct pd_zero *zero);
/* Where one file is not clear, trains again as if it held two lists without duplicates; keeps what is clearer. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_pairs(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                     struct padan_error *error);
/* Whether rows that compete hardly ever have two good candidates that agree with each other; after a judgement. */
bool pd_zero_hardly_repeats(const struct pd_zero *zero);
/* Where pairs inside and across sources are not clear together, trains again as a link of sources without duplicates;
 * keeps what is clearer. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_sources(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                       struct padan_error *error);
/* Where a link is not clear, or what repeats in it are families, trains again with related pairs for rows that have no
 * match; keeps what is better by what pairs inside say, or, where they do not tell or were not looked at yet, by what
 * is expected. best as above. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_relatives(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                                         struct padan_error *error);
/* Where a link of sources is not clear, trains again with the pairs inside the sources; keeps it where rows repeat and
 * it is clear. After pd_zero_look_inside. */
PADAN_MUST_CHECK enum padan_status pd_zero_try_together(struct pd_zero *zero, struct pd_zero_doubt *doubt,
                                                        struct padan_error *error);
/* The weight of a pair that agrees in nearly all that a pair tells on average, without what comparison `without` tells
 * (-1: with all). */
double pd_zero_nearly_all(const struct pd_zero *zero, int without);
/* Of families that differ in a column: the least weight of pairs that are equal in it and agree in nearly all else,
 * where these are many more than chance makes; else infinite. The model has the usual weights. Says so. */
PADAN_MUST_CHECK enum padan_status pd_zero_find_sure(struct pd_zero *zero, size_t profile, double *weight,
                                                     struct padan_error *error);
/* Whether the rules make too many pairs inside the sources of a link to look at them. */
bool pd_zero_are_too_many_inside(const struct pd_zero *zero);
/* Pairs inside the sources against the links across them: raises the threshold where these are no more than those. */
PADAN_MUST_CHECK enum padan_status pd_zero_look_inside(struct pd_zero *zero, const bool *best,
                                                       struct padan_error *error);

/* Profiles of the columns, those put together that one source has in several, and those made one that sources call
 * differently; says which. */
PADAN_MUST_CHECK enum padan_status pd_zero_read_columns(struct pd_zero *zero, struct padan_error *error);
/* Appends these as keys of the model. */
void pd_zero_print_columns(const struct pd_zero *zero, struct pd_buffer *out);

/* What was found out about the columns, and the rules; before training. */
void pd_zero_say_columns(struct pd_zero *zero);
void pd_zero_say_rules(struct pd_zero *zero);
/* Weights, threshold, doubt and clustering; at the end. */
void pd_zero_say_result(struct pd_zero *zero);

#endif
