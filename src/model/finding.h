/* SPDX-License-Identifier: MIT
 * Findings: what is wrong with a row, with its money. Every finding report adds to one list (reconcile/findings.h);
 * temuan.csv is that list, and the headline is the sum of what is counted, so no rupiah is counted twice. */
#ifndef PD_MODEL_FINDING_H
#define PD_MODEL_FINDING_H

#include "base/arena.h"
#include "table/table.h"

/* In the order in which findings of one row with the same certainty and money count. */
enum pd_finding_kind {
    PD_FINDING_MENINGGAL, /* paid in a period after death */
    PD_FINDING_GANDA_K1,
    PD_FINDING_GANDA_K3,
    PD_FINDING_GANDA_KK,
    PD_FINDING_LARANGAN,           /* forbidden pair of programs; the row is the one of program_batal */
    PD_FINDING_TIDAK_LAYAK,        /* decile, category, disqualifier */
    PD_FINDING_INDIKASI_MENINGGAL, /* ALM at the person's own name */
    PD_FINDING_PERGANTIAN_PENGURUS,
    PD_FINDING_PASANGAN_PERIKSA, /* pair of programs with a rule of verdict PERIKSA */
    PD_FINDING_PERIKSA,          /* NONAKTIF, TIDAK_TERDAFTAR */
    PD_FINDING_GANDA_K2,         /* same NIK, different persons: never "paid twice" */
    PD_FINDING_KIND_COUNT
};

/* Program, period, region and nominal of a finding are those of its row. */
struct pd_finding {
    uint32_t record;    /* the row it is about */
    uint32_t group;     /* id_grup: 1 + index in pd_duplicates.groups; 0 none */
    int64_t amount;     /* nominal_temuan; 0 none, PD_NULL_INT not known */
    uint16_t rule;      /* id_aturan, text of pd_findings_text; 0 none */
    uint16_t criterion; /* kriteria (K1a, DESIL>4, ASN ...), text of pd_findings_text; 0 none */
    uint8_t kind;       /* enum pd_finding_kind */
    bool certain;       /* keyakinan pasti (else tinjau) */
    bool counted;       /* dihitung: set by pd_findings_finish; one finding of every row that has any */
};

struct pd_findings {
    struct pd_finding *items; /* after pd_findings_finish by record, kind, criterion, rule, group, order of adding */
    size_t n_items, capacity;
    uint32_t *places;      /* [n_items] handle (order of adding) -> index in items; made by pd_findings_finish */
    struct pd_text *texts; /* [n_texts] texts[0] = "" */
    size_t n_texts, texts_capacity;
    struct pd_arena arena;
};

/* What was found of one kind. A row with several findings of the kind is one row, certain when one of them is. */
struct pd_finding_sum {
    uint64_t rows;
    int64_t amount;          /* of the row's finding with the most money */
    uint64_t counted;        /* rows whose counted finding is of this kind */
    int64_t amount_counted;  /* of those: adding these over kinds counts no row and no rupiah twice */
    uint64_t without_amount; /* rows whose amount is not known */
};

/* [kind][0 tinjau, 1 pasti] */
struct pd_finding_sums {
    struct pd_finding_sum of[PD_FINDING_KIND_COUNT][2];
};

#endif
