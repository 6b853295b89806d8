/* SPDX-License-Identifier: MIT
 * Tables of long texts get a rule over rare words, which finds what keys of whole and cut values do not. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "auto/rules.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "linking/linker.h"

enum { N_ROWS = 3000, N_RARE = 2000, TEXT_BYTES = 160 };

static void append_word(char *text, size_t *length, const char *kind, uint64_t number)
{
    *length += (size_t)snprintf(text + *length, TEXT_BYTES - *length, "%s%s%llu", *length == 0 ? "" : " ", kind,
                                (unsigned long long)number);
}

/* n_words: common ones and, last, one that few rows have. */
static void make_table(struct pd_table *table, size_t n_words)
{
    struct pd_random random = pd_random_stream(5, 1);
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = N_ROWS, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N_ROWS, sizeof *table->source_of, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("s"), .begin = 0, .end = N_ROWS };
    cr_assert_eq(pd_table_add(table, PD_TEXT("word"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N_ROWS; i++) {
        char text[TEXT_BYTES];
        size_t length = 0;
        for (size_t j = 1; j < n_words; j++) append_word(text, &length, "umum", pd_random_below(&random, 12));
        append_word(text, &length, "langka", pd_random_below(&random, N_RARE));
        const struct pd_text whole = { text, length };
        cr_assert_eq(
            pd_dictionary_insert(column->dictionary, whole, pd_hash_text(whole), (uint32_t *)column->words + i, NULL),
            PADAN_OK);
    }
}

/* What the rules look like for such a table, as JSON in out; and the numbers of the rule over rare words. */
static bool choose(size_t n_words, struct pd_buffer *out, struct pd_auto_rules *rules)
{
    struct pd_table table;
    struct pd_arena arena = { 0 };
    struct pd_profiles profiles = { 0 };
    make_table(&table, n_words);
    struct pd_auto_data data = { .table = &table, .functions = pd_linker_functions(), .inside = true, .threads = 1 };
    cr_assert_eq(pd_counted_rows_make(&table, &data.counted, NULL), PADAN_OK);
    cr_assert_eq(pd_profile_table(&table, &arena, &profiles, NULL), PADAN_OK);
    cr_assert_eq(pd_auto_rules_choose(&data, &profiles, &arena, rules, NULL), PADAN_OK);
    pd_auto_rules_print(rules, rules->n, out);
    const bool has_words = rules->words != NULL;
    if (has_words) cr_assert_leq(rules->words->pairs, rules->budget / 4);
    pd_counted_rows_reset(&data.counted);
    pd_arena_reset(&arena);
    pd_table_reset(&table);
    return has_words;
}

Test(auto_rare_words, long_texts_meet_by_words_that_few_rows_have)
{
    struct pd_buffer out = { 0 };
    struct pd_auto_rules rules;
    cr_assert(choose(8, &out, &rules));
    pd_append_byte(&out, '\0');
    /* The column has the name of a word already; common words stand in hundreds of rows. */
    cr_assert(strstr(out.data, "\"l.\\\"word_\\\" = r.\\\"word_\\\"\", \"padan_words\": {\"name\": \"word_\"") != NULL,
              "%s", out.data);
    cr_assert(strstr(out.data, "\"texts\": [\"\\\"word\\\"\"]") != NULL, "%s", out.data);
    cr_assert_lt(rules.most_rows, 100);
    pd_buffer_reset(&out);
}

Test(auto_rare_words, short_texts_do_not)
{
    struct pd_buffer out = { 0 };
    struct pd_auto_rules rules;
    cr_assert_not(choose(3, &out, &rules));
    pd_buffer_reset(&out);
}
