/* SPDX-License-Identifier: MIT
 * Values by the names that models and options give them; link types are Splink's. */
#include "model/model.h"

#define COUNT(names) (sizeof(names) / sizeof *(names))

static const char *const link_types[] = { "dedupe_only", "link_only", "link_and_dedupe" };
static const char *const clusterings[] = { "components", "groups", "one_to_one", "pairs", "best_link", "mutual" };
static const char *const classes[] = { "tidak_padan", "tinjau", "otomatis" };

/* The place of a name, n where it is none of them. */
static size_t find(struct pd_text text, const char *const *names, size_t n)
{
    size_t i = 0;
    while (i < n && !pd_text_equal(text, pd_text_of(names[i]))) i++;
    return i;
}

bool pd_link_type_parse(struct pd_text text, enum pd_link_type *type)
{
    const size_t found = find(text, link_types, COUNT(link_types));
    if (found < COUNT(link_types)) *type = (enum pd_link_type)found;
    return found < COUNT(link_types);
}

const char *pd_link_type_name(enum pd_link_type type)
{
    return link_types[type];
}

bool pd_clustering_parse(struct pd_text text, enum pd_clustering *clustering)
{
    const size_t found = find(text, clusterings, COUNT(clusterings));
    if (found < COUNT(clusterings)) *clustering = (enum pd_clustering)found;
    return found < COUNT(clusterings);
}

const char *pd_clustering_name(enum pd_clustering clustering)
{
    return clusterings[clustering];
}

bool pd_decision_class_parse(struct pd_text text, enum pd_class *class)
{
    const size_t found = find(text, classes, COUNT(classes));
    if (found < COUNT(classes)) *class = (enum pd_class)found;
    return found < COUNT(classes);
}

const char *pd_decision_class_name(enum pd_class class)
{
    return classes[class];
}
