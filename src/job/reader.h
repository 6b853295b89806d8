/* SPDX-License-Identifier: MIT
 * How the parts of a job file are read: a table of keys per mapping is at once the list of what is known, the
 * dispatch, and the source of "did you mean". Internal to src/job. */
#ifndef PD_JOB_READER_H
#define PD_JOB_READER_H

#include "base/document.h"
#include "job/job.h"

struct pd_job_reader {
    struct pd_job *job;
    const char *name; /* of the job file in messages */
    struct padan_error *error;
};

struct pd_job_key;

/* Reads one value into `field`, which is at key->offset of the mapping's target. */
typedef enum padan_status pd_job_read_value(struct pd_job_reader *reader, const struct pd_node *node,
                                            const struct pd_job_key *key, void *field);

struct pd_job_key {
    const char *name;
    pd_job_read_value *read; /* NULL: read elsewhere, only known here */
    size_t offset;
    const char *const *words; /* choices of pd_job_read_choice, NULL-terminated */
    unsigned roles;           /* sources: bits 1 << enum pd_role this key belongs to; 0 = all */
};

/* Fails with BAD_ARGUMENT and "file:line:column: ..." of a node. */
enum padan_status pd_job_fail(const struct pd_job_reader *reader, const struct pd_node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4), cold));

/* Reads a mapping by its table of n_keys; values that are null are left out. `what` names it in messages. */
PADAN_MUST_CHECK enum padan_status pd_job_read_mapping(struct pd_job_reader *reader, const struct pd_node *node,
                                                       const char *what, const struct pd_job_key *keys, size_t n_keys,
                                                       void *target);

/* Values; `field` is what the comment says. */
pd_job_read_value pd_job_read_text;      /* struct pd_text */
pd_job_read_value pd_job_read_text_list; /* struct pd_text * and, after it, size_t: one text or a list */
pd_job_read_value pd_job_read_path;      /* struct pd_text, resolved */
pd_job_read_value pd_job_read_choice;    /* int: index into key->words */
pd_job_read_value pd_job_read_bool;      /* bool */
pd_job_read_value pd_job_read_count;     /* uint64_t */
pd_job_read_value pd_job_read_date;      /* int32_t day */

/* A node's text, copied; BAD_ARGUMENT when it is no scalar or blank. */
PADAN_MUST_CHECK enum padan_status pd_job_scalar(struct pd_job_reader *reader, const struct pd_node *node,
                                                 const char *what, struct pd_text *out);
/* name against the job's folder, copied. */
PADAN_MUST_CHECK enum padan_status pd_job_resolve(struct pd_job_reader *reader, struct pd_text name,
                                                  struct pd_text *out);
/* Reads a small file that the job names at `at` into the arena; BAD_ARGUMENT when it cannot be read. */
PADAN_MUST_CHECK enum padan_status pd_job_read_file(struct pd_job_reader *reader, const struct pd_node *at,
                                                    struct pd_text name, struct pd_job_text_file *file);
/* The program a node names; unknown ones are an error with the nearest code. */
PADAN_MUST_CHECK enum padan_status pd_job_program_of(struct pd_job_reader *reader, const struct pd_node *node,
                                                     int *program);
/* Digits of a region code of 2, 4, 6 or 10 digits, dots left out; 0 when it is none. */
uint64_t pd_job_region_code(struct pd_text text);
/* Adds a sentence to job->notes. */
PADAN_MUST_CHECK enum padan_status pd_job_note(struct pd_job_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The parts. */
pd_job_read_value pd_job_read_sources;     /* into reader->job */
pd_job_read_value pd_job_read_paths;       /* struct pd_job_source: `path` and `paths` */
pd_job_read_value pd_job_read_eligibility; /* into reader->job */
pd_job_read_value pd_job_read_compare;
pd_job_read_value pd_job_read_groups;
pd_job_read_value pd_job_read_limits;
pd_job_read_value pd_job_read_openings;

/* Rules over all sources: one register, registries that can be told apart, at least one program. */
PADAN_MUST_CHECK enum padan_status pd_job_check_sources(struct pd_job_reader *reader);

#endif
