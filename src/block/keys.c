/* SPDX-License-Identifier: MIT */
#include "block/keys.h"

#include "base/hash.h"

static struct pd_text text_of(const struct pd_column *column, uint32_t record, char scratch[24])
{
    return pd_column_text(column, record, scratch);
}

/* Adds one column to the hashes. */
static void hash_column(const struct pd_column *column, bool by_text, size_t begin, size_t n, uint64_t *hashes,
                        bool *missing)
{
    if (column->encoding == PD_ENCODING_CODE && !by_text) {
        const uint32_t *codes = (const uint32_t *)column->words + begin;
        for (size_t i = 0; i < n; i++) {
            missing[i] |= codes[i] == 0;
            hashes[i] = pd_hash_combine(hashes[i], codes[i]);
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        char scratch[24];
        missing[i] |= pd_column_is_null(column, begin + i);
        if (missing[i]) continue;
        const uint64_t word =
            by_text ? pd_hash_text(text_of(column, (uint32_t)(begin + i), scratch)) : pd_column_word(column, begin + i);
        hashes[i] = pd_hash_combine(hashes[i], word);
    }
}

void pd_key_hashes(const struct pd_table *table, const struct pd_pass *pass, bool right_side, size_t begin, size_t n,
                   uint64_t *hashes, bool *missing)
{
    memset(hashes, 0, n * sizeof *hashes);
    memset(missing, 0, n * sizeof *missing);
    for (size_t i = 0; i < pass->n_keys; i++) {
        const struct pd_pass_key *key = &pass->keys[i];
        hash_column(&table->columns[right_side ? key->right : key->left], key->by_text, begin, n, hashes, missing);
    }
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
