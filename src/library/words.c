/* SPDX-License-Identifier: MIT
 * The engine's sentences name options as the command line does. Fields of padan_options have the same names, without
 * the dashes before them and with _ for those inside. */
#include "library/words.h"

#include <ctype.h>
#include <stdbool.h>

static bool begins_option(const char *sentence, const char *at)
{
    const bool inside_word = at > sentence && (isalnum((unsigned char)at[-1]) || at[-1] == '-');
    return !inside_word && at[0] == '-' && at[1] == '-' && islower((unsigned char)at[2]);
}

void pd_library_words(char *sentence)
{
    bool in_option = false;
    char *to = sentence;
    for (const char *from = sentence; *from != '\0'; from++) {
        if (begins_option(sentence, from)) {
            in_option = true;
            from += 2;
        }
        in_option = in_option && (islower((unsigned char)*from) || *from == '-');
        *to++ = *from;
        if (in_option && *from == '-') to[-1] = '_';
    }
    *to = '\0';
}

enum padan_status pd_library_told(enum padan_status status, struct padan_error *error)
{
    if (status != PADAN_OK && error != NULL) pd_library_words(error->message);
    return status;
}
