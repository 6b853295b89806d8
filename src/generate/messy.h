/* SPDX-License-Identifier: MIT
 * Rosters as regions send them: every program in a folder of its own, a file per group of villages, each in the shape
 * that one office has (`--layouts messy`). The rows and their truth are those of the clean layout; only Excel's
 * rounding and the like (E8, E9) are drawn per file here. */
#ifndef PD_GENERATE_MESSY_H
#define PD_GENERATE_MESSY_H

#include "generate/layout.h"
#include "generate/messy_columns.h"

/* An inhabited district; [begin, end) is its share of the people, in order of codes. */
struct pd_messy_district {
    uint32_t code, bps_code; /* six and seven digits, bps_code 0 = not in the table */
    uint32_t index;          /* of nation->places.districts */
    double begin, end;
};

/* One file. */
struct pd_messy_part {
    const struct pd_messy_style *style;
    unsigned turn;   /* which of their names columns have */
    uint32_t errors; /* E8, E9 and their form */
    uint32_t regency;
};

struct pd_messy {
    const struct pd_nation *nation;
    struct pd_messy_district *districts; /* [n_districts] by code */
    size_t n_districts;
    struct pd_messy_part *parts[PD_N_DATASETS];
    size_t n_parts[PD_N_DATASETS];
};

PADAN_MUST_CHECK enum padan_status pd_messy_build(struct pd_messy *messy, const struct pd_nation *nation,
                                                  struct padan_error *error);
void pd_messy_reset(struct pd_messy *messy);

/* The layout of one roster; messy must outlive it. */
struct pd_layout pd_layout_messy(const struct pd_messy *messy, enum pd_dataset dataset);

/* A district by its code, or NULL. */
const struct pd_messy_district *pd_messy_district(const struct pd_messy *messy, uint32_t code);
/* Appends the text of one cell, in UTF-8 and without quotes. */
void pd_messy_cell(const struct pd_messy *messy, const struct pd_messy_part *part, const struct pd_record *record,
                   enum pd_messy_column column, struct pd_buffer *cell);
/* Makes the folders of the rosters and takes files of earlier messy generations out of them. */
PADAN_MUST_CHECK enum padan_status pd_messy_clear_folders(const char *out, struct padan_error *error);
/* Packs a finished file, or removes it when it is empty. */
PADAN_MUST_CHECK enum padan_status pd_messy_finish(enum pd_messy_packing packing, bool empty, const char *path,
                                                   struct padan_error *error);
/* Rupiah as the office writes them. */
void pd_messy_amount(enum pd_messy_amount form, int64_t rupiah, struct pd_buffer *cell);

#endif
