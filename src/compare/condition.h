/* SPDX-License-Identifier: MIT
 * Conditions compiled for speed: a tree of tests over encoded columns. One-sided parts are columns already (hoisted);
 * what is left are equality of words, NULL tests, one-sided truth values, and f(x_l, y_r) op constant, where all tests
 * on the same f, x, y share one slot whose value is computed at most once per pair. Whatever has no such form is handed
 * to the interpreter, which is slow and right. */
#ifndef PD_COMPARE_CONDITION_H
#define PD_COMPARE_CONDITION_H

#include "compare/kernel.h"
#include "model/derive.h"

enum pd_test_kind {
    PD_TEST_ALWAYS,
    PD_TEST_AND,
    PD_TEST_OR,
    PD_TEST_NOT,
    PD_TEST_NULL,       /* column is NULL on a side */
    PD_TEST_SAME,       /* equal words of one column */
    PD_TEST_TRUTH,      /* a SMALL column on a side: 0, 1, NULL */
    PD_TEST_SIMILARITY, /* slot op constant */
    PD_TEST_NUMBERS,    /* number on the left op number on the right */
    PD_TEST_INTERPRET
};

enum pd_truth { PD_FALSE = 0, PD_TRUE = 1, PD_UNKNOWN = 2 };

struct pd_test {
    enum pd_test_kind kind;
    bool on_right;             /* NULL, TRUTH */
    enum pd_operator relation; /* SIMILARITY, NUMBERS */
    int column, other_column;  /* column; NUMBERS: left and right */
    unsigned slot;
    double constant;
    unsigned cost;
    const struct pd_expression *expression; /* INTERPRET */
    struct pd_test *children;               /* [n_children], cheapest first for AND and OR */
    size_t n_children;
};

/* f(x_l, y_r), shared by all tests that use it. */
struct pd_slot {
    const struct pd_kernel *kernel;
    int left, right;                               /* columns */
    struct pd_kernel_side *side_left, *side_right; /* the same object when the columns are */
};

/* All tests of one model over one table. */
struct pd_conditions {
    struct pd_deriver *deriver;
    struct pd_arena arena;
    struct pd_slot *slots;
    size_t n_slots, slots_capacity;
    size_t n_interpreted; /* tests that fell back to the interpreter */
};

/* Scratch of one thread: slot values of the pair at hand. */
struct pd_condition_worker {
    double *values;   /* [n_slots] */
    uint32_t *stamps; /* [n_slots] the pair the value belongs to */
    uint32_t stamp;
    struct pd_evaluator evaluator;
    struct pd_pair_reader reader;
};

/* Compiles one bound condition. Hoisting may add columns to the table. */
PADAN_MUST_CHECK enum padan_status pd_condition_compile(struct pd_conditions *conditions,
                                                        const struct pd_expression *expression, struct pd_test *test,
                                                        struct padan_error *error);
/* Prepares the kernels once all conditions are compiled and no more columns will be added, but for names and addresses
 * (pd_kernel_side_complete). */
PADAN_MUST_CHECK enum padan_status pd_conditions_prepare(struct pd_conditions *conditions, struct padan_error *error);
/* Prepares these: those that the records of the deriver's table have as it is now, or all there are. */
PADAN_MUST_CHECK enum padan_status pd_conditions_complete(struct pd_conditions *conditions, bool of_records,
                                                          struct padan_error *error);
/* A side that was prepared for the kernel and column, NULL when there is none. It lives as long as the conditions. */
const struct pd_kernel_side *pd_conditions_side(const struct pd_conditions *conditions, const struct pd_kernel *kernel,
                                                int column);
/* Frees the prepared sides, when no pair will be tested any more. */
void pd_conditions_rest(struct pd_conditions *conditions);
void pd_conditions_reset(struct pd_conditions *conditions);

PADAN_MUST_CHECK enum padan_status pd_condition_worker_init(const struct pd_conditions *conditions,
                                                            struct pd_condition_worker *worker,
                                                            struct padan_error *error);
void pd_condition_worker_reset(struct pd_condition_worker *worker);

/* Starts a new pair: forgets slot values. */
void pd_condition_begin(struct pd_condition_worker *worker, uint32_t left, uint32_t right);
/* Value of the slot of a SIMILARITY test for the pair that was begun, NaN where a side is NULL. */
double pd_condition_value(const struct pd_conditions *conditions, struct pd_condition_worker *worker,
                          const struct pd_test *test);
/* a relation b. */
bool pd_relation_holds(enum pd_operator relation, double a, double b);
/* Truth of a test for the pair that was begun. */
enum pd_truth pd_condition_test(const struct pd_conditions *conditions, struct pd_condition_worker *worker,
                                const struct pd_test *test);

#endif
