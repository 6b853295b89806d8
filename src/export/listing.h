/* SPDX-License-Identifier: MIT
 * The tables of a run folder. */
#ifndef PD_EXPORT_LISTING_H
#define PD_EXPORT_LISTING_H

#include "base/arena.h"
#include "export/export.h"

struct pd_listed_table {
    struct pd_text name, path; /* temuan; <run>/temuan.csv */
    bool is_for_people;        /* not a row or more for every row of the inputs, as klaster.csv and pasangan.csv have */
};

struct pd_listing {
    struct pd_arena arena;
    struct pd_listed_table *items; /* [n_items] findings first, then by name */
    size_t n_items;
};

/* Those that options->tables names, all of them else. */
PADAN_MUST_CHECK enum padan_status pd_listing_make(struct pd_listing *listing, const struct pd_export_options *options,
                                                   struct padan_error *error);
void pd_listing_reset(struct pd_listing *listing);

#endif
