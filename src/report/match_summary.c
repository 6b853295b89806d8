/* SPDX-License-Identifier: MIT
 * rekap_padan.csv: how many rows of each source and period ended in each status, class and registry state, by region.
 * The seven statuses, the three classes and the three registry states each sum to n. */
#include "base/memory.h"
#include "base/parallel.h"
#include "report/match_tables.h"
#include "report/region_totals.h"

enum { CHUNK_ROWS = 65536, PERIODS_MAX = 256 };

enum metric {
    METRIC_N,
    METRIC_STATUS, /* 7, in the order of the header */
    METRIC_CLASS = METRIC_STATUS + PD_STATUS_COUNT,
    METRIC_REGISTRY = METRIC_CLASS + 3,
    METRIC_AMOUNT = METRIC_REGISTRY + 3,
    METRIC_NO_AMOUNT,
    METRIC_COUNT
};

/* Position of each status behind METRIC_STATUS: padan, padan_sebagian, tidak_ditemukan, meninggal, nonaktif,
 * ganda_dukcapil, format_salah. */
static const uint8_t status_place[PD_STATUS_COUNT] = {
    [PD_STATUS_PADAN] = 0,        [PD_STATUS_PADAN_SEBAGIAN] = 1, [PD_STATUS_TIDAK_DITEMUKAN] = 2,
    [PD_STATUS_MENINGGAL] = 3,    [PD_STATUS_NONAKTIF] = 4,       [PD_STATUS_GANDA_DUKCAPIL] = 5,
    [PD_STATUS_FORMAT_SALAH] = 6,
};

struct counting {
    const struct pd_report *report;
    struct pd_region_sums *sums; /* [threads] */
    struct pd_period *periods;   /* [n_periods] distinct periods of all rows */
    size_t n_periods;
};

static size_t period_index(const struct counting *counting, struct pd_period period)
{
    for (size_t i = 0; i < counting->n_periods; i++)
        if (counting->periods[i].begin == period.begin && counting->periods[i].end == period.end) return i;
    return 0;
}

static void count_row(const struct pd_report *report, uint32_t row, int64_t *metrics)
{
    const struct pd_row_link *link = pd_link_of(report->linkage, row);
    static const uint8_t class_place[] = { [PD_CLASS_AUTOMATIC] = 0, [PD_CLASS_REVIEW] = 1, [PD_CLASS_NONE] = 2 };
    const int64_t amount = pd_report_integer(report, report->linkage->columns.nominal, row);
    metrics[METRIC_N]++;
    metrics[METRIC_STATUS + status_place[link->status]]++;
    metrics[METRIC_CLASS + class_place[link->class]]++;
    metrics[METRIC_REGISTRY + (int)link->registry_state]++;
    metrics[METRIC_AMOUNT] += amount == PD_NULL_INT ? 0 : amount;
    metrics[METRIC_NO_AMOUNT] += amount == PD_NULL_INT;
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct counting *counting = context;
    const struct pd_report *report = counting->report;
    const struct pd_table *table = report->linkage->table;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t end = begin + CHUNK_ROWS < table->n_records ? begin + CHUNK_ROWS : table->n_records;
    for (size_t row = begin; row < end; row++) {
        if (pd_report_source(report, (uint32_t)row)->role == PD_ROLE_REGISTER) continue;
        const size_t period = period_index(counting, pd_report_period(report, (uint32_t)row));
        const uint32_t group = (uint32_t)(pd_table_source(table, (uint32_t)row) * PERIODS_MAX + period);
        int64_t *metrics = NULL;
        PD_TRY(pd_region_sums_at(&counting->sums[worker], group, pd_report_region(report, (uint32_t)row), &metrics,
                                 error));
        count_row(report, (uint32_t)row, metrics);
    }
    return PADAN_OK;
}

/* Distinct periods in order of first row; the 256th and later count under the first (never seen in practice). Most rows
 * have that of the row before. */
static void find_periods(struct counting *counting)
{
    const struct pd_report *report = counting->report;
    const size_t n = report->linkage->table->n_records;
    counting->periods[0] = (struct pd_period){ PD_DATE_NONE, PD_DATE_NONE };
    counting->n_periods = 1;
    struct pd_period last = counting->periods[0];
    for (size_t row = 0; row < n && counting->n_periods < PERIODS_MAX; row++) {
        const struct pd_period period = pd_report_period(report, (uint32_t)row);
        if (period.begin == last.begin && period.end == last.end) continue;
        last = period;
        if (period_index(counting, period) > 0 || period.begin == PD_DATE_NONE) continue;
        counting->periods[counting->n_periods++] = period;
    }
}

/* Who pays: the job's word, else the program list's. */
static struct pd_text fund_of(const struct pd_job *job, const struct pd_job_source *source)
{
    if (source->fund.length > 0 || source->role != PD_ROLE_PROGRAM || source->program < 0) return source->fund;
    return job->programs.items[source->program].fund;
}

static void append_line(const struct counting *counting, const struct pd_region_total *total, struct pd_buffer *out)
{
    const struct pd_report *report = counting->report;
    const struct pd_job_source *source = &report->job->sources[total->group / PERIODS_MAX];
    pd_append_wil(out, total, report->regions, report->job);
    pd_append_byte(out, ',');
    pd_append_csv(out, source->name);
    pd_append_byte(out, ',');
    if (source->role == PD_ROLE_PROGRAM && source->program >= 0)
        pd_append_text(out, report->job->programs.items[source->program].code);
    pd_append_byte(out, ',');
    pd_period_append(out, counting->periods[total->group % PERIODS_MAX]);
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        pd_append_byte(out, ',');
        pd_append_i64(out, total->metrics[metric]);
    }
    pd_append_byte(out, ',');
    pd_append_double(out, 100.0 * (double)total->metrics[METRIC_STATUS] / (double)total->metrics[METRIC_N], 2);
    pd_append_byte(out, ',');
    pd_append_csv(out, fund_of(report->job, source));
    pd_append_byte(out, '\n');
}

static enum padan_status count_and_write(struct counting *counting, struct pd_run_folder *folder,
                                         struct padan_error *error)
{
    const struct pd_report *report = counting->report;
    const size_t n = report->linkage->table->n_records;
    struct pd_region_totals totals = { 0 };
    struct pd_buffer out = { 0 };
    for (int i = 0; i < report->threads; i++) PD_TRY(pd_region_sums_init(&counting->sums[i], METRIC_COUNT, error));
    find_periods(counting);
    PD_TRY(pd_parallel_for((n + CHUNK_ROWS - 1) / CHUNK_ROWS, report->threads, count_chunk, counting, error));
    for (int i = 1; i < report->threads; i++)
        PD_TRY(pd_region_sums_merge(&counting->sums[0], &counting->sums[i], error));
    PD_TRY(pd_region_totals_make(&counting->sums[0], report->job, &totals, error));
    pd_append_string(&out, "tingkat,kode_wilayah,nama_wilayah,source_dataset,program,periode,n,padan,padan_sebagian,"
                           "tidak_ditemukan,meninggal,nonaktif,ganda_dukcapil,format_salah,otomatis,tinjau,tidak_padan,"
                           "terdaftar,tinjau_dtsen,tidak_terdaftar,nominal,n_tanpa_nominal,persen_padan,dana\n");
    for (size_t i = 0; i < totals.n_lines; i++) append_line(counting, &totals.lines[i], &out);
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "rekap_padan.csv", (struct pd_text){ out.data, out.length }, error);
    pd_region_totals_reset(&totals);
    pd_buffer_reset(&out);
    return status;
}

enum padan_status pd_write_match_summary(const struct pd_report *report, struct pd_run_folder *folder,
                                         struct padan_error *error)
{
    struct counting counting = { .report = report };
    enum padan_status status = pd_allocate(&counting.sums, (size_t)report->threads, sizeof *counting.sums, error);
    if (status == PADAN_OK) status = pd_allocate(&counting.periods, PERIODS_MAX, sizeof *counting.periods, error);
    if (status == PADAN_OK) status = count_and_write(&counting, folder, error);
    for (int i = 0; counting.sums != NULL && i < report->threads; i++) pd_region_sums_reset(&counting.sums[i]);
    pd_free(counting.sums);
    pd_free(counting.periods);
    return status;
}
