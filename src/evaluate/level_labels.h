/* SPDX-License-Identifier: MIT
 * The words of a model that explanations need, read straight from its JSON so that any Splink model file will do. */
#ifndef PD_EVALUATE_LEVEL_LABELS_H
#define PD_EVALUATE_LEVEL_LABELS_H

#include "base/document.h"

struct pd_level_labels {
    struct pd_arena arena;
    const struct pd_node *root; /* NULL when no model was readable: all labels are empty then */
};

/* Reads a model file; a missing or unreadable one leaves the labels empty, which is no error. */
void pd_level_labels_read(struct pd_level_labels *labels, const char *path);
/* The same of the text of a model. */
void pd_level_labels_parse(struct pd_level_labels *labels, struct pd_text model);
/* Label of a comparison's level by gamma; comparison is the part of the column name after "gamma_". */
struct pd_text pd_level_label(const struct pd_level_labels *labels, struct pd_text comparison, int64_t gamma);
/* The blocking rule of a match_key, as written in the model; those for unlinked rows come after its own. */
struct pd_text pd_rule_label(const struct pd_level_labels *labels, uint64_t match_key);
void pd_level_labels_reset(struct pd_level_labels *labels);

#endif
