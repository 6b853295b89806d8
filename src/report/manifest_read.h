/* SPDX-License-Identifier: MIT
 * manifest.json of an earlier run, read back: whether a file of its folder is still as it was written. */
#ifndef PD_REPORT_MANIFEST_READ_H
#define PD_REPORT_MANIFEST_READ_H

#include "base/document.h"

/* The whole manifest, in the arena. BAD_INPUT when there is none, BAD_ARGUMENT when it is no JSON. */
PADAN_MUST_CHECK enum padan_status pd_manifest_read(struct pd_arena *arena, const char *folder, struct pd_node **root,
                                                    struct padan_error *error);
/* Whether the output of that name ("keadaan/baris.bin") has the SHA-256 that the manifest says; false when it says
 * nothing of it. */
bool pd_manifest_output_fits(const struct pd_node *root, const char *name, struct pd_text content);

#endif
