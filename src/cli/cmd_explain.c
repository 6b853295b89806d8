/* SPDX-License-Identifier: MIT
 * `padan explain`: one pair as a waterfall, or one cluster with its edges. */
#include "evaluate/explain.h"

#include <stdio.h>

int pd_command_explain(int argc, char **argv);

static const char usage[] = "usage: padan explain RUN ID ID [--json]     why two rows are together or not\n"
                            "       padan explain RUN ID [--json]        the cluster of a row, its members and edges\n"
                            "\n"
                            "RUN is a folder of padan run, dedupe or link. ID is source:unique_id, or unique_id alone\n"
                            "where only one source has it.\n";

static enum padan_status explain(const char *const *words, size_t n_words, bool json, struct pd_buffer *out,
                                 struct padan_error *error)
{
    struct pd_run_files files = { 0 };
    PD_TRY(pd_run_files_find(&files, words[0], error));
    const enum padan_status status = n_words == 3 ? pd_explain_pair(&files, words[1], words[2], json, out, error)
                                                  : pd_explain_cluster(&files, words[1], json, out, error);
    pd_run_files_reset(&files);
    return status;
}

int pd_command_explain(int argc, char **argv)
{
    const char *words[3] = { NULL };
    size_t n_words = 0;
    bool json = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (n_words == 3 || strncmp(argv[i], "--", 2) == 0) {
            fprintf(stderr, "padan: explain does not know what to do with argument %d; see padan explain --help\n", i);
            return padan_exit_code(PADAN_BAD_ARGUMENT);
        } else {
            words[n_words++] = argv[i];
        }
    }
    if (n_words < 2) {
        fprintf(stderr, "padan: explain needs a run folder and one or two ids; see padan explain --help\n");
        return padan_exit_code(PADAN_BAD_ARGUMENT);
    }
    struct padan_error error = { .status = PADAN_OK };
    struct pd_buffer out = { 0 };
    const enum padan_status status = explain(words, n_words, json, &out, &error);
    if (status == PADAN_OK)
        (void)fwrite(out.data, 1, out.length, stdout);
    else
        fprintf(stderr, "padan: %s\n", error.message);
    pd_buffer_reset(&out);
    return padan_exit_code(status);
}
