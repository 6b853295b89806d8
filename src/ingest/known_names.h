/* SPDX-License-Identifier: MIT
 * Whether a cell is the name of a column: one of the aliases, or one that the job names. */
#ifndef PD_INGEST_KNOWN_NAMES_H
#define PD_INGEST_KNOWN_NAMES_H

#include "ingest/layout.h"

struct pd_known_names {
    const struct pd_input_file *file;
    const struct pd_alias_table *aliases; /* or NULL */
};

/* What a header says without ="...", a mark of a duty (NIK*) and a note on the form of its values: (16 digit), (Rp),
 * (DD/MM/YYYY), (L/P). Other words in brackets may make another column of it, (IBU), and stay. */
struct pd_text pd_header_words(struct pd_text header);
bool pd_is_known_name(const struct pd_known_names *known, struct pd_text cell);

#endif
