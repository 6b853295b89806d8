/* SPDX-License-Identifier: MIT
 * Method: chunks of rows are formatted side by side and written in order (base/ordered.h), each as soon as those before
 * it are: whoever is free hashes and writes, so neither the bytes nor the hash know about threads. A chunk is one of
 * every table: what the tables read of its rows is near when the second comes, and two files are hashed at once. */
#include "report/table_writer.h"

#include "base/memory.h"
#include "base/ordered.h"

#include <zstd.h>

/* Small chunks: the workers end together. Nearly always two of them a thread are under way, which stay in the cache;
 * the others are there for when the one who writes waits. Of lines of ids the lowest level of zstd makes less than the
 * third, in half the time: their matches are short. */
enum { CHUNK_ROWS = 1024, PACKED_ROWS = 8192, SLOTS_PER_THREAD = 8, ZSTD_LEVEL = 1 };

/* A formatted chunk of a table that waits to be written. */
struct chunk {
    struct pd_buffer text, packed;
    ZSTD_CCtx *packer; /* NULL until the first chunk is packed here */
    size_t n_lines;
};

struct table {
    const struct pd_rows *rows;
    struct pd_sink sink;
    struct pd_digest digest;
    uint64_t n_lines;
};

struct writer {
    struct table tables[PD_TABLES_MAX];
    size_t n_tables;
    size_t n_rows, chunk_rows;
    struct chunk *slots; /* [n_slots][n_tables] */
    size_t n_slots;
};

static enum padan_status pack(struct chunk *chunk, struct padan_error *error)
{
    const size_t bound = ZSTD_compressBound(chunk->text.length);
    char *to = pd_buffer_reserve(&chunk->packed, bound);
    PD_TRY(pd_buffer_status(&chunk->packed, error));
    if (chunk->packer == NULL) chunk->packer = ZSTD_createCCtx();
    if (chunk->packer == NULL) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "no memory to compress in");
    const size_t length = ZSTD_compressCCtx(chunk->packer, to, bound, chunk->text.data, chunk->text.length, ZSTD_LEVEL);
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
    const size_t ahead = rows->prefetch == NULL ? 0 : end - begin < PD_ROWS_AHEAD ? end - begin : PD_ROWS_AHEAD;
    for (size_t i = 0; i < ahead; i++) rows->prefetch(rows->context, begin + i);
    for (size_t row = begin; row < end; row++) {
        if (rows->prefetch != NULL && end - row > PD_ROWS_AHEAD) rows->prefetch(rows->context, row + PD_ROWS_AHEAD);
        chunk->n_lines += rows->format(rows->context, row, &chunk->text);
    }
}

static enum padan_status format_chunk(const struct pd_rows *rows, size_t begin, size_t end, struct chunk *chunk,
                                      struct padan_error *error)
{
    pd_buffer_clear(&chunk->text);
    pd_buffer_clear(&chunk->packed);
    chunk->n_lines = 0;
    format_rows(rows, begin, end, chunk);
    PD_TRY(pd_buffer_status(&chunk->text, error));
    return rows->compress && chunk->text.length > 0 ? pack(chunk, error) : PADAN_OK;
}

/* pd_ordered_work.make */
static enum padan_status format_chunks(void *context, size_t index, size_t slot, struct padan_error *error)
{
    struct writer *writer = context;
    struct chunk *chunks = &writer->slots[slot * writer->n_tables];
    const size_t begin = index * writer->chunk_rows;
    const size_t end = writer->n_rows - begin < writer->chunk_rows ? writer->n_rows : begin + writer->chunk_rows;
    for (size_t i = 0; i < writer->n_tables; i++)
        PD_TRY(format_chunk(writer->tables[i].rows, begin, end, &chunks[i], error));
    return PADAN_OK;
}

static const struct pd_buffer *bytes_of(const struct table *table, const struct chunk *chunk)
{
    return table->rows->compress ? &chunk->packed : &chunk->text;
}

/* A chunk of each table. */
static enum padan_status append(struct writer *writer, const struct chunk *chunks, struct padan_error *error)
{
    struct pd_digest_piece pieces[PD_TABLES_MAX];
    for (size_t i = 0; i < writer->n_tables; i++) {
        struct table *table = &writer->tables[i];
        const struct pd_buffer *bytes = bytes_of(table, &chunks[i]);
        pieces[i] = (struct pd_digest_piece){ &table->digest, bytes->data, bytes->length };
    }
    pd_digest_add_all(pieces, writer->n_tables);
    for (size_t i = 0; i < writer->n_tables; i++) {
        struct table *table = &writer->tables[i];
        const struct pd_buffer *bytes = bytes_of(table, &chunks[i]);
        table->n_lines += chunks[i].n_lines;
        if (bytes->length > 0) PD_TRY(pd_sink_append(&table->sink, bytes->data, bytes->length, error));
    }
    return PADAN_OK;
}

/* pd_ordered_work.use */
static enum padan_status write_chunks(void *context, size_t index, size_t slot, struct padan_error *error)
{
    struct writer *writer = context;
    (void)index;
    return append(writer, &writer->slots[slot * writer->n_tables], error);
}

/* With the first slot, which nothing else needs yet. */
static enum padan_status write_headers(struct writer *writer, struct padan_error *error)
{
    for (size_t i = 0; i < writer->n_tables; i++) {
        struct chunk *header = &writer->slots[i];
        pd_append_text(&header->text, writer->tables[i].rows->header);
        pd_append_byte(&header->text, '\n');
        PD_TRY(pd_buffer_status(&header->text, error));
        if (writer->tables[i].rows->compress) PD_TRY(pack(header, error));
    }
    return append(writer, writer->slots, error);
}

static enum padan_status write_tables(struct writer *writer, int n_threads, struct padan_error *error)
{
    const struct pd_ordered_work work = { .n_chunks = writer->n_rows / writer->chunk_rows +
                                                      (writer->n_rows % writer->chunk_rows != 0),
                                          .n_slots = writer->n_slots,
                                          .make = format_chunks,
                                          .use = write_chunks,
                                          .context = writer };
    for (size_t i = 0; i < writer->n_tables; i++) {
        PD_TRY(pd_sink_open(&writer->tables[i].sink, writer->tables[i].rows->path, error));
        writer->tables[i].sink.leaves = true;
        struct pd_unsynced *unsynced = writer->tables[i].rows->unsynced;
        writer->tables[i].sink.flush = unsynced == NULL ? NULL : &unsynced->flush;
    }
    PD_TRY(write_headers(writer, error));
    return pd_ordered_run(&work, n_threads, error);
}

static void free_slots(struct writer *writer)
{
    for (size_t i = 0; i < writer->n_tables; i++) pd_digest_reset(&writer->tables[i].digest);
    for (size_t i = 0; writer->slots != NULL && i < writer->n_slots * writer->n_tables; i++) {
        pd_buffer_reset(&writer->slots[i].text);
        pd_buffer_reset(&writer->slots[i].packed);
        (void)ZSTD_freeCCtx(writer->slots[i].packer);
    }
    pd_free(writer->slots);
}

static enum padan_status finish(struct pd_sink *sink, struct pd_unsynced *unsynced, struct padan_error *error)
{
    return unsynced == NULL ? pd_sink_close(sink, error) : pd_sink_close_later(sink, unsynced, error);
}

static size_t chunk_rows_of(const struct pd_rows *tables, size_t n_tables)
{
    size_t most = 1;
    for (size_t i = 0; i < n_tables; i++) {
        const size_t own = tables[i].chunk_rows != 0 ? tables[i].chunk_rows
                           : tables[i].compress      ? PACKED_ROWS
                                                     : CHUNK_ROWS;
        if (own > most) most = own;
    }
    return most;
}

static void close_tables(struct writer *writer, enum padan_status *status, struct pd_written *written,
                         struct padan_error *error)
{
    for (size_t i = 0; i < writer->n_tables; i++) {
        struct table *table = &writer->tables[i];
        const uint64_t bytes = table->sink.length;
        if (*status == PADAN_OK)
            *status = finish(&table->sink, table->rows->unsynced, error);
        else
            pd_sink_abandon(&table->sink);
        if (*status != PADAN_OK || written == NULL) continue;
        written[i] = (struct pd_written){ .n_lines = table->n_lines, .bytes = bytes };
        pd_digest_finish(&table->digest, written[i].digest);
    }
}

static enum padan_status start_digests(struct writer *writer, struct padan_error *error)
{
    for (size_t i = 0; i < writer->n_tables; i++)
        PD_TRY(pd_digest_start(&writer->tables[i].digest, writer->tables[i].rows->digest_kind, error));
    return PADAN_OK;
}

enum padan_status pd_write_tables(const struct pd_rows *tables, size_t n_tables, struct pd_written *written,
                                  struct padan_error *error)
{
    const int n_threads = tables[0].n_threads;
    struct writer writer = { .n_tables = n_tables,
                             .n_rows = tables[0].n_rows,
                             .chunk_rows = chunk_rows_of(tables, n_tables),
                             .n_slots = n_threads <= 1 ? 1 : (size_t)n_threads * SLOTS_PER_THREAD };
    for (size_t i = 0; i < n_tables; i++) {
        writer.tables[i] = (struct table){ .rows = &tables[i], .sink = { .descriptor = -1 } };
    }
    enum padan_status status = start_digests(&writer, error);
    if (status == PADAN_OK) status = pd_allocate(&writer.slots, writer.n_slots * n_tables, sizeof *writer.slots, error);
    if (status == PADAN_OK) status = write_tables(&writer, n_threads, error);
    close_tables(&writer, &status, written, error);
    free_slots(&writer);
    return status;
}

enum padan_status pd_write_rows(const struct pd_rows *rows, struct pd_written *written, struct padan_error *error)
{
    return pd_write_tables(rows, 1, written, error);
}

enum padan_status pd_write_bytes(const char *path, struct pd_text content, struct pd_unsynced *unsynced,
                                 struct padan_error *error)
{
    struct pd_sink sink;
    PD_TRY(pd_sink_open(&sink, path, error));
    enum padan_status status = pd_sink_append(&sink, content.data, content.length, error);
    if (status == PADAN_OK)
        status = finish(&sink, unsynced, error);
    else
        pd_sink_abandon(&sink);
    return status;
}
