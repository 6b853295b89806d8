/* SPDX-License-Identifier: MIT
 * keadaan/: what a run leaves for the next night, so that rows can be told apart by their content and compared with
 * what was known of them. Numbers and hashes only; no cell content but the ids of rows.
 *
 *   sumber.csv     the sources with their rows, what a row of them is, and the columns that all their files have
 *   baris.bin      a line of text, then a struct pd_row_state per row
 *   id.csv         the ids, one a line, in the same order
 *   temuan.bin     a line of text, then a struct pd_finding_state per finding
 *   kriteria.csv   the criteria that findings name by number
 *   pasangan.bin   a line of text, then every kept pair: struct pd_edge and its levels
 *   model.csv      hash of the model, and what each blocking rule gave */
#ifndef PD_REPORT_STATE_H
#define PD_REPORT_STATE_H

#include "model/finding.h"
#include "report/row_context.h"
#include "report/run_folder.h"

enum { PD_STATE_COLUMNS = 14, PD_STATE_BATCH = 64 };

/* Little-endian, without gaps. */
struct pd_row_state {
    uint64_t content; /* hash of everything that was read of the row, its id apart */
    int64_t amount;   /* PD_NULL_INT when there is none */
    uint64_t region;
    uint32_t cluster; /* row of the run */
    uint16_t source;
    uint8_t status, class, registry_state, decile; /* decile 0: none */
    uint8_t columns[PD_STATE_COLUMNS];             /* a byte of the hash of each column: which one has changed */
};

struct pd_finding_state {
    uint32_t record;
    uint16_t criterion;
    uint8_t kind, certain;
    int64_t amount;
};

_Static_assert(sizeof(struct pd_row_state) == 48 && sizeof(struct pd_finding_state) == 16, "no gaps in the files");

/* First lines of the files; 31 bytes and a newline, so that what follows is aligned. */
#define PD_STATE_ROWS_HEADER "padan keadaan baris 1          "
#define PD_STATE_FINDINGS_HEADER "padan keadaan temuan 1         "
enum { PD_STATE_HEADER_BYTES = 32 };
_Static_assert(sizeof(PD_STATE_ROWS_HEADER) == PD_STATE_HEADER_BYTES &&
                   sizeof(PD_STATE_FINDINGS_HEADER) == PD_STATE_HEADER_BYTES,
               "a line of 31 bytes");

#define PD_STATE_FAMILIES "keluarga"
#define PD_STATE_PEOPLE "orang"

/* Names of pd_row_state.columns; the first ones say who somebody is. */
enum { PD_STATE_WHO_COLUMNS = 6 };
extern const char *const pd_state_column_names[PD_STATE_COLUMNS];
/* Do rows of one place, which says where a row stands and not which row it is, have the same NIK or name? */
bool pd_row_state_same_person(const struct pd_row_state *a, const struct pd_row_state *b);
/* A hash of what a row says of who somebody is; false when it lacks NIK or name and says too little. */
bool pd_row_state_words(const struct pd_row_state *state, uint64_t *hash);

/* Hashes of rows: those of distinct texts are computed once. */
struct pd_row_hasher {
    const struct pd_report *report;
    struct pd_hashed_column *columns; /* [n_columns] */
    size_t n_columns;
};

PADAN_MUST_CHECK enum padan_status pd_row_hasher_make(struct pd_row_hasher *hasher, const struct pd_report *report,
                                                      struct padan_error *error);
void pd_row_hasher_reset(struct pd_row_hasher *hasher);
/* What is known of n rows from begin on (at most PD_STATE_BATCH), content hashes included. Several threads may ask. */
void pd_row_states_of(const struct pd_row_hasher *hasher, uint32_t begin, size_t n, struct pd_row_state *states);

struct pd_state_facts {
    struct pd_text model; /* as read: its hash goes into model.csv */
    const struct pd_text *rule_names;
    const uint64_t *rule_pairs; /* [n_rules] */
    size_t n_rules;
    const struct pd_text *source_columns; /* [n_sources] of the job; joined by '|' */
};

/* keadaan/baris.bin, id.csv (both of all rows) and pasangan.bin (of all pairs); the hasher must outlive the plans. */
void pd_plan_row_states(const struct pd_row_hasher *hasher, struct pd_table_plan *plan);
void pd_plan_ids(const struct pd_row_hasher *hasher, struct pd_table_plan *plan);
void pd_plan_pair_states(const struct pd_row_hasher *hasher, struct pd_table_plan *plan);
/* The other files of keadaan/. */
PADAN_MUST_CHECK enum padan_status pd_write_state(const struct pd_report *report, const struct pd_findings *findings,
                                                  const struct pd_state_facts *facts, struct pd_run_folder *folder,
                                                  struct padan_error *error);

#endif
