/* SPDX-License-Identifier: MIT */
#include "report/period_fields.h"

#include "table/narrow.h"

#include <criterion/criterion.h>

enum { N = 240, MULAI = 0, SELESAI = 1 };

static void make_table(struct pd_table *table, int32_t n_days)
{
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N };
    for (int c = 0; c < 2; c++) {
        cr_assert_eq(pd_table_add(table, pd_text_of(c == MULAI ? "mulai" : "selesai"), PD_TYPE_DATE, PD_ENCODING_INT,
                                  &column, NULL),
                     PADAN_OK);
        for (int64_t i = 0; i < N; i++)
            ((int64_t *)column->words)[i] = i % 11 == 0 ? PD_NULL_INT : 20600 + (c == MULAI ? i : 7 * i) % n_days;
    }
}

static int64_t day_of(const struct pd_table *table, int column, uint32_t record)
{
    const int64_t day = pd_column_integer(&table->columns[column], record);
    return day == PD_NULL_INT ? PD_DATE_NONE : day;
}

Test(period_fields, a_row_has_the_words_of_its_days)
{
    struct pd_table table;
    struct pd_arena arena = { 0 };
    struct pd_period_fields fields;
    make_table(&table, 40);
    cr_assert_eq(pd_period_fields_make(&fields, &table, MULAI, SELESAI, &arena, NULL), PADAN_OK);
    cr_expect_null(pd_period_field_of(&fields, 1), "days that are no codes");
    for (size_t c = 0; c < 2; c++) cr_assert_eq(pd_column_narrow_numbers(&table.columns[c], N, NULL), PADAN_OK);
    cr_assert_eq(pd_period_fields_make(&fields, &table, MULAI, -1, &arena, NULL), PADAN_OK);
    cr_expect_null(pd_period_field_of(&fields, 1), "no last days");
    cr_assert_eq(pd_period_fields_make(&fields, &table, MULAI, SELESAI, &arena, NULL), PADAN_OK);
    for (uint32_t i = 0; i < N; i++) {
        const struct pd_period_field *field = pd_period_field_of(&fields, i);
        char expected[PD_NUMBER_ROOM];
        cr_assert_not_null(field);
        cr_assert(field->period.begin == day_of(&table, MULAI, i) && field->period.end == day_of(&table, SELESAI, i));
        const size_t length = (size_t)(pd_period_put(expected, field->period) - expected);
        cr_assert(field->length == length && memcmp(field->text, expected, length) == 0, "%u", i);
    }
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}

Test(period_fields, too_many_days_have_none)
{
    struct pd_table table;
    struct pd_arena arena = { 0 };
    struct pd_period_fields fields;
    make_table(&table, 200);
    for (size_t c = 0; c < 2; c++) cr_assert_eq(pd_column_narrow_numbers(&table.columns[c], N, NULL), PADAN_OK);
    cr_assert_eq(pd_period_fields_make(&fields, &table, MULAI, SELESAI, &arena, NULL), PADAN_OK);
    cr_expect_null(pd_period_field_of(&fields, 1));
    pd_arena_reset(&arena);
    pd_table_reset(&table);
}
