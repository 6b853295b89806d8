/* SPDX-License-Identifier: MIT
 * zlib reads gzip and plain files through one call (plain bytes are not copied); zstd is fed from a block of input. */
#include "evaluate/byte_source.h"

#include "base/memory.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { INPUT_BYTES = 1 << 18, ZLIB_BUFFER_BYTES = 1 << 18 };

struct pd_byte_source {
    const char *path;
    gzFile zlib; /* gzip and plain files */
    int descriptor;
    ZSTD_DStream *zstd; /* zstd files */
    char *input;
    ZSTD_inBuffer pending;
    size_t hint; /* 0 when the last frame is complete */
};

static enum padan_status unreadable(const char *path, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "cannot read %s: the file is damaged or not a table", path);
}

static bool is_zstd(int descriptor)
{
    static const unsigned char magic[4] = { 0x28, 0xB5, 0x2F, 0xFD };
    unsigned char head[4] = { 0 };
    return pread(descriptor, head, sizeof head, 0) == sizeof head && memcmp(head, magic, sizeof magic) == 0;
}

static enum padan_status start_decoder(struct pd_byte_source *source, struct padan_error *error)
{
    if (!is_zstd(source->descriptor)) {
        source->zlib = gzdopen(source->descriptor, "rb");
        if (source->zlib == NULL) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "out of memory while opening %s", source->path);
        source->descriptor = -1;
        (void)gzbuffer(source->zlib, ZLIB_BUFFER_BYTES);
        return PADAN_OK;
    }
    PD_TRY(pd_allocate_array(&source->input, INPUT_BYTES, 1, error));
    source->zstd = ZSTD_createDStream();
    if (source->zstd == NULL) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "out of memory while opening %s", source->path);
    source->pending.src = source->input;
    return PADAN_OK;
}

enum padan_status pd_byte_source_open(struct pd_byte_source **source, const char *path, struct padan_error *error)
{
    struct stat about;
    PD_TRY(pd_allocate(source, 1, sizeof **source, error));
    (*source)->path = path;
    (*source)->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    enum padan_status status = PADAN_OK;
    if ((*source)->descriptor < 0)
        status = pd_fail(error, PADAN_BAD_INPUT, "cannot open %s: there is no such file, or it may not be read", path);
    else if (fstat((*source)->descriptor, &about) == 0 && S_ISDIR(about.st_mode))
        status = pd_fail(error, PADAN_BAD_INPUT, "%s is a folder, a file is needed there", path);
    else
        status = start_decoder(*source, error);
    if (status == PADAN_OK) return PADAN_OK;
    pd_byte_source_close(*source);
    *source = NULL;
    return status;
}

static enum padan_status read_zstd(struct pd_byte_source *source, char *to, size_t capacity, size_t *n_bytes,
                                   struct padan_error *error)
{
    ZSTD_outBuffer output = { to, capacity, 0 };
    while (output.pos == 0) {
        if (source->pending.pos == source->pending.size) {
            const ssize_t got = read(source->descriptor, source->input, INPUT_BYTES);
            if (got < 0 || (got == 0 && source->hint != 0)) return unreadable(source->path, error);
            if (got == 0) break;
            source->pending.pos = 0;
            source->pending.size = (size_t)got;
        }
        source->hint = ZSTD_decompressStream(source->zstd, &output, &source->pending);
        if (ZSTD_isError(source->hint)) return unreadable(source->path, error);
    }
    *n_bytes = output.pos;
    return PADAN_OK;
}

enum padan_status pd_byte_source_read(struct pd_byte_source *source, char *to, size_t capacity, size_t *n_bytes,
                                      struct padan_error *error)
{
    if (source->zstd != NULL) return read_zstd(source, to, capacity, n_bytes, error);
    const unsigned wanted = capacity > INT_MAX ? INT_MAX : (unsigned)capacity;
    const int got = gzread(source->zlib, to, wanted);
    if (got < 0) return unreadable(source->path, error);
    *n_bytes = (size_t)got;
    return PADAN_OK;
}

void pd_byte_source_close(struct pd_byte_source *source)
{
    if (source == NULL) return;
    if (source->zlib != NULL) (void)gzclose(source->zlib);
    if (source->zstd != NULL) (void)ZSTD_freeDStream(source->zstd);
    if (source->descriptor >= 0) (void)close(source->descriptor);
    pd_free(source->input);
    pd_free(source);
}
