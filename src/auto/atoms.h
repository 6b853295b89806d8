/* SPDX-License-Identifier: MIT
 * The parts that keys are made of, as columns of the table. */
#ifndef PD_AUTO_ATOMS_H
#define PD_AUTO_ATOMS_H

#include "auto/rules.h"

struct pd_atom {
    struct pd_drawn_part part;
    const char *template; /* with {x} */
    int column;
    double fill;
};

struct pd_atoms {
    struct pd_atom *list;
    size_t n;
};

PADAN_MUST_CHECK enum padan_status pd_atoms_make(const struct pd_auto_data *data, const struct pd_profiles *profiles,
                                                 struct pd_arena *arena, struct pd_atoms *atoms,
                                                 struct padan_error *error);

#endif
