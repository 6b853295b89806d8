/* SPDX-License-Identifier: MIT
 * The bytes of an open file, pipe or standard input, decompressed by their content (gzip, zstd) or as they are, in
 * order. What is stored is hashed on the way. */
#ifndef PD_BASE_DECODER_H
#define PD_BASE_DECODER_H

#include "base/digest.h"

struct pd_decoder;

/* Whether something that begins so is compressed in a way that is read here. */
bool pd_decoder_knows(const char *bytes, size_t n);
/* Reads the first bytes. path (for messages) and digest, to which stored bytes are added unless it is NULL, must
 * outlive the decoder; the descriptor stays the caller's. */
PADAN_MUST_CHECK enum padan_status pd_decoder_open(struct pd_decoder **decoder, const char *path, int descriptor,
                                                   struct pd_digest *digest, struct padan_error *error);
/* Fills bytes as far as the input goes; *n < capacity only at the end. BAD_INPUT when it is damaged or cut off. */
PADAN_MUST_CHECK enum padan_status pd_decoder_read(struct pd_decoder *decoder, char *bytes, size_t capacity, size_t *n,
                                                   struct padan_error *error);
bool pd_decoder_is_compressed(const struct pd_decoder *decoder);
/* Stored bytes read so far. */
uint64_t pd_decoder_stored(const struct pd_decoder *decoder);
void pd_decoder_close(struct pd_decoder *decoder);

#endif
