/* SPDX-License-Identifier: MIT */
#include "base/delimited.h"

#include <criterion/criterion.h>

static void expect_field(const struct pd_delimited *reader, size_t index, const char *wanted)
{
    cr_expect(pd_text_equal(reader->fields[index], pd_text_of(wanted)), "field %zu: got <%.*s>, wanted <%s>", index,
              PD_TEXT_ARGS(reader->fields[index]), wanted);
}

Test(delimited, rows_quotes_comments_and_line_ends_are_read)
{
    const struct pd_text content =
        PD_TEXT("\xEF\xBB\xBF# source: klaten\r\n#\nkode,nama\r\n3310,\"KLATEN, \"\"kota\"\"\"\r\n"
                "\n\"a\nb\",\n,last");
    struct pd_delimited reader;
    bool more = false;
    cr_assert_eq(pd_delimited_open(&reader, content, ',', "data.csv", NULL), PADAN_OK);
    cr_expect(reader.n_header == 2 && pd_text_equal(reader.header[1], PD_TEXT("nama")));
    size_t index = 9;
    cr_expect_eq(pd_delimited_column(&reader, "nama", &index, NULL), PADAN_OK);
    cr_expect_eq(index, 1);
    cr_assert_eq(pd_delimited_next(&reader, &more, NULL), PADAN_OK);
    expect_field(&reader, 0, "3310");
    expect_field(&reader, 1, "KLATEN, \"kota\"");
    cr_expect_eq(reader.line, 4);
    cr_assert_eq(pd_delimited_next(&reader, &more, NULL), PADAN_OK);
    expect_field(&reader, 0, "a\nb");
    expect_field(&reader, 1, "");
    cr_expect_eq(reader.line, 6);
    cr_assert_eq(pd_delimited_next(&reader, &more, NULL), PADAN_OK);
    expect_field(&reader, 1, "last");
    cr_expect_eq(reader.line, 8);
    cr_assert_eq(pd_delimited_next(&reader, &more, NULL), PADAN_OK);
    cr_expect(!more);
    pd_delimited_reset(&reader);
}

Test(delimited, errors_name_file_and_line)
{
    static const struct {
        const char *content, *message;
    } cases[] = {
        { "", "data.csv: has no header row" },
        { "# only\n", "data.csv: has no header row" },
        { "a,b\n1,2,3\n", "data.csv:2: the row has 3 fields, the header has 2" },
        { "a,b\n1,2\n\"x,2\n", "data.csv: the quote opened in line 3" },
        { "a,b\n\"x\"y,2\n", "data.csv:2: text after a closing quote" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_delimited reader;
        struct padan_error error = { 0 };
        bool more = true;
        enum padan_status status = pd_delimited_open(&reader, pd_text_of(cases[i].content), ',', "data.csv", &error);
        while (status == PADAN_OK && more) status = pd_delimited_next(&reader, &more, &error);
        cr_expect_eq(status, PADAN_BAD_ARGUMENT, "%s", cases[i].content);
        cr_expect(strstr(error.message, cases[i].message) != NULL, "%s: <%s>", cases[i].content, error.message);
        pd_delimited_reset(&reader);
    }
}

Test(delimited, other_delimiters_and_missing_columns)
{
    struct pd_delimited reader;
    struct padan_error error = { 0 };
    bool more = false;
    cr_assert_eq(pd_delimited_open(&reader, PD_TEXT("a\tb\n1\t2,3\n"), '\t', "data.tsv", NULL), PADAN_OK);
    cr_assert_eq(pd_delimited_next(&reader, &more, NULL), PADAN_OK);
    expect_field(&reader, 1, "2,3");
    size_t index = 0;
    cr_expect_eq(pd_delimited_column(&reader, "c", &index, &error), PADAN_BAD_ARGUMENT);
    cr_expect(strstr(error.message, "data.tsv") != NULL && strstr(error.message, "\"c\"") != NULL);
    pd_delimited_reset(&reader);
}
