/* SPDX-License-Identifier: MIT
 * Which file a row goes to, and the lines of that file. Files are as many as the smallest number that has a hundred
 * rows or so in each, at least three and at most forty a program; styles and names of columns take turns over all of
 * them. */
#include "generate/messy.h"

#include "base/delimited.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "generate/damage.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS_PER_PART = 100, PARTS_LEAST = 3, PARTS_MOST = 40, SKIPPED_EVERY = 25 };

/* ---- the plan ---- */

static int order_of_districts(const void *a, const void *b)
{
    const uint32_t x = ((const struct pd_messy_district *)a)->code, y = ((const struct pd_messy_district *)b)->code;
    return (x > y) - (x < y);
}

const struct pd_messy_district *pd_messy_district(const struct pd_messy *messy, uint32_t code)
{
    const struct pd_messy_district key = { .code = code };
    return bsearch(&key, messy->districts, messy->n_districts, sizeof key, order_of_districts);
}

static enum padan_status list_districts(struct pd_messy *messy, struct padan_error *error)
{
    const struct pd_places *places = &messy->nation->places;
    PD_TRY(pd_allocate(&messy->districts, places->n_inhabited, sizeof *messy->districts, error));
    for (size_t i = 0; i < places->n_inhabited; i++) {
        const struct pd_inhabited *item = &places->inhabited[i];
        messy->districts[i] =
            (struct pd_messy_district){ .code = places->districts[item->district].code,
                                        .index = item->district,
                                        .end = item->until - (i > 0 ? places->inhabited[i - 1].until : 0) };
    }
    messy->n_districts = places->n_inhabited;
    qsort(messy->districts, messy->n_districts, sizeof *messy->districts, order_of_districts);
    double sum = 0;
    for (size_t i = 0; i < messy->n_districts; i++) {
        messy->districts[i].begin = sum;
        messy->districts[i].end = sum += messy->districts[i].end;
    }
    return PADAN_OK;
}

static void note_bps_code(struct pd_messy *messy, struct pd_text bps_text, struct pd_text text)
{
    uint64_t bps_code = 0, code = 0;
    if (bps_text.length != 7 || !pd_text_to_u64(bps_text, &bps_code) || !pd_text_to_u64(text, &code)) return;
    const struct pd_messy_district key = { .code = (uint32_t)code };
    struct pd_messy_district *district =
        bsearch(&key, messy->districts, messy->n_districts, sizeof key, order_of_districts);
    if (district != NULL) district->bps_code = (uint32_t)bps_code;
}

static enum padan_status read_bps_codes(struct pd_messy *messy, struct padan_error *error)
{
    struct pd_delimited rows;
    bool more = false;
    enum padan_status status =
        pd_delimited_open(&rows, pd_embedded("datasets/kode_bps.csv"), ',', "datasets/kode_bps.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more)
        note_bps_code(messy, rows.fields[0], rows.fields[1]);
    pd_delimited_reset(&rows);
    return status;
}

/* The village in its district, as a share of it. */
static double place_of(const struct pd_messy *messy, uint64_t village)
{
    const struct pd_messy_district *district = pd_messy_district(messy, (uint32_t)(village / 10000));
    if (district == NULL) return (double)(pd_mix64(village) >> 11) * 0x1p-53;
    const struct pd_district *item = &messy->nation->places.districts[district->index];
    const uint64_t first = messy->nation->places.villages[item->first_village].code;
    const double n = item->n_villages, position = village > first ? (double)(village - first) : 0;
    return district->begin + (district->end - district->begin) * (position < n ? position / n : 1 - 0.5 / n);
}

static size_t part_at(const struct pd_messy *messy, enum pd_dataset dataset, double place)
{
    const size_t n = messy->n_parts[dataset], part = (size_t)(place * (double)n);
    return part < n ? part : n - 1;
}

static uint32_t regency_at(const struct pd_messy *messy, double place)
{
    size_t i = 0;
    while (i + 1 < messy->n_districts && messy->districts[i].end <= place) i++;
    return messy->districts[i].code / 100;
}

static enum padan_status plan_parts(struct pd_messy *messy, enum pd_dataset dataset, struct padan_error *error)
{
    const struct pd_nation *nation = messy->nation;
    const uint64_t wanted = nation->n_entries[dataset] / ROWS_PER_PART;
    const size_t n = wanted < PARTS_LEAST ? PARTS_LEAST : wanted > PARTS_MOST ? PARTS_MOST : (size_t)wanted;
    const uint64_t start = pd_mix64(nation->options->seed);
    messy->n_parts[dataset] = n;
    PD_TRY(pd_allocate(&messy->parts[dataset], n, sizeof *messy->parts[dataset], error));
    for (size_t part = 0; part < n; part++) {
        const uint64_t file = part * (PD_END_PROGRAM - PD_FIRST_PROGRAM) + (uint64_t)(dataset - PD_FIRST_PROGRAM);
        messy->parts[dataset][part] = (struct pd_messy_part){
            .style = &pd_messy_styles[(start + file + part) % pd_n_messy_styles],
            .turn = (unsigned)file,
            .errors = pd_damage_file_of(nation->truth.regime, start, file),
            .regency = regency_at(messy, ((double)part + 0.5) / (double)n),
        };
    }
    return PADAN_OK;
}

static enum padan_status build(struct pd_messy *messy, struct padan_error *error)
{
    PD_TRY(list_districts(messy, error));
    PD_TRY(read_bps_codes(messy, error));
    for (int dataset = PD_FIRST_PROGRAM; dataset < PD_END_PROGRAM; dataset++)
        PD_TRY(plan_parts(messy, (enum pd_dataset)dataset, error));
    return PADAN_OK;
}

enum padan_status pd_messy_build(struct pd_messy *messy, const struct pd_nation *nation, struct padan_error *error)
{
    *messy = (struct pd_messy){ .nation = nation };
    const enum padan_status status = build(messy, error);
    if (status != PADAN_OK) pd_messy_reset(messy);
    return status;
}

void pd_messy_reset(struct pd_messy *messy)
{
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++) pd_free(messy->parts[dataset]);
    pd_free(messy->districts);
    *messy = (struct pd_messy){ 0 };
}

/* ---- bytes ---- */

/* UTF-8 from `begin` on becomes Windows-1252, in place; what that has no letter for becomes '?'. */
static void to_cp1252(struct pd_buffer *buffer, size_t begin)
{
    if (buffer->status != PADAN_OK) return;
    size_t end = begin;
    for (size_t i = begin; i < buffer->length;) {
        const unsigned char *byte = (const unsigned char *)buffer->data + i;
        const size_t length = pd_text_utf8_sequence((struct pd_text){ buffer->data + i, buffer->length - i });
        unsigned char out = byte[0] < 0x80 ? byte[0] : '?';
        if (length == 2 && byte[0] == 0xc2) out = byte[1];
        if (length == 2 && byte[0] == 0xc3) out = (unsigned char)(byte[1] + 0x40);
        if (length == 3 && byte[0] == 0xe2 && byte[1] == 0x80 && byte[2] == 0x93) out = 0x96;
        buffer->data[end++] = (char)out;
        i += length > 0 ? length : 1;
    }
    buffer->length = end;
}

static void append_field(struct pd_buffer *buffer, const struct pd_messy_style *style, struct pd_text text, bool first)
{
    if (!first) pd_append_byte(buffer, style->delimiter);
    if (style->quote_all)
        pd_append_csv_quoted(buffer, text);
    else
        pd_append_csv_delimited(buffer, text, style->delimiter);
}

static void end_line(struct pd_buffer *buffer, const struct pd_messy_style *style, size_t begin)
{
    if (style->crlf) pd_append_byte(buffer, '\r');
    pd_append_byte(buffer, '\n');
    if (style->charset == PD_MESSY_CP1252) to_cp1252(buffer, begin);
}

/* ---- the layout ---- */

static const struct pd_messy_part *part_of_layout(const struct pd_layout *layout, size_t part)
{
    return &layout->messy->parts[layout->dataset][part];
}

static void messy_path(const struct pd_layout *layout, size_t part, struct pd_buffer *path)
{
    static const char *const endings[] = { "", ".gz", ".zst" };
    static const char *const words[] = { "data", "BNBA", "penerima", "usulan" };
    const struct pd_messy_part *file = part_of_layout(layout, part);
    const char *name = pd_dataset_facts[layout->dataset].name;
    pd_append_format(path, "%s/%s_%s_%u_%02zu.%s%s", name, words[file->turn % 4], name, file->regency, part + 1,
                     file->style->delimiter == '\t' ? "tsv" : "csv", endings[file->style->packing]);
}

static void messy_job(const struct pd_layout *layout, struct pd_buffer *job)
{
    pd_append_format(job, "paths: [\"%s/*\"]", pd_dataset_facts[layout->dataset].name);
}

/* Rows above the header, merged cells and all: one filled cell, the rest empty. */
static void append_titles(const struct pd_layout *layout, const struct pd_messy_part *file, size_t n_columns,
                          struct pd_buffer *buffer)
{
    for (unsigned row = 0; row < file->style->title_rows; row++) {
        char text[96] = "";
        const size_t begin = buffer->length;
        if (row == 0)
            (void)snprintf(text, sizeof text, "DAFTAR PENERIMA BANTUAN SOSIAL %s",
                           pd_dataset_facts[layout->dataset].program);
        if (row == 1) (void)snprintf(text, sizeof text, "KABUPATEN/KOTA %u TAHUN ANGGARAN 2026", file->regency);
        if (row == 2 && file->style->title_rows > 3) (void)snprintf(text, sizeof text, "Sumber: Dinas Sosial");
        if (row + 1 == file->style->title_rows) text[0] = 0;
        append_field(buffer, file->style, pd_text_of(text), true);
        for (size_t i = 1; i < n_columns; i++) append_field(buffer, file->style, PD_TEXT(""), false);
        end_line(buffer, file->style, begin);
    }
}

static void messy_header(const struct pd_layout *layout, size_t part, struct pd_buffer *buffer)
{
    const struct pd_messy_part *file = part_of_layout(layout, part);
    enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX];
    const size_t n = pd_messy_columns(file->style, layout->dataset, columns);
    if (file->style->charset == PD_MESSY_UTF8_BOM) pd_append_string(buffer, "\xef\xbb\xbf");
    if (file->style->separator_row)
        pd_append_format(buffer, "sep=%c%s\n", file->style->delimiter, file->style->crlf ? "\r" : "");
    append_titles(layout, file, n, buffer);
    const size_t begin = buffer->length;
    for (size_t i = 0; i < n; i++)
        append_field(buffer, file->style, pd_messy_header(columns[i], file->style, layout->dataset, file->turn),
                     i == 0);
    end_line(buffer, file->style, file->style->charset == PD_MESSY_CP1252 ? begin : buffer->length);
}

static size_t messy_part(const struct pd_layout *layout, const struct pd_record *record)
{
    return part_at(layout->messy, layout->dataset, place_of(layout->messy, record->row.village));
}

static void messy_damage(const struct pd_layout *layout, size_t part, struct pd_record *record)
{
    const uint32_t errors = part_of_layout(layout, part)->errors;
    struct pd_random random = pd_random_stream(record->unique_id, (uint64_t)layout->dataset);
    record->row.errors |= pd_damage_written(errors, &random, record->row.nik);
}

/* skipped: once more as a row of the wide form that is no longer in the program. */
static void append_row(const struct pd_layout *layout, size_t part, const struct pd_record *record, bool skipped,
                       struct pd_buffer *buffer)
{
    const struct pd_messy_part *file = part_of_layout(layout, part);
    enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX];
    const size_t n = pd_messy_columns(file->style, layout->dataset, columns), begin = buffer->length;
    struct pd_buffer cell = { 0 };
    for (size_t i = 0; i < n; i++) {
        pd_buffer_clear(&cell);
        const bool own = (int)columns[i] - PD_MC_FLAG_FIRST == pd_messy_flag_of(layout->dataset);
        if (skipped && own)
            pd_append_string(&cell, "0");
        else if (skipped && columns[i] == PD_MC_UNIQUE_ID)
            pd_append_format(&cell, "K%llu", (unsigned long long)record->unique_id);
        else
            pd_messy_cell(layout->messy, file, record, columns[i], &cell);
        append_field(buffer, file->style, (struct pd_text){ cell.data, cell.length }, i == 0);
    }
    if (cell.status != PADAN_OK && buffer->status == PADAN_OK) buffer->status = cell.status;
    pd_buffer_reset(&cell);
    end_line(buffer, file->style, begin);
}

static void messy_append(const struct pd_layout *layout, size_t part, const struct pd_record *record,
                         struct pd_buffer *buffer)
{
    append_row(layout, part, record, false, buffer);
    if (pd_messy_is_wide(part_of_layout(layout, part)->style, layout->dataset) &&
        record->unique_id % SKIPPED_EVERY == 0)
        append_row(layout, part, record, true, buffer);
}

static void messy_trailer(const struct pd_layout *layout, size_t part, const struct pd_layout_totals *totals,
                          struct pd_buffer *buffer)
{
    const struct pd_messy_part *file = part_of_layout(layout, part);
    enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX];
    const size_t n = pd_messy_columns(file->style, layout->dataset, columns);
    if (!file->style->totals || totals->n_rows == 0) return;
    struct pd_buffer cell = { 0 };
    for (size_t i = 0; i < n; i++) {
        pd_buffer_clear(&cell);
        if (i == 0) pd_append_string(&cell, "JUMLAH");
        if (columns[i] == PD_MC_AMOUNT) pd_messy_amount(file->style->amount, totals->amount, &cell);
        append_field(buffer, file->style, (struct pd_text){ cell.data, cell.length }, i == 0);
    }
    if (cell.status != PADAN_OK && buffer->status == PADAN_OK) buffer->status = cell.status;
    pd_buffer_reset(&cell);
    end_line(buffer, file->style, buffer->length);
}

static enum padan_status messy_finish(const struct pd_layout *layout, size_t part,
                                      const struct pd_layout_totals *totals, const char *path,
                                      struct padan_error *error)
{
    return pd_messy_finish(part_of_layout(layout, part)->style->packing, totals->n_rows == 0, path, error);
}

struct pd_layout pd_layout_messy(const struct pd_messy *messy, enum pd_dataset dataset)
{
    return (struct pd_layout){ .nation = messy->nation,
                               .dataset = dataset,
                               .n_parts = messy->n_parts[dataset],
                               .messy = messy,
                               .path = messy_path,
                               .job = messy_job,
                               .header = messy_header,
                               .part_of = messy_part,
                               .damage = messy_damage,
                               .append = messy_append,
                               .trailer = messy_trailer,
                               .finish = messy_finish };
}
