/* SPDX-License-Identifier: MIT
 * Which rows of an index are records under the mapping of this load: totals rows are none where columns have canonical
 * names, and rows whose flag says no are other programs'. Rows that may be totals rows are in the index as bytes, so
 * that they are judged by the code that judges rows of files. */
#include "base/memory.h"
#include "base/search.h"
#include "ingest/scan.h"
#include "ingest/taking.h"

/* Rows that may be totals rows, and what came of them. */
struct special_rows {
    struct pd_special_row *rows;
    char *bytes;
    struct pd_chunk chunk;
    struct pd_layout layout;
};

static void reset_special(struct special_rows *special)
{
    pd_free(special->rows);
    pd_free(special->bytes);
    pd_chunk_reset(&special->chunk);
}

static enum padan_status read_special(const struct pd_index_taking *taking, struct special_rows *special,
                                      struct padan_error *error)
{
    const struct pd_snapshot *snapshot = taking->snapshot;
    const size_t n = (size_t)snapshot->n_special, n_bytes = (size_t)snapshot->n_special_bytes;
    PD_TRY(pd_allocate(&special->rows, n, sizeof *special->rows, error));
    PD_TRY(pd_allocate(&special->bytes, n_bytes + PD_SCAN_PADDING, 1, error));
    const struct pd_sealed_read reads[] = { { snapshot->special_rows, special->rows, false },
                                            { snapshot->special_bytes, special->bytes, false } };
    PD_TRY(pd_sealed_read(&snapshot->sealed, reads, 2, 1, error));
    bool fit = special->rows[n - 1].end == n_bytes;
    for (size_t i = 1; i < n; i++)
        fit = fit && special->rows[i].end > special->rows[i - 1].end && special->rows[i].row > special->rows[i - 1].row;
    return fit ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

/* Flags are looked at later, for all rows. */
static enum padan_status parse_special(const struct pd_index_taking *taking, struct special_rows *special,
                                       struct padan_error *error)
{
    const struct pd_loader *loader = taking->loader;
    const size_t n_bytes = (size_t)taking->snapshot->n_special_bytes;
    special->layout = loader->files[taking->file].layout;
    special->layout.flag_field = PD_NO_FIELD;
    special->chunk = (struct pd_chunk){ .layout = &special->layout,
                                        .kernel = pd_scan_choose(),
                                        .data = special->bytes,
                                        .n_data = n_bytes,
                                        .at_eof = true,
                                        .limit = n_bytes,
                                        .row_limit = loader->row_limit,
                                        .field_limit = loader->field_limit };
    PD_TRY(pd_chunk_parse(&special->chunk, loader->file_kinds[taking->file], error));
    if (special->chunk.n_lines != taking->snapshot->n_special) return pd_snapshot_contradicts(taking->snapshot, error);
    return PADAN_OK;
}

static enum padan_status leave_out(struct pd_index_taking *taking, size_t record, struct padan_error *error)
{
    if (taking->left_out == NULL)
        PD_TRY(pd_allocate(&taking->left_out, (size_t)taking->snapshot->n_records, sizeof *taking->left_out, error));
    taking->n_left_out += !taking->left_out[record];
    taking->left_out[record] = true;
    return PADAN_OK;
}

/* A totals row is in the index as a record, or as a reject where it is ragged. */
static enum padan_status take_out(struct pd_index_taking *taking, uint64_t row, struct padan_error *error)
{
    const size_t n = (size_t)taking->snapshot->n_records;
    const size_t record = pd_search_first(taking->rows, sizeof *taking->rows, n, (uint32_t)row);
    if (record < n && taking->rows[record] == row) return leave_out(taking, record, error);
    for (size_t i = 0; i < taking->n_rejects; i++) {
        if (taking->rejects[i].row != row) continue;
        memmove(&taking->rejects[i], &taking->rejects[i + 1], (taking->n_rejects - i - 1) * sizeof *taking->rejects);
        taking->n_rejects--;
        return PADAN_OK;
    }
    return pd_snapshot_contradicts(taking->snapshot, error);
}

static enum padan_status take_out_totals(struct pd_index_taking *taking, const struct special_rows *special,
                                         struct padan_error *error)
{
    const struct pd_chunk *chunk = &special->chunk;
    size_t n_records = 0, n_rejects = 0;
    for (uint32_t line = 0; line < chunk->n_lines; line++) {
        if (n_records < chunk->n_rows && chunk->lines[n_records] == line)
            n_records++;
        else if (n_rejects < chunk->n_rejects && chunk->rejects[n_rejects].row == line)
            n_rejects++;
        else
            PD_TRY(take_out(taking, special->rows[line].row, error));
    }
    taking->loader->result->files[taking->file].rows_totals = chunk->n_totals;
    return pd_loader_keep_totals(&taking->loader->files[taking->file], chunk, error);
}

static enum padan_status judge_totals(struct pd_index_taking *taking, struct padan_error *error)
{
    struct special_rows special = { .rows = NULL };
    if (taking->snapshot->n_special == 0 || !taking->loader->files[taking->file].layout.canonical) return PADAN_OK;
    enum padan_status status = read_special(taking, &special, error);
    if (status == PADAN_OK) status = parse_special(taking, &special, error);
    if (status == PADAN_OK) status = take_out_totals(taking, &special, error);
    reset_special(&special);
    return status;
}

static enum padan_status judge_flags(struct pd_index_taking *taking, struct padan_error *error)
{
    const struct pd_layout *layout = &taking->loader->files[taking->file].layout;
    struct pd_column flags = { .words = NULL };
    uint64_t n_skipped = 0;
    if (layout->flag_field == PD_NO_FIELD) return PADAN_OK;
    enum padan_status status = pd_index_read_field(taking, (size_t)layout->flag_field, &flags, error);
    for (size_t i = 0; i < taking->snapshot->n_records && status == PADAN_OK; i++) {
        char scratch[24];
        bool known = false;
        if (taking->left_out != NULL && taking->left_out[i]) continue;
        if (pd_flag_read(pd_column_text(&flags, i, scratch), &known) || !known) continue;
        status = leave_out(taking, i, error);
        n_skipped++;
    }
    pd_index_reset_field(&flags);
    taking->loader->result->files[taking->file].rows_skipped = n_skipped;
    return status;
}

enum padan_status pd_index_judge(struct pd_index_taking *taking, struct padan_error *error)
{
    PD_TRY(judge_totals(taking, error));
    return judge_flags(taking, error);
}
