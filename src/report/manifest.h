/* SPDX-License-Identifier: MIT
 * manifest.json (what was run on what, and what came out) and jejak.jsonl (who did it, when and why). The only files of
 * a run that hold times, user, host, threads, absolute paths and run numbers. */
#ifndef PD_REPORT_MANIFEST_H
#define PD_REPORT_MANIFEST_H

#include "base/digest.h"
#include "base/keyed_hash.h"
#include "report/run_folder.h"

struct pd_manifest_input {
    const char *kind;      /* "source", "job", "model", "rules", "programs", "regions", "previous" */
    struct pd_text source; /* source name, "" when not a source */
    struct pd_text name;   /* as in the job */
    struct pd_text path;   /* "" for a built-in */
    uint64_t bytes;
    uint64_t n_rows; /* accepted; 0 when not a table */
    enum pd_digest_kind digest_kind;
    struct pd_text digest;   /* hex */
    uint64_t index_checksum; /* of the index it was read from, or 0 */
};

struct pd_manifest_count {
    const char *name; /* "rows_read", "pairs_compared" ... */
    uint64_t value;
};

struct pd_manifest_stage {
    const char *name;
    double seconds;
    uint64_t memory_bytes; /* peak of the process at its end */
};

struct pd_manifest {
    const char *command; /* "run", "dedupe" ... */
    int argc;            /* the command line as given */
    char **argv;
    int64_t started, finished; /* seconds since 1970, UTC */
    int threads;
    const char *kernels;           /* "avx2", "scalar" */
    const char *open_nik_reason;   /* NULL while masked */
    const struct pd_hash_key *key; /* of the trail; NULL or without bytes: lines have no fingerprint */
    int exit_code;
    const struct pd_manifest_input *inputs;
    size_t n_inputs;
    const struct pd_manifest_count *counts;
    size_t n_counts;
    const struct pd_manifest_stage *stages;
    size_t n_stages;
    const struct pd_text *alarms; /* sentences, the first is what the report opens with */
    size_t n_alarms;
};

/* Writes manifest.json into the folder: all of the above, the program's own hash, versions, host, user, outputs with
 * their hashes, and laporan_tidak_ada. Call it last: it lists what was added so far. */
PADAN_MUST_CHECK enum padan_status pd_manifest_write(struct pd_run_folder *folder, const struct pd_manifest *manifest,
                                                     struct padan_error *error);
/* Writes the run's line into its own jejak.jsonl. Each line carries the hash of the line before it in the trail of the
 * parent folder, so a removed line is noticed, and last, where there is a key, the keyed hash of all before it as one
 * object (of the line without `,"fingerprint":"..."`), which nobody can make who has no key. Call it before the
 * manifest. */
PADAN_MUST_CHECK enum padan_status pd_trail_write(struct pd_run_folder *folder, const struct pd_manifest *manifest,
                                                  struct padan_error *error);
/* Appends the run's line to <parent>/jejak.jsonl; after publishing. */
PADAN_MUST_CHECK enum padan_status pd_trail_append(const struct pd_run_folder *folder, struct padan_error *error);

#endif
