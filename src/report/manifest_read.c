/* SPDX-License-Identifier: MIT */
#include "report/manifest_read.h"

#include "base/file.h"
#include "base/sha256.h"

#include <sys/stat.h>

enum { MANIFEST_BYTES_MAX = 64 << 20 };

/* A manifest is written by the program: what cannot be read of it is damage, whatever the parser calls it. */
static enum padan_status parse(struct pd_arena *arena, struct pd_text content, const char *path, struct pd_node **root,
                               struct padan_error *error)
{
    const enum padan_status status = pd_document_parse(arena, content, path, root, error);
    if (status != PADAN_BAD_ARGUMENT) return status;
    PD_FAIL(error, status,
            "%s was cut off or changed since the run wrote it; copy the folder once more from where it is whole", path);
}

enum padan_status pd_manifest_read(struct pd_arena *arena, const char *folder, struct pd_node **root,
                                   struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct pd_buffer content = { 0 };
    pd_path_join(&path, pd_text_of(folder), PD_TEXT("manifest.json"));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_file_read(path.data, MANIFEST_BYTES_MAX, &content, error);
    if (status == PADAN_OK)
        status = parse(arena, (struct pd_text){ content.data, content.length }, path.data, root, error);
    pd_buffer_reset(&path);
    pd_buffer_reset(&content);
    return status;
}

bool pd_manifest_output_fits(const struct pd_node *root, const char *name, struct pd_text content)
{
    const struct pd_node *outputs = pd_node_get(root, "outputs");
    if (outputs == NULL || outputs->kind != PD_NODE_SEQUENCE) return false;
    for (size_t i = 0; i < outputs->n_children; i++) {
        const struct pd_node *named = pd_node_get(outputs->items[i], "name");
        const struct pd_node *sha256 = pd_node_get(outputs->items[i], "sha256");
        if (pd_node_is_null(named) || pd_node_is_null(sha256) || !pd_text_equal(named->text, pd_text_of(name)))
            continue;
        char hash[65];
        pd_sha256_hex(content, hash);
        return pd_text_equal(sha256->text, pd_text_of(hash));
    }
    return false;
}

static enum padan_status check_output(const char *folder, const struct pd_node *output, struct padan_error *error)
{
    const struct pd_node *name = pd_node_get(output, "name"), *bytes = pd_node_get(output, "bytes");
    struct pd_buffer path = { 0 };
    struct stat about = { .st_size = 0 };
    int64_t wanted = 0;
    if (pd_node_is_null(name) || pd_node_is_null(bytes) || !pd_node_to_i64(bytes, &wanted)) return PADAN_OK;
    if (memchr(name->text.data, '/', name->text.length) != NULL) return PADAN_OK;
    pd_path_join(&path, pd_text_of(folder), name->text);
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK && stat(path.data, &about) == 0 && about.st_size != wanted)
        status =
            pd_fail(error, PADAN_BAD_INPUT,
                    "%s has %lld bytes, and the run wrote %lld: it was cut off or changed since; copy the folder once "
                    "more from where it is whole",
                    path.data, (long long)about.st_size, (long long)wanted);
    pd_buffer_reset(&path);
    return status;
}

enum padan_status pd_manifest_check_folder(const char *folder, struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    struct pd_node *root = NULL;
    enum padan_status status = pd_manifest_read(&arena, folder, &root, error);
    const bool is_there = status != PADAN_BAD_INPUT;
    if (status == PADAN_BAD_ARGUMENT) status = PADAN_BAD_INPUT;
    const struct pd_node *outputs = status == PADAN_OK ? pd_node_get(root, "outputs") : NULL;
    for (size_t i = 0; outputs != NULL && i < outputs->n_children && status == PADAN_OK; i++)
        status = check_output(folder, outputs->items[i], error);
    pd_arena_reset(&arena);
    return is_there ? status : PADAN_OK;
}
