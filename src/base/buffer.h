/* SPDX-License-Identifier: MIT
 * A growable run of bytes and the fast formatting of rows into it. Appending never fails visibly: the first
 * failure is kept in `status`, later appends do nothing, and the owner checks once at the end (pd_buffer_status). */
#ifndef PD_BASE_BUFFER_H
#define PD_BASE_BUFFER_H

#include "base/status.h"
#include "base/text.h"

struct pd_buffer {
    char *data;
    size_t length;
    size_t capacity;
    enum padan_status status;
};

void pd_buffer_reset(struct pd_buffer *buffer); /* frees; the buffer is empty and usable again. {0} is empty too. */
void pd_buffer_clear(struct pd_buffer *buffer); /* keeps the memory */
PADAN_MUST_CHECK enum padan_status pd_buffer_status(const struct pd_buffer *buffer, struct padan_error *error);

/* Room for `bytes` more at the end, or NULL after a failure; the caller then adds to length. */
char *pd_buffer_reserve(struct pd_buffer *buffer, size_t bytes);

/* The same with the usual case inlined. */
static inline char *pd_buffer_room(struct pd_buffer *buffer, size_t bytes)
{
    const bool fits = buffer->capacity - buffer->length >= bytes && buffer->capacity > 0;
    return fits && buffer->status == PADAN_OK ? buffer->data + buffer->length : pd_buffer_reserve(buffer, bytes);
}

void pd_append_some(struct pd_buffer *buffer, const void *bytes, size_t length);

/* Texts that are written out in the source have a length the compiler knows: a store or two. */
static inline void pd_append_bytes(struct pd_buffer *buffer, const void *bytes, size_t length)
{
    if (!__builtin_constant_p(length)) {
        pd_append_some(buffer, bytes, length);
        return;
    }
    char *to = length == 0 ? NULL : pd_buffer_room(buffer, length);
    if (to == NULL) return;
    memcpy(to, bytes, length);
    buffer->length += length;
}

static inline void pd_append_byte(struct pd_buffer *buffer, char byte)
{
    char *to = pd_buffer_room(buffer, 1);
    if (to == NULL) return;
    *to = byte;
    buffer->length++;
}

static inline void pd_append_text(struct pd_buffer *buffer, struct pd_text text)
{
    pd_append_bytes(buffer, text.data, text.length);
}

static inline void pd_append_string(struct pd_buffer *buffer, const char *string)
{
    pd_append_bytes(buffer, string, strlen(string)); /* counted by the compiler where the string is written out */
}

void pd_append_u64(struct pd_buffer *buffer, uint64_t value);
void pd_append_i64(struct pd_buffer *buffer, int64_t value);
/* Exactly `width` digits with leading zeros (width <= 20). */
void pd_append_digits(struct pd_buffer *buffer, uint64_t value, unsigned width);
/* value / 10^decimals, e.g. (12345, 2) -> 123.45; decimals <= 18. */
void pd_append_fixed(struct pd_buffer *buffer, int64_t value, unsigned decimals);
/* Rounded half away from zero to `decimals` (<= 9) places; "" for NaN. */
void pd_append_double(struct pd_buffer *buffer, double value, unsigned decimals);
/* The shortest text that reads back as the same double, which is finite. */
void pd_append_exact(struct pd_buffer *buffer, double value);
/* ISO date of a day number (base/date.h); "" for PD_DATE_NONE. */
void pd_append_date(struct pd_buffer *buffer, int32_t day);
/* A CSV field, quoted only when it must be (comma, quote, CR, LF, or an empty-looking leading/trailing blank). */
void pd_append_csv(struct pd_buffer *buffer, struct pd_text text);
/* The same with quotes in any case. */
void pd_append_csv_quoted(struct pd_buffer *buffer, struct pd_text text);
/* Whether that field is quoted. */
bool pd_csv_is_quoted(struct pd_text text);
/* One CSV field of two texts with a byte between them. */
void pd_append_csv_joined(struct pd_buffer *buffer, struct pd_text a, char between, struct pd_text b);
/* The same for a field of a file with another delimiter. */
void pd_append_csv_delimited(struct pd_buffer *buffer, struct pd_text text, char delimiter);
/* A text of a file that is UTF-8: bytes that are not, as names of files may have, become %XX,
 * which keeps apart what U+FFFD would make equal. */
void pd_append_utf8(struct pd_buffer *buffer, struct pd_text text);
/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void pd_append_json(struct pd_buffer *buffer, struct pd_text text);
/* Text for HTML content or attribute values. */
void pd_append_html(struct pd_buffer *buffer, struct pd_text text);
void pd_append_format(struct pd_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
