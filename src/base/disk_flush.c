/* SPDX-License-Identifier: MIT */
#include "base/disk_flush.h"

#include <errno.h>
#include <unistd.h>

enum { FLUSH_BYTES = 32 << 20 };

void pd_disk_flush_begin(struct pd_disk_flush *flush, int folder)
{
    flush->begun = folder >= 0;
    flush->folder = folder;
}

static void *wait_for_disk(void *context)
{
    struct pd_disk_flush *flush = context;
    int none = 0;
    if (fsync(flush->folder) != 0 && errno != EINVAL)
        (void)atomic_compare_exchange_strong(&flush->failure, &none, errno);
    atomic_store(&flush->busy, false);
    return NULL;
}

void pd_disk_flush_given(struct pd_disk_flush *flush, uint64_t n_bytes)
{
    if (flush == NULL || !flush->begun) return;
    if (atomic_fetch_add(&flush->n_waiting, n_bytes) + n_bytes < FLUSH_BYTES) return;
    if (atomic_exchange(&flush->busy, true)) return;
    if (flush->has_thread) (void)pthread_join(flush->thread, NULL);
    atomic_store(&flush->n_waiting, 0);
    flush->has_thread = pthread_create(&flush->thread, NULL, wait_for_disk, flush) == 0;
    if (!flush->has_thread) flush->begun = false;
}

int pd_disk_flush_end(struct pd_disk_flush *flush)
{
    if (flush->has_thread) (void)pthread_join(flush->thread, NULL);
    const int failure = atomic_load(&flush->failure);
    *flush = (struct pd_disk_flush){ 0 };
    return failure;
}
