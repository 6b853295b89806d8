/* SPDX-License-Identifier: MIT */
#include "report/manifest_read.h"

#include "base/file.h"
#include "base/sha256.h"

enum { MANIFEST_BYTES_MAX = 64 << 20 };

enum padan_status pd_manifest_read(struct pd_arena *arena, const char *folder, struct pd_node **root,
                                   struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    struct pd_buffer content = { 0 };
    pd_path_join(&path, pd_text_of(folder), PD_TEXT("manifest.json"));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_file_read(path.data, MANIFEST_BYTES_MAX, &content, error);
    if (status == PADAN_OK)
        status = pd_document_parse(arena, (struct pd_text){ content.data, content.length }, path.data, root, error);
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
