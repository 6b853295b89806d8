/* SPDX-License-Identifier: MIT
 * The test vectors of DOMAIN 1.7 and the damage catalogue 1.5. */
#include "base/date.h"
#include "indonesia/nik.h"

#include <criterion/criterion.h>
#include <inttypes.h>

struct damage {
    const char *text;
    uint64_t number;
    unsigned length;
    uint32_t flags;
};

Test(nik, damaged_text_becomes_digits_and_flags)
{
    static const struct damage cases[] = {
        { "3201014107909001", 3201014107909001, 16, 0 },
        { "'3201015107709001.0 ", 3201015107709001, 16, PD_NIK_FLOAT | PD_NIK_QUOTE },
        { "3201015107709001.0", 3201015107709001, 16, PD_NIK_FLOAT },
        { "32010151077O90O1.0", 3201015107709001, 16, PD_NIK_FLOAT | PD_NIK_LETTER },
        { "3,20102E+15", 320102, 6, PD_NIK_SCI | PD_NIK_LEN },
        { "3.20101E+15", 320101, 6, PD_NIK_SCI | PD_NIK_LEN },
        { "3201 0141 0790 9001", 3201014107909001, 16, PD_NIK_QUOTE },
        { "3201014107909001\xc2\xa0", 3201014107909001, 16, PD_NIK_QUOTE },
        { "\xef\xbb\xbf"
          "3201014107909001",
          3201014107909001, 16, 0 },
        { "3.201.014.107.909.001", 3201014107909001, 16, PD_NIK_QUOTE },
        { "32O1O141O79O9OO1", 3201014107909001, 16, PD_NIK_LETTER },
        { "320l0I4107909001", 3201014107909001, 16, PD_NIK_LETTER },
        { "3201014107909001/SITI", 3201014107909001, 16, PD_NIK_EXTRA },
        { "3201014107909001 3201014107909002", 3201014107909001, 16, PD_NIK_EXTRA | PD_NIK_QUOTE },
        { "NIK: 3201014107909001", 3201014107909001, 16, PD_NIK_EXTRA | PD_NIK_QUOTE },
        { "SITI 3201014107909001", 3201014107909001, 16, PD_NIK_EXTRA | PD_NIK_QUOTE },
        { "NO 3201014107909001 BUDI", 3201014107909001, 16, PD_NIK_EXTRA | PD_NIK_QUOTE },
        { "3201014107909001SITI", 3201014107909001, 16, PD_NIK_EXTRA },
        { "32O10141O79O9O01SITI", 3201014107909001, 16, PD_NIK_EXTRA | PD_NIK_LETTER },
        { "\\3201014107909001", 3201014107909001, 16, PD_NIK_QUOTE },
        { "320101410790901", 320101410790901, 15, PD_NIK_LEN },
        { "32010141079090011", 32010141079090011, 17, PD_NIK_LEN },
        { "", 0, 0, PD_NIK_EMPTY },
        { "-", 0, 0, PD_NIK_EMPTY },
        { "0", 0, 0, PD_NIK_EMPTY },
        { "NULL", 0, 0, PD_NIK_EMPTY },
        { "#N/A", 0, 0, PD_NIK_EMPTY },
        { "TIDAK ADA", 0, 0, PD_NIK_EMPTY },
        { "belum ada", 0, 0, PD_NIK_EMPTY },
        { "xxxx", 0, 0, PD_NIK_EMPTY },
        { "SITI AMINAH", 0, 0, PD_NIK_LEN | PD_NIK_EXTRA },
        { "3201013002909001", 3201013002909001, 16, PD_NIK_DAY },
        { "3201012902009001", 3201012902009001, 16, 0 },
        { "3201012902019001", 3201012902019001, 16, PD_NIK_DAY },
        { "3201011513909001", 3201011513909001, 16, PD_NIK_MON },
        { "3201014107900000", 3201014107900000, 16, PD_NIK_SER },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_nik nik = pd_nik_clean(pd_text_of(cases[i].text));
        cr_expect_eq(nik.number, cases[i].number, "'%s': %" PRIu64, cases[i].text, nik.number);
        cr_expect_eq(nik.length, cases[i].length, "'%s': length %u", cases[i].text, nik.length);
        cr_expect_eq(nik.flags, cases[i].flags, "'%s': flags %x", cases[i].text, nik.flags);
    }
}

Test(nik, invented_numbers_are_dummies)
{
    static const char *const dummies[] = { "1234567890123456", "3201000000000000", "9999999999999999",
                                           "0000000000000000", "1111111111111111", "3201010101900000",
                                           "3201014101909999" };
    for (size_t i = 0; i < sizeof dummies / sizeof *dummies; i++) {
        const struct pd_nik nik = pd_nik_clean(pd_text_of(dummies[i]));
        cr_expect(!pd_nik_usable(nik), "%s", dummies[i]);
        cr_expect((nik.flags & (PD_NIK_DUMMY | PD_NIK_EMPTY)) != 0, "%s", dummies[i]);
    }
    cr_expect(pd_nik_usable(pd_nik_clean(PD_TEXT("3201010101909001"))));
}

Test(nik, fields_are_read_from_the_digits)
{
    const struct pd_nik_fields woman = pd_nik_fields(3201014107909001);
    cr_expect_eq(woman.region, 320101);
    cr_expect_eq(woman.sex, 2);
    cr_expect_eq(woman.day, 1);
    cr_expect_eq(woman.month, 7);
    cr_expect_eq(woman.year, 90);
    cr_expect_eq(woman.serial, 9001);
    cr_expect_eq(pd_nik_fields(3201010101909001).sex, 1);
}

Test(nik, conflicts_with_sex_and_birth_date_are_flags)
{
    const int32_t day = pd_date_from_civil(1990, 1, 1);
    cr_expect_eq(pd_nik_compare(3201010101909001, 1, day, 1990), 0);
    cr_expect_eq(pd_nik_compare(3201010101909001, 2, day, 1990), PD_NIK_SEX);
    cr_expect_eq(pd_nik_compare(3201010101909001, 0, day + 1, 1990), PD_NIK_DATE);
    cr_expect_eq(pd_nik_compare(3201010101909001, 0, PD_DATE_NONE, 1990), 0);
    cr_expect_eq(pd_nik_compare(3201010101909001, 0, PD_DATE_NONE, 1991), PD_NIK_DATE);
}

Test(nik, region_digits_are_checked_against_every_edition)
{
    struct pd_region_index regions;
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_region_index_load(&regions, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(pd_nik_region_flags(3201010101909001, &regions), 0);
    cr_expect_eq(pd_nik_region_flags(9101010101859003, &regions), PD_NIK_OLD_CODE);
    cr_expect_eq(pd_nik_region_flags(9701010101859003, &regions), PD_NIK_BPS_CODE);
    cr_expect_eq(pd_nik_region_flags(9901010101859003, &regions), PD_NIK_PROV | PD_NIK_KAB | PD_NIK_KEC);
    cr_expect_eq(pd_nik_region_flags(3299010101859003, &regions), PD_NIK_KAB | PD_NIK_KEC);
    cr_expect_eq(pd_nik_region_flags(3201990101859003, &regions), PD_NIK_KEC);
    pd_region_index_reset(&regions);
}

Test(nik, family_card_numbers_have_no_plus_forty)
{
    cr_expect(pd_kk_usable(pd_kk_clean(PD_TEXT("3201011208159004"))));
    cr_expect_eq(pd_kk_clean(PD_TEXT("3201015208159004")).flags, PD_NIK_DAY);
    cr_expect(!pd_kk_usable(pd_kk_clean(PD_TEXT("0"))));
    cr_expect(!pd_kk_usable(pd_kk_clean(PD_TEXT("3,20101E+15"))));
}

Test(nik, parts_of_a_birth_date_that_digits_say)
{
    static const struct {
        uint64_t number;
        unsigned sex;
        struct pd_date birth;
        int parts;
    } cases[] = {
        { 3201014101809001, 2, { 1980, 1, 1 }, 3 }, /* day 41: a woman's first */
        { 3201014101809001, 0, { 1980, 1, 1 }, 3 }, /* sex not known */
        { 3201014101809001, 1, { 1980, 1, 1 }, 0 },
        { 3201010203809001, 1, { 1980, 2, 3 }, 1 }, /* swapped: the year alone */
        { 3201010203809001, 1, { 2080, 3, 2 }, 3 }, /* two digits tell no century */
        { 3201010203809001, 1, { 1981, 3, 2 }, 2 },
        { 3201018003809001, 0, { 1980, 3, 2 }, 0 }, /* day 80 makes no sense */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pd_nik_parts_confirmed(cases[i].number, cases[i].sex, cases[i].birth), cases[i].parts, "case %zu",
                     i);
}

Test(nik, one_slip_is_another_digit_or_two_neighbours_swapped)
{
    static const struct {
        const char *what;
        uint64_t a, b;
        bool slip;
    } cases[] = {
        { "the same", UINT64_C(3201022009189002), UINT64_C(3201022009189002), false },
        { "another digit", UINT64_C(3201022009189002), UINT64_C(3201022009169002), true },
        { "the first digit", UINT64_C(3201022009189002), UINT64_C(5201022009189002), true },
        { "neighbours swapped", UINT64_C(3208271706109004), UINT64_C(3208277106109004), true },
        { "the last two swapped", UINT64_C(3201022009189012), UINT64_C(3201022009189021), true },
        { "two digits", UINT64_C(3201022009189002), UINT64_C(3201022009179001), false },
        { "neighbours, but not swapped", UINT64_C(3208271706109004), UINT64_C(3208272606109004), false },
        { "digits apart swapped", UINT64_C(3201022009189002), UINT64_C(3201022009289001), false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(pd_nik_slip(cases[i].a, cases[i].b), cases[i].slip, "%s", cases[i].what);
        cr_expect_eq(pd_nik_slip(cases[i].b, cases[i].a), cases[i].slip, "%s, the other way", cases[i].what);
    }
}
