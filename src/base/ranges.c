/* SPDX-License-Identifier: MIT */
#include "base/ranges.h"

#include "base/parallel.h"

/* With more, going through all of it is most of the work. */
enum { RANGES_MAX = 8 };

struct parting {
    size_t n, n_ranges;
    pd_range_body *body;
    void *context;
};

static enum padan_status do_range(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct parting *parting = context;
    const size_t begin = index * parting->n / parting->n_ranges;
    const size_t end = (index + 1) * parting->n / parting->n_ranges;
    (void)worker, (void)error;
    parting->body(parting->context, (struct pd_range){ begin, end - begin });
    return PADAN_OK;
}

enum padan_status pd_ranges_for(size_t n, int threads, pd_range_body *body, void *context, struct padan_error *error)
{
    const int n_ranges = threads < 1 ? 1 : threads < RANGES_MAX ? threads : RANGES_MAX;
    struct parting parting = { n, (size_t)n_ranges, body, context };
    return pd_parallel_for(parting.n_ranges, threads, do_range, &parting, error);
}
