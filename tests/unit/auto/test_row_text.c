/* SPDX-License-Identifier: MIT
 * All texts of a row are one where texts of many words are what rows are told by. */
#include <criterion/criterion.h>

#include "auto/comparisons.h"
#include "auto/row_text.h"

static struct pd_profile profile_of(const char *name, enum pd_kind kind, double words, double same)
{
    return (struct pd_profile){ .name = pd_text_of(name),
                                .kind = kind,
                                .mean_words = words,
                                .fill = 1,
                                .same = same,
                                .n_filled = 1000,
                                .n_distinct = 900,
                                .letters = 1 };
}

static const struct pd_table no_columns = { .n_columns = 0 };

Test(row_text, is_made_where_texts_tell_most)
{
    struct pd_profile list[4] = { profile_of("name", PD_KIND_TEXT, 8, .001), profile_of("maker", PD_KIND_NAME, 1, .05),
                                  profile_of("price", PD_KIND_NUMBER, 1, .1) };
    struct pd_profiles profiles = { .columns = list, .n_columns = 3 };
    struct pd_buffer out = { 0 };
    pd_auto_row_text(&no_columns, &profiles);
    cr_assert(pd_auto_has_row_text(&profiles) && profiles.by_row);
    cr_expect(list[0].in_row && list[1].in_row && !list[2].in_row);
    pd_append_value(&out, &list[3], PD_FORM_LEVEL_LEFT);
    cr_assert_eq(pd_buffer_status(&out, NULL), PADAN_OK);
    cr_expect_eq(strncmp(out.data, "nullif(concat_ws(' ', \"name_l\", \"maker_l\"),'')", out.length), 0, "%.*s",
                 (int)out.length, out.data);
    pd_buffer_reset(&out);
}

Test(row_text, may_tell_where_texts_are_short_and_nothing_says_who_somebody_is)
{
    struct pd_profile list[4] = { profile_of("title", PD_KIND_TEXT, 3, .001), profile_of("maker", PD_KIND_NAME, 1, .05),
                                  profile_of("price", PD_KIND_NUMBER, 1, .001) };
    struct pd_profiles profiles = { .columns = list, .n_columns = 3 };
    pd_auto_row_text(&no_columns, &profiles);
    cr_expect(pd_auto_has_row_text(&profiles));
    cr_expect_not(profiles.by_row, "columns by themselves are tried first");
}

Test(row_text, is_not_made_of_people)
{
    struct pd_profile list[5] = { profile_of("given", PD_KIND_NAME, 1, .005),
                                  profile_of("family", PD_KIND_NAME, 1, .002),
                                  profile_of("born", PD_KIND_DATE, 1, .0001),
                                  profile_of("address", PD_KIND_TEXT, 6, .0005) };
    struct pd_profiles profiles = { .columns = list, .n_columns = 4 };
    pd_auto_row_text(&no_columns, &profiles);
    cr_expect_not(pd_auto_has_row_text(&profiles));
    cr_expect_eq(profiles.n_columns, 4);
}

Test(row_text, numbers_in_texts_are_compared_by_themselves_where_some_have_such)
{
    struct pd_profile list[4] = { profile_of("title", PD_KIND_TEXT, 6, .001),
                                  profile_of("maker", PD_KIND_NAME, 1, .05) };
    struct pd_profiles profiles = { .columns = list, .n_columns = 2 };
    struct pd_buffer out = { 0 };
    static const char wanted[] =
        "nullif(trim(regexp_replace(regexp_replace(regexp_replace(nullif(concat_ws(' ', \"title_l\", "
        "\"maker_l\"),''),'[^0-9A-Za-z]+','  ','g'),'(^| )[0-9]*[A-Za-z][0-9A-Za-z]*( |$)',' ','g'),' +',' ','g')),'')";
    list[0].letters = .7;
    pd_auto_row_text(&no_columns, &profiles);
    cr_assert_eq(profiles.n_columns, 4);
    cr_expect(pd_auto_has_row_text(&profiles));
    cr_expect_eq(list[2].kind, PD_KIND_ROW_NUMBERS);
    cr_expect_float_eq(list[2].fill, .3, 1e-12);
    pd_append_value(&out, &list[2], PD_FORM_LEVEL_LEFT);
    cr_assert_eq(pd_buffer_status(&out, NULL), PADAN_OK);
    cr_expect(pd_text_equal((struct pd_text){ out.data, out.length }, pd_text_of(wanted)), "%.*s", (int)out.length,
              out.data);
    pd_buffer_reset(&out);
}
