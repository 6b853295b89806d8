/* SPDX-License-Identifier: MIT
 * How threads wait for each other. */
#ifndef PD_CLI_WAITING_H
#define PD_CLI_WAITING_H

/* Starts the program anew with waiting threads asleep, unless the environment already says how they wait. Returns when
 * nothing is to be done or it cannot be done: threads then spin, which is slower only where processors are shared. */
void pd_sleep_while_waiting(char **argv);

#endif
