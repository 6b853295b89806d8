/* SPDX-License-Identifier: MIT
 * How common a value is in the population, from tables in the repository and not from the rows of a run: one more row
 * changes no weight. Functions of the condition language, for padan_tf. */
#ifndef PD_COMPARE_FREQUENCY_H
#define PD_COMPARE_FREQUENCY_H

#include "expression/expression.h"

/* name_frequency(text) -> share of people with this canonical name, as the product of its tokens' frequencies
 *                         (datasets/frekuensi_token.csv); a one-letter token counts as one in 32.
 * date_frequency(date) -> share of people born on this day: 1 July 5.1 %, 31 December 2.8 %, 1 January 1.2 % of a
 * year's births, the 15th of a month a little more than others [s:dob-era], over 75 birth years. */
extern const struct pd_function pd_frequency_functions[];

#endif
