/* SPDX-License-Identifier: MIT
 * `padan diff`: what linked, unlinked, merged and split between two runs. */
#include "base/file.h"
#include "base/parallel.h"
#include "evaluate/difference.h"

#include <stdio.h>

int pd_command_diff(int argc, char **argv);

static const char usage[] =
    "usage: padan diff RUN_A RUN_B [--json] [--out FILE.csv]\n"
    "\n"
    "Compares two folders of padan run, dedupe or link. Clusters are compared by their members,\n"
    "never by their ids. --out writes one line per changed row.\n";

static enum padan_status compare(const char *const runs[2], bool json, const char *path, struct padan_error *error)
{
    struct pd_difference difference;
    struct pd_buffer text = { 0 };
    struct pd_buffer lines = { 0 };
    PD_TRY(pd_difference_find(&difference, runs[0], runs[1], pd_thread_count(0), error));
    if (json)
        pd_difference_json(&difference, &text);
    else
        pd_difference_print(&difference, &text);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK && path != NULL) {
        pd_difference_csv(&difference, &lines);
        status = pd_buffer_status(&lines, error);
        if (status == PADAN_OK) status = pd_file_write(path, (struct pd_text){ lines.data, lines.length }, error);
    }
    if (status == PADAN_OK) (void)fwrite(text.data, 1, text.length, stdout);
    pd_buffer_reset(&text);
    pd_buffer_reset(&lines);
    pd_difference_reset(&difference);
    return status;
}

int pd_command_diff(int argc, char **argv)
{
    const char *runs[2] = { NULL, NULL };
    const char *path = NULL;
    size_t n_runs = 0;
    bool json = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (strcmp(argv[i], "--out") == 0 && i + 1 < argc) {
            path = argv[++i];
        } else if (n_runs == 2 || strncmp(argv[i], "--", 2) == 0) {
            fprintf(stderr, "padan: diff does not know what to do with %s; see padan diff --help\n", argv[i]);
            return padan_exit_code(PADAN_BAD_ARGUMENT);
        } else {
            runs[n_runs++] = argv[i];
        }
    }
    if (n_runs < 2) {
        fprintf(stderr, "padan: diff needs two run folders; see padan diff --help\n");
        return padan_exit_code(PADAN_BAD_ARGUMENT);
    }
    struct padan_error error = { .status = PADAN_OK };
    const enum padan_status status = compare(runs, json, path, &error);
    if (status != PADAN_OK) fprintf(stderr, "padan: %s\n", error.message);
    return padan_exit_code(status);
}
