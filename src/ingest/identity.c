/* SPDX-License-Identifier: MIT
 * The id of every row (CONTRACT 2). Rows without one get <berkas>:<baris>; so do all rows of a file whose ids are or
 * hold NIKs, because ids stand in every report. Repeated ids inside a source become id#2, id#3 in order of rows.
 *
 * Repeats are found with a bit per hash, 16 bits per record: a word whose bit is set already may be a repeat (about 6 %
 * of distinct words are by chance) and is put into an exact table; a second pass counts the words of that table. */
#include "ingest/loader.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "indonesia/nik.h"

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

static enum padan_status rename_repeats(struct pd_loader *loader, const struct pd_column *ids, size_t begin, size_t end,
                                        uint32_t n_original, struct suspects *suspects, struct padan_error *error)
{
    struct pd_buffer buffer = { 0 };
    enum padan_status status = find_suspects(ids, begin, end, suspects, error);
    for (size_t i = begin; i < end && suspects->n > 0 && status == PADAN_OK; i++) {
        const uint64_t word = pd_column_word(ids, i);
        const size_t slot = suspect_slot(suspects, word);
        if (suspects->words[slot] == 0 || ++suspects->counts[slot] == 1) continue;
        status = rename_repeat(ids, i, suspects->counts[slot], n_original, &buffer, error);
        loader->result->files[loader->table->file_of[i]].n_repeated_ids++;
    }
    pd_buffer_reset(&buffer);
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

/* Whether an id is a well-formed NIK or shows one: 'NIK, NIK|2026-T4, PKH-NIK. */
static bool shows_nik(const struct pd_column *ids, size_t record)
{
    char scratch[24];
    const struct pd_text text = pd_column_text(ids, record, scratch);
    for (size_t begin = 0, end; begin + 16 <= text.length; begin = end + 1) {
        for (end = begin; end < text.length && text.data[end] >= '0' && text.data[end] <= '9';) end++;
        if (is_nik(pd_text_slice(text, begin, end))) return true;
    }
    return false;
}

/* Where the ids of each file come from. */
static enum padan_status judge_files(struct pd_loader *loader, const struct pd_column *ids, struct padan_error *error)
{
    const size_t n_files = loader->options->n_files;
    uint64_t *n_niks = NULL;
    PD_TRY(pd_allocate(&n_niks, n_files, sizeof *n_niks, error));
    for (size_t i = 0; loader->options->canonical && i < loader->table->n_records; i++) {
        n_niks[loader->table->file_of[i]] += shows_nik(ids, i);
    }
    for (size_t i = 0; i < n_files; i++) {
        const struct pd_file_state *state = &loader->files[i];
        struct pd_file_result *out = &loader->result->files[i];
        const bool has_column = !state->left_out && state->load_of[loader->unique_id] != PD_NO_FIELD;
        out->id_origin = has_column ? PD_ID_COLUMN : PD_ID_GENERATED;
        if (n_niks[i] * 2 > out->rows_accepted) out->id_origin = PD_ID_WAS_NIK;
    }
    pd_free(n_niks);
    return PADAN_OK;
}

/* <berkas>:<baris> where there is no id. */
static enum padan_status generate_ids(struct pd_loader *loader, const struct pd_column *ids, struct padan_error *error)
{
    const struct pd_table *table = loader->table;
    struct pd_buffer buffer = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < table->n_records && status == PADAN_OK; i++) {
        const struct pd_file_result *file = &loader->result->files[table->file_of[i]];
        if (file->id_origin == PD_ID_COLUMN && !pd_column_is_null(ids, i)) continue;
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
    const struct pd_table *table = loader->table;
    const struct pd_column *ids = &table->columns[loader->unique_id];
    PD_TRY(judge_files(loader, ids, error));
    PD_TRY(generate_ids(loader, ids, error));
    const uint32_t n_original = ids->dictionary->n_entries;
    for (size_t i = 0; i < table->n_sources; i++) {
        struct suspects suspects = { 0 };
        const enum padan_status status =
            rename_repeats(loader, ids, table->sources[i].begin, table->sources[i].end, n_original, &suspects, error);
        reset_suspects(&suspects);
        PD_TRY(status);
    }
    return PADAN_OK;
}
