/* SPDX-License-Identifier: MIT
 * From edges and clusters to what is known of each row (model/linkage.h): the person in the register, the state in the
 * registry, the answer a lookup of the NIK alone gives. Definitions: CONTRACT 3, DOMAIN 1.6. */
#ifndef PD_RECONCILE_LINKS_H
#define PD_RECONCILE_LINKS_H

#include "model/linkage.h"

/* Finds the columns by name. */
void pd_person_columns_find(const struct pd_table *table, struct pd_person_columns *columns);
/* Whether it finds a column of this name. */
bool pd_is_person_column(struct pd_text name);

/* nik_owner [n_records] and lookup codes [n_records] (enum pd_nik_code) of every row's NIK in the register. */
PADAN_MUST_CHECK enum padan_status pd_nik_lookup(const struct pd_table *table, const struct pd_person_columns *columns,
                                                 int register_source, int threads, uint32_t *nik_owner,
                                                 uint8_t *nik_code, struct padan_error *error);

/* The answer for the number of a person of the register, found. */
uint8_t pd_nik_code_of_life(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t record);

/* Groups edges by record: begins [n_records + 1], edges_of [2 * n_edges]; each record's edges ascend. LIMIT with more
 * than 2^31 of them. */
PADAN_MUST_CHECK enum padan_status pd_edge_index(const struct pd_edges *edges, size_t n_records, int threads,
                                                 uint32_t **begins, uint32_t **edges_of, struct padan_error *error);

/* Makes linkage->links and persons, which the caller frees, from everything else in linkage. nik_code from
 * pd_nik_lookup. */
PADAN_MUST_CHECK enum padan_status pd_links_make(struct pd_linkage *linkage, const uint8_t *nik_code, int threads,
                                                 struct padan_error *error);

/* The strongest edge of a row, or of the person that it is, to the registry; PD_NO_EDGE when it is linked through its
 * cluster only, or not at all. */
uint32_t pd_links_registry_edge(const struct pd_linkage *linkage, uint32_t row);

/* Brings near the edges of a row (base/prefetch.h). */
void pd_links_prefetch_edges(const struct pd_linkage *linkage, size_t row);

/* Marks rows with an automatic edge of a weight or more to the register. linked [n_records] out. */
struct pd_mark_linked_of {
    const struct pd_table *table;
    int register_source; /* -1: none, and no row is marked */
    const struct pd_edges *edges;
    pd_weight least;
    int threads;
};
PADAN_MUST_CHECK enum padan_status pd_mark_linked(const struct pd_mark_linked_of *of, uint8_t *linked,
                                                  struct padan_error *error);

/* Round 2: an edge of class review between a row and a register person gains `bits` times the share of the row's
 * co-members (rows of its source with its family number that are not the same person's again) that are linked
 * automatically to the person's family in the register, and evidence needs at least one co-member. Of a row that
 * gained, automatic edges gain theirs too, else a twin's in doubt could overtake one by what speaks for both. Reads
 * round-1 classes only, so the order of edges is of no importance. Marks the rows of edges that gained in gained
 * [n_records], out, and returns the number of those edges in *n_gained. */
struct pd_household_evidence_of {
    const struct pd_table *table;
    const struct pd_person_columns *columns;
    int register_source;
    double bits;
    int threads;
};
PADAN_MUST_CHECK enum padan_status pd_household_evidence(const struct pd_household_evidence_of *of,
                                                         struct pd_edges *edges, uint8_t *gained, size_t *n_gained,
                                                         struct padan_error *error);

#endif
