/* SPDX-License-Identifier: MIT
 * The registry of the poor as the reconciliation asks it: distinct people and families of each version with decile,
 * category and how long they live, and the payment periods of the programs, each with the version in force at its
 * start. Computed by reconcile/, read by report/. */
#ifndef PD_MODEL_REGISTRY_H
#define PD_MODEL_REGISTRY_H

#include "base/date.h"
#include "model/linkage.h"

#define PD_NO_UNIT UINT32_MAX
#define PD_NO_SLICE UINT16_MAX

/* Until when a person was alive and active: a day, or one of these. */
#define PD_LIVES INT32_MAX
#define PD_DIED_SOME_DAY (INT32_MIN + 1) /* dead, the day is not known */
#define PD_IS_INACTIVE INT32_MIN

enum { PD_UNIT_KINDS = 2, PD_CATEGORIES_MAX = 32 };

/* Who tells of a family of a version. */
enum pd_family_speaker {
    PD_SPEAKER_NONE,   /* a row of the family that names nobody the version counts as a person */
    PD_SPEAKER_HEAD,   /* a row of the family: somebody of it, or the register */
    PD_SPEAKER_MEMBERS /* rows of its people */
};

/* A person or a family of one version. */
struct pd_registry_unit {
    uint32_t row;         /* its first row in the version: where it lives */
    uint32_t decile_row;  /* the row that says its decile; its first row where none does */
    int32_t alive_until;  /* a family: of its longest living member */
    uint32_t categories;  /* bit c: condition c holds, in a family for a living member (pd_categories) */
    uint32_t late;        /* a family: likewise for the member who died last */
    int32_t late_until;   /* a family: when that was; PD_IS_INACTIVE when nobody died on a known day */
    uint32_t likely;      /* a family: likewise of somebody who may be a member */
    int32_t likely_until; /* a family: as alive_until, of somebody who may be a member; PD_IS_INACTIVE without one */
    uint32_t stranger;    /* a family: a person in it, by unit, whom the register does not know; PD_NO_UNIT */
    uint8_t decile;       /* of the first of its rows that has one; 0 none */
    uint8_t speaker;      /* a family: enum pd_family_speaker */
};

/* Somebody of this version who may be of another family than the version says. */
struct pd_likely_member {
    uint32_t family;     /* that family (pd_likely_families) */
    uint32_t unit;       /* the family in the version, by unit */
    uint32_t categories; /* of the person; 0 of the dead */
    int32_t alive_until;
};

struct pd_registry_version {
    struct pd_text name;                           /* versi_dtsen */
    int32_t published;                             /* PD_DATE_NONE when not said */
    bool has_people;                               /* a source of it is of persons, not of families */
    bool tells_lives;                              /* a row of its people is dead, inactive, or has a day of death */
    struct pd_registry_unit *units[PD_UNIT_KINDS]; /* 0 persons, 1 families (enum pd_unit) */
    size_t n_units[PD_UNIT_KINDS];
    /* [n_records] unit of a person or family by its representative row; PD_NO_UNIT when it is not in this version */
    uint32_t *unit_of[PD_UNIT_KINDS];
    struct pd_likely_member *likely; /* by family, unit */
    size_t n_likely;
};

struct pd_registry {
    struct pd_registry_version *versions; /* by day of publication, those without one first */
    size_t n_versions;
    int *version_of_source;  /* [n_sources] -1: no registry */
    uint8_t *unit_of_source; /* [n_sources] enum pd_unit: what a row of a registry is */
};

/* The person (kind 0) or family (1; enum pd_unit) of any row in a version, by unit; PD_NO_UNIT when it is not there. */
static inline uint32_t pd_registry_unit_of(const struct pd_linkage *linkage, const struct pd_registry_version *version,
                                           int kind, uint32_t record)
{
    const uint32_t representative = kind != 0 ? linkage->household[record] : linkage->cluster[record];
    return version->unit_of[kind][representative];
}

/* Do a version and the one before it both tell of people? Else only their families can be compared. */
static inline bool pd_versions_have_people(const struct pd_registry *registry, int newer)
{
    return registry->versions[newer].has_people && registry->versions[newer - 1].has_people;
}

static inline bool pd_row_names_somebody(const struct pd_linkage *linkage, size_t row)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const struct pd_column *all = linkage->table->columns;
    return (columns->nama >= 0 && !pd_column_is_null(&all[columns->nama], row)) ||
           (columns->nik >= 0 && !pd_column_is_null(&all[columns->nik], row));
}

/* Is a row of a registry's source a person of its version? A row of a family is its head, if the register knows who
 * that is; else only where it names somebody and the version has no people of its own, who would be counted twice. */
static inline bool pd_registry_row_is_person(const struct pd_linkage *linkage, size_t source, size_t row)
{
    const struct pd_registry *registry = linkage->registry;
    if (registry->unit_of_source[source] == 0 || linkage->anchor[row] != PD_NO_RECORD) return true;
    if (registry->versions[registry->version_of_source[source]].has_people) return false;
    return pd_row_names_somebody(linkage, row);
}

/* One payment period of a program. */
struct pd_slice {
    int program;
    int32_t begin, end;             /* first and last day; PD_DATE_NONE = not known */
    int version;                    /* in force when the period starts, -1 without a registry */
    int eligibility;                /* index into the job's list, -1 when it says nothing of the program */
    uint8_t decile_min, decile_max; /* inclusive; 0 when not said */
    uint8_t unit;                   /* enum pd_unit of the program */
    int category;                   /* bit of pd_registry_unit.categories, -1 without a condition */
};

struct pd_slices {
    struct pd_slice *items; /* by first source of the program in the job, then period */
    size_t n_items;
    uint16_t *of_row; /* [n_records] PD_NO_SLICE for rows that are not paid rows of a program */
};

/* Where a recipient stands in the registry. */
enum pd_recipient_state {
    PD_RECIPIENT_LINKED,       /* otomatis, with a decile */
    PD_RECIPIENT_NO_DECILE,    /* otomatis, without a decile */
    PD_RECIPIENT_REVIEW,       /* tinjau */
    PD_RECIPIENT_UNREGISTERED, /* not found in the version in force */
};

/* A distinct unit that one program paid in one period. */
struct pd_recipient {
    uint32_t row;  /* its first paid row */
    uint32_t unit; /* in the version in force; PD_NO_UNIT when there is none */
    uint32_t n_rows, n_without_amount;
    int64_t amount;
    uint16_t slice;
    uint8_t state; /* enum pd_recipient_state */
    bool eligible; /* LINKED only */
    bool open;     /* LINKED, not eligible, but may be, through somebody who may be a member: to be reviewed */
};

/* A reason why a paid row should not have been, with its evidence. */
enum pd_ineligible_reason {
    PD_REASON_MENINGGAL,
    PD_REASON_INDIKASI_MENINGGAL,
    PD_REASON_PERGANTIAN_PENGURUS,
    PD_REASON_DECILE,
    PD_REASON_CATEGORY,
    PD_REASON_DISQUALIFIER,
    PD_REASON_NONAKTIF,
    PD_REASON_TIDAK_TERDAFTAR
};

struct pd_ineligible {
    uint32_t record, evidence; /* rows; evidence PD_NO_RECORD when there is none */
    uint32_t finding;          /* handle of the finding */
    uint32_t edge;             /* the link it rests on, PD_NO_EDGE when a cluster or nothing */
    uint8_t reason;            /* enum pd_ineligible_reason */
    uint8_t value;             /* DECILE: the decile */
    bool certain, member;      /* keyakinan pasti; kena ANGGOTA_KK */
    bool undated;              /* MENINGGAL on an unknown day */
};

struct pd_ineligibles {
    struct pd_ineligible *items; /* by record, reason */
    size_t n_items, capacity;
};

/* May a unit be paid by a slice's program? Decile range, condition, and alive when the period starts. */
static inline bool pd_unit_in_decile(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    return slice->decile_max == 0 || (unit->decile >= slice->decile_min && unit->decile <= slice->decile_max);
}

/* Is somebody who lives until then alive and active when the period starts? */
static inline bool pd_lives_in(const struct pd_slice *slice, int32_t until)
{
    if (until == PD_LIVES) return true;
    if (until <= PD_DIED_SOME_DAY || slice->begin == PD_DATE_NONE) return false;
    return slice->begin <= until;
}

static inline bool pd_unit_in_category(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    if (slice->category < 0 || ((unit->categories >> slice->category) & 1) != 0) return true;
    return ((unit->late >> slice->category) & 1) != 0 && pd_lives_in(slice, unit->late_until);
}

/* Is it only somebody who may be a member for whom the condition holds? */
static inline bool pd_unit_may_be_in_category(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    return !pd_unit_in_category(slice, unit) && ((unit->likely >> slice->category) & 1) != 0;
}

static inline bool pd_unit_alive(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    return pd_lives_in(slice, unit->alive_until);
}

static inline bool pd_unit_eligible(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    return pd_unit_in_decile(slice, unit) && pd_unit_in_category(slice, unit) && pd_unit_alive(slice, unit);
}

/* Is it only through somebody who may be a member that the unit is eligible? */
static inline bool pd_unit_may_be_eligible(const struct pd_slice *slice, const struct pd_registry_unit *unit)
{
    if (!pd_unit_in_decile(slice, unit) || pd_unit_eligible(slice, unit)) return false;
    if (!pd_unit_alive(slice, unit) && !pd_lives_in(slice, unit->likely_until)) return false;
    return pd_unit_in_category(slice, unit) || pd_unit_may_be_in_category(slice, unit);
}

#endif
