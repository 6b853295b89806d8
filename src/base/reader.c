/* SPDX-License-Identifier: MIT
 * Reading inputs. Compression is told by the first bytes, not by the name: files are renamed on their way. */
#include "base/reader.h"

#include "base/decoder.h"
#include "base/memory.h"
#include "base/postgres.h"
#include "base/postgres_name.h"
#include "base/utf16.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PD_UNIT_BYTES = 1 << 18 };

/* Decoded bytes that are UTF-16. */
struct pd_units {
    struct pd_utf16 state;
    size_t begin, end; /* bytes not turned yet */
    size_t n_ready;    /* UTF-8 that did not fit where it was asked for */
    char ready[PD_UTF16_ROOM];
    char bytes[PD_UNIT_BYTES];
};

static enum padan_status read_failed(const struct pd_reader *reader, struct padan_error *error)
{
    PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", reader->path, strerror(errno));
}

static struct pd_file_mark mark_of(const struct stat *facts)
{
    return (struct pd_file_mark){ .known = true,
                                  .device = (uint64_t)facts->st_dev,
                                  .inode = (uint64_t)facts->st_ino,
                                  .size = (uint64_t)facts->st_size,
                                  .seconds = facts->st_mtim.tv_sec,
                                  .nanoseconds = facts->st_mtim.tv_nsec };
}

static enum padan_status look_at_file(struct pd_reader *reader, struct padan_error *error)
{
    struct stat facts;
    if (fstat(reader->descriptor, &facts) != 0) return read_failed(reader, error);
    if (S_ISDIR(facts.st_mode)) PD_FAIL(error, PADAN_BAD_INPUT, "%s: is a folder; name a file", reader->path);
    if (!S_ISREG(facts.st_mode)) return PADAN_OK;
    reader->mark = mark_of(&facts);
    char magic[4];
    const ssize_t got = pread(reader->descriptor, magic, sizeof magic, 0);
    if (got < 0) return read_failed(reader, error);
    reader->regular = !pd_decoder_knows(magic, (size_t)got) && !pd_utf16_is_marked(magic, (size_t)got);
    reader->size = (uint64_t)facts.st_size;
    return PADAN_OK;
}

/* The next bytes of a regular file. */
static enum padan_status read_plain(const struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                    struct padan_error *error)
{
    *n = 0;
    while (*n < capacity) {
        const ssize_t now = read(reader->descriptor, bytes + *n, capacity - *n);
        if (now < 0 && pd_memory_call_again(bytes + *n)) continue;
        if (now < 0) return read_failed(reader, error);
        if (now == 0) break;
        *n += (size_t)now;
    }
    return PADAN_OK;
}

/* The next bytes of a database's rows. */
static enum padan_status read_rows(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                   struct padan_error *error)
{
    PD_TRY(pd_postgres_read(reader->postgres, bytes, capacity, n, error));
    if (reader->digest != NULL) pd_digest_add(reader->digest, bytes, *n);
    reader->bytes += *n;
    return PADAN_OK;
}

/* Bytes after decompression; *n < capacity only at the end. */
static enum padan_status read_decoded(struct pd_reader *reader, char *bytes, size_t capacity, size_t *n,
                                      struct padan_error *error)
{
    if (reader->regular) return read_plain(reader, bytes, capacity, n, error);
    if (reader->postgres != NULL) return read_rows(reader, bytes, capacity, n, error);
    const enum padan_status status = pd_decoder_read(reader->decoder, bytes, capacity, n, error);
    reader->bytes = pd_decoder_stored(reader->decoder);
    return status;
}

/* A mark with two zero bytes behind it is that of UTF-32; others are text. */
static enum padan_status look_behind_mark(struct pd_reader *reader, struct padan_error *error)
{
    struct pd_units *units = reader->units;
    PD_TRY(read_decoded(reader, units->bytes, PD_UTF16_MARK, &units->end, error));
    if (units->end < PD_UTF16_MARK || units->bytes[0] != 0 || units->bytes[1] != 0) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: is UTF-32 text; save it as \"CSV UTF-8\"", reader->path);
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
    return look_behind_mark(reader, error);
}

static enum padan_status open_database(struct pd_reader *reader, const char *path, struct padan_error *error)
{
    struct pd_buffer statement = { 0 };
    reader->descriptor = -1;
    pd_postgres_append_name(&reader->postgres_name, path);
    pd_append_byte(&reader->postgres_name, '\0');
    PD_TRY(pd_buffer_status(&reader->postgres_name, error));
    reader->path = reader->postgres_name.data;
    enum padan_status status = pd_postgres_statement(&statement, path, error);
    if (status == PADAN_OK) status = pd_postgres_open(&reader->postgres, path, reader->path, false, error);
    if (status == PADAN_OK) status = pd_postgres_copy_out(reader->postgres, statement.data, error);
    pd_buffer_reset(&statement);
    return status;
}

static enum padan_status open_named(struct pd_reader *reader, const char *path, struct padan_error *error)
{
    if (pd_postgres_is(path)) return open_database(reader, path, error);
    if (strcmp(path, "-") == 0) {
        reader->path = "standard input";
        reader->descriptor = STDIN_FILENO;
    } else {
        reader->descriptor = open(path, O_RDONLY | O_CLOEXEC);
        if (reader->descriptor < 0)
            PD_FAIL(error, errno == EMFILE || errno == ENFILE ? PADAN_IO : PADAN_BAD_INPUT, "%s: cannot be opened: %s",
                    path, strerror(errno));
        PD_TRY(look_at_file(reader, error));
    }
    if (reader->regular) return PADAN_OK;
    PD_TRY(pd_decoder_open(&reader->decoder, reader->path, reader->descriptor, reader->digest, error));
    reader->compressed = pd_decoder_is_compressed(reader->decoder);
    return look_for_mark(reader, error);
}

enum padan_status pd_reader_open(struct pd_reader *reader, const char *path, struct pd_digest *digest,
                                 struct padan_error *error)
{
    *reader = (struct pd_reader){ .path = path, .digest = digest };
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
        if (now < 0 && pd_memory_call_again(bytes)) continue;
        if (now < 0) return read_failed(reader, error);
        if (now == 0) PD_FAIL(error, PADAN_IO, "%s: became shorter while it was read; run again", reader->path);
        bytes += now;
        n -= (size_t)now;
        offset += (uint64_t)now;
    }
    return PADAN_OK;
}

static bool is_same_file(const struct pd_file_mark *a, const struct pd_file_mark *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

enum padan_status pd_reader_check_unchanged(const struct pd_reader *reader, const struct pd_file_mark *mark,
                                            struct padan_error *error)
{
    struct stat facts;
    if (!mark->known) return PADAN_OK;
    if (fstat(reader->descriptor, &facts) != 0) return read_failed(reader, error);
    const struct pd_file_mark now = mark_of(&facts);
    if (is_same_file(&now, mark)) return PADAN_OK;
    const char *how = now.size > mark->size   ? "became longer"
                      : now.size < mark->size ? "became shorter"
                                              : "was changed";
    PD_FAIL(error, PADAN_IO, "%s: %s while it was read; wait until it is whole, and run again", reader->path, how);
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
    pd_decoder_close(reader->decoder);
    pd_postgres_close(reader->postgres);
    pd_buffer_reset(&reader->postgres_name);
    pd_free(reader->units);
    pd_free(reader->kept);
    if (reader->descriptor > STDIN_FILENO) (void)close(reader->descriptor);
    *reader = (struct pd_reader){ .descriptor = -1 };
}
