/* SPDX-License-Identifier: MIT
 * Parsing of one piece: rows are judged one by one (ragged, totals, other program), accepted ones are gathered in
 * batches that stay in cache, and each batch is encoded field by field. */
#include "ingest/chunk.h"

#include "base/memory.h"
#include "indonesia/amount.h"
#include "ingest/local_column.h"

size_t pd_chunk_guess(const struct pd_layout *layout, const char *data, size_t n_data, size_t begin)
{
    const char *line_end = memchr(data + begin - 1, layout->line_end, n_data - begin + 1);
    return line_end == NULL ? n_data : (size_t)(line_end - data) + 1;
}

void pd_chunk_reset(struct pd_chunk *chunk)
{
    for (size_t i = 0; i < chunk->columns_capacity; i++) pd_local_column_reset(&chunk->columns[i]);
    pd_free(chunk->columns);
    pd_free(chunk->lines);
    pd_free(chunk->rejects);
    pd_free(chunk->totals);
    pd_free(chunk->specials);
    pd_free(chunk->fields);
    pd_free(chunk->batch);
    pd_arena_reset(&chunk->arena);
    *chunk = (struct pd_chunk){ 0 };
}

void pd_chunk_clear(struct pd_chunk *chunk, size_t at, bool skipping)
{
    chunk->end = at;
    chunk->end_skipping = skipping;
    chunk->incomplete = false;
    chunk->n_rows = 0;
    chunk->n_lines = 0;
    chunk->n_skipped = chunk->n_blank = chunk->n_totals = 0;
    chunk->n_rejects = chunk->n_totals_cells = chunk->n_specials = 0;
    for (size_t i = 0; i < chunk->columns_capacity; i++) {
        chunk->columns[i].n_texts = 0;
        chunk->columns[i].n_filled = 0;
        chunk->columns[i].saw_cp1252 = false;
    }
}

/* Columns for all loads of the layout; new ones are zero. */
static enum padan_status make_columns(struct pd_chunk *chunk, struct padan_error *error)
{
    const size_t n = chunk->layout->n_loads;
    const size_t had = chunk->columns_capacity;
    PD_TRY(pd_grow(&chunk->columns, &chunk->columns_capacity, n, sizeof *chunk->columns, error));
    for (size_t i = had; i < chunk->columns_capacity; i++) chunk->columns[i] = (struct pd_local_column){ 0 };
    PD_TRY(pd_grow(&chunk->fields, &chunk->fields_capacity, chunk->layout->n_fields, sizeof *chunk->fields, error));
    return pd_grow(&chunk->batch, &chunk->batch_capacity, n * PD_BATCH_STRIDE, sizeof *chunk->batch, error);
}

static enum padan_status reject(struct pd_chunk *chunk, const struct pd_row *row, enum pd_reject_code code,
                                uint32_t column, struct padan_error *error)
{
    PD_TRY(pd_grow(&chunk->rejects, &chunk->rejects_capacity, chunk->n_rejects + 1, sizeof *chunk->rejects, error));
    chunk->rejects[chunk->n_rejects++] = (struct pd_reject){ .offset = chunk->data_offset + row->begin,
                                                             .row = chunk->n_lines,
                                                             .column = column,
                                                             .n_fields = row->n_fields,
                                                             .code = code };
    return PADAN_OK;
}

/* Takes the words that open a totals row. */
bool pd_totals_word(struct pd_text text)
{
    static const char *const words[] = { "total",     "jumlah",      "jml",         "subtotal",
                                         "sub total", "grand total", "rekapitulasi" };
    const char first = (char)(text.length > 0 ? text.data[0] | 0x20 : 0);
    if (first != 't' && first != 'j' && first != 's' && first != 'g' && first != 'r') return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct pd_text word = pd_text_of(words[i]);
        if (text.length < word.length || !pd_text_same_name(pd_text_slice(text, 0, word.length), word)) continue;
        if (text.length == word.length || (unsigned char)text.data[word.length] <= ' ' ||
            text.data[word.length] == ':') {
            return true;
        }
    }
    return false;
}

/* The words of a field, but for quotes inside quotes. */
static struct pd_text plain_words(const struct pd_field *field)
{
    const struct pd_text text = { field->data, field->length };
    return field->raw && text.length >= 2 ? pd_text_slice(text, 1, text.length - 1) : text;
}

static bool is_totals_word(const struct pd_field *field)
{
    return pd_totals_word(plain_words(field));
}

/* Whether a first cell is that of the header; files that were put one behind another have a BOM inside. */
static bool is_first_header(const struct pd_layout *layout, const struct pd_field *field)
{
    static const char bom[] = "\xEF\xBB\xBF";
    struct pd_text text = { field->data, field->length };
    if (layout->n_fields < 2) return false; /* a single cell may be anything */
    if (pd_text_starts(text, PD_TEXT(bom))) text = pd_text_slice(text, sizeof bom - 1, text.length);
    if (text.length >= 2 && text.data[0] == '"') text = pd_text_slice(text, 1, text.length - 1);
    return pd_text_equal(text, layout->columns[0].header);
}

/* Whether it may be: asked of every row, and no of nearly all. */
static inline bool may_be_first_header(const struct pd_layout *layout, const struct pd_field *field)
{
    const struct pd_text header = layout->columns[0].header;
    if (field->length < header.length || header.length == 0) return false;
    return field->data[0] == header.data[0] || (unsigned char)field->data[0] == 0xEF;
}

/* Whether a row says what the header says: pages, or files, that were put one behind another. */
static bool is_header_again(const struct pd_chunk *chunk, uint32_t n_fields)
{
    const struct pd_layout *layout = chunk->layout;
    if (n_fields < layout->n_fields) return false;
    if (!is_first_header(layout, &chunk->fields[0])) return false;
    for (uint32_t i = 1; i < n_fields; i++)
        if (!pd_text_equal(plain_words(&chunk->fields[i]), layout->columns[i].header)) return false;
    return true;
}

/* A number of a totals row: digits with separators, perhaps Rp. */
static bool read_total(const struct pd_field *field, int64_t *number)
{
    struct pd_text text = { field->data, field->length };
    if (field->raw || text.length == 0) return false;
    return pd_amount_read(text, number) == PD_AMOUNT_READ;
}

/* Whether a row opens with a word such as JUMLAH, has few cells filled and no NIK behind that word. */
static bool is_like_totals(const struct pd_chunk *chunk, uint32_t n_fields, uint32_t first)
{
    const struct pd_layout *layout = chunk->layout;
    if (!layout->canonical || !is_totals_word(&chunk->fields[first])) return false;
    uint32_t n_filled = 0;
    for (uint32_t i = 0; i < n_fields; i++) n_filled += chunk->fields[i].length > 0;
    if (n_filled > 3 && n_filled * 2 > layout->n_fields) return false;
    return layout->nik_field <= (int)first || (uint32_t)layout->nik_field >= n_fields ||
           chunk->fields[layout->nik_field].length != 16;
}

/* A row that sums others up: it is like one, and what else it has are numbers. These are kept. */
static enum padan_status take_totals(struct pd_chunk *chunk, uint32_t n_fields, uint32_t first, bool *is_totals,
                                     struct padan_error *error)
{
    const size_t n_before = chunk->n_totals_cells;
    *is_totals = is_like_totals(chunk, n_fields, first);
    if (!*is_totals) return PADAN_OK;
    for (uint32_t i = first + 1; i < n_fields; i++) {
        int64_t number = 0;
        if (chunk->fields[i].length == 0) continue;
        if (!read_total(&chunk->fields[i], &number)) {
            chunk->n_totals_cells = n_before;
            *is_totals = false;
            return PADAN_OK;
        }
        PD_TRY(
            pd_grow(&chunk->totals, &chunk->totals_capacity, chunk->n_totals_cells + 1, sizeof *chunk->totals, error));
        chunk->totals[chunk->n_totals_cells++] = (struct pd_totals_cell){ i, number };
    }
    chunk->n_totals++;
    return PADAN_OK;
}

/* Index of a field longer than the limit, UINT32_MAX when there is none. */
static uint32_t find_long_field(const struct pd_chunk *chunk, uint32_t n_fields)
{
    for (uint32_t i = 0; i < n_fields; i++) {
        if (chunk->fields[i].length > chunk->field_limit) return i;
    }
    return UINT32_MAX;
}

/* Index of the first field with a zero byte, UINT32_MAX when there is none; of a row that has one somewhere. */
static uint32_t find_zero_byte(const struct pd_chunk *chunk, uint32_t n_fields)
{
    for (uint32_t i = 0; i < n_fields; i++) {
        const struct pd_field *field = &chunk->fields[i];
        if (field->length > 0 && memchr(field->data, 0, field->length) != NULL) return i;
    }
    return UINT32_MAX;
}

/* The text of a field: in UTF-8, and of ="01" what it shows. */
static enum padan_status take_text(struct pd_chunk *chunk, bool high, struct pd_field *field, bool *saw_cp1252,
                                   struct padan_error *error)
{
    if (field->raw || high)
        PD_TRY(pd_field_ready(field, high, chunk->layout->charset, &chunk->arena, saw_cp1252, error));
    if (field->length == 0 || field->data[0] != '=') return PADAN_OK;
    const struct pd_text shown = pd_text_trim(pd_text_shown((struct pd_text){ field->data, field->length }));
    *field = (struct pd_field){ shown.data, (uint32_t)shown.length, false };
    return PADAN_OK;
}

/* The id made of several fields: their texts joined by '|'. */
static enum padan_status join_id(struct pd_chunk *chunk, bool high, struct pd_local_column *column,
                                 struct pd_field *out, struct padan_error *error)
{
    const struct pd_layout *layout = chunk->layout;
    size_t length = layout->n_id_fields;
    for (size_t i = 0; i < layout->n_id_fields; i++) {
        struct pd_field *field = &chunk->fields[layout->id_fields[i]];
        PD_TRY(take_text(chunk, high, field, &column->saw_cp1252, error));
        length += field->length;
    }
    char *text = NULL;
    PD_TRY(pd_arena_allocate(&chunk->arena, &text, length, error));
    size_t end = 0;
    bool filled = false;
    for (size_t i = 0; i < layout->n_id_fields; i++) {
        const struct pd_field *field = &chunk->fields[layout->id_fields[i]];
        if (i > 0) text[end++] = '|';
        if (field->length > 0) memcpy(text + end, field->data, field->length);
        end += field->length;
        filled = filled || field->length > 0;
    }
    *out = (struct pd_field){ text, filled ? (uint32_t)end : 0, false };
    return PADAN_OK;
}

/* Puts an accepted row into the batch. */
static enum padan_status accept(struct pd_chunk *chunk, bool high, size_t n_batch, struct padan_error *error)
{
    const struct pd_layout *layout = chunk->layout;
    for (size_t i = 0; i < layout->n_loads; i++) {
        struct pd_field *out = &chunk->batch[i * PD_BATCH_STRIDE + n_batch];
        const int field = layout->loads[i].field;
        if (field == PD_NO_FIELD) {
            PD_TRY(join_id(chunk, high, &chunk->columns[i], out, error));
            continue;
        }
        *out = chunk->fields[field];
        PD_TRY(take_text(chunk, high, out, &chunk->columns[i].saw_cp1252, error));
    }
    return PADAN_OK;
}

static enum padan_status flush(struct pd_chunk *chunk, size_t *n_batch, struct padan_error *error)
{
    for (size_t i = 0; i<chunk->layout->n_loads && * n_batch> 0; i++) {
        PD_TRY(pd_local_column_append(&chunk->columns[i], chunk->n_rows, chunk->batch + i * PD_BATCH_STRIDE, *n_batch,
                                      error));
    }
    chunk->n_rows += *n_batch;
    *n_batch = 0;
    return PADAN_OK;
}

/* Notes a row that is a totals row under some mapping. */
static enum padan_status keep_special(struct pd_chunk *chunk, const struct pd_row *row, struct padan_error *error)
{
    PD_TRY(pd_grow(&chunk->specials, &chunk->specials_capacity, chunk->n_specials + 1, sizeof *chunk->specials, error));
    chunk->specials[chunk->n_specials++] = (struct pd_special){ row->begin, row->next, chunk->n_lines };
    return PADAN_OK;
}

/* A row that the batch has got is counted; the batch is encoded when it is full. */
static enum padan_status count_record(struct pd_chunk *chunk, uint32_t line, size_t *n_batch, struct padan_error *error)
{
    if (*n_batch == 0)
        PD_TRY(
            pd_grow(&chunk->lines, &chunk->lines_capacity, chunk->n_rows + PD_BATCH_ROWS, sizeof *chunk->lines, error));
    chunk->lines[chunk->n_rows + *n_batch] = line;
    ++*n_batch;
    return *n_batch == PD_BATCH_ROWS ? flush(chunk, n_batch, error) : PADAN_OK;
}

/* An accepted row joins the batch. */
static enum padan_status add_record(struct pd_chunk *chunk, bool high, uint32_t line, size_t *n_batch,
                                    struct padan_error *error)
{
    PD_TRY(accept(chunk, high, *n_batch, error));
    return count_record(chunk, line, n_batch, error);
}

/* Whether the flag of the source's program says that a row, which has all its fields, is none of its own. */
static bool is_left_out(const struct pd_chunk *chunk)
{
    bool known = false;
    if (chunk->layout->flag_field == PD_NO_FIELD) return false;
    const struct pd_field *flag = &chunk->fields[chunk->layout->flag_field];
    return !pd_flag_read((struct pd_text){ flag->data, flag->length }, &known) && known;
}

/* Judges one row; adds it to the batch when it is a record. */
static enum padan_status take_row(struct pd_chunk *chunk, const struct pd_row *row, size_t *n_batch,
                                  struct padan_error *error)
{
    const struct pd_layout *layout = chunk->layout;
    if (row->kind == PD_ROW_TOO_LONG) return reject(chunk, row, PD_REJECT_LONG_ROW, UINT32_MAX, error);
    if (row->kind == PD_ROW_BAD_QUOTE) {
        const uint32_t column = row->bad_field < layout->n_fields ? row->bad_field : UINT32_MAX;
        return reject(chunk, row, PD_REJECT_QUOTE, column, error);
    }
    const uint32_t n_fields = row->n_fields < layout->n_fields ? row->n_fields : layout->n_fields;
    if (memchr(chunk->data + row->begin, 0, row->next - row->begin) != NULL)
        return reject(chunk, row, PD_REJECT_ZERO_BYTE, find_zero_byte(chunk, n_fields), error);
    uint32_t first = 0;
    while (first < n_fields && chunk->fields[first].length == 0) first++;
    if (first == n_fields && (!row->ragged || n_fields < layout->n_fields)) {
        chunk->n_blank++;
        return PADAN_OK;
    }
    if (layout->raw && first < n_fields && is_totals_word(&chunk->fields[first]))
        PD_TRY(keep_special(chunk, row, error));
    bool is_totals = false;
    if (first < n_fields) PD_TRY(take_totals(chunk, n_fields, first, &is_totals, error));
    if (is_totals) return PADAN_OK;
    if (is_header_again(chunk, n_fields)) return reject(chunk, row, PD_REJECT_HEADER, UINT32_MAX, error);
    if (row->ragged) return reject(chunk, row, PD_REJECT_COLUMNS, UINT32_MAX, error);
    if (row->next - row->begin > chunk->field_limit) {
        const uint32_t field = find_long_field(chunk, n_fields);
        if (field != UINT32_MAX) return reject(chunk, row, PD_REJECT_LONG_FIELD, field, error);
    }
    if (is_left_out(chunk)) {
        chunk->n_skipped++;
        return PADAN_OK;
    }
    return add_record(chunk, row->high, chunk->n_lines, n_batch, error);
}

/* Whether rows may be taken as they are read: fields that are not loaded tell nothing of them, and there is no byte
 * that no text has. (That is looked for in the whole piece, once: a row is too short for it.) */
static bool takes_plain_rows(const struct pd_chunk *chunk)
{
    const struct pd_layout *layout = chunk->layout;
    const size_t end = chunk->limit < chunk->n_data ? chunk->limit : chunk->n_data;
    for (size_t i = 0; i < layout->n_loads; i++)
        if (layout->loads[i].field == PD_NO_FIELD) return false;
    return layout->flag_field == PD_NO_FIELD && layout->n_fields > 0 && layout->n_fields <= PD_PLAIN_FIELDS_MAX &&
           (chunk->begin >= end || memchr(chunk->data + chunk->begin, 0, end - chunk->begin) == NULL);
}

static inline struct pd_field plain_field(const struct pd_plain_row *row, const char *begin, int field)
{
    if (field > 0) begin = row->base + row->ends[field - 1] + 1;
    const char *end = row->base + row->ends[field];
    while (begin < end && (unsigned char)end[-1] <= ' ') end--;
    while (begin < end && (unsigned char)*begin <= ' ') begin++;
    return (struct pd_field){ begin, (uint32_t)(end - begin), false };
}

/* Passes over the row at a position, when nothing but its loaded fields has to be looked at: it is plain, its first
 * field is filled, opens no totals row and is not the header's, and no field can be too long. Its loaded fields go
 * straight into the batch.
 */
static bool take_plain_row(struct pd_chunk *chunk, struct pd_scanner *scanner, size_t n_batch, size_t *position)
{
    const struct pd_layout *layout = chunk->layout;
    struct pd_plain_row row;
    size_t next = 0;
    const char *begin = chunk->data + *position;
    if (!pd_scan_plain_row(scanner, *position, layout->n_fields, &row, &next)) return false;
    if (next - *position > chunk->field_limit || next - *position > chunk->row_limit) return false;
    if (next > chunk->limit && memchr(chunk->data + chunk->limit, 0, next - chunk->limit) != NULL) return false;
    const struct pd_field first = plain_field(&row, begin, 0);
    if (may_be_first_header(layout, &first) && is_first_header(layout, &first)) return false;
    if (first.length == 0 || ((layout->canonical || layout->raw) && is_totals_word(&first))) return false;
    struct pd_field *batch = chunk->batch + n_batch;
    for (size_t i = 0; i < layout->n_loads; i++, batch += PD_BATCH_STRIDE)
        *batch = plain_field(&row, begin, layout->loads[i].field);
    *position = next;
    return true;
}

/* Passes over the rest of a row that was too long. */
static size_t skip_row(struct pd_chunk *chunk, size_t position)
{
    if (!chunk->skipping) return position;
    const char *line_end = memchr(chunk->data + position, chunk->layout->line_end, chunk->n_data - position);
    if (line_end != NULL) return (size_t)(line_end - chunk->data) + 1;
    chunk->end_skipping = !chunk->at_eof;
    return chunk->n_data;
}

enum padan_status pd_chunk_begin(struct pd_chunk *chunk, const struct pd_load_kind *kinds, struct padan_error *error)
{
    pd_chunk_clear(chunk, chunk->begin, false);
    pd_arena_reset(&chunk->arena);
    PD_TRY(make_columns(chunk, error));
    for (size_t i = 0; i < chunk->layout->n_loads; i++) pd_local_column_clear(&chunk->columns[i], kinds[i]);
    return PADAN_OK;
}

enum padan_status pd_chunk_take(struct pd_chunk *chunk, uint32_t row, size_t *n_batch, struct padan_error *error)
{
    return add_record(chunk, false, row, n_batch, error);
}

enum padan_status pd_chunk_end(struct pd_chunk *chunk, size_t *n_batch, struct padan_error *error)
{
    return flush(chunk, n_batch, error);
}

enum padan_status pd_chunk_parse(struct pd_chunk *chunk, const struct pd_load_kind *kinds, struct padan_error *error)
{
    PD_TRY(pd_chunk_begin(chunk, kinds, error));
    struct pd_scanner scanner = { .kernel = chunk->kernel,
                                  .data = chunk->data,
                                  .end = chunk->n_data,
                                  .at_eof = chunk->at_eof,
                                  .delimiter = chunk->layout->delimiter,
                                  .line_end = chunk->layout->line_end,
                                  .row_limit = chunk->row_limit };
    size_t position = skip_row(chunk, chunk->begin);
    size_t n_batch = 0;
    const bool takes_plain = takes_plain_rows(chunk);
    while (position < chunk->limit && position < chunk->n_data) {
        struct pd_row row;
        if (takes_plain && take_plain_row(chunk, &scanner, n_batch, &position)) {
            PD_TRY(count_record(chunk, chunk->n_lines++, &n_batch, error));
            chunk->end_skipping = false;
            continue;
        }
        pd_scan_row(&scanner, position, chunk->layout->n_fields, chunk->fields, &row);
        if (row.kind == PD_ROW_INCOMPLETE) {
            chunk->incomplete = true;
            break;
        }
        PD_TRY(take_row(chunk, &row, &n_batch, error));
        chunk->n_lines++;
        position = row.next;
        chunk->end_skipping = row.skipping;
    }
    chunk->end = position;
    return flush(chunk, &n_batch, error);
}
