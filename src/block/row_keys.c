/* SPDX-License-Identifier: MIT */
#include "block/row_keys.h"

#include "base/hash.h"
#include "base/prefetch.h"

enum { ROWS_AHEAD = 16 };

/* Adds a field to those of its word. */
static void add_field(const struct pd_packed_field *field, struct pd_row_key *key)
{
    size_t i = 0;
    while (i < key->n_words && key->words[i].place != field->place) i++;
    if (i == key->n_words) {
        key->words[i].place = field->place;
        key->words[i].values = key->words[i].guards = 0;
        key->n_words++;
    }
    if (field->whole) {
        key->words[i].values = UINT64_MAX;
        return;
    }
    key->words[i].values |= ((UINT64_C(1) << field->width) - 1) << field->shift;
    key->words[i].guards |= pd_packed_guard(field);
}

bool pd_row_key_make(const struct pd_packed_rows *rows, const struct pd_pass *pass, struct pd_row_key *key)
{
    key->n_words = 0;
    if (!pass->symmetric || pass->exploded != NULL || pass->n_keys == 0) return false;
    for (size_t i = 0; i < pass->n_keys; i++) {
        const int index = pd_packed_find(rows, pass->keys[i].left);
        if (index < 0 || !rows->fields[index].exact) return false;
        add_field(&rows->fields[index], key);
    }
    return true;
}

bool pd_pass_is_in_rows(const struct pd_pass *pass, const struct pd_packed_rows *rows)
{
    struct pd_row_key key;
    return pd_row_key_make(rows, pass, &key);
}

/* Keys of n_words words, a number the compiler knows, of rows side by side, or at offsets. */
static inline __attribute__((always_inline)) void hash_rows(const struct pd_row_key *key, size_t n_words,
                                                            const uint64_t *rows, size_t width, const uint16_t *offsets,
                                                            size_t n, uint64_t *hashes, bool *missing)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t *row = rows + (offsets == NULL ? i : offsets[i]) * width;
        uint64_t hash = 0, nulls = 0;
        if (offsets != NULL && i + ROWS_AHEAD < n) pd_prefetch(rows + offsets[i + ROWS_AHEAD] * width);
        for (size_t j = 0; j < n_words; j++) {
            const uint64_t word = row[key->words[j].place], guards = key->words[j].guards;
            nulls |= (word & guards) | (uint64_t)((guards == 0) & (word == PD_PACKED_NULL));
            hash = pd_hash_combine(hash, word & key->words[j].values);
        }
        hashes[i] = hash;
        missing[i] = nulls != 0;
    }
}

static inline __attribute__((always_inline)) void hash_records(const struct pd_packed_rows *rows,
                                                               const struct pd_row_key *key, size_t begin,
                                                               const uint16_t *offsets, size_t n, uint64_t *hashes,
                                                               bool *missing)
{
    const struct pd_row_key known = *key; /* nothing that is written can be a part of it */
    const size_t width = rows->n_words;
    const uint64_t *row = rows->words + begin * width;
    switch (known.n_words) {
    case 1: hash_rows(&known, 1, row, width, offsets, n, hashes, missing); break;
    case 2: hash_rows(&known, 2, row, width, offsets, n, hashes, missing); break;
    case 3: hash_rows(&known, 3, row, width, offsets, n, hashes, missing); break;
    default: hash_rows(&known, known.n_words, row, width, offsets, n, hashes, missing); break;
    }
}

void pd_row_key_hashes(const struct pd_packed_rows *rows, const struct pd_row_key *key, size_t begin, size_t n,
                       uint64_t *hashes, bool *missing)
{
    hash_records(rows, key, begin, NULL, n, hashes, missing);
}

void pd_row_key_hashes_of(const struct pd_packed_rows *rows, const struct pd_row_key *key, size_t begin,
                          const uint16_t *offsets, size_t n, uint64_t *hashes, bool *missing)
{
    hash_records(rows, key, begin, offsets, n, hashes, missing);
}
