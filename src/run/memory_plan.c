/* SPDX-License-Identifier: MIT
 * The rates are rounded up from measured runs (docs/performance.md); an estimate may err, the bound holds all the same.
 */
#include "run/memory_plan.h"

#include "base/memory.h"
#include "ingest/snapshot.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLE_BYTES = 1 << 15, N_SAMPLES = 8, COMPRESSION = 5, PROGRAM_BYTES = 28 << 20, TOLD_FROM_ROWS = 100000 };
enum { CHUNKS_IN_BOUND = 64, CHUNK_MIN = 256 << 10, CHUNK_MAX = 4 << 20, KEYS_IN_BOUND = 8 };

static const double GIB = 1024.0 * 1024.0 * 1024.0;
/* Freed pages keep their room in the file: 1.35 times what is in use was seen (bench/results/whole_job_2026-11-26.md).
 */
static const double SPILL = 1.5;
/* A run that needs less of its bound stays in memory, but for what is beyond this share of it. */
static const double FITS = 0.9, ANONYMOUS = 0.6;

struct pd_memory_rates pd_memory_rates_of_run(void)
{
    return (struct pd_memory_rates){ UINT64_C(100) << 20, 340, 1.2e-5, 0.38 };
}

struct pd_memory_rates pd_memory_rates_of_normalised(void)
{
    return (struct pd_memory_rates){ UINT64_C(50) << 20, 430, 1.2e-5, 0.4 };
}

/* Words, packed rows, keys being sorted; some 12 bytes for each column, texts among them. */
struct pd_memory_rates pd_memory_rates_of_engine(size_t n_columns, size_t n_rules)
{
    return (struct pd_memory_rates){ UINT64_C(44) << 20, 44 + 12.5 * (double)n_columns, 6e-7 + 2e-7 * (double)n_rules,
                                     0.455 };
}

struct pd_memory_rates pd_memory_rates_of_zero(void)
{
    return (struct pd_memory_rates){ UINT64_C(64) << 20, 450, 1.5e-4, 0.4 };
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

/* Bytes per line, from samples of a file evenly apart; 100 for what is compressed. */
static double line_bytes(const char *path, uint64_t size)
{
    char sample[SAMPLE_BYTES];
    size_t n_lines = 0, n_bytes = 0;
    if (is_compressed(path)) return 100;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        const ssize_t n = pread(file, sample, sizeof sample, (off_t)(size / N_SAMPLES * i));
        for (ssize_t at = 0; at < n; at++) n_lines += sample[at] == '\n';
        if (n > 0) n_bytes += (size_t)n;
    }
    (void)close(file);
    return n_lines == 0 ? 100 : (double)n_bytes / (double)n_lines;
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
    const double per_line = line_bytes(path, (uint64_t)status.st_size);
    plan->input_bytes += bytes;
    if (per_line > 0) plan->rows += (uint64_t)((double)bytes / per_line);
}

void pd_memory_plan_make(const struct pd_input_file *files, size_t n_files, const struct pd_memory_rates *rates,
                         int threads, struct pd_memory_plan *plan)
{
    *plan = (struct pd_memory_plan){ .complete = true };
    for (size_t i = 0; i < n_files; i++) add_file(files[i].path, plan);
    const double of_rows = rates->bytes_per_row * (double)plan->rows;
    plan->needed_bytes = rates->fixed_bytes + (uint64_t)of_rows;
    plan->least_bytes = PROGRAM_BYTES + (uint64_t)(rates->at_hand * of_rows);
    plan->seconds = rates->cpu_seconds_per_row * (double)plan->rows / (threads > 0 ? threads : 1);
}

/* In GiB, so that the figure as printed is enough. */
static double rounded_up(uint64_t bytes)
{
    return ceil((double)bytes / GIB * 100) / 100;
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

size_t pd_memory_chunk_bytes(uint64_t allowed_bytes)
{
    const uint64_t share = allowed_bytes / CHUNKS_IN_BOUND;
    if (allowed_bytes == 0 || share >= CHUNK_MAX) return 0;
    return share < CHUNK_MIN ? CHUNK_MIN : (size_t)share;
}

size_t pd_memory_slice_words(const struct pd_memory_plan *plan, uint64_t allowed_bytes)
{
    if (allowed_bytes == 0 || plan->needed_bytes <= allowed_bytes) return 0;
    return (size_t)(allowed_bytes / KEYS_IN_BOUND / (2 * sizeof(uint64_t))); /* the words and as many beside them */
}

bool pd_memory_plan_is_worth_telling(const struct pd_memory_plan *plan, uint64_t allowed_bytes)
{
    return allowed_bytes > 0 || plan->rows >= TOLD_FROM_ROWS;
}

static bool can_keep(const struct pd_memory_keeper *keeper)
{
    return keeper != NULL && keeper->keep != NULL;
}

enum padan_status pd_memory_plan_check(const struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                       const struct pd_memory_keeper *keeper, struct padan_error *error)
{
    const uint64_t least = can_keep(keeper) ? plan->least_bytes : plan->needed_bytes;
    if (allowed_bytes == 0 || least <= allowed_bytes) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "about %llu rows need about %.2f GiB, %.2f GiB at the least, and only %.2f GiB are allowed: allow %.2f GiB "
            "(--memory, or `memory:` in the job) or give fewer rows",
            (unsigned long long)plan->rows, (double)plan->needed_bytes / GIB, rounded_up(least),
            (double)allowed_bytes / GIB, rounded_up(least));
}

enum padan_status pd_memory_plan_keep(struct pd_memory_plan *plan, uint64_t allowed_bytes,
                                      const struct pd_memory_keeper *keeper, const char *folder,
                                      struct padan_error *error)
{
    if (allowed_bytes == 0 || !can_keep(keeper)) return PADAN_OK;
    const bool fits = plan->complete && (double)plan->needed_bytes <= FITS * (double)allowed_bytes;
    const struct pd_memory_bound bound = { .allowed_bytes = allowed_bytes,
                                           .anonymous_bytes = fits ? (uint64_t)(ANONYMOUS * (double)allowed_bytes) : 0,
                                           .spill_bytes = fits ? 0 : (uint64_t)(SPILL * (double)plan->needed_bytes),
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
