/* SPDX-License-Identifier: MIT
 * SHA-256 after FIPS 180-4. Two block functions: the plain one of the standard and one with the x86 SHA extensions
 * (about six times as fast, which matters because every input byte is hashed). Chosen once per process by the
 * processor; both give the same digest. */
#include "base/sha256.h"

#include "base/cpu.h"
#include "base/file.h"

#include <errno.h>
#include <unistd.h>

enum { BLOCK = 64 };

/* First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

static void blocks_scalar(uint32_t state[8], const uint8_t *bytes, size_t n_blocks)
{
    for (; n_blocks > 0; n_blocks--, bytes += BLOCK) {
        uint32_t w[64], v[8];
        for (int i = 0; i < 16; i++)
            w[i] = (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 | (uint32_t)bytes[4 * i + 2] << 8 |
                   bytes[4 * i + 3];
        for (int i = 16; i < 64; i++) {
            const uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
            const uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        memcpy(v, state, sizeof v);
        for (int i = 0; i < 64; i++) {
            const uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
            const uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            const uint32_t t1 = v[7] + s1 + choice + round_constants[i] + w[i];
            const uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
            const uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            memmove(v + 1, v, 7 * sizeof *v);
            v[4] += t1;
            v[0] = t1 + s0 + majority;
        }
        for (int i = 0; i < 8; i++) state[i] += v[i];
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

#define SHA_NI __attribute__((target("sha,sse4.1")))
#define SHA_NI_INLINE SHA_NI __attribute__((always_inline)) static inline

/* The instructions work on two halves of the state in the order (A B E F) and (C D G H). */
struct halves {
    __m128i abef, cdgh;
};

SHA_NI_INLINE struct halves load_state(const uint32_t state[8])
{
    const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1);
    const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    return (struct halves){ _mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xf0) };
}

SHA_NI_INLINE void store_state(uint32_t state[8], struct halves halves)
{
    const __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1b), dchg = _mm_shuffle_epi32(halves.cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

SHA_NI_INLINE void load_block(const uint8_t *bytes, __m128i w[4])
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
}

/* Four rounds of a message register; the message schedule of the next four words is made along the way. */
SHA_NI_INLINE void four_rounds(struct halves *state, __m128i w[4], int i)
{
    const __m128i current = w[i & 3];
    const __m128i constant = _mm_loadu_si128((const __m128i *)(const void *)(round_constants + 4 * i));
    const __m128i sum = _mm_add_epi32(current, constant);
    state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
    state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, _mm_shuffle_epi32(sum, 0x0e));
    if (i >= 12) return;
    const __m128i next = w[(i + 1) & 3], third = w[(i + 2) & 3], fourth = w[(i + 3) & 3];
    const __m128i part = _mm_add_epi32(_mm_sha256msg1_epu32(current, next), _mm_alignr_epi8(fourth, third, 4));
    w[i & 3] = _mm_sha256msg2_epu32(part, fourth);
}

SHA_NI_INLINE struct halves added(struct halves a, struct halves b)
{
    return (struct halves){ _mm_add_epi32(a.abef, b.abef), _mm_add_epi32(a.cdgh, b.cdgh) };
}

SHA_NI static void blocks_sha_ni(uint32_t state[8], const uint8_t *bytes, size_t n_blocks)
{
    struct halves hash = load_state(state);
    for (; n_blocks > 0; n_blocks--, bytes += BLOCK) {
        const struct halves before = hash;
        __m128i w[4];
        load_block(bytes, w);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) four_rounds(&hash, w, i);
        hash = added(hash, before);
    }
    store_state(state, hash);
}

/* The same of two hashes at once. A round waits for the one before, so the other's rounds fit in between. */
SHA_NI static void blocks_of_two_sha_ni(uint32_t *const states[2], const uint8_t *const bytes[2], size_t n_blocks)
{
    struct halves left = load_state(states[0]), right = load_state(states[1]);
    for (size_t block = 0; block < n_blocks; block++) {
        const struct halves left_before = left, right_before = right;
        __m128i w[2][4];
        load_block(bytes[0] + block * BLOCK, w[0]);
        load_block(bytes[1] + block * BLOCK, w[1]);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            four_rounds(&left, w[0], i);
            four_rounds(&right, w[1], i);
        }
        left = added(left, left_before);
        right = added(right, right_before);
    }
    store_state(states[0], left);
    store_state(states[1], right);
}

#include <cpuid.h>

/* CPUID leaf 7: EBX bit 29 = SHA; leaf 1: ECX bit 19 = SSE4.1. PADAN_CPU=scalar turns it off. */
static bool has_sha_ni(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (pd_cpu_is_limited_to("scalar")) return false;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & (1u << 19)) == 0) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & (1u << 29)) != 0;
}
#else
static bool has_sha_ni(void)
{
    return false;
}
#define blocks_sha_ni blocks_scalar

static void blocks_of_two_sha_ni(uint32_t *const states[2], const uint8_t *const bytes[2], size_t n_blocks)
{
    for (int i = 0; i < 2; i++) blocks_scalar(states[i], bytes[i], n_blocks);
}
#endif

/* Kept in the state's top bit of length, so that no global remembers the processor. */
#define WITH_SHA_NI (UINT64_C(1) << 63)

static void hash_blocks(struct pd_sha256 *hash, const uint8_t *bytes, size_t n_blocks)
{
    if ((hash->length & WITH_SHA_NI) != 0)
        blocks_sha_ni(hash->state, bytes, n_blocks);
    else
        blocks_scalar(hash->state, bytes, n_blocks);
}

void pd_sha256_start(struct pd_sha256 *hash)
{
    /* Fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.3). */
    *hash = (struct pd_sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                                           0x1f83d9ab, 0x5be0cd19 },
                                .length = has_sha_ni() ? WITH_SHA_NI : 0 };
}

void pd_sha256_add(struct pd_sha256 *hash, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    const size_t pending = (size_t)(hash->length % BLOCK);
    hash->length += length;
    if (pending > 0) {
        const size_t room = BLOCK - pending, taken = length < room ? length : room;
        if (taken > 0) memcpy(hash->pending + pending, from, taken);
        if (taken < room) return;
        hash_blocks(hash, hash->pending, 1);
        from += taken;
        length -= taken;
    }
    hash_blocks(hash, from, length / BLOCK);
    if (length % BLOCK > 0) memcpy(hash->pending, from + length / BLOCK * BLOCK, length % BLOCK);
}

/* Ends the block that was begun, as far as there are bytes. */
static void end_block(struct pd_sha256_piece *piece)
{
    const size_t pending = (size_t)(piece->hash->length % BLOCK), room = BLOCK - pending;
    const size_t taken = piece->length < room ? piece->length : room;
    if (pending == 0) return;
    pd_sha256_add(piece->hash, piece->bytes, taken);
    piece->bytes = (const uint8_t *)piece->bytes + taken;
    piece->length -= taken;
}

/* The same number of blocks of both. */
static void add_blocks(struct pd_sha256_piece *left, struct pd_sha256_piece *right, size_t n_blocks)
{
    struct pd_sha256_piece *const pieces[] = { left, right };
    uint32_t *const states[] = { left->hash->state, right->hash->state };
    const uint8_t *const bytes[] = { left->bytes, right->bytes };
    if ((left->hash->length & WITH_SHA_NI) != 0)
        blocks_of_two_sha_ni(states, bytes, n_blocks);
    else
        for (int i = 0; i < 2; i++) blocks_scalar(states[i], bytes[i], n_blocks);
    for (int i = 0; i < 2; i++) {
        pieces[i]->hash->length += n_blocks * BLOCK;
        pieces[i]->bytes = bytes[i] + n_blocks * BLOCK;
        pieces[i]->length -= n_blocks * BLOCK;
    }
}

void pd_sha256_add_all(struct pd_sha256_piece *pieces, size_t n_pieces)
{
    for (size_t i = 0; i < n_pieces; i++) end_block(&pieces[i]);
    for (;;) {
        struct pd_sha256_piece *most = NULL, *second = NULL;
        for (size_t i = 0; i < n_pieces; i++) {
            struct pd_sha256_piece *piece = &pieces[i];
            if (most == NULL || piece->length > most->length) {
                second = most;
                most = piece;
            } else if (second == NULL || piece->length > second->length) {
                second = piece;
            }
        }
        if (second == NULL || second->length < BLOCK) break;
        add_blocks(most, second, second->length / BLOCK);
    }
    for (size_t i = 0; i < n_pieces; i++) pd_sha256_add(pieces[i].hash, pieces[i].bytes, pieces[i].length);
}

void pd_sha256_finish(struct pd_sha256 *hash, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    static const uint8_t padding[BLOCK] = { 0x80 };
    const uint64_t bytes = hash->length & ~WITH_SHA_NI, bits = bytes * 8;
    const size_t used = (size_t)(bytes % BLOCK), pad = used < 56 ? 56 - used : 120 - used;
    uint8_t length[8];
    for (int i = 0; i < 8; i++) length[i] = (uint8_t)(bits >> (56 - 8 * i));
    pd_sha256_add(hash, padding, pad);
    pd_sha256_add(hash, length, sizeof length);
    for (int i = 0; i < 64; i++) hex[i] = digits[(hash->state[i / 8] >> (28 - 4 * (i % 8))) & 15];
    hex[64] = '\0';
}

void pd_sha256_hex(struct pd_text content, char hex[65])
{
    struct pd_sha256 hash;
    pd_sha256_start(&hash);
    pd_sha256_add(&hash, content.data, content.length);
    pd_sha256_finish(&hash, hex);
}

enum padan_status pd_sha256_file(const char *path, char hex[65], struct padan_error *error)
{
    int descriptor = -1;
    PD_TRY(pd_file_open(path, &descriptor, error));
    struct pd_sha256 hash;
    pd_sha256_start(&hash);
    uint8_t piece[1 << 16];
    ssize_t got = 0;
    while ((got = read(descriptor, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0) pd_sha256_add(&hash, piece, (size_t)got);
    (void)close(descriptor);
    if (got < 0) PD_FAIL(error, PADAN_IO, "cannot read %s", path);
    pd_sha256_finish(&hash, hex);
    return PADAN_OK;
}

const char *pd_sha256_kernel(void)
{
    return has_sha_ni() ? "sha-ni" : "scalar";
}
