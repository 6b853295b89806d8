/* SPDX-License-Identifier: MIT */
#include "auto/whole.h"

#include "auto/same_columns.h"
#include "base/memory.h"
#include "base/row_sample.h"

#include <math.h>

/* Parts together are so much likelier the whole than the likest single column, or than without one of them. */
static const double CLEARLY = 1.1, BETTER = 1.01;
/* Less alike than this are different things. */
static const double ALIKE = .3;
/* Share of a part's words that are words of the whole. */
static const double COVERED = .3;
/* Words of a whole, on average, and how many fewer a part has. */
static const double WORDS = 1.3, NARROWER = .3;
/* Share of parts that make a date. */
static const double DATES = .8;
enum { DATE_PARTS = 3, SAMPLE_ROWS = 20000 };

struct looking {
    const struct pd_table *table;
    const struct pd_profiles *profiles;
    size_t n, n_sources;
    bool *in;                     /* [n * n_sources] the source has values of it */
    struct pd_contents *contents; /* [n * n_sources] of columns that are asked */
    bool *may_be;                 /* [n] of a whole that is looked at: parts */
    struct pd_whole_column *best;
};

/* The source of the whole, and that of the parts. */
struct sides {
    size_t whole, parts;
};

static bool has(const struct looking *looking, size_t column, size_t source)
{
    return looking->in[column * looking->n_sources + source];
}

static bool is_free(const struct looking *looking, size_t column, struct sides sides)
{
    return has(looking, column, sides.parts) && !has(looking, column, sides.whole) &&
           !pd_auto_stays_alone(&looking->profiles->columns[column]);
}

static bool any_free(const struct looking *looking, struct sides sides)
{
    for (size_t i = 0; i < looking->n; i++)
        if (is_free(looking, i, sides)) return true;
    return false;
}

static void columns_of(const struct looking *looking, const struct pd_whole_column *whole,
                       size_t columns[PD_JOINED_MAX])
{
    for (size_t i = 0; i < whole->n_parts; i++) columns[i] = (size_t)looking->profiles->columns[whole->parts[i]].column;
}

static enum padan_status read_parts(const struct looking *looking, const struct pd_whole_column *whole, size_t source,
                                    const struct pd_profile *form, struct pd_contents *contents,
                                    struct padan_error *error)
{
    const struct pd_source *rows = &looking->table->sources[source];
    size_t columns[PD_JOINED_MAX];
    columns_of(looking, whole, columns);
    const struct pd_contents_of of = { form, { columns, whole->n_parts, whole->between }, rows->begin, rows->end };
    return pd_contents_read(looking->table, &of, contents, error);
}

/* The contents of a column in one source, read once. */
static enum padan_status contents_of(const struct looking *looking, size_t column, size_t source,
                                     const struct pd_contents **out, struct padan_error *error)
{
    struct pd_contents *contents = &looking->contents[column * looking->n_sources + source];
    const struct pd_whole_column alone = { .parts = { column }, .n_parts = 1 };
    *out = contents;
    if (contents->spreads[0].hashes != NULL) return PADAN_OK;
    return read_parts(looking, &alone, source, &looking->profiles->columns[column], contents, error);
}

static enum padan_status likeness_of(const struct looking *looking, const struct pd_whole_column *whole,
                                     struct sides sides, const struct pd_profile *form, double *likeness,
                                     struct padan_error *error)
{
    struct pd_contents joined = { 0 };
    const struct pd_contents *wanted = NULL;
    PD_TRY(contents_of(looking, whole->into, sides.whole, &wanted, error));
    const enum padan_status status = read_parts(looking, whole, sides.parts, form, &joined, error);
    if (status == PADAN_OK) *likeness = pd_contents_likeness(&joined, wanted);
    pd_contents_reset(&joined);
    return status;
}

static void keep_better(const struct looking *looking, const struct pd_whole_column *whole)
{
    if (whole->n_parts < 2 || whole->likeness < ALIKE || whole->likeness < CLEARLY * whole->single) return;
    if (whole->likeness > looking->best->likeness) *looking->best = *whole;
}

/* --- texts --- */

static bool is_text(const struct pd_profile *profile)
{
    return profile->content != PD_KIND_DATE && profile->content != PD_KIND_EMAIL && profile->content != PD_KIND_SEX;
}

/* Whether a column may be a part: narrower than the whole, of words of the whole, and no column that the parts' source
 * has not is likelier the same. single: the most that a column alone is like the whole. */
static enum padan_status look_at_part(const struct looking *looking, size_t part, size_t into, struct sides sides,
                                      double *single, struct padan_error *error)
{
    const struct pd_profile *profiles = looking->profiles->columns;
    const struct sides back = { sides.parts, sides.whole };
    const struct pd_contents *own = NULL, *other = NULL;
    PD_TRY(contents_of(looking, part, sides.parts, &own, error));
    PD_TRY(contents_of(looking, into, sides.whole, &other, error));
    const double likeness = pd_contents_likeness(own, other);
    bool elsewhere = pd_contents_covered(own, other) < COVERED;
    *single = fmax(*single, likeness);
    for (size_t i = 0; i < looking->n && !elsewhere; i++) {
        if (i == into || !is_free(looking, i, back)) continue;
        PD_TRY(contents_of(looking, i, sides.whole, &other, error));
        elsewhere = pd_contents_likeness(own, other) > fmax(likeness, ALIKE);
    }
    looking->may_be[part] = !elsewhere && profiles[part].mean_words + NARROWER <= profiles[into].mean_words;
    return PADAN_OK;
}

static struct pd_whole_column with_part(const struct pd_whole_column *whole, size_t part, size_t place)
{
    struct pd_whole_column more = *whole;
    memmove(more.parts + place + 1, more.parts + place, (more.n_parts - place) * sizeof *more.parts);
    more.parts[place] = part;
    more.n_parts++;
    return more;
}

/* Adds the part, at the place, that makes the whole likest; *grown false where none does clearly. */
static enum padan_status add_part(const struct looking *looking, struct sides sides, struct pd_whole_column *whole,
                                  bool *grown, struct padan_error *error)
{
    struct pd_whole_column best = *whole;
    *grown = false;
    for (size_t part = 0; part < looking->n; part++) {
        bool taken = !looking->may_be[part];
        for (size_t i = 0; i < whole->n_parts; i++) taken = taken || whole->parts[i] == part;
        for (size_t place = 0; !taken && place <= whole->n_parts; place++) {
            struct pd_whole_column more = with_part(whole, part, place);
            PD_TRY(likeness_of(looking, &more, sides, &looking->profiles->columns[part], &more.likeness, error));
            if (more.likeness > best.likeness) best = more;
        }
    }
    if (best.likeness <= BETTER * whole->likeness) return PADAN_OK;
    *grown = true;
    *whole = best;
    return PADAN_OK;
}

static enum padan_status look_for_text(const struct looking *looking, size_t into, struct sides sides,
                                       struct padan_error *error)
{
    bool grown = true;
    struct pd_whole_column whole = { .into = into, .between = PD_TEXT(" ") };
    const struct pd_profile *profile = &looking->profiles->columns[into];
    if (!is_text(profile) || profile->mean_words < WORDS) return PADAN_OK;
    for (size_t i = 0; i < looking->n; i++) {
        looking->may_be[i] = false;
        if (i == into || !is_free(looking, i, sides) || !is_text(&looking->profiles->columns[i])) continue;
        PD_TRY(look_at_part(looking, i, into, sides, &whole.single, error));
    }
    if (has(looking, into, sides.parts)) {
        whole.parts[whole.n_parts++] = into;
        PD_TRY(likeness_of(looking, &whole, sides, profile, &whole.likeness, error));
        whole.single = whole.likeness; /* what it is compared with otherwise, whatever else is like it */
    }
    while (grown && whole.n_parts < PD_JOINED_MAX) PD_TRY(add_part(looking, sides, &whole, &grown, error));
    keep_better(looking, &whole);
    return PADAN_OK;
}

/* --- dates --- */

static bool is_year(const struct pd_profile *profile)
{
    return profile->digits > .9 && profile->mean_length > 3.8 && profile->mean_length < 4.2 &&
           profile->largest >= 1500 && profile->largest < 2200;
}

static bool has_names(const struct pd_profile *profile)
{
    return profile->letters > .9;
}

static bool is_month(const struct pd_profile *profile)
{
    if (has_names(profile)) return profile->n_distinct >= 6 && profile->n_distinct <= 40 && profile->mean_words < 1.1;
    return profile->digits > .9 && profile->largest >= 6 && profile->largest <= 12 && profile->mean_length <= 2;
}

static bool is_day(const struct pd_profile *profile)
{
    return profile->digits > .9 && profile->largest > 12 && profile->largest <= 31 && profile->mean_length <= 2;
}

static bool could_be(const struct looking *looking, size_t column, struct sides sides,
                     bool looks_so(const struct pd_profile *profile))
{
    return looks_so(&looking->profiles->columns[column]) && is_free(looking, column, sides);
}

/* How the dates are written that the parts make; of many rows, some. */
static void look_at_parts(const struct looking *looking, const struct pd_whole_column *whole, struct sides sides,
                          struct pd_profile *form)
{
    const struct pd_source *rows = &looking->table->sources[sides.parts];
    const struct pd_row_sample sample = pd_row_sample_make(rows->end - rows->begin, SAMPLE_ROWS);
    size_t columns[PD_JOINED_MAX], n = 0;
    struct pd_date_counts counts = { 0 };
    columns_of(looking, whole, columns);
    const struct pd_column_parts parts = { columns, whole->n_parts, whole->between };
    for (size_t i = rows->begin; i < rows->end; i++) {
        if (!pd_row_sample_has(sample, i)) continue;
        char text[64];
        const struct pd_text joined = pd_parts_text(looking->table, &parts, i, text, sizeof text);
        if (joined.length == 0) continue;
        n++;
        pd_dates_look(joined, &counts);
    }
    pd_dates_choose(&counts, n, form);
}

static enum padan_status try_date(const struct looking *looking, struct pd_whole_column *whole, struct sides sides,
                                  struct padan_error *error)
{
    struct pd_profile form = { .content = PD_KIND_DATE };
    look_at_parts(looking, whole, sides, &form);
    if (form.dates < DATES) return PADAN_OK;
    PD_TRY(likeness_of(looking, whole, sides, &form, &whole->likeness, error));
    for (size_t i = 0; i < whole->n_parts; i++) {
        const struct pd_contents *part = NULL, *wanted = NULL;
        PD_TRY(contents_of(looking, whole->parts[i], sides.parts, &part, error));
        PD_TRY(contents_of(looking, whole->into, sides.whole, &wanted, error));
        whole->single = fmax(whole->single, pd_contents_likeness(part, wanted));
    }
    keep_better(looking, whole);
    return PADAN_OK;
}

static enum padan_status look_for_date(const struct looking *looking, size_t into, struct sides sides,
                                       struct padan_error *error)
{
    const struct pd_profile *columns = looking->profiles->columns;
    if (columns[into].content != PD_KIND_DATE || has(looking, into, sides.parts)) return PADAN_OK;
    for (size_t year = 0; year < looking->n; year++) {
        if (!could_be(looking, year, sides, is_year)) continue;
        for (size_t month = 0; month < looking->n; month++) {
            if (!could_be(looking, month, sides, is_month)) continue;
            for (size_t day = 0; day < looking->n; day++) {
                if (!could_be(looking, day, sides, is_day)) continue;
                struct pd_whole_column whole = { into, { year, month, day }, DATE_PARTS, PD_TEXT("-"), 0, 0 };
                if (has_names(&columns[month]))
                    whole = (struct pd_whole_column){ into, { day, month, year }, DATE_PARTS, PD_TEXT(" "), 0, 0 };
                PD_TRY(try_date(looking, &whole, sides, error));
            }
        }
    }
    return PADAN_OK;
}

/* --- all --- */

static enum padan_status look(const struct looking *looking, struct padan_error *error)
{
    for (size_t s = 0; s < looking->n_sources; s++)
        for (size_t t = 0; t < looking->n_sources; t++) {
            const struct sides sides = { s, t };
            if (s == t || !any_free(looking, sides)) continue;
            for (size_t i = 0; i < looking->n; i++) {
                if (!has(looking, i, s) || pd_auto_stays_alone(&looking->profiles->columns[i])) continue;
                PD_TRY(look_for_text(looking, i, sides, error));
                PD_TRY(look_for_date(looking, i, sides, error));
            }
        }
    return PADAN_OK;
}

enum padan_status pd_auto_find_whole(const struct pd_table *table, const struct pd_profiles *profiles,
                                     struct pd_whole_column *out, struct padan_error *error)
{
    struct looking looking = { table, profiles, profiles->n_columns, table->n_sources, NULL, NULL, NULL, out };
    const size_t n = looking.n * looking.n_sources;
    *out = (struct pd_whole_column){ .n_parts = 0 };
    if (table->n_sources < 2) return PADAN_OK;
    PD_TRY(pd_allocate(&looking.in, n + 1, sizeof *looking.in, error));
    pd_auto_presence(table, profiles, looking.in);
    enum padan_status status = pd_allocate(&looking.contents, n + 1, sizeof *looking.contents, error);
    if (status == PADAN_OK) status = pd_allocate(&looking.may_be, looking.n + 1, sizeof *looking.may_be, error);
    if (status == PADAN_OK) status = look(&looking, error);
    for (size_t i = 0; looking.contents != NULL && i < n; i++) pd_contents_reset(&looking.contents[i]);
    pd_free(looking.contents);
    pd_free(looking.may_be);
    pd_free(looking.in);
    return status;
}
