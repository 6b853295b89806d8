/* SPDX-License-Identifier: MIT
 * Any bytes as a model: a model or a sentence; and what was read, written and read again, is written the same. */
#include "base/buffer.h"
#include "linking/linker.h"
#include "model/model.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses 1 KiB of its own in some scalars with many quotes. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static bool rewrite(struct pd_text content, struct pd_buffer *out, struct padan_error *error)
{
    struct pd_model model = { .n_notes = 0 };
    const enum padan_status status = pd_model_read(&model, content, "fuzz", pd_linker_functions(), error);
    assert(status == PADAN_OK || error->message[0] != '\0');
    if (status == PADAN_OK) pd_model_write(&model, out);
    pd_model_reset(&model);
    return status == PADAN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pd_buffer once = { 0 }, twice = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    if (rewrite((struct pd_text){ (const char *)data, size }, &once, &error)) {
        const bool again = rewrite((struct pd_text){ once.data, once.length }, &twice, &error);
        if (!again) (void)fprintf(stderr, "%s\n%.*s\n", error.message, (int)once.length, once.data);
        assert(again);
        assert(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
        (void)again;
    }
    pd_buffer_reset(&once);
    pd_buffer_reset(&twice);
    return 0;
}
