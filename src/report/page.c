/* SPDX-License-Identifier: MIT */
#include "report/page.h"

#include "base/file.h"
#include "base/memory.h"
#include "report/finding_table.h"

#include <stdlib.h>

/* Lines of one table in the page: beyond them, finer regions are left to the CSV. */
enum { PAGE_LINES = 12000 };

/* Tables in the page; the levels of those by region are put in from the nation down. */
static const struct {
    const char *name;
    bool by_region;
} tables[] = {
    { "ringkasan_pemuatan.csv", false },       { "rekap_padan.csv", true },   { "rekap_ganda.csv", true },
    { "tumpang_tindih_matriks.csv", false },   { "galat_sasaran.csv", true }, { "cakupan_desil.csv", true },
    { "tumpang_tindih_kombinasi.csv", false },
};

enum { N_TABLES = sizeof tables / sizeof *tables, N_LEVELS = 6 };

static const char *const levels[N_LEVELS] = { "nasional", "grup", "provinsi", "kabupaten", "kecamatan", "desa" };

static bool is_written(const struct pd_run_folder *folder, const char *name)
{
    for (size_t i = 0; i < folder->n_outputs; i++)
        if (pd_text_equal(folder->outputs[i].name, pd_text_of(name))) return true;
    return false;
}

/* The next line with its newline; regions' names have no line ends, so no field has. */
static struct pd_text next_line(struct pd_text *rest)
{
    const char *end = memchr(rest->data, '\n', rest->length);
    const size_t length = end == NULL ? rest->length : (size_t)(end - rest->data) + 1;
    const struct pd_text line = { rest->data, length };
    *rest = pd_text_slice(*rest, length, rest->length);
    return line;
}

static int level_of(struct pd_text line)
{
    for (int level = 0; level < N_LEVELS; level++) {
        const size_t length = strlen(levels[level]);
        if (line.length > length && memcmp(line.data, levels[level], length) == 0 && line.data[length] == ',')
            return level;
    }
    return 0;
}

/* The coarsest levels whose lines fit; how many. *cut: some do not. */
static int levels_that_fit(struct pd_text content, bool *cut)
{
    size_t n_lines[N_LEVELS] = { 0 };
    size_t sum = 0;
    int n = 0;
    (void)next_line(&content);
    while (content.length > 0) n_lines[level_of(next_line(&content))]++;
    while (n < N_LEVELS && (n == 0 || sum + n_lines[n] <= PAGE_LINES)) sum += n_lines[n++];
    *cut = false;
    for (int level = n; level < N_LEVELS; level++) *cut = *cut || n_lines[level] > 0;
    return n;
}

static void append_fitting(struct pd_text content, int n_levels, struct pd_buffer *out)
{
    struct pd_buffer kept = { 0 };
    pd_append_text(&kept, next_line(&content));
    while (content.length > 0) {
        const struct pd_text line = next_line(&content);
        if (level_of(line) < n_levels) pd_append_text(&kept, line);
    }
    pd_append_json(out, (struct pd_text){ kept.data, kept.length });
    pd_buffer_reset(&kept);
}

/* "tabel": {name: content}, and "dipotong": {name: true} for those with finer levels in the CSV. */
static enum padan_status append_tables(struct pd_run_folder *folder, struct pd_buffer *out, struct padan_error *error)
{
    bool cut[N_TABLES] = { false };
    size_t n = 0;
    pd_append_string(out, ",\"tabel\":{");
    for (size_t i = 0; i < N_TABLES; i++) {
        struct pd_buffer content = { 0 };
        const char *path = NULL;
        if (!is_written(folder, tables[i].name)) continue;
        PD_TRY(pd_run_folder_path(folder, tables[i].name, &path, error));
        enum padan_status status = pd_file_read(path, SIZE_MAX / 2, &content, error);
        if (status == PADAN_OK) {
            const struct pd_text text = { content.data, content.length };
            pd_append_format(out, "%s\"%s\":", n++ > 0 ? "," : "", tables[i].name);
            append_fitting(text, tables[i].by_region ? levels_that_fit(text, &cut[i]) : N_LEVELS, out);
        }
        pd_buffer_reset(&content);
        PD_TRY(status);
    }
    pd_append_string(out, "},\"dipotong\":{");
    n = 0;
    for (size_t i = 0; i < N_TABLES; i++)
        if (cut[i]) pd_append_format(out, "%s\"%s\":true", n++ > 0 ? "," : "", tables[i].name);
    pd_append_byte(out, '}');
    return PADAN_OK;
}

/* --- findings summed by kind, criterion, program and certainty --- */

struct finding_line {
    uint64_t key;                                         /* kind, criterion, program + 1, certain */
    uint64_t n, counted, without_amount, counted_without; /* the last: counted, and without an amount */
    int64_t amount_counted;
};

struct finding_lines {
    struct finding_line *lines;
    size_t n_lines, capacity;
};

static uint64_t key_of(const struct pd_page *page, const struct pd_finding *finding)
{
    const int program = pd_row_program(page->programs, page->report->linkage->table, finding->record);
    return (uint64_t)finding->kind << 40 | (uint64_t)finding->criterion << 24 | (uint64_t)(program + 1) << 8 |
           (uint64_t)finding->certain;
}

static struct finding_line *find_line(struct finding_lines *lines, uint64_t key)
{
    for (size_t i = 0; i < lines->n_lines; i++)
        if (lines->lines[i].key == key) return &lines->lines[i];
    return NULL;
}

static int by_key(const void *a, const void *b)
{
    const struct finding_line *x = a;
    const struct finding_line *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* There are few different lines, and the same one comes again and again. */
static enum padan_status sum_findings(const struct pd_page *page, struct finding_lines *sums, struct padan_error *error)
{
    struct finding_line *line = NULL;
    for (size_t i = 0; i < page->findings->n_items; i++) {
        const struct pd_finding *finding = &page->findings->items[i];
        const uint64_t key = key_of(page, finding);
        if (line == NULL || line->key != key) line = find_line(sums, key);
        if (line == NULL) {
            PD_TRY(pd_grow(&sums->lines, &sums->capacity, sums->n_lines + 1, sizeof *sums->lines, error));
            line = &sums->lines[sums->n_lines++];
            *line = (struct finding_line){ .key = key };
        }
        line->n++;
        line->counted += finding->counted;
        line->without_amount += finding->amount == PD_NULL_INT;
        line->counted_without += finding->counted && finding->amount == PD_NULL_INT;
        if (finding->counted && finding->amount != PD_NULL_INT) line->amount_counted += finding->amount;
    }
    if (sums->n_lines > 0) qsort(sums->lines, sums->n_lines, sizeof *sums->lines, by_key);
    return PADAN_OK;
}

static void append_finding(const struct pd_page *page, const struct finding_line *line, struct pd_buffer *out)
{
    const size_t program = (size_t)(line->key >> 8 & 0xffff);
    pd_append_format(out,
                     "{\"jenis\":\"%s\",\"kriteria\":", pd_finding_kind_name((enum pd_finding_kind)(line->key >> 40)));
    pd_append_json(out, page->findings->texts[line->key >> 24 & 0xffff]);
    pd_append_string(out, ",\"program\":");
    pd_append_json(out, program == 0 ? PD_TEXT("") : page->report->job->programs.items[program - 1].code);
    pd_append_format(out,
                     ",\"pasti\":%s,\"n\":%llu,\"dihitung\":%llu,\"nominal_dihitung\":%lld,\"tanpa_nominal\":%llu,"
                     "\"tanpa_nominal_dihitung\":%llu}",
                     (line->key & 1) != 0 ? "true" : "false", (unsigned long long)line->n,
                     (unsigned long long)line->counted, (long long)line->amount_counted,
                     (unsigned long long)line->without_amount, (unsigned long long)line->counted_without);
}

static enum padan_status append_findings(const struct pd_page *page, struct pd_buffer *out, struct padan_error *error)
{
    struct finding_lines sums = { 0 };
    const enum padan_status status = sum_findings(page, &sums, error);
    pd_append_string(out, ",\"temuan\":[");
    for (size_t i = 0; status == PADAN_OK && i < sums.n_lines; i++) {
        if (i > 0) pd_append_byte(out, ',');
        append_finding(page, &sums.lines[i], out);
    }
    pd_append_byte(out, ']');
    pd_free(sums.lines);
    return status;
}

/* --- the rest --- */

static void append_lists(const struct pd_page *page, const struct pd_run_folder *folder, struct pd_buffer *out)
{
    pd_append_string(out, ",\"alarm\":[");
    for (size_t i = 0; i < page->n_alarms; i++) {
        if (i > 0) pd_append_byte(out, ',');
        pd_append_json(out, page->alarms[i]);
    }
    pd_append_string(out, "],\"tidak_ada\":[");
    for (size_t i = 0; i < folder->n_missing; i++) {
        pd_append_string(out, i > 0 ? ",[" : "[");
        pd_append_json(out, folder->missing[i].name);
        pd_append_byte(out, ',');
        pd_append_json(out, folder->missing[i].reason);
        pd_append_byte(out, ']');
    }
    pd_append_string(out, "],\"perubahan\":");
    if (page->changes == NULL) {
        pd_append_string(out, "null");
        return;
    }
    for (int change = 0; change < PD_CHANGE_COUNT; change++)
        pd_append_format(out, "%s\"%s\":%llu", change == 0 ? "{" : ",", pd_night_change_name((enum pd_change)change),
                         (unsigned long long)page->changes->of[change]);
    pd_append_byte(out, '}');
}

static enum padan_status append_data(const struct pd_page *page, struct pd_run_folder *folder, struct pd_buffer *out,
                                     struct padan_error *error)
{
    const struct pd_job *job = page->report->job;
    const struct pd_linkage *linkage = page->report->linkage;
    pd_append_string(out, "{\"nama\":");
    pd_append_json(out, job->name);
    pd_append_string(out, ",\"bahasa\":");
    pd_append_json(out, job->bahasa);
    pd_append_string(out, ",\"tanggal\":\"");
    pd_append_date(out, job->reference_date);
    pd_append_format(out,
                     "\",\"versi\":\"%s\",\"ringkas\":{\"baris\":%zu,\"klaster\":%llu,\"pasangan\":%zu,"
                     "\"otomatis\":%llu,\"baris_program\":%llu}",
                     padan_version(), linkage->table->n_records, (unsigned long long)page->n_clusters,
                     linkage->edges->n_edges, (unsigned long long)page->n_automatic,
                     (unsigned long long)page->n_program_rows);
    append_lists(page, folder, out);
    PD_TRY(append_findings(page, out, error));
    PD_TRY(append_tables(folder, out, error));
    pd_append_byte(out, '}');
    return PADAN_OK;
}

/* JSON inside a script element: no '<' may end the element early; in JSON it stands in texts only. */
static void append_for_script(struct pd_buffer *out, const struct pd_buffer *json)
{
    size_t begin = 0;
    for (size_t i = 0; i < json->length; i++) {
        if (json->data[i] != '<') continue;
        pd_append_bytes(out, json->data + begin, i - begin);
        pd_append_string(out, "\\u003c");
        begin = i + 1;
    }
    pd_append_bytes(out, json->data + begin, json->length - begin);
}

/* The template with {{data}} and {{bahasa}} filled in. */
static void fill_template(const struct pd_page *page, const struct pd_buffer *json, struct pd_buffer *out)
{
    const struct pd_text template = page->template;
    size_t begin = 0;
    for (size_t i = 0; i + 1 < template.length; i++) {
        const struct pd_text rest = pd_text_slice(template, i, template.length);
        const bool data = pd_text_starts(rest, PD_TEXT("{{data}}"));
        const bool language = pd_text_starts(rest, PD_TEXT("{{bahasa}}"));
        if (!data && !language) continue;
        pd_append_bytes(out, template.data + begin, i - begin);
        if (data)
            append_for_script(out, json);
        else
            pd_append_text(out, page->report->job->bahasa);
        begin = i + (data ? sizeof "{{data}}" : sizeof "{{bahasa}}") - 1;
    }
    pd_append_bytes(out, template.data + begin, template.length - begin);
}

enum padan_status pd_write_page(const struct pd_page *page, struct pd_run_folder *folder, struct padan_error *error)
{
    struct pd_buffer json = { 0 };
    struct pd_buffer out = { 0 };
    enum padan_status status = append_data(page, folder, &json, error);
    if (status == PADAN_OK) status = pd_buffer_status(&json, error);
    if (status == PADAN_OK) fill_template(page, &json, &out);
    if (status == PADAN_OK) status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "laporan.html", (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&json);
    pd_buffer_reset(&out);
    return status;
}
