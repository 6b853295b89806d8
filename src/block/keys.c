/* SPDX-License-Identifier: MIT */
#include "block/keys.h"

#include "base/hash.h"

static struct pd_text text_of(const struct pd_column *column, uint32_t record, char scratch[24])
{
    return pd_column_text(column, record, scratch);
}

bool pd_key_hash(const struct pd_table *table, const struct pd_pass *pass, bool right_side, uint32_t record,
                 uint64_t *hash)
{
    uint64_t combined = 0;
    for (size_t i = 0; i < pass->n_keys; i++) {
        const struct pd_pass_key *key = &pass->keys[i];
        const struct pd_column *column = &table->columns[right_side ? key->right : key->left];
        if (pd_column_is_null(column, record)) return false;
        char scratch[24];
        const uint64_t word =
            key->by_text ? pd_hash_text(text_of(column, record, scratch)) : pd_column_word(column, record);
        combined = pd_hash_combine(combined, word);
    }
    *hash = combined;
    return true;
}

bool pd_key_equal(const struct pd_table *table, const struct pd_pass *pass, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < pass->n_keys; i++) {
        const struct pd_pass_key *key = &pass->keys[i];
        const struct pd_column *a = &table->columns[key->left];
        const struct pd_column *b = &table->columns[key->right];
        char scratch_a[24];
        char scratch_b[24];
        if (key->by_text ? !pd_text_equal(text_of(a, left, scratch_a), text_of(b, right, scratch_b))
                         : pd_column_word(a, left) != pd_column_word(b, right))
            return false;
    }
    return true;
}

bool pd_refine_equal(const struct pd_table *table, const struct pd_pass *pass, size_t n, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < n; i++) {
        const struct pd_column *column = &table->columns[pass->refine[i]];
        if (pd_column_word(column, left) != pd_column_word(column, right)) return false;
    }
    return true;
}
