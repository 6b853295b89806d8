/* SPDX-License-Identifier: MIT
 * Data files of the repository that are compiled into the program (datasets/, models/). */
#ifndef PD_BASE_EMBEDDED_H
#define PD_BASE_EMBEDDED_H

#include "base/text.h"

/* Content of a compiled-in file by its path in the repository ("datasets/program.csv"); data is NULL when there is
 * none. Static storage. */
struct pd_text pd_embedded(const char *path);
/* Path of the n-th compiled-in file, NULL past the end. */
const char *pd_embedded_path(size_t n);

#endif
