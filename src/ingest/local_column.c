/* SPDX-License-Identifier: MIT
 * Codes of a piece's texts. Most texts of most columns are in the shared dictionary already, as the wave before left
 * it: there they are looked up by all threads at once. The others are numbered in a private dictionary of the piece,
 * which catches their repeats while they are in cache. Texts are not copied, they point into the piece. Columns of
 * digits need no dictionary at all. Most columns of a register have short texts, and not too many (sex, state, RT,
 * codes of villages, dates, places): the first of them also stand in a table of their own (table/short_texts.h), where
 * one cache line tells the code, with neither a hash nor a batch. */
#include "ingest/local_column.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/prefetch.h"

#define PD_TAG_MASK UINT64_C(0xffffffff00000000)

enum { PD_SMALLEST_SLOTS = 256 };

void pd_local_column_clear(struct pd_local_column *column, struct pd_load_kind kind)
{
    const bool is_known = kind.known != NULL && kind.known->n_entries < PD_LOCAL_KNOWN;
    column->digits = kind.kind == PD_LOCAL_DIGITS;
    column->loose = kind.kind == PD_LOCAL_LOOSE;
    column->known = is_known ? kind.known : NULL;
    column->shorts = is_known ? kind.shorts : NULL;
    column->n_texts = 0;
    column->n_text_bytes = 0;
    column->n_filled = 0;
    if (column->slots != NULL && !column->loose) memset(column->slots, 0, column->n_slots * sizeof *column->slots);
}

void pd_local_column_reset(struct pd_local_column *column)
{
    pd_free(column->codes);
    pd_free(column->texts);
    pd_free(column->slots);
    pd_free(column->map);
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
static inline uint32_t local_code(struct pd_local_column *column, const struct pd_hashed_text *wanted)
{
    const size_t mask = column->n_slots - 1;
    for (size_t slot = (size_t)wanted->hash & mask;; slot = (slot + 1) & mask) {
        const uint64_t entry = column->slots[slot];
        if (entry == 0) {
            column->texts[column->n_texts++] = *wanted;
            column->slots[slot] = (wanted->hash & PD_TAG_MASK) | column->n_texts;
            return (uint32_t)column->n_texts;
        }
        if (((entry ^ wanted->hash) & PD_TAG_MASK) != 0) continue;
        const struct pd_hashed_text *text = &column->texts[(uint32_t)entry - 1];
        if (text->length == wanted->length && pd_bytes_equal(text->data, wanted->data, wanted->length)) {
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

static inline struct pd_hashed_text hashed(const struct pd_field *field)
{
    return (struct pd_hashed_text){ field->data, XXH3_64bits(field->data, field->length), field->length };
}

/* Texts that hardly repeat are not looked for among those of the piece. */
static inline uint32_t new_code(struct pd_local_column *column, const struct pd_hashed_text *text)
{
    if (!column->loose) return local_code(column, text);
    column->texts[column->n_texts++] = *text;
    column->n_text_bytes += text->length;
    return (uint32_t)column->n_texts;
}

/* Codes of the short texts that shorts has, 0 for all others. */
static void find_shorts(const struct pd_short_texts *shorts, const struct pd_field *fields, size_t n, uint32_t *codes)
{
    struct pd_short_slot keys[PD_BATCH_ROWS];
    size_t places[PD_BATCH_ROWS];
    memset(codes, 0, n * sizeof *codes);
    if (shorts == NULL || shorts->n == 0) return;
    for (size_t i = 0; i < n; i++) {
        keys[i].code = 0;
        if (!pd_text_is_short(fields[i].length)) continue;
        keys[i] = pd_short_key(fields[i].data, fields[i].length);
        places[i] = pd_short_place(shorts, &keys[i]);
        pd_prefetch(&shorts->slots[places[i]]);
    }
    for (size_t i = 0; i < n; i++)
        if (keys[i].code != 0) codes[i] = pd_short_find(shorts, &keys[i], places[i]);
}

/* Marks the codes of fields that shorts told; the other fields are hashed, with their places. */
static size_t find_others(struct pd_local_column *column, const struct pd_field *fields, size_t n, uint32_t *codes,
                          struct pd_hashed_text *others, uint32_t *places)
{
    size_t n_others = 0;
    for (size_t i = 0; i < n; i++) {
        if (fields[i].length == 0) continue;
        column->n_filled++;
        if (codes[i] != 0) {
            codes[i] |= PD_LOCAL_KNOWN;
            continue;
        }
        others[n_others] = hashed(&fields[i]);
        places[n_others++] = (uint32_t)i;
    }
    return n_others;
}

/* Asks for where texts that are not known will be looked for among those of the piece. */
static void ask_for_slots(const struct pd_local_column *column, const struct pd_hashed_text *texts,
                          const uint32_t *known, size_t n)
{
    for (size_t i = 0; i < n && !column->loose; i++)
        if (known[i] == 0) pd_prefetch(&column->slots[texts[i].hash & (column->n_slots - 1)]);
}

static void append_codes(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields, size_t n)
{
    struct pd_hashed_text texts[PD_BATCH_ROWS];
    uint32_t places[PD_BATCH_ROWS];
    uint32_t known[PD_BATCH_ROWS];
    uint32_t *codes = column->codes + n_rows;
    find_shorts(column->shorts, fields, n, codes);
    const size_t n_texts = find_others(column, fields, n, codes, texts, places);
    if (n_texts == 0) return;
    memset(known, 0, n_texts * sizeof *known);
    if (column->known != NULL) pd_dictionary_find_all(column->known, texts, n_texts, known);
    ask_for_slots(column, texts, known, n_texts);
    for (size_t i = 0; i < n_texts; i++)
        codes[places[i]] = known[i] > 0 ? PD_LOCAL_KNOWN | known[i] : new_code(column, &texts[i]);
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
                const struct pd_hashed_text text = hashed(&fields[i]);
                word = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | local_code(column, &text);
            }
        }
        words[i] = word;
    }
}

enum padan_status pd_local_column_append(struct pd_local_column *column, size_t n_rows, const struct pd_field *fields,
                                         size_t n, struct padan_error *error)
{
    PD_TRY(make_room(column, n_rows, n, error));
    if (column->digits)
        append_digits(column, n_rows, fields, n);
    else
        append_codes(column, n_rows, fields, n);
    return PADAN_OK;
}
