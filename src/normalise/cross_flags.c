/* SPDX-License-Identifier: MIT
 * NIK flags that need other rows of the same file. Nearly all NIKs stand on one row and are no card's number: sketches
 * of the file's numbers (base/sketch.h) tell which may stand on several or be one. Only those, and the cards that have
 * such a number, are mixed by a bijection and sorted, so equal numbers are neighbours and the two sorted lists can be
 * walked side by side. A NIK is taken for what its number is, so with one row of it come all.
 *
 *   DUPFILE  the NIK stands on several rows.
 *   HEAD     a member has the NIK of the head of the same KK.
 *   ISKK     the NIK is the row's own KK number, or another row's. Persons and cards are numbered by the same scheme,
 * so in a full register a child's NIK may by chance be a card's number (same district and day, both serials low); where
 * the row's birth date and sex confirm the NIK, another row's KK is no evidence. A date with one slip confirms it too:
 * two of day, month and year, or all of them with day and month swapped. */
#include "base/chosen_keys.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sketch.h"
#include "indonesia/nik.h"
#include "normalise/stage.h"

enum { ROWS_AHEAD = 16, KEYS_PER_CHUNK = 1 << 13 };

struct cross {
    const struct pd_stage *stage;
    size_t begin, end; /* rows of the file */
    const uint64_t *nik_words, *kk_words;
    int32_t *flags;
    const int32_t *birth_day;
    const uint8_t *sex, *relation;
    struct pd_sketch niks_seen, niks_again, cards, asked;
    struct pd_key *niks, *kks;
    size_t n_niks, n_kks;
};

/* ---- Which numbers need a look ---- */

static size_t chunk_begin(const struct cross *cross, size_t chunk)
{
    const size_t begin = cross->begin + chunk * PD_ROWS_PER_CHUNK;
    return begin < cross->end ? begin : cross->end;
}

static void reach_ahead(const struct cross *cross, size_t record)
{
    if (record >= cross->end) return;
    pd_sketch_prefetch(&cross->niks_seen, pd_mix64(cross->nik_words[record]));
    pd_sketch_prefetch(&cross->cards, pd_mix64(cross->kk_words[record]));
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct cross *cross = context;
    (void)worker;
    (void)error;
    for (size_t record = chunk_begin(cross, chunk); record < chunk_begin(cross, chunk + 1); record++) {
        const uint64_t nik = pd_mix64(cross->nik_words[record]);
        reach_ahead(cross, record + ROWS_AHEAD);
        if (cross->nik_words[record] != 0 && pd_sketch_add(&cross->niks_seen, nik))
            (void)pd_sketch_add(&cross->niks_again, nik);
        if (cross->kk_words[record] != 0) (void)pd_sketch_add(&cross->cards, pd_mix64(cross->kk_words[record]));
    }
    return PADAN_OK;
}

/* NIKs that may stand on several rows, or be a card's number; of the latter the cards will be asked for. */
static bool takes_nik(const void *context, size_t record, uint64_t *hash)
{
    const struct cross *cross = context;
    if (cross->nik_words[record] == 0) return false;
    *hash = pd_mix64(cross->nik_words[record]);
    const bool may_be_card = pd_sketch_has(&cross->cards, *hash);
    if (may_be_card) (void)pd_sketch_add(&cross->asked, *hash);
    return may_be_card || pd_sketch_has(&cross->niks_again, *hash);
}

static void reach_nik(const void *context, size_t record)
{
    const struct cross *cross = context;
    const uint64_t hash = pd_mix64(cross->nik_words[record]);
    pd_sketch_prefetch(&cross->cards, hash);
    pd_sketch_prefetch(&cross->niks_again, hash);
}

static bool takes_kk(const void *context, size_t record, uint64_t *hash)
{
    const struct cross *cross = context;
    *hash = pd_mix64(cross->kk_words[record]);
    return cross->kk_words[record] != 0 && pd_sketch_has(&cross->asked, *hash);
}

static void reach_kk(const void *context, size_t record)
{
    const struct cross *cross = context;
    pd_sketch_prefetch(&cross->asked, pd_mix64(cross->kk_words[record]));
}

/* ---- What the others say ---- */

/* Whether birth date and sex say that a number is a NIK: two parts of the date, or all of them with day and month
 * swapped. */
static bool confirmed(const struct cross *cross, size_t record)
{
    enum { PARTS = 3 };
    if (cross->birth_day[record] == PD_NULL_INT32) return false;
    const uint64_t nik = cross->nik_words[record] & PD_DIGITS_MASK;
    const unsigned sex = cross->sex[record] == PD_SMALL_IS_NULL ? 0 : cross->sex[record];
    const struct pd_date date = pd_date_to_civil(cross->birth_day[record]);
    const struct pd_date swapped = { date.year, date.day, date.month };
    return pd_nik_parts_confirmed(nik, sex, date) >= PARTS - 1 || pd_nik_parts_confirmed(nik, sex, swapped) == PARTS;
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

/* The first card that is not below a hash. */
static size_t find_card(const struct cross *cross, uint64_t hash)
{
    size_t begin = 0, end = cross->n_kks;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (cross->kks[middle].hash < hash)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* Remembers the longest run of a number that could be a person's. */
static void note_rows(const struct cross *cross, size_t record, size_t n_rows, int worker)
{
    struct pd_nik_profile *profile = &pd_stage_facts(cross->stage, worker, record)->nik;
    if (n_rows > profile->most_rows && (cross->flags[record] & PD_NIK_UNUSABLE) == 0) profile->most_rows = n_rows;
}

/* The runs of equal NIKs that begin in a chunk of keys, side by side with the cards. */
static enum padan_status flag_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct cross *cross = context;
    const size_t n = cross->n_niks;
    const size_t limit = n - chunk * KEYS_PER_CHUNK < KEYS_PER_CHUNK ? n : (chunk + 1) * KEYS_PER_CHUNK;
    size_t begin = pd_key_run_begin(cross->niks, limit, chunk * KEYS_PER_CHUNK);
    size_t kk = begin < limit ? find_card(cross, cross->niks[begin].hash) : 0;
    (void)error;
    while (begin < limit) {
        const uint64_t hash = cross->niks[begin].hash;
        const size_t end = pd_key_run_end(cross->niks, n, begin);
        while (kk < cross->n_kks && cross->kks[kk].hash < hash) kk++;
        const bool is_card = kk < cross->n_kks && cross->kks[kk].hash == hash;
        for (size_t i = begin; i < end; i++) {
            const size_t record = cross->niks[i].record;
            if (end - begin > 1) cross->flags[record] |= PD_NIK_DUPFILE;
            if (is_card && (cross->kk_words[record] == cross->nik_words[record] || !confirmed(cross, record)))
                cross->flags[record] |= PD_NIK_ISKK;
        }
        if (end - begin > 1) note_rows(cross, cross->niks[begin].record, end - begin, worker);
        if (end - begin > 1) flag_members(cross, &cross->niks[begin], end - begin);
        begin = end;
    }
    return PADAN_OK;
}

static enum padan_status find_and_flag(struct cross *cross, struct padan_error *error)
{
    const size_t n = cross->end - cross->begin;
    const int threads = cross->stage->threads;
    const struct pd_choice of_niks = { takes_nik, reach_nik, cross };
    const struct pd_choice of_kks = { takes_kk, reach_kk, cross };
    PD_TRY(pd_sketch_make(&cross->niks_seen, n, error));
    PD_TRY(pd_sketch_make(&cross->niks_again, n, error));
    PD_TRY(pd_sketch_make(&cross->cards, n, error));
    PD_TRY(pd_parallel_for((n + PD_ROWS_PER_CHUNK - 1) / PD_ROWS_PER_CHUNK, threads, note_chunk, cross, error));
    pd_sketch_reset(&cross->niks_seen);
    PD_TRY(pd_sketch_make(&cross->asked, n, error));
    PD_TRY(pd_chosen_keys(&of_niks, cross->begin, cross->end, threads, &cross->niks, &cross->n_niks, error));
    PD_TRY(pd_chosen_keys(&of_kks, cross->begin, cross->end, threads, &cross->kks, &cross->n_kks, error));
    return pd_parallel_for((cross->n_niks + KEYS_PER_CHUNK - 1) / KEYS_PER_CHUNK, threads, flag_chunk, cross, error);
}

static void release(struct cross *cross)
{
    pd_sketch_reset(&cross->niks_seen);
    pd_sketch_reset(&cross->niks_again);
    pd_sketch_reset(&cross->cards);
    pd_sketch_reset(&cross->asked);
    pd_free(cross->niks);
    pd_free(cross->kks);
}

enum padan_status pd_stage_cross_flags(const struct pd_stage *stage, size_t begin, size_t end,
                                       struct padan_error *error)
{
    if (stage->raw[PD_RAW_NIK] < 0) return PADAN_OK;
    struct cross cross = { .stage = stage,
                           .begin = begin,
                           .end = end,
                           .nik_words = pd_stage_made(stage, PD_MADE_NIK),
                           .kk_words = pd_stage_made(stage, PD_MADE_NO_KK),
                           .flags = pd_stage_made(stage, PD_MADE_BENDERA_NIK),
                           .birth_day = pd_stage_made(stage, PD_MADE_TGL_LAHIR),
                           .sex = pd_stage_made(stage, PD_MADE_JENIS_KELAMIN),
                           .relation = pd_stage_made(stage, PD_MADE_HUB_KELUARGA) };
    const enum padan_status status = find_and_flag(&cross, error);
    release(&cross);
    return status;
}
