/* SPDX-License-Identifier: MIT */
#include "model/code_bits.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"

enum { CHUNK_CODES = 1 << 14, AHEAD = 24 };

static const struct pd_column *column_of(const struct pd_packed_rows *rows, size_t field)
{
    return &rows->table->columns[rows->fields[field].column];
}

/* Codes of two bytes are of few texts, which the cache holds. */
static bool is_told_by(const struct pd_packed_rows *rows, size_t field, const void *words)
{
    const struct pd_column *column = column_of(rows, field);
    return column->encoding == PD_ENCODING_BY_CODE && column->words == words;
}

/* How many codes the column has whose words these are; 0 when there is none. */
static size_t count_codes(const struct pd_table *table, const void *words)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct pd_column *column = &table->columns[i];
        if (column->encoding == PD_ENCODING_CODE && column->words == words)
            return (size_t)column->dictionary->n_entries + 1;
    }
    return 0;
}

/* Where the bits have the word of a row that a field is in; the word is noted when it is new. */
static size_t slot_of(struct pd_code_bits *bits, const struct pd_packed_field *field)
{
    size_t slot = 0;
    while (slot < bits->n_words && bits->places[slot] != field->place) slot++;
    if (slot == bits->n_words) bits->places[bits->n_words++] = field->place;
    return slot;
}

struct making {
    const struct pd_packed_rows *rows;
    struct pd_code_bits *bits;
};

/* Adds a field to the bits of codes [begin, end). */
static void add_field(const struct making *making, size_t index, size_t begin, size_t end)
{
    struct pd_code_bits *bits = making->bits;
    const struct pd_packed_field *field = &making->rows->fields[index];
    const uint32_t *codes = column_of(making->rows, index)->codes;
    const uint64_t guard = pd_packed_guard(field);
    uint64_t *out = bits->bits + slot_of(bits, field);
    for (size_t code = begin; code < end; code++)
        out[code * bits->n_words] |= codes[code] == 0 ? guard : (uint64_t)codes[code] << field->shift;
}

static enum padan_status make_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct making *making = context;
    const struct pd_code_bits *bits = making->bits;
    const size_t begin = chunk * CHUNK_CODES;
    const size_t end = bits->n_codes - begin < CHUNK_CODES ? bits->n_codes : begin + CHUNK_CODES;
    (void)worker, (void)error;
    memset(bits->bits + begin * bits->n_words, 0, (end - begin) * bits->n_words * sizeof *bits->bits);
    for (size_t i = 0; i < making->rows->n_fields; i++)
        if ((bits->fields >> i & 1) != 0) add_field(making, i, begin, end);
    return PADAN_OK;
}

enum padan_status pd_code_bits_make(const struct pd_packed_rows *rows, size_t first, int threads,
                                    struct pd_code_bits *out, struct padan_error *error)
{
    const void *words = column_of(rows, first)->words;
    struct pd_code_bits bits = { .codes = words, .n_codes = count_codes(rows->table, words) };
    *out = (struct pd_code_bits){ 0 };
    for (size_t i = first; i < rows->n_fields; i++) {
        if (!is_told_by(rows, i, words) || !rows->fields[i].exact) continue;
        bits.fields |= UINT32_C(1) << i;
        (void)slot_of(&bits, &rows->fields[i]);
    }
    if (__builtin_popcount(bits.fields) < 2 || bits.n_codes == 0) return PADAN_OK;
    PD_TRY(pd_allocate_array(&bits.bits, bits.n_codes * bits.n_words, sizeof *bits.bits, error));
    *out = bits;
    struct making making = { rows, out };
    return pd_parallel_for((bits.n_codes + CHUNK_CODES - 1) / CHUNK_CODES, threads, make_chunk, &making, error);
}

/* Bits of n_words, a number the compiler knows where that tells, for n rows; all: those of any row. */
static inline __attribute__((always_inline)) void add_words(const struct pd_code_bits *bits, size_t n_words,
                                                            const uint32_t *codes, size_t n, uint64_t *row,
                                                            size_t width, uint64_t *all)
{
    for (size_t i = 0; i < n; i++, row += width) {
        const uint64_t *of_code = bits->bits + codes[i] * n_words;
        if (n - i > AHEAD) pd_prefetch(bits->bits + codes[i + AHEAD] * n_words);
        for (size_t j = 0; j < n_words; j++) {
            row[bits->places[j]] |= of_code[j];
            all[j] |= of_code[j];
        }
    }
}

uint32_t pd_code_bits_add(const struct pd_code_bits *bits, const struct pd_packed_rows *rows, size_t begin, size_t end)
{
    const struct pd_code_bits known = *bits; /* nothing that is written can be a part of it */
    const uint32_t *codes = known.codes + begin;
    uint64_t all[PD_PACKED_WORDS_MAX] = { 0 }, *row = rows->words + begin * rows->n_words;
    uint32_t missing = 0;
    switch (known.n_words) {
    case 1: add_words(&known, 1, codes, end - begin, row, rows->n_words, all); break;
    case 2: add_words(&known, 2, codes, end - begin, row, rows->n_words, all); break;
    default: add_words(&known, known.n_words, codes, end - begin, row, rows->n_words, all); break;
    }
    for (size_t i = 0; i < rows->n_fields; i++)
        for (size_t j = 0; j < known.n_words; j++)
            if ((known.fields >> i & 1) != 0 && known.places[j] == rows->fields[i].place)
                missing |= (uint32_t)((all[j] & pd_packed_guard(&rows->fields[i])) != 0) << i;
    return missing;
}

void pd_code_bits_reset(struct pd_code_bits *bits)
{
    pd_free(bits->bits);
    *bits = (struct pd_code_bits){ 0 };
}
