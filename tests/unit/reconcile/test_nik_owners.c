/* SPDX-License-Identifier: MIT */
#include "reconcile/nik_owners.h"

#include "base/parallel.h"
#include "base/random.h"

#include <criterion/criterion.h>

/* People come from the last to the first, and a third of the NIKs is nobody's. */
enum { PEOPLE = 50000, NIKS = 60000, CHUNK = 500 };

static uint64_t niks[PEOPLE];

static uint8_t told_of(size_t person)
{
    return (uint8_t)(person * 7 + 3);
}

static enum padan_status add_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK; i < (chunk + 1) * CHUNK; i++) {
        const size_t person = PEOPLE - 1 - i;
        pd_nik_owners_add(context, niks[person], (uint32_t)person, told_of(person));
    }
    return PADAN_OK;
}

Test(nik_owners, first_what_is_told_of_it_and_whether_there_are_several_for_any_number_of_threads)
{
    static uint32_t first[NIKS + 1], count[NIKS + 1];
    struct pd_random random = pd_random_stream(29, 1);
    for (size_t i = 0; i < PEOPLE; i++) {
        niks[i] = 1 + pd_random_below(&random, NIKS);
        if (count[niks[i]]++ == 0) first[niks[i]] = (uint32_t)i;
    }
    for (int threads = 1; threads <= 4; threads++) {
        struct pd_nik_owners owners = { 0 };
        cr_assert_eq(pd_nik_owners_make(&owners, PEOPLE, NULL), PADAN_OK);
        cr_assert_eq(pd_parallel_for(PEOPLE / CHUNK, threads, add_chunk, &owners, NULL), PADAN_OK);
        for (uint64_t nik = 1; nik <= NIKS; nik++) {
            struct pd_nik_owner owner = { 0 };
            cr_assert_eq(pd_nik_owners_find(&owners, nik, &owner), count[nik] > 0);
            if (count[nik] == 0) continue;
            cr_assert_eq(owner.person, first[nik], "NIK %zu", (size_t)nik);
            cr_assert_eq(owner.told, told_of(first[nik]), "NIK %zu", (size_t)nik);
            cr_assert_eq(owner.several, count[nik] > 1, "NIK %zu", (size_t)nik);
        }
        pd_nik_owners_reset(&owners);
    }
}

Test(nik_owners, of_nobody_has_nobody)
{
    struct pd_nik_owners owners = { 0 };
    struct pd_nik_owner owner;
    cr_assert_eq(pd_nik_owners_make(&owners, 0, NULL), PADAN_OK);
    cr_expect(!pd_nik_owners_find(&owners, 1, &owner));
    pd_nik_owners_reset(&owners);
}
