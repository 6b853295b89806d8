/* SPDX-License-Identifier: MIT
 * Packed rows: the values by which pairs are told equal, a few bits each, one short run of words per record. Which of
 * them two records share is found for all fields at once, so that most pairs of a block are judged from one cache line
 * per record and never touch the columns.
 *
 *   word    |g|name   |g|birth date|g|village|g|place|      g: guard bit, 1 = the value is NULL
 *
 *   ((a ^ b) without guards) + all value bits      carries into the guard of every field that differs
 *   (that | a | b) and guards                      1 = not known to be equal: different, or one is NULL
 *
 * Codes of dictionaries, small numbers and numbers of a small range (dates) are stored as they are, few numbers by a
 * code (exact); wider words as 22 bits of their hash, or by their rank (exact) where that is worth a sort. Texts of
 * digits may have a whole word instead, exact as well: 16 digits as 4 bits each, so that distances can be told,
 * anything else marked by two bits that no 16 digits have. What is known of whole words stands in one word of facts
 * behind those of the fields, a bit per whole word. */
#ifndef PD_MODEL_PACKED_ROWS_H
#define PD_MODEL_PACKED_ROWS_H

#include "model/word_ranks.h"
#include "table/number_codes.h"

enum { PD_PACKED_FIELDS_MAX = 24, PD_PACKED_WORDS_MAX = 8, PD_PACKED_NEAR_MAX = 3, PD_PACKED_FAR = 3 };
#define PD_PACKED_NULL UINT64_MAX /* whole word of a NULL */

struct pd_packed_field {
    int column;
    unsigned word, shift, width;  /* of the value; the guard is the bit above. Whole words: of the facts */
    unsigned place;               /* word of the row */
    int64_t base;                 /* of numbers that are stored: the value less this is */
    unsigned range_width;         /* of integers: bits that would hold the value less base; 0: too many */
    struct pd_number_codes codes; /* of few numbers of a column that has them as they are; else empty */
    const int64_t *numbers;       /* by code, when what is stored is the code of a number; else NULL */
    struct pd_word_ranks ranks;   /* until rows are filled, of digits whose ranks are stored; else empty */
    bool whole;                   /* a word of its own */
    bool exact;                   /* equal bits are equal values */
    bool nullable;                /* some record has no value */
    bool decides;                 /* the asker's: its equality or NULL decides about pairs */
};

/* A column whose small distances are told: of whole words in rows, or of the words of its texts by code. */
struct pd_packed_near {
    int column;
    uint64_t *by_code; /* model/near_words.h; NULL: the row has the whole word */
    unsigned place;    /* once rows are filled: where they have the word or the code */
    unsigned shift;
    uint64_t mask;
};

struct pd_packed_rows {
    const struct pd_table *table;
    struct pd_packed_field fields[PD_PACKED_FIELDS_MAX];
    size_t n_fields;
    size_t n_field_words, n_whole_words; /* of a row, in this order */
    size_t n_words;                      /* per record: both, and what fills a cache line */
    size_t n_fact_words;                 /* n_field_words, and one when there are whole words */
    struct pd_packed_near near[PD_PACKED_NEAR_MAX];
    size_t n_near;
    uint64_t guards[PD_PACKED_WORDS_MAX], values[PD_PACKED_WORDS_MAX];
    uint64_t *words; /* [n_records][n_words] */
    /* [columns of the table] whose words nobody reads once rows are filled, so that rows take the room that they had;
     * set by who fills them. NULL: none */
    const bool *spent;
};

/* Asks for a field of a column; *added is false when there is no room for it. The same column again is the same field.
 * Columns asked for first are served first. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_packed_add(struct pd_packed_rows *rows, const struct pd_table *table, int column,
                                                 bool *added, struct padan_error *error);
/* Asks for distances of a column that was added: *added when it is of DIGITS and there is room for a whole word, or a
 * dictionary of short texts that have words. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_packed_add_near(struct pd_packed_rows *rows, int column, bool *added,
                                                      struct padan_error *error);
/* Gives integers the bits of their range, and DIGITS columns whole words, as far as rows then take no more cache lines
 * (halves of one, below). Last of all. */
void pd_packed_widen(struct pd_packed_rows *rows);
/* After that: stores the rank of digits instead of a hash if rows then take no more cache lines (halves of one).
 * Equality is told exactly then, but not the value: for columns of which nothing else is asked. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_packed_rank(struct pd_packed_rows *rows, int column, int threads,
                                                  struct padan_error *error);
/* Lays the fields out and packs all records. OUT_OF_MEMORY. Memory: n_words * 8 bytes per record. */
PADAN_MUST_CHECK enum padan_status pd_packed_fill(struct pd_packed_rows *rows, int threads, struct padan_error *error);
void pd_packed_reset(struct pd_packed_rows *rows);
/* Index of a column's field, -1 when it has none. */
int pd_packed_find(const struct pd_packed_rows *rows, int column);

static inline const uint64_t *pd_packed_row(const struct pd_packed_rows *rows, uint32_t record)
{
    return rows->words + (size_t)record * rows->n_words;
}

static inline uint64_t pd_packed_guard(const struct pd_packed_field *field)
{
    return UINT64_C(1) << (field->shift + field->width);
}

/* Guards of the fields that are not known to be equal, of one word. */
static inline uint64_t pd_packed_unequal(uint64_t a, uint64_t b, uint64_t guards, uint64_t values)
{
    return ((((a ^ b) & ~guards) + values) | a | b) & guards;
}

/* The same of n whole words: bit i is set when a[i] and b[i] differ or are NULL. */
static inline uint64_t pd_packed_whole_unequal(const uint64_t *a, const uint64_t *b, size_t n)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) bits |= (uint64_t)((a[i] != b[i]) | (a[i] == PD_PACKED_NULL)) << i;
    return bits;
}

/* Bit i is set when whole word i is NULL. */
static inline uint64_t pd_packed_whole_missing(const uint64_t *row, size_t n)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) bits |= (uint64_t)(row[i] == PD_PACKED_NULL) << i;
    return bits;
}

/* 16 digits, 4 bits each. */
static inline bool pd_packed_is_digits(uint64_t whole)
{
    return whole >> 62 != 3;
}

/* The word of a row by which distances of a column are told, of which pd_packed_is_digits says whether it has one. */
static inline uint64_t pd_packed_near_word(const struct pd_packed_near *near, const uint64_t *row)
{
    const uint64_t word = row[near->place];
    return near->by_code == NULL ? word : near->by_code[word >> near->shift & near->mask];
}

/* The word of a column of digits, of a whole word that is not NULL. */
uint64_t pd_packed_digits(uint64_t whole);
/* The column's word of an exact field that is not NULL. */
static inline uint64_t pd_packed_value(const struct pd_packed_field *field, const uint64_t *row)
{
    if (field->whole) return pd_packed_digits(row[field->place]);
    const uint64_t stored = row[field->place] >> field->shift & ((UINT64_C(1) << field->width) - 1);
    return field->numbers != NULL ? (uint64_t)field->numbers[stored] : stored + (uint64_t)field->base;
}

static inline bool pd_packed_is_missing(const struct pd_packed_field *field, const uint64_t *row)
{
    return field->whole ? row[field->place] == PD_PACKED_NULL : (row[field->place] & pd_packed_guard(field)) != 0;
}

/* Both rows have a value, and of exact fields the same one. */
static inline bool pd_packed_is_equal(const struct pd_packed_field *field, const uint64_t *a, const uint64_t *b)
{
    const uint64_t left = a[field->place], right = b[field->place];
    if (field->whole) return left == right && left != PD_PACKED_NULL;
    const uint64_t guard = pd_packed_guard(field), values = ((UINT64_C(1) << field->width) - 1) << field->shift;
    return (((left ^ right) & values) | ((left | right) & guard)) == 0;
}

/* Levenshtein distance of two digit words: 0, 1, 2, or PD_PACKED_FAR for more. Of two texts of equal length and
 * distance 2, either two places differ, or between the first and the last difference one is the other moved by a place.
 * Without branches, as nobody foretells the distance of two dates. */
static inline unsigned pd_packed_distance(uint64_t a, uint64_t b)
{
    uint64_t places = a ^ b;
    places |= places >> 1;
    places |= places >> 2;
    places &= UINT64_C(0x1111111111111111);
    const unsigned n = (unsigned)__builtin_popcountll(places);
    const uint64_t last = UINT64_C(1) << (63 - __builtin_clzll(places | 1));
    const uint64_t between = (last - 1) & ~((places & -places) - 1);
    const unsigned stays = ((((a >> 4) ^ b) & between) != 0) & (((a ^ (b >> 4)) & between) != 0);
    return (n < 2 ? n : 2) + ((n > 2) & stays);
}

#endif
