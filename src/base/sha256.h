/* SPDX-License-Identifier: MIT
 * SHA-256 (FIPS 180-4) of inputs, outputs and the program, for manifest and trail. Uses the processor's SHA
 * instructions where it has them. */
#ifndef PD_BASE_SHA256_H
#define PD_BASE_SHA256_H

#include "base/status.h"
#include "base/text.h"

struct pd_sha256 {
    uint32_t state[8];
    uint64_t length;     /* bytes so far */
    uint8_t pending[64]; /* [length % 64] bytes not yet hashed */
};

void pd_sha256_start(struct pd_sha256 *hash);
void pd_sha256_add(struct pd_sha256 *hash, const void *bytes, size_t length);
/* Adds bytes to several hashes, two at a time where that is faster than one after the other. Uses up the pieces. */
struct pd_sha256_piece {
    struct pd_sha256 *hash; /* each of another */
    const void *bytes;
    size_t length;
};
void pd_sha256_add_all(struct pd_sha256_piece *pieces, size_t n_pieces);
/* The digest as 64 lower-case hex digits and a NUL. The state is used up. */
void pd_sha256_finish(struct pd_sha256 *hash, char hex[65]);
void pd_sha256_hex(struct pd_text content, char hex[65]);
/* Of a whole file, read in pieces. BAD_INPUT when it cannot be opened, IO when reading fails. */
PADAN_MUST_CHECK enum padan_status pd_sha256_file(const char *path, char hex[65], struct padan_error *error);
/* "sha-ni" or "scalar": what this machine uses. */
const char *pd_sha256_kernel(void);

#endif
