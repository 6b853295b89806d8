/* SPDX-License-Identifier: MIT
 * Which files of a folder hold clusters and pairs: names of CONTRACT 6 (runs) and 7 (engine commands). */
#include "base/file.h"
#include "base/memory.h"
#include "evaluate/evaluate.h"

#include <sys/stat.h>
#include <unistd.h>

/* The first of names (a NULL ends them) that is a file in the folder, as an owned path; NULL when none is. */
static enum padan_status find_first(const char *folder, const char *const *names, char **path,
                                    struct padan_error *error)
{
    *path = NULL;
    for (size_t i = 0; names[i] != NULL; i++) {
        struct pd_buffer joined = { 0 };
        pd_path_join(&joined, pd_text_of(folder), pd_text_of(names[i]));
        enum padan_status status = pd_buffer_status(&joined, error);
        if (status == PADAN_OK && access(joined.data, F_OK) == 0) {
            status = pd_allocate(path, joined.length + 1, 1, error);
            if (status == PADAN_OK) memcpy(*path, joined.data, joined.length);
        }
        pd_buffer_reset(&joined);
        if (status != PADAN_OK || *path != NULL) return status;
    }
    return PADAN_OK;
}

enum padan_status pd_run_files_find(struct pd_run_files *files, const char *run, struct padan_error *error)
{
    static const char *const clusters[] = {
        "klaster.csv", "klaster.csv.zst", "klaster.csv.gz", "clusters.csv", "clusters.csv.zst", "clusters.csv.gz", NULL
    };
    static const char *const pairs[] = {
        "pasangan.csv", "pasangan.csv.zst", "pasangan.csv.gz", "pairs.csv", "pairs.csv.zst", "pairs.csv.gz", NULL
    };
    static const char *const blocked[] = { "keadaan/pasangan_terblok.csv", "keadaan/pasangan_terblok.csv.zst",
                                           "blocked_pairs.csv", NULL };
    static const char *const models[] = { "konfigurasi/model.json", "model.json", "konfigurasi/model.yaml", NULL };
    *files = (struct pd_run_files){ 0 };
    struct stat about;
    if (stat(run, &about) != 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "there is no folder %s: give the folder that padan run, dedupe or link wrote",
                run);
    if (!S_ISDIR(about.st_mode))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is a file: give a run folder, or the file with --clusters or --pairs",
                run);
    enum padan_status status = find_first(run, clusters, &files->clusters, error);
    if (status == PADAN_OK) status = find_first(run, pairs, &files->pairs, error);
    if (status == PADAN_OK) status = find_first(run, blocked, &files->blocked, error);
    if (status == PADAN_OK) status = find_first(run, models, &files->model, error);
    if (status == PADAN_OK && files->clusters == NULL && files->pairs == NULL)
        status = pd_fail(error, PADAN_BAD_INPUT,
                         "%s holds neither klaster.csv nor clusters.csv: is it the folder of a finished run?", run);
    if (status != PADAN_OK) pd_run_files_reset(files);
    return status;
}

void pd_run_files_reset(struct pd_run_files *files)
{
    pd_free(files->clusters);
    pd_free(files->pairs);
    pd_free(files->blocked);
    pd_free(files->model);
    *files = (struct pd_run_files){ 0 };
}
