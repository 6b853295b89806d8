/* SPDX-License-Identifier: MIT
 * Texts are UTF-8 and counted in code points; bytes that are no UTF-8 count as they come. Results are parts of their
 * arguments where they can be. */
#include "expression/accents.h"
#include "expression/builtin.h"
#include "expression/letter_case.h"

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

int64_t pd_text_length(struct pd_text text)
{
    int64_t length = 0;
    for (size_t i = 0; i < text.length; i++) length += !continues(text.data[i]);
    return length;
}

/* Where the character that begins at a byte of the text ends. */
static size_t character_end(struct pd_text text, size_t begin)
{
    size_t end = begin + 1;
    while (end < text.length && continues(text.data[end])) end++;
    return end;
}

/* Byte at which code point number `index` (from 0) begins. */
static size_t byte_of(struct pd_text text, int64_t index)
{
    size_t position = 0;
    for (; position < text.length && index > 0; index--) position = character_end(text, position);
    return position;
}

struct pd_text pd_text_characters(struct pd_text text, int64_t start, int64_t length)
{
    enum { FAR = 1 << 30 };
    if (start > FAR) start = FAR;
    if (start < -FAR) start = -FAR;
    if (length > FAR) length = FAR;
    if (length < -FAR) length = -FAR;
    int64_t begin = start - 1;
    if (start < 0) begin = pd_text_length(text) + start;
    int64_t end = begin + length;
    if (length < 0) {
        end = begin;
        begin = begin + length;
    }
    if (begin < 0) begin = 0;
    if (end <= begin) return (struct pd_text){ text.data, 0 };
    const size_t first = byte_of(text, begin);
    const struct pd_text rest = pd_text_slice(text, first, text.length);
    return pd_text_slice(rest, 0, byte_of(rest, end - begin));
}

static struct pd_value with_case(struct pd_text text, unsigned (*letter)(unsigned), struct pd_evaluator *evaluator)
{
    char *out = pd_evaluator_room(evaluator, text.length + text.length / 2);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    return pd_value_text((struct pd_text){ out, pd_letters_put(text, letter, out) });
}

struct pd_value pd_call_lower(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call;
    return with_case(arguments[0].text, pd_letter_small, evaluator);
}

struct pd_value pd_call_upper(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call;
    return with_case(arguments[0].text, pd_letter_capital, evaluator);
}

struct pd_value pd_call_strip_accents(const struct pd_expression *call, const struct pd_value *arguments,
                                      struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_text text = arguments[0].text;
    char *out = pd_evaluator_room(evaluator, text.length);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    return pd_value_text((struct pd_text){ out, pd_accents_strip(text, out) });
}

static bool holds(struct pd_text set, struct pd_text character)
{
    for (size_t begin = 0, end = 0; begin < set.length; begin = end) {
        end = character_end(set, begin);
        if (pd_text_equal(pd_text_slice(set, begin, end), character)) return true;
    }
    return false;
}

/* Takes the characters of `set` (blanks unless said) from the ends. */
static struct pd_value trimmed(const struct pd_expression *call, const struct pd_value *arguments, bool left,
                               bool right)
{
    const struct pd_text text = arguments[0].text;
    const struct pd_text set = call->n_children > 1 ? arguments[1].text : PD_TEXT(" ");
    size_t begin = 0;
    size_t end = text.length;
    while (left && begin < end) {
        const size_t next = character_end(text, begin);
        if (!holds(set, pd_text_slice(text, begin, next))) break;
        begin = next;
    }
    while (right && begin < end) {
        size_t last = end - 1;
        while (last > begin && continues(text.data[last])) last--;
        if (!holds(set, pd_text_slice(text, last, end))) break;
        end = last;
    }
    return pd_value_text(pd_text_slice(text, begin, end));
}

struct pd_value pd_call_trim(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return trimmed(call, arguments, true, true);
}

struct pd_value pd_call_ltrim(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return trimmed(call, arguments, true, false);
}

struct pd_value pd_call_rtrim(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return trimmed(call, arguments, false, true);
}

struct pd_value pd_call_length(const struct pd_expression *call, const struct pd_value *arguments,
                               struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    if (arguments[0].type != PD_TYPE_TEXT) return pd_value_int((int64_t)arguments[0].list.n_items);
    return pd_value_int(pd_text_length(arguments[0].text));
}

struct pd_value pd_call_strlen(const struct pd_expression *call, const struct pd_value *arguments,
                               struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int((int64_t)arguments[0].text.length);
}

struct pd_value pd_call_substr(const struct pd_expression *call, const struct pd_value *arguments,
                               struct pd_evaluator *evaluator)
{
    (void)evaluator;
    const struct pd_text text = arguments[0].text;
    const int64_t length = call->n_children > 2 ? arguments[2].integer : INT64_MAX;
    return pd_value_text(pd_text_characters(text, arguments[1].integer, length));
}

/* A negative count leaves so many out at the other end. */
struct pd_value pd_call_left(const struct pd_expression *call, const struct pd_value *arguments,
                             struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const struct pd_text text = arguments[0].text;
    int64_t count = arguments[1].integer;
    if (count < 0) count += pd_text_length(text);
    return pd_value_text(pd_text_characters(text, 1, count < 0 ? 0 : count));
}

struct pd_value pd_call_right(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const struct pd_text text = arguments[0].text;
    const int64_t length = pd_text_length(text);
    int64_t count = arguments[1].integer;
    if (count < 0) count = count < -length ? 0 : count + length;
    if (count > length) count = length;
    return pd_value_text(pd_text_characters(text, length - count + 1, count));
}

/* First place of part in text from `from` on; text.length when there is none. An empty part is nowhere. */
static size_t find(struct pd_text text, struct pd_text part, size_t from)
{
    if (part.length == 0 || from >= text.length) return text.length;
    const char *found = memmem(text.data + from, text.length - from, part.data, part.length);
    return found == NULL ? text.length : (size_t)(found - text.data);
}

struct pd_text pd_text_part(struct pd_text text, char separator, int64_t part)
{
    size_t begin = 0, end = text.length;
    if (part > 0) {
        for (size_t i = 0; i <= text.length; i++) {
            if (i < text.length && text.data[i] != separator) continue;
            if (--part == 0) return pd_text_slice(text, begin, i);
            begin = i + 1;
        }
        return (struct pd_text){ text.data, 0 };
    }
    for (size_t i = text.length + 1; i > 0; i--) {
        if (i > 1 && text.data[i - 2] != separator) continue;
        if (++part == 0) return pd_text_slice(text, i - 1, end);
        end = i > 1 ? i - 2 : 0;
    }
    return (struct pd_text){ text.data, 0 };
}

/* An empty separator cuts between all characters. */
struct pd_value pd_call_split_part(const struct pd_expression *call, const struct pd_value *arguments,
                                   struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const struct pd_text text = arguments[0].text;
    const struct pd_text separator = arguments[1].text;
    int64_t part = arguments[2].integer;
    if (part == 0) return pd_value_text((struct pd_text){ text.data, 0 });
    if (separator.length == 0) return pd_value_text(pd_text_characters(text, part, 1));
    if (separator.length == 1) return pd_value_text(pd_text_part(text, separator.data[0], part));
    int64_t n_parts = 1;
    for (size_t at = find(text, separator, 0); at < text.length; at = find(text, separator, at + separator.length))
        n_parts++;
    if (part < 0) part += n_parts + 1;
    size_t begin = 0;
    for (int64_t i = 1; i <= n_parts; i++) {
        const size_t end = find(text, separator, begin);
        if (i == part) return pd_value_text(pd_text_slice(text, begin, end));
        begin = end + separator.length;
    }
    return pd_value_text((struct pd_text){ text.data, 0 });
}

struct pd_value pd_values_joined(const struct pd_value *values, size_t n, struct pd_text between,
                                 struct pd_evaluator *evaluator)
{
    size_t length = 0;
    struct pd_value *texts = pd_evaluator_room(evaluator, n * sizeof *texts);
    if (texts == NULL) return pd_value_null(PD_TYPE_TEXT);
    for (size_t i = 0; i < n; i++) {
        texts[i] = pd_value_cast(values[i], PD_TYPE_TEXT, evaluator);
        if (!texts[i].null) length += texts[i].text.length + between.length;
    }
    char *out = pd_evaluator_room(evaluator, length);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    size_t end = 0;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (texts[i].null) continue;
        if (any && between.length > 0) memcpy(out + end, between.data, between.length);
        if (any) end += between.length;
        if (texts[i].text.length > 0) memcpy(out + end, texts[i].text.data, texts[i].text.length);
        end += texts[i].text.length;
        any = true;
    }
    return pd_value_text((struct pd_text){ out, end });
}

struct pd_value pd_call_concat(const struct pd_expression *call, const struct pd_value *arguments,
                               struct pd_evaluator *evaluator)
{
    return pd_values_joined(arguments, call->n_children, PD_TEXT(""), evaluator);
}

struct pd_value pd_call_concat_ws(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    if (arguments[0].null) return pd_value_null(PD_TYPE_TEXT);
    return pd_values_joined(arguments + 1, call->n_children - 1, arguments[0].text, evaluator);
}

struct pd_value pd_call_replace(const struct pd_expression *call, const struct pd_value *arguments,
                                struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_text text = arguments[0].text;
    const struct pd_text from = arguments[1].text;
    const struct pd_text to = arguments[2].text;
    size_t count = 0;
    for (size_t at = find(text, from, 0); at < text.length; at = find(text, from, at + from.length)) count++;
    if (count == 0) return arguments[0];
    char *out = pd_evaluator_room(evaluator, text.length + count * to.length);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    size_t end = 0;
    size_t begin = 0;
    while (begin < text.length) {
        const size_t at = find(text, from, begin);
        memcpy(out + end, text.data + begin, at - begin);
        end += at - begin;
        if (at == text.length) break;
        if (to.length > 0) memcpy(out + end, to.data, to.length);
        end += to.length;
        begin = at + from.length;
    }
    return pd_value_text((struct pd_text){ out, end });
}

struct pd_value pd_call_reverse(const struct pd_expression *call, const struct pd_value *arguments,
                                struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_text text = arguments[0].text;
    char *out = pd_evaluator_room(evaluator, text.length);
    if (out == NULL) return pd_value_null(PD_TYPE_TEXT);
    size_t begin = 0;
    while (begin < text.length) {
        const size_t end = character_end(text, begin);
        memcpy(out + text.length - end, text.data + begin, end - begin);
        begin = end;
    }
    return pd_value_text((struct pd_text){ out, text.length });
}

struct pd_value pd_call_starts_with(const struct pd_expression *call, const struct pd_value *arguments,
                                    struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_bool(arguments[1].text.length == 0 || pd_text_starts(arguments[0].text, arguments[1].text));
}

struct pd_value pd_call_ends_with(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const struct pd_text text = arguments[0].text;
    const struct pd_text ending = arguments[1].text;
    if (ending.length > text.length) return pd_value_bool(false);
    return pd_value_bool(pd_text_equal(pd_text_slice(text, text.length - ending.length, text.length), ending));
}

struct pd_value pd_call_contains(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    if (arguments[0].type != PD_TYPE_TEXT) return pd_call_list_contains(call, arguments, evaluator);
    const struct pd_text text = arguments[0].text;
    return pd_value_bool(arguments[1].text.length == 0 || find(text, arguments[1].text, 0) < text.length);
}

struct pd_value pd_call_instr(const struct pd_expression *call, const struct pd_value *arguments,
                              struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    const struct pd_text text = arguments[0].text;
    if (arguments[1].text.length == 0) return pd_value_int(1);
    const size_t at = find(text, arguments[1].text, 0);
    if (at == text.length) return pd_value_int(0);
    return pd_value_int(pd_text_length(pd_text_slice(text, 0, at)) + 1);
}
