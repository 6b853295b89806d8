/* SPDX-License-Identifier: MIT
 * The first twelve digits of all numbers are sorted; the place in a run of equal ones is the serial. */
#include "generate/serials.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

enum { HOUSEHOLDS_PER_CHUNK = 4096, SERIALS = 9998, FROM_9001 = 998 };

unsigned pd_serial_of(uint64_t n)
{
    if (n < FROM_9001) return 9001 + (unsigned)n;
    return n < SERIALS ? 9000 - (unsigned)(n - FROM_9001) : 0;
}

static uint64_t six_digits(int32_t day, int more)
{
    const struct pd_date date = pd_date_to_civil(day);
    return (uint64_t)(date.day + more) * 10000 + (uint64_t)date.month * 100 + (uint64_t)(date.year % 100);
}

static uint64_t nik_prefix(const struct pd_member *member)
{
    return (uint64_t)member->nik_region * 1000000 + six_digits(member->nik_birth_day, member->nik_sex == 1 ? 40 : 0);
}

struct filling {
    const struct pd_truth *truth;
    struct pd_serials *numbers;
    struct pd_key *keys;
    bool families;
};

static enum padan_status fill_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    (void)error;
    const struct filling *filling = context;
    const struct pd_truth *truth = filling->truth;
    struct pd_serials *numbers = filling->numbers;
    const uint64_t begin = (uint64_t)chunk * HOUSEHOLDS_PER_CHUNK;
    uint64_t end = begin + HOUSEHOLDS_PER_CHUNK;
    if (end > truth->n_households) end = truth->n_households;
    for (uint64_t k = begin; k < end; k++) {
        struct pd_household household;
        pd_household_make(truth, k, &household);
        if (filling->families) {
            numbers->kk[k] = (uint64_t)truth->places->districts[household.kk_district].code * 1000000 +
                             six_digits(household.kk_day, 0);
            numbers->old_kk[k] = (uint64_t)truth->places->districts[household.old_kk_district].code * 1000000 +
                                 six_digits(household.old_kk_day, 0);
            filling->keys[2 * k] = (struct pd_key){ pd_mix64(numbers->kk[k]), (uint32_t)(2 * k), 0 };
            filling->keys[2 * k + 1] = (struct pd_key){ pd_mix64(numbers->old_kk[k]), (uint32_t)(2 * k + 1), 0 };
            continue;
        }
        for (unsigned i = 0; i < household.n_members; i++) {
            const uint32_t person = numbers->first_person[k] + i;
            numbers->nik[person] = nik_prefix(&household.members[i]);
            filling->keys[person] = (struct pd_key){ pd_mix64(numbers->nik[person]), person, 0 };
        }
    }
    return PADAN_OK;
}

/* Where the number of a record stands. */
static uint64_t *place_of(const struct filling *filling, uint32_t record)
{
    if (!filling->families) return &filling->numbers->nik[record];
    return record % 2 == 0 ? &filling->numbers->kk[record / 2] : &filling->numbers->old_kk[record / 2];
}

/* Appends serials to the sorted prefixes; returns the length of the longest run. */
static uint64_t number_runs(const struct filling *filling, uint64_t n)
{
    uint64_t longest = 0, run = 0;
    for (uint64_t i = 0; i < n; i++) {
        run = i > 0 && filling->keys[i].hash == filling->keys[i - 1].hash ? run + 1 : 0;
        if (run + 1 > longest) longest = run + 1;
        uint64_t *number = place_of(filling, filling->keys[i].record);
        *number = *number * 10000 + pd_serial_of(run);
    }
    return longest;
}

static enum padan_status number_all(const struct filling *filling, struct pd_key *scratch, uint64_t n, int threads,
                                    struct padan_error *error)
{
    const size_t chunks = (filling->truth->n_households + HOUSEHOLDS_PER_CHUNK - 1) / HOUSEHOLDS_PER_CHUNK;
    struct filling context = *filling;
    PD_TRY(pd_parallel_for(chunks, threads, fill_chunk, &context, error));
    PD_TRY(pd_radix_sort(filling->keys, scratch, n, threads, error));
    const uint64_t longest = number_runs(filling, n);
    if (longest >= SERIALS)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%llu people of one district and birth date are more than there are serials; take more provinces",
                (unsigned long long)longest);
    if (!filling->families) {
        filling->numbers->unknown_first = longest < FROM_9001 ? 9001 + (unsigned)longest : 1;
        filling->numbers->unknown_count =
            longest < FROM_9001 ? FROM_9001 - (unsigned)longest : SERIALS - (unsigned)longest;
    }
    return PADAN_OK;
}

static enum padan_status allocate(struct pd_serials *numbers, const struct pd_truth *truth, struct padan_error *error)
{
    const uint64_t n = truth->n_households;
    PD_TRY(pd_allocate_array(&numbers->first_person, n + 1, sizeof *numbers->first_person, error));
    PD_TRY(pd_allocate_array(&numbers->nik, numbers->n_people, sizeof *numbers->nik, error));
    PD_TRY(pd_allocate_array(&numbers->kk, n, sizeof *numbers->kk, error));
    PD_TRY(pd_allocate_array(&numbers->old_kk, n, sizeof *numbers->old_kk, error));
    uint32_t first = 0;
    for (uint64_t k = 0; k < n; k++) {
        numbers->first_person[k] = first;
        first += k + 1 == n ? truth->last_size : pd_household_size(truth, k);
    }
    numbers->first_person[n] = first;
    return PADAN_OK;
}

static enum padan_status build(struct pd_serials *numbers, const struct pd_truth *truth, int threads,
                               struct padan_error *error)
{
    struct pd_key *keys = NULL, *scratch = NULL;
    PD_TRY(allocate(numbers, truth, error));
    const uint64_t most = numbers->n_people > 2 * truth->n_households ? numbers->n_people : 2 * truth->n_households;
    enum padan_status status = pd_allocate_array(&keys, most, sizeof *keys, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, most, sizeof *scratch, error);
    struct filling filling = { truth, numbers, keys, false };
    if (status == PADAN_OK) status = number_all(&filling, scratch, numbers->n_people, threads, error);
    filling.families = true;
    if (status == PADAN_OK) status = number_all(&filling, scratch, 2 * truth->n_households, threads, error);
    pd_free(keys);
    pd_free(scratch);
    return status;
}

enum padan_status pd_serials_build(struct pd_serials *numbers, const struct pd_truth *truth, uint64_t n_people,
                                   int threads, struct padan_error *error)
{
    *numbers = (struct pd_serials){ .n_people = n_people };
    const enum padan_status status = build(numbers, truth, threads, error);
    if (status != PADAN_OK) pd_serials_reset(numbers);
    return status;
}

void pd_serials_reset(struct pd_serials *numbers)
{
    pd_free(numbers->first_person);
    pd_free(numbers->nik);
    pd_free(numbers->kk);
    pd_free(numbers->old_kk);
    *numbers = (struct pd_serials){ 0 };
}

uint64_t pd_unknown_nik(const struct pd_serials *numbers, uint64_t like, uint64_t random)
{
    return like / 10000 * 10000 + numbers->unknown_first + random % numbers->unknown_count;
}
