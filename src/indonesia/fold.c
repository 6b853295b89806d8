/* SPDX-License-Identifier: MIT
 * One pass over the bytes: ASCII is folded by a comparison, everything else is decoded and looked up. Almost all cells
 * are ASCII, so the decoder is kept out of line. */
#include "indonesia/fold.h"

/* Base letters of U+00C0 .. U+017F (Unicode canonical decomposition; ligatures by their first letter). */
static const char latin[193] = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO OUUUUYTY"
                               "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLL"
                               "LLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

/* Length of the UTF-8 sequence at position and its code point; 0 when the bytes are no UTF-8. */
static size_t decode(struct pd_text text, size_t position, uint32_t *point)
{
    const unsigned char *bytes = (const unsigned char *)text.data + position;
    const size_t left = text.length - position;
    const size_t length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : bytes[0] >= 0xc2 ? 2 : 0;
    if (length == 0 || length > left || bytes[0] > 0xf4) return 0;
    *point = bytes[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) return 0;
        *point = *point << 6 | (bytes[i] & 0x3fu);
    }
    return length;
}

/* What one character beyond ASCII becomes; 0 = nothing. */
static char fold_point(uint32_t point)
{
    if (point >= 0xc0 && point <= 0x17f) return latin[point - 0xc0];
    if (point == 0xa0 || point == 0x2007 || point == 0x202f || point == 0x3000) return ' ';
    if (point >= 0x2018 && point <= 0x201b) return '\'';
    if (point == 0xb4 || point == 0x2bc || point == 0x2032) return '\'';
    if (point >= 0x201c && point <= 0x201f) return '"';
    if (point >= 0x2010 && point <= 0x2015) return '-';
    if (point >= 0xff01 && point <= 0xff5e) { /* full-width forms */
        const char plain = (char)(point - 0xff01 + '!');
        return plain >= 'a' && plain <= 'z' ? (char)(plain - 32) : plain;
    }
    return 0;
}

/* The few CP1252 bytes that are not the code point of the same number. */
static uint32_t point_of_cp1252(unsigned char byte)
{
    switch (byte) {
    case 0x91:
    case 0x92: return 0x2018;
    case 0x93:
    case 0x94: return 0x201c;
    case 0x96:
    case 0x97: return 0x2013;
    case 0x8a: return 'S' + 0u;
    case 0x8e: return 'Z' + 0u;
    default: return byte;
    }
}

static char fold_beyond_ascii(struct pd_text text, size_t *position)
{
    uint32_t point = 0;
    const size_t length = decode(text, *position, &point);
    if (length == 0) {
        point = point_of_cp1252((unsigned char)text.data[*position]);
        *position += 1;
        return point < 0x80 ? (char)point : fold_point(point);
    }
    *position += length;
    return fold_point(point);
}

size_t pd_fold(struct pd_text text, char *out, size_t capacity)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length && length < capacity;) {
        const unsigned char byte = (unsigned char)text.data[i];
        char folded;
        if (byte < 0x80) {
            i++;
            folded = (char)(byte >= 'a' && byte <= 'z' ? byte - 32 : byte < ' ' ? ' ' : byte);
        } else {
            folded = fold_beyond_ascii(text, &i);
        }
        if (folded != 0) out[length++] = folded;
    }
    return length;
}

size_t pd_fold_letters(struct pd_text text, char *out, size_t capacity)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length && length < capacity;) {
        const unsigned char byte = (unsigned char)text.data[i];
        const char folded = byte < 0x80 ? (char)(byte >= 'a' && byte <= 'z' ? byte - 32 : byte) : 0;
        const char letter = byte < 0x80 ? folded : fold_beyond_ascii(text, &i);
        if (byte < 0x80) i++;
        if ((letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')) out[length++] = letter;
    }
    return length;
}

static bool only_byte(const char *letters, size_t length, char byte)
{
    for (size_t i = 0; i < length; i++)
        if (letters[i] != byte) return false;
    return true;
}

/* Whether the first byte alone tells that a text says something: words for nothing begin with few letters. */
static bool begins_like_something(struct pd_text text)
{
    const char first = (char)(text.length > 0 ? text.data[0] & ~0x20 : 0);
    return first >= 'A' && first <= 'Z' && memchr("NTBKUX", first, 6) == NULL;
}

bool pd_is_nothing(struct pd_text text)
{
    static const struct pd_text words[] = { { "NULL", 4 },        { "NA", 2 },        { "NAN", 3 },
                                            { "NONE", 4 },        { "NIL", 3 },       { "TIDAKADA", 8 },
                                            { "TDKADA", 6 },      { "TAKADA", 6 },    { "TIDAKADADATA", 12 },
                                            { "BELUMADA", 8 },    { "BLMADA", 6 },    { "KOSONG", 6 },
                                            { "TIDAKDIISI", 10 }, { "TIDAKTAHU", 9 }, { "TIDAKDIKETAHUI", 14 },
                                            { "UNKNOWN", 7 } };
    if (text.length > 64 || begins_like_something(text)) return false;
    char letters[64];
    const size_t length = pd_fold_letters(text, letters, sizeof letters);
    if (length == 0 || only_byte(letters, length, '0')) return true;
    if (length > 1 && only_byte(letters, length, 'X')) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].length == length && memcmp(words[i].data, letters, length) == 0) return true;
    return false;
}
