/* SPDX-License-Identifier: MIT */
#include "block/portable.h"

#include "base/hash.h"

/* Texts by their bytes: a code is its table's own. */
static uint64_t hash_value(const struct pd_column *column, size_t record)
{
    char scratch[24];
    if (pd_encoding_is_code(column->encoding) || pd_encoding_is_digits(column->encoding))
        return pd_hash_text(pd_column_text(column, record, scratch));
    return pd_column_word(column, record);
}

size_t pd_key_list_find(const struct pd_key_list *list, uint64_t key)
{
    size_t begin = 0, end = list->n;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (list->keys[middle] < key)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < list->n && list->keys[begin] == key ? begin : list->n;
}

struct pd_portable_key pd_portable_key(const struct pd_table *table, const struct pd_pass *pass, size_t number,
                                       bool right_side, const struct pd_key_list *cut, size_t record)
{
    struct pd_portable_key key = { pd_mix64(number + 1), 0 };
    for (size_t i = 0; i < pass->n_keys; i++) {
        const struct pd_column *column = &table->columns[right_side ? pass->keys[i].right : pass->keys[i].left];
        if (pd_column_is_null(column, record)) return (struct pd_portable_key){ 0, PD_KEY_ABSENT };
        key.hash = pd_hash_combine(key.hash, hash_value(column, record));
    }
    for (; pd_key_list_find(cut, key.hash) < cut->n; key.level++) {
        if (key.level == pass->n_refine) return (struct pd_portable_key){ 0, PD_KEY_DROPPED };
        const struct pd_column *column = &table->columns[pass->refine[key.level]];
        if (pd_column_is_null(column, record)) return (struct pd_portable_key){ 0, PD_KEY_DROPPED };
        key.hash = pd_hash_combine(key.hash, hash_value(column, record));
    }
    return key;
}
