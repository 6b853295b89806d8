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
/* Whether the files of a run's folder that are still there, but for those in folders of it, are as long as the run
 * wrote them: one that a copy cut off would be taken for all there was. A folder without a manifest is not looked at.
 * BAD_INPUT names the first that is not, or a manifest that is no JSON. Cost: a stat per file. */
PADAN_MUST_CHECK enum padan_status pd_manifest_check_folder(const char *folder, struct padan_error *error);

#endif
