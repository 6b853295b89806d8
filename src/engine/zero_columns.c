/* SPDX-License-Identifier: MIT
 * The columns that zero configuration works on. Sources may name what is the same differently (`nama`, `full_name`):
 * columns whose contents are clearly the likest (auto/same_columns.h) are made one, and the model says so in
 * `padan_columns`, so that it can be run again. */
#include "engine/zero_state.h"
#include "table/fold.h"

static struct pd_text name_of(const struct pd_zero *zero, size_t profile)
{
    return zero->profiles.columns[profile].name;
}

static void say(struct pd_zero *zero, const struct pd_same_column *same)
{
    pd_append_format(
        zero->said, "same column        %.*s is read as %.*s: likeness of values %.2f, of the next best %.2f\n",
        PD_TEXT_ARGS(name_of(zero, same->from)), PD_TEXT_ARGS(name_of(zero, same->into)), same->likeness, same->next);
}

/* Numbers that repeat when signs and case are left out, as phones that are written in two ways, are of use. */
static enum padan_status take_in_rewritten(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        int column = -1;
        double pairs = 0;
        if (!profile->never_repeats || !(profile->punctuated || profile->mixed_case)) continue;
        profile->kind = profile->content;
        PD_TRY(pd_auto_derive(&zero->data, "{x}", profile, &column, error));
        PD_TRY(pd_auto_equal_pairs(&zero->data, &column, 1, &pairs, error));
        profile->kind = pairs >= 1 ? profile->content : PD_KIND_LEFT_OUT;
        profile->reason = pairs >= 1 ? NULL : profile->reason;
    }
    return PADAN_OK;
}

/* Makes columns one that sources call differently. */
static enum padan_status join_same_columns(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_table *table = zero->options->table;
    if (!zero->data.across) return PADAN_OK;
    PD_TRY(pd_auto_same_columns(table, &zero->profiles, &zero->arena, &zero->same, error));
    for (size_t i = 0; i < zero->same.n; i++) {
        const struct pd_same_column *same = &zero->same.list[i];
        say(zero, same);
        PD_TRY(pd_table_fold(table, (size_t)zero->profiles.columns[same->into].column,
                             (size_t)zero->profiles.columns[same->from].column, error));
    }
    if (zero->same.n == 0) return PADAN_OK;
    PD_TRY(pd_profile_table(table, &zero->arena, &zero->profiles, error)); /* in the same order */
    for (size_t i = 0; i < zero->same.n; i++)
        zero->profiles.columns[zero->same.list[i].from].reason = "read as another column";
    return PADAN_OK;
}

enum padan_status pd_zero_read_columns(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_profile_table(zero->options->table, &zero->arena, &zero->profiles, error));
    PD_TRY(join_same_columns(zero, error));
    return take_in_rewritten(zero, error);
}

void pd_zero_print_same_columns(const struct pd_zero *zero, struct pd_buffer *out)
{
    if (zero->same.n == 0) return;
    pd_append_string(out, "  \"padan_columns\": {");
    for (size_t i = 0; i < zero->same.n; i++) {
        if (i > 0) pd_append_string(out, ", ");
        pd_append_json(out, name_of(zero, zero->same.list[i].from));
        pd_append_string(out, ": ");
        pd_append_json(out, name_of(zero, zero->same.list[i].into));
    }
    pd_append_string(out, "},\n");
}
