/* SPDX-License-Identifier: MIT
 * NIK and KK numbers of the whole population. Serials count up from 9001 among the people of one district, day and sex
 * (families: district and day of the card), in order of household, so that twins and neighbours have numbers that
 * differ in one digit, and no number is that of a real person. From 9001, as real ones from 0001: in a thin population
 * most people are the first of their day, and a file whose numbers nearly all end in 0 is what a spreadsheet's rounding
 * leaves. The 999th of a group gets 9000 and the next ones count down; more than 9998 in one group is refused. */
#ifndef PD_GENERATE_SERIALS_H
#define PD_GENERATE_SERIALS_H

#include "generate/household.h"

struct pd_serials {
    uint32_t *first_person; /* [n_households + 1] number of a household's first person */
    uint64_t *nik;          /* [n_people] */
    uint64_t *kk;           /* [n_households] */
    uint64_t *old_kk;       /* [n_households]: of the card before */
    uint64_t n_people;
    unsigned unknown_first, unknown_count; /* serials that no NIK of this population has */
};

PADAN_MUST_CHECK enum padan_status pd_serials_build(struct pd_serials *numbers, const struct pd_truth *truth,
                                                    uint64_t n_people, int threads, struct padan_error *error);
void pd_serials_reset(struct pd_serials *numbers);

/* The n-th number of a group of numbers with the same first twelve digits, n from 0; 0 when the group is full. */
unsigned pd_serial_of(uint64_t n);
/* A number that looks valid and belongs to nobody: like that of a person, with a serial nobody has. */
uint64_t pd_unknown_nik(const struct pd_serials *numbers, uint64_t like, uint64_t random);

#endif
