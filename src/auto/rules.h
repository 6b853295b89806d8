/* SPDX-License-Identifier: MIT
 * Blocking rules chosen from the data under a budget of pairs.
 *
 * A key is made of one or two atoms: a whole value, its beginning, its end, a word. How many pairs a key makes is
 * counted on the data. What it would find is counted on drawn matches: each draws, per column, whether the value is
 * there (as often as in the data), and whether it is whole, slightly damaged or another one. Rules are taken one by
 * one, the one that finds most of the matches not yet found per pair first, until nothing is left to find or the budget
 * is spent. Texts of many words come before: part of the budget is for rows that share a rare word (auto/rare_words.h).
 * A small file is compared whole. Source: greedy set cover; the idea of choosing predicates by coverage is
 * that of Bilenko, Kamath, Mooney 2006, here without labels. */
#ifndef PD_AUTO_RULES_H
#define PD_AUTO_RULES_H

#include "auto/rare_words.h"

struct pd_auto_rule {
    struct pd_text sql;
    struct pd_text beside;         /* what stands beside it in the model, as JSON members each after a comma */
    double pairs;                  /* that it makes, counted */
    double coverage;               /* share of the drawn matches found by this rule and those before */
    struct pd_drawn_part parts[2]; /* of the key; not of the rule over rare words */
    size_t n_parts;
};

struct pd_auto_rules {
    struct pd_auto_rule *list;
    size_t n;
    const struct pd_auto_rule *words; /* the one over rare words, or NULL */
    uint32_t most_rows;               /* that have such a word */
    double all_pairs, budget;
    double inside;    /* of a link: pairs that the rules make inside its sources, if they are ever asked to */
    bool whole;       /* all pairs are compared */
    size_t n_trained; /* training looks at the pairs of the first so many (pd_auto_rules_limit_training) */
};

PADAN_MUST_CHECK enum padan_status pd_auto_rules_choose(const struct pd_auto_data *data,
                                                        const struct pd_profiles *profiles, struct pd_arena *arena,
                                                        struct pd_auto_rules *rules, struct padan_error *error);
/* Share of the drawn matches that the rules find, the one over rare words left out. */
PADAN_MUST_CHECK enum padan_status pd_auto_rules_coverage(const struct pd_auto_rules *rules,
                                                          const struct pd_profiles *profiles, struct pd_arena *arena,
                                                          double *coverage, struct padan_error *error);
/* Where rules make more than most_pairs, training looks at the pairs of the first ones: of so many as find enough, or,
 * when these make more still, nearly enough. With a rule over rare words it looks at all. */
void pd_auto_rules_limit_training(struct pd_auto_rules *rules, double most_pairs);
/* Pairs of the rules that training looks at. Those of rare words cost as much again. */
double pd_auto_rules_trained_pairs(const struct pd_auto_rules *rules);
/* Appends the first n rules as a JSON list's members. */
void pd_auto_rules_print(const struct pd_auto_rules *rules, size_t n, struct pd_buffer *out);

#endif
