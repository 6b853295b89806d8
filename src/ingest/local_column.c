/* SPDX-License-Identifier: MIT
 * Private dictionaries of a piece: they catch the repeats while the text is in cache, so that the shared dictionary is
 * asked once per distinct text and piece. Texts are not copied, they point into the piece. Columns of digits need no
 * dictionary at all. */
#include "ingest/local_column.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/prefetch.h"

#define PD_TAG_MASK UINT64_C(0xffffffff00000000)

enum { PD_SMALLEST_SLOTS = 256 };

void pd_local_column_clear(struct pd_local_column *column, enum pd_local_kind kind)
{
    column->digits = kind == PD_LOCAL_DIGITS;
    column->loose = kind == PD_LOCAL_LOOSE;
    column->n_texts = 0;
    column->n_filled = 0;
    if (column->slots != NULL && !column->loose) memset(column->slots, 0, column->n_slots * sizeof *column->slots);
}

void pd_local_column_reset(struct pd_local_column *column)
{
    pd_free(column->codes);
    pd_free(column->texts);
    pd_free(column->slots);
    *column = (struct pd_local_column){ 0 };
}

static enum padan_status grow_slots(struct pd_local_column *column, struct padan_error *error)
{
    const size_t n_slots = column->n_slots == 0 ? PD_SMALLEST_SLOTS : column->n_slots * 4;
    uint64_t *slots = NULL;
    PD_TRY(pd_allocate(&slots, n_slots, sizeof *slots, error));
    for (size_t i = 0; i < column->n_texts; i++) {
        const uint64_t hash = column->texts[i].hash;
        size_t slot = (size_t)hash & (n_slots - 1);
        while (slots[slot] != 0) slot = (slot + 1) & (n_slots - 1);
        slots[slot] = (hash & PD_TAG_MASK) | (i + 1);
    }
    pd_free(column->slots);
    column->slots = slots;
    column->n_slots = n_slots;
    return PADAN_OK;
}

/* Local code of a text; room for one more text must be there. */
static inline uint32_t local_code(struct pd_local_column *column, const struct pd_field *field, uint64_t hash)
{
    const size_t mask = column->n_slots - 1;
    for (size_t slot = (size_t)hash & mask;; slot = (slot + 1) & mask) {
        const uint64_t entry = column->slots[slot];
        if (entry == 0) {
            column->texts[column->n_texts++] = (struct pd_hashed_text){ field->data, hash, field->length };
            column->slots[slot] = (hash & PD_TAG_MASK) | column->n_texts;
            return (uint32_t)column->n_texts;
        }
        if (((entry ^ hash) & PD_TAG_MASK) != 0) continue;
        const struct pd_hashed_text *text = &column->texts[(uint32_t)entry - 1];
        if (text->length == field->length && pd_bytes_equal(text->data, field->data, field->length)) {
            return (uint32_t)entry;
        }
    }
}

static enum padan_status make_room(struct pd_local_column *column, size_t n_rows, size_t n, struct padan_error *error)
{
    const size_t width = column->digits ? sizeof(uint64_t) : sizeof(uint32_t);
    PD_TRY(pd_grow(&column->codes, &column->words_capacity, (n_rows + n) * width, 1, error));
    PD_TRY(pd_grow(&column->texts, &column->texts_capacity, column->n_texts + n, sizeof *column->texts, error));
    while (!column->loose && (column->n_texts + n) * 2 > column->n_slots) PD_TRY(grow_slots(column, error));
    return PADAN_OK;
}

static void append_codes(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields, size_t n)
{
    uint64_t hashes[PD_BATCH_ROWS];
    for (size_t i = 0; i < n; i++) {
        hashes[i] = XXH3_64bits(fields[i].data, fields[i].length);
        pd_prefetch(&column->slots[hashes[i] & (column->n_slots - 1)]);
    }
    uint32_t *codes = column->codes + n_rows;
    for (size_t i = 0; i < n; i++) {
        codes[i] = fields[i].length == 0 ? 0 : local_code(column, &fields[i], hashes[i]);
        column->n_filled += codes[i] != 0;
    }
}

/* Texts that hardly repeat are not looked for. */
static void append_loose(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields, size_t n)
{
    uint32_t *codes = column->codes + n_rows;
    for (size_t i = 0; i < n; i++) {
        codes[i] = 0;
        if (fields[i].length == 0) continue;
        column->texts[column->n_texts++] = (struct pd_hashed_text){ fields[i].data, 0, fields[i].length };
        codes[i] = (uint32_t)column->n_texts;
        column->n_filled++;
    }
}

/* Number of 8 digits, UINT64_MAX when one of them is none. */
static inline uint64_t eight_digits(const char *digits)
{
    uint64_t word;
    memcpy(&word, digits, sizeof word);
    const uint64_t zeros = UINT64_C(0x3030303030303030);
    const uint64_t above = word + UINT64_C(0x4646464646464646); /* sets the high bit of bytes above '9' */
    if (((above | (word - zeros)) & UINT64_C(0x8080808080808080)) != 0) return UINT64_MAX;
    word -= zeros;
    word = word * 10 + (word >> 8);
    const uint64_t pairs = UINT64_C(0x000000ff000000ff);
    return ((word & pairs) * UINT64_C(0x000f424000000064) + ((word >> 16) & pairs) * UINT64_C(0x0000271000000001)) >>
           32;
}

static inline uint64_t digits_word(const struct pd_field *field)
{
    if (field->length != 16) return pd_digits_encode((struct pd_text){ field->data, field->length });
    const uint64_t high = eight_digits(field->data);
    const uint64_t low = eight_digits(field->data + 8);
    if (high == UINT64_MAX || low == UINT64_MAX) return 0;
    return UINT64_C(16) << PD_DIGITS_SHIFT | (high * 100000000 + low);
}

static void append_digits(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields, size_t n)
{
    uint64_t *words = column->words + n_rows;
    for (size_t i = 0; i < n; i++) {
        uint64_t word = 0;
        if (fields[i].length > 0) {
            column->n_filled++;
            word = digits_word(&fields[i]);
            if (word == 0) {
                const uint64_t hash = XXH3_64bits(fields[i].data, fields[i].length);
                word = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | local_code(column, &fields[i], hash);
            }
        }
        words[i] = word;
    }
}

enum padan_status pd_local_column_append(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields,
                                         size_t n, struct padan_error *error)
{
    PD_TRY(make_room(column, n_rows, n, error));
    if (column->digits) {
        append_digits(column, n_rows, fields, n);
    } else if (column->loose) {
        append_loose(column, n_rows, fields, n);
    } else {
        append_codes(column, n_rows, fields, n);
    }
    return PADAN_OK;
}
