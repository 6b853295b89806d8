/* SPDX-License-Identifier: MIT
 * Telling the texts of a loose dictionary apart at once: hashes are sorted, equal ones lie side by side, and only their
 * texts are compared. The sort is parallel and runs through memory in order, where insertion one by one is a cache miss
 * or two per text in a single thread.
 *
 *   word   |top bits of the text's hash|entry|     ascending: by hash, entries of one hash in order */
#include "table/dictionary.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/radix.h"

/* Codes whose new one is asked for ahead: those of repeats lie in no order. Texts as they were read have left the cache
 * when they are appended. */
enum { CHUNK_ENTRIES = 1 << 15, AHEAD_CODES = 32, AHEAD_TEXTS = 16 };

struct unification {
    const struct pd_dictionary *dictionary;
    unsigned entry_bits;
    uint64_t *words; /* [n_entries] */
    uint32_t *first; /* [n_entries + 1] code -> the lowest code of an equal text */
};

enum padan_status pd_dictionary_reserve(struct pd_dictionary *dictionary, size_t n_entries, size_t n_bytes,
                                        struct padan_error *error)
{
    if (n_entries > UINT32_MAX - 2)
        PD_FAIL(error, PADAN_LIMIT, "a column has more than %u distinct texts; split the input", UINT32_MAX - 2);
    PD_TRY(
        pd_grow(&dictionary->begins, &dictionary->begins_capacity, n_entries + 1, sizeof *dictionary->begins, error));
    return pd_grow(&dictionary->bytes, &dictionary->bytes_capacity, n_bytes + 1, 1, error);
}

enum padan_status pd_dictionary_append_room(struct pd_dictionary *dictionary, size_t n, size_t n_bytes, uint32_t *first,
                                            struct padan_error *error)
{
    PD_TRY(pd_dictionary_reserve(dictionary, dictionary->n_entries + n, dictionary->n_bytes + n_bytes, error));
    *first = dictionary->n_entries + 1;
    dictionary->n_entries += (uint32_t)n;
    dictionary->n_bytes += n_bytes;
    dictionary->begins[dictionary->n_entries] = dictionary->n_bytes;
    return PADAN_OK;
}

void pd_dictionary_append_texts(const struct pd_dictionary *dictionary, uint32_t first, size_t first_byte,
                                const struct pd_hashed_text *texts, size_t n)
{
    char *to = dictionary->bytes + first_byte;
    uint64_t *begins = dictionary->begins + (first - 1);
    for (size_t i = 0; i < n; i++) {
        if (n - i > AHEAD_TEXTS) pd_prefetch(texts[i + AHEAD_TEXTS].data);
        begins[i] = (uint64_t)(to - dictionary->bytes);
        memcpy(to, texts[i].data, texts[i].length);
        to += texts[i].length;
    }
}

enum padan_status pd_dictionary_append_all(struct pd_dictionary *dictionary, const struct pd_hashed_text *texts,
                                           size_t n, uint32_t *first, struct padan_error *error)
{
    const size_t first_byte = dictionary->n_bytes;
    size_t n_bytes = 0;
    for (size_t i = 0; i < n; i++) n_bytes += texts[i].length;
    PD_TRY(pd_dictionary_append_room(dictionary, n, n_bytes, first, error));
    pd_dictionary_append_texts(dictionary, *first, first_byte, texts, n);
    return PADAN_OK;
}

static enum padan_status hash_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct unification *unification = context;
    const size_t n = unification->dictionary->n_entries;
    const size_t begin = chunk * CHUNK_ENTRIES;
    const size_t end = n - begin < CHUNK_ENTRIES ? n : begin + CHUNK_ENTRIES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        const uint32_t code = (uint32_t)i + 1;
        const uint64_t hash = pd_hash_text(pd_dictionary_text(unification->dictionary, code));
        unification->words[i] = hash >> unification->entry_bits << unification->entry_bits | i;
        unification->first[code] = code;
    }
    return PADAN_OK;
}

static uint32_t code_of(const struct unification *unification, uint64_t word)
{
    return (uint32_t)(word & ((UINT64_C(1) << unification->entry_bits) - 1)) + 1;
}

static bool is_one_hash(const struct unification *unification, size_t i, size_t j)
{
    return unification->words[i] >> unification->entry_bits == unification->words[j] >> unification->entry_bits;
}

/* words [n] of one hash, codes ascending: each text gets the first code of its kind. */
static void join_run(const struct unification *unification, const uint64_t *words, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const uint32_t code = code_of(unification, words[i]);
        const struct pd_text text = pd_dictionary_text(unification->dictionary, code);
        for (size_t j = 0; j < i; j++) {
            const uint32_t earlier = code_of(unification, words[j]);
            if (unification->first[earlier] != earlier) continue;
            const struct pd_text known = pd_dictionary_text(unification->dictionary, earlier);
            if (known.length != text.length || !pd_bytes_equal(known.data, text.data, text.length)) continue;
            unification->first[code] = earlier;
            break;
        }
    }
}

/* The runs of equal hashes that begin in a chunk of words. */
static enum padan_status join_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct unification *unification = context;
    const uint64_t *words = unification->words;
    const size_t n = unification->dictionary->n_entries;
    const size_t limit = n - chunk * CHUNK_ENTRIES < CHUNK_ENTRIES ? n : (chunk + 1) * CHUNK_ENTRIES;
    size_t i = chunk * CHUNK_ENTRIES;
    (void)worker, (void)error;
    while (i > 0 && i < limit && is_one_hash(unification, i, i - 1)) i++;
    while (i < limit) {
        size_t end = i + 1;
        while (end < n && is_one_hash(unification, end, i)) end++;
        if (end - i > 1) join_run(unification, words + i, end - i);
        i = end;
    }
    return PADAN_OK;
}

/* Numbers the first texts of each kind in order and moves them together; map: first codes in, new codes out. */
static void move_together(struct pd_dictionary *dictionary, uint32_t *map)
{
    const uint32_t n = dictionary->n_entries;
    uint32_t n_kept = 0;
    uint64_t to = 0;
    map[0] = 0;
    for (uint32_t code = 1; code <= n; code++) {
        if (n - code > AHEAD_CODES) pd_prefetch(&map[map[code + AHEAD_CODES]]);
        if (map[code] != code) {
            map[code] = map[map[code]];
            continue;
        }
        const struct pd_text text = pd_dictionary_text(dictionary, code);
        if (text.data != dictionary->bytes + to) memmove(dictionary->bytes + to, text.data, text.length);
        dictionary->begins[n_kept] = to;
        to += text.length;
        map[code] = ++n_kept;
    }
    if (dictionary->begins != NULL) dictionary->begins[n_kept] = to;
    dictionary->n_entries = n_kept;
    dictionary->n_bytes = (size_t)to;
}

/* They know old codes. */
static void forget_slots(struct pd_dictionary *dictionary)
{
    pd_free(dictionary->slots);
    dictionary->slots = NULL;
    dictionary->n_slots = 0;
}

enum padan_status pd_dictionary_unify(struct pd_dictionary *dictionary, int threads, uint32_t **map,
                                      struct padan_error *error)
{
    const size_t n = dictionary->n_entries;
    const size_t n_chunks = (n + CHUNK_ENTRIES - 1) / CHUNK_ENTRIES;
    struct unification unification = { .dictionary = dictionary,
                                       .entry_bits = n == 0 ? 0 : 64 - (unsigned)__builtin_clzll(n) };
    uint64_t *scratch = NULL;
    forget_slots(dictionary);
    enum padan_status status = pd_allocate_array(&unification.first, n + 1, sizeof **map, error);
    if (status == PADAN_OK) status = pd_allocate_array(&unification.words, n, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, hash_chunk, &unification, error);
    if (status == PADAN_OK) status = pd_radix_sort_words(unification.words, scratch, n, threads, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, join_chunk, &unification, error);
    pd_free(scratch);
    pd_free(unification.words);
    if (status != PADAN_OK) {
        pd_free(unification.first);
        return status;
    }
    move_together(dictionary, unification.first);
    *map = unification.first;
    return PADAN_OK;
}
