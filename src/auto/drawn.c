/* SPDX-License-Identifier: MIT */
#include "auto/drawn.h"

#include "auto/comparisons.h"
#include "base/random.h"

/* How often a value of a match is another one, and how often it is whole; else it is slightly damaged, which so often
 * spares a part. A text of many words is seldom whole: some word is left out or written in another way. */
static const double OTHER_VALUE = .1;
static const double WHOLE_VALUE = .72, WHOLE_LONG_TEXT = .4;
static const double SPARED_PART = .6;

void pd_drawn_columns(const struct pd_profiles *profiles, size_t match, struct pd_drawn_column *columns)
{
    struct pd_random random = pd_random_stream(20260101, match);
    for (size_t i = 0; i < profiles->n_columns; i++) {
        struct pd_drawn_column *column = &columns[i];
        const double fill = profiles->columns[i].fill;
        const double filled = pd_random_unit(&random);
        const double state = pd_random_unit(&random);
        const double whole = pd_auto_by_words(&profiles->columns[i]) ? WHOLE_LONG_TEXT : WHOLE_VALUE;
        column->both = filled < fill * fill;
        column->other_side = filled < fill;
        column->state = state < whole ? PD_DRAWN_WHOLE : state < 1 - OTHER_VALUE ? PD_DRAWN_DAMAGED : PD_DRAWN_OTHER;
        for (size_t part = 0; part < 3; part++) column->spared[part] = pd_drawn_spares(&random);
    }
}

bool pd_drawn_spares(struct pd_random *random)
{
    return pd_random_unit(random) < SPARED_PART;
}
