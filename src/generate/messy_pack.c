/* SPDX-License-Identifier: MIT
 * Files on disk: a finished one is packed by gzip or zstd, or removed when no row has come to it (packed files are
 * written beside and renamed); those of an earlier generation are removed, because job.yaml names whole folders. */
#include "base/file.h"
#include "generate/messy.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { ZSTD_LEVEL = 3, GZIP_WINDOW = 15 + 16 };
static const size_t largest = (size_t)1 << 36;

static enum padan_status pack_gzip(struct pd_text content, struct pd_buffer *out, struct padan_error *error)
{
    z_stream stream = { 0 };
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "no memory to compress a roster");
    const char *next = content.data;
    size_t left = content.length;
    int code = Z_OK;
    while (code == Z_OK) {
        enum { STEP = 1 << 16 };
        const size_t feed = left < STEP ? left : STEP;
        char *room = pd_buffer_reserve(out, STEP);
        if (room == NULL) break;
        stream.next_in = (z_const Bytef *)(uintptr_t)next;
        stream.avail_in = (uInt)feed;
        stream.next_out = (Bytef *)room;
        stream.avail_out = STEP;
        code = deflate(&stream, feed == left ? Z_FINISH : Z_NO_FLUSH);
        next += feed - stream.avail_in;
        left -= feed - stream.avail_in;
        out->length += STEP - stream.avail_out;
    }
    (void)deflateEnd(&stream);
    PD_TRY(pd_buffer_status(out, error));
    if (code != Z_STREAM_END) PD_FAIL(error, PADAN_IO, "a roster could not be compressed by gzip");
    return PADAN_OK;
}

static enum padan_status pack_zstd(struct pd_text content, struct pd_buffer *out, struct padan_error *error)
{
    const size_t bound = ZSTD_compressBound(content.length);
    char *room = pd_buffer_reserve(out, bound);
    PD_TRY(pd_buffer_status(out, error));
    const size_t length = ZSTD_compress(room, bound, content.data, content.length, ZSTD_LEVEL);
    if (ZSTD_isError(length)) PD_FAIL(error, PADAN_IO, "a roster could not be compressed by zstd");
    out->length += length;
    return PADAN_OK;
}

enum padan_status pd_messy_finish(enum pd_messy_packing packing, bool empty, const char *path,
                                  struct padan_error *error)
{
    if (empty) {
        if (unlink(path) != 0) PD_FAIL(error, PADAN_IO, "%s: cannot be removed: %s", path, strerror(errno));
        return PADAN_OK;
    }
    if (packing == PD_MESSY_PLAIN) return PADAN_OK;
    struct pd_buffer content = { 0 }, packed = { 0 };
    enum padan_status status = pd_file_read(path, largest, &content, error);
    const struct pd_text text = { content.data, content.length };
    if (status == PADAN_OK)
        status = packing == PD_MESSY_GZIP ? pack_gzip(text, &packed, error) : pack_zstd(text, &packed, error);
    if (status == PADAN_OK) status = pd_file_write(path, (struct pd_text){ packed.data, packed.length }, error);
    pd_buffer_reset(&content);
    pd_buffer_reset(&packed);
    return status;
}

/* data_pkh_3404_01.csv and the like; nothing else is ever removed. */
static bool is_ours(const char *file, const char *name)
{
    static const char *const words[] = { "data_", "BNBA_", "penerima_", "usulan_" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i]), name_length = strlen(name);
        if (strncmp(file, words[i], length) == 0 && strncmp(file + length, name, name_length) == 0 &&
            file[length + name_length] == '_')
            return true;
    }
    return false;
}

static enum padan_status clear_folder(const char *folder, const char *name, struct padan_error *error)
{
    DIR *entries = opendir(folder);
    if (entries == NULL) PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", folder, strerror(errno));
    enum padan_status status = PADAN_OK;
    for (const struct dirent *entry = readdir(entries); status == PADAN_OK && entry != NULL; entry = readdir(entries))
        if (is_ours(entry->d_name, name) && unlinkat(dirfd(entries), entry->d_name, 0) != 0)
            status = pd_fail(error, PADAN_IO, "%s/%s: cannot be removed: %s", folder, entry->d_name, strerror(errno));
    (void)closedir(entries);
    return status;
}

enum padan_status pd_messy_clear_folders(const char *out, struct padan_error *error)
{
    struct pd_buffer folder = { 0 };
    enum padan_status status = PADAN_OK;
    for (int dataset = PD_FIRST_PROGRAM; status == PADAN_OK && dataset < PD_END_PROGRAM; dataset++) {
        const char *name = pd_dataset_facts[dataset].name;
        pd_buffer_clear(&folder);
        pd_path_join(&folder, pd_text_of(out), pd_text_of(name));
        status = pd_buffer_status(&folder, error);
        if (status == PADAN_OK) status = pd_directory_make(folder.data, error);
        if (status == PADAN_OK) status = clear_folder(folder.data, name, error);
    }
    pd_buffer_reset(&folder);
    return status;
}
