/* SPDX-License-Identifier: MIT */
#include "block/keys.h"

#include "base/hash.h"

static struct pd_text text_of(const struct pd_column *column, uint32_t record, char scratch[24])
{
    return pd_column_text(column, record, scratch);
}

/* Adds one column to the hashes: its words, read the way the compiler knows. What a missing key hashes to is of no
 * importance. */
static inline __attribute__((always_inline)) void hash_words(const struct pd_column *column, enum pd_encoding encoding,
                                                             size_t begin, size_t n, uint64_t *hashes, bool *missing)
{
    const struct pd_column known = { .encoding = encoding,
                                     .words = column->words,
                                     .numbers = column->numbers,
                                     .exceptions = column->exceptions,
                                     .codes = column->codes };
    for (size_t i = 0; i < n; i++) {
        missing[i] |= pd_column_is_null(&known, begin + i);
        hashes[i] = pd_hash_combine(hashes[i], pd_column_word(&known, begin + i));
    }
}

static void hash_texts(const struct pd_column *column, size_t begin, size_t n, uint64_t *hashes, bool *missing)
{
    for (size_t i = 0; i < n; i++) {
        char scratch[24];
        missing[i] |= pd_column_is_null(column, begin + i);
        if (missing[i]) continue;
        hashes[i] = pd_hash_combine(hashes[i], pd_hash_text(text_of(column, (uint32_t)(begin + i), scratch)));
    }
}

static void hash_column(const struct pd_column *column, size_t begin, size_t n, uint64_t *hashes, bool *missing)
{
    switch (column->encoding) {
    case PD_ENCODING_CODE: hash_words(column, PD_ENCODING_CODE, begin, n, hashes, missing); break;
    case PD_ENCODING_CODE8: hash_words(column, PD_ENCODING_CODE8, begin, n, hashes, missing); break;
    case PD_ENCODING_CODE16: hash_words(column, PD_ENCODING_CODE16, begin, n, hashes, missing); break;
    case PD_ENCODING_BY_CODE: hash_words(column, PD_ENCODING_BY_CODE, begin, n, hashes, missing); break;
    case PD_ENCODING_BY_CODE8: hash_words(column, PD_ENCODING_BY_CODE8, begin, n, hashes, missing); break;
    case PD_ENCODING_BY_CODE16: hash_words(column, PD_ENCODING_BY_CODE16, begin, n, hashes, missing); break;
    case PD_ENCODING_DIGITS: hash_words(column, PD_ENCODING_DIGITS, begin, n, hashes, missing); break;
    case PD_ENCODING_LIKE: hash_words(column, PD_ENCODING_LIKE, begin, n, hashes, missing); break;
    case PD_ENCODING_INT: hash_words(column, PD_ENCODING_INT, begin, n, hashes, missing); break;
    case PD_ENCODING_INT32: hash_words(column, PD_ENCODING_INT32, begin, n, hashes, missing); break;
    case PD_ENCODING_NUMBER8: hash_words(column, PD_ENCODING_NUMBER8, begin, n, hashes, missing); break;
    case PD_ENCODING_NUMBER16: hash_words(column, PD_ENCODING_NUMBER16, begin, n, hashes, missing); break;
    case PD_ENCODING_NUMBER32: hash_words(column, PD_ENCODING_NUMBER32, begin, n, hashes, missing); break;
    case PD_ENCODING_DOUBLE: hash_words(column, PD_ENCODING_DOUBLE, begin, n, hashes, missing); break;
    case PD_ENCODING_SMALL: hash_words(column, PD_ENCODING_SMALL, begin, n, hashes, missing); break;
    }
}

void pd_key_hashes(const struct pd_table *table, const struct pd_pass *pass, bool right_side, size_t begin, size_t n,
                   uint64_t *hashes, bool *missing)
{
    memset(hashes, 0, n * sizeof *hashes);
    memset(missing, 0, n * sizeof *missing);
    for (size_t i = 0; i < pass->n_keys; i++) {
        const struct pd_pass_key *key = &pass->keys[i];
        const struct pd_column *column = &table->columns[right_side ? key->right : key->left];
        if (key->by_text)
            hash_texts(column, begin, n, hashes, missing);
        else
            hash_column(column, begin, n, hashes, missing);
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

void pd_key_prefetch(const struct pd_table *table, const struct pd_pass *pass, uint32_t record)
{
    for (size_t i = 0; i < pass->n_keys; i++) pd_column_prefetch(&table->columns[pass->keys[i].left], record);
}

bool pd_refine_equal(const struct pd_table *table, const struct pd_pass *pass, size_t n, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < n; i++) {
        const struct pd_column *column = &table->columns[pass->refine[i]];
        if (pd_column_word(column, left) != pd_column_word(column, right)) return false;
    }
    return true;
}
