/* SPDX-License-Identifier: MIT
 * Refusing pairs by what their letters have in common, and putting those that are left together for the kernels. The
 * numbers of a refusal are integers made from the bound once, with a margin above rounding, so no pair that passes is
 * refused. */
#include "compare/lanes.h"

#include "base/prefetch.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 1024, AHEAD = 32, RUN_MIN = PD_LANES, PREFIX_MAX = 4, IMPOSSIBLE = 255 };

static const double never_similar = -1, never_near = HUGE_VAL;

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* --- cutoffs --- */

static uint8_t least_common(const struct pd_lane_cutoff *cutoff, size_t length_a, size_t length_b, size_t prefix)
{
    const size_t shorter = smaller(length_a, length_b), longer = length_a + length_b - shorter;
    if (shorter == 0) return 0;
    if (cutoff->metric == PD_LANE_LEVENSHTEIN) return (uint8_t)(longer - smaller(longer, cutoff->limit));
    if (cutoff->metric == PD_LANE_JARO) prefix = 0;
    size_t least = shorter;
    if (pd_jaro_ceiling(least, length_a, length_b, prefix) < cutoff->bound) return IMPOSSIBLE;
    while (least > 0 && pd_jaro_ceiling(least - 1, length_a, length_b, prefix) >= cutoff->bound) least--;
    return (uint8_t)least;
}

void pd_lane_cutoff_make(enum pd_lane_metric metric, double bound, struct pd_lane_cutoff *out)
{
    *out = (struct pd_lane_cutoff){ .metric = metric, .bound = bound };
    out->limit = bound < PD_METRIC_TEXT_MAX ? (size_t)bound : PD_METRIC_TEXT_MAX;
    for (size_t a = 1; a <= PD_LANE_TEXT_MAX; a++)
        for (size_t b = 1; b <= a; b++)
            for (size_t prefix = 0; prefix <= PREFIX_MAX; prefix++)
                out->least[a][b][prefix] = out->least[b][a][prefix] = least_common(out, a, b, smaller(prefix, b));
}

/* --- one pair --- */

static struct pd_text text_of(const struct pd_lane_text *text)
{
    return (struct pd_text){ text->data, text->length };
}

static double value_of(const struct pd_lane_text *left, const struct pd_lane_text *right,
                       const struct pd_lane_cutoff *cutoff)
{
    const struct pd_text a = text_of(left), b = text_of(right);
    if (cutoff->metric == PD_LANE_LEVENSHTEIN) {
        const size_t distance = pd_levenshtein_bounded(a, b, cutoff->limit);
        return distance <= cutoff->limit ? (double)distance : never_near;
    }
    const bool winkler = cutoff->metric == PD_LANE_JARO_WINKLER;
    const double value = winkler ? pd_jaro_winkler_similarity(a, b) : pd_jaro_similarity(a, b);
    return value >= cutoff->bound ? value : never_similar;
}

static void compare_scalar(const struct pd_lane_pairs *pairs, const uint32_t *places, size_t n,
                           const struct pd_lane_cutoff *cutoff, double *out)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t place = places[i];
        out[place] = value_of(&pairs->left_texts[pairs->left[place]], &pairs->right_texts[pairs->right[place]], cutoff);
    }
}

/* --- refusing --- */

static inline bool may_pass(const struct pd_lane_text *a, const struct pd_lane_text *b,
                            const struct pd_lane_cutoff *cutoff)
{
    const uint32_t overflow = a->overflow < b->overflow ? a->overflow : b->overflow;
    const uint32_t common = (uint32_t)__builtin_popcountll(a->signature & b->signature) + overflow;
    return common >= cutoff->least[a->length_class][b->length_class][pd_lanes_common_start(a->start, b->start)];
}

static size_t sieve_scalar(const struct pd_lane_text *left, const struct pd_lane_text *texts, const uint32_t *right,
                           size_t n, const struct pd_lane_cutoff *cutoff, uint32_t first, uint32_t *candidates)
{
    size_t n_candidates = 0;
    const struct pd_lane_text a = *left; /* so that the compiler keeps it in registers */
    for (size_t i = 0; i < n; i++) {
        candidates[n_candidates] = first + (uint32_t)i;
        n_candidates += may_pass(&a, &texts[right[i]], cutoff);
    }
    return n_candidates;
}

/* The first place from i on whose text is another. Looks at four texts at a time. */
static inline size_t end_of_run(const uint32_t *left, size_t i, size_t end)
{
    const uint32_t text = left[i];
    size_t next = i + 1;
    if (next < end && left[next] != text) return next;
    while (next + 4 <= end &&
           ((left[next] ^ text) | (left[next + 1] ^ text) | (left[next + 2] ^ text) | (left[next + 3] ^ text)) == 0)
        next += 4;
    while (next < end && left[next] == text) next++;
    return next;
}

/* Collects which of the pairs [begin, end) the cutoff may let pass. */
static size_t find_candidates(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs, size_t begin,
                              size_t end, const struct pd_lane_cutoff *cutoff, uint32_t *candidates)
{
    const uint32_t *const left = pairs->left, *const right = pairs->right;
    size_t n = 0;
    for (size_t i = begin, next = begin; i < end; i = next) {
        next = end_of_run(left, i, end);
        if (next - i >= RUN_MIN) {
            n += kernels->sieve(&pairs->left_texts[left[i]], pairs->right_texts, right + i, next - i, cutoff,
                                (uint32_t)i, candidates + n);
            continue;
        }
        for (size_t j = i; j < next; j++) {
            if (j + AHEAD < end) {
                pd_prefetch(&pairs->left_texts[left[j + AHEAD]]);
                pd_prefetch(&pairs->right_texts[right[j + AHEAD]]);
            }
            candidates[n] = (uint32_t)j;
            n += may_pass(&pairs->left_texts[left[i]], &pairs->right_texts[right[j]], cutoff);
        }
    }
    return n;
}

const struct pd_lane_kernels pd_lanes_scalar = { "scalar", compare_scalar, compare_scalar, sieve_scalar };

const struct pd_lane_kernels *pd_lanes_choose(void)
{
    const char *wanted = getenv("PADAN_CPU");
    const struct pd_lane_kernels *fast = pd_lanes_avx2();
    return fast == NULL || (wanted != NULL && strcmp(wanted, "scalar") == 0) ? &pd_lanes_scalar : fast;
}

/* --- putting together --- */

/* Places of pairs that wait for others whose left text is as long, so that the lanes of a group end together. */
struct waiting {
    uint32_t places[PD_LANE_TEXT_MAX + 1][PD_LANES];
    uint8_t n[PD_LANE_TEXT_MAX + 1];
};

static void compare_candidates(pd_lane_kernel *kernel, const struct pd_lane_pairs *pairs, const uint32_t *candidates,
                               size_t n, const struct pd_lane_cutoff *cutoff, struct waiting *waiting, double *out)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t place = candidates[i];
        const struct pd_lane_text *a = &pairs->left_texts[pairs->left[place]];
        const struct pd_lane_text *b = &pairs->right_texts[pairs->right[place]];
        if (!pd_lanes_fit(a, b)) {
            out[place] = value_of(a, b, cutoff);
            continue;
        }
        uint32_t *const places = waiting->places[a->length];
        const size_t n_waiting = waiting->n[a->length];
        places[n_waiting] = place;
        waiting->n[a->length] = (uint8_t)(n_waiting + 1);
        if (n_waiting + 1 < PD_LANES) continue;
        waiting->n[a->length] = 0;
        kernel(pairs, places, PD_LANES, cutoff, out);
    }
}

/* Groups of what is left, in the order of lengths. */
static void compare_waiting(pd_lane_kernel *kernel, const struct pd_lane_pairs *pairs, const struct waiting *waiting,
                            const struct pd_lane_cutoff *cutoff, double *out)
{
    uint32_t places[(PD_LANE_TEXT_MAX + 1) * PD_LANES];
    size_t n = 0;
    for (size_t length = 1; length <= PD_LANE_TEXT_MAX; length++)
        for (size_t i = 0; i < waiting->n[length]; i++) places[n++] = waiting->places[length][i];
    for (size_t i = 0; i < n; i += PD_LANES) kernel(pairs, places + i, smaller(n - i, PD_LANES), cutoff, out);
}

void pd_lanes_compare(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs,
                      const struct pd_lane_cutoff *cutoff, double *out)
{
    const bool near = cutoff->metric == PD_LANE_LEVENSHTEIN;
    pd_lane_kernel *const kernel = near ? kernels->levenshtein : kernels->jaro;
    uint32_t candidates[BATCH];
    struct waiting waiting;
    memset(waiting.n, 0, sizeof waiting.n);
    for (size_t begin = 0; begin < pairs->n; begin += BATCH) {
        const size_t end = begin + smaller(pairs->n - begin, BATCH);
        for (size_t i = begin; i < end; i++) out[i] = near ? never_near : never_similar;
        const size_t n = find_candidates(kernels, pairs, begin, end, cutoff, candidates);
        compare_candidates(kernel, pairs, candidates, n, cutoff, &waiting, out);
    }
    compare_waiting(kernel, pairs, &waiting, cutoff, out);
}
