/* SPDX-License-Identifier: MIT */
#include "table/places.h"

#include "base/memory.h"
#include "base/search.h"

static bool begins_run(const struct pd_table *table, size_t record)
{
    return record == 0 || table->file_of[record] != table->file_of[record - 1] ||
           table->row_of[record] != table->row_of[record - 1] + 1;
}

enum padan_status pd_table_compact_places(struct pd_table *table, struct padan_error *error)
{
    size_t n_runs = 0, run = 0;
    struct pd_place_run *runs = NULL;
    if (table->file_of == NULL || table->row_of == NULL) return PADAN_OK;
    for (size_t i = 0; i < table->n_records; i++) n_runs += begins_run(table, i);
    const size_t bytes = table->n_records * (sizeof *table->file_of + sizeof *table->row_of);
    if (n_runs * sizeof *runs >= bytes) return PADAN_OK;
    PD_TRY(pd_allocate_array(&runs, n_runs, sizeof *runs, error));
    for (size_t i = 0; i < table->n_records; i++)
        if (begins_run(table, i))
            runs[run++] = (struct pd_place_run){ (uint32_t)i, table->file_of[i], table->row_of[i] };
    pd_table_forget_places(table);
    table->place_runs = runs;
    table->n_place_runs = n_runs;
    return PADAN_OK;
}

struct pd_row_place pd_table_place(const struct pd_table *table, uint32_t record)
{
    if (table->place_runs == NULL) return (struct pd_row_place){ table->file_of[record], table->row_of[record] };
    const size_t place =
        pd_search_last(&table->place_runs->record, sizeof *table->place_runs, table->n_place_runs, record);
    const struct pd_place_run *run = &table->place_runs[place];
    return (struct pd_row_place){ run->file, run->row + (record - run->record) };
}
