/* SPDX-License-Identifier: MIT
 * The comparison of two name profiles, see the header for the method.
 *
 *   similarity = 10 sum(w s) / (10 sum(w) + 13 conflict + 3 missing)
 *
 * over aligned tokens with weight w and likeness s; conflict is the weight that stands unaligned on both sides, missing
 * what one side has more, and what a word has more than the initial or beginning that stands for it. w is the smaller
 * weight of the two, since a typing error makes a common word look rare; for words that are hardly alike it is the
 * mean. Constants were set on the pairs of tests/unit/compare/test_name_similarity.c. */
#include "compare/name_similarity.h"

#include "compare/string_metrics.h"

enum {
    LIKE_SAME = 1000,
    LIKE_JOINED = 990,
    LIKE_KEY_A = 970,
    LIKE_KEY_B = 930,
    LIKE_SHORT_KEY_B = 650, /* short words of one key B whose vowels differ: EKA, EKO; RANI, RONI; but RIZKI = RISKY */
    SHORT_KEY_LETTERS = 5,
    LIKE_INITIAL = 800,
    LIKE_PREFIX = 750,
    PREFIX_LETTERS = 4, /* a beginning of so many letters stands for the word (BUDI, BUDIANTO), fewer do not (NUR) */
    FIRST_LETTER = 100, /* taken off when the first letters differ (BUDI, RUDI) */
    FINAL_VOWEL = 150,  /* and when the final vowels differ: it tells woman from man (YANTI, YANTO) */
    INNER_VOWEL = 60,   /* and for another vowel in place of one (SUPARMAN, SUPARMIN) or one more at the end */
    KNOWN_WORDS = 150,  /* and when both are common words: then it is no typing error (WAHYUDI, WAHYUNI) */
    SHORT_WORD = 60,    /* and in words of at most SHORT_LETTERS */
    SHORT_LETTERS = 4,
    GATE_CLOSED = 400,     /* likeness from edit distance up to here is none */
    GATE_OPEN = 700,       /* from here on it counts in full; between them it rises in a line */
    JOIN_EDITS_LETTERS = 7 /* from so many letters on one edit is allowed in a name written together */
};

struct side {
    const struct pd_name_profile *profile;
    const char *text;
    bool used[PD_PROFILE_TOKENS_MAX];
};

struct score {
    int sum;     /* of weight * likeness */
    int aligned; /* weight aligned */
    int missing; /* weight by which a word exceeds what stands for it */
};

static struct side side_of(const struct pd_name_profile *profile)
{
    return (struct side){ .profile = profile, .text = pd_name_profile_text(profile).data };
}

static struct pd_text token_text(const struct side *side, size_t i)
{
    const struct pd_profile_token *const token = &side->profile->tokens[i];
    return (struct pd_text){ side->text + token->begin, token->length };
}

static bool is_vowel(char letter)
{
    return letter == 'A' || letter == 'I' || letter == 'U' || letter == 'E' || letter == 'O';
}

static int pass_gate(int likeness)
{
    if (likeness <= GATE_CLOSED) return 0;
    if (likeness >= GATE_OPEN) return likeness;
    return (likeness - GATE_CLOSED) * GATE_OPEN / (GATE_OPEN - GATE_CLOSED);
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* 1000 (1 - edits / length), rounded. */
static int edit_likeness(int edits, int length)
{
    return (1000 * (length - edits) + length / 2) / length;
}

/* No alignment of the two tokens has a smaller distance: letters that only one of them has. */
static int least_edits(const struct pd_profile_token *a, const struct pd_profile_token *b)
{
    const int only_a = __builtin_popcount(a->letters & ~b->letters);
    const int only_b = __builtin_popcount(b->letters & ~a->letters);
    const int lengths = a->length > b->length ? a->length - b->length : b->length - a->length;
    return larger(larger(only_a, only_b), lengths);
}

static int vowel_penalty(struct pd_text a, struct pd_text b)
{
    const char last_a = a.data[a.length - 1], last_b = b.data[b.length - 1];
    if (last_a != last_b && is_vowel(last_a) && is_vowel(last_b)) return FINAL_VOWEL;
    if (a.length == b.length + 1) return is_vowel(last_a) && pd_text_starts(a, b) ? INNER_VOWEL : 0;
    if (b.length == a.length + 1) return is_vowel(last_b) && pd_text_starts(b, a) ? INNER_VOWEL : 0;
    if (a.length != b.length) return 0;
    for (size_t i = 0; i + 1 < a.length; i++)
        if (a.data[i] != b.data[i] && is_vowel(a.data[i]) && is_vowel(b.data[i])) return INNER_VOWEL;
    return 0;
}

/* Likeness of two words of two letters or more that are not equal. */
static int edit_similarity(struct pd_text a, struct pd_text b, bool known)
{
    const int length = larger((int)a.length, (int)b.length);
    int likeness = edit_likeness((int)pd_osa_distance(a, b), length);
    if (a.data[0] != b.data[0]) likeness -= FIRST_LETTER;
    if (length <= SHORT_LETTERS) likeness -= SHORT_WORD;
    if (known) likeness -= KNOWN_WORDS;
    return pass_gate(likeness - vowel_penalty(a, b));
}

/* The next vowel of a word from *place on (Y is I), 0 at its end. */
static char next_vowel(struct pd_text word, size_t *place)
{
    while (*place < word.length) {
        const char letter = word.data[(*place)++];
        if (letter == 'Y') return 'I';
        if (is_vowel(letter)) return letter;
    }
    return 0;
}

static bool same_vowels(struct pd_text a, struct pd_text b)
{
    size_t i = 0, j = 0;
    for (;;) {
        const char vowel = next_vowel(a, &i);
        if (vowel != next_vowel(b, &j)) return false;
        if (vowel == 0) return true;
    }
}

static int key_b_similarity(struct pd_text a, struct pd_text b)
{
    const bool is_short = a.length <= SHORT_KEY_LETTERS || b.length <= SHORT_KEY_LETTERS;
    return is_short && !same_vowels(a, b) ? LIKE_SHORT_KEY_B : LIKE_KEY_B;
}

static bool begins_word(struct pd_text a, struct pd_text b)
{
    return a.length < b.length ? a.length >= PREFIX_LETTERS && pd_text_starts(b, a)
                               : b.length >= PREFIX_LETTERS && pd_text_starts(a, b);
}

static int token_similarity(const struct side *a, size_t i, const struct side *b, size_t j)
{
    const struct pd_profile_token *const left = &a->profile->tokens[i], *const right = &b->profile->tokens[j];
    const struct pd_text text_a = token_text(a, i), text_b = token_text(b, j);
    if (pd_text_equal(text_a, text_b)) return LIKE_SAME;
    if (left->length == 1 || right->length == 1)
        return left->length != right->length && text_a.data[0] == text_b.data[0] ? LIKE_INITIAL : 0;
    if (left->key_a == right->key_a) return LIKE_KEY_A;
    if (left->key_b == right->key_b) return key_b_similarity(text_a, text_b);
    const int prefix = begins_word(text_a, text_b) ? LIKE_PREFIX : 0;
    const int length = larger(left->length, right->length);
    if (pass_gate(edit_likeness(least_edits(left, right), length)) <= prefix) return prefix;
    const bool known = left->weight < PD_NAME_WEIGHT_RARE && right->weight < PD_NAME_WEIGHT_RARE;
    return larger(prefix, edit_similarity(text_a, text_b, known));
}

/* Upper bound of token_similarity from the token records alone; needs the first letters only for initials. */
static int token_bound(const struct side *a, size_t i, const struct side *b, size_t j)
{
    const struct pd_profile_token *const left = &a->profile->tokens[i], *const right = &b->profile->tokens[j];
    if (left->key_a == right->key_a && left->letters == right->letters) return LIKE_SAME;
    if (left->length == 1 || right->length == 1) return a->text[left->begin] == b->text[right->begin] ? LIKE_SAME : 0;
    if (left->key_a == right->key_a) return LIKE_KEY_A;
    if (left->key_b == right->key_b) return LIKE_KEY_B;
    const int edits = pass_gate(edit_likeness(least_edits(left, right), larger(left->length, right->length)));
    const uint32_t both = left->letters & right->letters;
    const bool contained = both == left->letters || both == right->letters;
    return contained && left->length >= PREFIX_LETTERS && right->length >= PREFIX_LETTERS ? larger(edits, LIKE_PREFIX)
                                                                                          : edits;
}

static void align(struct score *score, int weight_a, int weight_b, int likeness)
{
    const int weight = likeness < GATE_OPEN ? (weight_a + weight_b) / 2 : smaller(weight_a, weight_b);
    score->aligned += weight;
    score->sum += weight * likeness;
    if (likeness == LIKE_INITIAL || likeness == LIKE_PREFIX) score->missing += larger(weight_a, weight_b) - weight;
}

static void align_equal(struct side *a, struct side *b, struct score *score)
{
    for (size_t i = 0; i < a->profile->n_tokens; i++)
        for (size_t j = 0; j < b->profile->n_tokens; j++) {
            const struct pd_profile_token *const left = &a->profile->tokens[i], *const right = &b->profile->tokens[j];
            if (b->used[j] || left->key_a != right->key_a || left->length != right->length ||
                !pd_text_equal(token_text(a, i), token_text(b, j)))
                continue;
            a->used[i] = b->used[j] = true;
            align(score, left->weight, right->weight, LIKE_SAME);
            break;
        }
}

/* Two neighbouring tokens of one side may be one of the other, by letters and lengths. */
static bool join_possible(const struct pd_profile_token *pair, const struct pd_profile_token *whole)
{
    const int length = pair[0].length + pair[1].length;
    const uint32_t letters = pair[0].letters | pair[1].letters;
    return length - whole->length <= 1 && whole->length - length <= 1 &&
           __builtin_popcount(letters & ~whole->letters) <= 1 && __builtin_popcount(whole->letters & ~letters) <= 1;
}

static int join_similarity(const struct side *a, size_t i, const struct side *b, size_t j)
{
    const struct pd_profile_token *const pair = &a->profile->tokens[i];
    if (!join_possible(pair, &b->profile->tokens[j])) return 0;
    char joined[PD_PROFILE_TEXT_MAX];
    const struct pd_text whole = token_text(b, j), first = token_text(a, i), second = token_text(a, i + 1);
    memcpy(joined, first.data, first.length);
    memcpy(joined + first.length, second.data, second.length);
    const struct pd_text text = { joined, first.length + second.length };
    if (pd_text_equal(text, whole)) return LIKE_JOINED;
    if (whole.length < JOIN_EDITS_LETTERS || pd_osa_distance(text, whole) > 1) return 0;
    return edit_likeness(1, larger((int)text.length, (int)whole.length)) - vowel_penalty(text, whole);
}

static void align_joined(struct side *a, struct side *b, struct score *score)
{
    for (size_t i = 0; i + 1 < a->profile->n_tokens; i++)
        for (size_t j = 0; j < b->profile->n_tokens && !a->used[i] && !a->used[i + 1]; j++) {
            const int likeness = b->used[j] ? 0 : join_similarity(a, i, b, j);
            if (likeness == 0) continue;
            const struct pd_profile_token *const pair = &a->profile->tokens[i];
            a->used[i] = a->used[i + 1] = b->used[j] = true;
            align(score, pair[0].weight + pair[1].weight, b->profile->tokens[j].weight, likeness);
        }
}

/* The rest, likest pair first; among equals the heavier one, then the earlier. */
static void align_alike(struct side *a, struct side *b, struct score *score)
{
    int likeness[PD_PROFILE_TOKENS_MAX][PD_PROFILE_TOKENS_MAX];
    const size_t n_a = a->profile->n_tokens, n_b = b->profile->n_tokens;
    size_t open = 0;
    for (size_t i = 0; i < n_a; i++)
        for (size_t j = 0; j < n_b; j++) {
            likeness[i][j] = a->used[i] || b->used[j] ? 0 : token_similarity(a, i, b, j);
            open += likeness[i][j] > 0;
        }
    while (open > 0) {
        size_t best_i = 0, best_j = 0;
        int best = 0;
        open = 0;
        for (size_t i = 0; i < n_a; i++)
            for (size_t j = 0; j < n_b; j++) {
                if (a->used[i] || b->used[j] || likeness[i][j] == 0) continue;
                open++;
                const int rank =
                    likeness[i][j] * 64 + smaller(a->profile->tokens[i].weight, b->profile->tokens[j].weight);
                if (rank <= best) continue;
                best = rank;
                best_i = i;
                best_j = j;
            }
        if (open == 0) return;
        a->used[best_i] = b->used[best_j] = true;
        align(score, a->profile->tokens[best_i].weight, b->profile->tokens[best_j].weight, likeness[best_i][best_j]);
    }
}

static int unused_weight(const struct side *side)
{
    int weight = 0;
    for (size_t i = 0; i < side->profile->n_tokens; i++)
        if (!side->used[i]) weight += side->profile->tokens[i].weight;
    return weight;
}

/* Equal when both are written without blanks. */
static bool joined_equal(struct pd_text a, struct pd_text b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.length && a.data[i] == ' ') i++;
        while (j < b.length && b.data[j] == ' ') j++;
        if (i == a.length || j == b.length) return i == a.length && j == b.length;
        if (a.data[i++] != b.data[j++]) return false;
    }
}

/* The whole names, cut into words differently: SITI NUR HALIZA, SITINURHALIZA. */
static int whole_similarity(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    if (a->n_tokens == b->n_tokens || a->joined != b->joined) return 0;
    return joined_equal(pd_name_profile_text(a), pd_name_profile_text(b)) ? LIKE_JOINED : LIKE_KEY_B;
}

/* A fixed order of two profiles, so that ties are broken alike from both sides. */
static int profile_order(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    if (a->n_tokens != b->n_tokens) return a->n_tokens < b->n_tokens ? -1 : 1;
    return pd_text_compare(pd_name_profile_text(a), pd_name_profile_text(b));
}

static int compare_names(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    if (a->n_tokens == 0 || b->n_tokens == 0) return 0;
    const int order = profile_order(a, b);
    if (order == 0) return LIKE_SAME;
    struct side left = side_of(order < 0 ? a : b), right = side_of(order < 0 ? b : a);
    struct score score = { 0, 0, 0 };
    align_equal(&left, &right, &score);
    if (right.profile->n_tokens > 1) {
        align_joined(&left, &right, &score);
        align_joined(&right, &left, &score);
    }
    align_alike(&left, &right, &score);
    const int rest_left = unused_weight(&left), rest_right = unused_weight(&right);
    const int conflict = smaller(rest_left, rest_right);
    score.missing += larger(rest_left, rest_right) - conflict;
    const int all = 10 * score.aligned + 13 * conflict + 3 * score.missing;
    return larger(10 * score.sum / all, whole_similarity(a, b));
}

/* Marks the tokens of both sides that a join could use. */
static void mark_joins(struct side *a, struct side *b)
{
    for (size_t i = 0; i + 1 < a->profile->n_tokens; i++)
        for (size_t j = 0; j < b->profile->n_tokens; j++)
            if (join_possible(&a->profile->tokens[i], &b->profile->tokens[j]))
                a->used[i] = a->used[i + 1] = b->used[j] = true;
}

/* Tokens that nothing can be aligned with are in conflict up to the smaller side, and the rest is at most as alike as
 * its likest pair: similarity <= 10 best x / (10 x + 13 conflict), x the most weight that can be aligned. */
static int bound_names(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    if (a->n_tokens == 0 || b->n_tokens == 0) return 0;
    if (a->joined == b->joined) return LIKE_SAME;
    struct side left = side_of(a), right = side_of(b);
    int best = 0;
    mark_joins(&left, &right);
    mark_joins(&right, &left);
    for (size_t i = 0; i < a->n_tokens; i++) {
        if (left.used[i]) best = LIKE_SAME;
        for (size_t j = 0; j < b->n_tokens; j++) {
            const int bound = token_bound(&left, i, &right, j);
            if (bound == 0) continue;
            left.used[i] = right.used[j] = true;
            best = larger(best, bound);
        }
    }
    const int rest_left = unused_weight(&left), rest_right = unused_weight(&right);
    const int aligned = (a->weight - rest_left + b->weight - rest_right + 1) / 2;
    if (aligned == 0) return 0;
    return 10 * best * aligned / (10 * aligned + 13 * smaller(rest_left, rest_right));
}

static const struct pd_name_profile *alias_of(const struct pd_name_profile *profile)
{
    const void *const place = (const uint64_t *)(const void *)profile + profile->alias_at;
    return profile->alias_at == 0 ? NULL : place;
}

/* The best of the names, and of each name against the other's alias. */
static int best_of_aliases(int compare(const struct pd_name_profile *a, const struct pd_name_profile *b),
                           const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    const struct pd_name_profile *const alias_a = alias_of(a), *const alias_b = alias_of(b);
    int best = compare(a, b);
    if (alias_a != NULL) best = larger(best, compare(alias_a, b));
    if (alias_b != NULL) best = larger(best, compare(a, alias_b));
    return best;
}

int pd_name_similarity(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    return (a->alias_at | b->alias_at) == 0 ? compare_names(a, b) : best_of_aliases(compare_names, a, b);
}

int pd_name_similarity_bound(const struct pd_name_profile *a, const struct pd_name_profile *b)
{
    return (a->alias_at | b->alias_at) == 0 ? bound_names(a, b) : best_of_aliases(bound_names, a, b);
}
