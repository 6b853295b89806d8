/* SPDX-License-Identifier: MIT
 * Texts that say nothing of who a row is: notes, remarks, what was done that day. */
#ifndef PD_AUTO_FREE_NOTES_H
#define PD_AUTO_FREE_NOTES_H

#include "auto/equal_pairs.h"

/* Leaves out texts of several words that rows which have two other columns in common, and mostly agree in a third, have
 * no more words of in common than any rows do. An address, a description or a title is the same there, or alike. After
 * fillers were found. Cost O(rows) per pair of columns until every such text is seen to agree somewhere. */
PADAN_MUST_CHECK enum padan_status pd_auto_leave_out_free_notes(const struct pd_auto_data *data,
                                                                struct pd_profiles *profiles, struct pd_arena *arena,
                                                                struct padan_error *error);

#endif
