/* SPDX-License-Identifier: MIT
 * The folder of a generation: files are made in a temporary one inside it and given their names when all are whole, the
 * job last. What stood there stays until then, and what is not of a generation stays for good: runs, a user's files. */
#ifndef PD_GENERATE_OUTPUT_H
#define PD_GENERATE_OUTPUT_H

#include "base/buffer.h"

struct pd_generated {
    const char *out;         /* where the files are to stand */
    struct pd_buffer folder; /* where they are made, with a NUL */
    int lock;                /* of the temporary folder, -1 */
};

/* Makes both folders. IO when another process is writing to out. */
PADAN_MUST_CHECK enum padan_status pd_generated_begin(struct pd_generated *generated, const char *out,
                                                      struct padan_error *error);
/* Gives the files their names when status is OK; else removes them and returns status. messy: files of earlier
 * generations are taken out of the folders of programs. Frees generated, whatever happens. */
PADAN_MUST_CHECK enum padan_status pd_generated_end(struct pd_generated *generated, bool messy,
                                                    enum padan_status status, struct padan_error *error);

#endif
