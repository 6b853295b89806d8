/* SPDX-License-Identifier: MIT */
#include "report/previous.h"

#include "base/delimited.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/search.h"
#include "report/manifest_read.h"

#include <stdio.h>

void pd_previous_reset(struct pd_previous *previous)
{
    pd_buffer_reset(&previous->row_bytes);
    pd_buffer_reset(&previous->id_bytes);
    pd_buffer_reset(&previous->finding_bytes);
    pd_buffer_reset(&previous->source_bytes);
    pd_buffer_reset(&previous->criterion_bytes);
    pd_free(previous->ids);
    pd_arena_reset(&previous->arena);
    *previous = (struct pd_previous){ 0 };
}

static enum padan_status does_not_fit(const char *folder, const char *name, struct padan_error *error)
{
    return pd_fail(error, PADAN_BAD_INPUT, "%s/%s is damaged or was written by another version of padan", folder, name);
}

/* A file of the state, as long as it is the one that was written: a changed byte would be told as a change of rows. */
static enum padan_status read_file(struct pd_previous *previous, const char *folder, const char *name,
                                   struct pd_buffer *content, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    pd_path_join(&path, pd_text_of(folder), pd_text_of(name));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_file_read(path.data, SIZE_MAX / 2, content, error);
    pd_buffer_reset(&path);
    if (status != PADAN_OK) return status;
    const struct pd_text whole = { content->data, content->length };
    return pd_manifest_output_fits(previous->manifest, name, whole) ? PADAN_OK : does_not_fit(folder, name, error);
}

/* The records behind the first line of a binary file. */
static enum padan_status open_records(const struct pd_buffer *content, const char *header, size_t size,
                                      const void **records, size_t *n)
{
    if (content->length < PD_STATE_HEADER_BYTES) return PADAN_BAD_INPUT;
    if (memcmp(content->data, header, PD_STATE_HEADER_BYTES - 1) != 0) return PADAN_BAD_INPUT;
    const size_t bytes = content->length - PD_STATE_HEADER_BYTES;
    *records = content->data + PD_STATE_HEADER_BYTES;
    *n = bytes / size;
    return bytes % size == 0 ? PADAN_OK : PADAN_BAD_INPUT;
}

static enum padan_status read_sources(struct pd_previous *previous, const char *folder, struct padan_error *error)
{
    struct pd_delimited rows;
    bool more = true;
    PD_TRY(read_file(previous, folder, "keadaan/sumber.csv", &previous->source_bytes, error));
    const struct pd_text content = { previous->source_bytes.data, previous->source_bytes.length };
    size_t n_lines = 0;
    for (size_t i = 0; i < content.length; i++) n_lines += content.data[i] == '\n';
    PD_TRY(pd_arena_allocate(&previous->arena, &previous->sources, (n_lines + 1) * sizeof *previous->sources, error));
    PD_TRY(pd_delimited_open(&rows, content, ',', "keadaan/sumber.csv", error));
    enum padan_status status =
        rows.n_header == 7 || rows.n_header == 8 ? PADAN_OK : does_not_fit(folder, "keadaan/sumber.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more) {
        struct pd_previous_source *source = &previous->sources[previous->n_sources++];
        uint64_t begin = 0;
        uint64_t end = 0;
        if (!pd_text_to_u64(rows.fields[4], &begin) || !pd_text_to_u64(rows.fields[5], &end) || begin > end)
            status = does_not_fit(folder, "keadaan/sumber.csv", error);
        source->begin = begin;
        source->end = end;
        source->registry = pd_text_equal(rows.fields[1], pd_text_of(pd_role_name(PD_ROLE_REGISTRY)));
        source->people = pd_text_equal(rows.fields[1], pd_text_of(pd_role_name(PD_ROLE_REGISTER)));
        source->families = pd_text_equal(rows.fields[6], PD_TEXT(PD_STATE_FAMILIES));
        if (status == PADAN_OK) status = pd_arena_copy(&previous->arena, rows.fields[0], &source->name, error);
        if (status == PADAN_OK) status = pd_arena_copy(&previous->arena, rows.fields[2], &source->program, error);
        if (status == PADAN_OK) status = pd_arena_copy(&previous->arena, rows.fields[3], &source->version, error);
        if (status == PADAN_OK && rows.n_header == 8)
            status = pd_arena_copy(&previous->arena, rows.fields[7], &source->columns, error);
    }
    pd_delimited_reset(&rows);
    return status;
}

static enum padan_status read_criteria(struct pd_previous *previous, const char *folder, struct padan_error *error)
{
    struct pd_delimited rows;
    bool more = true;
    PD_TRY(read_file(previous, folder, "keadaan/kriteria.csv", &previous->criterion_bytes, error));
    const struct pd_text content = { previous->criterion_bytes.data, previous->criterion_bytes.length };
    size_t n_lines = 0;
    for (size_t i = 0; i < content.length; i++) n_lines += content.data[i] == '\n';
    PD_TRY(pd_arena_allocate(&previous->arena, &previous->criteria, (n_lines + 1) * sizeof *previous->criteria, error));
    PD_TRY(pd_delimited_open(&rows, content, ',', "keadaan/kriteria.csv", error));
    enum padan_status status = rows.n_header == 2 ? PADAN_OK : does_not_fit(folder, "keadaan/kriteria.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more)
        status = pd_arena_copy(&previous->arena, rows.fields[1], &previous->criteria[previous->n_criteria++], error);
    pd_delimited_reset(&rows);
    return status;
}

/* Where each id begins; a quoted field may hold line ends. */
static enum padan_status find_ids(struct pd_previous *previous, const char *folder, struct padan_error *error)
{
    const char *bytes = previous->id_bytes.data;
    const size_t length = previous->id_bytes.length;
    size_t n = 0; /* lines seen, the header first */
    bool quoted = false;
    PD_TRY(pd_allocate_array(&previous->ids, previous->n_rows + 1, sizeof *previous->ids, error));
    for (size_t i = 0; i < length; i++) {
        quoted = quoted != (bytes[i] == '"');
        if (bytes[i] != '\n' || quoted) continue;
        if (n > previous->n_rows) return does_not_fit(folder, "keadaan/id.csv", error);
        previous->ids[n++] = i + 1;
    }
    return n == previous->n_rows + 1 ? PADAN_OK : does_not_fit(folder, "keadaan/id.csv", error);
}

/* Every number that is used as an index later. */
static bool fits_together(const struct pd_previous *previous)
{
    for (size_t i = 0; i < previous->n_rows; i++)
        if (previous->rows[i].cluster >= previous->n_rows || previous->rows[i].source >= previous->n_sources)
            return false;
    for (size_t i = 0; i < previous->n_findings; i++) {
        const struct pd_finding_state *finding = &previous->findings[i];
        const bool ordered = i == 0 || previous->findings[i - 1].record <= finding->record;
        if (!ordered || finding->record >= previous->n_rows || finding->criterion >= previous->n_criteria ||
            finding->kind >= PD_FINDING_KIND_COUNT)
            return false;
    }
    for (size_t i = 0; i < previous->n_sources; i++)
        if (previous->sources[i].end > previous->n_rows) return false;
    return true;
}

static enum padan_status read_all(struct pd_previous *previous, const char *folder, struct padan_error *error)
{
    const void *records = NULL;
    const enum padan_status manifest = pd_manifest_read(&previous->arena, folder, &previous->manifest, error);
    if (manifest == PADAN_BAD_ARGUMENT) return does_not_fit(folder, "manifest.json", error);
    if (manifest != PADAN_OK) return manifest;
    PD_TRY(read_sources(previous, folder, error));
    PD_TRY(read_criteria(previous, folder, error));
    PD_TRY(read_file(previous, folder, "keadaan/baris.bin", &previous->row_bytes, error));
    if (open_records(&previous->row_bytes, PD_STATE_ROWS_HEADER, sizeof *previous->rows, &records, &previous->n_rows) !=
        PADAN_OK)
        return does_not_fit(folder, "keadaan/baris.bin", error);
    previous->rows = records;
    PD_TRY(read_file(previous, folder, "keadaan/temuan.bin", &previous->finding_bytes, error));
    if (open_records(&previous->finding_bytes, PD_STATE_FINDINGS_HEADER, sizeof *previous->findings, &records,
                     &previous->n_findings) != PADAN_OK)
        return does_not_fit(folder, "keadaan/temuan.bin", error);
    previous->findings = records;
    PD_TRY(read_file(previous, folder, "keadaan/id.csv", &previous->id_bytes, error));
    PD_TRY(find_ids(previous, folder, error));
    return fits_together(previous) ? PADAN_OK : does_not_fit(folder, "keadaan/baris.bin", error);
}

enum padan_status pd_previous_read(struct pd_previous *previous, const char *folder, struct padan_error *error)
{
    *previous = (struct pd_previous){ 0 };
    const enum padan_status status = read_all(previous, folder, error);
    if (status != PADAN_OK) pd_previous_reset(previous);
    return status;
}

void pd_previous_findings_of(const struct pd_previous *previous, uint32_t row, size_t *begin, size_t *end)
{
    const struct pd_finding_state *findings = previous->findings;
    size_t low = findings == NULL ? 0 : pd_search_first(&findings->record, sizeof *findings, previous->n_findings, row);
    *begin = low;
    while (low < previous->n_findings && previous->findings[low].record == row) low++;
    *end = low;
}
