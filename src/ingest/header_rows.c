/* SPDX-License-Identifier: MIT
 * A row belongs to the header above it when nothing else can be meant: cells without a digit, and column names among
 * them where the row above has none. Everything that is not as clear stays a record. */
#include "ingest/header_rows.h"

#include "base/memory.h"

/* Cells of a row; empty ones at its end do not count. */
struct line {
    struct pd_field *fields; /* [PD_COLUMNS_MAX] */
    uint32_t n;
    uint32_t n_cells; /* with the empty ones */
    size_t next;      /* row */
    bool whole;       /* it has fields, and not too many */
};

static enum padan_status read_line(const struct pd_header_rows *rows, size_t begin, struct line *line,
                                   struct padan_error *error)
{
    struct pd_scanner scanner;
    struct pd_row row = { .kind = PD_ROW_INCOMPLETE };
    *line = (struct line){ .next = begin };
    PD_TRY(pd_allocate(&line->fields, PD_COLUMNS_MAX, sizeof *line->fields, error));
    pd_layout_scanner(rows->layout, rows->sample, rows->complete, &scanner);
    if (begin < rows->sample.length) pd_scan_row(&scanner, begin, PD_COLUMNS_MAX, line->fields, &row);
    if (row.kind == PD_ROW_INCOMPLETE) return PADAN_OK;
    line->n_cells = row.n_fields < PD_COLUMNS_MAX ? row.n_fields : PD_COLUMNS_MAX;
    line->n = line->n_cells;
    line->whole = row.kind == PD_ROW_FIELDS && row.n_fields <= PD_COLUMNS_MAX;
    line->next = row.next;
    while (line->n > 0 && line->fields[line->n - 1].length == 0) line->n--;
    return PADAN_OK;
}

static struct pd_text cell(const struct line *line, uint32_t i)
{
    return i < line->n ? pd_field_words(&line->fields[i]) : (struct pd_text){ NULL, 0 };
}

static bool has_digit(const struct line *line)
{
    for (uint32_t i = 0; i < line->n; i++)
        for (uint32_t at = 0; at < line->fields[i].length; at++)
            if (line->fields[i].data[at] >= '0' && line->fields[i].data[at] <= '9') return true;
    return false;
}

static uint32_t count_known(const struct pd_header_rows *rows, const struct line *line)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < line->n; i++) n += pd_is_known_name(rows->known, cell(line, i));
    return n;
}

/* Joins two texts by a blank. */
static enum padan_status join(struct pd_text first, struct pd_text second, struct pd_arena *arena, struct pd_text *out,
                              struct padan_error *error)
{
    char *text = NULL;
    PD_TRY(pd_arena_allocate(arena, &text, first.length + 1 + second.length, error));
    memcpy(text, first.data, first.length);
    text[first.length] = ' ';
    memcpy(text + first.length + 1, second.data, second.length);
    *out = (struct pd_text){ text, first.length + 1 + second.length };
    return PADAN_OK;
}

static bool mentions_birth(struct pd_text group)
{
    for (size_t i = 0; i + 5 <= group.length; i++)
        if (pd_text_equal_but_for_case(pd_text_slice(group, i, i + 5), PD_TEXT("lahir"))) return true;
    return false;
}

/* A part of a group of columns: both together are its header. It is looked up by the first of its names that is known:
 * Kelahiran, Tanggal; Tanggal Kelahiran; Tanggal Lahir; and what it says alone. */
static enum padan_status name_part(const struct pd_header_rows *rows, struct pd_text group, struct pd_text part,
                                   struct pd_arena *arena, struct pd_file_column *column, struct padan_error *error)
{
    struct pd_text names[4] = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, part };
    PD_TRY(join(group, part, arena, &names[0], error));
    PD_TRY(join(part, group, arena, &names[1], error));
    if (mentions_birth(group)) PD_TRY(join(part, PD_TEXT("Lahir"), arena, &names[2], error));
    column->header = names[0];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].length == 0 || !pd_is_known_name(rows->known, names[i])) continue;
        column->known_as = pd_header_words(names[i]);
        column->by_part = i == 3;
        return PADAN_OK;
    }
    return PADAN_OK;
}

/* Whether the second line names parts of what the first one groups: it fills columns that the first leaves empty, the
 * first has columns of its own, and some of the parts are known beside columns known above. A record could only look
 * so if it had a value under no header, a name of a column for a value, and no digit anywhere. */
static enum padan_status is_lower_line(const struct pd_header_rows *rows, const struct line *upper,
                                       const struct line *lower, bool *is_lower, struct padan_error *error)
{
    uint32_t n_parts = 0, n_alone = 0, n_known = 0;
    struct pd_text group = { NULL, 0 };
    struct pd_arena arena = { 0 };
    enum padan_status status = PADAN_OK;
    *is_lower = false;
    if (!upper->whole || !lower->whole || lower->n == 0 || has_digit(lower)) return PADAN_OK;
    for (uint32_t i = 0; i < PD_COLUMNS_MAX && (i < upper->n || i < lower->n) && status == PADAN_OK; i++) {
        const struct pd_text above = cell(upper, i), part = cell(lower, i);
        struct pd_file_column column = { .known_as = { NULL, 0 } };
        if (above.length > 0 || part.length == 0) group = above;
        n_parts += above.length == 0 && part.length > 0;
        n_alone += above.length > 0 && part.length == 0 && pd_is_known_name(rows->known, above);
        if (part.length > 0 && group.length > 0) status = name_part(rows, group, part, &arena, &column, error);
        n_known += column.known_as.length > 0;
    }
    pd_arena_reset(&arena);
    *is_lower = n_parts > 0 && n_alone > 0 && n_known > 0;
    return status;
}

enum padan_status pd_header_has_lower_line(const struct pd_header_rows *rows, size_t begin, bool *has_lower,
                                           struct padan_error *error)
{
    struct line upper, lower = { .fields = NULL };
    enum padan_status status = read_line(rows, begin, &upper, error);
    if (status == PADAN_OK) status = read_line(rows, upper.next, &lower, error);
    if (status == PADAN_OK) status = is_lower_line(rows, &upper, &lower, has_lower, error);
    pd_free(upper.fields);
    pd_free(lower.fields);
    return status;
}

/* A cell of the header in UTF-8, in the arena. */
static enum padan_status copy_cell(const struct pd_header_rows *rows, const struct line *line, uint32_t i,
                                   struct pd_arena *arena, struct pd_text *out, struct padan_error *error)
{
    bool converted = false;
    *out = (struct pd_text){ NULL, 0 };
    if (i >= line->n) return PADAN_OK;
    struct pd_field field = line->fields[i];
    PD_TRY(pd_field_ready(&field, true, rows->layout->charset, arena, &converted, error));
    return pd_arena_copy(arena, (struct pd_text){ field.data, field.length }, out, error);
}

/* How many columns there are: empty cells at the end of a header are columns, too, where they cost fewer rows than they
 * save, that is, where more rows have a value below them than end before them. */
static enum padan_status count_columns(const struct pd_header_rows *rows, uint32_t n_named, uint32_t n_cells,
                                       uint32_t *n_columns, struct padan_error *error)
{
    size_t n_saved = 0, n_lost = 0;
    *n_columns = n_named;
    for (size_t begin = rows->layout->data_begin; n_cells > n_named;) {
        struct line line;
        PD_TRY(read_line(rows, begin, &line, error));
        pd_free(line.fields);
        if (line.next == begin) break;
        begin = line.next;
        n_saved += line.whole && line.n > n_named && line.n <= n_cells;
        n_lost += line.whole && line.n > 0 && line.n_cells < n_cells;
    }
    if (n_saved > n_lost) *n_columns = n_cells;
    return PADAN_OK;
}

/* The columns of one header line, or of two, where a group goes on over the columns on its right that have parts only.
 */
static enum padan_status make_columns(const struct pd_header_rows *rows, const struct line *upper,
                                      const struct line *lower, struct pd_arena *arena, struct padan_error *error)
{
    struct pd_layout *layout = rows->layout;
    struct pd_text group = { NULL, 0 };
    const uint32_t n_named = upper->n > lower->n ? upper->n : lower->n;
    PD_TRY(count_columns(rows, n_named, upper->n_cells, &layout->n_fields, error));
    PD_TRY(pd_arena_allocate(arena, &layout->columns, ((size_t)layout->n_fields + 1) * sizeof *layout->columns, error));
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        struct pd_text above, part;
        PD_TRY(copy_cell(rows, upper, i, arena, &above, error));
        PD_TRY(copy_cell(rows, lower, i, arena, &part, error));
        if (above.length > 0 || part.length == 0) group = above;
        layout->columns[i].header = part.length == 0 ? above : part;
        if (part.length > 0 && group.length > 0)
            PD_TRY(name_part(rows, group, part, arena, &layout->columns[i], error));
    }
    return PADAN_OK;
}

static bool says_the_same(const struct pd_layout *layout, const struct line *line)
{
    if (line->n > layout->n_fields) return false;
    for (uint32_t i = 0; i < layout->n_fields; i++)
        if (!pd_text_same_name(cell(line, i), layout->columns[i].header)) return false;
    return true;
}

/* Whether a row has names of columns once more, in other words. The same words again are KEPALA_BERULANG. */
static bool is_other_names(const struct pd_header_rows *rows, const struct line *line)
{
    uint32_t n_filled = 0;
    if (!line->whole || has_digit(line) || says_the_same(rows->layout, line)) return false;
    for (uint32_t i = 0; i < line->n; i++) n_filled += line->fields[i].length > 0;
    const uint32_t n_known = count_known(rows, line);
    return n_known >= 3 && 2 * n_known > n_filled;
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

/* Passes over rows below the first ones that belong to the header. */
static enum padan_status pass_rows(const struct pd_header_rows *rows, struct padan_error *error)
{
    struct pd_layout *layout = rows->layout;
    for (int pass = 0; pass < 2; pass++) {
        struct line line;
        const enum padan_status status = read_line(rows, layout->data_begin, &line, error);
        const bool belongs = status == PADAN_OK && line.whole &&
                             (pass == 0 ? is_other_names(rows, &line) : is_numbering(line.fields, line.n_cells));
        pd_free(line.fields);
        PD_TRY(status);
        if (!belongs) continue;
        layout->data_begin = line.next;
        layout->n_below++;
    }
    return PADAN_OK;
}

static enum padan_status read_lines(const struct pd_header_rows *rows, struct line *upper, struct line *lower,
                                    struct pd_arena *arena, struct padan_error *error)
{
    bool is_lower = false;
    PD_TRY(is_lower_line(rows, upper, lower, &is_lower, error));
    if (!is_lower) lower->n = 0;
    rows->layout->data_begin = is_lower ? lower->next : upper->next;
    rows->layout->n_below = is_lower;
    return make_columns(rows, upper, lower, arena, error);
}

enum padan_status pd_header_rows_read(const struct pd_header_rows *rows, size_t begin, struct pd_arena *arena,
                                      struct padan_error *error)
{
    struct line upper, lower = { .fields = NULL };
    enum padan_status status = read_line(rows, begin, &upper, error);
    if (status == PADAN_OK) status = read_line(rows, upper.next, &lower, error);
    if (status == PADAN_OK) status = read_lines(rows, &upper, &lower, arena, error);
    pd_free(upper.fields);
    pd_free(lower.fields);
    if (status == PADAN_OK) status = pass_rows(rows, error);
    PD_TRY(status);
    const struct pd_text rest = pd_text_slice(rows->sample, rows->layout->data_begin, rows->sample.length);
    if (rows->layout->n_below > 0 && rows->complete && pd_text_trim(rest).length == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: has a header and no rows", rows->name);
    return PADAN_OK;
}
