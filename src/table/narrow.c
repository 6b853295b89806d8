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

enum padan_status pd_column_widen(struct pd_column *column, size_t n_records, struct padan_error *error)
{
    uint32_t *wide = NULL;
    if (column->encoding != PD_ENCODING_CODE8 && column->encoding != PD_ENCODING_CODE16) return PADAN_OK;
    PD_TRY(pd_allocate_array(&wide, n_records, sizeof *wide, error));
    for (size_t i = 0; i < n_records; i++) wide[i] = pd_column_held_code(column, i);
    pd_free(column->words);
    column->words = wide;
    column->encoding = PD_ENCODING_CODE;
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

/* The records of a column whose words are its own, and what is known of those before. */
struct numbered {
    struct pd_column *column;
    const struct pd_column *known; /* NULL: begin is 0 */
    size_t begin, end;
};

static bool find_range(const struct numbered *numbered, int64_t *least, int64_t *most)
{
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    *least = INT64_MAX;
    *most = INT64_MIN;
    if (numbered->known != NULL) (void)pd_column_range(numbered->known, numbered->begin, least, most);
    for (size_t begin = numbered->begin; begin < numbered->end; begin += PD_INTEGERS_AT_ONCE) {
        const size_t n = pd_column_integers(numbered->column, begin, numbered->end, numbers);
        for (size_t i = 0; i < n; i++) {
            if (numbers[i] == PD_NULL_INT) continue;
            *least = numbers[i] < *least ? numbers[i] : *least;
            *most = numbers[i] > *most ? numbers[i] : *most;
        }
    }
    return *least <= *most;
}

static enum padan_status find_places(const struct numbered *numbered, size_t n_places, struct distinct *out,
                                     struct padan_error *error)
{
    PD_TRY(pd_allocate(&out->places, n_places, sizeof *out->places, error));
    const size_t n_known = numbered->known == NULL ? 0 : numbered->known->n_numbers;
    for (size_t i = 1; i <= n_known; i++) out->places[numbered->known->numbers[i] - out->least] = 1;
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    for (size_t begin = numbered->begin; begin < numbered->end; begin += PD_INTEGERS_AT_ONCE) {
        const size_t n = pd_column_integers(numbered->column, begin, numbered->end, numbers);
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

static enum padan_status find_distinct(const struct numbered *numbered, struct distinct *out, struct padan_error *error)
{
    int64_t most = 0;
    if (!find_range(numbered, &out->least, &most)) out->least = most = 0;
    const uint64_t range = (uint64_t)most - (uint64_t)out->least;
    return range < PLACES_MAX ? find_places(numbered, (size_t)range + 1, out, error)
                              : pd_number_codes_go_on(numbered->known, numbered->column, numbered->begin, numbered->end,
                                                      &out->codes, error);
}

/* Codes of the known records under the new numbers. */
static enum padan_status encode_known(const struct numbered *numbered, const struct distinct *distinct, void *narrow,
                                      size_t width, struct padan_error *error)
{
    const struct pd_column *known = numbered->known;
    uint32_t *renamed = NULL;
    uint32_t codes[PD_INTEGERS_AT_ONCE];
    if (known == NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&renamed, (size_t)known->n_numbers + 1, sizeof *renamed, error));
    find_codes(distinct, known->numbers, (size_t)known->n_numbers + 1, renamed);
    for (size_t begin = 0; begin < numbered->begin; begin += PD_INTEGERS_AT_ONCE) {
        const size_t left = numbered->begin - begin, n = left < PD_INTEGERS_AT_ONCE ? left : PD_INTEGERS_AT_ONCE;
        for (size_t i = 0; i < n; i++) codes[i] = renamed[pd_column_number_code(known, begin + i)];
        write_codes(narrow, width, begin, codes, n);
    }
    pd_free(renamed);
    return PADAN_OK;
}

/* Takes the numbers and the words that stand for them over into the column. */
static void take_over(struct pd_column *column, size_t width, void *narrow, struct distinct *distinct)
{
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
}

static enum padan_status encode(const struct numbered *numbered, size_t width, struct distinct *distinct,
                                struct padan_error *error)
{
    void *narrow = NULL;
    PD_TRY(pd_allocate_array(&narrow, numbered->end, width, error));
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    uint32_t codes[PD_INTEGERS_AT_ONCE];
    const enum padan_status status = encode_known(numbered, distinct, narrow, width, error);
    if (status != PADAN_OK) {
        pd_free(narrow);
        return status;
    }
    for (size_t begin = numbered->begin; begin < numbered->end; begin += PD_INTEGERS_AT_ONCE) {
        const size_t n = pd_column_integers(numbered->column, begin, numbered->end, numbers);
        find_codes(distinct, numbers, n, codes);
        write_codes(narrow, width, begin, codes, n);
    }
    take_over(numbered->column, width, narrow, distinct);
    return PADAN_OK;
}

/* The known numbers as whole words, where the column keeps those. */
static void write_out(const struct numbered *numbered)
{
    const struct pd_column *known = numbered->known, *column = numbered->column;
    for (size_t i = 0; known != NULL && i < numbered->begin; i++) {
        const int64_t number = known->numbers[pd_column_number_code(known, i)];
        if (column->encoding == PD_ENCODING_INT)
            ((int64_t *)column->words)[i] = number;
        else
            ((int32_t *)column->words)[i] = number == PD_NULL_INT ? PD_NULL_INT32 : (int32_t)number;
    }
}

static enum padan_status narrow_numbers(const struct numbered *numbered, struct padan_error *error)
{
    struct distinct distinct = { .places = NULL };
    const enum pd_encoding encoding = numbered->column->encoding;
    if (encoding != PD_ENCODING_INT && encoding != PD_ENCODING_INT32) return PADAN_OK;
    enum padan_status status = find_distinct(numbered, &distinct, error);
    const bool are_known = distinct.places != NULL || distinct.codes.n > 0;
    const size_t width = width_of_codes(distinct.codes.n);
    if (status == PADAN_OK && are_known && width < pd_encoding_width(encoding))
        status = encode(numbered, width, &distinct, error);
    else if (status == PADAN_OK)
        write_out(numbered);
    pd_number_codes_reset(&distinct.codes);
    pd_free(distinct.places);
    return status;
}

enum padan_status pd_column_narrow_numbers(struct pd_column *column, size_t n_records, struct padan_error *error)
{
    const struct numbered numbered = { column, NULL, 0, n_records };
    return narrow_numbers(&numbered, error);
}

enum padan_status pd_column_narrow_numbers_behind(const struct pd_column *known, size_t n_known,
                                                  struct pd_column *column, size_t n_records, struct padan_error *error)
{
    const struct numbered numbered = { column, known, n_known, n_records };
    return narrow_numbers(&numbered, error);
}
