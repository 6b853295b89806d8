/* SPDX-License-Identifier: MIT */
#include "reconcile/lives.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "indonesia/attribute.h"

bool pd_reason_is_death(struct pd_text reason)
{
    return pd_text_same_name(reason, PD_TEXT("MENINGGAL")) || pd_text_same_name(reason, PD_TEXT("KEMATIAN"));
}

void pd_disqualifiers_reset(struct pd_disqualifiers *disqualifiers)
{
    pd_free(disqualifiers->entries);
    pd_free(disqualifiers->first[PD_UNIT_PERSON]);
    pd_free(disqualifiers->first[PD_UNIT_FAMILY]);
    *disqualifiers = (struct pd_disqualifiers){ 0 };
}

static enum padan_status add_entry(struct pd_disqualifiers *disqualifiers, enum pd_unit unit, uint32_t key,
                                   struct pd_disqualifier_entry entry, struct padan_error *error)
{
    uint32_t *first = disqualifiers->first[unit];
    PD_TRY(pd_grow(&disqualifiers->entries, &disqualifiers->capacity, disqualifiers->n_entries + 1,
                   sizeof *disqualifiers->entries, error));
    entry.next = first[key];
    disqualifiers->entries[disqualifiers->n_entries++] = entry;
    first[key] = (uint32_t)disqualifiers->n_entries;
    return PADAN_OK;
}

/* A row stands for its person and family; when its link to the register waits for review, also for the candidate. */
static enum padan_status add_row(const struct pd_linkage *linkage, struct pd_disqualifiers *disqualifiers, bool family,
                                 uint32_t record, struct padan_error *error)
{
    const struct pd_row_link *link = pd_link_of(linkage, record);
    struct pd_disqualifier_entry entry = { .record = record, .certain = true };
    PD_TRY(add_entry(disqualifiers, PD_UNIT_PERSON, linkage->cluster[record], entry, error));
    if (family) PD_TRY(add_entry(disqualifiers, PD_UNIT_FAMILY, linkage->household[record], entry, error));
    if (link->class != PD_CLASS_REVIEW) return PADAN_OK;
    entry.certain = false;
    PD_TRY(add_entry(disqualifiers, PD_UNIT_PERSON, linkage->cluster[link->register_record], entry, error));
    if (!family) return PADAN_OK;
    return add_entry(disqualifiers, PD_UNIT_FAMILY, linkage->household[link->register_record], entry, error);
}

static enum padan_status make(const struct pd_linkage *linkage, const struct pd_job *job,
                              struct pd_disqualifiers *disqualifiers, struct padan_error *error)
{
    const struct pd_table *table = linkage->table;
    for (size_t i = 0; i < job->n_sources; i++) {
        const struct pd_job_source *source = &job->sources[i];
        if (source->role != PD_ROLE_DISQUALIFIER) continue;
        if (disqualifiers->end == 0) disqualifiers->begin = table->sources[i].begin;
        disqualifiers->end = table->sources[i].end;
        disqualifiers->any_deaths = disqualifiers->any_deaths || pd_reason_is_death(source->reason);
        for (int unit = 0; unit < PD_UNIT_KINDS; unit++)
            if (disqualifiers->first[unit] == NULL && (unit == PD_UNIT_PERSON || source->level_family))
                PD_TRY(pd_allocate(&disqualifiers->first[unit], table->n_records + 1, sizeof(uint32_t), error));
        /* From the last row to the first, so that a chain begins with the first. */
        for (size_t r = table->sources[i].end; r > table->sources[i].begin; r--)
            PD_TRY(add_row(linkage, disqualifiers, source->level_family, (uint32_t)(r - 1), error));
    }
    return PADAN_OK;
}

enum padan_status pd_disqualifiers_make(const struct pd_linkage *linkage, const struct pd_job *job,
                                        struct pd_disqualifiers *disqualifiers, struct padan_error *error)
{
    *disqualifiers = (struct pd_disqualifiers){ 0 };
    const enum padan_status status = make(linkage, job, disqualifiers, error);
    if (status != PADAN_OK) pd_disqualifiers_reset(disqualifiers);
    return status;
}

uint8_t pd_life_said(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t row)
{
    const int status = columns->status_hidup;
    const int day = columns->tgl_meninggal;
    const uint8_t life = status < 0 ? PD_LIFE_UNKNOWN : ((const uint8_t *)table->columns[status].words)[row];
    if (life != PD_LIFE_UNKNOWN || day < 0) return life;
    return pd_column_is_null(&table->columns[day], row) ? PD_LIFE_UNKNOWN : PD_LIFE_DEAD;
}

static int64_t death_day(const struct pd_linkage *linkage, uint32_t row)
{
    const int column = linkage->columns.tgl_meninggal;
    return column < 0 ? PD_NULL_INT : pd_column_integer(&linkage->table->columns[column], row);
}

int32_t pd_life_of_row(const struct pd_linkage *linkage, uint32_t row)
{
    const uint8_t life = pd_life_said(linkage->table, &linkage->columns, row);
    const int64_t day = death_day(linkage, row);
    if (life == PD_LIFE_DEAD) return day == PD_NULL_INT ? PD_DIED_SOME_DAY : (int32_t)day;
    return life == PD_LIFE_INACTIVE ? PD_IS_INACTIVE : PD_LIVES;
}

bool pd_life_is_registered(const struct pd_linkage *linkage, uint32_t row)
{
    const uint32_t person = linkage->anchor[row];
    return person != PD_NO_RECORD && pd_life_said(linkage->table, &linkage->columns, person) != PD_LIFE_UNKNOWN;
}

bool pd_life_is_contradicted(const struct pd_linkage *linkage, uint32_t person, int32_t day)
{
    const int64_t death = death_day(linkage, person);
    return death != PD_NULL_INT && death < day && pd_life_of_row(linkage, person) == PD_LIVES;
}

void pd_life_prefetch(const struct pd_linkage *linkage, uint32_t row)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const uint32_t person = linkage->anchor[row];
    if (person == PD_NO_RECORD) return;
    if (columns->status_hidup >= 0) pd_column_prefetch(&linkage->table->columns[columns->status_hidup], person);
    if (columns->tgl_meninggal >= 0) pd_column_prefetch(&linkage->table->columns[columns->tgl_meninggal], person);
}

/* A roster of deaths tells by being there; the day when it has one. */
static struct pd_life_answer death_in_roster(const struct pd_linkage *linkage, const struct pd_job *job,
                                             const struct pd_disqualifiers *disqualifiers, uint32_t row)
{
    struct pd_life_answer answer = { PD_LIVES, PD_NO_RECORD };
    uint32_t at = disqualifiers->first[PD_UNIT_PERSON][linkage->cluster[row]];
    while (at != 0) {
        const struct pd_disqualifier_entry *entry = &disqualifiers->entries[at - 1];
        const struct pd_job_source *source = &job->sources[pd_table_source(linkage->table, entry->record)];
        at = entry->next;
        if (!entry->certain || !pd_reason_is_death(source->reason)) continue;
        const int64_t day = death_day(linkage, entry->record);
        return (struct pd_life_answer){ day == PD_NULL_INT ? PD_DIED_SOME_DAY : (int32_t)day, entry->record };
    }
    return answer;
}

struct pd_life_answer pd_life_of(const struct pd_linkage *linkage, const struct pd_job *job,
                                 const struct pd_disqualifiers *disqualifiers, uint32_t row)
{
    struct pd_life_answer answer = { PD_LIVES, linkage->anchor[row] };
    if (answer.evidence != PD_NO_RECORD) answer.until = pd_life_of_row(linkage, answer.evidence);
    if (answer.until != PD_LIVES || !disqualifiers->any_deaths) return answer;
    const struct pd_life_answer roster = death_in_roster(linkage, job, disqualifiers, row);
    return roster.evidence == PD_NO_RECORD ? answer : roster;
}
