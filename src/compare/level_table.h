/* SPDX-License-Identifier: MIT
 * The levels of a comparison as a table. What a level asks of a pair is few things: is a column NULL on a side, are two
 * words equal, where does one similarity lie among the constants it is compared with. The level for every combination
 * of answers is found once; a pair then costs its answers and a look, instead of a walk through the conditions of all
 * levels. The similarity is computed only where the other answers leave the level open. */
#ifndef PD_COMPARE_LEVEL_TABLE_H
#define PD_COMPARE_LEVEL_TABLE_H

#include "compare/condition.h"

enum { PD_LEVEL_ATOMS_MAX = 12, PD_LEVEL_CUTS_MAX = 12, PD_LEVEL_NONE = 254, PD_LEVEL_OPEN = 255 };

struct pd_level_table {
    const struct pd_test *atoms[PD_LEVEL_ATOMS_MAX]; /* NULL, SAME, TRUTH */
    size_t n_atoms;
    const struct pd_test *similarity; /* NULL: none is asked for */
    double cuts[PD_LEVEL_CUTS_MAX];   /* constants it is compared with, ascending */
    size_t n_cuts;
    size_t n_places;       /* below, at and above each cut, and NULL */
    const uint8_t *levels; /* [answers of atoms][n_places] level, or PD_LEVEL_NONE */
    const uint8_t
        *first; /* [answers of atoms] the same where no similarity matters or it is NULL, else PD_LEVEL_OPEN */
};

/* Makes the table of tests [n_levels]; *table stays NULL where levels ask for more than that. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_level_table_make(struct pd_arena *arena, const struct pd_test *const *tests,
                                                       size_t n_levels, const struct pd_level_table **table,
                                                       struct padan_error *error);
/* The first level that is true for the pair that was begun, PD_LEVEL_NONE when there is none. */
unsigned pd_level_table_find(const struct pd_level_table *table, const struct pd_conditions *conditions,
                             struct pd_condition_worker *worker);
/* Where a similarity lies: 2 i + 1 at cut i, even places below, between and above; n_places - 1 for NaN. */
size_t pd_level_table_place(const struct pd_level_table *table, double similarity);
/* The level that a similarity gives (NaN where a side is NULL), where the answers to the atoms are `word`: the sum of
 * answer (PD_FALSE 0, PD_TRUE 1, PD_UNKNOWN 2; of NULL 0 or 1) times stride, atom by atom. */
unsigned pd_level_table_with(const struct pd_level_table *table, size_t word, double similarity);
/* The level where the answers alone decide, else PD_LEVEL_OPEN. */
static inline unsigned pd_level_table_at_once(const struct pd_level_table *table, size_t word)
{
    return table->first[word];
}

#endif
