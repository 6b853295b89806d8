/* SPDX-License-Identifier: MIT
 * Memory that was freed is kept for a while, for what comes next. */
#ifndef PD_CLI_FREED_H
#define PD_CLI_FREED_H

/* Memory of large arrays that are freed is used for the next ones, and given back to the system after two seconds, not
 * at once. To touch memory for the first time costs a program up to a fifth of its time where the system has to find
 * it, and stages free what they no longer need just before the next stage asks for as much. Does nothing in a program
 * without jemalloc. Not for runs under a bound of memory, whose keeper wants to know what is free. */
void pd_keep_freed(void);

#endif
