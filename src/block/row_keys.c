/* SPDX-License-Identifier: MIT */
#include "block/row_keys.h"

#include "base/hash.h"

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

void pd_row_key_hashes(const struct pd_packed_rows *rows, const struct pd_row_key *key, size_t begin, size_t n,
                       uint64_t *hashes, bool *missing)
{
    memset(hashes, 0, n * sizeof *hashes);
    memset(missing, 0, n * sizeof *missing);
    for (size_t i = 0; i < key->n_words; i++) {
        const uint64_t values = key->words[i].values, guards = key->words[i].guards;
        const uint64_t *word = rows->words + begin * rows->n_words + key->words[i].place;
        for (size_t j = 0; j < n; j++, word += rows->n_words) {
            missing[j] |= guards == 0 ? *word == PD_PACKED_NULL : (*word & guards) != 0;
            hashes[j] = pd_hash_combine(hashes[j], *word & values);
        }
    }
}
