/* SPDX-License-Identifier: MIT
 * tumpang_tindih_matriks.csv and tumpang_tindih_kombinasi.csv. */
#include "report/overlap_tables.h"

/* "tingkat,periode" of a place. */
static void append_place(const struct pd_overlaps *overlaps, uint64_t place, struct pd_buffer *out)
{
    const size_t span = (place - 1) / PD_OVERLAP_LEVELS;
    const struct pd_span days = overlaps->spans[span];
    pd_append_string(out, (place - 1) % PD_OVERLAP_LEVELS == PD_OVERLAP_PERSON ? "ORANG," : "KELUARGA,");
    if (days.begin == INT32_MIN) return;
    pd_period_append(out, (struct pd_period){ days.begin, days.end });
}

static struct pd_text code_of(const struct pd_report *report, const struct pd_overlaps *overlaps, uint64_t place)
{
    return report->job->programs.items[overlaps->programs[place]].code;
}

static enum padan_status publish(struct pd_run_folder *folder, const char *name, struct pd_buffer *out,
                                 struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, name, (struct pd_text){ out->data, out->length }, error);
    pd_buffer_reset(out);
    return status;
}

static const int64_t *metrics_at(const struct pd_tally *tally, size_t index)
{
    return tally->metrics + index * tally->n_metrics;
}

/* Units of a program in the cells of one place, [begin, end) of the sorted cells. */
static int64_t units_of(const struct pd_overlaps *overlaps, size_t begin, size_t end, uint64_t program)
{
    for (size_t i = begin; i < end; i++)
        if (overlaps->cells.keys[i].low == pd_overlap_cell((unsigned)program, (unsigned)program, -1))
            return metrics_at(&overlaps->cells, i)[PD_CELL_N];
    return 0;
}

static void append_cell(const struct pd_report *report, const struct pd_overlaps *overlaps, size_t index,
                        const int64_t units[2], struct pd_buffer *out)
{
    const struct pd_tally_key key = overlaps->cells.keys[index];
    const int64_t *metrics = metrics_at(&overlaps->cells, index);
    const uint64_t a = key.low >> 40;
    const uint64_t b = key.low >> 32 & 0xff;
    const uint64_t rule = key.low & 0xffffffff;
    const bool diagonal = a == b;
    const int64_t shown[] = {
        metrics[PD_CELL_N], metrics[PD_CELL_REVIEW],   units[0],
        units[1],           metrics[PD_CELL_AMOUNT_A], metrics[diagonal ? PD_CELL_AMOUNT_A : PD_CELL_AMOUNT_B]
    };
    append_place(overlaps, key.high, out);
    pd_append_byte(out, ',');
    pd_append_text(out, code_of(report, overlaps, a));
    pd_append_byte(out, ',');
    pd_append_text(out, code_of(report, overlaps, b));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        pd_append_byte(out, ',');
        pd_append_i64(out, shown[i]);
    }
    pd_append_byte(out, ',');
    if (a != b && rule == 0) pd_append_string(out, pd_rule_verdict_name(PD_RULE_NONE));
    if (rule > 0) pd_append_string(out, pd_rule_verdict_name(report->job->rule_table.rules[rule - 1].verdict));
    pd_append_byte(out, ',');
    if (rule > 0) pd_append_csv(out, report->job->rule_table.rules[rule - 1].id);
    pd_append_byte(out, ',');
    pd_append_i64(out, metrics[PD_CELL_WITHOUT_A]);
    pd_append_byte(out, ',');
    pd_append_i64(out, metrics[diagonal ? PD_CELL_WITHOUT_A : PD_CELL_WITHOUT_B]);
    pd_append_byte(out, '\n');
}

enum padan_status pd_write_overlap_matrix(const struct pd_report *report, const struct pd_overlaps *overlaps,
                                          struct pd_run_folder *folder, struct padan_error *error)
{
    const struct pd_tally *cells = &overlaps->cells;
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "tingkat,periode,program_a,program_b,n,n_tinjau,n_a,n_b,nominal_a,nominal_b,vonis,"
                           "id_aturan,n_tanpa_nominal_a,n_tanpa_nominal_b\n");
    for (size_t begin = 0; begin < cells->n_used;) {
        size_t end = begin + 1;
        while (end < cells->n_used && cells->keys[end].high == cells->keys[begin].high) end++;
        for (size_t i = begin; i < end; i++) {
            const uint64_t cell = cells->keys[i].low;
            const int64_t units[2] = { units_of(overlaps, begin, end, cell >> 40),
                                       units_of(overlaps, begin, end, cell >> 32 & 0xff) };
            append_cell(report, overlaps, i, units, &out);
        }
        begin = end;
    }
    return publish(folder, "tumpang_tindih_matriks.csv", &out, error);
}

enum padan_status pd_write_combinations(const struct pd_report *report, const struct pd_overlaps *overlaps,
                                        struct pd_run_folder *folder, struct padan_error *error)
{
    const struct pd_tally *sets = &overlaps->combinations;
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "tingkat,periode,kombinasi,n_program,n,nominal,n_tanpa_nominal,nominal_lain\n");
    for (size_t i = 0; i < sets->n_used; i++) {
        const uint64_t set = sets->keys[i].low;
        append_place(overlaps, sets->keys[i].high, &out);
        char separator = ',';
        for (size_t program = 0; program < overlaps->n_programs; program++) {
            if ((set >> program & 1) == 0) continue;
            pd_append_byte(&out, separator);
            pd_append_text(&out, code_of(report, overlaps, program));
            separator = '+';
        }
        pd_append_byte(&out, ',');
        pd_append_u64(&out, (uint64_t)__builtin_popcountll(set));
        for (size_t metric = 0; metric < PD_COMBINATION_METRICS; metric++) {
            pd_append_byte(&out, ',');
            pd_append_i64(&out, metrics_at(sets, i)[metric]);
        }
        pd_append_byte(&out, '\n');
    }
    return publish(folder, "tumpang_tindih_kombinasi.csv", &out, error);
}
