/* SPDX-License-Identifier: MIT
 * The `category:` conditions of a job's eligibility, compiled once and asked per row of the registry. Beside the
 * columns of the table they may read `umur` (whole years at the reference date) and `jenis_kelamin` as 'L' or 'P'. Of
 * somebody whom the register knows, both are the register's: a date mistyped in the registry makes nobody older. One
 * mistyped in the register neither: where the person's NIK and the registry agree on another date, that counts. */
#ifndef PD_RECONCILE_CATEGORY_H
#define PD_RECONCILE_CATEGORY_H

#include "expression/expression.h"
#include "job/job.h"
#include "model/registry.h"
#include "model/row_reader.h"

struct pd_categories {
    struct pd_arena arena;
    const struct pd_job *job;
    const struct pd_table *table;
    struct pd_expression *conditions[PD_CATEGORIES_MAX];
    int of_eligibility[PD_CATEGORIES_MAX]; /* condition -> index into job->eligibility */
    bool by_row[PD_CATEGORIES_MAX];        /* reads more than age and sex */
    size_t n_conditions;
    int birth_date, sex, nik; /* columns */
    const uint32_t
        *person; /* [n_records] the register's row of a person, PD_NO_RECORD for none; NULL: nobody has one */
};

/* Parses and binds. BAD_ARGUMENT with file:line:column for a condition that is wrong or not about one row, a column the
 * data does not have, or more than PD_CATEGORIES_MAX conditions. functions must outlive the categories. */
PADAN_MUST_CHECK enum padan_status pd_categories_make(struct pd_categories *categories, const struct pd_job *job,
                                                      const struct pd_table *table,
                                                      const struct pd_function_set *functions,
                                                      struct padan_error *error);
/* Whether all conditions of a job can be parsed, before there is a table whose columns they could read. BAD_ARGUMENT
 * with the place in the job. */
PADAN_MUST_CHECK enum padan_status
pd_categories_parse(const struct pd_job *job, const struct pd_function_set *functions, struct padan_error *error);
/* Bit of the condition of an eligibility (index into job->eligibility), -1 when it has none. */
int pd_category_of(const struct pd_categories *categories, size_t eligibility);
/* Bits of the conditions that hold for rows [begin, end): bits[0] is that of begin. */
PADAN_MUST_CHECK enum padan_status pd_categories_evaluate(const struct pd_categories *categories, size_t begin,
                                                          size_t end, int threads, uint32_t *bits,
                                                          struct padan_error *error);

/* Reads a row of the table, or one of the computed columns: what conditions see. Its pair's left row is the one read.
 */
struct pd_category_reader {
    const struct pd_categories *categories;
    struct pd_pair_reader pair;
    struct pd_row_reader row;
};
void pd_category_reader_open(struct pd_category_reader *reader, const struct pd_categories *categories);
struct pd_row_reader pd_category_row_reader(struct pd_category_reader *reader);
struct pd_column_resolver pd_category_resolver(const struct pd_categories *categories);

void pd_categories_reset(struct pd_categories *categories);

#endif
