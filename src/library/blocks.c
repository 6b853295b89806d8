/* SPDX-License-Identifier: MIT
 * Keys of blocks, and the pairs of blocks that a caller brought together. */
#include "base/memory.h"
#include "base/radix.h"
#include "block/portable.h"
#include "engine/at_hand.h"
#include "library/call.h"
#include "library/words.h"

struct padan_keys {
    struct pd_block_keys found;
};

/* A list of keys that is the library's: ascending, each once. */
struct own_list {
    uint64_t *keys, *scratch;
    struct pd_key_list list;
};

enum { KEYS_MOST = 1u << 31 };

static enum padan_status own(const uint64_t *keys, uint64_t n, struct own_list *own, struct padan_error *error)
{
    size_t n_kept = 0;
    if (n > KEYS_MOST) PD_FAIL(error, PADAN_LIMIT, "a call takes 2^31 keys at most: share the blocks out");
    PD_TRY(pd_allocate_array(&own->keys, n, sizeof *own->keys, error));
    PD_TRY(pd_allocate_array(&own->scratch, n, sizeof *own->scratch, error));
    if (n > 0) memcpy(own->scratch, keys, n * sizeof *keys);
    pd_radix_sort_words_into(own->scratch, own->keys, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || own->keys[i] != own->keys[i - 1]) own->keys[n_kept++] = own->keys[i];
    own->list = (struct pd_key_list){ own->keys, n_kept };
    return PADAN_OK;
}

static void disown(struct own_list *own)
{
    pd_free(own->keys);
    pd_free(own->scratch);
}

/* --- keys --- */

static enum padan_status find_keys(struct padan_table *table, const struct padan_options *options,
                                   const struct pd_key_list *cut, struct padan_keys *keys, struct padan_error *error)
{
    struct pd_library_call call;
    enum padan_status status = pd_library_call_begin(&call, table, options, error);
    call.engine.part_of_rows = true;
    call.engine.link_type = NULL; /* keys are the same under all of them */
    call.engine.clustering = NULL;
    if (status == PADAN_OK) status = pd_engine_key_table(&call.engine, &call.rows, cut, &keys->found, error);
    pd_library_call_end(&call);
    return status;
}

enum padan_status padan_keys_find(struct padan_table *table, const struct padan_options *options, const uint64_t *cut,
                                  uint64_t n_cut, struct padan_keys **keys, struct padan_error *error)
{
    struct padan_keys *made = NULL;
    struct own_list of_cut = { .keys = NULL };
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    enum padan_status status = own(cut, n_cut, &of_cut, error);
    if (status == PADAN_OK) status = find_keys(table, options, &of_cut.list, made, error);
    disown(&of_cut);
    if (status == PADAN_OK)
        *keys = made;
    else
        padan_keys_free(made);
    return pd_library_told(status, error);
}

void padan_keys_list(const struct padan_keys *keys, struct padan_key_list *list)
{
    const struct pd_block_keys *found = &keys->found;
    *list = (struct padan_key_list){ .n_keys = found->n,
                                     .key = found->keys,
                                     .row = found->rows,
                                     .match_key = found->passes,
                                     .n_rules = found->n_passes,
                                     .rules = found->rules,
                                     .max_pairs = found->max_pairs };
}

void padan_keys_free(struct padan_keys *keys)
{
    if (keys == NULL) return;
    pd_block_keys_reset(&keys->found);
    pd_free(keys);
}

/* --- pairs --- */

enum padan_status padan_link_blocks(struct padan_table *table, const struct padan_options *options,
                                    const struct padan_blocks *blocks, struct padan_result **result,
                                    struct padan_error *error)
{
    struct own_list wanted = { .keys = NULL }, cut = { .keys = NULL };
    if (options != NULL && options->size == sizeof *options && options->clustering != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "blocks are not clustered: leave clustering out, and give the pairs of all "
                "blocks to padan_cluster");
    enum padan_status status = own(blocks->keys, blocks->n_keys, &wanted, error);
    if (status == PADAN_OK) status = own(blocks->cut, blocks->n_cut, &cut, error);
    if (status == PADAN_OK) {
        const struct pd_portable_blocks portable = { wanted.list, cut.list, 0 };
        status = pd_library_link(table, options, &portable, result, error);
    }
    disown(&wanted);
    disown(&cut);
    return status;
}
