/* SPDX-License-Identifier: MIT
 * The words of texts, alone and with up to two that follow, are hashed into a set of bits; codes are looked up there
 * with their signs left out. A code that is found by chance among the bits is one in some thousands. */
#include "auto/model_codes.h"

#include "base/memory.h"
#include "base/words.h"

/* Rows that are looked at, at most; words that a code is parted into in a text. */
enum { ROWS = 20000, PARTS = 3 };
/* A set has so many bits that few are set, for each word that is put into it. */
static const size_t BITS_PER_WORD = 64;
/* Shorter codes are words and sizes. */
static const size_t LEAST_LETTERS = 4;
/* Share of the codes that stand in texts, at least. */
static const double SOME = .1;

struct word_set {
    uint64_t *bits;
    size_t mask; /* of places */
};

static size_t step_of(const struct pd_table *table)
{
    return 1 + table->n_records / ROWS;
}

static bool has_words(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_TEXT || profile->kind == PD_KIND_NAME;
}

/* Codes of letters and digits; digits alone are numbers of anything. */
static bool may_be_models(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_CODE && !profile->identities && profile->digits < .5;
}

static void put(const struct word_set *set, uint64_t hash)
{
    set->bits[(hash & set->mask) >> 6] |= UINT64_C(1) << (hash & 63);
}

static bool has(const struct word_set *set, uint64_t hash)
{
    return set->bits[(hash & set->mask) >> 6] >> (hash & 63) & 1;
}

/* The words of a text, each with those behind it. */
static void put_text(const struct word_set *set, struct pd_text text)
{
    struct pd_word word, next;
    for (size_t place = 0; pd_word_next(text, &place, &word);) {
        size_t behind = place;
        put(set, word.hash);
        for (int i = 1; i < PARTS && pd_word_next(text, &behind, &next); i++) {
            word = pd_word_together(&word, &next, text);
            put(set, word.hash);
        }
    }
}

/* A code as one word, its signs left out. */
static struct pd_word whole_word(struct pd_text text)
{
    struct pd_word word, next;
    size_t place = 0;
    if (!pd_word_next(text, &place, &word)) return word;
    while (pd_word_next(text, &place, &next)) word = pd_word_together(&word, &next, text);
    return word;
}

/* Words that the texts of a profile have, about, in the rows looked at. */
static double words_of(const struct pd_table *table, const struct pd_profile *profile)
{
    return has_words(profile) ? profile->fill * profile->mean_words * (double)(table->n_records / step_of(table)) : 0;
}

static enum padan_status make_set(const struct pd_table *table, const struct pd_profiles *profiles,
                                  struct word_set *set, struct padan_error *error)
{
    double n_words = 1;
    size_t n_bits = 64;
    for (size_t i = 0; i < profiles->n_columns; i++) n_words += words_of(table, &profiles->columns[i]);
    while (n_bits < BITS_PER_WORD * (size_t)(PARTS * n_words)) n_bits *= 2;
    set->mask = n_bits - 1;
    PD_TRY(pd_allocate(&set->bits, n_bits / 64, sizeof *set->bits, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (!has_words(profile)) continue;
        const struct pd_column *column = &table->columns[profile->column];
        for (size_t record = 0; record < table->n_records; record += step_of(table)) {
            char scratch[24];
            if (!pd_column_is_null(column, record)) put_text(set, pd_column_text(column, record, scratch));
        }
    }
    return PADAN_OK;
}

static double share_in_texts(const struct pd_table *table, const struct pd_profile *profile, const struct word_set *set)
{
    const struct pd_column *column = &table->columns[profile->column];
    size_t n = 0, found = 0;
    for (size_t record = 0; record < table->n_records; record += step_of(table)) {
        char scratch[24];
        if (pd_column_is_null(column, record)) continue;
        const struct pd_word word = whole_word(pd_column_text(column, record, scratch));
        n++;
        found += word.length >= LEAST_LETTERS && has(set, word.hash);
    }
    return n == 0 ? 0 : (double)found / (double)n;
}

enum padan_status pd_auto_find_model_codes(const struct pd_table *table, struct pd_profiles *profiles,
                                           struct padan_error *error)
{
    struct word_set set = { 0 };
    bool any = false;
    for (size_t i = 0; i < profiles->n_columns; i++) any = any || may_be_models(&profiles->columns[i]);
    if (!any) return PADAN_OK;
    PD_TRY(make_set(table, profiles, &set, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        struct pd_profile *profile = &profiles->columns[i];
        profile->of_models = may_be_models(profile) && share_in_texts(table, profile, &set) >= SOME;
    }
    pd_free(set.bits);
    return PADAN_OK;
}
