/* SPDX-License-Identifier: MIT
 * A window slides over the file: rows are cut inside it, and only when no whole row is left are the remaining bytes
 * moved to the front and more read. A newline stands as a sentinel behind the window, so the loop over plain fields
 * tests one thing per byte. Doubled quotes are undone in place. */
#include "base/row_file.h"

#include "base/memory.h"

enum { WINDOW_BYTES = 1 << 20, COLUMNS_MAX = 4096 };
static const size_t WINDOW_MAX = (size_t)1 << 28;
static const uint16_t NOT_WANTED = UINT16_MAX;

/* A quoted field that begins at *at (on the quote): its unescaped text; *at moves behind it. False when the closing
 * quote is not in the window. */
static bool quoted_field(char **at, char *end, char delimiter, struct pd_text *field)
{
    char *from = *at + 1;
    char *begin = from;
    char *to = from;
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(end - from));
        if (quote == NULL) return false;
        memmove(to, from, (size_t)(quote - from));
        to += quote - from;
        if (quote + 1 >= end) return false;
        from = quote + 1;
        if (*from != '"') break;
        *to++ = '"';
        from++;
    }
    while (*from != delimiter && *from != '\n') *to++ = *from++; /* text behind the closing quote is kept */
    if (from >= end) return false;
    if (*from == '\n' && to > begin && to[-1] == '\r') to--;
    *field = (struct pd_text){ begin, (size_t)(to - begin) };
    *at = from;
    return true;
}

static bool plain_field(char **at, const char *end, char delimiter, struct pd_text *field)
{
    char *from = *at;
    while (*from != delimiter && *from != '\n') from++;
    if (from >= end) return false;
    *field = (struct pd_text){ *at, (size_t)(from - *at) };
    if (*from == '\n' && field->length > 0 && from[-1] == '\r') field->length--;
    *at = from;
    return true;
}

/* Jumps to the newline when nothing wanted and no quote stands before it. */
static bool skip_to_newline(char **at, const char *end)
{
    char *newline = memchr(*at, '\n', (size_t)(end - *at));
    if (newline == NULL || memchr(*at, '"', (size_t)(newline - *at)) != NULL) return false;
    *at = newline;
    return true;
}

/* True when a quoted field is closed inside the window; looks only, because unescaping happens once. */
static bool quote_is_closed(const char *at, const char *end)
{
    for (const char *from = at + 1;;) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        if (quote == NULL || quote + 1 >= end) return false;
        if (quote[1] != '"') return memchr(quote, '\n', (size_t)(end - quote)) != NULL;
        from = quote + 2;
    }
}

/* True when the row at `at` ends inside the window. Cheap when the row holds no quote. */
static bool row_is_whole(const char *at, const char *end, char delimiter)
{
    for (;;) {
        if (at < end && *at == '"') {
            if (!quote_is_closed(at, end)) return false;
            for (at++;; at += 2) {
                at = memchr(at, '"', (size_t)(end - at));
                if (at[1] != '"') break;
            }
            at++;
        }
        while (*at != delimiter && *at != '\n') at++;
        if (at >= end) return false;
        if (*at == '\n') return true;
        at++;
    }
}

/* Cuts the row at begin; false when it is not whole in the window (then nothing was changed). */
static bool cut_row(struct pd_row_file *file, struct pd_text *fields)
{
    char *at = file->window + file->begin;
    char *end = file->window + file->end;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL) return false;
    const bool has_quotes = memchr(at, '"', (size_t)(newline - at)) != NULL;
    if (has_quotes && !row_is_whole(at, end, file->delimiter)) return false;
    for (size_t column = 0;; column++) {
        struct pd_text field = { NULL, 0 };
        if (column > file->last_wanted && skip_to_newline(&at, end)) break;
        const bool quoted = at < end && *at == '"';
        if (!(quoted ? quoted_field(&at, end, file->delimiter, &field)
                     : plain_field(&at, end, file->delimiter, &field)))
            return false;
        if (column < file->n_header && file->slot_of[column] != NOT_WANTED) fields[file->slot_of[column]] = field;
        if (*at == '\n') break;
        at++;
    }
    file->begin = (size_t)(at + 1 - file->window);
    return true;
}

/* Moves what is left to the front and reads more; at the end of the file a missing last newline is added. */
static enum padan_status refill(struct pd_row_file *file, struct padan_error *error)
{
    const size_t left = file->end - file->begin;
    if (file->begin > 0) memmove(file->window, file->window + file->begin, left);
    file->begin = 0;
    file->end = left;
    if (file->capacity < left + WINDOW_BYTES + 2) {
        if (left > WINDOW_MAX)
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: a row is longer than %zu bytes: is a quote not closed?", file->path,
                    WINDOW_MAX);
        PD_TRY(pd_grow(&file->window, &file->capacity, left + WINDOW_BYTES + 2, 1, error));
    }
    size_t got = 0;
    PD_TRY(pd_reader_read(&file->reader, file->window + left, file->capacity - left - 2, &got, error));
    file->end += got;
    if (got == 0) {
        file->ended = true;
        if (left > 0 && file->window[file->end - 1] != '\n') file->window[file->end++] = '\n';
    }
    file->window[file->end] = '\n';
    return PADAN_OK;
}

static bool at_blank_line(const struct pd_row_file *file)
{
    const char *at = file->window + file->begin;
    return *at == '\n' || (*at == '\r' && at[1] == '\n');
}

static char guess_delimiter(const char *line, size_t length)
{
    static const char known[4] = { ',', ';', '\t', '|' };
    size_t best = 0;
    size_t best_count = 0;
    for (size_t i = 0; i < sizeof known; i++) {
        size_t count = 0;
        for (size_t j = 0; j < length; j++) count += line[j] == known[i];
        if (count > best_count) {
            best = i;
            best_count = count;
        }
    }
    return known[best];
}

static enum padan_status read_header(struct pd_row_file *file, struct padan_error *error)
{
    const char *newline = NULL;
    while (newline == NULL && !file->ended) {
        PD_TRY(refill(file, error));
        newline = file->end > 0 ? memchr(file->window, '\n', file->end) : NULL;
    }
    if (newline == NULL) PD_FAIL(error, PADAN_BAD_INPUT, "%s is empty: a header row is needed", file->path);
    if (memchr(file->window, '\0', (size_t)(newline - file->window)) != NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is UTF-16 without its mark, or no text; save it as \"CSV UTF-8\"",
                file->path);
    if (file->end >= 3 && memcmp(file->window, "\xEF\xBB\xBF", 3) == 0) file->begin = 3;
    file->delimiter = guess_delimiter(file->window + file->begin, (size_t)(newline - file->window) - file->begin);
    struct pd_text *columns = NULL;
    uint16_t *slots = NULL;
    PD_TRY(pd_arena_allocate(&file->arena, &columns, COLUMNS_MAX * sizeof *columns, error));
    PD_TRY(pd_arena_allocate(&file->arena, &slots, COLUMNS_MAX * sizeof *slots, error));
    for (size_t i = 0; i < COLUMNS_MAX; i++) slots[i] = (uint16_t)i;
    file->slot_of = slots;
    file->n_header = file->last_wanted = COLUMNS_MAX;
    if (!cut_row(file, columns)) PD_FAIL(error, PADAN_BAD_INPUT, "%s: the header row cannot be read", file->path);
    size_t n_header = 0;
    while (n_header < COLUMNS_MAX && columns[n_header].data != NULL) {
        PD_TRY(pd_arena_copy(&file->arena, pd_text_trim(columns[n_header]), &columns[n_header], error));
        n_header++;
    }
    file->header = columns;
    file->n_header = n_header;
    return PADAN_OK;
}

enum padan_status pd_row_file_open(struct pd_row_file *file, const char *path, struct padan_error *error)
{
    *file = (struct pd_row_file){ .path = path };
    enum padan_status status = pd_reader_open(&file->reader, path, NULL, error);
    if (status == PADAN_OK) status = read_header(file, error);
    if (status != PADAN_OK) pd_row_file_reset(file);
    return status;
}

int pd_row_file_find(const struct pd_row_file *file, const char *name)
{
    const struct pd_text wanted = pd_text_of(name);
    for (size_t i = 0; i < file->n_header; i++)
        if (pd_text_equal(file->header[i], wanted)) return (int)i;
    for (size_t i = 0; i < file->n_header; i++)
        if (pd_text_same_name(file->header[i], wanted)) return (int)i;
    return -1;
}

int pd_row_file_find_any(const struct pd_row_file *file, const char *const *names)
{
    for (; *names != NULL; names++) {
        const int column = pd_row_file_find(file, *names);
        if (column >= 0) return column;
    }
    return -1;
}

enum padan_status pd_row_file_select(struct pd_row_file *file, const int *columns, size_t n_columns,
                                     struct padan_error *error)
{
    file->n_slots = n_columns;
    file->last_wanted = 0;
    for (size_t i = 0; i < file->n_header; i++) file->slot_of[i] = NOT_WANTED;
    for (size_t i = 0; i < n_columns; i++) {
        if (columns[i] < 0) continue;
        file->slot_of[columns[i]] = (uint16_t)i;
        if ((size_t)columns[i] > file->last_wanted) file->last_wanted = (size_t)columns[i];
    }
    pd_free(file->fields);
    return pd_allocate(&file->fields, PD_ROW_BATCH * (n_columns + 1), sizeof *file->fields, error);
}

enum padan_status pd_row_file_next(struct pd_row_file *file, size_t *n_rows, struct padan_error *error)
{
    static const struct pd_text empty = { "", 0 };
    *n_rows = 0;
    for (;;) {
        while (*n_rows < PD_ROW_BATCH && file->begin < file->end) {
            struct pd_text *fields = file->fields + *n_rows * file->n_slots;
            for (size_t i = 0; i < file->n_slots; i++) fields[i] = empty;
            const bool blank = at_blank_line(file);
            if (!cut_row(file, fields)) break;
            *n_rows += blank ? 0 : 1;
        }
        file->n_rows += *n_rows;
        file->n_batch = *n_rows;
        if (*n_rows > 0) return PADAN_OK;
        if (file->ended && file->begin < file->end)
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: a quote opened after row %llu is never closed", file->path,
                    (unsigned long long)file->n_rows);
        if (file->ended) return PADAN_OK;
        PD_TRY(refill(file, error));
    }
}

void pd_row_file_reset(struct pd_row_file *file)
{
    pd_reader_close(&file->reader);
    pd_free(file->window);
    pd_free(file->fields);
    pd_arena_reset(&file->arena);
    *file = (struct pd_row_file){ 0 };
}
