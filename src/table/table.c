/* SPDX-License-Identifier: MIT
 * The record store: adding columns, and reading any encoding back as text or value. */
#include "table/table.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "table/like.h"

#include <math.h>

enum { PD_DIGITS_LONGEST = 17 };

static bool has_texts(enum pd_encoding encoding)
{
    return pd_encoding_is_code(encoding) || pd_encoding_is_digits(encoding);
}

static void free_words(struct pd_column *column)
{
    if (!pd_encoding_is_borrowed(column->encoding)) pd_free(column->words);
    pd_exceptions_free(column->exceptions);
    pd_free(column->codes);
    column->words = NULL;
    column->exceptions = NULL;
    column->codes = NULL;
}

static void free_values(struct pd_column *column)
{
    if (column->dictionary != NULL) pd_dictionary_reset(column->dictionary);
    pd_free(column->dictionary);
    pd_free(column->numbers);
}

void pd_table_reset(struct pd_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        struct pd_column *column = &table->columns[i];
        free_words(column);
        if (column->owns_dictionary) free_values(column);
    }
    pd_free(table->columns);
    pd_free(table->sources);
    pd_free(table->source_of);
    pd_table_forget_places(table);
    pd_arena_reset(&table->arena);
    *table = (struct pd_table){ 0 };
}

void pd_table_drop_words(struct pd_table *table, size_t index)
{
    free_words(&table->columns[index]);
}

static struct pd_column *find_sharer(const struct pd_table *table, const struct pd_column *column)
{
    for (size_t i = 0; i < table->n_columns && column->dictionary != NULL; i++) {
        struct pd_column *other = &table->columns[i];
        if (other != column && other->words != NULL && other->dictionary == column->dictionary) return other;
    }
    return NULL;
}

static void drop(struct pd_table *table, struct pd_column *column)
{
    struct pd_column *heir = find_sharer(table, column);
    if (column->owns_dictionary && heir != NULL)
        heir->owns_dictionary = true;
    else if (column->owns_dictionary)
        free_values(column);
    free_words(column);
    column->dictionary = NULL;
    column->numbers = NULL;
    column->n_numbers = 0;
    column->owns_dictionary = false;
}

void pd_table_drop(struct pd_table *table, size_t index)
{
    struct pd_column *column = &table->columns[index];
    for (size_t i = 0; i < table->n_columns && pd_encoding_is_own_code(column->encoding); i++)
        if (pd_encoding_is_by_code(table->columns[i].encoding) && table->columns[i].words == column->words)
            drop(table, &table->columns[i]);
    drop(table, column);
}

size_t pd_column_integers(const struct pd_column *column, size_t begin, size_t end, int64_t *numbers)
{
    const size_t n = end - begin < PD_INTEGERS_AT_ONCE ? end - begin : PD_INTEGERS_AT_ONCE;
    const int32_t *words = column->words;
    if (column->encoding == PD_ENCODING_INT32)
        for (size_t i = 0; i < n; i++) numbers[i] = pd_widened(words[begin + i]);
    else if (column->encoding == PD_ENCODING_INT)
        memcpy(numbers, (const int64_t *)column->words + begin, n * sizeof *numbers);
    else
        for (size_t i = 0; i < n; i++) numbers[i] = pd_column_integer(column, begin + i);
    return n;
}

/* Makes the range as wide as n numbers ask for. NULL is less than any number. */
static void widen_range(const int64_t *numbers, size_t n, int64_t *least, int64_t *most)
{
    int64_t low = *least, high = *most;
    for (size_t i = 0; i < n; i++) {
        low = numbers[i] != PD_NULL_INT && numbers[i] < low ? numbers[i] : low;
        high = numbers[i] > high ? numbers[i] : high;
    }
    *least = low;
    *most = high;
}

bool pd_column_range(const struct pd_column *column, size_t n, int64_t *least, int64_t *most)
{
    int64_t numbers[PD_INTEGERS_AT_ONCE];
    *least = INT64_MAX;
    *most = INT64_MIN;
    if (pd_encoding_is_number(column->encoding))
        widen_range(column->numbers, (size_t)column->n_numbers + 1, least, most);
    else
        for (size_t i = 0; i < n; i += PD_INTEGERS_AT_ONCE)
            widen_range(numbers, pd_column_integers(column, i, n, numbers), least, most);
    return *least <= *most;
}

void pd_table_forget_places(struct pd_table *table)
{
    pd_free(table->file_of);
    pd_free(table->row_of);
    pd_free(table->place_runs);
    table->file_of = table->row_of = NULL;
    table->place_runs = NULL;
    table->n_place_runs = 0;
}

void pd_table_trim(struct pd_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (table->columns[i].owns_dictionary && table->columns[i].dictionary != NULL)
            pd_dictionary_trim(table->columns[i].dictionary);
}

enum padan_status pd_table_name_source(struct pd_table *table, struct pd_text name, struct pd_source *source,
                                       struct padan_error *error)
{
    source->plain = !pd_csv_is_quoted(name);
    return pd_arena_copy(&table->arena, name, &source->name, error);
}

int pd_table_find(const struct pd_table *table, struct pd_text name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (pd_text_equal(table->columns[i].name, name)) return (int)i;
    }
    return -1;
}

int pd_table_find_identifier(const struct pd_table *table, struct pd_text name)
{
    int found = pd_table_find(table, name);
    if (found >= 0) return found;
    for (size_t i = 0; i < table->n_columns; i++) {
        if (!pd_text_equal_but_for_case(table->columns[i].name, name)) continue;
        if (found >= 0) return -1;
        found = (int)i;
    }
    return found;
}

void pd_column_set_code(const struct pd_column *column, size_t record, uint32_t code)
{
    if (column->encoding == PD_ENCODING_DIGITS)
        ((uint64_t *)column->words)[record] = code == 0 ? 0 : (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
    else
        ((uint32_t *)column->words)[record] = code;
}

static enum padan_status own_dictionary(struct pd_column *column, struct padan_error *error)
{
    if (column->dictionary != NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&column->dictionary, 1, sizeof *column->dictionary, error));
    column->owns_dictionary = true;
    return PADAN_OK;
}

enum padan_status pd_column_put(struct pd_column *column, size_t record, struct pd_text text, struct padan_error *error)
{
    const uint64_t digits = column->encoding == PD_ENCODING_DIGITS ? pd_digits_encode(text) : 0;
    uint32_t code = 0;
    if (digits != 0) {
        ((uint64_t *)column->words)[record] = digits;
        return PADAN_OK;
    }
    if (text.length > 0) {
        PD_TRY(own_dictionary(column, error));
        PD_TRY(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, error));
    }
    pd_column_set_code(column, record, code);
    return PADAN_OK;
}

void pd_column_set_null(const struct pd_column *column, size_t begin, size_t end)
{
    const size_t width = pd_encoding_width(column->encoding);
    switch (column->encoding) {
    case PD_ENCODING_CODE:
    case PD_ENCODING_CODE8:
    case PD_ENCODING_CODE16:
    case PD_ENCODING_NUMBER8:
    case PD_ENCODING_NUMBER16:
    case PD_ENCODING_NUMBER32:
    case PD_ENCODING_DIGITS: memset((char *)column->words + begin * width, 0, (end - begin) * width); break;
    case PD_ENCODING_SMALL: memset((char *)column->words + begin, PD_SMALL_NULL, end - begin); break;
    case PD_ENCODING_INT:
        for (size_t i = begin; i < end; i++) ((int64_t *)column->words)[i] = PD_NULL_INT;
        break;
    case PD_ENCODING_INT32:
        for (size_t i = begin; i < end; i++) ((int32_t *)column->words)[i] = PD_NULL_INT32;
        break;
    case PD_ENCODING_BY_CODE:
    case PD_ENCODING_BY_CODE8:
    case PD_ENCODING_BY_CODE16:
    case PD_ENCODING_LIKE: break; /* the words are another column's */
    case PD_ENCODING_DOUBLE:
        for (size_t i = begin; i < end; i++) ((double *)column->words)[i] = (double)NAN;
        break;
    }
}

enum padan_status pd_table_add(struct pd_table *table, struct pd_text name, enum pd_type type,
                               enum pd_encoding encoding, struct pd_column **column, struct padan_error *error)
{
    PD_TRY(pd_table_add_unset(table, name, type, encoding, column, error));
    pd_column_set_null(*column, 0, table->n_records);
    return PADAN_OK;
}

enum padan_status pd_table_add_unset(struct pd_table *table, struct pd_text name, enum pd_type type,
                                     enum pd_encoding encoding, struct pd_column **column, struct padan_error *error)
{
    if (pd_table_find(table, name) >= 0) {
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "the table has a column \"%.*s\" already", PD_TEXT_ARGS(name));
    }
    struct pd_column added = { .type = type, .encoding = encoding };
    PD_TRY(pd_arena_copy(&table->arena, name, &added.name, error));
    PD_TRY(pd_grow(&table->columns, &table->columns_capacity, table->n_columns + 1, sizeof *table->columns, error));
    PD_TRY(pd_allocate_array(&added.words, table->n_records, pd_encoding_width(encoding), error));
    if (has_texts(encoding)) {
        const enum padan_status status = pd_allocate(&added.dictionary, 1, sizeof *added.dictionary, error);
        if (status != PADAN_OK) {
            pd_free(added.words);
            return status;
        }
        added.owns_dictionary = true;
    }
    table->columns[table->n_columns] = added;
    *column = &table->columns[table->n_columns++];
    return PADAN_OK;
}

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                  "8081828384858687888990919293949596979899";

/* The digits of a number, at most 17 of them; divisions are of 32 bits but for one. */
static void write_digits(uint64_t number, size_t length, char *out)
{
    size_t i = length;
    if (length > 9) {
        uint32_t low = (uint32_t)(number % 100000000);
        number /= 100000000;
        for (; i > length - 8; i -= 2, low /= 100) memcpy(out + i - 2, digit_pairs + 2 * (low % 100), 2);
    }
    uint32_t high = (uint32_t)number;
    for (; i > 1; i -= 2, high /= 100) memcpy(out + i - 2, digit_pairs + 2 * (high % 100), 2);
    if (i == 1) out[0] = (char)('0' + high % 10);
}

struct pd_text pd_column_digits(const struct pd_column *column, size_t record, char scratch[24])
{
    if (pd_encoding_is_code(column->encoding))
        return pd_dictionary_text(column->dictionary, (uint32_t)pd_column_word(column, record));
    if (!pd_encoding_is_digits(column->encoding)) return (struct pd_text){ NULL, 0 };
    const uint64_t word = pd_column_word(column, record);
    const size_t length = (size_t)(word >> PD_DIGITS_SHIFT);
    uint64_t number = word & PD_DIGITS_MASK;
    if (length == PD_DIGITS_ESCAPE) return pd_dictionary_text(column->dictionary, (uint32_t)number);
    if (length == 0) return (struct pd_text){ NULL, 0 };
    write_digits(number, length, scratch);
    return (struct pd_text){ scratch, length };
}

/* Splits a text into list items; items that are no numbers are NULL in a list of numbers. */
static struct pd_value list_value(struct pd_text text, enum pd_type type, struct pd_value items[PD_LIST_MAX])
{
    struct pd_value list = { .type = type, .list = { .items = items } };
    size_t begin = 0;
    if (text.length == 1 && text.data[0] == PD_LIST_EMPTY) return list;
    for (size_t i = 0; i <= text.length && list.list.n_items < PD_LIST_MAX; i++) {
        if (i < text.length && text.data[i] != PD_LIST_SEPARATOR) continue;
        struct pd_value *item = &items[list.list.n_items++];
        const struct pd_text part = pd_text_slice(text, begin, i);
        begin = i + 1;
        if (type == PD_TYPE_TEXT_LIST) {
            const bool is_null = part.length == 1 && part.data[0] == PD_LIST_NULL;
            *item = (struct pd_value){ .type = PD_TYPE_TEXT, .null = is_null, .text = part };
        } else {
            *item = (struct pd_value){ .type = PD_TYPE_DOUBLE };
            item->null = !pd_text_to_double(part, &item->real);
        }
    }
    return list;
}

/* An integer word as a value of the column's type. */
static struct pd_value number_value(enum pd_type type, int64_t number)
{
    struct pd_value value = { .type = type };
    if (type == PD_TYPE_BOOL) {
        value.boolean = number != 0;
    } else if (type == PD_TYPE_DOUBLE) {
        value.real = (double)number;
    } else {
        value.integer = number;
    }
    return value;
}

struct pd_value pd_column_value(const struct pd_column *column, size_t record, char scratch[24],
                                struct pd_value items[PD_LIST_MAX])
{
    if (pd_column_is_null(column, record)) return (struct pd_value){ .type = column->type, .null = true };
    switch (column->encoding) {
    case PD_ENCODING_INT:
    case PD_ENCODING_NUMBER8:
    case PD_ENCODING_NUMBER16:
    case PD_ENCODING_NUMBER32:
    case PD_ENCODING_INT32: return number_value(column->type, pd_column_integer(column, record));
    case PD_ENCODING_SMALL: return number_value(column->type, ((const uint8_t *)column->words)[record]);
    case PD_ENCODING_DOUBLE:
        return (struct pd_value){ .type = column->type, .real = ((const double *)column->words)[record] };
    case PD_ENCODING_CODE:
    case PD_ENCODING_CODE8:
    case PD_ENCODING_CODE16:
    case PD_ENCODING_BY_CODE:
    case PD_ENCODING_BY_CODE8:
    case PD_ENCODING_BY_CODE16:
    case PD_ENCODING_LIKE:
    case PD_ENCODING_DIGITS: break;
    }
    const struct pd_text text = pd_column_text(column, record, scratch);
    if (column->type == PD_TYPE_TEXT_LIST || column->type == PD_TYPE_DOUBLE_LIST) {
        return list_value(text, column->type, items);
    }
    return (struct pd_value){ .type = column->type, .text = text };
}

uint64_t pd_digits_encode(struct pd_text text)
{
    if (text.length == 0 || text.length > PD_DIGITS_LONGEST) return 0;
    uint64_t number = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit > 9) return 0;
        number = number * 10 + digit;
    }
    return (uint64_t)text.length << PD_DIGITS_SHIFT | number;
}
