/* SPDX-License-Identifier: MIT
 * The bytes of a file, decompressed by its content (gzip, zstd) or as they are. */
#ifndef PD_EVALUATE_BYTE_SOURCE_H
#define PD_EVALUATE_BYTE_SOURCE_H

#include "base/status.h"

struct pd_byte_source;

/* path must outlive the source. BAD_INPUT when the file cannot be opened. */
PADAN_MUST_CHECK enum padan_status pd_byte_source_open(struct pd_byte_source **source, const char *path,
                                                       struct padan_error *error);
/* Reads up to capacity bytes (capacity >= 1); *n_bytes is 0 only at the end. */
PADAN_MUST_CHECK enum padan_status pd_byte_source_read(struct pd_byte_source *source, char *to, size_t capacity,
                                                       size_t *n_bytes, struct padan_error *error);
void pd_byte_source_close(struct pd_byte_source *source);

#endif
