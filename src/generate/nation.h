/* SPDX-License-Identifier: MIT
 * Everything that rows are made from, and the making of one row: a pure function of (nation, dataset, entry), so that
 * files can be written in any order and any row can be looked at twice. */
#ifndef PD_GENERATE_NATION_H
#define PD_GENERATE_NATION_H

#include "generate/benefit.h"
#include "generate/names.h"
#include "generate/row.h"
#include "generate/serials.h"
#include "generate/shuffle.h"

struct pd_nation {
    const struct pd_generate_options *options;
    const char *folder; /* where its files are made (generate/output.h) */
    int threads;
    struct pd_places places;
    struct pd_names names;
    struct pd_truth truth;
    struct pd_serials numbers;
    uint64_t *entries[PD_N_DATASETS]; /* [n_entries] rows of each dataset in order of household */
    uint64_t n_entries[PD_N_DATASETS];
    uint32_t file_errors[PD_N_DATASETS];       /* damage of the whole file */
    struct pd_shuffle identity[PD_N_DATASETS]; /* entry -> unique_id */
};

/* A row with what is written beside the fields of the person. */
struct pd_record {
    enum pd_dataset dataset;
    uint64_t entry;
    enum pd_entry_kind kind;
    int member;
    uint64_t unique_id;
    uint64_t entity, family; /* of the truth, from 1 */
    struct pd_row row;
    struct pd_household household;
    int64_t amount; /* rupiah; programs only */
    bool paid;
};

void pd_record_make(const struct pd_nation *nation, enum pd_dataset dataset, uint64_t entry, struct pd_record *record);

/* Fetches what the rows of n <= PD_WARM_MOST entries will read, so that it comes in parallel: the entries of a file are
 * in random order, and every one of them would wait for memory. */
enum { PD_WARM_MOST = 64 };
void pd_record_warm(const struct pd_nation *nation, enum pd_dataset dataset, const uint64_t *entries, size_t n);

static inline const struct pd_member *pd_record_person(const struct pd_record *record)
{
    return &record->household.members[record->member];
}

/* What damage befalls a dataset; the list of civil servants is as clean as the register. */
enum pd_file_kind pd_kind_of(enum pd_dataset dataset);

#endif
