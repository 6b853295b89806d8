/* SPDX-License-Identifier: MIT
 * `padan index FILE...`: each file parsed once and kept in a form that any command takes in its place;
 * `padan index INDEX --changes FILE`: what became of its rows since. */
#include "base/file.h"
#include "base/postgres_name.h"
#include "checking/file_alarms.h"
#include "cli/commands.h"
#include "cli/keeper.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "ingest/revision.h"
#include "run/run.h"

#include <stdio.h>
#include <string.h>

struct request {
    const char *out, *delimiter, *encoding, *job;
    const char *changes, *key, *operation;
    uint64_t header_row; /* UINT64_MAX: not said */
    uint64_t memory_bytes;
    int threads;
    bool json_log, quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "out", "FILE", "index to write, for one file (default: the file's name and .padan)", PD_OPTION_TEXT, FIELD(out) },
    { "changes", "FILE", "rows to be put into or removed from the one index that is named", PD_OPTION_TEXT,
      FIELD(changes) },
    { "key", "COL", "column that names a row, with --changes (unique_id)", PD_OPTION_TEXT, FIELD(key) },
    { "operation", "COL", "column of the changes: delete removes a row, insert, update or nothing puts it",
      PD_OPTION_TEXT, FIELD(operation) },
    { "job", "JOB.yaml", "keep what its runs make of the rows of the one index that is named, in INDEX.normal",
      PD_OPTION_TEXT, FIELD(job) },
    { "delimiter", "C", "a character, or tab (default: found out)", PD_OPTION_TEXT, FIELD(delimiter) },
    { "encoding", "NAME", "utf-8 or cp1252 (default: found out)", PD_OPTION_TEXT, FIELD(encoding) },
    { "header-row", "N", "row of the column names, 1 to 60 (default: found out)", PD_OPTION_COUNT, FIELD(header_row) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "memory", "SIZE", "with --job: for example 16G; what does not fit waits on the disk", PD_OPTION_SIZE,
      FIELD(memory_bytes) },
    { "json-log", NULL, "one JSON object per line on stderr", PD_OPTION_FLAG, FIELD(json_log) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD
enum { FILES_MAX = 4096 };

/* More rejected rows than this ring the alarm. */
static const double REJECTED_PERCENT = 1.0;

static const struct pd_command_line line = {
    .name = "index",
    .operands = "FILE...",
    .summary =
        "Parses files once: run, check, dedupe, link, block and train read FILE.padan in place of FILE, faster, with\n"
        "the same results.",
    .notes =
        "An index does not follow its file: make it again when the file has changed, or write a revision: with\n"
        "--changes the index stays as it is, and --out, in the same folder, gets what was changed, added and removed\n"
        "up to now. INDEX may be a revision itself, and --out may replace that. A revision is used like an index: "
        "rows\n"
        "of the index in their order, changed ones in their old place, added ones behind them.\n"
        "With --job the index, or revision, must be the first file of the job. Runs of it take INDEX.normal up where "
        "all\n"
        "that it was made from is the same, and else say what is not; results are the same either way.\n"
        "All of them hold all rows and are as private as the files.\n"
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
    if (request->header_row < 1 || (request->header_row > PD_HEADER_ROW_MAX && request->header_row != UINT64_MAX))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--header-row must be 1 to %d", (int)PD_HEADER_ROW_MAX);
    if (request->header_row != UINT64_MAX) file->header_row = (unsigned)request->header_row;
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

/* Changes to an index. */
static enum padan_status revise_index(const struct request *request, const char *before,
                                      const struct pd_input_file *changes, struct pd_progress *progress, int *exit_code,
                                      struct padan_error *error)
{
    const struct pd_revise_options revise = { before,       changes,         request->key, request->operation,
                                              request->out, request->threads };
    struct pd_revise_facts facts;
    char sentence[256];
    PD_TRY(pd_revision_make(&revise, &facts, error));
    if (facts.n_left_behind > 0) {
        (void)snprintf(
            sentence, sizeof sentence,
            "%llu rejected rows of the index are not in the revision and will not be reported by runs from it",
            (unsigned long long)facts.n_left_behind);
        pd_progress_message(progress, sentence);
        *exit_code = 1;
    }
    if (facts.n_unknown > 0) {
        (void)snprintf(sentence, sizeof sentence, "%llu rows to be removed were not there",
                       (unsigned long long)facts.n_unknown);
        pd_progress_message(progress, sentence);
        *exit_code = 1;
    }
    printf("%s: revision %u, %llu rows; %llu put in place, %llu added, %llu removed\n", request->out, facts.number,
           (unsigned long long)facts.n_records, (unsigned long long)facts.n_changed, (unsigned long long)facts.n_added,
           (unsigned long long)facts.n_removed);
    return PADAN_OK;
}

/* What the runs of a job make of an index. */
static enum padan_status keep_rows(const struct request *request, const char *index, struct pd_progress *progress,
                                   int *exit_code, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    struct pd_run_summary summary = { 0 };
    const struct pd_memory_keeper keeper = pd_keeper();
    const struct pd_run_options run = { .job_path = request->job,
                                        .threads = request->threads,
                                        .memory_bytes = request->memory_bytes,
                                        .keeper = &keeper,
                                        .keep = index,
                                        .progress = { pd_progress_stage, pd_progress_message, progress, NULL, NULL } };
    pd_append_string(&out, index);
    pd_append_bytes(&out, ".normal", sizeof ".normal");
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK) status = pd_run(&run, &summary, error);
    if (status == PADAN_OK) printf("%s: %llu rows\n", out.data, (unsigned long long)summary.n_rows);
    if (status == PADAN_OK) *exit_code = summary.exit_code;
    pd_buffer_reset(&out);
    return status;
}

/* What is read is not to be replaced by what is made of it. */
static enum padan_status check_out(const struct request *request, const char *path, struct padan_error *error)
{
    const char *read = request->changes != NULL ? request->changes : path;
    if (request->out != NULL && pd_path_same_file(request->out, read))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out would replace %s, which is read; name another file", read);
    return PADAN_OK;
}

/* Options that do not go together. */
static enum padan_status check_request(const struct request *request, size_t n_paths, struct padan_error *error)
{
    const bool is_revision = request->changes != NULL;
    if (!is_revision && (request->key != NULL || request->operation != NULL))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--key and --operation go with --changes");
    if (request->job != NULL && (n_paths > 1 || is_revision || request->out != NULL))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--job goes with one index and neither --changes nor --out");
    if (request->job == NULL && request->memory_bytes > 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--memory goes with --job");
    if (is_revision && (n_paths > 1 || request->out == NULL))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--changes needs one index and --out, the revision to write");
    if (request->out != NULL && n_paths > 1)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out goes with one file; the index of FILE is FILE.padan without it");
    return PADAN_OK;
}

static enum padan_status index_files(const struct request *request, struct pd_input_file *file, char **paths, size_t n,
                                     struct pd_progress *progress, int *exit_code, struct padan_error *error)
{
    for (size_t i = 0; i < n; i++) {
        file->path = paths[i];
        if ((strcmp(paths[i], "-") == 0 || pd_postgres_is(paths[i])) && request->out == NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out is needed for standard input and for databases");
        pd_progress_stage(progress, paths[i], i, n);
        PD_TRY(index_file(request, file, progress, exit_code, error));
    }
    return PADAN_OK;
}

static enum padan_status do_request(const struct request *request, char **paths, size_t n, struct pd_progress *progress,
                                    int *exit_code, struct padan_error *error)
{
    struct pd_input_file file = { .path = request->changes };
    PD_TRY(read_dialect(request, &file, error));
    PD_TRY(check_request(request, n, error));
    PD_TRY(check_out(request, paths[0], error));
    if (request->job != NULL) return keep_rows(request, paths[0], progress, exit_code, error);
    if (request->changes == NULL) return index_files(request, &file, paths, n, progress, exit_code, error);
    pd_progress_stage(progress, paths[0], 0, 1);
    return revise_index(request, paths[0], &file, progress, exit_code, error);
}

int pd_command_index(int argc, char **argv)
{
    struct request request = { .header_row = UINT64_MAX };
    struct pd_progress progress;
    size_t n_operands = 0;
    int exit_code = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    struct padan_error error = { 0 };
    pd_progress_start(&progress, line.name, request.json_log, request.quiet);
    error.status = do_request(&request, &argv[1], n_operands, &progress, &exit_code, &error);
    if (error.status != PADAN_OK) return pd_progress_error(&progress, &error);
    (void)pd_progress_end(&progress);
    return exit_code;
}
