/* SPDX-License-Identifier: MIT */
#include "block/marks.h"

#include "base/hash.h"
#include "base/memory.h"

enum { SMALLEST_TABLE = 64, RECORD_SHIFT = 32 };

enum padan_status pd_marks_make_all(struct pd_marks *marks, size_t n_records, struct padan_error *error)
{
    *marks = (struct pd_marks){ .n_slots = 0 };
    return pd_allocate(&marks->all, n_records, sizeof *marks->all, error);
}

void pd_marks_reset(struct pd_marks *marks)
{
    pd_free(marks->all);
    pd_free(marks->slots);
    *marks = (struct pd_marks){ .n_slots = 0 };
}

/* Slot of a record, or the free one where it belongs. */
static size_t slot_of(const struct pd_marks *marks, uint32_t record)
{
    const uint64_t key = (uint64_t)record + 1;
    size_t slot = (size_t)pd_mix64(key) & (marks->n_slots - 1);
    while (marks->slots[slot] != 0 && marks->slots[slot] >> RECORD_SHIFT != key)
        slot = (slot + 1) & (marks->n_slots - 1);
    return slot;
}

enum padan_status pd_marks_note(struct pd_noted_marks *noted, uint32_t record, uint32_t mark, struct padan_error *error)
{
    PD_TRY(pd_grow(&noted->items, &noted->capacity, noted->n + 1, sizeof *noted->items, error));
    noted->items[noted->n++] = (uint64_t)record << RECORD_SHIFT | mark;
    return PADAN_OK;
}

enum padan_status pd_marks_make_table(struct pd_marks *marks, size_t n_noted, struct padan_error *error)
{
    *marks = (struct pd_marks){ .n_slots = 0 };
    if (n_noted == 0) return PADAN_OK;
    size_t n_slots = SMALLEST_TABLE;
    while (n_slots < n_noted * 2) n_slots *= 2;
    PD_TRY(pd_allocate(&marks->slots, n_slots, sizeof *marks->slots, error));
    marks->n_slots = n_slots;
    return PADAN_OK;
}

void pd_marks_add(struct pd_marks *marks, const struct pd_noted_marks *noted)
{
    for (size_t i = 0; i < noted->n; i++) {
        const uint32_t record = (uint32_t)(noted->items[i] >> RECORD_SHIFT);
        marks->slots[slot_of(marks, record)] = ((uint64_t)record + 1) << RECORD_SHIFT | (uint32_t)noted->items[i];
    }
}

uint32_t pd_marks_find(const struct pd_marks *marks, uint32_t record)
{
    if (marks->all != NULL) return marks->all[record];
    return marks->n_slots == 0 ? 0 : (uint32_t)marks->slots[slot_of(marks, record)];
}
