/* SPDX-License-Identifier: MIT
 * At how much resident memory a keeper of a bound (cli/keeper.h) acts.
 *
 *   0 |held: stays in|..............low...soon...high|margin| allowed
 *                                                     what threads touch before they are seen
 *
 * What is held cannot be taken out. So all marks lie above it, or the keeper would go round and round over the little
 * that is left; and threads that touch pages faster than it looks can bring in no more than the rest. */
#ifndef PD_CLI_MEMORY_MARKS_H
#define PD_CLI_MEMORY_MARKS_H

#include <stddef.h>

struct pd_memory_marks {
    size_t high;      /* resident bytes from which nobody goes on before pages are taken out */
    size_t soon, low; /* from which the keeper takes them out, and down to which */
};

/* held: at most allowed. */
struct pd_memory_marks pd_memory_marks(size_t allowed, size_t held);

#endif
