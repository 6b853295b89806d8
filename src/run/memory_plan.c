/* SPDX-License-Identifier: MIT */
#include "run/memory_plan.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>

enum { CHUNKS_IN_BOUND = 64, CHUNK_MIN = 256 << 10, CHUNK_MAX = 4 << 20, KEYS_IN_BOUND = 8 };

static const double GIB = 1024.0 * 1024.0 * 1024.0;
/* What the file holds at the most, to what is needed: what has been moved once stays the file's until it is freed. */
static const double SPILL = 1.0;
/* A run that needs less of its bound stays in memory; small pieces take so much of it at most before they lie in the
 * file, and less in a run that does not fit. */
static const double FITS = 0.9, PIECES = 0.6, PIECES_SPILLED = 1.0 / 16;

/* In GiB, so that the figure as printed is enough. */
static double rounded_up(uint64_t bytes)
{
    return ceil((double)bytes / GIB * 100) / 100;
}

size_t pd_memory_chunk_bytes(uint64_t allowed_bytes)
{
    const uint64_t share = allowed_bytes / CHUNKS_IN_BOUND;
    if (allowed_bytes == 0 || share >= CHUNK_MAX) return 0;
    return share < CHUNK_MIN ? CHUNK_MIN : (size_t)share;
}

size_t pd_memory_slice_words(const struct pd_memory_plan *plan, uint64_t allowed_bytes)
{
    if (allowed_bytes == 0 || plan->estimate.needed_bytes <= allowed_bytes) return 0;
    return (size_t)(allowed_bytes / KEYS_IN_BOUND / (2 * sizeof(uint64_t))); /* the words and as many beside them */
}

static bool can_keep(const struct pd_memory_keeper *keeper)
{
    return keeper != NULL && keeper->keep != NULL;
}

enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                       const struct pd_memory_keeper *keeper, struct padan_error *error)
{
    const uint64_t least = can_keep(keeper) ? plan->estimate.least_bytes : plan->estimate.needed_bytes;
    if (allowed_bytes == 0 || least <= allowed_bytes) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "about %llu rows need about %.2f GiB, %.2f GiB at the least, and only %.2f GiB are allowed: allow %.2f GiB "
            "(--memory, or `memory:` in the job) or give fewer rows",
            (unsigned long long)plan->estimate.rows, (double)plan->estimate.needed_bytes / GIB, rounded_up(least),
            (double)allowed_bytes / GIB, rounded_up(least));
}

void pd_memory_plan_say_narrow(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                               char sentence[PD_NARROW_ONLY_BYTES])
{
    const uint64_t least = plan->estimate.least_wide_bytes;
    sentence[0] = '\0';
    if (allowed_bytes == 0 || least <= allowed_bytes) return;
    (void)snprintf(
        sentence, PD_NARROW_ONLY_BYTES,
        "the few rows that are sought do not suffice to tell which of the others they may meet, or meet most "
        "of them, so that all rows need %.2f GiB at the least, and only %.2f GiB are allowed: allow %.2f GiB "
        "(--memory)",
        rounded_up(least), (double)allowed_bytes / GIB, rounded_up(least));
}

enum padan_status pd_memory_plan_keep(struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                      const struct pd_memory_keeper *keeper, const char *folder,
                                      struct padan_error *error)
{
    if (allowed_bytes == 0 || !can_keep(keeper)) return PADAN_OK;
    const struct pd_estimate *estimate = &plan->estimate;
    const bool fits = estimate->n_unknown == 0 && (double)estimate->needed_bytes <= FITS * (double)allowed_bytes;
    const double pieces = (fits ? PIECES : PIECES_SPILLED) * (double)allowed_bytes;
    const double moved = fits ? 0 : SPILL * (double)plan->estimate.needed_bytes;
    const struct pd_memory_bound bound = { .allowed_bytes = allowed_bytes,
                                           .piece_bytes = (uint64_t)pieces,
                                           .spill_bytes = (uint64_t)moved,
                                           .output_bytes = plan->estimate.output_bytes,
                                           .folder = folder };
    const enum padan_status status = keeper->keep(keeper->context, &bound, error);
    plan->kept = status == PADAN_OK;
    return fits && status == PADAN_LIMIT ? PADAN_OK : status;
}

enum padan_status pd_memory_kept(const struct pd_memory_plan *plan, uint64_t allowed_bytes, const char *stage,
                                 struct padan_error *error)
{
    const uint64_t peak = pd_memory_peak();
    if (allowed_bytes == 0 || peak <= allowed_bytes || plan->kept) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "stage %s took %.2f GiB and only %.2f GiB are allowed: allow about %.2f GiB; nothing was written", stage,
            (double)peak / GIB, (double)allowed_bytes / GIB, (double)peak * 1.5 / GIB);
}
