/* SPDX-License-Identifier: MIT
 * Households, numbers and permutations by themselves. */
#include "base/memory.h"
#include "generate/expected.h"
#include "generate/nation.h"
#include "generate/person.h"

#include <criterion/criterion.h>
#include <math.h>

static const struct pd_generate_options options = { .n_people = 200000, .seed = 12, .regime = PD_REGIME_DAERAH };
static struct pd_places places;
static struct pd_names names;
static struct pd_truth truth;

static void build(void)
{
    cr_assert_eq(pd_places_build(&places, NULL), PADAN_OK);
    cr_assert_eq(pd_places_settle(&places, &options, NULL), PADAN_OK);
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    pd_truth_build(&truth, &options, &places, 1);
}

static void reset(void)
{
    pd_names_reset(&names);
    pd_places_reset(&places);
}

TestSuite(population, .init = build, .fini = reset);

Test(population, a_household_is_the_same_whenever_it_is_made)
{
    for (uint64_t k = 0; k < 2000; k += 7) {
        struct pd_household one, other, again;
        pd_household_make(&truth, k, &one);
        pd_household_make(&truth, k + 1, &other);
        pd_household_make(&truth, k, &again);
        cr_assert_eq(one.n_members, again.n_members);
        for (int i = 0; i < one.n_members; i++) {
            struct pd_name name, same;
            cr_expect_eq(one.members[i].birth_day, again.members[i].birth_day);
            pd_person_name(&truth, &names, &one, i, &name);
            pd_person_name(&truth, &names, &again, i, &same);
            cr_expect(pd_text_equal(pd_name_text(&name), pd_name_text(&same)));
        }
    }
}

/* A family makes sense: parents are older than children, the head is a grown-up, nobody is born after the night. */
Test(population, families_make_sense_and_hold_the_hard_cases)
{
    size_t n_people = 0, births = 0, twins = 0, same_names = 0, heaped_families = 0, clan = 0, clan_children = 0;
    for (uint64_t k = 0; k < truth.n_households; k++) {
        struct pd_household household;
        pd_household_make(&truth, k, &household);
        n_people += household.n_members;
        cr_assert(household.decile >= 1 && household.decile <= 10);
        size_t july = 0;
        for (int i = 0; i < household.n_members; i++) {
            const struct pd_member *person = &household.members[i];
            cr_assert_lt(person->birth_day, pd_first_night());
            cr_assert(person->death_day == PD_DATE_NONE || person->death_day > person->birth_day);
            cr_assert(person->relation != PD_HEAD || person->age >= 17);
            cr_assert(person->mother < 0 || household.members[person->mother].sex == 1);
            if (person->mother >= 0)
                cr_assert_gt(person->birth_day - household.members[person->mother].birth_day, 15 * 365);
            const struct pd_date born = pd_date_to_civil(person->birth_day);
            july += born.month == 7 && born.day == 1;
            births += person->relation == PD_CHILD && person->twin_of < 0;
            twins += person->twin_of >= 0;
            same_names += person->named_as >= 0;
            if (person->relation == PD_CHILD && person->father >= 0 && household.people == PD_BATAK &&
                person->twin_of < 0) {
                struct pd_name child, father;
                struct pd_text child_words[16], father_words[16];
                pd_person_name(&truth, &names, &household, i, &child);
                pd_person_name(&truth, &names, &household, person->father, &father);
                const size_t n = pd_name_words(pd_name_text(&child), child_words, 16);
                const size_t n_father = pd_name_words(pd_name_text(&father), father_words, 16);
                clan += pd_text_equal(child_words[n - 1], father_words[n_father - 1]);
                clan_children++;
            }
        }
        heaped_families += household.n_members >= 3 && july >= 3;
    }
    cr_expect_eq(n_people, options.n_people);
    cr_expect(fabs((double)twins / (double)births - 0.01) < 0.004, "%zu twins of %zu births", twins, births);
    cr_expect_gt(same_names, births / 1000);
    cr_expect_gt(heaped_families, 20u);
    cr_expect_gt(clan * 100, clan_children * 95, "%zu of %zu children have the clan's name", clan, clan_children);
}

/* The namesakes that blocking must live with: same name, birth year and village, different people. */
Test(population, namesakes_of_one_birth_year_live_in_one_village)
{
    enum { MOST = 4000 };
    static struct {
        uint32_t village;
        int year;
    } found[MOST];
    size_t n = 0, pairs = 0;
    for (uint64_t k = 0; k < truth.n_households && n < MOST; k++) {
        struct pd_household household;
        pd_household_make(&truth, k, &household);
        for (int i = 0; i < household.n_members && n < MOST; i++) {
            struct pd_name name;
            if (household.members[i].sex != 1) continue;
            pd_person_name(&truth, &names, &household, i, &name);
            if (!pd_text_equal(pd_name_text(&name), PD_TEXT("NURHAYATI"))) continue;
            for (size_t j = 0; j < n; j++)
                pairs += found[j].village == household.village && found[j].year == household.members[i].birth_year;
            found[n].village = household.village;
            found[n++].year = household.members[i].birth_year;
        }
    }
    cr_expect_gt(n, 100u);
    cr_expect_gt(pairs, 0u);
}

Test(population, numbers_are_unique_and_neighbours_differ_in_one_digit)
{
    struct pd_serials serials;
    cr_assert_eq(pd_serials_build(&serials, &truth, options.n_people, 2, NULL), PADAN_OK);
    uint64_t *copy = NULL;
    cr_assert_eq(pd_allocate(&copy, options.n_people, sizeof *copy, NULL), PADAN_OK);
    size_t twins = 0, close_twins = 0;
    for (uint64_t k = 0; k < truth.n_households; k++) {
        struct pd_household household;
        pd_household_make(&truth, k, &household);
        for (int i = 0; i < household.n_members; i++) {
            const struct pd_member *person = &household.members[i];
            const uint64_t nik = serials.nik[serials.first_person[k] + (unsigned)i];
            cr_assert_eq(nik / UINT64_C(10000000000), person->nik_region);
            cr_assert_eq(person->nik_region != places.districts[person->birth_district].code,
                         (person->errors & pd_error_bit(23)) != 0);
            copy[serials.first_person[k] + (unsigned)i] = nik;
            if (person->twin_of < 0 || household.members[person->twin_of].sex != person->sex) continue;
            const uint64_t other = serials.nik[serials.first_person[k] + (size_t)person->twin_of];
            twins++;
            close_twins += nik / 10000 == other / 10000 && nik - other == 1;
        }
    }
    cr_expect_gt(twins, 100u);
    cr_expect_gt(close_twins * 100, twins * 75, "%zu of %zu pairs of twins have consecutive numbers", close_twins,
                 twins);
    for (uint64_t i = 0; i < options.n_people; i++)
        cr_assert_neq(pd_unknown_nik(&serials, copy[i], i) % 10000, copy[i] % 10000, "an unknown number is somebody's");
    pd_free(copy);
    pd_serials_reset(&serials);
}

/* E25: 17.8 M core members missing from a list of 97 M [s:kpk21b]; 1 % in the registry of 2025. */
Test(population, members_are_missing_from_the_registry_at_the_rate_of_the_regime)
{
    static const double wanted[] = { 0.183, 0.01, 0.01 };
    for (int regime = 0; regime < 3; regime++) {
        double listed = 0, missing = 0;
        struct pd_generate_options other = options;
        other.regime = (enum pd_regime)regime;
        pd_truth_build(&truth, &other, &places, 1);
        for (uint64_t k = 0; k < truth.n_households; k++) {
            struct pd_household household;
            struct pd_benefits benefits;
            pd_household_make(&truth, k, &household);
            pd_benefits_make(&truth, &household, &benefits);
            for (int i = 0; household.registered && i < household.n_members; i++) {
                if (household.members[i].status == PD_DEAD) continue;
                const bool is_listed = (benefits.members[PD_REGISTRY] >> i & 1) != 0;
                listed += is_listed;
                missing += !is_listed;
            }
        }
        cr_expect(fabs(missing / listed / wanted[regime] - 1) < 0.06, "regime %d: %.4f", regime, missing / listed);
    }
}

Test(population, serials_stay_valid_and_unique_past_9998)
{
    static bool used[10000];
    for (unsigned n = 0; n < 9998; n++) {
        const unsigned serial = pd_serial_of(n);
        cr_assert(serial >= 1 && serial <= 9998 && !used[serial], "the %u-th serial is %u", n, serial);
        used[serial] = true;
    }
    cr_expect_eq(pd_serial_of(0), 9001u);
    cr_expect_eq(pd_serial_of(997), 9998u);
    cr_expect_eq(pd_serial_of(9998), 0u);
}

Test(population, a_shuffle_is_a_permutation)
{
    static const uint64_t sizes[] = { 1, 2, 3, 5, 100, 1000, 4096, 4097 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        static bool seen[5000];
        memset(seen, 0, sizeof seen);
        const struct pd_shuffle shuffle = pd_shuffle_of(sizes[i], pd_random_stream(1, i));
        size_t fixed = 0;
        for (uint64_t j = 0; j < sizes[i]; j++) {
            const uint64_t to = pd_shuffled(&shuffle, j);
            cr_assert(to < sizes[i] && !seen[to]);
            seen[to] = true;
            fixed += to == j;
        }
        cr_expect_leq(fixed, 8u);
    }
}
