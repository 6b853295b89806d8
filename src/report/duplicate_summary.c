/* SPDX-License-Identifier: MIT
 * rekap_ganda.csv. */
#include "base/memory.h"
#include "report/duplicate_tables.h"
#include "report/region_totals.h"

#include <stdlib.h>

enum { METRIC_GROUPS, METRIC_ROWS, METRIC_SURPLUS, METRIC_AMOUNT, METRIC_WITHOUT, METRIC_COUNT };

/* What a line is about, beside its region. */
struct subject {
    int program;
    struct pd_period period;
    enum pd_duplicate_class class;
    bool certain;
};

static struct subject subject_of(const struct pd_report *report, const struct pd_duplicates *duplicates,
                                 const struct pd_duplicate_group *group)
{
    return (struct subject){ .program = group->program,
                             .period = pd_report_period(report, pd_duplicate_main_row(duplicates, group)),
                             .class = group->class,
                             .certain = group->certain };
}

static int by_subject(const void *a, const void *b)
{
    const struct subject *x = a;
    const struct subject *y = b;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->period.begin != y->period.begin) return x->period.begin < y->period.begin ? -1 : 1;
    if (x->period.end != y->period.end) return x->period.end < y->period.end ? -1 : 1;
    if (x->class != y->class) return x->class < y->class ? -1 : 1;
    return (int)y->certain - (int)x->certain;
}

/* The distinct subjects of all groups, sorted. */
static enum padan_status list_subjects(const struct pd_report *report, const struct pd_duplicates *duplicates,
                                       struct subject **subjects, size_t *n, struct padan_error *error)
{
    PD_TRY(pd_allocate(subjects, duplicates->n_groups, sizeof **subjects, error));
    for (size_t i = 0; i < duplicates->n_groups; i++)
        (*subjects)[i] = subject_of(report, duplicates, &duplicates->groups[i]);
    if (duplicates->n_groups > 1) qsort(*subjects, duplicates->n_groups, sizeof **subjects, by_subject);
    *n = 0;
    for (size_t i = 0; i < duplicates->n_groups; i++)
        if (*n == 0 || by_subject(&(*subjects)[*n - 1], &(*subjects)[i]) != 0) (*subjects)[(*n)++] = (*subjects)[i];
    return PADAN_OK;
}

static enum padan_status add_groups(const struct pd_report *report, const struct pd_duplicates *duplicates,
                                    const struct subject *subjects, size_t n_subjects, struct pd_region_sums *sums,
                                    struct padan_error *error)
{
    for (size_t i = 0; i < duplicates->n_groups; i++) {
        const struct pd_duplicate_group *group = &duplicates->groups[i];
        const struct subject subject = subject_of(report, duplicates, group);
        const struct subject *found = bsearch(&subject, subjects, n_subjects, sizeof *subjects, by_subject);
        int64_t *metrics = NULL;
        PD_TRY(pd_region_sums_at(sums, (uint32_t)(found - subjects),
                                 pd_report_region(report, pd_duplicate_main_row(duplicates, group)), &metrics, error));
        metrics[METRIC_GROUPS]++;
        metrics[METRIC_ROWS] += (int64_t)(group->end - group->begin);
        metrics[METRIC_SURPLUS] += group->n_surplus;
        metrics[METRIC_AMOUNT] += group->surplus;
        metrics[METRIC_WITHOUT] += group->n_without_money;
    }
    return PADAN_OK;
}

static void append_line(const struct pd_report *report, const struct subject *subject,
                        const struct pd_region_total *total, struct pd_buffer *out)
{
    pd_append_wil(out, total, report->regions, report->job);
    pd_append_byte(out, ',');
    pd_append_text(out, report->job->programs.items[subject->program].code);
    pd_append_byte(out, ',');
    pd_period_append(out, subject->period);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_duplicate_class_name(subject->class));
    pd_append_string(out, subject->certain ? ",pasti" : ",tinjau");
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        pd_append_byte(out, ',');
        pd_append_i64(out, total->metrics[metric]);
    }
    pd_append_byte(out, '\n');
}

enum padan_status pd_write_duplicate_summary(const struct pd_report *report, const struct pd_duplicates *duplicates,
                                             struct pd_run_folder *folder, struct padan_error *error)
{
    struct subject *subjects = NULL;
    size_t n_subjects = 0;
    struct pd_region_sums sums = { 0 };
    struct pd_region_totals totals = { 0 };
    struct pd_buffer out = { 0 };
    enum padan_status status = pd_region_sums_init(&sums, METRIC_COUNT, error);
    if (status == PADAN_OK) status = list_subjects(report, duplicates, &subjects, &n_subjects, error);
    if (status == PADAN_OK) status = add_groups(report, duplicates, subjects, n_subjects, &sums, error);
    if (status == PADAN_OK) status = pd_region_totals_make(&sums, report->job, &totals, error);
    pd_append_string(&out, "tingkat,kode_wilayah,nama_wilayah,program,periode,kelas,keyakinan,n_grup,n_baris,"
                           "n_baris_lebih,nominal_lebih,n_tanpa_nominal\n");
    for (size_t i = 0; i < totals.n_lines; i++)
        append_line(report, &subjects[totals.lines[i].group], &totals.lines[i], &out);
    if (status == PADAN_OK) status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "rekap_ganda.csv", (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&out);
    pd_region_totals_reset(&totals);
    pd_region_sums_reset(&sums);
    pd_free(subjects);
    return status;
}
