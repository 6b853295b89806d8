/* SPDX-License-Identifier: MIT */
#include "harness.h"

#define CASES(cases) (cases), sizeof(cases) / sizeof *(cases)

Test(evaluate, three_valued_logic)
{
    static const struct test_case cases[] = {
        { "null and false", "false" },
        { "null and true", "NULL" },
        { "null or true", "true" },
        { "null or false", "NULL" },
        { "not null", "NULL" },
        { "null = null", "NULL" },
        { "null is null", "true" },
        { "null is not null", "false" },
        { "true and not false or false", "true" },
        { "not true = false", "true" },
        { "1 in (2, null)", "NULL" },
        { "1 in (1, null)", "true" },
        { "1 not in (2, 3)", "true" },
        { "null in (1)", "NULL" },
        { "umur between 1 and 5", "true" },
        { "umur not between 1 and 5", "false" },
        { "umur between null and 4", "false" },
        { "gone < 1", "NULL" },
        { "gone is null or umur > 60", "true" },
        { "gone = 1 is null", "true" },
        { "case when null then 1 else 2 end", "2" },
        { "case when false then 1 end", "NULL" },
        { "case umur when 4 then 'four' when 5 then 'five' end", "five" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(evaluate, arithmetic_and_its_limits)
{
    static const struct test_case cases[] = {
        { "1 + 2 * 3", "7" },
        { "(1 + 2) * 3", "9" },
        { "7 - 2 - 1", "4" },
        { "5 / 2", "2.5" },
        { "5 / 0", "NULL" },
        { "5 % 3", "2" },
        { "-5 % 3", "-2" },
        { "5 % 0", "NULL" },
        { "5.5 % 2", "1.5" },
        { "- -5", "5" },
        { "+5 - -5", "10" },
        { "9223372036854775807 + 1", "NULL" },
        { "-9223372036854775807 - 2", "NULL" },
        { "1 + 2.5", "3.5" },
        { "null + 1", "NULL" },
        { "1 = 1.0", "true" },
        { ".5 < 1e0", "true" },
        { "sqrt(-1)", "NULL" },
        { "ln(0)", "NULL" },
        { "acos(2)", "NULL" },
        { "date '2020-01-10' + 15", "2020-01-25" },
        { "15 + date '2020-01-10'", "2020-01-25" },
        { "date '2020-01-10' - 10", "2019-12-31" },
        { "date '2020-03-01' - date '2020-02-01'", "29" },
        { "born - '1990-01-01'", "30" },
        { "date '9999-12-31' + 1", "NULL" },
        { "'a' || 'b' || 1 || true", "ab1true" },
        { "'a' || null", "NULL" },
        { "'10' < '9'", "true" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(evaluate, casts)
{
    static const struct test_case cases[] = {
        { "cast('12.5' as int)", "13" },
        { "try_cast('-12.5' as int)", "-13" },
        { "cast(2.5 as int)", "2" },
        { "' 12 '::bigint", "12" },
        { "'1e3'::int", "1000" },
        { "'x'::int", "NULL" },
        { "''::double", "NULL" },
        { "'inf'::double", "NULL" },
        { "'0x10'::int", "NULL" },
        { "'1.5'::double precision", "1.5" },
        { "1::varchar(10) || ''", "1" },
        { "1e20::text", "1e+20" },
        { "0.0001::text", "0.0001" },
        { "0.00001::text", "1e-05" },
        { "123456789.125::text", "123456789.125" },
        { "'yes'::bool", "true" },
        { "'F'::bool", "false" },
        { "2::bool", "true" },
        { "true::int", "1" },
        { "'2020-1-5'::date", "2020-01-05" },
        { "' 2020/01/05 '::date", "2020-01-05" },
        { "'2020-01-05 10:11:12'::date", "2020-01-05" },
        { "'2020-02-30'::date", "NULL" },
        { "'05-01-2020'::date", "NULL" },
        { "'2020-01/05'::date", "NULL" },
        { "'2020-01-05T10:11:12Z'::timestamp", "2020-01-05 10:11:12" },
        { "'2020-01-05 10:11'::timestamp::date", "2020-01-05" },
        { "'2020 1 5'::date", "2020-01-05" },
        { "'2020-01-05 24:00:00'::timestamp", "2020-01-06 00:00:00" },
        { "'2020-01-05 24:00:01'::timestamp", "NULL" },
        { "'2020-01-05 10:11:12+07'::timestamp", "2020-01-05 10:11:12" },
        { "'2020-01-05 10:11:12-0730'::timestamp", "2020-01-05 10:11:12" },
        { "'2020-01-05 10:11:12 UTC'::timestamp", "2020-01-05 10:11:12" },
        { "'2020-01-05 10:11:12+7'::timestamp", "NULL" },
        { "'2020-01-05 10:11+07'::timestamp", "NULL" },
        { "date '2020-01-05'::timestamp", "2020-01-05 00:00:00" },
        { "timestamp '1969-12-31 23:00:00'::date", "1969-12-31" },
        { "dob::date = born", "true" },
        { "seen::date = date '2026-11-23'", "true" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(evaluate, float_is_thirty_two_bits_as_far_as_it_reaches)
{
    static const struct test_case cases[] = {
        { "cast(0.1 as float) = 0.1", "true" },
        { "cast(0.1 as float) = cast(0.1 as double)", "false" },
        { "cast(16777217 as float) = 16777217", "true" },
        { "cast(16777217 as float) = 16777216", "true" },
        { "cast(0.1 as float) + 0.2 <= 0.3", "true" }, /* in 32 bits both sides round to the same number */
        { "abs(cast(0.3 as float)) <= 0.3", "true" },
        { "cast(amount as float) * 1.1", "88.0" },
        { "cast(0.1 as float) in (0.1)", "true" },
        { "case when true then cast(0.1 as float) else 0 end = 0.1", "true" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(evaluate, forms_of_comparison_levels)
{
    static const struct test_case cases[] = {
        { "\"surname_l\" IS NULL OR \"surname_r\" IS NULL", "true" },
        { "(first_name_l is null) or (first_name_r is null)", "false" },
        { "\"nama_l\" = \"nama_r\"", "true" },
        { "surname_l = surname_r", "NULL" },
        { "levenshtein(\"first_name_l\", \"first_name_r\") <= 1", "true" },
        { "LEVENSHTEIN(lower(first_name_l), lower(surname_r)) <= 1", "NULL" },
        { "jaro_winkler_similarity(\"first_name_l\", \"first_name_r\") >= 0.7", "true" },
        { "NULLIF(regexp_extract(\"email_l\", '^[^@]+', 0), '') = NULLIF(regexp_extract(\"email_r\", '^[^@]+', 0), '')",
          "true" },
        { "SUBSTRING(\"nama_l\", 1, 3) = SUBSTR(nama_r, 1, 3)", "true" },
        { "split_part(email_l, '@', 2) = split_part(email_r, '@', 2)", "false" },
        { "\"a_l\" = \"b_r\" AND \"a_r\" = \"b_l\"", "true" },
        { "a_l = 'x' AND a_r = 'y'", "true" },
        { "ABS(EPOCH(try_strptime(\"dob_l\", '%Y-%m-%d')) - EPOCH(try_strptime(\"dob_r\", '%Y-%m-%d'))) <= 86400.0",
          "true" },
        { "try_strptime(\"dob_l\", '%d/%m/%Y') IS NULL", "true" },
        { "abs(date_diff('month', strptime(dob_l, '%Y-%m-%d'), strptime(dob_r, '%Y-%m-%d'))) <= 1", "true" },
        { "born_r - born_l <= 10 and born_r >= born_l", "true" },
        { "ABS(\"amount_l\" - \"amount_r\") <= 20", "true" },
        { "(ABS(\"amount_l\" - \"amount_r\") / (CASE WHEN \"amount_r\" > \"amount_l\" THEN \"amount_r\" ELSE "
          "\"amount_l\" END)) < 0.21",
          "true" },
        { "cast(acos(case when (sin(radians(lat_l)) * sin(radians(lat_r)) + cos(radians(lat_l)) * cos(radians(lat_r)) "
          "* cos(radians(lon_r - lon_l))) > 1 then 1 when (sin(radians(lat_l)) * sin(radians(lat_r))) < -1 then -1 "
          "else (sin(radians(lat_l)) * sin(radians(lat_r)) + cos(radians(lat_l)) * cos(radians(lat_r)) * "
          "cos(radians(lon_r - lon_l))) end) * 6371 as float) <= 120",
          "true" },
        { "array_length(list_intersect(\"names_l\", \"names_r\")) >= 2", "true" },
        { "LEAST(array_length(names_l), array_length(names_r)) <> 0 AND (array_length(list_intersect(names_l, "
          "names_r))) = LEAST(array_length(names_l), array_length(names_r))",
          "true" },
        { "list_max(list_transform(flatten(list_transform(names_l, x -> list_transform(names_r, y -> [x,y]))), pair -> "
          "jaro_winkler_similarity(pair[1], pair[2]))) >= 1",
          "true" },
        { "list_min(list_transform(flatten(list_transform(\"names_l\", lambda x: list_transform(\"names_r\", lambda y: "
          "[x,y]))), lambda pair: levenshtein(pair[1], pair[2])))",
          "0" },
        { "array_max(array_transform(flatten(array_transform(none_l, a -> array_transform(none_r, b -> [a, b]))), p -> "
          "levenshtein(p[1], p[2])))",
          "NULL" },
        { "names_l[1] = names_r[-1]", "true" },
        { "list_extract(names_l, 1) = array_element(names_r, -1)", "true" },
        { "names_l[9] is null and names_l[0] is null", "true" },
        { "place_l['lat'] = place_r['lat']", "true" },
        { "NOT (a_l = a_r)", "true" },
        { "(a_l = b_r) OR (a_l = a_r)", "true" },
        { "jaro_winkler_similarity(a_l, b_r) + jaro_winkler_similarity(b_l, a_r) >= 1.8", "true" },
        { "substr(\"Full name_l\", 1, 4) = \"Full name_r\"", "true" },
        { "1=1 -- always", "true" },
        { "/* all */ 1 /* and */ = /**/ 1", "true" },
        { "names_l = names_r", "false" },
        { "a_l <> '\\'", "true" },
    };
    test_cases(CASES(cases), PD_MODE_LEVEL);
}

#define SPARK_MOMENT "yyyy-MM-dd\\'T\\'HH:mm:ssXXX"
/* Names in backticks say that a condition is Spark's: lists count from 0, and a backslash stands before a quote. */
Test(evaluate, forms_of_spark)
{
    static const struct test_case cases[] = {
        { "`names_l`[0] = 'siti'", "true" },
        { "`names_r`[1] = 'rahayu'", "true" },
        { "element_at(`names_l`, -1) = element_at(`names_r`, 1)", "true" },
        { "try_element_at(`names_l`, 9) IS NULL", "true" },
        { "`a_l` = 'x' AND try_to_timestamp('2020-01-01T07:00:00+07:00', '" SPARK_MOMENT
          "') = try_to_timestamp('2020-01-01T00:00:00Z', '" SPARK_MOMENT "')",
          "true" },
        { "`a_l` = 'x' AND try_to_timestamp('2020-01-01T07:00:00', '" SPARK_MOMENT "') IS NULL", "true" },
        { "`a_l` <> 'o\\'neil'", "true" },
        { "ABS(UNIX_TIMESTAMP(try_to_timestamp(`dob_l`, 'yyyy-MM-dd')) - UNIX_TIMESTAMP(try_to_timestamp(`dob_r`, "
          "'yyyy-MM-dd'))) <= 86400",
          "true" },
    };
    test_cases(CASES(cases), PD_MODE_LEVEL);
}

Test(evaluate, forms_of_blocking_rules)
{
    static const struct test_case cases[] = {
        { "l.\"nama\" = r.\"nama\"", "true" },
        { "(l.nama = r.nama) AND (substr(l.first_name, 1, 1) = substr(r.first_name,1,1))", "true" },
        { "l.nama = r.nama and levenshtein(r.dob::VARCHAR, l.dob::VARCHAR) <= 3", "true" },
        { "len(l.nama) > 2", "true" },
        { "l.amount/r.amount > .7", "true" },
        { "round(l.amount/2,0)*2", "80.0" },
        { "strftime(l.born, '%Y%m')", "199001" },
        { "l.born + 10 = r.born", "true" },
        { "yearweek(l.born)", "199005" },
        { "l.names[1] = r.names[3]", "true" },
        { "l.a = r.b or l.b = r.b", "true" },
        { "r.\"Full name\" || initial(l.a)", "Sitix." },
    };
    test_cases(CASES(cases), PD_MODE_RULE);
}

Test(evaluate, types_that_do_not_go_together_are_refused)
{
    static const struct test_case cases[] = {
        { "dob = born", "error: model: text and date do not go together in <dob = born>; write a CAST" },
        { "umur = a", "error: model: integer and text do not go together in <umur = a>; write a CAST" },
        { "umur = 'x'", "error: model: <'x'> is no integer" },
        { "born > 'soon'", "error: model: <'soon'> is no date" },
        { "umur and true", "error: model: <umur> is a value of type integer, wanted: a condition" },
        { "a + 1", "error: model: <a> is a value of type text, wanted: a number" },
        { "seen - seen", "error: model: <seen> is a value of type timestamp, wanted: a number" },
        { "lower(umur)", "error: model: lower does not take (integer), in <lower(umur)>; write a CAST" },
        { "Nama = 'x'", "error: model: there is no column \"Nama\"; there is \"nama\"" },
        { "\"Full_name\" = 'x'", "error: model: there is no column \"Full_name\"; there is \"Full name\"" },
        { "nik = 'x'", "error: model: there is no column \"nik\" (in <nik>)" },
        { "names::text", "error: model: list of texts and text do not go together in <names::text>; write a CAST" },
        { "names || 'x'", "error: model: <names> is a value of type list of texts, wanted: a text" },
        { "case when 1 then 2 end", "error: model: <1> is a value of type integer, wanted: a condition" },
        { "case when true then born else 1 end",
          "error: model: date and integer do not go together in <case when true then born else 1 end>; write a CAST" },
        { "umur = '5'", "true" },
        { "born < '1990-02-01'", "true" },
        { "born in ('1990-01-31', '1991-01-01')", "true" },
        { "seen > '2026-11-23'", "true" },
        { "alive = 'true'", "true" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

struct other_columns {
    enum pd_type type;
};

static int find_any(const void *context, struct pd_text name, enum pd_type *type)
{
    (void)name;
    *type = ((const struct other_columns *)context)->type;
    return 0;
}

Test(evaluate, a_tree_can_be_bound_again_to_other_types)
{
    struct pd_arena arena = { 0 };
    struct pd_expression *tree = NULL;
    cr_assert_eq(pd_expression_parse(&arena, PD_TEXT("x = '2020-01-02'"), PD_MODE_ROW, &test_set, "rule", &tree, NULL),
                 PADAN_OK);
    const enum pd_type types[] = { PD_TYPE_DATE, PD_TYPE_TEXT, PD_TYPE_TIMESTAMP, PD_TYPE_TEXT };
    for (size_t i = 0; i < 4; i++) {
        const struct other_columns columns = { types[i] };
        const struct pd_column_resolver resolver = { find_any, &columns };
        cr_assert_eq(pd_expression_bind(tree, &resolver, "rule", NULL), PADAN_OK);
        cr_expect_eq(tree->children[1]->type, types[i]);
        cr_expect_eq(tree->children[1]->literal.type, PD_TYPE_TEXT);
    }
    pd_arena_reset(&arena);
}
