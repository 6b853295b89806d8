/* SPDX-License-Identifier: MIT
 * The rows of the truth with everything evaluation needs to know of them as small numbers: source, entity, cluster,
 * household, error classes. Rows are numbered from 0 in the order of the truth file.
 *
 * Rows are known by (source_dataset, unique_id) when every file has the source column, else by unique_id alone. A
 * key that comes back in the truth is that row's id with "#2", "#3" ..., as ingest names it (CONTRACT 2). */
#ifndef PD_EVALUATE_POPULATION_H
#define PD_EVALUATE_POPULATION_H

#include "base/row_file.h"
#include "model/label_record.h"
#include "model/row_renames.h"
#include "table/dictionary.h"

#define PD_NO_ROW UINT32_MAX

struct pd_population {
    bool by_source;                       /* keys hold the source */
    const char *id_name, *source_name;    /* what the command calls the columns of pairs, or NULL */
    const struct pd_row_renames *renames; /* of keys that are read; NULL = none */
    size_t n_rows, capacity;
    struct pd_dictionary keys; /* code - 1 = row */
    struct pd_dictionary sources, entities, clusters, households, household_clusters, groups;
    /* [n_rows] codes of the dictionaries above, 0 = unknown. After pd_population_complete no cluster and no household
     * cluster is 0: a row that stands in no cluster is a cluster of its own, numbered behind the dictionary's. */
    uint32_t *source, *entity, *cluster, *household, *household_cluster, *group;
    uint64_t *errors;                                     /* bit k = error class Ek */
    uint32_t n_sources, n_clusters, n_household_clusters; /* highest code given */
    bool has_errors, has_households, has_groups, has_household_clusters;
    uint64_t n_repeated;              /* rows of the truth whose id came before and that are called id#2, id#3 */
    uint64_t n_without_cluster;       /* rows of the truth that the clusters file does not have */
    uint64_t n_unknown;               /* rows of the clusters file that the truth does not have */
    struct pd_labelled_rows labelled; /* of the truth, as training counts them */
};

/* Which columns to read; NULL = found by the usual names. */
struct pd_truth_columns {
    const char *unique_id, *source, *label, *group;
};

/* Keys of a batch of rows, hashed, so that their slots can be fetched ahead. */
struct pd_key_batch {
    struct pd_buffer bytes;
    struct pd_text keys[PD_ROW_BATCH];
    uint64_t hashes[PD_ROW_BATCH];
};

/* Fills keys for the rows of the batch last read; source_slot and id_slot are slots of the file. */
PADAN_MUST_CHECK enum padan_status pd_key_batch_fill(struct pd_key_batch *batch, const struct pd_population *population,
                                                     const struct pd_row_file *file, size_t n_rows, size_t source_slot,
                                                     size_t id_slot, struct padan_error *error);
/* Row of a key, PD_NO_ROW when the truth does not have it. */
uint32_t pd_population_row(const struct pd_population *population, struct pd_text key, uint64_t hash);

/* The same; a key that is new becomes a row of which nothing else is known. */
PADAN_MUST_CHECK enum padan_status pd_population_name(struct pd_population *population, struct pd_text key,
                                                      uint64_t hash, uint32_t *row, struct padan_error *error);

/* The column of the id (or of the source) in a file: the wanted name, else the usual ones, else for an id the first
 * column; -1 when there is none. */
int pd_id_column(const struct pd_row_file *file, const char *wanted);
int pd_source_column(const struct pd_row_file *file, const char *wanted);

/* The column of the entity by the usual names, -1 when there is none. */
int pd_entity_column(const struct pd_row_file *file);

/* Reads the truth. Rows with an empty entity are left out: nothing is known of them. Where it has no column
 * columns->group, has_groups is false. */
PADAN_MUST_CHECK enum padan_status pd_population_read_truth(struct pd_population *population, const char *path,
                                                            const struct pd_truth_columns *columns,
                                                            struct padan_error *error);
/* Puts a row of the truth into a group; rows that the truth does not have are none of its, and an empty name is none.
 */
PADAN_MUST_CHECK enum padan_status pd_population_put_in_group(struct pd_population *population, struct pd_text source,
                                                              struct pd_text id, struct pd_text group,
                                                              struct padan_error *error);
/* Reads the clusters of a run folder or of another tool. BAD_INPUT when no row of it is in the truth. */
PADAN_MUST_CHECK enum padan_status pd_population_read_clusters(struct pd_population *population, const char *path,
                                                               const struct pd_truth_columns *columns,
                                                               struct padan_error *error);
/* Gives rows without a cluster one of their own, and rows without a source one nameless source. */
void pd_population_complete(struct pd_population *population);
/* Name of a source code, "" for the nameless one. */
struct pd_text pd_population_source(const struct pd_population *population, uint32_t code);
/* unique_id of a row. */
struct pd_text pd_population_id(const struct pd_population *population, size_t row);
void pd_population_reset(struct pd_population *population);

#endif
