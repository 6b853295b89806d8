/* SPDX-License-Identifier: MIT
 * The record store: all sources one after another, column by column. A record id is the position (u32) in this order,
 * so records of one source are one half-open range, in job order of sources, then file, then row.
 *
 * Encodings follow the content, not the meaning. In each of them NULL is the word 0 (PD_NULL_INT for numbers), and
 * equality of two values of one column is equality of two words (pd_column_word). Without PD_ENCODING_:
 *
 *   CODE             u32       code in the column's dictionary (texts; lists as items joined by 0x1F)
 *   CODE8, CODE16    u8, u16   the same of columns with few distinct texts (ingest/merge.c, table/narrow.h)
 *   BY_CODE, 8, 16   u32 .. u8 the words of another column of CODE, CODE8 or CODE16; the code of the text that follows
 *                              from its text stands in `codes` (table/by_code.h)
 *   DIGITS           u64       length << 59 | number, for texts of 1..17 digits; leading zeros are kept by the
 *                              length. Texts that are not digits: 31 << 59 | dictionary code
 *   LIKE             u64       as DIGITS: the words of another column but for some records (table/like.h)
 *   INT              i64       integers, dates (day numbers), timestamps
 *   INT32            i32       integers and dates that are known to be short; INT32_MIN is NULL
 *   NUMBER8, 16, 32  u8 .. u32 integers and dates of which there are few: code of one of the column's numbers,
 *                              0 = NULL (table/narrow.h)
 *   DOUBLE           f64       NaN is NULL
 *   SMALL            u8        small non-negative integers (levels, flags, booleans), 255 is NULL */
#ifndef PD_TABLE_TABLE_H
#define PD_TABLE_TABLE_H

#include "base/arena.h"
#include "base/prefetch.h"
#include "table/dictionary.h"
#include "table/value.h"

#define PD_NULL_INT INT64_MIN
#define PD_SMALL_NULL 255

#define PD_NULL_INT32 INT32_MIN

enum pd_encoding {
    PD_ENCODING_CODE,
    PD_ENCODING_CODE8,
    PD_ENCODING_CODE16,
    PD_ENCODING_DIGITS,
    PD_ENCODING_INT,
    PD_ENCODING_INT32,
    PD_ENCODING_NUMBER8,
    PD_ENCODING_NUMBER16,
    PD_ENCODING_NUMBER32,
    PD_ENCODING_DOUBLE,
    PD_ENCODING_SMALL,
    PD_ENCODING_LIKE,    /* of columns that were DIGITS; none begins so */
    PD_ENCODING_BY_CODE, /* of columns that were CODE (pd_column_make_by_code) */
    PD_ENCODING_BY_CODE8,
    PD_ENCODING_BY_CODE16
};

struct pd_exceptions; /* table/like.h */

struct pd_column {
    struct pd_text name;
    enum pd_type type;
    enum pd_encoding encoding;
    void *words;                      /* [n_records] of the encoding's width */
    struct pd_dictionary *dictionary; /* texts of CODE and of DIGITS escapes, else NULL; may be shared by columns */
    int64_t *numbers;                 /* [n_numbers + 1] of NUMBER codes, each once; [0] is PD_NULL_INT; else NULL */
    uint32_t n_numbers;
    struct pd_exceptions *exceptions; /* of LIKE, whose words are another column's; else NULL */
    uint32_t *codes;                  /* of BY_CODE, by the code of the other column; else NULL */
    bool owns_dictionary;             /* or the numbers */
};

struct pd_source {
    struct pd_text name;
    size_t begin, end; /* record range */
    bool plain;        /* its name is known to need no quotes in a CSV field */
};

/* Records from one on, read from successive rows of a file (table/places.h). */
struct pd_place_run {
    uint32_t record, file, row;
};

struct pd_table {
    struct pd_arena arena; /* names */
    size_t n_records;
    struct pd_source *sources;
    size_t n_sources;
    struct pd_column *columns;
    size_t n_columns, columns_capacity;
    uint16_t *source_of; /* [n_records] */
    uint32_t *file_of;   /* [n_records] index into the job's list of files */
    uint32_t *row_of;    /* [n_records] row number in the file as a person counts it (header = its line, from 1) */
    struct pd_place_run *place_runs; /* [n_place_runs] instead of file_of and row_of */
    size_t n_place_runs;
};

enum { PD_DIGITS_SHIFT = 59, PD_DIGITS_ESCAPE = 31 };
#define PD_DIGITS_MASK ((UINT64_C(1) << PD_DIGITS_SHIFT) - 1)

static inline size_t pd_encoding_width(enum pd_encoding encoding)
{
    switch (encoding) {
    case PD_ENCODING_CODE:
    case PD_ENCODING_BY_CODE:
    case PD_ENCODING_NUMBER32:
    case PD_ENCODING_INT32: return 4;
    case PD_ENCODING_CODE16:
    case PD_ENCODING_BY_CODE16:
    case PD_ENCODING_NUMBER16: return 2;
    case PD_ENCODING_CODE8:
    case PD_ENCODING_BY_CODE8:
    case PD_ENCODING_NUMBER8:
    case PD_ENCODING_SMALL: return 1;
    case PD_ENCODING_DIGITS:
    case PD_ENCODING_LIKE:
    case PD_ENCODING_INT:
    case PD_ENCODING_DOUBLE: break;
    }
    return 8;
}
/* Codes of its own, of any width. */
static inline bool pd_encoding_is_own_code(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_CODE || encoding == PD_ENCODING_CODE8 || encoding == PD_ENCODING_CODE16;
}
static inline bool pd_encoding_is_by_code(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_BY_CODE || encoding == PD_ENCODING_BY_CODE8 || encoding == PD_ENCODING_BY_CODE16;
}
static inline bool pd_encoding_is_code(enum pd_encoding encoding)
{
    return pd_encoding_is_own_code(encoding) || pd_encoding_is_by_code(encoding);
}
/* Numbers as digits, of its own or another column's. */
static inline bool pd_encoding_is_digits(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_DIGITS || encoding == PD_ENCODING_LIKE;
}
/* The words are another column's, and go with that one. */
static inline bool pd_encoding_is_borrowed(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_LIKE || pd_encoding_is_by_code(encoding);
}
/* Codes of numbers. */
static inline bool pd_encoding_is_number(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_NUMBER8 || encoding == PD_ENCODING_NUMBER16 || encoding == PD_ENCODING_NUMBER32;
}
/* Integers of any width, or by code: their widened words are alike. */
static inline bool pd_encoding_is_integer(enum pd_encoding encoding)
{
    return encoding == PD_ENCODING_INT || encoding == PD_ENCODING_INT32 || pd_encoding_is_number(encoding);
}

void pd_table_reset(struct pd_table *table);
/* pd_dictionary_trim of every column's dictionary, when no more texts are to come. */
void pd_table_trim(struct pd_table *table);
/* Frees the words of a column that nothing will read any more, and its dictionary unless another column has it too. The
 * column stays in its place, without words, and so do those that are told by its codes. */
void pd_table_drop(struct pd_table *table, size_t index);
/* Frees the words alone: codes can still be told what they stand for. */
void pd_table_drop_words(struct pd_table *table, size_t index);
/* Gives up file_of and row_of, 8 bytes a record, or what stands for them, when nothing asks any more where a record was
 * read. */
void pd_table_forget_places(struct pd_table *table);
/* Index of a column by exact name, -1 when there is none. */
int pd_table_find(const struct pd_table *table, struct pd_text name);
/* The same of a name in SQL, where small and capital letters are the same: the column of exactly that name, else the
 * only one that differs from it in them alone. */
int pd_table_find_identifier(const struct pd_table *table, struct pd_text name);
/* Gives a source, of this table or to be, a copy of a name. */
PADAN_MUST_CHECK enum padan_status pd_table_name_source(struct pd_table *table, struct pd_text name,
                                                        struct pd_source *source, struct padan_error *error);
/* Adds a column of NULLs; *column stays valid until the next addition. The name is copied. */
PADAN_MUST_CHECK enum padan_status pd_table_add(struct pd_table *table, struct pd_text name, enum pd_type type,
                                                enum pd_encoding encoding, struct pd_column **column,
                                                struct padan_error *error);
/* The same with words that are not set: pd_column_set_null sets them, which several threads may share. */
PADAN_MUST_CHECK enum padan_status pd_table_add_unset(struct pd_table *table, struct pd_text name, enum pd_type type,
                                                      enum pd_encoding encoding, struct pd_column **column,
                                                      struct padan_error *error);
void pd_column_set_null(const struct pd_column *column, size_t begin, size_t end);
/* Of a column CODE or DIGITS (pd_column_widen makes it one): the text of a code of its dictionary, 0 = NULL; and any
 * text, which the dictionary gets when it is new to it, "" = NULL. */
void pd_column_set_code(const struct pd_column *column, size_t record, uint32_t code);
PADAN_MUST_CHECK enum padan_status pd_column_put(struct pd_column *column, size_t record, struct pd_text text,
                                                 struct padan_error *error);
/* Index of the source that holds a record. */
static inline size_t pd_table_source(const struct pd_table *table, uint32_t record)
{
    return table->source_of[record];
}

/* A 32-bit integer as a 64-bit one, NULL as NULL. */
static inline int64_t pd_widened(int32_t number)
{
    return number == PD_NULL_INT32 ? PD_NULL_INT : number;
}

/* The code of a record in a column of NUMBER encoding. */
static inline uint32_t pd_column_number_code(const struct pd_column *column, size_t record)
{
    if (column->encoding == PD_ENCODING_NUMBER16) return ((const uint16_t *)column->words)[record];
    if (column->encoding == PD_ENCODING_NUMBER8) return ((const uint8_t *)column->words)[record];
    return ((const uint32_t *)column->words)[record];
}

/* The word of a record in a column of LIKE encoding. */
uint64_t pd_column_like_word(const struct pd_column *column, size_t record);

/* The code that the words hold for a record: of a column of CODE encoding its own, of BY_CODE the other column's. */
static inline uint32_t pd_column_held_code(const struct pd_column *column, size_t record)
{
    const size_t width = pd_encoding_width(column->encoding);
    if (width == sizeof(uint32_t)) return ((const uint32_t *)column->words)[record];
    if (width == sizeof(uint16_t)) return ((const uint16_t *)column->words)[record];
    return ((const uint8_t *)column->words)[record];
}

/* The code of a record in a column of BY_CODE encoding. */
static inline uint32_t pd_column_code_by_code(const struct pd_column *column, size_t record)
{
    return column->codes[pd_column_held_code(column, record)];
}

/* The encoded word of a record, widened; equal words = equal values, 0 or the column's NULL word = NULL. */
static inline uint64_t pd_column_word(const struct pd_column *column, size_t record)
{
    switch (column->encoding) {
    case PD_ENCODING_CODE: return ((const uint32_t *)column->words)[record];
    case PD_ENCODING_BY_CODE:
    case PD_ENCODING_BY_CODE8:
    case PD_ENCODING_BY_CODE16: return pd_column_code_by_code(column, record);
    case PD_ENCODING_CODE16: return ((const uint16_t *)column->words)[record];
    case PD_ENCODING_CODE8:
    case PD_ENCODING_SMALL: return ((const uint8_t *)column->words)[record];
    case PD_ENCODING_INT32: return (uint64_t)pd_widened(((const int32_t *)column->words)[record]);
    case PD_ENCODING_NUMBER8:
    case PD_ENCODING_NUMBER16:
    case PD_ENCODING_NUMBER32: return (uint64_t)column->numbers[pd_column_number_code(column, record)];
    case PD_ENCODING_LIKE: return pd_column_like_word(column, record);
    case PD_ENCODING_DIGITS:
    case PD_ENCODING_INT:
    case PD_ENCODING_DOUBLE: break;
    }
    return ((const uint64_t *)column->words)[record];
}

/* The number of a record in a column of integers of any width; PD_NULL_INT for NULL. */
static inline int64_t pd_column_integer(const struct pd_column *column, size_t record)
{
    if (column->encoding == PD_ENCODING_INT32) return pd_widened(((const int32_t *)column->words)[record]);
    if (column->encoding == PD_ENCODING_INT) return ((const int64_t *)column->words)[record];
    if (column->encoding != PD_ENCODING_SMALL) return column->numbers[pd_column_number_code(column, record)];
    const uint8_t small = ((const uint8_t *)column->words)[record];
    return small == PD_SMALL_NULL ? PD_NULL_INT : small;
}

enum { PD_INTEGERS_AT_ONCE = 1024 };
/* The same of records [begin, end), but of no more than PD_INTEGERS_AT_ONCE; returns of how many. */
size_t pd_column_integers(const struct pd_column *column, size_t begin, size_t end, int64_t *numbers);

/* The least and the greatest number of records [0, n) of a column of integers; false when all are NULL. O(n); of a
 * column of NUMBER encoding those of all records, O(numbers). */
bool pd_column_range(const struct pd_column *column, size_t n, int64_t *least, int64_t *most);

static inline bool pd_column_is_null(const struct pd_column *column, size_t record)
{
    switch (column->encoding) {
    case PD_ENCODING_CODE: return ((const uint32_t *)column->words)[record] == 0;
    case PD_ENCODING_BY_CODE:
    case PD_ENCODING_BY_CODE8:
    case PD_ENCODING_BY_CODE16: return pd_column_code_by_code(column, record) == 0;
    case PD_ENCODING_CODE8: return ((const uint8_t *)column->words)[record] == 0;
    case PD_ENCODING_CODE16: return ((const uint16_t *)column->words)[record] == 0;
    case PD_ENCODING_SMALL: return ((const uint8_t *)column->words)[record] == PD_SMALL_NULL;
    case PD_ENCODING_DIGITS: return ((const uint64_t *)column->words)[record] == 0;
    case PD_ENCODING_LIKE: return pd_column_like_word(column, record) == 0;
    case PD_ENCODING_INT: return ((const int64_t *)column->words)[record] == PD_NULL_INT;
    case PD_ENCODING_INT32: return ((const int32_t *)column->words)[record] == PD_NULL_INT32;
    case PD_ENCODING_NUMBER8:
    case PD_ENCODING_NUMBER16:
    case PD_ENCODING_NUMBER32: return pd_column_number_code(column, record) == 0;
    case PD_ENCODING_DOUBLE: break;
    }
    const double value = ((const double *)column->words)[record];
    return value != value;
}

/* The word of a record as it is stored, with no look into the column's numbers: equal where the values are. Not of
 * DOUBLE columns. */
static inline uint64_t pd_column_stored(const struct pd_column *column, size_t record)
{
    if (column->encoding == PD_ENCODING_LIKE) return pd_column_like_word(column, record);
    if (pd_encoding_is_by_code(column->encoding)) return pd_column_code_by_code(column, record);
    switch (pd_encoding_width(column->encoding)) {
    case 1: return ((const uint8_t *)column->words)[record];
    case 2: return ((const uint16_t *)column->words)[record];
    case 4: return ((const uint32_t *)column->words)[record];
    default: return ((const uint64_t *)column->words)[record];
    }
}

/* What is stored for NULL. */
static inline uint64_t pd_column_stored_null(const struct pd_column *column)
{
    if (column->encoding == PD_ENCODING_INT) return (uint64_t)PD_NULL_INT;
    if (column->encoding == PD_ENCODING_INT32) return (uint32_t)PD_NULL_INT32;
    return column->encoding == PD_ENCODING_SMALL ? PD_SMALL_NULL : 0;
}

/* Brings the word of a record into the cache ahead of its use. */
static inline void pd_column_prefetch(const struct pd_column *column, size_t record)
{
    pd_prefetch((const char *)column->words + record * pd_encoding_width(column->encoding));
}

/* Code of a record's text in the dictionary of a column of own codes or DIGITS; 0: NULL or plain digits. */
static inline uint32_t pd_column_text_code(const struct pd_column *column, size_t record)
{
    if (pd_encoding_is_code(column->encoding)) return (uint32_t)pd_column_word(column, record);
    const uint64_t word = ((const uint64_t *)column->words)[record];
    return word >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE ? (uint32_t)(word & PD_DIGITS_MASK) : 0;
}

/* pd_column_text of any encoding but CODE. */
struct pd_text pd_column_digits(const struct pd_column *column, size_t record, char scratch[24]);
/* The text of a code or a DIGITS value; digits are written to scratch (>= 24 bytes). data NULL for NULL. */
static inline struct pd_text pd_column_text(const struct pd_column *column, size_t record, char scratch[24])
{
    if (column->encoding != PD_ENCODING_CODE) return pd_column_digits(column, record, scratch);
    return pd_dictionary_text(column->dictionary, ((const uint32_t *)column->words)[record]);
}
/* A list is a text: its items parted by PD_LIST_SEPARATOR; PD_LIST_NULL alone is a missing item, PD_LIST_EMPTY alone
 * the list without items. */
enum { PD_LIST_MAX = 64, PD_LIST_NULL = 0x1d, PD_LIST_EMPTY = 0x1e, PD_LIST_SEPARATOR = 0x1f };
/* The value of any column for the interpreter; the items of a list, of which the loader takes at most
 * PD_LIST_MAX, are written to `items`. */
struct pd_value pd_column_value(const struct pd_column *column, size_t record, char scratch[24],
                                struct pd_value items[PD_LIST_MAX]);
/* Encodes a text of digits for a DIGITS column; 0 when it is not 1..17 digits. */
uint64_t pd_digits_encode(struct pd_text text);

#endif
