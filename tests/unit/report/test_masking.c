/* SPDX-License-Identifier: MIT */
#include "report/masking.h"

#include <criterion/criterion.h>

static void expect(struct pd_buffer *out, const char *wanted)
{
    cr_expect(pd_text_equal((struct pd_text){ out->data, out->length }, pd_text_of(wanted)), "%.*s instead of %s",
              (int)out->length, out->data, wanted);
    pd_buffer_clear(out);
}

Test(masking, one_number_keeps_its_region_only)
{
    static const struct {
        const char *number, *shown;
    } cases[] = {
        { "3201014509909001", "320101**********" }, { "", "" },         { "320101450990900", "***************" },
        { "3,20101E+15", "***********" },           { "BUDI", "****" }, { "32010145099090012", "*****************" }
    };
    struct pd_buffer out = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_number(&out, pd_text_of(cases[i].number), (struct pd_masking){ 0 });
        expect(&out, cases[i].shown);
    }
    pd_buffer_reset(&out);
}

Test(masking, two_numbers_show_where_they_differ)
{
    static const struct {
        const char *number, *other, *shown;
    } cases[] = { { "3201014509909301", "3201014509909801", "*************3**" },
                  { "3201014509909801", "3201014509909301", "*************8**" },
                  { "3201014509909301", "3201014509909301", "****************" },
                  { "3201014509909301", "", "****************" },
                  { "", "3201014509909301", "" },
                  { "320101450990930", "3201014509909301", "***************" },
                  { "3201014509909301", "3201012203059303", "****************" } };
    struct pd_buffer out = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pd_append_number_beside(&out, pd_text_of(cases[i].number), pd_text_of(cases[i].other),
                                (struct pd_masking){ 0 });
        expect(&out, cases[i].shown);
    }
    pd_buffer_reset(&out);
}

Test(masking, opening_needs_a_reason)
{
    struct pd_masking masking;
    cr_expect_eq(pd_masking_open(&masking, NULL, NULL), PADAN_BAD_ARGUMENT);
    cr_expect_eq(pd_masking_open(&masking, " \t", NULL), PADAN_BAD_ARGUMENT);
    cr_expect_not(masking.open);
    cr_assert_eq(pd_masking_open(&masking, "uji petik", NULL), PADAN_OK);
    struct pd_buffer out = { 0 };
    pd_append_number(&out, PD_TEXT("3201014509909001"), masking);
    expect(&out, "3201014509909001");
    pd_append_number_beside(&out, PD_TEXT("a,b"), PD_TEXT(""), masking);
    expect(&out, "\"a,b\"");
    pd_buffer_reset(&out);
}

Test(masking, numbers_in_a_name_are_hidden)
{
    static const char *const cells[][2] = {
        { "SITI 3201014309019106", "SITI 320101**********" },
        { "3201014309019106/32010143090191", "320101**********/320101********" },
        { "TELP 081234567890", "TELP 081234567890" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct pd_buffer out = { 0 };
        pd_append_string(&out, "3201014309019106,");
        const size_t begin = out.length;
        pd_append_string(&out, cells[i][0]);
        pd_hide_numbers(&out, begin, (struct pd_masking){ true, "audit" });
        cr_expect_eq(memcmp(out.data + begin, cells[i][0], strlen(cells[i][0])), 0);
        pd_hide_numbers(&out, begin, (struct pd_masking){ 0 });
        cr_expect_eq(out.length - begin, strlen(cells[i][1]));
        cr_expect_eq(memcmp(out.data, "3201014309019106,", begin), 0);
        cr_expect_eq(memcmp(out.data + begin, cells[i][1], out.length - begin), 0, "%s", cells[i][0]);
        pd_buffer_reset(&out);
    }
}
