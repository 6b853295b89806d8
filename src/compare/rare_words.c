/* SPDX-License-Identifier: MIT */
#include "compare/rare_words.h"

#include "base/memory.h"
#include "base/words.h"

#include <math.h>
#include <stdlib.h>

/* Words that one text writes apart and another together are as many at most. */
enum { MOST_TOGETHER = 3 };

/* How many texts hold a word that one writes so: open addressing, at most half full. */
struct count {
    uint64_t hash;
    double n_texts;
    bool written; /* false = free */
};

struct making {
    struct pd_rare_words *out;
    struct count *counts;
    size_t mask;
};

void pd_rare_words_reset(struct pd_rare_words *words)
{
    pd_free(words->words);
    pd_free(words->ends);
    *words = (struct pd_rare_words){ 0 };
}

size_t pd_rare_words_bytes(const struct pd_rare_words *words)
{
    const size_t n_words = words->n_texts == 0 ? 0 : words->ends[words->n_texts - 1];
    return n_words * sizeof *words->words + words->n_texts * sizeof *words->ends;
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t x = ((const struct pd_rare_word *)a)->hash;
    const uint64_t y = ((const struct pd_rare_word *)b)->hash;
    return (x > y) - (x < y);
}

static size_t count_words(const struct pd_dictionary *dictionary)
{
    size_t n = 0;
    struct pd_word word;
    for (uint32_t code = 1; code <= dictionary->n_entries; code++)
        for (size_t place = 0; pd_word_next(pd_dictionary_text(dictionary, code), &place, &word);) n++;
    return n;
}

static struct count *count_of(const struct making *making, uint64_t hash)
{
    size_t place = hash & making->mask;
    while (making->counts[place].written && making->counts[place].hash != hash) place = (place + 1) & making->mask;
    return &making->counts[place];
}

static void mark_written(const struct making *making, const struct pd_dictionary *dictionary)
{
    struct pd_word word;
    for (uint32_t code = 1; code <= dictionary->n_entries; code++)
        for (size_t place = 0; pd_word_next(pd_dictionary_text(dictionary, code), &place, &word);)
            *count_of(making, word.hash) = (struct count){ word.hash, 0, true };
}

/* Digits beside digits are two numbers. */
static bool are_numbers(const struct pd_word *left, const struct pd_word *right, struct pd_text text)
{
    return pd_word_digit((unsigned char)text.data[left->end - 1]) &&
           pd_word_digit((unsigned char)text.data[right->end - right->length]);
}

/* The word at *place with those behind it that some text writes together with it, as DSC W120 where one has DSCW120;
 * words of letters alone stay as they are. */
static bool next_word(const struct making *making, struct pd_text text, size_t *place, uint64_t *hash)
{
    struct pd_word word, next;
    if (!pd_word_next(text, place, &word)) return false;
    *hash = word.hash;
    size_t behind = *place;
    for (int i = 1; i < MOST_TOGETHER && pd_word_next(text, &behind, &next); i++) {
        if (are_numbers(&word, &next, text)) break;
        word = pd_word_together(&word, &next, text);
        if (!word.digits || !count_of(making, word.hash)->written) continue;
        *hash = word.hash;
        *place = behind;
    }
    return true;
}

/* The words of a text, each once; where they end. */
static size_t collect(const struct making *making, struct pd_text text, struct pd_rare_word *words)
{
    size_t n = 0, n_distinct = 0;
    uint64_t hash = 0;
    for (size_t place = 0; next_word(making, text, &place, &hash);) words[n++] = (struct pd_rare_word){ hash, 0 };
    qsort(words, n, sizeof *words, by_hash);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || words[i].hash != words[n_distinct - 1].hash) words[n_distinct++] = words[i];
    return n_distinct;
}

static void count_texts(struct making *making)
{
    struct pd_rare_words *out = making->out;
    for (size_t i = 0; out->n_texts > 0 && i < out->ends[out->n_texts - 1]; i++) {
        count_of(making, out->words[i].hash)->n_texts++;
    }
}

static void weigh_text(const struct making *making, struct pd_rare_word *words, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        words[i].weight = log1p((double)making->out->n_texts / count_of(making, words[i].hash)->n_texts);
        sum += words[i].weight * words[i].weight;
    }
    for (size_t i = 0; i < n; i++) words[i].weight /= sqrt(sum);
}

static enum padan_status make(const struct pd_dictionary *dictionary, struct making *making, struct padan_error *error)
{
    struct pd_rare_words *out = making->out;
    const size_t n_words = count_words(dictionary);
    size_t size = 16, end = 0;
    while (size < 2 * n_words) size *= 2;
    making->mask = size - 1;
    PD_TRY(pd_allocate(&making->counts, size, sizeof *making->counts, error));
    PD_TRY(pd_allocate_array(&out->words, n_words + 1, sizeof *out->words, error));
    PD_TRY(pd_allocate_array(&out->ends, dictionary->n_entries + 1, sizeof *out->ends, error));
    out->n_texts = dictionary->n_entries;
    mark_written(making, dictionary);
    for (uint32_t code = 1; code <= dictionary->n_entries; code++) {
        end += collect(making, pd_dictionary_text(dictionary, code), out->words + end);
        out->ends[code - 1] = end;
    }
    count_texts(making);
    for (size_t i = 0, begin = 0; i < out->n_texts; begin = out->ends[i++])
        weigh_text(making, out->words + begin, out->ends[i] - begin);
    return PADAN_OK;
}

enum padan_status pd_rare_words_make(const struct pd_dictionary *dictionary, struct pd_rare_words *words,
                                     struct padan_error *error)
{
    struct making making = { .out = words };
    *words = (struct pd_rare_words){ 0 };
    const enum padan_status status = make(dictionary, &making, error);
    pd_free(making.counts);
    if (status != PADAN_OK) pd_rare_words_reset(words);
    return status;
}

double pd_rare_words_cosine(const struct pd_rare_word *a, size_t n_a, const struct pd_rare_word *b, size_t n_b)
{
    double sum = 0;
    if (n_a == 0 || n_b == 0) return n_a == n_b;
    for (size_t i = 0, j = 0; i < n_a && j < n_b;) {
        if (a[i].hash == b[j].hash) {
            sum += a[i].weight * b[j].weight;
            i++;
            j++;
        } else if (a[i].hash < b[j].hash) {
            i++;
        } else {
            j++;
        }
    }
    return sum < 1 ? sum : 1;
}
