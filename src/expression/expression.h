/* SPDX-License-Identifier: MIT
 * The condition language (docs/conditions.md): text -> tree -> typed tree -> value. The interpreter here is the
 * definition of what a condition means; the plan of score/ must always agree with it.
 *
 * NULL logic is Kleene's. Columns are named by side: l."a" or "a_l" (left), r."a" or "a_r" (right), plain (one-row
 * mode). A field of a struct, s['k'], is the column named "s.k". A tree is immutable after pd_expression_bind and may
 * be read by many threads; it may be bound again to something else. */
#ifndef PD_EXPRESSION_EXPRESSION_H
#define PD_EXPRESSION_EXPRESSION_H

#include "base/arena.h"
#include "table/value.h"

enum pd_side { PD_SIDE_NONE = 0, PD_SIDE_LEFT = 1, PD_SIDE_RIGHT = 2, PD_SIDE_BOTH = 3 };

enum pd_operator {
    PD_OP_LITERAL,
    PD_OP_COLUMN,
    PD_OP_OR, /* n children */
    PD_OP_AND,
    PD_OP_NOT,
    PD_OP_EQUAL,
    PD_OP_UNEQUAL,
    PD_OP_LESS,
    PD_OP_LESS_EQUAL,
    PD_OP_GREATER,
    PD_OP_GREATER_EQUAL,
    PD_OP_IS_NULL,
    PD_OP_IS_NOT_NULL,
    PD_OP_IN, /* children[0] IN children[1..] */
    PD_OP_ADD,
    PD_OP_SUBTRACT,
    PD_OP_MULTIPLY,
    PD_OP_DIVIDE,
    PD_OP_MODULO,
    PD_OP_NEGATE,
    PD_OP_CONCAT,
    PD_OP_CAST,  /* to `type`; children[0]; `lenient` = TRY_CAST (a failed cast is NULL either way) */
    PD_OP_INDEX, /* children[0][children[1]], from 1, negative from the end */
    PD_OP_CASE,  /* when, then, when, then, ..., [else] */
    PD_OP_CALL,
    PD_OP_PAIRWISE /* list_max|list_min over all pairs of two lists of f(x, y): children[0], children[1]; function = f
                    */
};

struct pd_expression;
struct pd_evaluator;

/* A function of the language. Registered by the stages that own the code; expression/ only calls it. */
struct pd_function {
    const char *name; /* lower case */
    unsigned min_arguments, max_arguments;
    enum pd_type result;
    /* Checks argument types; false = wrong types (the error names the function and the types it got). NULL: all text.
     */
    bool (*accepts)(const enum pd_type *types, size_t n_arguments);
    /* No argument is NULL unless sees_nulls. May write up to PD_FUNCTION_SCRATCH bytes of result text to scratch. */
    struct pd_value (*evaluate)(const struct pd_value *arguments, size_t n_arguments, char *scratch);
    bool sees_nulls; /* otherwise any NULL argument gives NULL without a call */
    bool symmetric;  /* f(a, b) = f(b, a) */
    unsigned cost;   /* rough ns of one call, for ordering */
    /* What only some functions need (0 otherwise). result_of: the result's type when it follows the arguments'.
     * evaluate_call: instead of evaluate, with the call and the memory of the evaluation. prepare: once while parsing,
     * for literal arguments (patterns); what it allocates in arena it leaves in call->prepared. */
    enum pd_type (*result_of)(const enum pd_type *types, size_t n_arguments);
    struct pd_value (*evaluate_call)(const struct pd_expression *call, const struct pd_value *arguments,
                                     struct pd_evaluator *evaluator);
    enum padan_status (*prepare)(struct pd_expression *call, struct pd_arena *arena, const char *where,
                                 struct padan_error *error);
};
enum { PD_FUNCTION_SCRATCH = 1024 };

struct pd_function_set {
    const struct pd_function *const *groups; /* arrays ended by name == NULL */
    size_t n_groups;
};

struct pd_expression {
    enum pd_operator op;
    enum pd_type type; /* of the result; set by binding for everything that depends on columns */
    unsigned sides;    /* pd_side bits of all columns below */
    struct pd_value literal;
    struct pd_text column; /* PD_OP_COLUMN: name as written, without side */
    unsigned side;         /* PD_OP_COLUMN: PD_SIDE_NONE in one-row mode */
    int column_index;      /* PD_OP_COLUMN: after binding, index for the reader below */
    const struct pd_function *function;
    bool lenient;
    bool take_minimum; /* PD_OP_PAIRWISE: list_min instead of list_max */
    size_t n_children;
    struct pd_expression **children;
    struct pd_text text; /* this part as written, for messages and plans */
    /* Owned by expression/: */
    struct pd_value value; /* PD_OP_LITERAL: literal as the type it is compared with; set by binding */
    bool single_precision; /* PD_OP_CAST to FLOAT: the result is rounded to 32 bits (its type is PD_TYPE_DOUBLE) */
    const void *prepared;  /* PD_OP_CALL: see pd_function */
    unsigned depth;        /* height of the tree below, at most PD_EXPRESSION_DEPTH_MAX */
};
enum { PD_EXPRESSION_DEPTH_MAX = 200 };

enum pd_expression_mode { PD_MODE_RULE, /* l.x, r.x */ PD_MODE_LEVEL, /* x_l, x_r */ PD_MODE_ROW /* x */ };

/* Parses text into arena. UNSUPPORTED or BAD_ARGUMENT names the offending text and its position (from 1); `where`
 * ("model x, rule 2") starts the message. */
PADAN_MUST_CHECK enum padan_status pd_expression_parse(struct pd_arena *arena, struct pd_text text,
                                                       enum pd_expression_mode mode,
                                                       const struct pd_function_set *functions, const char *where,
                                                       struct pd_expression **out, struct padan_error *error);

/* What a tree is bound to: finds the index and type of a column by name. Returns -1 when there is none. */
struct pd_column_resolver {
    int (*find)(const void *context, struct pd_text name, enum pd_type *type);
    const void *context;
};

/* Resolves columns and types of a tree, in place. BAD_ARGUMENT names an unknown column (with the known ones that look
 * alike) or types that do not go together. */
PADAN_MUST_CHECK enum padan_status pd_expression_bind(struct pd_expression *expression,
                                                      const struct pd_column_resolver *resolver, const char *where,
                                                      struct padan_error *error);

/* Where the interpreter gets column values: reads column `index` of the left (or only) or the right row. Texts must
 * stay valid until the evaluation ends. */
struct pd_row_reader {
    struct pd_value (*read)(void *context, unsigned side, int column_index);
    void *context;
};

/* Scratch of one thread for the interpreter; {0} is ready, reset when done. */
struct pd_evaluator {
    struct pd_arena arena;
    void *pattern_state;      /* of the regular expressions */
    enum padan_status status; /* OUT_OF_MEMORY when an evaluation lacked memory and gave NULL for that; sticky */
};

/* The value of a bound tree. What fails (a cast of 'x' to a number, a division by 0, an overflow, NaN) is NULL. */
struct pd_value pd_expression_evaluate(const struct pd_expression *expression, const struct pd_row_reader *reader,
                                       struct pd_evaluator *evaluator);
/* Frees the texts and lists made by evaluations so far; call once per row or pair. Keeps memory. */
void pd_evaluator_clear(struct pd_evaluator *evaluator);
void pd_evaluator_reset(struct pd_evaluator *evaluator);

/* True only for a non-NULL true. */
static inline bool pd_value_is_true(struct pd_value value)
{
    return value.type == PD_TYPE_BOOL && !value.null && value.boolean;
}

/* The tree as canonical text (for --show-plan and for finding equal sub-expressions). */
struct pd_buffer;
void pd_expression_print(const struct pd_expression *expression, struct pd_buffer *out);
/* Same operators, columns, sides and literals. with_sides false compares x_l with x_r as equal. */
bool pd_expression_equal(const struct pd_expression *a, const struct pd_expression *b, bool with_sides);
/* The same of two nodes and the number of their children, whatever these are. */
bool pd_expression_same_node(const struct pd_expression *a, const struct pd_expression *b, bool with_sides);
/* It is known to have the same value when left and right change places; false also where that is not seen. */
bool pd_expression_is_symmetric(const struct pd_expression *expression);
/* The comparison that says of (b, a) what op says of (a, b): > for <; any other operator is itself. */
enum pd_operator pd_operator_mirrored(enum pd_operator op);

/* Built-in one-sided functions: lower, upper, trim, substr, substring, left, right, length, len, split_part, concat,
 * coalesce, nullif, abs, round, floor, ceil, greatest, least, strptime, try_strptime, strftime, epoch, date_diff, year,
 * month, day, yearweek, regexp_extract, regexp_replace, array_length, list_intersect, ... Ended by name == NULL. */
extern const struct pd_function pd_builtin_functions[];

#endif
