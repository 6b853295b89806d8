/* SPDX-License-Identifier: MIT
 * The id of every row (CONTRACT 2). Rows without one get <berkas>:<baris>; so do all rows of a file whose ids are or
 * hold NIKs, because ids stand in every report. Of other files rows do whose id holds their own NIK. Repeated ids
 * inside a source become id#2, id#3 in order of rows.
 *
 * Repeats are found with a bit per hash, 16 bits per record: a word whose bit is set already may be a repeat (about 6 %
 * of distinct words are by chance) and is put into an exact table; a second pass counts the words of that table.
 * Sources are looked through side by side; new ids are given in order of rows. */
#include "ingest/loader.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "indonesia/nik.h"

enum { CHUNK_RECORDS = 1 << 16 };

/* Words under suspicion and how often each was met. 0 is no word. */
struct suspects {
    uint64_t *words;
    uint32_t *counts;
    size_t n, n_slots;
};

static void reset_suspects(struct suspects *suspects)
{
    pd_free(suspects->words);
    pd_free(suspects->counts);
    *suspects = (struct suspects){ 0 };
}

static size_t suspect_slot(const struct suspects *suspects, uint64_t word)
{
    size_t slot = (size_t)pd_mix64(word) & (suspects->n_slots - 1);
    while (suspects->words[slot] != 0 && suspects->words[slot] != word) slot = (slot + 1) & (suspects->n_slots - 1);
    return slot;
}

static enum padan_status add_suspect(struct suspects *suspects, uint64_t word, struct padan_error *error)
{
    if (suspects->n * 2 >= suspects->n_slots) {
        struct suspects grown = { .n = suspects->n, .n_slots = suspects->n_slots == 0 ? 64 : suspects->n_slots * 2 };
        PD_TRY(pd_allocate(&grown.words, grown.n_slots, sizeof *grown.words, error));
        for (size_t i = 0; i < suspects->n_slots; i++) {
            if (suspects->words[i] != 0) grown.words[suspect_slot(&grown, suspects->words[i])] = suspects->words[i];
        }
        pd_free(suspects->words);
        *suspects = grown;
    }
    const size_t slot = suspect_slot(suspects, word);
    suspects->n += suspects->words[slot] == 0;
    suspects->words[slot] = word;
    return PADAN_OK;
}

/* Numbers that ascend, as serial ids do, hold no repeat. */
static bool ascend(const struct pd_column *ids, size_t begin, size_t end)
{
    const uint64_t *digits = ids->words;
    if (ids->encoding == PD_ENCODING_DIGITS) {
        for (size_t i = begin + 1; i < end; i++)
            if (digits[i] <= digits[i - 1]) return false;
        return true;
    }
    for (size_t i = begin + 1; i < end; i++)
        if (pd_column_word(ids, i) <= pd_column_word(ids, i - 1)) return false;
    return true;
}

static enum padan_status find_suspects(const struct pd_column *ids, size_t begin, size_t end, struct suspects *suspects,
                                       struct padan_error *error)
{
    uint64_t *bits = NULL;
    size_t n_bits = 1024;
    enum padan_status status = PADAN_OK;
    if (ascend(ids, begin, end)) return PADAN_OK;
    while (n_bits < (end - begin) * 16) n_bits *= 2;
    PD_TRY(pd_allocate(&bits, n_bits / 64, sizeof *bits, error));
    for (size_t i = begin; i < end && status == PADAN_OK; i++) {
        const uint64_t word = pd_column_word(ids, i);
        const uint64_t bit = pd_mix64(word) >> 16 & (n_bits - 1);
        const uint64_t mask = UINT64_C(1) << bit % 64;
        if ((bits[bit / 64] & mask) != 0) status = add_suspect(suspects, word, error);
        bits[bit / 64] |= mask;
    }
    pd_free(bits);
    PD_TRY(status);
    return suspects->n == 0 ? PADAN_OK : pd_allocate(&suspects->counts, suspects->n_slots, sizeof(uint32_t), error);
}

/* Gives a record the id `text#k`, k the smallest number from `count` on that no row of the files has. */
static enum padan_status rename_repeat(const struct pd_column *ids, size_t record, uint32_t count, uint32_t n_original,
                                       struct pd_buffer *buffer, struct padan_error *error)
{
    char scratch[24];
    const struct pd_text text = pd_column_text(ids, record, scratch);
    PD_TRY(pd_dictionary_index(ids->dictionary, error));
    for (uint32_t k = count;; k++) {
        pd_buffer_clear(buffer);
        pd_append_text(buffer, text);
        pd_append_byte(buffer, '#');
        pd_append_u64(buffer, k);
        PD_TRY(pd_buffer_status(buffer, error));
        const struct pd_text name = { buffer->data, buffer->length };
        const uint64_t hash = pd_hash_text(name);
        const uint32_t known = pd_dictionary_find(ids->dictionary, name, hash);
        if (known != 0 && known <= n_original) continue;
        uint32_t code = 0;
        PD_TRY(pd_dictionary_insert(ids->dictionary, name, hash, &code, error));
        pd_column_set_code(ids, record, code);
        return PADAN_OK;
    }
}

/* A record whose id another one of its source has before it, and the how manyth it is. */
struct repeat {
    uint32_t record, count;
};

struct repeats {
    struct repeat *items;
    size_t n, capacity;
};

/* What is looked for in all sources. */
struct search {
    const struct pd_table *table;
    const struct pd_column *ids;
    struct repeats *repeats; /* [n_sources] */
};

static enum padan_status count_suspects(const struct pd_column *ids, const struct pd_source *source,
                                        const struct suspects *suspects, struct repeats *repeats,
                                        struct padan_error *error)
{
    for (size_t i = source->begin; i < source->end && suspects->n > 0; i++) {
        const uint64_t word = pd_column_word(ids, i);
        const size_t slot = suspect_slot(suspects, word);
        if (suspects->words[slot] == 0 || ++suspects->counts[slot] == 1) continue;
        PD_TRY(pd_grow(&repeats->items, &repeats->capacity, repeats->n + 1, sizeof *repeats->items, error));
        repeats->items[repeats->n++] = (struct repeat){ (uint32_t)i, suspects->counts[slot] };
    }
    return PADAN_OK;
}

static enum padan_status find_repeats(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct search *search = context;
    const struct pd_source *source = &search->table->sources[index];
    struct suspects suspects = { 0 };
    (void)worker;
    enum padan_status status = find_suspects(search->ids, source->begin, source->end, &suspects, error);
    if (status == PADAN_OK) status = count_suspects(search->ids, source, &suspects, &search->repeats[index], error);
    reset_suspects(&suspects);
    return status;
}

static enum padan_status rename_repeats(struct pd_loader *loader, const struct search *search,
                                        struct padan_error *error)
{
    const uint32_t n_original = search->ids->dictionary->n_entries;
    struct pd_buffer buffer = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < search->table->n_sources; i++) {
        const struct repeats *repeats = &search->repeats[i];
        for (size_t j = 0; j < repeats->n && status == PADAN_OK; j++) {
            const struct repeat *repeat = &repeats->items[j];
            status = rename_repeat(search->ids, repeat->record, repeat->count, n_original, &buffer, error);
            loader->result->files[search->table->file_of[repeat->record]].n_repeated_ids++;
        }
    }
    pd_buffer_reset(&buffer);
    return status;
}

static enum padan_status make_unique(struct pd_loader *loader, const struct pd_column *ids, struct padan_error *error)
{
    struct search search = { .table = loader->table, .ids = ids };
    const size_t n_sources = loader->table->n_sources;
    PD_TRY(pd_allocate(&search.repeats, n_sources, sizeof *search.repeats, error));
    enum padan_status status = pd_parallel_for(n_sources, loader->threads, find_repeats, &search, error);
    if (status == PADAN_OK) status = rename_repeats(loader, &search, error);
    for (size_t i = 0; i < n_sources; i++) pd_free(search.repeats[i].items);
    pd_free(search.repeats);
    return status;
}

static bool is_nik(struct pd_text digits)
{
    const uint64_t word = digits.length == 16 ? pd_digits_encode(digits) : 0;
    if (word == 0) return false;
    const struct pd_nik nik = pd_nik_of_digits(word & PD_DIGITS_MASK, 16);
    const unsigned province = (unsigned)(nik.number / UINT64_C(100000000000000));
    return province >= 11 && province <= 97 && (nik.flags & (PD_NIK_LEN | PD_NIK_DAY | PD_NIK_MON | PD_NIK_DUMMY)) == 0;
}

/* What an id shows: a well-formed NIK ('NIK, NIK|2026-T4, PKH-NIK), or that of its own row. Of other numbers of 16
 * digits one in 15 is well-formed by chance. */
enum shown { SHOWS_NO_NIK, SHOWS_A_NIK, SHOWS_ITS_NIK };

/* niks: the column of NIKs, or NULL. */
static bool is_nik_of(const struct pd_column *niks, size_t record, struct pd_text digits)
{
    char scratch[24];
    return niks != NULL && pd_text_equal(pd_column_text(niks, record, scratch), digits);
}

static enum shown shows_nik(const struct pd_column *ids, const struct pd_column *niks, size_t record)
{
    char scratch[24];
    if (ids->encoding == PD_ENCODING_DIGITS) {
        const uint64_t length = ((const uint64_t *)ids->words)[record] >> PD_DIGITS_SHIFT;
        if (length < 16) return SHOWS_NO_NIK;
    }
    const struct pd_text text = pd_column_text(ids, record, scratch);
    for (size_t begin = 0, end; begin + 16 <= text.length; begin = end + 1) {
        for (end = begin; end < text.length && text.data[end] >= '0' && text.data[end] <= '9';) end++;
        const struct pd_text digits = pd_text_slice(text, begin, end);
        if (is_nik(digits)) return is_nik_of(niks, record, digits) ? SHOWS_ITS_NIK : SHOWS_A_NIK;
    }
    return SHOWS_NO_NIK;
}

/* Records of a file without an id, with one that shows a NIK, and of them those whose own it is. */
struct id_counts {
    uint64_t n_missing, n_niks, n_own;
};

struct counting {
    const struct pd_loader *loader;
    const struct pd_column *ids, *niks;
    struct id_counts *counts; /* [threads][n_files] */
};

static enum padan_status count_ids(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct counting *counting = context;
    const struct pd_table *table = counting->loader->table;
    const bool canonical = counting->loader->options->canonical;
    struct id_counts *counts = counting->counts + (size_t)worker * counting->loader->options->n_files;
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = table->n_records - begin < CHUNK_RECORDS ? table->n_records : begin + CHUNK_RECORDS;
    (void)error;
    for (size_t i = begin; i < end; i++) {
        struct id_counts *count = &counts[table->file_of[i]];
        count->n_missing += pd_column_is_null(counting->ids, i);
        const enum shown shown = canonical ? shows_nik(counting->ids, counting->niks, i) : SHOWS_NO_NIK;
        count->n_niks += shown != SHOWS_NO_NIK;
        count->n_own += shown == SHOWS_ITS_NIK;
    }
    return PADAN_OK;
}

/* Where the ids of each file come from; *are_whole: no id has to be made. */
static void settle_origins(struct pd_loader *loader, const struct id_counts *counts, bool *are_whole)
{
    const size_t n_files = loader->options->n_files;
    *are_whole = true;
    for (size_t i = 0; i < n_files; i++) {
        const struct pd_file_state *state = &loader->files[i];
        struct pd_file_result *out = &loader->result->files[i];
        const bool has_column = !state->left_out && state->load_of[loader->unique_id] != PD_NO_FIELD;
        struct id_counts sum = { 0 };
        for (size_t worker = 0; worker < (size_t)loader->threads; worker++) {
            sum.n_missing += counts[worker * n_files + i].n_missing;
            sum.n_niks += counts[worker * n_files + i].n_niks;
            sum.n_own += counts[worker * n_files + i].n_own;
        }
        out->id_origin = has_column ? PD_ID_COLUMN : PD_ID_GENERATED;
        if (sum.n_niks * 2 > out->rows_accepted) out->id_origin = PD_ID_WAS_NIK;
        out->n_nik_ids = out->id_origin == PD_ID_COLUMN ? sum.n_own : 0;
        if (out->id_origin != PD_ID_COLUMN || sum.n_missing + sum.n_own > 0) *are_whole = false;
    }
}

static enum padan_status judge_files(struct pd_loader *loader, const struct pd_column *ids,
                                     const struct pd_column *niks, bool *are_whole, struct padan_error *error)
{
    const size_t n_chunks = (loader->table->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    struct counting counting = { .loader = loader, .ids = ids, .niks = niks };
    PD_TRY(pd_allocate(&counting.counts, (size_t)loader->threads * loader->options->n_files, sizeof *counting.counts,
                       error));
    const enum padan_status status = pd_parallel_for(n_chunks, loader->threads, count_ids, &counting, error);
    if (status == PADAN_OK) settle_origins(loader, counting.counts, are_whole);
    pd_free(counting.counts);
    return status;
}

static bool keeps_id(const struct pd_file_result *file, const struct pd_column *ids, const struct pd_column *niks,
                     size_t record)
{
    if (file->id_origin != PD_ID_COLUMN || pd_column_is_null(ids, record)) return false;
    return file->n_nik_ids == 0 || shows_nik(ids, niks, record) != SHOWS_ITS_NIK;
}

/* <berkas>:<baris> where there is no id that may be shown. */
static enum padan_status generate_ids(struct pd_loader *loader, const struct pd_column *ids,
                                      const struct pd_column *niks, struct padan_error *error)
{
    const struct pd_table *table = loader->table;
    struct pd_buffer buffer = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < table->n_records && status == PADAN_OK; i++) {
        const struct pd_file_result *file = &loader->result->files[table->file_of[i]];
        if (keeps_id(file, ids, niks, i)) continue;
        pd_buffer_clear(&buffer);
        pd_append_text(&buffer, file->name);
        pd_append_byte(&buffer, ':');
        pd_append_u64(&buffer, table->row_of[i]);
        status = pd_buffer_status(&buffer, error);
        const struct pd_text text = { buffer.data, buffer.length };
        uint32_t code = 0;
        if (status == PADAN_OK) {
            status = pd_dictionary_insert(ids->dictionary, text, pd_hash_text(text), &code, error);
        }
        if (status == PADAN_OK) pd_column_set_code(ids, i, code);
    }
    pd_buffer_reset(&buffer);
    return status;
}

enum padan_status pd_loader_identify(struct pd_loader *loader, struct padan_error *error)
{
    const struct pd_column *ids = &loader->table->columns[loader->unique_id];
    const int nik = loader->options->canonical ? pd_table_find(loader->table, PD_TEXT("nik")) : PD_NO_FIELD;
    const struct pd_column *niks = nik < 0 ? NULL : &loader->table->columns[nik];
    bool are_whole = false;
    PD_TRY(judge_files(loader, ids, niks, &are_whole, error));
    if (!are_whole) PD_TRY(generate_ids(loader, ids, niks, error));
    return make_unique(loader, ids, error);
}
