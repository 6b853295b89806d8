/* SPDX-License-Identifier: MIT
 * Arithmetic on region codes and their translation between editions and codings. */
#include "indonesia/region.h"

#include "base/digits.h"
#include "base/hash.h"

enum pd_region_level pd_region_level(uint64_t code)
{
    if (code >= 10 && code < 100) return PD_REGION_PROVINCE;
    if (code >= 1000 && code < 10000) return PD_REGION_REGENCY;
    if (code >= 100000 && code < 1000000) return PD_REGION_DISTRICT;
    if (code >= UINT64_C(1000000000) && code < UINT64_C(10000000000)) return PD_REGION_VILLAGE;
    return PD_REGION_NONE;
}

uint64_t pd_region_parent(uint64_t code)
{
    switch (pd_region_level(code)) {
    case PD_REGION_VILLAGE: return code / 10000;
    case PD_REGION_DISTRICT:
    case PD_REGION_REGENCY: return code / 100;
    case PD_REGION_PROVINCE:
    case PD_REGION_NONE: break;
    }
    return 0;
}

uint64_t pd_region_at_level(uint64_t code, enum pd_region_level level)
{
    while (pd_region_level(code) > level) code = pd_region_parent(code);
    return pd_region_level(code) == level ? code : 0;
}

const struct pd_region *pd_region_find(const struct pd_region_index *index, uint64_t code)
{
    if (code == 0) return NULL;
    size_t slot = pd_mix64(code) & (index->n_code_slots - 1);
    for (; index->by_code[slot] != 0; slot = (slot + 1) & (index->n_code_slots - 1)) {
        const struct pd_region *region = &index->regions[index->by_code[slot] - 1];
        if (region->code == code) return region;
    }
    return NULL;
}

uint64_t pd_region_code_of_text(struct pd_text text)
{
    text = pd_text_trim(text);
    size_t n_dots = 0;
    for (size_t i = 0; i < text.length; i++) n_dots += text.data[i] == '.';
    const bool is_float = n_dots == 1 && text.length > 2 && memcmp(text.data + text.length - 2, ".0", 2) == 0;
    if (is_float) text.length -= 2;
    uint64_t code = 0;
    size_t n_digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char byte = text.data[i];
        if (byte >= '0' && byte <= '9') {
            if (++n_digits > PD_REGION_DIGITS_MAX) return 0;
            code = code * 10 + (uint64_t)(byte - '0');
        } else if (byte != '.' && byte != ' ' && byte != '\'' && byte != '-' && byte != '"') {
            return 0;
        }
    }
    return code;
}

static uint64_t changed(const struct pd_region_change *changes, size_t n_changes, uint64_t from)
{
    size_t low = 0;
    size_t high = n_changes;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (changes[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n_changes && changes[low].from == from ? changes[low].to : 0;
}

/* A village under the new code of its district keeps its own four digits, where such a village exists. */
static uint64_t moved_village(const struct pd_region_index *index, uint64_t village)
{
    const uint64_t district = changed(index->old, index->n_old, village / 10000);
    if (pd_region_level(district) != PD_REGION_DISTRICT) return 0;
    const uint64_t moved = district * 10000 + village % 10000;
    return pd_region_find(index, moved) != NULL ? moved : 0;
}

uint64_t pd_region_modern(const struct pd_region_index *index, uint64_t code, bool *was_old)
{
    if (was_old != NULL) *was_old = false;
    for (; pd_region_level(code) != PD_REGION_NONE; code = pd_region_parent(code)) {
        if (pd_region_find(index, code) != NULL) return code;
        const bool village = pd_region_level(code) == PD_REGION_VILLAGE;
        const uint64_t to = village ? moved_village(index, code) : changed(index->old, index->n_old, code);
        if (to == 0) continue;
        if (was_old != NULL) *was_old = true;
        return to;
    }
    return 0;
}

/* Kemendagri province of a BPS province code (91..97 differ [s:bps-dagri]); other codes are returned as they are. */
static unsigned province_of_bps(unsigned province)
{
    switch (province) {
    case 91: return 92; /* Papua Barat */
    case 92: return 96; /* Papua Barat Daya */
    case 94: return 91; /* Papua */
    case 95: return 93; /* Papua Selatan */
    case 96: return 94; /* Papua Tengah */
    case 97: return 95; /* Papua Pegunungan */
    default: return province;
    }
}

/* The listed BPS regency or district a code lies in; *listed tells whether it is the finest possible. */
static uint64_t bps_target(const struct pd_region_index *index, uint64_t code, bool *listed)
{
    *listed = true;
    if (code >= UINT64_C(1000000000) && code < UINT64_C(10000000000)) code /= 1000;
    if (code >= 1000000 && code < 10000000) {
        const uint64_t district = changed(index->bps, index->n_bps, code);
        if (district != 0) return district;
        *listed = false;
        code /= 1000;
    }
    if (code >= 1000 && code < 10000) {
        const uint64_t regency = changed(index->bps, index->n_bps, code);
        if (regency != 0) return regency;
        code /= 100;
    }
    *listed = false;
    return code >= 10 && code < 100 ? province_of_bps((unsigned)code) : 0;
}

uint64_t pd_region_of_bps(const struct pd_region_index *index, uint64_t code)
{
    bool listed = false;
    return pd_region_modern(index, bps_target(index, code, &listed), NULL);
}

bool pd_region_is_bps(const struct pd_region_index *index, uint64_t code)
{
    bool listed = false;
    return bps_target(index, code, &listed) != 0 && listed;
}

/* "32.01.01" of six digits. */
static void put_three_pairs(char to[8], uint32_t six_digits)
{
    const uint64_t digits = pd_eight_digits(six_digits) >> 16;
    const uint64_t parted = (digits & 0xffff) | (digits & 0xffff0000) << 8 | (digits & 0xffff00000000) << 16;
    uint64_t text = parted + UINT64_C(0x30302e30302e3030);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    text = __builtin_bswap64(text);
#endif
    memcpy(to, &text, sizeof text);
}

/* The first three levels are written as of six digits, of which those of the code's own count. */
char *pd_region_put_dotted(char *to, uint64_t code)
{
    static const struct {
        uint32_t scale;
        uint8_t length;
    } levels[] = {
        [PD_REGION_PROVINCE] = { 10000, 2 }, [PD_REGION_REGENCY] = { 100, 5 }, [PD_REGION_DISTRICT] = { 1, 8 }
    };
    const enum pd_region_level level = pd_region_level(code);
    if (level == PD_REGION_NONE) return to;
    if (level != PD_REGION_VILLAGE) {
        put_three_pairs(to, (uint32_t)code * levels[level].scale);
        return to + levels[level].length;
    }
    put_three_pairs(to, (uint32_t)(code / 10000));
    to[8] = '.';
    return pd_put_few_digits(to + 9, (uint32_t)(code % 10000), 4);
}

void pd_region_append_dotted(struct pd_buffer *buffer, uint64_t code)
{
    char *to = pd_buffer_room(buffer, PD_NUMBER_ROOM);
    if (to != NULL) buffer->length += (size_t)(pd_region_put_dotted(to, code) - to);
}
