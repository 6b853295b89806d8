/* SPDX-License-Identifier: MIT
 * A table exploded for a blocking rule with arrays_to_explode: a record becomes one entry per element of its array, of
 * several arrays one per combination (the cross product, as Splink's unnest); none when an array is NULL or empty. The
 * rule reads the elements under the name of the array. The words of texts that few rows have (padan_words) are such an
 * array too: a list of words that a rule makes itself. Entries of a record are neighbours and records keep their order,
 * so an exploded table is a table like any other: keys, conditions and blocks work on it unchanged. */
#ifndef PD_MODEL_EXPLODED_H
#define PD_MODEL_EXPLODED_H

#include "model/derive.h"
#include "model/model.h"

struct pd_exploded {
    struct pd_table
        table; /* the columns that the rule reads; dictionaries of plain columns are those of the original */
    struct pd_deriver deriver; /* of table */
    uint32_t *record_of;       /* [table.n_records] */
    uint32_t *begins;          /* [n_records + 1] entries of a record */
    int words;                 /* column of table with words alone, ascending by code in a record; -1: arrays too */
};

/* Explodes the table of deriver, which must outlive it, for a rule, and binds the rule to the exploded table; texts
 * that words are taken from may become columns of the deriver's. BAD_ARGUMENT when an array is no list column, words
 * are taken from no text or their name is a column's; LIMIT above 2^32 - 2 entries; OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_exploded_make(struct pd_exploded *exploded, struct pd_deriver *deriver,
                                                    const struct pd_blocking_rule *rule, struct padan_error *error);
void pd_exploded_reset(struct pd_exploded *exploded);

#endif
