/* SPDX-License-Identifier: MIT */
#include "report/match_tables.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "report/row_pen.h"
#include "report/row_verdicts.h"

#include <stdatomic.h>

enum { COMPRESS_FROM_ROWS = 20000000 };

/* --- klaster.csv --- */

struct cluster_rows {
    const struct pd_report *report;
    _Atomic pd_weight *weakest; /* [n_records] by representative; INT64_MAX = no edge inside */
    _Atomic uint8_t *split;     /* [n_records] an automatic edge of the row was refused */
};

enum { CHUNK_ITEMS = 1 << 16, EDGES_AHEAD = 16 };

static size_t end_of_chunk(size_t chunk, size_t n)
{
    return n - chunk * CHUNK_ITEMS < CHUNK_ITEMS ? n : (chunk + 1) * CHUNK_ITEMS;
}

static enum padan_status begin_clusters(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct cluster_rows *rows = context;
    (void)worker;
    (void)error;
    const size_t end = end_of_chunk(chunk, rows->report->linkage->table->n_records);
    for (size_t i = chunk * CHUNK_ITEMS; i < end; i++) {
        atomic_store_explicit(&rows->weakest[i], INT64_MAX, memory_order_relaxed);
        atomic_store_explicit(&rows->split[i], 0, memory_order_relaxed);
    }
    return PADAN_OK;
}

/* The least of all is the same in any order. */
static void lower(_Atomic pd_weight *least, pd_weight weight)
{
    pd_weight known = atomic_load_explicit(least, memory_order_relaxed);
    while (weight < known &&
           !atomic_compare_exchange_weak_explicit(least, &known, weight, memory_order_relaxed, memory_order_relaxed)) {}
}

static enum padan_status look_at_edges(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct cluster_rows *rows = context;
    const struct pd_linkage *linkage = rows->report->linkage;
    (void)worker;
    (void)error;
    const size_t end = end_of_chunk(chunk, linkage->edges->n_edges);
    for (size_t i = chunk * CHUNK_ITEMS; i < end; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[i];
        if (end - i > EDGES_AHEAD) pd_prefetch_to_write(&rows->weakest[linkage->cluster[edge[EDGES_AHEAD].left]]);
        if (edge->class != PD_CLASS_AUTOMATIC) continue;
        if (edge->cut == PD_CUT_NONE) {
            lower(&rows->weakest[linkage->cluster[edge->left]], edge->weight);
            continue;
        }
        atomic_store_explicit(&rows->split[edge->left], 1, memory_order_relaxed);
        atomic_store_explicit(&rows->split[edge->right], 1, memory_order_relaxed);
    }
    return PADAN_OK;
}

static enum padan_status fill_clusters(struct cluster_rows *rows, struct padan_error *error)
{
    const struct pd_report *report = rows->report;
    const size_t n = report->linkage->table->n_records;
    const size_t n_edges = report->linkage->edges->n_edges;
    PD_TRY(pd_allocate_array(&rows->weakest, n, sizeof *rows->weakest, error));
    PD_TRY(pd_allocate_array(&rows->split, n, sizeof *rows->split, error));
    PD_TRY(pd_parallel_for((n + CHUNK_ITEMS - 1) / CHUNK_ITEMS, report->threads, begin_clusters, rows, error));
    return pd_parallel_for((n_edges + CHUNK_ITEMS - 1) / CHUNK_ITEMS, report->threads, look_at_edges, rows, error);
}

static void prefetch_cluster_row(const void *context, size_t row)
{
    const struct cluster_rows *rows = context;
    const struct pd_linkage *linkage = rows->report->linkage;
    const uint32_t cluster = linkage->cluster[row];
    pd_prefetch(&rows->weakest[cluster]);
    pd_report_prefetch_id(rows->report, cluster);
    pd_report_prefetch_id(rows->report, linkage->household[row]);
}

static size_t cluster_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct cluster_rows *rows = context;
    const struct pd_linkage *linkage = rows->report->linkage;
    const uint32_t cluster = linkage->cluster[row];
    const pd_weight weakest = atomic_load_explicit(&rows->weakest[cluster], memory_order_relaxed);
    const bool is_split = atomic_load_explicit(&rows->split[row], memory_order_relaxed) != 0;
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    pd_pen_row_identity(&pen, rows->report, (uint32_t)row);
    pd_pen_byte(&pen, ',');
    pd_pen_row_id(&pen, rows->report, cluster);
    pd_pen_byte(&pen, ',');
    pd_pen_row_id(&pen, rows->report, linkage->household[row]);
    pd_pen_byte(&pen, ',');
    pd_pen_u64(&pen, linkage->cluster_size[row]);
    pd_pen_byte(&pen, ',');
    if (weakest != INT64_MAX) pd_pen_weight(&pen, weakest, 4);
    pd_pen_byte(&pen, ',');
    pd_pen_byte(&pen, is_split ? '1' : '0');
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
    return 1;
}

static void release_clusters(void *context)
{
    struct cluster_rows *rows = context;
    pd_free(rows->weakest);
    pd_free(rows->split);
    pd_free(rows);
}

enum padan_status pd_plan_clusters(const struct pd_report *report, struct pd_table_plan *plan,
                                   struct padan_error *error)
{
    const size_t n = report->linkage->table->n_records;
    struct cluster_rows *context = NULL;
    PD_TRY(pd_allocate(&context, 1, sizeof *context, error));
    context->report = report;
    *plan = (struct pd_table_plan){
        .name = "klaster.csv",
        .rows = { .header =
                      PD_TEXT("source_dataset,unique_id,cluster_id,household_cluster_id,n_baris_klaster,bobot_min,"
                              "dipisah"),
                  .n_rows = n,
                  .format = cluster_row,
                  .prefetch = prefetch_cluster_row,
                  .context = context,
                  .n_threads = report->threads,
                  .compress = n > COMPRESS_FROM_ROWS },
        .context = context,
        .release = release_clusters
    };
    return fill_clusters(context, error);
}

/* --- pasangan.csv --- */

/* By its number in an edge. */
PD_PEN_INLINE void write_decision(struct pd_pen *pen, const struct pd_report *report, unsigned decision)
{
    if (decision > 0) pd_pen_text(pen, report->decision_fields[decision - 1]);
}

/* Its ends are in one cluster by this edge: nearly all pairs are so, and need not ask where the ends are. */
static bool joins(const struct pd_edge *edge)
{
    return edge->class == PD_CLASS_AUTOMATIC && edge->cut == PD_CUT_NONE;
}

struct pair_rows {
    const struct pd_report *report;
    const struct pd_level_columns *levels;
    struct pd_buffer header;
};

static void prefetch_pair_row(const void *context, size_t row)
{
    const struct pair_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_edge *edge = &report->linkage->edges->edges[row];
    rows->levels->prefetch(rows->levels->context, row);
    pd_report_prefetch_id(report, edge->left);
    pd_report_prefetch_id(report, edge->right);
    if (joins(edge)) return;
    pd_prefetch(&report->linkage->cluster[edge->left]);
    pd_prefetch(&report->linkage->cluster[edge->right]);
}

static bool is_inside(const struct pd_linkage *linkage, const struct pd_edge *edge)
{
    return joins(edge) || linkage->cluster[edge->left] == linkage->cluster[edge->right];
}

static size_t pair_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pair_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const struct pd_edge *edge = &linkage->edges->edges[row];
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    pd_pen_weight(&pen, edge->weight, 6);
    pd_pen_byte(&pen, ',');
    pd_pen_probability(&pen, edge->weight);
    pd_pen_byte(&pen, ',');
    pd_pen_row_identity(&pen, report, edge->left);
    pd_pen_byte(&pen, ',');
    pd_pen_row_identity(&pen, report, edge->right);
    pen = rows->levels->write(pen, rows->levels->context, row);
    pd_pen_byte(&pen, ',');
    pd_pen_u64(&pen, edge->pass);
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, pd_class_name(edge->class));
    pd_pen_byte(&pen, ',');
    write_decision(&pen, report, edge->decision);
    pd_pen_byte(&pen, ',');
    pd_pen_byte(&pen, is_inside(linkage, edge) ? '1' : '0');
    pd_pen_byte(&pen, ',');
    pd_pen_text(&pen, pd_text_of(pd_cut_name(edge->cut)));
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
    return 1;
}

static void release_pairs(void *context)
{
    pd_buffer_reset(&((struct pair_rows *)context)->header);
    pd_free(context);
}

enum padan_status pd_plan_pairs(const struct pd_report *report, const struct pd_level_columns *levels,
                                struct pd_table_plan *plan, struct padan_error *error)
{
    struct pair_rows *context = NULL;
    PD_TRY(pd_allocate(&context, 1, sizeof *context, error));
    *context = (struct pair_rows){ .report = report, .levels = levels };
    struct pd_buffer *header = &context->header;
    pd_append_string(header,
                     "match_weight,match_probability,source_dataset_l,unique_id_l,source_dataset_r,unique_id_r");
    pd_append_text(header, levels->names);
    pd_append_string(header, ",match_key,kelas,aturan_keputusan,dalam_klaster,alasan_putus");
    *plan = (struct pd_table_plan){ .name = "pasangan.csv",
                                    .rows = { .header = { header->data, header->length },
                                              .n_rows = report->linkage->edges->n_edges,
                                              .format = pair_row,
                                              .prefetch = prefetch_pair_row,
                                              .context = context,
                                              .n_threads = report->threads },
                                    .context = context,
                                    .release = release_pairs };
    return pd_buffer_status(header, error);
}

/* --- hasil_padan.csv --- */

struct match_rows {
    const struct pd_report *report;
    int name; /* the column of names as they were written */
};

/* A row as it is written: what is known of it, and where it stands in a batch of verdicts. */
struct judged_row {
    const struct pd_report *report;
    const struct pd_row_link *link;
    const struct pd_row_verdicts *verdicts;
    uint32_t row;
    size_t place;
};

/* The verdicts of a row, a byte each: nothing where all are SAMA. In one word, for what is written to memory piece by
 * piece and read as a whole is waited for. */
PD_PEN_INLINE uint64_t gather_verdicts(const struct judged_row *judged)
{
    uint64_t word = 0;
    _Static_assert(PD_COMPARED_COUNT <= sizeof word && PD_VERDICT_SAMA == 0, "a byte each");
    for (unsigned i = 0; i < PD_COMPARED_COUNT; i++) {
        enum pd_verdict verdict = pd_row_verdict(judged->verdicts, (enum pd_compared)i, judged->place);
        if (i == PD_COMPARED_NAMA) verdict = pd_verdict_scored(verdict, judged->link->name_score);
        if (i == PD_COMPARED_TGL_LAHIR) verdict = pd_verdict_dated(judged->report, judged->row, verdict);
        word |= (uint64_t)verdict << 8 * i;
    }
    return word;
}

PD_PEN_INLINE void write_verdicts(struct pd_pen *pen, const struct judged_row *judged)
{
    if (judged->link->register_record == PD_NO_RECORD) {
        pd_pen_literal(pen, ",,,,,,,");
        return;
    }
    uint64_t verdicts = gather_verdicts(judged);
    if (verdicts == 0) {
        pd_pen_literal(pen, ",SAMA,SAMA,SAMA,SAMA,SAMA,SAMA,SAMA");
        return;
    }
    for (size_t i = 0; i < PD_COMPARED_COUNT; i++, verdicts >>= 8) {
        pd_pen_byte(pen, ',');
        pd_pen_verdict(pen, (enum pd_verdict)(verdicts & 0xff), judged->link->name_score);
    }
}

PD_PEN_INLINE void write_edge(struct pd_pen *pen, const struct pd_report *report, const struct pd_row_link *link)
{
    const bool has_edge = link->register_edge != PD_NO_EDGE;
    pd_pen_byte(pen, ',');
    write_decision(pen, report, link->decision);
    pd_pen_byte(pen, ',');
    pd_pen_row_id(pen, report, link->register_record);
    pd_pen_byte(pen, ',');
    if (has_edge) pd_pen_weight(pen, link->weight, 6);
    pd_pen_byte(pen, ',');
    if (has_edge) pd_pen_probability(pen, link->weight);
    pd_pen_byte(pen, ',');
    if (link->name_score <= 1000) pd_pen_fixed(pen, link->name_score, 3);
}

PD_PEN_INLINE void write_candidates(struct pd_pen *pen, const struct pd_row_link *link)
{
    pd_pen_byte(pen, ',');
    pd_pen_u64(pen, link->n_candidates);
    pd_pen_byte(pen, ',');
    if (link->margin != INT64_MAX) pd_pen_weight(pen, link->margin, 4);
    pd_pen_byte(pen, ',');
    if (link->register_edge != PD_NO_EDGE) pd_pen_u64(pen, link->pass);
}

PD_PEN_INLINE void write_registry(struct pd_pen *pen, const struct pd_report *report, const struct pd_row_link *link)
{
    const struct pd_linkage *linkage = report->linkage;
    pd_pen_byte(pen, ',');
    pd_pen_name(pen, pd_registry_state_name(link->registry_state));
    if (link->registry_record == PD_NO_RECORD) {
        pd_pen_literal(pen, ",,,");
        return;
    }
    pd_pen_byte(pen, ',');
    pd_pen_row_id(pen, report, link->registry_record);
    pd_pen_byte(pen, ',');
    pd_pen_text(pen, report->version_fields[pd_record_source(&report->names, link->registry_record)]);
    pd_pen_byte(pen, ',');
    pd_pen_integer(pen, report, linkage->columns.desil, link->registry_record);
}

static void prefetch_match_row(const void *context, size_t row)
{
    const struct match_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    if (pd_is_person(linkage, row)) return;
    const struct pd_row_link *link = pd_link_of(linkage, row);
    pd_report_prefetch_id(report, link->register_record);
    pd_report_prefetch_id(report, link->registry_record);
    pd_report_prefetch_integer(report, linkage->columns.desil, link->registry_record);
    pd_report_prefetch_id(report, linkage->cluster[row]);
    pd_report_prefetch_id(report, linkage->household[row]);
    pd_report_prefetch_text(report, rows->name, (uint32_t)row);
}

static size_t match_row(const void *context, size_t index, const struct pd_row_verdicts *verdicts, size_t place,
                        struct pd_buffer *out)
{
    const struct match_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const uint32_t row = (uint32_t)index;
    const struct pd_job_source *source = pd_report_source(report, row);
    const struct pd_row_link *link = pd_link_of(linkage, row);
    const struct judged_row judged = { report, link, verdicts, row, place };
    struct pd_pen pen;
    if (!pd_pen_begin(&pen, out)) return 0;
    pd_pen_key(&pen, report, row);
    pd_pen_byte(&pen, ',');
    pd_pen_program(&pen, report, row);
    pd_pen_byte(&pen, ',');
    pd_pen_period(&pen, report, row);
    pd_pen_byte(&pen, ',');
    pd_pen_region(&pen, report, row);
    pd_pen_byte(&pen, ',');
    pd_pen_nik(&pen, report, row);
    pd_pen_byte(&pen, ',');
    pd_pen_column(&pen, report, rows->name, row);
    pd_pen_byte(&pen, ',');
    pd_pen_digits(&pen, link->nik_code, 2);
    pd_pen_byte(&pen, ',');
    pd_pen_integer(&pen, report, linkage->columns.bendera_nik, row);
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, pd_status_name(link->status));
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, pd_class_name(link->class));
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, pd_method_name(link->method));
    write_edge(&pen, report, link);
    write_verdicts(&pen, &judged);
    write_candidates(&pen, link);
    write_registry(&pen, report, link);
    pd_pen_byte(&pen, ',');
    pd_pen_row_id(&pen, report, linkage->cluster[row]);
    pd_pen_byte(&pen, ',');
    pd_pen_row_id(&pen, report, linkage->household[row]);
    pd_pen_byte(&pen, ',');
    pd_pen_integer(&pen, report, linkage->columns.nominal, row);
    pd_pen_byte(&pen, ',');
    if (source->role == PD_ROLE_PROGRAM) pd_pen_byte(&pen, report->paid[row] ? '1' : '0');
    pd_pen_byte(&pen, '\n');
    pd_pen_end(&pen);
    return 1;
}

static size_t match_rows(const void *context, size_t begin, size_t end, struct pd_buffer *out)
{
    const struct match_rows *rows = context;
    const struct pd_judged_rows judged = { .report = rows->report,
                                           .format = match_row,
                                           .prefetch = prefetch_match_row };
    return pd_format_judged_rows(&judged, context, begin, end, out);
}

static void release_matches(void *context)
{
    pd_free(context);
}

enum padan_status pd_plan_matches(const struct pd_report *report, struct pd_table_plan *plan, struct padan_error *error)
{
    struct match_rows *context = NULL;
    PD_TRY(pd_allocate(&context, 1, sizeof *context, error));
    *context = (struct match_rows){ report, pd_report_original(report, "nama") };
    *plan = (struct pd_table_plan){
        .name = "hasil_padan.csv",
        .rows = { .header = PD_TEXT(
                      "source_dataset,unique_id,berkas,baris,program,periode,kode_wilayah,nik,nama,kode_nik,"
                      "bendera_nik,status_padan,kelas,cara_padan,aturan_keputusan,id_kependudukan,match_weight,"
                      "match_probability,skor_nama,vonis_nik,vonis_nama,vonis_tgl_lahir,vonis_tempat_lahir,"
                      "vonis_jenis_kelamin,vonis_no_kk,vonis_wilayah,n_calon,selisih_bobot,match_key,"
                      "status_dtsen,id_dtsen,versi_dtsen,desil,cluster_id,household_cluster_id,nominal,dibayar"),
                  .n_rows = report->linkage->table->n_records,
                  .format_many = match_rows,
                  .context = context,
                  .n_threads = report->threads },
        .context = context,
        .release = release_matches
    };
    return PADAN_OK;
}
