/* SPDX-License-Identifier: MIT
 * Refusing pairs by what their letters have in common, and putting those that are left together for the kernels. The
 * numbers of a refusal are integers made from the bound once, with a margin above rounding, so no pair that passes is
 * refused. What two texts have in common at their beginning is no work for a kernel: distances do not change when it is
 * cut off, and Jaro's search matches each of its bytes with its own place. */
#include "compare/lanes.h"

#include "base/cpu.h"
#include "base/prefetch.h"

#include <math.h>

enum { BATCH = PD_LANE_LIST_MAX, PREFIX_MAX = 4, IMPOSSIBLE = 255 };

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* --- cutoffs --- */

static uint8_t least_common(const struct pd_lane_cutoff *cutoff, size_t length_a, size_t length_b, size_t prefix)
{
    const size_t shorter = smaller(length_a, length_b), longer = length_a + length_b - shorter;
    if (cutoff->metric == PD_LANE_LEVENSHTEIN) return (uint8_t)(longer - smaller(longer, cutoff->limit));
    if (shorter == 0 || longer > PD_LANE_TEXT_MAX) return 0;
    prefix = cutoff->metric == PD_LANE_JARO ? 0 : smaller(prefix, shorter);
    size_t least = shorter;
    if (pd_jaro_ceiling(least, length_a, length_b, prefix) < cutoff->bound) return IMPOSSIBLE;
    while (least > 0 && pd_jaro_ceiling(least - 1, length_a, length_b, prefix) >= cutoff->bound) least--;
    return (uint8_t)least;
}

void pd_lane_cutoff_make(enum pd_lane_metric metric, double bound, struct pd_lane_cutoff *out)
{
    *out = (struct pd_lane_cutoff){ .metric = metric, .bound = bound };
    out->limit = bound < PD_METRIC_TEXT_MAX ? (size_t)bound : PD_METRIC_TEXT_MAX;
    for (size_t a = 0; a <= PD_LANE_TEXT_MAX + 1; a++)
        for (size_t b = 0; b <= a; b++)
            for (size_t prefix = 0; prefix <= PREFIX_MAX; prefix++)
                out->least[a][b][prefix] = out->least[b][a][prefix] = least_common(out, a, b, prefix);
    for (size_t n = 1; n <= PD_LANE_TEXT_MAX; n++)
        for (size_t i = 0; i <= n; i++) out->shares[n][i] = (double)i / (double)n;
}

/* --- one pair --- */

/* Whether it passes; *out as of a pair that does not. */
static bool compare_one(struct pd_text a, struct pd_text b, const struct pd_lane_cutoff *cutoff, double *out)
{
    if (cutoff->metric == PD_LANE_LEVENSHTEIN) {
        const size_t distance = pd_levenshtein_bounded(a, b, cutoff->limit);
        if (distance <= cutoff->limit) *out = (double)distance;
        return distance <= cutoff->limit;
    }
    const bool winkler = cutoff->metric == PD_LANE_JARO_WINKLER;
    const double value = winkler ? pd_jaro_winkler_similarity(a, b) : pd_jaro_similarity(a, b);
    if (value >= cutoff->bound) *out = value;
    return value >= cutoff->bound;
}

/* --- kernels one by one --- */

static size_t sieve_scalar(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                           const struct pd_lane_cutoff *cutoff, uint32_t *candidates, double *out)
{
    const double refused = cutoff->metric == PD_LANE_LEVENSHTEIN ? HUGE_VAL : -1;
    const struct pd_lane_head *const left = pairs->left_texts->heads, *const right = pairs->right_texts->heads;
    size_t n = 0;
    for (size_t i = begin; i < end; i++) {
        out[i] = refused;
        candidates[n] = (uint32_t)i;
        n += pd_lanes_may_pass(&left[pairs->left[i]], &right[pairs->right[i]], cutoff);
    }
    return n;
}

const struct pd_lane_kernels pd_lanes_scalar = { "scalar", NULL, NULL, sieve_scalar };

const struct pd_lane_kernels *pd_lanes_choose(void)
{
    const struct pd_lane_kernels *fast = pd_lanes_avx2(), *fastest = pd_lanes_popcnt();
    if (fast == NULL || pd_cpu_is_limited_to("scalar")) return &pd_lanes_scalar;
    return fastest == NULL || pd_cpu_is_limited_to("avx2") ? fast : fastest;
}

/* --- putting together --- */

/* Pairs that heads do not refuse. */
struct candidates {
    uint32_t places[BATCH + PD_LANES];
    size_t n;
};

/* Length of what two texts of at most `shorter` bytes begin with. Two planes at a time. */
static inline uint32_t common_beginning(const struct pd_lane_planes *a, const struct pd_lane_planes *b,
                                        uint32_t shorter)
{
    uint64_t differing = 0;
    for (size_t k = 0; k < PD_LANE_PLANES; k += 2) {
        uint64_t x, y;
        memcpy(&x, &a->plane[k], sizeof x);
        memcpy(&y, &b->plane[k], sizeof y);
        differing |= x ^ y;
    }
    const uint32_t places = (uint32_t)(differing | differing >> 32);
    return (uint32_t)__builtin_ctzll(places | UINT64_C(1) << shorter);
}

/* Adds a pair to the list. Which text is the shorter one cannot be foretold, so it is looked up and not asked. */
static inline void list_pair(struct pd_lane_list *list, const struct pd_lane_pairs *pairs, uint32_t place,
                             bool with_begin)
{
    const uint32_t left = pairs->left[place], right = pairs->right[place];
    const struct pd_lane_head *const a = &pairs->left_texts->heads[left], *const b = &pairs->right_texts->heads[right];
    const struct pd_lane_planes *const planes[] = { &pairs->left_texts->planes[left],
                                                    &pairs->right_texts->planes[right] };
    const uint32_t lengths[] = { a->length_class, b->length_class };
    const size_t first = lengths[0] > lengths[1], n = list->n++;
    const uint32_t begin = with_begin ? common_beginning(planes[0], planes[1], lengths[first]) : 0;
    list->planes[n].shorter = planes[first];
    list->planes[n].longer = planes[first ^ 1];
    list->measures[n] =
        pd_lane_measures(begin, lengths[first], lengths[first ^ 1], (uint32_t)a->alphabets & b->alphabets);
    list->places[n] = place;
}

/* Lists candidates that lanes hold, and compares the others, of which it returns how many pass. Meanwhile asks for the
 * planes of the next ones, one pair at a time: more at once would wait for each other. */
static inline size_t list_candidates(const struct pd_lane_pairs *pairs, const struct candidates *candidates,
                                     const struct candidates *next, const struct pd_lane_cutoff *cutoff, double *out,
                                     struct pd_lane_list *list, bool with_begin)
{
    const struct pd_lane_texts *const left = pairs->left_texts, *const right = pairs->right_texts;
    size_t passing = 0;
    list->n = 0;
    for (size_t i = 0; i < candidates->n; i++) {
        const uint32_t place = candidates->places[i], a = pairs->left[place], b = pairs->right[place];
        if (i < next->n) {
            pd_prefetch(&left->planes[pairs->left[next->places[i]]]);
            pd_prefetch(&right->planes[pairs->right[next->places[i]]]);
        }
        if ((left->heads[a].alphabets & right->heads[b].alphabets) != 0)
            list_pair(list, pairs, place, with_begin);
        else
            passing += compare_one(left->texts[a], right->texts[b], cutoff, &out[place]);
    }
    return passing;
}

static inline uint32_t steps_of(uint32_t measures)
{
    return (measures >> 8 & 255) - (measures & 255);
}

static void copy_pair(struct pd_lane_list *to, size_t at, const struct pd_lane_list *from, size_t i)
{
    to->planes[at] = from->planes[i];
    to->measures[at] = from->measures[i];
    to->places[at] = from->places[i];
}

/* Sorts by counting, so that the lanes of a group end together. */
static void sort_list(const struct pd_lane_list *list, struct pd_lane_list *sorted)
{
    uint32_t begins[PD_LANE_TEXT_MAX + 2] = { 0 };
    for (size_t i = 0; i < list->n; i++) begins[steps_of(list->measures[i]) + 1]++;
    for (size_t steps = 1; steps <= PD_LANE_TEXT_MAX; steps++) begins[steps] += begins[steps - 1];
    for (size_t i = 0; i < list->n; i++) copy_pair(sorted, begins[steps_of(list->measures[i])]++, list, i);
    sorted->n = list->n;
}

static size_t compare_list(pd_lane_kernel *kernel, struct pd_lane_list *list, const struct pd_lane_cutoff *cutoff,
                           double *out)
{
    const double bound = cutoff->bound;
    size_t passing = 0;
    if (list->n == 0) return 0;
    for (size_t i = list->n; i % PD_LANES != 0; i++) copy_pair(list, i, list, list->n - 1);
    kernel(list, cutoff, out);
    if (cutoff->metric == PD_LANE_LEVENSHTEIN)
        for (size_t i = 0; i < list->n; i++) passing += out[list->places[i]] <= bound;
    else
        for (size_t i = 0; i < list->n; i++) passing += out[list->places[i]] >= bound;
    return passing;
}

static size_t compare_candidates(pd_lane_kernel *kernel, const struct pd_lane_pairs *pairs,
                                 const struct candidates *candidates, const struct candidates *next,
                                 const struct pd_lane_cutoff *cutoff, double *out)
{
    struct pd_lane_list list, sorted;
    size_t passing;
    if (cutoff->metric == PD_LANE_LEVENSHTEIN && cutoff->limit <= PD_LANE_NEAR) {
        passing = list_candidates(pairs, candidates, next, cutoff, out, &list, false);
        return passing + compare_list(kernel, &list, cutoff, out);
    }
    passing = list_candidates(pairs, candidates, next, cutoff, out, &list, true);
    sort_list(&list, &sorted);
    return passing + compare_list(kernel, &sorted, cutoff, out);
}

static size_t compare_one_by_one(const struct pd_lane_pairs *pairs, const struct candidates *candidates,
                                 const struct pd_lane_cutoff *cutoff, double *out)
{
    const struct pd_text *const left = pairs->left_texts->texts, *const right = pairs->right_texts->texts;
    size_t passing = 0;
    for (size_t i = 0; i < candidates->n; i++) {
        const uint32_t place = candidates->places[i];
        passing += compare_one(left[pairs->left[place]], right[pairs->right[place]], cutoff, &out[place]);
    }
    return passing;
}

size_t pd_lanes_compare(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs,
                        const struct pd_lane_cutoff *cutoff, double *out)
{
    pd_lane_kernel *const kernel = cutoff->metric == PD_LANE_LEVENSHTEIN ? kernels->levenshtein : kernels->jaro;
    struct candidates candidates[2];
    size_t passing = 0;
    unsigned now = 0;
    candidates[1].n = 0;
    for (size_t begin = 0; begin < pairs->n; begin += BATCH, now ^= 1) {
        const size_t end = begin + smaller(pairs->n - begin, BATCH);
        candidates[now].n = kernels->sieve(pairs, begin, end, cutoff, candidates[now].places, out);
        if (kernel == NULL)
            passing += compare_one_by_one(pairs, &candidates[now], cutoff, out);
        else if (candidates[now ^ 1].n > 0)
            passing += compare_candidates(kernel, pairs, &candidates[now ^ 1], &candidates[now], cutoff, out);
    }
    if (kernel == NULL) return passing;
    candidates[now].n = 0;
    return passing + compare_candidates(kernel, pairs, &candidates[now ^ 1], &candidates[now], cutoff, out);
}
