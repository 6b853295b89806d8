/* SPDX-License-Identifier: MIT
 * Compiling conditions to tests, and testing. See condition.h. */
#include "compare/condition.h"

#include "base/memory.h"
#include "compare/hoist.h"

#include <math.h>
#include <stdlib.h>

enum { COST_WORD = 2, COST_NODE = 30, COST_LISTS = 1000 };

static enum padan_status compile(struct pd_conditions *conditions, const struct pd_expression *expression,
                                 struct pd_test *test, struct padan_error *error);

static int by_cost(const void *a, const void *b)
{
    const struct pd_test *x = a;
    const struct pd_test *y = b;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

static enum padan_status compile_children(struct pd_conditions *conditions, const struct pd_expression *expression,
                                          struct pd_test *test, struct padan_error *error)
{
    test->n_children = expression->n_children;
    PD_TRY(pd_arena_allocate(&conditions->arena, &test->children, test->n_children * sizeof *test->children, error));
    for (size_t i = 0; i < test->n_children; i++) {
        PD_TRY(compile(conditions, expression->children[i], &test->children[i], error));
        test->cost += test->children[i].cost;
    }
    /* Truth does not depend on the order, so the cheapest part decides first. Sorting is stable in effect: equal costs
     * keep any order without changing a result. */
    if (test->kind != PD_TEST_NOT) qsort(test->children, test->n_children, sizeof *test->children, by_cost);
    return PADAN_OK;
}

static enum padan_status compile_truth(struct pd_conditions *conditions, const struct pd_expression *expression,
                                       struct pd_test *test, struct padan_error *error)
{
    *test =
        (struct pd_test){ .kind = PD_TEST_TRUTH, .cost = COST_WORD, .on_right = expression->sides == PD_SIDE_RIGHT };
    return pd_derive(conditions->deriver, expression, &test->column, error);
}

static enum padan_status compile_null(struct pd_conditions *conditions, const struct pd_expression *expression,
                                      struct pd_test *test, struct padan_error *error)
{
    const struct pd_expression *operand = expression->children[0];
    *test = (struct pd_test){ .kind = PD_TEST_NULL, .cost = COST_WORD, .on_right = operand->sides == PD_SIDE_RIGHT };
    PD_TRY(pd_derive(conditions->deriver, operand, &test->column, error));
    if (expression->op == PD_OP_IS_NULL) return PADAN_OK;
    struct pd_test *inner = NULL;
    PD_TRY(pd_arena_allocate(&conditions->arena, &inner, sizeof *inner, error));
    *inner = *test;
    *test = (struct pd_test){ .kind = PD_TEST_NOT, .cost = COST_WORD, .children = inner, .n_children = 1 };
    return PADAN_OK;
}

static bool is_two_sided(const struct pd_expression *a, const struct pd_expression *b)
{
    return a->sides != PD_SIDE_NONE && b->sides != PD_SIDE_NONE && (a->sides & b->sides) == 0 && pd_derivable(a) &&
           pd_derivable(b);
}

static bool is_number(const struct pd_column *column)
{
    return (pd_encoding_is_integer(column->encoding) || column->encoding == PD_ENCODING_DOUBLE ||
            column->encoding == PD_ENCODING_SMALL) &&
           column->type != PD_TYPE_TEXT;
}

/* Words of the two columns are numbers of one scale: a DATE's are days, a TIMESTAMP's seconds, and whole numbers become
 * FLOAT where they are compared with one (`rounds`), which is left to the interpreter. */
static bool counts_alike(const struct pd_column *a, const struct pd_column *b, bool rounds)
{
    return is_number(a) && is_number(b) && (a->type == b->type || !rounds) &&
           (a->type == PD_TYPE_TIMESTAMP) == (b->type == PD_TYPE_TIMESTAMP);
}

/* x_l relation y_r: one column and equality is a compare of words; numbers are compared as numbers. */
static enum padan_status compile_relation(struct pd_conditions *conditions, const struct pd_expression *expression,
                                          struct pd_test *test, bool *done, struct padan_error *error)
{
    const struct pd_expression *a = expression->children[0];
    const struct pd_expression *b = expression->children[1];
    *done = false;
    if (!is_two_sided(a, b)) return PADAN_OK;
    const bool swapped = a->sides == PD_SIDE_RIGHT;
    int left = -1;
    int right = -1;
    PD_TRY(pd_derive(conditions->deriver, swapped ? b : a, &left, error));
    PD_TRY(pd_derive(conditions->deriver, swapped ? a : b, &right, error));
    const struct pd_column *columns = conditions->deriver->table->columns;
    *done = true;
    if (left == right && expression->op == PD_OP_EQUAL)
        *test = (struct pd_test){ .kind = PD_TEST_SAME, .column = left, .cost = COST_WORD };
    else if (counts_alike(&columns[left], &columns[right], expression->single_precision))
        *test = (struct pd_test){ .kind = PD_TEST_NUMBERS,
                                  .column = left,
                                  .other_column = right,
                                  .relation = swapped ? pd_operator_mirrored(expression->op) : expression->op,
                                  .cost = 2 * COST_WORD };
    else
        *done = false;
    return PADAN_OK;
}

static enum padan_status find_slot(struct pd_conditions *conditions, const struct pd_slot *wanted, unsigned *slot,
                                   struct padan_error *error)
{
    for (size_t i = 0; i < conditions->n_slots; i++) {
        const struct pd_slot *known = &conditions->slots[i];
        if (known->kernel != wanted->kernel || known->left != wanted->left || known->right != wanted->right) continue;
        *slot = (unsigned)i;
        return PADAN_OK;
    }
    PD_TRY(pd_grow(&conditions->slots, &conditions->slots_capacity, conditions->n_slots + 1, sizeof *conditions->slots,
                   error));
    *slot = (unsigned)conditions->n_slots;
    conditions->slots[conditions->n_slots++] = *wanted;
    return PADAN_OK;
}

static bool literal_number(const struct pd_expression *expression, double *number)
{
    if (expression->op == PD_OP_NEGATE && literal_number(expression->children[0], number)) {
        *number = -*number;
        return true;
    }
    if (expression->op != PD_OP_LITERAL || expression->literal.null) return false;
    if (expression->literal.type == PD_TYPE_INT) *number = (double)expression->literal.integer;
    if (expression->literal.type == PD_TYPE_DOUBLE) *number = expression->literal.real;
    return expression->literal.type == PD_TYPE_INT || expression->literal.type == PD_TYPE_DOUBLE;
}

/* Of epoch(t): t, where that is a TIMESTAMP, whose words are these seconds already; else NULL. */
static const struct pd_expression *moment_of(const struct pd_expression *expression)
{
    if (expression->op != PD_OP_CALL || strcmp(expression->function->name, "epoch") != 0) return NULL;
    return expression->children[0]->type == PD_TYPE_TIMESTAMP ? expression->children[0] : NULL;
}

/* A call as a kernel and its two arguments: f(x, y), or abs(x - y). */
static bool read_call(const struct pd_expression *call, struct pd_slot *slot, const struct pd_expression **arguments)
{
    const struct pd_expression *pair = call;
    if (call->op != PD_OP_CALL) return false;
    if (strcmp(call->function->name, "abs") == 0 && call->children[0]->op == PD_OP_SUBTRACT) {
        pair = call->children[0];
        slot->kernel = &pd_kernel_difference;
    } else {
        slot->kernel = pd_kernel_find(pd_text_of(call->function->name));
    }
    if (slot->kernel == NULL || pair->n_children != 2) return false;
    arguments[0] = pair->children[0];
    arguments[1] = pair->children[1];
    if (slot->kernel != &pd_kernel_difference) return true;
    const struct pd_expression *first = moment_of(arguments[0]), *second = moment_of(arguments[1]);
    if (first == NULL || second == NULL) return true;
    slot->kernel = &pd_kernel_seconds;
    arguments[0] = first;
    arguments[1] = second;
    return true;
}

/* f(x_l, y_r) relation constant, either way round. */
static enum padan_status compile_similarity(struct pd_conditions *conditions, const struct pd_expression *expression,
                                            struct pd_test *test, bool *done, struct padan_error *error)
{
    const bool call_first = expression->children[0]->op == PD_OP_CALL;
    const struct pd_expression *call = expression->children[!call_first];
    double constant = 0;
    *done = false;
    struct pd_slot slot = { .kernel = NULL };
    const struct pd_expression *arguments[2];
    if (expression->single_precision) return PADAN_OK;
    if (!literal_number(expression->children[call_first], &constant)) return PADAN_OK;
    if (!read_call(call, &slot, arguments) || !is_two_sided(arguments[0], arguments[1])) return PADAN_OK;
    const bool swapped = arguments[0]->sides == PD_SIDE_RIGHT;
    const bool is_difference = slot.kernel == &pd_kernel_difference || slot.kernel == &pd_kernel_seconds;
    if (swapped && !call->function->symmetric && !is_difference) return PADAN_OK;
    PD_TRY(pd_derive(conditions->deriver, arguments[swapped], &slot.left, error));
    PD_TRY(pd_derive(conditions->deriver, arguments[!swapped], &slot.right, error));
    const struct pd_column *columns = conditions->deriver->table->columns;
    if (!slot.kernel->accepts(&columns[slot.left]) || !slot.kernel->accepts(&columns[slot.right])) return PADAN_OK;
    *test = (struct pd_test){ .kind = PD_TEST_SIMILARITY,
                              .column = slot.left,
                              .other_column = slot.right,
                              .relation = call_first ? expression->op : pd_operator_mirrored(expression->op),
                              .constant = constant,
                              .cost = slot.kernel->cost };
    *done = true;
    return find_slot(conditions, &slot, &test->slot, error);
}

/* The interpreter sees two values and cannot answer what depends on whole columns. */
static enum padan_status refuse_of_columns(const struct pd_expression *expression, struct padan_error *error)
{
    if (expression->function != NULL) {
        const struct pd_kernel *kernel = pd_kernel_find(pd_text_of(expression->function->name));
        if (kernel != NULL && kernel->of_columns)
            PD_FAIL(error, PADAN_UNSUPPORTED,
                    "%s depends on whole columns: it is written %s(text_l, text_r) >= number, on one text of either "
                    "side, not as in %.*s",
                    kernel->function, kernel->function, PD_TEXT_ARGS(expression->text));
    }
    for (size_t i = 0; i < expression->n_children; i++) PD_TRY(refuse_of_columns(expression->children[i], error));
    return PADAN_OK;
}

/* Of interpreting a tree. */
static unsigned cost_of(const struct pd_expression *expression)
{
    unsigned cost = COST_NODE;
    if (expression->function != NULL) cost += expression->function->cost;
    if (expression->op == PD_OP_PAIRWISE) cost += COST_LISTS;
    for (size_t i = 0; i < expression->n_children; i++) cost += cost_of(expression->children[i]);
    return cost;
}

static enum padan_status compile_leaf(struct pd_conditions *conditions, const struct pd_expression *expression,
                                      struct pd_test *test, struct padan_error *error)
{
    bool done = false;
    switch (expression->op) {
    case PD_OP_EQUAL:
    case PD_OP_UNEQUAL:
    case PD_OP_LESS:
    case PD_OP_LESS_EQUAL:
    case PD_OP_GREATER:
    case PD_OP_GREATER_EQUAL:
        PD_TRY(compile_relation(conditions, expression, test, &done, error));
        if (!done) PD_TRY(compile_similarity(conditions, expression, test, &done, error));
        break;
    default: break;
    }
    if (done) return PADAN_OK;
    PD_TRY(refuse_of_columns(expression, error));
    *test = (struct pd_test){ .kind = PD_TEST_INTERPRET };
    conditions->n_interpreted++;
    PD_TRY(pd_hoist_parts(conditions->deriver, &conditions->arena, expression, &test->expression, error));
    test->cost = cost_of(test->expression);
    return PADAN_OK;
}

static enum padan_status compile(struct pd_conditions *conditions, const struct pd_expression *expression,
                                 struct pd_test *test, struct padan_error *error)
{
    *test = (struct pd_test){ 0 };
    switch (expression->op) {
    case PD_OP_AND: test->kind = PD_TEST_AND; break;
    case PD_OP_OR: test->kind = PD_TEST_OR; break;
    case PD_OP_NOT: test->kind = PD_TEST_NOT; break;
    case PD_OP_IS_NULL:
    case PD_OP_IS_NOT_NULL:
        if (expression->children[0]->sides != PD_SIDE_NONE && pd_derivable(expression->children[0]))
            return compile_null(conditions, expression, test, error);
        return compile_leaf(conditions, expression, test, error);
    default:
        if (expression->type == PD_TYPE_BOOL &&
            (expression->sides == PD_SIDE_LEFT || expression->sides == PD_SIDE_RIGHT) && pd_derivable(expression)) {
            PD_TRY(refuse_of_columns(expression, error));
            return compile_truth(conditions, expression, test, error);
        }
        return compile_leaf(conditions, expression, test, error);
    }
    return compile_children(conditions, expression, test, error);
}

enum padan_status pd_condition_compile(struct pd_conditions *conditions, const struct pd_expression *expression,
                                       struct pd_test *test, struct padan_error *error)
{
    return compile(conditions, expression, test, error);
}

static struct pd_kernel_side *known_side(const struct pd_conditions *conditions, const struct pd_kernel *kernel,
                                         int column)
{
    for (size_t i = 0; i < conditions->n_slots; i++) {
        const struct pd_slot *slot = &conditions->slots[i];
        if (slot->kernel == kernel && slot->left == column && slot->side_left != NULL) return slot->side_left;
        if (slot->kernel == kernel && slot->right == column && slot->side_right != NULL) return slot->side_right;
    }
    return NULL;
}

const struct pd_kernel_side *pd_conditions_side(const struct pd_conditions *conditions, const struct pd_kernel *kernel,
                                                int column)
{
    return known_side(conditions, kernel, column);
}

static enum padan_status prepare_side(struct pd_conditions *conditions, const struct pd_kernel *kernel, int column,
                                      struct pd_kernel_side **side, struct padan_error *error)
{
    *side = known_side(conditions, kernel, column);
    if (*side != NULL) return PADAN_OK;
    /* Pairs that get this far are few: the pair filter has refused the others. */
    return pd_kernel_prepare_bare(kernel, &conditions->deriver->table->columns[column], conditions->deriver->threads,
                                  side, error);
}

enum padan_status pd_conditions_prepare(struct pd_conditions *conditions, struct padan_error *error)
{
    for (size_t i = 0; i < conditions->n_slots; i++) {
        struct pd_slot *slot = &conditions->slots[i];
        PD_TRY(prepare_side(conditions, slot->kernel, slot->left, &slot->side_left, error));
        PD_TRY(prepare_side(conditions, slot->kernel, slot->right, &slot->side_right, error));
    }
    return PADAN_OK;
}

static enum padan_status complete_side(const struct pd_conditions *conditions, struct pd_kernel_side *side, int column,
                                       bool of_records, struct padan_error *error)
{
    const struct pd_table *table = conditions->deriver->table;
    return pd_kernel_side_complete(side, of_records ? &table->columns[column] : NULL, table->n_records,
                                   conditions->deriver->threads, error);
}

enum padan_status pd_conditions_complete(struct pd_conditions *conditions, bool of_records, struct padan_error *error)
{
    for (size_t i = 0; i < conditions->n_slots; i++) {
        struct pd_slot *slot = &conditions->slots[i];
        PD_TRY(complete_side(conditions, slot->side_left, slot->left, of_records, error));
        if (slot->side_right == slot->side_left) continue;
        PD_TRY(complete_side(conditions, slot->side_right, slot->right, of_records, error));
    }
    return PADAN_OK;
}

void pd_conditions_rest(struct pd_conditions *conditions)
{
    for (size_t i = 0; i < conditions->n_slots; i++) {
        struct pd_kernel_side *sides[2] = { conditions->slots[i].side_left, conditions->slots[i].side_right };
        for (size_t side = 0; side < 2; side++) {
            if (sides[side] == NULL) continue;
            for (size_t j = i; j < conditions->n_slots; j++) {
                if (conditions->slots[j].side_left == sides[side]) conditions->slots[j].side_left = NULL;
                if (conditions->slots[j].side_right == sides[side]) conditions->slots[j].side_right = NULL;
            }
            if (side == 1 && sides[1] == sides[0]) continue;
            pd_kernel_side_free(sides[side]);
        }
    }
}

void pd_conditions_reset(struct pd_conditions *conditions)
{
    pd_conditions_rest(conditions);
    pd_free(conditions->slots);
    pd_arena_reset(&conditions->arena);
    *conditions = (struct pd_conditions){ 0 };
}

enum padan_status pd_condition_worker_init(const struct pd_conditions *conditions, struct pd_condition_worker *worker,
                                           struct padan_error *error)
{
    *worker = (struct pd_condition_worker){ .stamp = 0 };
    worker->reader.table = conditions->deriver->table;
    PD_TRY(pd_allocate(&worker->values, conditions->n_slots, sizeof *worker->values, error));
    return pd_allocate(&worker->stamps, conditions->n_slots, sizeof *worker->stamps, error);
}

void pd_condition_worker_reset(struct pd_condition_worker *worker)
{
    pd_free(worker->values);
    pd_free(worker->stamps);
    pd_evaluator_reset(&worker->evaluator);
    *worker = (struct pd_condition_worker){ 0 };
}

void pd_condition_begin(struct pd_condition_worker *worker, uint32_t left, uint32_t right)
{
    worker->stamp++;
    worker->reader.left = left;
    worker->reader.right = right;
}

bool pd_relation_holds(enum pd_operator relation, double a, double b)
{
    switch (relation) {
    case PD_OP_EQUAL: return a == b;
    case PD_OP_UNEQUAL: return a != b;
    case PD_OP_LESS: return a < b;
    case PD_OP_LESS_EQUAL: return a <= b;
    case PD_OP_GREATER: return a > b;
    default: return a >= b;
    }
}

/* As pd_relation_holds; a double has no room for whole numbers of 16 digits and more. */
static bool order_holds(enum pd_operator relation, int64_t a, int64_t b)
{
    return pd_relation_holds(relation, (a > b) - (a < b), 0);
}

static double number_of(const struct pd_column *column, uint32_t record)
{
    switch (column->encoding) {
    case PD_ENCODING_DOUBLE: return ((const double *)column->words)[record];
    case PD_ENCODING_SMALL: return ((const uint8_t *)column->words)[record];
    default: return (double)pd_column_integer(column, record);
    }
}

/* Computes the value of a slot for the pair at hand; NaN where a side is NULL. */
static __attribute__((noinline)) void fill_slot(const struct pd_conditions *conditions,
                                                struct pd_condition_worker *worker, const struct pd_test *test)
{
    const struct pd_column *columns = conditions->deriver->table->columns;
    const struct pd_column *left = &columns[test->column];
    const struct pd_column *right = &columns[test->other_column];
    const struct pd_slot *slot = &conditions->slots[test->slot];
    double value = (double)NAN;
    if (!pd_column_is_null(left, worker->reader.left) && !pd_column_is_null(right, worker->reader.right))
        value = slot->kernel->evaluate(slot->side_left, pd_column_word(left, worker->reader.left), slot->side_right,
                                       pd_column_word(right, worker->reader.right));
    worker->values[test->slot] = value;
    worker->stamps[test->slot] = worker->stamp;
}

static inline enum pd_truth test_known_similarity(const struct pd_condition_worker *worker, const struct pd_test *test)
{
    const double value = worker->values[test->slot];
    if (value != value) return PD_UNKNOWN;
    return pd_relation_holds(test->relation, value, test->constant) ? PD_TRUE : PD_FALSE;
}

double pd_condition_value(const struct pd_conditions *conditions, struct pd_condition_worker *worker,
                          const struct pd_test *test)
{
    if (worker->stamps[test->slot] != worker->stamp) fill_slot(conditions, worker, test);
    return worker->values[test->slot];
}

static __attribute__((noinline)) enum pd_truth test_new_similarity(const struct pd_conditions *conditions,
                                                                   struct pd_condition_worker *worker,
                                                                   const struct pd_test *test)
{
    fill_slot(conditions, worker, test);
    return test_known_similarity(worker, test);
}

static __attribute__((noinline)) enum pd_truth test_interpreted(struct pd_condition_worker *worker,
                                                                const struct pd_expression *expression)
{
    const struct pd_row_reader row = pd_pair_row_reader(&worker->reader);
    const struct pd_value value = pd_expression_evaluate(expression, &row, &worker->evaluator);
    const enum pd_truth truth = value.null || value.type != PD_TYPE_BOOL ? PD_UNKNOWN
                                : value.boolean                          ? PD_TRUE
                                                                         : PD_FALSE;
    pd_evaluator_clear(&worker->evaluator);
    return truth;
}

static __attribute__((noinline)) enum pd_truth test_all(const struct pd_conditions *conditions,
                                                        struct pd_condition_worker *worker, const struct pd_test *test)
{
    const enum pd_truth decisive = test->kind == PD_TEST_AND ? PD_FALSE : PD_TRUE;
    enum pd_truth result = test->kind == PD_TEST_AND ? PD_TRUE : PD_FALSE;
    for (size_t i = 0; i < test->n_children; i++) {
        const enum pd_truth truth = pd_condition_test(conditions, worker, &test->children[i]);
        if (truth == decisive) return decisive;
        if (truth == PD_UNKNOWN) result = PD_UNKNOWN;
    }
    return result;
}

static __attribute__((noinline)) enum pd_truth test_not(const struct pd_conditions *conditions,
                                                        struct pd_condition_worker *worker, const struct pd_test *test)
{
    const enum pd_truth truth = pd_condition_test(conditions, worker, test->children);
    return truth == PD_UNKNOWN ? PD_UNKNOWN : truth == PD_TRUE ? PD_FALSE : PD_TRUE;
}

static inline enum pd_truth test_null(const struct pd_column *column, const struct pd_condition_worker *worker,
                                      const struct pd_test *test)
{
    return pd_column_is_null(column, test->on_right ? worker->reader.right : worker->reader.left) ? PD_TRUE : PD_FALSE;
}

static __attribute__((noinline)) enum pd_truth test_same_number(const struct pd_column *column, uint32_t left,
                                                                uint32_t right)
{
    if (pd_column_is_null(column, left) || pd_column_is_null(column, right)) return PD_UNKNOWN;
    return pd_column_word(column, left) == pd_column_word(column, right) ? PD_TRUE : PD_FALSE;
}

static inline enum pd_truth test_same(const struct pd_column *column, uint32_t left, uint32_t right)
{
    if (!pd_encoding_is_own_code(column->encoding)) return test_same_number(column, left, right);
    const uint32_t a = pd_column_held_code(column, left), b = pd_column_held_code(column, right);
    return a == 0 || b == 0 ? PD_UNKNOWN : a == b ? PD_TRUE : PD_FALSE;
}

static inline enum pd_truth test_truth(const struct pd_column *column, const struct pd_condition_worker *worker,
                                       const struct pd_test *test)
{
    const uint8_t truth = ((const uint8_t *)column->words)[test->on_right ? worker->reader.right : worker->reader.left];
    return truth == 255 ? PD_UNKNOWN : truth ? PD_TRUE : PD_FALSE;
}

static __attribute__((noinline)) enum pd_truth
test_numbers(const struct pd_column *columns, const struct pd_condition_worker *worker, const struct pd_test *test)
{
    const struct pd_column *column = &columns[test->column], *other = &columns[test->other_column];
    const uint32_t left = worker->reader.left, right = worker->reader.right;
    if (pd_column_is_null(column, left) || pd_column_is_null(other, right)) return PD_UNKNOWN;
    const bool whole = pd_encoding_is_integer(column->encoding) && pd_encoding_is_integer(other->encoding);
    const bool holds =
        whole ? order_holds(test->relation, pd_column_integer(column, left), pd_column_integer(other, right))
              : pd_relation_holds(test->relation, number_of(column, left), number_of(other, right));
    return holds ? PD_TRUE : PD_FALSE;
}

/* The tests of one word are answered here, all others in functions of their own: so this one, called some fifty times a
 * pair, saves no registers. */
enum pd_truth pd_condition_test(const struct pd_conditions *conditions, struct pd_condition_worker *worker,
                                const struct pd_test *test)
{
    const struct pd_column *columns = conditions->deriver->table->columns;
    switch (test->kind) {
    case PD_TEST_ALWAYS: return PD_TRUE;
    case PD_TEST_AND:
    case PD_TEST_OR: return test_all(conditions, worker, test);
    case PD_TEST_NOT: return test_not(conditions, worker, test);
    case PD_TEST_NULL: return test_null(&columns[test->column], worker, test);
    case PD_TEST_SAME: return test_same(&columns[test->column], worker->reader.left, worker->reader.right);
    case PD_TEST_TRUTH: return test_truth(&columns[test->column], worker, test);
    case PD_TEST_NUMBERS: return test_numbers(columns, worker, test);
    case PD_TEST_SIMILARITY:
        if (worker->stamps[test->slot] != worker->stamp) return test_new_similarity(conditions, worker, test);
        return test_known_similarity(worker, test);
    case PD_TEST_INTERPRET: break;
    }
    return test_interpreted(worker, test->expression);
}
