/* SPDX-License-Identifier: MIT */
#include "compare/name_tokens.h"

uint32_t pd_name_tokens_per_million(struct pd_text token)
{
    size_t slot = 0;
    for (size_t i = 0; i < token.length; i++)
        slot = (slot * PD_NAME_TOKEN_BASE + (unsigned char)token.data[i]) % PD_NAME_TOKEN_SLOTS;
    for (; pd_name_token_slots[slot].text != NULL; slot = (slot + 1) % PD_NAME_TOKEN_SLOTS)
        if (pd_text_equal(pd_text_of(pd_name_token_slots[slot].text), token))
            return pd_name_token_slots[slot].per_million;
    return 0;
}
