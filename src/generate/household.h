/* SPDX-License-Identifier: MIT
 * The truth: households and the people in them, without names and numbers. Household k is a pure function of
 * (seed, k, night) and takes about 0.2 microseconds to make, so nothing of it is kept in memory. */
#ifndef PD_GENERATE_HOUSEHOLD_H
#define PD_GENERATE_HOUSEHOLD_H

#include "base/date.h"
#include "generate/place.h"

enum { PD_MEMBERS_MAX = 8 };

/* Place in the family, by the numbers of SIAK. */
enum pd_relation { PD_HEAD = 1, PD_WIFE = 3, PD_CHILD = 4, PD_GRANDCHILD = 6, PD_PARENT = 7, PD_RELATIVE = 9 };

enum pd_life_status { PD_ALIVE, PD_DEAD, PD_INACTIVE, PD_FLAGGED_DOUBLE };

struct pd_member {
    int32_t birth_day;
    int16_t birth_year;
    uint8_t age;              /* whole years on the first night */
    int32_t nik_birth_day;    /* what the number says; differs when the date was corrected later (E19) */
    int32_t death_day;        /* PD_DATE_NONE = alive */
    uint32_t birth_district;  /* where born and first registered */
    uint32_t nik_region;      /* six digits; an old code or one of BPS with E23 */
    uint32_t errors;          /* bits of what the truth itself carries: E17, E19, E23 */
    uint8_t sex, nik_sex;     /* 0 male, 1 female */
    uint8_t relation;         /* enum pd_relation */
    uint8_t status;           /* enum pd_life_status, as the register has it */
    bool civil_servant;       /* ASN */
    int8_t father, mother;    /* members, -1 = not in the household */
    int8_t twin_of, named_as; /* elder twin; elder sibling of the same name; -1 = none */
};

struct pd_household {
    uint64_t number;
    uint32_t village, old_village; /* old_village: before the last move, PD_PLACE_NONE = did not move in three years */
    int32_t move_day;
    int32_t kk_day, old_kk_day; /* date of the family card, and of the one before */
    uint32_t kk_district, old_kk_district;
    enum pd_people people;
    uint8_t n_members;
    uint8_t decile;  /* 1 poorest .. 10 */
    bool registered; /* in the registry */
    uint16_t rt, rw;
    uint16_t old_rt, old_rw;
    struct pd_member members[PD_MEMBERS_MAX];
};

/* What all households are made of. */
struct pd_truth {
    uint64_t seed;
    enum pd_regime regime;
    int night;             /* 1 = the first */
    int32_t reference_day; /* of this night */
    const struct pd_places *places;
    uint64_t n_households;
    unsigned last_size;    /* members of the last household, so that the people are exactly n_people */
    double mortality[111]; /* chance to die within three years, by age */
    double unregistered;   /* share of families that the registry misses */
};

/* First day of the first night: 2026-11-23. */
int32_t pd_first_night(void);

/* places must be settled. */
void pd_truth_build(struct pd_truth *truth, const struct pd_generate_options *options, const struct pd_places *places,
                    int night);
unsigned pd_household_size(const struct pd_truth *truth, uint64_t k);
void pd_household_make(const struct pd_truth *truth, uint64_t k, struct pd_household *household);

/* Streams of random numbers that do not depend on each other. */
enum pd_stream {
    PD_STREAM_HOUSEHOLD,
    PD_STREAM_NIGHT,
    PD_STREAM_NAME,
    PD_STREAM_ADDRESS,
    PD_STREAM_BENEFIT,
    PD_STREAM_BENEFIT_NIGHT,
    PD_STREAM_ROW,
    PD_STREAM_ORDER,
    PD_STREAM_IDENTITY,
    PD_STREAM_FILE,
    PD_STREAM_DAMAGE
};

static inline struct pd_random pd_stream_of(const struct pd_truth *truth, enum pd_stream stream, uint64_t number)
{
    return pd_random_stream(truth->seed * 64 + (uint64_t)stream, number);
}

#endif
