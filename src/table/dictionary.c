/* SPDX-License-Identifier: MIT
 * Dictionary of texts: linear probing over 64-bit slots that hold half of the hash, so that almost every probe of
 * another text ends without touching its bytes. Two thirds full at most, hence at most 2 probes for a hit and 5 for a
 * new text, nearly always of one cache line: emptier ones were slower, because more of them fit no cache. Growth hashes
 * the texts again, in order of their bytes: sequential, and cheaper than keeping 8 bytes more per entry. */
#include "table/dictionary.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/prefetch.h"

#define PD_TAG_MASK UINT64_C(0xffffffff00000000)

enum { PD_SMALLEST_TABLE = 64, PD_TEXTS_AT_ONCE = 64, AHEAD_TEXTS = 16, GROWTH = 4, LONG_BYTES = 64 << 20 };
enum { PD_NEAR_SLOTS = 1 << 12 }; /* so many are in the nearest caches anyhow */

void pd_dictionary_reset(struct pd_dictionary *dictionary)
{
    pd_free(dictionary->bytes);
    pd_free(dictionary->begins);
    pd_free(dictionary->slots);
    *dictionary = (struct pd_dictionary){ 0 };
}

/* Slot of text, or the empty slot where it belongs. */
static size_t find_slot(const struct pd_dictionary *dictionary, struct pd_text text, uint64_t hash)
{
    const size_t mask = dictionary->n_slots - 1;
    for (size_t slot = (size_t)hash & mask;; slot = (slot + 1) & mask) {
        const uint64_t entry = dictionary->slots[slot];
        if (entry == 0) return slot;
        if (((entry ^ hash) & PD_TAG_MASK) != 0) continue;
        const struct pd_text known = pd_dictionary_text(dictionary, (uint32_t)entry);
        if (known.length == text.length && pd_bytes_equal(known.data, text.data, text.length)) return slot;
    }
}

/* Puts codes [first, first + n) into slots, n <= PD_TEXTS_AT_ONCE, whose cache misses overlap. */
static void fill_slots(const struct pd_dictionary *dictionary, uint64_t *slots, size_t mask, uint32_t first, size_t n)
{
    uint64_t hashes[PD_TEXTS_AT_ONCE];
    for (size_t i = 0; i < n; i++) {
        hashes[i] = pd_hash_text(pd_dictionary_text(dictionary, first + (uint32_t)i));
        pd_prefetch_to_write(&slots[hashes[i] & mask]);
    }
    for (size_t i = 0; i < n; i++) {
        size_t slot = (size_t)hashes[i] & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = (hashes[i] & PD_TAG_MASK) | (first + i);
    }
}

/* Slots for n_entries, of which there are some. */
static enum padan_status make_slots(struct pd_dictionary *dictionary, size_t n_entries, struct padan_error *error)
{
    size_t n_slots = PD_SMALLEST_TABLE;
    uint64_t *slots = NULL;
    while (n_slots * 2 <= n_entries * 3) n_slots *= 2;
    PD_TRY(pd_allocate_array(&slots, n_slots, sizeof *slots, error));
    memset(slots, 0, n_slots * sizeof *slots);
    const size_t n_codes = dictionary->n_entries;
    for (size_t done = 0; done < n_codes; done += PD_TEXTS_AT_ONCE)
        fill_slots(dictionary, slots, n_slots - 1, (uint32_t)done + 1,
                   n_codes - done < PD_TEXTS_AT_ONCE ? n_codes - done : PD_TEXTS_AT_ONCE);
    pd_free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->n_slots = n_slots;
    return PADAN_OK;
}

static enum padan_status grow_slots(struct pd_dictionary *dictionary, struct padan_error *error)
{
    return make_slots(dictionary, dictionary->n_entries, error);
}

/* Room for a text, and for more: pages that no text came for are never touched, and pd_dictionary_trim gives them
 * back. Long arrays double, as all do. */
static enum padan_status make_room(struct pd_dictionary *dictionary, size_t n_bytes, struct padan_error *error)
{
    const size_t growth = dictionary->n_bytes < LONG_BYTES ? GROWTH : 1;
    const size_t n_begins = (size_t)dictionary->n_entries + 2, n = dictionary->n_bytes + n_bytes + 1;
    if (n_begins > dictionary->begins_capacity)
        PD_TRY(pd_grow(&dictionary->begins, &dictionary->begins_capacity, n_begins * growth, sizeof *dictionary->begins,
                       error));
    if (n <= dictionary->bytes_capacity) return PADAN_OK;
    return pd_grow(&dictionary->bytes, &dictionary->bytes_capacity, n * growth, 1, error);
}

static enum padan_status append_entry(struct pd_dictionary *dictionary, struct pd_text text, struct padan_error *error)
{
    const size_t n_entries = dictionary->n_entries;
    if (n_entries >= UINT32_MAX - 1) {
        PD_FAIL(error, PADAN_LIMIT, "a column has more than %u distinct texts; split the input", UINT32_MAX - 1);
    }
    if (n_entries + 2 > dictionary->begins_capacity || dictionary->bytes_capacity - dictionary->n_bytes < text.length ||
        dictionary->bytes == NULL)
        PD_TRY(make_room(dictionary, text.length, error));
    if (text.length > 0) memcpy(dictionary->bytes + dictionary->n_bytes, text.data, text.length);
    dictionary->begins[n_entries] = dictionary->n_bytes;
    dictionary->n_bytes += text.length;
    dictionary->begins[n_entries + 1] = dictionary->n_bytes;
    dictionary->n_entries++;
    return PADAN_OK;
}

enum padan_status pd_dictionary_insert(struct pd_dictionary *dictionary, struct pd_text text, uint64_t hash,
                                       uint32_t *code, struct padan_error *error)
{
    if ((size_t)dictionary->n_entries * 3 >= dictionary->n_slots * 2) PD_TRY(grow_slots(dictionary, error));
    const size_t slot = find_slot(dictionary, text, hash);
    if (dictionary->slots[slot] == 0) {
        PD_TRY(append_entry(dictionary, text, error));
        dictionary->slots[slot] = (hash & PD_TAG_MASK) | dictionary->n_entries;
    }
    *code = (uint32_t)dictionary->slots[slot];
    return PADAN_OK;
}

/* The first code on the way of a hash whose tag fits, 0 when an empty slot comes before. */
static inline uint32_t likely_code(const struct pd_dictionary *dictionary, uint64_t hash)
{
    const size_t mask = dictionary->n_slots - 1;
    size_t slot = (size_t)hash & mask;
    uint64_t entry = dictionary->slots[slot];
    while (entry != 0 && ((entry ^ hash) & PD_TAG_MASK) != 0) {
        slot = (slot + 1) & mask;
        entry = dictionary->slots[slot];
    }
    return (uint32_t)entry;
}

static inline bool is_text(const struct pd_dictionary *dictionary, uint32_t code, const struct pd_hashed_text *text)
{
    const struct pd_text known = pd_dictionary_text(dictionary, code);
    return known.length == text->length && pd_bytes_equal(known.data, text->data, text->length);
}

/* The slots of up to PD_TEXTS_AT_ONCE texts from `begin` on. */
static void ask_for_slots(const struct pd_dictionary *dictionary, const struct pd_hashed_text *texts, size_t begin,
                          size_t n)
{
    const size_t end = n - begin < PD_TEXTS_AT_ONCE ? n : begin + PD_TEXTS_AT_ONCE;
    if (dictionary->n_slots <= PD_NEAR_SLOTS) return;
    for (size_t i = begin; i < end; i++) pd_dictionary_prefetch(dictionary, texts[i].hash);
}

/* Codes of up to PD_TEXTS_AT_ONCE texts whose slots were asked for, step by step for all of them, so that their cache
 * misses overlap: each step asks for what the next one reads. */
static void find_batch(const struct pd_dictionary *dictionary, const struct pd_hashed_text *texts, size_t n,
                       uint32_t *codes)
{
    const bool is_far = dictionary->n_slots > PD_NEAR_SLOTS;
    for (size_t i = 0; i < n; i++) {
        codes[i] = likely_code(dictionary, texts[i].hash);
        if (is_far && codes[i] != 0) pd_prefetch(&dictionary->begins[codes[i] - 1]);
    }
    for (size_t i = 0; i < n && is_far; i++)
        if (codes[i] != 0) pd_prefetch(dictionary->bytes + dictionary->begins[codes[i] - 1]);
    for (size_t i = 0; i < n; i++)
        if (codes[i] != 0 && !is_text(dictionary, codes[i], &texts[i]))
            codes[i] =
                pd_dictionary_find(dictionary, (struct pd_text){ texts[i].data, texts[i].length }, texts[i].hash);
}

void pd_dictionary_find_all(const struct pd_dictionary *dictionary, const struct pd_hashed_text *texts, size_t n,
                            uint32_t *codes)
{
    if (dictionary->n_slots == 0) memset(codes, 0, n * sizeof *codes);
    if (dictionary->n_slots == 0) return;
    ask_for_slots(dictionary, texts, 0, n);
    for (size_t begin = 0; begin < n; begin += PD_TEXTS_AT_ONCE) {
        const size_t left = n - begin;
        if (left > PD_TEXTS_AT_ONCE) ask_for_slots(dictionary, texts, begin + PD_TEXTS_AT_ONCE, n);
        find_batch(dictionary, texts + begin, left < PD_TEXTS_AT_ONCE ? left : PD_TEXTS_AT_ONCE, codes + begin);
    }
}

enum padan_status pd_dictionary_insert_all(struct pd_dictionary *dictionary, const struct pd_hashed_text *texts,
                                           size_t n, uint32_t *codes, struct padan_error *error)
{
    for (size_t i = 0; i < n; i++) {
        const size_t left = n - i < PD_TEXTS_AT_ONCE ? n - i : PD_TEXTS_AT_ONCE;
        if (n - i > AHEAD_TEXTS) pd_prefetch(texts[i + AHEAD_TEXTS].data);
        if (i % PD_TEXTS_AT_ONCE == 0) {
            pd_dictionary_find_all(dictionary, texts + i, left, codes + i);
            if (n - i > PD_TEXTS_AT_ONCE) ask_for_slots(dictionary, texts, i + PD_TEXTS_AT_ONCE, n);
        }
        if (codes[i] != 0) continue;
        const struct pd_text text = { texts[i].data, texts[i].length };
        PD_TRY(pd_dictionary_insert(dictionary, text, texts[i].hash, &codes[i], error));
    }
    return PADAN_OK;
}

enum padan_status pd_dictionary_expect(struct pd_dictionary *dictionary, size_t n_entries, struct padan_error *error)
{
    return n_entries * 3 < dictionary->n_slots * 2 ? PADAN_OK : make_slots(dictionary, n_entries, error);
}

enum padan_status pd_dictionary_index(struct pd_dictionary *dictionary, struct padan_error *error)
{
    return dictionary->n_slots > 0 || dictionary->n_entries == 0 ? PADAN_OK : grow_slots(dictionary, error);
}

void pd_dictionary_trim(struct pd_dictionary *dictionary)
{
    pd_free(dictionary->slots);
    dictionary->slots = NULL;
    dictionary->n_slots = 0;
    pd_shrink(&dictionary->bytes, &dictionary->bytes_capacity, dictionary->n_bytes, 1);
    pd_shrink(&dictionary->begins, &dictionary->begins_capacity, (size_t)dictionary->n_entries + 1,
              sizeof *dictionary->begins);
}

void pd_dictionary_forget_texts(struct pd_dictionary *dictionary)
{
    const uint32_t n_entries = dictionary->n_entries;
    pd_dictionary_reset(dictionary);
    dictionary->n_entries = n_entries;
}

uint32_t pd_dictionary_find(const struct pd_dictionary *dictionary, struct pd_text text, uint64_t hash)
{
    if (dictionary->n_slots == 0) return 0;
    return (uint32_t)dictionary->slots[find_slot(dictionary, text, hash)];
}
