/* SPDX-License-Identifier: MIT
 * Making a row plan: where the answers to tests stand in rows, and what they bound. */
#include "compare/row_comparison.h"

#include "compare/kernel_side.h"
#include "compare/text_cache.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Costs: of a similarity that is computed before anything is fetched for the others; of fetching two texts; and of one
 * that is worth remembering. */
enum { CHEAP = 25, MISSES = 200, WORTH_A_MEMO = 60 };
/* With so many values of a column a look at one is a cache miss. */
enum { MANY_VALUES = 16384 };

static const struct pd_packed_field *exact_field(const struct pd_packed_rows *rows, int column)
{
    const int index = pd_packed_find(rows, column);
    return index < 0 || !rows->fields[index].exact ? NULL : &rows->fields[index];
}

static void add_term(struct pd_row_comparison *out, enum pd_fact_kind kind, unsigned word, unsigned bit, int32_t weight)
{
    out->terms[out->n_terms++] =
        (struct pd_fact_term){ (uint16_t)(kind * PD_PACKED_WORDS_MAX + word), (uint16_t)bit, weight };
}

/* What is never NULL has no term for it. */
static void add_test(struct pd_row_comparison *out, const struct pd_test *test, const struct pd_packed_field *field,
                     int32_t stride)
{
    const unsigned guard = field->shift + field->width;
    const enum pd_fact_kind side = test->on_right ? PD_FACT_RIGHT : PD_FACT_LEFT;
    switch (test->kind) {
    case PD_TEST_SAME:
        out->base += stride;
        add_term(out, PD_FACT_UNEQUAL, field->word, guard, -stride);
        if (field->nullable) add_term(out, PD_FACT_MISSING, field->word, guard, 2 * stride);
        return;
    case PD_TEST_NULL:
        if (field->nullable) add_term(out, side, field->word, guard, stride);
        return;
    default:
        add_term(out, side, field->word, field->shift, stride);
        if (field->nullable) add_term(out, side, field->word, guard, 2 * stride);
    }
}

/* Rows tell a test: by the field of its column. */
static bool tells(const struct pd_packed_rows *rows, const struct pd_test *test)
{
    const struct pd_packed_field *field = exact_field(rows, test->column);
    return field != NULL && !(test->kind == PD_TEST_TRUTH && field->whole);
}

static bool has_frequencies(const struct pd_plan_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (comparison->levels[i].frequency != NULL) return true;
    return false;
}

bool pd_row_plan_mark_columns(const struct pd_plan *plan, const struct pd_packed_rows *rows, bool *needed)
{
    for (size_t i = 0; i < plan->n_comparisons; i++) {
        const struct pd_level_table *table = plan->comparisons[i].table;
        if (table == NULL || has_frequencies(&plan->comparisons[i])) return false;
        bool by_rows = true;
        for (size_t j = 0; j < table->n_atoms; j++) by_rows = by_rows && tells(rows, table->atoms[j]);
        for (size_t j = 0; j < table->n_atoms && !by_rows; j++) needed[table->atoms[j]->column] = true;
        const struct pd_test *similarity = table->similarity;
        if (similarity == NULL) continue;
        by_rows = by_rows && exact_field(rows, similarity->column) != NULL &&
                  exact_field(rows, similarity->other_column) != NULL;
        if (!by_rows) needed[similarity->column] = needed[similarity->other_column] = true;
    }
    return true;
}

static bool reads_values(const struct pd_plan_comparison *comparison, int column)
{
    const struct pd_level_table *table = comparison->table;
    if (table == NULL || has_frequencies(comparison)) return true;
    const struct pd_test *similarity = table->similarity;
    if (similarity != NULL && (similarity->column == column || similarity->other_column == column)) return true;
    for (size_t i = 0; i < table->n_atoms; i++)
        if (table->atoms[i]->column == column && table->atoms[i]->kind == PD_TEST_TRUTH) return true;
    return false;
}

bool pd_row_plan_reads_values(const struct pd_plan *plan, int column)
{
    for (size_t i = 0; i < plan->n_comparisons; i++)
        if (reads_values(&plan->comparisons[i], column)) return true;
    return false;
}

/* Finds where all tests of the table are answered; *n_answers is how many answers there are. */
static bool place_tests(const struct pd_packed_rows *rows, struct pd_row_comparison *out, size_t *n_answers)
{
    *n_answers = 1;
    for (size_t i = 0; i < out->table->n_atoms; i++) {
        const struct pd_test *test = out->table->atoms[i];
        if (!tells(rows, test)) return false;
        add_test(out, test, exact_field(rows, test->column), (int32_t)*n_answers);
        *n_answers *= test->kind == PD_TEST_NULL ? 2 : 3;
    }
    return true;
}

/* Of the level at a place; none at all weighs nothing. */
static pd_weight weight_at(const struct pd_row_comparison *out, size_t word, size_t place)
{
    return pd_row_most_of(out, out->table->levels[word * out->table->n_places + place]);
}

/* The heaviest level among those that a similarity may lead to. */
static pd_weight most_of_answers(const struct pd_row_comparison *out, size_t word)
{
    pd_weight most = INT64_MIN;
    for (size_t place = 0; place < out->table->n_places; place++) {
        const pd_weight weight = weight_at(out, word, place);
        if (weight > most) most = weight;
    }
    return most;
}

/* For every place, the most of the places that a similarity which cannot beat it may lie at: lower ones, of a distance
 * higher ones. */
static enum padan_status make_most_within(struct pd_arena *arena, size_t n_answers, struct pd_row_comparison *out,
                                          struct padan_error *error)
{
    const struct pd_kernel *kernel = out->slot == NULL ? NULL : out->slot->kernel;
    const size_t n_places = out->table->n_places, n_values = n_places - 1; /* the last is NULL's */
    pd_weight *most = NULL;
    if (kernel == NULL || kernel->optimist == NULL || out->left == NULL) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, &most, n_answers * n_places * sizeof *most, error));
    for (size_t word = 0; word < n_answers; word++) {
        pd_weight so_far = INT64_MIN;
        for (size_t i = 0; i < n_values; i++) {
            const size_t place = kernel->similarity ? i : n_values - 1 - i;
            const pd_weight weight = weight_at(out, word, place);
            if (weight > so_far) so_far = weight;
            most[word * n_places + place] = so_far;
        }
        most[word * n_places + n_values] = out->most[word];
    }
    out->most_within = most;
    out->farthest = kernel->similarity ? 0 : n_values - 1;
    return PADAN_OK;
}

static bool is_near(const struct pd_row_comparison *comparison)
{
    return strcmp(comparison->slot->kernel->function, "levenshtein") == 0 &&
           comparison->table->cuts[comparison->table->n_cuts - 1] < PD_PACKED_FAR;
}

/* Of a similarity; the texts of a large dictionary are cache misses, too. */
static unsigned cost_of(const struct pd_plan *plan, const struct pd_slot *slot)
{
    const struct pd_column *column = &plan->conditions.deriver->table->columns[slot->left];
    const bool is_far = pd_encoding_is_own_code(column->encoding) && column->dictionary->n_entries > MANY_VALUES;
    return slot->kernel->cost + (is_far ? MISSES : 0);
}

static bool has_codes(const struct pd_plan *plan, int column)
{
    return pd_encoding_is_own_code(plan->conditions.deriver->table->columns[column].encoding);
}

static void find_similarity(const struct pd_plan *plan, const struct pd_packed_rows *rows,
                            struct pd_row_comparison *out)
{
    const struct pd_test *test = out->table->similarity;
    if (test == NULL) return;
    out->slot = &plan->conditions.slots[test->slot];
    out->cost = cost_of(plan, out->slot);
    out->left = exact_field(rows, test->column);
    out->right = exact_field(rows, test->other_column);
    if (out->left == NULL || out->right == NULL) out->left = out->right = NULL;
    out->of_equal = out->left == NULL || out->left != out->right ? (double)NAN : out->slot->side_left->of_equal;
    out->near = out->left != NULL && out->left->whole && out->right->whole && is_near(out);
    out->cheap = out->left != NULL && (out->slot->kernel->cost <= CHEAP || out->near);
    out->remembers = out->left != NULL && out->comparison->cutoff == NULL && has_codes(plan, test->column) &&
                     has_codes(plan, test->other_column) && out->slot->kernel->cost >= WORTH_A_MEMO;
    out->unordered = out->left == out->right;
}

static enum padan_status find_frequency_keys(const struct pd_packed_rows *rows, struct pd_arena *arena,
                                             struct pd_row_comparison *out, struct padan_error *error)
{
    const size_t n = out->comparison->n_levels;
    PD_TRY(pd_arena_allocate(arena, &out->frequency_keys, (n + 1) * sizeof(const struct pd_packed_field *), error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_term_frequency *frequency = out->comparison->levels[i].frequency;
        const bool by_value = frequency != NULL && frequency->key != PD_VALUES_BY_RECORD;
        out->frequency_keys[i] = by_value ? exact_field(rows, frequency->column) : NULL;
        out->has_frequencies = out->has_frequencies || out->frequency_keys[i] != NULL;
    }
    return PADAN_OK;
}

/* A comparison that the plan answers can at least be bounded by the first equality it asks for. */
static void find_equality(const struct pd_packed_rows *rows, struct pd_row_comparison *out)
{
    const struct pd_plan_comparison *comparison = out->comparison;
    size_t first = 0;
    while (first < comparison->n_levels && comparison->levels[first].test.kind != PD_TEST_SAME) first++;
    if (first == comparison->n_levels) return;
    const int index = pd_packed_find(rows, comparison->levels[first].test.column);
    out->equal = index < 0 ? NULL : &rows->fields[index];
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (i != first && pd_most_of_level(&comparison->levels[i]) > out->most_unequal)
            out->most_unequal = pd_most_of_level(&comparison->levels[i]); /* no level at all: 0 */
}

static enum padan_status make_comparison(const struct pd_plan *plan, const struct pd_packed_rows *rows,
                                         struct pd_arena *arena, struct pd_row_comparison *out,
                                         struct padan_error *error)
{
    size_t n = 0;
    out->table = out->comparison->table;
    PD_TRY(find_frequency_keys(rows, arena, out, error));
    if (out->table == NULL || !place_tests(rows, out, &n)) {
        out->table = NULL;
        out->cost = out->comparison->cost;
        find_equality(rows, out);
        return PADAN_OK;
    }
    pd_weight *most = NULL;
    bool *settled = NULL;
    PD_TRY(pd_arena_allocate(arena, &most, n * sizeof *most, error));
    PD_TRY(pd_arena_allocate(arena, &settled, n * sizeof *settled, error));
    for (size_t word = 0; word < n; word++) {
        const unsigned level = pd_level_table_at_once(out->table, word);
        most[word] = most_of_answers(out, word);
        settled[word] = level != PD_LEVEL_OPEN && pd_row_is_settled_by(out, level);
    }
    out->most = most;
    out->settled = settled;
    find_similarity(plan, rows, out);
    return make_most_within(arena, n, out, error);
}

/* Bits between the heaviest and the lightest level, by what the similarity costs: what decides most per ns. */
static double decisiveness(const struct pd_row_comparison *comparison)
{
    pd_weight most = 0, least = 0;
    for (size_t i = 0; i < comparison->comparison->n_levels; i++) {
        const struct pd_plan_level *level = &comparison->comparison->levels[i];
        if (pd_most_of_level(level) > most) most = pd_most_of_level(level);
        if (level->weight < least) least = level->weight;
    }
    return pd_weight_to_double(most - least) / (comparison->cost + 1);
}

static int by_decisiveness(const void *a, const void *b)
{
    const struct pd_row_comparison *x = a, *y = b;
    const double first = decisiveness(x), second = decisiveness(y);
    if (first != second) return first > second ? -1 : 1;
    return (x->comparison->index > y->comparison->index) - (x->comparison->index < y->comparison->index);
}

static void number_memos(struct pd_row_plan *out)
{
    for (size_t i = 0; i < out->plan->n_comparisons; i++)
        if (out->comparisons[i].remembers) out->comparisons[i].memo = (unsigned)out->n_memos++;
}

/* Lists the comparisons that more can be told of than what answers bound: first those whose similarity costs little,
 * then those whose frequencies are looked up. */
static void choose_tightened(struct pd_row_plan *out)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < out->plan->n_comparisons; i++) {
            const struct pd_row_comparison *comparison = &out->comparisons[i];
            const bool of_equal = comparison->left != NULL && comparison->of_equal == comparison->of_equal;
            const bool helps = comparison->cheap || comparison->has_frequencies || of_equal;
            if (comparison->table == NULL || !helps || comparison->cheap != (round == 0)) continue;
            out->tightened[out->n_tightened++] = (uint8_t)i;
        }
}

/* Notes what frequencies of many values are looked up of equal ones: every look is a cache miss. */
static void choose_ahead(struct pd_row_plan *out)
{
    for (size_t i = 0; i < out->plan->n_comparisons; i++)
        for (size_t j = 0; j < out->comparisons[i].comparison->n_levels; j++) {
            const struct pd_packed_field *key = out->comparisons[i].frequency_keys[j];
            const struct pd_term_frequency *frequency = out->comparisons[i].comparison->levels[j].frequency;
            if (key == NULL || frequency->n_additions <= MANY_VALUES || out->n_ahead == PD_ROWS_AHEAD_MAX) continue;
            out->ahead[out->n_ahead++] = (struct pd_row_ahead){ key, frequency };
        }
}

/* What comparisons look at: guards only, each of which has two bits below that are no other's. Rows that hold nothing
 * have no facts to know a slot by. */
static void choose_bound_masks(struct pd_row_plan *out)
{
    struct pd_bound_masks *masks = &out->bound_masks;
    const struct pd_packed_rows *rows = out->rows;
    bool usable = out->plan->n_comparisons <= PD_BOUND_COMPARISONS_MAX && rows->n_fact_words > 0;
    for (size_t i = 0; i < out->plan->n_comparisons; i++) {
        const struct pd_row_comparison *comparison = &out->comparisons[i];
        if (comparison->equal != NULL) masks->unequal[comparison->equal->word] |= pd_packed_guard(comparison->equal);
        for (size_t j = 0; j < comparison->n_terms; j++) {
            const size_t kind = comparison->terms[j].word / PD_PACKED_WORDS_MAX;
            const size_t word = comparison->terms[j].word % PD_PACKED_WORDS_MAX;
            const uint64_t bit = UINT64_C(1) << comparison->terms[j].bit;
            *(kind == PD_FACT_UNEQUAL ? &masks->unequal[word] : &masks->missing[word]) |= bit;
            usable = usable && (word >= rows->n_field_words || (rows->guards[word] & bit) != 0);
        }
    }
    for (size_t word = 0; word < rows->n_field_words; word++) {
        const uint64_t guards = masks->unequal[word] | masks->missing[word];
        usable = usable && (guards & 3) == 0 && (guards & (guards >> 1 | guards >> 2)) == 0;
    }
    masks->usable = usable;
}

enum padan_status pd_row_plan_make(const struct pd_plan *plan, const struct pd_packed_rows *rows,
                                   struct pd_row_plan *out, struct padan_error *error)
{
    const size_t n = plan->n_comparisons;
    *out = (struct pd_row_plan){ .plan = plan, .rows = rows };
    enum padan_status status =
        pd_arena_allocate(&out->arena, &out->comparisons, (n + 1) * sizeof *out->comparisons, error);
    for (size_t i = 0; i < n && status == PADAN_OK; i++) {
        out->comparisons[i] = (struct pd_row_comparison){ .comparison = &plan->comparisons[i] };
        status = make_comparison(plan, rows, &out->arena, &out->comparisons[i], error);
    }
    if (status == PADAN_OK) {
        qsort(out->comparisons, n, sizeof *out->comparisons, by_decisiveness);
        number_memos(out);
        choose_tightened(out);
        choose_ahead(out);
        choose_bound_masks(out);
    }
    if (status != PADAN_OK) pd_row_plan_reset(out);
    return status;
}

void pd_row_plan_reset(struct pd_row_plan *row_plan)
{
    pd_arena_reset(&row_plan->arena);
    *row_plan = (struct pd_row_plan){ 0 };
}
