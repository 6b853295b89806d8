/* SPDX-License-Identifier: MIT */
#include "run/openings.h"

#include "run/state.h"

/* The outputs that show numbers. */
static const char *const outputs[] = {
    "hasil_padan.csv",      "ganda_dalam_program.csv", "tumpang_tindih_larangan.csv", "penerima_tidak_layak.csv",
    "cakupan_keluarga.csv", "perbaikan_data.csv",      "tinjauan_manual.csv",
};

static bool shows_numbers(struct pd_text output)
{
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (pd_text_equal(output, pd_text_of(outputs[i]))) return true;
    return false;
}

enum padan_status pd_run_open_numbers(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    const char *reason = run->options->open_nik_reason;
    for (size_t i = 0; i < job->n_openings; i++) {
        const struct pd_job_opening *opening = &job->openings[i];
        if (opening->output.length == 0 && reason == NULL) reason = opening->reason.data;
        if (opening->output.length == 0 || shows_numbers(opening->output)) continue;
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: buka_nik names %.*s, which shows no NIK; it can open %s, %s and the like", job->path.data,
                PD_TEXT_ARGS(opening->output), outputs[0], outputs[1]);
    }
    return reason == NULL ? PADAN_OK : pd_masking_open(&run->masking, reason, error);
}

struct pd_report pd_run_report_for(const struct pd_report *report, const char *output)
{
    struct pd_report opened = *report;
    for (size_t i = 0; i < report->job->n_openings && !opened.masking.open; i++) {
        const struct pd_job_opening *opening = &report->job->openings[i];
        if (pd_text_equal(opening->output, pd_text_of(output)))
            opened.masking = (struct pd_masking){ true, opening->reason.data };
    }
    return opened;
}

enum padan_status pd_run_opening_reasons(struct pd_run_state *run, const char **reasons, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    struct pd_buffer text = { 0 };
    struct pd_text kept = { NULL, 0 };
    *reasons = run->masking.open ? run->masking.reason : NULL;
    if (run->masking.open || job->n_openings == 0) return PADAN_OK;
    for (size_t i = 0; i < job->n_openings; i++) {
        if (i > 0) pd_append_string(&text, "; ");
        pd_append_text(&text, job->openings[i].output);
        pd_append_string(&text, ": ");
        pd_append_text(&text, job->openings[i].reason);
    }
    const enum padan_status status = pd_arena_keep(&run->arena, &text, &kept, error);
    *reasons = kept.data;
    return status;
}
