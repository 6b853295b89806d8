/* SPDX-License-Identifier: MIT */
#include "auto/initials.h"

#include "expression/letter_case.h"

/* Initials stand alone in their column; a name has more letters, and more values. */
static const double NEARLY_ALL = .95, LETTERS_OF_NAME = 3;
/* Of so many likely pairs, so many have the same first letter; chance makes a tenth of them such. */
static const size_t PAIRS_LEAST = 20;
static const double MOSTLY = .5;

static bool are_initials(const struct pd_profile *profile)
{
    return !profile->named_out && profile->initials > NEARLY_ALL && profile->n_distinct > 2;
}

static bool are_names(const struct pd_profile *profile)
{
    return !profile->named_out && profile->letters > NEARLY_ALL && profile->initials < 1 - NEARLY_ALL &&
           profile->mean_length >= LETTERS_OF_NAME &&
           (profile->content == PD_KIND_NAME || profile->content == PD_KIND_TEXT);
}

/* The first letter, small; of no length where there is none. */
static size_t first_letter(const struct pd_column *column, size_t record, char letter[8])
{
    char scratch[24];
    if (pd_column_is_null(column, record)) return 0;
    const struct pd_text text = pd_column_text(column, record, scratch);
    return pd_letters_put(pd_text_slice(text, 0, pd_text_utf8_sequence(text)), pd_letter_small, letter);
}

static void look_at_pair(const struct pd_table *table, const struct pd_profiles *profiles,
                         const struct pd_likely_rows *likely, struct pd_initials pair, struct pd_initials *best)
{
    const struct pd_column *initials = &table->columns[profiles->columns[pair.initials].column];
    const struct pd_column *names = &table->columns[profiles->columns[pair.names].column];
    size_t n = 0, equal = 0;
    for (size_t i = 0; i < likely->n; i++) {
        char a[8], b[8];
        const bool left = !pd_column_is_null(initials, likely->list[i].left);
        const size_t of_initial = left ? likely->list[i].left : likely->list[i].right;
        const size_t of_name = left ? likely->list[i].right : likely->list[i].left;
        const size_t length = first_letter(initials, of_initial, a);
        if (length == 0 || first_letter(names, of_name, b) == 0) continue;
        n++;
        equal += memcmp(a, b, length) == 0;
    }
    pair.agree = n < PAIRS_LEAST ? 0 : (double)equal / (double)n;
    if (pair.agree >= MOSTLY && pair.agree > best->agree) *best = pair;
}

void pd_auto_find_initials(const struct pd_table *table, const struct pd_profiles *profiles,
                           const struct pd_likely_rows *likely, struct pd_initials *out)
{
    *out = (struct pd_initials){ .agree = 0 };
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const int source = are_initials(&profiles->columns[i]) ? pd_auto_source_of(table, &profiles->columns[i]) : -1;
        for (size_t j = 0; source >= 0 && j < profiles->n_columns; j++)
            if (are_names(&profiles->columns[j]) && pd_auto_source_of(table, &profiles->columns[j]) == 1 - source)
                look_at_pair(table, profiles, likely, (struct pd_initials){ i, j, 0 }, out);
    }
}
