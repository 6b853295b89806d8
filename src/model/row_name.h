/* SPDX-License-Identifier: MIT
 * How people name a row: source:unique_id, or the unique_id alone where only one source has it. */
#ifndef PD_MODEL_ROW_NAME_H
#define PD_MODEL_ROW_NAME_H

#include "base/text.h"

enum pd_name_match { PD_NAME_OTHER, PD_NAME_OF_ID, PD_NAME_WHOLE };

static inline enum pd_name_match pd_row_name_match(struct pd_text name, struct pd_text source, struct pd_text id)
{
    if (pd_text_equal(name, id)) return PD_NAME_OF_ID;
    if (name.length != source.length + 1 + id.length || name.data[source.length] != ':') return PD_NAME_OTHER;
    const bool same =
        pd_text_starts(name, source) && pd_text_equal(pd_text_slice(name, source.length + 1, name.length), id);
    return same ? PD_NAME_WHOLE : PD_NAME_OTHER;
}

/* One name looked for among rows: the best match so far, and how many rows match as well. */
struct pd_name_search {
    struct pd_text name;
    enum pd_name_match best;
    size_t n_found;
};

/* Is this row as good a match as any before it? */
static inline bool pd_name_search_take(struct pd_name_search *search, struct pd_text source, struct pd_text id)
{
    const enum pd_name_match match = pd_row_name_match(search->name, source, id);
    if (match == PD_NAME_OTHER || match < search->best) return false;
    search->n_found = match > search->best ? 1 : search->n_found + 1;
    search->best = match;
    return true;
}

#endif
