/* SPDX-License-Identifier: MIT
 * NIK flags that need other rows of the same file. NIKs and KK numbers are mixed by a bijection and sorted, so equal
 * numbers are neighbours and the two sorted lists can be walked side by side.
 *
 *   DUPFILE  the NIK stands on several rows.
 *   HEAD     a member has the NIK of the head of the same KK.
 *   ISKK     the NIK is the row's own KK number, or another row's. Persons and cards are numbered by the same scheme,
 * so in a full register a child's NIK may by chance be a card's number (same district and day, both serials low); where
 * the row's birth date and sex confirm the NIK, another row's KK is no evidence. A date with one slip confirms it too:
 * two of day, month and year, or all of them with day and month swapped. */
#include "base/date.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "indonesia/nik.h"
#include "normalise/stage.h"

struct cross {
    const struct pd_stage *stage;
    const uint64_t *nik_words, *kk_words;
    int32_t *flags;
    const int32_t *birth_day;
    const uint8_t *sex, *relation;
    struct pd_key *niks, *kks, *scratch;
    size_t n_niks, n_kks;
};

static void collect(struct cross *cross, size_t begin, size_t end)
{
    for (size_t record = begin; record < end; record++) {
        if (cross->nik_words[record] != 0)
            cross->niks[cross->n_niks++] = (struct pd_key){ pd_mix64(cross->nik_words[record]), (uint32_t)record, 0 };
        if (cross->kk_words[record] != 0)
            cross->kks[cross->n_kks++] = (struct pd_key){ pd_mix64(cross->kk_words[record]), (uint32_t)record, 0 };
    }
}

static bool confirmed(const struct cross *cross, size_t record)
{
    const int32_t day = cross->birth_day[record];
    if (day == PD_NULL_INT32) return false;
    const struct pd_nik_fields fields = pd_nik_fields(cross->nik_words[record] & PD_DIGITS_MASK);
    const struct pd_date date = pd_date_to_civil(day);
    const uint8_t sex = cross->sex[record];
    if (fields.sex == 0 || (sex != PD_SMALL_IS_NULL && sex != fields.sex)) return false;
    const bool same_year = fields.year == date.year % 100;
    const bool swapped = same_year && fields.day == date.month && fields.month == date.day;
    return swapped || (fields.day == date.day) + (fields.month == date.month) + same_year >= 2;
}

static bool is_head(const struct cross *cross, size_t record)
{
    return cross->relation[record] == 1;
}

/* Rows of one NIK: members that carry the number of the head of their own card. Runs are short; a long one is a dummy.
 */
static void flag_members(const struct cross *cross, const struct pd_key *run, size_t n)
{
    enum { LONGEST = 64 };
    for (size_t i = 0; i < n && n <= LONGEST; i++) {
        const size_t head = run[i].record;
        if (!is_head(cross, head) || cross->kk_words[head] == 0) continue;
        for (size_t j = 0; j < n; j++) {
            const size_t member = run[j].record;
            const bool same_card = cross->kk_words[member] == cross->kk_words[head];
            if (same_card && !is_head(cross, member) && cross->relation[member] != PD_SMALL_IS_NULL)
                cross->flags[member] |= PD_NIK_HEAD;
        }
    }
}

static void flag_runs(const struct cross *cross)
{
    size_t kk = 0;
    for (size_t begin = 0; begin < cross->n_niks;) {
        const uint64_t hash = cross->niks[begin].hash;
        size_t end = begin + 1;
        while (end < cross->n_niks && cross->niks[end].hash == hash) end++;
        while (kk < cross->n_kks && cross->kks[kk].hash < hash) kk++;
        const bool is_card = kk < cross->n_kks && cross->kks[kk].hash == hash;
        for (size_t i = begin; i < end; i++) {
            const size_t record = cross->niks[i].record;
            if (end - begin > 1) cross->flags[record] |= PD_NIK_DUPFILE;
            if (is_card && (cross->kk_words[record] == cross->nik_words[record] || !confirmed(cross, record)))
                cross->flags[record] |= PD_NIK_ISKK;
        }
        if (end - begin > 1) flag_members(cross, &cross->niks[begin], end - begin);
        begin = end;
    }
}

static enum padan_status sort_and_flag(struct cross *cross, size_t begin, size_t end, struct padan_error *error)
{
    const size_t n = end - begin;
    PD_TRY(pd_allocate_array(&cross->niks, n, sizeof *cross->niks, error));
    PD_TRY(pd_allocate_array(&cross->kks, n, sizeof *cross->kks, error));
    PD_TRY(pd_allocate_array(&cross->scratch, n, sizeof *cross->scratch, error));
    collect(cross, begin, end);
    PD_TRY(pd_radix_sort(cross->niks, cross->scratch, cross->n_niks, cross->stage->threads, error));
    PD_TRY(pd_radix_sort(cross->kks, cross->scratch, cross->n_kks, cross->stage->threads, error));
    flag_runs(cross);
    return PADAN_OK;
}

enum padan_status pd_stage_cross_flags(const struct pd_stage *stage, size_t begin, size_t end,
                                       struct padan_error *error)
{
    if (stage->raw[PD_RAW_NIK] < 0) return PADAN_OK;
    struct cross cross = { .stage = stage,
                           .nik_words = pd_stage_made(stage, PD_MADE_NIK),
                           .kk_words = pd_stage_made(stage, PD_MADE_NO_KK),
                           .flags = pd_stage_made(stage, PD_MADE_BENDERA_NIK),
                           .birth_day = pd_stage_made(stage, PD_MADE_TGL_LAHIR),
                           .sex = pd_stage_made(stage, PD_MADE_JENIS_KELAMIN),
                           .relation = pd_stage_made(stage, PD_MADE_HUB_KELUARGA) };
    const enum padan_status status = sort_and_flag(&cross, begin, end, error);
    pd_free(cross.niks);
    pd_free(cross.kks);
    pd_free(cross.scratch);
    return status;
}
