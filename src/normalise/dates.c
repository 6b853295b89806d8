/* SPDX-License-Identifier: MIT
 * Birth dates and dates of death. Whether a file writes day or month first is counted over all its rows before any of
 * its dates is read; distinct texts are read once for each order. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "normalise/stage.h"

enum { CODES_PER_CHUNK = 8192, CACHE = 16384, N_ORDERS = 2 };

struct reading {
    int32_t day, other;
    int32_t year;
    uint8_t heap; /* of the day */
};

struct cache {
    uint64_t words[CACHE];
    struct reading readings[CACHE];
};

/* One raw column of dates. */
struct dates {
    const struct pd_stage *stage;
    const struct pd_column *column;
    struct reading *by_code;       /* [N_ORDERS][n_entries + 1] */
    struct pd_date_evidence *seen; /* [n_entries + 1] evidence of one text, or NULL */
    struct cache *caches;          /* [threads] */
};

/* Place and date may stand in one cell. */
static struct pd_text date_part(struct pd_text text)
{
    const struct pd_text trimmed = pd_text_trim(text);
    if (trimmed.length == 0 || (unsigned char)trimmed.data[0] <= '9') return trimmed;
    struct pd_text place;
    struct pd_text date;
    pd_split_ttl(trimmed, &place, &date);
    return pd_month_of_word(place) > 0 ? trimmed : date; /* "Juli 5, 1990" */
}

static struct reading read_date(const struct pd_stage *stage, struct pd_text text, enum pd_date_order order)
{
    const struct pd_date_options options = { order, stage->reference_year };
    const struct pd_date_reading reading = pd_date_read(date_part(text), &options);
    return (struct reading){ reading.day, reading.other, reading.year, (uint8_t)pd_date_heap(reading.day) };
}

static enum padan_status read_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    (void)error;
    struct dates *dates = context;
    const struct pd_dictionary *dictionary = dates->column->dictionary;
    const size_t begin = chunk * CODES_PER_CHUNK + 1;
    for (size_t code = begin; code < begin + CODES_PER_CHUNK && code <= dictionary->n_entries; code++) {
        const struct pd_text text = pd_dictionary_text(dictionary, (uint32_t)code);
        dates->by_code[code] = read_date(dates->stage, text, PD_DATE_ORDER_DAY_MONTH);
        dates->by_code[dictionary->n_entries + 1 + code] = read_date(dates->stage, text, PD_DATE_ORDER_MONTH_DAY);
        if (dates->seen != NULL) pd_date_evidence_add(&dates->seen[code], date_part(text), 1);
    }
    return PADAN_OK;
}

static enum padan_status prepare(struct dates *dates, bool with_evidence, struct padan_error *error)
{
    if (dates->column == NULL) return PADAN_OK;
    const size_t n_entries = dates->column->dictionary->n_entries;
    PD_TRY(pd_allocate_array(&dates->by_code, N_ORDERS * (n_entries + 1), sizeof *dates->by_code, error));
    PD_TRY(pd_allocate(&dates->caches, (size_t)dates->stage->threads, sizeof *dates->caches, error));
    if (with_evidence) PD_TRY(pd_allocate(&dates->seen, n_entries + 1, sizeof *dates->seen, error));
    return pd_parallel_for((n_entries + CODES_PER_CHUNK - 1) / CODES_PER_CHUNK, dates->stage->threads, read_chunk,
                           dates, error);
}

static void release(struct dates *dates)
{
    pd_free(dates->by_code);
    pd_free(dates->seen);
    pd_free(dates->caches);
}

static enum pd_date_order order_of(const struct pd_stage *stage, size_t record)
{
    return stage->facts[stage->table->file_of == NULL ? 0 : stage->table->file_of[record]].date_order;
}

static struct reading reading_at(const struct dates *dates, size_t record, int worker)
{
    static const struct reading nothing = { PD_DATE_NONE, PD_DATE_NONE, 0, 0 };
    if (dates->column == NULL) return nothing;
    const uint32_t code = pd_raw_code(dates->column, record);
    if (code != 0) {
        const bool month_first = order_of(dates->stage, record) == PD_DATE_ORDER_MONTH_DAY;
        return dates->by_code[(month_first ? dates->column->dictionary->n_entries + (size_t)1 : 0) + code];
    }
    if (pd_encoding_is_code(dates->column->encoding)) return nothing;
    const uint64_t word = ((const uint64_t *)dates->column->words)[record];
    if (word == 0) return nothing;
    struct cache *cache = &dates->caches[worker];
    const size_t slot = pd_mix64(word) & (CACHE - 1);
    if (cache->words[slot] != word) {
        char scratch[24];
        cache->readings[slot] =
            read_date(dates->stage, pd_column_text(dates->column, record, scratch), PD_DATE_ORDER_DAY_MONTH);
        cache->words[slot] = word;
    }
    return cache->readings[slot];
}

static void add_evidence(struct pd_date_evidence *to, const struct pd_date_evidence *from)
{
    to->n_day_first += from->n_day_first;
    to->n_month_first += from->n_month_first;
    to->n_ambiguous += from->n_ambiguous;
    to->n_serial += from->n_serial;
    to->n_iso += from->n_iso;
    to->n_words += from->n_words;
    to->n_compact += from->n_compact;
    to->n_other += from->n_other;
    to->n_no_day += from->n_no_day;
}

static void count_rows(void *context, size_t begin, size_t end, int worker)
{
    const struct dates *dates = context;
    for (size_t record = begin; record < end; record++) {
        const uint32_t code = pd_raw_code(dates->column, record);
        if (code == 0) continue;
        add_evidence(&pd_stage_facts(dates->stage, worker, record)->dates, &dates->seen[code]);
    }
}

/* Sums the workers' evidence and settles every file's order, unless the job has said it. */
static void settle_orders(const struct pd_stage *stage)
{
    for (size_t file = 0; file < stage->n_files; file++) {
        struct pd_normalise_file_facts *facts = &stage->facts[file];
        for (size_t worker = 1; worker < (size_t)stage->threads; worker++) {
            add_evidence(&facts->dates, &stage->facts[worker * stage->n_files + file].dates);
            stage->facts[worker * stage->n_files + file].dates = (struct pd_date_evidence){ 0 };
        }
        const struct pd_normalise_file *given = stage->options->files;
        facts->date_order = given != NULL ? given[file].date_order : PD_DATE_ORDER_UNKNOWN;
        if (facts->date_order == PD_DATE_ORDER_UNKNOWN) facts->date_order = pd_date_evidence_order(&facts->dates);
    }
}

/* The birth date column, and the one with place and date for where it says nothing. */
struct births {
    struct dates own, ttl;
    int32_t *day, *other, *year;
    uint8_t *heap;
};

static void fill_births(void *context, size_t begin, size_t end, int worker)
{
    const struct births *births = context;
    for (size_t record = begin; record < end; record++) {
        struct reading reading = reading_at(&births->own, record, worker);
        if (reading.year == 0) reading = reading_at(&births->ttl, record, worker);
        if (reading.year == 0) continue;
        births->year[record] = reading.year;
        if (reading.day == PD_DATE_NONE) continue;
        births->day[record] = reading.day;
        births->heap[record] = reading.heap;
        if (births->other != NULL && reading.other != PD_DATE_NONE) births->other[record] = reading.other;
    }
}

static enum padan_status make_births(const struct pd_stage *stage, struct births *births, struct padan_error *error)
{
    const size_t first = pd_stage_first(stage, PD_MADE_TGL_LAHIR);
    PD_TRY(prepare(&births->own, true, error));
    PD_TRY(prepare(&births->ttl, true, error));
    if (births->own.column != NULL) PD_TRY(pd_stage_each_row(stage, first, count_rows, &births->own, error));
    if (births->ttl.column != NULL) PD_TRY(pd_stage_each_row(stage, first, count_rows, &births->ttl, error));
    settle_orders(stage);
    pd_stage_begin(stage, PD_MADE_TGL_LAHIR, PD_MADE_TGL_TUMPUK);
    if (births->own.column == NULL && births->ttl.column == NULL) return PADAN_OK;
    return pd_stage_each_row(stage, first, fill_births, births, error);
}

struct deaths {
    struct dates dates;
    int32_t *day;
};

static void fill_deaths(void *context, size_t begin, size_t end, int worker)
{
    const struct deaths *deaths = context;
    for (size_t record = begin; record < end; record++) {
        const struct reading reading = reading_at(&deaths->dates, record, worker);
        if (reading.day != PD_DATE_NONE) deaths->day[record] = reading.day;
    }
}

static enum padan_status make_deaths(const struct pd_stage *stage, struct padan_error *error)
{
    struct deaths deaths = { { .stage = stage, .column = pd_stage_raw(stage, PD_RAW_TGL_MENINGGAL) },
                             pd_stage_made(stage, PD_MADE_TGL_MENINGGAL) };
    if (deaths.dates.column == NULL) return PADAN_OK;
    pd_stage_begin(stage, PD_MADE_TGL_MENINGGAL, PD_MADE_TGL_MENINGGAL);
    enum padan_status status = prepare(&deaths.dates, false, error);
    if (status == PADAN_OK)
        status = pd_stage_each_row(stage, pd_stage_first(stage, PD_MADE_TGL_MENINGGAL), fill_deaths, &deaths, error);
    release(&deaths.dates);
    return status;
}

enum padan_status pd_stage_dates(const struct pd_stage *stage, struct padan_error *error)
{
    struct births births = { .own = { .stage = stage, .column = pd_stage_raw(stage, PD_RAW_TGL_LAHIR) },
                             .ttl = { .stage = stage, .column = pd_stage_raw(stage, PD_RAW_TTL) },
                             .day = pd_stage_made(stage, PD_MADE_TGL_LAHIR),
                             .other = pd_stage_made(stage, PD_MADE_TGL_LAHIR_LAIN),
                             .year = pd_stage_made(stage, PD_MADE_TAHUN_LAHIR),
                             .heap = pd_stage_made(stage, PD_MADE_TGL_TUMPUK) };
    enum padan_status status = make_births(stage, &births, error);
    release(&births.own);
    release(&births.ttl);
    return status == PADAN_OK ? make_deaths(stage, error) : status;
}
