/* SPDX-License-Identifier: MIT
 * Making a text ready for lanes: about 20 instructions for its planes, the rest for its signature. */
#include "compare/lanes.h"

#include "compare/byte_rows.h"

#ifdef __SSE2__
static void make_planes(struct pd_text text, uint32_t planes[PD_LANE_PLANES])
{
    __m128i low = pd_load_16(text.data, text.length, 0), high = pd_load_16(text.data, text.length, 16);
    for (int k = PD_LANE_PLANES - 1; k >= 0; k--) {
        planes[k] = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
        low = _mm_add_epi8(low, low);
        high = _mm_add_epi8(high, high);
    }
}
#else
static void make_planes(struct pd_text text, uint32_t planes[PD_LANE_PLANES])
{
    memset(planes, 0, PD_LANE_PLANES * sizeof *planes);
    for (size_t i = 0; i < text.length; i++)
        for (int k = 0; k < PD_LANE_PLANES; k++) planes[k] |= (uint32_t)((unsigned char)text.data[i] >> k & 1) << i;
}
#endif

static uint32_t alphabets_of(const uint32_t p[PD_LANE_PLANES], size_t length)
{
    const uint32_t valid = (uint32_t)pd_low_bits(length), low = p[0] | p[1] | p[2] | p[3] | p[4];
    const uint32_t ascii = ~p[7], punctuation = ascii & ~p[6] & p[5], blank = punctuation & ~low;
    const uint32_t upper = ascii & p[6] & ~p[5], lower = ascii & p[6] & p[5] & low;
    uint32_t alphabets = 0;
    if ((valid & ~(blank | (upper & low))) == 0) alphabets |= PD_ALPHABET_UPPER;
    if ((valid & ~(blank | lower)) == 0) alphabets |= PD_ALPHABET_LOWER;
    if ((valid & ~punctuation) == 0) alphabets |= PD_ALPHABET_DIGITS;
    if ((valid & ~(punctuation | upper)) == 0) alphabets |= PD_ALPHABET_CAPITAL;
    if ((valid & ~(blank | upper | lower)) == 0) alphabets |= PD_ALPHABET_LETTERS;
    return alphabets;
}

void pd_lane_text_make(struct pd_text text, struct pd_lane_text *out)
{
    const struct pd_signature signature = pd_signature_of(text);
    const bool is_long = text.length > PD_LANE_TEXT_MAX;
    *out = (struct pd_lane_text){ .signature = signature.bits,
                                  .data = text.data,
                                  .length = (uint32_t)text.length,
                                  .length_class = (uint8_t)(is_long ? PD_LANE_TEXT_MAX + 1 : text.length),
                                  .overflow = (uint8_t)(is_long ? 0 : signature.overflow) };
    if (text.length > 0) memcpy(&out->start, text.data, text.length < 4 ? text.length : 4);
    if (text.length == 0 || is_long) return;
    make_planes(text, out->planes);
    out->alphabets = (uint8_t)alphabets_of(out->planes, text.length);
}
