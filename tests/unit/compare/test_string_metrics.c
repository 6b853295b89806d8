/* SPDX-License-Identifier: MIT
 * Every string metric against its textbook twin, over lengths on both sides of each word boundary, alphabets from two
 * letters to all bytes, and pairs from equal to unrelated. */
#include "compare/string_metrics.h"

#include "../../reference/textbook_metrics.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>

struct sample {
    char a[TEXTBOOK_MAX], b[TEXTBOOK_MAX];
    struct pd_text left, right;
};

static char random_byte(struct pd_random *random, unsigned alphabet)
{
    static const char letters[] = "AINSTRUEHMDLOYKGWBPCJFZV QX0123456789'-";
    if (alphabet > 200) return (char)pd_random_below(random, 256);
    return letters[pd_random_below(random, alphabet < sizeof letters - 1 ? alphabet : sizeof letters - 1)];
}

/* The right text is the left one after some edits (a few, or so many that nothing is left). */
static void make_sample(struct sample *sample, struct pd_random *random, size_t length, unsigned alphabet, size_t edits)
{
    for (size_t i = 0; i < length; i++) sample->a[i] = random_byte(random, alphabet);
    memcpy(sample->b, sample->a, length);
    size_t n = length;
    for (size_t e = 0; e < edits; e++) {
        const size_t place = n == 0 ? 0 : (size_t)pd_random_below(random, n);
        switch (pd_random_below(random, 4)) {
        case 0:
            if (n > 0) sample->b[place] = random_byte(random, alphabet);
            break;
        case 1:
            if (n > 0) memmove(sample->b + place, sample->b + place + 1, --n - place);
            break;
        case 2:
            if (n + 1 >= TEXTBOOK_MAX) break;
            memmove(sample->b + place + 1, sample->b + place, n - place);
            sample->b[place] = random_byte(random, alphabet);
            n++;
            break;
        default:
            if (place + 1 < n) {
                const char first = sample->b[place];
                sample->b[place] = sample->b[place + 1];
                sample->b[place + 1] = first;
            }
        }
    }
    sample->left = (struct pd_text){ sample->a, length };
    sample->right = (struct pd_text){ sample->b, n };
}

static void check_distances(struct pd_text a, struct pd_text b, const char *what)
{
    const size_t distance = textbook_levenshtein(a, b);
    cr_assert_eq(pd_levenshtein(a, b), distance, "%s: levenshtein %zu, %zu", what, a.length, b.length);
    cr_assert_eq(pd_levenshtein(b, a), distance, "%s: levenshtein turned", what);
    for (size_t limit = 0; limit < 6; limit++)
        cr_assert_eq(pd_levenshtein_bounded(a, b, limit), distance <= limit ? distance : limit + 1,
                     "%s: levenshtein within %zu", what, limit);
    cr_assert_eq(pd_levenshtein_bounded(a, b, distance), distance, "%s: levenshtein within itself", what);
    cr_assert_eq(pd_osa_distance(a, b), textbook_osa(a, b), "%s: osa", what);
    cr_assert_eq(pd_damerau_levenshtein(a, b), textbook_damerau(a, b), "%s: damerau", what);
    cr_assert_eq(pd_damerau_levenshtein(b, a), textbook_damerau(a, b), "%s: damerau turned", what);
    cr_assert_eq(pd_hamming(a, b), textbook_hamming(a, b), "%s: hamming", what);
    const struct pd_signature left = pd_signature_of(a), right = pd_signature_of(b);
    cr_assert_leq(pd_signature_distance(&left, &right), textbook_damerau(a, b), "%s: signature distance", what);
}

static void check_similarities(struct pd_text a, struct pd_text b, const char *what)
{
    const double jaro = textbook_jaro(a, b), winkler = textbook_jaro_winkler(a, b);
    cr_assert(pd_jaro_similarity(a, b) == jaro, "%s: jaro", what);
    cr_assert(pd_jaro_similarity(b, a) == jaro, "%s: jaro turned", what);
    cr_assert(pd_jaro_winkler_similarity(a, b) == winkler, "%s: jaro-winkler", what);
    cr_assert(pd_jaccard_similarity(a, b) == textbook_jaccard(a, b), "%s: jaccard", what);
    for (unsigned q = 1; q <= 4; q++)
        cr_assert(pd_qgram_similarity(a, b, q) == textbook_qgram(a, b, q), "%s: %u-grams", what, q);
    const struct pd_signature left = pd_signature_of(a), right = pd_signature_of(b);
    size_t prefix = 0;
    while (prefix < 4 && prefix < a.length && prefix < b.length && a.data[prefix] == b.data[prefix]) prefix++;
    cr_assert(pd_signature_jaro(&left, &right, prefix) >= winkler, "%s: signature bound", what);
}

Test(string_metrics, agree_with_their_textbook_twins)
{
    static const size_t lengths[] = { 0,  1,  2,  3,  4,  5,  7,  8,   12,  15,  16, 17,
                                      20, 31, 32, 33, 63, 64, 65, 127, 128, 130, 200 };
    static const unsigned alphabets[] = { 2, 5, 26, 256 };
    static const size_t edits[] = { 0, 1, 2, 4, 12, 300 };
    struct pd_random random = pd_random_stream(20261124, 1);
    struct sample sample;
    char what[96];
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
        for (size_t a = 0; a < sizeof alphabets / sizeof *alphabets; a++)
            for (size_t e = 0; e < sizeof edits / sizeof *edits; e++)
                for (int repeat = 0; repeat < (lengths[l] < 40 ? 60 : 6); repeat++) {
                    make_sample(&sample, &random, lengths[l], alphabets[a], edits[e]);
                    snprintf(what, sizeof what, "length %zu, alphabet %u, edits %zu, repeat %d", lengths[l],
                             alphabets[a], edits[e], repeat);
                    check_distances(sample.left, sample.right, what);
                    check_similarities(sample.left, sample.right, what);
                }
}

Test(string_metrics, agree_on_unrelated_texts_of_any_two_lengths)
{
    struct pd_random random = pd_random_stream(7, 2);
    struct sample sample, other;
    char what[64];
    for (int repeat = 0; repeat < 4000; repeat++) {
        make_sample(&sample, &random, (size_t)pd_random_below(&random, repeat % 8 == 0 ? 150 : 24), 20, 0);
        make_sample(&other, &random, (size_t)pd_random_below(&random, repeat % 16 == 0 ? 150 : 24), 20, 0);
        snprintf(what, sizeof what, "unrelated %d", repeat);
        check_distances(sample.left, other.left, what);
        check_similarities(sample.left, other.left, what);
    }
}

Test(string_metrics, give_the_figures_of_the_literature)
{
    cr_assert_eq(pd_levenshtein(PD_TEXT("kitten"), PD_TEXT("sitting")), 3);
    cr_assert_eq(pd_osa_distance(PD_TEXT("CA"), PD_TEXT("ABC")), 3);
    cr_assert_eq(pd_damerau_levenshtein(PD_TEXT("CA"), PD_TEXT("ABC")), 2);
    cr_assert_float_eq(pd_jaro_winkler_similarity(PD_TEXT("MARTHA"), PD_TEXT("MARHTA")), 0.9611111, 1e-6);
    cr_assert_float_eq(pd_jaro_winkler_similarity(PD_TEXT("DIXON"), PD_TEXT("DICKSONX")), 0.8133333, 1e-6);
    cr_assert_float_eq(pd_jaro_similarity(PD_TEXT("DWAYNE"), PD_TEXT("DUANE")), 0.8222222, 1e-6);
    /* 0.92 in real numbers, one step below in doubles: DuckDB says no, and so must this. */
    cr_assert_lt(pd_jaro_winkler_similarity(PD_TEXT("SUSANTI JOKO"), PD_TEXT("SSANTI JKO")), 0.92);
    cr_assert_eq(pd_levenshtein(PD_TEXT("\xc3\xa9"), PD_TEXT("e")), 2, "bytes, as DuckDB");
    cr_assert_eq(pd_hamming(PD_TEXT("AB"), PD_TEXT("ABC")), SIZE_MAX);
}

Test(string_metrics, cut_texts_beyond_the_limit)
{
    static char a[2 * PD_METRIC_TEXT_MAX], b[2 * PD_METRIC_TEXT_MAX];
    memset(a, 'A', sizeof a);
    memset(b, 'A', sizeof b);
    b[0] = 'B';
    b[PD_METRIC_TEXT_MAX - 1] = 'B';
    cr_assert_eq(pd_levenshtein((struct pd_text){ a, sizeof a }, (struct pd_text){ b, sizeof b }), 2);
    cr_assert_eq(pd_osa_distance((struct pd_text){ a, sizeof a }, (struct pd_text){ a, 10 }), PD_METRIC_TEXT_MAX - 10);
}

Test(string_metrics, words_in_common_weigh_by_their_form)
{
    static const struct {
        const char *a, *b;
        double low, high;
    } cases[] = {
        { "", "", 1, 1 },
        { "", "x", 0, 0 },
        { "- /", "..", 1, 1 },
        { "Sony Camera", "camera, SONY", 1, 1 },
        { "a b c", "d e f", 0, 0 },
        { "the the the", "THE", 1, 1 },
        /* one word of three letters each: 9 of 9 + 9 on both sides */
        { "one two", "one ten", 0.5, 0.5 },
        /* the code weighs 8 * 2.5, the words 4 and 5: 400 of 416 and 425 */
        { "sony dscw170r", "kodak dscw170r", 0.951, 0.952 },
        { "sony dscw170r", "sony dscw180r", 0.038, 0.039 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double value = pd_word_similarity(pd_text_of(cases[i].a), pd_text_of(cases[i].b));
        cr_expect(value >= cases[i].low - 1e-9 && value <= cases[i].high + 1e-9, "%s, %s: %f", cases[i].a, cases[i].b,
                  value);
        cr_expect_eq(pd_word_similarity(pd_text_of(cases[i].b), pd_text_of(cases[i].a)), value);
    }
}
