/* SPDX-License-Identifier: MIT
 * The rates are rounded up from measured runs (docs/performance.md); an estimate may err, the bound holds all the same.
 */
#include "run/estimate.h"

#include "base/postgres_name.h"
#include "base/postgres_rows.h"
#include "ingest/snapshot.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLE_BYTES = 1 << 15, N_SAMPLES = 8, COMPRESSION = 5, PROGRAM_BYTES = 32 << 20, TOLD_FROM_ROWS = 100000 };

static const double GIB = 1024.0 * 1024.0 * 1024.0;

/* --- rates --- */

struct pd_job_rates pd_job_rates_of_run(void)
{
    return (struct pd_job_rates){
        .fixed_bytes = UINT64_C(67) << 20,
        .at_hand = 0.46,
        .growth = 0.08,
        .n_stages = 6,
        .sought = { 342, 850, { 0.85e-6, 1.0e-6, 3.6e-6, 0.5e-6, 0.6e-6, 2.4e-6 } },
        .among = { 268, 130, { 0.6e-6, 0.9e-6, 0.5e-6, 0.12e-6, 0.1e-6, 0.4e-6 } },
    };
}

struct pd_job_rates pd_job_rates_of_normalised(void)
{
    const struct pd_row_rates row = { 430, 200, { 4e-6, 7e-6, 1e-6 } };
    return (struct pd_job_rates){
        .fixed_bytes = UINT64_C(50) << 20, .at_hand = 0.4, .n_stages = 3, .sought = row, .among = row
    };
}

/* Words, packed rows, keys being sorted; some 10 bytes for each column, texts among them. Where rows tell all that a
 * model asks (linking/linker.h, read_after) it is a fifth less, but not of what must be at hand: the packed rows. */
struct pd_job_rates pd_job_rates_of_engine(size_t n_columns, size_t n_rules)
{
    const double bytes = 30 + 10 * (double)n_columns, pairs = 1.05e-7 * (double)n_rules;
    return (struct pd_job_rates){ .fixed_bytes = UINT64_C(44) << 20,
                                  .at_hand = 0.54,
                                  .unmet_bytes = 24,
                                  .growth = 0.08,
                                  .n_stages = 3,
                                  .sought = { bytes, 200, { 5.5e-7, pairs, 1.2e-7 } },
                                  .among = { bytes, 50, { 5.5e-7, pairs / 2, 1e-7 } } };
}

struct pd_job_rates pd_job_rates_of_zero(void)
{
    return (struct pd_job_rates){ .fixed_bytes = UINT64_C(64) << 20,
                                  .at_hand = 0.4,
                                  .growth = 0.12,
                                  .n_stages = 4,
                                  .capped_stage = 1,
                                  .capped_rows = 65000,
                                  .drawn_bytes = 1000,
                                  .drawn_rows = 350000,
                                  .sought = { 450, 200, { 5.5e-7, 2.85e-4, 3.3e-5, 1e-6 } },
                                  .among = { 450, 200, { 5.5e-7, 2.85e-4, 1e-5, 1e-6 } } };
}

/* --- rows --- */

struct counted {
    uint64_t rows;
    bool known;
    bool indexed;
};

/* Rows of one kind, and how many they count for when they are read. */
struct kind {
    double rows, read;
};

/* Of a row that is read from an index, to one that is parsed. */
static const double INDEXED = 0.15;

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
static uint64_t rows_of_index(const char *path)
{
    struct pd_snapshot snapshot;
    if (pd_snapshot_open(&snapshot, path, NULL) != PADAN_OK) return 0;
    const uint64_t rows = snapshot.n_records;
    pd_snapshot_close(&snapshot);
    return rows;
}

static struct counted count_rows_of_file(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) return (struct counted){ 0, false, false };
    if (pd_snapshot_is(path)) return (struct counted){ rows_of_index(path), true, true };
    const uint64_t bytes = (uint64_t)status.st_size * (is_compressed(path) ? COMPRESSION : 1);
    const double per_line = line_bytes(path, (uint64_t)status.st_size);
    return (struct counted){ per_line > 0 ? (uint64_t)((double)bytes / per_line) : 0, true, false };
}

/* A database that does not answer ends the job here already, unless it may be skipped. */
static enum padan_status count_rows(const struct pd_input_file *input, struct counted *counted,
                                    struct padan_error *error)
{
    if (!pd_postgres_is(input->path)) {
        *counted = count_rows_of_file(input->path);
        return PADAN_OK;
    }
    *counted = (struct counted){ 0, false, false };
    const enum padan_status status = pd_postgres_rows(input->path, &counted->known, &counted->rows, error);
    return input->may_skip ? PADAN_OK : status;
}

static void add_rows(struct kind *kind, const struct counted *file)
{
    kind->rows += (double)file->rows;
    kind->read += (double)file->rows * (file->indexed ? INDEXED : 1);
}

/* The kinds of rows: sought, and those they are sought among. */
static enum padan_status count_all_rows(const struct pd_estimate_inputs *inputs, struct pd_estimate *estimate,
                                        struct kind *sought, struct kind *among, struct padan_error *error)
{
    for (size_t i = 0; i < inputs->n_files; i++) {
        struct counted file;
        PD_TRY(count_rows(&inputs->files[i], &file, error));
        const bool is_largest = inputs->among == PD_AMONG_LARGEST && (double)file.rows > among->rows;
        estimate->n_unknown += !file.known;
        estimate->rows += file.rows;
        if (is_largest) {
            *sought = (struct kind){ sought->rows + among->rows, sought->read + among->read };
            *among = (struct kind){ 0, 0 };
        }
        const bool is_among = is_largest || (inputs->among >= 0 && inputs->files[i].source == (size_t)inputs->among);
        add_rows(is_among ? among : sought, &file);
    }
    estimate->among_rows = (uint64_t)among->rows;
    return PADAN_OK;
}

/* --- needs --- */

/* Two threads take 1.6 times less than one, and further ones are thought to bring as much. */
static double speed(int threads)
{
    return threads > 1 ? 1 + 0.6 * (threads - 1) : 1;
}

/* Seconds of a stage; grown: how much longer a row takes than at the rows that the prices are of. */
static double seconds_of_stage(const struct pd_job_rates *rates, size_t stage, const struct kind *sought,
                               const struct kind *among, double grown)
{
    const double a = rates->among.seconds[stage], b = rates->sought.seconds[stage];
    const double rows = among->rows + sought->rows;
    if (stage == 0) return a * among->read + b * sought->read;
    const double of_rows = a * among->rows + b * sought->rows;
    const bool is_capped = rates->capped_rows > 0 && stage == rates->capped_stage;
    if (!is_capped) return of_rows * grown;
    return of_rows * (rows > rates->capped_rows ? rates->capped_rows / rows : 1);
}

static void add_times(const struct pd_job_rates *rates, const struct kind *sought, const struct kind *among,
                      int threads, struct pd_estimate *estimate)
{
    static const double MEASURED_ROWS = 3e6;
    const double grown = pow(((double)estimate->rows + 1) / MEASURED_ROWS, rates->growth);
    for (size_t i = 0; i < rates->n_stages; i++) {
        estimate->behind[i] = estimate->seconds;
        estimate->seconds += seconds_of_stage(rates, i, sought, among, grown) / speed(threads);
    }
    for (size_t i = 0; i < rates->n_stages && estimate->seconds > 0; i++) estimate->behind[i] /= estimate->seconds;
}

/* What does not fit is moved to the disk, and comes back, in all stages alike. */
static double seconds_of_moving(const struct pd_estimate *estimate, uint64_t allowed_bytes)
{
    static const double SECONDS_PER_BYTE = 4e-9;
    if (allowed_bytes == 0 || estimate->needed_bytes <= allowed_bytes) return 0;
    return SECONDS_PER_BYTE * (double)(estimate->needed_bytes - allowed_bytes);
}

/* A look at all keys will hardly find that they meet a half of the others. */
static bool are_few(const struct pd_job_rates *rates, const struct kind *sought, const struct kind *among)
{
    static const double FEW_TIMES = 8;
    return rates->unmet_bytes > 0 && FEW_TIMES * sought->rows <= among->rows;
}

/* Those sought, and the rows that they meet, as if nobody else were there. */
static uint64_t least_of_few(const struct pd_job_rates *rates, const struct kind *sought, const struct kind *among)
{
    static const double MET_TIMES = 4;
    const double met = MET_TIMES * rates->at_hand * rates->sought.bytes * sought->rows;
    return PROGRAM_BYTES + (uint64_t)(met + rates->unmet_bytes * among->rows);
}

enum padan_status pd_estimate_make(const struct pd_estimate_inputs *inputs, const struct pd_job_rates *rates,
                                   struct pd_estimate *estimate, struct padan_error *error)
{
    struct kind sought = { 0, 0 }, among = { 0, 0 };
    *estimate = (struct pd_estimate){ 0 };
    PD_TRY(count_all_rows(inputs, estimate, &sought, &among, error));
    const double of_rows = rates->among.bytes * among.rows + rates->sought.bytes * sought.rows;
    const double of_drawn = rates->drawn_bytes * fmin(among.rows + sought.rows, rates->drawn_rows);
    estimate->needed_bytes = rates->fixed_bytes + (uint64_t)fmax(of_rows, of_drawn);
    estimate->least_wide_bytes = PROGRAM_BYTES + (uint64_t)(rates->at_hand * of_rows);
    estimate->least_bytes =
        are_few(rates, &sought, &among) ? least_of_few(rates, &sought, &among) : estimate->least_wide_bytes;
    estimate->output_bytes =
        (uint64_t)(rates->among.output_bytes * among.rows + rates->sought.output_bytes * sought.rows);
    add_times(rates, &sought, &among, inputs->threads, estimate);
    estimate->seconds += seconds_of_moving(estimate, inputs->allowed_bytes);
    return PADAN_OK;
}

void pd_estimate_correct(struct pd_estimate *estimate, size_t next, size_t n_stages, double processor_seconds,
                         int threads)
{
    /* Processors that are all at work, as the estimate takes them to be: it is of such seconds. */
    const double spent = processor_seconds / threads;
    const double told = estimate->behind[next] * estimate->seconds, all = estimate->seconds - told + spent;
    if (!(estimate->seconds > 0) || !(all > 0)) return; /* nothing is known of the rows */
    for (size_t i = next; i < n_stages; i++)
        estimate->behind[i] = (estimate->behind[i] * estimate->seconds - told + spent) / all;
    estimate->seconds = all;
}

void pd_estimate_tell(const struct pd_estimate *estimate, uint64_t allowed_bytes, char *sentence, size_t room)
{
    char allowed[64] = "", unknown[80] = "";
    const double seconds = estimate->seconds;
    const char *about = estimate->n_unknown == 0 ? "about" : "at least";
    if (estimate->n_unknown > 0)
        (void)snprintf(unknown, sizeof unknown, ", those of %zu input%s not being known before they come",
                       estimate->n_unknown, estimate->n_unknown == 1 ? "" : "s");
    if (allowed_bytes > 0)
        (void)snprintf(allowed, sizeof allowed, " of the %.2f GiB allowed", (double)allowed_bytes / GIB);
    (void)snprintf(sentence, room, "%s %llu rows%s; needs %s %.2f GiB%s and %.0f %s", about,
                   (unsigned long long)estimate->rows, unknown, about, (double)estimate->needed_bytes / GIB, allowed,
                   seconds < 120 ? seconds + 1 : seconds / 60, seconds < 120 ? "seconds" : "minutes");
}

bool pd_estimate_is_worth_telling(const struct pd_estimate *estimate, uint64_t allowed_bytes)
{
    return allowed_bytes > 0 || estimate->rows >= TOLD_FROM_ROWS;
}
