/* SPDX-License-Identifier: MIT */
#include "base/keyed_hash.h"

#include "base/file.h"

#include <sodium.h>
#include <string.h>

enum { HASH_BYTES = 32 };

_Static_assert(PD_HASH_KEY_MIN == crypto_generichash_KEYBYTES_MIN, "what libsodium takes");
_Static_assert(PD_HASH_KEY_MAX == crypto_generichash_KEYBYTES_MAX, "what libsodium takes");

static enum padan_status take_key(const char *path, const struct pd_buffer *content, struct pd_hash_key *key,
                                  struct padan_error *error)
{
    if (content->length < PD_HASH_KEY_MIN || content->length > PD_HASH_KEY_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: a key has %d to %d bytes, this file has %zu: make one with head -c 32 /dev/urandom", path,
                PD_HASH_KEY_MIN, PD_HASH_KEY_MAX, content->length);
    memcpy(key->bytes, content->data, content->length);
    key->length = content->length;
    return PADAN_OK;
}

enum padan_status pd_hash_key_read(const char *path, struct pd_hash_key *key, struct padan_error *error)
{
    struct pd_buffer content = { 0 };
    if (sodium_init() < 0) PD_FAIL(error, PADAN_LIMIT, "keyed hashes cannot be made: libsodium does not start here");
    enum padan_status status = pd_file_read(path, 1 << 20, &content, error);
    if (status == PADAN_BAD_INPUT || status == PADAN_LIMIT) {
        status = PADAN_BAD_ARGUMENT; /* the job names the wrong file */
        if (error != NULL) error->status = status;
    }
    if (status == PADAN_OK) status = take_key(path, &content, key, error);
    if (content.data != NULL) sodium_memzero(content.data, content.length);
    pd_buffer_reset(&content);
    return status;
}

void pd_keyed_hash_hex(const struct pd_hash_key *key, struct pd_text text, char hex[65])
{
    unsigned char hash[HASH_BYTES];
    (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)text.data, text.length, key->bytes, key->length);
    (void)sodium_bin2hex(hex, 2 * HASH_BYTES + 1, hash, sizeof hash);
}

void pd_hash_key_forget(struct pd_hash_key *key)
{
    sodium_memzero(key, sizeof *key);
}
