/* SPDX-License-Identifier: MIT */
#include "run/headline.h"

#include <stdio.h>

/* Kinds of findings that are one line of the headline. */
static const struct line {
    const char *name;
    enum pd_finding_kind kinds[4];
    size_t n_kinds;
} lines[] = {
    { "paid twice (K1, K3)", { PD_FINDING_GANDA_K1, PD_FINDING_GANDA_K3 }, 2 },
    { "family paid twice (KK)", { PD_FINDING_GANDA_KK }, 1 },
    { "NIK of somebody else (K2)", { PD_FINDING_GANDA_K2 }, 1 },
    { "forbidden beside another", { PD_FINDING_LARANGAN }, 1 },
    { "paid after death", { PD_FINDING_MENINGGAL }, 1 },
    { "not eligible", { PD_FINDING_TIDAK_LAYAK }, 1 },
    { "to be checked",
      { PD_FINDING_PERIKSA, PD_FINDING_PASANGAN_PERIKSA, PD_FINDING_PERGANTIAN_PENGURUS,
        PD_FINDING_INDIKASI_MENINGGAL },
      4 },
};
enum { N_LINES = sizeof lines / sizeof *lines, NUMBER_ROOM = 32 };

/* --- limits --- */

struct payments {
    uint64_t rows;    /* paid */
    uint64_t surplus; /* rows too many, certain */
};

static struct payments count_payments(const struct pd_run_state *run)
{
    struct payments payments = { 0 };
    for (size_t i = 0; i < run->table.n_records; i++)
        payments.rows += run->paid[i] && pd_row_program(&run->programs, &run->table, (uint32_t)i) >= 0;
    for (size_t i = 0; i < run->duplicates.n_groups; i++)
        if (run->duplicates.groups[i].certain) payments.surplus += run->duplicates.groups[i].n_surplus;
    return payments;
}

enum padan_status pd_run_check_findings(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job_limits *limits = &run->job.limits;
    const struct payments payments = count_payments(run);
    const double percent = payments.rows == 0 ? 0 : 100.0 * (double)payments.surplus / (double)payments.rows;
    struct pd_finding_sums sums;
    pd_findings_sum(&run->findings, &sums);
    const uint64_t n_dead = sums.of[PD_FINDING_MENINGGAL][1].rows;
    const uint64_t n_families = run->overlaps.n_forbidden_families[1];
    if (percent > limits->duplicates_percent)
        PD_TRY(pd_run_alarm(run, error,
                            "%.2f %% of the paid rows are too many for their person or family (limit %.2f %%), see "
                            "ganda_dalam_program.csv",
                            percent, limits->duplicates_percent));
    if ((double)n_dead > limits->dead_rows)
        PD_TRY(pd_run_alarm(run, error, "%llu rows were paid after a death (limit %.0f), see penerima_tidak_layak.csv",
                            (unsigned long long)n_dead, limits->dead_rows));
    if ((double)n_families > limits->forbidden_families)
        PD_TRY(pd_run_alarm(run, error,
                            "%llu families hold a forbidden pair of programs (limit %.0f), see "
                            "tumpang_tindih_larangan.csv",
                            (unsigned long long)n_families, limits->forbidden_families));
    return PADAN_OK;
}

/* --- headline --- */

/* 1234567 -> "1.234.567", as it is written in Indonesia. */
static const char *grouped(int64_t number, char text[NUMBER_ROOM])
{
    char digits[NUMBER_ROOM];
    size_t length = 0;
    const int n = snprintf(digits, sizeof digits, "%lld", (long long)(number < 0 ? -number : number));
    if (number < 0) text[length++] = '-';
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) text[length++] = '.';
        text[length++] = digits[i];
    }
    text[length] = '\0';
    return text;
}

static void append(struct pd_run_summary *summary, const char *name, const int64_t rows[2], const int64_t amount[2])
{
    char numbers[4][NUMBER_ROOM];
    const size_t length = strlen(summary->headline);
    (void)snprintf(summary->headline + length, sizeof summary->headline - length, "\n%-26s %12s %14s %20s %20s", name,
                   grouped(rows[1], numbers[0]), grouped(rows[1] + rows[0], numbers[1]), grouped(amount[1], numbers[2]),
                   grouped(amount[1] + amount[0], numbers[3]));
}

static void append_header(struct pd_run_summary *summary)
{
    const size_t length = strlen(summary->headline);
    (void)snprintf(summary->headline + length, sizeof summary->headline - length, "\n\n%-26s %12s %14s %20s %20s",
                   "rows, Rp at risk", "pasti", "pasti + tinjau", "Rp pasti", "Rp pasti + tinjau");
}

void pd_run_append_findings(const struct pd_run_state *run, struct pd_run_summary *summary)
{
    struct pd_finding_sums sums;
    int64_t all_rows[2] = { 0 };
    int64_t all_amount[2] = { 0 };
    pd_findings_sum(&run->findings, &sums);
    append_header(summary);
    for (size_t i = 0; i < N_LINES; i++) {
        int64_t rows[2] = { 0 };
        int64_t amount[2] = { 0 };
        for (size_t k = 0; k < lines[i].n_kinds; k++)
            for (int certain = 0; certain < 2; certain++) {
                rows[certain] += (int64_t)sums.of[lines[i].kinds[k]][certain].rows;
                amount[certain] += sums.of[lines[i].kinds[k]][certain].amount;
            }
        append(summary, lines[i].name, rows, amount);
    }
    for (int kind = 0; kind < PD_FINDING_KIND_COUNT; kind++)
        for (int certain = 0; certain < 2; certain++) {
            all_rows[certain] += (int64_t)sums.of[kind][certain].counted;
            all_amount[certain] += sums.of[kind][certain].amount_counted;
        }
    append(summary, "all, each row once", all_rows, all_amount);
}
