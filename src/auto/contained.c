/* SPDX-License-Identifier: MIT
 * Counted row by row: in how many of its rows all words of a column are words of another one, or of its parts together.
 * Columns that predict each other's agreement are compared apart (dependence.h); that is not enough here, since those
 * of one source of words agree by halves too: a misspelt full name and a misspelt surname are one error. */
#include "auto/contained.h"
#include "auto/kind.h"

#include "base/memory.h"
#include "base/row_sample.h"
#include "base/words.h"

enum { SAMPLE_ROWS = 20000, WORDS_MAX = 16, MOST = PD_PROFILES_MAX };

/* Rows that may speak against it: what was typed by hand into both. */
static const double NEARLY_ALL = .95;

struct counting {
    const struct pd_table *table;
    struct pd_profile *profiles[MOST];
    size_t n;
    struct pd_first_words words[MOST]; /* of the row at hand */
    double filled[MOST];               /* rows with a value */
    double within[MOST][MOST];         /* of these, rows whose words are all in the other */
    double covered[MOST];              /* or in the parts together */
};

static bool is_of_names(const struct pd_profile *profile)
{
    return pd_kind_of_words(profile) && pd_kind_is_filled(profile);
}

static void read_words(struct counting *counting, size_t i, size_t row)
{
    const struct pd_column *column = &counting->table->columns[counting->profiles[i]->column];
    struct pd_first_words *words = &counting->words[i];
    char scratch[24];
    words->n = 0;
    if (!pd_column_is_null(column, row)) pd_first_words_read(pd_column_text(column, row, scratch), WORDS_MAX, words);
}

static bool all_in(const struct pd_first_words *words, const struct pd_first_words *other)
{
    for (size_t i = 0; i < words->n; i++)
        if (!pd_first_words_have(other, words->hashes[i])) return false;
    return true;
}

static bool is_part(const struct counting *counting, size_t part, size_t whole)
{
    return part != whole && counting->filled[part] > 0 &&
           counting->within[part][whole] >= NEARLY_ALL * counting->filled[part];
}

static bool is_in_parts(const struct counting *counting, size_t whole)
{
    const struct pd_first_words *words = &counting->words[whole];
    for (size_t i = 0; i < words->n; i++) {
        bool found = false;
        for (size_t part = 0; part < counting->n && !found; part++)
            found = is_part(counting, part, whole) && !is_part(counting, whole, part) &&
                    pd_first_words_have(&counting->words[part], words->hashes[i]);
        if (!found) return false;
    }
    return true;
}

static void count_row(struct counting *counting)
{
    for (size_t a = 0; a < counting->n; a++) {
        if (counting->words[a].n == 0) continue;
        counting->filled[a]++;
        for (size_t b = 0; b < counting->n; b++)
            counting->within[a][b] += all_in(&counting->words[a], &counting->words[b]);
    }
}

static void count_covered(struct counting *counting)
{
    for (size_t i = 0; i < counting->n; i++)
        counting->covered[i] += counting->words[i].n > 0 && is_in_parts(counting, i);
}

static void count_rows(struct counting *counting, void count(struct counting *counting))
{
    const struct pd_row_sample sample = pd_row_sample_make(counting->table->n_records, SAMPLE_ROWS);
    for (size_t row = 0; row < counting->table->n_records; row++) {
        if (!pd_row_sample_has(sample, row)) continue;
        for (size_t i = 0; i < counting->n; i++) read_words(counting, i, row);
        count(counting);
    }
}

static bool is_open(const struct counting *counting, size_t i)
{
    return counting->profiles[i]->kind != PD_KIND_LEFT_OUT;
}

/* Whether a whole says more than its parts together. */
static bool has_more(const struct counting *counting, size_t whole)
{
    return counting->covered[whole] < NEARLY_ALL * counting->filled[whole];
}

static void decide(const struct counting *counting)
{
    for (size_t i = 0; i < counting->n; i++)
        for (size_t j = 0; j < i && is_open(counting, i); j++)
            if (is_open(counting, j) && is_part(counting, i, j) && is_part(counting, j, i))
                pd_profile_leave_out(counting->profiles[i], "says what another column says");
    for (size_t i = 0; i < counting->n; i++)
        for (size_t j = 0; j < counting->n && is_open(counting, i); j++)
            if (is_open(counting, j) && is_part(counting, i, j) && !has_more(counting, i))
                pd_profile_leave_out(counting->profiles[i], "its words all stand in a longer column, and in its parts");
}

enum padan_status pd_auto_leave_out_contained(const struct pd_table *table, struct pd_profiles *profiles,
                                              struct padan_error *error)
{
    struct counting *counting = NULL;
    PD_TRY(pd_allocate(&counting, 1, sizeof *counting, error));
    counting->table = table;
    for (size_t i = 0; i < profiles->n_columns && counting->n < MOST; i++)
        if (is_of_names(&profiles->columns[i])) counting->profiles[counting->n++] = &profiles->columns[i];
    if (counting->n > 1) {
        count_rows(counting, count_row);
        count_rows(counting, count_covered);
        decide(counting);
    }
    pd_free(counting);
    return PADAN_OK;
}

enum padan_status pd_auto_is_part(const struct pd_table *table, struct pd_profile *part, struct pd_profile *whole,
                                  bool *is, struct padan_error *error)
{
    struct counting *counting = NULL;
    *is = false;
    if (!is_of_names(part) || !is_of_names(whole)) return PADAN_OK;
    PD_TRY(pd_allocate(&counting, 1, sizeof *counting, error));
    *counting = (struct counting){ .table = table, .profiles = { part, whole }, .n = 2 };
    count_rows(counting, count_row);
    *is = is_part(counting, 0, 1);
    pd_free(counting);
    return PADAN_OK;
}
