/* SPDX-License-Identifier: MIT
 * The rows of a pairs file (Splink's columns, ours, or two ids and nothing more) with their row numbers in the truth.
 */
#ifndef PD_EVALUATE_PAIR_FILE_H
#define PD_EVALUATE_PAIR_FILE_H

#include "evaluate/population.h"

/* Slots of the columns that are read. */
enum {
    PD_PAIR_SOURCE_L,
    PD_PAIR_ID_L,
    PD_PAIR_SOURCE_R,
    PD_PAIR_ID_R,
    PD_PAIR_WEIGHT,
    PD_PAIR_PROBABILITY,
    PD_PAIR_CLASS,
    PD_PAIR_COLUMNS
};

enum { PD_PAIR_LEVELS_MAX = 64 };

/* Where the level and the weight of one comparison stand; weight_slot 0 = the file has no mw_ column for it. */
struct pd_pair_level {
    size_t gamma_column, gamma_slot, weight_slot;
};

struct pd_pair_file {
    struct pd_row_file file;
    const struct pd_population *population;
    struct pd_key_batch left, right;
    bool has_class, has_weight, has_probability;
    struct pd_pair_level levels[PD_PAIR_LEVELS_MAX];
    size_t n_levels;
    struct pd_dictionary *others; /* the caller's, or NULL: rows that the truth does not have, see row_l */
    double threshold;             /* pairs below this match weight are not certain; NaN = no threshold */
    size_t n_rows;                /* of the batch last read */
    /* A row that the truth does not have is PD_NO_ROW, or, with `others`, numbered by them from the truth's n_rows on:
     * it may bring rows together that the truth has. */
    uint32_t row_l[PD_ROW_BATCH], row_r[PD_ROW_BATCH];
};

/* Columns of the sources and of the ids: those of a column called `wanted` (or NULL) as Splink names them, wanted_l and
 * wanted_r, else the usual names; false when one of them is missing (-1). */
bool pd_pair_source_columns(const struct pd_row_file *file, const char *wanted, int *left, int *right);
bool pd_pair_id_columns(const struct pd_row_file *file, const char *wanted, int *left, int *right);

/* Opens a pairs file. No threshold is set. */
PADAN_MUST_CHECK enum padan_status pd_pair_file_open(struct pd_pair_file *pairs, const char *path,
                                                     const struct pd_population *population, struct padan_error *error);
/* The same with the gamma_ and mw_ columns. */
PADAN_MUST_CHECK enum padan_status pd_pair_file_open_levels(struct pd_pair_file *pairs, const char *path,
                                                            const struct pd_population *population,
                                                            struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_pair_file_next(struct pd_pair_file *pairs, struct padan_error *error);
/* BAD_INPUT for a weight (or probability, when only that is there) of the batch that is neither empty nor a number: a
 * pair that would silently not count. */
PADAN_MUST_CHECK enum padan_status pd_pair_file_check_weights(const struct pd_pair_file *pairs,
                                                              struct padan_error *error);
/* Pair i of the batch is certain: kelas is otomatis, or the file has no kelas; and it is not below the threshold. */
bool pd_pair_is_certain(const struct pd_pair_file *pairs, size_t i);
/* Match weight of pair i (from the probability when only that is there); NaN when unknown. */
double pd_pair_weight(const struct pd_pair_file *pairs, size_t i);
void pd_pair_file_reset(struct pd_pair_file *pairs);

#endif
