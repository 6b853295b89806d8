/* SPDX-License-Identifier: MIT
 * `padan index FILE...`: each file parsed once and kept in a form that any command takes in its place. */
#include "checking/file_alarms.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "ingest/snapshot.h"

#include <stdio.h>
#include <string.h>

struct request {
    const char *out, *delimiter, *encoding;
    uint64_t header_row;
    int threads;
    bool json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "out", "FILE", "index to write, for one file (default: the file's name and .padan)", PD_OPTION_TEXT, FIELD(out) },
    { "delimiter", "C", "a character, or tab (default: found out)", PD_OPTION_TEXT, FIELD(delimiter) },
    { "encoding", "NAME", "utf-8 or cp1252 (default: found out)", PD_OPTION_TEXT, FIELD(encoding) },
    { "header-row", "N", "row of the column names, from 1 (default: found out)", PD_OPTION_COUNT, FIELD(header_row) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "json-log", NULL, "one JSON object per line on stderr", PD_OPTION_FLAG, FIELD(json_log) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD
enum { FILES_MAX = 4096, HEADER_ROW_MAX = 10 };

/* More rejected rows than this ring the alarm. */
static const double REJECTED_PERCENT = 1.0;

static const struct pd_command_line line = {
    .name = "index",
    .operands = "FILE...",
    .summary =
        "Parses files once: run, check, dedupe, link, block and train read FILE.padan in place of FILE, faster, with\n"
        "the same results.",
    .notes =
        "An index does not follow its file: make it again when the file has changed. It holds all rows of the file\n"
        "and is as private as that.\n"
        "Exit codes: 0 done; 1 done, with an alarm; 2 the command is wrong; 3 a file cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = FILES_MAX,
};

static enum padan_status read_dialect(const struct request *request, struct pd_input_file *file,
                                      struct padan_error *error)
{
    const char *delimiter = request->delimiter;
    if (delimiter != NULL) file->delimiter = strcmp(delimiter, "tab") == 0 ? '\t' : delimiter[0];
    if (delimiter != NULL && (file->delimiter == '\0' || (file->delimiter != '\t' && delimiter[1] != '\0')))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--delimiter needs one character, or tab, not \"%.20s\"", delimiter);
    if (request->encoding != NULL && strcmp(request->encoding, "utf-8") == 0)
        file->charset = PD_CHARSET_UTF8;
    else if (request->encoding != NULL && strcmp(request->encoding, "cp1252") == 0)
        file->charset = PD_CHARSET_CP1252;
    else if (request->encoding != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--encoding must be utf-8 or cp1252, not \"%.20s\"", request->encoding);
    if (request->header_row > HEADER_ROW_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--header-row must be 1 to %d", HEADER_ROW_MAX);
    file->header_row = (unsigned)request->header_row;
    return PADAN_OK;
}

/* What is wrong with a file as a whole; returns the exit code. */
static int tell_alarms(const struct pd_file_result *file, struct pd_progress *progress)
{
    struct pd_file_alarms alarms;
    int exit_code = 0;
    pd_file_alarms_find(file, NULL, REJECTED_PERCENT, &alarms);
    for (size_t i = 0; i < alarms.n; i++) {
        char sentence[512];
        (void)snprintf(sentence, sizeof sentence, "file %.*s: %s", PD_TEXT_ARGS(file->name), alarms.items[i].sentence);
        pd_progress_message(progress, sentence);
        if (alarms.items[i].rings) exit_code = 1;
    }
    return exit_code;
}

static enum padan_status index_file(const struct request *request, const struct pd_input_file *file,
                                    struct pd_progress *progress, int *exit_code, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    struct pd_ingest_result facts = { .files = NULL };
    pd_append_string(&out, request->out != NULL ? request->out : file->path);
    if (request->out == NULL) pd_append_string(&out, ".padan");
    pd_append_byte(&out, '\0');
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK) status = pd_snapshot_make(file, request->threads, out.data, &facts, error);
    if (status == PADAN_OK) {
        const struct pd_file_result *found = &facts.files[0];
        if (tell_alarms(found, progress) != 0) *exit_code = 1;
        printf("%s: %llu rows, %zu columns; %llu rejected\n", out.data, (unsigned long long)found->rows_accepted,
               found->n_columns, (unsigned long long)found->rows_rejected);
    }
    pd_ingest_result_reset(&facts);
    pd_buffer_reset(&out);
    return status;
}

static enum padan_status index_files(const struct request *request, char **paths, size_t n, int *exit_code,
                                     struct pd_progress *progress, struct padan_error *error)
{
    struct pd_input_file file = { .path = NULL };
    PD_TRY(read_dialect(request, &file, error));
    if (request->out != NULL && n > 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out goes with one file; the index of FILE is FILE.padan without it");
    for (size_t i = 0; i < n; i++) {
        file.path = paths[i];
        if (strcmp(paths[i], "-") == 0 && request->out == NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out is needed for standard input");
        pd_progress_stage(progress, paths[i], i, n);
        PD_TRY(index_file(request, &file, progress, exit_code, error));
    }
    return PADAN_OK;
}

int pd_command_index(int argc, char **argv)
{
    struct request request = { .threads = 0 };
    struct pd_progress progress;
    size_t n_operands = 0;
    int exit_code = 0;
    switch (pd_options_parse(&line, argc, argv, &request, &n_operands)) {
    case PD_PARSED_HELP: return 0;
    case PD_PARSED_WRONG: return padan_exit_code(PADAN_BAD_ARGUMENT);
    case PD_PARSED: break;
    }
    struct padan_error error = { 0 };
    pd_progress_start(&progress, line.name, request.json_log, request.quiet);
    error.status = index_files(&request, &argv[1], n_operands, &exit_code, &progress, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    return exit_code;
}
