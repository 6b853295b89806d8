/* SPDX-License-Identifier: MIT
 * Words that addresses are made of. */
#ifndef PD_GENERATE_ADDRESS_WORDS_H
#define PD_GENERATE_ADDRESS_WORDS_H

#include "base/text.h"

struct pd_text pd_street_word(uint64_t n); /* any n */
struct pd_text pd_hamlet_word(uint64_t n); /* any n */
/* What a part of a village is called in a province, in full: DUSUN, BANJAR ... */
struct pd_text pd_hamlet_kind(unsigned province);

#endif
