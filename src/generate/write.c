/* SPDX-License-Identifier: MIT
 * A wave of chunks is formatted in parallel, then appended in order; the next wave reuses the memory. */
#include "generate/write.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { ROWS_PER_CHUNK = 1024, CHUNKS_PER_WAVE = 64 };

struct writing {
    const struct pd_layout *layout;
    const struct pd_nation *nation;
    struct pd_shuffle order;
    uint64_t n_rows, first_row;      /* first_row of this wave */
    struct pd_sink *parts;           /* [n_parts] */
    struct pd_layout_totals *totals; /* [n_parts][n_slots]: by part, then by chunk of the wave */
    struct pd_buffer *buffers;       /* [CHUNKS_PER_WAVE][n_parts + 1], the last is the truth */
    struct pd_expected *expected;    /* [threads] */
    struct pd_key *keys;             /* [n_rows] of the figures; programs only, else NULL */
    int threads;
};

static void append_truth(const struct pd_record *record, struct pd_buffer *buffer)
{
    pd_append_string(buffer, pd_dataset_facts[record->dataset].name);
    pd_append_byte(buffer, ',');
    pd_append_u64(buffer, record->unique_id);
    pd_append_byte(buffer, ',');
    pd_append_u64(buffer, record->entity);
    pd_append_byte(buffer, ',');
    pd_append_u64(buffer, record->family);
    pd_append_byte(buffer, ',');
    bool first = true;
    for (unsigned e = 1; e <= 27; e++) {
        if ((record->row.errors & pd_error_bit((int)e)) == 0) continue;
        pd_append_string(buffer, first ? "E" : "|E");
        pd_append_u64(buffer, e);
        first = false;
    }
    pd_append_byte(buffer, '\n');
}

static void write_row(const struct writing *writing, size_t chunk, uint64_t row, uint64_t entry,
                      struct pd_expected *expected)
{
    const struct pd_layout *layout = writing->layout;
    struct pd_buffer *buffers = writing->buffers + chunk * (layout->n_parts + 1);
    struct pd_record record;
    pd_record_make(writing->nation, layout->dataset, entry, &record);
    const size_t part = layout->part_of(layout, &record);
    if (layout->damage != NULL) layout->damage(layout, part, &record);
    layout->append(layout, part, &record, &buffers[part]);
    struct pd_layout_totals *totals = &writing->totals[part * CHUNKS_PER_WAVE + chunk];
    totals->n_rows++;
    totals->amount += record.amount;
    append_truth(&record, &buffers[layout->n_parts]);
    if (writing->keys != NULL) pd_expected_row(expected, writing->nation, &record, &writing->keys[row]);
}

static enum padan_status write_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct writing *writing = context;
    const struct pd_nation *nation = writing->nation;
    const enum pd_dataset dataset = writing->layout->dataset;
    uint64_t row = writing->first_row + (uint64_t)chunk * ROWS_PER_CHUNK;
    const uint64_t end = row + ROWS_PER_CHUNK < writing->n_rows ? row + ROWS_PER_CHUNK : writing->n_rows;
    while (row < end) {
        uint64_t entries[PD_WARM_MOST];
        size_t n = 0;
        for (; n < PD_WARM_MOST && row < end; row++)
            entries[n++] = nation->entries[dataset][pd_shuffled(&writing->order, row)];
        pd_record_warm(nation, dataset, entries, n);
        for (size_t i = 0; i < n; i++) write_row(writing, chunk, row - n + i, entries[i], &writing->expected[worker]);
    }
    const struct pd_buffer *buffers = writing->buffers + chunk * (writing->layout->n_parts + 1);
    for (size_t part = 0; part <= writing->layout->n_parts; part++) PD_TRY(pd_buffer_status(&buffers[part], error));
    return PADAN_OK;
}

static enum padan_status append_wave(struct writing *writing, size_t n_chunks, struct pd_sink *truth,
                                     struct padan_error *error)
{
    const size_t n_parts = writing->layout->n_parts;
    for (size_t chunk = 0; chunk < n_chunks; chunk++)
        for (size_t part = 0; part <= n_parts; part++) {
            struct pd_buffer *buffer = &writing->buffers[chunk * (n_parts + 1) + part];
            struct pd_sink *sink = part == n_parts ? truth : &writing->parts[part];
            if (buffer->length > 0) PD_TRY(pd_sink_append(sink, buffer->data, buffer->length, error));
            pd_buffer_clear(buffer);
        }
    return PADAN_OK;
}

static enum padan_status write_rows(struct writing *writing, struct pd_sink *truth, struct padan_error *error)
{
    for (; writing->first_row < writing->n_rows; writing->first_row += CHUNKS_PER_WAVE * ROWS_PER_CHUNK) {
        const uint64_t left = (writing->n_rows - writing->first_row + ROWS_PER_CHUNK - 1) / ROWS_PER_CHUNK;
        const size_t n_chunks = left < CHUNKS_PER_WAVE ? (size_t)left : CHUNKS_PER_WAVE;
        PD_TRY(pd_parallel_for(n_chunks, writing->threads, write_chunk, writing, error));
        PD_TRY(append_wave(writing, n_chunks, truth, error));
    }
    return PADAN_OK;
}

static enum padan_status part_path(const struct pd_layout *layout, const char *folder, size_t part,
                                   struct pd_buffer *path, struct padan_error *error)
{
    struct pd_buffer below = { 0 };
    layout->path(layout, part, &below);
    pd_append_byte(&below, '\0');
    pd_buffer_clear(path);
    enum padan_status status = pd_buffer_status(&below, error);
    if (status == PADAN_OK) {
        pd_path_join(path, pd_text_of(folder), pd_text_of(below.data));
        status = pd_buffer_status(path, error);
    }
    pd_buffer_reset(&below);
    return status;
}

static enum padan_status append_buffer(struct pd_sink *sink, struct pd_buffer *buffer, struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(buffer, error);
    if (status == PADAN_OK && buffer->length > 0) status = pd_sink_append(sink, buffer->data, buffer->length, error);
    pd_buffer_reset(buffer);
    return status;
}

static enum padan_status open_parts(struct writing *writing, const char *folder, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t part = 0; status == PADAN_OK && part < writing->layout->n_parts; part++) {
        struct pd_buffer header = { 0 };
        status = part_path(writing->layout, folder, part, &path, error);
        if (status == PADAN_OK) status = pd_sink_open(&writing->parts[part], path.data, error);
        if (status != PADAN_OK) break;
        writing->layout->header(writing->layout, part, &header);
        status = append_buffer(&writing->parts[part], &header, error);
    }
    pd_buffer_reset(&path);
    return status;
}

static struct pd_layout_totals totals_of(const struct writing *writing, size_t part)
{
    struct pd_layout_totals sum = { 0 };
    for (size_t chunk = 0; chunk < CHUNKS_PER_WAVE; chunk++) {
        sum.n_rows += writing->totals[part * CHUNKS_PER_WAVE + chunk].n_rows;
        sum.amount += writing->totals[part * CHUNKS_PER_WAVE + chunk].amount;
    }
    return sum;
}

static enum padan_status close_parts(struct writing *writing, const char *folder, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t part = 0; status == PADAN_OK && part < writing->layout->n_parts; part++) {
        struct pd_buffer trailer = { 0 };
        const struct pd_layout_totals totals = totals_of(writing, part);
        writing->layout->trailer(writing->layout, part, &totals, &trailer);
        status = append_buffer(&writing->parts[part], &trailer, error);
        if (status == PADAN_OK) status = pd_sink_close(&writing->parts[part], error);
        if (status == PADAN_OK && writing->layout->finish != NULL) {
            status = part_path(writing->layout, folder, part, &path, error);
            if (status == PADAN_OK) status = writing->layout->finish(writing->layout, part, &totals, path.data, error);
        }
    }
    pd_buffer_reset(&path);
    return status;
}

static enum padan_status allocate(struct writing *writing, struct padan_error *error)
{
    const size_t n_parts = writing->layout->n_parts;
    PD_TRY(pd_allocate(&writing->parts, n_parts, sizeof *writing->parts, error));
    for (size_t part = 0; part < n_parts; part++) writing->parts[part].descriptor = -1;
    PD_TRY(pd_allocate(&writing->totals, n_parts * CHUNKS_PER_WAVE, sizeof *writing->totals, error));
    PD_TRY(pd_allocate(&writing->buffers, CHUNKS_PER_WAVE * (n_parts + 1), sizeof *writing->buffers, error));
    const enum pd_dataset dataset = writing->layout->dataset;
    if (dataset >= PD_FIRST_PROGRAM && dataset < PD_END_PROGRAM)
        PD_TRY(pd_allocate_array(&writing->keys, writing->n_rows, sizeof *writing->keys, error));
    return pd_allocate(&writing->expected, (size_t)writing->threads, sizeof *writing->expected, error);
}

static void release(struct writing *writing)
{
    const size_t n_parts = writing->layout->n_parts;
    for (size_t part = 0; writing->parts != NULL && part < n_parts; part++) pd_sink_abandon(&writing->parts[part]);
    for (size_t i = 0; writing->buffers != NULL && i < CHUNKS_PER_WAVE * (n_parts + 1); i++)
        pd_buffer_reset(&writing->buffers[i]);
    pd_free(writing->parts);
    pd_free(writing->totals);
    pd_free(writing->buffers);
    pd_free(writing->expected);
    pd_free(writing->keys);
}

enum padan_status pd_dataset_write(const struct pd_layout *layout, const char *folder, struct pd_sink *truth,
                                   struct pd_expected *expected, struct padan_error *error)
{
    const struct pd_nation *nation = layout->nation;
    const uint64_t night = (uint64_t)nation->truth.night * 16 + (uint64_t)layout->dataset;
    struct writing writing = {
        .layout = layout, .nation = nation, .n_rows = nation->n_entries[layout->dataset], .threads = nation->threads
    };
    writing.order = pd_shuffle_of(writing.n_rows, pd_stream_of(&nation->truth, PD_STREAM_FILE, night));
    enum padan_status status = allocate(&writing, error);
    if (status == PADAN_OK) status = open_parts(&writing, folder, error);
    if (status == PADAN_OK) status = write_rows(&writing, truth, error);
    if (status == PADAN_OK) status = close_parts(&writing, folder, error);
    if (status == PADAN_OK && writing.keys != NULL)
        status = pd_expected_shared(expected, layout->dataset, writing.keys, writing.n_rows, writing.threads, error);
    for (int i = 0; status == PADAN_OK && i < writing.threads; i++) pd_expected_add(expected, &writing.expected[i]);
    release(&writing);
    return status;
}
