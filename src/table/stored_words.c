/* SPDX-License-Identifier: MIT */
#include "table/stored_words.h"

#define WIDEN(type)                                                                                                    \
    for (size_t i = 0; i < n; i++) any |= words[i] = ((const type *)column->words)[begin + i]

bool pd_column_stored_words(const struct pd_column *column, size_t begin, size_t n, uint64_t *words)
{
    uint64_t any = 0;
    switch (column->encoding == PD_ENCODING_LIKE ? 0 : pd_encoding_width(column->encoding)) {
    case 1: WIDEN(uint8_t); break;
    case 2: WIDEN(uint16_t); break;
    case 4: WIDEN(uint32_t); break;
    case 8: WIDEN(uint64_t); break;
    default:
        for (size_t i = 0; i < n; i++) any |= words[i] = pd_column_like_word(column, begin + i);
        break;
    }
    return any != 0;
}
