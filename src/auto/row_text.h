/* SPDX-License-Identifier: MIT
 * All texts of a row as one. Goods, papers and songs are told by their words, in whichever column these stand: one shop
 * writes the model number into the name, another one into the description, and titles end up among the authors. Column
 * by column such words differ; and columns that say the same words are not independent. Together they are one text,
 * compared by its rare words. Source: schema-agnostic matching, Papadakis and others 2013. */
#ifndef PD_AUTO_ROW_TEXT_H
#define PD_AUTO_ROW_TEXT_H

#include "auto/profile.h"

/* Adds the profile of all texts and names of a row, PD_KIND_ROW, where texts of many words are what rows are told by:
 * they have most of the information (by_row). Also where texts, of any length, tell more than names do, and nothing
 * else says who somebody is: rows may be told by them where columns by themselves tell nothing. Numbers in the texts,
 * PD_KIND_ROW_NUMBERS, may be compared by themselves as well, where some have such: titles of a series differ in
 * nothing else. Nothing elsewhere: names are compared better as names. There must be room for two more columns;
 * PD_KIND_ROW is the last. */
void pd_auto_row_text(const struct pd_table *table, struct pd_profiles *profiles);
/* Whether there is such a profile, and one of numbers. */
bool pd_auto_has_row_text(const struct pd_profiles *profiles);
bool pd_auto_has_row_numbers(const struct pd_profiles *profiles);

#endif
