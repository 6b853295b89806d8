/* SPDX-License-Identifier: MIT
 * A dense file of hard negatives: pairs of people who are easily taken for one, nothing else. Each person stands in a
 * register and, with the errors of a regime, in a roster; what a linkage may join is a person with itself.
 *
 * Kinds: twins; siblings of one name; people of one name, sex and birth year in one desa; people of one district, birth
 * date and sex whose NIKs follow each other. */
#ifndef PD_GENERATE_HARD_NEGATIVES_H
#define PD_GENERATE_HARD_NEGATIVES_H

#include "generate/names.h"
#include "generate/person.h"
#include "generate/row.h"

enum pd_hard_kind { PD_HARD_TWINS, PD_HARD_SIBLINGS, PD_HARD_NAMESAKES, PD_HARD_NEIGHBOURS, PD_N_HARD_KINDS };

extern const char *const pd_hard_kind_names[PD_N_HARD_KINDS];

struct pd_hard_nation {
    struct pd_places places;
    struct pd_names names;
    struct pd_truth truth;
    uint64_t n_pairs;   /* of each kind */
    uint64_t *nik, *kk; /* [8 * n_pairs] by person */
};

/* Person p belongs to pair p / 2; pairs are in order of kind. */
static inline enum pd_hard_kind pd_hard_kind_of(const struct pd_hard_nation *nation, uint64_t person)
{
    return (enum pd_hard_kind)(person / 2 / nation->n_pairs);
}
static inline uint64_t pd_hard_n_people(const struct pd_hard_nation *nation)
{
    return 2 * PD_N_HARD_KINDS * nation->n_pairs;
}

/* options->n_hard_pairs of each kind. */
PADAN_MUST_CHECK enum padan_status pd_hard_nation_build(struct pd_hard_nation *nation,
                                                        const struct pd_generate_options *options,
                                                        struct padan_error *error);
void pd_hard_nation_reset(struct pd_hard_nation *nation);
/* The person's household; returns which member they are. */
int pd_hard_household(const struct pd_hard_nation *nation, uint64_t person, struct pd_household *household);
/* The person's row without errors. */
void pd_hard_row(const struct pd_hard_nation *nation, uint64_t person, struct pd_row *row);

#endif
