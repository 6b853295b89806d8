/* SPDX-License-Identifier: MIT
 * The commonest derived texts, `substr(x, 1, 3)`, `upper(split_part(x, ' ', -1))`: calls on one text column, one inside
 * the other, whose other arguments are literals. A chain has these arguments ready and goes through the calls without
 * walking over the tree; it runs the same functions as the interpreter and gives what that gives. */
#ifndef PD_EXPRESSION_CHAIN_H
#define PD_EXPRESSION_CHAIN_H

#include "expression/expression.h"

enum { PD_CHAIN_CALLS_MAX = 4, PD_CHAIN_ARGUMENTS_MAX = 4 };

struct pd_chain_call {
    const struct pd_expression *call;
    struct pd_value arguments[PD_CHAIN_ARGUMENTS_MAX];
    size_t open; /* the argument that is the result of the call before, or the text */
};

/* A chain of one call that gives a part of the text: of characters, or between separators of one byte. */
enum pd_chain_slice { PD_CHAIN_NO_SLICE, PD_CHAIN_CHARACTERS, PD_CHAIN_PART };

/* Scratch of one thread: arguments change from text to text. Copies are independent. */
struct pd_chain {
    size_t n_calls;
    struct pd_chain_call calls[PD_CHAIN_CALLS_MAX]; /* the innermost first */
    enum pd_chain_slice slice;
    int64_t first, length; /* of the slice: its first character, or which part; how many characters */
    char separator;
};

/* Makes a chain of a bound expression; false when it is none. */
bool pd_chain_make(const struct pd_expression *expression, struct pd_chain *chain);
/* The value (a text or NULL) for a value of the column, which is a text or NULL; memory as in pd_expression_evaluate.
 */
struct pd_value pd_chain_evaluate(struct pd_chain *chain, struct pd_value value, struct pd_evaluator *evaluator);

/* The same of a text that is not NULL, by a chain that is a slice, without values around texts. */
struct pd_text pd_chain_cut(const struct pd_chain *chain, struct pd_text text);

#endif
