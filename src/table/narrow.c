/* SPDX-License-Identifier: MIT
 * Numbers that lie close together (dates, ages, codes of districts) are found by their place between the least and the
 * greatest, others (codes of villages, amounts) by their hash. */
#include "table/narrow.h"

#include "base/memory.h"
#include "table/number_codes.h"

enum { PLACES_MAX = 1 << 20 };

static void write_codes(void *words, size_t width, size_t begin, const uint32_t *codes, size_t n)
{
    uint8_t *bytes = words;
    uint16_t *halves = words;
    if (width == sizeof(uint8_t))
        for (size_t i = 0; i < n; i++) bytes[begin + i] = (uint8_t)codes[i];
    else if (width == sizeof(uint16_t))
        for (size_t i = 0; i < n; i++) halves[begin + i] = (uint16_t)codes[i];
    else
        memcpy((uint32_t *)words + begin, codes, n * sizeof *codes);
}

static size_t width_of_codes(size_t n_codes)
{
    return n_codes <= UINT8_MAX ? sizeof(uint8_t) : n_codes <= UINT16_MAX ? sizeof(uint16_t) : sizeof(uint32_t);
}

enum padan_status pd_column_narrow(struct pd_column *column, size_t n_records, struct padan_error *error)
{
    if (column->encoding != PD_ENCODING_CODE || column->dictionary->n_entries > UINT16_MAX) return PADAN_OK;
    const size_t width = width_of_codes(column->dictionary->n_entries);
    void *narrow = NULL;
    PD_TRY(pd_allocate_array(&narrow, n_records, width, error));
    write_codes(narrow, width, 0, column->words, n_records);
    pd_free(column->words);
    column->words = narrow;
    column->encoding = width == sizeof(uint8_t) ? PD_ENCODING_CODE8 : PD_ENCODING_CODE16;
    return PADAN_OK;
}

/* The distinct numbers of a column. */
struct distinct {
    struct pd_number_codes codes; /* slots only of numbers far apart */
    uint32_t *places;             /* of numbers close together: code by number - least; else NULL */
    int64_t least;
};

static void find_codes(const struct distinct *distinct, const int64_t *numbers, size_t n, uint32_t *codes)
{
    const uint32_t *places = distinct->places;
    const int64_t least = distinct->least;
    if (places != NULL)
        for (size_t i = 0; i < n; i++) codes[i] = numbers[i] == PD_NULL_INT ? 0 : places[numbers[i] - least];
    else
        for (size_t i = 0; i < n; i++)
            codes[i] = numbers[i] == PD_NULL_INT ? 0 : pd_number_codes_find(&distinct->codes, numbers[i]);
}

static enum padan_status find_places(const struct pd_column *column, size_t n_records, size_t n_places,
                                     struct distinct *out, struct padan_error *error)
{
    PD_TRY(pd_allocate(&out->places, n_places, sizeof *out->places, error));
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    for (size_t begin = 0; begin < n_records; begin += PD_INTEGERS_AT_ONCE) {
        const size_t n = pd_column_integers(column, begin, n_records, numbers);
        for (size_t i = 0; i < n; i++)
            if (numbers[i] != PD_NULL_INT) out->places[numbers[i] - out->least] = 1;
    }
    for (size_t place = 0; place < n_places; place++) out->codes.n += out->places[place];
    PD_TRY(pd_allocate(&out->codes.numbers, out->codes.n + 1, sizeof *out->codes.numbers, error));
    uint32_t code = 0;
    for (size_t place = 0; place < n_places; place++) {
        if (out->places[place] == 0) continue;
        out->places[place] = ++code;
        out->codes.numbers[code] = out->least + (int64_t)place;
    }
    return PADAN_OK;
}

static enum padan_status find_distinct(const struct pd_column *column, size_t n_records, struct distinct *out,
                                       struct padan_error *error)
{
    int64_t most = 0;
    if (!pd_column_range(column, n_records, &out->least, &most)) out->least = most = 0;
    const uint64_t range = (uint64_t)most - (uint64_t)out->least;
    return range < PLACES_MAX ? find_places(column, n_records, (size_t)range + 1, out, error)
                              : pd_number_codes_make(column, n_records, &out->codes, error);
}

/* Takes the numbers and the words that stand for them over into the column. */
static enum padan_status encode(struct pd_column *column, size_t n_records, size_t width, struct distinct *distinct,
                                struct padan_error *error)
{
    void *narrow = NULL;
    PD_TRY(pd_allocate_array(&narrow, n_records, width, error));
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    uint32_t codes[PD_INTEGERS_AT_ONCE];
    for (size_t begin = 0; begin < n_records; begin += PD_INTEGERS_AT_ONCE) {
        const size_t n = pd_column_integers(column, begin, n_records, numbers);
        find_codes(distinct, numbers, n, codes);
        write_codes(narrow, width, begin, codes, n);
    }
    pd_free(column->words);
    column->words = narrow;
    column->numbers = distinct->codes.numbers;
    column->numbers[0] = PD_NULL_INT;
    column->n_numbers = (uint32_t)distinct->codes.n;
    column->owns_dictionary = true;
    column->encoding = width == sizeof(uint8_t)    ? PD_ENCODING_NUMBER8
                       : width == sizeof(uint16_t) ? PD_ENCODING_NUMBER16
                                                   : PD_ENCODING_NUMBER32;
    distinct->codes.numbers = NULL;
    return PADAN_OK;
}

enum padan_status pd_column_narrow_numbers(struct pd_column *column, size_t n_records, struct padan_error *error)
{
    struct distinct distinct = { .places = NULL };
    if (column->encoding != PD_ENCODING_INT && column->encoding != PD_ENCODING_INT32) return PADAN_OK;
    enum padan_status status = find_distinct(column, n_records, &distinct, error);
    const bool are_known = distinct.places != NULL || distinct.codes.n > 0;
    const size_t width = width_of_codes(distinct.codes.n);
    if (status == PADAN_OK && are_known && width < pd_encoding_width(column->encoding))
        status = encode(column, n_records, width, &distinct, error);
    pd_number_codes_reset(&distinct.codes);
    pd_free(distinct.places);
    return status;
}
