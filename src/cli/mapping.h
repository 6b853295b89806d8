/* SPDX-License-Identifier: MIT
 * Arrays that lie in files (base/memory.h): the program's part, which must remember them. The arrays are private copies
 * of parts of a file, made page by page when they are written to, in a range of addresses of their own, so that one
 * comparison tells them from other memory. A file that is cut short under them ends the program with a sentence and
 * exit code 3, as a damaged file does; one that was changed is found before results get their names, or when codes that
 * are none any more lead to a bad address.
 *
 * Within a bound of memory (cli/keeper.h) pages of files can be taken out of the process at any time, as long as nobody
 * has written to them. So they are read-only at first, and who writes makes the pages around writable, in a handler of
 * signals: those stay. */
#ifndef PD_CLI_MAPPING_H
#define PD_CLI_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

/* Catches what a file cut short or changed does to the program. */
void pd_mapping_install(void);
/* What a handler of bus errors does first: ends the program when one of the files was cut short. */
void pd_mapping_look_at_bus_error(const void *address);
/* From now on pages of arrays can be taken out. room_bytes: so much room behind arrays there may be in all, which can
 * not; arrays with more are none. */
void pd_mapping_bound(size_t room_bytes);
/* How much room there is behind arrays that were not freed. */
size_t pd_mapping_room(void);
/* Lets pages be written to; false when there is no such array. For handlers of signals, too. */
bool pd_mapping_let_write(const void *address);
/* How many times pages are taken out in a round. */
size_t pd_mapping_steps(void);
/* Takes the next pages out; false at the end of a round. One thread at a time. */
bool pd_mapping_take_out(void);

#endif
