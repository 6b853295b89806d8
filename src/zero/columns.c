/* SPDX-License-Identifier: MIT
 * The columns that zero configuration works on. What one source has in several columns and another in one is put
 * together (auto/whole.h), and what sources name differently (`nama`, `full_name`) is made one where contents are
 * clearly the likest (auto/same_columns.h). The model says so in `padan_joined_columns` and `padan_columns`, so that it
 * can be run again. */
#include "auto/birth_years.h"
#include "auto/chance.h"
#include "auto/contained.h"
#include "auto/fillers.h"
#include "auto/free_notes.h"
#include "auto/initials.h"
#include "auto/last_digits.h"
#include "auto/near_dates.h"
#include "auto/rounded.h"
#include "auto/whole.h"
#include "auto/word_order.h"
#include "expression/letter_case.h"
#include "model/joined.h"
#include "table/fold.h"
#include "zero/state.h"

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

static enum padan_status look_at_last_digits(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        if (profile->kind == PD_KIND_LEFT_OUT && !profile->never_repeats) continue;
        PD_TRY(pd_auto_look_at_last_digits(zero->options->table, profile, error));
        if (profile->last_digits == 0) continue;
        pd_append_format(
            zero->said,
            "last digits        %.*s: the same numbers stand with other beginnings; the last %zu digits are "
            "compared\n",
            PD_TEXT_ARGS(profile->name), profile->last_digits);
    }
    return PADAN_OK;
}

/* Numbers that repeat when signs, case and beginnings are left out, as phones that are written in two ways, are of use.
 */
static enum padan_status take_in_rewritten(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        int column = -1;
        double pairs = 0;
        const bool rewritten = profile->punctuated || profile->mixed_case || profile->last_digits > 0;
        if (!profile->never_repeats || !rewritten) continue;
        profile->kind = profile->content;
        PD_TRY(pd_auto_derive(&zero->data, "{x}", profile, &column, error));
        PD_TRY(pd_auto_equal_pairs(&zero->data, &column, 1, &pairs, error));
        profile->kind = pairs >= 1 ? profile->content : PD_KIND_LEFT_OUT;
        profile->reason = pairs >= 1 ? NULL : profile->reason;
    }
    return PADAN_OK;
}

/* Sources may write letters of other scripts in capitals here and small there, which profiles do not look at. */
static void look_at_case(struct pd_zero *zero)
{
    const struct pd_table *table = zero->options->table;
    for (size_t i = 0; zero->data.across && i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        const struct pd_column *column = &table->columns[profile->column];
        bool any_capital = false, any_small = false;
        if (profile->kind != PD_KIND_NAME && profile->kind != PD_KIND_TEXT) continue;
        for (size_t r = 0; r < table->n_records && !profile->mixed_case; r++) {
            char scratch[24];
            bool capital = false, small = false;
            if (pd_column_is_null(column, r)) continue;
            pd_letters_look(pd_column_text(column, r, scratch), &capital, &small);
            any_capital = any_capital || capital;
            any_small = any_small || small;
            profile->mixed_case = any_capital && any_small;
        }
    }
}

static enum padan_status look_at_orders(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        double share = 0;
        PD_TRY(pd_auto_look_at_order(&zero->data, profile, &share, error));
        if (!profile->any_order) continue;
        pd_append_format(zero->said,
                         "order of words     %.*s: the same words stand in another order in %.0f %% of "
                         "the pairs that have them; they are compared in one\n",
                         PD_TEXT_ARGS(profile->name), 100 * share);
    }
    return PADAN_OK;
}

static void say_whole(struct pd_zero *zero, const struct pd_whole_column *whole)
{
    pd_append_format(zero->said, "parts of a whole   %.*s stands in several columns elsewhere, and is read from these:",
                     PD_TEXT_ARGS(name_of(zero, whole->into)));
    for (size_t i = 0; i < whole->n_parts; i++)
        pd_append_format(zero->said, "%s %.*s", i == 0 ? "" : ",", PD_TEXT_ARGS(name_of(zero, whole->parts[i])));
    pd_append_format(zero->said, " (likeness of values %.2f, of the likest alone %.2f)\n", whole->likeness,
                     whole->single);
}

/* Remembers it for the model, by the names of columns. */
static void keep_whole(struct pd_zero *zero, const struct pd_whole_column *whole)
{
    struct pd_joined_columns *joined = &zero->joined[zero->n_joined++];
    *joined = (struct pd_joined_columns){ .into = name_of(zero, whole->into),
                                          .between = whole->between,
                                          .n_columns = whole->n_parts };
    for (size_t i = 0; i < whole->n_parts; i++) joined->columns[i] = name_of(zero, whole->parts[i]);
}

/* Puts together what one source has in several columns and another in one. */
static enum padan_status join_parts(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_table *table = zero->options->table;
    struct pd_whole_column whole;
    const size_t most = zero->profiles.n_columns;
    if (!zero->data.across) return PADAN_OK;
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->joined, (most + 1) * sizeof *zero->joined, error));
    while (zero->n_joined < most) {
        size_t columns[PD_JOINED_MAX];
        PD_TRY(pd_auto_find_whole(table, &zero->profiles, &whole, error));
        if (whole.n_parts == 0) return PADAN_OK;
        for (size_t i = 0; i < whole.n_parts; i++) columns[i] = (size_t)zero->profiles.columns[whole.parts[i]].column;
        const struct pd_column_parts parts = { columns, whole.n_parts, whole.between };
        say_whole(zero, &whole);
        keep_whole(zero, &whole);
        PD_TRY(pd_table_join(table, (size_t)zero->profiles.columns[whole.into].column, &parts, error));
        PD_TRY(pd_profile_table(table, &zero->arena, &zero->profiles, error)); /* in the same order */
    }
    return PADAN_OK;
}

static void name_read_columns(struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->same.n; i++)
        zero->profiles.columns[zero->same.list[i].from].reason = "read as another column";
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
    name_read_columns(zero);
    return PADAN_OK;
}

static void say_years(struct pd_zero *zero, const struct pd_birth_years *found)
{
    pd_append_format(zero->said, "year of birth      %.*s is compared with the year of %.*s",
                     PD_TEXT_ARGS(name_of(zero, found->years)), PD_TEXT_ARGS(name_of(zero, found->dates)));
    if (found->counted_from != 0) pd_append_format(zero->said, ", as ages taken in %d", found->counted_from);
    pd_append_format(zero->said, ": they agree in %.0f %% of the rows that share what tells most\n",
                     100 * found->agree);
}

static void say_initials(struct pd_zero *zero, const struct pd_initials *found)
{
    pd_append_format(zero->said,
                     "initials           %.*s are compared with those of %.*s: the first letter is the same in "
                     "%.0f %% of the rows that share what tells most\n",
                     PD_TEXT_ARGS(name_of(zero, found->initials)), PD_TEXT_ARGS(name_of(zero, found->names)),
                     100 * found->agree);
}

/* Reads two columns of two sources as one, that of the first. */
static enum padan_status fold_pair(struct pd_zero *zero, size_t a, size_t b, size_t *into, struct padan_error *error)
{
    struct pd_table *table = zero->options->table;
    const struct pd_profile *columns = zero->profiles.columns;
    const bool a_first = pd_auto_source_of(table, &columns[a]) == 0;
    const size_t from = a_first ? b : a;
    *into = a_first ? a : b;
    zero->same.list[zero->same.n++] = (struct pd_same_column){ *into, from, 0, 0 };
    return pd_table_fold(table, (size_t)columns[*into].column, (size_t)columns[from].column, error);
}

/* Whether each of two sources has a column that the other has not. */
static bool both_have_more(const struct pd_zero *zero)
{
    bool more[2] = { false, false };
    if (zero->options->table->n_sources != 2) return false;
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        const int source = pd_auto_source_of(zero->options->table, &zero->profiles.columns[i]);
        if (source >= 0) more[source] = true;
    }
    return more[0] && more[1];
}

static enum padan_status join_found(struct pd_zero *zero, const struct pd_birth_years *years,
                                    const struct pd_initials *initials, struct padan_error *error)
{
    const struct pd_profile dates = zero->profiles.columns[years->dates];
    size_t years_into = 0, initials_into = 0;
    if (years->agree > 0) {
        say_years(zero, years);
        PD_TRY(fold_pair(zero, years->years, years->dates, &years_into, error));
    }
    if (initials->agree > 0) {
        say_initials(zero, initials);
        PD_TRY(fold_pair(zero, initials->initials, initials->names, &initials_into, error));
    }
    PD_TRY(pd_profile_table(zero->options->table, &zero->arena, &zero->profiles, error)); /* in the same order */
    name_read_columns(zero);
    if (years->agree > 0) pd_auto_as_birth_years(&dates, years->counted_from, &zero->profiles.columns[years_into]);
    return PADAN_OK;
}

/* Makes one what only rows of the same people show to be the same: years of birth, or ages, and dates; initials and
 * names. */
static enum padan_status join_by_likely_rows(struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    struct pd_likely_rows likely;
    struct pd_birth_years years;
    struct pd_initials initials;
    if (!zero->data.across || !both_have_more(zero)) return PADAN_OK;
    PD_TRY(pd_likely_rows_find(table, &zero->profiles, &likely, error));
    pd_auto_find_birth_years(table, &zero->profiles, &likely, &years);
    pd_auto_find_initials(table, &zero->profiles, &likely, &initials);
    pd_likely_rows_reset(&likely);
    if (years.agree <= 0 && initials.agree <= 0) return PADAN_OK;
    return join_found(zero, &years, &initials, error);
}

/* Years of two digits have no day that is near to the last one of a century. */
static bool may_be_near(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_DATE && !profile->short_years;
}

static enum padan_status look_at_near_dates(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_likely_rows likely;
    bool any = false;
    for (size_t i = 0; i < zero->profiles.n_columns; i++) any = any || may_be_near(&zero->profiles.columns[i]);
    if (!zero->data.across || !any) return PADAN_OK;
    PD_TRY(pd_likely_rows_find(zero->options->table, &zero->profiles, &likely, error));
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        if (!may_be_near(profile)) continue;
        const double share = pd_auto_look_at_near_dates(zero->options->table, &likely, profile);
        if (!profile->near_days) continue;
        pd_append_format(zero->said,
                         "near dates         %.*s: a few days apart in %.0f %% of the rows that share what tells most; "
                         "days are compared too\n",
                         PD_TEXT_ARGS(profile->name), 100 * share);
    }
    pd_likely_rows_reset(&likely);
    return PADAN_OK;
}

static void name_parts(struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->n_joined; i++)
        for (size_t j = 0; j < zero->joined[i].n_columns; j++)
            for (size_t p = 0; p < zero->profiles.n_columns; p++) {
                struct pd_profile *profile = &zero->profiles.columns[p];
                if (profile->kind == PD_KIND_LEFT_OUT && pd_text_equal(profile->name, zero->joined[i].columns[j]))
                    profile->reason = "read as a part of another column";
            }
}

static enum padan_status look_at_fillers(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_auto_mind_fillers(&zero->data, &zero->profiles, &zero->arena, error));
    for (size_t i = 0; i < zero->profiles.n_columns; i++)
        for (size_t f = 0; f < zero->profiles.columns[i].n_fillers; f++)
            pd_append_format(zero->said,
                             "filler             %.*s: %.*s counts as missing; rows that are the same otherwise have "
                             "it no more often than others do\n",
                             PD_TEXT_ARGS(name_of(zero, i)), PD_TEXT_ARGS(zero->profiles.columns[i].fillers[f]));
    return PADAN_OK;
}

enum padan_status pd_zero_read_columns(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(pd_profile_table(zero->options->table, &zero->arena, &zero->profiles, error));
    PD_TRY(join_parts(zero, error));
    PD_TRY(join_same_columns(zero, error));
    PD_TRY(join_by_likely_rows(zero, error));
    name_parts(zero);
    PD_TRY(look_at_last_digits(zero, error));
    PD_TRY(take_in_rewritten(zero, error));
    PD_TRY(pd_auto_leave_out_contained(zero->options->table, &zero->profiles, error));
    PD_TRY(pd_auto_mind_rounded(&zero->data, &zero->profiles, error));
    PD_TRY(look_at_fillers(zero, error));
    PD_TRY(pd_auto_leave_out_free_notes(&zero->data, &zero->profiles, &zero->arena, error));
    PD_TRY(pd_auto_leave_out_chance(&zero->data, &zero->profiles, &zero->arena, error));
    look_at_case(zero);
    PD_TRY(look_at_near_dates(zero, error));
    return look_at_orders(zero, error);
}

void pd_zero_print_columns(const struct pd_zero *zero, struct pd_buffer *out)
{
    for (size_t i = 0; i < zero->n_joined; i++) {
        pd_append_string(out, i == 0 ? "  \"padan_joined_columns\": [" : ", ");
        pd_joined_append(out, &zero->joined[i]);
    }
    if (zero->n_joined > 0) pd_append_string(out, "],\n");
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
