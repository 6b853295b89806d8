/* SPDX-License-Identifier: MIT */
#include "reconcile/findings.h"

#include <criterion/criterion.h>

static struct pd_findings findings;
static struct padan_error failure;

static void forget(void)
{
    pd_findings_reset(&findings);
}

TestSuite(findings, .fini = forget);

static uint32_t add(uint32_t record, enum pd_finding_kind kind, bool certain, int64_t amount)
{
    uint32_t handle = 0;
    const struct pd_finding finding = { .record = record, .kind = (uint8_t)kind, .certain = certain, .amount = amount };
    cr_assert_eq(pd_findings_add(&findings, &finding, &handle, &failure), PADAN_OK, "%s", failure.message);
    return handle;
}

static void finish(size_t n_records)
{
    cr_assert_eq(pd_findings_finish(&findings, n_records, &failure), PADAN_OK, "%s", failure.message);
}

Test(findings, are_sorted_by_row_and_found_again_by_their_handle)
{
    const uint32_t a = add(7, PD_FINDING_LARANGAN, true, 100);
    const uint32_t b = add(2, PD_FINDING_GANDA_K2, true, 0);
    const uint32_t c = add(7, PD_FINDING_GANDA_K1, false, 100);
    const uint32_t d = add(0, PD_FINDING_PERIKSA, true, 0);
    finish(8);
    const uint32_t handles[] = { d, b, c, a };
    const uint32_t records[] = { 0, 2, 7, 7 };
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(findings.items[i].record, records[i]);
        cr_expect_eq(pd_findings_number(&findings, handles[i]), i + 1);
    }
}

/* One finding of a row counts: certain money, then most money, then certainty. */
Test(findings, count_the_money_of_a_row_once)
{
    static const struct {
        const char *name;
        struct {
            enum pd_finding_kind kind;
            bool certain;
            int64_t amount;
        } items[3];
        size_t n, counted; /* which of the items counts */
    } cases[] = {
        { "alone", { { PD_FINDING_GANDA_K2, true, 0 } }, 1, 0 },
        { "the same money twice", { { PD_FINDING_LARANGAN, true, 600 }, { PD_FINDING_GANDA_K1, true, 600 } }, 2, 1 },
        { "the larger sum", { { PD_FINDING_GANDA_K1, true, 100 }, { PD_FINDING_LARANGAN, true, 600 } }, 2, 1 },
        { "the certain sum though it is smaller",
          { { PD_FINDING_GANDA_K1, false, 600 }, { PD_FINDING_LARANGAN, true, 100 } },
          2,
          1 },
        { "money to be reviewed before a certainty without money",
          { { PD_FINDING_GANDA_K2, true, 0 }, { PD_FINDING_GANDA_K3, false, 600 } },
          2,
          1 },
        { "an unknown sum is none",
          { { PD_FINDING_GANDA_K1, true, PD_NULL_INT }, { PD_FINDING_LARANGAN, true, 1 } },
          2,
          1 },
        { "certain before to be reviewed where there is no money",
          { { PD_FINDING_PERIKSA, false, 0 }, { PD_FINDING_GANDA_K2, true, 0 } },
          2,
          1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t handles[3];
        for (size_t k = 0; k < cases[i].n; k++)
            handles[k] = add(1, cases[i].items[k].kind, cases[i].items[k].certain, cases[i].items[k].amount);
        finish(2);
        for (size_t k = 0; k < cases[i].n; k++) {
            const struct pd_finding *finding = &findings.items[pd_findings_number(&findings, handles[k]) - 1];
            cr_expect_eq(finding->kind, cases[i].items[k].kind, "%s", cases[i].name);
            cr_expect_eq(finding->counted, k == cases[i].counted, "%s: item %zu", cases[i].name, k);
        }
        pd_findings_reset(&findings);
    }
}

Test(findings, sums_of_what_is_counted_hold_every_row_once)
{
    for (uint32_t record = 0; record < 50; record++) {
        add(record, PD_FINDING_LARANGAN, true, 1000);
        if (record % 2 == 0) add(record, PD_FINDING_GANDA_K1, record % 4 == 0, 1000);
        if (record % 5 == 0) add(record, PD_FINDING_PERIKSA, true, PD_NULL_INT);
        if (record % 10 == 0) add(record, PD_FINDING_LARANGAN, false, 700); /* the row is one row, and certain */
    }
    finish(50);
    struct pd_finding_sums sums;
    pd_findings_sum(&findings, &sums);
    uint64_t rows = 0;
    uint64_t counted = 0;
    int64_t amount = 0;
    for (int kind = 0; kind < PD_FINDING_KIND_COUNT; kind++)
        for (int certain = 0; certain < 2; certain++) {
            rows += sums.of[kind][certain].rows;
            counted += sums.of[kind][certain].counted;
            amount += sums.of[kind][certain].amount_counted;
        }
    cr_expect_eq(rows, 50 + 25 + 10);
    cr_expect_eq(counted, 50);
    cr_expect_eq(amount, 50 * 1000);
    cr_expect_eq(sums.of[PD_FINDING_PERIKSA][1].without_amount, 10);
    cr_expect_eq(sums.of[PD_FINDING_LARANGAN][1].amount, 50 * 1000);
    cr_expect_eq(sums.of[PD_FINDING_LARANGAN][0].rows, 0);
    cr_expect_eq(sums.of[PD_FINDING_GANDA_K1][1].amount_counted, 13 * 1000);
}

Test(findings, share_equal_texts)
{
    uint16_t a = 0;
    uint16_t b = 0;
    uint16_t none = 9;
    cr_assert_eq(pd_findings_text(&findings, PD_TEXT("DESIL>4"), &a, &failure), PADAN_OK);
    cr_assert_eq(pd_findings_text(&findings, PD_TEXT("ASN"), &b, &failure), PADAN_OK);
    cr_expect_neq(a, b);
    cr_assert_eq(pd_findings_text(&findings, PD_TEXT("DESIL>4"), &b, &failure), PADAN_OK);
    cr_expect_eq(a, b);
    cr_assert_eq(pd_findings_text(&findings, PD_TEXT(""), &none, &failure), PADAN_OK);
    cr_expect_eq(none, 0);
    cr_expect(pd_text_equal(findings.texts[a], PD_TEXT("DESIL>4")));
}

Test(findings, none_is_a_list_too)
{
    finish(10);
    struct pd_finding_sums sums;
    pd_findings_sum(&findings, &sums);
    cr_expect_eq(sums.of[PD_FINDING_GANDA_K1][1].rows, 0);
}
