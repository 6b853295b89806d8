/* SPDX-License-Identifier: MIT
 * Who is dead or inactive, and who is barred: what the register says of the person of a row, and what rosters of role
 * disqualifier say of persons and families. */
#ifndef PD_RECONCILE_LIVES_H
#define PD_RECONCILE_LIVES_H

#include "job/job.h"
#include "model/registry.h"

/* A row of a disqualifier, found under a person or family; entries of one key are a chain. */
struct pd_disqualifier_entry {
    uint32_t record;
    uint32_t next; /* index + 1, 0 = end */
    bool certain;  /* the disqualifier's row is that person; else a candidate to be reviewed */
};

struct pd_disqualifiers {
    struct pd_disqualifier_entry *entries;
    size_t n_entries, capacity;
    uint32_t *first[PD_UNIT_KINDS]; /* [n_records] by representative: index + 1 of the first entry, 0 = none; NULL when
                                       no source of the job needs it */
    size_t begin, end;              /* records from the first to the last source; others are none */
    bool any_deaths;                /* a source has the reason MENINGGAL */
};

/* Collects the rows of all disqualifiers by the person and, for `level: family`, the family that they are. Nothing is
 * allocated when the job has none. */
PADAN_MUST_CHECK enum padan_status pd_disqualifiers_make(const struct pd_linkage *linkage, const struct pd_job *job,
                                                         struct pd_disqualifiers *disqualifiers,
                                                         struct padan_error *error);
void pd_disqualifiers_reset(struct pd_disqualifiers *disqualifiers);
/* Does a source of this reason tell deaths? */
bool pd_reason_is_death(struct pd_text reason);

/* Until when a person was alive, and the row that says so. */
struct pd_life_answer {
    int32_t until;     /* a day, PD_LIVES, PD_DIED_SOME_DAY or PD_IS_INACTIVE */
    uint32_t evidence; /* PD_NO_RECORD when nothing speaks of the person */
};

/* Of a person by any row of its cluster: the register's answer; else a roster of deaths, certain entries only. */
struct pd_life_answer pd_life_of(const struct pd_linkage *linkage, const struct pd_job *job,
                                 const struct pd_disqualifiers *disqualifiers, uint32_t row);
/* Brings near what the register says of the person of a row (base/prefetch.h). */
void pd_life_prefetch(const struct pd_linkage *linkage, uint32_t row);
/* enum pd_life of a row by its own columns: what status_hidup says, else DEAD where there is a day of death. */
uint8_t pd_life_said(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t row);
/* The same as a day: until when a row itself says that its person was alive. */
int32_t pd_life_of_row(const struct pd_linkage *linkage, uint32_t row);
/* Does the register say of the person of a row whether it lives? Else its rows in the registry are asked. */
bool pd_life_is_registered(const struct pd_linkage *linkage, uint32_t row);
/* Does a row that calls a person alive name a day of death before `day`? */
bool pd_life_is_contradicted(const struct pd_linkage *linkage, uint32_t person, int32_t day);

#endif
