/* SPDX-License-Identifier: MIT
 * The digest of a file's bytes, in one of two kinds: SHA-256, which a record for an audit holds, and XXH3 of 128 bits
 * (what xxh128sum prints) at a tenth of its cost, which tells a changed file from the same one, but not from one that
 * somebody made to look the same. */
#ifndef PD_BASE_DIGEST_H
#define PD_BASE_DIGEST_H

#include "base/sha256.h"

enum pd_digest_kind { PD_DIGEST_SHA256, PD_DIGEST_XXH128 };
enum { PD_DIGEST_ROOM = 65 };

struct pd_digest {
    enum pd_digest_kind kind;
    struct pd_sha256 sha256;
    void *xxh128; /* state of that kind */
};

/* "sha256" or "xxh128". */
const char *pd_digest_name(enum pd_digest_kind kind);
/* Begins anew, whatever was begun before ({0}: nothing). OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_digest_start(struct pd_digest *digest, enum pd_digest_kind kind,
                                                   struct padan_error *error);
void pd_digest_add(struct pd_digest *digest, const void *bytes, size_t length);
/* More bytes of several files at once, of digests of one kind; SHA-256 goes faster so. At most PD_DIGEST_PIECES_MAX. */
struct pd_digest_piece {
    struct pd_digest *digest;
    const void *bytes;
    size_t length;
};
enum { PD_DIGEST_PIECES_MAX = 8 };
void pd_digest_add_all(const struct pd_digest_piece *pieces, size_t n);
/* All at once. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_digest_of(struct pd_text content, enum pd_digest_kind kind,
                                                char hex[PD_DIGEST_ROOM], struct padan_error *error);
/* Lower-case hex digits and a NUL. The digest must be started anew before more is added. */
void pd_digest_finish(struct pd_digest *digest, char hex[PD_DIGEST_ROOM]);
void pd_digest_reset(struct pd_digest *digest);

#endif
