/* SPDX-License-Identifier: MIT
 * The bound of --memory. The program brings a keeper, which moves to the disk what does not fit; a run whose pairs
 * would then wait for the disk is refused with the figure that would do. Without a keeper (in the library) a run that
 * does not fit is refused, and one that grows past its bound ends between two stages, before anything is published. */
#ifndef PD_RUN_MEMORY_PLAN_H
#define PD_RUN_MEMORY_PLAN_H

#include "run/estimate.h"

/* The bound a keeper is to keep. */
struct pd_memory_bound {
    uint64_t allowed_bytes;
    uint64_t piece_bytes;  /* so much at most may be small pieces of memory that cannot be moved */
    uint64_t spill_bytes;  /* room on the disk for what may have to be moved, about */
    uint64_t output_bytes; /* and for the results */
    const char *folder;    /* to this folder's file system */
};

/* Keeps the process within a bound from now on, until it ends. LIMIT when that cannot be done. */
struct pd_memory_keeper {
    enum padan_status (*keep)(void *context, const struct pd_memory_bound *bound, struct padan_error *error);
    void *context;
};

struct pd_memory_plan {
    struct pd_estimate estimate;
    bool kept; /* a keeper sees to the bound */
};

/* For pd_ingest_options under a bound: the window of bytes being read is a small part of it. 0: as usual. */
size_t pd_memory_chunk_bytes(uint64_t allowed_bytes);
/* For the linker of a job that does not fit: keys of so many rows are sorted at once, a small part of the bound. 0: as
 * usual. */
size_t pd_memory_slice_words(const struct pd_memory_plan *plan, uint64_t allowed_bytes);
/* LIMIT with the figure that would do, when a bound is given (not 0) and the run cannot be made within it. */
PADAN_MUST_CHECK enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                                        const struct pd_memory_keeper *keeper,
                                                        struct padan_error *error);
/* What a run over all rows is to say where the bound allows one over the rows that others meet alone
 * (least_wide_bytes); "" where it allows either. */
enum { PD_NARROW_ONLY_BYTES = 320 };
void pd_memory_plan_say_narrow(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                               char sentence[PD_NARROW_ONLY_BYTES]);
/* Sets the keeper on, when there is one and a bound. folder: where the results will be. A run that should fit goes on
 * where the keeper cannot work, one that should not is refused. */
PADAN_MUST_CHECK enum padan_status pd_memory_plan_keep(struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                                       const struct pd_memory_keeper *keeper, const char *folder,
                                                       struct padan_error *error);
/* LIMIT when the process has passed its bound (0 = none) and no keeper sees to it. stage is its name for the message.
 */
PADAN_MUST_CHECK enum padan_status pd_memory_kept(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                                  const char *stage, struct padan_error *error);

#endif
