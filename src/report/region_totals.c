/* SPDX-License-Identifier: MIT */
#include "report/region_totals.h"

#include "base/memory.h"

#include <stdlib.h>

/* A line's key: group + 1, level, whether it is of what is unknown. */
enum { KIND_BITS = 4, LEVEL_MASK = 7 };

enum padan_status pd_region_sums_init(struct pd_region_sums *sums, size_t n_metrics, struct padan_error *error)
{
    return pd_tally_init(&sums->tally, n_metrics, error);
}

void pd_region_sums_reset(struct pd_region_sums *sums)
{
    pd_tally_reset(&sums->tally);
}

enum padan_status pd_region_sums_at(struct pd_region_sums *sums, uint32_t group, uint64_t code, int64_t **metrics,
                                    struct padan_error *error)
{
    return pd_tally_at(&sums->tally, (struct pd_tally_key){ (uint64_t)group + 1, code }, metrics, error);
}

enum padan_status pd_region_sums_merge(struct pd_region_sums *into, const struct pd_region_sums *from,
                                       struct padan_error *error)
{
    return pd_tally_merge(&into->tally, &from->tally, error);
}

bool pd_region_sums_slot(const struct pd_region_sums *sums, size_t slot, uint32_t *group, uint64_t *code)
{
    const struct pd_tally_key key = sums->tally.keys[slot];
    if (key.high == 0) return false;
    *group = (uint32_t)(key.high - 1);
    *code = key.low;
    return true;
}

/* --- totals --- */

static int by_place(const void *a, const void *b)
{
    const struct pd_region_total *x = a;
    const struct pd_region_total *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->level != y->level) return x->level < y->level ? -1 : 1;
    if (x->unknown != y->unknown && (x->code == 0 || y->code == 0)) return x->unknown ? 1 : -1;
    if (x->code != y->code) {
        /* Codes of different lengths sort as their dotted texts do. */
        uint64_t p = x->code;
        uint64_t q = y->code;
        while (p != 0 && p < 1000000000u) p *= 10;
        while (q != 0 && q < 1000000000u) q *= 10;
        if (p != q) return p < q ? -1 : 1;
        return x->code < y->code ? -1 : 1;
    }
    return (int)x->unknown - (int)y->unknown;
}

static bool is_inside(uint64_t code, uint64_t region)
{
    const enum pd_region_level level = pd_region_level(region);
    return code != 0 && pd_region_at_level(code, level) == region;
}

/* Whether an entry lies in an earlier region of the group of regions[last], too. */
static bool is_counted(uint64_t code, const struct pd_job_region *regions, size_t last)
{
    for (size_t i = 0; i < last; i++)
        if (regions[i].group == regions[last].group && is_inside(code, regions[i].code)) return true;
    return false;
}

/* Adds the metrics of a line to the sums of its place. */
static enum padan_status add_line(struct pd_tally *lines, const struct pd_region_total *line, struct padan_error *error)
{
    const uint64_t kind = (uint64_t)line->level << 1 | line->unknown;
    const struct pd_tally_key key = { ((uint64_t)line->group + 1) << KIND_BITS | kind, line->code };
    int64_t *sum = NULL;
    PD_TRY(pd_tally_at(lines, key, &sum, error));
    for (size_t m = 0; m < lines->n_metrics; m++) sum[m] += line->metrics[m];
    return PADAN_OK;
}

/* The lines an entry counts in: one per level, and one per region group it lies in. */
static enum padan_status add_entry(struct pd_tally *lines, const struct pd_region_total *entry,
                                   const struct pd_job *job, struct padan_error *error)
{
    const uint64_t code = entry->code;
    const enum pd_region_level known = pd_region_level(code);
    struct pd_region_total line = { .group = entry->group, .level = PD_TOTAL_NATION, .metrics = entry->metrics };
    PD_TRY(add_line(lines, &line, error));
    for (int level = PD_REGION_PROVINCE; level <= PD_REGION_VILLAGE; level++) {
        line.level = (enum pd_total_level)level;
        line.unknown = code == 0 || (int)known < level;
        line.code = line.unknown ? code : pd_region_at_level(code, (enum pd_region_level)level);
        PD_TRY(add_line(lines, &line, error));
    }
    line.level = PD_TOTAL_GROUP;
    line.unknown = false;
    for (size_t i = 0; job != NULL && i < job->n_regions; i++) {
        if (!is_inside(code, job->regions[i].code) || is_counted(code, job->regions, i)) continue;
        line.code = job->regions[i].group;
        PD_TRY(add_line(lines, &line, error));
    }
    return PADAN_OK;
}

/* Takes the sums out of the tally, in order. */
static enum padan_status order_lines(struct pd_tally *tally, struct pd_region_totals *totals, struct padan_error *error)
{
    PD_TRY(pd_allocate(&totals->lines, tally->n_used, sizeof *totals->lines, error));
    for (size_t i = 0; i < tally->n_slots; i++) {
        const struct pd_tally_key key = tally->keys[i];
        if (key.high == 0) continue;
        totals->lines[totals->n_lines++] =
            (struct pd_region_total){ .group = (uint32_t)((key.high >> KIND_BITS) - 1),
                                      .level = (enum pd_total_level)(key.high >> 1 & LEVEL_MASK),
                                      .unknown = (key.high & 1) != 0,
                                      .code = key.low,
                                      .metrics = tally->metrics + i * tally->n_metrics };
    }
    if (totals->n_lines > 0) qsort(totals->lines, totals->n_lines, sizeof *totals->lines, by_place);
    totals->metrics = tally->metrics;
    tally->metrics = NULL;
    return PADAN_OK;
}

enum padan_status pd_region_totals_make(const struct pd_region_sums *sums, const struct pd_job *job,
                                        struct pd_region_totals *totals, struct padan_error *error)
{
    const struct pd_tally *tally = &sums->tally;
    struct pd_tally lines;
    *totals = (struct pd_region_totals){ 0 };
    enum padan_status status = pd_tally_init(&lines, tally->n_metrics, error);
    for (size_t i = 0; i < tally->n_slots && status == PADAN_OK; i++) {
        struct pd_region_total entry = { .metrics = tally->metrics + i * tally->n_metrics };
        if (pd_region_sums_slot(sums, i, &entry.group, &entry.code)) status = add_entry(&lines, &entry, job, error);
    }
    if (status == PADAN_OK) status = order_lines(&lines, totals, error);
    pd_tally_reset(&lines);
    return status;
}

void pd_region_totals_reset(struct pd_region_totals *totals)
{
    pd_free(totals->lines);
    pd_free(totals->metrics);
    *totals = (struct pd_region_totals){ 0 };
}

void pd_append_wil(struct pd_buffer *out, const struct pd_region_total *total, const struct pd_region_index *regions,
                   const struct pd_job *job)
{
    static const char *const levels[] = { "nasional", "provinsi", "kabupaten", "kecamatan", "desa", "grup" };
    pd_append_string(out, levels[total->level]);
    pd_append_byte(out, ',');
    if (total->level == PD_TOTAL_NATION) {
        pd_append_string(out, ",Indonesia");
        return;
    }
    if (total->level == PD_TOTAL_GROUP) {
        pd_append_csv(out, job->groups[total->code]);
        pd_append_byte(out, ',');
        pd_append_csv(out, job->groups[total->code]);
        return;
    }
    if (total->code != 0) pd_region_append_dotted(out, total->code);
    if (total->unknown)
        pd_append_string(out, total->code != 0 ? ".tak_dikenal,Tak dikenal" : "tak_dikenal,Tak dikenal");
    if (total->unknown) return;
    const struct pd_region *region = pd_region_find(regions, total->code);
    pd_append_byte(out, ',');
    if (region != NULL) pd_append_csv(out, region->name);
}
