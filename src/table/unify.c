/* SPDX-License-Identifier: MIT
 * Telling the texts of a loose dictionary apart at once: hashes are sorted, equal ones lie side by side, and only their
 * texts are compared. The sort is parallel and runs through memory in order, where insertion one by one is a cache miss
 * or two per text in a single thread. */
#include "table/dictionary.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

enum { CHUNK_ENTRIES = 1 << 15 };

struct unification {
    const struct pd_dictionary *dictionary;
    struct pd_key *keys; /* [n_entries] hash and entry */
    uint32_t *first;     /* [n_entries + 1] code -> the lowest code of an equal text */
};

void pd_dictionary_loosen(struct pd_dictionary *dictionary)
{
    pd_free(dictionary->slots);
    dictionary->slots = NULL;
    dictionary->n_slots = 0;
}

enum padan_status pd_dictionary_reserve(struct pd_dictionary *dictionary, size_t n_entries, size_t n_bytes,
                                        struct padan_error *error)
{
    if (n_entries > UINT32_MAX - 2)
        PD_FAIL(error, PADAN_LIMIT, "a column has more than %u distinct texts; split the input", UINT32_MAX - 2);
    PD_TRY(
        pd_grow(&dictionary->begins, &dictionary->begins_capacity, n_entries + 1, sizeof *dictionary->begins, error));
    return pd_grow(&dictionary->bytes, &dictionary->bytes_capacity, n_bytes + 1, 1, error);
}

enum padan_status pd_dictionary_append_all(struct pd_dictionary *dictionary, const struct pd_hashed_text *texts,
                                           size_t n, uint32_t *first, struct padan_error *error)
{
    size_t n_bytes = 0;
    for (size_t i = 0; i < n; i++) n_bytes += texts[i].length;
    PD_TRY(pd_dictionary_reserve(dictionary, dictionary->n_entries + n, dictionary->n_bytes + n_bytes, error));
    *first = dictionary->n_entries + 1;
    char *to = dictionary->bytes + dictionary->n_bytes;
    uint64_t *begins = dictionary->begins + dictionary->n_entries;
    for (size_t i = 0; i < n; i++) {
        begins[i] = (uint64_t)(to - dictionary->bytes);
        memcpy(to, texts[i].data, texts[i].length);
        to += texts[i].length;
    }
    dictionary->n_entries += (uint32_t)n;
    dictionary->n_bytes += n_bytes;
    begins[n] = dictionary->n_bytes;
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
        unification->keys[i] = (struct pd_key){ hash, code, 0 };
        unification->first[code] = code;
    }
    return PADAN_OK;
}

/* keys [n] of one hash, codes ascending: each text gets the first code of its kind. */
static void join_run(const struct unification *unification, const struct pd_key *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct pd_text text = pd_dictionary_text(unification->dictionary, keys[i].record);
        for (size_t j = 0; j < i; j++) {
            if (unification->first[keys[j].record] != keys[j].record) continue;
            const struct pd_text known = pd_dictionary_text(unification->dictionary, keys[j].record);
            if (known.length != text.length || !pd_bytes_equal(known.data, text.data, text.length)) continue;
            unification->first[keys[i].record] = keys[j].record;
            break;
        }
    }
}

/* The runs of equal hashes that begin in a chunk of keys. */
static enum padan_status join_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct unification *unification = context;
    const struct pd_key *keys = unification->keys;
    const size_t n = unification->dictionary->n_entries;
    const size_t limit = n - chunk * CHUNK_ENTRIES < CHUNK_ENTRIES ? n : (chunk + 1) * CHUNK_ENTRIES;
    size_t i = chunk * CHUNK_ENTRIES;
    (void)worker, (void)error;
    while (i > 0 && i < limit && keys[i].hash == keys[i - 1].hash) i++;
    while (i < limit) {
        size_t end = i + 1;
        while (end < n && keys[end].hash == keys[i].hash) end++;
        if (end - i > 1) join_run(unification, keys + i, end - i);
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

enum padan_status pd_dictionary_unify(struct pd_dictionary *dictionary, int threads, uint32_t **map,
                                      struct padan_error *error)
{
    const size_t n = dictionary->n_entries;
    const size_t n_chunks = (n + CHUNK_ENTRIES - 1) / CHUNK_ENTRIES;
    struct unification unification = { .dictionary = dictionary };
    struct pd_key *scratch = NULL;
    enum padan_status status = pd_allocate_array(&unification.first, n + 1, sizeof **map, error);
    if (status == PADAN_OK) status = pd_allocate_array(&unification.keys, n, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, hash_chunk, &unification, error);
    if (status == PADAN_OK) status = pd_radix_sort(unification.keys, scratch, n, threads, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, join_chunk, &unification, error);
    pd_free(scratch);
    pd_free(unification.keys);
    if (status != PADAN_OK) {
        pd_free(unification.first);
        return status;
    }
    move_together(dictionary, unification.first);
    *map = unification.first;
    return PADAN_OK;
}
