/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "base/random.h"
#include "indonesia/attribute.h"
#include "indonesia/nik.h"
#include "reconcile/links.h"

#include <criterion/criterion.h>

enum { ROSTER = 30000, PEOPLE = 90000, SECOND_ROSTER = 50000, ROWS = ROSTER + PEOPLE + SECOND_ROSTER, NIKS = 110000 };

static uint64_t niks[ROWS], loose[ROWS];
static int32_t flags[ROWS];
static uint8_t lives[ROWS];

/* Two rosters around a register in which most people are in neither, and some NIKs stand on several people. Of rows
 * without a key some have a number all the same: the head's, a card's, or one that is a dummy too. */
static struct pd_table make_table(struct pd_source sources[3], struct pd_column *columns)
{
    struct pd_random random = pd_random_stream(23, 1);
    for (size_t i = 0; i < ROWS; i++) {
        const bool is_person = i >= ROSTER && i < ROSTER + PEOPLE;
        niks[i] = is_person ? i - ROSTER + 1 : 1 + pd_random_below(&random, NIKS);
        if (pd_random_below(&random, 20) == 0) niks[i] = 1 + pd_random_below(&random, NIKS);
        loose[i] = niks[i];
        if (pd_random_below(&random, 20) == 0) niks[i] = 0;
        static const int32_t reasons[] = { PD_NIK_HEAD, PD_NIK_ISKK | PD_NIK_DUPFILE, PD_NIK_ISKK | PD_NIK_DUMMY };
        flags[i] = niks[i] != 0 ? 0 : reasons[pd_random_below(&random, sizeof reasons / sizeof *reasons)];
        lives[i] = (uint8_t)(is_person ? pd_random_below(&random, 4) : PD_SMALL_NULL);
    }
    sources[0] = (struct pd_source){ .begin = 0, .end = ROSTER };
    sources[1] = (struct pd_source){ .begin = ROSTER, .end = ROSTER + PEOPLE };
    sources[2] = (struct pd_source){ .begin = ROSTER + PEOPLE, .end = ROWS };
    columns[0] = (struct pd_column){ .encoding = PD_ENCODING_DIGITS, .words = niks };
    columns[1] = (struct pd_column){ .encoding = PD_ENCODING_SMALL, .words = lives };
    columns[2] = (struct pd_column){ .encoding = PD_ENCODING_DIGITS, .words = loose };
    columns[3] = (struct pd_column){ .encoding = PD_ENCODING_INT32, .words = flags };
    return (
        struct pd_table){ .n_records = ROWS, .sources = sources, .n_sources = 3, .columns = columns, .n_columns = 4 };
}

static uint8_t code_of_life(uint8_t life)
{
    return life == PD_LIFE_DEAD ? 11 : life == PD_LIFE_DUPLICATE ? 12 : life == PD_LIFE_INACTIVE ? 14 : 0;
}

Test(nik_lookup, answers_as_a_list_of_the_register_by_number_does)
{
    static uint32_t first[NIKS + 1], count[NIKS + 1], owners[ROWS];
    static uint8_t codes[ROWS];
    struct pd_source sources[3];
    struct pd_column words[4];
    const struct pd_table table = make_table(sources, words);
    const struct pd_person_columns columns = { .nik = 0, .status_hidup = 1, .nik_longgar = 2, .bendera_nik = 3 };
    for (size_t i = ROSTER; i < ROSTER + PEOPLE; i++)
        if (count[niks[i]]++ == 0) first[niks[i]] = (uint32_t)i;
    for (int threads = 1; threads <= 3; threads += 2) {
        for (int with_register = 0; with_register < 2; with_register++) {
            cr_assert_eq(pd_nik_lookup(&table, &columns, with_register == 1 ? 1 : -1, threads, owners, codes, NULL),
                         PADAN_OK);
            for (size_t i = 0; i < ROWS; i++) {
                const bool in_register = with_register == 1 && i >= ROSTER && i < ROSTER + PEOPLE;
                const bool asks = niks[i] != 0 || (!in_register && (flags[i] & PD_NIK_DUMMY) == 0);
                const uint64_t nik = asks ? loose[i] : 0;
                const uint32_t n = nik == 0 || with_register == 0 ? 0 : count[nik];
                const uint8_t code = nik == 0 ? 15 : n == 0 ? 13 : n > 1 ? 12 : code_of_life(lives[first[nik]]);
                cr_assert_eq(owners[i], n == 0 || niks[i] == 0 ? PD_NO_RECORD : first[nik], "row %zu", i);
                cr_assert_eq(codes[i], code, "row %zu: %d, not %d", i, codes[i], code);
            }
        }
    }
}
