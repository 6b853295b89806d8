/* SPDX-License-Identifier: MIT
 * What related pairs have in common is half of what a pair tells at most, and never all that makes two people one. */
#include <criterion/criterion.h>

#include "model/related.h"

enum { BORN, GIVEN, FAMILY, STREET, TOWN, COLUMNS };

static const struct pd_telling people[COLUMNS] = {
    { .column = BORN, .is_birth = true },
    { .column = GIVEN, .n_names = 1 },
    { .column = FAMILY, .n_names = 1 },
    { .column = STREET },
    { .column = TOWN },
};
static const double bits[COLUMNS] = { 12, 8, 8, 20, 14 };

static struct pd_related shared_by(const double *shared)
{
    struct pd_related related = { .n_comparisons = COLUMNS };
    memcpy(related.shared, shared, COLUMNS * sizeof *shared);
    return related;
}

Test(related, who_shares_birth_and_names_is_one_who_has_moved)
{
    static const double movers[COLUMNS] = { .99, .98, .97, .01, .01 };
    struct pd_related related = shared_by(movers);
    pd_related_divide(&related, bits, NULL);
    cr_expect_float_eq(related.shared[FAMILY], .97, 1e-9, "nothing is known of the columns");
    pd_related_divide(&related, bits, people);
    cr_expect_float_eq(related.shared[BORN], .99, 1e-9);
    cr_expect_float_eq(related.shared[GIVEN], .98, 1e-9);
    cr_expect_eq(related.shared[FAMILY], 0);
    related.shared[FAMILY] = .2; /* of the next step: some pairs have it in common again */
    pd_related_divide(&related, bits, people);
    cr_expect_eq(related.shared[FAMILY], 0);
}

Test(related, who_shares_birth_and_the_only_name_is_one_who_has_moved)
{
    static const double movers[4] = { .99, .98, .01, .01 };
    static const struct pd_telling telling[4] = {
        { .column = 0, .is_birth = true }, { .column = 1, .n_names = 1 }, { .column = 2 }, { .column = 3 }
    };
    struct pd_related related = { .n_comparisons = 4 };
    memcpy(related.shared, movers, sizeof movers);
    pd_related_divide(&related, (const double[4]){ 12, 8, 20, 14 }, telling);
    cr_expect_float_eq(related.shared[0], .99, 1e-9);
    cr_expect_eq(related.shared[1], 0);
}

Test(related, both_halves_of_a_column_are_in_common_or_neither)
{
    static const double movers[COLUMNS] = { .99, .98, .97, .96, .01 };
    struct pd_telling split[COLUMNS];
    struct pd_related related = shared_by(movers);
    memcpy(split, people, sizeof people);
    split[STREET] = people[FAMILY]; /* the family name again, where the birth date is equal */
    pd_related_divide(&related, (const double[COLUMNS]){ 12, 8, 4, 4, 40 }, split);
    cr_expect_eq(related.shared[FAMILY], 0);
    cr_expect_eq(related.shared[STREET], 0);
}

Test(related, households_share_address_and_family_name_and_twins_their_birth_too)
{
    static const double households[COLUMNS] = { .05, .02, .9, .99, .99 };
    struct pd_related related = shared_by(households);
    pd_related_divide(&related, (const double[COLUMNS]){ 20, 20, 8, 10, 10 }, people);
    cr_expect_float_eq(related.shared[FAMILY], .9, 1e-9);
    cr_expect_float_eq(related.shared[STREET], .99, 1e-9);
    cr_expect_gt(related.shared[BORN], .01, "of a family some are twins");
    cr_expect_lt(related.shared[BORN], .06);
}

Test(related, of_two_columns_one_may_tell_more_than_half)
{
    static const double twins[2] = { .97, .05 };
    static const struct pd_telling telling[2] = { { .column = 0, .is_birth = true }, { .column = 1, .n_names = 2 } };
    struct pd_related related = { .n_comparisons = 2 };
    memcpy(related.shared, twins, sizeof twins);
    pd_related_divide(&related, (const double[2]){ 14, 10 }, NULL);
    cr_expect_lt(related.shared[0], .1, "nothing is known of the columns");
    memcpy(related.shared, twins, sizeof twins);
    pd_related_divide(&related, (const double[2]){ 14, 10 }, telling);
    cr_expect_float_eq(related.shared[0], .97, 1e-9);
    cr_expect_lt(related.shared[1], .1);
}

/* A full name, from different up to equal; people of one family are at the three lowest levels. */
Test(related, kin_share_a_word_of_a_full_name)
{
    static const double m[] = { .01, .01, .03, .1, .15, .7 }, u[] = { .96, .03, .009, .0009, .00009, .00001 };
    static const double counts[] = { 10, 20, 70, 0, 0, 0 };
    const struct pd_related_field field = { 6, m, u, counts };
    struct pd_related plain = { .n_comparisons = 1, .shared = { .02 } }, named = plain;
    double information, sum = 0;
    for (int step = 0; step < 5; step++) {
        pd_related_fit(&plain, 0, &field, 0, &information);
        pd_related_fit(&named, 0, &field, 3, &information);
    }
    cr_expect_float_eq(pd_related_level(&plain, 0, 0, m[0], u[0]), .96 + plain.shared[0] * (.01 - .96), 1e-9);
    for (size_t i = 0; i < 6; i++) sum += pd_related_level(&named, 0, i, m[i], u[i]);
    cr_expect_float_eq(sum, 1, .001);
    cr_expect_gt(pd_related_level(&named, 0, 2, m[2], u[2]), .5, "most were seen there");
    cr_expect_gt(pd_related_level(&named, 0, 3, m[3], u[3]), .03, "of those who share a word a tenth are more alike");
    cr_expect_lt(pd_related_level(&named, 0, 5, m[5], u[5]), .1, "and none of them equal");
}

Test(related, households_may_share_all_that_leaves_two_people_however_much_it_tells)
{
    static const double households[COLUMNS] = { .05, .02, .9, .99, .99 };
    static const double fathers[COLUMNS] = { .01, .9, .95, .99, .99 };
    static const struct pd_telling nameless[COLUMNS] = {
        { .column = 0 }, { .column = 1 }, { .column = 2 }, { .column = 3 }, { .column = 4 }
    };
    struct pd_telling undated[COLUMNS];
    struct pd_related related = shared_by(households); /* 41 of 62 bits in common */
    pd_related_divide(&related, bits, people);
    cr_expect_lt(related.shared[TOWN], .03, "half of what a pair tells, unless it is asked for");
    related = shared_by(households);
    related.of_households = true;
    pd_related_divide(&related, bits, people);
    cr_expect_float_eq(related.shared[FAMILY], .9, 1e-9);
    cr_expect_float_eq(related.shared[TOWN], .99, 1e-9);
    cr_expect_lt(related.shared[BORN], .03);
    cr_expect_lt(related.shared[GIVEN], .03);
    related = shared_by(fathers);
    related.of_households = true; /* all names and the address leave no one to tell from a duplicate */
    pd_related_divide(&related, bits, people);
    cr_expect_lt(related.shared[GIVEN], .03);
    memcpy(undated, people, sizeof people);
    undated[BORN].is_birth = false;
    related = shared_by(households);
    related.of_households = true;
    pd_related_divide(&related, bits, undated);
    cr_expect_float_eq(related.shared[FAMILY], .9, 1e-9, "without dates of birth all but a name");
    cr_expect_float_eq(related.shared[TOWN], .99, 1e-9);
    cr_expect_eq(related.shared[GIVEN], 0, "which members share by chance alone, or it would be the duplicates");
    related = shared_by(households);
    related.of_households = true;
    pd_related_divide(&related, bits, nameless);
    cr_expect_lt(related.shared[TOWN], .03, "without names half of what a pair tells");
}
