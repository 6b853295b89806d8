/* SPDX-License-Identifier: MIT
 * Findings: what is wrong with a row, with its money. Every finding report appends to one list; temuan.csv is that
 * list, and the headline is the sum of what is counted, so no rupiah is counted twice. */
#ifndef PD_MODEL_FINDING_H
#define PD_MODEL_FINDING_H

#include "base/memory.h"
#include "base/text.h"

enum pd_finding_kind {
    PD_FINDING_GANDA_K1,
    PD_FINDING_GANDA_K2, /* same NIK, different persons: never "paid twice" */
    PD_FINDING_GANDA_K3,
    PD_FINDING_GANDA_KK,
    PD_FINDING_LARANGAN,           /* forbidden pair of programs */
    PD_FINDING_MENINGGAL,          /* paid in a period after death */
    PD_FINDING_INDIKASI_MENINGGAL, /* ALM at the person's own name */
    PD_FINDING_PERGANTIAN_PENGURUS,
    PD_FINDING_TIDAK_LAYAK, /* decile, category, disqualifier */
    PD_FINDING_PERIKSA,     /* NONAKTIF, TIDAK_TERDAFTAR, a rule of verdict PERIKSA */
    PD_FINDING_KIND_COUNT
};

struct pd_finding {
    uint32_t record;          /* the row it is about */
    uint8_t kind;             /* enum pd_finding_kind */
    bool certain;             /* keyakinan pasti (else tinjau) */
    bool counted;             /* dihitung: set by pd_findings_count */
    struct pd_text group;     /* id_grup, "" when none; lives as long as the report */
    struct pd_text rule;      /* id_aturan, "" when none */
    struct pd_text criterion; /* kriteria: K1A, DESIL>4, ASN ... */
    int64_t amount_at_risk;   /* nominal_temuan; 0 when none or not known */
};

struct pd_findings {
    struct pd_finding *items;
    size_t n_items, capacity;
};

static inline enum padan_status pd_findings_add(struct pd_findings *findings, const struct pd_finding *finding,
                                                struct padan_error *error)
{
    PD_TRY(pd_grow(&findings->items, &findings->capacity, findings->n_items + 1, sizeof *findings->items, error));
    findings->items[findings->n_items++] = *finding;
    return PADAN_OK;
}

static inline void pd_findings_reset(struct pd_findings *findings)
{
    pd_free(findings->items);
    *findings = (struct pd_findings){ 0 };
}

#endif
