/* SPDX-License-Identifier: MIT
 * Any bytes as a roster: a sentence, or rows that are all accounted for and the same however the file is cut,
 * whichever scanner reads it, and from an index of it. What was read is then normalised, which may fail in no way. */
#include "base/buffer.h"
#include "base/date.h"
#include "checking/file_alarms.h"
#include "checking/file_grade.h"
#include "ingest/snapshot.h"
#include "memory_file.h"
#include "normalise/normalise.h"
#include "scratch_file.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int fuzz_copies(void);

enum { FIELD_LIMIT = 300, ROW_LIMIT = 2000, WHOLE = 1 << 16 };

/* A way to read: all of them must give the same. */
struct way {
    const char *scanner;
    size_t chunk_bytes;
};

static const struct pd_text program_names[] = { { "PKH", 3 } };
static struct pd_indonesia indonesia;

static void append_table(const struct pd_table *table, struct pd_buffer *out)
{
    char scratch[24];
    for (size_t column = 0; column < table->n_columns; column++) {
        pd_append_csv(out, table->columns[column].name);
        for (size_t i = 0; i < table->n_records; i++) {
            pd_append_byte(out, ',');
            pd_append_csv(out, pd_column_text(&table->columns[column], i, scratch));
        }
        pd_append_byte(out, '\n');
    }
    for (size_t i = 0; i < table->n_records; i++) pd_append_format(out, "%u ", table->row_of[i]);
}

static void append_facts(const struct pd_ingest_result *result, struct pd_buffer *out)
{
    const struct pd_file_result *file = &result->files[0];
    assert(file->rows_read == file->rows_accepted + file->rows_rejected);
    assert(file->rows_accepted == file->end - file->begin && file->rows_rejected == result->n_rejects);
    pd_append_format(out, "\n%llu %llu %llu %llu %llu %u %s %d\n", (unsigned long long)file->rows_read,
                     (unsigned long long)file->rows_accepted, (unsigned long long)file->rows_skipped,
                     (unsigned long long)file->rows_blank, (unsigned long long)file->rows_totals, file->header_row,
                     file->digest, (int)file->totals);
    for (size_t i = 0; i < result->n_rejects; i++) {
        const struct pd_reject *reject = &result->rejects[i];
        assert(i == 0 || reject->row > result->rejects[i - 1].row);
        pd_append_format(out, "%llu %u %s ", (unsigned long long)reject->offset, reject->row,
                         pd_reject_code_name(reject->code));
        pd_append_csv(out, pd_reject_column(result, reject));
        pd_reject_reason(result, reject, out);
    }
}

static void normalise(struct pd_table *table, const struct pd_file_result *file)
{
    const struct pd_normalise_source period = { PD_DATE_NONE, PD_DATE_NONE };
    struct pd_normalise_result normalised;
    const struct pd_normalise_options options = {
        .indonesia = &indonesia, .reference_date = pd_date_from_civil(2026, 11, 23), .sources = &period, .threads = 1
    };
    struct pd_file_alarms alarms;
    const enum padan_status status = pd_normalise_indonesia(table, &options, &normalised, NULL);
    assert(status == PADAN_OK);
    (void)status;
    const struct pd_file_grade grade = pd_file_grade(table, file);
    assert(grade.letter >= 'A' && grade.letter <= 'F');
    (void)grade;
    pd_file_alarms_find(file, &normalised.files[0], NAN, &alarms);
    assert(file->rows_accepted == normalised.files[0].nik.n);
    pd_normalise_result_reset(&normalised);
}

/* What was read, or the sentence. */
static void read_one_way(const char *path, bool canonical, const struct way *way, struct pd_buffer *out)
{
    const struct pd_input_source source = { PD_TEXT("pkh"), program_names, 1 };
    const struct pd_input_file file = { .path = path, .name = PD_TEXT("f.csv") };
    const struct pd_ingest_options options = { .sources = &source,
                                               .n_sources = 1,
                                               .files = &file,
                                               .n_files = 1,
                                               .canonical = canonical,
                                               .threads = 1,
                                               .chunk_bytes = way->chunk_bytes,
                                               .field_limit = FIELD_LIMIT,
                                               .row_limit = ROW_LIMIT };
    struct pd_table table;
    struct pd_ingest_result result;
    struct padan_error error = { PADAN_OK, "" };
    (void)setenv("PADAN_CPU", way->scanner, 1);
    const enum padan_status status = pd_ingest(&options, &table, &result, &error);
    if (status == PADAN_OK) {
        append_facts(&result, out);
        append_table(&table, out);
        if (canonical && way->chunk_bytes == WHOLE) normalise(&table, &result.files[0]);
    } else {
        assert(error.message[0] != '\0' && table.n_columns == 0);
        pd_append_string(out, error.message);
    }
    pd_ingest_result_reset(&result);
    pd_table_reset(&table);
}

/* A sentence without the path of the file at its begin. */
static const char *without_path(const struct padan_error *error, const char *path)
{
    const size_t n = strlen(path);
    return strncmp(error->message, path, n) == 0 ? error->message + n : error->message;
}

/* What a load with the limits of every day gives, or its sentence. */
static void read_plainly(const char *path, struct pd_buffer *out)
{
    const struct pd_input_source source = { PD_TEXT("pkh"), program_names, 1 };
    const struct pd_input_file file = { .path = path, .name = PD_TEXT("f.csv") };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &file, .n_files = 1, .canonical = true, .threads = 1
    };
    struct pd_table table;
    struct pd_ingest_result result;
    struct padan_error error = { PADAN_OK, "" };
    if (pd_ingest(&options, &table, &result, &error) == PADAN_OK) {
        append_facts(&result, out);
        append_table(&table, out);
    } else {
        pd_append_string(out, without_path(&error, path));
    }
    pd_ingest_result_reset(&result);
    pd_table_reset(&table);
}

/* An index gives what its file gives. */
static void compare_index(const char *path)
{
    const char *index = scratch_file();
    const struct pd_input_file file = { .path = path, .name = PD_TEXT("f.csv") };
    struct pd_buffer of_file = { 0 }, of_index = { 0 };
    struct pd_ingest_result facts;
    read_plainly(path, &of_file);
    if (pd_snapshot_make(&file, 1, index, &facts, NULL) == PADAN_OK) {
        read_plainly(index, &of_index);
        assert(of_file.length == of_index.length && memcmp(of_file.data, of_index.data, of_file.length) == 0);
    }
    pd_ingest_result_reset(&facts);
    pd_buffer_reset(&of_file);
    pd_buffer_reset(&of_index);
}

int fuzz_copies(void)
{
    return 500;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct way ways[] = { { "avx2", WHOLE }, { "scalar", 17 } };
    if (indonesia.regions.n_regions == 0 && pd_indonesia_load(&indonesia, NULL) != PADAN_OK) abort();
    struct memory_file file = memory_file_make(data, size);
    for (int canonical = 0; canonical < 2; canonical++) {
        struct pd_buffer first = { 0 }, other = { 0 };
        read_one_way(file.path, canonical == 1, &ways[0], &first);
        read_one_way(file.path, canonical == 1, &ways[1], &other);
        assert(first.length == other.length && memcmp(first.data, other.data, first.length) == 0);
        pd_buffer_reset(&first);
        pd_buffer_reset(&other);
    }
    compare_index(file.path);
    memory_file_close(&file);
    return 0;
}
