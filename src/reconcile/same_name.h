/* SPDX-License-Identifier: MIT */
#ifndef PD_RECONCILE_SAME_NAME_H
#define PD_RECONCILE_SAME_NAME_H

#include "indonesia/name.h"
#include "table/table.h"

/* Whether two rows have one name, an alias aside: who was written SUPARMAN ALIAS MAMAN once is SUPARMAN still. */
static inline bool pd_same_name(const struct pd_column *names, uint32_t a, uint32_t b)
{
    char scratch_a[24], scratch_b[24];
    struct pd_text alias_a, alias_b;
    if (pd_column_word(names, a) == pd_column_word(names, b)) return true;
    if (pd_column_is_null(names, a) || pd_column_is_null(names, b)) return false;
    const struct pd_text left = pd_name_without_alias(pd_column_text(names, a, scratch_a), &alias_a);
    const struct pd_text right = pd_name_without_alias(pd_column_text(names, b, scratch_b), &alias_b);
    return pd_text_equal(left, right);
}

#endif
