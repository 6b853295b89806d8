/* SPDX-License-Identifier: MIT
 * Who is paid by several programs at once (CONTRACT 5 and 6). Units are persons (clusters) and families; a family's
 * programs are those of all its members. */
#ifndef PD_MODEL_OVERLAP_H
#define PD_MODEL_OVERLAP_H

#include "base/tally.h"
#include "model/payment.h"

/* Stretches of days that no payment crosses: payments of different spans never overlap. Rows without a period count in
 * every span; when no row has one there is a single span without bounds. */
struct pd_span {
    int32_t begin, end; /* INT32_MIN and INT32_MAX when not known */
};

enum { PD_OVERLAP_PROGRAMS_MAX = 64 };
enum pd_overlap_level { PD_OVERLAP_PERSON, PD_OVERLAP_FAMILY, PD_OVERLAP_LEVELS };

/* Metrics of a cell of the matrix. A cell with program_a = program_b holds all units of the program. */
enum {
    PD_CELL_N,
    PD_CELL_REVIEW,
    PD_CELL_AMOUNT_A,
    PD_CELL_AMOUNT_B,
    PD_CELL_WITHOUT_A, /* payments whose amount is not known */
    PD_CELL_WITHOUT_B,
    PD_CELL_METRICS
};
/* Metrics of a combination: a unit counts once in a span, under the most programs that paid it on one day. */
enum {
    PD_COMBINATION_N,
    PD_COMBINATION_AMOUNT,  /* by programs of the set */
    PD_COMBINATION_WITHOUT, /* payments of any program whose amount is not known */
    PD_COMBINATION_OTHERS,  /* by programs that paid the unit on other days only */
    PD_COMBINATION_METRICS
};

/* Keys: high = place (level, span), low = cell or set of programs. */
static inline uint64_t pd_overlap_place(enum pd_overlap_level level, size_t span)
{
    return (uint64_t)span * PD_OVERLAP_LEVELS + (uint64_t)level + 1;
}

/* Programs by their place in pd_overlaps.programs; rule -1 = none. */
static inline uint64_t pd_overlap_cell(unsigned a, unsigned b, int rule)
{
    return (uint64_t)a << 40 | (uint64_t)b << 32 | (uint64_t)(rule + 1);
}

/* A payment that a rule forbids or wants checked beside another one. */
struct pd_forbidden {
    uint32_t record[2]; /* rows of program_a and program_b */
    int32_t begin, end; /* days that both share */
    uint16_t rule;      /* index in the rule table */
    uint8_t cancelled;  /* side of program_batal: 0, 1; 2 when the rule names neither */
    bool same_person;   /* else one family */
    bool certain;
    uint32_t finding; /* handle in the list of findings */
};

struct pd_overlaps {
    struct pd_span *spans;
    size_t n_spans;
    int programs[PD_OVERLAP_PROGRAMS_MAX]; /* program of the list, ascending */
    size_t n_programs;
    struct pd_tally cells;          /* sorted */
    struct pd_tally combinations;   /* sorted; low = bit i for programs[i] */
    struct pd_forbidden *forbidden; /* by rows */
    size_t n_forbidden, forbidden_capacity;
    uint64_t n_forbidden_families[2]; /* families with a pair DILARANG: only to be reviewed, certain */
};

#endif
