/* SPDX-License-Identifier: MIT
 * What a person is called and where they live, in full and without errors: as the register would have it. */
#ifndef PD_GENERATE_PERSON_H
#define PD_GENERATE_PERSON_H

#include "generate/household.h"
#include "generate/names.h"
#include "generate/row.h"

/* Name of a member. Children take words of their father or siblings, a clan name where there are clans; twins have
 * names that sound alike; some siblings have the very same name. */
void pd_person_name(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                    int member, struct pd_name *name);
/* Name of the mother of a member, whether she lives there or not. */
void pd_person_mother(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                      int member, struct pd_name *name);
/* Place of birth as on the card: the regency, sometimes the district. */
void pd_person_birth_place(const struct pd_truth *truth, const struct pd_household *household, int member, char *place,
                           size_t size);
/* Street or hamlet; old: that of before the last move. */
void pd_person_address(const struct pd_truth *truth, const struct pd_household *household, bool old, char *address,
                       size_t size);

#endif
