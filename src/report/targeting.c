/* SPDX-License-Identifier: MIT
 * Method: registry units are counted once per (version, kind of unit) and region, with a counter per payment period;
 * only then are those counts given to the periods, so that twelve months cost one pass. */
#include "report/targeting.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { CHUNK_UNITS = 65536, DECILES = 11 /* 0: none */ };

enum error_metric {
    ERROR_POPULATION,
    ERROR_TARGET,
    ERROR_ROWS,
    ERROR_RECIPIENTS,
    ERROR_ELIGIBLE,
    ERROR_NOT_ELIGIBLE,
    ERROR_UNREGISTERED,
    ERROR_REVIEW,
    ERROR_NO_DECILE,
    ERROR_AMOUNT_NOT_ELIGIBLE,
    ERROR_AMOUNT_UNLINKED,
    ERROR_NO_AMOUNT,
    ERROR_METRICS
};

/* Metrics of deciles: these, for each decile. */
enum decile_metric { DECILE_UNITS, DECILE_RECIPIENTS, DECILE_AMOUNT, DECILE_NO_AMOUNT, DECILE_METRICS };

static enum padan_status init_tables(struct pd_region_sums **tables, int threads, size_t n_metrics,
                                     struct padan_error *error)
{
    PD_TRY(pd_allocate(tables, (size_t)threads, sizeof **tables, error));
    for (int i = 0; i < threads; i++) PD_TRY(pd_region_sums_init(&(*tables)[i], n_metrics, error));
    return PADAN_OK;
}

enum padan_status pd_targeting_init(struct pd_targeting *targeting, const struct pd_report *report,
                                    const struct pd_registry *registry, const struct pd_slices *slices,
                                    struct padan_error *error)
{
    *targeting = (struct pd_targeting){ .report = report, .registry = registry, .slices = slices };
    enum padan_status status = init_tables(&targeting->units, report->threads, DECILES + slices->n_items, error);
    if (status == PADAN_OK) status = init_tables(&targeting->errors, report->threads, ERROR_METRICS, error);
    if (status == PADAN_OK)
        status = init_tables(&targeting->deciles, report->threads, (size_t)DECILES * DECILE_METRICS, error);
    if (status != PADAN_OK) pd_targeting_reset(targeting);
    return status;
}

static void reset_tables(struct pd_region_sums *tables, int threads)
{
    for (int i = 0; tables != NULL && i < threads; i++) pd_region_sums_reset(&tables[i]);
    pd_free(tables);
}

void pd_targeting_reset(struct pd_targeting *targeting)
{
    if (targeting->report == NULL) return;
    reset_tables(targeting->units, targeting->report->threads);
    reset_tables(targeting->errors, targeting->report->threads);
    reset_tables(targeting->deciles, targeting->report->threads);
    *targeting = (struct pd_targeting){ 0 };
}

static enum padan_status merge_tables(struct pd_region_sums *tables, int threads, struct padan_error *error)
{
    for (int i = 1; i < threads; i++) PD_TRY(pd_region_sums_merge(&tables[0], &tables[i], error));
    return PADAN_OK;
}

/* --- adding --- */

static void count_recipient(const struct pd_recipient *recipient, int64_t *metrics)
{
    metrics[ERROR_ROWS] += recipient->n_rows;
    metrics[ERROR_RECIPIENTS]++;
    metrics[ERROR_NO_AMOUNT] += recipient->n_without_amount;
    if (recipient->state == PD_RECIPIENT_LINKED && !recipient->open) {
        metrics[recipient->eligible ? ERROR_ELIGIBLE : ERROR_NOT_ELIGIBLE]++;
        if (!recipient->eligible) metrics[ERROR_AMOUNT_NOT_ELIGIBLE] += recipient->amount;
        return;
    }
    metrics[ERROR_AMOUNT_UNLINKED] += recipient->amount;
    if (recipient->state == PD_RECIPIENT_NO_DECILE) metrics[ERROR_NO_DECILE]++;
    if (recipient->state == PD_RECIPIENT_REVIEW || recipient->open) metrics[ERROR_REVIEW]++;
    if (recipient->state == PD_RECIPIENT_UNREGISTERED) metrics[ERROR_UNREGISTERED]++;
}

enum padan_status pd_targeting_recipient(void *context, int worker, const struct pd_recipient *recipient,
                                         struct padan_error *error)
{
    struct pd_targeting *targeting = context;
    const struct pd_slice *slice = &targeting->slices->items[recipient->slice];
    if (slice->version < 0) return PADAN_OK;
    const bool linked = recipient->state == PD_RECIPIENT_LINKED || recipient->state == PD_RECIPIENT_NO_DECILE;
    const struct pd_registry_unit *unit =
        linked ? &targeting->registry->versions[slice->version].units[slice->unit][recipient->unit] : NULL;
    const uint64_t code = pd_report_region(targeting->report, linked ? unit->row : recipient->row);
    int64_t *metrics = NULL;
    if (slice->eligibility >= 0) {
        PD_TRY(pd_region_sums_at(&targeting->errors[worker], recipient->slice, code, &metrics, error));
        count_recipient(recipient, metrics);
    }
    if (!linked) return PADAN_OK;
    PD_TRY(pd_region_sums_at(&targeting->deciles[worker], recipient->slice, code, &metrics, error));
    metrics += (size_t)unit->decile * DECILE_METRICS;
    metrics[DECILE_RECIPIENTS]++;
    metrics[DECILE_AMOUNT] += recipient->amount;
    metrics[DECILE_NO_AMOUNT] += recipient->n_without_amount;
    return PADAN_OK;
}

struct unit_counting {
    struct pd_targeting *targeting;
    int version, kind;
};

static enum padan_status count_units(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct unit_counting *counting = context;
    const struct pd_targeting *targeting = counting->targeting;
    const struct pd_registry_version *version = &targeting->registry->versions[counting->version];
    const size_t n = version->n_units[counting->kind];
    const size_t begin = chunk * CHUNK_UNITS;
    const size_t end = n - begin < CHUNK_UNITS ? n : begin + CHUNK_UNITS;
    const uint32_t group = (uint32_t)(counting->version * PD_UNIT_KINDS + counting->kind);
    for (size_t u = begin; u < end; u++) {
        const struct pd_registry_unit *unit = &version->units[counting->kind][u];
        const uint64_t code = pd_report_region(targeting->report, unit->row);
        int64_t *metrics = NULL;
        PD_TRY(pd_region_sums_at(&targeting->units[worker], group, code, &metrics, error));
        metrics[unit->decile]++;
        for (size_t s = 0; s < targeting->slices->n_items; s++) {
            const struct pd_slice *slice = &targeting->slices->items[s];
            if (slice->version != counting->version || slice->unit != counting->kind || slice->eligibility < 0)
                continue;
            metrics[DECILES + s] += pd_unit_eligible(slice, unit);
        }
    }
    return PADAN_OK;
}

static enum padan_status count_registry(struct pd_targeting *targeting, struct padan_error *error)
{
    for (size_t v = 0; v < targeting->registry->n_versions; v++)
        for (int kind = 0; kind < PD_UNIT_KINDS; kind++) {
            bool needed = false;
            for (size_t s = 0; s < targeting->slices->n_items; s++)
                needed = needed ||
                         (targeting->slices->items[s].version == (int)v && targeting->slices->items[s].unit == kind);
            if (!needed) continue;
            struct unit_counting counting = { targeting, (int)v, kind };
            const size_t n = targeting->registry->versions[v].n_units[kind];
            PD_TRY(pd_parallel_for((n + CHUNK_UNITS - 1) / CHUNK_UNITS, targeting->report->threads, count_units,
                                   &counting, error));
        }
    return merge_tables(targeting->units, targeting->report->threads, error);
}

/* Gives the units of one region to every payment period of their version and kind. */
static enum padan_status give_units(struct pd_targeting *targeting, uint32_t group, uint64_t code, const int64_t *units,
                                    struct padan_error *error)
{
    for (size_t s = 0; s < targeting->slices->n_items; s++) {
        const struct pd_slice *slice = &targeting->slices->items[s];
        int64_t *metrics = NULL;
        if (slice->version < 0 || (uint32_t)(slice->version * PD_UNIT_KINDS + slice->unit) != group) continue;
        PD_TRY(pd_region_sums_at(&targeting->deciles[0], (uint32_t)s, code, &metrics, error));
        int64_t population = 0;
        for (size_t d = 0; d < DECILES; d++) {
            metrics[d * DECILE_METRICS + DECILE_UNITS] += units[d];
            population += units[d];
        }
        if (slice->eligibility < 0) continue;
        PD_TRY(pd_region_sums_at(&targeting->errors[0], (uint32_t)s, code, &metrics, error));
        metrics[ERROR_POPULATION] += population;
        metrics[ERROR_TARGET] += units[DECILES + s];
    }
    return PADAN_OK;
}

static enum padan_status give_registry(struct pd_targeting *targeting, struct padan_error *error)
{
    const struct pd_region_sums *units = &targeting->units[0];
    for (size_t i = 0; i < units->tally.n_slots; i++) {
        uint32_t group = 0;
        uint64_t code = 0;
        if (!pd_region_sums_slot(units, i, &group, &code)) continue;
        PD_TRY(give_units(targeting, group, code, units->tally.metrics + i * units->tally.n_metrics, error));
    }
    return PADAN_OK;
}

/* --- writing --- */

struct lines {
    const struct pd_targeting *targeting;
    struct pd_region_totals totals;
};

static void append_ratio(struct pd_buffer *out, int64_t part, int64_t whole)
{
    pd_append_byte(out, ',');
    if (whole > 0) pd_append_double(out, (double)part / (double)whole, 6);
}

static void append_number(struct pd_buffer *out, int64_t value)
{
    pd_append_byte(out, ',');
    pd_append_i64(out, value);
}

/* "wil,program,satuan,periode,versi_dtsen" */
static void append_place(const struct pd_targeting *targeting, const struct pd_region_total *total,
                         struct pd_buffer *out)
{
    const struct pd_report *report = targeting->report;
    const struct pd_slice *slice = &targeting->slices->items[total->group];
    pd_append_wil(out, total, report->regions, report->job);
    pd_append_byte(out, ',');
    pd_append_csv(out, report->job->programs.items[slice->program].code);
    pd_append_string(out, slice->unit == PD_UNIT_FAMILY ? ",keluarga," : ",orang,");
    pd_period_append(out, (struct pd_period){ slice->begin, slice->end });
    pd_append_byte(out, ',');
    pd_append_csv(out, targeting->registry->versions[slice->version].name);
}

/* The quota of exactly this line, -1 when it has none of its own. */
static int64_t quota_of(const struct pd_targeting *targeting, const struct pd_region_total *total)
{
    const struct pd_slice *slice = &targeting->slices->items[total->group];
    if (total->unknown || total->level == PD_TOTAL_GROUP) return -1;
    return pd_job_quota_of(&targeting->report->job->eligibility[slice->eligibility], total->code);
}

static void append_rates(const int64_t *m, int64_t quota, struct pd_buffer *out)
{
    const int64_t linked = m[ERROR_ELIGIBLE] + m[ERROR_NOT_ELIGIBLE];
    const int64_t unknown = m[ERROR_UNREGISTERED] + m[ERROR_REVIEW] + m[ERROR_NO_DECILE];
    const int64_t missed = m[ERROR_TARGET] - m[ERROR_ELIGIBLE];
    const int64_t reachable = quota < m[ERROR_TARGET] ? quota : m[ERROR_TARGET];
    append_ratio(out, m[ERROR_NOT_ELIGIBLE], linked);
    append_ratio(out, m[ERROR_NOT_ELIGIBLE], linked + unknown);
    append_ratio(out, m[ERROR_NOT_ELIGIBLE] + unknown, linked + unknown);
    append_ratio(out, m[ERROR_NOT_ELIGIBLE], m[ERROR_POPULATION] - m[ERROR_TARGET]);
    append_ratio(out, missed, m[ERROR_TARGET]);
    append_ratio(out, missed > unknown ? missed - unknown : 0, m[ERROR_TARGET]);
    if (quota < 0) {
        pd_append_string(out, ",,");
        return;
    }
    const int64_t corrected = reachable > m[ERROR_ELIGIBLE] ? reachable - m[ERROR_ELIGIBLE] : 0;
    append_number(out, corrected);
    append_ratio(out, corrected, reachable);
}

static size_t error_line(const void *context, size_t row, struct pd_buffer *out)
{
    const struct lines *lines = context;
    const struct pd_region_total *total = &lines->totals.lines[row];
    const struct pd_slice *slice = &lines->targeting->slices->items[total->group];
    const int64_t *m = total->metrics;
    const int64_t quota = quota_of(lines->targeting, total);
    append_place(lines->targeting, total, out);
    pd_append_string(out, slice->category >= 0 ? ",ya" : ",tidak");
    append_number(out, m[ERROR_POPULATION]);
    append_number(out, m[ERROR_TARGET]);
    pd_append_byte(out, ',');
    if (quota >= 0) pd_append_i64(out, quota);
    for (int metric = ERROR_ROWS; metric <= ERROR_NO_DECILE; metric++) append_number(out, m[metric]);
    append_number(out, m[ERROR_TARGET] - m[ERROR_ELIGIBLE]);
    append_rates(m, quota, out);
    for (int metric = ERROR_AMOUNT_NOT_ELIGIBLE; metric <= ERROR_NO_AMOUNT; metric++) append_number(out, m[metric]);
    pd_append_byte(out, '\n');
    return 1;
}

static size_t decile_lines(const void *context, size_t row, struct pd_buffer *out)
{
    const struct lines *lines = context;
    const struct pd_region_total *total = &lines->totals.lines[row];
    size_t n_lines = 0;
    int64_t recipients = 0;
    for (size_t d = 0; d < DECILES; d++) recipients += total->metrics[d * DECILE_METRICS + DECILE_RECIPIENTS];
    for (size_t place = 1; place <= DECILES; place++) {
        const size_t decile = place % DECILES; /* "tanpa" stands last */
        const int64_t *m = total->metrics + decile * DECILE_METRICS;
        if (m[DECILE_UNITS] == 0 && m[DECILE_RECIPIENTS] == 0) continue;
        append_place(lines->targeting, total, out);
        pd_append_byte(out, ',');
        if (decile == 0)
            pd_append_string(out, "tanpa");
        else
            pd_append_u64(out, decile);
        append_number(out, m[DECILE_UNITS]);
        append_number(out, m[DECILE_RECIPIENTS]);
        append_ratio(out, m[DECILE_RECIPIENTS], m[DECILE_UNITS]);
        append_ratio(out, m[DECILE_RECIPIENTS], recipients);
        append_number(out, m[DECILE_AMOUNT]);
        append_number(out, m[DECILE_NO_AMOUNT]);
        pd_append_byte(out, '\n');
        n_lines++;
    }
    return n_lines;
}

static enum padan_status write_table(const struct pd_targeting *targeting, const struct pd_region_sums *sums,
                                     const char *name, struct pd_rows rows, struct pd_run_folder *folder,
                                     struct padan_error *error)
{
    struct lines lines = { .targeting = targeting };
    PD_TRY(pd_region_totals_make(sums, targeting->report->job, &lines.totals, error));
    rows.n_rows = lines.totals.n_lines;
    rows.context = &lines;
    rows.n_threads = targeting->report->threads;
    const enum padan_status status = pd_run_folder_rows(folder, name, &rows, error);
    pd_region_totals_reset(&lines.totals);
    return status;
}

static enum padan_status write_errors(const struct pd_targeting *targeting, struct pd_run_folder *folder,
                                      struct padan_error *error)
{
    const struct pd_rows rows = {
        .header = PD_TEXT("tingkat,kode_wilayah,nama_wilayah,program,satuan,periode,versi_dtsen,kategori_diperiksa,"
                          "populasi,sasaran,kuota,penerima_baris,penerima,penerima_sasaran,penerima_bukan_sasaran,"
                          "tidak_terdaftar,tinjau,tanpa_desil,sasaran_tidak_menerima,ie_benef,ie_bawah,ie_atas,ie_pop,"
                          "ee,ee_bawah,ee_terkoreksi_n,ee_terkoreksi,nominal_bukan_sasaran,nominal_tak_tertaut,"
                          "n_tanpa_nominal"),
        .format = error_line
    };
    bool any = false;
    for (size_t s = 0; s < targeting->slices->n_items; s++) any = any || targeting->slices->items[s].eligibility >= 0;
    if (!any)
        return pd_run_folder_miss(folder, "galat_sasaran.csv",
                                  targeting->report->job->n_eligibility > 0
                                      ? "no row is paid by a program that `eligibility:` names"
                                      : "the job states no eligibility of a program it pays; add `eligibility:`",
                                  error);
    return write_table(targeting, &targeting->errors[0], "galat_sasaran.csv", rows, folder, error);
}

static enum padan_status write_deciles(const struct pd_targeting *targeting, struct pd_run_folder *folder,
                                       struct padan_error *error)
{
    const struct pd_rows rows = { .header = PD_TEXT("tingkat,kode_wilayah,nama_wilayah,program,satuan,periode,"
                                                    "versi_dtsen,desil,n_unit,penerima,cakupan,sebaran,nominal,"
                                                    "n_tanpa_nominal"),
                                  .format = decile_lines };
    return write_table(targeting, &targeting->deciles[0], "cakupan_desil.csv", rows, folder, error);
}

enum padan_status pd_targeting_write(struct pd_targeting *targeting, struct pd_run_folder *folder,
                                     struct padan_error *error)
{
    const int threads = targeting->report->threads;
    PD_TRY(count_registry(targeting, error));
    PD_TRY(merge_tables(targeting->errors, threads, error));
    PD_TRY(merge_tables(targeting->deciles, threads, error));
    PD_TRY(give_registry(targeting, error));
    PD_TRY(write_errors(targeting, folder, error));
    return write_deciles(targeting, folder, error);
}
