/* SPDX-License-Identifier: MIT
 * Payment periods: the row's own periode, tahap and tahun, else the source's interval; rows whose own cannot be read
 * are counted. Rows have few distinct combinations, so a worker remembers the last ones. */
#include "base/hash.h"
#include "base/memory.h"
#include "indonesia/fold.h"
#include "indonesia/period.h"
#include "normalise/stage.h"

enum { SLOTS = 1024 };

struct slot {
    uint64_t period, stage, year; /* words of the raw columns */
    uint32_t source;              /* + 1; 0 = empty */
    enum pd_date_order order;     /* of the file */
    bool unreadable;
    enum pd_period_form form;
    struct pd_period value;
};

struct periods {
    const struct pd_stage *stage;
    const struct pd_column *period, *stage_column, *year;
    int32_t *begin, *end;
    struct slot *slots; /* [threads][SLOTS] */
};

static uint64_t word_at(const struct pd_column *column, size_t record)
{
    return column == NULL ? 0 : pd_column_word(column, record);
}

static struct pd_text text_at(const struct pd_column *column, size_t record, char scratch[24])
{
    const struct pd_text none = { NULL, 0 };
    return column == NULL ? none : pd_column_text(column, record, scratch);
}

static struct pd_period of_source(const struct periods *periods, size_t source)
{
    const struct pd_normalise_source *given = periods->stage->options->sources;
    if (given == NULL) return (struct pd_period){ PD_DATE_NONE, PD_DATE_NONE };
    return (struct pd_period){ given[source].period_begin, given[source].period_end };
}

/* The year of a row without one is the year its source's period begins. */
static struct slot read_row(const struct periods *periods, size_t record, const struct slot *key)
{
    char scratch[3][24];
    const struct pd_period fallback = of_source(periods, key->source - 1);
    const struct pd_text year_text = text_at(periods->year, record, scratch[0]);
    uint64_t year = 0;
    const bool own_year =
        pd_text_to_u64(pd_text_slice(pd_text_trim(year_text), 0, 4), &year) && year >= 2000 && year <= 2100;
    const struct pd_text period = text_at(periods->period, record, scratch[1]);
    const struct pd_text stage = text_at(periods->stage_column, record, scratch[2]);
    const bool says_nothing = pd_is_nothing(period) && pd_is_nothing(stage);
    const int fallback_year = fallback.begin == PD_DATE_NONE ? 0 : pd_date_to_civil(fallback.begin).year;
    const struct pd_period_options options = { own_year ? (int)year : fallback_year, key->order };
    struct slot slot = *key;
    slot.form = pd_period_form_of(period);
    slot.value = fallback;
    /* a year alone is no reason to leave a finer source period of that year */
    if (says_nothing && (!own_year || options.year == fallback_year)) return slot;
    const struct pd_period own = pd_period_of_row(period, stage, &options);
    slot.unreadable = own.begin == PD_DATE_NONE;
    if (!slot.unreadable)
        slot.value = own;
    else if (own_year && options.year != fallback_year)
        slot.value = pd_period_of_row(PD_TEXT(""), PD_TEXT(""), &options);
    return slot;
}

static void count_row(const struct slot *slot, struct pd_normalise_file_facts *facts)
{
    facts->n_periods_unreadable += slot->unreadable;
    facts->n_periods_dates += slot->form == PD_PERIOD_DATE;
    facts->n_periods_doubtful += slot->form == PD_PERIOD_DAY_OR_MONTHS;
}

static void fill_rows(void *context, size_t begin, size_t end, int worker)
{
    struct periods *periods = context;
    struct slot *slots = periods->slots + (size_t)worker * SLOTS;
    const uint16_t *source_of = periods->stage->table->source_of;
    for (size_t record = begin; record < end; record++) {
        const uint32_t source = source_of == NULL ? 0 : source_of[record];
        const struct slot key = { .period = word_at(periods->period, record),
                                  .stage = word_at(periods->stage_column, record),
                                  .year = word_at(periods->year, record),
                                  .source = source + 1,
                                  .order = pd_stage_facts(periods->stage, 0, record)->date_order };
        const uint64_t hash =
            pd_hash_combine(pd_hash_combine(pd_hash_combine(key.source, key.period), key.stage), key.year);
        struct slot *slot = &slots[hash & (SLOTS - 1)];
        if (slot->source != key.source || slot->period != key.period || slot->stage != key.stage ||
            slot->year != key.year || slot->order != key.order)
            *slot = read_row(periods, record, &key);
        if (slot->unreadable || slot->form != PD_PERIOD_PLAIN)
            count_row(slot, pd_stage_facts(periods->stage, worker, record));
        if (slot->value.begin == PD_DATE_NONE) continue;
        periods->begin[record] = slot->value.begin;
        periods->end[record] = slot->value.end;
    }
}

enum padan_status pd_stage_periods(const struct pd_stage *stage, struct padan_error *error)
{
    struct periods periods = { .stage = stage,
                               .period = pd_stage_raw(stage, PD_RAW_PERIODE),
                               .stage_column = pd_stage_raw(stage, PD_RAW_TAHAP),
                               .year = pd_stage_raw(stage, PD_RAW_TAHUN),
                               .begin = pd_stage_made(stage, PD_MADE_MULAI),
                               .end = pd_stage_made(stage, PD_MADE_SELESAI) };
    if (periods.begin == NULL) return PADAN_OK;
    pd_stage_begin(stage, PD_MADE_MULAI, PD_MADE_SELESAI);
    PD_TRY(pd_allocate(&periods.slots, (size_t)stage->threads * SLOTS, sizeof *periods.slots, error));
    const enum padan_status status =
        pd_stage_each_row(stage, pd_stage_first(stage, PD_MADE_MULAI), fill_rows, &periods, error);
    pd_free(periods.slots);
    return status;
}
