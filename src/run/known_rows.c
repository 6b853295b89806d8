/* SPDX-License-Identifier: MIT
 * What was made of a register, kept beside its index (`padan index INDEX --job JOB`) and taken up by runs of which all
 * that it was made from is the same, to the letter; any other run says why it is not, and makes it anew.
 *
 * What it was made from is written down as lines, and lines are compared: the program, whose dictionaries are in it;
 * the index; what the job says of dates and regions; where each column comes from, how it is stored, and all its texts.
 */
#include "run/state.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "normalise/known.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".normal";

/* ---- What it was made from ---- */

/* The texts that the first rows brought into a column. */
struct first_texts {
    const struct pd_column *column;
    uint32_t n;
    uint64_t hash;
};

struct fingerprint {
    const struct pd_run_state *run;
    const struct pd_known_rows *known; /* says how many texts there are; NULL: they are counted */
    struct first_texts *texts;         /* [n_columns] of the table */
};

static uint32_t count_texts(const struct pd_column *column, size_t n_records)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < n_records; i++) {
        const uint64_t word = pd_column_word(column, i);
        const bool is_digits = column->encoding == PD_ENCODING_DIGITS && word >> PD_DIGITS_SHIFT != PD_DIGITS_ESCAPE;
        const uint32_t code = is_digits ? 0 : (uint32_t)(word & PD_DIGITS_MASK);
        highest = code > highest ? code : highest;
    }
    return highest;
}

static enum padan_status look_at_texts(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct fingerprint *fingerprint = context;
    struct first_texts *texts = &fingerprint->texts[index];
    const struct pd_column *column = &fingerprint->run->table.columns[index];
    (void)worker, (void)error;
    texts->column = column;
    texts->n = fingerprint->known != NULL ? pd_known_texts(fingerprint->known, column->name)
                                          : count_texts(column, fingerprint->run->ingested.files[0].end);
    const struct pd_dictionary *all = column->dictionary;
    if (texts->n == 0 || texts->n > all->n_entries) return PADAN_OK;
    texts->hash = pd_hash_combine(pd_hash_bytes(all->bytes, (size_t)all->begins[texts->n], 0),
                                  pd_hash_bytes(all->begins, ((size_t)texts->n + 1) * sizeof *all->begins, 0));
    return PADAN_OK;
}

__attribute__((format(printf, 2, 3))) static void add_line(struct pd_buffer *out, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    pd_append_string(out, line);
    pd_append_byte(out, '\n');
}

static void describe_column(const struct fingerprint *fingerprint, const struct pd_file_column *from,
                            struct pd_buffer *out)
{
    const int index = pd_table_find(&fingerprint->run->table, from->name);
    if (from->name.length == 0 || index < 0 || pd_text_equal(from->name, PD_TEXT("unique_id"))) return;
    const struct first_texts *texts = &fingerprint->texts[index];
    add_line(out, "column %.*s: encoding %d, %" PRIu32 " texts %016" PRIx64 ", from %.*s", PD_TEXT_ARGS(from->name),
             (int)texts->column->encoding, texts->n, texts->hash, PD_TEXT_ARGS(from->header));
}

/* The first line of a fingerprint. */
static enum padan_status describe_program(struct pd_buffer *out, struct padan_error *error)
{
    char program[65];
    PD_TRY(pd_sha256_file("/proc/self/exe", program, error));
    add_line(out, "program: %s", program);
    return pd_buffer_status(out, error);
}

static enum padan_status describe(const struct fingerprint *fingerprint, struct pd_buffer *out,
                                  struct padan_error *error)
{
    const struct pd_run_state *run = fingerprint->run;
    const struct pd_file_result *file = &run->ingested.files[0];
    const struct pd_normalise_file *asked = &run->inputs.file_options[0];
    PD_TRY(describe_program(out, error));
    add_line(out, "index: %016" PRIx64 ", %zu rows", file->index_checksum, file->end - file->begin);
    add_line(out, "year of reference_date: %d", (int)pd_date_to_civil(run->job.reference_date).year);
    add_line(out, "date_order: %d", (int)asked->date_order);
    add_line(out, "code_system: %d", (int)asked->coding);
    add_line(out, "program of the rows: %.*s", PD_TEXT_ARGS(file->program_flag));
    for (size_t i = 0; i < file->n_columns; i++) describe_column(fingerprint, &file->columns[i], out);
    return pd_buffer_status(out, error);
}

static enum padan_status make_fingerprint(const struct pd_run_state *run, const struct pd_known_rows *known,
                                          struct pd_buffer *out, struct padan_error *error)
{
    struct fingerprint fingerprint = { run, known, NULL };
    PD_TRY(pd_allocate(&fingerprint.texts, run->table.n_columns, sizeof *fingerprint.texts, error));
    enum padan_status status = pd_parallel_for(run->table.n_columns, run->threads, look_at_texts, &fingerprint, error);
    if (status == PADAN_OK) status = describe(&fingerprint, out, error);
    pd_free(fingerprint.texts);
    return status;
}

/* What stands before the colon of the first line that differs; empty: none does. */
static struct pd_text first_difference(struct pd_text a, struct pd_text b)
{
    while (a.length > 0 || b.length > 0) {
        struct pd_text lines[2];
        struct pd_text *const rest[2] = { &a, &b };
        for (size_t i = 0; i < 2; i++) {
            const char *end = rest[i]->length == 0 ? NULL : memchr(rest[i]->data, '\n', rest[i]->length);
            const size_t length = end == NULL ? rest[i]->length : (size_t)(end - rest[i]->data);
            lines[i] = pd_text_slice(*rest[i], 0, length);
            *rest[i] = pd_text_slice(*rest[i], end == NULL ? length : length + 1, rest[i]->length);
        }
        if (pd_text_equal(lines[0], lines[1])) continue;
        const struct pd_text line = lines[lines[0].length == 0 ? 1 : 0];
        const char *colon = line.length == 0 ? NULL : memchr(line.data, ':', line.length);
        return colon == NULL ? PD_TEXT("columns") : pd_text_slice(line, 0, (size_t)(colon - line.data));
    }
    return PD_TEXT("");
}

/* ---- Taking it up ---- */

/* The first file of the table is all of the rows before those of the second. */
static bool may_be_known(const struct pd_run_state *run)
{
    const struct pd_file_result *file = run->ingested.n_files == 0 ? NULL : &run->ingested.files[0];
    return file != NULL && file->status == PADAN_OK && file->index_checksum != 0 && file->begin == 0 && file->end > 0;
}

static enum padan_status name_beside(const struct pd_run_state *run, struct pd_buffer *path, struct padan_error *error)
{
    pd_append_string(path, run->inputs.files[0].path);
    pd_append_bytes(path, ending, sizeof ending);
    return pd_buffer_status(path, error);
}

static void tell(const struct pd_run_state *run, const char *sentence)
{
    if (run->options->progress.message != NULL)
        run->options->progress.message(run->options->progress.context, sentence);
}

static enum padan_status compare(const struct pd_run_state *run, const struct pd_known_rows *known,
                                 struct padan_error *error)
{
    struct pd_buffer now = { 0 };
    enum padan_status status = make_fingerprint(run, known, &now, error);
    if (status == PADAN_OK) {
        const struct pd_text what = first_difference(known->sealed.contents, (struct pd_text){ now.data, now.length });
        if (what.length > 0)
            status = pd_fail(error, PADAN_BAD_INPUT, "%s: was made with another %.*s", known->sealed.path,
                             PD_TEXT_ARGS(what));
    }
    pd_buffer_reset(&now);
    return status;
}

static uint64_t file_bytes(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && facts.st_size > 0 ? (uint64_t)facts.st_size : 0;
}

/* Both files are read in no order once they are verified. Where a bound has not room for them, their pages are let go
 * and read again without end, which takes longer than to normalise the rows anew. */
static enum padan_status check_room(const struct pd_run_state *run, const char *path, struct padan_error *error)
{
    static const double GIB = 1024.0 * 1024.0 * 1024.0;
    const uint64_t allowed = pd_run_allowed_memory(run);
    const uint64_t bytes = file_bytes(path) + file_bytes(run->inputs.files[0].path);
    if (allowed == 0 || bytes <= allowed) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT, "%s: with its index it takes %.1f GiB, more than the %.1f GiB that are allowed", path,
            (double)bytes / GIB, (double)allowed / GIB);
}

static enum padan_status open_known(struct pd_known_rows *known, const char *path, struct padan_error *error)
{
    struct pd_buffer program = { 0 };
    enum padan_status status = describe_program(&program, error);
    if (status == PADAN_OK)
        status = pd_known_open(known, path, (struct pd_text){ program.data, program.length }, error);
    pd_buffer_reset(&program);
    return status;
}

static enum padan_status take_up(const struct pd_run_state *run, const char *path,
                                 const struct pd_normalise_options *options, struct pd_known_rows *known,
                                 struct padan_error *error)
{
    PD_TRY(check_room(run, path, error));
    PD_TRY(open_known(known, path, error));
    enum padan_status status = compare(run, known, error);
    if (status == PADAN_OK) status = pd_known_load(known, &run->table, options, error);
    if (status != PADAN_OK) pd_known_close(known);
    return status;
}

enum padan_status pd_run_take_known(const struct pd_run_state *run, struct pd_normalise_options *options,
                                    struct pd_known_rows *known, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct padan_error reason = { PADAN_OK, "" };
    if (!may_be_known(run)) return PADAN_OK;
    enum padan_status status = name_beside(run, &path, &reason);
    if (status == PADAN_OK && access(path.data, F_OK) == 0) {
        status = take_up(run, path.data, options, known, &reason);
        if (status == PADAN_OK) options->known = known;
    }
    pd_buffer_reset(&path);
    if (status == PADAN_OK) return PADAN_OK;
    if (status == PADAN_OUT_OF_MEMORY) PD_FAIL(error, status, "%s", reason.message);
    char sentence[sizeof reason.message + 64];
    (void)snprintf(sentence, sizeof sentence, "%s; its rows are normalised anew", reason.message);
    tell(run, sentence);
    return PADAN_OK;
}

/* ---- Writing it ---- */

static bool is_same_file(const char *a, const char *b)
{
    struct stat facts[2];
    return stat(a, &facts[0]) == 0 && stat(b, &facts[1]) == 0 && facts[0].st_dev == facts[1].st_dev &&
           facts[0].st_ino == facts[1].st_ino;
}

static enum padan_status refuse(const struct pd_run_state *run, struct padan_error *error)
{
    const char *asked = run->options->keep;
    if (run->inputs.n_files == 0 || !is_same_file(asked, run->inputs.files[0].path))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: is not the first file of %s; only that one's rows can be kept", asked,
                run->options->job_path);
    if (!may_be_known(run)) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: is no index, or has no rows", asked);
    return PADAN_OK;
}

static enum padan_status write_known(struct pd_run_state *run, struct pd_text fingerprint, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct pd_normalise_options options = pd_run_normalise_options(run);
    PD_TRY(pd_normalise_indonesia(&run->table, &options, &run->normalised, error));
    enum padan_status status = name_beside(run, &path, error);
    if (status == PADAN_OK) {
        const struct pd_known_writing writing = { &run->table, &run->normalised, run->ingested.files[0].end,
                                                  fingerprint, path.data };
        status = pd_known_write(&writing, error);
    }
    pd_buffer_reset(&path);
    return status;
}

enum padan_status pd_run_keep(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_buffer fingerprint = { 0 };
    PD_TRY(refuse(run, error));
    enum padan_status status = make_fingerprint(run, NULL, &fingerprint, error);
    if (status == PADAN_OK) status = write_known(run, (struct pd_text){ fingerprint.data, fingerprint.length }, error);
    pd_buffer_reset(&fingerprint);
    return status;
}
