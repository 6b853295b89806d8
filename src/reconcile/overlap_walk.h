/* SPDX-License-Identifier: MIT
 * What the walks of overlap.c share: one over families finds what is certain, one over likely families what only a link
 * to be reviewed shows, and one over the same what only another candidate of a row shows (the alternatives of
 * reconcile/likely.h). A row counts once in a figure, whichever of its candidates show it: so the last one only claims,
 * and its claims are settled when all are known. */
#ifndef PD_RECONCILE_OVERLAP_WALK_H
#define PD_RECONCILE_OVERLAP_WALK_H

#include "reconcile/overlap.h"

enum pd_surety { PD_POSSIBLE, PD_LIKELY, PD_CERTAIN, PD_SURETIES };

/* What a row may count for once its other claims are known. */
struct pd_cell_claim {
    struct pd_tally_key claim, cell;
};
struct pd_forbidden_claim {
    struct pd_tally_key claim;
    struct pd_forbidden item;
    uint32_t family; /* likely one, which nothing surer shows to break a rule; else PD_NO_RECORD */
};

/* What a chunk of groups finds, in order. */
struct pd_overlap_list {
    struct pd_forbidden *items;
    struct pd_cell_claim *cells;
    struct pd_forbidden_claim *claims;
    size_t n_items, items_capacity, n_cells, cells_capacity, n_claims, claims_capacity;
    uint64_t n_families[PD_SURETIES]; /* with a pair DILARANG */
};

struct pd_overlap_worker {
    struct pd_tally cells, combinations;
    struct pd_tally claims;      /* of rows with alternatives: what they count for already */
    struct pd_payment *payments; /* of one group in one span */
    size_t capacity;
};

struct pd_overlap_finder {
    const struct pd_overlap_options *options;
    const struct pd_overlaps *overlaps; /* spans and programs */
    const uint8_t *place_of;            /* [n_programs] bit of a program */
    const uint64_t *paying;             /* [n_spans] bits of the programs that pay in it */
    struct pd_overlap_worker *workers;
    struct pd_overlap_list *chunks;
    size_t n_chunks;
};

/* One group in one span at work. */
struct pd_overlap_walk {
    const struct pd_overlap_finder *finder;
    struct pd_overlap_worker *worker;
    struct pd_overlap_list *list;
    size_t span;
    enum pd_surety surety;       /* what is looked for: nothing surer shows it */
    bool forbidden[PD_SURETIES]; /* something DILARANG was met in this group */
};

/* Payments of one program in a unit. */
struct pd_overlap_run {
    const struct pd_payment *payments;
    size_t n;
    unsigned place;
};

struct pd_overlap_unit {
    struct pd_overlap_run runs[PD_OVERLAP_PROGRAMS_MAX];
    size_t n_runs;
};

/* --- overlap.c --- */

/* The rule for two payments that overlap, -1 when there is none. */
int pd_overlap_rule(const struct pd_overlap_walk *walk, const struct pd_payment *a, const struct pd_payment *b,
                    bool same_person);
enum pd_rule_verdict pd_overlap_verdict(const struct pd_overlap_walk *walk, int rule);
/* May the row of a payment be yet another person? */
bool pd_overlap_has_alternatives(const struct pd_overlap_walk *walk, const struct pd_payment *payment);
/* Notes that a row counts for something. */
PADAN_MUST_CHECK enum padan_status pd_overlap_claim(const struct pd_overlap_walk *walk, struct pd_tally_key claim,
                                                    struct padan_error *error);

/* --- overlap_matrix.c --- */

/* Adds a unit to the matrix and, where it is certain, to the combinations. */
PADAN_MUST_CHECK enum padan_status pd_overlap_count(const struct pd_overlap_walk *walk, enum pd_overlap_level level,
                                                    const struct pd_overlap_unit *unit, struct padan_error *error);

/* --- overlap_forbidden.c --- */

/* Lists what the rules forbid, or want checked, in a unit. */
PADAN_MUST_CHECK enum padan_status
pd_overlap_list_forbidden(struct pd_overlap_walk *walk, const struct pd_overlap_unit *unit, struct padan_error *error);
/* Counts a group whose spans were all walked among the families that break a rule. first_claim: the list's first of the
 * group; family: the likely one. */
void pd_overlap_end_group(struct pd_overlap_walk *walk, size_t first_claim, uint32_t family);

#endif
