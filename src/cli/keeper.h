/* SPDX-License-Identifier: MIT
 * Keeps the program within a bound of memory (`--memory`) by moving what it does not use at the moment to the disk.
 *
 * While the process is near its bound, steps of what it has allocated, one after another, are moved to a file without a
 * name in the folder of the results (cli/backing.h): their contents stay in the system's page cache as long as there is
 * room, and come back when they are touched. What is needed again soon comes back at the cost of page faults, what lies
 * idle (raw texts while pairs are sought, rows that were sorted) stays out. So every stage of every command works under
 * a bound, none knows of it, and results cannot depend on it.
 *
 *   indexes  |....|out|....|                   columns that lie in files already are only let go (cli/mapping.h)
 *   pieces   |memory|  file  |out|  file  |    small ones: memory up to a share of the bound, else the file's
 *   arrays   |memory|out|memory|  hand ->      memory until their turn comes
 *
 * Room on the disk is taken before a step is moved and for pieces ahead (a full disk is then memory that is not to be
 * had, told in one sentence, and no signal), and given back when they are freed.
 *
 * The bound is looked after by a thread of its own, a little before others have to wait, and between chunks of work
 * (pd_memory_pause). The idea of a clock hand over pages is the oldest of operating systems. Works with jemalloc's
 * extent hooks; a program without jemalloc has no keeper. */
#ifndef PD_CLI_KEEPER_H
#define PD_CLI_KEEPER_H

#include "run/memory_plan.h"

/* The keeper of this program, to be given to a run; {NULL} without jemalloc. */
struct pd_memory_keeper pd_keeper(void);

#endif
