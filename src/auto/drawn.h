/* SPDX-License-Identifier: MIT
 * Drawn matches, by which rules are chosen: what errors leave of the values of each column. A draw depends on the match
 * and the column alone, so all that is asked of one match sees the same errors. */
#ifndef PD_AUTO_DRAWN_H
#define PD_AUTO_DRAWN_H

#include "auto/profile.h"

enum { PD_DRAWN = 4096, PD_DRAWN_WORDS = PD_DRAWN / 64 };

/* Which part of a value a key has: a slight damage may spare it. */
enum pd_atom_kind { PD_ATOM_WHOLE, PD_ATOM_BEGIN, PD_ATOM_END, PD_ATOM_WORD };

struct pd_drawn_part {
    size_t profile;
    enum pd_atom_kind kind;
};

enum pd_drawn_state { PD_DRAWN_WHOLE, PD_DRAWN_DAMAGED, PD_DRAWN_OTHER };

struct pd_drawn_column {
    bool both;       /* rows have a value */
    bool other_side; /* has one, where one side has */
    enum pd_drawn_state state;
    bool spared[3]; /* parts of a damaged value: beginning, end, a word */
};

/* Matches that training has found, in place of the errors that files mostly have: columns that are damaged together are
 * so in what is drawn. */
enum pd_learnt_state { PD_LEARNT_MISSING, PD_LEARNT_WHOLE, PD_LEARNT_DAMAGED, PD_LEARNT_OTHER };
struct pd_learnt_matches {
    const uint8_t *states; /* [n][profiles] */
    size_t n;
};

/* All columns of a match. columns [profiles->n_columns]. */
void pd_drawn_columns(const struct pd_profiles *profiles, size_t match, struct pd_drawn_column *columns);
/* Whether both rows of the match have the same in a part of the values of its column. */
bool pd_drawn_holds(const struct pd_drawn_part *part, const struct pd_drawn_column *columns);
/* Whether a damaged text has kept one of its words. */
struct pd_random;
bool pd_drawn_spares(struct pd_random *random);

static inline unsigned pd_drawn_count(const uint64_t *bits)
{
    unsigned n = 0;
    for (size_t i = 0; i < PD_DRAWN_WORDS; i++) n += (unsigned)__builtin_popcountll(bits[i]);
    return n;
}

#endif
