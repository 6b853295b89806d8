/* SPDX-License-Identifier: MIT
 * Rows of one run that another run knows under other names. */
#ifndef PD_MODEL_ROW_RENAMES_H
#define PD_MODEL_ROW_RENAMES_H

#include "base/arena.h"
#include "table/dictionary.h"

enum { PD_KEY_SEPARATOR = 0x1F }; /* between source and id in a key */

struct pd_row_renames {
    struct pd_arena arena;
    struct pd_dictionary from; /* keys: source, PD_KEY_SEPARATOR, id */
    struct pd_text *to;        /* [from.n_entries] the key to use instead; a row that the other run does not have, while
                                * its name is another's there, ends in PD_KEY_SEPARATOR */
    size_t capacity;
};

/* A key, or what stands for it. */
static inline struct pd_text pd_row_renamed(const struct pd_row_renames *renames, struct pd_text key, uint64_t hash)
{
    const uint32_t code = pd_dictionary_find(&renames->from, key, hash);
    return code == 0 ? key : renames->to[code - 1];
}

#endif
