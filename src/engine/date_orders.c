/* SPDX-License-Identifier: MIT
 * 03/04/1990 is a day of April or of March: which, no date says of itself, but the other dates of its file do.
 * Conditions of a model read values one by one, with the day first; so where a file has the month first, its dates that
 * can be read both ways are turned round before anything reads them. Rows of frames, which have no files, go by their
 * source. */
#include "base/memory.h"
#include "engine/state.h"
#include "indonesia/birth_date.h"
#include "table/narrow.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum kind { OTHER, DAY_FIRST, MONTH_FIRST, EITHER, N_KINDS };

/* Dates of a file by kind. */
struct order_counts {
    uint64_t n[N_KINDS];
};

struct ordered_column {
    const struct pd_engine *engine;
    struct pd_column *column;
    uint8_t *kinds;              /* of texts, by their codes */
    struct order_counts *counts; /* [n_files] */
    char *turned;                /* room for the longest text */
};

static bool by_file(const struct pd_engine *engine)
{
    return engine->table.file_of != NULL;
}

static size_t count_files(const struct pd_engine *engine)
{
    return by_file(engine) ? engine->ingested.n_files : engine->table.n_sources;
}

static size_t file_of(const struct pd_engine *engine, size_t record)
{
    return by_file(engine) ? engine->table.file_of[record] : engine->table.source_of[record];
}

static enum kind kind_of(struct pd_text text, char *turned)
{
    struct pd_date_evidence evidence = { 0 };
    if (pd_date_turn(text, turned)) return EITHER;
    pd_date_evidence_add(&evidence, text, 1);
    if (evidence.n_day_first > 0) return DAY_FIRST;
    return evidence.n_month_first > 0 ? MONTH_FIRST : OTHER;
}

static enum padan_status sort_texts(struct ordered_column *ordered, struct padan_error *error)
{
    const struct pd_dictionary *dictionary = ordered->column->dictionary;
    const size_t n = dictionary->n_entries;
    size_t longest = 0;
    for (size_t code = 1; code <= n; code++) {
        const size_t length = pd_dictionary_text(dictionary, (uint32_t)code).length;
        if (length > longest) longest = length;
    }
    PD_TRY(pd_allocate(&ordered->kinds, n + 1, sizeof *ordered->kinds, error));
    PD_TRY(pd_allocate(&ordered->turned, longest + 1, 1, error));
    for (size_t code = 1; code <= n; code++)
        ordered->kinds[code] = (uint8_t)kind_of(pd_dictionary_text(dictionary, (uint32_t)code), ordered->turned);
    return PADAN_OK;
}

static enum padan_status count_dates(struct ordered_column *ordered, struct padan_error *error)
{
    const struct pd_engine *engine = ordered->engine;
    PD_TRY(pd_allocate(&ordered->counts, count_files(engine) + 1, sizeof *ordered->counts, error));
    for (size_t i = 0; i < engine->table.n_records; i++)
        ordered->counts[file_of(engine, i)].n[ordered->kinds[pd_column_text_code(ordered->column, i)]]++;
    return PADAN_OK;
}

static enum pd_date_order order_of(const struct order_counts *counts)
{
    const struct pd_date_evidence evidence = { .n_day_first = counts->n[DAY_FIRST],
                                               .n_month_first = counts->n[MONTH_FIRST] };
    return pd_date_evidence_order(&evidence);
}

/* --- what is told --- */

static const char *sentence_of(const struct order_counts *counts)
{
    if (counts->n[DAY_FIRST] + counts->n[MONTH_FIRST] == 0)
        return "is read with the day first, as nothing tells the order";
    switch (order_of(counts)) {
    case PD_DATE_ORDER_DAY_MONTH: return "has the day first";
    case PD_DATE_ORDER_MONTH_DAY: return "has the month first";
    case PD_DATE_ORDER_UNKNOWN: break;
    }
    return "has both orders, and what can be read both ways is read with the day first";
}

/* Told where dates can be read both ways: to whoever runs the command unless it is as the model reads anyhow. */
static enum padan_status tell(struct pd_engine *engine, const struct ordered_column *ordered, size_t file,
                              struct padan_error *error)
{
    const struct order_counts *counts = &ordered->counts[file];
    const enum pd_date_order order = order_of(counts);
    const struct pd_text name = by_file(engine) ? engine->ingested.files[file].name : engine->table.sources[file].name;
    struct pd_buffer sentence = { 0 };
    if (counts->n[EITHER] == 0) return PADAN_OK;
    pd_append_format(&sentence,
                     "%s %.*s: %.*s %s (dates with the day first: %" PRIu64 ", the month: %" PRIu64
                     ", both ways: %" PRIu64 ")",
                     by_file(engine) ? "file" : "source", PD_TEXT_ARGS(name), PD_TEXT_ARGS(ordered->column->name),
                     sentence_of(counts), counts->n[DAY_FIRST], counts->n[MONTH_FIRST], counts->n[EITHER]);
    const enum padan_status status = pd_buffer_status(&sentence, error);
    if (status == PADAN_OK) {
        pd_append_format(&engine->said, "dates              %s\n", sentence.data);
        if (order != PD_DATE_ORDER_DAY_MONTH || counts->n[DAY_FIRST] == 0) pd_engine_tell(engine, sentence.data);
    }
    pd_buffer_reset(&sentence);
    return status;
}

/* --- turning --- */

static enum padan_status turn_dates(const struct ordered_column *ordered, struct padan_error *error)
{
    const struct pd_engine *engine = ordered->engine;
    struct pd_column *column = ordered->column;
    PD_TRY(pd_column_widen(column, engine->table.n_records, error));
    for (size_t i = 0; i < engine->table.n_records; i++) {
        const uint32_t code = pd_column_text_code(column, i);
        if (ordered->kinds[code] != EITHER) continue;
        if (order_of(&ordered->counts[file_of(engine, i)]) != PD_DATE_ORDER_MONTH_DAY) continue;
        const struct pd_text text = pd_dictionary_text(column->dictionary, code);
        if (!pd_date_turn(text, ordered->turned)) continue;
        PD_TRY(pd_column_put(column, i, (struct pd_text){ ordered->turned, text.length }, error));
    }
    return PADAN_OK;
}

static enum padan_status order_column(struct pd_engine *engine, struct ordered_column *ordered,
                                      struct padan_error *error)
{
    bool any = false;
    PD_TRY(sort_texts(ordered, error));
    PD_TRY(count_dates(ordered, error));
    for (size_t file = 0; file < count_files(engine); file++) {
        const struct order_counts *counts = &ordered->counts[file];
        PD_TRY(tell(engine, ordered, file, error));
        any |= counts->n[EITHER] > 0 && order_of(counts) == PD_DATE_ORDER_MONTH_DAY;
    }
    return any ? turn_dates(ordered, error) : PADAN_OK;
}

static bool has_texts(const struct pd_column *column)
{
    return column->type == PD_TYPE_TEXT && column->dictionary != NULL &&
           (pd_encoding_is_own_code(column->encoding) || column->encoding == PD_ENCODING_DIGITS);
}

enum padan_status pd_engine_order_dates(struct pd_engine *engine, struct padan_error *error)
{
    enum padan_status status = PADAN_OK;
    if (engine->options->row_values != NULL) return PADAN_OK; /* values are asked for as they stand */
    for (size_t i = 0; i < engine->model.n_dates && status == PADAN_OK; i++) {
        const int index = pd_table_find_identifier(&engine->table, engine->model.dates[i]);
        if (index < 0 || !has_texts(&engine->table.columns[index])) continue;
        struct ordered_column ordered = { .engine = engine, .column = &engine->table.columns[index] };
        status = order_column(engine, &ordered, error);
        pd_free(ordered.kinds);
        pd_free(ordered.counts);
        pd_free(ordered.turned);
    }
    return status;
}
