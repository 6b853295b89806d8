/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

enum { WORD_MAX = 48 };

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Levenshtein distance without case, one row of the table at a time; long words are far from all. */
static size_t edits(struct pd_text a, struct pd_text b)
{
    if (a.length >= WORD_MAX || b.length >= WORD_MAX) return WORD_MAX;
    size_t row[WORD_MAX];
    for (size_t j = 0; j <= b.length; j++) row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            const size_t change = diagonal + (lower(a.data[i - 1]) != lower(b.data[j - 1]));
            diagonal = row[j];
            const size_t shift = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = change < shift ? change : shift;
        }
    }
    return row[b.length];
}

const char *pd_nearest_within(struct pd_text text, const char *const *names, size_t n_names, size_t most_edits)
{
    const char *nearest = NULL;
    size_t least = WORD_MAX;
    for (size_t i = 0; i < n_names; i++) {
        const size_t distance = edits(text, pd_text_of(names[i]));
        if (distance >= least) continue;
        least = distance;
        nearest = names[i];
    }
    return least <= most_edits ? nearest : NULL;
}

const char *pd_nearest_name(struct pd_text text, const char *const *names, size_t n_names)
{
    return pd_nearest_within(text, names, n_names, text.length / 3 > 2 ? text.length / 3 : 2);
}
