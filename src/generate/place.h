/* SPDX-License-Identifier: MIT
 * Where the made-up nation lives: real region codes (datasets/wilayah.csv), the codes that went out of use
 * (datasets/kode_lama.csv) or are those of BPS (datasets/kode_bps.csv), how many people each province has and of which
 * peoples.
 *
 * A small population is not spread thin over 83,762 villages, or nobody would have a neighbour: so many districts are
 * inhabited that each holds about 20,000 people, one per province at least and eight in all. */
#ifndef PD_GENERATE_PLACE_H
#define PD_GENERATE_PLACE_H

#include "base/arena.h"
#include "base/random.h"
#include "generate/generate.h"
#include "generate/name_lists.h"

#define PD_PLACE_NONE UINT32_MAX

struct pd_regency {
    uint32_t code;       /* four digits */
    struct pd_text name; /* capitals, without the word for its kind */
    uint32_t first_district, n_districts;
    uint32_t bps_code; /* of the same regency in the numbers of BPS, 0 = the same or not known */
};

struct pd_district {
    uint32_t code;     /* six digits */
    uint32_t old_code; /* six digits of the edition before a split, 0 = none */
    uint32_t regency, first_village, n_villages;
    struct pd_text name; /* capitals */
};

struct pd_village {
    uint64_t code; /* ten digits */
    uint32_t district;
    struct pd_text name; /* capitals */
};

/* A district with people in it. */
struct pd_inhabited {
    double until; /* cumulative share of the population */
    uint32_t district;
};

struct pd_places {
    struct pd_arena arena;
    struct pd_regency *regencies;
    struct pd_district *districts;
    struct pd_village *villages;
    size_t n_regencies, n_districts, n_villages;
    struct pd_inhabited *inhabited; /* [n_inhabited], ascending `until` */
    size_t n_inhabited;
};

/* Reads the codes of the whole country: people may be born anywhere in it. */
PADAN_MUST_CHECK enum padan_status pd_places_build(struct pd_places *places, struct padan_error *error);
/* Chooses the districts that the people of these options live in; BAD_ARGUMENT for a province that does not exist. */
PADAN_MUST_CHECK enum padan_status pd_places_settle(struct pd_places *places, const struct pd_generate_options *options,
                                                    struct padan_error *error);
void pd_places_reset(struct pd_places *places);

/* A village by the share of people who live there. */
uint32_t pd_place_draw(const struct pd_places *places, struct pd_random *random);
/* A people that lives in the province of a village. */
enum pd_people pd_place_people(const struct pd_places *places, uint32_t village, struct pd_random *random);
/* Where somebody who lives in a village may have been born or registered first; home: chance of the same district. */
uint32_t pd_place_of_birth(const struct pd_places *places, uint32_t village, double home, struct pd_random *random);
/* Two-digit province of a village. */
unsigned pd_place_province(const struct pd_places *places, uint32_t village);

#endif
