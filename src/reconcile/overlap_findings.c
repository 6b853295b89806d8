/* SPDX-License-Identifier: MIT
 * The pairs of payments that rules forbid or want checked, as findings of the payment that a rule cancels. */
#include "reconcile/overlap.h"

#include "base/buffer.h"

static enum padan_status pair_text(const struct pd_program_list *programs, int a, int b, struct pd_findings *findings,
                                   uint16_t *number, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    pd_append_text(&text, programs->items[a].code);
    pd_append_byte(&text, '+');
    pd_append_text(&text, programs->items[b].code);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK)
        status = pd_findings_text(findings, (struct pd_text){ text.data, text.length }, number, error);
    pd_buffer_reset(&text);
    return status;
}

enum padan_status pd_overlaps_report(struct pd_overlaps *overlaps, const struct pd_overlap_options *options,
                                     const struct pd_program_list *programs, struct pd_findings *findings,
                                     struct padan_error *error)
{
    for (size_t i = 0; i < overlaps->n_forbidden; i++) {
        struct pd_forbidden *item = &overlaps->forbidden[i];
        const struct pd_rule *rule = &options->rules->rules[item->rule];
        const struct pd_payment a = pd_payment_of(options->payments, item->record[0]);
        const struct pd_payment b = pd_payment_of(options->payments, item->record[1]);
        const struct pd_payment *subject = item->cancelled == 1 ? &b : &a;
        const bool forbidden = rule->verdict == PD_RULE_FORBIDDEN;
        struct pd_finding finding = { .record = subject->record,
                                      .kind = forbidden ? PD_FINDING_LARANGAN : PD_FINDING_PASANGAN_PERIKSA,
                                      .certain = item->certain };
        if (forbidden) finding.amount = item->cancelled == 2 ? PD_NULL_INT : subject->amount;
        PD_TRY(pd_findings_text(findings, rule->id, &finding.rule, error));
        PD_TRY(pair_text(programs, a.program, b.program, findings, &finding.criterion, error));
        PD_TRY(pd_findings_add(findings, &finding, &item->finding, error));
    }
    return PADAN_OK;
}
