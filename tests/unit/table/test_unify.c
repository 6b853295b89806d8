/* SPDX-License-Identifier: MIT
 * A loose dictionary, told apart at the end, against one that is searched for every text. */
#include "table/dictionary.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_TEXTS = 100000, N_BEFORE = 700 };

/* n texts of about n_distinct kinds; the first is empty. */
static struct pd_hashed_text *make_texts(char (*bytes)[16], size_t n_distinct)
{
    struct pd_random random = pd_random_stream(n_distinct, 1);
    struct pd_hashed_text *texts = NULL;
    cr_assert_eq(pd_allocate(&texts, N_TEXTS, sizeof *texts, NULL), PADAN_OK);
    for (size_t i = 0; i < N_TEXTS; i++) {
        const uint64_t kind = pd_random_below(&random, n_distinct);
        const int length = i == 0 ? 0 : snprintf(bytes[i], 16, "%llu", (unsigned long long)(kind * kind));
        texts[i] = (struct pd_hashed_text){ bytes[i], XXH3_64bits(bytes[i], (size_t)length), (uint32_t)length };
    }
    return texts;
}

/* What was inserted before the texts were appended is found in between, and nothing else is. */
static void find_early(const struct pd_dictionary *loose, const struct pd_hashed_text *texts, size_t n_before,
                       const uint32_t *old)
{
    uint32_t codes[N_BEFORE + 2000];
    const size_t n = n_before + 2000;
    pd_dictionary_find_all(loose, texts, n, codes);
    for (size_t i = 0; i < n; i++) {
        const struct pd_text text = { texts[i].data, texts[i].length };
        cr_assert(i < n_before ? codes[i] == old[i] : codes[i] == 0 || codes[i] <= n_before);
        cr_assert(codes[i] == 0 || pd_text_equal(pd_dictionary_text(loose, codes[i]), text));
    }
}

/* Code of the first text. In rooms: the second half is written before the first. */
static uint32_t append(struct pd_dictionary *loose, const struct pd_hashed_text *texts, size_t n, bool in_rooms)
{
    uint32_t first = 0, second = 0;
    if (!in_rooms) {
        cr_assert_eq(pd_dictionary_append_all(loose, texts, n, &first, NULL), PADAN_OK);
        return first;
    }
    const size_t half = n / 2, begin = loose->n_bytes;
    size_t bytes[2] = { 0, 0 };
    for (size_t i = 0; i < n; i++) bytes[i >= half] += texts[i].length;
    cr_assert_eq(pd_dictionary_append_room(loose, half, bytes[0], &first, NULL), PADAN_OK);
    cr_assert_eq(pd_dictionary_append_room(loose, n - half, bytes[1], &second, NULL), PADAN_OK);
    pd_dictionary_append_texts(loose, second, begin + bytes[0], texts + half, n - half);
    pd_dictionary_append_texts(loose, first, begin, texts, half);
    return first;
}

static void compare(size_t n_distinct, size_t n_before, int threads)
{
    static char bytes[N_TEXTS][16];
    struct pd_hashed_text *texts = make_texts(bytes, n_distinct);
    struct pd_dictionary searched = { 0 }, loose = { 0 };
    uint32_t *codes = NULL, *old = NULL, *map = NULL, first = 0;
    cr_assert_eq(pd_allocate(&codes, N_TEXTS, sizeof *codes, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&old, N_TEXTS, sizeof *old, NULL), PADAN_OK);
    cr_assert_eq(pd_dictionary_insert_all(&searched, texts, N_TEXTS, codes, NULL), PADAN_OK);
    cr_assert_eq(pd_dictionary_insert_all(&loose, texts, n_before, old, NULL), PADAN_OK);
    for (size_t begin = n_before; begin < N_TEXTS; begin += 9000) {
        const size_t n = N_TEXTS - begin < 9000 ? N_TEXTS - begin : 9000;
        first = append(&loose, texts + begin, n, begin / 9000 % 2 == 0);
        for (size_t i = 0; i < n; i++) old[begin + i] = first + (uint32_t)i;
    }
    find_early(&loose, texts, n_before, old);
    cr_assert_eq(pd_dictionary_unify(&loose, threads, &map, NULL), PADAN_OK);
    cr_assert_eq(map[0], 0);
    cr_assert_eq(loose.n_entries, searched.n_entries);
    cr_assert_eq(loose.n_bytes, searched.n_bytes);
    for (size_t i = 0; i < N_TEXTS; i++) {
        cr_assert_eq(map[old[i]], codes[i], "text %zu", i);
        cr_assert(
            pd_text_equal(pd_dictionary_text(&loose, codes[i]), (struct pd_text){ texts[i].data, texts[i].length }));
    }
    /* Searchable again, by index or by the next insertion. */
    if (n_before == 0) cr_assert_eq(pd_dictionary_index(&loose, NULL), PADAN_OK);
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(&loose, PD_TEXT("a new one"), pd_hash_text(PD_TEXT("a new one")), &code, NULL),
                 PADAN_OK);
    cr_assert_eq(code, searched.n_entries + 1);
    for (size_t i = 0; i < N_TEXTS; i += 17)
        cr_assert_eq(pd_dictionary_find(&loose, (struct pd_text){ texts[i].data, texts[i].length }, texts[i].hash),
                     codes[i]);
    pd_free(map);
    pd_free(old);
    pd_free(codes);
    pd_free(texts);
    pd_dictionary_reset(&loose);
    pd_dictionary_reset(&searched);
}

Test(unify, numbers_are_those_of_insertion_one_by_one)
{
    static const size_t n_distinct[] = { 1, 50, 20000, 10000000 };
    for (size_t i = 0; i < sizeof n_distinct / sizeof *n_distinct; i++) {
        compare(n_distinct[i], 0, 1);
        compare(n_distinct[i], N_BEFORE, 2);
    }
}

Test(unify, a_dictionary_without_texts_stays_one)
{
    struct pd_dictionary dictionary = { 0 };
    uint32_t *map = NULL;
    cr_assert_eq(pd_dictionary_unify(&dictionary, 2, &map, NULL), PADAN_OK);
    cr_assert_eq(map[0], 0);
    cr_assert_eq(dictionary.n_entries, 0);
    pd_free(map);
    pd_dictionary_reset(&dictionary);
}
