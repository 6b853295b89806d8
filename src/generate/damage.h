/* SPDX-License-Identifier: MIT
 * The errors that a row of a generated file gets: classes and rates of DOMAIN 9.2, one column per regime. */
#ifndef PD_GENERATE_DAMAGE_H
#define PD_GENERATE_DAMAGE_H

#include "base/random.h"
#include "generate/row.h"

/* Damages a correct row (NIK and KK of 16 digits) and sets its error bits. The classes E1-E4, E6, E7, E10-E16, E18, E20
 * and E24 are drawn here, each at its rate and several on one row if it comes so; the five that fill the NIK column
 * (E1-E4, E7) exclude each other. A class that the row gives no room for (no abbreviation to toggle, no birth date) is
 * not drawn. Registry and rosters follow context->regime; the register is nearly clean: no NIK or KK ever, few of the
 * rest. E8 and E9 hit every row with a NIK when context->file_errors has their bit. The other classes belong to the
 * truth (E17, E19, E21, E22, E23, E25) and to the lists (E5, E26, E27). A pure function of (context, random, row).
 * Cost: under a microsecond. */
void pd_damage_row(const struct pd_damage_context *context, struct pd_random *random, struct pd_row *row);

/* Draws the whole-file damage of one file: bits of E8 and E9 at their rates per regime, and in the four highest bits
 * the form it takes in this file. None for the register. */
uint32_t pd_damage_file(enum pd_regime regime, enum pd_file_kind kind, struct pd_random *random);
/* The same for the n-th of many roster files, spread evenly: of every 20 files at 5 % exactly one. */
uint32_t pd_damage_file_of(enum pd_regime regime, uint64_t seed, uint64_t n);
/* What whole-file damage does to one NIK as written; returns the error bits. pd_damage_row calls it with the context's
 * file_errors. */
uint32_t pd_damage_written(uint32_t file_errors, struct pd_random *random, char nik[40]);

#endif
