/* SPDX-License-Identifier: MIT */
#include "model/related.h"

#include <math.h>

/* Pseudo-pairs that hold the shares to a half. */
static const double PRIOR_PAIRS = 8;
/* Of the information of a pair, related pairs have no more than this in common. */
static const double MOST_IN_COMMON = .5;
/* Share of a value that related pairs do not have in common but by chance or for the reasons of a single pair. */
static const double HARDLY_SHARED = .02;
/* Who has a date of birth and this many names in common is one person, or all names where there are fewer. */
enum { TWO_NAMES = 2 };
static const double MOSTLY_SHARED = .5;
/* Of related pairs without a full name in common, those that share a word of it, as long as it is not known. */
static const double KIN_SHARE_A_WORD = .5;

static double without_common(const struct pd_related *related, size_t comparison, size_t gamma, double u)
{
    return related->has_kin[comparison] ? related->kin[comparison][gamma + 1] : u;
}

double pd_related_level(const struct pd_related *related, size_t comparison, size_t gamma, double m, double u)
{
    const double shared = related->shared[comparison];
    if (related->by_level) return related->levels[comparison][gamma + 1];
    return shared * m + (1 - shared) * without_common(related, comparison, gamma, u);
}

/* Levels of full names that are not in common. Unlike ones are as often as they are seen. Names that are more alike
 * may be one name with a slip, so they are not counted: of those who share a word they are as many as of random pairs,
 * where few are at these levels that do not share one. Equal names are in common or by chance. */
static void fit_kin(struct pd_related *related, size_t comparison, const struct pd_related_field *field,
                    const double *apart, size_t n_unlike)
{
    const size_t highest = field->n_levels - 1;
    double *kin = related->kin[comparison] + 1;
    double seen = PRIOR_PAIRS, of_unlike = 0, all = 0;
    for (size_t i = 0; i < n_unlike; i++) {
        seen += apart[i];
        of_unlike += field->u[i];
    }
    for (size_t i = 0; i < n_unlike; i++) {
        const double share_a_word = i == 0 ? 0 : KIN_SHARE_A_WORD / (double)(n_unlike - 1);
        kin[i] = (apart[i] + PRIOR_PAIRS * (share_a_word + (1 - KIN_SHARE_A_WORD) * field->u[i] / of_unlike)) / seen;
    }
    for (size_t i = n_unlike; i < highest; i++)
        kin[i] = kin[n_unlike - 1] * fmin(field->u[i] / field->u[n_unlike - 1], 1);
    kin[highest] = field->u[highest];
    for (size_t i = 0; i <= highest; i++) all += kin[i];
    for (size_t i = 0; i <= highest; i++) kin[i] /= all;
    related->has_kin[comparison] = true;
}

void pd_related_fit(struct pd_related *related, size_t comparison, const struct pd_related_field *field,
                    size_t n_unlike, double *information)
{
    double common = PRIOR_PAIRS / 2, filled = 0;
    double apart[PD_LEVELS_MAX];
    const double shared = related->shared[comparison];
    for (size_t i = 0; i < field->n_levels; i++) {
        const double in_common = shared * field->m[i];
        const double by_chance = (1 - shared) * without_common(related, comparison, i, field->u[i]);
        const double share = in_common / (in_common + by_chance);
        filled += field->counts[i];
        common += field->counts[i] * share;
        apart[i] = field->counts[i] * (1 - share);
    }
    *information = -log2(field->u[field->n_levels - 1]) * (filled + .01);
    related->shared[comparison] = common / (PRIOR_PAIRS + filled);
    if (n_unlike > 1 && n_unlike < field->n_levels) fit_kin(related, comparison, field, apart, n_unlike);
}

static size_t most_shared(const struct pd_related *related, const bool *seen)
{
    size_t most = related->n_comparisons;
    for (size_t c = 0; c < related->n_comparisons; c++)
        if (!seen[c] && (most == related->n_comparisons || related->shared[c] > related->shared[most])) most = c;
    return most;
}

/* Who somebody is, of what is in common; and of all that is compared. */
struct identity {
    unsigned n_names, n_all_names;
    bool has_birth, any_birth;
    bool counted[PD_COMPARISONS_MAX]; /* by comparison */
};

static bool any_of_column(const struct pd_related *related, const struct pd_telling *telling, const bool *flags,
                          size_t column)
{
    for (size_t i = 0; i < related->n_comparisons; i++)
        if (flags[i] && telling[i].column == column) return true;
    return false;
}

static bool are_of_one(const struct identity *identity, bool has_birth, unsigned n_names)
{
    const bool has_all = n_names > 0 && n_names == identity->n_all_names;
    return has_birth && (n_names >= TWO_NAMES || has_all);
}

/* Whether another value in common leaves two people; when it does it is counted. */
static bool stay_two(struct identity *identity, const struct pd_related *related, const struct pd_telling *telling,
                     size_t c)
{
    const unsigned n_names = identity->n_names + telling[c].n_names;
    const bool has_birth = identity->has_birth || telling[c].is_birth;
    if (any_of_column(related, telling, identity->counted, telling[c].column)) return true;
    if (are_of_one(identity, has_birth, n_names)) return false;
    identity->n_names = n_names;
    identity->has_birth = has_birth;
    identity->counted[c] = true;
    return true;
}

/* Whether a value is never in common: those who have it in common mostly, as long as they may, are one and the same. */
static bool is_apart(struct pd_related *related, const struct pd_telling *telling, size_t c, bool two)
{
    if (telling == NULL) return false;
    related->apart[c] = any_of_column(related, telling, related->apart, telling[c].column) ||
                        (!two && related->shared[c] > MOSTLY_SHARED);
    return related->apart[c];
}

static size_t count_columns(const struct pd_related *related, const struct pd_telling *telling)
{
    bool first[PD_COMPARISONS_MAX] = { false };
    size_t n = 0;
    for (size_t c = 0; c < related->n_comparisons; c++) {
        first[c] = !any_of_column(related, telling, first, telling[c].column);
        n += first[c];
    }
    return n;
}

/* What all comparisons together say of who somebody is. */
static struct identity of_all(const struct pd_related *related, const struct pd_telling *telling)
{
    struct identity identity = { 0 };
    bool seen[PD_COMPARISONS_MAX] = { false };
    for (size_t c = 0; telling != NULL && c < related->n_comparisons; c++) {
        identity.any_birth = identity.any_birth || telling[c].is_birth;
        if (!any_of_column(related, telling, seen, telling[c].column)) identity.n_all_names += telling[c].n_names;
        seen[c] = true;
    }
    return identity;
}

/* Members of a household may have all in common but what makes two people of them: a date of birth and a name, or the
 * name alone where there are no dates. */
static bool leaves_a_person(const struct identity *identity)
{
    return !identity->has_birth && identity->n_names < identity->n_all_names;
}

/* Whether it is the name that is left to tell the members of a household apart where there is no date of birth. They
 * have it in common by chance alone: were it a share of them, however small, that would be the people who stand twice,
 * who are few among so many. */
static bool parts_members(const struct identity *identity, const struct pd_telling *telling)
{
    return identity->n_all_names > 0 && !identity->any_birth && telling->n_names > 0 && !leaves_a_person(identity);
}

/* Values are in common in order of their shares as long as they make up half of the information, or leave what two
 * members of a household differ in; and as long as they leave two people. Of two columns one may be in common,
 * whichever tells more: twins have a birth date that tells more than common names. */
void pd_related_divide(struct pd_related *related, const double *information, const struct pd_telling *telling)
{
    bool seen[PD_COMPARISONS_MAX] = { false };
    struct identity identity = of_all(related, telling);
    double left = 0;
    const bool are_two = telling != NULL && count_columns(related, telling) == 2;
    for (size_t c = 0; c < related->n_comparisons; c++) left += MOST_IN_COMMON * information[c];
    for (size_t i = 0; i < related->n_comparisons; i++) {
        const size_t c = most_shared(related, seen);
        const double taken = information[c] * related->shared[c];
        const bool households = related->of_households;
        const struct identity before = identity;
        const bool two = telling == NULL || stay_two(&identity, related, telling, c);
        seen[c] = true;
        if (is_apart(related, telling, c, two)) {
            related->shared[c] = 0;
        } else if (households && parts_members(&identity, telling + c)) {
            related->shared[c] = 0;
            identity = before;
        } else if (!two || (taken > left && !(are_two && i == 0) && !(households && leaves_a_person(&identity)))) {
            related->shared[c] = fmin(related->shared[c], HARDLY_SHARED);
            if (households) identity = before;
        } else {
            left -= taken;
        }
    }
}
