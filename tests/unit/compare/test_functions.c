/* SPDX-License-Identifier: MIT
 * The registered functions, called as the interpreter calls them. */
#include "compare/functions.h"

#include "base/date.h"

#include <criterion/criterion.h>

static const struct pd_function *function_of(const char *name)
{
    for (const struct pd_function *f = pd_compare_functions; f->name != NULL; f++)
        if (strcmp(f->name, name) == 0) return f;
    return NULL;
}

static struct pd_value text(const char *string)
{
    return (struct pd_value){ .type = PD_TYPE_TEXT, .text = pd_text_of(string) };
}

static struct pd_value integer(enum pd_type type, int64_t number)
{
    return (struct pd_value){ .type = type, .integer = number };
}

static struct pd_value call(const char *name, struct pd_value a, struct pd_value b)
{
    const struct pd_value arguments[2] = { a, b };
    char scratch[PD_FUNCTION_SCRATCH];
    const struct pd_function *const function = function_of(name);
    cr_assert_not_null(function, "%s", name);
    const struct pd_value value = function->evaluate(arguments, 2, scratch);
    cr_assert_eq(value.type, function->result, "%s", name);
    return value;
}

Test(compare_functions, give_the_values_of_the_metrics)
{
    cr_assert_eq(call("levenshtein", text("kitten"), text("sitting")).integer, 3);
    cr_assert_eq(call("damerau_levenshtein", text("CA"), text("ABC")).integer, 2);
    cr_assert_eq(call("osa_distance", text("CA"), text("ABC")).integer, 3);
    cr_assert_eq(call("hamming", text("ABC"), text("AXC")).integer, 1);
    cr_assert(call("hamming", text("ABC"), text("AB")).null);
    cr_assert_float_eq(call("jaro_winkler_similarity", text("MARTHA"), text("MARHTA")).real, 0.9611111, 1e-6);
    cr_assert_float_eq(call("jaro_similarity", text("DWAYNE"), text("DUANE")).real, 0.8222222, 1e-6);
    cr_assert_float_eq(call("jaccard", text("duck"), text("luck")).real, 0.6, 1e-12);
    cr_assert_float_eq(call("qgram_similarity", text("NIGHT"), text("NACHT")).real, 0.25, 1e-12);
    cr_assert_eq(call("name_similarity", text("SITI AMINAH"), text("AMINAH SITI")).real, 1.0);
    cr_assert_eq(call("nik_relation", text("3201014107909001"), text("3201014107909002")).integer, 3);
    cr_assert_eq(call("nik_relation", text("TIDAK ADA"), text("TIDAK ADA")).integer, 0);
    cr_assert_eq(call("nik_relation", text("TIDAK ADA"), text("3201014107909001")).integer, 11);
    cr_assert_eq(call("date_relation", integer(PD_TYPE_DATE, pd_date_from_civil(1990, 8, 7)),
                      integer(PD_TYPE_DATE, pd_date_from_civil(1990, 7, 8)))
                     .integer,
                 1);
    cr_assert_eq(call("region_proximity", integer(PD_TYPE_INT, 3201012001), text("3201012002")).integer, 3);
    cr_assert_eq(call("address_similarity", text("JL MAWAR NO 5"), text("JLN. MAWAR 5")).real > 0.4, 1);
}

Test(compare_functions, compare_vectors_by_angle)
{
    struct pd_value left[2] = { { .type = PD_TYPE_DOUBLE, .real = 1 }, { .type = PD_TYPE_DOUBLE, .real = 0 } };
    struct pd_value right[2] = { { .type = PD_TYPE_DOUBLE, .real = 3 }, { .type = PD_TYPE_DOUBLE, .real = 4 } };
    struct pd_value a = { .type = PD_TYPE_DOUBLE_LIST, .list = { left, 2 } };
    struct pd_value b = { .type = PD_TYPE_DOUBLE_LIST, .list = { right, 2 } };
    cr_assert_float_eq(call("array_cosine_similarity", a, b).real, 0.6, 1e-12);
    left[0].real = 0;
    cr_assert_eq(call("array_cosine_similarity", a, b).real, -1, "all zeros");
    b.list.n_items = 1;
    cr_assert(call("array_cosine_similarity", a, b).null, "lengths differ");
    b.list.n_items = 2;
    right[0].null = true;
    cr_assert(call("array_cosine_similarity", a, b).null, "an item is NULL");
}

Test(compare_functions, say_which_types_they_take)
{
    const enum pd_type dates[2] = { PD_TYPE_DATE, PD_TYPE_NULL }, texts[2] = { PD_TYPE_TEXT, PD_TYPE_INT };
    cr_assert(function_of("date_relation")->accepts(dates, 2));
    cr_assert_not(function_of("date_relation")->accepts(texts, 2));
    cr_assert(function_of("region_proximity")->accepts(texts, 2));
    cr_assert_not(function_of("region_proximity")->accepts(dates, 2));
    for (const struct pd_function *f = pd_compare_functions; f->name != NULL; f++) {
        cr_assert(f->symmetric && f->min_arguments == 2, "%s", f->name);
        for (const char *letter = f->name; *letter; letter++)
            cr_assert((*letter >= 'a' && *letter <= 'z') || *letter == '_', "%s", f->name);
    }
}
