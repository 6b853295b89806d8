/* SPDX-License-Identifier: MIT
 * Values of Arrow columns as texts. */
#ifndef PD_LIBRARY_ARROW_VALUES_H
#define PD_LIBRARY_ARROW_VALUES_H

#include "base/buffer.h"
#include "library/arrow_layout.h"

/* How the values of a column are read. */
struct pd_arrow_kind {
    /* Appends the value at `at`, which is not null; nothing for one that is missing all the same. */
    void (*append)(const struct ArrowArray *array, int64_t at, int64_t scale, struct pd_buffer *out);
    int64_t scale;    /* of timestamps: units in a second */
    const char *type; /* as --types has it (model/column_types.h); NULL: a text */
    char list; /* 0, or the layout of a list, of whose items the above is: 'l', 'L' (large) or 'w' (of one length) */
    int64_t length; /* of lists of one length */
};

/* UNSUPPORTED, with the column's name, for a format that has no such reading. */
PADAN_MUST_CHECK enum padan_status pd_arrow_kind_of(const struct ArrowSchema *schema, struct pd_arrow_kind *kind,
                                                    struct padan_error *error);
/* Appends the value of row `at`, from the array's offset on; nothing where it is null. */
void pd_arrow_append(const struct pd_arrow_kind *kind, const struct ArrowSchema *schema, const struct ArrowArray *array,
                     int64_t at, struct pd_buffer *out);

#endif
