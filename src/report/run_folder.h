/* SPDX-License-Identifier: MIT
 * Run folders: `hasil/<name>-0001` and so on, each whole or not there at all. Work goes on in `.<name>-0001.sementara`
 * beside it, which is renamed when every file is on the disk; then `TERAKHIR` names it. A living run holds a lock on
 * its temporary folder; one without a lock was left by a killed run and is removed by the next. */
#ifndef PD_REPORT_RUN_FOLDER_H
#define PD_REPORT_RUN_FOLDER_H

#include "base/arena.h"
#include "report/table_writer.h"

struct pd_output {
    struct pd_text name; /* "klaster.csv", "konfigurasi/job.yaml" */
    struct pd_written written;
};

/* A report that could not be computed, and why in one sentence. */
struct pd_missing_report {
    struct pd_text name, reason;
};

struct pd_run_folder {
    struct pd_arena arena;
    struct pd_text parent; /* hasil */
    struct pd_text name;   /* "contoh-0001" */
    struct pd_text final;  /* "hasil/contoh-0001" */
    struct pd_text temporary;
    struct pd_unsynced unsynced; /* files already written, on the disk when the folder is published */
    int lock;                    /* descriptor of the temporary folder, -1 when closed */
    int held;                    /* that of the parent, from pd_run_folder_hold on; -1 before */
    size_t n_leftovers;          /* folders of killed runs removed by pd_run_folder_open: to be told */
    struct pd_output *outputs;
    size_t n_outputs, outputs_capacity;
    struct pd_missing_report *missing;
    size_t n_missing, missing_capacity;
    enum pd_digest_kind digest_kind; /* of the outputs; set before the first of them is written */
};

/* IO, with the reason in errno. */
PADAN_MUST_CHECK enum padan_status pd_folder_failure(const char *doing, const char *path, struct padan_error *error);
/* Opens a folder and locks it; *descriptor is -1 when another process holds the lock. */
PADAN_MUST_CHECK enum padan_status pd_folder_lock(const char *path, bool wait, int *descriptor,
                                                  struct padan_error *error);
/* Takes the next free number under out (made when absent). IO with one sentence when out cannot be written. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_open(struct pd_run_folder *folder, struct pd_text out,
                                                      struct pd_text name, struct padan_error *error);
/* The path of a file of the run while it is being made; a subfolder in name ("keadaan/x") is made. Lives as long as
 * the folder. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_path(struct pd_run_folder *folder, const char *name, const char **path,
                                                      struct padan_error *error);
/* Remembers a finished file for the manifest, in order of calls. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_add(struct pd_run_folder *folder, const char *name,
                                                     const struct pd_written *written, struct padan_error *error);
/* Remembers that a report is not there, and why. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_miss(struct pd_run_folder *folder, const char *name,
                                                      const char *reason, struct padan_error *error);
/* path + pd_write_rows + add; rows->path is ignored. With compress the name gets ".zst". */
PADAN_MUST_CHECK enum padan_status pd_run_folder_rows(struct pd_run_folder *folder, const char *name,
                                                      const struct pd_rows *rows, struct padan_error *error);
/* A table that is ready to be written, perhaps in one pass with others. */
struct pd_table_plan {
    const char *name;
    struct pd_rows rows;
    void *context;                  /* rows.context when it belongs to the plan, else NULL */
    void (*release)(void *context); /* of what the context holds and of itself */
};
void pd_table_plan_reset(struct pd_table_plan *plan);
/* pd_run_folder_rows of n plans of the same rows (at most PD_TABLES_MAX), in one pass. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_tables(struct pd_run_folder *folder, const struct pd_table_plan *plans,
                                                        size_t n_plans, struct padan_error *error);
/* path + pd_write_bytes + add. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_bytes(struct pd_run_folder *folder, const char *name,
                                                       struct pd_text content, struct padan_error *error);
/* Waits until no other run is being put into the same parent; others wait until this one is reset. TERAKHIR and the
 * parent's trail, whose lines name the one before, belong to one run at a time. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_hold(struct pd_run_folder *folder, struct padan_error *error);
/* fsync, rename to the final name, TERAKHIR. Afterwards only pd_run_folder_reset. */
PADAN_MUST_CHECK enum padan_status pd_run_folder_publish(struct pd_run_folder *folder, struct padan_error *error);
/* Removes the temporary folder (nothing when published or never opened) and frees. Safe on {0} and after failure. */
void pd_run_folder_reset(struct pd_run_folder *folder);

#endif
