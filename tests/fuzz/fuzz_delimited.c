/* SPDX-License-Identifier: MIT
 * Any bytes as a small CSV: rows or a sentence; and what was read, written again and read again, is the same. */
#include "base/buffer.h"
#include "base/delimited.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_row(struct pd_buffer *out, const struct pd_text *fields, size_t n_fields)
{
    for (size_t i = 0; i < n_fields; i++) {
        if (i > 0) pd_append_byte(out, ',');
        pd_append_byte(out, '"');
        for (size_t j = 0; j < fields[i].length; j++) {
            if (fields[i].data[j] == '"') pd_append_byte(out, '"');
            pd_append_byte(out, fields[i].data[j]);
        }
        pd_append_byte(out, '"');
    }
    pd_append_byte(out, '\n');
}

/* Reads all rows and writes them to out in one form; false when the reader refused. */
static bool rewrite(struct pd_text content, struct pd_buffer *out)
{
    struct pd_delimited reader = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    enum padan_status status = pd_delimited_open(&reader, content, ',', "fuzz", &error);
    if (status == PADAN_OK) write_row(out, reader.header, reader.n_header);
    bool more = status == PADAN_OK;
    while (more) {
        status = pd_delimited_next(&reader, &more, &error);
        if (status != PADAN_OK) break;
        if (more) write_row(out, reader.fields, reader.n_fields);
    }
    assert(status == PADAN_OK || error.message[0] != '\0');
    pd_delimited_reset(&reader);
    return status == PADAN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pd_buffer once = { 0 }, twice = { 0 };
    if (rewrite((struct pd_text){ (const char *)data, size }, &once)) {
        const bool again = rewrite((struct pd_text){ once.data, once.length }, &twice);
        assert(again && once.length == twice.length);
        assert(once.length == 0 || memcmp(once.data, twice.data, once.length) == 0);
        (void)again;
    }
    pd_buffer_reset(&twice);
    pd_buffer_reset(&once);
    return 0;
}
