/* SPDX-License-Identifier: MIT
 * Every test is walked with sets of possible truths instead of one truth. A level can be the pair's when all levels
 * before it can be untrue and it can be true; the bound of a comparison is the heaviest such level. */
#include "compare/pair_bounds.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "compare/string_metrics.h"

/* Sets of enum pd_truth. */
enum { CAN_BE_FALSE = 1 << PD_FALSE, CAN_BE_TRUE = 1 << PD_TRUE, CAN_BE_UNKNOWN = 1 << PD_UNKNOWN, CAN_BE_ALL = 7 };

/* One combination of known facts. */
struct facts {
    const struct pd_plan *plan;
    const struct pd_packed_rows *rows;
    uint64_t unequal[PD_PACKED_WORDS_MAX]; /* among equal_masks */
    uint64_t missing[PD_PACKED_WORDS_MAX]; /* among null_masks */
    const struct pd_pair_filter *filter;
    enum pd_near near[PD_PACKED_NEAR_MAX];
};

/* Where the own frequencies of a filter stand in the plan. */
struct own_levels {
    size_t comparisons[PD_FILTER_OWN_MAX];
    const struct pd_plan_level *levels[PD_FILTER_OWN_MAX];
};

void pd_pair_filter_reset(struct pd_pair_filter *filter)
{
    pd_free(filter->alive);
    pd_free(filter->most);
    pd_free(filter->by_own);
    *filter = (struct pd_pair_filter){ 0 };
}

/* --- what is asked of the rows --- */

/* What Levenshtein's distance, told as enum pd_near, says of the kernel's: the distances [least, most] that it may be.
 * A swap counts one there and at most two here. False for kernels it says nothing of. */
struct distances {
    unsigned least, most;
};
enum { PD_LONGEST_NEAR = 17 };

static bool find_distances(const struct pd_slot *slot, enum pd_near near, struct distances *out)
{
    const struct pd_text function = pd_text_of(slot->kernel->function);
    const bool plain = pd_text_equal(function, PD_TEXT("levenshtein"));
    const bool swaps =
        pd_text_equal(function, PD_TEXT("damerau_levenshtein")) || pd_text_equal(function, PD_TEXT("osa_distance"));
    if (slot->left != slot->right || (!plain && !swaps)) return false;
    switch (near) {
    case PD_NEAR_1: *out = (struct distances){ 1, 1 }; break;
    case PD_NEAR_2: *out = (struct distances){ swaps ? 1 : 2, 2 }; break;
    case PD_NEAR_FAR: *out = (struct distances){ swaps ? 2 : 3, PD_LONGEST_NEAR }; break;
    case PD_NEAR_UNKNOWN: *out = (struct distances){ 0, PD_LONGEST_NEAR }; break;
    }
    return true;
}

static enum padan_status ask_for_fields(const struct pd_plan *plan, const struct pd_test *test,
                                        struct pd_packed_rows *rows, struct padan_error *error)
{
    const struct pd_table *table = plan->conditions.deriver->table;
    bool added = false;
    const bool decides = test->kind == PD_TEST_SAME || test->kind == PD_TEST_NULL;
    if (decides || test->kind == PD_TEST_TRUTH || test->kind == PD_TEST_SIMILARITY)
        PD_TRY(pd_packed_add(rows, table, test->column, &added, error));
    if (decides && added) rows->fields[pd_packed_find(rows, test->column)].decides = true;
    if (test->kind == PD_TEST_SIMILARITY) {
        PD_TRY(pd_packed_add(rows, table, test->other_column, &added, error));
        struct distances any;
        if (find_distances(&plan->conditions.slots[test->slot], PD_NEAR_UNKNOWN, &any))
            PD_TRY(pd_packed_add_near(rows, test->column, &added, error));
    }
    for (size_t i = 0; i < test->n_children; i++) PD_TRY(ask_for_fields(plan, &test->children[i], rows, error));
    return PADAN_OK;
}

enum padan_status pd_pair_bounds_fields(const struct pd_plan *plan, struct pd_packed_rows *rows,
                                        struct padan_error *error)
{
    for (size_t i = 0; i < plan->n_comparisons; i++)
        for (size_t j = 0; j < plan->comparisons[i].n_levels; j++)
            PD_TRY(ask_for_fields(plan, &plan->comparisons[i].levels[j].test, rows, error));
    return PADAN_OK;
}

/* --- possible truths --- */

/* Kleene's NOT of a set. */
static unsigned not_of(unsigned truths)
{
    return (truths & CAN_BE_UNKNOWN) | (truths & CAN_BE_FALSE ? CAN_BE_TRUE : 0) |
           (truths & CAN_BE_TRUE ? CAN_BE_FALSE : 0);
}

/* Kleene's AND of two sets; any member of one may meet any of the other. */
static unsigned and_of(unsigned a, unsigned b)
{
    unsigned truths = (a | b) & CAN_BE_FALSE;
    if (a & b & CAN_BE_TRUE) truths |= CAN_BE_TRUE;
    if ((a & CAN_BE_UNKNOWN && b & (CAN_BE_UNKNOWN | CAN_BE_TRUE)) || (b & CAN_BE_UNKNOWN && a & CAN_BE_TRUE))
        truths |= CAN_BE_UNKNOWN;
    return truths;
}

/* The field of a column as far as the filter uses it. */
static const struct pd_packed_field *field_of(const struct facts *facts, int column)
{
    const int index = pd_packed_find(facts->rows, column);
    return index < 0 ? NULL : &facts->rows->fields[index];
}

/* A value of the column is NULL: 1 yes, 0 no, -1 not known. */
static int is_missing(const struct facts *facts, const struct pd_packed_field *field)
{
    const uint64_t guard = pd_packed_guard(field);
    if (!field->nullable) return 0;
    if ((facts->filter->null_masks[field->word] & guard) == 0) return -1;
    return (facts->missing[field->word] & guard) != 0;
}

static unsigned truths_of_same(const struct facts *facts, const struct pd_test *test)
{
    const struct pd_packed_field *field = field_of(facts, test->column);
    if (field == NULL) return CAN_BE_ALL;
    const uint64_t guard = pd_packed_guard(field);
    const int missing = is_missing(facts, field);
    if (missing == 1) return CAN_BE_UNKNOWN;
    if ((facts->filter->equal_masks[field->word] & guard) == 0)
        return missing == 0 ? CAN_BE_TRUE | CAN_BE_FALSE : CAN_BE_ALL;
    if ((facts->unequal[field->word] & guard) == 0) return field->exact ? CAN_BE_TRUE : CAN_BE_TRUE | CAN_BE_FALSE;
    return missing == 0 ? CAN_BE_FALSE : CAN_BE_FALSE | CAN_BE_UNKNOWN;
}

static unsigned truths_of_null(const struct facts *facts, const struct pd_test *test)
{
    const struct pd_packed_field *field = field_of(facts, test->column);
    if (field == NULL) return CAN_BE_TRUE | CAN_BE_FALSE;
    return is_missing(facts, field) == 0 ? CAN_BE_FALSE : CAN_BE_TRUE | CAN_BE_FALSE;
}

static unsigned truths_of_distance(const struct pd_test *test, const struct distances *distances)
{
    unsigned truths = 0;
    for (unsigned distance = distances->least; distance <= distances->most; distance++)
        truths |= pd_relation_holds(test->relation, distance, test->constant) ? CAN_BE_TRUE : CAN_BE_FALSE;
    return truths;
}

/* Of the values of a column. */
static enum pd_near near_of(const struct facts *facts, int column)
{
    for (size_t i = 0; i < facts->rows->n_near; i++)
        if (facts->rows->near[i].column == column) return facts->near[i];
    return PD_NEAR_UNKNOWN;
}

static unsigned truths_of_similarity(const struct facts *facts, const struct pd_test *test)
{
    const struct pd_slot *slot = &facts->plan->conditions.slots[test->slot];
    const struct pd_packed_field *left = field_of(facts, test->column);
    const struct pd_packed_field *right = field_of(facts, test->other_column);
    const bool known_missing = (left != NULL && test->column == test->other_column && is_missing(facts, left) == 1);
    const bool present = left != NULL && right != NULL && is_missing(facts, left) == 0 && is_missing(facts, right) == 0;
    if (known_missing) return CAN_BE_UNKNOWN;
    const enum pd_near near = near_of(facts, test->column);
    struct distances distances;
    if (near != PD_NEAR_UNKNOWN && find_distances(slot, near, &distances)) return truths_of_distance(test, &distances);
    return present ? CAN_BE_TRUE | CAN_BE_FALSE : CAN_BE_ALL;
}

static unsigned truths_of(const struct facts *facts, const struct pd_test *test);

/* "x_l IS NULL OR x_r IS NULL" with one of them known to be NULL. */
static bool is_null_of_known(const struct facts *facts, const struct pd_test *test)
{
    for (size_t i = 0; i < test->n_children; i++) {
        const struct pd_test *a = &test->children[i];
        if (a->kind != PD_TEST_NULL || a->on_right) continue;
        const struct pd_packed_field *field = field_of(facts, a->column);
        if (field == NULL || is_missing(facts, field) != 1) continue;
        for (size_t j = 0; j < test->n_children; j++) {
            const struct pd_test *b = &test->children[j];
            if (b->kind == PD_TEST_NULL && b->on_right && b->column == a->column) return true;
        }
    }
    return false;
}

static unsigned truths_of_children(const struct facts *facts, const struct pd_test *test)
{
    unsigned truths = test->kind == PD_TEST_AND ? CAN_BE_TRUE : CAN_BE_FALSE;
    if (test->kind == PD_TEST_OR && is_null_of_known(facts, test)) return CAN_BE_TRUE;
    for (size_t i = 0; i < test->n_children; i++) {
        const unsigned child = truths_of(facts, &test->children[i]);
        truths = test->kind == PD_TEST_AND ? and_of(truths, child) : not_of(and_of(not_of(truths), not_of(child)));
    }
    return truths;
}

static unsigned truths_of(const struct facts *facts, const struct pd_test *test)
{
    switch (test->kind) {
    case PD_TEST_ALWAYS: return CAN_BE_TRUE;
    case PD_TEST_AND:
    case PD_TEST_OR: return truths_of_children(facts, test);
    case PD_TEST_NOT: return not_of(truths_of(facts, test->children));
    case PD_TEST_SAME: return truths_of_same(facts, test);
    case PD_TEST_NULL: return truths_of_null(facts, test);
    case PD_TEST_SIMILARITY: return truths_of_similarity(facts, test);
    case PD_TEST_TRUTH:
    case PD_TEST_NUMBERS:
    case PD_TEST_INTERPRET: break;
    }
    return CAN_BE_ALL;
}

/* *certain: the level that it is, NULL when several are possible. */
static pd_weight most_of(const struct facts *facts, const struct pd_plan_comparison *comparison,
                         const struct pd_plan_level **certain)
{
    pd_weight most = INT64_MIN;
    *certain = NULL;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_plan_level *level = &comparison->levels[i];
        const unsigned truths = truths_of(facts, &level->test);
        const pd_weight weight = pd_most_of_level(level);
        if (truths == CAN_BE_TRUE && most == INT64_MIN) *certain = level;
        if (truths & CAN_BE_TRUE && weight > most) most = weight;
        if (truths == CAN_BE_TRUE) return most;
    }
    return most < 0 ? 0 : most; /* no level at all: the comparison says nothing */
}

/* --- the table --- */

/* Facts that decide get bits, as long as there are some left: equality first, then NULLs. */
static void choose_bits(struct pd_pair_filter *filter)
{
    const struct pd_packed_rows *rows = filter->rows;
    const unsigned most = PD_FILTER_BITS_MAX - 2 * (unsigned)rows->n_near;
    for (size_t i = 0; i < rows->n_fields && filter->n_bits < most; i++) {
        if (!rows->fields[i].decides) continue;
        filter->equal_masks[rows->fields[i].word] |= pd_packed_guard(&rows->fields[i]);
        filter->n_bits++;
    }
    for (size_t i = 0; i < rows->n_fields && filter->n_bits < most; i++) {
        if (!rows->fields[i].decides || !rows->fields[i].nullable) continue;
        filter->null_masks[rows->fields[i].word] |= pd_packed_guard(&rows->fields[i]);
        filter->n_bits++;
    }
}

/* Takes the first level of each comparison that adds something for the frequency of a value that rows hold. */
static void choose_own(const struct pd_plan *plan, struct pd_pair_filter *filter, struct own_levels *out)
{
    for (size_t i = 0; i < plan->n_comparisons; i++)
        for (size_t j = 0; j < plan->comparisons[i].n_levels && filter->n_own < PD_FILTER_OWN_MAX; j++) {
            const struct pd_plan_level *level = &plan->comparisons[i].levels[j];
            const struct pd_term_frequency *frequency = level->frequency;
            if (frequency == NULL || frequency->key == PD_VALUES_BY_RECORD) continue;
            const int index = pd_packed_find(filter->rows, frequency->column);
            if (index < 0 || !filter->rows->fields[index].exact) continue;
            out->comparisons[filter->n_own] = i;
            out->levels[filter->n_own] = level;
            filter->own[filter->n_own++] = (struct pd_filter_own){ .field = &filter->rows->fields[index],
                                                                   .additions = frequency->additions,
                                                                   .key = frequency->key,
                                                                   .base = frequency->base,
                                                                   .largest = frequency->largest };
            break;
        }
}

static inline bool own_is_missing(const struct pd_filter_own *own, uint64_t word)
{
    return own->field->whole ? word == PD_PACKED_NULL : (word & pd_packed_guard(own->field)) != 0;
}

static inline size_t own_value(const struct pd_filter_own *own, const uint64_t *row)
{
    return pd_values_index(own->key, own->base, pd_packed_value(own->field, row));
}

void pd_pair_filter_prefetch(const struct pd_pair_filter *filter, const uint64_t *row)
{
    for (size_t i = 0; i < filter->n_own; i++) {
        const struct pd_filter_own *own = &filter->own[i];
        if (!own_is_missing(own, row[own->field->place])) pd_prefetch(own->additions + own_value(own, row));
    }
}

void pd_pair_filter_below(const struct pd_pair_filter *filter, const uint64_t *row, pd_weight *below)
{
    below[0] = 0;
    for (size_t i = 0; i < filter->n_own; i++) {
        const struct pd_filter_own *own = &filter->own[i];
        const bool missing = own_is_missing(own, row[own->field->place]);
        const pd_weight addition = missing ? PD_NO_FREQUENCY : own->additions[own_value(own, row)];
        const pd_weight less = addition == PD_NO_FREQUENCY ? 0 : addition - own->largest; /* else the other row's */
        for (size_t set = 0; set < (size_t)1 << i; set++) below[set | (size_t)1 << i] = below[set] + less;
    }
}

/* Puts the low bits of index where mask has ones; returns the rest of index. */
static size_t deposit(size_t index, uint64_t mask, uint64_t *out)
{
    *out = 0;
    for (; mask != 0; mask &= mask - 1, index >>= 1)
        if (index & 1) *out |= mask & -mask;
    return index;
}

static void read_index(size_t index, struct facts *facts)
{
    const struct pd_pair_filter *filter = facts->filter;
    for (size_t word = 0; word < facts->rows->n_fact_words; word++)
        index = deposit(index, filter->equal_masks[word], &facts->unequal[word]);
    for (size_t word = 0; word < facts->rows->n_fact_words; word++)
        index = deposit(index, filter->null_masks[word], &facts->missing[word]);
    for (size_t i = 0; i < facts->rows->n_near; i++, index >>= 2) facts->near[i] = (enum pd_near)(index & 3);
}

/* Bits of the index, from *at on, that masks give to a field. */
static size_t bits_of_masks(const struct pd_pair_filter *filter, const uint64_t *masks,
                            const struct pd_packed_field *field, unsigned *at)
{
    size_t bits = 0;
    for (size_t word = 0; word < filter->rows->n_fact_words; word++)
        for (uint64_t mask = masks[word]; mask != 0; mask &= mask - 1, ++*at)
            if (word == field->word && (mask & -mask) == pd_packed_guard(field)) bits |= (size_t)1 << *at;
    return bits;
}

/* Bits of the index that tell of a column. */
static size_t bits_of_column(const struct pd_pair_filter *filter, int column)
{
    const int index = pd_packed_find(filter->rows, column);
    unsigned at = 0;
    if (index < 0) return 0;
    size_t bits = bits_of_masks(filter, filter->equal_masks, &filter->rows->fields[index], &at);
    bits |= bits_of_masks(filter, filter->null_masks, &filter->rows->fields[index], &at);
    for (size_t i = 0; i < filter->rows->n_near; i++)
        if (filter->rows->near[i].column == column) bits |= (size_t)3 << (at + 2 * i);
    return bits;
}

/* Bits of the index that a test looks at. */
static size_t bits_of_test(const struct pd_pair_filter *filter, const struct pd_test *test)
{
    size_t bits = 0;
    switch (test->kind) {
    case PD_TEST_NULL:
    case PD_TEST_SAME: return bits_of_column(filter, test->column);
    case PD_TEST_SIMILARITY: return bits_of_column(filter, test->column) | bits_of_column(filter, test->other_column);
    case PD_TEST_AND:
    case PD_TEST_OR:
    case PD_TEST_NOT:
        for (size_t i = 0; i < test->n_children; i++) bits |= bits_of_test(filter, &test->children[i]);
        return bits;
    case PD_TEST_ALWAYS:
    case PD_TEST_TRUTH:
    case PD_TEST_NUMBERS:
    case PD_TEST_INTERPRET: break;
    }
    return 0;
}

/* What one comparison adds, by the index of the filter; entries whose other bits are 0 stand for all others. */
struct additions {
    pd_weight *most;
    uint8_t *by_own;
};

static void add_comparison(struct facts *facts, const struct own_levels *own, size_t comparison,
                           const struct additions *additions, struct pd_pair_filter *filter)
{
    const struct pd_plan_comparison *compiled = &facts->plan->comparisons[comparison];
    size_t bits = 0;
    for (size_t i = 0; i < compiled->n_levels; i++) bits |= bits_of_test(filter, &compiled->levels[i].test);
    for (size_t index = 0; index < (size_t)1 << (filter->n_bits + 2 * filter->rows->n_near); index++) {
        const struct pd_plan_level *certain = NULL;
        if ((index & bits) == index) {
            read_index(index, facts);
            additions->most[index] = most_of(facts, compiled, &certain);
            additions->by_own[index] = 0;
            for (size_t k = 0; k < filter->n_own; k++)
                if (own->comparisons[k] == comparison && own->levels[k] == certain)
                    additions->by_own[index] |= (uint8_t)(1u << k);
        }
        filter->most[index] += additions->most[index & bits];
        filter->by_own[index] |= additions->by_own[index & bits];
    }
}

/* The most that a pair can weigh, and what of it is own, of all indices: comparison by comparison, as each looks at few
 * of the bits. */
static enum padan_status find_most(const struct pd_plan *plan, const struct own_levels *own,
                                   struct pd_pair_filter *filter, struct padan_error *error)
{
    const size_t n = (size_t)1 << (filter->n_bits + 2 * filter->rows->n_near);
    struct facts facts = { .plan = plan, .rows = filter->rows, .filter = filter };
    struct additions additions = { NULL, NULL };
    enum padan_status status = pd_allocate_array(&additions.most, n, sizeof *additions.most, error);
    if (status == PADAN_OK) status = pd_allocate_array(&additions.by_own, n, 1, error);
    for (size_t index = 0; index < n; index++) filter->most[index] = plan->sources.largest_prior;
    for (size_t i = 0; i < plan->n_comparisons && status == PADAN_OK; i++)
        add_comparison(&facts, own, i, &additions, filter);
    pd_free(additions.most);
    pd_free(additions.by_own);
    return status;
}

enum padan_status pd_pair_bounds_make(const struct pd_plan *plan, const struct pd_packed_rows *rows, pd_weight needed,
                                      struct pd_pair_filter *filter, struct padan_error *error)
{
    struct own_levels own;
    *filter = (struct pd_pair_filter){ .rows = rows, .needed = needed };
    choose_bits(filter);
    if (needed != INT64_MIN) choose_own(plan, filter, &own);
    const size_t n = (size_t)1 << (filter->n_bits + 2 * rows->n_near);
    PD_TRY(pd_allocate(&filter->alive, n, 1, error));
    PD_TRY(pd_allocate(&filter->most, n, sizeof *filter->most, error));
    PD_TRY(pd_allocate(&filter->by_own, n + PD_FILTER_ROOM, 1, error));
    PD_TRY(find_most(plan, &own, filter, error));
    filter->all_alive = true;
    for (size_t index = 0; index < n; index++) {
        filter->alive[index] = filter->most[index] >= needed;
        filter->all_alive = filter->all_alive && filter->alive[index] != 0;
    }
    return PADAN_OK;
}
