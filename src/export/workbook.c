/* SPDX-License-Identifier: MIT */
#include "export/workbook.h"

#include "base/file.h"
#include "base/memory.h"
#include "export/findings.h"

#include <xlsxwriter.h>

enum {
    ROWS_A_SHEET = 1048576, /* the header's among them: ECMA-376 files of every program end there */
    CELL_BYTES = 32767,
    NARROWEST = 8,
    WIDEST = 48,
    ROWS_FOR_WIDTH = 200,
    SHEET_NAME_BYTES = 32,
    SHEETS_MAX = 1024
};

struct sheet {
    char name[SHEET_NAME_BYTES];
    uint64_t n_rows;
};

struct book {
    const struct pd_export_options *options;
    lxw_workbook *workbook;
    lxw_format *bold, *count;
    lxw_worksheet *cover;
    struct pd_finding_sums sums;
    struct sheet sheets[SHEETS_MAX];
    size_t n_sheets;
    struct pd_buffer cell;
};

/* A sheet being filled. */
struct filling {
    struct book *book;
    const struct pd_listed_table *table;
    struct pd_export_rows rows;
    lxw_worksheet *sheet;
    lxw_row_t row;    /* of the next one */
    uint16_t *widths; /* [n_header] in letters */
    unsigned part;    /* of the table, from 1 */
};

static enum padan_status check(lxw_error code, const struct book *book, struct padan_error *error)
{
    if (code == LXW_NO_ERROR) return PADAN_OK;
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "no memory for the workbook");
    PD_FAIL(error, PADAN_IO, "%s cannot be written: %s", book->options->workbook, lxw_strerror(code));
}

/* --- cells --- */

/* A text with a NUL behind it, no longer than a cell may be. */
static enum padan_status put_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, size_t column,
                                  struct pd_text text, struct padan_error *error)
{
    size_t length = text.length;
    if (length == 0) return PADAN_OK;
    if (length > CELL_BYTES)
        for (length = CELL_BYTES; ((unsigned char)text.data[length] & 0xC0) == 0x80;) length--;
    pd_buffer_clear(&book->cell);
    pd_append_text(&book->cell, pd_text_slice(text, 0, length));
    pd_append_byte(&book->cell, '\0');
    PD_TRY(pd_buffer_status(&book->cell, error));
    return check(worksheet_write_string(sheet, row, (lxw_col_t)column, book->cell.data, NULL), book, error);
}

static enum padan_status put_field(struct filling *filling, size_t column, struct pd_text field,
                                   struct padan_error *error)
{
    double number = 0;
    if (filling->row <= ROWS_FOR_WIDTH && field.length > filling->widths[column])
        filling->widths[column] = (uint16_t)(field.length < WIDEST ? field.length : WIDEST);
    if (!pd_export_number(&filling->rows, column, field, &number))
        return put_text(filling->book, filling->sheet, filling->row, column, field, error);
    return check(worksheet_write_number(filling->sheet, filling->row, (lxw_col_t)column, number, NULL), filling->book,
                 error);
}

/* --- sheets of tables --- */

static enum padan_status begin_sheet(struct filling *filling, struct padan_error *error)
{
    struct book *book = filling->book;
    const struct pd_row_file *file = &filling->rows.file;
    if (book->n_sheets == SHEETS_MAX)
        PD_FAIL(error, PADAN_LIMIT, "the workbook would have more than %d sheets: ask for fewer --tables", SHEETS_MAX);
    struct sheet *sheet = &book->sheets[book->n_sheets++];
    filling->part++;
    if (filling->part == 1)
        (void)snprintf(sheet->name, sizeof sheet->name, "%.*s", PD_TEXT_ARGS(filling->table->name));
    else
        (void)snprintf(sheet->name, sizeof sheet->name, "%.24s (%u)", filling->table->name.data, filling->part);
    filling->sheet = workbook_add_worksheet(book->workbook, sheet->name);
    if (filling->sheet == NULL) PD_FAIL(error, PADAN_IO, "sheet %s cannot be made", sheet->name);
    for (size_t i = 0; i < file->n_header; i++) {
        pd_buffer_clear(&book->cell);
        pd_append_text(&book->cell, file->header[i]);
        pd_append_byte(&book->cell, '\0');
        PD_TRY(pd_buffer_status(&book->cell, error));
        PD_TRY(
            check(worksheet_write_string(filling->sheet, 0, (lxw_col_t)i, book->cell.data, book->bold), book, error));
        filling->widths[i] = (uint16_t)(file->header[i].length < NARROWEST ? NARROWEST : file->header[i].length);
    }
    filling->row = 1;
    return PADAN_OK;
}

static enum padan_status end_sheet(struct filling *filling, struct padan_error *error)
{
    struct book *book = filling->book;
    const size_t n_columns = filling->rows.file.n_header;
    book->sheets[book->n_sheets - 1].n_rows = filling->row - 1;
    worksheet_freeze_panes(filling->sheet, 1, 0);
    for (size_t i = 0; i < n_columns; i++)
        PD_TRY(check(worksheet_set_column(filling->sheet, (lxw_col_t)i, (lxw_col_t)i, filling->widths[i] + 2.0, NULL),
                     book, error));
    return check(worksheet_autofilter(filling->sheet, 0, 0, filling->row - 1, (lxw_col_t)(n_columns - 1)), book, error);
}

static enum padan_status put_row(struct filling *filling, const struct pd_text *fields, struct padan_error *error)
{
    if (filling->row == ROWS_A_SHEET) {
        PD_TRY(end_sheet(filling, error));
        PD_TRY(begin_sheet(filling, error));
    }
    for (size_t i = 0; i < filling->rows.file.n_header; i++) PD_TRY(put_field(filling, i, fields[i], error));
    filling->row++;
    return PADAN_OK;
}

static enum padan_status put_rows(struct filling *filling, struct padan_error *error)
{
    struct pd_finding_sums *sums = &filling->book->sums;
    const bool has_findings =
        pd_text_equal(filling->table->name, PD_TEXT("temuan")) && pd_finding_sums_begin(sums, &filling->rows);
    PD_TRY(begin_sheet(filling, error));
    for (;;) {
        const struct pd_text *fields = NULL;
        PD_TRY(pd_export_rows_next(&filling->rows, &fields, error));
        if (fields == NULL) return end_sheet(filling, error);
        PD_TRY(put_row(filling, fields, error));
        if (has_findings) PD_TRY(pd_finding_sums_add(sums, fields, error));
    }
}

static enum padan_status put_table(struct book *book, const struct pd_listed_table *table, struct padan_error *error)
{
    struct filling filling = { .book = book, .table = table };
    PD_TRY(pd_export_rows_open(&filling.rows, table, book->options->region, error));
    enum padan_status status =
        pd_allocate(&filling.widths, filling.rows.file.n_header + 1, sizeof *filling.widths, error);
    if (status == PADAN_OK) status = put_rows(&filling, error);
    pd_free(filling.widths);
    pd_export_rows_close(&filling.rows);
    return status;
}

/* --- the first sheet --- */

struct words {
    const char *sheet, *run, *region, *masked, *findings[6], *tables[2];
};

static const struct words indonesian = { "Ringkasan",
                                         "Hasil padan",
                                         "Wilayah",
                                         "Temuan adalah indikasi, bukan putusan. Jumlah sebenarnya terletak antara "
                                         "pasti dan pasti + tinjau. Baris yang masuk "
                                         "beberapa temuan dihitung sekali.",
                                         { "Jenis temuan", "Program", "Baris, pasti", "Nominal, pasti (Rp)",
                                           "Baris, tinjau", "Nominal, tinjau (Rp)" },
                                         { "Lembar", "Baris" } };
static const struct words english = { "Summary",
                                      "Run",
                                      "Region",
                                      "Findings are indications, not verdicts. The true number lies between sure and "
                                      "sure + to be reviewed. A row in several "
                                      "findings counts once.",
                                      { "Finding", "Program", "Rows, sure", "Money, sure (Rp)", "Rows, to review",
                                        "Money, to review (Rp)" },
                                      { "Sheet", "Rows" } };

static enum padan_status put_string(struct book *book, lxw_row_t row, lxw_col_t column, const char *text,
                                    lxw_format *format, struct padan_error *error)
{
    return check(worksheet_write_string(book->cover, row, column, text, format), book, error);
}

static enum padan_status put_count(struct book *book, lxw_row_t row, lxw_col_t column, double number,
                                   struct padan_error *error)
{
    return check(worksheet_write_number(book->cover, row, column, number, book->count), book, error);
}

static enum padan_status put_sum(struct book *book, lxw_row_t row, const struct pd_finding_sum *sum,
                                 struct padan_error *error)
{
    PD_TRY(put_string(book, row, 0, sum->kind, NULL, error));
    PD_TRY(put_string(book, row, 1, sum->program, NULL, error));
    PD_TRY(put_count(book, row, 2, (double)sum->n_sure, error));
    PD_TRY(put_count(book, row, 3, sum->money_sure, error));
    PD_TRY(put_count(book, row, 4, (double)sum->n_possible, error));
    return put_count(book, row, 5, sum->money_possible, error);
}

static enum padan_status put_findings(struct book *book, const struct words *words, lxw_row_t *row,
                                      struct padan_error *error)
{
    if (book->sums.n_items == 0) return PADAN_OK;
    pd_finding_sums_sort(&book->sums);
    PD_TRY(put_string(book, (*row)++, 0, words->masked, NULL, error));
    for (lxw_col_t i = 0; i < 6; i++) PD_TRY(put_string(book, *row, i, words->findings[i], book->bold, error));
    for (size_t i = 0; i < book->sums.n_items; i++) PD_TRY(put_sum(book, ++*row, &book->sums.items[i], error));
    *row += 2;
    return PADAN_OK;
}

static enum padan_status put_cover(struct book *book, const struct words *words, struct padan_error *error)
{
    lxw_row_t row = 0;
    const struct pd_export_options *options = book->options;
    PD_TRY(put_string(book, row, 0, words->run, book->bold, error));
    PD_TRY(put_string(book, row++, 1, pd_path_base(pd_text_of(options->run)).data, NULL, error));
    if (options->region != NULL) {
        PD_TRY(put_string(book, row, 0, words->region, book->bold, error));
        PD_TRY(put_string(book, row++, 1, options->region, NULL, error));
    }
    row++;
    PD_TRY(put_findings(book, words, &row, error));
    for (lxw_col_t i = 0; i < 2; i++) PD_TRY(put_string(book, row, i, words->tables[i], book->bold, error));
    for (size_t i = 0; i < book->n_sheets; i++) {
        char link[SHEET_NAME_BYTES + 16];
        (void)snprintf(link, sizeof link, "internal:'%s'!A1", book->sheets[i].name);
        row++;
        PD_TRY(
            check(worksheet_write_url_opt(book->cover, row, 0, link, NULL, book->sheets[i].name, NULL), book, error));
        PD_TRY(put_count(book, row, 1, (double)book->sheets[i].n_rows, error));
    }
    return check(worksheet_set_column(book->cover, 0, 5, 24, NULL), book, error);
}

/* --- the workbook --- */

static enum padan_status fill(struct book *book, const struct pd_listing *listing, struct padan_error *error)
{
    const struct words *words = book->options->english ? &english : &indonesian;
    /* No time of today: the same run gives the same bytes. */
    lxw_doc_properties properties = { .created = 946684800 };
    PD_TRY(check(workbook_set_properties(book->workbook, &properties), book, error));
    book->bold = workbook_add_format(book->workbook);
    book->count = workbook_add_format(book->workbook);
    book->cover = workbook_add_worksheet(book->workbook, words->sheet);
    if (book->bold == NULL || book->count == NULL || book->cover == NULL)
        PD_FAIL(error, PADAN_OUT_OF_MEMORY, "no memory for the workbook");
    format_set_bold(book->bold);
    format_set_num_format(book->count, "#,##0");
    for (size_t i = 0; i < listing->n_items; i++)
        if (listing->items[i].is_for_people) PD_TRY(put_table(book, &listing->items[i], error));
    return put_cover(book, words, error);
}

static enum padan_status write_book(struct book *book, const char *path, const struct pd_listing *listing,
                                    struct padan_error *error)
{
    struct pd_buffer folder = { 0 };
    pd_append_text(&folder, pd_path_directory(pd_text_of(path)));
    pd_append_byte(&folder, '\0');
    enum padan_status status = pd_buffer_status(&folder, error);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder.data };
    if (status == PADAN_OK) {
        book->workbook = workbook_new_opt(path, &options);
        status =
            book->workbook == NULL ? pd_fail(error, PADAN_IO, "%s cannot be made", path) : fill(book, listing, error);
    }
    if (book->workbook != NULL) { /* which frees it, too */
        const lxw_error code = workbook_close(book->workbook);
        if (status == PADAN_OK) status = check(code, book, error);
    }
    pd_buffer_reset(&folder);
    pd_buffer_reset(&book->cell);
    return status;
}

enum padan_status pd_workbook_write(const struct pd_export_options *options, const struct pd_listing *listing,
                                    struct pd_export_summary *summary, struct padan_error *error)
{
    struct book *book = NULL;
    struct pd_sink sink;
    PD_TRY(pd_allocate(&book, 1, sizeof *book, error));
    book->options = options;
    enum padan_status status = pd_sink_open_temporary(&sink, options->workbook, error);
    if (status == PADAN_OK) {
        status = write_book(book, sink.path, listing, error);
        if (status == PADAN_OK)
            status = pd_sink_publish(&sink, options->workbook, error);
        else
            pd_sink_discard(&sink);
    }
    uint64_t n_rows = 0;
    for (size_t i = 0; i < book->n_sheets; i++) n_rows += book->sheets[i].n_rows;
    if (book->n_sheets > summary->n_tables)
        *summary = (struct pd_export_summary){ .n_tables = book->n_sheets, .n_rows = n_rows };
    pd_free(book);
    return status;
}
