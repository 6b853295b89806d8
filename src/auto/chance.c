/* SPDX-License-Identifier: MIT */
#include "auto/chance.h"
#include "auto/kind.h"

#include "auto/equal_draw.h"

enum { PAIRS = 1000 };

/* More rows than two in a thousand that share a value are no chance. */
static const double HARDLY_ANY = .002;
/* Of values at least so many are there once only, and most rows have one. */
static const double ONCE = .98;
/* Numbers have digits; names and words that hardly repeat are compared by halves. */
static const double LETTERS = .5;
/* A value that so few pairs share by chance is something to have in common, and half the pairs do where it is a
 * person's number. */
static const double RARE = .02, MOSTLY = .5;

static bool hardly_repeats(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_CODE && !profile->of_people && pd_kind_is_filled(profile) &&
           profile->letters < LETTERS && profile->mean_words < 1.01 &&
           (double)profile->n_distinct >= ONCE * (double)profile->n_filled;
}

static bool are_equal(const struct pd_column *column, const struct pd_pair *pair)
{
    return !pd_column_is_null(column, pair->left) && !pd_column_is_null(column, pair->right) &&
           pd_column_word(column, pair->left) == pd_column_word(column, pair->right);
}

/* Whether two rows share anything else that few rows do. */
static bool have_more(const struct pd_auto_data *data, const struct pd_profiles *profiles, size_t but,
                      const struct pd_pair *pair)
{
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (i == but || profile->kind == PD_KIND_LEFT_OUT || profile->same > RARE) continue;
        if (are_equal(&data->table->columns[profile->column], pair)) return true;
    }
    return false;
}

static enum padan_status look(const struct pd_auto_data *data, const struct pd_profiles *profiles, size_t i,
                              struct pd_arena *arena, bool *by_chance, struct padan_error *error)
{
    struct pd_pair *pairs = NULL;
    size_t n_pairs = 0, more = 0;
    int column = -1;
    PD_TRY(pd_auto_derive(data, "{x}", &profiles->columns[i], &column, error));
    PD_TRY(pd_auto_draw_equal(data, column, PAIRS, arena, &pairs, &n_pairs, error));
    for (size_t p = 0; p < n_pairs; p++) more += have_more(data, profiles, i, &pairs[p]);
    *by_chance =
        (double)n_pairs <= HARDLY_ANY * (double)data->table->n_records && (double)more < MOSTLY * (double)n_pairs;
    return PADAN_OK;
}

enum padan_status pd_auto_leave_out_chance(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                           struct pd_arena *arena, struct padan_error *error)
{
    bool *by_chance = NULL;
    PD_TRY(pd_arena_allocate(arena, &by_chance, profiles->n_columns + 1, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        by_chance[i] = false;
        if (hardly_repeats(&profiles->columns[i])) PD_TRY(look(data, profiles, i, arena, &by_chance[i], error));
    }
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (by_chance[i])
            pd_profile_leave_out(&profiles->columns[i],
                                 "a number of rows: where it repeats, rows have nothing else in common");
    return PADAN_OK;
}
