/* SPDX-License-Identifier: MIT
 * What a model makes of two rows, whether or not a rule brings them together: for the question why a pair is not in the
 * file of pairs. */
#ifndef PD_LINKING_TWO_ROWS_H
#define PD_LINKING_TWO_ROWS_H

#include "linking/linker.h"
#include "model/pair_evidence.h"

struct pd_asked_pairs {
    const char *ids[2];                 /* source:unique_id, or unique_id alone where only one source has it */
    struct pd_arena *arena;             /* of the evidence */
    struct pd_pair_evidence *evidence;  /* out */
    struct pd_buffer *model;            /* the model as it was used is appended; or NULL */
    const struct pd_named_pairs *pairs; /* these instead; or NULL */
};

/* Fills asked->evidence: the columns of pairs.csv, where match_key is the first rule that holds, or nothing; then
 * blocking_rules, the numbers of all rules that hold, parted by spaces, kept_from and linked_from, and differing_keys,
 * where no rule holds: the conditions that keep the rules from it, parted by ", ". BAD_ARGUMENT when an
 * id names no row, several rows, or both the same one. The pair's levels and rules are found by the textbook forms;
 * linear in the rows of the table. edges: where other rows say something of a pair too (`padan_household_members`), all
 * pairs with what they say; else NULL. */
PADAN_MUST_CHECK enum padan_status pd_two_rows_judge(const struct pd_linker *linker, const struct pd_asked_pairs *asked,
                                                     const struct pd_link_thresholds *thresholds,
                                                     const struct pd_edges *edges, struct padan_error *error);

#endif
