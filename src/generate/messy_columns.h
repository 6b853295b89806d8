/* SPDX-License-Identifier: MIT
 * Columns of a messy roster: which ones a file has, in which order, under which of their names. */
#ifndef PD_GENERATE_MESSY_COLUMNS_H
#define PD_GENERATE_MESSY_COLUMNS_H

#include "base/text.h"
#include "generate/benefit.h"
#include "generate/messy_style.h"

enum pd_messy_column {
    PD_MC_NUMBER,
    PD_MC_UNIQUE_ID,
    PD_MC_DTKS,
    PD_MC_ART,
    PD_MC_SEMESTA,
    PD_MC_NIK,
    PD_MC_KK,
    PD_MC_NAME,
    PD_MC_BIRTH_PLACE,
    PD_MC_BIRTH_DATE,
    PD_MC_TTL,
    PD_MC_SEX,
    PD_MC_MOTHER,
    PD_MC_RELATION,
    PD_MC_MARITAL,
    PD_MC_JOB,
    PD_MC_SCHOOL,
    PD_MC_ALIVE,
    PD_MC_PROVINCE,
    PD_MC_REGENCY,
    PD_MC_DISTRICT,
    PD_MC_VILLAGE,
    PD_MC_PROVINCE_NAME,
    PD_MC_REGENCY_NAME,
    PD_MC_DISTRICT_NAME,
    PD_MC_VILLAGE_NAME,
    PD_MC_ADDRESS,
    PD_MC_RT,
    PD_MC_RW,
    PD_MC_RT_RW,
    PD_MC_DECILE,
    PD_MC_RANK,
    PD_MC_PROGRAM,
    PD_MC_PERIOD,
    PD_MC_STAGE,
    PD_MC_YEAR,
    PD_MC_AMOUNT,
    PD_MC_BANK,
    PD_MC_ACCOUNT,
    PD_MC_CARD,
    PD_MC_PARTICIPANT,
    PD_MC_PUPIL,
    PD_MC_HEALTH_CARD,
    PD_MC_PAID,
    PD_MC_MATCHED,
    PD_MC_FLAG_FIRST, /* one per program of SIKS-NG, then the end */
    PD_MC_END = PD_MC_FLAG_FIRST + 11
};
enum { PD_MESSY_COLUMNS_MAX = PD_MC_END, PD_MESSY_FLAGS = PD_MC_END - PD_MC_FLAG_FIRST };

/* Columns of a file; returns their number. */
size_t pd_messy_columns(const struct pd_messy_style *style, enum pd_dataset dataset,
                        enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX]);
/* Name of a column in the n-th file: names take turns. */
struct pd_text pd_messy_header(enum pd_messy_column column, const struct pd_messy_style *style, enum pd_dataset dataset,
                               unsigned n);
/* The flag of a program in SIKS-NG rows, -1 = it has none. */
int pd_messy_flag_of(enum pd_dataset dataset);
static inline bool pd_messy_is_wide(const struct pd_messy_style *style, enum pd_dataset dataset)
{
    return style->wide && pd_messy_flag_of(dataset) >= 0;
}

#endif
