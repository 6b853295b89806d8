/* SPDX-License-Identifier: MIT
 * Who are easily taken for one another, and which of them a row speaks for: that is said by what they do not share, as
 * the words that only one of their names has. What they share, as twins do card, mother, village, birth date and family
 * name, says nothing. */
#ifndef PD_SCORE_TOLD_APART_H
#define PD_SCORE_TOLD_APART_H

#include "model/linkage.h"

/* Above 0 when a name is nearer to the first of two than to the second, below 0 when to the second, 0 when it may be
 * either's: SAPUTRA, or R SAPUTRA, of RATNA SAPUTRA and RATNI SAPUTRA. A word is near to another that it abbreviates,
 * as DW does DEWI, or is a slip from; words nearer to one that both names have do not count. */
int pd_name_speaks_for(struct pd_text name, struct pd_text first, struct pd_text second);

/* Of two people of one birth date and village: whether they also share the card, the mother or a word of their names.
 */
bool pd_are_look_alikes(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t a, uint32_t b);

/* Whether something tells that a row is the first person rather than the second, and nothing the contrary. */
bool pd_is_told_apart(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t row,
                      const uint32_t people[2]);

#endif
