/* SPDX-License-Identifier: MIT
 * A column that is told by another one against the same column with words of its own. */
#include "table/like.h"

#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_RECORDS = 1000, N_COLUMNS = 3 };

static uint64_t word_of_text(const struct pd_column *column, struct pd_text text)
{
    uint32_t code = 0;
    const uint64_t digits = pd_digits_encode(text);
    if (digits != 0) return digits;
    cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    return (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
}

/* Column 0 is the cleaned one; 1 and 2 are as written: every step-th record is empty, or has an apostrophe. */
static void make_table(struct pd_table *table, size_t step)
{
    static const char *const names[N_COLUMNS] = { "no_kk", "written", "asli_no_kk" };
    *table = (struct pd_table){ .n_records = N_RECORDS };
    for (size_t c = 0; c < N_COLUMNS; c++) {
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(names[c]), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL),
                     PADAN_OK);
        for (size_t i = 0; i < N_RECORDS; i++) {
            char text[32];
            const bool odd = c > 0 && i % step == 0;
            (void)snprintf(text, sizeof text, "%s331005520782%04zu", odd ? "'" : "", i);
            if ((c == 0 && i % 50 == 7) || (odd && i % (2 * step) == 0)) continue;
            ((uint64_t *)column->words)[i] = word_of_text(column, pd_text_of(text));
        }
    }
}

Test(like, words_texts_and_gaps_are_those_of_the_column_itself)
{
    static const struct {
        size_t step;
        enum pd_encoding encoding;
    } cases[] = { { 40, PD_ENCODING_LIKE }, { N_RECORDS - 1, PD_ENCODING_LIKE }, { 3, PD_ENCODING_DIGITS } };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct pd_table table;
        struct pd_value items[PD_LIST_MAX];
        char scratch[3][24];
        make_table(&table, cases[k].step);
        struct pd_column *own = &table.columns[1], *like = &table.columns[2];
        cr_assert_eq(pd_column_make_like(like, &table.columns[0], N_RECORDS, NULL), PADAN_OK);
        cr_assert_eq(like->encoding, cases[k].encoding, "step %zu", cases[k].step);
        for (size_t i = 0; i < N_RECORDS; i++) {
            const struct pd_text text = pd_column_text(own, i, scratch[0]);
            cr_assert_eq(pd_column_word(own, i), pd_column_word(like, i), "record %zu", i);
            cr_assert_eq(pd_column_is_null(own, i), pd_column_is_null(like, i), "record %zu", i);
            cr_assert(pd_text_equal(text, pd_column_text(like, i, scratch[1])), "record %zu", i);
            const struct pd_value value = pd_column_value(like, i, scratch[2], items);
            cr_assert(value.null ? text.data == NULL : pd_text_equal(value.text, text), "record %zu", i);
        }
        pd_table_drop(&table, 2);
        pd_table_reset(&table);
    }
}
