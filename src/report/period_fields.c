/* SPDX-License-Identifier: MIT */
#include "report/period_fields.h"

enum { FIELDS_MAX = 4096 };

static int32_t day_of(const struct pd_column *days, size_t code)
{
    return days->numbers[code] == PD_NULL_INT ? PD_DATE_NONE : (int32_t)days->numbers[code];
}

static void fill_field(const struct pd_period_fields *fields, size_t begin, size_t end)
{
    struct pd_period_field *field = &fields->fields[begin * fields->n_ends + end];
    field->period = (struct pd_period){ day_of(fields->begins, begin), day_of(fields->ends, end) };
    field->length = (uint8_t)(pd_period_put(field->text, field->period) - field->text);
}

enum padan_status pd_period_fields_make(struct pd_period_fields *fields, const struct pd_table *table, int mulai,
                                        int selesai, struct pd_arena *arena, struct padan_error *error)
{
    *fields = (struct pd_period_fields){ 0 };
    if (mulai < 0 || selesai < 0) return PADAN_OK;
    const struct pd_column *begins = &table->columns[mulai];
    const struct pd_column *ends = &table->columns[selesai];
    if (!pd_encoding_is_number(begins->encoding) || !pd_encoding_is_number(ends->encoding)) return PADAN_OK;
    const size_t n_begins = (size_t)begins->n_numbers + 1;
    const size_t n_ends = (size_t)ends->n_numbers + 1;
    if (n_begins * n_ends > FIELDS_MAX) return PADAN_OK;
    struct pd_period_field *made = NULL;
    PD_TRY(pd_arena_allocate(arena, &made, n_begins * n_ends * sizeof *made, error));
    *fields = (struct pd_period_fields){ begins, ends, n_ends, made };
    for (size_t i = 0; i < n_begins; i++)
        for (size_t j = 0; j < n_ends; j++) fill_field(fields, i, j);
    return PADAN_OK;
}
