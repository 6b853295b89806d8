/* SPDX-License-Identifier: MIT */
#include "model/own_keys.h"

static const struct pd_text MARK = { "padan:{", 7 };

void pd_own_keys_part(struct pd_text description, struct pd_text *words, struct pd_text *object)
{
    *words = description;
    *object = PD_TEXT("");
    for (size_t at = 0; at + MARK.length <= description.length; at++) {
        if (!pd_text_starts(pd_text_slice(description, at, description.length), MARK)) continue;
        *words = pd_text_trim(pd_text_slice(description, 0, at));
        *object = pd_text_slice(description, at + MARK.length - 1, description.length);
        return;
    }
}

void pd_own_keys_append(struct pd_text words, struct pd_text keys, struct pd_buffer *out)
{
    bool at_start = true, in_text = false, escaped = false;
    pd_append_text(out, words);
    if (words.length > 0) pd_append_byte(out, ' ');
    pd_append_text(out, MARK);
    for (size_t i = 0; i < keys.length; i++) {
        const char byte = keys.data[i];
        const bool blank = byte == '\n' || byte == ' ';
        if (byte == '"' && !escaped) in_text = !in_text;
        escaped = byte == '\\' && !escaped;
        if (at_start && (blank || byte == ',')) continue;
        at_start = false;
        if (in_text || !blank) pd_append_byte(out, byte);
    }
    pd_append_byte(out, '}');
}
