/* SPDX-License-Identifier: MIT
 * Codes that stand in texts of rows are numbers of models; postal codes, and digits alone, are not. */
#include "auto/model_codes.h"
#include "two_sources.h"

#include <stdio.h>

enum { ROWS = 200 };

static struct pd_profile profile_of(const struct pd_table *table, const char *name, enum pd_kind kind, double digits)
{
    return (struct pd_profile){ .column = pd_table_find(table, pd_text_of(name)),
                                .name = pd_text_of(name),
                                .kind = kind,
                                .fill = .5,
                                .mean_words = 5,
                                .digits = digits };
}

static void put(struct pd_table *table, const char *name, size_t record, const char *text)
{
    cr_assert_eq(pd_column_put(column_of(table, name), record, pd_text_of(text), NULL), PADAN_OK);
}

/* The first source has models and postal codes, the second has one model in five in its titles; numbers are in both. */
static void make(struct pd_table *table)
{
    make_two_sources(table, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        char text[64];
        const int good = (int)(i % (ROWS / 2));
        snprintf(text, sizeof text, "kettle with %s-%d in a box", good % 5 == 0 ? "KX-TG" : "lid", good);
        put(table, "title", i, i < ROWS / 2 ? "kettle" : text);
        if (i >= ROWS / 2) continue;
        snprintf(text, sizeof text, "KXTG%d", good);
        put(table, "model", i, text);
        snprintf(text, sizeof text, "AB%d 9%cZ", good, 'A' + good % 26);
        put(table, "postcode", i, text);
        snprintf(text, sizeof text, "%d", 1000 + good);
        put(table, "number", i, text);
    }
}

Test(model_codes, are_codes_of_letters_and_digits_that_stand_in_texts)
{
    struct pd_table table;
    make(&table);
    struct pd_profile list[] = { profile_of(&table, "title", PD_KIND_TEXT, 0),
                                 profile_of(&table, "model", PD_KIND_CODE, 0),
                                 profile_of(&table, "postcode", PD_KIND_CODE, 0),
                                 profile_of(&table, "number", PD_KIND_CODE, 1) };
    struct pd_profiles profiles = { .columns = list, .n_columns = 4 };
    cr_assert_eq(pd_auto_find_model_codes(&table, &profiles, NULL), PADAN_OK);
    cr_expect(list[1].of_models);
    cr_expect_not(list[0].of_models || list[2].of_models || list[3].of_models);
    pd_table_reset(&table);
}
