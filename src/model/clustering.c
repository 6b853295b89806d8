/* SPDX-License-Identifier: MIT
 * The ways of clustering by name. */
#include "model/model.h"

static const char *const names[] = { "components", "groups", "one_to_one", "pairs", "best_link", "mutual" };

bool pd_clustering_parse(struct pd_text text, enum pd_clustering *clustering)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!pd_text_equal(text, pd_text_of(names[i]))) continue;
        *clustering = (enum pd_clustering)i;
        return true;
    }
    return false;
}

const char *pd_clustering_name(enum pd_clustering clustering)
{
    return names[clustering];
}
