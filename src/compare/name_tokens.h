/* SPDX-License-Identifier: MIT
 * How often a token occurs among a million name tokens: datasets/frekuensi_token.csv, compiled in. */
#ifndef PD_COMPARE_NAME_TOKENS_H
#define PD_COMPARE_NAME_TOKENS_H

#include "base/text.h"

/* 0 when the token is not in the file. Any thread; the first call reads the file (some 50 us). About 20 ns. */
uint64_t pd_name_tokens_per_million(struct pd_text token);

#endif
