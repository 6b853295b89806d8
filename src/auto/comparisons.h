/* SPDX-License-Identifier: MIT
 * From profiles to comparisons: which levels a kind of column has. */
#ifndef PD_AUTO_COMPARISONS_H
#define PD_AUTO_COMPARISONS_H

#include "auto/value_text.h"

/* One column, or one column where another one, its parent, agrees (or does not). A column that is predicted by another
 * says little where that one agrees already: city where the postcode is the same, surname where the address is. Such a
 * column becomes two comparisons, each with m and u of its own, so the weights of both columns add up rightly. Source:
 * dependence trees, Chow and Liu 1968; tree-augmented naive Bayes, Friedman and others 1997. */
enum pd_parent_state { PD_PARENT_NONE, PD_PARENT_EQUAL, PD_PARENT_OTHER };
struct pd_auto_comparison {
    size_t profile;
    int partner; /* profile whose values stand in this column when two were swapped, or the names by which the owners of
                    two NIKs are known to be two; -1 = none */
    int parent;  /* profile, -1 = none */
    enum pd_parent_state state;
    bool frequency; /* equality counts by how common the value is */
};

struct pd_auto_comparisons {
    struct pd_auto_comparison *list;
    size_t n;
};

/* Whether a column is compared by its rare words: texts of many. */
bool pd_auto_by_words(const struct pd_profile *profile);
/* Levels up to this gamma are no likeness: of names of several words half of the letters is what a family shares. */
int pd_auto_unlike(const struct pd_profile *profile);
/* One comparison per usable column; columns of names that share values are partners. by_row: one for all texts of the
 * row (auto/row_text.h) instead of those for the columns these stand in. */
PADAN_MUST_CHECK enum padan_status
pd_auto_comparisons_make(const struct pd_table *table, const struct pd_profiles *profiles, bool by_row,
                         struct pd_arena *arena, struct pd_auto_comparisons *comparisons, struct padan_error *error);
/* Splits comparison `index`, which has no parent, by one. Whether there was room for one more comparison. */
bool pd_auto_comparisons_split(struct pd_auto_comparisons *comparisons, size_t index, size_t parent_profile);
/* What was there before any was split, at the same places; list [comparisons->n] is room for it. */
struct pd_auto_comparisons pd_auto_comparisons_whole(const struct pd_auto_comparisons *comparisons,
                                                     struct pd_auto_comparison *list);
/* The place, among those before any was split, of one that may be half of a split. */
size_t pd_auto_comparison_whole(const struct pd_auto_comparisons *comparisons, size_t index);
/* Its level, of the one the whole comparison has: a half says nothing (-1) where the other one speaks. agrees: the
 * parent does. */
int8_t pd_auto_level_of_half(const struct pd_auto_comparison *comparison, int8_t whole, bool agrees);
/* Appends, as JSON, a comparison for each of some profiles: whether the column agrees as a parent has to (gamma 1). */
void pd_auto_parents_print(const struct pd_profiles *profiles, const size_t *parents, size_t n, struct pd_buffer *out);
/* Appends the list of comparisons as JSON, m with the values that training starts from. */
void pd_auto_comparisons_print(const struct pd_profiles *profiles, const struct pd_auto_comparisons *comparisons,
                               struct pd_buffer *out);

#endif
