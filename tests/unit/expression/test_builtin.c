/* SPDX-License-Identifier: MIT
 * Expected values are DuckDB's. */
#include "harness.h"

#define CASES(cases) (cases), sizeof(cases) / sizeof *(cases)

Test(builtin, text)
{
    static const struct test_case cases[] = {
        { "lower('ÀÉ ABC Ж')", "àé abc ж" },
        { "upper('éñ x ž')", "ÉÑ X Ž" },
        { "upper('\xc3')", "\xc3" },
        { "upper('nguyễn ÿ ς ß ﬁ 😀')", "NGUYỄN Ÿ Σ ẞ ﬁ 😀" },
        { "lower('NGUYỄN Ǆ İ ẞ Ⱥ Ⅷ Ἀ 日')", "nguyễn ǆ i ß ⱥ ⅷ ἀ 日" },
        { "strip_accents('Nguyễn Đỗ Łódź ß ơ')", "Nguyen Đo Łodz ß o" },
        { "strip_accents(null)", "NULL" },
        { "trim('  a ')", "a" },
        { "trim('xxaxx', 'x')", "a" },
        { "ltrim('ßa', 'é')", "ßa" },
        { "trim('éxaéx', 'xé')", "a" },
        { "rtrim('日é日', '日')", "日é" },
        { "trim(' a', '')", " a" },
        { "ltrim(' a ') || '|'", "a |" },
        { "rtrim(' a ') || '|'", " a|" },
        { "length('é')", "1" },
        { "strlen('é')", "2" },
        { "len(names)", "2" },
        { "substr('abcdef', 0, 2)", "a" },
        { "substr('abcdef', -3, 2)", "de" },
        { "substr('abcdef', -10, 6)", "ab" },
        { "substr('abcdef', 2, -1)", "a" },
        { "substr('abcdef', 4, -2)", "bc" },
        { "substr('aéîo', 2, 2)", "éî" },
        { "substr('abc', 3)", "c" },
        { "substr('abc', 9223372036854775807, 9223372036854775807)", "" },
        { "'aéc'[2]", "é" },
        { "'abc'[-1]", "c" },
        { "left('abc', -1)", "ab" },
        { "left('abc', 9)", "abc" },
        { "right('abc', 2)", "bc" },
        { "right('abc', -1)", "bc" },
        { "right('abc', 0)", "" },
        { "split_part('a@b', '@', -1)", "b" },
        { "split_part('a@b', '@', 0)", "" },
        { "split_part('a@b', '@', 5)", "" },
        { "split_part('a--b-', '--', 2)", "b-" },
        { "split_part('ab', '', 2)", "b" },
        { "concat('a', null, 1)", "a1" },
        { "concat_ws(' ', 'a', null, 'b')", "a b" },
        { "replace('aab', 'a', 'xx')", "xxxxb" },
        { "replace('aab', '', 'x')", "aab" },
        { "replace('aab', 'a', '')", "b" },
        { "reverse('abé')", "éba" },
        { "starts_with('abc', 'ab')", "true" },
        { "suffix('abc', 'bc')", "true" },
        { "contains('abc', 'b')", "true" },
        { "contains(names, 'siti')", "true" },
        { "instr('éc', 'c')", "2" },
        { "lower(null)", "NULL" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(builtin, long_texts_are_not_cut)
{
    char sql[9000] = "length(upper('";
    for (int i = 0; i < 5000; i++) strcat(sql, "x");
    strcat(sql, "'))");
    char value[32];
    test_value(sql, PD_MODE_ROW, value, sizeof value);
    cr_expect_str_eq(value, "5000");
}

Test(builtin, numbers_and_choices)
{
    static const struct test_case cases[] = {
        { "abs(-5)", "5" },
        { "abs(-5.5)", "5.5" },
        { "sign(-2.5)", "-1" },
        { "round(2.5)", "3.0" },
        { "round(-2.5)", "-3.0" },
        { "round(2.345, 2)", "2.35" },
        { "round(25, -1)", "30" },
        { "round(7)", "7" },
        { "floor(2.5)", "2.0" },
        { "floor(2)", "2.0" },
        { "ceil(-2.5)", "-2.0" },
        { "log(100)", "2.0" },
        { "power(2, 10)", "1024.0" },
        { "round(degrees(pi()))", "180.0" },
        { "round(atan2(1, 1) * 4, 4)", "3.1416" },
        { "greatest(1, null, 3)", "3" },
        { "least(null, 2.5, 3)", "2.5" },
        { "greatest('a', 'b')", "b" },
        { "coalesce(null, 1, 2.5)", "1.0" },
        { "coalesce(null, null)", "NULL" },
        { "ifnull(gone, 7)", "7.0" },
        { "nullif('a', '')", "a" },
        { "nullif('', '')", "NULL" },
        { "nullif(1, 1.0)", "NULL" },
        { "nullif(null, 1)", "NULL" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(builtin, dates)
{
    static const struct test_case cases[] = {
        { "strptime('2/3/1999', '%d/%m/%Y')", "1999-03-02 00:00:00" },
        { "try_strptime('31/02/1999', '%d/%m/%Y')", "NULL" },
        { "try_strptime('1999-02-03 ', '%Y-%m-%d')", "1999-02-03 00:00:00" },
        { "try_strptime('68-2-3', '%y-%m-%d')", "2068-02-03 00:00:00" },
        { "try_strptime('69-2-3', '%y-%m-%d')", "1969-02-03 00:00:00" },
        { "try_strptime('3 february 1999', '%d %B %Y')", "1999-02-03 00:00:00" },
        { "try_strptime('3 Feb 1999', '%d %b %Y')", "1999-02-03 00:00:00" },
        { "try_strptime('19990203', '%Y%m%d')", "1999-02-03 00:00:00" },
        { "try_strptime('1999-02-03 5:06 PM', '%Y-%m-%d %I:%M %p')", "1999-02-03 17:06:00" },
        { "try_strptime('12:06 AM 100%', '%I:%M %p 100%%')", "1900-01-01 00:06:00" },
        { "try_strptime('1999-060', '%Y-%j')", "1999-03-01 00:00:00" },
        { "try_strptime('', '%Y-%m-%d')", "NULL" },
        { "try_strptime('1999', '%Q')", "NULL" },
        { "try_strptime('1999-02-03x', '%Y-%m-%d')", "NULL" },
        { "strftime(date '1999-02-03', '%Y%m %d %j %b %B %a %A %y %-d %-m %H:%M:%S %I %p %%')",
          "199902 03 034 Feb February Wed Wednesday 99 3 2 00:00:00 12 AM %" },
        { "strftime('%Y', date '1999-02-03')", "1999" },
        { "strftime(born, '%Q')", "NULL" },
        { "epoch(date '2020-01-02')", "1577923200.0" },
        { "date_diff('month', date '2020-01-31', date '2020-02-01')", "1" },
        { "date_diff('year', date '2020-12-31', timestamp '2021-01-01')", "1" },
        { "date_diff('week', date '2020-01-05', date '2020-01-06')", "0" },
        { "date_diff('week', date '2020-02-29', date '2020-01-01')", "-8" },
        { "date_diff('week', date '1969-12-25', date '1970-01-01')", "1" },
        { "date_diff('hour', timestamp '2020-01-01 00:59', timestamp '2020-01-01 01:00')", "1" },
        { "datediff('day', date '2020-01-02', date '2020-01-01')", "-1" },
        { "date_diff('century', date '2020-01-02', date '2020-01-01')", "NULL" },
        { "year(born) * 10000 + month(born) * 100 + day(born)", "19900131" },
        { "date_part('quarter', born)", "1" },
        { "yearweek(date '2021-01-01')", "202053" },
        { "week(date '2021-01-01')", "53" },
        { "dayofyear(date '2021-02-01')", "32" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(builtin, lists)
{
    static const struct test_case cases[] = {
        { "array_length(list_intersect(names, string_split('x,siti,siti', ',')))", "1" },
        { "array_length(list_distinct(string_split('a b a', ' ')))", "2" },
        { "list_contains(names, 'aminah')", "true" },
        { "list_max(names)", "siti" },
        { "list_min(names)", "aminah" },
        { "array_to_string(list_sort(string_split('siti nur aminah', ' ')), '-')", "aminah-nur-siti" },
        { "array_to_string(list_sort(names), '')", "aminahsiti" },
        { "array_to_string(string_split('', ' '), ' ')", "" },
        { "array_to_string(gaps, '-')", "b-a" },
        { "array_to_string(list_sort(gaps), '-')", "a-b" },
        { "list_sort(gaps)[1]", "a" },
        { "list_sort(gaps)[3]", "NULL" },
        { "array_to_string(holes, '-')", "NULL" },
        { "array_to_string(names, 1)",
          "error: model: array_to_string does not take (list of texts, integer), in <array_to_string(names, 1)>; write "
          "a CAST" },
        { "string_split('a,b', ',')", "list of 2" },
        { "string_split('', ',')", "list of 1" },
        { "string_split('a,', ',')[2]", "" },
        { "string_split('aéb', '')[2]", "é" },
        { "array_length(none)", "NULL" },
        { "list_contains(names, 1)",
          "error: model: list_contains does not take (list of texts, integer), in <list_contains(names, 1)>; write a "
          "CAST" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}

Test(builtin, patterns)
{
    static const struct test_case cases[] = {
        { "regexp_extract('abc123', '[0-9]+')", "123" },
        { "regexp_extract('abc', '[0-9]+', 0)", "" },
        { "regexp_extract('abc', '([0-9]+)?c', 1)", "" },
        { "regexp_extract('abc', '(b)(c)', 2)", "c" },
        { "regexp_extract('abc', 'B', 0, 'i')", "b" },
        { "regexp_extract(null, 'b')", "NULL" },
        { "regexp_replace('abab', '(a)b', 'x\\1')", "xaab" },
        { "regexp_replace('abab', '(a)b', 'x\\1y', 'g')", "xayxay" },
        { "regexp_replace('abé', '', '-', 'g')", "-a-b-é-" },
        { "regexp_replace('baac', 'a*', 'x', 'g')", "xbxcx" },
        { "regexp_replace('aab', 'a|b*', 'x', 'g')", "xxx" },
        { "regexp_replace('a b', ' ', '\\1')", "error: model: the pattern < > has no group 1 for the replacement" },
        { "regexp_replace('abc', 'x', 'y')", "abc" },
        { "regexp_matches('abc', 'b')", "true" },
        { "regexp_full_match('abc', 'b')", "false" },
        { "regexp_full_match('abc', 'A.C', 'i')", "true" },
        { "regexp_extract('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '(a+)+b')", "" },
        { "regexp_extract('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac', '(a+)+(b|d)')", "NULL" },
    };
    test_cases(CASES(cases), PD_MODE_ROW);
}
