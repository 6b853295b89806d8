/* SPDX-License-Identifier: MIT */
#include "engine/dated_column.h"

#include "base/memory.h"
#include "indonesia/birth_date.h"
#include "table/narrow.h"

#include <inttypes.h>

static bool is_one_file_of_sources(const struct pd_engine *engine)
{
    return engine->ingested.n_files == 1 && engine->table.n_sources > 1;
}

static bool by_file(const struct pd_engine *engine)
{
    return engine->table.file_of != NULL && !is_one_file_of_sources(engine);
}

size_t pd_dated_files(const struct pd_engine *engine)
{
    return by_file(engine) ? engine->ingested.n_files : engine->table.n_sources;
}

static size_t file_of(const struct pd_engine *engine, size_t record)
{
    return by_file(engine) ? engine->table.file_of[record] : engine->table.source_of[record];
}

bool pd_dated_has_texts(const struct pd_column *column)
{
    return column->type == PD_TYPE_TEXT && column->dictionary != NULL &&
           (pd_encoding_is_own_code(column->encoding) || column->encoding == PD_ENCODING_DIGITS);
}

static enum pd_date_kind kind_of(struct pd_text text)
{
    struct pd_date_evidence evidence = { 0 };
    if (pd_date_reads_both_ways(text)) return PD_DATE_EITHER;
    pd_date_evidence_add(&evidence, text, 1);
    if (evidence.n_day_first > 0) return PD_DATE_DAY_FIRST;
    return evidence.n_month_first > 0 ? PD_DATE_MONTH_FIRST : PD_DATE_OTHER;
}

static enum padan_status sort_texts(struct pd_dated_column *dated, struct padan_error *error)
{
    const struct pd_dictionary *dictionary = dated->column->dictionary;
    const size_t n = dictionary->n_entries;
    size_t longest = 0;
    PD_TRY(pd_allocate(&dated->kinds, n + 1, sizeof *dated->kinds, error));
    for (size_t code = 1; code <= n; code++) {
        const struct pd_text text = pd_dictionary_text(dictionary, (uint32_t)code);
        if (text.length > longest) longest = text.length;
        dated->kinds[code] = (uint8_t)kind_of(text);
    }
    return pd_allocate(&dated->turned, longest + 1, 1, error);
}

static enum padan_status count_dates(struct pd_dated_column *dated, struct padan_error *error)
{
    const struct pd_engine *engine = dated->engine;
    const size_t n_files = pd_dated_files(engine);
    PD_TRY(pd_allocate(&dated->counts, n_files + 1, sizeof *dated->counts, error));
    for (size_t i = 0; i < engine->table.n_records; i++)
        dated->counts[file_of(engine, i)].n[dated->kinds[pd_column_text_code(dated->column, i)]]++;
    for (size_t file = 0; file < n_files; file++)
        for (size_t kind = 0; kind < PD_DATE_KINDS; kind++)
            dated->counts[n_files].n[kind] += dated->counts[file].n[kind];
    return PADAN_OK;
}

enum padan_status pd_dated_column_make(const struct pd_engine *engine, struct pd_column *column,
                                       struct pd_dated_column *dated, struct padan_error *error)
{
    *dated = (struct pd_dated_column){ .engine = engine, .column = column };
    PD_TRY(sort_texts(dated, error));
    return count_dates(dated, error);
}

void pd_dated_column_reset(struct pd_dated_column *dated)
{
    pd_free(dated->kinds);
    pd_free(dated->counts);
    pd_free(dated->turned);
    *dated = (struct pd_dated_column){ .engine = NULL };
}

static bool tells(const struct pd_date_kinds *counts)
{
    return counts->n[PD_DATE_DAY_FIRST] + counts->n[PD_DATE_MONTH_FIRST] > 0;
}

/* The dates that tell the order of a file. */
static const struct pd_date_kinds *telling(const struct pd_dated_column *dated, size_t file)
{
    const struct pd_date_kinds *own = &dated->counts[file];
    if (tells(own) || !is_one_file_of_sources(dated->engine)) return own;
    return &dated->counts[pd_dated_files(dated->engine)];
}

enum pd_date_order pd_dated_order(const struct pd_dated_column *dated, size_t file)
{
    const struct pd_date_kinds *counts = telling(dated, file);
    const struct pd_date_evidence evidence = { .n_day_first = counts->n[PD_DATE_DAY_FIRST],
                                               .n_month_first = counts->n[PD_DATE_MONTH_FIRST] };
    return pd_date_evidence_order(&evidence);
}

/* --- what is told --- */

static const char *sentence_of(const struct pd_dated_column *dated, size_t file)
{
    const enum pd_date_order order = pd_dated_order(dated, file);
    if (!tells(telling(dated, file))) return "is read with the day first, as nothing tells the order";
    if (!tells(&dated->counts[file]) && order == PD_DATE_ORDER_MONTH_DAY)
        return "is read with the month first, as the whole file has it";
    if (!tells(&dated->counts[file])) return "is read with the day first, as its own dates do not tell the order";
    switch (order) {
    case PD_DATE_ORDER_DAY_MONTH: return "has the day first";
    case PD_DATE_ORDER_MONTH_DAY: return "has the month first";
    case PD_DATE_ORDER_UNKNOWN: break;
    }
    return "has both orders, and what can be read both ways is read with the day first";
}

enum padan_status pd_dated_tell(struct pd_engine *engine, const struct pd_dated_column *dated, size_t file,
                                struct padan_error *error)
{
    const struct pd_date_kinds *counts = &dated->counts[file];
    const struct pd_text name = by_file(engine) ? engine->ingested.files[file].name : engine->table.sources[file].name;
    struct pd_buffer sentence = { 0 };
    if (counts->n[PD_DATE_EITHER] == 0) return PADAN_OK;
    pd_append_format(&sentence,
                     "%s %.*s: %.*s %s (dates with the day first: %" PRIu64 ", the month: %" PRIu64
                     ", both ways: %" PRIu64 ")",
                     by_file(engine) ? "file" : "source", PD_TEXT_ARGS(name), PD_TEXT_ARGS(dated->column->name),
                     sentence_of(dated, file), counts->n[PD_DATE_DAY_FIRST], counts->n[PD_DATE_MONTH_FIRST],
                     counts->n[PD_DATE_EITHER]);
    const enum padan_status status = pd_buffer_status(&sentence, error);
    if (status == PADAN_OK) {
        const bool as_usual =
            pd_dated_order(dated, file) == PD_DATE_ORDER_DAY_MONTH && counts->n[PD_DATE_DAY_FIRST] > 0;
        pd_append_format(&engine->said, "dates              %s\n", sentence.data);
        if (!as_usual) pd_engine_tell(engine, sentence.data);
    }
    pd_buffer_reset(&sentence);
    return status;
}

/* --- turning --- */

bool pd_dated_is_to_turn(const struct pd_dated_column *dated, size_t file)
{
    const struct pd_date_kinds *counts = &dated->counts[file];
    return counts->n[PD_DATE_EITHER] + counts->n[PD_DATE_MONTH_FIRST] > 0 &&
           pd_dated_order(dated, file) == PD_DATE_ORDER_MONTH_DAY;
}

enum padan_status pd_dated_turn(const struct pd_dated_column *dated, struct padan_error *error)
{
    const struct pd_engine *engine = dated->engine;
    struct pd_column *column = dated->column;
    PD_TRY(pd_column_widen(column, engine->table.n_records, error));
    for (size_t i = 0; i < engine->table.n_records; i++) {
        const uint32_t code = pd_column_text_code(column, i);
        if (dated->kinds[code] != PD_DATE_EITHER && dated->kinds[code] != PD_DATE_MONTH_FIRST) continue;
        if (pd_dated_order(dated, file_of(engine, i)) != PD_DATE_ORDER_MONTH_DAY) continue;
        const struct pd_text text = pd_dictionary_text(column->dictionary, code);
        if (!pd_date_turn(text, dated->turned)) continue;
        PD_TRY(pd_column_put(column, i, (struct pd_text){ dated->turned, text.length }, error));
    }
    return PADAN_OK;
}
