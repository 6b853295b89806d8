/* SPDX-License-Identifier: MIT
 * Arrays that lie in files (base/memory.h): the program's part, which must remember them. The arrays are private copies
 * of parts of a file, made page by page when they are written to, in a range of addresses of their own, so that one
 * comparison tells them from other memory. A file that is cut short under them ends the program with a sentence and
 * exit code 3, as a damaged file does; one that was changed is found before results get their names. */
#ifndef PD_CLI_MAPPING_H
#define PD_CLI_MAPPING_H

/* Catches what a file cut short does to the program. */
void pd_mapping_install(void);
/* No more arrays in files: memory is kept within a bound, which counts pages that the program can move. */
void pd_mapping_stop(void);

#endif
