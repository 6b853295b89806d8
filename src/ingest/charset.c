/* SPDX-License-Identifier: MIT
 * Windows-1252 to UTF-8, field by field: a field that is valid UTF-8 is left alone, so files glued together from both
 * worlds come out right. A Windows-1252 text that happens to be valid UTF-8 needs pairs such as "Ã©" and is not met in
 * names. */
#include "ingest/layout.h"

/* Code points of bytes 0x80-0x9F; the five that Windows leaves undefined become U+FFFD. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

const char *pd_charset_name(enum pd_charset charset)
{
    static const char *const names[] = { [PD_CHARSET_DETECT] = "utf-8",
                                         [PD_CHARSET_UTF8] = "utf-8",
                                         [PD_CHARSET_CP1252] = "cp1252",
                                         [PD_CHARSET_UTF16] = "utf-16" };
    return names[charset];
}

static bool is_utf8(struct pd_text text)
{
    for (size_t i = 0; i < text.length;) {
        const size_t length = pd_text_utf8_sequence((struct pd_text){ text.data + i, text.length - i });
        if (length == 0) return false;
        i += length;
    }
    return true;
}

enum padan_status pd_charset_convert(struct pd_text *text, bool force, struct pd_arena *arena, bool *converted,
                                     struct padan_error *error)
{
    bool ascii = true;
    for (size_t i = 0; i < text->length && ascii; i++) ascii = (unsigned char)text->data[i] < 0x80;
    if (ascii || (!force && is_utf8(*text))) return PADAN_OK;
    char *out = NULL;
    PD_TRY(pd_arena_allocate(arena, &out, text->length * 3 + 1, error));
    size_t length = 0;
    for (size_t i = 0; i < text->length; i++) {
        const unsigned char byte = (unsigned char)text->data[i];
        length += pd_text_put_code_point(out + length, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
    }
    *text = (struct pd_text){ out, length };
    *converted = true;
    return PADAN_OK;
}

enum padan_status pd_field_ready(struct pd_field *field, bool high, enum pd_charset charset, struct pd_arena *arena,
                                 bool *converted, struct padan_error *error)
{
    if (field->raw) PD_TRY(pd_field_unquote(field, arena, error));
    if (!high) return PADAN_OK;
    struct pd_text text = { field->data, field->length };
    PD_TRY(pd_charset_convert(&text, charset == PD_CHARSET_CP1252, arena, converted, error));
    text = pd_text_trim_wide(text);
    *field = (struct pd_field){ text.data, (uint32_t)text.length, false };
    return PADAN_OK;
}
