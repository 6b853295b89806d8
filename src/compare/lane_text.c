/* SPDX-License-Identifier: MIT
 * Making a text ready for lanes: about 20 instructions for its planes, the rest for its signature. */
#include "compare/lanes.h"

#include "base/memory.h"
#include "compare/byte_rows.h"

_Static_assert(sizeof(struct pd_lane_head) == 16, "heads are loaded as 16 bytes");

enum padan_status pd_lane_texts_init(struct pd_lane_texts *texts, size_t n, struct padan_error *error)
{
    *texts = (struct pd_lane_texts){ NULL, NULL, NULL };
    PD_TRY(pd_allocate_array(&texts->heads, n, sizeof *texts->heads, error));
    PD_TRY(pd_allocate_array(&texts->planes, n, sizeof *texts->planes, error));
    return pd_allocate_array(&texts->texts, n, sizeof *texts->texts, error);
}

void pd_lane_texts_reset(struct pd_lane_texts *texts)
{
    pd_free(texts->heads);
    pd_free(texts->planes);
    pd_free(texts->texts);
    *texts = (struct pd_lane_texts){ NULL, NULL, NULL };
}

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

static uint8_t alphabets_of(const uint32_t p[PD_LANE_PLANES], size_t length)
{
    const uint32_t valid = (uint32_t)pd_low_bits(length), low = p[0] | p[1] | p[2] | p[3] | p[4];
    const uint32_t last = p[0] & p[1] & p[2] & p[3] & p[4]; /* all low bits set */
    const uint32_t ascii = ~p[7] & ~last, punctuation = ascii & ~p[6] & p[5], blank = punctuation & ~low;
    const uint32_t upper = ascii & p[6] & ~p[5], lower = ascii & p[6] & p[5] & low;
    uint8_t alphabets = 0;
    if ((valid & ~(blank | (upper & low))) == 0) alphabets |= PD_ALPHABET_UPPER;
    if ((valid & ~(blank | lower)) == 0) alphabets |= PD_ALPHABET_LOWER;
    if ((valid & ~punctuation) == 0) alphabets |= PD_ALPHABET_DIGITS;
    if ((valid & ~(punctuation | upper)) == 0) alphabets |= PD_ALPHABET_CAPITAL;
    if ((valid & ~(blank | upper | lower)) == 0) alphabets |= PD_ALPHABET_LETTERS;
    if ((valid & last & p[5] & p[6] & p[7]) == 0) alphabets |= PD_ALPHABET_BYTES;
    return alphabets;
}

static struct pd_lane_head head_of(struct pd_text text)
{
    if (text.length > PD_LANE_TEXT_MAX)
        return (struct pd_lane_head){ .signature = UINT64_MAX, .length_class = PD_LANE_TEXT_MAX + 1 };
    const struct pd_signature signature = pd_signature_of(text);
    return (struct pd_lane_head){ .signature = signature.bits,
                                  .length_class = (uint8_t)text.length,
                                  .room = (uint8_t)(UINT8_MAX - signature.overflow) };
}

void pd_lane_head_make(struct pd_lane_texts *texts, size_t i, struct pd_text text)
{
    struct pd_lane_head head = head_of(text);
    if (text.length > 0) memcpy(&head.start, text.data, text.length < 4 ? text.length : 4);
    texts->heads[i] = head;
    texts->texts[i] = text;
}

void pd_lane_planes_make(struct pd_lane_texts *texts, size_t i)
{
    const struct pd_text text = texts->texts[i];
    struct pd_lane_head *const head = &texts->heads[i];
    uint32_t *const planes = texts->planes[i].plane;
    head->has_planes = 1;
    if (text.length == 0 || text.length > PD_LANE_TEXT_MAX) return;
    make_planes(text, planes);
    head->alphabets = alphabets_of(planes, text.length);
}

void pd_lane_text_make(struct pd_lane_texts *texts, size_t i, struct pd_text text)
{
    pd_lane_head_make(texts, i, text);
    pd_lane_planes_make(texts, i);
}
