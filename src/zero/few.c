/* SPDX-License-Identifier: MIT
 * Columns of few values that say nothing of matches: a ward, a status, a channel, which differ between the rows of one
 * person as between any.
 *
 * Training begins with what holds of most columns, that nine of ten matches agree. Ten columns that do not, all
 * together, speak louder against a match than a name and a date of birth for it, and training that begins where nothing
 * is a match ends there. So where nothing was found it begins once more with every column of few values as likely to
 * differ in a match as not. What they tell is learned then, from what the others find. */
#include "zero/state.h"

/* What fewer columns say is outweighed by the others. */
enum { MANY = 4 };

static size_t count_few(const struct pd_zero *zero)
{
    size_t n = 0;
    for (size_t i = 0; i < zero->profiles.n_columns; i++) n += zero->profiles.columns[i].kind == PD_KIND_CATEGORY;
    return n;
}

static bool may_outweigh(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    return !zero->by_row && pd_zero_expected(zero, doubt) <= 0 && count_few(zero) >= MANY &&
           pd_zero_count_columns(zero) >= count_few(zero) + 2;
}

enum padan_status pd_zero_try_few(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool **best,
                                  struct padan_error *error)
{
    bool *const as_found = *best;
    struct pd_zero_found found;
    if (!may_outweigh(zero, doubt)) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->few_tell_little = true;
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, best, error));
    if (pd_zero_is_clear(zero, doubt)) {
        pd_zero_forget(&found);
        pd_append_string(zero->said,
                         "few values         in these columns matches were taken to differ as often as not, "
                         "for a start: nothing was found from the usual one\n");
        return PADAN_OK;
    }
    zero->few_tell_little = false;
    *best = as_found;
    return pd_zero_take_back(zero, &found, doubt, error);
}
