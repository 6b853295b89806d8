/* SPDX-License-Identifier: MIT
 * A piece's codes and digits are those of the plain ways: a search in the dictionary for every text, and digit by
 * digit. Every text is memory of its own, so that a sanitizer sees when more than its bytes is read. */
#include <criterion/criterion.h>

#include "base/hash.h"
#include "ingest/local_column.h"

#include <stdlib.h>

enum { N_FIELDS = 200, N_ROUNDS = 300, LONGEST = 40 };

struct batch {
    struct pd_field fields[N_FIELDS];
    char *texts[N_FIELDS];
};

/* Texts of random lengths, of n_letters kinds of bytes from `first` on. */
static void make_batch(struct batch *batch, uint64_t *state, char first, unsigned n_letters, size_t longest)
{
    for (size_t i = 0; i < N_FIELDS; i++) {
        const size_t length = pd_mix64(++*state) % (longest + 1);
        char *text = malloc(length);
        for (size_t j = 0; j < length; j++) text[j] = (char)(first + (int)(pd_mix64(++*state) % n_letters));
        batch->texts[i] = text;
        batch->fields[i] = (struct pd_field){ text, (uint32_t)length, false };
    }
}

static void free_batch(struct batch *batch)
{
    for (size_t i = 0; i < N_FIELDS; i++) free(batch->texts[i]);
}

static struct pd_text text_of(const struct pd_field *field)
{
    return (struct pd_text){ field->data, field->length };
}

/* Puts the texts of a batch into the shared dictionary, as merging a piece does. */
static void share(struct pd_dictionary *known, struct pd_short_texts *shorts, const struct batch *batch)
{
    for (size_t i = 0; i < N_FIELDS; i++) {
        const struct pd_text text = text_of(&batch->fields[i]);
        const uint32_t n_before = known->n_entries;
        uint32_t code = 0;
        if (text.length == 0) continue;
        cr_assert_eq(pd_dictionary_insert(known, text, pd_hash_text(text), &code, NULL), PADAN_OK);
        if (known->n_entries > n_before) cr_assert_eq(pd_short_texts_add(shorts, text, code, NULL), PADAN_OK);
    }
}

static void expect_codes(const struct pd_local_column *column, const struct batch *batch)
{
    size_t n_filled = 0;
    for (size_t i = 0; i < N_FIELDS; i++) {
        const struct pd_text text = text_of(&batch->fields[i]);
        const uint32_t known = pd_dictionary_find(column->known, text, pd_hash_text(text));
        n_filled += text.length > 0;
        if (text.length == 0) {
            cr_assert_eq(column->codes[i], 0);
        } else if (known > 0) {
            cr_assert_eq(column->codes[i], PD_LOCAL_KNOWN | known, "%.*s", PD_TEXT_ARGS(text));
        } else {
            const uint32_t code = column->codes[i];
            cr_assert(code > 0 && code <= column->n_texts);
            const struct pd_hashed_text *own = &column->texts[code - 1];
            cr_assert(pd_text_equal((struct pd_text){ own->data, own->length }, text));
        }
    }
    cr_assert_eq(column->n_filled, n_filled);
}

Test(local_column, codes_are_those_of_a_search_for_every_text)
{
    static const struct {
        unsigned n_letters;
        size_t longest;
    } kinds[] = { { 2, 1 }, { 3, 5 }, { 2, 12 }, { 2, 16 }, { 1, LONGEST } };
    uint64_t state = 1;
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        struct pd_dictionary known = { 0 };
        struct pd_short_texts shorts = { 0 };
        struct pd_local_column column = { 0 };
        for (int round = 0; round < N_ROUNDS / 10; round++) {
            struct batch batch;
            make_batch(&batch, &state, '@', kinds[kind].n_letters, kinds[kind].longest);
            pd_local_column_clear(&column, (struct pd_load_kind){ PD_LOCAL_CODES, &known, &shorts });
            cr_assert_eq(pd_local_column_append(&column, 0, batch.fields, N_FIELDS, NULL), PADAN_OK);
            expect_codes(&column, &batch);
            share(&known, &shorts, &batch);
            free_batch(&batch);
        }
        pd_local_column_reset(&column);
        pd_short_texts_reset(&shorts);
        pd_dictionary_reset(&known);
    }
}

Test(local_column, digits_are_those_read_one_by_one)
{
    uint64_t state = 2;
    struct pd_local_column column = { 0 };
    for (int round = 0; round < N_ROUNDS; round++) {
        struct batch batch;
        /* From '0' on: every third round has bytes just past '9', every third just before '0'. */
        make_batch(&batch, &state, round % 3 == 2 ? '/' : '0', round % 3 == 0 ? 10 : 11, 19);
        pd_local_column_clear(&column, (struct pd_load_kind){ PD_LOCAL_DIGITS, NULL, NULL });
        cr_assert_eq(pd_local_column_append(&column, 0, batch.fields, N_FIELDS, NULL), PADAN_OK);
        for (size_t i = 0; i < N_FIELDS; i++) {
            const struct pd_text text = text_of(&batch.fields[i]);
            const uint64_t word = pd_digits_encode(text);
            if (word != 0 || text.length == 0) {
                cr_assert_eq(column.words[i], word, "%.*s", PD_TEXT_ARGS(text));
                continue;
            }
            cr_assert_eq(column.words[i] >> PD_DIGITS_SHIFT, PD_DIGITS_ESCAPE, "%.*s", PD_TEXT_ARGS(text));
            const struct pd_hashed_text *own = &column.texts[(column.words[i] & PD_DIGITS_MASK) - 1];
            cr_assert(pd_text_equal((struct pd_text){ own->data, own->length }, text));
        }
        free_batch(&batch);
    }
    pd_local_column_reset(&column);
}
