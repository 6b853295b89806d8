/* SPDX-License-Identifier: MIT
 * Sizes have the mean 3.04 of the registry [s:agita]; a household is one person, a couple, a couple or one parent with
 * children, sometimes with a grandparent. Birth dates are heaped as those of the voters of 2019 were (DOMAIN 9.2 E17);
 * twins, siblings of one name and families born on one 1 July are the hard cases of linkage. */
#include "generate/household.h"

#include "generate/row.h"

#include <math.h>

static bool chance(struct pd_random *random, double probability)
{
    return pd_random_unit(random) < probability;
}

static int32_t between(struct pd_random *random, int32_t low, int32_t high)
{
    return high <= low ? low : low + (int32_t)pd_random_below(random, (uint64_t)(high - low) + 1);
}

static int32_t years(double n)
{
    return (int32_t)(n * 365.25);
}

int32_t pd_first_night(void)
{
    return pd_date_from_civil(2026, 11, 23);
}

/* ---- size ---- */

static unsigned draw_size(struct pd_random *random)
{
    static const double until[PD_MEMBERS_MAX] = { 0.145, 0.38, 0.65, 0.855, 0.95, 0.985, 0.995, 1 };
    const double point = pd_random_unit(random);
    unsigned size = 0;
    while (point >= until[size]) size++;
    return size + 1;
}

unsigned pd_household_size(const struct pd_truth *truth, uint64_t k)
{
    struct pd_random random = pd_stream_of(truth, PD_STREAM_HOUSEHOLD, k);
    return draw_size(&random);
}

/* Share of families the registry misses: 5.3 % of the recipients of PBI were not in it in 2025 [s:pbi]; the list of
 * 2020 missed more [assume]. */
static double unregistered_share(enum pd_regime regime)
{
    return regime == PD_REGIME_LAMA ? 0.10 : 0.053;
}

void pd_truth_build(struct pd_truth *truth, const struct pd_generate_options *options, const struct pd_places *places,
                    int night)
{
    *truth = (struct pd_truth){ .seed = options->seed,
                                .regime = options->regime,
                                .night = night,
                                .reference_day = pd_first_night() + night - 1,
                                .places = places,
                                .unregistered = unregistered_share(options->regime) };
    /* Gompertz's law, fitted to about 6.5 deaths a year in a thousand. */
    for (int age = 0; age <= 110; age++) truth->mortality[age] = fmin(0.6, 0.0040 * exp(0.078 * fmax(0, age - 28)));
    uint64_t people = 0;
    while (people < options->n_people) {
        truth->last_size = pd_household_size(truth, truth->n_households++);
        people += truth->last_size;
    }
    truth->last_size -= (unsigned)(people - options->n_people);
}

/* ---- members ---- */

struct making {
    const struct pd_truth *truth;
    struct pd_household *household;
    struct pd_random random;
};

static struct pd_member *add_member(struct making *making, enum pd_relation relation, int sex, int32_t birth_day)
{
    struct pd_household *household = making->household;
    struct pd_member *member = &household->members[household->n_members++];
    if (birth_day > making->truth->reference_day - 20) birth_day = making->truth->reference_day - 20;
    *member = (struct pd_member){ .relation = (uint8_t)relation,
                                  .sex = (uint8_t)sex,
                                  .birth_day = birth_day,
                                  .death_day = PD_DATE_NONE,
                                  .father = -1,
                                  .mother = -1,
                                  .twin_of = -1,
                                  .named_as = -1 };
    return member;
}

static int32_t born_years_ago(const struct making *making, double age)
{
    return pd_first_night() - years(age) - (int32_t)(making->household->number % 7);
}

static void add_single(struct making *making)
{
    const bool old = chance(&making->random, 0.5);
    const double age = old ? 58 + 30 * pd_random_unit(&making->random) : 19 + 40 * pd_random_unit(&making->random);
    add_member(making, PD_HEAD, chance(&making->random, old ? 0.68 : 0.4), born_years_ago(making, age));
}

static double age_of_head(struct making *making, unsigned n_children)
{
    const double one = pd_random_unit(&making->random), two = pd_random_unit(&making->random);
    if (n_children > 0) return 23 + n_children + 18 * (one + two);
    return one < 0.55 ? 50 + 34 * two : 22 + 30 * two;
}

/* Head and, mostly, a wife. Returns the birth day of the mother. */
static int32_t add_parents(struct making *making, unsigned n_children, bool couple)
{
    const double age = age_of_head(making, n_children);
    if (couple) {
        double wife = age - 8 + 11 * pd_random_unit(&making->random);
        const double youngest = n_children > 0 ? 19.5 + n_children : 18;
        if (wife < youngest) wife = youngest + pd_random_unit(&making->random);
        add_member(making, PD_HEAD, 0, born_years_ago(making, age));
        return add_member(making, PD_WIFE, 1, born_years_ago(making, wife))->birth_day;
    }
    return add_member(making, PD_HEAD, chance(&making->random, 0.78), born_years_ago(making, age))->birth_day;
}

/* Days of birth of n children, the eldest first; the mother was 18 to 43. */
static void draw_births(struct making *making, int32_t mother_birth, int n, int32_t *births)
{
    enum { APART = 310 };
    const int32_t reference = pd_first_night();
    const int32_t latest = mother_birth + years(43) < reference - 20 ? mother_birth + years(43) : reference - 20;
    int32_t earliest = mother_birth + years(18);
    if (earliest < latest - years(30)) earliest = latest - years(30);
    for (int i = 0; i < n; i++) {
        const int32_t day = between(&making->random, earliest, latest - APART * (n - 1));
        int at = i;
        for (; at > 0 && births[at - 1] > day; at--) births[at] = births[at - 1];
        births[at] = day;
    }
    for (int i = 0; i < n; i++) births[i] += APART * i;
}

/* Elder siblings are the members from `first` on. */
static void relate_siblings(struct making *making, int first)
{
    struct pd_household *household = making->household;
    const int me = household->n_members - 1;
    struct pd_member *child = &household->members[me];
    if (me > first && household->members[me - 1].twin_of < 0 && chance(&making->random, 0.016)) {
        struct pd_member *elder = &household->members[me - 1];
        child->twin_of = (int8_t)(me - 1);
        child->birth_day = elder->birth_day;
        if (chance(&making->random, 0.64)) child->sex = elder->sex;
        return;
    }
    for (int i = first; i < me; i++)
        if (household->members[i].sex == child->sex && household->members[i].named_as < 0 &&
            chance(&making->random, 0.006)) {
            child->named_as = (int8_t)i;
            return;
        }
}

static void add_children(struct making *making, int32_t mother_birth, int n)
{
    struct pd_household *household = making->household;
    int32_t births[PD_MEMBERS_MAX] = { 0 };
    const bool couple = household->n_members == 2;
    const bool mother = couple || household->members[0].sex == 1;
    const int first = household->n_members;
    draw_births(making, mother_birth, n, births);
    for (int i = 0; i < n; i++) {
        struct pd_member *child = add_member(making, PD_CHILD, chance(&making->random, 0.488), births[i]);
        child->father = couple || !mother ? 0 : -1;
        child->mother = couple ? 1 : mother ? 0 : -1;
        relate_siblings(making, first);
    }
}

static void add_elder(struct making *making)
{
    const int32_t head_birth = making->household->members[0].birth_day;
    if (chance(&making->random, 0.75))
        add_member(making, PD_PARENT, chance(&making->random, 0.66),
                   head_birth - years(19 + 14 * pd_random_unit(&making->random)));
    else
        add_member(making, PD_RELATIVE, chance(&making->random, 0.5),
                   head_birth + years(20 * (pd_random_unit(&making->random) - 0.5)));
}

static void add_members(struct making *making, unsigned size)
{
    if (size == 1) {
        add_single(making);
        return;
    }
    const bool elder = size >= 4 && chance(&making->random, 0.2);
    const bool couple = chance(&making->random, size == 2 ? 0.72 : 0.88);
    const unsigned n_children = size - (couple ? 2 : 1) - elder;
    const int32_t mother_birth = add_parents(making, n_children, couple);
    if (n_children > 0) add_children(making, mother_birth, (int)n_children);
    if (elder) add_elder(making);
}

/* ---- what the truth itself carries ---- */

/* Year and age of the date as it stands. */
static struct pd_date note_age(struct pd_member *member)
{
    const struct pd_date born = pd_date_to_civil(member->birth_day);
    member->birth_year = (int16_t)born.year;
    member->age = (uint8_t)(2026 - born.year - (born.month > 11 || (born.month == 11 && born.day > 23)));
    return born;
}

/* How much more, or less, than average a cohort is heaped. */
static double heap_factor(int year)
{
    if (year < 1950) return 4;
    if (year >= 1990) return 0.1;
    return 2.3 - (year - 1950) * 0.045;
}

/* Nobody is born after the night. */
static void set_day(struct pd_member *member, int month, int day)
{
    const int32_t heaped = pd_date_from_civil(member->birth_year, month, day);
    if (heaped > pd_first_night() - 20) return;
    member->birth_day = heaped;
    member->errors |= pd_error_bit(17);
}

static void heap_birth_day(struct making *making, struct pd_member *member, bool family)
{
    const int month = note_age(member).month;
    if (family && member->age >= 17) {
        set_day(member, 7, 1);
        return;
    }
    const double factor = member->age < 17 ? 0.02 : heap_factor(member->birth_year);
    const double point = pd_random_unit(&making->random) / factor;
    if (point < 0.051)
        set_day(member, 7, 1);
    else if (point < 0.079)
        set_day(member, 12, 31);
    else if (point < 0.091)
        set_day(member, 1, 1);
    else if (point < 0.101)
        set_day(member, month, 15);
}

/* 1.5 %: date or sex was corrected after the number was issued (E19). */
static void freeze_number(struct making *making, struct pd_member *member)
{
    member->nik_birth_day = member->birth_day;
    member->nik_sex = member->sex;
    if (!chance(&making->random, 0.015 / 0.93) || member->age < 5) return;
    const double kind = pd_random_unit(&making->random);
    if (kind < 0.15)
        member->nik_sex = !member->sex;
    else if (kind < 0.6 && member->birth_year < 1990)
        member->nik_birth_day = pd_date_from_civil(member->birth_year, 7, 1);
    else
        member->nik_birth_day = member->birth_day + between(&making->random, 1, 2000) - 1001;
    if (member->nik_birth_day == member->birth_day && member->nik_sex == member->sex) member->nik_birth_day -= 1;
    if (member->nik_birth_day > pd_first_night() - 30) member->nik_birth_day = member->birth_day - 30;
    member->errors |= pd_error_bit(19);
}

/* Share of those born before a split whose number has the old code: registered at once where the split is young, years
 * later where it is old (the national register began in 2004). In Papua a few offices used the code of BPS. */
static uint32_t region_of_number(struct making *making, const struct pd_member *member)
{
    const struct pd_district *district = &making->truth->places->districts[member->birth_district];
    const double point = pd_random_unit(&making->random);
    const unsigned province = district->code / 10000;
    const uint32_t bps_code = making->truth->places->regencies[district->regency].bps_code;
    const int first_year = province >= 91 ? 2022 : province == 65 ? 2012 : 2004;
    const double share = province >= 91 ? 0.98 : province == 65 ? 0.9 : 0.4;
    if (district->old_code != 0 && member->birth_year < first_year && point < share) return district->old_code;
    if (province >= 91 && bps_code != 0 && point > 0.98) return bps_code * 100 + district->code % 100;
    return district->code;
}

static void settle_life(struct making *making, struct pd_member *member)
{
    const int age = member->age;
    const double point = pd_random_unit(&making->random), day = pd_random_unit(&making->random);
    if (point < making->truth->mortality[age > 110 ? 110 : age]) {
        const int32_t lived = pd_first_night() - member->birth_day;
        member->death_day = pd_first_night() - 5 - (int32_t)(day * (lived < 1090 ? lived - 6 : 1090));
        member->status = PD_DEAD;
    } else if (point > 0.9958 && age >= 17) {
        member->status = point > 0.9995 ? PD_FLAGGED_DOUBLE : PD_INACTIVE;
    }
    const double share = making->household->decile >= 6 ? 0.055 : 0.004;
    const double servant = pd_random_unit(&making->random);
    member->civil_servant = age >= 22 && age < 58 && member->status != PD_DEAD && servant < share;
}

static void finish_member(struct making *making, struct pd_member *member, bool heap_family)
{
    const bool young = member->relation == PD_CHILD || member->relation == PD_GRANDCHILD;
    if (member->twin_of < 0)
        heap_birth_day(making, member, heap_family);
    else {
        const struct pd_member *twin = &making->household->members[member->twin_of];
        member->birth_day = twin->birth_day;
        member->errors |= twin->errors & pd_error_bit(17);
    }
    (void)note_age(member);
    freeze_number(making, member);
    member->birth_district =
        pd_place_of_birth(making->truth->places, making->household->village, young ? 0.93 : 0.74, &making->random);
    member->nik_region = region_of_number(making, member);
    if (member->nik_region != making->truth->places->districts[member->birth_district].code)
        member->errors |= pd_error_bit(23);
    settle_life(making, member);
}

/* ---- the household itself ---- */

static void place_household(struct making *making)
{
    struct pd_household *household = making->household;
    struct pd_random *random = &making->random;
    const int32_t reference = pd_first_night();
    household->village = pd_place_draw(making->truth->places, random);
    household->people = pd_place_people(making->truth->places, household->village, random);
    household->rw = (uint16_t)(1 + pd_random_below(random, 9));
    household->rt = (uint16_t)(1 + pd_random_below(random, 7));
    household->old_rw = (uint16_t)(1 + pd_random_below(random, 9));
    household->old_rt = (uint16_t)(1 + pd_random_below(random, 7));
    household->decile = (uint8_t)(1 + pd_random_below(random, 10));
    household->registered = !chance(random, making->truth->unregistered);
    household->kk_day = between(random, pd_date_from_civil(2008, 1, 1), reference - 100);
    household->old_kk_day = household->kk_day - between(random, 200, 3000);
    household->old_village = PD_PLACE_NONE;
    const double moved = pd_random_unit(random);
    /* 2.25 % a year [s:gonews] */
    const uint32_t other = moved < 3 * 0.0225 ? pd_place_draw(making->truth->places, random) : household->village;
    if (other != household->village) {
        household->old_village = other;
        household->move_day = reference - 2 - (int32_t)(moved / (3 * 0.0225) * 1095);
    }
    household->kk_district = making->truth->places->villages[household->village].district;
    household->old_kk_district =
        making->truth->places
            ->villages[household->old_village == PD_PLACE_NONE ? household->village : household->old_village]
            .district;
}

/* What one later night changed: deciles, moves, deaths that only now are known. */
static void change_overnight(const struct pd_truth *truth, int night, struct pd_household *household)
{
    struct pd_random random = pd_stream_of(truth, PD_STREAM_NIGHT, household->number * 1024 + (uint64_t)night);
    const double decile = pd_random_unit(&random), move = pd_random_unit(&random), death = pd_random_unit(&random);
    const uint32_t other = pd_place_draw(truth->places, &random);
    const uint64_t victim = pd_random_below(&random, household->n_members);
    const int32_t ago = between(&random, 3, 120);
    if (decile < 0.01 && household->decile < 10) household->decile++;
    if (decile > 0.99 && household->decile > 1) household->decile--;
    if (move < 0.002 && other != household->village) {
        household->old_village = household->village;
        household->old_rt = household->rt;
        household->old_rw = household->rw;
        household->village = other;
        household->move_day = pd_first_night() + night - 2;
    }
    struct pd_member *member = &household->members[victim];
    if (death < 0.002 && member->status != PD_DEAD && member->birth_day < pd_first_night() - 400) {
        member->status = PD_DEAD;
        member->death_day = pd_first_night() + night - 1 - ago;
    }
}

void pd_household_make(const struct pd_truth *truth, uint64_t k, struct pd_household *household)
{
    household->number = k;
    household->n_members = 0;
    struct making making = { truth, household, pd_stream_of(truth, PD_STREAM_HOUSEHOLD, k) };
    unsigned size = draw_size(&making.random);
    if (k + 1 == truth->n_households) size = truth->last_size;
    place_household(&making);
    add_members(&making, size);
    const bool heap_family = household->members[0].birth_day < pd_date_from_civil(1980, 1, 1) &&
                             chance(&making.random, household->people == PD_SASAK ? 0.05 : 0.008);
    for (int i = 0; i < household->n_members; i++) finish_member(&making, &household->members[i], heap_family);
    for (int night = 2; night <= truth->night; night++) change_overnight(truth, night, household);
}
