/* SPDX-License-Identifier: MIT
 * Sources that are to be compared with each other and inside: are they lists without duplicates, as most are?
 *
 * Inside a source nothing keeps namesakes and families out of the matches but their number; across sources competition
 * does (zero/two_lists.c tells the same of one file that does not say which row is of which list). So where all pairs
 * together are not clear, only pairs across sources are looked at once more, as in a link. That stands when it bears
 * itself out: no doubt, hardly a row with two good candidates in one source that agree with each other, and more is
 * expected of it. Then pairs inside the sources are not compared. Where nothing could be told of all pairs together,
 * rows may repeat more, as far as they do in a link: links across are all there is to have. But where pairs inside the
 * sources are as much alike as the links, it is rows that repeat, and links without them would be a part only. */
#include "zero/state.h"

#include <string.h>

/* What depends on the pairs in scope, to go back to. */
struct in_scope {
    bool by_row, repeats;
    uint8_t *scope;
    double all_pairs;
    struct pd_zero_pairs random_pairs;
    struct pd_profile *columns; /* [n_columns] of profiles: one that a single source has is of no use to a link */
};

static enum padan_status keep_scope(struct pd_zero *zero, struct in_scope *kept, struct padan_error *error)
{
    const size_t size = zero->profiles.n_columns * sizeof *kept->columns;
    *kept = (struct in_scope){ zero->by_row, zero->repeats, zero->scope, zero->all_pairs, zero->random_pairs, NULL };
    PD_TRY(pd_arena_allocate(&zero->arena, &kept->columns, size + 1, error));
    memcpy(kept->columns, zero->profiles.columns, size);
    return PADAN_OK;
}

static void go_back_to(struct pd_zero *zero, const struct in_scope *before)
{
    zero->data.inside = true;
    zero->inside = (struct pd_inside){ .n_links = 0 };
    zero->by_row = before->by_row;
    zero->repeats = before->repeats;
    zero->scope = before->scope;
    zero->all_pairs = before->all_pairs;
    zero->random_pairs = before->random_pairs;
    memcpy(zero->profiles.columns, before->columns, zero->profiles.n_columns * sizeof *before->columns);
}

static bool is_worth_it(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    return zero->data.inside && zero->data.across && zero->options->table->n_sources > 1 &&
           !pd_zero_is_clear(zero, doubt);
}

/* Whether any column has values in two sources; else there is nothing to link by. */
static bool has_column(const struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        const struct pd_profile *profile = &zero->profiles.columns[i];
        if (profile->kind != PD_KIND_LEFT_OUT && !pd_profile_is_of_row(profile)) return true;
    }
    return false;
}

static enum padan_status train_as_link(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                       struct padan_error *error)
{
    PD_TRY(pd_zero_train(zero, error));
    return pd_zero_judge_link(zero, doubt, best, error);
}

/* Whether the links hold against the pairs inside, where these tell (zero/inside.c). */
static enum padan_status are_unique_inside(struct pd_zero *zero, const bool *best, bool *unique,
                                           struct padan_error *error)
{
    if (best == NULL || zero->by_row) return PADAN_OK;
    PD_TRY(pd_zero_look_inside(zero, best, error));
    *unique = !zero->inside.repeats && (zero->inside.n_links == 0 || zero->inside.few_inside);
    return PADAN_OK;
}

static void say(struct pd_zero *zero, bool hardly)
{
    pd_append_string(zero->said, hardly ? "sources            hardly a row is there twice in its source"
                                        : "sources            nothing could be told of pairs inside the sources");
    pd_append_string(zero->said, ": rows have one match in another source at most, and only pairs of two sources are "
                                 "compared\n");
}

enum padan_status pd_zero_try_sources(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                      struct padan_error *error)
{
    struct pd_zero_found found;
    struct in_scope before;
    if (!is_worth_it(zero, doubt)) return PADAN_OK;
    PD_TRY(keep_scope(zero, &before, error));
    zero->data.inside = zero->repeats = false;
    PD_TRY(pd_zero_set_scope(zero, error));
    if (!has_column(zero)) {
        go_back_to(zero, &before);
        return PADAN_OK;
    }
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    PD_TRY(train_as_link(zero, doubt, best, error));
    const bool hardly = pd_zero_hardly_repeats(zero);
    bool stands = !zero->repeats && (hardly || found.expected <= 0) && pd_zero_expected(zero, doubt) > found.expected;
    if (stands) PD_TRY(are_unique_inside(zero, *best, &stands, error));
    if (stands) {
        pd_zero_forget(&found);
        say(zero, hardly);
        return PADAN_OK;
    }
    *best = NULL;
    go_back_to(zero, &before);
    return pd_zero_take_back(zero, &found, doubt, error);
}
