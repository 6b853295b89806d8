/* SPDX-License-Identifier: MIT */
#include "model/label_record.h"

#include "base/document.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/sha256.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORD_BYTES_MAX = 1 << 20 };

void pd_labelled_rows_add(struct pd_labelled_rows *rows, struct pd_text unique_id)
{
    const uint32_t hash = (uint32_t)pd_mix64(pd_hash_text(unique_id));
    size_t at = rows->n_hashes;
    rows->n++;
    if (at == PD_LABEL_SKETCH && hash >= rows->hashes[at - 1]) return;
    while (at > 0 && rows->hashes[at - 1] > hash) at--;
    if (at > 0 && rows->hashes[at - 1] == hash) return;
    if (rows->n_hashes < PD_LABEL_SKETCH) rows->n_hashes++;
    memmove(rows->hashes + at + 1, rows->hashes + at, (rows->n_hashes - at - 1) * sizeof *rows->hashes);
    rows->hashes[at] = hash;
}

double pd_labelled_rows_share(const struct pd_labelled_rows *rows, const struct pd_labelled_rows *others)
{
    const uint32_t end = others->n_hashes == PD_LABEL_SKETCH ? others->hashes[PD_LABEL_SKETCH - 1] : UINT32_MAX;
    size_t n = 0, n_common = 0;
    for (size_t i = 0, j = 0; i < rows->n_hashes && rows->hashes[i] <= end; i++, n++) {
        while (j < others->n_hashes && others->hashes[j] < rows->hashes[i]) j++;
        n_common += j < others->n_hashes && others->hashes[j] == rows->hashes[i];
    }
    return n == 0 ? 0 : (double)n_common / (double)n;
}

void pd_model_path_beside(const char *model_path, const char *ending, struct pd_buffer *path)
{
    const struct pd_text model = pd_text_of(model_path);
    const struct pd_text json = PD_TEXT(".json");
    size_t length = model.length;
    if (length > json.length && pd_text_equal(pd_text_slice(model, length - json.length, length), json))
        length -= json.length;
    pd_append_format(path, "%.*s%s", (int)length, model.data, ending);
    pd_append_byte(path, '\0');
}

void pd_label_record_reset(struct pd_label_record *record)
{
    pd_buffer_reset(&record->content);
    pd_buffer_reset(&record->labels);
    *record = (struct pd_label_record){ .sha256 = "" };
}

static enum padan_status record_path(const char *model_path, struct pd_buffer *path, struct padan_error *error)
{
    pd_model_path_beside(model_path, ".labels.json", path);
    return pd_buffer_status(path, error);
}

static enum padan_status write_record(const char *path, const char *labels_path, const struct pd_labelled_rows *rows,
                                      struct padan_error *error)
{
    char sha256[65];
    struct pd_buffer out = { 0 };
    PD_TRY(pd_sha256_file(labels_path, sha256, error));
    pd_append_string(&out, "{\"labels\": ");
    pd_append_json(&out, pd_path_base(pd_text_of(labels_path)));
    pd_append_format(&out, ", \"sha256\": \"%s\", \"n_rows\": %llu, \"sketch\": \"", sha256,
                     (unsigned long long)rows->n);
    for (size_t i = 0; i < rows->n_hashes; i++) pd_append_format(&out, "%08x", rows->hashes[i]);
    pd_append_string(&out, "\"}\n");
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK) status = pd_file_write(path, (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&out);
    return status;
}

enum padan_status pd_label_record_write(const char *model_path, const char *labels_path,
                                        const struct pd_labelled_rows *rows, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    enum padan_status status = record_path(model_path, &path, error);
    if (status == PADAN_OK && labels_path != NULL) status = write_record(path.data, labels_path, rows, error);
    if (status == PADAN_OK && labels_path == NULL) (void)unlink(path.data);
    pd_buffer_reset(&path);
    return status;
}

/* Hashes in hex, ascending. */
static bool parse_sketch(struct pd_labelled_rows *rows, struct pd_text text)
{
    if (text.length % 8 != 0 || text.length / 8 > PD_LABEL_SKETCH) return false;
    for (size_t at = 0; at < text.length; at += 8) {
        char digits[9] = { 0 };
        char *end = NULL;
        memcpy(digits, text.data + at, 8);
        rows->hashes[rows->n_hashes] = (uint32_t)strtoul(digits, &end, 16);
        if (*end != '\0' || (rows->n_hashes > 0 && rows->hashes[rows->n_hashes] <= rows->hashes[rows->n_hashes - 1]))
            return false;
        rows->n_hashes++;
    }
    return true;
}

static bool parse(struct pd_label_record *record, const struct pd_node *root)
{
    const struct pd_node *labels = pd_node_get(root, "labels"), *sha256 = pd_node_get(root, "sha256");
    const struct pd_node *n_rows = pd_node_get(root, "n_rows"), *sketch = pd_node_get(root, "sketch");
    if (labels == NULL || sha256 == NULL || n_rows == NULL || sketch == NULL || sha256->text.length != 64 ||
        !pd_text_to_u64(n_rows->text, &record->rows.n))
        return false;
    memcpy(record->sha256, sha256->text.data, 64);
    pd_append_text(&record->labels, labels->text);
    return parse_sketch(&record->rows, sketch->text);
}

static enum padan_status read_record(struct pd_label_record *record, const char *path, struct padan_error *error)
{
    struct pd_arena arena = { NULL };
    struct pd_node *root = NULL;
    PD_TRY(pd_file_read(path, RECORD_BYTES_MAX, &record->content, error));
    enum padan_status status =
        pd_document_parse(&arena, (struct pd_text){ record->content.data, record->content.length }, path, &root, error);
    if (status == PADAN_OK && !parse(record, root))
        status = pd_fail(error, PADAN_BAD_ARGUMENT,
                         "%s is no record of labels as padan train writes it beside a model: train again or remove it",
                         path);
    pd_arena_reset(&arena);
    return status;
}

enum padan_status pd_label_record_read(struct pd_label_record *record, const char *model_path,
                                       struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    *record = (struct pd_label_record){ .sha256 = "" };
    enum padan_status status = record_path(model_path, &path, error);
    if (status == PADAN_OK && access(path.data, F_OK) == 0) status = read_record(record, path.data, error);
    pd_buffer_reset(&path);
    if (status != PADAN_OK) pd_label_record_reset(record);
    return status;
}
