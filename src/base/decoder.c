/* SPDX-License-Identifier: MIT
 * Compression is told by the first bytes, not by the name: files are renamed on their way. Members of gzip and frames
 * of zstd that follow each other are one input. */
#include "base/decoder.h"

#include "base/memory.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PD_RAW_BYTES = 1 << 18 };

enum coding { PLAIN, GZIP, ZSTD };

struct pd_decoder {
    const char *path;
    int descriptor;
    struct pd_digest *digest; /* may be NULL */
    uint64_t n_stored;
    enum coding coding;
    bool raw_end, ended; /* no more stored bytes; no more decoded bytes */
    bool between;        /* a gzip member or zstd frame has just ended */
    size_t begin, end;   /* stored bytes not used yet */
    z_stream inflate;
    ZSTD_DStream *zstd;
    char raw[PD_RAW_BYTES];
};

/* Reads stored bytes behind the n that are kept in front. */
static enum padan_status refill_behind(struct pd_decoder *decoder, size_t n, struct padan_error *error)
{
    size_t got = 0;
    while (n + got < sizeof decoder->raw) {
        const ssize_t now = read(decoder->descriptor, decoder->raw + n + got, sizeof decoder->raw - n - got);
        if (now < 0 && pd_memory_call_again(decoder->raw + n + got)) continue;
        if (now < 0) PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", decoder->path, strerror(errno));
        if (now == 0) break;
        got += (size_t)now;
    }
    if (decoder->digest != NULL) pd_digest_add(decoder->digest, decoder->raw + n, got);
    decoder->n_stored += got;
    decoder->begin = 0;
    decoder->end = n + got;
    decoder->raw_end = decoder->end < sizeof decoder->raw;
    return PADAN_OK;
}

static enum padan_status refill(struct pd_decoder *decoder, struct padan_error *error)
{
    return refill_behind(decoder, 0, error);
}

static enum coding coding_of(const char *bytes, size_t n)
{
    if (n >= 3 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0) return GZIP;
    if (n >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0) return ZSTD;
    /* A frame to be skipped, as parallel and seekable zstd write. */
    if (n >= 4 && (bytes[0] & 0xf0) == 0x50 && memcmp(bytes + 1, "\x2a\x4d\x18", 3) == 0) return ZSTD;
    return PLAIN;
}

bool pd_decoder_knows(const char *bytes, size_t n)
{
    return coding_of(bytes, n) != PLAIN;
}

static enum padan_status start(struct pd_decoder *decoder, struct padan_error *error)
{
    PD_TRY(refill(decoder, error));
    const enum coding coding = coding_of(decoder->raw, decoder->end);
    if (coding == GZIP && inflateInit2(&decoder->inflate, 15 + 16) != Z_OK)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "%s: no memory for reading gzip", decoder->path);
    if (coding == ZSTD && (decoder->zstd = ZSTD_createDStream()) == NULL)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "%s: no memory for reading zstd", decoder->path);
    decoder->coding = coding;
    return PADAN_OK;
}

enum padan_status pd_decoder_open(struct pd_decoder **decoder, const char *path, int descriptor,
                                  struct pd_digest *digest, struct padan_error *error)
{
    PD_TRY(pd_allocate(decoder, 1, sizeof **decoder, error));
    (*decoder)->path = path;
    (*decoder)->descriptor = descriptor;
    (*decoder)->digest = digest;
    const enum padan_status status = start(*decoder, error);
    if (status == PADAN_OK) return PADAN_OK;
    pd_decoder_close(*decoder);
    *decoder = NULL;
    return status;
}

static enum padan_status cut_off(const struct pd_decoder *decoder, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: the compressed data is damaged or cut off; fetch the file again",
            decoder->path);
}

/* What fills a block up behind the last member, on a tape or in an archive, is zero bytes; other bytes may be a member
 * that has been damaged, with rows of its own. */
static enum padan_status check_rest(const struct pd_decoder *decoder, struct padan_error *error)
{
    for (size_t i = decoder->begin; i < decoder->end; i++)
        if (decoder->raw[i] != 0)
            PD_FAIL(error, PADAN_BAD_INPUT,
                    "%s: behind the compressed data stand bytes that are none, perhaps a damaged part; fetch the file "
                    "again",
                    decoder->path);
    return PADAN_OK;
}

/* At a member's end: the next one, or the end of the input. */
static enum padan_status next_member(struct pd_decoder *decoder, struct padan_error *error)
{
    const size_t n = decoder->end - decoder->begin;
    if (n < 4 && !decoder->raw_end) {
        memmove(decoder->raw, decoder->raw + decoder->begin, n);
        PD_TRY(refill_behind(decoder, n, error));
    }
    decoder->ended = coding_of(decoder->raw + decoder->begin, decoder->end - decoder->begin) != decoder->coding;
    if (!decoder->ended && decoder->coding == GZIP) (void)inflateReset(&decoder->inflate);
    decoder->between = false;
    return PADAN_OK;
}

static enum padan_status inflate_some(struct pd_decoder *decoder, char *bytes, size_t n, size_t *got,
                                      struct padan_error *error)
{
    decoder->inflate.next_in = (Bytef *)decoder->raw + decoder->begin;
    decoder->inflate.avail_in = (uInt)(decoder->end - decoder->begin);
    decoder->inflate.next_out = (Bytef *)bytes;
    const size_t room = n < (1u << 30) ? n : 1u << 30;
    decoder->inflate.avail_out = (uInt)room;
    const int code = inflate(&decoder->inflate, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return cut_off(decoder, error);
    decoder->begin = decoder->end - decoder->inflate.avail_in;
    *got = room - decoder->inflate.avail_out;
    decoder->between = code == Z_STREAM_END;
    return PADAN_OK;
}

static enum padan_status unzstd_some(struct pd_decoder *decoder, char *bytes, size_t n, size_t *got,
                                     struct padan_error *error)
{
    ZSTD_inBuffer in = { decoder->raw, decoder->end, decoder->begin };
    ZSTD_outBuffer out = { bytes, n, 0 };
    const size_t code = ZSTD_decompressStream(decoder->zstd, &out, &in);
    if (ZSTD_isError(code)) return cut_off(decoder, error);
    decoder->begin = in.pos;
    *got = out.pos;
    decoder->between = code == 0;
    return PADAN_OK;
}

static enum padan_status decode_some(struct pd_decoder *decoder, char *bytes, size_t n, size_t *got,
                                     struct padan_error *error)
{
    if (decoder->coding == GZIP) return inflate_some(decoder, bytes, n, got, error);
    if (decoder->coding == ZSTD) return unzstd_some(decoder, bytes, n, got, error);
    const size_t stored = decoder->end - decoder->begin;
    *got = stored < n ? stored : n;
    memcpy(bytes, decoder->raw + decoder->begin, *got);
    decoder->begin += *got;
    return PADAN_OK;
}

/* After the last member whatever is left is read for the sake of the hash. */
static enum padan_status drain(struct pd_decoder *decoder, struct padan_error *error)
{
    PD_TRY(check_rest(decoder, error));
    while (!decoder->raw_end) {
        PD_TRY(refill(decoder, error));
        PD_TRY(check_rest(decoder, error));
    }
    return PADAN_OK;
}

enum padan_status pd_decoder_read(struct pd_decoder *decoder, char *bytes, size_t capacity, size_t *n,
                                  struct padan_error *error)
{
    *n = 0;
    while (*n < capacity && !decoder->ended) {
        if (decoder->between) {
            PD_TRY(next_member(decoder, error));
            if (decoder->ended) return drain(decoder, error);
        }
        size_t got = 0;
        const size_t begin = decoder->begin;
        PD_TRY(decode_some(decoder, bytes + *n, capacity - *n, &got, error));
        *n += got;
        if (got > 0 || decoder->begin > begin || decoder->between) continue;
        if (!decoder->raw_end) {
            PD_TRY(refill(decoder, error));
        } else if (decoder->coding != PLAIN) {
            return cut_off(decoder, error);
        } else {
            decoder->ended = true;
        }
    }
    return PADAN_OK;
}

bool pd_decoder_is_compressed(const struct pd_decoder *decoder)
{
    return decoder->coding != PLAIN;
}

uint64_t pd_decoder_stored(const struct pd_decoder *decoder)
{
    return decoder->n_stored;
}

void pd_decoder_close(struct pd_decoder *decoder)
{
    if (decoder == NULL) return;
    if (decoder->coding == GZIP) (void)inflateEnd(&decoder->inflate);
    if (decoder->zstd != NULL) (void)ZSTD_freeDStream(decoder->zstd);
    pd_free(decoder);
}
