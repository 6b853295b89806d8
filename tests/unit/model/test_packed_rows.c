/* SPDX-License-Identifier: MIT
 * Packed rows against the columns they were packed from. */
#include "model/packed_rows.h"

#include "base/memory.h"
#include "base/random.h"
#include "compare/string_metrics.h"
#include "model/code_bits.h"
#include "table/by_code.h"
#include "table/narrow.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 300, N_COLUMNS = 9 };

static void make_table(struct pd_table *table)
{
    struct pd_random random = pd_random_stream(3, 1);
    *table = (struct pd_table){ .n_records = N_RECORDS };
    for (size_t i = 0; i < N_COLUMNS; i++) {
        static const enum pd_encoding encodings[] = { PD_ENCODING_CODE, PD_ENCODING_DIGITS, PD_ENCODING_SMALL,
                                                      PD_ENCODING_INT32 };
        const enum pd_encoding encoding = encodings[i % 4];
        struct pd_column *column = NULL;
        char name[16];
        (void)snprintf(name, sizeof name, "c%zu", i);
        const enum pd_type type = encoding == PD_ENCODING_SMALL   ? PD_TYPE_BOOL
                                  : encoding == PD_ENCODING_INT32 ? PD_TYPE_INT
                                                                  : PD_TYPE_TEXT;
        cr_assert_eq(pd_table_add(table, pd_text_of(name), type, encoding, &column, NULL), PADAN_OK);
        for (size_t record = 0; record < N_RECORDS; record++) {
            char text[24];
            const uint64_t value = pd_random_below(&random, i < 3 ? 4 : 250);
            if (value == 1) continue;
            (void)snprintf(text, sizeof text, "%llu", (unsigned long long)value);
            if (encoding == PD_ENCODING_SMALL) ((uint8_t *)column->words)[record] = (uint8_t)value;
            if (encoding == PD_ENCODING_INT32) ((int32_t *)column->words)[record] = (int32_t)value - 100;
            if (encoding == PD_ENCODING_DIGITS)
                ((uint64_t *)column->words)[record] = pd_digits_encode(pd_text_of(text));
            if (encoding != PD_ENCODING_CODE) continue;
            cr_assert_eq(pd_dictionary_insert(column->dictionary, pd_text_of(text), pd_hash_text(pd_text_of(text)),
                                              (uint32_t *)column->words + record, NULL),
                         PADAN_OK);
        }
    }
}

static bool add(struct pd_packed_rows *rows, const struct pd_table *table, int column)
{
    bool added = false;
    cr_assert_eq(pd_packed_add(rows, table, column, &added, NULL), PADAN_OK);
    return added;
}

/* Which facts say that the records differ in a field or have no value there. */
static bool told_unequal(const struct pd_packed_rows *rows, const struct pd_packed_field *field, uint32_t a, uint32_t b)
{
    const uint64_t *left = pd_packed_row(rows, a), *right = pd_packed_row(rows, b);
    const uint64_t facts = field->whole ? pd_packed_whole_unequal(left + rows->n_field_words,
                                                                  right + rows->n_field_words, rows->n_whole_words)
                                        : pd_packed_unequal(left[field->word], right[field->word],
                                                            rows->guards[field->word], rows->values[field->word]);
    return (facts & pd_packed_guard(field)) != 0;
}

static void expect_rows_of_columns(const struct pd_packed_rows *rows)
{
    for (size_t i = 0; i < rows->n_fields; i++) {
        const struct pd_packed_field *field = &rows->fields[i];
        const struct pd_column *column = &rows->table->columns[field->column];
        for (uint32_t a = 0; a < N_RECORDS; a++) {
            for (uint32_t b = 0; b < N_RECORDS; b++) {
                const bool unequal = pd_column_is_null(column, a) || pd_column_is_null(column, b) ||
                                     pd_column_word(column, a) != pd_column_word(column, b);
                cr_assert_eq(told_unequal(rows, field, a, b), unequal, "records %u, %u, field %zu", a, b, i);
            }
            if (field->exact && !pd_column_is_null(column, a))
                cr_assert_eq(pd_packed_value(field, pd_packed_row(rows, a)), pd_column_word(column, a));
        }
    }
}

Test(packed_rows, a_guard_is_set_when_values_differ_or_one_is_missing)
{
    for (size_t wide = 0; wide < 2; wide++) {
        struct pd_table table;
        struct pd_packed_rows rows = { 0 };
        make_table(&table);
        for (int i = 0; i < N_COLUMNS; i++) cr_assert(add(&rows, &table, i));
        cr_assert(add(&rows, &table, 0));
        cr_assert_eq(rows.n_fields, N_COLUMNS);
        if (wide) pd_packed_widen(&rows);
        cr_assert_eq(pd_packed_fill(&rows, 2, NULL), PADAN_OK);
        cr_assert_eq(rows.n_whole_words > 0, wide == 1);
        expect_rows_of_columns(&rows);
        pd_packed_reset(&rows);
        pd_table_reset(&table);
    }
}

Test(packed_rows, numbers_far_apart_are_exact_when_they_are_few)
{
    struct pd_table table = { .n_records = N_RECORDS };
    struct pd_packed_rows rows = { 0 };
    struct pd_random random = pd_random_stream(4, 1);
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, PD_TEXT("village"), PD_TYPE_INT, PD_ENCODING_INT, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_RECORDS; i++) {
        const int64_t number = (int64_t)pd_random_below(&random, 20);
        ((int64_t *)column->words)[i] = number == 0 ? PD_NULL_INT : number * 123456789012 - 700000000000;
    }
    cr_assert(add(&rows, &table, 0));
    cr_assert(rows.fields[0].exact);
    cr_assert_eq(rows.fields[0].codes.n, 19);
    cr_assert_eq(pd_packed_fill(&rows, 1, NULL), PADAN_OK);
    expect_rows_of_columns(&rows);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

Test(packed_rows, many_numbers_far_apart_are_exact_where_there_is_room)
{
    enum { N_MANY = (1 << 18) + (1 << 16) };
    for (size_t wide = 0; wide < 2; wide++) {
        struct pd_table table = { .n_records = N_MANY };
        struct pd_packed_rows rows = { 0 };
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(&table, PD_TEXT("number"), PD_TYPE_INT, PD_ENCODING_INT, &column, NULL), PADAN_OK);
        for (size_t i = 0; i < N_MANY; i++)
            ((int64_t *)column->words)[i] = i % 100 == 99 ? PD_NULL_INT : (int64_t)i * 3000000000 - 700;
        cr_assert(add(&rows, &table, 0));
        if (wide) pd_packed_widen(&rows);
        cr_assert_eq(rows.fields[0].exact, wide == 1, "a hash, or the number");
        cr_assert_eq(pd_packed_fill(&rows, 1, NULL), PADAN_OK);
        for (uint32_t i = 0; i < N_MANY; i++) {
            const bool is_null = i % 100 == 99;
            cr_assert_eq(told_unequal(&rows, &rows.fields[0], i, i), is_null, "record %u", i);
            if (wide && !is_null)
                cr_assert_eq(pd_packed_value(&rows.fields[0], pd_packed_row(&rows, i)), pd_column_word(column, i));
        }
        pd_packed_reset(&rows);
        pd_table_reset(&table);
    }
}

Test(packed_rows, what_has_no_room_is_refused_and_the_rest_stays)
{
    struct pd_table table = { .n_records = 1 };
    struct pd_packed_rows rows = { 0 };
    size_t n_fields = 0;
    for (int i = 0; i < 20; i++) {
        struct pd_column *column = NULL;
        char name[16];
        (void)snprintf(name, sizeof name, "c%d", i);
        cr_assert_eq(pd_table_add(&table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
        n_fields += add(&rows, &table, i);
    }
    cr_assert_eq(n_fields, 2 * PD_PACKED_WORDS_MAX);
    cr_assert_eq(rows.n_fields, n_fields);
    bool added = false;
    cr_assert_eq(pd_packed_add_near(&rows, 0, &added, NULL), PADAN_OK);
    cr_assert_not(added);
    pd_packed_widen(&rows);
    cr_assert_eq(rows.n_whole_words, 0);
    cr_assert_eq(pd_packed_fill(&rows, 1, NULL), PADAN_OK);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

static uint64_t whole_word(struct pd_table *table, struct pd_packed_rows *rows, const char *digits)
{
    *(uint64_t *)table->columns[0].words = pd_digits_encode(pd_text_of(digits));
    cr_assert_eq(pd_packed_fill(rows, 1, NULL), PADAN_OK);
    const uint64_t word = rows->words[0];
    cr_assert_eq(pd_packed_value(&rows->fields[0], rows->words), pd_digits_encode(pd_text_of(digits)));
    pd_free(rows->words);
    rows->words = NULL;
    return word;
}

Test(packed_rows, distances_of_16_digits_are_levenshtein_up_to_2)
{
    struct pd_table table = { .n_records = 1 };
    struct pd_packed_rows rows = { 0 };
    struct pd_column *column = NULL;
    struct pd_random random = pd_random_stream(5, 1);
    cr_assert_eq(pd_table_add(&table, PD_TEXT("n"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    cr_assert(add(&rows, &table, 0));
    bool added = false;
    cr_assert_eq(pd_packed_add_near(&rows, 0, &added, NULL), PADAN_OK);
    cr_assert(added);
    cr_assert_eq(whole_word(&table, &rows, "0123456789012345"), UINT64_C(0x0123456789012345));
    cr_assert_eq(whole_word(&table, &rows, "9876543210987654"), UINT64_C(0x9876543210987654));
    cr_assert_not(pd_packed_is_digits(whole_word(&table, &rows, "123456789012345")));
    cr_assert_not(pd_packed_is_digits(whole_word(&table, &rows, "12345678901234567")));
    cr_assert_neq(whole_word(&table, &rows, "0"), whole_word(&table, &rows, "00"));
    for (size_t round = 0; round < 40000; round++) {
        char a[17] = { 0 }, b[17] = { 0 };
        const uint64_t base = round % 2 == 0 ? 2 : 10;
        for (size_t i = 0; i < 16; i++) a[i] = (char)('0' + pd_random_below(&random, base));
        memcpy(b, a, 16);
        for (size_t edits = round % 4; edits > 0; edits--) {
            const size_t from = pd_random_below(&random, 16), to = pd_random_below(&random, 16);
            const char digit = (char)('0' + pd_random_below(&random, base));
            if (pd_random_below(&random, 2) == 0) {
                b[from] = digit;
            } else { /* one digit out, one in */
                memmove(b + from, b + from + 1, 15 - from);
                memmove(b + to + 1, b + to, 15 - to);
                b[to] = digit;
            }
        }
        const size_t expected = pd_levenshtein(pd_text_of(a), pd_text_of(b));
        cr_assert_eq(pd_packed_distance(whole_word(&table, &rows, a), whole_word(&table, &rows, b)),
                     expected > 3 ? 3 : expected, "%s %s", a, b);
    }
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

/* Numbers by code give the rows of the same numbers as they are. */
Test(packed_rows, short_columns_of_numbers_are_told_apart_alike)
{
    struct pd_table table = { .n_records = N_RECORDS };
    struct pd_packed_rows rows = { 0 };
    static const int64_t steps[] = { 1, 1000003 };
    for (size_t c = 0; c < 2; c++) {
        struct pd_column *column = NULL;
        const struct pd_text name = c == 0 ? PD_TEXT("near") : PD_TEXT("far");
        cr_assert_eq(pd_table_add(&table, name, PD_TYPE_INT, PD_ENCODING_INT, &column, NULL), PADAN_OK);
        for (size_t i = 0; i < N_RECORDS; i++)
            if (i % 7 != 0) ((int64_t *)column->words)[i] = INT64_C(9101012001) + (int64_t)(i % 40) * steps[c];
        cr_assert_eq(pd_column_narrow_numbers(column, N_RECORDS, NULL), PADAN_OK);
        cr_assert_eq(column->encoding, PD_ENCODING_NUMBER8);
    }
    for (int c = 0; c < 2; c++) cr_assert(add(&rows, &table, c));
    cr_assert(rows.fields[0].exact && rows.fields[1].exact);
    cr_assert_eq(pd_packed_fill(&rows, 2, NULL), PADAN_OK);
    expect_rows_of_columns(&rows);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

/* Rows that take the room of columns are the rows beside them. */
Test(packed_rows, words_that_are_spent_are_read_before_they_go)
{
    enum { N_MANY = 1300000 };
    struct pd_table table = { .n_records = N_MANY };
    const bool spent[2] = { true, true };
    struct pd_packed_rows rows[2] = { { 0 }, { .spent = spent } };
    struct pd_column *codes = NULL, *numbers = NULL;
    cr_assert_eq(pd_table_add(&table, PD_TEXT("c"), PD_TYPE_TEXT, PD_ENCODING_CODE, &codes, NULL), PADAN_OK);
    codes->dictionary->n_entries = 1000;
    for (size_t i = 0; i < N_MANY; i++) ((uint32_t *)codes->words)[i] = (uint32_t)(i * 7919 % 1001);
    cr_assert_eq(pd_table_add(&table, PD_TEXT("n"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &numbers, NULL), PADAN_OK);
    for (size_t i = 0; i < N_MANY; i++) ((uint64_t *)numbers->words)[i] = UINT64_C(16) << PD_DIGITS_SHIFT | i * 104729;
    for (size_t k = 0; k < 2; k++) {
        for (int c = 0; c < 2; c++) cr_assert(add(&rows[k], &table, c));
        pd_packed_widen(&rows[k]);
        cr_assert_eq(pd_packed_fill(&rows[k], 2, NULL), PADAN_OK);
    }
    cr_assert_eq(rows[0].n_words, rows[1].n_words);
    cr_assert_eq(memcmp(rows[0].words, rows[1].words, N_MANY * rows[0].n_words * sizeof *rows[0].words), 0);
    cr_assert_eq(((const uint64_t *)table.columns[1].words)[N_MANY / 4], 0, "its page was given back");
    cr_assert_neq(((const uint64_t *)table.columns[1].words)[N_MANY - 1], 0);
    for (size_t k = 0; k < 2; k++) pd_packed_reset(&rows[k]);
    pd_table_reset(&table);
}

/* A column of names, some of which are NULL, and n columns that follow from its codes. */
static void make_derived(struct pd_table *table, size_t n)
{
    struct pd_random random = pd_random_stream(5, 1);
    *table = (struct pd_table){ .n_records = N_RECORDS };
    for (size_t i = 0; i < n + 1; i++) {
        struct pd_column *column = NULL;
        char name[32];
        (void)snprintf(name, sizeof name, "c%zu", i);
        cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
        column->dictionary->n_entries = 100;
    }
    for (size_t i = 0; i < N_RECORDS; i++)
        ((uint32_t *)table->columns[0].words)[i] = (uint32_t)pd_random_below(&random, 101);
    for (size_t i = 1; i < n + 1; i++) {
        uint32_t *codes = NULL;
        cr_assert_eq(pd_allocate(&codes, 101, sizeof *codes, NULL), PADAN_OK);
        /* A name may be without what follows from it; the first column always has it. */
        for (size_t code = 1; code < 101; code++) codes[code] = (uint32_t)pd_random_below(&random, 30) + (i == 1);
        if (i == 1) codes[0] = 1;
        pd_column_make_by_code(&table->columns[i], &table->columns[0], codes);
    }
}

/* Eleven columns take two words of a row, so that the bits of some are in another word than those of others. */
Test(packed_rows, what_follows_from_one_column_is_filled_together)
{
    enum { N_DERIVED = 11 };
    struct pd_table table;
    struct pd_packed_rows rows = { 0 };
    struct pd_code_bits bits;
    make_derived(&table, N_DERIVED);
    for (int i = 0; i < N_DERIVED + 1; i++) cr_assert(add(&rows, &table, i));
    cr_assert_eq(pd_packed_fill(&rows, 2, NULL), PADAN_OK);
    expect_rows_of_columns(&rows);
    for (size_t i = 0; i < N_DERIVED + 1; i++) cr_assert_eq(rows.fields[i].nullable, i != 1, "field %zu", i);
    cr_assert_eq(pd_code_bits_make(&rows, 0, 1, &bits, NULL), PADAN_OK);
    cr_assert_eq(bits.fields, (UINT32_C(1) << (N_DERIVED + 1)) - 2);
    cr_assert_eq(bits.n_words, 2);
    cr_assert_eq(bits.n_codes, 101);
    pd_code_bits_reset(&bits);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}

/* One alone is a look into its codes. */
Test(packed_rows, a_single_column_that_follows_is_filled_alone)
{
    struct pd_table table;
    struct pd_packed_rows rows = { 0 };
    struct pd_code_bits bits;
    make_derived(&table, 1);
    for (int i = 0; i < 2; i++) cr_assert(add(&rows, &table, i));
    cr_assert_eq(pd_packed_fill(&rows, 1, NULL), PADAN_OK);
    expect_rows_of_columns(&rows);
    cr_assert_eq(pd_code_bits_make(&rows, 0, 1, &bits, NULL), PADAN_OK);
    cr_assert_eq(bits.fields, 0);
    cr_assert_null(bits.bits);
    pd_packed_reset(&rows);
    pd_table_reset(&table);
}
