/* SPDX-License-Identifier: MIT
 * Similarity functions over encoded columns: what the plan runs instead of the interpreter. For every pair of words the
 * result is the one of the function of the same name in pd_compare_functions (but for those `of_columns`).
 *
 * A column is prepared once (every distinct value of its dictionary, in parallel); pairs of words are then compared
 * from the prepared sides alone. Sides are immutable and may be read by many threads. Words are never NULL: the caller
 * answers those. */
#ifndef PD_COMPARE_KERNEL_H
#define PD_COMPARE_KERNEL_H

#include "table/table.h"

struct pd_kernel_side;

struct pd_kernel {
    const char *function; /* name in the condition language, two arguments */
    bool similarity;      /* bigger is closer: passes means value >= bound; else a distance: value <= bound, or a code
                           * without      an order (relations), of which only evaluate is useful */
    unsigned cost;        /* rough ns of one full evaluation */
    /* True when columns of these encodings and types can be prepared. */
    bool (*accepts)(const struct pd_column *column);
    /* Exact value, as double (integers are exact); of two words of one column the same either way round. */
    double (*evaluate)(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                       uint64_t word_b);
    /* The exact value when it passes the bound; otherwise any value that does not pass. Never slower than evaluate. */
    double (*evaluate_bounded)(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                               uint64_t word_b, double bound);
    /* A value the exact one cannot beat (upper bound of a similarity, lower bound of a distance), in a few ns from the
     * prepared sides. NULL when there is none. */
    double (*optimist)(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                       uint64_t word_b);
    /* The exact value of two texts of 16 digits, from their whole words (model/packed_rows.h). NULL when there is none.
     */
    double (*evaluate_digits)(uint64_t a, uint64_t b);
    /* The value depends on all texts of the columns, so there is no function of two texts to interpret. */
    bool of_columns;
};

/* The kernels; function NULL ends. */
extern const struct pd_kernel pd_kernels[];
/* abs(x - y) of two columns of numbers, which the language has no single function for; NaN where it overflows. */
extern const struct pd_kernel pd_kernel_difference;
/* abs(epoch(x) - epoch(y)) of two columns of timestamps. */
extern const struct pd_kernel pd_kernel_seconds;
/* The kernel of a function by name (lower case), NULL when there is none. */
const struct pd_kernel *pd_kernel_find(struct pd_text function);

/* Prepares a column for a kernel. The column and its dictionary must outlive the side and not change. One side serves
 * both arguments when they are the same column. OUT_OF_MEMORY; BAD_ARGUMENT when the kernel does not accept it.
 * Memory: per distinct value 32 bytes for string metrics, about 60 for names. Same bytes for any number of threads. */
PADAN_MUST_CHECK enum padan_status pd_kernel_prepare(const struct pd_kernel *kernel, const struct pd_column *column,
                                                     int threads, struct pd_kernel_side **side,
                                                     struct padan_error *error);
/* The same without records per distinct text: nothing is computed and no memory taken for string metrics, and a value
 * costs a look into the dictionary. Pays where a text is compared a few times only; there is no optimist then. Names
 * and addresses cannot be compared before pd_kernel_side_complete. */
PADAN_MUST_CHECK enum padan_status pd_kernel_prepare_bare(const struct pd_kernel *kernel,
                                                          const struct pd_column *column, int threads,
                                                          struct pd_kernel_side **side, struct padan_error *error);
/* Prepares the names or addresses that the records of a column have, which may be another one with the same dictionary,
 * beside those that are; NULL: all there are. Nothing else may be asked of the side. Does nothing to other sides. */
PADAN_MUST_CHECK enum padan_status pd_kernel_side_complete(struct pd_kernel_side *side, const struct pd_column *column,
                                                           size_t n_records, int threads, struct padan_error *error);
void pd_kernel_side_free(struct pd_kernel_side *side);
/* Bytes a side holds. */
size_t pd_kernel_side_bytes(const struct pd_kernel_side *side);
/* Brings what evaluate needs of a word into cache: call some pairs ahead, and of where it lies as many pairs before. */
void pd_kernel_prefetch_place(const struct pd_kernel_side *side, uint64_t word);
void pd_kernel_prefetch(const struct pd_kernel_side *side, uint64_t word);

/* Values of n pairs of words, with prefetching: out[i] as evaluate_bounded(a, words_a[i], b, words_b[i], bound). */
void pd_kernel_evaluate_many(const struct pd_kernel *kernel, const struct pd_kernel_side *a, const uint64_t *words_a,
                             const struct pd_kernel_side *b, const uint64_t *words_b, size_t n, double bound,
                             double *out);

#endif
