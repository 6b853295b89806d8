/* SPDX-License-Identifier: MIT
 * `padan diff`: what linked, unlinked, merged and split between two runs. */
#include "base/file.h"
#include "base/parallel.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "evaluate/difference.h"
#include "report/manifest_read.h"
#include "report/same_rows.h"

#include <stdio.h>

struct request {
    const char *out;
    bool json;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "out", "FILE", "write one line per changed row", PD_OPTION_TEXT, FIELD(out) },
    { "json", NULL, "one JSON object instead of the table", PD_OPTION_FLAG, FIELD(json) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "diff",
    .operands = "RUN_A RUN_B",
    .summary = "Tells what two runs link differently.",
    .notes = "RUN_A and RUN_B are folders of padan run, dedupe or link. Clusters are compared by their members, never\n"
             "by their ids. Rows that are named by their place in a file (pkh.csv:12) are the same in two runs of\n"
             "padan run when their content is, wherever they stand.\n"
             "Exit codes: 0 done; 2 the command is wrong; 3 a folder cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 2,
    .operands_max = 2,
};

static enum padan_status compare(const struct request *request, const char *before, const char *after,
                                 struct padan_error *error)
{
    struct pd_difference difference;
    struct pd_row_renames renames;
    struct pd_buffer text = { 0 };
    struct pd_buffer lines = { 0 };
    const int threads = pd_thread_count(0);
    PD_TRY(pd_manifest_check_folder(before, error));
    PD_TRY(pd_manifest_check_folder(after, error));
    const enum padan_status same = pd_same_rows_find(&renames, before, after, threads, error);
    if (same == PADAN_BAD_INPUT)
        fprintf(stderr, "padan diff: %s; rows that have moved in their file count as other rows\n", error->message);
    else
        PD_TRY(same);
    const struct pd_difference_options asked = { { before, after }, &renames, threads };
    const enum padan_status found = pd_difference_find(&difference, &asked, error);
    pd_row_renames_reset(&renames);
    PD_TRY(found);
    if (request->json)
        pd_difference_json(&difference, &text);
    else
        pd_difference_print(&difference, &text);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK && request->out != NULL) {
        pd_difference_csv(&difference, &lines);
        status = pd_buffer_status(&lines, error);
        if (status == PADAN_OK)
            status = pd_file_write(request->out, (struct pd_text){ lines.data, lines.length }, error);
    }
    if (status == PADAN_OK) (void)fwrite(text.data, 1, text.length, stdout);
    pd_buffer_reset(&text);
    pd_buffer_reset(&lines);
    pd_difference_reset(&difference);
    return status;
}

int pd_command_diff(int argc, char **argv)
{
    struct request request = { .out = NULL };
    struct padan_error error = { .status = PADAN_OK };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    const enum padan_status status = compare(&request, argv[1], argv[2], &error);
    if (status != PADAN_OK) fprintf(stderr, "padan diff: %s\n", error.message);
    return padan_exit_code(status);
}
