/* SPDX-License-Identifier: MIT */
#include "auto/same_columns.h"

#include "base/memory.h"

#include <math.h>

/* Columns less alike than this are different things. */
static const double ALIKE = .3;
/* Values of few kinds, such as steps, classes and deciles, are likely alike by chance: 1 to 4 are among 1 to 10. */
static const double FEW_ALIKE = .7;
static const size_t FEW_VALUES = 16, ROWS_PER_VALUE = 10;
/* So much likelier than the next best, in parts of the likeness, is clear. */
static const double CLEARLY = .01;
/* Shares of letters and of digits in two columns of one thing differ by less. */
static const double SAME_SIGNS = .5;
/* Of the last column of two sources, so many of its words are the other's, or it is another thing. */
static const double LAST_IN_COMMON = .1;

struct choosing {
    const struct pd_table *table;
    const struct pd_profiles *profiles;
    size_t n;         /* profiles */
    bool *in;         /* [n * n_sources] the source has values of it */
    bool *open;       /* [n] may be paired still */
    double *likeness; /* [n * n] */
    struct pd_contents *contents;
};

bool pd_auto_stays_alone(const struct pd_profile *profile)
{
    return profile->n_filled < 3 || profile->n_distinct < 2 || profile->named_out;
}

void pd_auto_presence(const struct pd_table *table, const struct pd_profiles *profiles, bool *in)
{
    for (size_t i = 0; i < profiles->n_columns; i++)
        for (size_t s = 0; s < table->n_sources; s++) {
            const struct pd_column *column = &table->columns[profiles->columns[i].column];
            size_t r = table->sources[s].begin;
            while (r < table->sources[s].end && pd_column_is_null(column, r)) r++;
            in[i * table->n_sources + s] = r < table->sources[s].end;
        }
}

static void find_open(const struct choosing *choosing)
{
    const size_t n_sources = choosing->table->n_sources;
    pd_auto_presence(choosing->table, choosing->profiles, choosing->in);
    for (size_t i = 0; i < choosing->n; i++) {
        size_t n_in = 0;
        for (size_t s = 0; s < n_sources; s++) n_in += choosing->in[i * n_sources + s];
        choosing->open[i] = n_in < n_sources && !pd_auto_stays_alone(&choosing->profiles->columns[i]);
    }
}

static bool are_apart(const struct choosing *choosing, size_t a, size_t b)
{
    const size_t n = choosing->table->n_sources;
    for (size_t s = 0; s < n; s++)
        if (choosing->in[a * n + s] && choosing->in[b * n + s]) return false;
    return true;
}

/* Dates are dates however they are written, and sexes are sexes. */
static bool are_one_kind(const struct choosing *choosing, size_t a, size_t b)
{
    const enum pd_kind kind = choosing->profiles->columns[a].content;
    return kind == choosing->profiles->columns[b].content && (kind == PD_KIND_DATE || kind == PD_KIND_SEX);
}

/* Shares of letters and of digits are about the same, but for those before one number. */
static bool have_same_signs(const struct choosing *choosing, size_t a, size_t b)
{
    const struct pd_profile *x = &choosing->profiles->columns[a];
    const struct pd_profile *y = &choosing->profiles->columns[b];
    return (fabs(x->letters - y->letters) < SAME_SIGNS && fabs(x->digits - y->digits) < SAME_SIGNS) ||
           pd_contents_are_one_number(&choosing->contents[a], &choosing->contents[b]);
}

/* Whether two columns could hold the same thing at all. */
static bool fit(const struct choosing *choosing, size_t a, size_t b)
{
    const struct pd_profile *x = &choosing->profiles->columns[a];
    const struct pd_profile *y = &choosing->profiles->columns[b];
    const bool same = are_one_kind(choosing, a, b);
    return a != b && are_apart(choosing, a, b) && (same || have_same_signs(choosing, a, b)) &&
           fabs(x->dates - y->dates) < SAME_SIGNS && fabs(x->emails - y->emails) < SAME_SIGNS;
}

static bool has_few_values(const struct pd_profile *profile)
{
    return profile->n_distinct <= FEW_VALUES && profile->n_filled >= ROWS_PER_VALUE * profile->n_distinct;
}

/* How alike two columns must be. */
static double bar_of(const struct choosing *choosing, size_t a, size_t b)
{
    const struct pd_profile *x = &choosing->profiles->columns[a];
    const struct pd_profile *y = &choosing->profiles->columns[b];
    const bool are_sexes = x->content == PD_KIND_SEX && y->content == PD_KIND_SEX;
    return has_few_values(x) && has_few_values(y) && !are_sexes ? FEW_ALIKE : ALIKE;
}

static enum padan_status measure(const struct choosing *choosing, struct padan_error *error)
{
    const size_t n = choosing->n;
    for (size_t i = 0; i < n; i++) {
        const struct pd_profile *profile = &choosing->profiles->columns[i];
        const size_t column = (size_t)profile->column;
        const struct pd_contents_of of = { profile, { &column, 1, PD_TEXT("") }, 0, choosing->table->n_records };
        if (choosing->open[i]) PD_TRY(pd_contents_read(choosing->table, &of, &choosing->contents[i], error));
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++) {
            const bool may_be = choosing->open[a] && choosing->open[b] && fit(choosing, a, b);
            choosing->likeness[a * n + b] = choosing->likeness[b * n + a] =
                may_be ? pd_contents_likeness(&choosing->contents[a], &choosing->contents[b]) : 0;
        }
    return PADAN_OK;
}

/* The likest pair with one of two columns and another one that is free, and that cannot be had together with this pair:
 * a third source's column of the same thing is no rival. */
static double next_best(const struct choosing *choosing, size_t a, size_t b)
{
    double best = 0;
    for (size_t i = 0; i < choosing->n; i++) {
        if (!choosing->open[i] || i == a || i == b) continue;
        if (!are_apart(choosing, b, i)) best = fmax(best, choosing->likeness[a * choosing->n + i]);
        if (!are_apart(choosing, a, i)) best = fmax(best, choosing->likeness[b * choosing->n + i]);
    }
    return best;
}

/* The likest pair that is clear; false when there is none. Pairs that were not become so when others are taken. */
static bool find_clear(const struct choosing *choosing, struct pd_same_column *found)
{
    *found = (struct pd_same_column){ .likeness = 0 };
    bool any = false;
    for (size_t a = 0; a < choosing->n; a++)
        for (size_t b = a + 1; b < choosing->n; b++) {
            const double likeness = choosing->likeness[a * choosing->n + b];
            if (!choosing->open[a] || !choosing->open[b] || likeness <= found->likeness) continue;
            if (likeness <= bar_of(choosing, a, b)) continue;
            const double next = next_best(choosing, a, b);
            if (next > (1 - CLEARLY) * likeness) continue;
            *found = (struct pd_same_column){ a, b, likeness, next };
            any = true;
        }
    return any;
}

/* The first takes the other's sources. */
static void pair(const struct choosing *choosing, struct pd_same_column *same)
{
    const size_t n = choosing->table->n_sources;
    size_t first[2] = { 0, 0 };
    const size_t both[2] = { same->into, same->from };
    for (size_t i = 0; i < 2; i++)
        while (first[i] < n && !choosing->in[both[i] * n + first[i]]) first[i]++;
    if (first[1] < first[0]) {
        same->into = both[1];
        same->from = both[0];
    }
    bool everywhere = true;
    for (size_t s = 0; s < n; s++) {
        bool *in = &choosing->in[same->into * n + s];
        *in = *in || choosing->in[same->from * n + s];
        everywhere = everywhere && *in;
    }
    choosing->open[same->from] = false;
    choosing->open[same->into] = !everywhere;
    for (size_t i = 0; i < choosing->n; i++)
        if (!fit(choosing, same->into, i))
            choosing->likeness[same->into * choosing->n + i] = choosing->likeness[i * choosing->n + same->into] = 0;
}

/* Whether columns that nothing else fits hold the same thing: dates or sexes, or words in common. */
static bool may_be_last(const struct choosing *choosing, size_t a, size_t b)
{
    const struct pd_contents *x = &choosing->contents[a];
    const struct pd_contents *y = &choosing->contents[b];
    return fit(choosing, a, b) && (are_one_kind(choosing, a, b) || pd_contents_covered(x, y) >= LAST_IN_COMMON ||
                                   pd_contents_covered(y, x) >= LAST_IN_COMMON);
}

/* Of two sources the only columns left, when there is one of each: what one writes out the other shortens. */
static bool find_last(const struct choosing *choosing, struct pd_same_column *found)
{
    size_t left[2] = { 0, 0 }, n = 0;
    for (size_t i = 0; i < choosing->n; i++) {
        if (!choosing->open[i]) continue;
        if (n < 2) left[n] = i;
        n++;
    }
    if (choosing->table->n_sources != 2 || n != 2 || !may_be_last(choosing, left[0], left[1])) return false;
    *found = (struct pd_same_column){ left[0], left[1], choosing->likeness[left[0] * choosing->n + left[1]], 0 };
    return true;
}

static enum padan_status make(struct choosing *choosing, struct pd_arena *arena, struct padan_error *error)
{
    const size_t n = choosing->n;
    PD_TRY(pd_arena_allocate(arena, &choosing->in, n * choosing->table->n_sources + 1, error));
    PD_TRY(pd_arena_allocate(arena, &choosing->open, n + 1, error));
    PD_TRY(pd_arena_allocate(arena, &choosing->likeness, (n * n + 1) * sizeof(double), error));
    PD_TRY(pd_allocate(&choosing->contents, n + 1, sizeof *choosing->contents, error));
    find_open(choosing);
    return measure(choosing, error);
}

enum padan_status pd_auto_same_columns(const struct pd_table *table, const struct pd_profiles *profiles,
                                       struct pd_arena *arena, struct pd_same_columns *out, struct padan_error *error)
{
    struct choosing choosing = { .table = table, .profiles = profiles, .n = profiles->n_columns };
    *out = (struct pd_same_columns){ 0 };
    if (table->n_sources < 2) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, &out->list, (choosing.n + 1) * sizeof *out->list, error));
    const enum padan_status status = make(&choosing, arena, error);
    struct pd_same_column found;
    while (status == PADAN_OK && (find_clear(&choosing, &found) || (out->n > 1 && find_last(&choosing, &found)))) {
        pair(&choosing, &found);
        out->list[out->n++] = found;
    }
    for (size_t i = 0; choosing.contents != NULL && i < choosing.n; i++) pd_contents_reset(&choosing.contents[i]);
    pd_free(choosing.contents);
    return status;
}
