/* SPDX-License-Identifier: MIT
 * How often a token occurs among a million name tokens: datasets/frekuensi_token.csv, made into a constant hash table
 * when padan is built (tools/name_tokens.sh). */
#ifndef PD_COMPARE_NAME_TOKENS_H
#define PD_COMPARE_NAME_TOKENS_H

#include "base/text.h"

enum { PD_NAME_TOKEN_SLOTS = 8192, PD_NAME_TOKEN_BASE = 31 };

struct pd_name_token {
    const char *text; /* NULL: no token */
    uint32_t per_million;
};
extern const struct pd_name_token pd_name_token_slots[PD_NAME_TOKEN_SLOTS];

/* 0 when the token is not in the file. About 20 ns. */
uint32_t pd_name_tokens_per_million(struct pd_text token);

#endif
