/* SPDX-License-Identifier: MIT
 * A row of fields written through a pointer. The functions of base/buffer.h look for room and note the length at every
 * field, each of which waits for the one before; a pen does so where the row begins and where a text comes, whose
 * length nobody knows. Fields of bounded length are written without looking: PD_PEN_ROOM bytes are free after
 * pd_pen_begin, pd_pen_text and pd_pen_csv, and no more may follow until the next of these. All is inlined, so that the
 * pointer stays in a register. After a failure to find memory writing goes on harmlessly; the buffer keeps the failure.
 */
#ifndef PD_BASE_PEN_H
#define PD_BASE_PEN_H

#include "base/buffer.h"
#include "base/digits.h"

enum { PD_PEN_ROOM = 1024, PD_NAME_BYTES = 16 };

/* What is not inlined takes a pen and returns it, for a pen whose address is known lies in memory. */
#define PD_PEN_INLINE static inline __attribute__((always_inline))

/* Two words, so that functions that are not inlined take and return it in registers: a pen of three is passed in
 * memory, written there by words and read by pairs of words, which waits until all that was stored before it has left
 * for the cache. */
struct pd_pen {
    char *at;
    struct pd_buffer *buffer;
};
_Static_assert(sizeof(struct pd_pen) <= 2 * sizeof(void *), "it fits two registers");

/* False without memory: nothing is to be written then. */
PD_PEN_INLINE bool pd_pen_begin(struct pd_pen *pen, struct pd_buffer *buffer)
{
    pen->at = pd_buffer_room(buffer, PD_PEN_ROOM);
    pen->buffer = buffer;
    return pen->at != NULL;
}

/* What was written is in the buffer; the pen may go on, within its room. */
PD_PEN_INLINE void pd_pen_end(struct pd_pen *pen)
{
    pen->buffer->length = (size_t)(pen->at - pen->buffer->data);
}

/* The place to go on at, behind which there are `length` bytes and PD_PEN_ROOM more; NULL when there is no memory. */
char *pd_pen_grow(struct pd_pen pen, size_t length);
/* Room for `length` bytes and PD_PEN_ROOM more; false when there is no memory: they are not to be written, and what
 * else is goes to the beginning of the buffer, where nobody will read it. */
PD_PEN_INLINE bool pd_pen_room(struct pd_pen *pen, size_t length)
{
    const struct pd_buffer *buffer = pen->buffer;
    if (length + PD_PEN_ROOM <= buffer->capacity - (size_t)(pen->at - buffer->data)) return true;
    char *const at = pd_pen_grow(*pen, length);
    pen->at = at == NULL ? buffer->data : at;
    return at != NULL;
}

/* Goes on behind what was appended to the buffer after pd_pen_end. */
PD_PEN_INLINE void pd_pen_resume(struct pd_pen *pen)
{
    pen->at = pen->buffer->data + pen->buffer->length;
    (void)pd_pen_room(pen, 0);
}

/* memcpy without a call for the short fields that rows are made of: two copies that may overlap. */
PD_PEN_INLINE void pd_copy_short(char *to, const char *from, size_t length)
{
    if (length > 32) {
        memcpy(to, from, length);
    } else if (length >= 16) {
        char head[16];
        char tail[16];
        memcpy(head, from, 16);
        memcpy(tail, from + length - 16, 16);
        memcpy(to, head, 16);
        memcpy(to + length - 16, tail, 16);
    } else if (length >= 8) {
        memcpy(to, from, 8);
        memcpy(to + length - 8, from + length - 8, 8);
    } else if (length >= 4) {
        memcpy(to, from, 4);
        memcpy(to + length - 4, from + length - 4, 4);
    } else if (length > 0) {
        to[0] = from[0];
        to[length / 2] = from[length / 2];
        to[length - 1] = from[length - 1];
    }
}

PD_PEN_INLINE void pd_pen_byte(struct pd_pen *pen, char byte)
{
    *pen->at++ = byte;
}

/* A text that is written out in the source. */
#define pd_pen_literal(pen, literal)                                                                                   \
    do {                                                                                                               \
        memcpy((pen)->at, "" literal, sizeof(literal) - 1);                                                            \
        (pen)->at += sizeof(literal) - 1;                                                                              \
    } while (0)

PD_PEN_INLINE void pd_pen_text(struct pd_pen *pen, struct pd_text text)
{
    if (!pd_pen_room(pen, text.length)) return;
    pd_copy_short(pen->at, text.data, text.length);
    pen->at += text.length;
}

/* A CSV field as by pd_append_csv. */
PD_PEN_INLINE void pd_pen_csv(struct pd_pen *pen, struct pd_text text)
{
    if (!pd_csv_is_quoted(text)) {
        pd_pen_text(pen, text);
        return;
    }
    pd_pen_end(pen);
    pd_append_csv_quoted(pen->buffer, text);
    pd_pen_resume(pen);
}

/* One of a list of names, in PD_NAME_BYTES with NULs behind it. */
PD_PEN_INLINE void pd_pen_name(struct pd_pen *pen, const char *name)
{
    memcpy(pen->at, name, PD_NAME_BYTES);
    pen->at += strnlen(name, PD_NAME_BYTES);
}

PD_PEN_INLINE void pd_pen_u64(struct pd_pen *pen, uint64_t value)
{
    pen->at = pd_put_u64(pen->at, value);
}

PD_PEN_INLINE void pd_pen_i64(struct pd_pen *pen, int64_t value)
{
    pen->at = pd_put_i64(pen->at, value);
}

PD_PEN_INLINE void pd_pen_digits(struct pd_pen *pen, uint64_t value, unsigned width)
{
    pen->at = pd_put_digits(pen->at, value, width);
}

/* Rounded half away from zero; |value| 10^decimals < 9 10^18, decimals <= 9. */
PD_PEN_INLINE void pd_pen_double(struct pd_pen *pen, double value, unsigned decimals)
{
    pen->at = pd_put_double(pen->at, value, decimals);
}

PD_PEN_INLINE void pd_pen_fixed(struct pd_pen *pen, int64_t value, unsigned decimals)
{
    pen->at = pd_put_fixed(pen->at, value, decimals);
}

#endif
