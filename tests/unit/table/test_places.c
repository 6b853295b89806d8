/* SPDX-License-Identifier: MIT */
#include "table/places.h"

#include "base/memory.h"

#include <criterion/criterion.h>

enum { N_RECORDS = 1000 };

/* Three files; every gap-th row of them is no record. */
static void make_places(struct pd_table *table, uint32_t gap)
{
    *table = (struct pd_table){ .n_records = N_RECORDS };
    cr_assert_eq(pd_allocate_array(&table->file_of, N_RECORDS, sizeof *table->file_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate_array(&table->row_of, N_RECORDS, sizeof *table->row_of, NULL), PADAN_OK);
    uint32_t row = 2;
    for (uint32_t i = 0; i < N_RECORDS; i++, row++) {
        if (i == 1 || i == 400) row = 5;
        if (row % gap == 0) row++;
        table->file_of[i] = i == 0 ? 0 : i < 400 ? 1 : 4;
        table->row_of[i] = row;
    }
}

Test(places, runs_tell_the_file_and_row_of_every_record)
{
    static const struct {
        uint32_t gap;
        bool short_runs;
    } cases[] = { { 2000, true }, { 7, true }, { 2, false } };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct pd_table table, compact;
        make_places(&table, cases[c].gap);
        make_places(&compact, cases[c].gap);
        cr_assert_eq(pd_table_compact_places(&compact, NULL), PADAN_OK);
        cr_assert_eq(compact.place_runs != NULL, cases[c].short_runs, "gap %u", cases[c].gap);
        cr_assert_eq(compact.file_of == NULL, cases[c].short_runs);
        for (uint32_t i = 0; i < N_RECORDS; i++) {
            const struct pd_row_place place = pd_table_place(&compact, i);
            cr_assert_eq(place.file, table.file_of[i], "gap %u, record %u", cases[c].gap, i);
            cr_assert_eq(place.row, table.row_of[i], "gap %u, record %u", cases[c].gap, i);
            const struct pd_row_place as_read = pd_table_place(&table, i);
            cr_assert(as_read.file == place.file && as_read.row == place.row);
        }
        pd_table_reset(&table);
        pd_table_reset(&compact);
    }
}
