/* SPDX-License-Identifier: MIT
 * Keeps the program within a bound of memory (`--memory`) by moving what it does not use at the moment to the disk.
 *
 * What is allocated from then on lies in a file without a name in the folder of the results, mapped shared. While the
 * process is near its bound, runs of pages, one after another, are taken out of it: their contents stay in the file,
 * in the system's page cache as long as there is room, and come back when they are touched. What is needed again soon
 * comes back at the cost of a page fault, what lies idle (raw texts while pairs are sought, rows that were sorted)
 * stays out. So every stage of every command works under a bound, none knows of it, and results cannot depend on it.
 *
 *   memory   |anonymous, up to a share of the bound|     a job that should fit: files are slower than memory
 *   file     |.....in.....|out|....in....|  hand ->  |   what is beyond it, and all of a job that should not fit
 *
 * Room on the disk is taken ahead for what is committed (a full disk is then memory that is not to be had, told in one
 * sentence, and no signal) and given back when it is freed.
 *
 * The bound is looked after by a thread of its own, and between chunks of work (pd_memory_pause). The idea of a clock
 * hand over pages is the oldest of operating systems; that mapped files make memory that can be given back under load
 * is how databases like LMDB live. Works with jemalloc's extent hooks; a program without jemalloc has no keeper. */
#ifndef PD_CLI_KEEPER_H
#define PD_CLI_KEEPER_H

#include "run/memory_plan.h"

/* The keeper of this program, to be given to a run; {NULL} without jemalloc. */
struct pd_memory_keeper pd_keeper(void);

#endif
