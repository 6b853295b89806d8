/* SPDX-License-Identifier: MIT
 * The name that somebody may have meant: what sentences about unknown keys, programs and columns ask. */
#ifndef PD_BASE_NEAREST_H
#define PD_BASE_NEAREST_H

#include "base/text.h"

/* The first of the nearest names[] to text, by Levenshtein distance without case; NULL when none is near (more edits
 * than a third of its letters, or than 2 in short ones). Words of 48 bytes and more are near to none. Cost: the lengths
 * multiplied, per name. */
const char *pd_nearest_name(struct pd_text text, const char *const *names, size_t n_names);
/* The same, near being most_edits. */
const char *pd_nearest_within(struct pd_text text, const char *const *names, size_t n_names, size_t most_edits);

#endif
