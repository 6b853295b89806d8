/* SPDX-License-Identifier: MIT
 * Kinds of columns are told by their content; names decide only what must be left out. */
#include <criterion/criterion.h>

#include "auto/kind.h"

static struct pd_profile look(const char *name, const char *const *values, size_t n_distinct)
{
    struct pd_value_counts counts = { 0 };
    struct pd_profile profile = { .name = pd_text_of(name) };
    size_t n = 0;
    for (; values[n] != NULL; n++) pd_value_look(pd_text_of(values[n]), &counts);
    profile.n_filled = n * 10;
    profile.n_distinct = n_distinct;
    profile.fill = 1;
    profile.most_common = .1;
    pd_kind_choose(&counts, n * 10, &profile);
    return profile;
}

Test(kind, a_column_is_told_by_its_content)
{
    static const struct {
        enum pd_kind kind;
        const char *values[7];
        size_t n_distinct;
    } cases[] = {
        { PD_KIND_NAME, { "Brown", "Robertson", "Wheti", "de Jong", NULL }, 30 },
        { PD_KIND_TEXT, { "2424 main st.", "57 w. 58th st.", "800 greenwich st.", NULL }, 30 },
        { PD_KIND_DATE, { "1983-11-06", "1997-03-24", "2001-06-09", NULL }, 30 },
        { PD_KIND_DATE, { "1630-08-01", "1451-11-24", "1789-06-09", NULL }, 30 },
        { PD_KIND_DATE, { "19960122", "19291115", "19920424", NULL }, 30 },
        { PD_KIND_DATE, { "01-03-89", "02/02/92", "04 march 1991", "01 January 1992", "03-Mar-88", NULL }, 30 },
        { PD_KIND_CODE, { "3037", "4870", "4500", "2913", NULL }, 1200 },
        { PD_KIND_CODE, { "310/392-3901", "212/475-9557", "415/776-7766", NULL }, 25 },
        { PD_KIND_CODE, { "DN14 7SH", "S639GU", "YO112SD", NULL }, 25 },
        { PD_KIND_NUMBER, { "1999", "2003", "1987", NULL }, 20 },
        { PD_KIND_NUMBER, { "39.99", "199.00", "5.50", NULL }, 25 },
        { PD_KIND_EMAIL, { "lola@example.org", "h.r@example.com", NULL }, 15 },
        { PD_KIND_SEX, { "F", "1", "Male", "2", "f", NULL }, 5 },
        { PD_KIND_CATEGORY, { "A", "B", "C", NULL }, 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_profile profile = look("c1", cases[i].values, cases[i].n_distinct);
        cr_expect_eq(profile.kind, cases[i].kind, "case %zu: %s", i, pd_kind_name(profile.kind));
    }
}

Test(kind, columns_named_like_the_truth_are_never_used)
{
    static const char *const values[] = { "Brown", "Robertson", "Wheti", NULL };
    static const char *const truths[] = { "label", "Cluster_ID", "entity id", "ground truth", "entity_id" };
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
        cr_expect_eq(look(truths[i], values, 20).kind, PD_KIND_LEFT_OUT, "%s", truths[i]);
    cr_expect_eq(look("surname", values, 20).kind, PD_KIND_NAME);
}

Test(kind, coordinates_have_a_spread_and_prices_have_none)
{
    static const char *const latitudes[] = { "-6.20000", "-7.20000", "-8.20000", NULL };
    static const char *const amounts[] = { "39.99", "199.00", "5.50", NULL };
    static const char *const infinite[] = { "-6.20000", "-7.20000", "1.00000e308", "1.00000e308", NULL };
    static const char *const one_place[] = { "123456.000001", "123456.000002", "123456.000001", NULL };
    const struct pd_profile latitude = look("c1", latitudes, 25);
    cr_expect_eq(latitude.kind, PD_KIND_NUMBER);
    cr_expect_float_eq(latitude.spread, .81650, .0001, "%g", latitude.spread);
    cr_expect_eq(look("c1", amounts, 25).spread, 0);
    cr_expect_eq(look("c1", infinite, 25).spread, 0);
    cr_expect_eq(look("c1", one_place, 25).spread, 0);
}

Test(kind, numbers_are_read_as_people_write_them)
{
    static const struct {
        const char *values[6];
        bool decimal_commas, point_groups, money, is_number;
        double largest;
    } cases[] = {
        { { "0,15", "1,3", "12,25", NULL }, true, false, false, true, 12.25 },
        { { "0,57", "0.57", "1.25", "0,150", NULL }, true, false, false, true, 1.25 },
        { { "1.234,50", "12.345,75", NULL }, true, true, false, true, 12345.75 },
        { { "1,234.50", "12,345.75", NULL }, false, false, false, true, 12345.75 },
        { { "Rp 2.783.000", "Rp. 913.000,-", "1250000", NULL }, false, true, true, true, 2783000 },
        { { "Rp 913.000", "Rp 75.000", NULL }, false, true, true, true, 913 },
        { { "-6.214", "7.101", "12.5", NULL }, false, false, false, true, 12.5 },
        { { "$1,234", "$99", "$12.50", NULL }, false, false, true, true, 1234 },
        { { "€ 1.234,50", "EUR 12,25", NULL }, true, true, true, true, 1234.5 },
        { { "600.000 IDR", "1.250.000,- idr", "75.000IDR", NULL }, false, true, true, true, 1250000 },
        { { "12,50 €", "1.234,5€", "-3,25 EUR", NULL }, true, true, true, true, 1234.5 },
        { { "1,234.50 USD", "12 $", NULL }, false, false, true, true, 1234.5 },
        { { "600.000 IDX", "75.000 IDX", NULL }, false, false, false, false, 0 },
        { { "IDR 600.000 IDR", "Rp EUR", NULL }, false, false, false, false, 0 },
        { { "-6,2145", "-7,1012", NULL }, true, false, false, true, 0 },
        { { "01.02.2003", "1.2.3", "12.34.567", NULL }, false, false, false, false, 0 },
        { { "0812.345.678", "Rp", "1,,2", NULL }, false, false, false, false, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_profile profile = look("c1", cases[i].values, 25);
        cr_expect_eq(profile.kind == PD_KIND_NUMBER, cases[i].is_number, "case %zu", i);
        cr_expect_eq(profile.decimal_commas, cases[i].decimal_commas, "case %zu", i);
        cr_expect_eq(profile.point_groups, cases[i].point_groups, "case %zu", i);
        cr_expect_eq(profile.money, cases[i].money, "case %zu", i);
        cr_expect_float_eq(profile.largest, cases[i].largest, 1e-9, "case %zu: %g", i, profile.largest);
    }
}

Test(kind, identifiers_that_never_repeat_are_left_out)
{
    static const char *const values[] = { "r0001", "r0002", "r0003", NULL };
    cr_expect_eq(look("c1", values, 30).kind, PD_KIND_LEFT_OUT);
    cr_expect_neq(look("c1", values, 29).kind, PD_KIND_LEFT_OUT);
}
