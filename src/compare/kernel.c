/* SPDX-License-Identifier: MIT
 * The kernels: for each similarity function how its columns are prepared and how two words are compared. */
#include "compare/kernel.h"

#include "base/memory.h"
#include "base/words.h"
#include "compare/identity.h"
#include "compare/kernel_side.h"
#include "compare/name_similarity.h"
#include "compare/string_metrics.h"

#include <math.h>

/* Values that pass no bound. */
static const double never_similar = -1, never_near = HUGE_VAL;

static bool accepts_texts(const struct pd_column *column)
{
    return column->type == PD_TYPE_TEXT &&
           (pd_encoding_is_own_code(column->encoding) || column->encoding == PD_ENCODING_DIGITS);
}

static bool accepts_names(const struct pd_column *column)
{
    return column->type == PD_TYPE_TEXT && pd_encoding_is_own_code(column->encoding);
}

static bool accepts_dates(const struct pd_column *column)
{
    return column->type == PD_TYPE_DATE && pd_encoding_is_integer(column->encoding);
}

static bool accepts_numbers(const struct pd_column *column)
{
    return (column->type == PD_TYPE_INT || column->type == PD_TYPE_DOUBLE) &&
           (pd_encoding_is_integer(column->encoding) || column->encoding == PD_ENCODING_DOUBLE);
}

static bool accepts_timestamps(const struct pd_column *column)
{
    return column->type == PD_TYPE_TIMESTAMP && pd_encoding_is_integer(column->encoding);
}

static bool accepts_codes(const struct pd_column *column)
{
    return (column->type == PD_TYPE_INT && pd_encoding_is_integer(column->encoding)) || accepts_texts(column);
}

/* The signature of a word from its record; false for numbers and very long texts. */
static bool word_signature(const struct pd_kernel_side *side, uint64_t word, struct pd_signature *out,
                           const struct pd_text_record **record)
{
    const uint32_t code = pd_side_code(side, word);
    if (code == 0 || side->texts == NULL) return false;
    *record = &side->texts[code - 1];
    *out = (struct pd_signature){ (*record)->bits, (*record)->overflow, (*record)->length };
    return (*record)->length < UINT8_MAX && (*record)->overflow < UINT8_MAX;
}

static double distance_optimist(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                                uint64_t word_b)
{
    struct pd_signature left, right;
    const struct pd_text_record *record_a, *record_b;
    if (!word_signature(a, word_a, &left, &record_a) || !word_signature(b, word_b, &right, &record_b)) return 0;
    return (double)pd_signature_distance(&left, &right);
}

static size_t record_prefix(const struct pd_text_record *a, const struct pd_text_record *b)
{
    const size_t shorter = a->length < b->length ? a->length : b->length;
    if (a->length > PD_SHORT_TEXT || b->length > PD_SHORT_TEXT) return shorter < 4 ? shorter : 4;
    size_t prefix = 0;
    while (prefix < 4 && prefix < shorter && a->text[prefix] == b->text[prefix]) prefix++;
    return prefix;
}

static double jaro_optimist(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                            uint64_t word_b)
{
    struct pd_signature left, right;
    const struct pd_text_record *record_a, *record_b;
    if (!word_signature(a, word_a, &left, &record_a) || !word_signature(b, word_b, &right, &record_b)) return 1;
    return pd_signature_jaro(&left, &right, 0);
}

static double jaro_winkler_optimist(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                                    uint64_t word_b)
{
    struct pd_signature left, right;
    const struct pd_text_record *record_a, *record_b;
    if (!word_signature(a, word_a, &left, &record_a) || !word_signature(b, word_b, &right, &record_b)) return 1;
    return pd_signature_jaro(&left, &right, record_prefix(record_a, record_b));
}

/* One text metric of two words: fetches both texts. */
#define TEXT_KERNEL(name, expression)                                                                                  \
    static double name(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,                \
                       uint64_t word_b)                                                                                \
    {                                                                                                                  \
        char scratch_a[24], scratch_b[24];                                                                             \
        const struct pd_text left = pd_side_text(a, word_a, scratch_a), right = pd_side_text(b, word_b, scratch_b);    \
        return (double)(expression);                                                                                   \
    }

TEXT_KERNEL(evaluate_levenshtein, pd_levenshtein(left, right))
TEXT_KERNEL(evaluate_osa, pd_osa_distance(left, right))
TEXT_KERNEL(evaluate_damerau, pd_damerau_levenshtein(left, right))
TEXT_KERNEL(evaluate_jaro, pd_jaro_similarity(left, right))
TEXT_KERNEL(evaluate_jaro_winkler, pd_jaro_winkler_similarity(left, right))
TEXT_KERNEL(evaluate_jaccard, pd_jaccard_similarity(left, right))
TEXT_KERNEL(evaluate_bigrams, pd_qgram_similarity(left, right, 2))
TEXT_KERNEL(evaluate_words, pd_word_similarity(left, right))

static double bounded_levenshtein(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                                  uint64_t word_b, double bound)
{
    if (!(distance_optimist(a, word_a, b, word_b) <= bound)) return never_near;
    const size_t limit = bound > PD_METRIC_TEXT_MAX ? PD_METRIC_TEXT_MAX : (size_t)bound;
    char scratch_a[24], scratch_b[24];
    const struct pd_text left = pd_side_text(a, word_a, scratch_a), right = pd_side_text(b, word_b, scratch_b);
    const size_t distance = pd_levenshtein_bounded(left, right, limit);
    return distance <= limit ? (double)distance : never_near;
}

/* evaluate behind the optimist. */
#define BOUNDED_KERNEL(name, optimist, evaluate, passes, never)                                                        \
    static double name(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,                \
                       uint64_t word_b, double bound)                                                                  \
    {                                                                                                                  \
        return optimist(a, word_a, b, word_b) passes bound ? evaluate(a, word_a, b, word_b) : never;                   \
    }

BOUNDED_KERNEL(bounded_osa, distance_optimist, evaluate_osa, <=, never_near)
BOUNDED_KERNEL(bounded_damerau, distance_optimist, evaluate_damerau, <=, never_near)
BOUNDED_KERNEL(bounded_jaro, jaro_optimist, evaluate_jaro, >=, never_similar)
BOUNDED_KERNEL(bounded_jaro_winkler, jaro_winkler_optimist, evaluate_jaro_winkler, >=, never_similar)

#define UNBOUNDED_KERNEL(name, evaluate)                                                                               \
    static double name(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,                \
                       uint64_t word_b, double bound)                                                                  \
    {                                                                                                                  \
        (void)bound;                                                                                                   \
        return evaluate(a, word_a, b, word_b);                                                                         \
    }

static double evaluate_name(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                            uint64_t word_b)
{
    return pd_name_similarity(pd_side_profile(a, word_a), pd_side_profile(b, word_b)) / 1000.0;
}

static double name_optimist(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                            uint64_t word_b)
{
    return pd_name_similarity_bound(pd_side_profile(a, word_a), pd_side_profile(b, word_b)) / 1000.0;
}

static double evaluate_address(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                               uint64_t word_b)
{
    return pd_address_profile_similarity(pd_side_profile(a, word_a), pd_side_profile(b, word_b)) / 1000.0;
}

/* A word as digits; texts that are not digits have length 0. */
static uint64_t digits_word(const struct pd_kernel_side *side, uint64_t word)
{
    const uint32_t code = pd_side_code(side, word);
    return code == 0 ? word : pd_digits_encode(pd_dictionary_text(side->dictionary, code));
}

static double evaluate_nik(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                           uint64_t word_b)
{
    const uint64_t left = digits_word(a, word_a), right = digits_word(b, word_b);
    if (left == 0 && right == 0) { /* neither is a number: equal or unrelated */
        char scratch_a[24], scratch_b[24];
        const bool equal = pd_text_equal(pd_side_text(a, word_a, scratch_a), pd_side_text(b, word_b, scratch_b));
        return equal ? PD_NIK_EQUAL : PD_NIK_UNRELATED;
    }
    return pd_nik_relation(left & PD_DIGITS_MASK, (unsigned)(left >> PD_DIGITS_SHIFT), right & PD_DIGITS_MASK,
                           (unsigned)(right >> PD_DIGITS_SHIFT));
}

static double evaluate_nik_digits(uint64_t a, uint64_t b)
{
    return pd_nik_relation_of_nibbles(a, b);
}

static double evaluate_date(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                            uint64_t word_b)
{
    (void)a, (void)b;
    return pd_date_relation((int32_t)word_a, (int32_t)word_b);
}

static int64_t region_code(const struct pd_kernel_side *side, uint64_t word)
{
    if (pd_encoding_is_integer(side->encoding)) return (int64_t)word;
    return (int64_t)(digits_word(side, word) & PD_DIGITS_MASK);
}

static double evaluate_region(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                              uint64_t word_b)
{
    return pd_region_proximity(region_code(a, word_a), region_code(b, word_b));
}

/* The vector of a word; a number is its only word. */
static const struct pd_rare_word *rare_words(const struct pd_kernel_side *side, uint64_t word,
                                             struct pd_rare_word *single, size_t *n)
{
    const uint32_t code = pd_side_code(side, word);
    char scratch[24];
    struct pd_word number;
    size_t place = 0;
    if (code != 0) return pd_rare_words_of(&side->rare, code, n);
    *n = pd_word_next(pd_side_text(side, word, scratch), &place, &number);
    *single = (struct pd_rare_word){ number.hash, 1 };
    return single;
}

static double evaluate_rare_words(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                                  uint64_t word_b)
{
    struct pd_rare_word single_a, single_b;
    size_t n_a = 0, n_b = 0;
    const struct pd_rare_word *left = rare_words(a, word_a, &single_a, &n_a);
    const struct pd_rare_word *right = rare_words(b, word_b, &single_b, &n_b);
    return pd_rare_words_cosine(left, n_a, right, n_b);
}

static double number_of_word(const struct pd_kernel_side *side, uint64_t word)
{
    double number = 0;
    if (side->encoding != PD_ENCODING_DOUBLE) return (double)(int64_t)word;
    memcpy(&number, &word, sizeof number);
    return number;
}

/* As the interpreter does it: integers are subtracted as such. */
static double evaluate_difference(const struct pd_kernel_side *a, uint64_t word_a, const struct pd_kernel_side *b,
                                  uint64_t word_b)
{
    int64_t difference = 0;
    if (a->encoding == PD_ENCODING_DOUBLE || b->encoding == PD_ENCODING_DOUBLE) {
        const double real = fabs(number_of_word(a, word_a) - number_of_word(b, word_b));
        return isfinite(real) ? real : (double)NAN;
    }
    if (__builtin_sub_overflow((int64_t)word_a, (int64_t)word_b, &difference) || difference == INT64_MIN)
        return (double)NAN;
    return (double)(difference < 0 ? -difference : difference);
}

BOUNDED_KERNEL(bounded_name, name_optimist, evaluate_name, >=, never_similar)
UNBOUNDED_KERNEL(bounded_jaccard, evaluate_jaccard)
UNBOUNDED_KERNEL(bounded_bigrams, evaluate_bigrams)
UNBOUNDED_KERNEL(bounded_words, evaluate_words)
UNBOUNDED_KERNEL(bounded_rare_words, evaluate_rare_words)
UNBOUNDED_KERNEL(bounded_address, evaluate_address)
UNBOUNDED_KERNEL(bounded_nik, evaluate_nik)
UNBOUNDED_KERNEL(bounded_date, evaluate_date)
UNBOUNDED_KERNEL(bounded_region, evaluate_region)
UNBOUNDED_KERNEL(bounded_difference, evaluate_difference)

const struct pd_kernel pd_kernel_difference = {
    "difference", false, 5, accepts_numbers, evaluate_difference, bounded_difference, NULL, NULL, false
};

const struct pd_kernel pd_kernel_seconds = {
    "difference", false, 5, accepts_timestamps, evaluate_difference, bounded_difference, NULL, NULL, false
};

const struct pd_kernel pd_kernels[] = {
    { "levenshtein", false, 60, accepts_texts, evaluate_levenshtein, bounded_levenshtein, distance_optimist, NULL,
      false },
    { "osa_distance", false, 70, accepts_texts, evaluate_osa, bounded_osa, distance_optimist, NULL, false },
    { "damerau_levenshtein", false, 700, accepts_texts, evaluate_damerau, bounded_damerau, distance_optimist, NULL,
      false },
    { "jaro_similarity", true, 70, accepts_texts, evaluate_jaro, bounded_jaro, jaro_optimist, NULL, false },
    { "jaro_winkler_similarity", true, 70, accepts_texts, evaluate_jaro_winkler, bounded_jaro_winkler,
      jaro_winkler_optimist, NULL, false },
    { "jaccard", true, 60, accepts_texts, evaluate_jaccard, bounded_jaccard, NULL, NULL, false },
    { "qgram_similarity", true, 400, accepts_texts, evaluate_bigrams, bounded_bigrams, NULL, NULL, false },
    { "word_similarity", true, 600, accepts_texts, evaluate_words, bounded_words, NULL, NULL, false },
    { "rare_word_similarity", true, 150, accepts_texts, evaluate_rare_words, bounded_rare_words, NULL, NULL, true },
    { "name_similarity", true, 200, accepts_names, evaluate_name, bounded_name, name_optimist, NULL, false },
    { "address_similarity", true, 30, accepts_names, evaluate_address, bounded_address, NULL, NULL, false },
    { "nik_relation", false, 15, accepts_texts, evaluate_nik, bounded_nik, NULL, evaluate_nik_digits, false },
    { "date_relation", false, 20, accepts_dates, evaluate_date, bounded_date, NULL, NULL, false },
    { "region_proximity", true, 10, accepts_codes, evaluate_region, bounded_region, NULL, NULL, false },
    { .function = NULL }
};

const struct pd_kernel *pd_kernel_find(struct pd_text function)
{
    for (const struct pd_kernel *kernel = pd_kernels; kernel->function != NULL; kernel++)
        if (pd_text_equal(function, pd_text_of(kernel->function))) return kernel;
    return NULL;
}

static size_t build_name(struct pd_text text, void *cache, void *out)
{
    return pd_name_profile_build(text, cache, out);
}

/* The used part of an address profile only. */
static size_t build_address(struct pd_text text, void *cache, void *out)
{
    (void)cache;
    struct pd_address_profile *const profile = out;
    pd_address_profile_build(text, profile);
    const size_t size = offsetof(struct pd_address_profile, words) + profile->n_words * sizeof *profile->words;
    return (size + 7) & ~(size_t)7;
}

/* A name without a word is like nothing, itself included. */
static bool is_empty_name(const void *profile)
{
    return ((const struct pd_name_profile *)profile)->n_tokens == 0;
}

/* How a kernel's profiles are built; NULL: it has none. */
static const struct pd_profile_builder *builder_of(const struct pd_kernel *kernel, struct pd_profile_builder *builder)
{
    if (kernel->evaluate == evaluate_name)
        *builder = (struct pd_profile_builder){ build_name, is_empty_name, pd_name_cache_bytes() };
    else if (kernel->evaluate == evaluate_address)
        *builder = (struct pd_profile_builder){ build_address, NULL, 0 };
    else
        return NULL;
    return builder;
}

/* What a word of the side and itself give, as far as is known of those that have a profile. */
static double of_equal(const struct pd_kernel_side *side)
{
    return side->builder.is_empty == NULL || side->has_empty ? (double)NAN : 1;
}

enum padan_status pd_kernel_side_complete(struct pd_kernel_side *side, const struct pd_column *column, size_t n_records,
                                          int threads, struct padan_error *error)
{
    if (side->layout != PD_LAYOUT_PROFILES) return PADAN_OK;
    if (column != NULL) {
        PD_TRY(pd_side_add_profiles(side, column, n_records, threads, error));
    } else {
        pd_free(side->wanted);
        side->wanted = NULL;
        PD_TRY(pd_side_build_profiles(side, threads, error));
    }
    side->of_equal = of_equal(side);
    return PADAN_OK;
}

static enum padan_status build_side(const struct pd_kernel *kernel, struct pd_kernel_side *side, bool bare, int threads,
                                    struct padan_error *error)
{
    struct pd_profile_builder builder;
    if (builder_of(kernel, &builder) != NULL) return pd_side_begin_profiles(side, builder, error);
    if (kernel->evaluate == evaluate_rare_words) {
        PD_TRY(pd_rare_words_make(side->dictionary, &side->rare, error));
        side->bytes += pd_rare_words_bytes(&side->rare);
        return PADAN_OK;
    }
    if (kernel->accepts == accepts_texts && kernel->evaluate != evaluate_nik && !bare)
        return pd_side_build_texts(side, threads, error);
    return PADAN_OK;
}

static enum padan_status prepare(const struct pd_kernel *kernel, const struct pd_column *column, bool bare, int threads,
                                 struct pd_kernel_side **side, struct padan_error *error)
{
    *side = NULL;
    if (!kernel->accepts(column))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s does not work on column \"%.*s\"", kernel->function,
                PD_TEXT_ARGS(column->name));
    struct pd_kernel_side *made = NULL;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    made->dictionary = column->dictionary;
    made->encoding = column->encoding;
    made->of_equal = (double)NAN;
    made->n_entries = column->dictionary == NULL ? 0 : column->dictionary->n_entries;
    enum padan_status status = build_side(kernel, made, bare, threads, error);
    if (status == PADAN_OK && !bare) status = pd_kernel_side_complete(made, NULL, 0, threads, error);
    if (status != PADAN_OK) {
        pd_kernel_side_free(made);
        return status;
    }
    *side = made;
    return PADAN_OK;
}

enum padan_status pd_kernel_prepare(const struct pd_kernel *kernel, const struct pd_column *column, int threads,
                                    struct pd_kernel_side **side, struct padan_error *error)
{
    return prepare(kernel, column, false, threads, side, error);
}

enum padan_status pd_kernel_prepare_bare(const struct pd_kernel *kernel, const struct pd_column *column, int threads,
                                         struct pd_kernel_side **side, struct padan_error *error)
{
    return prepare(kernel, column, true, threads, side, error);
}

enum { PREFETCH_AHEAD = 12 };

void pd_kernel_evaluate_many(const struct pd_kernel *kernel, const struct pd_kernel_side *a, const uint64_t *words_a,
                             const struct pd_kernel_side *b, const uint64_t *words_b, size_t n, double bound,
                             double *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i + 2 * PREFETCH_AHEAD < n) {
            pd_kernel_prefetch_place(a, words_a[i + 2 * PREFETCH_AHEAD]);
            pd_kernel_prefetch_place(b, words_b[i + 2 * PREFETCH_AHEAD]);
        }
        if (i + PREFETCH_AHEAD < n) {
            pd_kernel_prefetch(a, words_a[i + PREFETCH_AHEAD]);
            pd_kernel_prefetch(b, words_b[i + PREFETCH_AHEAD]);
        }
        out[i] = kernel->evaluate_bounded(a, words_a[i], b, words_b[i], bound);
    }
}
