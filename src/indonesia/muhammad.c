/* SPDX-License-Identifier: MIT */
#include "indonesia/muhammad.h"

#include <string.h>

/* Fully written it has six letters (MUHMAD), and the word behind it, which begins with a consonant (MUHAMMADIYAH is a
 * word of its own), four. */
enum { SHORTEST = 3, FULL_LETTERS = 6, NEXT_LETTERS = 4 };

static bool is_one_of(struct pd_text token, size_t place, const char *letters)
{
    return place < token.length && strchr(letters, token.data[place]) != NULL;
}

/* How far the shape goes. */
static size_t shape_length(struct pd_text token)
{
    size_t place = 1;
    if (!is_one_of(token, 0, "M")) return 0;
    if (is_one_of(token, place, "OU")) place++;
    if (place == 2 && token.data[1] == 'O' && is_one_of(token, place, "E")) place++;
    if (is_one_of(token, place, "CK")) place++;
    if (!is_one_of(token, place, "H")) return 0;
    while (is_one_of(token, place, "H")) place++;
    while (is_one_of(token, place, "MAE")) place++;
    while (is_one_of(token, place, "DT")) place++;
    return place;
}

bool pd_is_muhammad(struct pd_text token)
{
    return token.length >= SHORTEST && shape_length(token) == token.length &&
           !is_one_of(token, token.length - 1, "AEH");
}

size_t pd_muhammad_split(struct pd_text token)
{
    const size_t length = shape_length(token);
    if (length < FULL_LETTERS || !is_one_of(token, length - 1, "DT")) return 0;
    return token.length >= length + NEXT_LETTERS && !is_one_of(token, length, "AEIOU") ? length : 0;
}
