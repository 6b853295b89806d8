/* SPDX-License-Identifier: MIT
 * The figures that a perfect run would report, counted from the truth by code of its own: expected.csv. */
#ifndef PD_GENERATE_EXPECTED_H
#define PD_GENERATE_EXPECTED_H

#include "base/buffer.h"
#include "base/radix.h"
#include "generate/nation.h"

struct pd_count {
    int64_t n, amount;
};

enum pd_duplicate_kind { PD_TWICE_K1, PD_TWICE_K2, PD_TWICE_K3, PD_TWICE_KK, PD_N_TWICE };
enum pd_unfit {
    PD_UNFIT_DEAD,
    PD_UNFIT_DEAD_RECIPIENT, /* of a family program, with a living family */
    PD_UNFIT_DECILE,
    PD_UNFIT_CATEGORY, /* PKH */
    PD_UNFIT_ASN,
    PD_UNFIT_INACTIVE,
    PD_UNFIT_UNREGISTERED,        /* the person */
    PD_UNFIT_UNREGISTERED_FAMILY, /* family programs: nobody of the family */
    PD_N_UNFIT
};

/* Sums; those of several workers add up. */
struct pd_expected {
    struct pd_count rows[PD_N_DATASETS]; /* paid rows; of registers all */
    struct pd_count twice[PD_N_DATASETS][PD_N_TWICE];
    struct pd_count unfit[PD_N_DATASETS][PD_N_UNFIT];
    struct pd_count both_persons[PD_N_DATASETS][PD_N_DATASETS]; /* amount: of the first program */
    struct pd_count both_families[PD_N_DATASETS][PD_N_DATASETS];
    int64_t eligible[PD_N_DATASETS];  /* E */
    int64_t receiving[PD_N_DATASETS]; /* B: units of the registry */
    int64_t hit[PD_N_DATASETS];       /* B and E */
    int64_t unknown[PD_N_DATASETS];   /* units that are not in the registry */
};

/* What a household and its rows (all datasets) add. */
void pd_expected_household(struct pd_expected *expected, const struct pd_nation *nation,
                           const struct pd_household *household, const struct pd_benefits *benefits);
/* What a written row adds: duplicates depend on the damage of the rows. key: for pd_expected_shared. */
void pd_expected_row(struct pd_expected *expected, const struct pd_nation *nation, const struct pd_record *record,
                     struct pd_key *key);
/* Different persons under one clean NIK in one period (K2), from the n keys of a dataset, which are sorted. */
PADAN_MUST_CHECK enum padan_status pd_expected_shared(struct pd_expected *expected, enum pd_dataset dataset,
                                                      struct pd_key *keys, size_t n, int threads,
                                                      struct padan_error *error);
void pd_expected_add(struct pd_expected *sum, const struct pd_expected *part);
/* jenis,program,program_b,tingkat,n,nominal,nominal_b; docs/generate.md says what each kind counts. */
void pd_expected_write(const struct pd_expected *expected, struct pd_buffer *buffer);

#endif
