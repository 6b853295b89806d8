/* SPDX-License-Identifier: MIT */
#include "auto/fillers.h"

#include "auto/kind.h"
#include "auto/two_in_common.h"
#include "base/memory.h"
#include "base/row_sample.h"

/* A value of fewer rows does no harm, and of fewer pairs nothing is learned. */
static const double FREQUENT = .02;
enum { PAIRS_LEAST = 20, OTHERS_MOST = 1024 };
/* A column has many values, of which those that stand for somebody are no more frequent than names are. */
enum { VALUES_LEAST = 20 };
/* Values that so few pairs share tell people apart, two of them together nearly surely. */
static const double RARE = .02;
/* Rows that have two others in common agree so often in a column that tells of the same people. */
static const double AGREE_MOSTLY = .6;
/* Of a filler a row's other one has so much less than of other values. */
static const double LESS = .5;
/* The other row's values are various: a short form of one name stands beside that name. */
static const double VARIOUS = .5;

/* A frequent value, and what was counted of the pairs of which one row has it, or both. */
struct frequent {
    uint64_t word;
    size_t record; /* one that has it */
    double share;
    size_t n, both, n_others;
    uint64_t others[OTHERS_MOST];
};

struct asked {
    const struct pd_column *column;
    bool tells, may_have;
    struct frequent *frequent[PD_FILLERS_MAX];
    size_t n_frequent;
    /* pairs of which neither row has a frequent value, those that agree, of all pairs of columns and of this one */
    size_t n, equal, n_here, equal_here;
};

struct asking {
    const struct pd_table *table;
    struct asked *columns;
    size_t n_columns;
    struct pd_two_in_common two;
};

static bool is_asked(const struct pd_profile *profile)
{
    const bool of_kind = profile->kind != PD_KIND_LEFT_OUT && profile->kind != PD_KIND_SEX &&
                         profile->kind != PD_KIND_CATEGORY && !profile->of_years && !profile->rounded;
    return of_kind && profile->n_distinct > VALUES_LEAST;
}

static enum padan_status sort_words(const struct pd_table *table, const struct pd_column *column, struct asking *asking,
                                    size_t *n, struct padan_error *error)
{
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, PD_TWO_ROWS_MOST);
    struct pd_key *keys = asking->two.keys;
    *n = 0;
    for (size_t i = 0; i < table->n_records && *n < PD_TWO_KEYS_MOST; i++)
        if (pd_row_sample_has(sample, i) && !pd_column_is_null(column, i))
            keys[(*n)++] = (struct pd_key){ pd_mix64(pd_column_word(column, i)), (uint32_t)i, 0 };
    return pd_radix_sort(keys, asking->two.scratch, *n, 1, error);
}

static enum padan_status keep_frequent(const struct pd_key *key, double share, struct asked *asked,
                                       struct pd_arena *arena, struct padan_error *error)
{
    struct frequent *frequent = NULL;
    char scratch[24];
    const bool initials = pd_value_is_initials(pd_column_text(asked->column, key->record, scratch));
    if (initials || asked->n_frequent == PD_FILLERS_MAX) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, &frequent, sizeof *frequent, error));
    frequent->word = pd_column_word(asked->column, key->record);
    frequent->record = key->record;
    frequent->share = share;
    frequent->n = frequent->both = frequent->n_others = 0;
    asked->frequent[asked->n_frequent++] = frequent;
    return PADAN_OK;
}

/* The frequent values of a column but initials, which stand for names of many, and how many pairs share another one. */
static enum padan_status find_frequent(struct asking *asking, const struct pd_profile *profile, struct asked *asked,
                                       struct pd_arena *arena, struct padan_error *error)
{
    size_t n = 0;
    double same = profile->same;
    if (profile->most_common < FREQUENT) return PADAN_OK;
    PD_TRY(sort_words(asking->table, asked->column, asking, &n, error));
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = pd_key_run_end(asking->two.keys, n, begin);
        const double share = (double)(end - begin) / (double)n;
        if (share < FREQUENT) continue;
        same -= share * share;
        PD_TRY(keep_frequent(&asking->two.keys[begin], share, asked, arena, error));
    }
    asked->tells = same <= RARE;
    return PADAN_OK;
}

static struct frequent *find(const struct asked *asked, uint64_t word)
{
    for (size_t i = 0; i < asked->n_frequent; i++)
        if (asked->frequent[i]->word == word) return asked->frequent[i];
    return NULL;
}

/* Whether a row has a value in the column that is no frequent one. */
static bool get_rare(const void *column, size_t record, uint64_t *word)
{
    const struct asked *asked = column;
    if (pd_column_is_null(asked->column, record)) return false;
    *word = pd_column_word(asked->column, record);
    return find(asked, *word) == NULL;
}

static void count_other(struct frequent *frequent, uint64_t other)
{
    frequent->n++;
    frequent->both += other == frequent->word;
    if (other != frequent->word && frequent->n_others < OTHERS_MOST) frequent->others[frequent->n_others++] = other;
}

static void count_pair(struct asked *asked, size_t left, size_t right)
{
    if (pd_column_is_null(asked->column, left) || pd_column_is_null(asked->column, right)) return;
    const uint64_t a = pd_column_word(asked->column, left), b = pd_column_word(asked->column, right);
    struct frequent *of_a = find(asked, a), *of_b = find(asked, b);
    if (of_a == NULL && of_b == NULL) {
        asked->n_here++;
        asked->equal_here += a == b;
    }
    if (of_a != NULL) count_other(of_a, b);
    if (of_b != NULL && of_b != of_a) count_other(of_b, a);
}

/* What is counted stays where the column tells of the same people as the two do. */
struct before {
    size_t n, both, n_others;
};

static void count_pairs(const struct pd_two_in_common *two, struct asked *asked)
{
    struct before before[PD_FILLERS_MAX];
    for (size_t f = 0; f < asked->n_frequent; f++)
        before[f] = (struct before){ asked->frequent[f]->n, asked->frequent[f]->both, asked->frequent[f]->n_others };
    asked->n_here = asked->equal_here = 0;
    for (size_t i = 1; i < two->n; i++)
        if (two->keys[i].hash == two->keys[i - 1].hash) count_pair(asked, two->keys[i - 1].record, two->keys[i].record);
    if (asked->n_here >= PAIRS_LEAST && (double)asked->equal_here >= AGREE_MOSTLY * (double)asked->n_here) {
        asked->n += asked->n_here;
        asked->equal += asked->equal_here;
        return;
    }
    for (size_t f = 0; f < asked->n_frequent; f++) {
        asked->frequent[f]->n = before[f].n;
        asked->frequent[f]->both = before[f].both;
        asked->frequent[f]->n_others = before[f].n_others;
    }
}

static enum padan_status ask_two(struct asking *asking, size_t a, size_t b, struct padan_error *error)
{
    PD_TRY(pd_two_in_common_sort(&asking->two, get_rare, &asking->columns[a], &asking->columns[b], error));
    for (size_t i = 0; i < asking->n_columns; i++)
        if (i != a && i != b && asking->columns[i].may_have) count_pairs(&asking->two, &asking->columns[i]);
    return PADAN_OK;
}

/* Whether no value is that of most of the other rows. */
static bool are_various(struct frequent *frequent)
{
    uint64_t sorted[OTHERS_MOST];
    size_t longest = 0;
    pd_radix_sort_words_into(frequent->others, sorted, frequent->n_others);
    for (size_t begin = 0, end; begin < frequent->n_others; begin = end) {
        for (end = begin + 1; end < frequent->n_others && sorted[end] == sorted[begin];) end++;
        if (end - begin > longest) longest = end - begin;
    }
    return (double)longest < VARIOUS * (double)frequent->n_others;
}

/* Of pairs of which a row has a value, both have it: of rows that agree so often as others do in theirs. */
static bool stands_for_nothing(const struct asked *asked, struct frequent *frequent)
{
    if (frequent->n < PAIRS_LEAST || asked->n == 0) return false;
    const double agree = (double)asked->equal / (double)asked->n;
    const double expected = agree / (2 - agree) * (double)frequent->n;
    return (double)frequent->both < LESS * expected && are_various(frequent);
}

static enum padan_status keep_fillers(struct asked *asked, struct pd_profile *profile, struct pd_arena *arena,
                                      struct padan_error *error)
{
    const double filled = (double)profile->n_filled, fill = profile->fill;
    double same = profile->same, left = 1;
    for (size_t f = 0; f < asked->n_frequent; f++) {
        struct frequent *frequent = asked->frequent[f];
        char scratch[24];
        if (!stands_for_nothing(asked, frequent)) continue;
        const struct pd_text value = pd_column_text(asked->column, frequent->record, scratch);
        char *copy = NULL;
        PD_TRY(pd_arena_allocate(arena, &copy, value.length + 1, error));
        memcpy(copy, value.data, value.length);
        profile->fillers[profile->n_fillers++] = (struct pd_text){ copy, value.length };
        same -= frequent->share * frequent->share;
        left -= frequent->share;
    }
    if (profile->n_fillers == 0) return PADAN_OK;
    profile->n_filled = (size_t)(left * filled + .5);
    profile->fill = left * fill;
    profile->same = left > 0 && same > 0 ? same / (left * left) : 0;
    profile->n_distinct -= profile->n_fillers;
    return PADAN_OK;
}

static enum padan_status look_at_columns(struct asking *asking, const struct pd_profiles *profiles,
                                         struct pd_arena *arena, bool *any, struct padan_error *error)
{
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        struct asked *asked = &asking->columns[i];
        *asked = (struct asked){ .column = &asking->table->columns[profile->column] };
        if (!is_asked(profile)) continue;
        asked->tells = profile->same <= RARE;
        PD_TRY(find_frequent(asking, profile, asked, arena, error));
        asked->may_have = asked->n_frequent > 0;
        *any = *any || asked->may_have;
    }
    return PADAN_OK;
}

static enum padan_status ask(struct asking *asking, struct pd_profiles *profiles, struct pd_arena *arena,
                             struct padan_error *error)
{
    bool any = false;
    PD_TRY(look_at_columns(asking, profiles, arena, &any, error));
    if (!any) return PADAN_OK;
    for (size_t a = 0; a < asking->n_columns; a++)
        for (size_t b = a + 1; b < asking->n_columns; b++)
            if (asking->columns[a].tells && asking->columns[b].tells) PD_TRY(ask_two(asking, a, b, error));
    for (size_t i = 0; i < asking->n_columns; i++)
        if (asking->columns[i].may_have) PD_TRY(keep_fillers(&asking->columns[i], &profiles->columns[i], arena, error));
    return PADAN_OK;
}

enum padan_status pd_auto_mind_fillers(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                       struct pd_arena *arena, struct padan_error *error)
{
    struct asking asking = { .table = data->table, .n_columns = profiles->n_columns };
    PD_TRY(pd_arena_allocate(arena, &asking.columns, (profiles->n_columns + 1) * sizeof *asking.columns, error));
    PD_TRY(pd_two_in_common_make(data->table->n_records, &asking.two, error));
    const enum padan_status status = ask(&asking, profiles, arena, error);
    pd_two_in_common_reset(&asking.two);
    return status;
}
