/* SPDX-License-Identifier: MIT
 * What the parts of the model reader share. Used inside model/ only. */
#ifndef PD_MODEL_READ_LEVEL_H
#define PD_MODEL_READ_LEVEL_H

#include "base/document.h"
#include "model/model.h"

struct pd_model_reader {
    struct pd_model *model;
    const char *name;
    const struct pd_function_set *functions;
    struct padan_error *error;
};

/* Fails with "name:line:column: ..." */
enum padan_status pd_model_wrong(const struct pd_model_reader *reader, const struct pd_node *node, const char *format,
                                 ...) __attribute__((format(printf, 3, 4)));
/* Scalar text of key, copied; "" when absent. Another kind of node is an error. */
PADAN_MUST_CHECK enum padan_status pd_model_text(const struct pd_model_reader *reader, const struct pd_node *mapping,
                                                 const char *key, struct pd_text *out);
/* Number of key; *found false when absent or null. */
PADAN_MUST_CHECK enum padan_status pd_model_number(const struct pd_model_reader *reader, const struct pd_node *mapping,
                                                   const char *key, double *out, bool *found);
PADAN_MUST_CHECK enum padan_status pd_model_flag(const struct pd_model_reader *reader, const struct pd_node *mapping,
                                                 const char *key, bool *out);
/* The name of a column without the quotes that Splink may have written round it. */
struct pd_text pd_model_unquoted(struct pd_text name);
/* Remembers a sentence about something accepted but ignored. */
PADAN_MUST_CHECK enum padan_status pd_model_note(const struct pd_model_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Unknown keys of a mapping: an error for padan_ keys, a note for others. known ends with NULL. */
PADAN_MUST_CHECK enum padan_status pd_model_check_keys(const struct pd_model_reader *reader,
                                                       const struct pd_node *mapping, const char *const *known);

/* The model's rules; all pairs when it has none. */
PADAN_MUST_CHECK enum padan_status pd_model_read_main_rules(const struct pd_model_reader *reader,
                                                            const struct pd_node *root);
/* The rules of a list under a key of a node, which must have one. */
PADAN_MUST_CHECK enum padan_status pd_model_read_rules(const struct pd_model_reader *reader, const struct pd_node *node,
                                                       const char *key, struct pd_blocking_rule **rules,
                                                       size_t *n_rules);
/* One entry of "comparisons". */
PADAN_MUST_CHECK enum padan_status pd_model_read_comparison(const struct pd_model_reader *reader,
                                                            const struct pd_node *node,
                                                            struct pd_comparison *comparison);

#endif
