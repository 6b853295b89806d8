/* SPDX-License-Identifier: MIT */
#include "expression/chain.h"

#include "expression/builtin.h"
#include "expression/values.h"

/* The value of a literal, or of a negative number, which is a literal with a sign. */
static bool find_literal(const struct pd_expression *at, struct pd_value *value)
{
    const bool negative = at->op == PD_OP_NEGATE && at->children[0]->type == PD_TYPE_INT;
    const struct pd_expression *literal = negative ? at->children[0] : at;
    if (literal->op != PD_OP_LITERAL || literal->single_precision || literal->value.null) return false;
    *value = literal->value;
    if (negative && __builtin_sub_overflow(0, literal->value.integer, &value->integer)) return false;
    return true;
}

/* Puts the literals of a call in their places; false unless exactly one argument is something else. */
static bool add_call(struct pd_chain *chain, const struct pd_expression *at, const struct pd_expression **inner)
{
    struct pd_chain_call *call = &chain->calls[chain->n_calls++];
    *call = (struct pd_chain_call){ .call = at };
    *inner = NULL;
    for (size_t i = 0; i < at->n_children; i++) {
        if (find_literal(at->children[i], &call->arguments[i])) continue;
        if (*inner != NULL) return false;
        *inner = at->children[i];
        call->open = i;
    }
    return *inner != NULL;
}

static bool is_text_call(const struct pd_expression *at)
{
    return at->op == PD_OP_CALL && at->type == PD_TYPE_TEXT && at->function->evaluate_call != NULL &&
           !at->single_precision && at->n_children <= PD_CHAIN_ARGUMENTS_MAX;
}

static void turn_round(struct pd_chain *chain)
{
    for (size_t i = 0; i < chain->n_calls / 2; i++) {
        const struct pd_chain_call call = chain->calls[i];
        chain->calls[i] = chain->calls[chain->n_calls - 1 - i];
        chain->calls[chain->n_calls - 1 - i] = call;
    }
}

/* Sees whether a chain is a slice. */
static void find_slice(struct pd_chain *chain)
{
    const struct pd_chain_call *call = &chain->calls[0];
    chain->slice = PD_CHAIN_NO_SLICE;
    if (chain->n_calls != 1 || call->open != 0) return;
    if (call->call->function->evaluate_call == pd_call_substr) {
        chain->slice = PD_CHAIN_CHARACTERS;
        chain->first = call->arguments[1].integer;
        chain->length = call->call->n_children > 2 ? call->arguments[2].integer : INT64_MAX;
    } else if (call->call->function->evaluate_call == pd_call_split_part && call->arguments[1].text.length == 1 &&
               call->arguments[2].integer != 0) {
        chain->slice = PD_CHAIN_PART;
        chain->first = call->arguments[2].integer;
        chain->separator = call->arguments[1].text.data[0];
    }
}

struct pd_text pd_chain_cut(const struct pd_chain *chain, struct pd_text text)
{
    if (chain->slice == PD_CHAIN_PART) return pd_text_part(text, chain->separator, chain->first);
    return pd_text_characters(text, chain->first, chain->length);
}

bool pd_chain_make(const struct pd_expression *expression, struct pd_chain *chain)
{
    const struct pd_expression *at = expression;
    chain->n_calls = 0;
    while (at->op != PD_OP_COLUMN)
        if (chain->n_calls == PD_CHAIN_CALLS_MAX || !is_text_call(at) || !add_call(chain, at, &at)) return false;
    turn_round(chain);
    find_slice(chain);
    return chain->n_calls > 0 && at->type == PD_TYPE_TEXT;
}

struct pd_value pd_chain_evaluate(struct pd_chain *chain, struct pd_value value, struct pd_evaluator *evaluator)
{
    for (size_t i = 0; i < chain->n_calls; i++) {
        struct pd_chain_call *call = &chain->calls[i];
        if (value.null && !call->call->function->sees_nulls) return pd_value_null(PD_TYPE_TEXT);
        call->arguments[call->open] = value;
        value = call->call->function->evaluate_call(call->call, call->arguments, evaluator);
        if (value.null)
            value = pd_value_null(PD_TYPE_TEXT);
        else if (value.type != PD_TYPE_TEXT)
            value = pd_value_cast(value, PD_TYPE_TEXT, evaluator);
    }
    return value;
}
