/* SPDX-License-Identifier: MIT */
#include "auto/drawn.h"

#include "auto/comparisons.h"
#include "base/random.h"

/* How often a value of a match is another one, and how often it is whole; else it is slightly damaged, which so often
 * spares a part. A text of many words is seldom whole: some word is left out or written in another way. */
static const double OTHER_VALUE = .1;
static const double WHOLE_VALUE = .72, WHOLE_LONG_TEXT = .4;
static const double SPARED_PART = .6;

/* Takes the values as those of a match that was found. */
static void take_learnt(const struct pd_profiles *profiles, size_t match, size_t i, struct pd_drawn_column *column)
{
    const struct pd_learnt_matches *learnt = profiles->learnt;
    const uint8_t state = learnt->states[match % learnt->n * profiles->n_columns + i];
    column->both = state != PD_LEARNT_MISSING;
    column->other_side = column->other_side || column->both;
    column->state = state == PD_LEARNT_WHOLE     ? PD_DRAWN_WHOLE
                    : state == PD_LEARNT_DAMAGED ? PD_DRAWN_DAMAGED
                                                 : PD_DRAWN_OTHER;
}

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
        if (profiles->learnt != NULL) take_learnt(profiles, match, i, column);
    }
}

bool pd_drawn_holds(const struct pd_drawn_part *part, const struct pd_drawn_column *columns)
{
    const struct pd_drawn_column *column = &columns[part->profile];
    if (!column->both || column->state == PD_DRAWN_OTHER) return false;
    return column->state == PD_DRAWN_WHOLE || (part->kind != PD_ATOM_WHOLE && column->spared[part->kind - 1]);
}

bool pd_drawn_spares(struct pd_random *random)
{
    return pd_random_unit(random) < SPARED_PART;
}
