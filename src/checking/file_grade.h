/* SPDX-License-Identifier: MIT
 * Grade A to F of a file, as users of matching services know it (DOMAIN 1.6): how well the six elements that decide a
 * match are filled with something that can be read. */
#ifndef PD_CHECKING_FILE_GRADE_H
#define PD_CHECKING_FILE_GRADE_H

#include "ingest/ingest.h"
#include "table/table.h"

enum { PD_GRADE_ELEMENTS = 6 };

struct pd_file_grade {
    char letter; /* A to F; '-' for a file that was left out */
    bool has_nik;
    double share[PD_GRADE_ELEMENTS]; /* of the accepted rows, 0 to 1 */
};

/* "nik", "nama", "tgl_lahir", "tempat_lahir", "jenis_kelamin", "nama_ibu". */
const char *pd_grade_element(size_t element);
/* table is normalised (normalise/normalise.h). Without a NIK column the other five carry the weight. One pass over six
 * columns. */
struct pd_file_grade pd_file_grade(const struct pd_table *table, const struct pd_file_result *file);

#endif
