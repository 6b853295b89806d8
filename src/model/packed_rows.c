/* SPDX-License-Identifier: MIT */
#include "model/packed_rows.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"

/* Fingerprints are short, so that a row is half a cache line; equal ones are verified. */
enum { FINGERPRINT_BITS = 22, WORD_BITS = 64, CHUNK_RECORDS = 1 << 14 };

void pd_packed_reset(struct pd_packed_rows *rows)
{
    pd_free(rows->words);
    *rows = (struct pd_packed_rows){ 0 };
}

int pd_packed_find(const struct pd_packed_rows *rows, int column)
{
    for (size_t i = 0; i < rows->n_fields; i++)
        if (rows->fields[i].column == column) return (int)i;
    return -1;
}

static unsigned bit_width(uint64_t value)
{
    return value == 0 ? 1 : WORD_BITS - (unsigned)__builtin_clzll(value);
}

/* Numbers whose range is small, such as dates, are told apart in no more bits than a hash takes. */
static void fit_range(const struct pd_column *column, size_t n, struct pd_packed_field *field)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        const int64_t number = pd_column_integer(column, i);
        if (number == PD_NULL_INT) continue;
        if (number < least) least = number;
        if (number > most) most = number;
    }
    if (least > most || (uint64_t)most - (uint64_t)least >= UINT64_C(1) << FINGERPRINT_BITS) return;
    field->base = least;
    field->width = bit_width((uint64_t)most - (uint64_t)least);
    field->exact = true;
}

static struct pd_packed_field field_of(const struct pd_table *table, int index)
{
    const struct pd_column *column = &table->columns[index];
    struct pd_packed_field field = { .column = index, .width = FINGERPRINT_BITS };
    if (column->encoding == PD_ENCODING_SMALL) {
        field.width = 8;
        field.exact = true;
    } else if (column->encoding == PD_ENCODING_CODE) {
        const unsigned width = bit_width(column->dictionary->n_entries);
        field.exact = width < 32;
        if (field.exact) field.width = width;
    } else if (pd_encoding_is_integer(column->encoding)) {
        fit_range(column, table->n_records, &field);
    }
    return field;
}

/* Widest first into the first word with room; false when they do not all fit. */
static bool lay_out(struct pd_packed_rows *rows)
{
    unsigned used[PD_PACKED_WORDS_MAX] = { 0 };
    bool placed[PD_PACKED_FIELDS_MAX] = { false };
    rows->n_field_words = 0;
    for (size_t round = 0; round < rows->n_fields; round++) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < rows->n_fields; i++)
            if (!placed[i] && (widest == SIZE_MAX || rows->fields[i].width > rows->fields[widest].width)) widest = i;
        struct pd_packed_field *field = &rows->fields[widest];
        size_t word = 0;
        while (word < PD_PACKED_WORDS_MAX && used[word] + field->width + 1 > WORD_BITS) word++;
        if (word + 1 + rows->n_digit_columns > PD_PACKED_WORDS_MAX) return false;
        field->word = (unsigned)word;
        field->shift = used[word];
        used[word] += field->width + 1;
        placed[widest] = true;
        if (word + 1 > rows->n_field_words) rows->n_field_words = word + 1;
    }
    return true;
}

bool pd_packed_add(struct pd_packed_rows *rows, const struct pd_table *table, int column)
{
    if (pd_packed_find(rows, column) >= 0) return true;
    if (rows->n_fields == PD_PACKED_FIELDS_MAX) return false;
    rows->fields[rows->n_fields++] = field_of(table, column);
    rows->table = table;
    if (lay_out(rows)) return true;
    rows->n_fields--;
    (void)lay_out(rows);
    return false;
}

bool pd_packed_add_digits(struct pd_packed_rows *rows, const struct pd_table *table, int column)
{
    if (table->columns[column].encoding != PD_ENCODING_DIGITS) return false;
    for (size_t i = 0; i < rows->n_digit_columns; i++)
        if (rows->digit_columns[i] == column) return true;
    if (rows->n_digit_columns == PD_PACKED_DIGITS_MAX) return false;
    rows->digit_columns[rows->n_digit_columns++] = column;
    rows->table = table;
    if (lay_out(rows)) return true;
    rows->n_digit_columns--;
    (void)lay_out(rows);
    return false;
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

static uint64_t digit_word(uint64_t word)
{
    if (word >> PD_DIGITS_SHIFT != 16) return PD_PACKED_NO_DIGITS;
    const uint64_t number = word & PD_DIGITS_MASK;
    return digits_of_8(number / 100000000) << 32 | digits_of_8(number % 100000000);
}

struct fill_job {
    struct pd_packed_rows *rows;
    uint32_t *nulls; /* [n_chunks] bit per field: some record has no value */
};

/* Adds one field to the rows [begin, end); true when a value is missing. */
static bool fill_field(const struct pd_packed_rows *rows, const struct pd_packed_field *field, size_t begin, size_t end)
{
    const struct pd_column *column = &rows->table->columns[field->column];
    const uint64_t guard = pd_packed_guard(field);
    uint64_t *word = rows->words + begin * rows->n_words + field->word;
    uint64_t all = 0;
    if (column->encoding == PD_ENCODING_CODE && field->exact) {
        const uint32_t *codes = column->words;
        for (size_t i = begin; i < end; i++, word += rows->n_words) {
            *word |= codes[i] == 0 ? guard : (uint64_t)codes[i] << field->shift;
            all |= *word;
        }
        return (all & guard) != 0;
    }
    for (size_t i = begin; i < end; i++, word += rows->n_words) {
        const uint64_t value = pd_column_word(column, i);
        if (pd_column_is_null(column, i))
            *word |= guard;
        else
            *word |= (field->exact ? value - (uint64_t)field->base : pd_mix64(value) >> (WORD_BITS - FINGERPRINT_BITS))
                     << field->shift;
        all |= *word;
    }
    return (all & guard) != 0;
}

static void fill_digits(const struct pd_packed_rows *rows, size_t index, size_t begin, size_t end)
{
    const uint64_t *digits = rows->table->columns[rows->digit_columns[index]].words;
    uint64_t *word = rows->words + begin * rows->n_words + rows->n_field_words + index;
    for (size_t i = begin; i < end; i++, word += rows->n_words) *word = digit_word(digits[i]);
}

static enum padan_status fill_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct fill_job *job = context;
    const struct pd_packed_rows *rows = job->rows;
    const size_t n_records = rows->table->n_records;
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = n_records - begin < CHUNK_RECORDS ? n_records : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    memset(rows->words + begin * rows->n_words, 0, (end - begin) * rows->n_words * sizeof *rows->words);
    for (size_t i = 0; i < rows->n_fields; i++)
        job->nulls[chunk] |= (uint32_t)fill_field(rows, &rows->fields[i], begin, end) << i;
    for (size_t i = 0; i < rows->n_digit_columns; i++) fill_digits(rows, i, begin, end);
    return PADAN_OK;
}

enum padan_status pd_packed_fill(struct pd_packed_rows *rows, int threads, struct padan_error *error)
{
    const size_t n_records = rows->table->n_records;
    rows->n_words = rows->n_field_words + rows->n_digit_columns;
    for (size_t i = 0; i < rows->n_fields; i++) {
        const struct pd_packed_field *field = &rows->fields[i];
        rows->guards[field->word] |= pd_packed_guard(field);
        rows->values[field->word] |= ((UINT64_C(1) << field->width) - 1) << field->shift;
    }
    PD_TRY(pd_allocate_array(&rows->words, n_records * rows->n_words, sizeof *rows->words, error));
    const size_t n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    struct fill_job job = { .rows = rows };
    PD_TRY(pd_allocate(&job.nulls, n_chunks, sizeof *job.nulls, error));
    const enum padan_status status = pd_parallel_for(n_chunks, threads, fill_chunk, &job, error);
    for (size_t chunk = 0; chunk < n_chunks; chunk++)
        for (size_t i = 0; i < rows->n_fields; i++)
            rows->fields[i].nullable = rows->fields[i].nullable || (job.nulls[chunk] >> i & 1) != 0;
    pd_free(job.nulls);
    return status;
}
