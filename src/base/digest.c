/* SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include "base/hash.h"
#include "base/memory.h"

static const char *const names[] = { [PD_DIGEST_SHA256] = "sha256", [PD_DIGEST_XXH128] = "xxh128" };

const char *pd_digest_name(enum pd_digest_kind kind)
{
    return names[kind];
}

enum padan_status pd_digest_start(struct pd_digest *digest, enum pd_digest_kind kind, struct padan_error *error)
{
    digest->kind = kind;
    if (kind == PD_DIGEST_SHA256) {
        pd_sha256_start(&digest->sha256);
        return PADAN_OK;
    }
    if (digest->xxh128 == NULL) PD_TRY(pd_allocate_array(&digest->xxh128, 1, sizeof(XXH3_state_t), error));
    (void)XXH3_128bits_reset(digest->xxh128);
    return PADAN_OK;
}

void pd_digest_add(struct pd_digest *digest, const void *bytes, size_t length)
{
    if (digest->kind == PD_DIGEST_SHA256)
        pd_sha256_add(&digest->sha256, bytes, length);
    else
        (void)XXH3_128bits_update(digest->xxh128, bytes, length);
}

void pd_digest_add_all(const struct pd_digest_piece *pieces, size_t n)
{
    struct pd_sha256_piece sha256[PD_DIGEST_PIECES_MAX];
    size_t n_sha256 = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pd_digest_piece *piece = &pieces[i];
        if (piece->digest->kind == PD_DIGEST_SHA256)
            sha256[n_sha256++] = (struct pd_sha256_piece){ &piece->digest->sha256, piece->bytes, piece->length };
        else
            pd_digest_add(piece->digest, piece->bytes, piece->length);
    }
    pd_sha256_add_all(sha256, n_sha256);
}

void pd_digest_finish(struct pd_digest *digest, char hex[PD_DIGEST_ROOM])
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t bytes;
    if (digest->kind == PD_DIGEST_SHA256) {
        pd_sha256_finish(&digest->sha256, hex);
        return;
    }
    XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(digest->xxh128));
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        hex[2 * i] = digits[bytes.digest[i] >> 4];
        hex[2 * i + 1] = digits[bytes.digest[i] & 15];
    }
    hex[2 * sizeof bytes.digest] = '\0';
}

void pd_digest_reset(struct pd_digest *digest)
{
    pd_free(digest->xxh128);
    digest->xxh128 = NULL;
}

enum padan_status pd_digest_of(struct pd_text content, enum pd_digest_kind kind, char hex[PD_DIGEST_ROOM],
                               struct padan_error *error)
{
    struct pd_digest digest = { 0 };
    const enum padan_status status = pd_digest_start(&digest, kind, error);
    if (status == PADAN_OK) {
        pd_digest_add(&digest, content.data, content.length);
        pd_digest_finish(&digest, hex);
    }
    pd_digest_reset(&digest);
    return status;
}
