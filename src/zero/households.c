/* SPDX-License-Identifier: MIT
 * Matches of rows that do not compete and that are not clear, where households have much in common.
 *
 * Related pairs have half of what a pair tells in common at most (model/related.h). A household whose address stands in
 * four columns, with a telephone and a surname, has more: then its pairs are neither related nor matches, and the
 * columns of the address, which predict each other, count several times. So where it is not clear what was found, were
 * it families or nothing that stands out, it is trained once more with related pairs that may have all in common but
 * what members of a household differ in: a date of birth and a name, or a name where there are no dates. That stands
 * where it leaves no doubt, and more is expected of it or it was families that were found; where it does not, those who
 * differ in both are people whose rows are damaged. Rows compete neither inside a file nor in a link whose rows repeat.
 */
#include "zero/state.h"

/* Without dates of birth, NIKs, which hold one, and names a household has no more in common than others: all would come
 * out the same. */
static bool has_members(const struct pd_zero *zero)
{
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const struct pd_profile *profile = &zero->profiles.columns[zero->comparisons.list[c].profile];
        if (profile->of_people || (profile->kind == PD_KIND_DATE && !profile->of_a_file)) return true;
        if (zero->telling[c].n_names > 0) return true;
    }
    return false;
}

static enum padan_status is_worth_it(struct pd_zero *zero, const struct pd_zero_doubt *doubt, bool *worth,
                                     struct padan_error *error)
{
    *worth = !pd_zero_rows_compete(zero) && doubt->kind != PD_DOUBT_SERIES && has_members(zero);
    if (!*worth || !pd_zero_is_clear(zero, doubt)) return PADAN_OK;
    double several = 0;
    PD_TRY(pd_zero_find_several(zero, &several, error));
    *worth = several > PD_SEVERAL_MOST;
    return PADAN_OK;
}

enum padan_status pd_zero_try_households(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_found found;
    bool worth = false;
    PD_TRY(is_worth_it(zero, doubt, &worth, error));
    if (!worth) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->households = true;
    const enum padan_status status =
        pd_zero_train_anew(zero, &found, doubt,
                           "households         related pairs have more than half in common, but neither a date of "
                           "birth nor all names\n",
                           error);
    zero->households = false;
    return status;
}
