/* SPDX-License-Identifier: MIT */
#include "report/row_pairs.h"

#include "base/hash.h"

#include <criterion/criterion.h>

/* Rows as numbers: what they hold, and the place they are named by. */
struct row {
    uint32_t content, id;
};

struct nights {
    const struct row *rows[PD_NIGHTS];
    struct pd_row_pairs pairs;
};

static enum padan_status hash_rows(void *context, enum pd_night night, enum pd_row_mark mark, struct pd_key *keys,
                                   size_t *n_keys, struct padan_error *error)
{
    const struct nights *nights = context;
    (void)error;
    *n_keys = 0;
    for (size_t row = 0; row < nights->pairs.n_rows[night]; row++) {
        if (nights->pairs.partner[night][row] != PD_NO_RECORD) continue;
        const struct row *at = &nights->rows[night][row];
        keys[(*n_keys)++] = (struct pd_key){ pd_mix64(mark == PD_MARK_ID ? at->id : at->content), (uint32_t)row, 0 };
    }
    return PADAN_OK;
}

/* Contents of one ten are of one person. */
static bool same_row(void *context, uint32_t now, uint32_t before)
{
    const struct nights *nights = context;
    return nights->rows[PD_NIGHT_NOW][now].content / 10 == nights->rows[PD_NIGHT_BEFORE][before].content / 10;
}

Test(row_pairs, equal_contents_are_partners_in_order_and_the_rest_by_id)
{
    enum { N_BEFORE = 7, N_NOW = 8, NONE = PD_NO_RECORD };
    static const struct row before[N_BEFORE] = { { 10, 1 }, { 20, 2 }, { 20, 3 }, { 30, 4 },
                                                 { 40, 5 }, { 50, 6 }, { 20, 7 } };
    /* A new row in front, one of three equal ones gone, one changed where it stands, another person's in a place
     * that somebody had. */
    static const struct row now[N_NOW] = { { 99, 1 }, { 10, 2 }, { 20, 3 }, { 31, 4 },
                                           { 60, 5 }, { 20, 6 }, { 50, 7 }, { 70, 8 } };
    static const uint32_t wanted[N_NOW] = { NONE, 0, 1, 3, NONE, 2, 5, NONE };
    static const uint32_t wanted_before[N_BEFORE] = { 1, 2, 5, 3, NONE, 6, NONE };
    struct nights nights = { .rows = { [PD_NIGHT_BEFORE] = before, [PD_NIGHT_NOW] = now } };
    const struct pd_row_marks marks = { &nights, 2, PD_MARK_ID, hash_rows, same_row };
    cr_assert_eq(pd_row_pairs_make(&nights.pairs, N_BEFORE, N_NOW, NULL), PADAN_OK);
    cr_assert_eq(pd_row_pairs_find(&nights.pairs, &marks, NULL), PADAN_OK);
    for (size_t row = 0; row < N_NOW; row++) {
        cr_expect_eq(nights.pairs.partner[PD_NIGHT_NOW][row], wanted[row], "row %zu", row);
        cr_expect_eq(nights.pairs.differs[row], row == 3, "row %zu", row);
    }
    for (size_t row = 0; row < N_BEFORE; row++)
        cr_expect_eq(nights.pairs.partner[PD_NIGHT_BEFORE][row], wanted_before[row], "row %zu", row);
    pd_row_pairs_reset(&nights.pairs);
}

Test(row_pairs, a_first_night_has_nobody_before)
{
    static const struct row now[] = { { 10, 1 }, { 20, 2 } };
    struct nights nights = { .rows = { [PD_NIGHT_BEFORE] = now, [PD_NIGHT_NOW] = now } };
    const struct pd_row_marks marks = { &nights, 1, PD_MARK_ID, hash_rows, same_row };
    cr_assert_eq(pd_row_pairs_make(&nights.pairs, 0, 2, NULL), PADAN_OK);
    cr_assert_eq(pd_row_pairs_find(&nights.pairs, &marks, NULL), PADAN_OK);
    cr_expect_eq(nights.pairs.partner[PD_NIGHT_NOW][0], PD_NO_RECORD);
    cr_expect_eq(nights.pairs.partner[PD_NIGHT_NOW][1], PD_NO_RECORD);
    pd_row_pairs_reset(&nights.pairs);
}
