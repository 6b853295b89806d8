/* SPDX-License-Identifier: MIT */
#include "indonesia/region.h"

#include <criterion/criterion.h>
#include <inttypes.h>

static struct pd_region_index regions;

static void load(void)
{
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_region_index_load(&regions, &error), PADAN_OK, "%s", error.message);
}

static void unload(void)
{
    pd_region_index_reset(&regions);
}

TestSuite(region, .init = load, .fini = unload);

Test(region, codes_are_found_and_climb_to_their_parents)
{
    cr_expect_eq(regions.n_regions, 91599);
    const struct pd_region *village = pd_region_find(&regions, 1101012001);
    cr_assert_not_null(village);
    cr_expect(pd_text_equal(village->name, PD_TEXT("Keude Bakongan")));
    cr_expect_null(pd_region_find(&regions, 9101));
    cr_expect_eq(pd_region_parent(1101012001), 110101);
    cr_expect_eq(pd_region_at_level(1101012001, PD_REGION_REGENCY), 1101);
    cr_expect_eq(pd_region_at_level(1101, PD_REGION_VILLAGE), 0);
    for (size_t i = 0; i < regions.n_regions; i++)
        cr_assert_eq(pd_region_find(&regions, regions.regions[i].code), &regions.regions[i]);
}

Test(region, codes_are_read_from_any_spelling)
{
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("32.01.01.2003")), 3201012003);
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("'3201012003 ")), 3201012003);
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("3201.0")), 3201);
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("32.01")), 3201);
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("BOGOR")), 0);
    cr_expect_eq(pd_region_code_of_text(PD_TEXT("")), 0);
}

Test(region, old_codes_become_new_ones)
{
    static const uint64_t pairs[][2] = { { 9101, 9301 }, { 9104, 9401 },     { 9201, 9601 }, { 6473, 6571 },
                                         { 7325, 7601 }, { 910101, 930101 }, { 3201, 3201 }, { 9101012001, 9301012001 },
                                         { 9199, 91 },   { 320199, 3201 },   { 99, 0 },      { 5, 0 } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool was_old = false;
        const uint64_t code = pd_region_modern(&regions, pairs[i][0], &was_old);
        if (pairs[i][0] == 9101012001)
            cr_expect_eq(pd_region_at_level(code, PD_REGION_DISTRICT), 930101, "%" PRIu64, code);
        else
            cr_expect_eq(code, pairs[i][1], "%" PRIu64 " -> %" PRIu64, pairs[i][0], code);
    }
    bool was_old = false;
    (void)pd_region_modern(&regions, 9101, &was_old);
    cr_expect(was_old);
}

Test(region, bps_codes_are_translated)
{
    cr_expect_eq(pd_region_of_bps(&regions, 94), 91);
    cr_expect_eq(pd_region_of_bps(&regions, 91), 92);
    cr_expect_eq(pd_region_of_bps(&regions, 97), 95);
    cr_expect_eq(pd_region_of_bps(&regions, 1101), 1109);
    cr_expect_eq(pd_region_of_bps(&regions, 1101010), 110907);
    cr_expect_eq(pd_region_of_bps(&regions, 1101010001), 110907);
    cr_expect(pd_region_is_bps(&regions, 1101010001));
    cr_expect(!pd_region_is_bps(&regions, 3201012003));
}

struct place {
    const char *province, *regency, *district, *village;
    uint64_t code;
};

Test(region, names_are_resolved_top_down)
{
    static const struct place places[] = {
        { "JAWA BARAT", "KAB. BOGOR", "", "", 3201 },
        { "JABAR", "KOTA BOGOR", "", "", 3271 },
        { "JAWA BARAT", "BOGOR", "", "", 32 },
        { "JAWA BARAT", "BOGOR", "CIBINONG", "", 320101 },
        { "Prov. Jawa Barat", "Kabupaten Bogor", "Kec. Cibinong", "", 320101 },
        { "DKI JAKARTA", "JAKARTA SELATAN", "", "", 3174 },
        { "", "KOTABARU", "", "", 6302 },
        { "SULUT", "GORONTALO", "", "", 75 },
        { "JAWA BARAT", "SERANG", "", "", 36 },
        { "", "SERANG", "", "", 36 },
        { "NAD", "ACEH SELATAN", "BAKONGAN", "KEUDEBAKONGAN", 1101012001 },
        { "", "ACEH SELATAN", "", "GAMPONG KEUDE BAKONGAN", 1101012001 },
        { "PAPUA", "MERAUKE", "", "", 9301 },
        { "", "", "", "SIDOMULYO", 0 },
        { "ATLANTIS", "UTOPIA", "", "", 0 },
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct pd_region_names names = { pd_text_of(places[i].province), pd_text_of(places[i].regency),
                                               pd_text_of(places[i].district), pd_text_of(places[i].village) };
        const uint64_t code = pd_region_resolve(&regions, &names, 0);
        cr_expect_eq(code, places[i].code, "%s/%s/%s/%s: %" PRIu64, places[i].province, places[i].regency,
                     places[i].district, places[i].village, code);
    }
    const struct pd_region_names village = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, PD_TEXT("KEUDE BAKONGAN") };
    cr_expect_eq(pd_region_resolve(&regions, &village, 110101), 1101012001);
}

Test(region, nearly_every_village_is_found_by_its_own_names)
{
    size_t n_villages = 0;
    size_t n_found = 0;
    for (size_t i = 0; i < regions.n_regions; i++) {
        const uint64_t code = regions.regions[i].code;
        if (pd_region_level(code) != PD_REGION_VILLAGE) continue;
        const struct pd_region_names names = { pd_region_find(&regions, code / 100000000)->name,
                                               pd_region_find(&regions, code / 1000000)->name,
                                               pd_region_find(&regions, code / 10000)->name, regions.regions[i].name };
        n_villages++;
        n_found += pd_region_resolve(&regions, &names, 0) == code;
    }
    cr_expect_gt(n_found, n_villages * 998 / 1000, "%zu of %zu", n_found, n_villages);
}

Test(region, codes_are_written_with_dots)
{
    struct pd_buffer buffer = { 0 };
    pd_region_append_dotted(&buffer, 3201012003);
    pd_append_byte(&buffer, ' ');
    pd_region_append_dotted(&buffer, 3201);
    pd_append_byte(&buffer, ' ');
    pd_region_append_dotted(&buffer, 0);
    cr_expect(pd_text_equal((struct pd_text){ buffer.data, buffer.length }, PD_TEXT("32.01.01.2003 32.01 ")));
    pd_buffer_reset(&buffer);
}

Test(region, a_dotted_code_has_the_digits_of_the_code_in_their_places)
{
    static const uint64_t codes[] = { 11, 94, 1101, 3273, 110101, 327331, 1101012001, 3273311009, 9999999999 };
    static const char *const wanted[] = { "11",           "94",       "11.01",         "32.73",
                                          "11.01.01",     "32.73.31", "11.01.01.2001", "32.73.31.1009",
                                          "99.99.99.9999" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct pd_buffer buffer = { 0 };
        pd_region_append_dotted(&buffer, codes[i]);
        cr_assert_eq(buffer.length, strlen(wanted[i]), "%s", wanted[i]);
        cr_assert_eq(memcmp(buffer.data, wanted[i], buffer.length), 0, "%s", wanted[i]);
        pd_buffer_reset(&buffer);
    }
}
