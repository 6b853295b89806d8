/* SPDX-License-Identifier: MIT
 * Records of an index one by one: their fields are put where the parser would have left them, and from there on they
 * are rows like any others. */
#include "base/memory.h"
#include "base/parallel.h"
#include "ingest/taking.h"

enum { PIECE_RECORDS = 1 << 15, PIECES_PER_THREAD = 3 };

static bool words_fit(const struct pd_snapshot_column *stored, const struct pd_column *column, size_t n)
{
    return stored->encoding == PD_ENCODING_CODE ? pd_snapshot_codes_fit(column->words, n, stored->n_texts)
                                                : pd_snapshot_digits_fit(column->words, n, stored->n_texts);
}

enum padan_status pd_index_read_field(const struct pd_index_taking *taking, size_t field, struct pd_column *column,
                                      struct padan_error *error)
{
    const struct pd_snapshot_column *stored = &taking->snapshot->columns[field];
    const size_t n = (size_t)taking->snapshot->n_records;
    struct pd_sealed_read reads[3];
    size_t n_reads = 0;
    *column = (struct pd_column){ .type = PD_TYPE_TEXT, .encoding = stored->encoding, .owns_dictionary = true };
    PD_TRY(pd_allocate(&column->dictionary, 1, sizeof *column->dictionary, error));
    PD_TRY(pd_snapshot_place_texts(stored, column->dictionary, reads, &n_reads, error));
    PD_TRY(pd_allocate_array(&column->words, n, pd_encoding_width(stored->encoding), error));
    reads[n_reads++] = (struct pd_sealed_read){ stored->words, column->words, false };
    PD_TRY(pd_snapshot_read(taking->snapshot, reads, n_reads, taking->loader->threads, error));
    PD_TRY(pd_snapshot_check_texts(taking->snapshot, column->dictionary, error));
    return words_fit(stored, column, n) ? PADAN_OK : pd_snapshot_contradicts(taking->snapshot, error);
}

void pd_index_reset_field(struct pd_column *column)
{
    pd_free(column->words);
    if (column->dictionary != NULL) pd_dictionary_reset(column->dictionary);
    pd_free(column->dictionary);
    *column = (struct pd_column){ .words = NULL };
}

struct record_work {
    const struct pd_index_taking *taking;
    struct pd_column *fields; /* [n_columns of the file], words NULL where a field is not needed */
    size_t begin;             /* first record of the first piece */
};

static enum padan_status read_needed(const struct record_work *work, int field, struct padan_error *error)
{
    if (work->fields[field].words != NULL) return PADAN_OK;
    return pd_index_read_field(work->taking, (size_t)field, &work->fields[field], error);
}

static enum padan_status read_fields(const struct record_work *work, struct padan_error *error)
{
    const struct pd_layout *layout = &work->taking->loader->files[work->taking->file].layout;
    for (size_t i = 0; i < layout->n_loads; i++)
        if (layout->loads[i].field != PD_NO_FIELD) PD_TRY(read_needed(work, layout->loads[i].field, error));
    for (size_t i = 0; i < layout->n_id_fields; i++) PD_TRY(read_needed(work, layout->id_fields[i], error));
    return PADAN_OK;
}

/* Fields that are not needed are empty. Texts of digits are made in the piece's memory. */
static enum padan_status lay_out_record(const struct record_work *work, struct pd_chunk *chunk, size_t record,
                                        struct padan_error *error)
{
    for (uint32_t i = 0; i < chunk->layout->n_fields; i++) {
        const struct pd_column *column = &work->fields[i];
        char scratch[24];
        chunk->fields[i] = (struct pd_field){ NULL, 0, false };
        if (column->words == NULL) continue;
        struct pd_text text = pd_column_text(column, record, scratch);
        if (text.data == scratch) PD_TRY(pd_arena_copy(&chunk->arena, text, &text, error));
        chunk->fields[i] = (struct pd_field){ text.data, (uint32_t)text.length, false };
    }
    return PADAN_OK;
}

static enum padan_status take_piece(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct record_work *work = context;
    const struct pd_index_taking *taking = work->taking;
    struct pd_chunk *chunk = &taking->loader->chunks[index];
    const size_t n = (size_t)taking->snapshot->n_records;
    const size_t begin = work->begin + index * PIECE_RECORDS;
    const size_t end = n - begin < PIECE_RECORDS ? n : begin + PIECE_RECORDS;
    size_t n_batch = 0;
    (void)worker;
    chunk->layout = &taking->loader->files[taking->file].layout;
    chunk->begin = 0;
    PD_TRY(pd_chunk_begin(chunk, taking->loader->file_kinds[taking->file], error));
    for (size_t i = begin; i < end; i++) {
        if (taking->left_out != NULL && taking->left_out[i]) continue;
        PD_TRY(lay_out_record(work, chunk, i, error));
        PD_TRY(pd_chunk_take(chunk, taking->rows[i], &n_batch, error));
    }
    return pd_chunk_end(chunk, &n_batch, error);
}

/* Gives the rows of the pieces their places; their row numbers are whole already. */
static void place_pieces(const struct record_work *work, size_t n_pieces)
{
    struct pd_loader *loader = work->taking->loader;
    const struct pd_layout *layout = &loader->files[work->taking->file].layout;
    for (size_t i = 0; i < n_pieces; i++) {
        const struct pd_chunk *chunk = &loader->chunks[i];
        loader->placements[i] = (struct pd_placement){ .file = work->taking->file, .record = loader->n_records };
        loader->n_records += chunk->n_rows;
        for (size_t j = 0; j < layout->n_loads; j++) {
            if (!pd_layout_counts(layout, j)) continue;
            layout->columns[layout->loads[j].field].n_filled += chunk->columns[j].n_filled;
        }
    }
    loader->n_chunks = n_pieces;
}

static enum padan_status take_all(struct record_work *work, struct padan_error *error)
{
    struct pd_loader *loader = work->taking->loader;
    const size_t n = (size_t)work->taking->snapshot->n_records;
    const size_t n_at_once = (size_t)loader->threads * PIECES_PER_THREAD;
    PD_TRY(read_fields(work, error));
    PD_TRY(pd_loader_make_chunks(loader, n_at_once, error));
    for (; work->begin < n; work->begin += n_at_once * PIECE_RECORDS) {
        const size_t n_left = (n - work->begin + PIECE_RECORDS - 1) / PIECE_RECORDS;
        const size_t n_pieces = n_left < n_at_once ? n_left : n_at_once;
        PD_TRY(pd_parallel_for(n_pieces, loader->threads, take_piece, work, error));
        place_pieces(work, n_pieces);
        PD_TRY(pd_loader_merge(loader, error));
    }
    loader->n_chunks = 0;
    return PADAN_OK;
}

enum padan_status pd_index_take_records(struct pd_index_taking *taking, struct padan_error *error)
{
    struct record_work work = { .taking = taking };
    const size_t n_fields = taking->snapshot->n_columns;
    PD_TRY(pd_allocate(&work.fields, n_fields, sizeof *work.fields, error));
    const enum padan_status status = take_all(&work, error);
    for (size_t i = 0; i < n_fields; i++) pd_index_reset_field(&work.fields[i]);
    pd_free(work.fields);
    return status;
}
