/* SPDX-License-Identifier: MIT
 * Pieces into the table. First one task per column numbers the texts of its pieces in order, so a shared dictionary has
 * one writer and gets its texts in order of first appearance in the files, for any number of threads and any size of
 * pieces. Then a task per piece and column writes the words where they belong, and the texts of columns whose rows keep
 * bringing new ones, which are told apart at the end, with the same numbers. The first part is short where columns have
 * few texts; the second, which touches new memory, has many small tasks, so that no thread waits for a long column. */
#include "ingest/loader.h"

#include "base/memory.h"
#include "base/parallel.h"

/* A dictionary is loose from so many texts on when one row of LOOSE_SHARE brings a new one. */
enum { LOOSE_ENTRIES_MIN = 1 << 17, LOOSE_SHARE = 4, RENUMBER_ROWS = 1 << 16 };
/* Two thirds of 65,536 slots, 1 MB: more are in no cache, and what comes later is rare. */
enum { SHORT_TEXTS_MAX = 43690 };

enum padan_status pd_loader_grow(const struct pd_loader *loader, struct pd_words *words, size_t used, size_t needed,
                                 size_t width, struct padan_error *error)
{
    if (needed <= words->capacity && words->data != NULL) return PADAN_OK;
    size_t capacity = words->data == NULL ? loader->expected_records + loader->expected_records / 32 + 64
                                          : words->capacity + words->capacity / 2;
    if (capacity < needed) capacity = needed;
    void *data = NULL;
    PD_TRY(pd_allocate(&data, capacity, width, error));
    if (used > 0) memcpy(data, words->data, used * width);
    pd_free(words->data);
    words->data = data;
    words->capacity = capacity;
    return PADAN_OK;
}

static enum pd_encoding encoding_for(uint32_t n_texts)
{
    if (n_texts > UINT16_MAX) return PD_ENCODING_CODE;
    return n_texts > UINT8_MAX ? PD_ENCODING_CODE16 : PD_ENCODING_CODE8;
}

/* The codes of n records, widened. */
static void copy_codes(const struct pd_column *from, size_t n, enum pd_encoding encoding, void *to)
{
    if (encoding == PD_ENCODING_CODE16)
        for (size_t i = 0; i < n; i++) ((uint16_t *)to)[i] = (uint16_t)pd_column_held_code(from, i);
    else
        for (size_t i = 0; i < n; i++) ((uint32_t *)to)[i] = pd_column_held_code(from, i);
}

/* Makes the words of a narrow column wide enough for the codes of its dictionary; `used` are written. */
static enum padan_status widen(struct pd_words *words, struct pd_column *column, size_t used, struct padan_error *error)
{
    const enum pd_encoding encoding = encoding_for(column->dictionary->n_entries);
    const size_t width = pd_encoding_width(encoding);
    if (!words->narrow) return PADAN_OK;
    if (words->data == NULL) column->encoding = encoding;
    if (width <= pd_encoding_width(column->encoding)) return PADAN_OK;
    const struct pd_column before = { .encoding = column->encoding, .words = words->data };
    void *data = NULL;
    PD_TRY(pd_allocate(&data, words->capacity, width, error));
    copy_codes(&before, used, encoding, data);
    pd_free(words->data);
    words->data = data;
    column->encoding = encoding;
    return PADAN_OK;
}

enum padan_status pd_loader_translate(struct pd_dictionary *dictionary, bool loose, const struct pd_hashed_text *texts,
                                      size_t n, uint32_t *codes, struct padan_error *error)
{
    uint32_t first = 0;
    if (!loose) return pd_dictionary_insert_all(dictionary, texts, n, codes, error);
    PD_TRY(pd_dictionary_append_all(dictionary, texts, n, &first, error));
    for (size_t i = 0; i < n; i++) codes[i] = first + (uint32_t)i;
    return PADAN_OK;
}

enum padan_status pd_loader_loosen(const struct pd_loader *loader, size_t index, size_t n_offered, size_t n_new,
                                   struct padan_error *error)
{
    struct pd_words *words = &loader->words[index];
    struct pd_dictionary *dictionary = loader->table->columns[index].dictionary;
    if (words->loose || dictionary->n_entries < LOOSE_ENTRIES_MIN || n_new * LOOSE_SHARE < n_offered) return PADAN_OK;
    words->loose = true;
    pd_short_texts_reset(&words->shorts);
    for (size_t i = 0; i < loader->options->n_files; i++) {
        const int load = loader->files[i].load_of[index];
        if (load != PD_NO_FIELD) loader->file_kinds[i][load].kind = PD_LOCAL_LOOSE;
    }
    const double share = (double)loader->expected_records / (double)(loader->n_records + 1) * 1.05;
    if (share <= 1 || share * (double)dictionary->n_entries > UINT32_MAX / 2) return PADAN_OK;
    return pd_dictionary_reserve(dictionary, (size_t)((double)dictionary->n_entries * share),
                                 (size_t)((double)dictionary->n_bytes * share), error);
}

/* Short texts that are new to the dictionary will be looked for in shorts. */
static enum padan_status keep_shorts(struct pd_words *words, const struct pd_dictionary *dictionary,
                                     struct padan_error *error)
{
    while (words->n_looked < dictionary->n_entries && words->shorts.n < SHORT_TEXTS_MAX) {
        const uint32_t code = ++words->n_looked;
        PD_TRY(pd_short_texts_add(&words->shorts, pd_dictionary_text(dictionary, code), code, error));
    }
    return PADAN_OK;
}

/* Codes for the texts of a piece, in order. Texts of a loose column only get their room. */
static enum padan_status number_texts(struct pd_dictionary *dictionary, struct pd_local_column *local,
                                      struct padan_error *error)
{
    if (local->loose) {
        local->first_byte = dictionary->n_bytes;
        return pd_dictionary_append_room(dictionary, local->n_texts, local->n_text_bytes, &local->first_code, error);
    }
    PD_TRY(pd_grow(&local->map, &local->map_capacity, local->n_texts + 1, sizeof *local->map, error));
    local->map[0] = 0; /* NULL's */
    return pd_dictionary_insert_all(dictionary, local->texts, local->n_texts, local->map + 1, error);
}

/* The column of a chunk that goes into a column of the table; NULL when that stays NULL, as it came. */
static struct pd_local_column *column_of_chunk(const struct pd_loader *loader, size_t chunk, size_t index)
{
    const int load = loader->files[loader->placements[chunk].file].load_of[index];
    if (loader->chunks[chunk].n_rows == 0 || load == PD_NO_FIELD) return NULL;
    return &loader->chunks[chunk].columns[load];
}

static enum padan_status number_column(struct pd_loader *loader, size_t index, struct padan_error *error)
{
    struct pd_column *column = &loader->table->columns[index];
    struct pd_words *words = &loader->words[index];
    const size_t n_before = column->dictionary->n_entries, used = loader->placements[0].record;
    size_t n_offered = 0;
    for (size_t i = 0; i < loader->n_chunks; i++) {
        struct pd_local_column *local = column_of_chunk(loader, i, index);
        if (local == NULL) continue;
        PD_TRY(number_texts(column->dictionary, local, error));
        n_offered += local->n_filled;
    }
    PD_TRY(widen(words, column, used, error));
    PD_TRY(pd_loader_grow(loader, words, used, loader->n_records, pd_encoding_width(column->encoding), error));
    if (column->encoding == PD_ENCODING_DIGITS) return PADAN_OK;
    PD_TRY(pd_loader_loosen(loader, index, n_offered, column->dictionary->n_entries - n_before, error));
    return words->loose ? PADAN_OK : keep_shorts(words, column->dictionary, error);
}

/* Room in source_of, file_of and row_of. */
static enum padan_status make_places(struct pd_loader *loader, struct padan_error *error)
{
    const size_t used = loader->placements[0].record;
    PD_TRY(pd_loader_grow(loader, &loader->source_of, used, loader->n_records, sizeof(uint16_t), error));
    PD_TRY(pd_loader_grow(loader, &loader->file_of, used, loader->n_records, sizeof(uint32_t), error));
    return pd_loader_grow(loader, &loader->row_of, used, loader->n_records, sizeof(uint32_t), error);
}

static enum padan_status number_task(void *context, size_t index, int worker, struct padan_error *error)
{
    struct pd_loader *loader = context;
    (void)worker;
    return index == loader->table->n_columns ? make_places(loader, error) : number_column(loader, index, error);
}

static void write_digits(const struct pd_local_column *local, size_t n_rows, uint64_t *words)
{
    for (size_t i = 0; i < n_rows; i++) {
        uint64_t word = local->words[i];
        if (word >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE) {
            word = (word & ~PD_DIGITS_MASK) | local->map[word & PD_DIGITS_MASK];
        }
        words[i] = word;
    }
}

static inline uint32_t shared_code(const struct pd_local_column *local, size_t row)
{
    const uint32_t code = local->codes[row];
    return (code & PD_LOCAL_KNOWN) != 0 ? code ^ PD_LOCAL_KNOWN : local->map[code];
}

static void write_codes(const struct pd_local_column *local, size_t n_rows, enum pd_encoding encoding, void *words)
{
    uint8_t *bytes = words;
    uint16_t *halves = words;
    uint32_t *wholes = words;
    if (encoding == PD_ENCODING_CODE8)
        for (size_t i = 0; i < n_rows; i++) bytes[i] = (uint8_t)shared_code(local, i);
    else if (encoding == PD_ENCODING_CODE16)
        for (size_t i = 0; i < n_rows; i++) halves[i] = (uint16_t)shared_code(local, i);
    else
        for (size_t i = 0; i < n_rows; i++) wholes[i] = shared_code(local, i);
}

/* Texts of a loose column have codes one after another. */
static void write_loose_codes(const struct pd_local_column *local, size_t n_rows, uint32_t *codes)
{
    const uint32_t before = local->first_code - 1;
    for (size_t i = 0; i < n_rows; i++) {
        const uint32_t code = local->codes[i];
        const uint32_t own = code == 0 ? 0 : code + before;
        codes[i] = (code & PD_LOCAL_KNOWN) != 0 ? code ^ PD_LOCAL_KNOWN : own;
    }
}

static void write_column(const struct pd_loader *loader, size_t chunk, size_t index)
{
    const struct pd_local_column *local = column_of_chunk(loader, chunk, index);
    if (local == NULL) return;
    const struct pd_column *column = &loader->table->columns[index];
    const size_t n_rows = loader->chunks[chunk].n_rows;
    char *out =
        (char *)loader->words[index].data + loader->placements[chunk].record * pd_encoding_width(column->encoding);
    if (local->digits) {
        write_digits(local, n_rows, (uint64_t *)(void *)out);
    } else if (local->loose) {
        pd_dictionary_append_texts(column->dictionary, local->first_code, local->first_byte, local->texts,
                                   local->n_texts);
        write_loose_codes(local, n_rows, (uint32_t *)(void *)out);
    } else {
        write_codes(local, n_rows, column->encoding, out);
    }
}

static void write_places(const struct pd_loader *loader, size_t index)
{
    const struct pd_chunk *chunk = &loader->chunks[index];
    const struct pd_placement *placement = &loader->placements[index];
    uint16_t *sources = (uint16_t *)loader->source_of.data + placement->record;
    uint32_t *files = (uint32_t *)loader->file_of.data + placement->record;
    uint32_t *rows = (uint32_t *)loader->row_of.data + placement->record;
    const uint16_t source = (uint16_t)loader->options->files[placement->file].source;
    /* The first source and file are 0, as the memory came: its pages are not touched. */
    for (size_t j = 0; j < chunk->n_rows && source != 0; j++) sources[j] = source;
    for (size_t j = 0; j < chunk->n_rows && placement->file != 0; j++) files[j] = (uint32_t)placement->file;
    for (size_t j = 0; j < chunk->n_rows; j++) rows[j] = (uint32_t)placement->row + chunk->lines[j];
}

/* The pieces of a column follow each other: what threads write to lies in different columns, hence pages. */
static enum padan_status write_task(void *context, size_t task, int worker, struct padan_error *error)
{
    const struct pd_loader *loader = context;
    const size_t index = task / loader->n_chunks, chunk = task % loader->n_chunks;
    (void)worker, (void)error;
    if (index == loader->table->n_columns)
        write_places(loader, chunk);
    else
        write_column(loader, chunk, index);
    return PADAN_OK;
}

enum padan_status pd_loader_merge(struct pd_loader *loader, struct padan_error *error)
{
    const size_t n_tasks = loader->table->n_columns + 1;
    if (loader->n_chunks == 0) return PADAN_OK;
    PD_TRY(pd_parallel_in_order(n_tasks, loader->threads, number_task, loader, error));
    return pd_parallel_for(loader->n_chunks * n_tasks, loader->threads, write_task, loader, error);
}

struct renumbering {
    const uint32_t *map;
    uint32_t *codes;
    size_t n;
};

static enum padan_status renumber_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct renumbering *renumbering = context;
    const size_t begin = chunk * RENUMBER_ROWS;
    const size_t end = renumbering->n - begin < RENUMBER_ROWS ? renumbering->n : begin + RENUMBER_ROWS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) renumbering->codes[i] = renumbering->map[renumbering->codes[i]];
    return PADAN_OK;
}

/* Tells the texts of loose columns apart. */
static enum padan_status tighten(const struct pd_loader *loader, size_t index, struct padan_error *error)
{
    const struct pd_words *words = &loader->words[index];
    uint32_t *map = NULL;
    if (!words->loose) return PADAN_OK;
    PD_TRY(pd_dictionary_unify(loader->table->columns[index].dictionary, loader->threads, &map, error));
    struct renumbering renumbering = { map, words->data, loader->n_records };
    const enum padan_status status = pd_parallel_for((renumbering.n + RENUMBER_ROWS - 1) / RENUMBER_ROWS,
                                                     loader->threads, renumber_chunk, &renumbering, error);
    pd_free(map);
    return status;
}

static enum padan_status make_sources(struct pd_loader *loader, struct padan_error *error)
{
    const struct pd_ingest_options *options = loader->options;
    struct pd_table *table = loader->table;
    PD_TRY(pd_allocate(&table->sources, options->n_sources, sizeof *table->sources, error));
    table->n_sources = options->n_sources;
    size_t file = 0;
    size_t end = 0;
    for (size_t i = 0; i < options->n_sources; i++) {
        PD_TRY(pd_table_name_source(table, options->sources[i].name, &table->sources[i], error));
        table->sources[i].begin = end;
        for (; file < options->n_files && options->files[file].source == i; file++) {
            end += (size_t)loader->result->files[file].rows_accepted;
        }
        table->sources[i].end = end;
    }
    return PADAN_OK;
}

enum padan_status pd_loader_finish(struct pd_loader *loader, struct padan_error *error)
{
    struct pd_table *table = loader->table;
    loader->n_chunks = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        const size_t width = pd_encoding_width(table->columns[i].encoding);
        PD_TRY(pd_loader_grow(loader, &loader->words[i], 0, 0, width, error));
        PD_TRY(tighten(loader, i, error));
        pd_free(table->columns[i].words);
        table->columns[i].words = loader->words[i].data;
        loader->words[i].data = NULL;
        pd_short_texts_reset(&loader->words[i].shorts);
    }
    PD_TRY(pd_loader_grow(loader, &loader->source_of, 0, 0, sizeof(uint16_t), error));
    PD_TRY(pd_loader_grow(loader, &loader->file_of, 0, 0, sizeof(uint32_t), error));
    PD_TRY(pd_loader_grow(loader, &loader->row_of, 0, 0, sizeof(uint32_t), error));
    table->source_of = loader->source_of.data;
    table->file_of = loader->file_of.data;
    table->row_of = loader->row_of.data;
    loader->source_of.data = loader->file_of.data = loader->row_of.data = NULL;
    table->n_records = loader->n_records;
    return make_sources(loader, error);
}
