/* SPDX-License-Identifier: MIT
 * Reading what is known. Words and texts that the table takes as they are get room for those of other rows behind them,
 * and lie in the file where that can be done; codes of numbers are only read, because other rows change what they are
 * codes of (table/narrow.h). All blocks are verified before any value is used. */
#include "base/memory.h"
#include "base/parallel.h"
#include "normalise/known_format.h"
#include "normalise/stage.h"

enum { ROOM_SHARE = 4, SECTIONS_PER_COLUMN = 4, N_MOST = 256 };

static enum padan_status contradicts(const struct pd_known_rows *known, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: contradicts itself; make it again", known->sealed.path);
}

static bool has(const struct pd_known_rows *known, uint32_t section, uint64_t n, size_t width)
{
    return section < known->sealed.n_sections && n <= SIZE_MAX / width &&
           known->sealed.sections[section].length == n * width;
}

/* ---- Opening ---- */

static enum padan_status read_small(struct pd_known_rows *known, size_t from_last, void *to, uint64_t n, size_t width,
                                    struct padan_error *error)
{
    const uint32_t section = (uint32_t)(known->sealed.n_sections - from_last);
    const struct pd_sealed_read read = { section, to, false };
    if (!has(known, section, n, width)) return contradicts(known, error);
    return pd_sealed_read(&known->sealed, &read, 1, 1, error);
}

static bool is_name(const char name[PD_KNOWN_NAME_BYTES])
{
    return memchr(name, '\0', PD_KNOWN_NAME_BYTES) != NULL;
}

static bool is_described(const struct pd_known_rows *known, size_t index)
{
    const struct pd_known_described *column = &known->described[index];
    if (!is_name(column->name) || column->encoding > PD_ENCODING_BY_CODE || column->owner > index) return false;
    if (!has(known, column->words, known->n_records, pd_encoding_width(column->encoding))) return false;
    if (pd_encoding_is_number(column->encoding))
        return has(known, column->numbers, (uint64_t)column->n_numbers + 1, sizeof(int64_t));
    if (column->encoding != PD_ENCODING_CODE || column->owner != index) return true;
    return has(known, column->begins, (uint64_t)column->n_texts + 1, sizeof(uint64_t)) &&
           has(known, column->bytes, column->n_text_bytes, 1);
}

static enum padan_status read_descriptions(struct pd_known_rows *known, struct padan_error *error)
{
    struct pd_known_heading heading;
    if (known->sealed.n_sections < PD_KNOWN_LAST_SECTIONS) return contradicts(known, error);
    PD_TRY(read_small(known, 1, &heading, 1, sizeof heading, error));
    if (heading.n_columns > N_MOST || heading.n_sources > N_MOST || heading.n_records >= UINT32_MAX)
        return contradicts(known, error);
    known->n_records = (size_t)heading.n_records;
    known->n_columns = (size_t)heading.n_columns;
    known->n_sources = (size_t)heading.n_sources;
    PD_TRY(pd_allocate(&known->described, known->n_columns, sizeof *known->described, error));
    PD_TRY(pd_allocate(&known->columns, known->n_columns, sizeof *known->columns, error));
    PD_TRY(pd_allocate(&known->sources, known->n_sources, sizeof *known->sources, error));
    PD_TRY(read_small(known, 2, &known->facts, 1, sizeof known->facts, error));
    PD_TRY(read_small(known, 3, known->sources, known->n_sources, sizeof *known->sources, error));
    PD_TRY(read_small(known, 4, known->described, known->n_columns, sizeof *known->described, error));
    bool fits = true;
    for (size_t i = 0; i < known->n_columns && fits; i++) fits = is_described(known, i);
    for (size_t i = 0; i < known->n_sources && fits; i++) fits = is_name(known->sources[i].name);
    return fits ? PADAN_OK : contradicts(known, error);
}

/* Before anything else is believed: another program may have other columns, and describe them in another way. */
static enum padan_status check_maker(const struct pd_known_rows *known, struct pd_text made_by,
                                     struct padan_error *error)
{
    if (pd_text_starts(known->sealed.contents, made_by)) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT,
            "%s: another build of padan made it (version %.16s, this is %s); make it again with padan index --job",
            known->sealed.path, known->sealed.program, padan_version());
}

enum padan_status pd_known_open(struct pd_known_rows *known, const char *path, struct pd_text made_by,
                                struct padan_error *error)
{
    *known = (struct pd_known_rows){ .n_records = 0 };
    PD_TRY(pd_sealed_open(&known->sealed, &pd_known_kind, path, error));
    enum padan_status status = check_maker(known, made_by, error);
    if (status == PADAN_OK) status = read_descriptions(known, error);
    if (status != PADAN_OK) pd_known_close(known);
    return status;
}

static void free_column(struct pd_column *column)
{
    if (column->dictionary != NULL) pd_dictionary_reset(column->dictionary);
    pd_free(column->dictionary);
    pd_free(column->words);
    pd_free(column->numbers);
    *column = (struct pd_column){ .words = NULL };
}

void pd_known_close(struct pd_known_rows *known)
{
    for (size_t i = 0; known->columns != NULL && i < known->n_columns; i++) free_column(&known->columns[i]);
    pd_free(known->described);
    pd_free(known->columns);
    pd_free(known->sources);
    pd_sealed_close(&known->sealed);
    *known = (struct pd_known_rows){ .sealed = { .descriptor = -1 } };
}

uint32_t pd_known_texts(const struct pd_known_rows *known, struct pd_text raw)
{
    for (size_t i = 0; i < known->n_sources; i++)
        if (pd_text_equal(pd_text_of(known->sources[i].name), raw)) return (uint32_t)known->sources[i].n_texts;
    return 0;
}

static size_t index_of(const struct pd_known_rows *known, struct pd_text name)
{
    size_t i = 0;
    while (i < known->n_columns && !pd_text_equal(pd_text_of(known->described[i].name), name)) i++;
    return i;
}

struct pd_column *pd_known_find(const struct pd_known_rows *known, struct pd_text name)
{
    const size_t i = index_of(known, name);
    return i == known->n_columns || known->columns[i].words == NULL ? NULL : &known->columns[i];
}

/* ---- Loading ---- */

struct loading {
    struct pd_known_rows *known;
    size_t n_records;             /* of the table */
    struct pd_sealed_read *reads; /* [n_reads] */
    size_t n_reads;
};

/* A section of n elements as an array with room for more. */
static enum padan_status place(struct loading *loading, uint32_t section, size_t n, size_t room, size_t width,
                               void *out, struct padan_error *error)
{
    void *array = pd_sealed_map(&loading->known->sealed, section, room * width);
    const bool is_mapped = array != NULL;
    if (!is_mapped) PD_TRY(pd_allocate_array(&array, n + room, width, error));
    memcpy(out, &array, sizeof array);
    loading->reads[loading->n_reads++] = (struct pd_sealed_read){ section, array, is_mapped };
    return PADAN_OK;
}

static enum padan_status place_texts(struct loading *loading, const struct pd_known_described *described,
                                     struct pd_dictionary **out, struct padan_error *error)
{
    struct pd_dictionary *texts = NULL;
    const size_t n = (size_t)described->n_texts + 1, n_bytes = (size_t)described->n_text_bytes;
    PD_TRY(pd_allocate(&texts, 1, sizeof *texts, error));
    *out = texts;
    texts->n_entries = described->n_texts;
    texts->n_bytes = n_bytes;
    texts->begins_capacity = n + n / ROOM_SHARE;
    texts->bytes_capacity = n_bytes + n_bytes / ROOM_SHARE + 1;
    PD_TRY(place(loading, described->begins, n, n / ROOM_SHARE, sizeof *texts->begins, &texts->begins, error));
    return place(loading, described->bytes, n_bytes, n_bytes / ROOM_SHARE + 1, 1, &texts->bytes, error);
}

static enum padan_status place_column(struct loading *loading, size_t index, struct padan_error *error)
{
    const struct pd_known_described *described = &loading->known->described[index];
    struct pd_column *column = &loading->known->columns[index];
    const size_t n = loading->known->n_records;
    const bool is_number = pd_encoding_is_number(described->encoding);
    column->encoding = described->encoding;
    PD_TRY(place(loading, described->words, n, is_number ? 0 : loading->n_records - n,
                 pd_encoding_width(described->encoding), &column->words, error));
    column->n_numbers = described->n_numbers;
    if (is_number)
        PD_TRY(place(loading, described->numbers, (size_t)described->n_numbers + 1, 0, sizeof *column->numbers,
                     &column->numbers, error));
    if (described->encoding != PD_ENCODING_CODE || described->owner != index) return PADAN_OK;
    return place_texts(loading, described, &column->dictionary, error);
}

/* Which columns the table will get: those that are wanted, and here. */
static enum padan_status place_columns(struct loading *loading, const struct pd_table *table,
                                       const struct pd_normalise_options *options, struct padan_error *error)
{
    const struct pd_known_rows *known = loading->known;
    for (enum pd_made made = 0; made < PD_N_MADE; made++) {
        const struct pd_text name = pd_text_of(pd_made_columns[made].name);
        const size_t index = index_of(known, name);
        if (!pd_stage_adds(table, options, made) || !pd_stage_is_wanted(options, made)) continue;
        if (index < known->n_columns) {
            PD_TRY(place_column(loading, index, error));
        } else if (!pd_stage_is_always_made(made)) {
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: has no column %.*s, which this job reads; make it again for it",
                    known->sealed.path, PD_TEXT_ARGS(name));
        }
    }
    for (size_t i = 0; i < known->n_columns; i++) {
        const size_t owner = known->described[i].owner;
        if ((known->columns[i].words == NULL) != (known->columns[owner].words == NULL))
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: %s and %s have their texts in common, and this job reads one of them",
                    known->sealed.path, known->described[i].name, known->described[owner].name);
    }
    return PADAN_OK;
}

/* ---- What was read means something ---- */

static bool texts_fit(const struct pd_dictionary *texts)
{
    bool fit = texts->begins[0] == 0 && texts->begins[texts->n_entries] == texts->n_bytes;
    for (size_t i = 0; i < texts->n_entries && fit; i++)
        fit = texts->begins[i] < texts->begins[i + 1] && texts->begins[i + 1] - texts->begins[i] <= UINT32_MAX;
    return fit;
}

static bool codes_fit(const struct pd_column *column, size_t n, uint64_t n_values)
{
    uint64_t highest = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t code = pd_column_stored(column, i);
        highest = code > highest ? code : highest;
    }
    return highest <= n_values;
}

static bool column_fits(const struct pd_known_rows *known, size_t index)
{
    const struct pd_known_described *described = &known->described[index];
    const struct pd_column *column = &known->columns[index];
    if (column->words == NULL) return true;
    if (pd_encoding_is_number(described->encoding))
        return column->numbers[0] == PD_NULL_INT && codes_fit(column, known->n_records, described->n_numbers);
    if (described->encoding != PD_ENCODING_CODE) return true;
    return (column->dictionary == NULL || texts_fit(column->dictionary)) &&
           codes_fit(column, known->n_records, known->described[described->owner].n_texts);
}

static enum padan_status check_column(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct pd_known_rows *known = context;
    (void)worker;
    return column_fits(known, index) ? PADAN_OK : contradicts(known, error);
}

enum padan_status pd_known_load(struct pd_known_rows *known, const struct pd_table *table,
                                const struct pd_normalise_options *options, struct padan_error *error)
{
    struct loading loading = { .known = known, .n_records = table->n_records };
    const int threads = pd_thread_count(options->threads);
    if (table->n_records < known->n_records) return contradicts(known, error);
    PD_TRY(pd_allocate(&loading.reads, known->n_columns * SECTIONS_PER_COLUMN, sizeof *loading.reads, error));
    enum padan_status status = place_columns(&loading, table, options, error);
    if (status == PADAN_OK) status = pd_sealed_read(&known->sealed, loading.reads, loading.n_reads, threads, error);
    if (status == PADAN_OK) status = pd_parallel_for(known->n_columns, threads, check_column, known, error);
    pd_free(loading.reads);
    return status;
}
