/* SPDX-License-Identifier: MIT */
#include "base/assignment.h"

#include <math.h>
#include <stdbool.h>

/* Columns are numbered from 1; column 0 stands for the row that is being placed. */
struct assigning {
    const double (*worths)[PD_ASSIGNMENT_MAX];
    size_t n;
    double of_row[PD_ASSIGNMENT_MAX + 1], of_column[PD_ASSIGNMENT_MAX + 1]; /* potentials */
    size_t row_of[PD_ASSIGNMENT_MAX + 1];                                   /* by column, from 1; 0: free */
    size_t before[PD_ASSIGNMENT_MAX + 1];                                   /* of a column, on the path to it */
};

/* What a step costs beyond the potentials. */
static double cost(const struct assigning *a, size_t row, size_t column)
{
    return -a->worths[row - 1][column - 1] - a->of_row[row] - a->of_column[column];
}

/* The shortest way from column 0 to a free column, potentials moved along. */
static size_t find_free_column(struct assigning *a)
{
    double least[PD_ASSIGNMENT_MAX + 1];
    bool seen[PD_ASSIGNMENT_MAX + 1];
    size_t at = 0;
    for (size_t j = 0; j <= a->n; j++) {
        least[j] = INFINITY;
        seen[j] = false;
    }
    do {
        const size_t row = a->row_of[at];
        double step = INFINITY;
        size_t next = 0;
        seen[at] = true;
        for (size_t j = 1; j <= a->n; j++) {
            if (seen[j]) continue;
            const double here = cost(a, row, j);
            if (here < least[j]) {
                least[j] = here;
                a->before[j] = at;
            }
            if (least[j] < step) {
                step = least[j];
                next = j;
            }
        }
        for (size_t j = 0; j <= a->n; j++) {
            if (!seen[j]) {
                least[j] -= step;
                continue;
            }
            a->of_row[a->row_of[j]] += step;
            a->of_column[j] -= step;
        }
        at = next;
    } while (a->row_of[at] != 0);
    return at;
}

double pd_assign(const double worths[PD_ASSIGNMENT_MAX][PD_ASSIGNMENT_MAX], size_t n,
                 uint8_t matched[PD_ASSIGNMENT_MAX])
{
    struct assigning a = { .worths = worths, .n = n };
    double sum = 0;
    for (size_t row = 1; row <= n; row++) {
        a.row_of[0] = row;
        for (size_t at = find_free_column(&a); at != 0; at = a.before[at]) a.row_of[at] = a.row_of[a.before[at]];
    }
    for (size_t i = 0; i < PD_ASSIGNMENT_MAX; i++) matched[i] = PD_ASSIGNMENT_NONE;
    for (size_t j = 1; j <= n; j++) {
        const double worth = worths[a.row_of[j] - 1][j - 1];
        if (worth <= 0) continue;
        matched[a.row_of[j] - 1] = (uint8_t)(j - 1);
        sum += worth;
    }
    return sum;
}
