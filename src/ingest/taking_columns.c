/* SPDX-License-Identifier: MIT
 * The records of an index, as if its file had been parsed.
 *
 * As a rule whole columns are taken: words of the first file of the table are left in the file where the program can do
 * so (base/sealed.h), words of others read straight to where the table has them, and the texts of the first file of a
 * column become its dictionary as they are. A column that other files wrote to before, or that is to be
 * DIGITS and was stored as codes, is translated through a map with an entry per distinct text; only digits that are to
 * be codes, because of what other files have in that column, are told apart word by word. Otherwise records are taken
 * one by one like parsed rows (taking_records.c): when some are no records under this mapping (totals rows, rows of
 * other programs) or ids are joined of several fields. Codes come in order of first appearance either way, as they do
 * from the file. */
#include "ingest/taking.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { MAPPED_ROOM_SHARE = 4 }; /* texts of other files that are expected, as a part of the first one's */
enum { TAKEN_ROWS = 1 << 16, TEXTS_AT_ONCE = 1024, LOOKED_AFTER = 64 * TEXTS_AT_ONCE };

/* A column of the table that is filled from the index. */
struct taken_column {
    const struct pd_snapshot_column *stored;
    struct pd_column *column;
    void *words;                /* of the table's column, at the first of the records */
    uint32_t *codes;            /* stored words that become digits, else NULL */
    uint64_t *digits;           /* stored words that become codes, else NULL */
    struct pd_dictionary texts; /* as stored, until they are adopted or translated */
    uint64_t *map;              /* [n_texts + 1] word, or code of an escape, of each stored code; NULL: the same */
    size_t index;               /* of the column */
};

/* ---- Whole columns ---- */

static struct taken_column describe_column(const struct pd_index_taking *taking, size_t index)
{
    const struct pd_loader *loader = taking->loader;
    const struct pd_file_state *state = &loader->files[taking->file];
    const int load = state->load_of[index];
    struct pd_column *column = &loader->table->columns[index];
    struct taken_column taken = { .column = column, .index = index };
    taken.words = (char *)loader->words[index].data + loader->n_records * pd_encoding_width(column->encoding);
    if (load != PD_NO_FIELD) taken.stored = &taking->snapshot->columns[state->layout.loads[load].field];
    return taken;
}

/* A section of the first file as an array of the table, with room for what other files add; NULL: it is read. A
 * revision's columns lie in no file. */
static void *map_section(const struct pd_index_taking *taking, uint32_t section, size_t capacity_bytes)
{
    const struct pd_snapshot *snapshot = taking->snapshot;
    if (taking->loader->n_records > 0 || snapshot->revision != NULL) return NULL;
    const size_t length = (size_t)snapshot->sealed.sections[section].length;
    return pd_sealed_map(&snapshot->sealed, section, capacity_bytes > length ? capacity_bytes - length : 0);
}

/* Lets the words of the table's column be those in the file. */
static bool map_words(const struct pd_index_taking *taking, struct taken_column *taken)
{
    struct pd_words *words = &taking->loader->words[taken->index];
    void *mapped =
        map_section(taking, taken->stored->words, words->capacity * pd_encoding_width(taken->column->encoding));
    if (mapped == NULL) return false;
    pd_free(words->data);
    words->data = taken->words = mapped;
    return true;
}

/* Lets texts that become the column's own be those in the file. Other files bring texts of their own. */
static enum padan_status place_texts(const struct pd_index_taking *taking, struct taken_column *taken,
                                     struct pd_sealed_read *reads, size_t *n_reads, struct padan_error *error)
{
    const struct pd_snapshot_column *stored = taken->stored;
    struct pd_dictionary *texts = &taken->texts;
    const size_t first = *n_reads;
    PD_TRY(pd_snapshot_place_texts(stored, texts, reads, n_reads, error));
    if (taken->column->encoding != stored->encoding || taken->column->dictionary->n_entries > 0) return PADAN_OK;
    const size_t share = taking->loader->options->n_files > 1 ? MAPPED_ROOM_SHARE : SIZE_MAX;
    const size_t more_begins = texts->begins_capacity / share, more_bytes = texts->bytes_capacity / share;
    void *begins = map_section(taking, stored->begins, (texts->begins_capacity + more_begins) * sizeof *texts->begins);
    if (begins != NULL) {
        pd_free(texts->begins);
        reads[first] = (struct pd_sealed_read){ stored->begins, begins, true };
        texts->begins = begins;
        texts->begins_capacity += more_begins;
    }
    void *bytes = map_section(taking, stored->bytes, texts->bytes_capacity + more_bytes);
    if (bytes != NULL) {
        pd_free(texts->bytes);
        reads[first + 1] = (struct pd_sealed_read){ stored->bytes, bytes, true };
        texts->bytes = bytes;
        texts->bytes_capacity += more_bytes;
    }
    return PADAN_OK;
}

/* Where the column's sections go. */
static enum padan_status place_column(const struct pd_index_taking *taking, struct taken_column *taken,
                                      struct pd_sealed_read *reads, size_t *n_reads, struct padan_error *error)
{
    if (taken->stored == NULL) return PADAN_OK;
    PD_TRY(place_texts(taking, taken, reads, n_reads, error));
    const size_t n = (size_t)taking->snapshot->n_records;
    const bool is_same = taken->stored->encoding == taken->column->encoding;
    const bool is_mapped = is_same && map_words(taking, taken);
    void *to = taken->words;
    if (!is_same && taken->stored->encoding == PD_ENCODING_CODE) {
        PD_TRY(pd_allocate_array(&taken->codes, n, sizeof *taken->codes, error));
        to = taken->codes;
    } else if (!is_same) {
        PD_TRY(pd_allocate_array(&taken->digits, n, sizeof *taken->digits, error));
        to = taken->digits;
    }
    reads[(*n_reads)++] = (struct pd_sealed_read){ taken->stored->words, to, is_mapped };
    return PADAN_OK;
}

/* Words of texts that become digits; what is no number is an escape. */
static enum padan_status map_to_digits(struct taken_column *taken, struct padan_error *error)
{
    for (uint32_t code = 1; code <= taken->texts.n_entries; code++) {
        const struct pd_text text = pd_dictionary_text(&taken->texts, code);
        uint32_t escape = 0;
        taken->map[code] = pd_digits_encode(text);
        if (taken->map[code] != 0) continue;
        PD_TRY(pd_dictionary_insert(taken->column->dictionary, text, pd_hash_text(text), &escape, error));
        taken->map[code] = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | escape;
    }
    return PADAN_OK;
}

static struct pd_hashed_text hashed(struct pd_text text, bool loose)
{
    return (struct pd_hashed_text){ text.data, loose ? 0 : pd_hash_text(text), (uint32_t)text.length };
}

/* Codes of the shared dictionary. */
static enum padan_status map_to_codes(const struct pd_index_taking *taking, struct taken_column *taken,
                                      struct padan_error *error)
{
    struct pd_hashed_text texts[TEXTS_AT_ONCE];
    uint32_t codes[TEXTS_AT_ONCE];
    const bool loose = taking->loader->words[taken->index].loose;
    const size_t n = taken->texts.n_entries;
    for (size_t begin = 0; begin < n; begin += TEXTS_AT_ONCE) {
        const size_t n_now = n - begin < TEXTS_AT_ONCE ? n - begin : TEXTS_AT_ONCE;
        for (size_t i = 0; i < n_now; i++)
            texts[i] = hashed(pd_dictionary_text(&taken->texts, (uint32_t)(begin + i + 1)), loose);
        PD_TRY(pd_loader_translate(taken->column->dictionary, loose, texts, n_now, codes, error));
        for (size_t i = 0; i < n_now; i++) taken->map[begin + i + 1] = codes[i];
    }
    return PADAN_OK;
}

/* Up to TEXTS_AT_ONCE words of digits as codes. */
static enum padan_status tell_apart(const struct pd_index_taking *taking, struct taken_column *taken, size_t begin,
                                    size_t n, struct padan_error *error)
{
    const struct pd_column stored = { .encoding = PD_ENCODING_DIGITS,
                                      .words = taken->digits,
                                      .dictionary = &taken->texts };
    const bool loose = taking->loader->words[taken->index].loose;
    char scratch[TEXTS_AT_ONCE][24];
    struct pd_hashed_text texts[TEXTS_AT_ONCE];
    uint32_t codes[TEXTS_AT_ONCE];
    uint32_t *out = (uint32_t *)taken->words + begin;
    size_t n_filled = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pd_text text = pd_column_text(&stored, begin + i, scratch[i]);
        if (text.length > 0) texts[n_filled++] = hashed(text, loose);
    }
    PD_TRY(pd_loader_translate(taken->column->dictionary, loose, texts, n_filled, codes, error));
    for (size_t i = 0, filled = 0; i < n; i++) out[i] = taken->digits[begin + i] == 0 ? 0 : codes[filled++];
    return PADAN_OK;
}

/* Where nearly every number is another one, they are told apart at the end, as those of files are. */
static enum padan_status digits_to_codes(const struct pd_index_taking *taking, struct taken_column *taken,
                                         struct padan_error *error)
{
    const struct pd_dictionary *dictionary = taken->column->dictionary;
    const size_t n = (size_t)taking->snapshot->n_records;
    size_t n_before = dictionary->n_entries;
    if (!pd_snapshot_digits_fit(taken->digits, n, taken->stored->n_texts))
        return pd_snapshot_contradicts(taking->snapshot, error);
    for (size_t begin = 0; begin < n; begin += TEXTS_AT_ONCE) {
        PD_TRY(tell_apart(taking, taken, begin, n - begin < TEXTS_AT_ONCE ? n - begin : TEXTS_AT_ONCE, error));
        if ((begin + TEXTS_AT_ONCE) % LOOKED_AFTER != 0) continue;
        PD_TRY(pd_loader_loosen(taking->loader, taken->index, LOOKED_AFTER, dictionary->n_entries - n_before, error));
        n_before = dictionary->n_entries;
    }
    return PADAN_OK;
}

/* Gives the texts to the column's dictionary. */
static enum padan_status join_texts(const struct pd_index_taking *taking, struct taken_column *taken,
                                    struct padan_error *error)
{
    struct pd_dictionary *dictionary = taken->column->dictionary;
    PD_TRY(pd_snapshot_check_texts(taking->snapshot, &taken->texts, error));
    if (taken->digits != NULL) return digits_to_codes(taking, taken, error);
    if (taken->codes == NULL && dictionary->n_entries == 0) {
        pd_dictionary_reset(dictionary);
        *dictionary = taken->texts;
        taken->texts = (struct pd_dictionary){ 0 };
        return PADAN_OK;
    }
    PD_TRY(pd_allocate_array(&taken->map, (size_t)taken->texts.n_entries + 1, sizeof *taken->map, error));
    taken->map[0] = 0;
    return taken->codes != NULL ? map_to_digits(taken, error) : map_to_codes(taking, taken, error);
}

struct column_work {
    const struct pd_index_taking *taking;
    struct taken_column *columns; /* [n_columns] of the table */
    size_t n_columns, n_pieces;   /* pieces of TAKEN_ROWS rows per column */
};

static enum padan_status join_task(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct column_work *work = context;
    (void)worker;
    if (work->columns[index].stored == NULL) return PADAN_OK;
    return join_texts(work->taking, &work->columns[index], error);
}

static bool translate_codes(const struct taken_column *taken, size_t begin, size_t n)
{
    uint32_t *codes = (uint32_t *)taken->words + begin;
    if (!pd_snapshot_codes_fit(codes, n, taken->stored->n_texts)) return false;
    for (size_t i = 0; i < n && taken->map != NULL; i++) codes[i] = (uint32_t)taken->map[codes[i]];
    return true;
}

static bool translate_digits(const struct taken_column *taken, size_t begin, size_t n)
{
    uint64_t *words = (uint64_t *)taken->words + begin;
    if (!pd_snapshot_digits_fit(words, n, taken->stored->n_texts)) return false;
    for (size_t i = 0; i < n && taken->map != NULL; i++)
        if (words[i] >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE)
            words[i] = (words[i] & ~PD_DIGITS_MASK) | taken->map[words[i] & PD_DIGITS_MASK];
    return true;
}

static bool codes_to_digits(const struct taken_column *taken, size_t begin, size_t n)
{
    const uint32_t *codes = taken->codes + begin;
    uint64_t *words = (uint64_t *)taken->words + begin;
    if (!pd_snapshot_codes_fit(codes, n, taken->stored->n_texts)) return false;
    for (size_t i = 0; i < n; i++) words[i] = taken->map[codes[i]];
    return true;
}

/* One piece of one column. */
static enum padan_status translate_task(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct column_work *work = context;
    const struct taken_column *taken = &work->columns[index / work->n_pieces];
    const size_t n_records = (size_t)work->taking->snapshot->n_records;
    const size_t begin = index % work->n_pieces * TAKEN_ROWS;
    const size_t n = n_records - begin < TAKEN_ROWS ? n_records - begin : TAKEN_ROWS;
    const size_t width = pd_encoding_width(taken->column->encoding);
    bool fits = true;
    (void)worker;
    if (taken->stored == NULL)
        memset((char *)taken->words + begin * width, 0, n * width);
    else if (taken->digits != NULL)
        return PADAN_OK; /* told apart already */
    else if (taken->codes != NULL)
        fits = codes_to_digits(taken, begin, n);
    else if (taken->column->encoding == PD_ENCODING_CODE)
        fits = translate_codes(taken, begin, n);
    else
        fits = translate_digits(taken, begin, n);
    return fits ? PADAN_OK : pd_snapshot_contradicts(work->taking->snapshot, error);
}

static enum padan_status read_columns(const struct column_work *work, struct padan_error *error)
{
    struct pd_sealed_read *reads = NULL;
    size_t n_reads = 0;
    const struct pd_index_taking *taking = work->taking;
    PD_TRY(pd_allocate(&reads, work->n_columns * 3, sizeof *reads, error));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < work->n_columns && status == PADAN_OK; i++) {
        work->columns[i] = describe_column(taking, i);
        status = place_column(taking, &work->columns[i], reads, &n_reads, error);
    }
    if (status == PADAN_OK) status = pd_snapshot_read(taking->snapshot, reads, n_reads, taking->loader->threads, error);
    pd_free(reads);
    return status;
}

static enum padan_status fill_columns(struct column_work *work, struct padan_error *error)
{
    const int threads = work->taking->loader->threads;
    PD_TRY(read_columns(work, error));
    PD_TRY(pd_parallel_for(work->n_columns, threads, join_task, work, error));
    return pd_parallel_for(work->n_columns * work->n_pieces, threads, translate_task, work, error);
}

static void fill_places(const struct pd_index_taking *taking)
{
    const struct pd_loader *loader = taking->loader;
    uint16_t *sources = (uint16_t *)loader->source_of.data + loader->n_records;
    uint32_t *files = (uint32_t *)loader->file_of.data + loader->n_records;
    const uint16_t source = (uint16_t)loader->options->files[taking->file].source;
    for (size_t i = 0; i < taking->snapshot->n_records; i++) {
        sources[i] = source;
        files[i] = (uint32_t)taking->file;
    }
}

static void count_filled(const struct pd_index_taking *taking)
{
    const struct pd_layout *layout = &taking->loader->files[taking->file].layout;
    for (size_t i = 0; i < layout->n_loads; i++) {
        const int field = layout->loads[i].field;
        if (field != PD_NO_FIELD) layout->columns[field].n_filled = taking->snapshot->columns[field].n_filled;
    }
}

enum padan_status pd_index_take_columns(struct pd_index_taking *taking, struct padan_error *error)
{
    struct pd_loader *loader = taking->loader;
    const size_t n = (size_t)taking->snapshot->n_records;
    struct column_work work = { .taking = taking,
                                .n_columns = loader->table->n_columns,
                                .n_pieces = (n + TAKEN_ROWS - 1) / TAKEN_ROWS };
    PD_TRY(pd_allocate(&work.columns, work.n_columns, sizeof *work.columns, error));
    const enum padan_status status = fill_columns(&work, error);
    for (size_t i = 0; i < work.n_columns; i++) {
        pd_dictionary_reset(&work.columns[i].texts);
        pd_free(work.columns[i].codes);
        pd_free(work.columns[i].digits);
        pd_free(work.columns[i].map);
    }
    pd_free(work.columns);
    PD_TRY(status);
    fill_places(taking);
    count_filled(taking);
    loader->n_records += n;
    return PADAN_OK;
}
