/* SPDX-License-Identifier: MIT
 * Method: chunks of rows are formatted side by side and written in order (base/ordered.h), each as soon as those before
 * it are: whoever is free hashes and writes, so neither the bytes nor the hash know about threads. */
#include "report/table_writer.h"

#include "base/memory.h"
#include "base/ordered.h"
#include "base/sha256.h"

#include <zstd.h>

/* Small chunks: the workers end together, and what waits to be written stays in the cache. */
enum { CHUNK_ROWS = 1024, PACKED_ROWS = 8192, SLOTS_PER_THREAD = 8, ROWS_AHEAD = 16, ZSTD_LEVEL = 3 };

/* A formatted chunk that waits to be written. */
struct chunk {
    struct pd_buffer text, packed;
    size_t n_lines;
};

struct writer {
    const struct pd_rows *rows;
    size_t chunk_rows;
    struct chunk *slots; /* [n_slots] */
    size_t n_slots;
    struct pd_sink sink;
    struct pd_sha256 hash;
    uint64_t n_lines;
};

static enum padan_status pack(struct chunk *chunk, struct padan_error *error)
{
    const size_t bound = ZSTD_compressBound(chunk->text.length);
    char *to = pd_buffer_reserve(&chunk->packed, bound);
    PD_TRY(pd_buffer_status(&chunk->packed, error));
    const size_t length = ZSTD_compress(to, bound, chunk->text.data, chunk->text.length, ZSTD_LEVEL);
    if (ZSTD_isError(length) != 0)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "cannot compress: %s", ZSTD_getErrorName(length));
    chunk->packed.length += length;
    return PADAN_OK;
}

static void format_rows(const struct pd_rows *rows, size_t begin, size_t end, struct chunk *chunk)
{
    if (rows->format_many != NULL) {
        chunk->n_lines = rows->format_many(rows->context, begin, end, &chunk->text);
        return;
    }
    const size_t ahead = rows->prefetch == NULL ? 0 : end - begin < ROWS_AHEAD ? end - begin : ROWS_AHEAD;
    for (size_t i = 0; i < ahead; i++) rows->prefetch(rows->context, begin + i);
    for (size_t row = begin; row < end; row++) {
        if (rows->prefetch != NULL && end - row > ROWS_AHEAD) rows->prefetch(rows->context, row + ROWS_AHEAD);
        chunk->n_lines += rows->format(rows->context, row, &chunk->text);
    }
}

/* pd_ordered_work.make */
static enum padan_status format_chunk(void *context, size_t index, int worker, struct padan_error *error)
{
    struct writer *writer = context;
    struct chunk *chunk = &writer->slots[index % writer->n_slots];
    const struct pd_rows *rows = writer->rows;
    const size_t begin = index * writer->chunk_rows;
    const size_t end = rows->n_rows - begin < writer->chunk_rows ? rows->n_rows : begin + writer->chunk_rows;
    (void)worker;
    pd_buffer_clear(&chunk->text);
    pd_buffer_clear(&chunk->packed);
    chunk->n_lines = 0;
    format_rows(rows, begin, end, chunk);
    PD_TRY(pd_buffer_status(&chunk->text, error));
    return rows->compress && chunk->text.length > 0 ? pack(chunk, error) : PADAN_OK;
}

static enum padan_status append(struct writer *writer, const struct pd_buffer *bytes, struct padan_error *error)
{
    if (bytes->length == 0) return PADAN_OK;
    pd_sha256_add(&writer->hash, bytes->data, bytes->length);
    return pd_sink_append(&writer->sink, bytes->data, bytes->length, error);
}

/* pd_ordered_work.use */
static enum padan_status write_chunk(void *context, size_t index, int worker, struct padan_error *error)
{
    struct writer *writer = context;
    const struct chunk *chunk = &writer->slots[index % writer->n_slots];
    (void)worker;
    writer->n_lines += chunk->n_lines;
    return append(writer, writer->rows->compress ? &chunk->packed : &chunk->text, error);
}

static enum padan_status write_header(struct writer *writer, struct padan_error *error)
{
    struct chunk header = { 0 };
    pd_append_text(&header.text, writer->rows->header);
    pd_append_byte(&header.text, '\n');
    enum padan_status status = pd_buffer_status(&header.text, error);
    if (status == PADAN_OK && writer->rows->compress) status = pack(&header, error);
    if (status == PADAN_OK) status = append(writer, writer->rows->compress ? &header.packed : &header.text, error);
    pd_buffer_reset(&header.text);
    pd_buffer_reset(&header.packed);
    return status;
}

static enum padan_status write_chunks(struct writer *writer, struct padan_error *error)
{
    const struct pd_rows *rows = writer->rows;
    const struct pd_ordered_work work = { .n_chunks = rows->n_rows / writer->chunk_rows +
                                                      (rows->n_rows % writer->chunk_rows != 0),
                                          .n_slots = writer->n_slots,
                                          .make = format_chunk,
                                          .use = write_chunk,
                                          .context = writer };
    PD_TRY(write_header(writer, error));
    return pd_ordered_run(&work, rows->n_threads, error);
}

static void free_slots(struct writer *writer)
{
    for (size_t i = 0; writer->slots != NULL && i < writer->n_slots; i++) {
        pd_buffer_reset(&writer->slots[i].text);
        pd_buffer_reset(&writer->slots[i].packed);
    }
    pd_free(writer->slots);
}

static enum padan_status finish(struct pd_sink *sink, struct pd_unsynced *unsynced, struct padan_error *error)
{
    return unsynced == NULL ? pd_sink_close(sink, error) : pd_sink_close_later(sink, unsynced, error);
}

enum padan_status pd_write_rows(const struct pd_rows *rows, struct pd_written *written, struct padan_error *error)
{
    struct writer writer = { .rows = rows, .sink = { .descriptor = -1 } };
    writer.chunk_rows = rows->chunk_rows != 0 ? rows->chunk_rows : rows->compress ? PACKED_ROWS : CHUNK_ROWS;
    writer.n_slots = rows->n_threads <= 1 ? 1 : (size_t)rows->n_threads * SLOTS_PER_THREAD;
    pd_sha256_start(&writer.hash);
    enum padan_status status = pd_allocate(&writer.slots, writer.n_slots, sizeof *writer.slots, error);
    if (status == PADAN_OK) status = pd_sink_open(&writer.sink, rows->path, error);
    writer.sink.leaves = true;
    if (status == PADAN_OK) status = write_chunks(&writer, error);
    const uint64_t bytes = writer.sink.length;
    if (status == PADAN_OK)
        status = finish(&writer.sink, rows->unsynced, error);
    else
        pd_sink_abandon(&writer.sink);
    free_slots(&writer);
    if (status != PADAN_OK || written == NULL) return status;
    *written = (struct pd_written){ .n_lines = writer.n_lines, .bytes = bytes };
    pd_sha256_finish(&writer.hash, written->sha256);
    return PADAN_OK;
}

enum padan_status pd_write_bytes(const char *path, struct pd_text content, struct pd_unsynced *unsynced,
                                 struct pd_written *written, struct padan_error *error)
{
    struct pd_sink sink;
    PD_TRY(pd_sink_open(&sink, path, error));
    enum padan_status status = pd_sink_append(&sink, content.data, content.length, error);
    if (status == PADAN_OK)
        status = finish(&sink, unsynced, error);
    else
        pd_sink_abandon(&sink);
    if (status != PADAN_OK) return status;
    if (written == NULL) return PADAN_OK;
    *written = (struct pd_written){ .bytes = content.length };
    pd_sha256_hex(content, written->sha256);
    return PADAN_OK;
}
