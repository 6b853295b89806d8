/* SPDX-License-Identifier: MIT
 * What a run will need, told before it begins, and the bound of --memory. The program brings a keeper, which moves to
 * the disk what does not fit; a run whose pairs would then wait for the disk is refused with the figure that would do.
 * Without a keeper (in the library) a run that does not fit is refused, and one that grows past its bound ends between
 * two stages, before anything is published. */
#ifndef PD_RUN_MEMORY_PLAN_H
#define PD_RUN_MEMORY_PLAN_H

#include "ingest/ingest.h"

/* The bound a keeper is to keep. */
struct pd_memory_bound {
    uint64_t allowed_bytes;
    uint64_t anonymous_bytes; /* so much at most may be memory that cannot be moved */
    uint64_t spill_bytes;     /* room on the disk for what may have to be moved, and for what is freed there, about */
    const char *folder;       /* to this folder's file system */
};

/* Keeps the process within a bound from now on, until it ends. LIMIT when that cannot be done. */
struct pd_memory_keeper {
    enum padan_status (*keep)(void *context, const struct pd_memory_bound *bound, struct padan_error *error);
    void *context;
};

struct pd_memory_rates {
    uint64_t fixed_bytes;
    double bytes_per_row, cpu_seconds_per_row;
    double at_hand; /* share of the bytes of rows that is read in no order while pairs are judged */
};

struct pd_memory_plan {
    uint64_t input_bytes, rows; /* after decompression; rows from the length of the first lines */
    uint64_t needed_bytes;
    uint64_t least_bytes; /* with a keeper: below this, pairs would wait for the disk */
    double seconds;
    bool kept;     /* a keeper sees to the bound */
    bool complete; /* false: standard input or an unreadable file is among the inputs, whose size is not known */
};

/* Of `padan run` (normalised, all reports), and of the engine with a model that has n_rules rules and reads n_columns
 * columns. */
struct pd_memory_rates pd_memory_rates_of_run(void);
struct pd_memory_rates pd_memory_rates_of_engine(size_t n_columns, size_t n_rules);
/* Of the engine with a model whose columns are normalised: it keeps all of them. */
struct pd_memory_rates pd_memory_rates_of_normalised(void);
/* Of the engine when it makes its own model. */
struct pd_memory_rates pd_memory_rates_of_zero(void);

void pd_memory_plan_make(const struct pd_input_file *files, size_t n_files, const struct pd_memory_rates *rates,
                         int threads, struct pd_memory_plan *plan);
/* "about 902829 rows; needs about 0.60 GiB of the 16.00 GiB allowed and 5 seconds" */
void pd_memory_plan_tell(const struct pd_memory_plan *plan, uint64_t allowed_bytes, char *sentence, size_t room);
/* For pd_ingest_options under a bound: the window of bytes being read is a small part of it. 0: as usual. */
size_t pd_memory_chunk_bytes(uint64_t allowed_bytes);
/* For the linker of a job that does not fit: keys of so many rows are sorted at once, a small part of the bound. 0: as
 * usual. */
size_t pd_memory_slice_words(const struct pd_memory_plan *plan, uint64_t allowed_bytes);
/* Smaller runs without a bound are over before their estimate is read. */
bool pd_memory_plan_is_worth_telling(const struct pd_memory_plan *plan, uint64_t allowed_bytes);
/* LIMIT with the figure that would do, when a bound is given (not 0) and the run cannot be made within it. */
PADAN_MUST_CHECK enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                                        const struct pd_memory_keeper *keeper,
                                                        struct padan_error *error);
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
