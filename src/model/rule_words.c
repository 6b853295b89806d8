/* SPDX-License-Identifier: MIT */
#include "model/rule_words.h"

#include "base/hash.h"
#include "base/memory.h"
#include "model/row_words.h"

enum padan_status pd_rule_words_columns(const struct pd_rule_words *rule, struct pd_deriver *deriver, const char *where,
                                        int **columns, struct padan_error *error)
{
    const struct pd_column_resolver resolver = pd_table_resolver(deriver->table);
    PD_TRY(pd_arena_allocate(&deriver->table->arena, columns, (rule->n_texts + 1) * sizeof **columns, error));
    for (size_t i = 0; i < rule->n_texts; i++) {
        struct pd_expression *text = rule->texts[i];
        PD_TRY(pd_expression_bind(text, &resolver, where, error));
        if (text->type != PD_TYPE_TEXT || !pd_derivable(text))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: padan_words takes words from texts, and %.*s is none", where,
                    PD_TEXT_ARGS(text->text));
        PD_TRY(pd_derive(deriver, text, &(*columns)[i], error));
    }
    return PADAN_OK;
}

/* Codes go up as those of all words do, so they ascend in every record. */
static enum padan_status number_words(const struct pd_row_words *all, uint32_t most_rows,
                                      struct pd_dictionary *dictionary, uint32_t *numbers, struct padan_error *error)
{
    for (uint32_t code = 1; code <= all->words.n_entries; code++) {
        const struct pd_text word = pd_dictionary_text(&all->words, code);
        if (all->n_rows[code] < 2 || all->n_rows[code] > most_rows) continue;
        PD_TRY(pd_dictionary_insert(dictionary, word, pd_hash_text(word), &numbers[code], error));
    }
    return PADAN_OK;
}

static enum padan_status keep_words(const struct pd_row_words *all, size_t n_records, const uint32_t *numbers,
                                    struct pd_word_lists *lists, struct padan_error *error)
{
    size_t n = 0;
    PD_TRY(pd_allocate(&lists->begins, n_records + 1, sizeof *lists->begins, error));
    PD_TRY(pd_allocate_array(&lists->codes, all->n + 1, sizeof *lists->codes, error));
    for (size_t i = 0; i < n_records; i++) {
        for (size_t j = all->begins[i]; j < all->begins[i + 1]; j++)
            if (numbers[all->list[j].code] > 0) lists->codes[n++] = numbers[all->list[j].code];
        if (n >= UINT32_MAX) PD_FAIL(error, PADAN_LIMIT, "rows have more than 2^32 rare words: lower most_rows");
        lists->begins[i + 1] = (uint32_t)n;
    }
    return PADAN_OK;
}

enum padan_status pd_rule_words_find(const struct pd_rule_words *rule, const struct pd_table *table, const int *columns,
                                     struct pd_dictionary *dictionary, struct pd_word_lists *lists,
                                     struct padan_error *error)
{
    struct pd_row_words all;
    uint32_t *numbers = NULL;
    PD_TRY(pd_row_words_make(&all, table, columns, rule->n_texts, error));
    enum padan_status status = pd_allocate(&numbers, (size_t)all.words.n_entries + 1, sizeof *numbers, error);
    if (status == PADAN_OK) status = number_words(&all, rule->most_rows, dictionary, numbers, error);
    if (status == PADAN_OK) status = keep_words(&all, table->n_records, numbers, lists, error);
    pd_free(numbers);
    pd_row_words_reset(&all);
    return status;
}
