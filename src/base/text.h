/* SPDX-License-Identifier: MIT
 * A borrowed run of bytes: never NUL-terminated by promise, never owned. */
#ifndef PD_BASE_TEXT_H
#define PD_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pd_text {
    const char *data;
    size_t length;
};

/* The text of a string literal. */
#define PD_TEXT(literal) ((struct pd_text){ (literal), sizeof(literal) - 1 })
/* printf arguments for "%.*s". */
#define PD_TEXT_ARGS(text) (int)(text).length, (text).data

static inline struct pd_text pd_text_of(const char *string)
{
    return (struct pd_text){ string, string == NULL ? 0 : strlen(string) };
}

static inline bool pd_text_equal(struct pd_text a, struct pd_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Equal when ASCII letters are folded. */
bool pd_text_equal_but_for_case(struct pd_text a, struct pd_text b);

/* Whether at most one byte differs, was lost or came in, or two neighbours changed places. */
bool pd_text_one_slip(struct pd_text a, struct pd_text b);

/* Byte order, shorter first on a common prefix: <0, 0, >0. */
static inline int pd_text_compare(struct pd_text a, struct pd_text b)
{
    const size_t common = a.length < b.length ? a.length : b.length;
    const int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) return order;
    return (a.length > b.length) - (a.length < b.length);
}

static inline bool pd_text_starts(struct pd_text text, struct pd_text prefix)
{
    return text.length >= prefix.length && memcmp(text.data, prefix.data, prefix.length) == 0;
}

static inline struct pd_text pd_text_slice(struct pd_text text, size_t begin, size_t end)
{
    if (end > text.length) end = text.length;
    if (begin > end) begin = end;
    return (struct pd_text){ begin == 0 ? text.data : text.data + begin, end - begin };
}

/* Without ASCII blanks and control bytes at both ends. */
struct pd_text pd_text_trim(struct pd_text text);

/* Without the blanks, at both ends, that word processors and web pages put into UTF-8 texts: no-break and zero-width
 * ones and the mark of a file's beginning, besides those of pd_text_trim. */
struct pd_text pd_text_trim_wide(struct pd_text text);

/* Takes the first item off a list parted by commas, blanks at both ends cut; the list goes on behind its comma. */
static inline struct pd_text pd_text_take_item(struct pd_text *list)
{
    size_t end = 0;
    while (end < list->length && list->data[end] != ',') end++;
    const struct pd_text item = pd_text_trim(pd_text_slice(*list, 0, end));
    *list = pd_text_slice(*list, end + 1, list->length);
    return item;
}

/* The text that ="..." shows, a spreadsheet's way to keep digits as they are; any other text as it is. */
struct pd_text pd_text_shown(struct pd_text text);

/* Ten digits or more and nothing else, which no header is, dates included: an identity card, a telephone. */
bool pd_text_is_long_number(struct pd_text text);

/* Equal when ASCII letters are folded and blanks, no-break ones too, '_', '-', '.' and '/' are left out: how column
 * names are compared. */
bool pd_text_same_name(struct pd_text a, struct pd_text b);

/* Length of the UTF-8 sequence at the start of a text that is not empty; 0 when there is none (Unicode 15, table 3-7).
 */
size_t pd_text_utf8_sequence(struct pd_text text);
/* Writes a code point as UTF-8, up to 4 bytes; returns how many. */
size_t pd_text_put_code_point(char *out, uint32_t code);

/* Parse a whole text as a decimal number; false when it is not exactly one (sign allowed for i64). */
bool pd_text_to_u64(struct pd_text text, uint64_t *out);
bool pd_text_to_i64(struct pd_text text, int64_t *out);
bool pd_text_to_double(struct pd_text text, double *out);

#endif
