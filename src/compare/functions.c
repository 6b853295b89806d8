/* SPDX-License-Identifier: MIT
 * Registration of the similarity functions for the interpreter. These are the definitions; kernel.c must agree. */
#include "compare/functions.h"

#include "compare/identity.h"
#include "compare/name_similarity.h"
#include "compare/string_metrics.h"
#include "table/table.h"

#include <math.h>
#include <stdalign.h>

static struct pd_value value_of_int(int64_t integer)
{
    return (struct pd_value){ .type = PD_TYPE_INT, .integer = integer };
}

static struct pd_value value_of_double(double real)
{
    return (struct pd_value){ .type = PD_TYPE_DOUBLE, .real = real };
}

static struct pd_value null_of(enum pd_type type)
{
    return (struct pd_value){ .type = type, .null = true };
}

static bool is_type(enum pd_type type, enum pd_type wanted)
{
    return type == wanted || type == PD_TYPE_NULL;
}

static bool accepts_dates(const enum pd_type *types, size_t n_arguments)
{
    return n_arguments == 2 && is_type(types[0], PD_TYPE_DATE) && is_type(types[1], PD_TYPE_DATE);
}

static bool accepts_codes(const enum pd_type *types, size_t n_arguments)
{
    return n_arguments == 2 && (is_type(types[0], PD_TYPE_INT) || is_type(types[0], PD_TYPE_TEXT)) &&
           (is_type(types[1], PD_TYPE_INT) || is_type(types[1], PD_TYPE_TEXT));
}

static bool accepts_qgrams(const enum pd_type *types, size_t n_arguments)
{
    return is_type(types[0], PD_TYPE_TEXT) && is_type(types[1], PD_TYPE_TEXT) &&
           (n_arguments < 3 || is_type(types[2], PD_TYPE_INT));
}

static bool accepts_double_lists(const enum pd_type *types, size_t n_arguments)
{
    return n_arguments == 2 && is_type(types[0], PD_TYPE_DOUBLE_LIST) && is_type(types[1], PD_TYPE_DOUBLE_LIST);
}

static struct pd_value call_levenshtein(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_int((int64_t)pd_levenshtein(arguments[0].text, arguments[1].text));
}

static struct pd_value call_osa(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_int((int64_t)pd_osa_distance(arguments[0].text, arguments[1].text));
}

static struct pd_value call_damerau(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_int((int64_t)pd_damerau_levenshtein(arguments[0].text, arguments[1].text));
}

static struct pd_value call_hamming(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    const size_t distance = pd_hamming(arguments[0].text, arguments[1].text);
    return distance == SIZE_MAX ? null_of(PD_TYPE_INT) : value_of_int((int64_t)distance);
}

static struct pd_value call_jaro(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_double(pd_jaro_similarity(arguments[0].text, arguments[1].text));
}

static struct pd_value call_jaro_winkler(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_double(pd_jaro_winkler_similarity(arguments[0].text, arguments[1].text));
}

static struct pd_value call_jaccard(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_double(pd_jaccard_similarity(arguments[0].text, arguments[1].text));
}

static struct pd_value call_qgram(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)scratch;
    const int64_t q = n > 2 ? arguments[2].integer : 2;
    if (q < 1 || q > 4) return null_of(PD_TYPE_DOUBLE);
    return value_of_double(pd_qgram_similarity(arguments[0].text, arguments[1].text, (unsigned)q));
}

static struct pd_value call_words(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_double(pd_word_similarity(arguments[0].text, arguments[1].text));
}

/* How rare words are is known of columns only: kernels answer, the interpreter is never asked: condition.c refuses what
 * has no kernel, and other places are refused while they are parsed. */
static enum padan_status prepare_rare_words(struct pd_expression *call, struct pd_arena *arena, const char *where,
                                            struct padan_error *error)
{
    (void)arena;
    if (call->sides == PD_SIDE_BOTH) return PADAN_OK;
    PD_FAIL(error, PADAN_UNSUPPORTED, "%s: %.*s compares the two rows of a pair, in comparison levels and rules only",
            where, PD_TEXT_ARGS(call->text));
}

static struct pd_value call_rare_words(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)arguments, (void)n, (void)scratch;
    return null_of(PD_TYPE_DOUBLE);
}

static struct pd_value call_name(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    alignas(8) char left[PD_PROFILE_BYTES_MAX], right[PD_PROFILE_BYTES_MAX];
    void *const a = left, *const b = right;
    pd_name_profile_build(arguments[0].text, NULL, a);
    pd_name_profile_build(arguments[1].text, NULL, b);
    return value_of_double(pd_name_similarity(a, b) / 1000.0);
}

/* A text that is not 1..17 digits has length 0: unrelated to everything but itself. */
static struct pd_value call_nik(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    if (pd_text_equal(arguments[0].text, arguments[1].text)) return value_of_int(PD_NIK_EQUAL);
    const uint64_t a = pd_digits_encode(arguments[0].text), b = pd_digits_encode(arguments[1].text);
    return value_of_int(pd_nik_relation(a & PD_DIGITS_MASK, (unsigned)(a >> PD_DIGITS_SHIFT), b & PD_DIGITS_MASK,
                                        (unsigned)(b >> PD_DIGITS_SHIFT)));
}

static struct pd_value call_date(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_int(pd_date_relation((int32_t)arguments[0].integer, (int32_t)arguments[1].integer));
}

/* A region code given as a number or as a text of digits; 0 when it is none. */
static int64_t code_of(struct pd_value value)
{
    if (value.type == PD_TYPE_INT) return value.integer;
    const uint64_t word = pd_digits_encode(value.text);
    return (int64_t)(word & PD_DIGITS_MASK);
}

static struct pd_value call_region(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_int(pd_region_proximity(code_of(arguments[0]), code_of(arguments[1])));
}

static struct pd_value call_address(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    return value_of_double(pd_address_similarity(arguments[0].text, arguments[1].text) / 1000.0);
}

/* DuckDB's expression, and its -1 where a vector has no direction because it is all zeros. NULL for lists of different
 * length, with NULL items, or of length zero. */
static struct pd_value call_cosine(const struct pd_value *arguments, size_t n, char *scratch)
{
    (void)n, (void)scratch;
    const size_t n_items = arguments[0].list.n_items;
    if (n_items != arguments[1].list.n_items || n_items == 0) return null_of(PD_TYPE_DOUBLE);
    double product = 0, norm_a = 0, norm_b = 0;
    for (size_t i = 0; i < n_items; i++) {
        const struct pd_value *const a = &arguments[0].list.items[i], *const b = &arguments[1].list.items[i];
        if (a->null || b->null) return null_of(PD_TYPE_DOUBLE);
        product += a->real * b->real;
        norm_a += a->real * a->real;
        norm_b += b->real * b->real;
    }
    const double cosine = product / sqrt(norm_a * norm_b);
    if (isnan(cosine)) return value_of_double(-1);
    return value_of_double(cosine > 1 ? 1 : cosine < -1 ? -1 : cosine);
}

/* All are symmetric and never see NULL. hamming may be NULL. */
#define FUNCTION(name_, most_arguments, result_, accepts_, call_, cost_)                                               \
    {                                                                                                                  \
        .name = (name_), .min_arguments = 2, .max_arguments = (most_arguments), .result = (result_),                   \
        .accepts = (accepts_), .evaluate = (call_), .symmetric = true, .cost = (cost_)                                 \
    }

const struct pd_function pd_compare_functions[] = {
    FUNCTION("levenshtein", 2, PD_TYPE_INT, NULL, call_levenshtein, 60),
    FUNCTION("osa_distance", 2, PD_TYPE_INT, NULL, call_osa, 70),
    FUNCTION("damerau_levenshtein", 2, PD_TYPE_INT, NULL, call_damerau, 700),
    FUNCTION("hamming", 2, PD_TYPE_INT, NULL, call_hamming, 20),
    FUNCTION("mismatches", 2, PD_TYPE_INT, NULL, call_hamming, 20),
    FUNCTION("jaro_similarity", 2, PD_TYPE_DOUBLE, NULL, call_jaro, 70),
    FUNCTION("jaro_winkler_similarity", 2, PD_TYPE_DOUBLE, NULL, call_jaro_winkler, 70),
    FUNCTION("jaccard", 2, PD_TYPE_DOUBLE, NULL, call_jaccard, 60),
    FUNCTION("qgram_similarity", 3, PD_TYPE_DOUBLE, accepts_qgrams, call_qgram, 400),
    FUNCTION("word_similarity", 2, PD_TYPE_DOUBLE, NULL, call_words, 600),
    { .name = "rare_word_similarity",
      .min_arguments = 2,
      .max_arguments = 2,
      .result = PD_TYPE_DOUBLE,
      .evaluate = call_rare_words,
      .symmetric = true,
      .cost = 150,
      .prepare = prepare_rare_words },
    FUNCTION("name_similarity", 2, PD_TYPE_DOUBLE, NULL, call_name, 3000),
    FUNCTION("nik_relation", 2, PD_TYPE_INT, NULL, call_nik, 60),
    FUNCTION("date_relation", 2, PD_TYPE_INT, accepts_dates, call_date, 20),
    FUNCTION("region_proximity", 2, PD_TYPE_INT, accepts_codes, call_region, 10),
    FUNCTION("address_similarity", 2, PD_TYPE_DOUBLE, NULL, call_address, 1500),
    FUNCTION("array_cosine_similarity", 2, PD_TYPE_DOUBLE, accepts_double_lists, call_cosine, 100),
    { .name = NULL },
};
