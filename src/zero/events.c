/* SPDX-License-Identifier: MIT
 * Dates of something that happened: of an admission, a payment, an entry in the file. They differ between the rows of
 * one person, as dates of birth do between the members of a family, and training's own doubt cannot tell these apart by
 * the date alone.
 *
 * The other columns can: members of a family differ in their first names and in their dates of birth too. So what is
 * doubted for a date is trained once more without it. That stands when it leaves no doubt, and columns are left that
 * families differ in: another date, or a full name, or two names where the date that was left out spans no more years
 * than a file is kept (dates of birth span a life). */
#include "zero/state.h"

enum { MOST_DATES = 4 };

/* What is left out, to be taken in again. */
struct events {
    struct pd_profile *dates[MOST_DATES];
    size_t n;
};

static bool all_are_of_a_file(const struct events *events)
{
    for (size_t i = 0; i < events->n; i++)
        if (!events->dates[i]->of_a_file) return false;
    return true;
}

/* Whether what is left tells the members of a family apart. */
static bool tells_families(const struct pd_zero *zero, const struct events *events)
{
    const struct pd_zero_telling telling = pd_zero_count_telling(zero);
    return telling.dates > 0 || telling.full_names > 0 || (telling.names >= 2 && all_are_of_a_file(events));
}

/* Training with the columns as they are, from the choice of rules on. */
static enum padan_status train_anew(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                    struct padan_error *error)
{
    zero->before = (struct pd_estimate_start){ .lambda = 0 };
    PD_TRY(pd_zero_choose_rules(zero, error));
    PD_TRY(pd_zero_train(zero, error));
    return pd_zero_judge(zero, doubt, best, error);
}

static bool is_of_date(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    return doubt->kind == PD_DOUBT_FAMILIES && zero->profiles.columns[doubt->profile].kind == PD_KIND_DATE;
}

/* Leaves out one date after the other, as long as it is one that is doubted. */
static enum padan_status leave_out(struct pd_zero *zero, struct events *events, struct pd_zero_doubt *doubt,
                                   bool **best, struct padan_error *error)
{
    while (events->n < MOST_DATES && is_of_date(zero, doubt)) {
        struct pd_profile *profile = &zero->profiles.columns[doubt->profile];
        events->dates[events->n++] = profile;
        pd_profile_leave_out(profile, "a date of something that happened");
        if (zero->comparisons.n < 2) return PADAN_OK;
        PD_TRY(train_anew(zero, doubt, best, error));
    }
    return PADAN_OK;
}

static void say_events(struct pd_zero *zero, const struct events *events)
{
    for (size_t i = 0; i < events->n; i++)
        pd_append_format(zero->said,
                         "left out           %.*s: it differs in most rows that agree in all that tells families "
                         "apart, so it is no date of birth but of something that happened\n",
                         PD_TEXT_ARGS(events->dates[i]->name));
}

static void take_in_again(const struct events *events)
{
    for (size_t i = 0; i < events->n; i++) {
        events->dates[i]->kind = PD_KIND_DATE;
        events->dates[i]->reason = NULL;
    }
}

enum padan_status pd_zero_try_events(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                     struct padan_error *error)
{
    const struct pd_auto_rules rules = zero->rules;
    struct events events = { .n = 0 };
    struct pd_zero_found found;
    bool tells = false;
    if (!is_of_date(zero, doubt) || pd_zero_rows_compete(zero)) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    PD_TRY(leave_out(zero, &events, doubt, best, error));
    if (pd_zero_expected(zero, doubt) > found.expected) tells = tells_families(zero, &events);
    if (tells) {
        pd_zero_forget(&found);
        say_events(zero, &events);
        pd_zero_say_rules(zero);
        return PADAN_OK;
    }
    take_in_again(&events);
    zero->rules = rules;
    *best = NULL;
    return pd_zero_take_back(zero, &found, doubt, error);
}

/* Whether two names are compared at least, or one of several words: these are left to tell families apart. */
static bool has_two_names(const struct pd_zero *zero)
{
    size_t n = 0;
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (zero->comparisons.list[c].state != PD_PARENT_EQUAL) n += pd_zero_telling_of(zero, c).n_names;
    return n >= 2;
}

/* Leaves out all dates that are compared and span no more years than a file is kept. */
static void leave_out_dates_of_a_file(struct pd_zero *zero, struct events *events)
{
    for (size_t i = 0; i < zero->profiles.n_columns && events->n < MOST_DATES; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        if (profile->kind != PD_KIND_DATE || !profile->of_a_file) continue;
        events->dates[events->n++] = profile;
        pd_profile_leave_out(profile, "a date of something that happened");
    }
}

/* What is said of a trial that stood stands in the place of what was said since. */
static void say_instead(struct pd_zero *zero, const struct events *events, size_t since, size_t trial)
{
    struct pd_buffer *said = zero->said;
    memmove(said->data + since, said->data + trial, said->length - trial);
    said->length -= trial - since;
    for (size_t i = 0; i < events->n; i++)
        pd_append_format(said,
                         "left out           %.*s: a date of something that happened: rows of one person differ in it, "
                         "and more is found without\n",
                         PD_TEXT_ARGS(events->dates[i]->name));
    pd_zero_say_rules(zero);
}

enum padan_status pd_zero_try_without_events(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                             size_t since, struct padan_error *error)
{
    const struct pd_auto_rules rules = zero->rules;
    const size_t said = zero->said->length;
    struct events events = { .n = 0 };
    struct pd_zero_found found;
    bool *const as_found = *best;
    if (pd_zero_rows_compete(zero) || pd_zero_is_clear(zero, doubt)) return PADAN_OK;
    leave_out_dates_of_a_file(zero, &events);
    if (events.n == 0 || pd_zero_count_columns(zero) < events.n + 2) {
        take_in_again(&events);
        return PADAN_OK;
    }
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    PD_TRY(train_anew(zero, doubt, best, error));
    PD_TRY(pd_zero_try_families(zero, doubt, error));
    PD_TRY(pd_zero_try_households(zero, doubt, error));
    const bool tells = has_two_names(zero) || tells_families(zero, &events);
    if (tells && pd_zero_expected(zero, doubt) > found.expected) {
        pd_zero_forget(&found);
        say_instead(zero, &events, since, said);
        return PADAN_OK;
    }
    take_in_again(&events);
    zero->rules = rules;
    zero->said->length = said;
    *best = as_found;
    return pd_zero_take_back(zero, &found, doubt, error);
}
