/* SPDX-License-Identifier: MIT
 * What a model's blocking rules do on a table, before anything is scored (`padan block`): pairs per rule and in all,
 * largest blocks, what caps leave out, and with the truth which of the true pairs would be compared at all. */
#ifndef PD_LINKING_CANDIDATES_H
#define PD_LINKING_CANDIDATES_H

#include "base/buffer.h"
#include "evaluate/population.h"
#include "linking/linker.h"

struct pd_candidates_options {
    const char *truth;               /* file as pd_label_file_read takes it, or NULL */
    struct pd_truth_columns columns; /* of it */
    bool json;
    uint64_t *n_true_compared;    /* with truth, out: true pairs that a rule finds; or NULL */
    uint64_t max_pairs_per_block; /* cut larger blocks of all rules, whatever the model says; 0 = as it says */
};

struct pd_candidate_rule {
    struct pd_text sql;
    struct pd_block_statistics statistics;
    uint64_t n_true; /* true pairs that this rule is the first to find */
};

struct pd_candidates {
    struct pd_candidate_rule *rules; /* [n_rules], texts borrowed from the linker */
    size_t n_rules;
    uint64_t n_possible; /* pairs in scope */
    bool has_truth;
    uint64_t n_true; /* true pairs in scope */
};

/* Blocks the table's pairs in scope. Cost: that of a run without comparing. */
PADAN_MUST_CHECK enum padan_status pd_candidates_count(struct pd_linker *linker, const struct pd_scope *scope,
                                                       const struct pd_candidates_options *options,
                                                       struct pd_candidates *candidates, struct padan_error *error);
void pd_candidates_reset(struct pd_candidates *candidates);
/* A table to read, or one JSON object. */
void pd_candidates_print(const struct pd_candidates *candidates, bool json, struct pd_buffer *out);

#endif
