/* SPDX-License-Identifier: MIT
 * Link types by their names, which are Splink's. */
#include "model/model.h"

static const char *const names[] = { "dedupe_only", "link_only", "link_and_dedupe" };

bool pd_link_type_parse(struct pd_text text, enum pd_link_type *type)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!pd_text_equal(text, pd_text_of(names[i]))) continue;
        *type = (enum pd_link_type)i;
        return true;
    }
    return false;
}

const char *pd_link_type_name(enum pd_link_type type)
{
    return names[type];
}
