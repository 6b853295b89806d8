/* SPDX-License-Identifier: MIT
 * Delimiter and header row from a sample. Each delimiter is tried on the first rows; the one whose rows carry known
 * column names wins, and where no name is known, the one under which most rows have the same number of fields. Title
 * rows above the header have one filled cell, the header has most of them. */
#include "ingest/layout.h"

#include "base/memory.h"
#include "ingest/header_rows.h"

enum { PD_TRIAL_ROWS = PD_HEADER_ROW_MAX, PD_CONTROL_SHARE = 50, PD_BINARY_HEAD = 1024 };

static const char delimiters[] = { ',', ';', '\t', '|' };

static bool starts_with(struct pd_text text, const char *bytes, size_t n)
{
    return text.length >= n && memcmp(text.data, bytes, n) == 0;
}

/* The next byte that is no blank, and what stands behind it. */
static struct pd_text from_mark(struct pd_text text)
{
    size_t at = 0;
    while (starts_with(pd_text_slice(text, at, text.length), "\xef\xbb\xbf", 3)) at += 3;
    while (at < text.length && (unsigned char)text.data[at] <= ' ') at++;
    return pd_text_slice(text, at, text.length);
}

/* Tables of web pages are exported under the name of spreadsheets, .xls or .csv. */
static bool is_web_page(struct pd_text sample)
{
    static const char *const tags[] = { "<!doctype", "<!--",   "<?xml", "<html", "<head",
                                        "<meta",     "<style", "<body", "<table" };
    const struct pd_text text = from_mark(sample);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const struct pd_text tag = pd_text_of(tags[i]);
        if (pd_text_equal_but_for_case(pd_text_slice(text, 0, tag.length), tag)) return true;
    }
    return false;
}

/* An object, or a list of objects. */
static bool is_json(struct pd_text sample)
{
    struct pd_text text = from_mark(sample);
    if (starts_with(text, "[", 1)) {
        text = from_mark(pd_text_slice(text, 1, text.length));
        if (!starts_with(text, "{", 1)) return false;
    }
    return starts_with(text, "{", 1) && starts_with(from_mark(pd_text_slice(text, 1, text.length)), "\"", 1);
}

/* What a file is that begins with these bytes, and what to do. */
static const char *find_other_format(struct pd_text sample)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *sentence;
    } formats[] = {
        { "PK\x03\x04", 4, "is a spreadsheet or archive; export it as CSV first" },
        { "\xd0\xcf\x11\xe0", 4, "is a spreadsheet or archive; export it as CSV first" },
        { "\x7f"
          "ELF",
          4, "is a program, not delimited text" },
        { "%PDF-", 5, "is a PDF, whose tables have no columns any more; ask for the file it was made from, as CSV" },
        { "PAR1\x15", 5, "is Parquet, not delimited text; export it as CSV first" },
        { "ARROW1\0", 7, "is Arrow, not delimited text; export it as CSV first" },
        { "SQLite format 3", 15, "is an SQLite database; export its table as CSV first" },
        { "BZh91AY&SY", 10, "is packed by bzip2, which is not read; unpack it, or pack it by gzip or zstd" },
        { "\xfd"
          "7zXZ",
          5, "is packed by xz, which is not read; unpack it, or pack it by gzip or zstd" },
        { "\x1f\x8b", 2, "is compressed twice; unpack it once" },
        { "\x28\xb5\x2f\xfd", 4, "is compressed twice; unpack it once" },
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (starts_with(sample, formats[i].bytes, formats[i].length)) return formats[i].sentence;
    return NULL;
}

/* Refuses formats that are known by how they begin. */
static enum padan_status check_is_no_other_format(struct pd_text sample, const char *name, struct padan_error *error)
{
    const char *other = find_other_format(sample);
    if (other != NULL) PD_FAIL(error, PADAN_BAD_INPUT, "%s: %s", name, other);
    if (is_web_page(sample))
        PD_FAIL(
            error, PADAN_BAD_INPUT,
            "%s: is a web page or XML, as some programs export for Excel; open it there and save it as \"CSV UTF-8\"",
            name);
    if (is_json(sample))
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is JSON, not delimited text; export it as CSV first", name);
    return PADAN_OK;
}

/* How text is coded that has zero bytes in two or three of every four places, as Latin letters have them then; NULL
 * where it has not. */
static const char *find_wide_coding(struct pd_text sample)
{
    size_t n_zero[4] = { 0 };
    size_t n_mostly = 0;
    size_t n_wholly = 0; /* of UTF-32 two places, of binary files none: their zeros stand anywhere */
    if (starts_with(sample, "\0\0\xfe\xff", 4)) return "UTF-32 text";
    for (size_t i = 0; i < sample.length; i++) n_zero[i % 4] += sample.data[i] == 0;
    for (size_t i = 0; i < 4; i++) {
        n_mostly += n_zero[i] * 3 > sample.length / 4;
        n_wholly += n_zero[i] >= sample.length / 4;
    }
    if (sample.length >= 8 && n_mostly == 3 && n_wholly >= 2) return "UTF-32 text without a mark at its beginning";
    const size_t half = sample.length / 2;
    const bool even = (n_zero[0] + n_zero[2]) * 3 > half, odd = (n_zero[1] + n_zero[3]) * 3 > half;
    return half > 0 && even != odd ? "UTF-16 text without a mark at its beginning" : NULL;
}

/* Refuses what is no text: control characters all over, or a zero byte where the header of a binary file would be. A
 * few zero bytes further on are damage, and cost the rows they are in. */
static enum padan_status check_is_text(struct pd_text sample, const char *name, struct padan_error *error)
{
    PD_TRY(check_is_no_other_format(sample, name, error));
    const char *wide = find_wide_coding(sample);
    size_t n_control = 0;
    if (wide != NULL) PD_FAIL(error, PADAN_BAD_INPUT, "%s: is %s; save it as \"CSV UTF-8\"", name, wide);
    for (size_t i = 0; i < sample.length; i++) {
        const unsigned char byte = (unsigned char)sample.data[i];
        n_control += byte < 9 || (byte > 13 && byte < 28);
    }
    const size_t head = sample.length < PD_BINARY_HEAD ? sample.length : PD_BINARY_HEAD;
    const char *zero = memchr(sample.data, 0, head);
    if (n_control * PD_CONTROL_SHARE > sample.length)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is binary, not delimited text; export it as CSV first", name);
    if (zero != NULL)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: byte %td is zero, as in files that are no text; export it as CSV, or take such bytes out of it "
                "(tr -d '\\000')",
                name, zero - sample.data + 1);
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

static void try_rows(struct pd_scanner *scanner, size_t begin, const struct pd_known_names *known,
                     struct pd_field *fields, struct trial *trial)
{
    *trial = (struct trial){ 0 };
    while (trial->n_rows < PD_TRIAL_ROWS && begin < scanner->end) {
        struct pd_row row;
        pd_scan_row(scanner, begin, PD_COLUMNS_MAX, fields, &row);
        if (row.kind == PD_ROW_INCOMPLETE) break;
        struct trial_row *out = &trial->rows[trial->n_rows];
        *out = (struct trial_row){ .begin = begin, .next = row.next, .n_fields = row.n_fields };
        for (uint32_t i = 0; i < row.n_fields && i < PD_COLUMNS_MAX; i++) {
            const struct pd_text text = pd_field_words(&fields[i]);
            out->n_filled += text.length > 0;
            if (trial->n_rows < PD_HEADER_ROWS) out->n_known += pd_is_known_name(known, text);
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

static enum padan_status try_delimiters(struct pd_layout *layout, const struct pd_known_names *known,
                                        struct pd_text sample, bool complete, size_t begin, struct trial *best,
                                        struct padan_error *error)
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
        try_rows(&scanner, begin, known, fields, &trial);
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

/* The row with most known names may be the lower of two header lines. */
static enum padan_status find_upper_line(const struct pd_header_rows *rows, const struct trial *trial, size_t *header,
                                         struct padan_error *error)
{
    bool has_lower = false;
    PD_TRY(pd_header_has_lower_line(rows, trial->rows[*header - 1].begin, &has_lower, error));
    *header -= has_lower;
    return PADAN_OK;
}

static enum padan_status check_has_rows(const struct trial *trial, size_t header, unsigned header_row, bool complete,
                                        const char *name, struct padan_error *error)
{
    if (header >= trial->n_rows && header_row > 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: has no row %u, which is said to be its header", name, header_row);
    if (header >= trial->n_rows) PD_FAIL(error, PADAN_BAD_INPUT, "%s: no header row was found at its beginning", name);
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
    *layout = (struct pd_layout){
        .delimiter = file->delimiter, .charset = file->charset, .flag_field = PD_NO_FIELD, .nik_field = PD_NO_FIELD
    };
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
    const struct pd_known_names known = { file, aliases };
    PD_TRY(try_delimiters(layout, &known, sample, complete, begin, &trial, error));
    const uint32_t rows_before = separator_row > 0 ? 1 : 0;
    size_t header = find_header(&trial);
    const struct pd_header_rows rows = { layout, &known, sample, complete, name };
    if (file->header_row > rows_before)
        header = file->header_row - rows_before - 1;
    else if (header > 0 && header < trial.n_rows)
        PD_TRY(find_upper_line(&rows, &trial, &header, error));
    PD_TRY(check_has_rows(&trial, header, file->header_row, complete, name, error));
    layout->header_row = (uint32_t)header + 1 + rows_before;
    return pd_header_rows_read(&rows, trial.rows[header].begin, arena, error);
}
