/* SPDX-License-Identifier: MIT
 * The last sections of a file of known rows; those of the columns come before them. Used by known_*.c only.
 *
 *   ... | descriptions of the columns | raw columns | facts of the file | heading */
#ifndef PD_NORMALISE_KNOWN_FORMAT_H
#define PD_NORMALISE_KNOWN_FORMAT_H

#include "normalise/known.h"

enum { PD_KNOWN_LAST_SECTIONS = 4 };

struct pd_known_heading {
    uint64_t n_records, n_columns, n_sources;
};

extern const struct pd_sealed_kind pd_known_kind;

#endif
