/* SPDX-License-Identifier: MIT
 * Flags that need other rows, against counts by plain tables of numbers. */
#include "base/memory.h"
#include "base/random.h"
#include "indonesia/nik.h"
#include "normalise/normalise.h"

#include <criterion/criterion.h>

enum { ROWS = 150000, POOL = 260000, NONE = POOL, SEEN_FLAGS = PD_NIK_DUPFILE | PD_NIK_HEAD | PD_NIK_ISKK };

/* Rows as numbers of the pool; relation 0 = not said. */
static uint32_t niks[ROWS], cards[ROWS];
static uint8_t relations[ROWS];

/* Number i of the pool: births of a hundred years, serials that no district and day reaches. */
static uint64_t number_of(uint32_t i)
{
    const uint64_t day = i % 28 + 1, month = i / 28 % 12 + 1, year = i / 336 % 100, serial = 9000 + i / 33600;
    return ((UINT64_C(320101) * 100 + day) * 10000 + month * 100 + year) * 10000 + serial;
}

/* Rows of two files; cards are shared, and a few numbers are drawn from a small part of the pool. */
static void draw_rows(void)
{
    struct pd_random random = pd_random_stream(17, 0);
    for (size_t i = 0; i < ROWS; i++) {
        const bool common = pd_random_below(&random, 50) == 0;
        niks[i] = (uint32_t)pd_random_below(&random, common ? 400 : POOL + 5000);
        cards[i] = (uint32_t)pd_random_below(&random, common ? 400 : POOL + 5000);
        if (pd_random_below(&random, 400) == 0) cards[i] = niks[i];
        if (i > 0 && pd_random_below(&random, 3) == 0) cards[i] = cards[i - 1];
        if (i > 0 && pd_random_below(&random, 60) == 0) niks[i] = niks[i - 1];
        if (niks[i] > POOL) niks[i] = NONE;
        if (cards[i] > POOL) cards[i] = NONE;
        relations[i] = (uint8_t)pd_random_below(&random, 4);
    }
}

static void add_numbers(struct pd_table *table, const char *name, const uint32_t *numbers)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < ROWS; i++)
        if (numbers[i] != NONE)
            ((uint64_t *)column->words)[i] = UINT64_C(16) << PD_DIGITS_SHIFT | number_of(numbers[i]);
}

static void make_table(struct pd_table *table, size_t second_file)
{
    struct pd_column *column = NULL;
    *table = (struct pd_table){ .n_records = ROWS, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->file_of, ROWS, sizeof *table->file_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, ROWS, sizeof *table->source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("pkh"), .begin = 0, .end = ROWS };
    for (size_t i = second_file; i < ROWS; i++) table->file_of[i] = 1;
    add_numbers(table, "nik", niks);
    add_numbers(table, "no_kk", cards);
    cr_assert_eq(pd_table_add(table, PD_TEXT("hub_keluarga"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL),
                 PADAN_OK);
    for (size_t i = 0; i < ROWS; i++)
        if (relations[i] != 0) ((uint64_t *)column->words)[i] = UINT64_C(1) << PD_DIGITS_SHIFT | relations[i];
}

/* What the rows [begin, end) of a file say of each other. */
static void expect_flags(size_t begin, size_t end, int32_t *flags)
{
    static bool is_card[POOL + 1];
    static uint32_t last[POOL + 1], before[ROWS];
    memset(is_card, 0, sizeof is_card);
    memset(last, 0xff, sizeof last);
    for (size_t i = begin; i < end; i++) {
        is_card[cards[i]] = true;
        before[i] = last[niks[i]];
        last[niks[i]] = (uint32_t)i;
    }
    for (size_t i = begin; i < end; i++) {
        flags[i] = 0;
        if (niks[i] == NONE) continue;
        if (is_card[niks[i]]) flags[i] |= PD_NIK_ISKK;
        for (uint32_t other = last[niks[i]]; other != UINT32_MAX; other = before[other]) {
            if (other == i) continue;
            flags[i] |= PD_NIK_DUPFILE;
            const bool of_head = relations[other] == 1 && relations[i] > 1 && cards[i] == cards[other];
            if (of_head && cards[i] != NONE) flags[i] |= PD_NIK_HEAD;
        }
    }
}

/* Rows of the most frequent NIK, where that is on more than one; a number that is a card's may be nobody's. */
static size_t most_rows(size_t begin, size_t end)
{
    static size_t n[POOL + 1];
    static int32_t flags[ROWS];
    size_t most = 0;
    memset(n, 0, sizeof n);
    expect_flags(begin, end, flags);
    for (size_t i = begin; i < end; i++)
        if (niks[i] != NONE) n[niks[i]]++;
    for (size_t i = begin; i < end; i++)
        if (niks[i] != NONE && n[niks[i]] > 1 && n[niks[i]] > most && (flags[i] & PD_NIK_ISKK) == 0) most = n[niks[i]];
    return most;
}

Test(cross_flags, are_what_counting_all_rows_gives)
{
    static int32_t expected[ROWS];
    static const size_t second_files[] = { ROWS, ROWS - 20, 70001 };
    struct pd_indonesia indonesia;
    size_t n[3] = { 0 };
    cr_assert_eq(pd_indonesia_load(&indonesia, NULL), PADAN_OK);
    draw_rows();
    for (int run = 0; run < 3; run++) {
        struct pd_table table;
        struct pd_normalise_result result;
        make_table(&table, second_files[run]);
        expect_flags(0, second_files[run], expected);
        expect_flags(second_files[run], ROWS, expected);
        const struct pd_normalise_options options = { .indonesia = &indonesia, .threads = run + 1 };
        cr_assert_eq(pd_normalise_indonesia(&table, &options, &result, NULL), PADAN_OK);
        const struct pd_column *flags = &table.columns[pd_table_find(&table, PD_TEXT("bendera_nik"))];
        const size_t most[] = { most_rows(0, second_files[run]), most_rows(second_files[run], ROWS) };
        for (size_t file = 0; file < result.n_files; file++)
            cr_expect_eq(result.files[file].nik.most_rows, most[file], "file %zu: %llu, not %zu", file,
                         (unsigned long long)result.files[file].nik.most_rows, most[file]);
        for (size_t i = 0; i < ROWS; i++) {
            const int64_t seen = pd_column_integer(flags, i) & SEEN_FLAGS;
            cr_assert_eq(seen, expected[i], "row %zu: %lx, not %x", i, (unsigned long)seen, (unsigned)expected[i]);
            n[0] += (seen & PD_NIK_DUPFILE) != 0;
            n[1] += (seen & PD_NIK_HEAD) != 0;
            n[2] += (seen & PD_NIK_ISKK) != 0;
        }
        pd_normalise_result_reset(&result);
        pd_table_reset(&table);
    }
    for (int i = 0; i < 3; i++) cr_expect_gt(n[i], 100, "flag %d: %zu", i, n[i]);
    pd_indonesia_reset(&indonesia);
}
