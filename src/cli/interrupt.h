/* SPDX-License-Identifier: MIT
 * Ctrl-C and kill. A command that leaves nothing behind ends at once with exit code 5; one that has something to tidy
 * up asks for the flag, polls it and ends by itself. A second signal always ends at once. */
#ifndef PD_CLI_INTERRUPT_H
#define PD_CLI_INTERRUPT_H

void pd_interrupt_install(void);
/* From now on signals only set this flag. */
const volatile int *pd_interrupt_flag(void);
/* From now on what a signal writes is a line of JSON. */
void pd_interrupt_json(void);
/* Removes that file, in a handler of signals that ends the program at once. */
void pd_interrupt_tidy(void);
/* A file to be removed when a signal ends the program at once; NULL: none any more. path must stay. */
void pd_interrupt_remove(const char *path);

#endif
