/* SPDX-License-Identifier: MIT */
#include "generate/place.h"

#include "base/delimited.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "generate/province_facts.h"

#include <math.h>
#include <stdlib.h>

enum { PEOPLE_PER_DISTRICT = 20000, DISTRICTS_PER_PROVINCE = 1, DISTRICTS_LEAST = 8 };

/* ---- reading the codes ---- */

struct capacities {
    size_t regencies, districts, villages;
};

/* "Kabupaten Aceh Selatan" -> "ACEH SELATAN" */
static enum padan_status plain_name(struct pd_arena *arena, struct pd_text name, struct pd_text *out,
                                    struct padan_error *error)
{
    static const struct pd_text kinds[] = { PD_TEXT("Kabupaten "), PD_TEXT("Kota "), PD_TEXT("Administrasi ") };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (pd_text_starts(name, kinds[i])) name = pd_text_slice(name, kinds[i].length, name.length);
    char *copy = NULL;
    PD_TRY(pd_arena_allocate(arena, &copy, name.length + 1, error));
    for (size_t i = 0; i < name.length; i++)
        copy[i] = name.data[i] >= 'a' && name.data[i] <= 'z' ? (char)(name.data[i] - 'a' + 'A') : name.data[i];
    *out = (struct pd_text){ copy, name.length };
    return PADAN_OK;
}

static enum padan_status add_regency(struct pd_places *places, struct capacities *room, uint64_t code,
                                     struct pd_text name, struct padan_error *error)
{
    PD_TRY(pd_grow(&places->regencies, &room->regencies, places->n_regencies + 1, sizeof *places->regencies, error));
    struct pd_regency *regency = &places->regencies[places->n_regencies++];
    *regency = (struct pd_regency){ .code = (uint32_t)code, .first_district = (uint32_t)places->n_districts };
    return plain_name(&places->arena, name, &regency->name, error);
}

static enum padan_status add_district(struct pd_places *places, struct capacities *room, uint64_t code,
                                      struct pd_text name, struct padan_error *error)
{
    PD_TRY(pd_grow(&places->districts, &room->districts, places->n_districts + 1, sizeof *places->districts, error));
    struct pd_district *district = &places->districts[places->n_districts++];
    *district = (struct pd_district){ .code = (uint32_t)code,
                                      .regency = (uint32_t)places->n_regencies - 1,
                                      .first_village = (uint32_t)places->n_villages };
    places->regencies[places->n_regencies - 1].n_districts++;
    return plain_name(&places->arena, name, &district->name, error);
}

static enum padan_status add_village(struct pd_places *places, struct capacities *room, uint64_t code,
                                     struct pd_text name, struct padan_error *error)
{
    PD_TRY(pd_grow(&places->villages, &room->villages, places->n_villages + 1, sizeof *places->villages, error));
    struct pd_village *village = &places->villages[places->n_villages++];
    *village = (struct pd_village){ .code = code, .district = (uint32_t)places->n_districts - 1 };
    places->districts[places->n_districts - 1].n_villages++;
    return plain_name(&places->arena, name, &village->name, error);
}

static enum padan_status add_place(struct pd_places *places, struct capacities *room, const struct pd_text fields[2],
                                   struct padan_error *error)
{
    uint64_t code = 0;
    if (!pd_text_to_u64(fields[0], &code))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "datasets/wilayah.csv: a code is no number");
    switch (fields[0].length) {
    case 4: return add_regency(places, room, code, fields[1], error);
    case 6: return add_district(places, room, code, fields[1], error);
    case 10: return add_village(places, room, code, fields[1], error);
    default: return PADAN_OK;
    }
}

/* The file is in order of codes, so every place follows the one it is in. */
static enum padan_status read_places(struct pd_places *places, struct padan_error *error)
{
    struct pd_delimited rows;
    struct capacities room = { 0 };
    bool more = false;
    enum padan_status status =
        pd_delimited_open(&rows, pd_embedded("datasets/wilayah.csv"), ',', "datasets/wilayah.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more)
        status = add_place(places, &room, rows.fields, error);
    pd_delimited_reset(&rows);
    return status;
}

static int order_of_codes(const void *key, const void *item)
{
    const uint32_t code = *(const uint32_t *)key, other = ((const struct pd_district *)item)->code;
    return (code > other) - (code < other);
}

static struct pd_district *find_district(const struct pd_places *places, uint32_t code)
{
    return bsearch(&code, places->districts, places->n_districts, sizeof *places->districts, order_of_codes);
}

static void set_old_code(const struct pd_places *places, uint32_t old_code, uint32_t code)
{
    struct pd_district *district = find_district(places, code);
    if (district != NULL && district->old_code == 0 && find_district(places, old_code) == NULL)
        district->old_code = old_code;
}

/* A line is a district, or a regency whose districts kept their own two digits. */
static void note_old_code(const struct pd_places *places, struct pd_text old_text, struct pd_text text)
{
    uint64_t old_code = 0, code = 0;
    if (!pd_text_to_u64(old_text, &old_code) || !pd_text_to_u64(text, &code)) return;
    if (old_text.length == 6 && text.length == 6) set_old_code(places, (uint32_t)old_code, (uint32_t)code);
    if (old_text.length == 4 && text.length == 4)
        for (unsigned cc = 1; cc < 100; cc++)
            set_old_code(places, (uint32_t)old_code * 100 + cc, (uint32_t)code * 100 + cc);
}

/* The file has districts after regencies; a district's own line must win, so lines of six digits are read first. */
static enum padan_status read_old_codes(struct pd_places *places, size_t digits, struct padan_error *error)
{
    struct pd_delimited rows;
    bool more = false;
    enum padan_status status =
        pd_delimited_open(&rows, pd_embedded("datasets/kode_lama.csv"), ',', "datasets/kode_lama.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more)
        if (rows.fields[0].length == digits) note_old_code(places, rows.fields[0], rows.fields[1]);
    pd_delimited_reset(&rows);
    return status;
}

static void note_bps_code(const struct pd_places *places, struct pd_text bps_text, struct pd_text text)
{
    uint64_t bps_code = 0, code = 0;
    if (bps_text.length != 4 || !pd_text_to_u64(bps_text, &bps_code) || !pd_text_to_u64(text, &code)) return;
    for (size_t i = 0; i < places->n_regencies; i++)
        if (places->regencies[i].code == code && code != bps_code) places->regencies[i].bps_code = (uint32_t)bps_code;
}

static enum padan_status read_bps_codes(struct pd_places *places, struct padan_error *error)
{
    struct pd_delimited rows;
    bool more = false;
    enum padan_status status =
        pd_delimited_open(&rows, pd_embedded("datasets/kode_bps.csv"), ',', "datasets/kode_bps.csv", error);
    while (status == PADAN_OK && (status = pd_delimited_next(&rows, &more, error)) == PADAN_OK && more)
        note_bps_code(places, rows.fields[0], rows.fields[1]);
    pd_delimited_reset(&rows);
    return status;
}

static enum padan_status build(struct pd_places *places, struct padan_error *error)
{
    PD_TRY(read_places(places, error));
    PD_TRY(read_bps_codes(places, error));
    PD_TRY(read_old_codes(places, 6, error));
    return read_old_codes(places, 4, error);
}

enum padan_status pd_places_build(struct pd_places *places, struct padan_error *error)
{
    *places = (struct pd_places){ 0 };
    const enum padan_status status = build(places, error);
    if (status != PADAN_OK) pd_places_reset(places);
    return status;
}

void pd_places_reset(struct pd_places *places)
{
    pd_arena_reset(&places->arena);
    pd_free(places->regencies);
    pd_free(places->districts);
    pd_free(places->villages);
    pd_free(places->inhabited);
    *places = (struct pd_places){ 0 };
}

/* ---- who lives where ---- */

struct candidate {
    uint64_t order;
    uint32_t district;
};

static int order_of_candidates(const void *a, const void *b)
{
    const uint64_t left = ((const struct candidate *)a)->order, right = ((const struct candidate *)b)->order;
    return (left > right) - (left < right);
}

/* Some districts have four times the people of others. */
static double district_weight(uint64_t order)
{
    return exp2((double)(order & 0xffff) / 32768.0);
}

static unsigned province_of(const struct pd_district *district)
{
    return district->code / 10000;
}

/* Chooses the districts of one province among n candidates, which are put in random order. share: of all people. */
static void settle_province(struct pd_places *places, struct candidate *candidates, size_t n, double share,
                            const struct pd_generate_options *options)
{
    qsort(candidates, n, sizeof *candidates, order_of_candidates);
    size_t wanted_districts = (size_t)((double)options->n_people * share / PEOPLE_PER_DISTRICT + 0.5),
           least = DISTRICTS_PER_PROVINCE;
    if (options->n_provinces > 0 && DISTRICTS_LEAST / options->n_provinces > least)
        least = DISTRICTS_LEAST / options->n_provinces;
    if (wanted_districts < least) wanted_districts = least;
    if (wanted_districts > n) wanted_districts = n;
    double sum = 0;
    for (size_t i = 0; i < wanted_districts; i++) sum += district_weight(candidates[i].order);
    for (size_t i = 0; i < wanted_districts; i++)
        places->inhabited[places->n_inhabited++] =
            (struct pd_inhabited){ .until = share * district_weight(candidates[i].order) / sum,
                                   .district = candidates[i].district };
}

static bool is_wanted(unsigned province, const unsigned *provinces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (provinces[i] == province) return true;
    return n == 0;
}

/* Millions of people in the wanted provinces. */
static enum padan_status population_of(const unsigned *provinces, size_t n_provinces, double *population,
                                       struct padan_error *error)
{
    for (size_t i = 0; i < n_provinces; i++)
        if (pd_province_find(provinces[i]) == NULL)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "there is no province %02u; give two-digit codes such as 34",
                    provinces[i]);
    *population = 0;
    for (size_t i = 0; i < pd_n_province_facts; i++)
        if (is_wanted(pd_province_facts[i].code, provinces, n_provinces))
            *population += pd_province_facts[i].population;
    return PADAN_OK;
}

enum padan_status pd_places_settle(struct pd_places *places, const struct pd_generate_options *options,
                                   struct padan_error *error)
{
    struct candidate *candidates = NULL;
    double population = 0;
    PD_TRY(population_of(options->provinces, options->n_provinces, &population, error));
    PD_TRY(pd_allocate(&places->inhabited, places->n_districts, sizeof *places->inhabited, error));
    PD_TRY(pd_allocate(&candidates, places->n_districts, sizeof *candidates, error));
    for (size_t begin = 0, end; begin < places->n_districts; begin = end) {
        const unsigned province = province_of(&places->districts[begin]);
        size_t n = 0;
        for (end = begin; end < places->n_districts && province_of(&places->districts[end]) == province; end++)
            if (places->districts[end].n_villages > 0)
                candidates[n++] =
                    (struct candidate){ pd_hash_combine(options->seed, places->districts[end].code), (uint32_t)end };
        if (is_wanted(province, options->provinces, options->n_provinces))
            settle_province(places, candidates, n, pd_province_find(province)->population / population, options);
    }
    pd_free(candidates);
    double sum = 0;
    for (size_t i = 0; i < places->n_inhabited; i++) places->inhabited[i].until = sum += places->inhabited[i].until;
    return PADAN_OK;
}

static uint32_t village_of_district(const struct pd_places *places, uint32_t district, struct pd_random *random)
{
    /* The first villages of a district are its largest. */
    const double point = pd_random_unit(random);
    const struct pd_district *item = &places->districts[district];
    return item->first_village + (uint32_t)((0.4 * point + 0.6 * point * point) * item->n_villages);
}

uint32_t pd_place_draw(const struct pd_places *places, struct pd_random *random)
{
    const double point = pd_random_unit(random);
    size_t low = 0, high = places->n_inhabited - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (places->inhabited[middle].until > point)
            high = middle;
        else
            low = middle + 1;
    }
    return village_of_district(places, places->inhabited[low].district, random);
}

unsigned pd_place_province(const struct pd_places *places, uint32_t village)
{
    return (unsigned)(places->villages[village].code / 100000000u);
}

enum pd_people pd_place_people(const struct pd_places *places, uint32_t village, struct pd_random *random)
{
    const struct pd_province_facts *facts = pd_province_find(pd_place_province(places, village));
    int point = (int)pd_random_below(random, 100);
    int i = 0;
    while (i + 1 < PD_PEOPLES_OF_PROVINCE && facts->peoples[i + 1].percent > 0 && point >= facts->peoples[i].percent)
        point -= facts->peoples[i++].percent;
    return facts->peoples[i].people;
}

uint32_t pd_place_of_birth(const struct pd_places *places, uint32_t village, double home, struct pd_random *random)
{
    const uint32_t district = places->villages[village].district;
    const double point = pd_random_unit(random);
    if (point < home) return district;
    if (point < home + (1 - home) * 0.6) {
        const struct pd_regency *regency = &places->regencies[places->districts[district].regency];
        return regency->first_district + (uint32_t)pd_random_below(random, regency->n_districts);
    }
    if (point < home + (1 - home) * 0.85)
        return places->inhabited[pd_random_below(random, places->n_inhabited)].district;
    return (uint32_t)pd_random_below(random, places->n_districts);
}
