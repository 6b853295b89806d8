/* SPDX-License-Identifier: MIT
 * What a run will need, told before it begins, and the bound of --memory: a run that cannot fit is refused with the
 * figure that would do, and one that grows past its bound ends between two stages, before anything is published. */
#ifndef PD_RUN_MEMORY_PLAN_H
#define PD_RUN_MEMORY_PLAN_H

#include "ingest/ingest.h"

struct pd_memory_rates {
    uint64_t fixed_bytes;
    double bytes_per_row, bytes_per_input_byte, cpu_seconds_per_row;
};

struct pd_memory_plan {
    uint64_t input_bytes, rows; /* after decompression; rows from the length of the first lines */
    uint64_t needed_bytes;
    double seconds;
    bool complete; /* false: standard input or an unreadable file is among the inputs, whose size is not known */
};

/* Of `padan run` (normalised, all reports) and of the engine with n_columns columns in use. */
struct pd_memory_rates pd_memory_rates_of_run(void);
struct pd_memory_rates pd_memory_rates_of_engine(size_t n_columns);

void pd_memory_plan_make(const struct pd_input_file *files, size_t n_files, const struct pd_memory_rates *rates,
                         int threads, struct pd_memory_plan *plan);
/* "about 902829 rows; needs about 0.6 GiB of the 16.0 GiB allowed, 5 seconds" */
void pd_memory_plan_tell(const struct pd_memory_plan *plan, uint64_t allowed_bytes, char *sentence, size_t room);
/* LIMIT with the figure that would do, when a bound is given (not 0) and the plan does not fit. */
PADAN_MUST_CHECK enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                                        struct padan_error *error);
/* LIMIT when the process has passed its bound (0 = none). stage is its name for the message. */
PADAN_MUST_CHECK enum padan_status pd_memory_kept(uint64_t allowed_bytes, const char *stage, struct padan_error *error);

#endif
