/* SPDX-License-Identifier: MIT
 * The window of bytes that is parsed at a time. A wave takes up the rest of the wave before, then bytes of the current
 * file and, when it ends, of the next ones, so that many small files keep all threads as busy as one big file.
 *
 *   window  |carried|piece|piece|piece|.pad.|piece|.pad.|piece|piece|
 *           '---------- file 3 --------'     file 4      '- file 5 -'
 *
 * All pieces are parsed at once, each from a guessed first row. Then, in order, each guess is compared with the end of
 * the piece before; pieces with a wrong guess are parsed again. So the rows are those of reading from the first byte
 * on, and how files were cut has no influence. */
#include "ingest/loader.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { PD_READ_PIECE = 1 << 20 };
/* At the end of each step of a wave a thread waits for the other's last piece, or for the new memory that it touches:
 * the more pieces, the less; but each has memory of its own. */
enum { CHUNKS_PER_THREAD = 6, CHUNKS_MIN = 12 };

static enum padan_status begin_file(struct pd_loader *loader, size_t file, struct padan_error *error)
{
    return loader->files[file].open ? PADAN_OK : pd_loader_open_file(loader, file, error);
}

static enum padan_status end_file(struct pd_loader *loader, size_t file, struct padan_error *error)
{
    struct pd_file_state *state = &loader->files[file];
    struct pd_file_result *out = &loader->result->files[file];
    PD_TRY(pd_reader_check_unchanged(&state->reader, &state->mark, error));
    out->bytes = state->reader.regular ? state->reader.size : state->reader.bytes;
    out->digest_kind = state->digest.kind;
    pd_digest_finish(&state->digest, out->digest);
    pd_reader_close(&state->reader);
    state->open = false;
    return PADAN_OK;
}

/* Notes which parts of a regular file go where; they are read by all threads. */
static enum padan_status plan_reads(struct pd_loader *loader, size_t file, size_t position, size_t n,
                                    struct padan_error *error)
{
    const uint64_t offset = loader->files[file].offset;
    for (size_t done = 0; done < n; done += PD_READ_PIECE) {
        const size_t now = n - done < PD_READ_PIECE ? n - done : PD_READ_PIECE;
        PD_TRY(pd_grow(&loader->pieces, &loader->pieces_capacity, loader->n_pieces + 1, sizeof *loader->pieces, error));
        loader->pieces[loader->n_pieces++] = (struct pd_read_piece){ file, position + done, now, offset + done };
    }
    return PADAN_OK;
}

/* Up to `wanted` more bytes of the segment's file. */
static enum padan_status extend_segment(struct pd_loader *loader, struct pd_segment *segment, size_t wanted,
                                        struct padan_error *error)
{
    struct pd_file_state *state = &loader->files[segment->file];
    const size_t position = segment->begin + segment->n;
    size_t n = 0;
    if (state->reader.regular) {
        const uint64_t left = state->reader.size - state->offset;
        n = left < wanted ? (size_t)left : wanted;
        PD_TRY(plan_reads(loader, segment->file, position, n, error));
        segment->at_eof = n == left;
    } else {
        PD_TRY(pd_reader_read(&state->reader, loader->window + position, wanted, &n, error));
        segment->at_eof = n < wanted;
    }
    state->offset += n;
    segment->n += n;
    return PADAN_OK;
}

static enum padan_status add_segment(struct pd_loader *loader, size_t position, struct padan_error *error)
{
    const size_t file = loader->next_file;
    PD_TRY(begin_file(loader, file, error));
    loader->segments[loader->n_segments++] =
        (struct pd_segment){ .file = file,
                             .begin = position,
                             .n = loader->n_carry,
                             .n_carried = loader->n_carry,
                             .offset = loader->files[file].offset - loader->n_carry };
    loader->n_carry = 0;
    return PADAN_OK;
}

/* Fills the window with the next bytes; n_segments is 0 when all files are done. */
static enum padan_status fill_window(struct pd_loader *loader, struct padan_error *error)
{
    size_t fresh = loader->wave_bytes;
    size_t position = 0;
    loader->n_segments = 0;
    loader->n_pieces = 0;
    if (loader->n_carry > 0) memmove(loader->window, loader->window + loader->carry_begin, loader->n_carry);
    while (loader->next_file < loader->options->n_files && loader->n_segments < PD_WAVE_SEGMENTS && fresh > 0) {
        if (loader->files[loader->next_file].is_index) break;
        if (loader->files[loader->next_file].left_out) {
            loader->next_file++;
            continue;
        }
        PD_TRY(add_segment(loader, position, error));
        struct pd_segment *segment = &loader->segments[loader->n_segments - 1];
        PD_TRY(extend_segment(loader, segment, fresh, error));
        fresh -= segment->n - segment->n_carried;
        position += (segment->n + 2 * PD_SCAN_PADDING) / PD_SCAN_PADDING * PD_SCAN_PADDING;
        if (!segment->at_eof) break;
        loader->next_file++;
    }
    return PADAN_OK;
}

static enum padan_status read_piece(void *context, size_t index, int worker, struct padan_error *error)
{
    struct pd_loader *loader = context;
    const struct pd_read_piece *piece = &loader->pieces[index];
    (void)worker;
    return pd_reader_read_at(&loader->files[piece->file].reader, loader->window + piece->position, piece->n,
                             piece->offset, error);
}

/* First byte of the segment that may start a row: past the header. */
static void find_start(struct pd_loader *loader, struct pd_segment *segment)
{
    struct pd_file_state *state = &loader->files[segment->file];
    segment->start = state->to_skip < segment->n ? (size_t)state->to_skip : segment->n;
    state->to_skip -= segment->start;
}

enum padan_status pd_loader_make_chunks(struct pd_loader *loader, size_t n, struct padan_error *error)
{
    const size_t had = loader->chunks_capacity;
    PD_TRY(pd_grow(&loader->chunks, &loader->chunks_capacity, n, sizeof *loader->chunks, error));
    for (size_t i = had; i < loader->chunks_capacity; i++) loader->chunks[i] = (struct pd_chunk){ 0 };
    return pd_grow(&loader->placements, &loader->placements_capacity, n, sizeof *loader->placements, error);
}

static enum padan_status cut_segment(struct pd_loader *loader, struct pd_segment *segment, struct padan_error *error)
{
    find_start(loader, segment);
    segment->first_chunk = loader->n_chunks;
    const size_t fresh = segment->n - segment->n_carried;
    segment->n_chunks = fresh == 0 ? 1 : (fresh + loader->chunk_bytes - 1) / loader->chunk_bytes;
    PD_TRY(pd_loader_make_chunks(loader, loader->n_chunks + segment->n_chunks, error));
    for (size_t i = 0; i < segment->n_chunks; i++) {
        struct pd_chunk *chunk = &loader->chunks[loader->n_chunks];
        loader->placements[loader->n_chunks++] = (struct pd_placement){ .file = segment->file };
        chunk->layout = &loader->files[segment->file].layout;
        chunk->kernel = pd_scan_choose();
        chunk->data = loader->window + segment->begin;
        chunk->n_data = segment->n;
        chunk->at_eof = segment->at_eof;
        chunk->begin = i == 0 ? segment->start : segment->n_carried + i * loader->chunk_bytes;
        chunk->limit = i + 1 == segment->n_chunks ? segment->n : segment->n_carried + (i + 1) * loader->chunk_bytes;
        chunk->skipping = i == 0 && loader->files[segment->file].skipping;
        chunk->row_limit = loader->row_limit;
        chunk->field_limit = loader->field_limit;
        chunk->data_offset = segment->offset;
    }
    return PADAN_OK;
}

/* Hashes the new bytes of a segment, or guesses and parses a chunk. */
static enum padan_status do_task(void *context, size_t index, int worker, struct padan_error *error)
{
    struct pd_loader *loader = context;
    (void)worker;
    if (index < loader->n_segments) {
        const struct pd_segment *segment = &loader->segments[index];
        struct pd_file_state *state = &loader->files[segment->file];
        if (!state->reader.regular) return PADAN_OK;
        pd_digest_add(&state->digest, loader->window + segment->begin + segment->n_carried,
                      segment->n - segment->n_carried);
        return PADAN_OK;
    }
    struct pd_chunk *chunk = &loader->chunks[index - loader->n_segments];
    const struct pd_placement *placement = &loader->placements[index - loader->n_segments];
    const bool is_first = index == loader->n_segments || placement[-1].file != placement->file;
    if (!is_first) chunk->begin = pd_chunk_guess(chunk->layout, chunk->data, chunk->n_data, chunk->begin);
    return pd_chunk_parse(chunk, loader->file_kinds[placement->file], error);
}

/* Puts the chunks of a segment in order: each must start where the one before ended. */
static enum padan_status join_segment(struct pd_loader *loader, struct pd_segment *segment, struct padan_error *error)
{
    size_t expected = segment->start;
    bool skipping = loader->files[segment->file].skipping;
    bool stopped = false;
    for (size_t i = 0; i < segment->n_chunks; i++) {
        struct pd_chunk *chunk = &loader->chunks[segment->first_chunk + i];
        if (stopped || expected >= chunk->limit) {
            pd_chunk_clear(chunk, expected, skipping);
            continue;
        }
        if (chunk->begin != expected) {
            chunk->begin = expected;
            PD_TRY(pd_chunk_parse(chunk, loader->file_kinds[segment->file], error));
        }
        expected = chunk->end;
        skipping = chunk->end_skipping;
        stopped = chunk->incomplete;
    }
    segment->end = expected;
    loader->files[segment->file].skipping = skipping;
    return PADAN_OK;
}

static enum padan_status keep_rejects(struct pd_loader *loader, const struct pd_chunk *chunk,
                                      const struct pd_placement *placement, struct padan_error *error)
{
    struct pd_ingest_result *result = loader->result;
    PD_TRY(pd_grow(&result->rejects, &result->rejects_capacity, result->n_rejects + chunk->n_rejects,
                   sizeof *result->rejects, error));
    for (size_t i = 0; i < chunk->n_rejects; i++) {
        struct pd_reject *reject = &result->rejects[result->n_rejects++];
        *reject = chunk->rejects[i];
        reject->file = (uint32_t)placement->file;
        reject->row += (uint32_t)placement->row;
    }
    return PADAN_OK;
}

static enum padan_status keep_specials(struct pd_raw_facts *raw, const struct pd_chunk *chunk, uint64_t first_row,
                                       struct padan_error *error)
{
    PD_TRY(pd_grow(&raw->special_rows, &raw->special_capacity, raw->n_special + chunk->n_specials,
                   sizeof *raw->special_rows, error));
    for (size_t i = 0; i < chunk->n_specials; i++) {
        const struct pd_special *special = &chunk->specials[i];
        pd_append_bytes(&raw->special, chunk->data + special->begin, special->end - special->begin);
        raw->special_rows[raw->n_special++] = (struct pd_special_row){ raw->special.length, first_row + special->row };
    }
    return pd_buffer_status(&raw->special, error);
}

enum padan_status pd_loader_keep_totals(struct pd_file_state *state, const struct pd_chunk *chunk,
                                        struct padan_error *error)
{
    PD_TRY(pd_grow(&state->totals, &state->totals_capacity, state->n_totals + chunk->n_totals_cells,
                   sizeof *state->totals, error));
    if (chunk->n_totals_cells > 0) {
        memcpy(state->totals + state->n_totals, chunk->totals, chunk->n_totals_cells * sizeof *chunk->totals);
    }
    state->n_totals += chunk->n_totals_cells;
    return PADAN_OK;
}

enum padan_status pd_loader_too_many(struct padan_error *error)
{
    PD_FAIL(error, PADAN_LIMIT, "more than %u rows; split the input", UINT32_MAX - 1);
}

/* Adds a chunk to the accounts of its file and gives its rows their places. */
static enum padan_status account(struct pd_loader *loader, size_t index, struct padan_error *error)
{
    const struct pd_chunk *chunk = &loader->chunks[index];
    struct pd_placement *placement = &loader->placements[index];
    struct pd_file_state *state = &loader->files[placement->file];
    struct pd_file_result *out = &loader->result->files[placement->file];
    placement->record = loader->n_records;
    placement->row = state->layout.header_row + state->layout.n_below + 1 + state->lines;
    state->lines += chunk->n_lines;
    loader->n_records += chunk->n_rows;
    if (placement->row + chunk->n_lines > UINT32_MAX) return pd_loader_too_many(error);
    if (loader->n_records > UINT32_MAX - 1) return pd_loader_too_many(error);
    out->rows_accepted += chunk->n_rows;
    out->rows_rejected += chunk->n_rejects;
    out->rows_read += chunk->n_rows + chunk->n_rejects;
    out->rows_skipped += chunk->n_skipped;
    out->rows_blank += chunk->n_blank;
    out->rows_totals += chunk->n_totals;
    out->end = loader->n_records;
    for (size_t i = 0; i < state->layout.n_loads; i++) {
        const int field = state->layout.loads[i].field;
        if (chunk->columns[i].saw_cp1252) out->charset = PD_CHARSET_CP1252;
        if (field == PD_NO_FIELD) continue;
        if (pd_layout_counts(&state->layout, i)) out->columns[field].n_filled += chunk->columns[i].n_filled;
        out->columns[field].saw_cp1252 = out->columns[field].saw_cp1252 || chunk->columns[i].saw_cp1252;
    }
    PD_TRY(pd_loader_keep_totals(state, chunk, error));
    PD_TRY(keep_specials(&loader->result->raw, chunk, placement->row, error));
    return keep_rejects(loader, chunk, placement, error);
}

static enum padan_status join_wave(struct pd_loader *loader, struct padan_error *error)
{
    for (size_t i = 0; i < loader->n_segments; i++) {
        struct pd_segment *segment = &loader->segments[i];
        if (segment->offset == 0) {
            loader->result->files[segment->file].begin = loader->n_records;
            loader->result->files[segment->file].end = loader->n_records;
        }
        PD_TRY(join_segment(loader, segment, error));
        for (size_t j = 0; j < segment->n_chunks; j++) PD_TRY(account(loader, segment->first_chunk + j, error));
    }
    return PADAN_OK;
}

/* Closes finished files; what is left of the last one is carried to the next wave. */
static enum padan_status end_wave(struct pd_loader *loader, struct padan_error *error)
{
    for (size_t i = 0; i < loader->n_segments; i++) {
        const struct pd_segment *segment = &loader->segments[i];
        if (segment->at_eof) {
            PD_TRY(end_file(loader, segment->file, error));
        } else {
            loader->n_carry = segment->n - segment->end;
            loader->carry_begin = segment->begin + segment->end;
        }
    }
    return PADAN_OK;
}

static enum padan_status make_window(struct pd_loader *loader, struct padan_error *error)
{
    const size_t wanted = (size_t)loader->threads * CHUNKS_PER_THREAD;
    const size_t n_chunks = wanted > CHUNKS_MIN ? wanted : CHUNKS_MIN;
    loader->wave_bytes = n_chunks * loader->chunk_bytes;
    loader->window_capacity =
        loader->row_limit + loader->wave_bytes + (2 * PD_WAVE_SEGMENTS + 4) * (size_t)PD_SCAN_PADDING;
    return pd_allocate_array(&loader->window, loader->window_capacity, 1, error);
}

/* Files that need no window, up to the next one that does. */
static enum padan_status take_indexes(struct pd_loader *loader, struct padan_error *error)
{
    for (; loader->next_file < loader->options->n_files; loader->next_file++) {
        const struct pd_file_state *state = &loader->files[loader->next_file];
        if (!state->is_index && !state->left_out) return PADAN_OK;
        if (!state->left_out) PD_TRY(pd_loader_take_index(loader, loader->next_file, error));
    }
    return PADAN_OK;
}

enum padan_status pd_loader_read(struct pd_loader *loader, struct padan_error *error)
{
    for (;;) {
        PD_TRY(take_indexes(loader, error));
        if (loader->next_file == loader->options->n_files) return PADAN_OK;
        if (loader->window == NULL) PD_TRY(make_window(loader, error));
        PD_TRY(fill_window(loader, error));
        PD_TRY(pd_parallel_in_order(loader->n_pieces, loader->threads, read_piece, loader, error));
        loader->n_chunks = 0;
        for (size_t i = 0; i < loader->n_segments; i++) PD_TRY(cut_segment(loader, &loader->segments[i], error));
        PD_TRY(pd_parallel_in_order(loader->n_segments + loader->n_chunks, loader->threads, do_task, loader, error));
        PD_TRY(join_wave(loader, error));
        PD_TRY(pd_loader_merge(loader, error));
        PD_TRY(end_wave(loader, error));
    }
}
