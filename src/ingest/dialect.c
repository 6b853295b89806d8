/* SPDX-License-Identifier: MIT
 * Delimiter and header row from a sample. Each delimiter is tried on the first rows; the one whose rows carry known
 * column names wins, and where no name is known, the one under which most rows have the same number of fields. Title
 * rows above the header have one filled cell, the header has most of them. */
#include "ingest/layout.h"

#include "base/memory.h"

enum { PD_TRIAL_ROWS = 60, PD_CONTROL_SHARE = 50, PD_BINARY_HEAD = 1024 };

static const char delimiters[] = { ',', ';', '\t', '|' };

static enum padan_status refuse_utf16(const char *name, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: is UTF-16 text without a mark at its beginning; save it as \"CSV UTF-8\"",
            name);
}

static bool starts_with(struct pd_text text, const char *bytes, size_t n)
{
    return text.length >= n && memcmp(text.data, bytes, n) == 0;
}

/* Refuses what is no text: control characters all over, or a zero byte where the header of a binary file would be. A
 * few zero bytes further on are damage, and cost the rows they are in. */
static enum padan_status check_is_text(struct pd_text sample, const char *name, struct padan_error *error)
{
    if (starts_with(sample, "PK\x03\x04", 4) || starts_with(sample, "\xd0\xcf\x11\xe0", 4)) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is a spreadsheet or archive; export it as CSV first", name);
    }
    if (starts_with(sample, "\x1f\x8b", 2) || starts_with(sample, "\x28\xb5\x2f\xfd", 4))
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is compressed twice; unpack it once", name);
    size_t n_nul[2] = { 0, 0 };
    size_t n_control = 0;
    for (size_t i = 0; i < sample.length; i++) {
        const unsigned char byte = (unsigned char)sample.data[i];
        if (byte == 0) n_nul[i % 2]++;
        n_control += byte < 9 || (byte > 13 && byte < 28);
    }
    const size_t half = sample.length / 2;
    if (half > 0 && (n_nul[0] * 3 > half) != (n_nul[1] * 3 > half)) return refuse_utf16(name, error);
    const size_t head = sample.length < PD_BINARY_HEAD ? sample.length : PD_BINARY_HEAD;
    if (memchr(sample.data, 0, head) != NULL || n_control * PD_CONTROL_SHARE > sample.length) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is binary, not delimited text; export it as CSV first", name);
    }
    return PADAN_OK;
}

void pd_layout_scanner(const struct pd_layout *layout, struct pd_text sample, bool complete, struct pd_scanner *scanner)
{
    *scanner = (struct pd_scanner){ .kernel = pd_scan_choose(),
                                    .data = sample.data,
                                    .end = sample.length,
                                    .at_eof = complete,
                                    .delimiter = layout->delimiter,
                                    .line_end = layout->line_end,
                                    .any_width = true,
                                    .row_limit = PD_SAMPLE_BYTES };
}

static struct pd_text field_text(const struct pd_field *field)
{
    struct pd_text text = { field->data, field->length };
    if (field->raw && text.length >= 2) text = pd_text_trim(pd_text_slice(text, 1, text.length - 1));
    return text;
}

/* Whether a cell is the name of some column. */
static bool is_known_name(const struct pd_input_file *file, const struct pd_alias_table *aliases, struct pd_text cell)
{
    const struct pd_text text = pd_text_shown(cell);
    if (text.length == 0) return false;
    if (pd_text_same_name(text, PD_TEXT("unique_id"))) return true;
    for (size_t i = 0; i < file->n_choices; i++) {
        if (pd_text_same_name(file->choices[i].header, text)) return true;
    }
    for (size_t i = 0; i < file->n_unique_id; i++) {
        if (pd_text_same_name(file->unique_id[i], text)) return true;
    }
    for (size_t i = 0; aliases != NULL && i < aliases->n_items; i++) {
        if (pd_text_same_name(aliases->items[i].alias, text)) return true;
    }
    return false;
}

struct trial_row {
    size_t begin, next;
    uint32_t n_fields, n_filled, n_known;
    bool broken; /* no fields can be told; a row to be rejected all the same */
};

/* The first rows under one delimiter. */
struct trial {
    struct trial_row rows[PD_TRIAL_ROWS];
    size_t n_rows;
    uint32_t width; /* most frequent number of fields among rows with any filled cell; the greater on a tie */
    size_t n_width; /* rows that have it */
    size_t best;    /* row with most known names */
};

static void find_width(struct trial *trial)
{
    for (size_t i = 0; i < trial->n_rows; i++) {
        const uint32_t width = trial->rows[i].n_fields;
        if (trial->rows[i].n_filled == 0) continue;
        size_t count = 0;
        for (size_t j = 0; j < trial->n_rows; j++) count += trial->rows[j].n_fields == width;
        if (count > trial->n_width || (count == trial->n_width && width > trial->width)) {
            trial->width = width;
            trial->n_width = count;
        }
    }
}

static void try_rows(struct pd_scanner *scanner, size_t begin, const struct pd_input_file *file,
                     const struct pd_alias_table *aliases, struct pd_field *fields, struct trial *trial)
{
    *trial = (struct trial){ 0 };
    while (trial->n_rows < PD_TRIAL_ROWS && begin < scanner->end) {
        struct pd_row row;
        pd_scan_row(scanner, begin, PD_COLUMNS_MAX, fields, &row);
        if (row.kind == PD_ROW_INCOMPLETE) break;
        struct trial_row *out = &trial->rows[trial->n_rows];
        *out = (struct trial_row){ .begin = begin, .next = row.next, .n_fields = row.n_fields };
        for (uint32_t i = 0; i < row.n_fields && i < PD_COLUMNS_MAX; i++) {
            const struct pd_text text = field_text(&fields[i]);
            out->n_filled += text.length > 0;
            if (trial->n_rows < PD_HEADER_ROWS) out->n_known += is_known_name(file, aliases, text);
        }
        out->broken = row.kind != PD_ROW_FIELDS;
        if (out->n_known > trial->rows[trial->best].n_known) trial->best = trial->n_rows;
        trial->n_rows++;
        begin = row.next;
    }
    find_width(trial);
}

static uint64_t trial_score(const struct trial *trial)
{
    if (trial->n_rows == 0) return 0;
    const uint64_t known = trial->rows[trial->best].n_known;
    const uint64_t even = trial->width > 1 ? trial->n_width * 1000 / trial->n_rows : 0;
    return known * 1000000 + even * 100 + (trial->width < 99 ? trial->width : 99);
}

/* The row with most known names, else the first one that is about as wide and filled as the rest. */
static size_t find_header(const struct trial *trial)
{
    if (trial->rows[trial->best].n_known > 0) return trial->best;
    size_t first = trial->n_rows;
    for (size_t i = 0; i < trial->n_rows && i < PD_HEADER_ROWS; i++) {
        const struct trial_row *row = &trial->rows[i];
        if (row->n_filled > 0 && first == trial->n_rows) first = i;
        if (row->n_fields == trial->width && row->n_filled * 2 > row->n_fields) return i;
    }
    return first;
}

/* `sep=;` in the first row, as Excel writes it: takes its delimiter. */
static size_t take_separator_row(struct pd_text sample, size_t begin, char *delimiter)
{
    const struct pd_text rest = pd_text_slice(sample, begin, sample.length);
    if (!starts_with(rest, "sep=", 4) || rest.length < 6 || (rest.data[5] != '\n' && rest.data[5] != '\r')) return 0;
    if (*delimiter == 0) *delimiter = rest.data[4];
    return rest.data[5] == '\r' && rest.length > 6 && rest.data[6] == '\n' ? 7 : 6;
}

static enum padan_status try_delimiters(struct pd_layout *layout, const struct pd_input_file *file,
                                        const struct pd_alias_table *aliases, struct pd_text sample, bool complete,
                                        size_t begin, struct trial *best, struct padan_error *error)
{
    struct pd_field *fields = NULL;
    PD_TRY(pd_allocate(&fields, PD_COLUMNS_MAX, sizeof *fields, error));
    const bool given = layout->delimiter != 0;
    char chosen = given ? layout->delimiter : ',';
    uint64_t best_score = 0;
    for (size_t i = 0; i < (given ? 1 : sizeof delimiters); i++) {
        struct pd_scanner scanner;
        struct trial trial;
        layout->delimiter = given ? chosen : delimiters[i];
        pd_layout_scanner(layout, sample, complete, &scanner);
        try_rows(&scanner, begin, file, aliases, fields, &trial);
        const uint64_t score = trial_score(&trial);
        if (i > 0 && score <= best_score) continue;
        best_score = score;
        *best = trial;
        chosen = layout->delimiter;
    }
    layout->delimiter = chosen;
    pd_free(fields);
    return PADAN_OK;
}

/* Copies the header's cells; empty ones at its end are no columns. */
static enum padan_status copy_header(struct pd_layout *layout, struct pd_text sample, bool complete, size_t begin,
                                     struct pd_field *fields, struct pd_arena *arena, struct padan_error *error)
{
    struct pd_scanner scanner;
    struct pd_row row;
    pd_layout_scanner(layout, sample, complete, &scanner);
    pd_scan_row(&scanner, begin, PD_COLUMNS_MAX, fields, &row);
    uint32_t n = row.n_fields < PD_COLUMNS_MAX ? row.n_fields : PD_COLUMNS_MAX;
    while (n > 0 && fields[n - 1].length == 0) n--;
    PD_TRY(pd_arena_allocate(arena, &layout->columns, (n + 1) * sizeof *layout->columns, error));
    for (uint32_t i = 0; i < n; i++) {
        bool converted = false;
        PD_TRY(pd_field_ready(&fields[i], true, layout->charset, arena, &converted, error));
        PD_TRY(pd_arena_copy(arena, (struct pd_text){ fields[i].data, fields[i].length }, &layout->columns[i].header,
                             error));
    }
    layout->n_fields = n;
    return PADAN_OK;
}

static enum padan_status read_header(struct pd_layout *layout, struct pd_text sample, bool complete, size_t begin,
                                     struct pd_arena *arena, struct padan_error *error)
{
    struct pd_field *fields = NULL;
    PD_TRY(pd_allocate(&fields, PD_COLUMNS_MAX, sizeof *fields, error));
    const enum padan_status status = copy_header(layout, sample, complete, begin, fields, arena, error);
    pd_free(fields);
    return status;
}

/* The number of a column as forms write it: 3, (3), 3., (3)=(1)+(2); 0 when the cell is none. *bare: the first. */
static uint32_t column_number(struct pd_text cell, bool *bare)
{
    const bool opened = cell.length > 0 && cell.data[0] == '(';
    size_t at = opened;
    uint32_t number = 0;
    while (at < cell.length && cell.data[at] >= '0' && cell.data[at] <= '9' && number < PD_COLUMNS_MAX)
        number = number * 10 + (uint32_t)(cell.data[at++] - '0');
    *bare = !opened && at == cell.length;
    if (*bare) return number;
    if (at == cell.length || cell.data[at] != (opened ? ')' : '.')) return 0;
    at++;
    return at == cell.length || (opened && cell.data[at] == '=') ? number : 0;
}

/* Whether the row below the header numbers the columns, as those of official forms do, from 1 in the first or second
 * one. Numbers alone could be a record's: they must fill five columns and more. */
static bool is_numbering(const struct pd_field *fields, uint32_t n_fields)
{
    uint32_t n_filled = 0, offset = 0;
    bool all_bare = true;
    for (uint32_t i = 0; i < n_fields; i++) {
        bool bare = false;
        if (fields[i].length == 0) continue;
        const uint32_t number = column_number((struct pd_text){ fields[i].data, fields[i].length }, &bare);
        if (number == 0 || number > i + 1 || number < i) return false;
        if (n_filled++ == 0) offset = i + 1 - number;
        if (i + 1 - number != offset) return false;
        all_bare &= bare;
    }
    return all_bare ? n_filled >= 5 && n_filled == n_fields : n_filled >= 3 && 2 * n_filled > n_fields;
}

/* Such a row belongs to the header. */
static enum padan_status pass_numbering(struct pd_layout *layout, struct pd_text sample, bool complete,
                                        const char *name, struct padan_error *error)
{
    struct pd_field *fields = NULL;
    struct pd_scanner scanner;
    struct pd_row row;
    if (layout->data_begin >= sample.length) return PADAN_OK;
    PD_TRY(pd_allocate(&fields, PD_COLUMNS_MAX, sizeof *fields, error));
    pd_layout_scanner(layout, sample, complete, &scanner);
    pd_scan_row(&scanner, layout->data_begin, PD_COLUMNS_MAX, fields, &row);
    if (row.kind == PD_ROW_FIELDS && row.n_fields <= PD_COLUMNS_MAX && is_numbering(fields, row.n_fields)) {
        layout->data_begin = row.next;
        layout->n_numbered = 1;
    }
    pd_free(fields);
    const struct pd_text rest = pd_text_slice(sample, layout->data_begin, sample.length);
    if (layout->n_numbered > 0 && complete && pd_text_trim(rest).length == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: has a header and no rows", name);
    return PADAN_OK;
}

static enum padan_status check_has_rows(const struct trial *trial, size_t header, bool complete, const char *name,
                                        struct padan_error *error)
{
    if (header >= trial->n_rows) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: no header row was found at its beginning", name);
    }
    if (trial->rows[header].n_fields > PD_COLUMNS_MAX) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: has %u columns, more than %d; is the delimiter right?", name,
                trial->rows[header].n_fields, (int)PD_COLUMNS_MAX);
    }
    bool filled = !complete;
    for (size_t i = header + 1; i < trial->n_rows; i++)
        filled = filled || trial->rows[i].n_filled > 0 || trial->rows[i].broken;
    if (!filled && trial->n_rows < PD_TRIAL_ROWS) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: has a header and no rows", name);
    }
    return PADAN_OK;
}

enum padan_status pd_layout_detect(struct pd_layout *layout, const struct pd_input_file *file, const char *name,
                                   const struct pd_alias_table *aliases, struct pd_text sample, bool complete,
                                   struct pd_arena *arena, struct padan_error *error)
{
    *layout = (struct pd_layout){ .delimiter = file->delimiter,
                                  .charset = file->charset,
                                  .flag_field = PD_NO_FIELD,
                                  .nik_field = PD_NO_FIELD,
                                  .nominal_field = PD_NO_FIELD };
    PD_TRY(check_is_text(sample, name, error));
    size_t begin = 0;
    while (starts_with(pd_text_slice(sample, begin, sample.length), "\xef\xbb\xbf", 3)) begin += 3;
    layout->has_bom = begin > 0;
    if (pd_text_trim(pd_text_slice(sample, begin, sample.length)).length == 0) {
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is empty", name);
    }
    layout->line_end =
        memchr(sample.data, '\n', sample.length) == NULL && memchr(sample.data, '\r', sample.length) != NULL ? '\r'
                                                                                                             : '\n';
    const size_t separator_row = take_separator_row(sample, begin, &layout->delimiter);
    begin += separator_row;
    struct trial trial = { 0 };
    PD_TRY(try_delimiters(layout, file, aliases, sample, complete, begin, &trial, error));
    const uint32_t rows_before = separator_row > 0 ? 1 : 0;
    size_t header = find_header(&trial);
    if (file->header_row > rows_before) header = file->header_row - rows_before - 1;
    PD_TRY(check_has_rows(&trial, header, complete, name, error));
    layout->header_row = (uint32_t)header + 1 + rows_before;
    layout->data_begin = trial.rows[header].next;
    PD_TRY(read_header(layout, sample, complete, trial.rows[header].begin, arena, error));
    return pass_numbering(layout, sample, complete, name, error);
}
