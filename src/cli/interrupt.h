/* SPDX-License-Identifier: MIT
 * Ctrl-C, kill and a closed terminal end the program at once with exit code 5, wherever it is: the handler itself
 * removes what stands under a temporary name, so nothing has to be polled and a wait for a pipe is no obstacle. Only
 * results that are just being given their names are finished first; a second signal does not wait for that either. */
#ifndef PD_CLI_INTERRUPT_H
#define PD_CLI_INTERRUPT_H

void pd_interrupt_install(void);
/* From now on what a signal writes is a line of JSON. */
void pd_interrupt_json(void);
/* Removes what is unfinished, in a handler of signals that ends the program. */
void pd_interrupt_tidy(void);
/* Does not return when a signal is ending the program: what fails meanwhile is no error to be told. */
void pd_interrupt_wait(void);

#endif
