/* SPDX-License-Identifier: MIT */
#include "auto/word_order.h"
#include "auto/kind.h"

#include "base/words.h"

enum { WORDS_MAX = 32 };

/* Pairs whose words are the same but not their order, of pairs with the same words: less is chance, or a slip. */
static const double OTHER_ORDER = .1;
static const double LEAST_PAIRS = 3;
/* Full names have two words or more. */
static const double SEVERAL_WORDS = 1.5;

struct words_of_row {
    const struct pd_table *table;
    const struct pd_column *column;
    bool sorted;
};

static size_t hash_words(struct pd_text text, uint64_t hashes[WORDS_MAX])
{
    struct pd_word word;
    size_t n = 0, place = 0;
    while (n < WORDS_MAX && pd_word_next(text, &place, &word)) hashes[n++] = word.hash;
    return n;
}

static bool hash_row(const void *context, size_t record, uint64_t *hash)
{
    const struct words_of_row *row = context;
    uint64_t hashes[WORDS_MAX];
    char scratch[24];
    if (pd_column_is_null(row->column, record)) return false;
    const size_t n = hash_words(pd_column_text(row->column, record, scratch), hashes);
    for (size_t i = 1; row->sorted && i < n; i++)
        for (size_t j = i; j > 0 && hashes[j] < hashes[j - 1]; j--) {
            const uint64_t before = hashes[j - 1];
            hashes[j - 1] = hashes[j];
            hashes[j] = before;
        }
    *hash = 1;
    for (size_t i = 0; i < n; i++) *hash = pd_hash_combine(*hash, hashes[i]);
    return n > 0;
}

enum padan_status pd_auto_look_at_order(const struct pd_auto_data *data, struct pd_profile *profile, double *share,
                                        struct padan_error *error)
{
    struct words_of_row row = { data->table, &data->table->columns[profile->column], false };
    double in_order = 0, in_any = 0;
    *share = 0;
    if (!pd_kind_of_words(profile) || profile->mean_words < SEVERAL_WORDS) return PADAN_OK;
    PD_TRY(pd_auto_hashed_pairs(data, hash_row, &row, &in_order, error));
    row.sorted = true;
    PD_TRY(pd_auto_hashed_pairs(data, hash_row, &row, &in_any, error));
    if (in_any - in_order < LEAST_PAIRS) return PADAN_OK;
    *share = (in_any - in_order) / in_any;
    profile->any_order = *share > OTHER_ORDER;
    return PADAN_OK;
}
