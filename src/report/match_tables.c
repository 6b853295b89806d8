/* SPDX-License-Identifier: MIT */
#include "report/match_tables.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "report/verdict.h"

enum { COMPRESS_FROM_ROWS = 20000000 };

/* --- klaster.csv --- */

struct cluster_rows {
    const struct pd_report *report;
    const pd_weight *weakest; /* [n_records] by representative; INT64_MAX = no edge inside */
    const uint8_t *split;     /* [n_records] an automatic edge of the row was refused */
};

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
    pd_append_identity(rows->report, (uint32_t)row, out);
    pd_append_byte(out, ',');
    pd_append_record_id(rows->report, cluster, out);
    pd_append_byte(out, ',');
    pd_append_record_id(rows->report, linkage->household[row], out);
    pd_append_byte(out, ',');
    pd_append_u64(out, linkage->cluster_size[row]);
    pd_append_byte(out, ',');
    if (rows->weakest[cluster] != INT64_MAX) pd_append_double(out, pd_weight_to_double(rows->weakest[cluster]), 4);
    pd_append_byte(out, ',');
    pd_append_byte(out, rows->split[row] ? '1' : '0');
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_clusters(const struct pd_report *report, struct pd_run_folder *folder,
                                    struct padan_error *error)
{
    const struct pd_linkage *linkage = report->linkage;
    const size_t n = linkage->table->n_records;
    pd_weight *weakest = NULL;
    uint8_t *split = NULL;
    PD_TRY(pd_allocate_array(&weakest, n, sizeof *weakest, error));
    enum padan_status status = pd_allocate(&split, n, 1, error);
    if (status == PADAN_OK) {
        for (size_t i = 0; i < n; i++) weakest[i] = INT64_MAX;
        for (size_t i = 0; i < linkage->edges->n_edges; i++) {
            const struct pd_edge *edge = &linkage->edges->edges[i];
            if (edge->class != PD_CLASS_AUTOMATIC) continue;
            if (edge->cut != PD_CUT_NONE) split[edge->left] = split[edge->right] = 1;
            pd_weight *least = &weakest[linkage->cluster[edge->left]];
            if (edge->cut == PD_CUT_NONE && edge->weight < *least) *least = edge->weight;
        }
        const struct cluster_rows context = { report, weakest, split };
        const struct pd_rows rows = {
            .header =
                PD_TEXT("source_dataset,unique_id,cluster_id,household_cluster_id,n_baris_klaster,bobot_min,dipisah"),
            .n_rows = n,
            .format = cluster_row,
            .prefetch = prefetch_cluster_row,
            .context = &context,
            .n_threads = report->threads,
            .compress = n > COMPRESS_FROM_ROWS
        };
        status = pd_run_folder_rows(folder, "klaster.csv", &rows, error);
    }
    pd_free(weakest);
    pd_free(split);
    return status;
}

/* --- pasangan.csv --- */

static void append_decision(const struct pd_report *report, const struct pd_edge *edge, struct pd_buffer *out)
{
    if (edge->decision > 0) pd_append_csv(out, report->linkage->model->decisions[edge->decision - 1].id);
}

struct pair_rows {
    const struct pd_report *report;
    const struct pd_level_columns *levels;
};

static void prefetch_pair_row(const void *context, size_t row)
{
    const struct pair_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_edge *edge = &report->linkage->edges->edges[row];
    rows->levels->prefetch(rows->levels->context, row);
    pd_report_prefetch_id(report, edge->left);
    pd_report_prefetch_id(report, edge->right);
    pd_prefetch(&report->linkage->cluster[edge->left]);
    pd_prefetch(&report->linkage->cluster[edge->right]);
}

static size_t pair_row(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pair_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const struct pd_edge *edge = &linkage->edges->edges[row];
    pd_append_double(out, pd_weight_to_double(edge->weight), 6);
    pd_append_byte(out, ',');
    pd_append_probability(out, edge->weight);
    pd_append_byte(out, ',');
    pd_append_identity(report, edge->left, out);
    pd_append_byte(out, ',');
    pd_append_identity(report, edge->right, out);
    rows->levels->append(rows->levels->context, row, out);
    pd_append_byte(out, ',');
    pd_append_u64(out, edge->pass);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_class_name(edge->class));
    pd_append_byte(out, ',');
    append_decision(report, edge, out);
    pd_append_byte(out, ',');
    pd_append_byte(out, linkage->cluster[edge->left] == linkage->cluster[edge->right] ? '1' : '0');
    pd_append_byte(out, ',');
    pd_append_string(out, pd_cut_name(edge->cut));
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_pairs(const struct pd_report *report, const struct pd_level_columns *levels,
                                 struct pd_run_folder *folder, struct padan_error *error)
{
    const struct pair_rows context = { report, levels };
    struct pd_buffer header = { 0 };
    pd_append_string(&header,
                     "match_weight,match_probability,source_dataset_l,unique_id_l,source_dataset_r,unique_id_r");
    pd_append_text(&header, levels->names);
    pd_append_string(&header, ",match_key,kelas,aturan_keputusan,dalam_klaster,alasan_putus");
    enum padan_status status = pd_buffer_status(&header, error);
    const struct pd_rows rows = { .header = { header.data, header.length },
                                  .n_rows = report->linkage->edges->n_edges,
                                  .format = pair_row,
                                  .prefetch = prefetch_pair_row,
                                  .context = &context,
                                  .n_threads = report->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(folder, "pasangan.csv", &rows, error);
    pd_buffer_reset(&header);
    return status;
}

/* --- hasil_padan.csv --- */

struct match_rows {
    const struct pd_report *report;
    int name; /* the column of names as they were written */
};

static void append_verdicts(const struct pd_report *report, uint32_t row, const struct pd_row_link *link,
                            struct pd_buffer *out)
{
    const struct pd_person_columns *columns = &report->linkage->columns;
    const uint32_t person = link->register_record;
    if (person == PD_NO_RECORD) {
        pd_append_string(out, ",,,,,,,");
        return;
    }
    const enum pd_verdict verdicts[] = {
        pd_verdict_nik(report, row, person),
        pd_verdict_name(report, row, person, link->name_score),
        pd_verdict_birth_date(report, row, person),
        pd_verdict_equal(report, columns->tempat_lahir, row, person),
        pd_verdict_equal(report, columns->jenis_kelamin, row, person),
        pd_verdict_equal(report, columns->no_kk, row, person),
        pd_verdict_equal(report, columns->kode_desa, row, person),
    };
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        pd_append_byte(out, ',');
        pd_append_verdict(out, verdicts[i], link->name_score);
    }
}

static void append_edge(const struct pd_report *report, const struct pd_row_link *link, struct pd_buffer *out)
{
    const struct pd_edges *edges = report->linkage->edges;
    const struct pd_edge *edge = link->register_edge == PD_NO_EDGE ? NULL : &edges->edges[link->register_edge];
    pd_append_byte(out, ',');
    if (edge != NULL) append_decision(report, edge, out);
    pd_append_byte(out, ',');
    if (link->register_record != PD_NO_RECORD) pd_append_record_id(report, link->register_record, out);
    pd_append_byte(out, ',');
    if (edge != NULL) pd_append_double(out, pd_weight_to_double(edge->weight), 6);
    pd_append_byte(out, ',');
    if (edge != NULL) pd_append_probability(out, edge->weight);
    pd_append_byte(out, ',');
    if (link->name_score <= 1000) pd_append_fixed(out, link->name_score, 3);
}

static void append_candidates(const struct pd_report *report, const struct pd_row_link *link, struct pd_buffer *out)
{
    pd_append_byte(out, ',');
    pd_append_u64(out, link->n_candidates);
    pd_append_byte(out, ',');
    if (link->margin != INT64_MAX) pd_append_double(out, pd_weight_to_double(link->margin), 4);
    pd_append_byte(out, ',');
    if (link->register_edge != PD_NO_EDGE) pd_append_u64(out, report->linkage->edges->edges[link->register_edge].pass);
}

static void append_registry(const struct pd_report *report, const struct pd_row_link *link, struct pd_buffer *out)
{
    const struct pd_linkage *linkage = report->linkage;
    pd_append_byte(out, ',');
    pd_append_string(out, pd_registry_state_name(link->registry_state));
    pd_append_byte(out, ',');
    pd_append_record_id(report, link->registry_record, out);
    pd_append_byte(out, ',');
    if (link->registry_record != PD_NO_RECORD)
        pd_append_csv(out, report->job->sources[linkage->registry_source].version);
    pd_append_byte(out, ',');
    if (link->registry_record != PD_NO_RECORD)
        pd_append_integer(report, linkage->columns.desil, link->registry_record, out);
}

static void prefetch_match_row(const void *context, size_t row)
{
    const struct match_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const struct pd_row_link *link = &linkage->links[row];
    if (pd_report_source(report, (uint32_t)row)->role == PD_ROLE_REGISTER) return;
    if (link->register_edge != PD_NO_EDGE) pd_edge_prefetch(&linkage->edges->edges[link->register_edge]);
    pd_report_prefetch_person(report, link->register_record);
    pd_report_prefetch_id(report, link->registry_record);
    pd_report_prefetch_integer(report, linkage->columns.desil, link->registry_record);
    pd_report_prefetch_id(report, linkage->cluster[row]);
    pd_report_prefetch_id(report, linkage->household[row]);
    pd_report_prefetch_text(report, rows->name, (uint32_t)row);
}

static size_t match_row(const void *context, size_t index, struct pd_buffer *out)
{
    const struct match_rows *rows = context;
    const struct pd_report *report = rows->report;
    const struct pd_linkage *linkage = report->linkage;
    const uint32_t row = (uint32_t)index;
    const struct pd_row_link *link = &linkage->links[row];
    const struct pd_job_source *source = pd_report_source(report, row);
    if (source->role == PD_ROLE_REGISTER) return 0;
    pd_append_key(report, row, out);
    pd_append_byte(out, ',');
    pd_append_program(report, row, out);
    pd_append_byte(out, ',');
    pd_append_period(report, row, out);
    pd_append_byte(out, ',');
    pd_append_region(report, row, out);
    pd_append_byte(out, ',');
    pd_append_nik(report, row, out);
    pd_append_byte(out, ',');
    pd_append_column(report, rows->name, row, out);
    pd_append_byte(out, ',');
    pd_append_digits(out, link->nik_code, 2);
    pd_append_byte(out, ',');
    pd_append_integer(report, linkage->columns.bendera_nik, row, out);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_status_name(link->status));
    pd_append_byte(out, ',');
    pd_append_string(out, pd_class_name(link->class));
    pd_append_byte(out, ',');
    pd_append_string(out, pd_method_name(link->method));
    append_edge(report, link, out);
    append_verdicts(report, row, link, out);
    append_candidates(report, link, out);
    append_registry(report, link, out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, linkage->cluster[row], out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, linkage->household[row], out);
    pd_append_byte(out, ',');
    pd_append_integer(report, linkage->columns.nominal, row, out);
    pd_append_byte(out, ',');
    if (source->role == PD_ROLE_PROGRAM) pd_append_byte(out, report->paid[row] ? '1' : '0');
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_matches(const struct pd_report *report, struct pd_run_folder *folder,
                                   struct padan_error *error)
{
    const struct match_rows context = { report, pd_report_original(report, "nama") };
    const struct pd_rows rows = {
        .header = PD_TEXT("source_dataset,unique_id,berkas,baris,program,periode,kode_wilayah,nik,nama,kode_nik,"
                          "bendera_nik,status_padan,kelas,cara_padan,aturan_keputusan,id_kependudukan,match_weight,"
                          "match_probability,skor_nama,vonis_nik,vonis_nama,vonis_tgl_lahir,vonis_tempat_lahir,"
                          "vonis_jenis_kelamin,vonis_no_kk,vonis_wilayah,n_calon,selisih_bobot,match_key,status_dtsen,"
                          "id_dtsen,versi_dtsen,desil,cluster_id,household_cluster_id,nominal,dibayar"),
        .n_rows = report->linkage->table->n_records,
        .format = match_row,
        .prefetch = prefetch_match_row,
        .context = &context,
        .n_threads = report->threads
    };
    return pd_run_folder_rows(folder, "hasil_padan.csv", &rows, error);
}
