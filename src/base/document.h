/* SPDX-License-Identifier: MIT
 * A YAML 1.2 or JSON document as a plain tree with places, so that an error can say line and column. The only code
 * that knows libfyaml. Scalars stay text; readers convert and check. */
#ifndef PD_BASE_DOCUMENT_H
#define PD_BASE_DOCUMENT_H

#include "base/arena.h"

enum pd_node_kind { PD_NODE_SCALAR, PD_NODE_SEQUENCE, PD_NODE_MAPPING };

struct pd_node {
    enum pd_node_kind kind;
    bool quoted;            /* scalar was written in quotes (or a block), so "32.10" stays text */
    unsigned line, column;  /* from 1 */
    struct pd_text text;    /* scalar; "" and !quoted for YAML null */
    size_t n_children;      /* sequence items, or mapping pairs */
    struct pd_node **keys;  /* [n_children] mapping only: scalars, in file order, no duplicates */
    struct pd_node **items; /* [n_children] sequence items or mapping values */
};

/* Parses one document. name is used in messages. Everything lives in arena. BAD_ARGUMENT with "name:line:column: ..."
 * on a syntax error or a duplicate key. */
PADAN_MUST_CHECK enum padan_status pd_document_parse(struct pd_arena *arena, struct pd_text content, const char *name,
                                                     struct pd_node **root, struct padan_error *error);

/* The value of key in a mapping, or NULL (also when node is NULL or no mapping). */
const struct pd_node *pd_node_get(const struct pd_node *node, const char *key);
/* True for an absent node and for null, ~ and an empty plain scalar. */
bool pd_node_is_null(const struct pd_node *node);
/* Plain (unquoted) scalar of the given JSON type. */
bool pd_node_to_bool(const struct pd_node *node, bool *out);
bool pd_node_to_i64(const struct pd_node *node, int64_t *out);
bool pd_node_to_double(const struct pd_node *node, double *out);

#endif
