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
    struct pd_text beside; /* what stands beside it in the model, as JSON members each after a comma */
    double pairs;          /* that it makes, counted */
    double coverage;       /* share of the drawn matches found by this rule and those before */
};

struct pd_auto_rules {
    struct pd_auto_rule *list;
    size_t n;
    const struct pd_auto_rule *words; /* the one over rare words, or NULL */
    uint32_t most_rows;               /* that have such a word */
    double all_pairs, budget;
    bool whole; /* all pairs are compared */
};

PADAN_MUST_CHECK enum padan_status pd_auto_rules_choose(const struct pd_auto_data *data,
                                                        const struct pd_profiles *profiles, struct pd_arena *arena,
                                                        struct pd_auto_rules *rules, struct padan_error *error);
/* Appends the list of rules as JSON. */
void pd_auto_rules_print(const struct pd_auto_rules *rules, struct pd_buffer *out);

#endif
