/* SPDX-License-Identifier: MIT */
#include "base/utf16.h"

enum { HIGH_SURROGATES = 0xd800, LOW_SURROGATES = 0xdc00, AFTER_SURROGATES = 0xe000, REPLACEMENT = 0xfffd };

bool pd_utf16_is_marked(const char *bytes, size_t n)
{
    return n >= PD_UTF16_MARK && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}

void pd_utf16_start(struct pd_utf16 *state, const char *mark)
{
    *state = (struct pd_utf16){ .high_byte_first = (unsigned char)mark[0] == 0xfe };
}

/* One unit after what was held back; returns the bytes made. */
static size_t take_unit(struct pd_utf16 *state, uint16_t unit, char *out)
{
    const uint32_t first = state->surrogate;
    state->surrogate = 0;
    const bool is_second = unit >= LOW_SURROGATES && unit < AFTER_SURROGATES;
    if (first != 0 && is_second)
        return pd_text_put_code_point(out, 0x10000 + ((first - HIGH_SURROGATES) << 10) + (unit - LOW_SURROGATES));
    const size_t made = first != 0 ? pd_text_put_code_point(out, REPLACEMENT) : 0;
    if (unit >= HIGH_SURROGATES && unit < LOW_SURROGATES) {
        state->surrogate = unit;
        return made;
    }
    return made + pd_text_put_code_point(out + made, is_second ? REPLACEMENT : unit);
}

size_t pd_utf16_decode(struct pd_utf16 *state, const char *in, size_t n, size_t *used, char *out, size_t room)
{
    const unsigned char *bytes = (const unsigned char *)in;
    const size_t high = state->high_byte_first ? 0 : 1;
    size_t made = 0;
    size_t i = 0;
    for (; n - i >= 2 && room - made >= PD_UTF16_ROOM; i += 2)
        made += take_unit(state, (uint16_t)(bytes[i + high] << 8 | bytes[i + 1 - high]), out + made);
    *used = i;
    return made;
}

size_t pd_utf16_end(struct pd_utf16 *state, char *out)
{
    if (state->surrogate == 0) return 0;
    state->surrogate = 0;
    return pd_text_put_code_point(out, REPLACEMENT);
}
