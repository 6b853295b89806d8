/* SPDX-License-Identifier: MIT
 * BLAKE2b (RFC 7693) with a key: only who has the key can make the hash of a text, or tell that it is right. */
#ifndef PD_BASE_KEYED_HASH_H
#define PD_BASE_KEYED_HASH_H

#include "base/status.h"
#include "base/text.h"

enum { PD_HASH_KEY_MIN = 16, PD_HASH_KEY_MAX = 64 };

struct pd_hash_key {
    uint8_t bytes[PD_HASH_KEY_MAX];
    size_t length; /* 0: there is no key */
};

/* The key that is all of a file. BAD_ARGUMENT when it cannot be read or is no key. */
PADAN_MUST_CHECK enum padan_status pd_hash_key_read(const char *path, struct pd_hash_key *key,
                                                    struct padan_error *error);
/* 256 bits as lower-case hex digits and a NUL. */
void pd_keyed_hash_hex(const struct pd_hash_key *key, struct pd_text text, char hex[65]);
void pd_hash_key_forget(struct pd_hash_key *key);

#endif
