/* SPDX-License-Identifier: MIT */
#include "model/packed_rows.h"

#include "base/bits.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "model/code_bits.h"
#include "model/near_words.h"

/* Fingerprints are short, so that a row is half a cache line; equal ones are verified. */
enum { FINGERPRINT_BITS = 22, WORD_BITS = 64, HALF_LINE = 4, LINE = 8, CHUNK_RECORDS = 1 << 14, FILL_RECORDS = 256 };
enum { STRETCH_CHUNKS = 32 }; /* pages of 2 MB of words of 4 bytes */
enum { CODE_BITS_MAX = 4 };   /* columns whose derived texts are filled together */
/* Whole words of what is not 16 digits: two ones, 5 bits of length, the number. */
enum { OTHER_SHIFT = 62, LENGTH_SHIFT = 57, LENGTH_MASK = 31, PLAIN_DIGITS = 16 };

void pd_packed_reset(struct pd_packed_rows *rows)
{
    for (size_t i = 0; i < rows->n_fields; i++) pd_number_codes_reset(&rows->fields[i].codes);
    for (size_t i = 0; i < rows->n_fields; i++) pd_word_ranks_reset(&rows->fields[i].ranks);
    for (size_t i = 0; i < rows->n_near; i++) pd_free(rows->near[i].by_code);
    pd_free(rows->words);
    *rows = (struct pd_packed_rows){ 0 };
}

int pd_packed_find(const struct pd_packed_rows *rows, int column)
{
    for (size_t i = 0; i < rows->n_fields; i++)
        if (rows->fields[i].column == column) return (int)i;
    return -1;
}

/* Numbers whose range is small, such as dates, are told apart in no more bits than a hash takes. */
static bool fit_range(const struct pd_column *column, size_t n, struct pd_packed_field *field)
{
    int64_t least = 0, most = 0;
    if (!pd_column_range(column, n, &least, &most)) return false;
    const unsigned width = pd_bit_width(((uint64_t)most - (uint64_t)least) | 1);
    field->base = least;
    field->range_width = width < WORD_BITS ? width : 0;
    if (width > FINGERPRINT_BITS) return false;
    field->width = width;
    field->exact = true;
    return true;
}

/* Few numbers get codes, unless they have them. */
static enum padan_status fit_codes(const struct pd_column *column, size_t n, struct pd_packed_field *field,
                                   struct padan_error *error)
{
    size_t n_codes = column->n_numbers;
    if (!pd_encoding_is_number(column->encoding)) {
        PD_TRY(pd_number_codes_make(column, n, &field->codes, error));
        n_codes = field->codes.n;
    }
    if (n_codes == 0) return PADAN_OK;
    field->numbers = field->codes.n > 0 ? field->codes.numbers : column->numbers;
    field->width = pd_bit_width(n_codes | 1);
    field->exact = true;
    return PADAN_OK;
}

static enum padan_status field_of(const struct pd_table *table, int index, struct pd_packed_field *out,
                                  struct padan_error *error)
{
    const struct pd_column *column = &table->columns[index];
    *out = (struct pd_packed_field){ .column = index, .width = FINGERPRINT_BITS };
    if (column->encoding == PD_ENCODING_SMALL) {
        out->width = 8;
        out->exact = true;
    } else if (pd_encoding_is_code(column->encoding)) {
        const unsigned width = pd_bit_width(column->dictionary->n_entries | 1);
        out->exact = width < 32;
        if (out->exact) out->width = width;
    } else if (pd_encoding_is_integer(column->encoding) && !fit_range(column, table->n_records, out)) {
        return fit_codes(column, table->n_records, out, error);
    }
    return PADAN_OK;
}

/* Widest first into the first word with room; whole words behind. False when they do not all fit. */
static bool lay_out(struct pd_packed_rows *rows)
{
    unsigned used[PD_PACKED_WORDS_MAX] = { 0 };
    bool placed[PD_PACKED_FIELDS_MAX] = { false };
    rows->n_field_words = rows->n_whole_words = 0;
    for (size_t i = 0; i < rows->n_fields; i++) placed[i] = rows->fields[i].whole;
    for (size_t i = 0; i < rows->n_fields; i++) rows->n_whole_words += rows->fields[i].whole;
    for (size_t round = rows->n_whole_words; round < rows->n_fields; round++) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < rows->n_fields; i++)
            if (!placed[i] && (widest == SIZE_MAX || rows->fields[i].width > rows->fields[widest].width)) widest = i;
        struct pd_packed_field *field = &rows->fields[widest];
        size_t word = 0;
        while (word < PD_PACKED_WORDS_MAX && used[word] + field->width + 1 > WORD_BITS) word++;
        if (word + 1 + rows->n_whole_words > PD_PACKED_WORDS_MAX) return false;
        field->word = field->place = (unsigned)word;
        field->shift = used[word];
        used[word] += field->width + 1;
        placed[widest] = true;
        if (word + 1 > rows->n_field_words) rows->n_field_words = word + 1;
    }
    return rows->n_field_words + rows->n_whole_words <= PD_PACKED_WORDS_MAX;
}

/* Places the whole words, once the number of the others is known. */
static void place_whole(struct pd_packed_rows *rows)
{
    unsigned n = 0;
    for (size_t i = 0; i < rows->n_fields; i++) {
        struct pd_packed_field *field = &rows->fields[i];
        if (!field->whole) continue;
        field->word = (unsigned)rows->n_field_words;
        field->shift = n;
        field->place = (unsigned)rows->n_field_words + n++;
    }
    rows->n_fact_words = rows->n_field_words + (n > 0);
}

/* Notes where rows have what distances are told from. */
static void place_near(struct pd_packed_rows *rows)
{
    for (size_t i = 0; i < rows->n_near; i++) {
        const struct pd_packed_field *field = &rows->fields[pd_packed_find(rows, rows->near[i].column)];
        rows->near[i].place = field->place;
        rows->near[i].shift = field->shift;
        rows->near[i].mask = (UINT64_C(1) << field->width) - 1;
    }
}

enum padan_status pd_packed_add(struct pd_packed_rows *rows, const struct pd_table *table, int column, bool *added,
                                struct padan_error *error)
{
    *added = pd_packed_find(rows, column) >= 0;
    if (*added || rows->n_fields == PD_PACKED_FIELDS_MAX) return PADAN_OK;
    PD_TRY(field_of(table, column, &rows->fields[rows->n_fields++], error));
    rows->table = table;
    *added = lay_out(rows);
    if (*added) return PADAN_OK;
    pd_number_codes_reset(&rows->fields[--rows->n_fields].codes);
    (void)lay_out(rows);
    return PADAN_OK;
}

/* Makes a field of digits a whole word if rows then have at most n_words. */
static bool make_whole(struct pd_packed_rows *rows, struct pd_packed_field *field, size_t n_words)
{
    const struct pd_packed_field before = *field;
    field->whole = field->exact = true;
    field->width = 0;
    if (lay_out(rows) && rows->n_field_words + rows->n_whole_words <= n_words) return true;
    *field = before;
    (void)lay_out(rows);
    return false;
}

static bool has_digits(const struct pd_packed_rows *rows, int column)
{
    return rows->table->columns[column].encoding == PD_ENCODING_DIGITS;
}

static bool is_near(const struct pd_packed_rows *rows, int column)
{
    for (size_t i = 0; i < rows->n_near; i++)
        if (rows->near[i].column == column) return true;
    return false;
}

enum padan_status pd_packed_add_near(struct pd_packed_rows *rows, int column, bool *added, struct padan_error *error)
{
    const int index = pd_packed_find(rows, column);
    struct pd_packed_near near = { .column = column };
    *added = is_near(rows, column);
    if (*added || rows->n_near == PD_PACKED_NEAR_MAX || index < 0) return PADAN_OK;
    struct pd_packed_field *field = &rows->fields[index];
    const struct pd_column *texts = &rows->table->columns[column];
    if (has_digits(rows, column))
        *added = field->whole || make_whole(rows, field, PD_PACKED_WORDS_MAX);
    else if (pd_encoding_is_own_code(texts->encoding) && texts->type == PD_TYPE_TEXT && field->exact)
        PD_TRY(pd_near_words_make(texts->dictionary, &near.by_code, error));
    *added = *added || near.by_code != NULL;
    if (*added) rows->near[rows->n_near++] = near;
    return PADAN_OK;
}

/* Stores something exact of so many bits instead of a hash if rows then have at most n_words. */
static bool make_exact(struct pd_packed_rows *rows, struct pd_packed_field *field, unsigned width, size_t n_words)
{
    const struct pd_packed_field before = *field;
    field->exact = true;
    field->width = width;
    if (lay_out(rows) && rows->n_field_words + rows->n_whole_words <= n_words) return true;
    *field = before;
    (void)lay_out(rows);
    return false;
}

/* How many words rows may have without more cache lines, or halves of one. */
static size_t words_at_hand(const struct pd_packed_rows *rows)
{
    return (rows->n_field_words + rows->n_whole_words + HALF_LINE - 1) / HALF_LINE * HALF_LINE;
}

void pd_packed_widen(struct pd_packed_rows *rows)
{
    const size_t most = words_at_hand(rows);
    for (size_t i = 0; i < rows->n_fields; i++)
        if (!rows->fields[i].exact && rows->fields[i].range_width > 0)
            (void)make_exact(rows, &rows->fields[i], rows->fields[i].range_width, most);
    for (size_t i = 0; i < rows->n_fields; i++)
        if (!rows->fields[i].whole && has_digits(rows, rows->fields[i].column))
            (void)make_whole(rows, &rows->fields[i], most);
}

enum padan_status pd_packed_rank(struct pd_packed_rows *rows, int column, int threads, struct padan_error *error)
{
    const int index = pd_packed_find(rows, column);
    if (index < 0 || rows->fields[index].exact || !has_digits(rows, column)) return PADAN_OK;
    struct pd_packed_field *field = &rows->fields[index];
    struct pd_word_ranks ranks;
    PD_TRY(pd_word_ranks_make(&rows->table->columns[column], rows->table->n_records, threads, &ranks, error));
    if (make_exact(rows, field, pd_bit_width(ranks.n | 1), words_at_hand(rows)))
        field->ranks = ranks;
    else
        pd_word_ranks_reset(&ranks);
    return PADAN_OK;
}

/* Eight digits as 4-bit places, by halving: two numbers of 4 digits, four of 2, eight of 1. */
static uint64_t digits_of_8(uint64_t number)
{
    uint64_t parts = number / 10000 + ((number % 10000) << 32);
    const uint64_t hundreds = (parts * 5243 >> 19) & UINT64_C(0x0000007f0000007f);
    parts = hundreds + ((parts - hundreds * 100) << 16);
    const uint64_t tens = (parts * 103 >> 10) & UINT64_C(0x000f000f000f000f);
    parts = tens + ((parts - tens * 10) << 8);
    /* One digit per byte, the first lowest; swapped, then the two nibbles of each pair of bytes put together. */
    parts = __builtin_bswap64(parts);
    parts = (parts | parts >> 4) & UINT64_C(0x00ff00ff00ff00ff);
    parts = (parts | parts >> 8) & UINT64_C(0x0000ffff0000ffff);
    return (parts | parts >> 16) & UINT64_C(0xffffffff);
}

static uint64_t whole_word(uint64_t word)
{
    const uint64_t number = word & PD_DIGITS_MASK, length = word >> PD_DIGITS_SHIFT;
    if (word == 0) return PD_PACKED_NULL;
    if (length != PLAIN_DIGITS) return UINT64_C(3) << OTHER_SHIFT | length << LENGTH_SHIFT | number;
    return digits_of_8(number / 100000000) << 32 | digits_of_8(number % 100000000);
}

/* The other way round: pairs of digits, of pairs, of fours, of eights. */
static uint64_t number_of_digits(uint64_t whole)
{
    uint64_t parts = (whole >> 4 & UINT64_C(0x0f0f0f0f0f0f0f0f)) * 10 + (whole & UINT64_C(0x0f0f0f0f0f0f0f0f));
    parts = (parts >> 8 & UINT64_C(0x00ff00ff00ff00ff)) * 100 + (parts & UINT64_C(0x00ff00ff00ff00ff));
    parts = (parts >> 16 & UINT64_C(0x0000ffff0000ffff)) * 10000 + (parts & UINT64_C(0x0000ffff0000ffff));
    return (parts >> 32) * 100000000 + (parts & UINT64_C(0xffffffff));
}

uint64_t pd_packed_digits(uint64_t whole)
{
    if (pd_packed_is_digits(whole)) return (uint64_t)PLAIN_DIGITS << PD_DIGITS_SHIFT | number_of_digits(whole);
    return (whole >> LENGTH_SHIFT & LENGTH_MASK) << PD_DIGITS_SHIFT | (whole & ((UINT64_C(1) << LENGTH_SHIFT) - 1));
}

struct fill_job {
    struct pd_packed_rows *rows;
    size_t first_chunk; /* of the stretch at hand */
    uint32_t *nulls;    /* [n_chunks] bit per field: some record has no value */
    struct pd_code_bits together[CODE_BITS_MAX];
    size_t n_together;
    uint32_t taken; /* bit per field: filled together with others */
};

/* Bits of n values from `begin` on, in place: shifted, or the guard of what is NULL. A loop per encoding, so that each
 * is a few instructions a value. */
static void bits_of_numbers(const struct pd_packed_field *field, const struct pd_column *column, size_t begin, size_t n,
                            uint64_t *bits)
{
    const uint64_t guard = pd_packed_guard(field), base = (uint64_t)field->base;
    for (size_t i = 0; i < n; i++) {
        const uint32_t code = pd_column_number_code(column, begin + i);
        const uint64_t stored = field->numbers != NULL ? code : (uint64_t)column->numbers[code] - base;
        bits[i] = code == 0 ? guard : stored << field->shift;
    }
}

static void bits_of_integers(const struct pd_packed_field *field, const struct pd_column *column, size_t begin,
                             size_t n, uint64_t *bits)
{
    const uint64_t guard = pd_packed_guard(field), base = (uint64_t)field->base;
    if (pd_encoding_is_number(column->encoding)) {
        bits_of_numbers(field, column, begin, n, bits);
    } else if (field->codes.n > 0) {
        for (size_t i = 0; i < n; i++) {
            const int64_t number = pd_column_integer(column, begin + i);
            bits[i] =
                number == PD_NULL_INT ? guard : (uint64_t)pd_number_codes_find(&field->codes, number) << field->shift;
        }
    } else if (column->encoding == PD_ENCODING_INT32) {
        const int32_t *numbers = (const int32_t *)column->words + begin;
        for (size_t i = 0; i < n; i++)
            bits[i] = numbers[i] == PD_NULL_INT32 ? guard : ((uint64_t)(int64_t)numbers[i] - base) << field->shift;
    } else {
        const int64_t *numbers = (const int64_t *)column->words + begin;
        for (size_t i = 0; i < n; i++)
            bits[i] = numbers[i] == PD_NULL_INT ? guard : ((uint64_t)numbers[i] - base) << field->shift;
    }
}

/* Read the way the compiler knows. */
static inline __attribute__((always_inline)) void bits_of_words(const struct pd_packed_field *field,
                                                                const struct pd_column *column,
                                                                enum pd_encoding encoding, size_t begin, size_t n,
                                                                uint64_t *bits)
{
    const struct pd_column known = { .encoding = encoding, .words = column->words, .codes = column->codes };
    const uint64_t guard = pd_packed_guard(field);
    for (size_t i = 0; i < n; i++) {
        const uint64_t code = pd_column_word(&known, begin + i);
        bits[i] = code == 0 ? guard : code << field->shift;
    }
}

static void bits_of_codes(const struct pd_packed_field *field, const struct pd_column *column, size_t begin, size_t n,
                          uint64_t *bits)
{
    switch (column->encoding) {
    case PD_ENCODING_CODE8: bits_of_words(field, column, PD_ENCODING_CODE8, begin, n, bits); break;
    case PD_ENCODING_CODE16: bits_of_words(field, column, PD_ENCODING_CODE16, begin, n, bits); break;
    case PD_ENCODING_BY_CODE: bits_of_words(field, column, PD_ENCODING_BY_CODE, begin, n, bits); break;
    case PD_ENCODING_BY_CODE8: bits_of_words(field, column, PD_ENCODING_BY_CODE8, begin, n, bits); break;
    case PD_ENCODING_BY_CODE16: bits_of_words(field, column, PD_ENCODING_BY_CODE16, begin, n, bits); break;
    default: bits_of_words(field, column, PD_ENCODING_CODE, begin, n, bits); break;
    }
}

static void bits_of_ranks(const struct pd_packed_field *field, const struct pd_column *column, size_t begin, size_t n,
                          uint64_t *bits)
{
    pd_word_ranks_find(&field->ranks, column, begin, n, bits);
    for (size_t i = 0; i < n; i++)
        bits[i] = pd_column_is_null(column, begin + i) ? pd_packed_guard(field) : bits[i] << field->shift;
}

static void bits_of_hashes(const struct pd_packed_field *field, const struct pd_column *column, size_t begin, size_t n,
                           uint64_t *bits)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t hash = pd_mix64(pd_column_word(column, begin + i)) >> (WORD_BITS - FINGERPRINT_BITS);
        bits[i] = pd_column_is_null(column, begin + i) ? pd_packed_guard(field) : hash << field->shift;
    }
}

static void bits_of_field(const struct pd_packed_field *field, const struct pd_column *column, size_t begin, size_t n,
                          uint64_t *bits)
{
    const uint64_t guard = pd_packed_guard(field);
    if (!field->exact) {
        bits_of_hashes(field, column, begin, n, bits);
    } else if (column->encoding == PD_ENCODING_DIGITS) {
        bits_of_ranks(field, column, begin, n, bits);
    } else if (pd_encoding_is_code(column->encoding)) {
        bits_of_codes(field, column, begin, n, bits);
    } else if (column->encoding == PD_ENCODING_SMALL) {
        const uint8_t *numbers = (const uint8_t *)column->words + begin;
        for (size_t i = 0; i < n; i++)
            bits[i] = numbers[i] == PD_SMALL_NULL ? guard : (uint64_t)numbers[i] << field->shift;
    } else {
        bits_of_integers(field, column, begin, n, bits);
    }
}

/* Adds one field to the rows [begin, end), at most FILL_RECORDS; true when a value is missing. */
static bool fill_field(const struct pd_packed_rows *rows, const struct pd_packed_field *field, size_t begin, size_t end)
{
    uint64_t bits[FILL_RECORDS], all = 0;
    uint64_t *word = rows->words + begin * rows->n_words + field->word;
    bits_of_field(field, &rows->table->columns[field->column], begin, end - begin, bits);
    for (size_t i = 0; i < end - begin; i++, word += rows->n_words) {
        *word |= bits[i];
        all |= bits[i];
    }
    return (all & pd_packed_guard(field)) != 0;
}

/* Adds one whole word; true when a value is missing. */
static bool fill_whole(const struct pd_packed_rows *rows, const struct pd_packed_field *field, size_t begin, size_t end)
{
    const uint64_t *digits = rows->table->columns[field->column].words;
    uint64_t *word = rows->words + begin * rows->n_words + field->place;
    bool missing = false;
    for (size_t i = begin; i < end; i++, word += rows->n_words) {
        *word = whole_word(digits[i]);
        missing = missing || digits[i] == 0;
    }
    return missing;
}

/* Fills the rows [begin, end) field by field; few enough that they stay in the nearest cache. Bits of the fields of
 * which a value is missing. */
static uint32_t fill_rows(const struct fill_job *job, size_t begin, size_t end)
{
    const struct pd_packed_rows *rows = job->rows;
    uint32_t nulls = 0;
    memset(rows->words + begin * rows->n_words, 0, (end - begin) * rows->n_words * sizeof *rows->words);
    for (size_t i = 0; i < rows->n_fields; i++) {
        const struct pd_packed_field *field = &rows->fields[i];
        if ((job->taken >> i & 1) != 0) continue;
        const bool missing = field->whole ? fill_whole(rows, field, begin, end) : fill_field(rows, field, begin, end);
        nulls |= (uint32_t)missing << i;
    }
    for (size_t i = 0; i < job->n_together; i++) nulls |= pd_code_bits_add(&job->together[i], rows, begin, end);
    return nulls;
}

static enum padan_status fill_chunk(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct fill_job *job = context;
    const size_t n_records = job->rows->table->n_records;
    const size_t chunk = job->first_chunk + index;
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = n_records - begin < CHUNK_RECORDS ? n_records : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i += FILL_RECORDS)
        job->nulls[chunk] |= fill_rows(job, i, end - i < FILL_RECORDS ? end : i + FILL_RECORDS);
    return PADAN_OK;
}

/* Borrowed words go with the column whose they are. */
static void discard_words(const struct pd_packed_rows *rows, size_t n_records)
{
    const struct pd_table *table = rows->table;
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct pd_column *column = &table->columns[i];
        if (rows->spent[i] && !pd_encoding_is_borrowed(column->encoding))
            pd_memory_discard(column->words, n_records * pd_encoding_width(column->encoding));
    }
}

/* Stretch by stretch, so that the pages of one that was read can hold the rows of the next. */
static enum padan_status fill_stretches(struct fill_job *job, int threads, struct padan_error *error)
{
    const bool *spent = job->rows->spent;
    const size_t n_records = job->rows->table->n_records;
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const size_t n_stretch = spent == NULL ? n_chunks : STRETCH_CHUNKS;
    for (; job->first_chunk < n_chunks; job->first_chunk += n_stretch) {
        const size_t left = n_chunks - job->first_chunk;
        PD_TRY(pd_parallel_for(left < n_stretch ? left : n_stretch, threads, fill_chunk, job, error));
        if (spent != NULL && left > n_stretch) discard_words(job->rows, (job->first_chunk + n_stretch) * CHUNK_RECORDS);
    }
    return PADAN_OK;
}

/* Finds the fields that are filled together. */
static enum padan_status put_together(struct fill_job *job, int threads, struct padan_error *error)
{
    for (size_t i = 0; i < job->rows->n_fields && job->n_together < CODE_BITS_MAX; i++) {
        struct pd_code_bits *bits = &job->together[job->n_together];
        if (job->rows->fields[i].whole || (job->taken >> i & 1) != 0) continue;
        PD_TRY(pd_code_bits_make(job->rows, i, threads, bits, error));
        job->taken |= bits->fields;
        job->n_together += bits->fields != 0;
    }
    return PADAN_OK;
}

static enum padan_status fill(struct fill_job *job, int threads, struct padan_error *error)
{
    enum padan_status status = put_together(job, threads, error);
    if (status == PADAN_OK) status = fill_stretches(job, threads, error);
    for (size_t i = 0; i < CODE_BITS_MAX; i++) pd_code_bits_reset(&job->together[i]);
    return status;
}

enum padan_status pd_packed_fill(struct pd_packed_rows *rows, int threads, struct padan_error *error)
{
    const size_t n_records = rows->table->n_records;
    rows->n_words = rows->n_field_words + rows->n_whole_words;
    if (rows->n_words == LINE - 1) rows->n_words = LINE;
    place_whole(rows);
    place_near(rows);
    for (size_t i = 0; i < rows->n_fields; i++) {
        const struct pd_packed_field *field = &rows->fields[i];
        if (field->whole) continue;
        rows->guards[field->word] |= pd_packed_guard(field);
        rows->values[field->word] |= ((UINT64_C(1) << field->width) - 1) << field->shift;
    }
    PD_TRY(pd_allocate_array(&rows->words, n_records * rows->n_words, sizeof *rows->words, error));
    if (pd_memory_hold != NULL) pd_memory_hold(rows->words, n_records * rows->n_words * sizeof *rows->words);
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    struct fill_job job = { .rows = rows };
    PD_TRY(pd_allocate(&job.nulls, n_chunks, sizeof *job.nulls, error));
    const enum padan_status status = fill(&job, threads, error);
    for (size_t chunk = 0; chunk < n_chunks; chunk++)
        for (size_t i = 0; i < rows->n_fields; i++)
            rows->fields[i].nullable = rows->fields[i].nullable || (job.nulls[chunk] >> i & 1) != 0;
    pd_free(job.nulls);
    for (size_t i = 0; i < rows->n_fields; i++) pd_word_ranks_reset(&rows->fields[i].ranks);
    return status;
}
