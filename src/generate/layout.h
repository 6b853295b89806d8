/* SPDX-License-Identifier: MIT
 * How the rows of a dataset become files. The clean layout is one CSV file per dataset; the messy one is many. */
#ifndef PD_GENERATE_LAYOUT_H
#define PD_GENERATE_LAYOUT_H

#include "base/buffer.h"
#include "generate/nation.h"

/* Sums of a file, for a totals row. */
struct pd_layout_totals {
    uint64_t n_rows;
    int64_t amount;
};

struct pd_messy;

struct pd_layout {
    const struct pd_nation *nation;
    enum pd_dataset dataset;
    size_t n_parts;               /* files of this dataset */
    const struct pd_messy *messy; /* the messy layout's plan; NULL in the clean one */
    /* Path of a part below the output folder, and what job.yaml says about the source ("path: pkh.csv"). */
    void (*path)(const struct pd_layout *layout, size_t part, struct pd_buffer *path);
    void (*job)(const struct pd_layout *layout, struct pd_buffer *job);
    void (*header)(const struct pd_layout *layout, size_t part, struct pd_buffer *buffer);
    size_t (*part_of)(const struct pd_layout *layout, const struct pd_record *record);
    /* What the file as a whole does to a row (E8, E9), before the row is appended and counted; NULL = nothing. */
    void (*damage)(const struct pd_layout *layout, size_t part, struct pd_record *record);
    void (*append)(const struct pd_layout *layout, size_t part, const struct pd_record *record,
                   struct pd_buffer *buffer);
    void (*trailer)(const struct pd_layout *layout, size_t part, const struct pd_layout_totals *totals,
                    struct pd_buffer *buffer);
    /* Called when a part is complete on disk (compression, removal of empty files); NULL = nothing to do. */
    enum padan_status (*finish)(const struct pd_layout *layout, size_t part, const struct pd_layout_totals *totals,
                                const char *path, struct padan_error *error);
};

struct pd_layout pd_layout_clean(const struct pd_nation *nation, enum pd_dataset dataset);

#endif
