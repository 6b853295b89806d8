/* SPDX-License-Identifier: MIT
 * Everything one command of the engine holds. Only the files of this folder use this. */
#ifndef PD_ENGINE_STATE_H
#define PD_ENGINE_STATE_H

#include "cluster/cluster.h"
#include "engine/engine.h"
#include "ingest/ingest.h"
#include "linking/linker.h"
#include "model/label_record.h"
#include "normalise/normalise.h"
#include "report/run_folder.h"
#include "run/memory_plan.h"
#include "table/record_names.h"

enum { PD_MORE_THRESHOLDS_MAX = 16 };

struct pd_threshold {
    struct pd_text text; /* as given */
    pd_weight weight;
    struct pd_clusters clusters;
};

struct pd_engine {
    const struct pd_engine_options *options;
    int threads;
    struct pd_arena arena;
    struct pd_buffer model_text;
    struct pd_model model;
    struct pd_label_record trained_on; /* what its trainer left beside it */
    struct pd_input_source *sources;
    struct pd_input_file *files;
    struct pd_ingest_result ingested;
    struct pd_indonesia indonesia;
    struct pd_normalise_result normalised;
    struct pd_table table;
    struct pd_linker linker;
    struct pd_edges edges;
    struct pd_clusters clusters;
    struct pd_threshold more[PD_MORE_THRESHOLDS_MAX]; /* [n_more] --thresholds */
    size_t n_more;
    struct pd_run_folder folder;
    int64_t started;        /* seconds since 1970, UTC */
    double processor_begun; /* of the process when the job began, seconds */
    struct pd_memory_plan memory;
    char narrow_only[PD_NARROW_ONLY_BYTES]; /* of the linker; "" where a run over all rows is within the bound */
    pd_weight pair_threshold, cluster_threshold;
    bool by_source;               /* clusters: the model's thresholds per pair of sources */
    bool decide;                  /* clusters: the model's decisions, unless the command gives a threshold */
    struct pd_buffer said;        /* what zero configuration decided, in words */
    struct pd_record_names names; /* of the table, for the output */
    uint64_t n_unlinkable;        /* rows, see linking/unlinkable.h */
    int exit_code;
};

/* Names that an option lists. */
struct pd_names {
    struct pd_text *items; /* in the engine's arena */
    size_t n_items;
};

/* engine.c: tells the user, where somebody listens. */
void pd_engine_tell(const struct pd_engine *engine, const char *sentence);
/* options.c: before anything is read; the link type, once the model is read; the names of a list parted by commas. */
PADAN_MUST_CHECK enum padan_status pd_engine_check_options(const struct pd_engine_options *options,
                                                           struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_read_link_type(struct pd_engine *engine, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_read_names(struct pd_engine *engine, struct pd_text list,
                                                        struct pd_names *names, struct padan_error *error);
/* Once the files are read: BAD_ARGUMENT where no file has a column that --ignore or --types names, or where a link has
 * one source. */
PADAN_MUST_CHECK enum padan_status pd_engine_check_ignored(const struct pd_engine *engine,
                                                           const struct pd_names *ignored, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_check_sources(const struct pd_engine *engine, struct padan_error *error);
/* The way of clustering: the model's, or the option's; BAD_ARGUMENT where it could join nothing. */
PADAN_MUST_CHECK enum padan_status pd_engine_choose_clustering(struct pd_engine *engine, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_declare_types(struct pd_engine *engine, struct padan_error *error);
/* engine.c: the model of --model or --preset. Everything that a command holds, given back. */
PADAN_MUST_CHECK enum padan_status pd_engine_read_model(struct pd_engine *engine, struct padan_error *error);
void pd_engine_reset(struct pd_engine *engine);
/* of_all_rows.c: UNSUPPORTED, with what it is, where the model asks what a part of the rows cannot answer. */
PADAN_MUST_CHECK enum padan_status pd_engine_check_part_suffices(const struct pd_engine *engine,
                                                                 struct padan_error *error);
/* fit_columns.c: makes columns of the table what the model takes them for, once rows are read. */
PADAN_MUST_CHECK enum padan_status pd_engine_fit_columns(struct pd_engine *engine, struct padan_error *error);
/* date_orders.c: in columns that are padan_dates of the model, dates of files with the month first are written
 * with the day first, once columns have the model's names; tells which order was taken, file by file. */
PADAN_MUST_CHECK enum padan_status pd_engine_order_dates(struct pd_engine *engine, struct padan_error *error);
/* dates_alike.c: the same in all columns of dates, before a model is made of them, where one file has the month first
 * and another the day; names the columns in which dates were turned. */
PADAN_MUST_CHECK enum padan_status pd_engine_order_dates_alike(struct pd_engine *engine, struct pd_names *turned,
                                                               struct padan_error *error);
/* links.c: whether the command makes its own model, as dedupe and link do where none is named; makes it. */
bool pd_engine_is_zero(const struct pd_engine *engine);
PADAN_MUST_CHECK enum padan_status pd_engine_make_model(struct pd_engine *engine, struct padan_error *error);
void pd_engine_set_thresholds(struct pd_engine *engine);
/* The model, its way of clustering and its thresholds, before pairs are looked for. */
PADAN_MUST_CHECK enum padan_status pd_engine_prepare(struct pd_engine *engine, struct padan_error *error);
/* Pairs of sources that the link type compares; the linker, with its order of rows. */
PADAN_MUST_CHECK enum padan_status pd_engine_make_scope(struct pd_engine *engine, struct pd_scope *scope,
                                                        struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_make_linker(struct pd_engine *engine, struct padan_error *error);
/* Fills edges and clusters, those of --thresholds too. */
PADAN_MUST_CHECK enum padan_status pd_engine_link_records(struct pd_engine *engine, struct padan_error *error);
/* members.c: the pairs in scope from the pair threshold on, what other members of households say with them. */
PADAN_MUST_CHECK enum padan_status pd_engine_find_pairs(struct pd_engine *engine, const struct pd_scope *scope,
                                                        struct padan_error *error);
/* thresholds.c: reads --thresholds, lowering the pair threshold to the least; clusters once per threshold. */
PADAN_MUST_CHECK enum padan_status pd_engine_read_thresholds(struct pd_engine *engine, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_engine_more_clusters(struct pd_engine *engine, struct padan_error *error);
/* output.c: what decisions.txt says. */
void pd_engine_say_decisions(const struct pd_engine *engine, struct pd_buffer *out);
/* cluster_rows.c: rows of clusters.csv, for the engine as context (pd_format_rows). */
size_t pd_engine_cluster_rows(const void *context, size_t begin, size_t end, struct pd_buffer *out);
/* output.c: pairs, clusters, model, blocking, decisions, manifest; publishes the folder. */
PADAN_MUST_CHECK enum padan_status pd_engine_output(struct pd_engine *engine, struct pd_run_summary *summary,
                                                    struct padan_error *error);

#endif
