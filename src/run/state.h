/* SPDX-License-Identifier: MIT
 * Everything a run holds, and its steps. Only the files of this folder use this. */
#ifndef PD_RUN_STATE_H
#define PD_RUN_STATE_H

#include "cluster/cluster.h"
#include "indonesia/indonesia.h"
#include "ingest/ingest.h"
#include "job/job.h"
#include "linking/linker.h"
#include "model/label_record.h"
#include "normalise/normalise.h"
#include "reconcile/duplicates.h"
#include "reconcile/links.h"
#include "reconcile/overlap.h"
#include "report/manifest.h"
#include "report/row_context.h"
#include "run/changes.h"
#include "run/eligibility.h"
#include "run/inputs.h"
#include "run/memory_plan.h"
#include "run/run.h"

enum { PD_RUN_STAGES_MAX = 16 };

struct pd_run_state {
    const struct pd_run_options *options;
    struct pd_job job;
    struct pd_hash_key key; /* of the trail */
    struct pd_indonesia indonesia;
    struct pd_buffer model_text;
    struct pd_model model;
    struct pd_label_record trained_on; /* what its trainer left beside it */
    int threads;
    struct pd_arena arena; /* names, alarms */
    /* data */
    struct pd_inputs inputs;
    struct pd_ingest_result ingested;
    struct pd_table table;
    struct pd_normalise_result normalised;
    uint8_t *paid; /* [n_records] */
    /* links */
    struct pd_linker linker;
    struct pd_edges edges;
    struct pd_clusters clusters;
    struct pd_linkage linkage;
    uint8_t *nik_code;
    size_t n_household_evidence;
    /* reconciliation */
    struct pd_row_programs programs;
    struct pd_duplicates duplicates;
    struct pd_overlaps overlaps;
    uint32_t *likely;        /* [n_records] pd_likely_persons */
    uint32_t *likely_family; /* [n_records] pd_likely_families */
    struct pd_alternatives alternatives;
    struct pd_findings findings; /* finished when the reports begin */
    struct pd_run_eligibility eligibility;
    bool has_changes; /* perubahan.csv was written */
    struct pd_change_counts changes;
    /* outputs */
    struct pd_run_folder folder;
    int64_t started; /* seconds since 1970, UTC */
    struct pd_memory_plan memory;
    struct pd_masking masking;
    struct pd_text *alarms;
    size_t n_alarms, alarms_capacity;
    int exit_code;
    struct pd_manifest_stage stages[PD_RUN_STAGES_MAX];
    size_t n_stages;
};

/* Says a sentence and keeps it as an alarm; raises the exit code to 1. */
PADAN_MUST_CHECK enum padan_status pd_run_alarm(struct pd_run_state *run, struct padan_error *error, const char *format,
                                                ...) __attribute__((format(printf, 3, 4)));

/* run.c: the bound of memory, the command's before the job's; 0 none. */
uint64_t pd_run_allowed_memory(const struct pd_run_state *run);
/* regions.c: the regions that the job names get the codes of today. */
PADAN_MUST_CHECK enum padan_status pd_run_settle_regions(struct pd_run_state *run, struct padan_error *error);
/* load.c: job's sources -> run->table, normalised; model -> run->model. */
PADAN_MUST_CHECK enum padan_status pd_run_load(struct pd_run_state *run, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_run_normalise(struct pd_run_state *run, struct padan_error *error);
struct pd_normalise_options pd_run_normalise_options(struct pd_run_state *run);
/* known_rows.c: what was kept of the first file's rows, where it was made from what this run has; known is to be closed
 * afterwards. Tells why what is there is not used. */
PADAN_MUST_CHECK enum padan_status pd_run_take_known(const struct pd_run_state *run,
                                                     struct pd_normalise_options *options, struct pd_known_rows *known,
                                                     struct padan_error *error);
/* Instead of pd_run_normalise: writes what later runs can take up (options->keep). */
PADAN_MUST_CHECK enum padan_status pd_run_keep(struct pd_run_state *run, struct padan_error *error);
/* link.c: pairs, classes, clusters, families, what is known of each row. */
PADAN_MUST_CHECK enum padan_status pd_run_pairs(struct pd_run_state *run, struct padan_error *error);
/* columns.c: whether anybody reads a normalised column; context is the run. */
bool pd_run_wants_column(const void *context, struct pd_text name);
/* A normalised column that is whole: drops it when nobody wants it, and shortens it else; context is the run. */
PADAN_MUST_CHECK enum padan_status pd_run_settle_column(const void *context, struct pd_table *table, size_t index,
                                                        struct padan_error *error);
/* Of the columns from first on, which normalisation made: drops those that nobody wants, and shortens the others. */
PADAN_MUST_CHECK enum padan_status pd_run_settle_columns(struct pd_run_state *run, size_t first,
                                                         struct padan_error *error);
/* With the linker made: frees texts of which only the equality is asked. */
PADAN_MUST_CHECK enum padan_status pd_run_forget_texts(struct pd_run_state *run, struct padan_error *error);
/* Frees what only blocking reads; at the end of pd_run_pairs. */
PADAN_MUST_CHECK enum padan_status pd_run_drop_columns(struct pd_run_state *run, struct padan_error *error);
/* Instead of pd_run_pairs: counts the pairs of the first sweep (options->blocking). */
PADAN_MUST_CHECK enum padan_status pd_run_candidates(struct pd_run_state *run, struct padan_error *error);
/* Instead of pd_run_pairs: trains the model on the pairs of both sweeps (options->training). */
PADAN_MUST_CHECK enum padan_status pd_run_train(struct pd_run_state *run, struct pd_run_summary *summary,
                                                struct padan_error *error);
/* row_values.c: instead of pd_run_pairs, a value of each row (options->row_values). */
PADAN_MUST_CHECK enum padan_status pd_run_row_values(struct pd_run_state *run, struct padan_error *error);
/* judge.c: instead of pd_run_pairs, what the model makes of two rows (options->two_rows). */
PADAN_MUST_CHECK enum padan_status pd_run_judge(struct pd_run_state *run, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_run_clusters(struct pd_run_state *run, struct padan_error *error);
void pd_run_link_reset(struct pd_run_state *run);
/* run_reconcile.c: duplicates, overlaps, findings. */
PADAN_MUST_CHECK enum padan_status pd_run_reconcile(struct pd_run_state *run, struct padan_error *error);
void pd_run_reconcile_reset(struct pd_run_state *run);
/* output.c: the run folder. */
PADAN_MUST_CHECK enum padan_status pd_run_output(struct pd_run_state *run, struct pd_run_summary *summary,
                                                 struct padan_error *error);

#endif
