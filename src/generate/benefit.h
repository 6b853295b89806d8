/* SPDX-License-Identifier: MIT
 * Who is in which file: programs with their sizes, rules and amounts (DOMAIN 5.2, 5.3), and every row that a household
 * has in every file. */
#ifndef PD_GENERATE_BENEFIT_H
#define PD_GENERATE_BENEFIT_H

#include "generate/household.h"

enum pd_dataset {
    PD_REGISTER,
    PD_REGISTRY,
    PD_PKH,
    PD_SEMBAKO,
    PD_BLT_DESA,
    PD_PROVINSI,
    PD_PBI_JK,
    PD_PIP,
    PD_ASN,
    PD_N_DATASETS,
    PD_FIRST_PROGRAM = PD_PKH,
    PD_END_PROGRAM = PD_ASN
};

struct pd_dataset_facts {
    const char *name;                 /* of the source and the file */
    const char *program;              /* code of datasets/program.csv, NULL for the others */
    bool family;                      /* unit of the program */
    int cut;                          /* deciles 1..cut are eligible */
    int n_periods;                    /* monthly rows, or 1 */
    const char *periods[2], *earlier; /* as written; earlier: a tahap before those */
    const char *stages[2], *earlier_stage;
    int first_month, months; /* of the first period in 2026 */
    int earlier_month;
};
extern const struct pd_dataset_facts pd_dataset_facts[PD_N_DATASETS];

/* Why a row of a roster is there. */
enum pd_entry_kind {
    PD_ENTRY_PAID,    /* the first period */
    PD_ENTRY_NEXT,    /* the second month: the same text again */
    PD_ENTRY_EARLIER, /* an earlier tahap: no duplicate */
    PD_ENTRY_FAILED,  /* a payment that failed and was paid again: no duplicate */
    PD_ENTRY_TWICE,   /* the same person once more, paid twice (E5) */
    PD_ENTRY_OTHER    /* the same family through another person (KK) */
};

/* A row: household, member, kind. */
static inline uint64_t pd_entry(uint64_t household, int member, enum pd_entry_kind kind)
{
    return household << 8 | (uint64_t)member << 4 | (uint64_t)kind;
}
static inline uint64_t pd_entry_household(uint64_t entry)
{
    return entry >> 8;
}
static inline int pd_entry_member(uint64_t entry)
{
    return (int)(entry >> 4 & 15);
}
static inline enum pd_entry_kind pd_entry_kind(uint64_t entry)
{
    return (enum pd_entry_kind)(entry & 15);
}

struct pd_benefits {
    int8_t recipient[PD_N_DATASETS]; /* family programs: the member whose name is in the roster, -1 = none */
    uint8_t members[PD_N_DATASETS];  /* a bit per member in the file; family programs: the recipient's */
    uint8_t twice[PD_N_DATASETS];    /* of those, who is listed twice */
    int8_t other[PD_N_DATASETS];     /* second recipient of the family, -1 = none */
    uint8_t earlier[PD_N_DATASETS], failed[PD_N_DATASETS]; /* members with such a row */
};

void pd_benefits_make(const struct pd_truth *truth, const struct pd_household *household, struct pd_benefits *benefits);

/* Rows of the household in one file, at most PD_ENTRIES_MAX. */
enum { PD_ENTRIES_MAX = PD_MEMBERS_MAX * 5 };
size_t pd_benefits_entries(const struct pd_household *household, const struct pd_benefits *benefits,
                           enum pd_dataset dataset, uint64_t entries[PD_ENTRIES_MAX]);

/* The category of PKH (job.yaml says the same): one of the members who did not die before the day is at most 18, or 60
 * and older. */
bool pd_pkh_category(const struct pd_household *household, unsigned members, int32_t day);
/* Rupiah of one row. */
int64_t pd_amount(const struct pd_truth *truth, const struct pd_household *household, enum pd_dataset dataset,
                  uint64_t entry);
/* First day of the period of a row. */
int32_t pd_period_begin(enum pd_dataset dataset, enum pd_entry_kind kind);
static inline bool pd_is_paid(enum pd_entry_kind kind)
{
    return kind != PD_ENTRY_FAILED;
}

#endif
