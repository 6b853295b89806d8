/* SPDX-License-Identifier: MIT
 * The rates are rounded up from measured runs (docs/performance.md); an estimate may err, the bound holds all the same.
 */
#include "run/memory_plan.h"

#include "base/memory.h"
#include "ingest/snapshot.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLE_BYTES = 1 << 16, COMPRESSION = 5 };

static const double GIB = 1024.0 * 1024.0 * 1024.0;

struct pd_memory_rates pd_memory_rates_of_run(void)
{
    return (struct pd_memory_rates){ UINT64_C(64) << 20, 550, 0, 1.2e-5 };
}

struct pd_memory_rates pd_memory_rates_of_engine(size_t n_columns)
{
    return (struct pd_memory_rates){ UINT64_C(32) << 20, 64 + 12 * (double)n_columns, 0.7, 1e-6 };
}

static bool is_compressed(const char *path)
{
    const struct pd_text name = pd_text_of(path);
    static const char *const endings[] = { ".gz", ".zst" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct pd_text ending = pd_text_of(endings[i]);
        if (name.length > ending.length &&
            pd_text_equal(pd_text_slice(name, name.length - ending.length, name.length), ending))
            return true;
    }
    return false;
}

/* Bytes per line of the first part of a file; 100 for what is compressed. */
static double line_bytes(const char *path)
{
    char sample[SAMPLE_BYTES];
    size_t n_lines = 0;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const ssize_t n = read(file, sample, sizeof sample);
    (void)close(file);
    for (ssize_t i = 0; i < n; i++) n_lines += sample[i] == '\n';
    if (is_compressed(path) || n_lines == 0) return 100;
    return (double)n / (double)n_lines;
}

/* An index says itself how many rows it has; one that cannot be read will be refused when it is. */
static void add_index(const char *path, struct pd_memory_plan *plan)
{
    struct pd_snapshot snapshot;
    if (pd_snapshot_open(&snapshot, path, NULL) != PADAN_OK) return;
    plan->input_bytes += snapshot.n_bytes * (snapshot.compressed ? COMPRESSION : 1);
    plan->rows += snapshot.n_records;
    pd_snapshot_close(&snapshot);
}

static void add_file(const char *path, struct pd_memory_plan *plan)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        plan->complete = false;
        return;
    }
    if (pd_snapshot_is(path)) {
        add_index(path, plan);
        return;
    }
    const uint64_t bytes = (uint64_t)status.st_size * (is_compressed(path) ? COMPRESSION : 1);
    const double per_line = line_bytes(path);
    plan->input_bytes += bytes;
    if (per_line > 0) plan->rows += (uint64_t)((double)bytes / per_line);
}

void pd_memory_plan_make(const struct pd_input_file *files, size_t n_files, const struct pd_memory_rates *rates,
                         int threads, struct pd_memory_plan *plan)
{
    *plan = (struct pd_memory_plan){ .complete = true };
    for (size_t i = 0; i < n_files; i++) add_file(files[i].path, plan);
    plan->needed_bytes = rates->fixed_bytes + (uint64_t)(rates->bytes_per_row * (double)plan->rows +
                                                         rates->bytes_per_input_byte * (double)plan->input_bytes);
    plan->seconds = rates->cpu_seconds_per_row * (double)plan->rows / (threads > 0 ? threads : 1);
}

void pd_memory_plan_tell(const struct pd_memory_plan *plan, uint64_t allowed_bytes, char *sentence, size_t room)
{
    char allowed[64] = "";
    if (allowed_bytes > 0)
        (void)snprintf(allowed, sizeof allowed, " of the %.2f GiB allowed", (double)allowed_bytes / GIB);
    (void)snprintf(
        sentence, room, "%s %llu rows; needs about %.2f GiB%s and %.0f %s", plan->complete ? "about" : "at least",
        (unsigned long long)plan->rows, (double)plan->needed_bytes / GIB, allowed,
        plan->seconds < 120 ? plan->seconds + 1 : plan->seconds / 60, plan->seconds < 120 ? "seconds" : "minutes");
}

enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                       struct padan_error *error)
{
    if (allowed_bytes == 0 || plan->needed_bytes <= allowed_bytes) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "about %llu rows need about %.2f GiB and only %.2f GiB are allowed: allow %.2f GiB (--memory, or `memory:` "
            "in the job) or give fewer rows",
            (unsigned long long)plan->rows, (double)plan->needed_bytes / GIB, (double)allowed_bytes / GIB,
            (double)plan->needed_bytes / GIB);
}

enum padan_status pd_memory_kept(uint64_t allowed_bytes, const char *stage, struct padan_error *error)
{
    const uint64_t peak = pd_memory_peak();
    if (allowed_bytes == 0 || peak <= allowed_bytes) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "stage %s took %.2f GiB and only %.2f GiB are allowed: allow about %.2f GiB; nothing was written", stage,
            (double)peak / GIB, (double)allowed_bytes / GIB, (double)peak * 1.5 / GIB);
}
