/* SPDX-License-Identifier: MIT
 * Files of which one has the month first and another the day: profiles keep one order for a column, so dates of the
 * other would be read wrongly or not at all. Those with the month first are written with the day first before anything
 * is learned, in all columns: what one file calls `birth` another may call `dob`. Where files do not differ nothing is
 * turned. The model has the columns in `padan_dates`, so that it can be run again. */
#include "base/memory.h"
#include "engine/dated_column.h"
#include "indonesia/birth_date.h"

/* Texts of a column of dates, in fifths. */
enum { FIFTHS_OF_DATES = 4 };

struct dated_columns {
    struct pd_dated_column *list; /* [table's columns] */
    size_t n;
};

static bool holds_dates(const struct pd_column *column)
{
    const size_t n = pd_dated_has_texts(column) ? column->dictionary->n_entries : 0;
    const size_t others_most = n * (5 - FIFTHS_OF_DATES) / 5;
    size_t others = 0;
    for (size_t code = 1; code <= n && others <= others_most; code++)
        others += !pd_date_is_full(pd_dictionary_text(column->dictionary, (uint32_t)code));
    return n > 0 && others <= others_most;
}

static enum padan_status find_columns(const struct pd_engine *engine, struct dated_columns *found,
                                      struct padan_error *error)
{
    const struct pd_table *table = &engine->table;
    PD_TRY(pd_allocate(&found->list, table->n_columns + 1, sizeof *found->list, error));
    for (size_t i = 0; i < table->n_columns; i++)
        if (holds_dates(&table->columns[i]))
            PD_TRY(pd_dated_column_make(engine, &table->columns[i], &found->list[found->n++], error));
    return PADAN_OK;
}

static bool has(const struct dated_columns *found, size_t file, enum pd_date_kind kind, enum pd_date_order order)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->list[i].counts[file].n[kind] > 0 && pd_dated_order(&found->list[i], file) == order) return true;
    return false;
}

static bool has_day_first(const struct dated_columns *found, size_t file)
{
    return has(found, file, PD_DATE_DAY_FIRST, PD_DATE_ORDER_DAY_MONTH);
}

/* Whether one file has the month first, and another one the day. */
static bool files_differ(const struct dated_columns *found, size_t n_files)
{
    size_t n_day_first = 0;
    for (size_t file = 0; file < n_files; file++) n_day_first += has_day_first(found, file);
    for (size_t file = 0; file < n_files; file++)
        if (has(found, file, PD_DATE_MONTH_FIRST, PD_DATE_ORDER_MONTH_DAY) && n_day_first > has_day_first(found, file))
            return true;
    return false;
}

static bool is_to_turn(const struct pd_dated_column *dated, size_t n_files)
{
    for (size_t file = 0; file < n_files; file++)
        if (pd_dated_is_to_turn(dated, file)) return true;
    return false;
}

static enum padan_status turn_columns(struct pd_engine *engine, const struct dated_columns *found,
                                      struct pd_names *turned, struct padan_error *error)
{
    const size_t n_files = pd_dated_files(engine);
    PD_TRY(pd_arena_allocate(&engine->arena, &turned->items, (found->n + 1) * sizeof *turned->items, error));
    pd_append_string(&engine->said, "dates              have the day first here and the month there: all are read with "
                                    "the day first, once those with the month first are turned round\n");
    for (size_t i = 0; i < found->n; i++) {
        const struct pd_dated_column *dated = &found->list[i];
        for (size_t file = 0; file < n_files; file++) PD_TRY(pd_dated_tell(engine, dated, file, error));
        if (!is_to_turn(dated, n_files)) continue;
        PD_TRY(pd_dated_turn(dated, error));
        turned->items[turned->n_items++] = dated->column->name;
    }
    return PADAN_OK;
}

enum padan_status pd_engine_order_dates_alike(struct pd_engine *engine, struct pd_names *turned,
                                              struct padan_error *error)
{
    struct dated_columns found = { 0 };
    const size_t n_files = pd_dated_files(engine);
    *turned = (struct pd_names){ 0 };
    if (n_files < 2) return PADAN_OK;
    enum padan_status status = find_columns(engine, &found, error);
    if (status == PADAN_OK && files_differ(&found, n_files)) status = turn_columns(engine, &found, turned, error);
    for (size_t i = 0; i < found.n; i++) pd_dated_column_reset(&found.list[i]);
    pd_free(found.list);
    return status;
}
