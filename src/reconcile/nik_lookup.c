/* SPDX-License-Identifier: MIT
 * The answer of a lookup by NIK alone, as the population office gives it (DOMAIN 1.6 [s:julo]): found and alive 0,
 * dead 11, duplicate 12, not found 13, inactive 14, bad format 15. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "indonesia/attribute.h"
#include "reconcile/links.h"

enum { CODE_DEAD = 11, CODE_DUPLICATE = 12, CODE_NOT_FOUND = 13, CODE_INACTIVE = 14, CODE_FORMAT = 15 };

static uint8_t life_code(const struct pd_table *table, int column, uint32_t record)
{
    if (column < 0) return 0;
    switch (((const uint8_t *)table->columns[column].words)[record]) {
    case PD_LIFE_DEAD: return CODE_DEAD;
    case PD_LIFE_INACTIVE: return CODE_INACTIVE;
    case PD_LIFE_DUPLICATE: return CODE_DUPLICATE;
    default: return 0;
    }
}

/* One run of equal NIKs. */
static void answer_run(const struct pd_table *table, const struct pd_person_columns *columns, int register_source,
                       const struct pd_key *keys, size_t n, uint32_t *nik_owner, uint8_t *nik_code)
{
    uint32_t owner = PD_NO_RECORD;
    size_t n_owners = 0;
    for (size_t i = 0; i < n; i++) {
        if (pd_table_source(table, keys[i].record) != (size_t)register_source) continue;
        if (n_owners++ == 0) owner = keys[i].record;
    }
    uint8_t code = CODE_NOT_FOUND;
    if (n_owners == 1) code = life_code(table, columns->status_hidup, owner);
    if (n_owners > 1) code = CODE_DUPLICATE;
    for (size_t i = 0; i < n; i++) {
        nik_owner[keys[i].record] = owner;
        nik_code[keys[i].record] = code;
    }
}

enum padan_status pd_nik_lookup(const struct pd_table *table, const struct pd_person_columns *columns,
                                int register_source, int threads, uint32_t *nik_owner, uint8_t *nik_code,
                                struct padan_error *error)
{
    struct pd_key *keys = NULL;
    size_t n = 0;
    const uint64_t *words = table->columns[columns->nik].words;
    PD_TRY(pd_allocate_array(&keys, table->n_records * 2 + 8, sizeof *keys, error));
    for (size_t i = 0; i < table->n_records; i++) {
        nik_owner[i] = PD_NO_RECORD;
        nik_code[i] = CODE_FORMAT;
        if (words[i] != 0) keys[n++] = (struct pd_key){ pd_mix64(words[i]), (uint32_t)i, 0 };
    }
    const enum padan_status status = pd_radix_sort(keys, keys + table->n_records, n, threads, error);
    for (size_t i = 0; status == PADAN_OK && i < n;) {
        size_t end = i + 1;
        while (end < n && keys[end].hash == keys[i].hash) end++;
        answer_run(table, columns, register_source, keys + i, end - i, nik_owner, nik_code);
        i = end;
    }
    pd_free(keys);
    return status;
}
