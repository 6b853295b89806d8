/* SPDX-License-Identifier: MIT
 * Reading inputs. Compression is told by the first bytes, not by the name: files are renamed on their way. */
#include "ingest/reader.h"

#include "base/memory.h"
#include "ingest/utf16.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PD_RAW_BYTES = 1 << 18 };

enum coding { PLAIN, GZIP, ZSTD };

struct pd_decoder {
    enum coding coding;
    bool raw_end, ended; /* no more stored bytes; no more decoded bytes */
    bool between;        /* a gzip member or zstd frame has just ended */
    size_t begin, end;   /* stored bytes not used yet */
    z_stream inflate;
    ZSTD_DStream *zstd;
    char raw[PD_RAW_BYTES];
};

/* Decoded bytes that are UTF-16. */
struct pd_units {
    struct pd_utf16 state;
    size_t begin, end; /* bytes not turned yet */
    size_t n_ready;    /* UTF-8 that did not fit where it was asked for */
    char ready[PD_UTF16_ROOM];
    char bytes[PD_RAW_BYTES];
};

static enum padan_status read_failed(const struct pd_reader *reader, struct padan_error *error)
{
    PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", reader->path, strerror(errno));
}

/* Reads up to n bytes; *got < n only at the end of the file. */
static enum padan_status read_raw(const struct pd_reader *reader, char *bytes, size_t n, size_t *got,
                                  struct padan_error *error)
{
    *got = 0;
    while (*got < n) {
        const ssize_t now = read(reader->descriptor, bytes + *got, n - *got);
        if (now < 0 && errno == EINTR) continue;
        if (now < 0) return read_failed(reader, error);
        if (now == 0) break;
        *got += (size_t)now;
    }
    return PADAN_OK;
}

static enum padan_status refill(struct pd_reader *reader, struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    size_t got = 0;
    PD_TRY(read_raw(reader, decoder->raw, sizeof decoder->raw, &got, error));
    pd_sha256_add(&reader->hash, decoder->raw, got);
    reader->bytes += got;
    decoder->begin = 0;
    decoder->end = got;
    decoder->raw_end = got < sizeof decoder->raw;
    return PADAN_OK;
}

static enum coding coding_of(const char *bytes, size_t n)
{
    if (n >= 3 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0) return GZIP;
    if (n >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0) return ZSTD;
    return PLAIN;
}

static enum padan_status start_decoder(struct pd_reader *reader, struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    PD_TRY(refill(reader, error));
    decoder->coding = coding_of(decoder->raw, decoder->end);
    reader->compressed = decoder->coding != PLAIN;
    if (decoder->coding == GZIP && inflateInit2(&decoder->inflate, 15 + 16) != Z_OK) {
        decoder->coding = PLAIN;
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "%s: no memory for reading gzip", reader->path);
    }
    if (decoder->coding == ZSTD && (decoder->zstd = ZSTD_createDStream()) == NULL) {
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "%s: no memory for reading zstd", reader->path);
    }
    return PADAN_OK;
}

static enum padan_status look_at_file(struct pd_reader *reader, struct padan_error *error)
{
    struct stat facts;
    if (fstat(reader->descriptor, &facts) != 0) return read_failed(reader, error);
    if (S_ISDIR(facts.st_mode)) PD_FAIL(error, PADAN_BAD_INPUT, "%s: is a folder; name a file", reader->path);
    if (!S_ISREG(facts.st_mode)) return PADAN_OK;
    char magic[4];
    const ssize_t got = pread(reader->descriptor, magic, sizeof magic, 0);
    if (got < 0) return read_failed(reader, error);
    reader->regular = coding_of(magic, (size_t)got) == PLAIN && !pd_utf16_is_marked(magic, (size_t)got);
    reader->size = (uint64_t)facts.st_size;
    return PADAN_OK;
}

static enum padan_status cut_off(const struct pd_reader *reader, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: the compressed data is damaged or cut off; fetch the file again",
            reader->path);
}

/* At a member's end: the next one, or the end of the input (zero bytes and other trailers are passed over). */
static enum padan_status next_member(struct pd_reader *reader, struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    if (decoder->end - decoder->begin < 4 && !decoder->raw_end) {
        const size_t n = decoder->end - decoder->begin;
        memmove(decoder->raw, decoder->raw + decoder->begin, n);
        size_t got = 0;
        PD_TRY(read_raw(reader, decoder->raw + n, sizeof decoder->raw - n, &got, error));
        pd_sha256_add(&reader->hash, decoder->raw + n, got);
        reader->bytes += got;
        decoder->raw_end = got < sizeof decoder->raw - n;
        decoder->begin = 0;
        decoder->end = n + got;
    }
    decoder->ended = coding_of(decoder->raw + decoder->begin, decoder->end - decoder->begin) != decoder->coding;
    if (!decoder->ended && decoder->coding == GZIP) (void)inflateReset(&decoder->inflate);
    decoder->between = false;
    return PADAN_OK;
}

static enum padan_status inflate_some(struct pd_reader *reader, char *bytes, size_t n, size_t *got,
                                      struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    decoder->inflate.next_in = (Bytef *)decoder->raw + decoder->begin;
    decoder->inflate.avail_in = (uInt)(decoder->end - decoder->begin);
    decoder->inflate.next_out = (Bytef *)bytes;
    const size_t room = n < (1u << 30) ? n : 1u << 30;
    decoder->inflate.avail_out = (uInt)room;
    const int code = inflate(&decoder->inflate, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return cut_off(reader, error);
    decoder->begin = decoder->end - decoder->inflate.avail_in;
    *got = room - decoder->inflate.avail_out;
    decoder->between = code == Z_STREAM_END;
    return PADAN_OK;
}

static enum padan_status unzstd_some(struct pd_reader *reader, char *bytes, size_t n, size_t *got,
                                     struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    ZSTD_inBuffer in = { decoder->raw, decoder->end, decoder->begin };
    ZSTD_outBuffer out = { bytes, n, 0 };
    const size_t code = ZSTD_decompressStream(decoder->zstd, &out, &in);
    if (ZSTD_isError(code)) return cut_off(reader, error);
    decoder->begin = in.pos;
    *got = out.pos;
    decoder->between = code == 0;
    return PADAN_OK;
}

static enum padan_status decode_some(struct pd_reader *reader, char *bytes, size_t n, size_t *got,
                                     struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    if (decoder->coding == GZIP) return inflate_some(reader, bytes, n, got, error);
    if (decoder->coding == ZSTD) return unzstd_some(reader, bytes, n, got, error);
    const size_t stored = decoder->end - decoder->begin;
    *got = stored < n ? stored : n;
    memcpy(bytes, decoder->raw + decoder->begin, *got);
    decoder->begin += *got;
    return PADAN_OK;
}

/* After the last member whatever is left is read for the sake of the hash. */
static enum padan_status drain(struct pd_reader *reader, struct padan_error *error)
{
    while (!reader->decoder->raw_end) PD_TRY(refill(reader, error));
    return PADAN_OK;
}

/* Bytes after decompression; *n < capacity only at the end. */
static enum padan_status read_decoded(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                      struct padan_error *error)
{
    struct pd_decoder *decoder = reader->decoder;
    *n = 0;
    while (*n < capacity && !decoder->ended) {
        if (decoder->between) {
            PD_TRY(next_member(reader, error));
            if (decoder->ended) return drain(reader, error);
        }
        size_t got = 0;
        const size_t begin = decoder->begin;
        PD_TRY(decode_some(reader, bytes + *n, capacity - *n, &got, error));
        *n += got;
        if (got > 0 || decoder->begin > begin || decoder->between) continue;
        if (!decoder->raw_end) {
            PD_TRY(refill(reader, error));
        } else if (decoder->coding != PLAIN) {
            return cut_off(reader, error);
        } else {
            decoder->ended = true;
        }
    }
    return PADAN_OK;
}

/* UTF-16 or not, by the first bytes; those that are no mark are kept. */
static enum padan_status look_for_mark(struct pd_reader *reader, struct padan_error *error)
{
    char mark[PD_UTF16_MARK];
    size_t n = 0;
    PD_TRY(read_decoded(reader, mark, sizeof mark, &n, error));
    if (!pd_utf16_is_marked(mark, n)) return n > 0 ? pd_reader_keep(reader, mark, n, error) : PADAN_OK;
    PD_TRY(pd_allocate(&reader->units, 1, sizeof *reader->units, error));
    pd_utf16_start(&reader->units->state, mark);
    return PADAN_OK;
}

static enum padan_status open_named(struct pd_reader *reader, const char *path, struct padan_error *error)
{
    if (strcmp(path, "-") == 0) {
        reader->path = "standard input";
        reader->descriptor = STDIN_FILENO;
    } else {
        reader->descriptor = open(path, O_RDONLY | O_CLOEXEC);
        if (reader->descriptor < 0) {
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: cannot be opened: %s", path, strerror(errno));
        }
        PD_TRY(look_at_file(reader, error));
    }
    if (reader->regular) return PADAN_OK;
    PD_TRY(pd_allocate(&reader->decoder, 1, sizeof *reader->decoder, error));
    PD_TRY(start_decoder(reader, error));
    return look_for_mark(reader, error);
}

enum padan_status pd_reader_open(struct pd_reader *reader, const char *path, struct padan_error *error)
{
    *reader = (struct pd_reader){ .path = path };
    pd_sha256_start(&reader->hash);
    const enum padan_status status = open_named(reader, path, error);
    if (status != PADAN_OK) pd_reader_close(reader);
    return status;
}

/* More bytes of UTF-16 behind those not turned yet; *ended at the end of the text, which may not be half a unit. */
static enum padan_status refill_units(struct pd_reader *reader, bool *ended, struct padan_error *error)
{
    struct pd_units *units = reader->units;
    const size_t n_left = units->end - units->begin;
    memmove(units->bytes, units->bytes + units->begin, n_left);
    size_t got = 0;
    PD_TRY(read_decoded(reader, units->bytes + n_left, sizeof units->bytes - n_left, &got, error));
    units->begin = 0;
    units->end = n_left + got;
    *ended = got == 0;
    if (*ended && n_left > 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: the UTF-16 text ends within a character; fetch the file again",
                reader->path);
    return PADAN_OK;
}

/* Moves what is made ready to bytes[0 .. room); returns how much. */
static size_t take_ready(struct pd_units *units, char *bytes, size_t room)
{
    const size_t n = units->n_ready < room ? units->n_ready : room;
    memcpy(bytes, units->ready, n);
    units->n_ready -= n;
    memmove(units->ready, units->ready + n, units->n_ready);
    return n;
}

/* Turns what there is; a character that may not fit into room is made beside, and begun with. */
static size_t turn_units(struct pd_units *units, char *bytes, size_t room, size_t *used)
{
    const char *in = units->bytes + units->begin;
    const size_t n = units->end - units->begin;
    const bool fits = room >= PD_UTF16_ROOM;
    const size_t made = pd_utf16_decode(&units->state, in, fits || n < 2 ? n : 2, used, fits ? bytes : units->ready,
                                        fits ? room : sizeof units->ready);
    units->begin += *used;
    if (fits) return made;
    units->n_ready = made;
    return take_ready(units, bytes, room);
}

static enum padan_status read_units(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                    struct padan_error *error)
{
    struct pd_units *units = reader->units;
    bool ended = false;
    *n = take_ready(units, bytes, capacity);
    while (!ended && *n < capacity) {
        size_t used = 0;
        *n += turn_units(units, bytes + *n, capacity - *n, &used);
        if (used > 0) continue;
        PD_TRY(refill_units(reader, &ended, error));
        if (ended) units->n_ready = pd_utf16_end(&units->state, units->ready);
        *n += take_ready(units, bytes + *n, capacity - *n);
    }
    return PADAN_OK;
}

enum padan_status pd_reader_read(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                 struct padan_error *error)
{
    size_t n_kept = reader->n_kept - reader->kept_begin;
    if (n_kept > capacity) n_kept = capacity;
    if (n_kept > 0) memcpy(bytes, reader->kept + reader->kept_begin, n_kept);
    reader->kept_begin += n_kept;
    const enum padan_status status = reader->units != NULL
                                         ? read_units(reader, bytes + n_kept, capacity - n_kept, n, error)
                                         : read_decoded(reader, bytes + n_kept, capacity - n_kept, n, error);
    *n += n_kept;
    return status;
}

enum padan_status pd_reader_read_at(const struct pd_reader *reader, char *bytes, size_t n, uint64_t offset,
                                    struct padan_error *error)
{
    while (n > 0) {
        const ssize_t now = pread(reader->descriptor, bytes, n, (off_t)offset);
        if (now < 0 && errno == EINTR) continue;
        if (now < 0) return read_failed(reader, error);
        if (now == 0) PD_FAIL(error, PADAN_IO, "%s: became shorter while it was read; run again", reader->path);
        bytes += now;
        n -= (size_t)now;
        offset += (uint64_t)now;
    }
    return PADAN_OK;
}

enum padan_status pd_reader_keep(struct pd_reader *reader, const char *bytes, size_t n, struct padan_error *error)
{
    pd_free(reader->kept);
    reader->kept = NULL;
    reader->n_kept = reader->kept_begin = 0;
    PD_TRY(pd_allocate(&reader->kept, n, 1, error));
    memcpy(reader->kept, bytes, n);
    reader->n_kept = n;
    return PADAN_OK;
}

bool pd_reader_is_pipe(const struct pd_reader *reader)
{
    struct stat facts;
    return reader->descriptor == STDIN_FILENO || fstat(reader->descriptor, &facts) != 0 || !S_ISREG(facts.st_mode);
}

void pd_reader_close(struct pd_reader *reader)
{
    if (reader->decoder != NULL) {
        if (reader->decoder->coding == GZIP) (void)inflateEnd(&reader->decoder->inflate);
        if (reader->decoder->zstd != NULL) (void)ZSTD_freeDStream(reader->decoder->zstd);
    }
    pd_free(reader->decoder);
    pd_free(reader->units);
    pd_free(reader->kept);
    if (reader->descriptor > STDIN_FILENO) (void)close(reader->descriptor);
    *reader = (struct pd_reader){ .descriptor = -1 };
}
