/* SPDX-License-Identifier: MIT */
#include "compare/level_table.h"

enum { ENTRIES_MAX = 1 << 15 };

/* --- what is asked --- */

static bool same_question(const struct pd_test *a, const struct pd_test *b)
{
    return a->kind == b->kind && a->column == b->column && a->on_right == b->on_right;
}

static size_t atom_of(const struct pd_level_table *table, const struct pd_test *test)
{
    size_t i = 0;
    while (i < table->n_atoms && !same_question(table->atoms[i], test)) i++;
    return i;
}

static bool note_atom(struct pd_level_table *table, const struct pd_test *test)
{
    if (atom_of(table, test) < table->n_atoms) return true;
    if (table->n_atoms == PD_LEVEL_ATOMS_MAX) return false;
    table->atoms[table->n_atoms++] = test;
    return true;
}

static bool note_cut(struct pd_level_table *table, const struct pd_test *test)
{
    if (table->similarity == NULL) table->similarity = test;
    if (table->similarity->slot != test->slot) return false;
    size_t at = 0;
    while (at < table->n_cuts && table->cuts[at] < test->constant) at++;
    if (at < table->n_cuts && table->cuts[at] == test->constant) return true;
    if (table->n_cuts == PD_LEVEL_CUTS_MAX) return false;
    for (size_t i = table->n_cuts++; i > at; i--) table->cuts[i] = table->cuts[i - 1];
    table->cuts[at] = test->constant;
    return true;
}

/* Notes all that a test asks; false when it asks for more than a table can answer. */
static bool note_test(struct pd_level_table *table, const struct pd_test *test)
{
    switch (test->kind) {
    case PD_TEST_ALWAYS: return true;
    case PD_TEST_NULL:
    case PD_TEST_SAME:
    case PD_TEST_TRUTH: return note_atom(table, test);
    case PD_TEST_SIMILARITY: return note_cut(table, test);
    case PD_TEST_NUMBERS:
    case PD_TEST_INTERPRET: return false;
    case PD_TEST_AND:
    case PD_TEST_OR:
    case PD_TEST_NOT: break;
    }
    for (size_t i = 0; i < test->n_children; i++)
        if (!note_test(table, &test->children[i])) return false;
    return true;
}

/* --- the answers --- */

static size_t n_answers(const struct pd_test *atom)
{
    return atom->kind == PD_TEST_NULL ? 2 : 3;
}

struct answers {
    enum pd_truth atoms[PD_LEVEL_ATOMS_MAX];
    size_t place; /* 2 i + 1: at cut i; n_places - 1: NULL */
};

static enum pd_truth truth_of_similarity(const struct pd_level_table *table, const struct pd_test *test, size_t place)
{
    size_t cut = 0;
    if (place + 1 == table->n_places) return PD_UNKNOWN;
    while (table->cuts[cut] != test->constant) cut++;
    return pd_relation_holds(test->relation, (double)place, (double)(2 * cut + 1)) ? PD_TRUE : PD_FALSE;
}

static enum pd_truth truth_of(const struct pd_level_table *table, const struct pd_test *test,
                              const struct answers *answers)
{
    if (test->kind == PD_TEST_ALWAYS) return PD_TRUE;
    if (test->kind == PD_TEST_SIMILARITY) return truth_of_similarity(table, test, answers->place);
    if (test->n_children == 0 && test->kind != PD_TEST_AND && test->kind != PD_TEST_OR)
        return answers->atoms[atom_of(table, test)];
    if (test->kind == PD_TEST_NOT) {
        const enum pd_truth truth = truth_of(table, test->children, answers);
        return truth == PD_UNKNOWN ? PD_UNKNOWN : truth == PD_TRUE ? PD_FALSE : PD_TRUE;
    }
    const enum pd_truth decisive = test->kind == PD_TEST_AND ? PD_FALSE : PD_TRUE;
    enum pd_truth result = test->kind == PD_TEST_AND ? PD_TRUE : PD_FALSE;
    for (size_t i = 0; i < test->n_children; i++) {
        const enum pd_truth truth = truth_of(table, &test->children[i], answers);
        if (truth == decisive) return decisive;
        if (truth == PD_UNKNOWN) result = PD_UNKNOWN;
    }
    return result;
}

static uint8_t first_true(const struct pd_level_table *table, const struct pd_test *const *tests, size_t n_levels,
                          const struct answers *answers)
{
    for (size_t i = 0; i < n_levels; i++)
        if (truth_of(table, tests[i], answers) == PD_TRUE) return (uint8_t)i;
    return PD_LEVEL_NONE;
}

/* --- the table --- */

/* The answers say that a side of the similarity is NULL. */
static bool similarity_is_null(const struct pd_level_table *table, const struct answers *answers)
{
    const struct pd_test *similarity = table->similarity;
    for (size_t i = 0; i < table->n_atoms && similarity != NULL; i++) {
        const struct pd_test *atom = table->atoms[i];
        const bool is_left = atom->column == similarity->column, is_right = atom->column == similarity->other_column;
        if (atom->kind == PD_TEST_NULL && answers->atoms[i] == PD_TRUE && (atom->on_right ? is_right : is_left))
            return true;
        if (atom->kind == PD_TEST_SAME && answers->atoms[i] == PD_UNKNOWN && is_left && is_right) return true;
    }
    return false;
}

/* Where answers say that it is NULL, no other place can be: all stand for that one, and the level is known at once. */
static void fill(const struct pd_level_table *table, const struct pd_test *const *tests, size_t n_levels,
                 size_t n_words, uint8_t *levels, uint8_t *first)
{
    for (size_t word = 0; word < n_words; word++) {
        struct answers answers;
        size_t rest = word;
        for (size_t i = 0; i < table->n_atoms; i++) {
            answers.atoms[i] = (enum pd_truth)(rest % n_answers(table->atoms[i]));
            rest /= n_answers(table->atoms[i]);
        }
        uint8_t *row = levels + word * table->n_places;
        const bool is_null = similarity_is_null(table, &answers);
        for (size_t place = 0; place < table->n_places; place++) {
            answers.place = is_null ? table->n_places - 1 : place;
            row[place] = first_true(table, tests, n_levels, &answers);
            if (place == 0) first[word] = row[0];
            if (row[place] != row[0]) first[word] = PD_LEVEL_OPEN;
        }
    }
}

enum padan_status pd_level_table_make(struct pd_arena *arena, const struct pd_test *const *tests, size_t n_levels,
                                      const struct pd_level_table **table, struct padan_error *error)
{
    struct pd_level_table made = { .n_atoms = 0 };
    size_t n_words = 1;
    *table = NULL;
    if (n_levels >= PD_LEVEL_NONE) return PADAN_OK;
    for (size_t i = 0; i < n_levels; i++)
        if (!note_test(&made, tests[i])) return PADAN_OK;
    made.n_places = made.similarity == NULL ? 1 : 2 * made.n_cuts + 2;
    for (size_t i = 0; i < made.n_atoms && n_words <= ENTRIES_MAX; i++) n_words *= n_answers(made.atoms[i]);
    if (n_words * made.n_places > ENTRIES_MAX) return PADAN_OK;
    struct pd_level_table *kept = NULL;
    uint8_t *levels = NULL, *first = NULL;
    PD_TRY(pd_arena_allocate(arena, &kept, sizeof *kept, error));
    PD_TRY(pd_arena_allocate(arena, &levels, n_words * made.n_places, error));
    PD_TRY(pd_arena_allocate(arena, &first, n_words, error));
    fill(&made, tests, n_levels, n_words, levels, first);
    made.levels = levels;
    made.first = first;
    *kept = made;
    *table = kept;
    return PADAN_OK;
}

/* --- a pair --- */

static inline size_t answer_same(const struct pd_column *column, uint32_t left, uint32_t right)
{
    if (pd_encoding_is_own_code(column->encoding)) {
        const uint32_t a = pd_column_held_code(column, left), b = pd_column_held_code(column, right);
        return a == 0 || b == 0 ? PD_UNKNOWN : a == b ? PD_TRUE : PD_FALSE;
    }
    if (pd_column_is_null(column, left) || pd_column_is_null(column, right)) return PD_UNKNOWN;
    return pd_column_word(column, left) == pd_column_word(column, right) ? PD_TRUE : PD_FALSE;
}

static inline size_t answer_of(const struct pd_column *columns, const struct pd_test *atom, uint32_t left,
                               uint32_t right)
{
    const struct pd_column *column = &columns[atom->column];
    const uint32_t side = atom->on_right ? right : left;
    if (atom->kind == PD_TEST_SAME) return answer_same(column, left, right);
    if (atom->kind == PD_TEST_NULL) return pd_column_is_null(column, side) ? PD_TRUE : PD_FALSE;
    const uint8_t truth = ((const uint8_t *)column->words)[side];
    return truth == PD_SMALL_NULL ? PD_UNKNOWN : truth != 0 ? PD_TRUE : PD_FALSE;
}

size_t pd_level_table_place(const struct pd_level_table *table, double value)
{
    size_t place = 0;
    if (value != value) return table->n_places - 1;
    for (size_t i = 0; i < table->n_cuts; i++)
        place += (size_t)(value >= table->cuts[i]) + (size_t)(value > table->cuts[i]);
    return place;
}

unsigned pd_level_table_find(const struct pd_level_table *table, const struct pd_conditions *conditions,
                             struct pd_condition_worker *worker)
{
    const struct pd_column *columns = conditions->deriver->table->columns;
    const uint32_t left = worker->reader.left, right = worker->reader.right;
    size_t word = 0, stride = 1;
    for (size_t i = 0; i < table->n_atoms; i++) {
        const struct pd_test *atom = table->atoms[i];
        word += stride * answer_of(columns, atom, left, right);
        stride *= n_answers(atom);
    }
    if (table->first[word] != PD_LEVEL_OPEN) return table->first[word];
    return pd_level_table_with(table, word, pd_condition_value(conditions, worker, table->similarity));
}

unsigned pd_level_table_with(const struct pd_level_table *table, size_t word, double similarity)
{
    return table->levels[word * table->n_places + pd_level_table_place(table, similarity)];
}
