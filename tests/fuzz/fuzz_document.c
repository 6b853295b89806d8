/* SPDX-License-Identifier: MIT
 * Any bytes as YAML or JSON: a tree or a sentence with a place, never a crash, a leak or an endless wait. */
#include "base/document.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses 1 KiB of its own in some scalars with many quotes. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

/* Every scalar can be read and every mapping is whole. */
static size_t walk(const struct pd_node *node)
{
    size_t bytes = node->text.length;
    for (size_t i = 0; i < node->text.length; i++) bytes += node->text.data[i] == '\n';
    assert(node->line >= 1 && node->column >= 1);
    for (size_t i = 0; i < node->n_children; i++) {
        if (node->kind == PD_NODE_MAPPING) bytes += walk(node->keys[i]);
        bytes += walk(node->items[i]);
    }
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pd_arena arena = { 0 };
    struct pd_node *root = NULL;
    struct padan_error error = { PADAN_OK, "" };
    const struct pd_text content = { (const char *)data, size };
    const enum padan_status status = pd_document_parse(&arena, content, "fuzz", &root, &error);
    assert(status == PADAN_OK || error.message[0] != '\0');
    if (status == PADAN_OK && root != NULL) (void)walk(root);
    pd_arena_reset(&arena);
    return 0;
}
