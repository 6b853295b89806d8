/* SPDX-License-Identifier: MIT
 * Words in common, weighted by what their form says of how rare they are: a cosine over sets of words. Without a table
 * of frequencies length and digits tell: "DSCW170R" names a product, "the" names nothing. On product names this stands
 * in for inverse document frequency (Salton & Buckley 1988) without counting the input, so a score depends on its two
 * texts alone. */
#include "base/words.h"
#include "compare/string_metrics.h"

#include <math.h>

enum { LONGEST_THAT_COUNTS = 9, CODE_LENGTH = 4 };
/* A word of letters and digits, such as a model number; a number. */
static const double CODE_FACTOR = 2.5, NUMBER_FACTOR = 1.5;

struct word {
    uint64_t hash;
    double weight;
};

static double weight_of(size_t length, bool digits, bool letters)
{
    const double weight = (double)(length < LONGEST_THAT_COUNTS ? length : LONGEST_THAT_COUNTS);
    if (length < CODE_LENGTH || !digits) return weight;
    return weight * (letters ? CODE_FACTOR : NUMBER_FACTOR);
}

/* Distinct words in small letters, ascending by hash; at most PD_WORDS_MAX are read. */
static size_t words_of(struct pd_text text, struct word *words)
{
    size_t n = 0;
    struct pd_word found;
    for (size_t i = 0; n < PD_WORDS_MAX && pd_word_next(text, &i, &found);) {
        const struct word word = { found.hash, weight_of(found.length, found.digits, found.letters) };
        size_t place = n;
        while (place > 0 && words[place - 1].hash > word.hash) place--;
        if (place > 0 && words[place - 1].hash == word.hash) continue;
        for (size_t j = n++; j > place; j--) words[j] = words[j - 1];
        words[place] = word;
    }
    return n;
}

static double norm_of(const struct word *words, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += words[i].weight * words[i].weight;
    return sum;
}

double pd_word_similarity(struct pd_text a, struct pd_text b)
{
    struct word left[PD_WORDS_MAX], right[PD_WORDS_MAX];
    const size_t n_left = words_of(a, left);
    const size_t n_right = words_of(b, right);
    double common = 0;
    if (n_left == 0 || n_right == 0) return n_left == n_right;
    for (size_t i = 0, j = 0; i < n_left && j < n_right;) {
        if (left[i].hash == right[j].hash) {
            common += left[i].weight * left[i].weight;
            i++;
            j++;
        } else if (left[i].hash < right[j].hash) {
            i++;
        } else {
            j++;
        }
    }
    const double similarity = common / sqrt(norm_of(left, n_left) * norm_of(right, n_right));
    return similarity > 1 ? 1 : similarity;
}
