/* SPDX-License-Identifier: MIT */
#include "auto/free_notes.h"

#include "auto/equal_draw.h"
#include "auto/two_in_common.h"
#include "base/words.h"

/* Names of people have fewer words mostly. */
static const double WORDS_LEAST = 4;
enum { PAIRS_LEAST = 20, EQUAL_PAIRS = 1000 };
/* Values that so few pairs share tell people apart, two of them together nearly surely. */
static const double RARE = .02;
/* Rows that have two others in common agree so often in a third that tells of the same people. */
static const double AGREE_MOSTLY = .6;
/* The share of words in common that rows of the same have beyond chance, at most. */
static const double BEYOND_CHANCE = .1;
/* Rows of one text that have something else in common: where half have, it is no chance that they have it. */
static const double MOSTLY = .5;

struct asked {
    const struct pd_column *column;
    const struct pd_profile *profile;
    uint64_t fillers[PD_FILLERS_MAX];
    size_t n_fillers;
    bool tells, may_be_free;
    bool by_chance; /* words in common are those of chance, in rows that are the same otherwise */
};

struct asking {
    const struct pd_auto_data *data;
    struct asked *columns;
    size_t n_columns;
    struct pd_two_in_common two;
};

/* Words in common, of those of the shorter text. */
struct overlap {
    double common, words;
    size_t n;
};

static bool get_word(const void *column, size_t record, uint64_t *word)
{
    const struct asked *asked = column;
    if (pd_column_is_null(asked->column, record)) return false;
    *word = pd_column_word(asked->column, record);
    for (size_t i = 0; i < asked->n_fillers; i++)
        if (asked->fillers[i] == *word) return false;
    return true;
}

static void read_words(const struct pd_column *column, size_t record, struct pd_first_words *words)
{
    char scratch[24];
    pd_first_words_read(pd_column_text(column, record, scratch), PD_FIRST_WORDS, words);
}

static void count_overlap(const struct asked *asked, size_t left, size_t right, struct overlap *overlap)
{
    struct pd_first_words a, b;
    uint64_t word = 0;
    if (!get_word(asked, left, &word) || !get_word(asked, right, &word)) return;
    read_words(asked->column, left, &a);
    read_words(asked->column, right, &b);
    if (a.n == 0 || b.n == 0) return;
    const struct pd_first_words *shorter = a.n < b.n ? &a : &b, *longer = a.n < b.n ? &b : &a;
    for (size_t i = 0; i < shorter->n; i++) overlap->common += pd_first_words_have(longer, shorter->hashes[i]);
    overlap->words += (double)shorter->n;
    overlap->n++;
}

/* Whether the rows at place - 1 and place have both columns in common, and may be one person's. */
static bool is_pair(const struct asking *asking, size_t place)
{
    const struct pd_key *left = &asking->two.keys[place - 1], *right = &asking->two.keys[place];
    if (left->hash != right->hash) return false;
    const struct pd_table *table = asking->data->table;
    const bool same = pd_table_source(table, left->record) == pd_table_source(table, right->record);
    return same ? asking->data->inside : asking->data->across;
}

/* Whether rows that have two columns in common mostly have this one too. */
static bool agrees_mostly(const struct asking *asking, const struct asked *asked)
{
    size_t n = 0, equal = 0;
    for (size_t i = 1; i < asking->two.n; i++) {
        uint64_t left = 0, right = 0;
        if (!is_pair(asking, i) || !get_word(asked, asking->two.keys[i - 1].record, &left) ||
            !get_word(asked, asking->two.keys[i].record, &right))
            continue;
        n++;
        equal += left == right;
    }
    return n >= PAIRS_LEAST && (double)equal >= AGREE_MOSTLY * (double)n;
}

static bool are_the_same(const struct asking *asking, const struct asked *a, const struct asked *b,
                         const struct asked *but)
{
    for (size_t i = 0; i < asking->n_columns; i++) {
        const struct asked *third = &asking->columns[i];
        if (third != a && third != b && third != but && third->tells && agrees_mostly(asking, third)) return true;
    }
    return false;
}

/* Words that the two rows of pairs have in common, and those of rows half of them apart: chance. */
static void ask_text(const struct asking *asking, const struct asked *a, const struct asked *b, struct asked *text)
{
    const struct pd_two_in_common *two = &asking->two;
    struct overlap overlap = { 0 }, chance = { 0 };
    for (size_t i = 1; i < two->n; i++) {
        if (!is_pair(asking, i)) continue;
        count_overlap(text, two->keys[i - 1].record, two->keys[i].record, &overlap);
        count_overlap(text, two->keys[i - 1].record, two->keys[(i + two->n / 2) % two->n].record, &chance);
    }
    if (overlap.n < PAIRS_LEAST || chance.n == 0) return;
    const double by_chance = chance.common / chance.words;
    if (overlap.common / overlap.words > by_chance + BEYOND_CHANCE * (1 - by_chance))
        text->may_be_free = false;
    else if (!text->by_chance)
        text->by_chance = are_the_same(asking, a, b, text);
}

static bool is_any_left(const struct asking *asking, const struct asked *a, const struct asked *b)
{
    for (size_t i = 0; i < asking->n_columns; i++) {
        const struct asked *asked = &asking->columns[i];
        if (asked->may_be_free && asked != a && asked != b) return true;
    }
    return false;
}

static enum padan_status ask_two(struct asking *asking, const struct asked *a, const struct asked *b,
                                 struct padan_error *error)
{
    if (!a->tells || !b->tells || !is_any_left(asking, a, b)) return PADAN_OK;
    PD_TRY(pd_two_in_common_sort(&asking->two, get_word, a, b, error));
    for (size_t i = 0; i < asking->n_columns; i++) {
        struct asked *asked = &asking->columns[i];
        if (asked->may_be_free && asked != a && asked != b) ask_text(asking, a, b, asked);
    }
    return PADAN_OK;
}

/* Whether rows of one text have something else in common mostly: then it is no chance that they have it. */
static enum padan_status ask_equal(const struct asking *asking, const struct asked *text, struct pd_arena *arena,
                                   bool *tells, struct padan_error *error)
{
    struct pd_pair *pairs = NULL;
    size_t n_pairs = 0, n_more = 0;
    PD_TRY(pd_auto_draw_equal(asking->data, text->profile->column, EQUAL_PAIRS, arena, &pairs, &n_pairs, error));
    for (size_t p = 0; p < n_pairs; p++) {
        bool more = false;
        for (size_t i = 0; i < asking->n_columns && !more; i++) {
            const struct asked *other = &asking->columns[i];
            uint64_t left = 0, right = 0;
            more = other != text && other->tells && get_word(other, pairs[p].left, &left) &&
                   get_word(other, pairs[p].right, &right) && left == right;
        }
        n_more += more;
    }
    *tells = n_pairs > 0 && (double)n_more >= MOSTLY * (double)n_pairs;
    return PADAN_OK;
}

static bool may_be_free(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_TEXT && profile->mean_words >= WORDS_LEAST && profile->same <= RARE;
}

static bool tells(const struct pd_profile *profile)
{
    const bool of_kind =
        profile->kind != PD_KIND_LEFT_OUT && profile->kind != PD_KIND_SEX && profile->kind != PD_KIND_CATEGORY;
    return of_kind && !profile->of_years && !profile->rounded && profile->same <= RARE;
}

static void find_fillers(const struct pd_table *table, struct asked *asked)
{
    char scratch[24];
    const struct pd_profile *profile = asked->profile;
    for (size_t i = 0; i < table->n_records && asked->n_fillers < profile->n_fillers; i++) {
        uint64_t word = 0;
        if (!get_word(asked, i, &word)) continue;
        const struct pd_text text = pd_column_text(asked->column, i, scratch);
        for (size_t f = 0; f < profile->n_fillers; f++)
            if (pd_text_equal(text, profile->fillers[f])) {
                asked->fillers[asked->n_fillers++] = word;
                break;
            }
    }
}

static bool look_at_columns(struct asking *asking, const struct pd_profiles *profiles)
{
    bool any = false;
    for (size_t i = 0; i < asking->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        struct asked *asked = &asking->columns[i];
        *asked = (struct asked){ .column = &asking->data->table->columns[profile->column], .profile = profile };
        asked->tells = tells(profile);
        asked->may_be_free = may_be_free(profile);
        any = any || asked->may_be_free;
        find_fillers(asking->data->table, asked);
    }
    return any;
}

static enum padan_status ask(struct asking *asking, struct pd_profiles *profiles, struct pd_arena *arena,
                             struct padan_error *error)
{
    for (size_t a = 0; a < asking->n_columns; a++)
        for (size_t b = a + 1; b < asking->n_columns; b++)
            PD_TRY(ask_two(asking, &asking->columns[a], &asking->columns[b], error));
    for (size_t i = 0; i < asking->n_columns; i++) {
        const struct asked *asked = &asking->columns[i];
        bool equal_tells = false;
        if (!asked->may_be_free || !asked->by_chance) continue;
        PD_TRY(ask_equal(asking, asked, arena, &equal_tells, error));
        if (!equal_tells)
            pd_profile_leave_out(&profiles->columns[i],
                                 "free text: rows that are the same otherwise have no more words "
                                 "in common than any");
    }
    return PADAN_OK;
}

enum padan_status pd_auto_leave_out_free_notes(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                               struct pd_arena *arena, struct padan_error *error)
{
    struct asking asking = { .data = data, .n_columns = profiles->n_columns };
    PD_TRY(pd_arena_allocate(arena, &asking.columns, (profiles->n_columns + 1) * sizeof *asking.columns, error));
    if (!look_at_columns(&asking, profiles)) return PADAN_OK;
    PD_TRY(pd_two_in_common_make(data->table->n_records, &asking.two, error));
    const enum padan_status status = ask(&asking, profiles, arena, error);
    pd_two_in_common_reset(&asking.two);
    return status;
}
