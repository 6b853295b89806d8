/* SPDX-License-Identifier: MIT
 * What a bounded run (cli/keeper.h) says when the disk has no room for what does not fit into memory. Where room can be
 * taken ahead, memory that gets none is refused, and base/memory.h asks here for the reason; elsewhere a page that the
 * disk cannot take ends the program, with one sentence. Once per process. */
#ifndef PD_CLI_FULL_DISK_H
#define PD_CLI_FULL_DISK_H

#include <stddef.h>

/* From now on a bus error within memory that lies in a file of this folder ends the program with a sentence.
 * folder must stay. */
void pd_full_disk_watch(const char *memory, size_t bytes, const char *folder);
/* The disk had no room for memory that was asked for. Any thread. */
void pd_full_disk_note(void);

#endif
