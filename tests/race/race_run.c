/* SPDX-License-Identifier: MIT
 * A whole job on more threads than processors, for the thread sanitizer (make tsan): a made-up province is generated,
 * read, normalised, linked and reported; then read again in small pieces, as a large file would be, and from indexes.
 * Exit status 0: the run is whole; the sanitizer adds its own. */
#include "base/file.h"
#include "generate/generate.h"
#include "ingest/snapshot.h"
#include "run/run.h"

#include <stdio.h>
#include <stdlib.h>

enum { N_PEOPLE = 2000, N_THREADS = 4, SMALL_PIECE = 5000 };

static enum padan_status generate(const char *folder, struct padan_error *error)
{
    static const unsigned provinces[] = { 34 };
    const struct pd_generate_options options = { .n_people = N_PEOPLE,
                                                 .seed = 3,
                                                 .regime = PD_REGIME_DAERAH,
                                                 .out = folder,
                                                 .provinces = provinces,
                                                 .n_provinces = 1,
                                                 .messy = true,
                                                 .threads = N_THREADS };
    return pd_generate(&options, error);
}

static enum padan_status run(const char *folder, struct padan_error *error)
{
    char job[64];
    struct pd_run_summary summary = { 0 };
    (void)snprintf(job, sizeof job, "%s/job.yaml", folder);
    const struct pd_run_options options = { .job_path = job, .threads = N_THREADS };
    PD_TRY(pd_run(&options, &summary, error));
    if (summary.n_rows < N_PEOPLE || summary.n_edges == 0)
        PD_FAIL(error, PADAN_LIMIT, "%llu rows, %llu edges", (unsigned long long)summary.n_rows,
                (unsigned long long)summary.n_edges);
    return PADAN_OK;
}

static enum padan_status make_index(const char *folder, const char *name, struct padan_error *error)
{
    char path[64], index[72];
    struct pd_ingest_result facts;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)snprintf(index, sizeof index, "%s.padan", path);
    const struct pd_input_file file = { .path = path };
    const enum padan_status status = pd_snapshot_make(&file, N_THREADS, index, &facts, error);
    pd_ingest_result_reset(&facts);
    return status;
}

/* Register and registry, from files whose names end so. */
static enum padan_status read_pieces(const char *folder, const char *ending, struct padan_error *error)
{
    char paths[2][72];
    (void)snprintf(paths[0], sizeof paths[0], "%s/kependudukan.csv%s", folder, ending);
    (void)snprintf(paths[1], sizeof paths[1], "%s/dtsen.csv%s", folder, ending);
    const struct pd_input_source sources[] = { { .name = PD_TEXT("a") }, { .name = PD_TEXT("b") } };
    const struct pd_input_file files[] = { { .path = paths[0] }, { .path = paths[1], .source = 1 } };
    const struct pd_ingest_options options = { .sources = sources,
                                               .n_sources = 2,
                                               .files = files,
                                               .n_files = 2,
                                               .canonical = true,
                                               .threads = N_THREADS,
                                               .chunk_bytes = SMALL_PIECE };
    struct pd_table table;
    struct pd_ingest_result result;
    enum padan_status status = pd_ingest(&options, &table, &result, error);
    if (status == PADAN_OK && (table.n_records < N_PEOPLE || result.n_rejects > 0))
        status = pd_fail(error, PADAN_LIMIT, "%zu records, %zu rejects", table.n_records, result.n_rejects);
    pd_ingest_result_reset(&result);
    pd_table_reset(&table);
    return status;
}

int main(void)
{
    char folder[] = "/tmp/padan-race-XXXXXX";
    struct padan_error error = { PADAN_OK, "" };
    if (mkdtemp(folder) == NULL) return 1;
    error.status = generate(folder, &error);
    if (error.status == PADAN_OK) error.status = run(folder, &error);
    if (error.status == PADAN_OK) error.status = read_pieces(folder, "", &error);
    if (error.status == PADAN_OK) error.status = make_index(folder, "kependudukan.csv", &error);
    if (error.status == PADAN_OK) error.status = make_index(folder, "dtsen.csv", &error);
    if (error.status == PADAN_OK) error.status = read_pieces(folder, ".padan", &error);
    if (pd_directory_remove(folder, NULL) != PADAN_OK) return 1;
    (void)printf("race_run: %s\n", error.status == PADAN_OK ? "the run is whole" : error.message);
    return error.status != PADAN_OK;
}
