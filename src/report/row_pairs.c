/* SPDX-License-Identifier: MIT
 * Method: keys of both nights are sorted and walked side by side, mark by mark. */
#include "report/row_pairs.h"

#include "base/memory.h"

void pd_row_pairs_reset(struct pd_row_pairs *pairs)
{
    for (int night = 0; night < PD_NIGHTS; night++) pd_free(pairs->partner[night]);
    pd_free(pairs->differs);
    *pairs = (struct pd_row_pairs){ 0 };
}

enum padan_status pd_row_pairs_make(struct pd_row_pairs *pairs, size_t n_before, size_t n_now,
                                    struct padan_error *error)
{
    *pairs = (struct pd_row_pairs){ .n_rows = { [PD_NIGHT_BEFORE] = n_before, [PD_NIGHT_NOW] = n_now } };
    PD_TRY(pd_allocate(&pairs->differs, n_now + 1, 1, error));
    for (int night = 0; night < PD_NIGHTS; night++) {
        const size_t n = pairs->n_rows[night] + 1;
        PD_TRY(pd_allocate_array(&pairs->partner[night], n, sizeof **pairs->partner, error));
        for (size_t row = 0; row < n; row++) pairs->partner[night][row] = PD_NO_RECORD;
    }
    return PADAN_OK;
}

struct sorted {
    struct pd_key *keys[PD_NIGHTS], *scratch;
    size_t n_keys[PD_NIGHTS];
};

/* Pairs the k-th of equal keys with the k-th. */
static void pair_equal(struct pd_row_pairs *pairs, const struct pd_row_marks *marks, const struct sorted *sorted,
                       enum pd_row_mark mark)
{
    size_t i = 0;
    size_t k = 0;
    while (i < sorted->n_keys[PD_NIGHT_BEFORE] && k < sorted->n_keys[PD_NIGHT_NOW]) {
        const struct pd_key before = sorted->keys[PD_NIGHT_BEFORE][i];
        const struct pd_key now = sorted->keys[PD_NIGHT_NOW][k];
        if (before.hash == now.hash && (mark != PD_MARK_ID || marks->same(marks->context, now.record, before.record))) {
            pairs->partner[PD_NIGHT_NOW][now.record] = before.record;
            pairs->partner[PD_NIGHT_BEFORE][before.record] = now.record;
            pairs->differs[now.record] = mark != PD_MARK_CONTENT;
        }
        i += before.hash <= now.hash;
        k += now.hash <= before.hash;
    }
}

static enum padan_status pair_rows(struct pd_row_pairs *pairs, const struct pd_row_marks *marks, struct sorted *sorted,
                                   struct padan_error *error)
{
    size_t most = 0;
    for (int night = 0; night < PD_NIGHTS; night++) {
        const size_t n = pairs->n_rows[night];
        PD_TRY(pd_allocate_array(&sorted->keys[night], n + 1, sizeof **sorted->keys, error));
        most = n > most ? n : most;
    }
    PD_TRY(pd_allocate_array(&sorted->scratch, most + 1, sizeof *sorted->scratch, error));
    for (int mark = PD_MARK_CONTENT; mark <= (int)marks->last; mark++) {
        for (int night = 0; night < PD_NIGHTS; night++) {
            struct pd_key *keys = sorted->keys[night];
            size_t *n_keys = &sorted->n_keys[night];
            PD_TRY(marks->keys(marks->context, (enum pd_night)night, (enum pd_row_mark)mark, keys, n_keys, error));
            PD_TRY(pd_radix_sort(keys, sorted->scratch, *n_keys, marks->threads, error));
        }
        pair_equal(pairs, marks, sorted, (enum pd_row_mark)mark);
    }
    return PADAN_OK;
}

enum padan_status pd_row_pairs_find(struct pd_row_pairs *pairs, const struct pd_row_marks *marks,
                                    struct padan_error *error)
{
    struct sorted sorted = { { NULL, NULL }, NULL, { 0, 0 } };
    const enum padan_status status = pair_rows(pairs, marks, &sorted, error);
    for (int night = 0; night < PD_NIGHTS; night++) pd_free(sorted.keys[night]);
    pd_free(sorted.scratch);
    return status;
}
