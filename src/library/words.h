/* SPDX-License-Identifier: MIT
 * What is told, in the words of the library: "--link-type must be ..." of the engine is "link_type must be ...". */
#ifndef PD_LIBRARY_WORDS_H
#define PD_LIBRARY_WORDS_H

#include "base/status.h"

/* Rewrites a sentence where it stands; it gets no longer. */
void pd_library_words(char *sentence);
/* The status as it came; the words of a failure are rewritten. */
enum padan_status pd_library_told(enum padan_status status, struct padan_error *error);

#endif
