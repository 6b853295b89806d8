/* SPDX-License-Identifier: MIT
 * People of hard pairs. Twins and siblings are members 2 and 3 of one household and named as such; namesakes and
 * neighbours live in households of their own. A person is a pure function of (seed, person). */
#include "generate/hard_negatives.h"

#include "base/memory.h"
#include "base/radix.h"
#include "generate/serials.h"

enum { CHILD = 2, STREAM_HARD = 40 };

const char *const pd_hard_kind_names[PD_N_HARD_KINDS] = { "kembar", "saudara_senama", "senama_setahun",
                                                          "tetangga_serial" };

static struct pd_random random_of(const struct pd_hard_nation *nation, uint64_t pair, unsigned what)
{
    return pd_random_stream(nation->truth.seed * 64 + STREAM_HARD + what, pair);
}

static int32_t birth_between(struct pd_random *random, int first_year, int last_year)
{
    const int32_t begin = pd_date_from_civil(first_year, 1, 1), end = pd_date_from_civil(last_year, 12, 31);
    return begin + (int32_t)pd_random_below(random, (uint64_t)(end - begin));
}

static void settle(const struct pd_hard_nation *nation, struct pd_random *random, struct pd_household *household)
{
    household->village = pd_place_draw(&nation->places, random);
    household->old_village = PD_PLACE_NONE;
    household->people = pd_place_people(&nation->places, household->village, random);
    household->kk_day = birth_between(random, 2010, 2025);
    household->kk_district = nation->places.villages[household->village].district;
    household->rt = (uint16_t)(1 + pd_random_below(random, 12));
    household->rw = (uint16_t)(1 + pd_random_below(random, 9));
}

static struct pd_member member_of(const struct pd_household *household, const struct pd_hard_nation *nation,
                                  int32_t day, unsigned sex, enum pd_relation relation)
{
    return (struct pd_member){ .birth_day = day,
                               .nik_birth_day = day,
                               .death_day = PD_DATE_NONE,
                               .birth_district = nation->places.villages[household->village].district,
                               .sex = (uint8_t)sex,
                               .nik_sex = (uint8_t)sex,
                               .relation = (uint8_t)relation,
                               .status = PD_ALIVE,
                               .father = -1,
                               .mother = -1,
                               .twin_of = -1,
                               .named_as = -1 };
}

static void make_family(const struct pd_hard_nation *nation, enum pd_hard_kind kind, uint64_t pair,
                        struct pd_household *household)
{
    struct pd_random random = random_of(nation, pair, 0);
    settle(nation, &random, household);
    const unsigned sex = (unsigned)pd_random_below(&random, 2);
    const bool other_sex = kind == PD_HARD_TWINS && pd_random_unit(&random) < 0.3;
    const int32_t elder = birth_between(&random, 1985, 2018);
    const int32_t later = 300 + (int32_t)pd_random_below(&random, 2000);
    household->n_members = 4;
    household->members[0] = member_of(household, nation, elder - 11000, 0, PD_HEAD);
    household->members[1] = member_of(household, nation, elder - 9500, 1, PD_WIFE);
    household->members[CHILD] = member_of(household, nation, elder, sex, PD_CHILD);
    household->members[CHILD + 1] = member_of(household, nation, kind == PD_HARD_TWINS ? elder : elder + later,
                                              other_sex ? 1 - sex : sex, PD_CHILD);
    for (int i = CHILD; i < CHILD + 2; i++) {
        household->members[i].father = 0;
        household->members[i].mother = 1;
    }
    if (kind == PD_HARD_TWINS)
        household->members[CHILD + 1].twin_of = CHILD;
    else
        household->members[CHILD + 1].named_as = CHILD;
}

/* Two strangers of one village: of one birth year (some of them on one 1 July), or of one day. */
static void make_stranger(const struct pd_hard_nation *nation, enum pd_hard_kind kind, uint64_t pair, unsigned side,
                          struct pd_household *household)
{
    struct pd_random both = random_of(nation, pair, 0), own = random_of(nation, pair, 1 + side);
    settle(nation, &both, household);
    const unsigned sex = (unsigned)pd_random_below(&both, 2);
    const int year = 1945 + (int)pd_random_below(&both, 60);
    const bool heaped = pd_random_unit(&both) < 0.15;
    const int32_t shared = birth_between(&both, year, year);
    int32_t day = kind == PD_HARD_NEIGHBOURS ? shared : birth_between(&own, year, year);
    if (heaped) day = pd_date_from_civil(year, 7, 1);
    household->kk_day = birth_between(&own, 2010, 2025);
    household->rt = (uint16_t)(1 + pd_random_below(&own, 12));
    household->rw = (uint16_t)(1 + pd_random_below(&own, 9));
    household->n_members = 1;
    household->members[0] = member_of(household, nation, day, sex, PD_HEAD);
}

int pd_hard_household(const struct pd_hard_nation *nation, uint64_t person, struct pd_household *household)
{
    const enum pd_hard_kind kind = pd_hard_kind_of(nation, person);
    const uint64_t pair = person / 2;
    *household = (struct pd_household){ .registered = true };
    if (kind == PD_HARD_TWINS || kind == PD_HARD_SIBLINGS) {
        household->number = pair * 2;
        make_family(nation, kind, pair, household);
        return CHILD + (int)(person % 2);
    }
    household->number = person;
    make_stranger(nation, kind, pair, (unsigned)(person % 2), household);
    return 0;
}

/* Namesakes have names that many people have: three in five one of the best known. */
static void draw_namesake(const struct pd_hard_nation *nation, uint64_t pair, const struct pd_household *household,
                          struct pd_name *name)
{
    struct pd_random random = random_of(nation, pair, 3);
    const struct pd_member *person = &household->members[0];
    const size_t first = pd_random_below(&random, pd_n_known_names);
    if (pd_random_unit(&random) < 0.6)
        for (size_t i = 0; i < pd_n_known_names; i++) {
            const struct pd_known_name *known = &pd_known_names[(first + i) % pd_n_known_names];
            if (known->sex == person->sex && pd_name_set(name, pd_text_of(known->name))) return;
        }
    pd_name_draw(&nation->names, &random, household->people, person->sex, pd_date_to_civil(person->birth_day).year,
                 name);
}

static void write_digits(char out[40], uint64_t number)
{
    for (size_t i = 16; i-- > 0; number /= 10) out[i] = (char)('0' + number % 10);
    out[16] = '\0';
}

void pd_hard_row(const struct pd_hard_nation *nation, uint64_t person, struct pd_row *row)
{
    struct pd_household household;
    const int member = pd_hard_household(nation, person, &household);
    *row = (struct pd_row){ .birth_day = household.members[member].birth_day,
                            .sex = household.members[member].sex == 1 ? 'P' : 'L',
                            .rt = household.rt,
                            .rw = household.rw,
                            .village = nation->places.villages[household.village].code };
    write_digits(row->nik, nation->nik[person]);
    write_digits(row->kk, nation->kk[person]);
    if (pd_hard_kind_of(nation, person) == PD_HARD_NAMESAKES)
        draw_namesake(nation, person / 2, &household, &row->name);
    else
        pd_person_name(&nation->truth, &nation->names, &household, member, &row->name);
    pd_person_mother(&nation->truth, &nation->names, &household, member, &row->mother);
    pd_person_birth_place(&nation->truth, &household, member, row->birth_place, sizeof row->birth_place);
    pd_person_address(&nation->truth, &household, false, row->address, sizeof row->address);
}

/* ---- numbers ---- */

static uint64_t prefix_of(const struct pd_hard_nation *nation, uint32_t district, int32_t day, int more)
{
    const struct pd_date date = pd_date_to_civil(day);
    return nation->places.districts[district].code * UINT64_C(1000000) + (uint64_t)(date.day + more) * 10000 +
           (uint64_t)date.month * 100 + (uint64_t)(date.year % 100);
}

/* Members of one family have one card; two strangers two. */
static uint64_t key_of(const struct pd_hard_nation *nation, uint64_t person, bool families)
{
    struct pd_household household;
    const int member = pd_hard_household(nation, person, &household);
    const struct pd_member *who = &household.members[member];
    return families ? prefix_of(nation, household.kk_district, household.kk_day, 0)
                    : prefix_of(nation, who->birth_district, who->birth_day, who->sex == 1 ? 40 : 0);
}

static bool shares_card(const struct pd_hard_nation *nation, uint64_t person)
{
    const enum pd_hard_kind kind = pd_hard_kind_of(nation, person);
    return person % 2 == 1 && (kind == PD_HARD_TWINS || kind == PD_HARD_SIBLINGS);
}

/* Sorted by prefix and person, so that the two of a pair have numbers that follow each other. */
static enum padan_status number_all(struct pd_hard_nation *nation, bool families, struct pd_key *keys,
                                    struct pd_key *scratch, struct padan_error *error)
{
    const uint64_t n_people = pd_hard_n_people(nation);
    uint64_t *const numbers = families ? nation->kk : nation->nik;
    size_t n = 0;
    for (uint64_t person = 0; person < n_people; person++)
        if (!families || !shares_card(nation, person))
            keys[n++] = (struct pd_key){ .hash = key_of(nation, person, families), .record = (uint32_t)person };
    PD_TRY(pd_radix_sort(keys, scratch, n, 1, error));
    for (size_t i = 0, run = 0; i < n; i++) {
        if (i > 0 && keys[i].hash != keys[i - 1].hash) run = i;
        const unsigned serial = pd_serial_of(i - run);
        if (serial == 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "too many hard pairs for these provinces; take more");
        numbers[keys[i].record] = keys[i].hash * 10000 + serial;
    }
    for (uint64_t person = 1; families && person < n_people; person++)
        if (shares_card(nation, person)) numbers[person] = numbers[person - 1];
    return PADAN_OK;
}

static enum padan_status number_people(struct pd_hard_nation *nation, struct padan_error *error)
{
    const uint64_t n = pd_hard_n_people(nation);
    struct pd_key *keys = NULL, *scratch = NULL;
    PD_TRY(pd_allocate_array(&nation->nik, n, sizeof *nation->nik, error));
    PD_TRY(pd_allocate_array(&nation->kk, n, sizeof *nation->kk, error));
    enum padan_status status = pd_allocate_array(&keys, n, sizeof *keys, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    if (status == PADAN_OK) status = number_all(nation, false, keys, scratch, error);
    if (status == PADAN_OK) status = number_all(nation, true, keys, scratch, error);
    pd_free(keys);
    pd_free(scratch);
    return status;
}

static enum padan_status build(struct pd_hard_nation *nation, const struct pd_generate_options *options,
                               struct padan_error *error)
{
    PD_TRY(pd_places_build(&nation->places, error));
    PD_TRY(pd_places_settle(&nation->places, options, error));
    PD_TRY(pd_names_build(&nation->names, PD_TEXT(""), "", error));
    return number_people(nation, error);
}

enum padan_status pd_hard_nation_build(struct pd_hard_nation *nation, const struct pd_generate_options *options,
                                       struct padan_error *error)
{
    *nation = (struct pd_hard_nation){ .n_pairs = options->n_hard_pairs };
    nation->truth = (struct pd_truth){ .seed = options->seed,
                                       .regime = options->regime,
                                       .night = 1,
                                       .reference_day = pd_first_night(),
                                       .places = &nation->places };
    const enum padan_status status = build(nation, options, error);
    if (status != PADAN_OK) pd_hard_nation_reset(nation);
    return status;
}

void pd_hard_nation_reset(struct pd_hard_nation *nation)
{
    pd_free(nation->nik);
    pd_free(nation->kk);
    pd_names_reset(&nation->names);
    pd_places_reset(&nation->places);
    *nation = (struct pd_hard_nation){ 0 };
}
