/* SPDX-License-Identifier: MIT
 * Numbers read from a raw column: dictionary texts once each, plain digits through a small cache per worker. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "normalise/stage.h"

enum { CODES_PER_CHUNK = 8192 };

static enum padan_status read_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    (void)error;
    struct pd_numbers *numbers = context;
    const struct pd_dictionary *dictionary = numbers->column->dictionary;
    const size_t begin = chunk * CODES_PER_CHUNK + 1;
    for (size_t code = begin; code < begin + CODES_PER_CHUNK && code <= dictionary->n_entries; code++)
        numbers->by_code[code] = numbers->read(numbers->context, pd_dictionary_text(dictionary, (uint32_t)code));
    return PADAN_OK;
}

enum padan_status pd_numbers_prepare(const struct pd_stage *stage, enum pd_raw raw, pd_read_number *read,
                                     const void *context, struct pd_numbers *numbers, struct padan_error *error)
{
    *numbers = (struct pd_numbers){ pd_stage_raw(stage, raw), NULL, read, context };
    if (numbers->column == NULL) return PADAN_OK;
    const size_t n_entries = numbers->column->dictionary->n_entries;
    PD_TRY(pd_allocate_array(&numbers->by_code, n_entries + 1, sizeof *numbers->by_code, error));
    numbers->by_code[0] = PD_NULL_INT;
    return pd_parallel_for((n_entries + CODES_PER_CHUNK - 1) / CODES_PER_CHUNK, stage->threads, read_chunk, numbers,
                           error);
}

int64_t pd_number_at(const struct pd_numbers *numbers, size_t record, struct pd_digits_cache *cache)
{
    const struct pd_column *column = numbers->column;
    if (column == NULL) return PD_NULL_INT;
    const uint32_t code = pd_raw_code(column, record);
    if (code != 0) return numbers->by_code[code];
    if (pd_encoding_is_code(column->encoding)) return PD_NULL_INT;
    const uint64_t word = ((const uint64_t *)column->words)[record];
    if (word == 0) return PD_NULL_INT;
    const size_t slot = pd_mix64(word) & (PD_DIGITS_CACHE - 1);
    if (cache->words[slot] == word) return cache->values[slot];
    char scratch[24];
    cache->words[slot] = word;
    cache->values[slot] = numbers->read(numbers->context, pd_column_text(column, record, scratch));
    return cache->values[slot];
}

void pd_numbers_reset(struct pd_numbers *numbers)
{
    pd_free(numbers->by_code);
    *numbers = (struct pd_numbers){ 0 };
}

struct fill {
    const struct pd_stage *stage;
    struct pd_numbers numbers;
    const struct pd_column *made;
    struct pd_digits_cache *caches; /* [threads] */
};

static void fill_rows(void *context, size_t begin, size_t end, int worker)
{
    struct fill *fill = context;
    struct pd_digits_cache *cache = &fill->caches[worker];
    for (size_t record = begin; record < end; record++) {
        const int64_t value = pd_number_at(&fill->numbers, record, cache);
        if (value == PD_NULL_INT) continue;
        if (value == PD_UNREADABLE)
            pd_stage_facts(fill->stage, worker, record)->n_amounts_unreadable++;
        else
            pd_stage_set(fill->made, record, value);
    }
}

enum padan_status pd_stage_numbers(const struct pd_stage *stage, enum pd_raw raw, enum pd_made made,
                                   pd_read_number *read, const void *context, struct padan_error *error)
{
    pd_stage_begin(stage, made, made);
    if (stage->raw[raw] < 0 || stage->made[made] < 0) return PADAN_OK;
    struct fill fill = { .stage = stage, .made = pd_stage_column(stage, made), .caches = NULL };
    enum padan_status status = pd_numbers_prepare(stage, raw, read, context, &fill.numbers, error);
    if (status == PADAN_OK) status = pd_allocate(&fill.caches, (size_t)stage->threads, sizeof *fill.caches, error);
    if (status == PADAN_OK) status = pd_stage_each_row(stage, pd_stage_first(stage, made), fill_rows, &fill, error);
    pd_numbers_reset(&fill.numbers);
    pd_free(fill.caches);
    return status;
}
