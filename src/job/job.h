/* SPDX-License-Identifier: MIT
 * A job file (CONTRACT 1) as checked values: which files are what, what to compare, what is eligible, which limits ring
 * the alarm. Reading is strict: an unknown key, an unknown program or an unquoted region code is an error that says
 * file:line:column and, for keys, the nearest one that exists. Knows nothing of tables and stages.
 *
 * All texts live in the job's arena and are followed by a NUL, so `.data` is a C string. Paths are resolved against the
 * folder of the job file. */
#ifndef PD_JOB_JOB_H
#define PD_JOB_JOB_H

#include "base/arena.h"
#include "indonesia/period.h"
#include "job/program.h"
#include "job/rules.h"

enum pd_role { PD_ROLE_REGISTER, PD_ROLE_REGISTRY, PD_ROLE_PROGRAM, PD_ROLE_DISQUALIFIER };
enum pd_code_system { PD_CODES_AUTO, PD_CODES_DAGRI, PD_CODES_BPS };
enum pd_job_date_order { PD_DATES_AUTO, PD_DATES_DMY, PD_DATES_MDY, PD_DATES_YMD };

/* Where something stands in the job file, for messages; both from 1, 0 when it is not from the file. */
struct pd_place {
    unsigned line, column;
};

struct pd_job_path {
    struct pd_text path; /* to open; "-" is standard input */
    struct pd_text name; /* as reports show it: relative to the job file, never absolute unless the job says so */
};

/* `columns: {nama: "NAMA PEGAWAI"}`; column is "" for null: a column of that canonical name is not to be used. */
struct pd_job_column {
    struct pd_text canonical, column;
    struct pd_place place;
};

struct pd_job_source {
    struct pd_text name; /* source_dataset of every report */
    struct pd_place place;
    enum pd_role role;
    int program; /* index into job->programs.items; -1: not a program, or each row names its own */
    enum pd_unit unit;
    struct pd_job_path *paths; /* [n_paths] patterns expanded, byte order; none when an optional source is absent */
    size_t n_paths;
    struct pd_text period_text; /* its words in reports (pd_period_append), "" when none */
    struct pd_period period;    /* begin PD_DATE_NONE when not said */
    struct pd_text version;     /* registry */
    int32_t published;          /* registry; PD_DATE_NONE when not said */
    struct pd_text reason;      /* disqualifier: the code in reports (ASN, MENINGGAL ...) */
    int *programs;              /* [n_programs] disqualifier: the programs it bars; none = all */
    size_t n_programs;
    bool level_family; /* disqualifier: bars the whole family */
    struct pd_job_column *columns;
    size_t n_columns;
    bool optional;               /* may be missing */
    bool skip_bad_file;          /* on_bad_file: skip */
    uint64_t rows_min, rows_max; /* accepted rows expected; 0 and UINT64_MAX when not said */
    struct pd_text *unique_id;   /* [n_unique_id] columns that name a row */
    size_t n_unique_id;
    enum pd_code_system code_system;
    char delimiter;          /* 0 = find out */
    struct pd_text encoding; /* "" = find out, "utf-8", "cp1252" */
    unsigned header_row;     /* line of the header from 1; 0 = find out */
    enum pd_job_date_order date_order;
    int64_t amount;              /* rupiah of a row without its own nominal; -1 when not said */
    bool amount_per_month;       /* the amount (own or fixed) is per month of the period */
    struct pd_text *paid_status; /* [n_paid_status] status_salur that count as paid; none = the usual ones */
    size_t n_paid_status;
    struct pd_text fund; /* dana, the program's when not said */
};

/* A quota of one region; code 0 is the nation. Codes are numbers without dots of 2, 4, 6 or 10 digits. */
struct pd_job_quota {
    uint64_t code;
    int64_t quota;
};

struct pd_job_eligibility {
    int program;
    struct pd_place place;
    int decile_min, decile_max; /* inclusive; 0 when not said */
    struct pd_text category;    /* condition of the one-row mode, "" when none */
    struct pd_place category_place;
    struct pd_job_quota *quotas; /* [n_quotas] sorted by code */
    size_t n_quotas;
    struct pd_text quota_name; /* file as written, "" for a number or none */
};

struct pd_job_pair {
    uint16_t a, b; /* indices into job->sources */
};

/* One region of a coordination group; entries are in file order, groups[] in order of first mention. */
struct pd_job_region {
    uint32_t group;
    uint64_t code;
};

/* NaN where the job sets no limit. */
struct pd_job_limits {
    double duplicates_percent, unlinked_percent, rejected_percent, rows_change_percent, dead_rows, forbidden_families;
};

/* `buka_nik: {hasil_padan.csv: "reason"}`; output "" stands for all. */
struct pd_job_opening {
    struct pd_text output, reason;
};

struct pd_job_text_file {
    struct pd_text name; /* as written; "datasets/..." for a built-in */
    struct pd_text path; /* "" for a built-in */
    struct pd_text content;
};

struct pd_job {
    struct pd_arena arena;
    struct pd_text path;    /* the job file */
    struct pd_text content; /* its bytes, for the copy in konfigurasi/ */
    struct pd_text directory;
    struct pd_text name; /* of the run; the file's stem when not said */
    int32_t reference_date;
    struct pd_text out;      /* folder of the runs */
    struct pd_text previous; /* "" when none */
    int threads;
    uint64_t memory_bytes; /* 0 when not said */
    uint64_t seed;
    struct pd_text bahasa;   /* "id" or "en" */
    struct pd_text key_file; /* "" when none */
    struct pd_text model;    /* a preset's name as written, or the path of a model file */
    bool model_is_path;
    struct pd_program_list programs; /* the whole list, not only those in the job */
    struct pd_job_source *sources;   /* [n_sources] in job order */
    size_t n_sources;
    struct pd_job_eligibility *eligibility;
    size_t n_eligibility;
    bool compare_auto;
    struct pd_job_pair *compare; /* [n_compare] when not auto */
    size_t n_compare;
    struct pd_job_text_file rules;
    struct pd_rule_table rule_table; /* rules, read */
    struct pd_text *groups;          /* [n_groups] names */
    size_t n_groups;
    struct pd_job_region *regions;
    size_t n_regions;
    struct pd_text region_groups_name; /* file as written, "" when inline or none */
    struct pd_job_limits limits;
    struct pd_job_opening *openings;
    size_t n_openings;
    struct pd_text *side_files; /* [n_side_files] paths of the tables it names: rules, programs, quotas, groups */
    size_t n_side_files;
    struct pd_text *notes; /* [n_notes] sentences for the log: absent optional sources, reserved keys */
    size_t n_notes;
};

/* True for names of job files: they end in .yaml, .yml or .json. */
bool pd_job_is_path(struct pd_text path);
/* Reads and checks a job file, its rules, quota, region-group and program-list files. BAD_ARGUMENT for what the job
 * says wrongly, BAD_INPUT for a source file that is not there (unless the source is optional or skips bad files). On
 * failure the job is empty again. */
PADAN_MUST_CHECK enum padan_status pd_job_read(struct pd_job *job, const char *path, struct padan_error *error);
void pd_job_reset(struct pd_job *job);

/* Index of a source by exact name, -1 when there is none. */
int pd_job_source_find(const struct pd_job *job, struct pd_text name);
/* Index of the first source of a role, -1 when there is none. */
int pd_job_source_of_role(const struct pd_job *job, enum pd_role role);
/* "register", "registry", "program", "disqualifier". */
const char *pd_role_name(enum pd_role role);
/* The quota of a region (0 = the nation); -1 when there is none of its own. */
int64_t pd_job_quota_of(const struct pd_job_eligibility *eligibility, uint64_t code);

/* "16G", "800M", "1.5T", plain bytes; K, M, G, T are powers of 1024. */
bool pd_memory_parse(struct pd_text text, uint64_t *bytes);
/* "2026-11-23", nothing else, as a day number. */
bool pd_iso_date_parse(struct pd_text text, int32_t *day);

#endif
