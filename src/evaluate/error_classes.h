/* SPDX-License-Identifier: MIT
 * What the classes of errors E1 to E27 are, which a truth names by their codes (docs/generate.md). */
#ifndef PD_EVALUATE_ERROR_CLASSES_H
#define PD_EVALUATE_ERROR_CLASSES_H

/* A few words; class 0 are rows without an error, and what has no name of its own has empty ones. Static storage. */
const char *pd_error_class_words(int error_class);

#endif
